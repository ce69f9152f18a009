"""The same page in another dress: without classes and ids, in divs alone, without its list."""

import re
from collections.abc import Iterable, Sequence
from html import escape
from itertools import chain
from urllib.parse import unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor.model.reading import Entry

_BOXES = """
ul ol menu li dl dt dd table caption thead tbody tfoot tr td th
article section main nav aside header footer figure figcaption details summary hgroup address
"""
_BOXES_AND_HEADINGS = frozenset(f"{_BOXES} h1 h2 h3 h4 h5 h6".split())
_VOID_TEXT = "area base br col embed hr img input link meta param source track wbr"
_AS_IS_TEXT = "script style template svg math iframe noembed noframes xmp plaintext -comment -text"
_VOID, _AS_IS = frozenset(_VOID_TEXT.split()), frozenset(_AS_IS_TEXT.split())
_HELD = 0.8  # of the entries: what holds so many is the list
_SHORTEST = 8  # letters of a title that tells an element apart
_QUOTED = re.compile(r"['\"]([^'\"\s]{1,1000})['\"]")
_NO_LETTERS = re.compile(r"[\W_]+")


def without_names(source: str) -> str:
    """The page with no class and no id on any element."""
    parser = LexborHTMLParser(source)
    for node in parser.css("[class], [id]"):
        for name in ("class", "id"):
            if name in node.attributes:
                del node.attrs[name]
    return parser.html or ""


def in_divs(source: str) -> str:
    """The page with every list, table, section and heading turned into a div."""
    parser = LexborHTMLParser(source)
    out = ["<!DOCTYPE html>" if source.lstrip("\ufeff \t\r\n")[:9].lower() == "<!doctype" else ""]
    node, open_ = parser.root, list[LexborNode]()
    while node is not None:
        tag = node.tag or ""
        child = None
        if tag in _AS_IS or tag.startswith("-"):
            out.append(node.html or "")
        else:
            out.append(_opening(node, tag))
            child = node.first_child
        if child is not None:
            open_.append(node)
            node = child
            continue
        out.append(_closing(tag))
        while node.next is None and open_:
            node = open_.pop()
            out.append(_closing(node.tag or ""))
        node = node.next if open_ else None
    return "".join(out)


def _opening(node: LexborNode, tag: str) -> str:
    attributes = "".join(f' {name}="{escape(value or "")}"' for name, value in node.attributes.items())
    return f"<{'div' if tag in _BOXES_AND_HEADINGS else tag}{attributes}>"


def _closing(tag: str) -> str:
    if tag in _VOID or tag in _AS_IS or tag.startswith("-"):
        return ""
    return f"</{'div' if tag in _BOXES_AND_HEADINGS else tag}>"


def without_list(source: str, url: str, entries: Sequence[Entry]) -> str | None:
    """The page less the smallest subtree that holds the found entries, and every other one that holds them too.

    None where the entries cannot be found again, as where a script holds them.
    """
    parser = LexborHTMLParser(source)
    cut = 0
    while cut < 5 and (box := _box(parser, url, entries)) is not None:
        cut += 1
        if box.tag in ("body", "html"):
            for child in list(box.iter(include_text=True)):
                child.decompose()
            break
        box.decompose()
    return parser.html if cut else None


def _box(parser: LexborHTMLParser, url: str, entries: Sequence[Entry]) -> LexborNode | None:
    """The smallest subtree that holds most of the entries."""
    held: dict[int, set[int]] = {}
    boxes: dict[int, LexborNode] = {}
    for number, node in _places(parser, url, entries):
        up: LexborNode | None = node
        while up is not None and up.tag != "-document":
            boxes[up.mem_id] = up
            held.setdefault(up.mem_id, set()).add(number)
            up = up.parent
    enough = [boxes[key] for key, numbers in held.items() if len(numbers) >= _HELD * len(entries)]
    return min(enough, key=lambda box: len(box.html or ""), default=None)


def _places(parser: LexborHTMLParser, url: str, entries: Sequence[Entry]) -> Iterable[tuple[int, LexborNode]]:
    """Each element that leads to an entry, or says no more than the title of one entry alone, with its number."""
    base = parser.css_first("base[href]")
    base_url = urljoin(url, (base.attributes.get("href") if base else None) or "")
    by_address: dict[str, list[int]] = {}
    by_title: dict[str, list[int]] = {}
    for number, entry in enumerate(entries):
        if entry.url:
            by_address.setdefault(_address(entry.url), []).append(number)
        if len(letters := _letters(entry.title)) >= _SHORTEST:
            by_title.setdefault(letters, []).append(number)
    told = {letters: numbers for letters, numbers in by_title.items() if len(numbers) == 1}
    for node in parser.css("body *"):
        numbers = chain.from_iterable(by_address.get(_address(_joined(base_url, href)), []) for href in _leads(node))
        said = told.get(_letters(node.text()), []) if told and node.first_child else []
        yield from ((number, node) for number in chain(numbers, said))


def _leads(node: LexborNode) -> list[str]:
    """The addresses to which an element leads, by its link or its script."""
    href, script = node.attributes.get("href"), node.attributes.get("onclick")
    return ([href] if href and node.tag == "a" else []) + _QUOTED.findall(script or "")


def _joined(base: str, href: str) -> str:
    try:
        return urljoin(base, href.strip())
    except ValueError:
        return href


def _address(url: str) -> str:
    """What stays of an address whatever its scheme and escapes."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url
    return unquote(f"{parts.netloc}{parts.path}?{parts.query}#{parts.fragment}")


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text.lower())
