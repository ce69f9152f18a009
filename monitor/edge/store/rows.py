"""Between rows and the words of the model."""

from dataclasses import asdict
from datetime import date, datetime, time
from hashlib import blake2b
from ipaddress import ip_network
from typing import Any, cast
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from monitor.edge.tables import finding, verdict
from monitor.model.judging import KnownEntry, Looked, Standing, Verdict, Why
from monitor.model.reading import Entry, Trouble, TroubleKind
from monitor.model.register import (
    Access,
    Column,
    Duty,
    DutyKind,
    Header,
    Marks,
    Network,
    Period,
    Proxy,
    Recipe,
    Rendering,
    Review,
    WeakTls,
    Window,
)
from monitor.model.reminding import Finding, FindingState

Row = sa.Row[Any]


def duty_row(duty: Duty) -> dict[str, Any]:
    row = asdict(duty)
    last = duty.review and duty.review.last
    return row | {
        "exempt_until": duty.exempt_until and duty.exempt_until.isoformat(),
        "review": row["review"] and row["review"] | {"last": last and last.isoformat()},
    }


def duty_of(row: dict[str, Any]) -> Duty:
    until, review = row.get("exempt_until"), row.get("review")
    read = {
        "kind": DutyKind(row["kind"]),
        "window": row["window"] and window_of(row["window"]),
        "exempt_until": _day(until),
        "review": review and Review(every=window_of(review["every"]), last=_day(review["last"])),
    }
    return Duty(**{**row, **read})


def window_of(row: dict[str, Any]) -> Window:
    return Window(count=row["count"], period=Period(row["period"]))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def access_row(access: Access) -> dict[str, Any]:
    row = asdict(access)
    hours = access.hours and [hour.isoformat() for hour in access.hours]
    return row | {"hours": hours, "headers": list(row["headers"])}  # as JSON gives it back


def access_of(row: dict[str, Any] | None) -> Access:
    if row is None:
        return Access()
    hours = row["hours"] and (time.fromisoformat(row["hours"][0]), time.fromisoformat(row["hours"][1]))
    headers = tuple(Header(**header) for header in row.get("headers") or ())  # an older program wrote none
    proxy = Proxy(**row["proxy"]) if row.get("proxy") else None
    return Access(**{**row, "hours": hours, "headers": headers, "proxy": proxy})


def column_of(row: Row) -> Column:
    return Column(
        name=row.name,
        url=row.url,
        category=row.category,
        duty=duty_of(row.duty),
        opened=row.opened,
        recipe=Recipe(**row.recipe) if row.recipe else None,
        first_level=row.first_level,
        render=_rendering_of(row.render) if row.render else None,
    )


def _rendering_of(row: dict[str, Any]) -> Rendering:
    return Rendering(hosts=tuple(row["hosts"]), without=tuple(row.get("without", ())))  # an older program wrote none


def marks_row(url: str, marks: Marks | None) -> dict[str, Any] | None:
    return {"source": url, **asdict(marks)} if marks else None


def marks_of(row: Row) -> Marks | None:
    """The marks of a column's page; a corrected address begins anew."""
    got = row.marks
    if not got or got["source"] != row.url:
        return None
    return Marks(site_code=got["site_code"], column_name=got["column_name"])


def weak_tls_of(row: Row) -> WeakTls | None:
    return WeakTls(**row.weak_tls) if row.weak_tls else None


def networks_of(text: str) -> tuple[Network, ...]:
    return tuple(ip_network(part) for part in text.split(",") if part)


def identity_of(entry: Entry) -> str:
    return _digest(entry.url or entry.title)


def key_of(entry: Entry) -> str:
    return _digest(f"{identity_of(entry)} {entry.published}")


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def entry_row(column_id: int, source: str, entry: Entry, at: datetime, *, older: bool | None = None) -> dict[str, Any]:
    return {
        "column_id": column_id,
        "source": source,
        "key": key_of(entry),
        "identity": identity_of(entry),
        "title": entry.title,
        "url": entry.url,
        "published": entry.published,
        "pinned": entry.pinned,
        "year_inferred": entry.year_inferred,
        "first_seen": at,
        "last_seen": at,
        "readings": 1,
        "older": older,
    }


def known_of(row: Row, timezone: str) -> KnownEntry:
    entry = Entry(
        title=row.title,
        url=row.url,
        published=row.published,
        pinned=row.pinned,
        year_inferred=row.year_inferred,
    )
    first_seen = row.first_seen.astimezone(ZoneInfo(timezone)).date()
    return KnownEntry(entry=entry, first_seen=first_seen, readings=row.readings, forged=bool(row.forged))


def stretch_row(column_id: int, v: Verdict, at: datetime) -> dict[str, Any]:
    return {
        "column_id": column_id,
        "first_at": at,
        "last_at": at,
        "looks": 1,
        "standing": v.standing.value,
        "why": v.why.value,
        "rule": v.rule,
        "duty": v.duty,
        "newest": v.newest,
        "deadline": v.deadline,
        "days_over": v.days_over,
        "past_grace": v.past_grace,
        "trouble": v.trouble and v.trouble.kind.value,
        "detail": v.trouble.detail if v.trouble else "",
    }


# What makes two looks of one stretch: everything but the day's count and a trouble's wording.
SAME = ("standing", "why", "rule", "duty", "newest", "deadline", "past_grace", "trouble")


def verdict_of(row: Row) -> Verdict:
    """The verdict of a stretch as it was at its last look."""
    got = row._mapping
    trouble = got[verdict.c.trouble]
    return Verdict(
        standing=Standing(got[verdict.c.standing]),
        why=Why(got[verdict.c.why]),
        rule=cast(str, got[verdict.c.rule]),
        duty=cast(str, got[verdict.c.duty]),
        newest=got[verdict.c.newest],
        deadline=got[verdict.c.deadline],
        days_over=got[verdict.c.days_over],
        past_grace=got[verdict.c.past_grace],
        trouble=Trouble(kind=TroubleKind(trouble), detail=got[verdict.c.detail]) if trouble else None,
    )


def looks_of(row: Row) -> list[Looked]:
    """The first and the last look of a stretch: all that the rule of two looks needs."""
    v, got = verdict_of(row), row._mapping
    moments = dict.fromkeys((got[verdict.c.first_at], got[verdict.c.last_at]))
    return [Looked(at=at, verdict=v) for at in moments]


FINDING_FIELDS = (
    "rule",
    "episode",
    "state",
    "since",
    "opened",
    "newest",
    "step",
    "released",
    "told",
    "closing_told",
)


def finding_row(f: Finding) -> dict[str, Any]:
    return {field: getattr(f, field) for field in FINDING_FIELDS} | {"state": f.state.value}


def finding_of(row: Row) -> Finding:
    got = row._mapping
    return Finding(
        **{name: got[finding.c[name]] for name in FINDING_FIELDS if name != "state"},
        state=FindingState(got[finding.c.state]),
    )
