"""Advice: what is closed, merged, updated or kept, on both sides of each line, and the figures that say so."""

from dataclasses import replace
from datetime import date

import pytest

from monitor.advise import advise
from monitor.model.advising import Act, Advice, Figure, Kin, Point
from monitor.model.judging import Standing
from monitor.model.reading import Trouble, TroubleKind
from tests.rules.advised import (
    AS_NEEDED,
    DAILY,
    DATED,
    HALF_YEARLY,
    MONTHLY,
    NEWS,
    NOW,
    QUARTERLY,
    REVIEWED,
    UNDATED,
    WEEKLY,
    D,
    ago,
    column,
    entries,
    living,
)

KEEP, UPDATE, MERGE, CLOSE = Act.KEEP, Act.UPDATE, Act.MERGE, Act.CLOSE


def act(one: Kin, *siblings: Kin) -> Act:
    return advise(one, siblings, now=NOW).act


STALE_NEWS = 14 + 30 + 28  # days: two windows after it became stale


@pytest.mark.parametrize(
    ("what", "one", "expected"),
    [
        ("in time", column(*ago(1, 5)), KEEP),
        ("due soon", column(*ago(14, 20)), KEEP),
        ("overdue", column(*ago(15, 20)), UPDATE),
        ("stale", column(*ago(50)), UPDATE),
        ("news stale for two windows", column(*ago(STALE_NEWS)), UPDATE),
        ("and a day more", column(*ago(STALE_NEWS + 1)), CLOSE),
        ("a month's duty: a month, a month and two more", column(D(2025, 11, 18), duty=MONTHLY), UPDATE),
        ("and a day more", column(D(2025, 11, 17), duty=MONTHLY), CLOSE),
        ("half a year's duty: four windows are two years", column(D(2024, 3, 18), duty=HALF_YEARLY), UPDATE),
        ("and a day more", column(D(2024, 3, 17), duty=HALF_YEARLY), CLOSE),
        ("a week's duty has a month before it is stale", column(*ago(7 + 30 + 14), duty=WEEKLY), UPDATE),
        ("and a day more", column(*ago(7 + 30 + 15), duty=WEEKLY), CLOSE),
        ("a daily duty is stale after a month, and dead after two more", column(D(2025, 12, 17), duty=DAILY), UPDATE),
        ("and a day more", column(D(2025, 12, 16), duty=DAILY), CLOSE),
        ("home pages are never closed", column(*ago(400), category="home"), UPDATE),
        ("exempt", column(*ago(900), duty=replace(NEWS, exempt=True)), KEEP),
        ("no number", column(*ago(900), duty=replace(NEWS, window=None)), KEEP),
        ("not seen", column(*ago(900), trouble=Trouble(kind=TroubleKind.TIMEOUT)), KEEP),
        ("as needed, long silent", column(*ago(900), duty=AS_NEEDED), KEEP),
        ("as needed, long not reviewed", column(*ago(900), duty=REVIEWED), UPDATE),
        ("no dates, which count as not updated", column(listed=UNDATED, duty=DATED), UPDATE),
        ("no dates, opened long ago", column(listed=UNDATED, opened=D(2020, 1, 1), duty=DATED), UPDATE),
        ("entries come, but too few", column(*ago(13, 90, 200, 400), duty=replace(NEWS, min_items=2)), UPDATE),
    ],
)  # fmt: skip
def test_without_kin(what: str, one: Kin, expected: Act) -> None:
    assert act(one) is expected, what
    assert advise(one, [one], now=NOW) == advise(one, [], now=NOW), "it is no kin of itself"


def halves(missed: int, newest: int) -> list[date]:
    """News that were in time for years, but for some windows before the newest entry."""
    return ago(newest, *range(newest + 14 * missed + 14, 900, 14))


@pytest.mark.parametrize(
    ("what", "one", "expected", "question"),
    [
        ("half of the windows, and stale", column(*halves(12, newest=50)), CLOSE, False),
        ("less than half, and stale", column(*halves(7, newest=50)), UPDATE, False),
        ("half of the windows, but only overdue: asked", column(*halves(14, newest=20)), CLOSE, True),
        ("less than half, and overdue", column(*halves(10, newest=20)), UPDATE, False),
        ("half of the windows, but in time again", column(*halves(14, newest=2)), KEEP, False),
        ("all windows that we know of, but not half of the year's", column(*ago(60)), UPDATE, False),
        ("2 of 4 windows, and a year's silence not known", column(*ago(250, 251), duty=QUARTERLY), UPDATE, False),
        ("3 of 4 windows", column(*ago(280, 300), duty=QUARTERLY), CLOSE, False),
        ("2 of 2 windows are too few", column(*ago(400, 410), duty=HALF_YEARLY), UPDATE, False),
        ("half of the working days of a daily duty", column(*ago(35, *range(36, 400, 3)), duty=DAILY), UPDATE, False),
    ],
)
def test_half_of_the_windows(what: str, one: Kin, expected: Act, question: bool) -> None:
    advice = advise(one, [], now=NOW)
    assert (advice.act, advice.question) == (expected, question), (
        what,
        one.cadence.missed_windows,
        one.cadence.windows,
    )


