"""The forms of a list's rows: what is the same in all rows of a form, and which gap holds title, address and date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from monitor.extract.dates import find
from monitor.extract.forms import Form, Seen
from monitor.extract.learnt import Row
from monitor.extract.places import Place
from monitor.extract.sources import Gap, Piece, closing
from monitor.extract.unescaped import words
from monitor.model.reading import Entry

MOST_FORMS = 8


class NoForm(Exception):
    """There is nothing to learn here, and why. Never leaves `learn`."""


@dataclass(frozen=True, slots=True)
class Shaped:
    """All forms of the rows, with what their dates have in common; `form` is None where the rows have none."""

    rows: tuple[Row, ...]
    form: Form | None
    lead: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A row of the page, as its gaps are filled. `linked` are the gaps inside its link, `timed` those of its <time>."""

    values: tuple[str, ...]
    names: tuple[str, ...]
    fixed: tuple[str, ...]
    href: int
    whole: int | None
    linked: frozenset[int]
    timed: frozenset[int]
    entry: Entry

    @property
    def texts(self) -> tuple[int, ...]:
        return tuple(i for i, name in enumerate(self.names) if not name)


def shaped(text: str, pieces: Sequence[Piece], places: Sequence[Place], entries: Sequence[Entry]) -> Shaped:
    """The forms of the rows; NoForm where they differ too much, or where a form does not tell what is what."""
    groups: dict[tuple[str, ...], list[Shown]] = {}
    for place, entry in zip(places, entries, strict=True):
        shown = _shown(text, pieces, place, entry)
        groups.setdefault((*shown.fixed, str(shown.href)), []).append(shown)
    if len(groups) > MOST_FORMS:
        raise NoForm("too many forms of rows")
    dated = {(seen.form, lead) for group in groups.values() for seen, lead in _dated(group)}
    if len(dated) > 1:
        raise NoForm("dates of several forms")
    form, lead = next(iter(dated), (None, ""))
    return Shaped(tuple(_row(group) for group in groups.values()), form, lead)


def _shown(text: str, pieces: Sequence[Piece], place: Place, entry: Entry) -> Shown:
    row = pieces[place.start : place.stop]
    if any(piece.tag in ("script", "style", "select", "textarea", "svg", "iframe", "noscript") for piece in row):
        raise NoForm("a row with a script")
    gaps = [gap for piece in row for gap in piece.gaps]
    numbers = {gap.start: i for i, gap in enumerate(gaps)}
    edges = [row[0].start, *(edge for gap in gaps for edge in (gap.start, gap.stop)), row[-1].stop]
    link = pieces[place.link]
    href, whole = link.gap("href"), link.gap("title")
    inside = _inside(pieces, place.link)
    if href is None or inside is None:
        raise NoForm("a link that does not end")
    times = [i for i in range(place.start, place.stop) if pieces[i].tag == "time" and pieces[i].gap("datetime")]
    return Shown(
        values=tuple(text[gap.start : gap.stop] for gap in gaps),
        names=tuple(gap.name if not gap.name or _tag_of(row, gap) != "time" else "time" for gap in gaps),
        fixed=tuple(text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)),
        href=numbers[href.start],
        whole=numbers[whole.start] if whole else None,
        linked=frozenset(numbers[g.start] for g in inside),
        timed=frozenset(numbers[g.start] for i in times for g in (_inside(pieces, i) or ())),
        entry=entry,
    )


def _tag_of(row: Sequence[Piece], gap: Gap) -> str:
    return next(piece.tag for piece in row if piece.start <= gap.start < piece.stop)


def _inside(pieces: Sequence[Piece], start: int) -> list[Gap] | None:
    """The texts in an element."""
    stop = closing(pieces, start)
    if stop is None:
        return None
    return [gap for piece in pieces[start:stop] if not piece.tag for gap in piece.gaps]


