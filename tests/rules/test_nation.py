"""The simulated nation: the same seed gives the same sites, its truth stands by itself, and its lines are worlds."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bench.judging import Tally, bars, measured_columns
from bench.nation import END, PLAN, START, NationColumn, line, site
from bench.nation_time import Duty, deadline, is_late
from bench.nation_truth import Worth, breaches, false_accusations, worth
from bench.worlds import world_of
from cli.judging import answer
from config.world_file import worlds
from monitor.workdays import shift

NEWS = Duty("periodic", "P2W")


@pytest.fixture(scope="module")
def columns() -> list[NationColumn]:
    return site(0, 1, watched=6)


def test_the_same_seed_gives_the_same_site(columns: list[NationColumn]) -> None:
    assert len(columns) == len(PLAN) == 17
    assert site(0, 1, watched=1)[0].looks == columns[0].looks
    assert [column.life for column in site(0, 1, watched=0)] == [column.life for column in columns]
    assert [column.life for column in site(0, 2, watched=0)] != [column.life for column in columns]
    assert len(columns[0].looks) == (END - START).days + 1


@pytest.mark.parametrize(
    ("what", "days", "duty", "on", "late"),
    [
        ("the last day of two weeks", [date(2025, 3, 1)], NEWS, date(2025, 3, 15), False),
        ("a day more", [date(2025, 3, 1)], NEWS, date(2025, 3, 16), True),
        ("six in a year, of five", [date(2025, 3, 1)] * 5, Duty("periodic", "P1Y", 6), date(2026, 3, 2), True),
        ("the end of a shorter month", [date(2025, 1, 31)], Duty("periodic", "P1M"), date(2025, 3, 1), True),
        ("daily, on the next working day", [date(2025, 3, 7)], Duty("daily", None), date(2025, 3, 10), False),
        ("daily, a working day without", [date(2025, 3, 7)], Duty("daily", None), date(2025, 3, 11), True),
        ("nothing ever", [], NEWS, date(2025, 3, 1), True),
        ("no number", [], Duty("periodic", None), date(2025, 3, 1), False),
    ],
)
def test_when_a_duty_is_truly_missed(what: str, days: list[date], duty: Duty, on: date, *, late: bool) -> None:
    assert is_late(days, duty, on) is late, what


def test_working_days_of_the_truth_know_the_make_up_days() -> None:
    assert deadline(date(2025, 9, 26), Duty("periodic", "1 working days")) == date(2025, 9, 28)  # a Sunday of work


def test_a_line_of_the_nation_is_a_world_and_is_judged_alike(columns: list[NationColumn], tmp_path: Path) -> None:
    path = tmp_path / "worlds.jsonl"
    day = shift(START, 40)
    written = [line(column, day) for column in columns[:4]]
    for one in written:
        one["observations"] = one["observations"][:60]
    path.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in written), encoding="utf-8")
    for column, world in zip(columns, worlds(path), strict=False):
        direct = world_of(column)
        assert world.column.duty == direct.column.duty
        assert world.observed == direct.observed[:60]
        assert answer(world).id == column.id


def test_a_mail_is_measured_by_what_was_truly_published(columns: list[NationColumn]) -> None:
    lively = next(column for column in columns if column.life.fate == "regular" and column.duty.rhythm)
    noon = datetime(2025, 6, 16, 4, tzinfo=UTC)
    assert false_accusations(lively, [noon]) == [noon]
    assert worth(lively) is Worth.ALIVE
    assert list(breaches(lively)) == []


def test_every_bar_of_a_few_columns_holds(columns: list[NationColumn]) -> None:
    tally = Tally()
    measured_columns(columns[4:6], tally)
    assert (tally.false, tally.late) == ([], [])
    assert [bar.name.split(",")[0] for bar in bars(tally)][:2] == [
        "false accusations",
        "breaches found within a working day of the second look",
    ]
