"""Columns as advice sees them, judged and measured by the real rules: what the tests of advice are made of."""

from dataclasses import replace
from datetime import date, timedelta

from monitor.cadence import cadence
from monitor.judge import judge
from monitor.model.advising import Kin
from monitor.model.judging import History
from monitor.model.reading import Entry, Trouble
from monitor.model.register import Duty, DutyKind, Period, Review, Window
from monitor.workdays import china

D = date
NOW = D(2026, 3, 18)


def periodic(count: int, period: Period, min_items: int = 1) -> Duty:
    return Duty(kind=DutyKind.PERIODIC, window=Window(count=count, period=period), min_items=min_items, source="x")


NEWS = periodic(2, Period.WEEKS)
MONTHLY = periodic(1, Period.MONTHS)
QUARTERLY = periodic(3, Period.MONTHS)
HALF_YEARLY = periodic(6, Period.MONTHS)
WEEKLY = periodic(1, Period.WEEKS)
DAILY = Duty(kind=DutyKind.DAILY, source="x")
AS_NEEDED = Duty(kind=DutyKind.AS_NEEDED, source="x")
REVIEWED = replace(AS_NEEDED, review=Review(every=Window(count=1, period=Period.YEARS), last=D(2020, 1, 1)))
DATED = replace(NEWS, undated_not_updated=True)
UNDATED = (Entry(title="x", url=None, published=None),)


def ago(*days: int) -> list[date]:
    return [NOW - timedelta(days=n) for n in days]


def entries(days: list[date], words: str = "第{}条", path: str = "a") -> tuple[Entry, ...]:
    return tuple(
        Entry(title=words.format(n), url=f"https://a.cn/{path}/{n}.html", published=day)
        for n, day in enumerate(sorted(days, reverse=True))
    )


def column(
    *days: date,
    duty: Duty = NEWS,
    key: str = "a",
    name: str = "本地要闻",
    category: str = "news",
    opened: date | None = None,
    covered: date | None = None,
    since: date | None = None,
    listed: tuple[Entry, ...] | None = None,
    trouble: Trouble | None = None,
) -> Kin:
    """A column as it is judged and measured by the real rules; its history is complete from its first entry."""
    listed = entries(list(days), path=key) if listed is None else listed
    dates = [entry.published for entry in listed if entry.published]
    seen = History(seen=trouble or listed, blank=not listed, opened=opened)
    covered = covered or min(dates, default=opened)
    return Kin(
        id=key,
        name=name,
        category=category,
        duty=duty,
        verdict=judge(seen, duty, china(), now=NOW),
        cadence=cadence(dates, duty, china(), opened=opened, covered=covered, now=NOW),
        since=since,
        entries=listed,
    )


def living(key: str = "b", name: str = "工作简报", category: str = "news", duty: Duty = NEWS, days: int = 3) -> Kin:
    return column(*ago(*range(days, 300, 7)), key=key, name=name, category=category, duty=duty)
