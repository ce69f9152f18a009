"""Reads a page by an admin's recipe: it says where the records are; all else is read and doubted as on any page."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from selectolax.lexbor import LexborHTMLParser

from monitor.extract import slots, titles
from monitor.extract.dates import find
from monitor.extract.decode import decode
from monitor.extract.doubts import of_dates, of_titles
from monitor.extract.evidence import DateSlot, weigh
from monitor.extract.formats import DateFormat, date_format, dated_as
from monitor.extract.headings import of_columns
from monitor.extract.html import entries_of
from monitor.extract.links import Link, address_in, full_for, in_full, wording
from monitor.extract.listing import extract
from monitor.extract.marks import Dated, together
from monitor.extract.pager import next_page
from monitor.extract.rank import Reading, worded
from monitor.extract.records import Candidate
from monitor.extract.seen import Seen, inside, see
from monitor.extract.selectors import Selector, counts, matched, selector, too_wide
from monitor.extract.titles import Titles
from monitor.extract.tree import Tree, shallow
from monitor.model.reading import Listing, Page, Trouble, TroubleKind
from monitor.model.register import Recipe

METHOD = "recipe"
_SURE = 0.97  # before any doubt: somebody has said which elements are the records
_MOST_RECORDS = 5000


@dataclass(frozen=True, slots=True)
class _Records:
    """The records that a recipe names on a page."""

    seen: Seen
    parser: LexborHTMLParser
    elements: tuple[int, ...]

    def part(self, wanted: Selector) -> dict[int, int]:
        """For each record, by number, the first element in it that a selector means: the record itself may be it."""
        if not wanted.ways:
            return dict(enumerate(self.elements))
        found = matched(self.seen.tree, self.parser, wanted)
        parts = {}
        for i, record in enumerate(self.elements):
            at = bisect_left(found, record)
            if at < len(found) and found[at] <= self.seen.tree.last[record]:
                parts[i] = found[at]
        return parts

    def links(self) -> list[Sequence[Link]]:
        return [inside(self.seen.tree, record, self.seen) for record in self.elements]


def read_recipe(page: Page, recipe: Recipe, *, today: date) -> Listing | Trouble:
    """The entries that a recipe finds, or why it finds none. Raises nothing for what the page holds.

    The recipe must have been accepted when it was loaded; otherwise BadSelector or BadFormat is raised.
    """
    text = decode(page)
    parser = LexborHTMLParser(shallow(text))
    form = date_format(recipe.date_format)
    seen = see(page, parser, today, scripted="onclick" in text)
    if form.order:
        seen = replace(seen, around=replace(seen.around, order=form.order))
    written = (recipe.record, recipe.title, recipe.link, recipe.date)
    if any(counts(selector(one)) for one in written if one) and too_wide(seen.tree):
        return _misfit("the page is too wide to count its elements; write the recipe without a colon")
    records = _Records(seen, parser, _outermost(seen.tree, matched(seen.tree, parser, selector(recipe.record))))
    if not records.elements:
        return _nothing(page, recipe, today)
    reading = _read(records, recipe, form)
    if isinstance(reading, Trouble):
        return reading
    return Listing(
        entries=entries_of(seen, reading),
        method=METHOD,
        confidence=round(_confidence(reading), 3),
        title=seen.title,
        next_page=next_page(parser, seen.tree, seen.links, text, base=seen.base, here=page.final_url),
    )


def _outermost(tree: Tree, found: Sequence[int]) -> tuple[int, ...]:
    """Records do not lie within one another."""
    kept: list[int] = []
    for e in found:
        if tree.first[e] < tree.end[e] and (not kept or e > tree.last[kept[-1]]):
            kept.append(e)
    return tuple(kept[:_MOST_RECORDS])


def _nothing(page: Page, recipe: Recipe, today: date) -> Listing | Trouble:
    """No record: the page may say why. A list that is there all the same means that the recipe is out of date."""
    usual = extract(page, today=today)
    if isinstance(usual, Listing) and usual.blank:
        return usual
    if isinstance(usual, Trouble) and usual.kind is not TroubleKind.UNREADABLE:
        return usual
    rebuilt = ", but there is a list: was the site rebuilt?" if isinstance(usual, Listing) else ""
    return _misfit(f"the page has no element for “record: {recipe.record}”{rebuilt}")


def _misfit(why: str) -> Trouble:
    return Trouble(kind=TroubleKind.UNREADABLE, detail=f"recipe: {why}")


def _read(records: _Records, recipe: Recipe, form: DateFormat) -> Reading | Trouble:
    seen, elements = records.seen, records.elements
    links = records.links()
    chosen = _titles(records, recipe, links)
    if not any(chosen.titles):
        return _misfit(f"none of {len(elements)} records has a title by “title: {recipe.title}”")
    if recipe.link and not any(chosen.hrefs):
        return _misfit(f"none of {len(elements)} records has an address by “link: {recipe.link}”")
    if recipe.date or form.pattern:
        slot = _slot(records, recipe, form, chosen)
        if slot is None:
            return _misfit(f"none of {len(elements)} records has a date by “date: {recipe.date}”")
    else:
        headers = of_columns(seen.tree, elements)
        slot = slots.choose(seen.tree, elements, chosen, seen.dates, headers, seen.around)
    return Reading(
        candidate=Candidate(kind=METHOD, records=elements),
        titles=chosen,
        slot=slot,
        score=0.0,
        worded=worded(seen.tree, elements),
        aside=False,
        most_read=False,
    )


def _confidence(reading: Reading) -> float:
    """The doubts that any reading meets, but for those about which list it is."""
    sure = _SURE
    for doubt in (*of_titles(reading), *of_dates(reading)):
        sure *= doubt
    return sure


def _titles(records: _Records, recipe: Recipe, links: Sequence[Sequence[Link]]) -> Titles:
    tree, count = records.seen.tree, len(records.elements)
    usual = titles.choose(tree, records.elements, [titles.cells_of(tree, held) for held in links])
    if not (recipe.title or recipe.link):
        return usual
    texts, span, hrefs = list(usual.titles), list(usual.span), list(usual.hrefs)
    if recipe.title:
        wanted = selector(recipe.title)
        parts = records.part(wanted)
        texts = [_title(tree, parts[i], wanted) if i in parts else "" for i in range(count)]
        span = [(tree.first[parts[i]], tree.end[parts[i]]) if i in parts else None for i in range(count)]
        hrefs = [_href_of(tree, parts.get(i), links[i]) for i in range(count)]
    if recipe.link:
        wanted = selector(recipe.link)
        parts = records.part(wanted)
        hrefs = [_address(tree, parts[i], wanted, links[i]) if i in parts else None for i in range(count)]
    return Titles(
        titles=tuple(texts),
        hrefs=tuple(hrefs),
        quality=sum(map(titles.quality, texts)) / count,
        linked=sum(1 for href in hrefs if href) / count,
        distinct=len(set(texts)) / count,
        in_link=True,
        crowd=1.0 if recipe.title else usual.crowd,
        span=tuple(span),
    )


def _title(tree: Tree, e: int, wanted: Selector) -> str:
    """What an element says, in full where it, or a link around or in it, has the rest in its `title`."""
    if wanted.attribute:
        return " ".join((tree.attrs(e).get(wanted.attribute) or "").split())
    text = wording(tree, e, tree.attrs(e))
    for beside in (tree.parent[e], e + 1 if e < tree.last[e] else e):
        title = (tree.attrs(beside).get("title") or "").strip() if beside >= 0 else ""
        if title and full_for(text, title):
            return in_full(text, title)
    return text


def _href_of(tree: Tree, e: int | None, links: Sequence[Link]) -> str | None:
    """The address of the link around a title or in it, else the first of its record."""
    near = [
        link for link in links if e is not None and (link.e <= e <= tree.last[link.e] or e <= link.e <= tree.last[e])
    ]
    return next((link.href for link in (*near, *links) if link.href), None)


def _address(tree: Tree, e: int, wanted: Selector, links: Sequence[Link]) -> str | None:
    if not wanted.attribute:
        here = [link for link in links if e <= link.e <= tree.last[e] or link.e <= e <= tree.last[link.e]]
        return next((link.href for link in here if link.href), None)
    value = (tree.attrs(e).get(wanted.attribute) or "").strip()
    scripted = wanted.attribute.startswith("on") or value[:11].lower() == "javascript:"
    return (address_in(value) if scripted else value) or None


def _slot(records: _Records, recipe: Recipe, form: DateFormat, chosen: Titles) -> DateSlot | None:
    """The dates that stand where the recipe says, and as it says."""
    seen, count = records.seen, len(records.elements)
    wanted = selector(recipe.date) if recipe.date else Selector(ways=())
    places = [d.t for d in seen.dates]
    filled = {i: d for i, e in records.part(wanted).items() if (d := _dated(seen, places, e, wanted, form))}
    slot = weigh("in", filled, count, count, chosen.span, 0.0, "", seen.around)
    if not any(slot.dates):
        return None
    return replace(slot, missed=slots.missed(seen.tree, records.elements, seen.dates, slot))


def _dated(seen: Seen, places: Sequence[int], e: int, wanted: Selector, form: DateFormat) -> Dated | None:
    tree = seen.tree
    text = (tree.attrs(e).get(wanted.attribute) or "")[:500] if wanted.attribute else tree.text(e)
    if form.pattern:
        found = dated_as(text, form.pattern)
        return Dated(t=tree.first[e], e=e, seen=found, fill=1.0) if found else None
    if not wanted.attribute:
        at = bisect_left(places, tree.first[e])
        if at < len(places) and places[at] < tree.end[e]:
            return replace(seen.dates[at], good=0.0, bad=False, ranged=False)
    written = together(text) if len(text) < 40 else next(iter(find(text)), None)
    return Dated(t=tree.first[e], e=e, seen=written, fill=1.0) if written else None
