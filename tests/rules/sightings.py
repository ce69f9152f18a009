"""Sightings of entries, and the signs that they show: what the tests of honest dates share."""

from datetime import date, timedelta

from monitor.extract.address import dated_by
from monitor.honest import suspicions
from monitor.model.honesty import Sign, Suspicion
from monitor.model.judging import KnownEntry
from monitor.model.reading import Entry
from monitor.model.register import Duty, DutyKind, Period, Window
from monitor.workdays import china

D = date
NEWS = Duty(kind=DutyKind.PERIODIC, window=Window(count=2, period=Period.WEEKS), source="D19")
DAILY = Duty(kind=DutyKind.DAILY, source="own list")
NOW = D(2026, 3, 18)
LONG = "清源市人民政府关于印发城市更新三年行动计划的通知"


def read(
    day: date, first_seen: date, *, n: int = 1, title: str = "", url: str | None = "", inferred: bool = False
) -> KnownEntry:
    address = f"https://a.cn/{n}.html" if url == "" else url
    entry = Entry(title=title or f"第{n}条", url=address, published=day, year_inferred=inferred)
    return KnownEntry(entry=entry, first_seen=first_seen, readings=2)


def signs(
    *known: KnownEntry, duty: Duty = NEWS, read_on: tuple[date, ...] = (), inspections: tuple[date, ...] = ()
) -> list[Sign]:
    return [s.sign for s in found(*known, duty=duty, read_on=read_on, inspections=inspections)]


def found(
    *known: KnownEntry, duty: Duty = NEWS, read_on: tuple[date, ...] = (), inspections: tuple[date, ...] = ()
) -> tuple[Suspicion, ...]:
    return suspicions(known, (), duty, china(), now=NOW, address_day=dated_by, read_on=read_on, inspections=inspections)


OLD, WATCHED = D(2020, 5, 6), D(2026, 1, 5)
READ = tuple(WATCHED + timedelta(days=n) for n in range(0, 72, 2))


def addressed(day: date, held: date, n: int) -> KnownEntry:
    return read(day, max(day, WATCHED), n=n, url=f"https://a.cn/{held:%Y%m}/t{held:%Y%m%d}_{n}.html")