@pytest.mark.parametrize(
    ("what", "one", "expected", "question"),
    [
        ("blank, nobody knows since when", column(), UPDATE, False),
        ("blank for six months", column(since=D(2025, 9, 18)), CLOSE, False),
        ("and for a day less", column(since=D(2025, 9, 19)), UPDATE, False),
        ("its first window ended six months ago", column(opened=D(2025, 9, 4)), CLOSE, False),
        ("and a day less", column(opened=D(2025, 9, 5)), UPDATE, False),
        ("the older of the two", column(opened=D(2025, 9, 4), since=NOW), CLOSE, False),
        ("the other older", column(opened=D(2026, 1, 4), since=D(2025, 9, 1)), CLOSE, False),
        ("as needed: asked", column(since=D(2025, 9, 18), duty=AS_NEEDED), CLOSE, True),
    ],
)
def test_blank_columns(what: str, one: Kin, expected: Act, question: bool) -> None:
    advice = advise(one, [], now=NOW)
    assert (one.verdict.standing, advice.act, advice.question) == (Standing.BLANK, expected, question), what


@pytest.mark.parametrize(
    ("what", "days", "expected"),
    [
        ("each January, 14 months ago at most", [D(2025, 1, 20), D(2024, 1, 9), D(2023, 1, 9)], UPDATE),
        ("and a day longer ago", [D(2025, 1, 17), D(2024, 1, 9), D(2023, 1, 9)], CLOSE),
        ("on its last day", [D(2025, 1, 18), D(2024, 1, 9), D(2023, 1, 9)], UPDATE),
        ("one year is no season", [D(2025, 7, 20)], CLOSE),
    ],
)
def test_a_seasonal_column_is_not_closed_before_its_season_was_missed(
    what: str, days: list[date], expected: Act
) -> None:
    assert act(column(*days)) is expected, what


DEAD = column(*ago(100))


@pytest.mark.parametrize(
    ("what", "sibling", "into"),
    [
        ("the same category, in time", living(), "b"),
        ("due soon is in time", living(days=14), "b"),
        ("overdue", living(days=15), None),
        (
            "it could not be seen",
            replace(living(), verdict=column(trouble=Trouble(kind=TroubleKind.DNS)).verdict),
            None,
        ),
        ("exempt", living(duty=replace(NEWS, exempt=True)), None),
        ("its exemption is known only to its duty", replace(living(), duty=replace(NEWS, exempt=True)), None),
        ("as needed, with entries this year", living(duty=AS_NEEDED), "b"),
        ("as needed, silent for a year", column(*ago(366, 500), key="b", duty=AS_NEEDED), None),
        ("it missed half of its windows itself", column(*halves(14, newest=2), key="b"), None),
        ("another category, another name", living(category="notice"), None),
        ("another category, a like name", living(category="notice", name="本地新闻要闻"), "b"),
        ("the home page", replace(living(), category="home", name="本地要闻"), None),
    ],
)
def test_a_dead_column_is_merged_into_its_living_kin(what: str, sibling: Kin, into: str | None) -> None:
    advice = advise(DEAD, [DEAD, sibling], now=NOW)
    assert (advice.act, advice.into) == (MERGE if into else CLOSE, into), what


def test_two_columns_of_a_catch_all_category_are_no_kin() -> None:
    for category in ("other", "static"):
        one = column(*ago(900), category=category)
        assert act(one, living(category=category)) is CLOSE
        assert act(one, living(category=category, name="要闻")) is MERGE, "equal in part"


def test_a_question_stays_one_when_there_is_kin() -> None:
    advice = advise(column(*halves(14, newest=20)), [living()], now=NOW)
    assert (advice.act, advice.into, advice.question) == (MERGE, "b", True)


def test_the_nearest_kin_is_taken_then_the_liveliest_then_the_first_by_id() -> None:
    far, like = living("b"), living("c", name="本地新闻要闻")
    assert advise(DEAD, [far, like], now=NOW).into == "c"
    assert advise(DEAD, [living("c"), living("d"), living("b")], now=NOW).into == "b"
    livelier = column(*ago(*range(1, 300, 3)), key="z", name="工作简报")
    assert advise(DEAD, [far, livelier], now=NOW).into == "z"