def _row(group: Sequence[Shown]) -> Row:
    """What all rows of one form have in common, with the gaps that are filled alike closed."""
    first = group[0]
    title, day = _title(group), _date(group)
    whole = first.whole if title == tuple(sorted(first.linked)) else None
    needed = {first.href, *title} | ({day} if day is not None else set()) | ({whole} if whole is not None else set())
    if any(_says_the_title(group, i) for i in range(len(first.values)) if i != whole and i not in title):
        raise NoForm("titles that stand twice: who knows which of them was read")
    closed = {i for i in range(len(first.values)) if i not in needed and len({s.values[i] for s in group}) == 1}
    fixed, kept = [first.fixed[0]], []
    for i, value in enumerate(first.values):
        if i in closed:
            fixed[-1] += value + first.fixed[i + 1]
        else:
            kept.append(i)
            fixed.append(first.fixed[i + 1])
    number = {old: new for new, old in enumerate(kept)}
    texts = [i for i in kept if not first.names[i]]
    others = [i for i in texts if i != day and i not in title and i not in first.timed]
    before = max((i for i in first.texts if day is not None and i < day), default=None)
    named = before if before in number and before not in first.linked else None
    return Row(
        fixed=tuple(fixed),
        texts=tuple(number[i] for i in texts),
        href=number[first.href],
        title=tuple(number[i] for i in title),
        whole=number[whole] if whole is not None else None,
        date=number[day] if day is not None else None,
        named=number[named] if named is not None else None,
        quiet=tuple(number[i] for i in others if not any(find(words(s.values[i])) for s in group)),
        loud=tuple(number[i] for i in others if _loud(group, i, day)),
    )


def _loud(group: Sequence[Shown], i: int, day: int | None) -> bool:
    """Whether a text tells some other day in each row; one that does so now and then must stand after the date."""
    telling = sum(1 for shown in group if find(words(shown.values[i])))
    if 0 < telling < len(group) and (day is None or i < day or 2 * telling > len(group)):
        raise NoForm("other dates in some of the rows")
    return telling == len(group)


def _title(group: Sequence[Shown]) -> tuple[int, ...]:
    """The texts that make the title: all of the link's, or one."""
    first = group[0]
    linked = tuple(sorted(first.linked))
    for choice in (linked, *((i,) for i in first.texts)):
        if all(_says(shown, choice, first.whole if choice == linked else None) for shown in group):
            return choice
    raise NoForm("titles that are no text of their rows")


def _says_the_title(group: Sequence[Shown], gap: int) -> bool:
    return all(words(shown.values[gap])[:500] == shown.entry.title for shown in group)


def _says(shown: Shown, choice: Sequence[int], whole: int | None) -> bool:
    said = " ".join(w for i in choice if (w := words(shown.values[i])))[:500]
    return shown.entry.title == said or (whole is not None and words(shown.values[whole])[:500] == shown.entry.title)


def _dated(group: Sequence[Shown]) -> list[tuple[Seen, str]]:
    """The form of the dates, and the words before them."""
    day = _date(group)
    if day is None:
        return []
    return [(seen[0]._replace(start=0, end=0, a=0, b=0, c=0), text[: seen[0].start]) for shown in group
            if (seen := find(text := _read(shown, day)))]  # fmt: skip


def _read(shown: Shown, gap: int) -> str:
    return shown.values[gap][:40] if shown.names[gap] else words(shown.values[gap])


def _date(group: Sequence[Shown]) -> int | None:
    """The gap that holds each entry's day; None where none does, and none holds another."""
    first = group[0]
    title = set(_title(group))
    machine = [i for i, name in enumerate(first.names) if name == "time"]
    texts = [i for i in first.texts if i not in title and not (machine and i in first.timed)]
    for gap in (*machine, *texts):
        if all(_tells(_read(shown, gap), shown.entry.published) for shown in group):
            return gap
    if any(find(_read(shown, i)) for shown in group for i in texts):
        raise NoForm("dates that are not the entries'")
    return None


def _tells(text: str, day: date | None) -> bool:
    seen = find(text)
    return (
        day is not None
        and len(seen) == 1
        and seen[0].form not in (Form.AGO, Form.MONTH)
        and {day.month, day.day} <= {seen[0].a, seen[0].b, seen[0].c}
    )
