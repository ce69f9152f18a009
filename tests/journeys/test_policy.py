"""`lanmu policy show`: every preset, with its document numbers, in two languages and for programs."""

import json

import pytest

from tests.journeys.lanmu import environment, lanmu


@pytest.mark.parametrize(
    ("arguments", "language", "words"),
    [
        ((), "en", ("Preset cn-2019", "within 2 weeks", "国办秘函〔2019〕19号", "19-V4a", "5 columns or more")),
        (("cn-2015",), "zh-CN", ("检查指标 cn-2015", "每 2 周内至少 1 条", "国办发〔2015〕15号", "15-V3b")),
        (("review-date",), "en", ("reviewed by a person every 1 year", "default of review-date; no")),
    ],
)
def test_a_preset_is_shown_with_its_documents(
    arguments: tuple[str, ...], language: str, words: tuple[str, ...]
) -> None:
    shown = lanmu("policy", "show", *arguments, env=environment(LANMU_LANG=language))
    assert shown.returncode == 0, shown.stderr
    assert all(word in shown.stdout for word in words), shown.stdout


def test_a_number_that_was_not_found_is_null_for_programs() -> None:
    shown = json.loads(lanmu("policy", "show", "--json").stdout)
    rules = {rule["category"]: rule for rule in shown["categories"]}
    assert (rules["budget"]["duty"], rules["budget"]["sureness"]) == (
        "periodic, 1 items, grace 1: cn-2019: budget (no official document read)",
        "X",
    )
    assert rules["notice"]["first_level_only"] is True
