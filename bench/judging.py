"""`make bench-judge`: the real rules over a simulated nation, a line each bar; exit code 1 when one is missed."""

import argparse
import sys
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import pairwise
from multiprocessing import get_context
from operator import add
from statistics import mean, median

from bench.bars import Bar, Side, exit_code, line, share, write
from bench.corpus import ROOT
from bench.inspecting import inspection_bars
from bench.judge_pace import pace_bar
from bench.nation import END, MONTHS, NationColumn, site
from bench.nation_truth import CHINA, Breach, Sighted, Worth, breaches, compared, false_accusations, worth
from bench.worlds import world_of
from monitor.advise import advise
from monitor.judge import judge
from monitor.model.advising import Act, Kin
from monitor.model.honesty import Suspicion
from monitor.model.judging import KNOWN, History, Standing
from monitor.model.reminding import FindingState
from monitor.model.replaying import Course, World
from monitor.replay import ACCUSES, kin, replay, signs
from monitor.workdays import china

JSON = ROOT / "var" / "bench" / "judge.json"
ROUNDS = 3  # in which the time is taken
FOUND = (FindingState.DETECTED, FindingState.QUEUED, FindingState.REMINDED)


@dataclass(slots=True)
class Tally:
    """What was counted of some columns. `notes` name the cases behind each figure that is not what it should be."""

    columns: int = 0
    looks: int = 0
    mails: int = 0
    false: list[str] = field(default_factory=list)
    breaches: int = 0
    late: list[str] = field(default_factory=list)
    acts: int = 0
    told: int = 0
    right: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    advised: int = 0  # to be merged or closed, and truly gone
    ill_advised: list[str] = field(default_factory=list)
    unadvised: list[str] = field(default_factory=list)
    judging: list[float] = field(default_factory=list)  # seconds a column, of each site
    advising: list[float] = field(default_factory=list)
    cadence: list[float] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


def measured(number: int, seed: int) -> Tally:
    """What the rules make of one site."""
    tally = Tally()
    measured_columns(site(number, seed), tally)
    return tally


def measured_columns(columns: Sequence[NationColumn], tally: Tally) -> None:
    """Add what the rules make of the columns of one site."""
    worlds = [world_of(column) for column in columns]
    courses = [_measure(column, world, tally) for column, world in zip(columns, worlds, strict=True)]
    siblings = [kin(world, course, china()) for world, course in zip(worlds, courses, strict=True)]
    for column, one in zip(columns, siblings, strict=True):
        _measure_advice(column, one, siblings, tally)
    rounds = [_seconds(worlds, courses) for _ in range(ROUNDS)]
    tally.judging.append(median(judging for judging, _, _ in rounds))
    tally.advising.append(median(advising for _, advising, _ in rounds))
    tally.cadence.append(median(telling for _, _, telling in rounds))


def _seconds(worlds: Sequence[World], courses: Sequence[Course]) -> tuple[float, float, float]:
    """What it takes to judge a column, to advise on it, and to tell its cadence: its share of the site's."""
    calendar, moments = china(), [time.thread_time()]
    siblings = [kin(world, course, calendar) for world, course in zip(worlds, courses, strict=True)]
    moments.append(time.thread_time())
    for world, course in zip(worlds, courses, strict=True):
        history = History(seen=course.seen, known=course.known[:KNOWN], blank=not course.seen)
        judge(history, world.column.duty, calendar, now=world.day)
    moments.append(time.thread_time())
    for one in siblings:
        advise(one, siblings, now=END)
    moments.append(time.thread_time())
    telling, judging, advising = [(until - since) / len(worlds) for since, until in pairwise(moments)]
    return judging, advising, telling


def _measure_advice(column: NationColumn, one: Kin, siblings: Sequence[Kin], tally: Tally) -> None:
    """What is advised at the end, beside the truth. What could not be seen then is not advised on."""
    advice = advise(one, siblings, now=END)
    case, truth = f"{column.id} {column.life.fate} {advice.act}", worth(column)
    if advice.act in (Act.MERGE, Act.CLOSE):
        tally.advised += truth is Worth.GONE
        tally.ill_advised += [case] if truth is Worth.ALIVE else []
    elif truth is Worth.GONE and one.verdict.standing is not Standing.UNKNOWN and column.life.fate != "forging":
        tally.unadvised.append(case)


