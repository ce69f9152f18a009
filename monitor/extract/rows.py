"""Reads the rows of a list by their learnt forms: what is fixed must be there to the byte, what varies be plain."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from html import unescape
from html.entities import html5
from itertools import pairwise

from monitor.extract.address import dated_by, resolve
from monitor.extract.dates import find
from monitor.extract.forms import Form, Seen
from monitor.extract.learnt import Learnt, Row, Years
from monitor.extract.marks import full_for, spoken_for
from monitor.extract.pins import SPELT, is_labelled, is_said, may_mark, together, unmarked
from monitor.extract.tree import BLANKS
from monitor.extract.words import LONGEST_LABEL, is_label
from monitor.extract.years import order_of, resolved, run_of_years
from monitor.model.reading import Entry

DISTINCT = 0.7  # share of the titles: under it the full reading doubts them
LEAST_DISTINCT = 0.45
ORDERED = 0.9
LONGEST_TITLE = 500
_LONGEST_GAP = 4_000  # characters
_LABEL = 40  # characters: a longer text before a date is no label of it
_SHORT = 14  # characters
_HEAD = 4  # texts, in which a mark of pinning would stand

# References that an attribute may hold without their semicolon, and those with one. Few addresses hold any but &amp;.
_BARE = "|".join(sorted(name for name in html5 if not name.endswith(";")))
_REFERENCE = re.compile(rf"&(?:#|[A-Za-z][A-Za-z0-9]{{1,31}};|(?:{_BARE}))")

Gaps = list[str]


class Unfit(Exception):
    """The page is not as it was learnt: it must be read in full. Never leaves `again`. `args[0]` says why."""


def rows_in(source: bytes, learnt: Learnt) -> list[tuple[Row, Gaps]]:
    """The rows that fill `source` to its last byte, each with what stands in its gaps."""
    text = source.decode()
    if "\0" in text:
        raise Unfit("a zero byte")
    between, alike, stop = learnt.between, len(learnt.between) == 1, len(text)
    found: list[tuple[Row, Gaps]] = []
    at = 0
    while True:
        for row in learnt.rows:
            if read := _row(text, at, row.fixed):
                break
        else:
            raise Unfit("a row of another form")
        gaps, at = read
        found.append((row, gaps))
        if at == stop:
            return found
        if not alike and len(found) > len(between):
            raise Unfit("more rows than boxes")
        piece = between[0 if alike else len(found) - 1]
        if not text.startswith(piece, at):
            raise Unfit("something else between the rows")
        at += len(piece)


def _row(text: str, at: int, fixed: Sequence[str]) -> tuple[Gaps, int] | None:
    """What stands in the gaps, and where the row ends; None where it is not of this form."""
    if not text.startswith(fixed[0], at):
        return None
    at += len(fixed[0])
    gaps: Gaps = []
    for piece in fixed[1:]:
        end = text.find(piece, at, at + _LONGEST_GAP)
        if end < 0:
            return None
        value = text[at:end]
        if piece[0] in value:
            return None  # a gap ends at the first quote or tag
        gaps.append(value)
        at = end + len(piece)
    return gaps, at


def attribute(value: str) -> str:
    """The value of an attribute as written, with its references resolved."""
    if "\r" in value:
        raise Unfit("an attribute of several lines")
    if "&" not in value:
        return value
    value = value.replace("&amp;", "\x1a")
    if "&" in value and _REFERENCE.search(value):
        raise Unfit("a reference in an attribute")
    return value.replace("\x1a", "&")


def words(value: str) -> str:
    """A text as the tree holds it."""
    if "&" in value:
        value = unescape(value)
    value = value.strip()
    return BLANKS.sub(" ", value) if "  " in value or not value.isprintable() else value


def entries(found: Sequence[tuple[Row, Gaps]], learnt: Learnt, today: date) -> tuple[Entry, ...]:
    """The rows' entries. Raises Unfit where the full reading might read them otherwise."""
    pinned = _pinned(found)
    titles, urls, seen = [], list[str | None](), []
    for row, gaps in found:
        texts = {i: words(gaps[i]) for i in row.texts}
        titles.append(_title(row, gaps, texts))
        urls.append(_url(learnt.base, gaps[row.href]))
        seen.append(_date(row, gaps, texts, learnt))
        for i in row.quiet:
            if find(texts[i]):
                raise Unfit("another date in a row")
        for i in row.loud:
            if not find(texts[i]):
                raise Unfit("a row without its other date")
    days, guessed = _days(seen, _told(found), urls, learnt, today)
    _check(titles, days, learnt, today)
    made = zip(titles, urls, days, pinned, guessed, strict=True)
    return tuple([
        Entry(title=_shown(title, pin), url=url, published=day, pinned=pin, year_inferred=guess)
        for title, url, day, pin, guess in made
    ])  # fmt: skip


def _shown(title: str, pin: bool) -> str:
    return (unmarked(title) if pin else title)[:LONGEST_TITLE]


