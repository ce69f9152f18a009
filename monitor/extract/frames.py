"""Frames: places of a page that show another page, and may hold what a visitor sees there."""

import re
from itertools import islice
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor.extract.address import resolve
from monitor.model.reading import Hint, HintKind

MOST_FRAMES = 10
_UNSHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NOTHING = re.compile(r"\s*[01](?:px)?\s*", re.IGNORECASE)


def frames(parser: LexborHTMLParser, base: str) -> tuple[Hint, ...]:
    """The pages of the same host that the page shows in frames; not counters and the like, which are not shown."""
    here = urlsplit(base).hostname
    shown = (node.attributes.get("src") for node in parser.css("frame[src], iframe[src]") if _is_shown(node))
    found = dict.fromkeys(url for src in shown if src and (url := resolve(base, src)) and _host(url) == here)
    return tuple(Hint(kind=HintKind.FRAME, url=url) for url in islice(found, MOST_FRAMES))


def _is_shown(node: LexborNode) -> bool:
    looks = node.attributes
    tiny = any(_NOTHING.fullmatch(looks.get(side) or "") for side in ("width", "height"))
    return not (tiny or _UNSHOWN.search(looks.get("style") or "") or "hidden" in looks)


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None
