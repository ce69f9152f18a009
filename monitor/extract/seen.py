"""All that is noticed of a page before anything is chosen."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from selectolax.lexbor import LexborHTMLParser

from monitor.extract import marks, titles
from monitor.extract.address import resolve
from monitor.extract.evidence import Around
from monitor.extract.kin import Kin, kin_of
from monitor.extract.links import Link, links
from monitor.extract.marks import Dated
from monitor.extract.own import names_of
from monitor.extract.titles import Cell
from monitor.extract.tree import Tree, grow, shallow
from monitor.extract.years import order_of
from monitor.model.reading import Page


@dataclass(frozen=True, slots=True)
class Seen:
    """All that was noticed of a page before anything is chosen."""

    tree: Tree
    links: Sequence[Link]
    cells: Sequence[Cell]  # the links as titles
    places: Sequence[int]  # the elements of the links
    dates: Sequence[Dated]
    around: Around
    base: str
    title: str
    names: frozenset[str]  # what the page may call itself
    kin: Kin


def see(page: Page, parser: LexborHTMLParser, today: date, *, scripted: bool) -> Seen:
    tree = grow(parser)
    dates = marks.dates(tree)
    linked = links(tree, scripted=scripted)
    root = parser.root
    language = (root.attributes.get("lang") or "") if root is not None else ""
    base = parser.css_first("base[href]")
    called = _title(parser)
    return Seen(
        tree,
        linked,
        titles.cells_of(tree, linked),
        [link.e for link in linked],
        dates,
        Around(order_of((d.seen for d in dates), language), today),
        resolve(page.final_url, base.attributes.get("href") if base else None) or page.final_url,
        called,
        names_of(called, _column_of(parser)),
        kin_of(page.final_url),
    )


def title_of(text: str) -> str:
    """The title that a page gives itself, whatever else can be read of it."""
    return _title(LexborHTMLParser(shallow(text)))


def _title(parser: LexborHTMLParser) -> str:
    title = parser.css_first("title")
    return " ".join(title.text().split())[:300] if title else ""


def _column_of(parser: LexborHTMLParser) -> str:
    """The column that the page names in its head, as government sites do."""
    named = parser.css_first("meta[name=ColumnName]")
    return (named.attributes.get("content") or "")[:100] if named else ""


def inside(tree: Tree, record: int, seen: Seen) -> Sequence[Link]:
    return seen.links[held(tree, record, seen)]


def held(tree: Tree, record: int, seen: Seen) -> slice:
    return slice(bisect_left(seen.places, record), bisect_right(seen.places, tree.last[record]))


def cells_in(seen: Seen, records: Sequence[int]) -> list[Sequence[Cell]]:
    """The links inside each record, as titles."""
    cells, places, last = seen.cells, seen.places, seen.tree.last
    return [cells[bisect_left(places, r) : bisect_right(places, last[r])] for r in records]
