"""Proposes a recipe for a page that is read surely without one: the selector of its records, proven beforehand."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice

from selectolax.lexbor import LexborHTMLParser

from monitor.extract.address import resolve
from monitor.extract.decode import decode
from monitor.extract.html import SURE
from monitor.extract.recipe import read_recipe
from monitor.extract.seen import see
from monitor.extract.tree import Tree, shallow
from monitor.model.reading import Listing, Page
from monitor.model.register import Recipe

_PLAIN = re.compile(r"[A-Za-z][A-Za-z_-]*")  # a number in a name is one of many: item-12, list_37
_MOST_TRIES = 16
_RECORDS, _BOXES = 4, 6  # levels above an entry's link in which its record, and above that a named box, is looked for


def propose(page: Page, listing: Listing, *, today: date) -> Recipe | None:
    """A recipe that gives the very same entries as `listing`, or None where no simple one does."""
    if listing.method != "html" or listing.confidence < SURE:
        return None
    text = decode(page)
    seen = see(page, LexborHTMLParser(shallow(text)), today, scripted="onclick" in text)
    wanted = {entry.url for entry in listing.entries if entry.url}
    links = [link.e for link in seen.links if resolve(seen.base, link.href) in wanted]
    if not links:
        return None
    middle = links[len(links) // 2]  # the first may be a headline of its own make
    for record in islice(_selectors(seen.tree, middle), _MOST_TRIES):
        recipe = Recipe(record=record)
        read = read_recipe(page, recipe, today=today)
        if isinstance(read, Listing) and read.entries == listing.entries and read.confidence >= SURE:
            return recipe
    return None


def _selectors(tree: Tree, link: int) -> Iterator[str]:
    """Steps to the records, each below a box that has a name: the nearest first, the link itself last."""
    itself, *around = list(_upwards(tree, link))[:_RECORDS]
    for record in (*around, itself):  # a record that holds its date outlives one that stands beside it
        own = tree.tag[record] + _class(tree, record)
        for box in list(_upwards(tree, tree.parent[record]))[:_BOXES]:
            if name := _id(tree, box) or _class(tree, box):
                yield f"{tree.tag[box]}{name} {own}"


def _upwards(tree: Tree, e: int) -> Iterator[int]:
    while e > 0:
        yield e
        e = tree.parent[e]


def _id(tree: Tree, e: int) -> str:
    name = tree.attrs(e).get("id") or ""
    return "#" + name if _PLAIN.fullmatch(name) else ""


def _class(tree: Tree, e: int) -> str:
    names = (tree.attrs(e).get("class") or "").split()
    return next(("." + name for name in names if _PLAIN.fullmatch(name)), "")
