"""What looks at a column of the nation see: its page, and all that can hide or distort it."""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from bench.nation import DAY, END, START, Look, NationColumn, Row, Rows
from bench.nation_life import Post

CHINA = timedelta(hours=8)
LATEST, JITTER = 1_400, 30  # minutes: a column is looked at at any hour, every day at nearly the same
FAULT = 0.004  # of a look: what was read is wrong, whatever the confidence says
SILENT = ("timeout", "connect", "dns", "server_error")


@dataclass(frozen=True, slots=True)
class Weather:
    """What befalls a whole site: days with their trouble, and the days on which a redesign is not yet read rightly."""

    troubles: dict[date, str]
    redesign: date | None
    unread: int  # days
    mirror: frozenset[date] = frozenset()  # days on which another host answers

    @classmethod
    def of(cls, dice: Random) -> "Weather":
        troubles: dict[date, str] = {}
        for kinds, most, longest in (
            (SILENT, 8, 6),
            (("blocked",), 4, 8),
            (("blocked",), 1, 25),
            (("maintenance", "gone", "tls"), 3, 5),
        ):
            for _ in range(dice.randint(0, most)):
                first, kind = START + DAY * dice.randrange(730), dice.choice(kinds)
                troubles |= {first + DAY * n: kind for n in range(dice.randint(1, longest))}
        redesign = START + DAY * dice.randrange(60, 680) if dice.random() < 0.5 else None
        mirror = frozenset(START + DAY * n for n in range(730) if dice.random() < 0.3)
        return cls(troubles, redesign, dice.randint(2, 9), mirror if dice.random() < 0.1 else frozenset())


def looks(column: NationColumn, weather: Weather, dice: Random) -> Iterator[Look]:
    """A look a day, in the order of time."""
    page = _Page(column, weather)
    shown: Rows = ()
    minute = dice.randrange(LATEST)
    for n in range((END - START).days + 1):
        day = START + DAY * n
        at = datetime.combine(day, time(), UTC) - CHINA + timedelta(minutes=minute + dice.randrange(JITTER))
        rows = page.rows(at, day)
        shown = shown if rows == shown else rows  # the very same while nothing changes
        yield _seen(column, weather, dice, at, day, shown)


def before_mails(column: NationColumn, weather: Weather, seed: str) -> Callable[[date, int], Look]:
    """The readings of a day at its officer's moment, between nine and noon; each may go wrong by itself."""
    page, lot = _Page(column, weather), Random(seed).randrange(180)

    def look(day: date, reading: int) -> Look:
        dice = Random(f"{seed}/{day}/{reading}")
        at = datetime.combine(day, time(9), UTC) - CHINA + timedelta(minutes=lot + reading)
        return _seen(column, weather, dice, at, day, page.rows(at, day))

    return look


def _seen(column: NationColumn, weather: Weather, dice: Random, at: datetime, day: date, rows: Rows) -> Look:
    if trouble := weather.troubles.get(day):
        return Look(at, (), trouble=trouble)
    if weather.redesign and weather.redesign <= day < weather.redesign + weather.unread * DAY:
        return _half_read(dice, at, day, rows)
    if dice.random() < FAULT:
        return _fault(dice, at, day, rows, column.id)
    return Look(at, rows, blank=not rows)


def _half_read(dice: Random, at: datetime, day: date, rows: Rows) -> Look:
    """A page that is not known yet: nothing is found, or something is found that is not sure."""
    if dice.random() < 0.5:
        return Look(at, (), trouble="unreadable")
    wrong = tuple(Row(f"导航{n}", f"/nav/{n}", day - DAY * n) for n in range(3))
    return Look(at, dice.choice((wrong, rows[5:], rows)), confidence=dice.uniform(0.2, 0.89))


def _fault(dice: Random, at: datetime, day: date, rows: Rows, name: str) -> Look:
    """A single look that is read wrongly, and surely."""
    match dice.randrange(6):
        case 0:
            return Look(at, rows[dice.randint(1, 8) :], blank=False)
        case 1:
            stray = tuple(Row(f"热点{name}{day}{n}", f"/hot/{name}/{day}/{n}", day - DAY * n) for n in range(6))
            return Look(at, stray)
        case 2:
            return Look(at, rows, confidence=0.5)
        case 3:
            return Look(at, (), blank=True)
        case 4:
            return Look(at, tuple(row for row in rows if row.pinned) or rows[-1:])
        case _:
            return Look(at, tuple(row._replace(published=None) for row in rows))


class _Page:
    """The column's page from day to day."""

    def __init__(self, column: NationColumn, weather: Weather) -> None:
        life = column.life
        self.posts = sorted([*life.posts, *life.false], key=lambda post: post.at)
        self.moments = [post.at for post in self.posts]
        self.yearless, self.weather, self.size = life.yearless, weather, life.page
        self.pinned = [post for post in self.posts if post.pinned]
        self.turns = sorted(_turns(self.posts, weather.redesign))
        self._key: object = None
        self._rows: Rows = ()

    def rows(self, at: datetime, day: date) -> Rows:
        turns, mirrored = bisect_right(self.turns, day), day in self.weather.mirror
        key = (bisect_right(self.moments, at), turns, mirrored, day if self.yearless else None)
        if key != self._key:
            self._key, self._rows = key, self._made(self.posts[: key[0]], day)
        return self._rows

    def _made(self, posts: list[Post], day: date) -> Rows:
        listed = [post for post in posts if not _is_off(post, day)]
        newest = sorted(listed, key=lambda post: (_shown(post, day), post.at), reverse=True)[: self.size]
        top = [self._row(post, day, pinned=True) for post in self.pinned if post in listed]
        return (*top, *(self._row(post, day) for post in newest if not post.pinned))

    def _row(self, post: Post, day: date, *, pinned: bool = False) -> Row:
        shown, url = _shown(post, day), self._url(post.url, day)
        if self.yearless:
            return Row(post.title, url, _guessed(shown, day), pinned, True)
        return Row(post.title, url, shown, pinned)

    def _url(self, url: str, day: date) -> str:
        """The address after the redesign, at the host that answers."""
        if self.weather.redesign and day >= self.weather.redesign:
            url = url.replace(".example/", ".example/new/")
        return url.replace("://", "://www.") if day in self.weather.mirror else url


def _is_off(post: Post, day: date) -> bool:
    away = post.away is not None and post.away[0] <= day < post.away[1]
    return away or bool(post.until and post.until <= day)


def _turns(posts: list[Post], redesign: date | None) -> set[date]:
    """The days from which on what was published before looks otherwise."""
    moved = {since for post in posts for since, _ in post.shown[1:]}
    gone = {day for post in posts for day in (post.until, *(post.away or ())) if day}
    return moved | gone | ({redesign} if redesign else set())


def _shown(post: Post, day: date) -> date:
    """The date that the list shows on a day."""
    if len(post.shown) == 1:
        return post.shown[0][1]
    return max((since, shown) for since, shown in post.shown if since <= day or since == post.shown[0][0])[1]


def _guessed(shown: date, day: date) -> date:
    """The last day of that month and day that is not ahead: all that a list without years tells."""
    for year in (day.year, day.year - 1, day.year - 2, day.year - 4):
        try:
            guess = shown.replace(year=year)
        except ValueError:
            continue  # 29 February
        if guess <= day + DAY:
            return guess
    return shown