def test_subjects_are_compared_where_nothing_else_tells() -> None:
    words = "全市农村饮水安全巩固提升工程第{}期进展"
    dead = column(listed=entries(ago(100, 110, 120), words), name="民生", category="other")
    alike = column(
        listed=entries(ago(1, 8, 15), "我市推进农村饮水安全巩固提升工程第{}期", "b"),
        key="b",
        category="other",
    )
    unlike = column(
        listed=entries(ago(1, 8, 15), "市体育局组织青少年游泳比赛第{}场开赛", "c"), key="c", category="other"
    )
    advice = advise(dead, [unlike, alike], now=NOW)
    assert (advice.act, advice.into) == (MERGE, "b")
    assert [f.point for f in advice.speaks_for][-2:] == [Point.LIKE_TITLES, Point.ALIVE]
    assert act(dead, unlike) is CLOSE


def test_the_figures_of_a_merger() -> None:
    dead = column(*ago(100, 110, 120, 130), name="要闻")
    into = column(listed=(*entries(ago(3)), *dead.entries[:2]), key="b", name="本地要闻")
    assert advise(dead, [into], now=NOW) == Advice(
        act=MERGE,
        into="b",
        speaks_for=(
            Figure(point=Point.DAYS_OVER, value=86),
            Figure(point=Point.WINDOWS_MISSED, value=7, of=9),
            Figure(point=Point.LONGEST_GAP, value=100),
            Figure(point=Point.SAME_CATEGORY, value=1),
            Figure(point=Point.LIKE_NAMES, value=0.5),
            Figure(point=Point.SHARED_ENTRIES, value=2, of=4),
            Figure(point=Point.ALIVE, value=3),
        ),
        speaks_against=(Figure(point=Point.ENTRIES_IN_YEAR, value=4), Figure(point=Point.USUAL_GAP, value=10)),
    )


def test_the_figures_of_the_other_acts() -> None:
    life = (Figure(point=Point.ENTRIES_IN_YEAR, value=3), Figure(point=Point.USUAL_GAP, value=7))
    assert advise(column(*ago(1, 8, 15)), [], now=NOW) == Advice(act=KEEP, speaks_for=life)
    late = (
        Figure(point=Point.DAYS_OVER, value=2),
        Figure(point=Point.WINDOWS_MISSED, value=1, of=2),
        Figure(point=Point.LONGEST_GAP, value=16),
    )
    assert advise(column(*ago(16, 23, 30)), [], now=NOW) == Advice(act=UPDATE, speaks_for=life, speaks_against=late)
    assert advise(column(), [], now=NOW) == Advice(act=UPDATE)
    blank = (Figure(point=Point.BLANK_DAYS, value=365),)
    assert advise(column(since=D(2025, 3, 18)), [], now=NOW) == Advice(act=CLOSE, speaks_for=blank)
    season = advise(column(D(2026, 1, 20), D(2025, 1, 9), D(2024, 1, 9)), [], now=NOW).speaks_for
    assert Figure(point=Point.SEASON, value=1) in season
    unseen = column(*ago(1, 8, 15), trouble=Trouble(kind=TroubleKind.DNS))
    assert advise(unseen, [], now=NOW) == Advice(act=KEEP), "what was not seen has no figures"


@pytest.mark.parametrize(
    ("name", "other", "into"),
    [
        ("A", "A", "b"),
        ("A", "B", None),
        ("通知", "通知公告", "b"),
        ("通知", "通知公告栏", None),
        ("LAWS and rules", "laws, rules", "b"),
        ("x" * 40 + "y" * 9000, "x" * 40 + "z" * 9000, "b"),
    ],
)
def test_names_that_are_alike(name: str, other: str, into: str | None) -> None:
    one = column(*ago(100), name=name, category="other")
    assert advise(one, [living(name=other, category="news")], now=NOW).into == into


def shared(count: int, of: int, title: str = "关于开展检查的通知", path: str = "a") -> tuple[Kin, Kin]:
    """A dead column of so many entries, and a living one that shows some of them, by title or by address."""
    dead = column(listed=tuple(entries(ago(*range(100, 100 + of)), title + "{:02}", "a")), name="甲", category="other")
    both = entries(ago(*range(100, 100 + count)), title + "{:02}", path)
    return dead, column(listed=(*entries(ago(3), "乙", "b"), *both), key="b", name="乙", category="news")


@pytest.mark.parametrize(
    ("what", "pair", "into"),
    [
        ("two of ten, by their titles", shared(2, 10, path="c"), "b"),
        ("two of eleven", shared(2, 11, path="c"), None),
        ("one of two is chance", shared(1, 2, path="c"), None),
        ("short titles say nothing", shared(4, 10, title="通知", path="c"), None),
        ("but their addresses do", shared(4, 10, title="通知"), "b"),
    ],
)
def test_entries_that_are_shared(what: str, pair: tuple[Kin, Kin], into: str | None) -> None:
    dead, other = pair
    found = advise(dead, [other], now=NOW)
    points = [figure.point for figure in found.speaks_for]
    assert (Point.SHARED_ENTRIES in points and Point.LIKE_TITLES not in points) is (into is not None), what
