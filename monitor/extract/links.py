"""The links of a page, each with its place in the tree, its address and its words."""

import re
from typing import NamedTuple

from monitor.extract.tree import Tree
from monitor.extract.words import is_label

MOST_LINKS = 3_000  # four times those of the fullest page we met

_UNADDRESSED = ("", "#", "j", "J")  # how the href of a link begins whose address a script knows
_QUOTED = re.compile(r"[\"']([^\"'\s]{2,300})[\"']")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CARD = 40  # elements of a link, at most, among which its heading is looked for


class Link(NamedTuple):
    """A link of the page. `href` is None where only a script knows the address; `label`: its text names no entry.

    (A tuple: many are made.)
    """

    e: int
    href: str | None
    text: str
    label: bool


def links(tree: Tree, *, scripted: bool) -> list[Link]:
    """The page's links; where some are `scripted`, any element with a click handler may be one."""
    found: list[Link] = []
    for e, tag in enumerate(tree.tag):
        attrs = tree.attributes[e]
        if (tag == "a" or (scripted and "onclick" in attrs)) and (link := _link(tree, e, attrs)):
            found.append(link)
            if len(found) >= MOST_LINKS:
                break
    return found


def _link(tree: Tree, e: int, attrs: dict[str, str | None]) -> Link | None:
    href = (attrs.get("href") or "").strip()
    if href[:1] in _UNADDRESSED:
        script = attrs.get("onclick") or ""
        runs = href[:11].lower() == "javascript:"
        if runs and "(" in href:
            script = script or href[11:]
        if runs or not href or href[0] == "#":
            if not (script or runs or any(name.startswith("data-") for name in attrs)):
                return None
            href = address_in(script) or ""
    if href[:7].lower() in ("mailto:", "tel:"):
        return None
    text = wording(tree, e, attrs)
    return Link(e, href or None, text, is_label(text)) if text else None


def address_in(script: str) -> str | None:
    """The address that a script opens, when it is written out."""
    for value in _QUOTED.findall(script[:600]):
        if "/" in value or ".htm" in value or "?" in value:
            return str(value)
    return None


def wording(tree: Tree, e: int, attrs: dict[str, str | None]) -> str:
    """What a link says: its text, or what its title or picture says in its place."""
    text = tree.text(e)
    title = (attrs.get("title") or "").strip()
    if not text:
        return title or next((alt for i in range(e, tree.last[e] + 1) if (alt := tree.attrs(i).get("alt"))), "") or ""
    if title and full_for(text, title):
        return in_full(text, title)
    return _headline(tree, e) or text


def in_full(text: str, title: str) -> str:
    """The title in an attribute that may say more, as 标题：…, and on its next line 发布时间：…"""
    at = title.find(text.rstrip(" .…⋯·")[:6])
    return " ".join(title[max(0, at) :].partition("\n")[0].split())


def _headline(tree: Tree, e: int) -> str:
    """The heading within a link that holds a whole card: title, date, summary."""
    if tree.end[e] - tree.first[e] < 2:
        return ""
    heads = [x for x in range(e + 1, min(tree.last[e], e + _CARD) + 1) if tree.tag[x] in _HEADINGS]
    return tree.text(heads[0]) if len(heads) == 1 else ""


def full_for(text: str, title: str) -> bool:
    """Whether the attribute is the text in full, where the page cuts it."""
    stem = text.rstrip(" .…⋯·")
    if len(stem) < len(text) and text.rstrip()[-1:] in ".…⋯":
        return len(title) > len(stem) and stem[:6] in title
    return len(title) > len(text) and len(text) >= 6 and title.startswith(text)
