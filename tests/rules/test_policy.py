"""The duty of each category, and the document that says so."""

import pytest

from config.policy import categories, duty_for, policy_for, presets
from monitor.model.policy import VetoKind
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
    assert all(duty_for(category, preset=preset).source for category in categories() for preset in presets())


@pytest.mark.parametrize(
    ("category", "preset", "told"),
    [
        ("notcie", "cn-2019", 'unknown category "notcie"; did you mean "notice"?'),
        ("公告", "cn-2019", 'unknown category "公告"; did you mean "notice"?'),
        ("", "cn-2019", 'unknown category ""; write one of: home, news, '),
        ("news", "cn-2016", 'unknown preset "cn-2016"; did you mean "cn-2019"?'),
        ("news", "dk", 'unknown preset "dk"; write one of: cn-2019, cn-2015, '),
    ],
)
def test_a_word_that_the_policy_does_not_have(category: str, preset: str, told: str) -> None:
    with pytest.raises(ValueError, match="unknown") as caught:
        duty_for(category, preset=preset)
    assert str(caught.value).startswith(told)


XLT = "盘锦市兴隆台区2024年8月通报 (document number not read)"
EVERY_MONTH = "periodic 1 months, 1 items, grace 1: " + XLT
REVIEWED = "as_needed, 1 items, grace 1, reviewed every 1 years: review-date (no official document)"


@pytest.mark.parametrize(
    ("preset", "category", "line"),
    [
        ("cn-2015", "news", f"periodic 2 weeks, 1 items, grace 1, undated counts as not updated: {D15}"),
        ("cn-2015", "notice", f"periodic 6 months, 1 items, grace 1, undated counts as not updated: {D15}"),
        ("panjin-xinglongtai-2024", "news", f"daily, 1 items, grace 1: {XLT}"),
        ("panjin-xinglongtai-2024", "home", f"periodic 1 weeks, 1 items, grace 1: {XLT}"),
        ("panjin-xinglongtai-2024", "notice", EVERY_MONTH),
        ("panjin-xinglongtai-2024", "interview", EVERY_MONTH),
        ("panjin-xinglongtai-2024", "statistics", EVERY_MONTH),
        ("panjin-xinglongtai-2024", "planning", f"as_needed, 1 items, grace 1, exempt: {XLT}"),
        ("panjin-xinglongtai-2024", "static", f"as_needed, 1 items, grace 1: {D47}"),
        ("beijing-2015", "home", "periodic 1 weeks, 1 items, grace 1: 北京市2015年有关规定 (document number not read)"),
        ("beijing-2015", "news", f"periodic 2 weeks, 1 items, grace 1: {D15}"),
        ("beijing-2015", "budget", "periodic, 1 items, grace 1: beijing-2015: budget (no official document read)"),
        ("review-date", "news", REVIEWED),
        ("review-date", "static", REVIEWED),
    ],
)
def test_a_preset_asks_what_its_documents_ask(preset: str, category: str, line: str) -> None:
    assert duty_for(category, preset=preset).line == line


@pytest.mark.parametrize(
    ("preset", "bound"), [("cn-2019", {"notice", "policy_file"}), ("cn-2015", set()), ("review-date", set())]
)
def test_only_the_table_of_2019_is_bound_to_first_level_columns(preset: str, bound: set[str]) -> None:
    rules = policy_for(preset).categories.values()
    assert {rule.category for rule in rules if rule.first_level_only} == bound


def test_the_vetoes_are_those_of_the_base_document() -> None:
    lines = {veto.id: (veto.kind, veto.at_least, veto.warn_at) for veto in policy_for("cn-2019").vetoes}
    assert lines == {
        "19-V1": (VetoKind.BY_HAND, None, None),
        "19-V2": (VetoKind.UNREACHABLE, 0.05, 0.03),
        "19-V3": (VetoKind.HOME_SILENT, None, 10),
        "19-V4a": (VetoKind.COLUMNS_FAST, 5, 3),
        "19-V4b": (VetoKind.COLUMNS_SHOULD_UPDATE, 10, 7),
        "19-V4c": (VetoKind.COLUMNS_BLANK, 5, 3),
        "19-V5a": (VetoKind.BY_HAND, None, None),
        "19-V5b": (VetoKind.UNANSWERED, 1, None),
        "19-V6": (VetoKind.BY_HAND, None, None),
    }
    assert {veto.source for veto in policy_for("beijing-2015").vetoes} == {D15}
    assert policy_for("review-date").vetoes == ()
