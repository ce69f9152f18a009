"""The duty of each category, and the document that says so."""

import pytest

from config.policy import PRESETS, categories, duty_for
from monitor.model.register import DutyKind, Period, Window

D15, D19, D47 = "国办发〔2015〕15号", "国办秘函〔2019〕19号", "国办发〔2017〕47号"
WEEKS, MONTHS, YEARS = Period.WEEKS, Period.MONTHS, Period.YEARS


@pytest.mark.parametrize(
    ("category", "count", "period", "min_items", "source"),
    [
        ("home", 2, WEEKS, 1, D19),
        ("news", 2, WEEKS, 1, D19),
        ("notice", 6, MONTHS, 1, D19),
        ("policy_file", 6, MONTHS, 1, D19),
        ("personnel", 1, YEARS, 1, D15),
        ("planning", 1, YEARS, 1, D15),
        ("other", 1, YEARS, 1, "cn-2019: other (no official document read)"),
        ("service_stats", 3, MONTHS, 1, D19),
        ("reply_list", 2, MONTHS, 1, D19),
        ("interview", 1, YEARS, 6, "cn-2019: interview (no official document read)"),
        ("survey", 1, YEARS, 6, "cn-2019: survey (no official document read)"),
    ],
)
def test_a_category_with_a_window(category: str, count: int, period: Period, min_items: int, source: str) -> None:
    duty = duty_for(category)
    assert duty.kind is DutyKind.PERIODIC
    assert duty.window == Window(count=count, period=period)
    assert (duty.min_items, duty.source, duty.exempt, duty.undated_not_updated) == (min_items, source, False, False)


@pytest.mark.parametrize("category", ["statistics", "budget", "emergency"])
def test_a_number_that_nobody_has_read_is_not_invented(category: str) -> None:
    duty = duty_for(category, preset="cn-2019")
    assert (duty.kind, duty.window, duty.exempt) == (DutyKind.PERIODIC, None, False)
    assert duty.source == f"cn-2019: {category} (no official document read)"


def test_static_information_is_replaced_when_the_fact_changes() -> None:
    duty = duty_for("static")
    assert (duty.kind, duty.window, duty.exempt, duty.source) == (DutyKind.AS_NEEDED, None, False, D47)


def test_historic_topics_are_exempt() -> None:
    duty = duty_for("historic")
    assert (duty.window, duty.exempt) == (None, True)


def test_every_category_of_every_preset_has_a_duty_with_its_source() -> None:
    assert len(categories()) == 16
    assert all(duty_for(category, preset=preset).source for category in categories() for preset in PRESETS)


@pytest.mark.parametrize(
    ("category", "preset", "told"),
    [
        ("notcie", "cn-2019", 'unknown category "notcie"; did you mean "notice"?'),
        ("公告", "cn-2019", 'unknown category "公告"; did you mean "notice"?'),
        ("", "cn-2019", 'unknown category ""; write one of: home, news, '),
        ("news", "cn-2015", 'unknown preset "cn-2015"; did you mean "cn-2019"?'),
        ("news", "dk", 'unknown preset "dk"; write one of: cn-2019'),
    ],
)
def test_a_word_that_the_policy_does_not_have(category: str, preset: str, told: str) -> None:
    with pytest.raises(ValueError, match="unknown") as caught:
        duty_for(category, preset=preset)
    assert str(caught.value).startswith(told)
