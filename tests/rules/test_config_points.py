"""The points that an office supplies, and what is wrong with them."""

from pathlib import Path

import pytest

from config.load import load_policy
from config.problems import ConfigError
from monitor.model.policy import Counted, Deduction, Policy, Sureness
from monitor.model.register import Period, Window


def policy(folder: Path, text: str, *, preset: str = "cn-2019") -> Policy:
    (folder / "lanmu.yaml").write_text(f"preset: {preset}\n", "utf-8")
    (folder / "policy.yaml").write_text(text, "utf-8")
    return load_policy(folder, {})


def line(held: Policy, id_: str) -> Deduction:
    return next(one for one in held.deductions if one.id == id_)


def test_without_points_of_ones_own_the_policy_is_the_one_that_ships(tmp_path: Path) -> None:
    held = policy(tmp_path, "categories: {news: {window: P1W, source: 本市}}\n", preset="cn-2015")
    assert (held.preset, held.complete, held.scale.whole) == ("cn-2015", False, True)
    assert held.version == policy(tmp_path, "").version


def test_points_name_their_source_and_take_the_sign_of_the_line(tmp_path: Path) -> None:
    text = (
        "points:\n  19-D7: {points: 5, cap: 15, indicator: 动态, source: 附件1}\n  19-B1: {points: 3, source: 附件2}\n"
    )
    held = policy(tmp_path, text)
    news = line(held, "19-D7")
    assert (news.points, news.cap, news.indicator, news.source) == (-5, 15, "动态", "附件1")
    assert (news.sureness, news.categories) == (Sureness.D, ("news",))
    assert (line(held, "19-B1").points, line(held, "19-B1").indicator) == (3, "")
    assert line(held, "19-D6").points is None
    assert not held.complete
    assert held.version != policy(tmp_path, text.replace("3", "4")).version


def test_a_cap_that_ships_stays_where_none_is_given(tmp_path: Path) -> None:
    held = policy(tmp_path, "points: {15-S8: {points: -1, source: 本市}}\n", preset="cn-2015")
    assert (line(held, "15-S8").points, line(held, "15-S8").cap) == (-1, 16)


def test_lines_of_ones_own_count_late_columns_or_are_counted_by_a_person(tmp_path: Path) -> None:
    held = policy(
        tmp_path,
        "lines:\n"
        "  甲: {zh: 解读, categories: [other], window: P1Y, first_level_only: true, points: -2, source: 细则}\n"
        "  乙: {zh: 表彰, bonus: true, points: 1, source: 细则}\n",
    )
    first, second = held.deductions[-2:]
    assert (first.counted, first.points, first.first_level_only) == (Counted.COLUMNS_LATE, -2, True)
    assert first.window == Window(count=1, period=Period.YEARS)
    assert (second.counted, second.points, second.bonus) == (Counted.BY_HAND, 1, True)


def test_a_table_is_complete_once_all_its_points_are_known_and_somebody_calls_it_whole(tmp_path: Path) -> None:
    points = "".join(f"  19-{id_}: {{points: 1, source: 附件1}}\n" for id_ in ("D5", "D6", "D7", "D8", "B1"))
    table = "table: {whole: true, totals: {动态: 10}, source: 附件1}\n"
    assert not policy(tmp_path, f"points:\n{points}").complete
    assert not policy(tmp_path, table).complete
    held = policy(tmp_path, f"points:\n{points}{table}")
    assert (held.complete, held.scale.totals) == (True, {"动态": 10})
    assert (held.scale.pass_at_least, held.scale.bonus_above, held.scale.bonus_most) == (60, 80, 30)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("points: {19-D77: {points: 1, source: a}}", 'policy.yaml:1:10: unknown line "19-D77" of the deduction tables'),
        ("points: {19-D7: {points: 1}}", 'key "source" is missing'),
        ("points: {19-D7: {points: viel, source: a}}", "policy.yaml:1:26: a number is expected here"),
        ("points: {19-D7: {points: 500, source: a}}", "policy.yaml:1:26: "),
        ("lines: {19-D7: {zh: a, points: 1, source: a}}", 'policy.yaml:1:9: the line "19-D7" ships with the program'),
        ("lines: {a: {zh: a, points: 1, categories: [news], source: a}}", "names its categories and their window"),
        ("lines: {a: {zh: a, points: 1, categories: [nws], window: P1Y, source: a}}", 'unknown category "nws"'),
        ("table: {whole: true, totals: {a: 0}, source: a}", "policy.yaml:1:34: "),
    ],
)  # fmt: skip
def test_what_is_wrong_with_points(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ConfigError) as caught:
        policy(tmp_path, text + "\n")
    assert told in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1
