"""What looks at a column of the nation see: its page, and all that can hide or distort it."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from bench.nation import DAY, END, START, Look, NationColumn, Row, Rows
from bench.nation_life import Post

PAGE = 20  # rows
LOOK_AT = timedelta(hours=-2)  # in UTC: between six and nine in the morning in China, before the digests leave
FAULT = 0.004  # of a look: what was read is wrong, whatever the confidence says
SILENT = ("timeout", "connect", "dns", "server_error")


@dataclass(frozen=True, slots=True)
class Weather:
    """What befalls a whole site: days with their trouble, and the days on which a redesign is not yet read rightly."""

    troubles: dict[date, str]
    redesign: date | None
    unread: int  # days

    @classmethod
    def of(cls, dice: Random) -> "Weather":
        troubles: dict[date, str] = {}
        for kinds, most, longest in ((SILENT, 8, 6), (("blocked",), 4, 8), (("maintenance", "gone", "tls"), 3, 5)):
            for _ in range(dice.randint(0, most)):
                first, kind = START + DAY * dice.randrange(730), dice.choice(kinds)
                troubles |= {first + DAY * n: kind for n in range(dice.randint(1, longest))}
        redesign = START + DAY * dice.randrange(60, 680) if dice.random() < 0.5 else None
        return cls(troubles, redesign, dice.randint(2, 9))


def looks(column: NationColumn, weather: Weather, dice: Random) -> Iterator[Look]:
    """A look a day, in the order of time."""
    page = _Page(column, weather.redesign)
    shown: Rows = ()
    minute = timedelta(minutes=dice.randrange(160))
    for n in range((END - START).days + 1):
        day = START + DAY * n
        at = datetime.combine(day, time(), UTC) + LOOK_AT + minute
        rows = page.rows(at, day)
        shown = shown if rows == shown else rows  # the very same while nothing changes
        yield _seen(column, weather, dice, at, day, shown)


def _seen(column: NationColumn, weather: Weather, dice: Random, at: datetime, day: date, rows: Rows) -> Look:
    if trouble := weather.troubles.get(day):
        return Look(at, (), trouble=trouble, clean=False)
    if weather.redesign and weather.redesign <= day < weather.redesign + weather.unread * DAY:
        return _half_read(dice, at, day, rows)
    if dice.random() < FAULT:
        return _fault(dice, at, day, rows, column.id)
    return Look(at, rows, blank=not rows)


def _half_read(dice: Random, at: datetime, day: date, rows: Rows) -> Look:
    """A page that is not known yet: nothing is found, or something is found that is not sure."""
    if dice.random() < 0.5:
        return Look(at, (), trouble="unreadable", clean=False)
    wrong = tuple(Row(f"导航{n}", f"/nav/{n}", day - DAY * n) for n in range(3))
    return Look(at, dice.choice((wrong, rows[5:], rows)), confidence=dice.uniform(0.2, 0.89), clean=False)


def _fault(dice: Random, at: datetime, day: date, rows: Rows, name: str) -> Look:
    """A single look that is read wrongly, and surely."""
    match dice.randrange(5):
        case 0:
            return Look(at, rows[dice.randint(1, 8) :], blank=False, clean=False)
        case 1:
            stray = tuple(Row(f"热点{name}{day}{n}", f"/hot/{name}/{day}/{n}", day - DAY * n) for n in range(6))
            return Look(at, stray, clean=False)
        case 2:
            return Look(at, rows, confidence=0.5, clean=False)
        case 3:
            return Look(at, (), blank=True, clean=False)
        case _:
            return Look(at, tuple(row._replace(published=None) for row in rows), clean=False)


class _Page:
    """The column's page from day to day."""

    def __init__(self, column: NationColumn, redesign: date | None) -> None:
        life = column.life
        self.posts = sorted([*life.posts, *life.false], key=lambda post: post.at)
        self.moments = [post.at for post in self.posts]
        self.yearless, self.redesign = life.yearless, redesign
        self.pinned = [post for post in self.posts if post.pinned]
        self.turns = sorted(_turns(self.posts, redesign))
        self._key: object = None
        self._rows: Rows = ()

    def rows(self, at: datetime, day: date) -> Rows:
        key = (bisect_right(self.moments, at), bisect_right(self.turns, day), day if self.yearless else None)
        if key != self._key:
            self._key, self._rows = key, self._made(self.posts[: key[0]], day)
        return self._rows

    def _made(self, posts: list[Post], day: date) -> Rows:
        listed = [post for post in posts if not (post.until and post.until <= day)]
        newest = sorted(listed, key=lambda post: (_shown(post, day), post.at), reverse=True)[:PAGE]
        top = [self._row(post, day, pinned=True) for post in self.pinned if post in listed]
        return (*top, *(self._row(post, day) for post in newest if not post.pinned))

    def _row(self, post: Post, day: date, *, pinned: bool = False) -> Row:
        shown = _shown(post, day)
        url = post.url.replace(".example/", ".example/new/") if self.redesign and day >= self.redesign else post.url
        if self.yearless:
            return Row(post.title, url, _guessed(shown, day), pinned, True)
        return Row(post.title, url, shown, pinned)


def _turns(posts: list[Post], redesign: date | None) -> set[date]:
    """The days from which on what was published before looks otherwise."""
    moved = {since for post in posts for since, _ in post.shown[1:]}
    gone = {post.until for post in posts if post.until}
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
