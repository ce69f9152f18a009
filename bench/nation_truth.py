"""What is true of a column of the nation, beside what was said of it: accusations, breaches and forged dates."""

from bisect import insort
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bench.nation import END, Look, NationColumn
from bench.nation_life import crammed
from bench.nation_time import Duty, after, deadline

CHINA, APART, NOTICE = timedelta(hours=8), timedelta(hours=20), timedelta(days=20)
SURE = 0.9
MONTH, MARGIN, LEAST = 30, 10, 3  # days, days, windows


@dataclass(frozen=True, slots=True)
class Breach:
    """A column is truly late, two looks have seen it, and nothing hid it: to be found by the end of `by`."""

    second_look: datetime
    by: date


@dataclass(frozen=True, slots=True)
class Sighted:
    """A sign that the rules gave: when, of which addresses, and the days that these show."""

    sign: str
    noticed: date
    urls: frozenset[str]
    days: frozenset[date]


def false_accusations(column: NationColumn, mailed: Sequence[datetime]) -> list[datetime]:
    """The mails that called the column overdue, stale or blank although its true publications met its duty.

    What counts is the moment of the mail: what came an hour before it counts, whatever look it rests on; what comes
    later on its day does not.
    """
    return [at for at in mailed if not column.is_late(at)]


def breaches(column: NationColumn) -> Iterator[Breach]:
    """Breaches that lasted until they had to be found.

    A list without years hides its column for good, and so does one that holds fewer texts than are due: whatever it
    shows, others may have left it.
    """
    if column.duty.exempt or not column.duty.rhythm or column.life.yearless or column.life.page < column.duty.least:
        return
    shown, first, told = _Shown(column), None, False
    for look in column.looks:
        late = shown.is_late(look)
        if late is None:
            continue
        if not late:
            first, told = None, False
        elif first is None:
            first = look.at
        elif not told and look.at - first >= APART:
            told, by = True, after((look.at + CHINA).date(), 1)
            if by <= END and not _published(column, look.at, by):
                yield Breach(look.at, by)


def _published(column: NationColumn, since: datetime, by: date) -> bool:
    """Whether anything true came before it had to be found: then the breach was over, or another one."""
    return any(since < post.at and post.day <= by for post in column.life.posts)


class _Shown:
    """All days that were truly published or were ever shown, in order: what is late by them is late beyond doubt."""

    def __init__(self, column: NationColumn) -> None:
        self.duty = column.duty
        self.true = [(post.at, post.day) for post in column.life.posts]
        self.days: list[date] = []
        self.others: set[date] = set()
        self.rows: object = None
        self.taken = 0

    def is_late(self, look: Look) -> bool | None:
        """Whether the column is past its deadline and the grace by a look; None where the look could not see it."""
        if look.trouble or look.confidence < SURE:
            return None
        day = (look.at + CHINA).date()
        while self.taken < len(self.true) and self.true[self.taken][0] <= look.at:
            insort(self.days, self.true[self.taken][1])
            self.taken += 1
        if look.rows is not self.rows:
            self._see(look, {shown for _, shown in self.true[: self.taken]})
        if not self.days:
            return True
        if not look.rows or all(row.published is None for row in look.rows):
            return None
        last = deadline(self.days[-min(self.duty.least, len(self.days))], self.duty)
        return day > last and day > after(last, 1)

    def _see(self, look: Look, true: set[date]) -> None:
        self.rows = look.rows
        for row in look.rows:
            if row.published and row.published not in true and row.published not in self.others:
                self.others.add(row.published)
                insort(self.days, row.published)


class Worth(StrEnum):
    """What a committee that knew the truth would hold of closing or merging a column."""

    GONE = "gone"
    ALIVE = "alive"
    OPEN = "open"  # near a line: either may be advised


def worth(column: NationColumn, on: date = END) -> Worth:
    """Gone: blank, two windows after it was long late, or with most windows of a year missed. All with a margin."""
    duty, life = column.duty, column.life
    if duty.exempt or not duty.rhythm:
        return Worth.ALIVE if life.posts else Worth.OPEN
    days = [post.day for post in life.posts if post.day <= on]
    if not days:
        return Worth.GONE
    rhythm = max(duty.rhythm, MONTH if duty.kind == "daily" else 0)
    silent, long = (on - max(days)).days, duty.rhythm + max(rhythm, MONTH) + 2 * rhythm
    missed, windows = _missed(days, duty, on)
    if silent > long + MARGIN or (missed >= LEAST + 1 and missed >= 0.6 * windows and silent > duty.rhythm + MARGIN):
        return Worth.GONE
    return Worth.ALIVE if silent < long - MARGIN and (missed < LEAST or missed < 0.4 * windows) else Worth.OPEN


def _missed(days: Sequence[date], duty: Duty, on: date) -> tuple[int, int]:
    """Of the windows of a year, laid back from a day, those without enough; and all. A daily duty has none."""
    windows = 365 // duty.rhythm if duty.kind != "daily" else 0
    full = Counter((on - day).days // duty.rhythm for day in days)
    return sum(1 for n in range(windows) if full[n] < duty.least), windows


@dataclass(frozen=True, slots=True)
class Signs:
    """How the signs of a column compare with its forgeries."""

    told: int
    acts: int
    right: int
    wrong: tuple[Sighted, ...]
    missed: tuple[str, ...]


def compared(column: NationColumn, sighted: Sequence[Sighted]) -> Signs:
    """A forgery is told where any sign names one of its addresses; a sign is right that names a forged one."""
    forged = frozenset(url for act in column.life.acts for url in act.urls)
    filled = crammed(column.life, column.duty)
    plain = [frozenset(_plain(url) for url in one.urls) for one in sighted]
    named = frozenset(url for urls in plain for url in urls)
    wrong = [
        one
        for one, urls in zip(sighted, plain, strict=True)
        if forged.isdisjoint(urls) and not (one.sign.startswith("burst") and one.days & filled)
    ]
    acts = [act for act in column.life.acts if act.day + NOTICE <= END]
    missed = tuple(f"{column.id} {act.sign} {act.day}" for act in acts if named.isdisjoint(act.urls))
    return Signs(len(acts) - len(missed), len(acts), len(sighted) - len(wrong), tuple(wrong), missed)


def _plain(url: str) -> str:
    """The address at the site's own host, before the site was redesigned."""
    return url.replace("://www.", "://").replace(".example/new/", ".example/")