def _check(titles: Sequence[str], days: Sequence[date | None], learnt: Learnt, today: date) -> None:
    """What the confidence rests on must be as it was."""
    count, distinct = len(titles), len(set(titles)) / len(titles)
    if not 3 * learnt.count <= 4 * count <= 6 * learnt.count:
        raise Unfit("far more or fewer rows")
    if distinct < LEAST_DISTINCT or (distinct < DISTINCT) != (learnt.distinct < DISTINCT):
        raise Unfit("titles that repeat")
    short = sum(len(title) < 0.3 * learnt.length for title in titles)
    if short * 10 > count or not 0.7 < sum(map(len, titles)) / count / learnt.length < 1.5:
        raise Unfit("titles of another length")
    if learnt.dated and (None in days or max(day for day in days if day) > today):
        raise Unfit("a row without a day, or a day to come")
    if learnt.newest and max(day for day in days if day) < learnt.newest:
        raise Unfit("the newest entry is gone")
    if learnt.dated and (ordered(days) > ORDERED) != learnt.ordered:
        raise Unfit("days in another order")


def _url(base: str, written: str) -> str | None:
    href = attribute(written).strip()
    if not href or href[0] == "#" or (":" in href[:11] and not href.startswith("http")):
        raise Unfit("a link that leads nowhere by itself")
    return resolve(base, href)


def _title(row: Row, gaps: Gaps, texts: dict[int, str]) -> str:
    title = texts[row.title[0]] if len(row.title) == 1 else " ".join([t for i in row.title if (t := texts[i])])
    if row.whole is not None:
        whole = attribute(gaps[row.whole]).strip()
        title = whole if not title or (whole and full_for(title, whole)) else title
    if not title or ((not title[:LONGEST_LABEL].isalpha() or len(title) < LONGEST_LABEL) and is_label(title)):
        raise Unfit("a row without a title")
    return title


def _pinned(found: Sequence[tuple[Row, Gaps]]) -> list[bool]:
    """Which rows their texts pin; Unfit where an attribute could make a mark, which only the full reading sees."""
    if any(
        may_mark(gap)
        for row, gaps in found
        for i, gap in enumerate(gaps)
        if gap and i not in row.texts and i != row.href and i != row.whole
    ):
        raise Unfit("perhaps a mark of pinning")
    texts = [[gaps[i] for i in row.texts[:_HEAD]] for row, gaps in found]
    low = "\n".join([text for head in texts for text in head]).lower()
    if "&" not in low and not any(word in low for word in SPELT):
        return [False] * len(found)
    heads = [[text for gap in head if (text := words(gap))] for head in texts]
    return together([is_said(head) for head in heads], [is_labelled(head) for head in heads])


def _date(row: Row, gaps: Gaps, texts: dict[int, str], learnt: Learnt) -> Seen | None:
    """The date in its place, written as the others are."""
    if row.date is None:
        return None
    text = texts.get(row.date)
    text = attribute(gaps[row.date])[:40] if text is None else text
    seen = _iso(text) or find(text)
    if len(seen) != 1 or seen[0].form is not learnt.form or text[: seen[0].start] != learnt.lead:
        raise Unfit("a date of another form")
    if row.named is not None and (label := texts[row.named]) and _speaks(label):
        raise Unfit("words before a date")
    return seen[0]


def _iso(text: str) -> list[Seen] | None:
    """2021-03-04, by far the commonest, without the care that other forms need."""
    if len(text) == 10 and text[4] == text[7] == "-" and text[:2] in ("19", "20") and text.isascii():
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return None
        return [Seen(Form.FULL, 0, 10, day.year, day.month, day.day)]
    return None


def _speaks(label: str) -> bool:
    """Whether a text before a date is taken for its label, and says something of it."""
    like = len(label) < _LABEL and (len(label) < _SHORT or label[-1] in ":：")
    return like and spoken_for(label) != (0.0, False)


def _days(
    seen: Sequence[Seen | None], told: Iterable[str], urls: Sequence[str | None], learnt: Learnt, today: date
) -> tuple[list[date | None], list[bool]]:
    """Each row's day as the full reading resolves it, and whether its year was inferred."""
    if learnt.form is None:
        days = [dated_by(url) for url in urls]
        if not learnt.by_address and any(days):
            raise Unfit("an address with a date")
        return days, [False] * len(days)
    order = order_of(_weighed(told, learnt), learnt.language)
    if learnt.years is Years.WRITTEN:
        return [resolved(s, order, today) if s else None for s in seen], [False] * len(seen)
    held = [dated_by(url) for url in urls]
    if learnt.years is Years.ADDRESS:
        if not all(held):
            raise Unfit("an address without its year")
        years = [day.year if day else None for day in held]
        return [resolved(s, order, today, y) if s else None for s, y in zip(seen, years, strict=True)], [False] * len(
            seen
        )
    if any(held):
        raise Unfit("an address with a year")
    guessed = [True] * len(seen)
    return run_of_years([resolved(s, order, today) if s else None for s in seen], guessed), guessed


def _weighed(told: Iterable[str], learnt: Learnt) -> Iterator[Seen]:
    """The dates that say which number is the month: those of all texts."""
    if learnt.form in (Form.EITHER, Form.EITHER_YEARLESS):
        yield from (s for text in told for s in find(text))


def _told(found: Sequence[tuple[Row, Gaps]]) -> Iterator[str]:
    """All that stands in the rows' texts, one by one."""
    return (words(gaps[i]) for row, gaps in found for i in row.texts)


def ordered(days: Sequence[date | None]) -> float:
    """The share of neighbours that keep the list's direction, as the full reading weighs it."""
    pairs = [(a, b) for a, b in pairwise(days) if a and b]
    if not pairs:
        return 0.5
    down = sum([a >= b for a, b in pairs])
    return max(down, sum([a <= b for a, b in pairs])) / len(pairs)
