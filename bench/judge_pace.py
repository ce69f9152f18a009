"""How fast a column is judged, measured and advised on: sites of 17 columns with a year behind them, on one core."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from statistics import median
from time import process_time

from bench.bars import Bar, Side
from config.policy import duty_for
from monitor.advise import advise
from monitor.cadence import cadence
from monitor.judge import judge
from monitor.model.advising import Kin
from monitor.model.judging import History, KnownEntry, Verdict
from monitor.model.reading import Entry
from monitor.model.register import Duty
from monitor.workdays import china

NOW = date(2026, 3, 18)
YEAR_AGO = date(2025, 3, 18)
ROUNDS = 5
LISTED = 20  # entries on the first page
GAPS = {"home": 2, "news": 4, "notice": 10, "policy_file": 30, "personnel": 90, "service_stats": 25}  # days
COLUMNS = ("home", *["news"] * 5, *["notice"] * 4, *["policy_file"] * 3, *["personnel"] * 3, "service_stats")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    key: str
    category: str
    duty: Duty
    history: History
    days: tuple[date, ...]


def pace_bar(sites: int = 20) -> Bar:
    """Microseconds a column for the verdict and the advice; the cadence that advice rests on is told beside them."""
    chance = Random(1)
    nation = [[_column(chance, n, category) for n, category in enumerate(COLUMNS)] for _ in range(sites)]
    for site in nation:
        _advised(site, _kin(site, _judged(site)))  # working days and windows are kept from the first time
    judging = _us(nation, lambda site: _judged(site))
    both = _us(nation, lambda site: _kin(site, _judged(site)))
    whole = _us(nation, lambda site: _advised(site, _kin(site, _judged(site))))
    return Bar(
        name="A column: verdict and advice",
        figure=judging + whole - both,
        limit=200,
        side=Side.AT_MOST,
        unit="µs",
        note=f"verdict {judging:.0f}, cadence {both - judging:.0f}, advice {whole - both:.0f}",
    )


def _column(chance: Random, number: int, category: str) -> _Column:
    gap, day, days = GAPS[category], NOW, list[date]()
    day -= timedelta(days=chance.randrange(200, 300) if chance.random() < 0.15 else chance.randrange(gap))
    while day > YEAR_AGO:
        days.append(day)
        day -= timedelta(days=1 + int(chance.expovariate(1 / gap)))
    entries = tuple(
        Entry(title=f"关于开展第{n}次专项检查工作的通知", url=f"https://a.cn/{number}/{n}.html", published=day)
        for n, day in enumerate(days)
    )
    known = tuple(KnownEntry(entry=e, first_seen=day, readings=3) for e, day in zip(entries, days, strict=True))
    history = History(seen=entries[:LISTED], known=known, blank=not entries)
    return _Column(key=f"{number}", category=category, duty=duty_for(category), history=history, days=tuple(days))


def _judged(site: list[_Column]) -> list[Verdict]:
    return [judge(column.history, column.duty, china(), now=NOW) for column in site]


def _kin(site: list[_Column], verdicts: list[Verdict]) -> list[Kin]:
    return [
        Kin(
            id=column.key,
            name=f"{column.category}栏目{column.key}",
            category=column.category,
            duty=column.duty,
            verdict=verdict,
            cadence=cadence(column.days, column.duty, china(), opened=None, covered=YEAR_AGO, now=NOW),
            entries=tuple(known.entry for known in column.history.known[:LISTED]),
        )
        for column, verdict in zip(site, verdicts, strict=True)
    ]


def _advised(site: list[_Column], kin: list[Kin]) -> None:
    for one in kin:
        advise(one, kin, now=NOW)


def _us(nation: list[list[_Column]], work: Callable[[list[_Column]], object]) -> float:
    """The median over the rounds, in processor time: others may use the machine."""
    return 1e6 * median(_seconds(nation, work) for _ in range(ROUNDS)) / sum(map(len, nation))


def _seconds(nation: list[list[_Column]], work: Callable[[list[_Column]], object]) -> float:
    start = process_time()
    for site in nation:
        work(site)
    return process_time() - start