def _measure(column: NationColumn, world: World, tally: Tally) -> Course:
    calendar = china()
    course = replay(world, calendar)
    mailed = [mail.at for mail in course.mails if mail.kind in ACCUSES]
    tally.columns += 1
    tally.looks += len(column.looks)
    tally.mails += len(mailed)
    tally.false += [f"{column.id} {column.life.fate} {moment}" for moment in false_accusations(column, mailed)]
    owed = list(breaches(column))
    tally.breaches += len(owed)
    tally.late += [f"{column.id} {column.life.fate} by {breach.by}" for breach in owed if not _found(course, breach)]
    seen = compared(column, [_sighted(sign) for sign in signs(world, course, calendar)])
    tally.acts, tally.told, tally.right = tally.acts + seen.acts, tally.told + seen.told, tally.right + seen.right
    tally.missed += seen.missed
    tally.wrong += [f"{column.id} {column.life.fate} {one.sign} {one.noticed}" for one in seen.wrong]
    return course


def _found(course: Course, breach: Breach) -> bool:
    """Whether a finding stood at some moment from the second look to the end of the day by which it had to."""
    end = datetime(breach.by.year, breach.by.month, breach.by.day, 23, 59, tzinfo=breach.second_look.tzinfo) - CHINA
    before = [finding.state for moment, finding in course.findings if moment < breach.second_look]
    then = [finding.state for moment, finding in course.findings if breach.second_look <= moment <= end]
    return any(state in FOUND for state in (*before[-1:], *then))


def _sighted(sign: Suspicion) -> Sighted:
    urls = frozenset(entry.url for entry in sign.entries if entry.url)
    days = frozenset(entry.published for entry in sign.entries if entry.published)
    return Sighted(sign.sign.value, sign.noticed, urls, days)


def bars(tally: Tally) -> list[Bar]:
    both = list(map(add, tally.judging, tally.advising))
    months, found = tally.columns * MONTHS, tally.breaches - len(tally.late)
    return [
        Bar(name="false accusations", figure=len(tally.false), limit=0, side=Side.AT_MOST, unit="",
            note=f"{tally.mails} mails, {months} column-months, {tally.looks} looks", pages=tuple(tally.false)),
        _share("breaches found within a working day of the second look", found, tally.late, 100),
        _share("forged dates, recall", tally.told, tally.missed, 80),
        _share("forged dates, precision", tally.right, tally.wrong, 95),
        _share("merge or close advised, precision", tally.advised, tally.ill_advised, 95),
        _share("merge or close advised, recall", tally.advised, tally.unadvised, 85),
        Bar(name="judge and advise, a column", figure=_micro(both), limit=200, side=Side.AT_MOST, unit="µs",
            note=f"judge {_micro(tally.judging):.0f}, advise {_micro(tally.advising):.0f}"),
        Bar(name="its cadence, from all its entries", figure=_micro(tally.cadence), limit=None, side=Side.AT_MOST,
            unit="µs"),
    ]  # fmt: skip


def _micro(seconds: list[float]) -> float:
    """The time of one core that a column takes in the mean, in microseconds."""
    return 1e6 * mean(seconds) if seconds else 0.0


def _share(name: str, good: int, bad: list[str], limit: float) -> Bar:
    of = good + len(bad)
    note = f"all but {len(bad)} of {of}"
    return Bar(name=name, figure=share(good, of), limit=limit, side=Side.AT_LEAST, note=note, pages=tuple(bad))


def total(tallies: Iterable[Tally]) -> Tally:
    whole = Tally()
    for tally in tallies:
        whole.add(tally)
    return whole


def _alone() -> list[Bar]:
    """The inspections, in a process that holds nothing else."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(inspection_bars).result()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench.judging", description=__doc__)
    parser.add_argument("--sites", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", action="store_true", help="name the cases behind each figure")
    asked = parser.parse_args(arguments)
    with ProcessPoolExecutor() as pool:
        whole = total(pool.map(partial(measured, seed=asked.seed), range(asked.sites), chunksize=2))
    said = [*bars(whole), pace_bar(), *_alone()]
    for bar in said:
        print(line(bar))
        for case in bar.pages if asked.misses else ():
            print(f"    {case}")
    write(said, JSON)
    return exit_code(said)


if __name__ == "__main__":
    sys.exit(main())
