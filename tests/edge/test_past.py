"""Random lives of a column, played through the real recording: each verdict is told again as it was recorded."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from monitor.edge.store import Store
from monitor.edge.store.claims import Claim
from monitor.lookback import older
from monitor.model.judging import KnownEntry, Verdict
from monitor.model.reading import Entry, Listing, Page, Trouble, TroubleKind, Unchanged, Validators
from monitor.model.register import DutyKind, Period, Window
from monitor.observe import observe
from monitor.workdays import local_day
from tasks.look import _record
from tasks.looked import looked
from tasks.past import judged_again
from tasks.seeing import Sight
from tests.edge.stores import DUTY, begin, claim, register, site
from tests.edge.worlds import SmallWorld, small_world

BEGAN = datetime(2025, 11, 20, 3, 30, tzinfo=UTC)
DUTIES = (
    DUTY,
    replace(DUTY, kind=DutyKind.DAILY, window=None, min_items=2),
    replace(DUTY, window=Window(count=5, period=Period.WORKING_DAYS), min_items=2),
    replace(DUTY, window=None),
    replace(DUTY, exempt=True, exempt_until=date(2026, 1, 2)),
    replace(DUTY, undated_not_updated=True),
)


@dataclass
class Life:
    """A column's life: `looks` are the moments with what was recorded, and what had been known."""

    here: SmallWorld
    random: Random
    at: datetime = BEGAN
    items: list[Entry] = field(default_factory=list)
    last: Listing | None = None
    looks: list[tuple[datetime, Verdict, tuple[KnownEntry, ...]]] = field(default_factory=list)
    names: int = 0

    def entry(self, today: date) -> Entry:
        self.names += self.random.random() < 0.7
        day = today - timedelta(days=self.random.choice((-3, 0, 0, 1, 9, 40, 400)))
        return Entry(
            title=f"关于第{self.names}号事项的通知" + self.random.choice(("", "（更正）")),
            url=self.random.choice((f"http://x.example/{self.names}.html", None)),
            published=self.random.choice((day, day, day, None)),
            pinned=self.random.random() < 0.1,
            year_inferred=self.random.random() < 0.2,
        )

    def listing(self, today: date) -> Listing:
        """The list as it stands: entries come and go, change their titles, or are listed twice."""
        r = self.random
        for _ in range(r.choice((0, 0, 1, 3))):
            self.items.insert(0, self.entry(today))
        self.items = [e for e in self.items if r.random() < 0.95][:70]
        self.items = [replace(e, title=e.title + "…") if r.random() < 0.05 else e for e in self.items]
        self.items = [replace(e, year_inferred=not e.year_inferred) if r.random() < 0.05 else e for e in self.items]
        if self.items and r.random() < 0.1:
            self.items.append(replace(self.items[0], title="同一条", published=today))
        shown = tuple(self.items) if r.random() < 0.9 else ()
        return Listing(
            entries=shown,
            method="html",
            confidence=r.choice((0.97, 0.97, 0.97, 0.4)),
            blank=not shown and r.random() < 0.8,
            undated_until=r.choice((None, None, today - timedelta(days=60))),
            next_page=r.choice((None, "http://x.example/2")),
        )

    def look(self) -> None:
        """One look through the claim, the rules and the recording; then, perhaps, an older page."""
        r = self.random
        token = claim(self.here.store, now=self.at, wall=self.at)
        assert token
        [of] = begin(self.here.store, token)
        today = local_day(self.at, of.timezone)
        same = self.last is not None and self.last.confidence > 0.9 and r.random() < 0.2
        came = Trouble(kind=TroubleKind.TIMEOUT, detail=f"{r.random():.1f}") if r.random() < 0.15 else None
        read = self.last if same else self.listing(today)
        assert read
        calendar = self.here.calendar(of.column.duty.calendar or of.timezone)
        seen = observe(of.column, came or read, of.known, calendar, today=today)
        page = Page(url=of.column.url, final_url=of.column.url, status=200, headers={}, body=str(r.random()).encode())
        answer = came or (Unchanged(url=page.url, validators=Validators(url=page.url)) if same else page)
        look = looked(self.here, of, Sight(came=answer, seen=seen), now=self.at)
        _record(self.here, token, [look])
        self.looks.append((self.at, seen.verdict, of.known))
        self.last = self.last if came else read
        if look.back and look.back.next_url:
            self.go_back(of, look.back.next_url, today)

    def go_back(self, of: Claim, url: str, today: date) -> None:
        [back] = [c.back for c in [self.claimed()] if c.back]
        more = Listing(entries=tuple(self.entry(today) for _ in range(3)), method="html", confidence=0.97)
        now = replace(back, pages=back.pages + 1, next_url=None)
        assert self.here.store.look_backs.went_on(of.id, of.column.url, back, now, older(more), at=self.at)

    def claimed(self) -> Claim:
        later = self.at + timedelta(days=9)
        token = claim(self.here.store, now=later, wall=self.at)
        [of] = begin(self.here.store, token)
        assert token
        self.here.store.claims.give_back(token)
        return of

    def turn(self) -> None:
        """The book changes: another duty, another address and back again, a day of opening."""
        one, r = site(columns=1), self.random
        changed = replace(
            one.columns[0],
            duty=r.choice(DUTIES),
            url=r.choice((one.columns[0].url, "http://x.example/other/")),
            opened=r.choice((None, date(2025, 11, 1))),
        )
        register(self.here.store, replace(one, columns=(changed,), timezone=r.choice(("Asia/Shanghai", "UTC"))))


def lived(store: Store, folder: Path, seed: int, looks: int = 22) -> Life:
    register(store, site(columns=1))
    life = Life(here=small_world(store, folder), random=Random(seed))
    for _ in range(looks):
        life.at += timedelta(hours=life.random.choice((20, 21, 24, 80)))
        if life.random.random() < 0.1:
            life.turn()
        life.look()
    return life


def settled(known: tuple[KnownEntry, ...]) -> list[KnownEntry]:
    """More than two readings prove no more, and readings of an unchanged page are not counted."""
    return [replace(k, readings=min(k.readings, 2)) for k in known]


@pytest.mark.parametrize("seed", range(2))
def test_every_verdict_is_told_again_as_it_was_recorded(store: Store, tmp_path: Path, seed: int) -> None:
    life = lived(store, tmp_path, seed)
    assert len({v.standing for _, v, _ in life.looks}) > 2
    [column] = [w.column_id for w in store.findings.watched()]
    for at, verdict, known in life.looks:
        past = store.pasts.before(column, at + timedelta(seconds=1))
        assert past
        assert past.whole
        assert settled(past.history.known) == settled(known)
        assert past.duty
        assert judged_again(life.here, past, past.duty) == verdict == past.recorded
