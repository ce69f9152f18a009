"""What stands between two tags or two quotes of a source, as the tree would hold it."""

import re
from html import unescape
from html.entities import html5

from monitor.extract.tree import BLANKS

# References that an attribute may hold without their semicolon, and those with one. Few addresses hold any but &amp;.
_BARE = "|".join(sorted(name for name in html5 if not name.endswith(";")))
_REFERENCE = re.compile(rf"&(?:#|[A-Za-z][A-Za-z0-9]{{1,31}};|(?:{_BARE}))")


class Unfit(Exception):
    """The page is not as it was learnt: it must be read in full. Never leaves `again`. `args[0]` says why."""


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
