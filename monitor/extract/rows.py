"""Reads the rows of a list by their learnt forms: what is fixed must be there to the byte, what varies be plain."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from monitor.extract.address import dated_by, resolve
from monitor.extract.dates import find
from monitor.extract.forms import Form, Seen
from monitor.extract.learnt import Known, Learnt, Row, Years, digest_of_row
from monitor.extract.links import full_for
from monitor.extract.marks import spoken_for
from monitor.extract.pins import SPELT, is_labelled, is_said, may_mark, together, unmarked
from monitor.extract.unescaped import Unfit, attribute, words
from monitor.extract.words import LONGEST_LABEL, is_label
from monitor.extract.years import Order, order_by, resolved, run_of_years, vote_of
from monitor.model.reading import Entry

DISTINCT = 0.7  # share of the titles: under it the full reading doubts them
LEAST_DISTINCT = 0.45
ORDERED = 0.9
LONGEST_TITLE = 500
_LONGEST_GAP = 4_000  # characters
_LABEL = 40  # characters: a longer text before a date is no label of it
_SHORT = 14  # characters
_HEAD = 4  # texts, in which a mark of pinning would stand

_CLEAR = 4  # dates: around the rows some may be counted that the full reading leaves out
_SKIPPED = 3  # rows taken out between two that stand as they did

Gaps = list[str]
Fresh = tuple[Row, Gaps]  # a row, with what stands in its gaps
Found = Fresh | int  # the number of a row that stands as it was learnt


def rows_in(source: bytes, learnt: Learnt) -> list[Found]:
    """The rows that fill `source` to its last byte: known ones, and new ones with what stands in their gaps."""
    text = source.decode()
    if "\0" in text:
        raise Unfit("a zero byte")
    between, alike, stop = learnt.between, len(learnt.between) == 1, len(text)
    found: list[Found] = []
    at = due = 0
    while True:
        same = _known(text, at, learnt.known, due)
        if same is None:
            row, at = _fresh(text, at, learnt.rows)
            found.append(row)
        else:
            found.append(same)
            at, due = at + learnt.known[same].length, same + 1
        if at == stop:
            return found
        if not alike and len(found) > len(between):
            raise Unfit("more rows than boxes")
        piece = between[0 if alike else len(found) - 1]
        if not text.startswith(piece, at):
            raise Unfit("something else between the rows")
        at += len(piece)


def _known(text: str, at: int, known: Sequence[Known], due: int) -> int | None:
    """The number of the known row that stands here: the one that is due, or one of the next."""
    for i in range(due, min(due + _SKIPPED, len(known))):
        row = known[i]
        if digest_of_row(text[at : at + row.length]) == row.digest:
            return i
    return None


def _fresh(text: str, at: int, rows: Sequence[Row]) -> tuple[Fresh, int]:
    """The row that stands here, and where it ends."""
    for row in rows:
        if read := _row(text, at, row.fixed):
            gaps, stop = read
            return (row, gaps), stop
    raise Unfit("a row of another form")


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


def entries(found: Sequence[Found], learnt: Learnt, today: date) -> tuple[Entry, ...]:
    """The rows' entries. Raises Unfit where the full reading might read them otherwise."""
    fresh = [row for row in found if not isinstance(row, int)]
    read = iter(_entries(fresh, len(found), learnt, _order(found, fresh, learnt), today))
    listed = tuple([learnt.listing.entries[row] if isinstance(row, int) else next(read) for row in found])
    _check([entry.title for entry in listed], [entry.published for entry in listed], learnt, today)
    return listed


def _order(found: Sequence[Found], fresh: Sequence[Fresh], learnt: Learnt) -> Order:
    """Which number is the month, by the dates of all rows. Known rows keep their days only if it is as it was."""
    if learnt.form not in (Form.EITHER, Form.EITHER_YEARLESS):
        return Order.MONTH_FIRST  # nothing asks for it
    votes = learnt.votes + sum(votes_of(gaps, row) for row, gaps in fresh)
    votes += sum(learnt.known[row].vote for row in found if isinstance(row, int))
    if learnt.votes and abs(votes) < _CLEAR:
        raise Unfit("dates elsewhere leave open which number is the month")
    order = order_by(votes, learnt.language)
    before = order_by(learnt.votes + sum(row.vote for row in learnt.known), learnt.language)
    if len(fresh) < len(found) and order is not before:
        raise Unfit("days and months change places")
    return order


def votes_of(gaps: Gaps, row: Row) -> int:
    """How many more dates in a row's texts show a day before the month than after it."""
    return sum(vote_of(seen) for i in row.texts for seen in find(words(gaps[i])))


def _entries(found: Sequence[Fresh], count: int, learnt: Learnt, order: Order, today: date) -> list[Entry]:
    """The entries of new rows; there are `count` rows in all."""
    pinned = _pinned(found, count - len(found))
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
    days, guessed = _days(seen, order, urls, learnt, today)
    made = zip(titles, urls, days, pinned, guessed, strict=True)
    return [
        Entry(title=_shown(title, pin), url=url, published=day, pinned=pin, year_inferred=guess)
        for title, url, day, pin, guess in made
    ]


def signed(row: Row, gaps: Gaps) -> bool:
    """Whether a row says or shows that it is pinned."""
    head = [text for i in row.texts[:_HEAD] if (text := words(gaps[i]))]
    return is_said(head) or is_labelled(head)


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


def _pinned(found: Sequence[Fresh], unsigned: int) -> list[bool]:
    """Which rows their texts pin; Unfit where an attribute could make a mark, which only the full reading sees.

    There are some `unsigned` rows besides: known ones, none of which bears a sign.
    """
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
    others = [False] * unsigned
    signed = together([*map(is_said, heads), *others], [*map(is_labelled, heads), *others])
    return signed[: len(found)]


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
    seen: Sequence[Seen | None], order: Order, urls: Sequence[str | None], learnt: Learnt, today: date
) -> tuple[list[date | None], list[bool]]:
    """Each row's day as the full reading resolves it, and whether its year was inferred."""
    if learnt.form is None:
        days = [dated_by(url) for url in urls]
        if not learnt.by_address and any(days):
            raise Unfit("an address with a date")
        return days, [False] * len(days)
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


def ordered(days: Sequence[date | None]) -> float:
    """The share of neighbours that keep the list's direction, as the full reading weighs it."""
    pairs = [(a, b) for a, b in pairwise(days) if a and b]
    if not pairs:
        return 0.5
    down = sum([a >= b for a, b in pairs])
    return max(down, sum([a <= b for a, b in pairs])) / len(pairs)
