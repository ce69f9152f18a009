"""Finds other places where a page's list may be had: its feeds, and the calls by which its scripts fetch it."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice, takewhile
from urllib.parse import urlencode, urlsplit

from selectolax.lexbor import LexborHTMLParser

from monitor.extract.address import resolve
from monitor.model.reading import Hint, HintKind

MOST_CALLS = 5
_SOURCE = 1_000_000  # characters of a source that are searched
_FOUND = 200  # addresses of a source that are looked at
_LONGEST = 1_000  # characters of an address

# An address that is handed to something. Beginning with plain characters, it is found ten times as fast; what stands
# before them are the last letters of what _CALL knows, for to ask that costs a hundred times as much.
_LAST, _LAST_QUOTED = "get|son|jax|tch|ios|oad|url|api|rce|ost", "get|jax|url|rce"
_HANDED = re.compile(
    r"[(:,=](?=\s{0,20}[\"'`])"
    rf"(?i:(?<=(?:{_LAST}).)|(?<=(?:{_LAST})\s.)|(?<=(?:{_LAST_QUOTED})[\"'].)|(?<=(?:{_LAST_QUOTED})[\"']\s.)|(?<=\s\s.))"
    r"\s{0,20}([\"'`])([^\"'`\s<>]{2,800})\1(?=\s{0,20}(.?))"
)
# What it is handed to: a call, or the field or attribute that gives a table or a box its source.
_CALL = re.compile(
    r"(?:(\$\.(?:get|getJSON|ajax)\s{0,5}\(|\bfetch\s{0,5}\(|axios(?:\.get)?\s{0,5}\(|\.load\s{0,5}\(|\bajax[\"']?\s{0,5}:"
    r"|\bsAjaxSource[\"']?\s{0,5}:|\bopen\s{0,5}\(\s{0,5}[\"']GET[\"']\s{0,5},|\bdata-(?:url|api|ajax|source)\s{0,5}="
    r"|\bhx-get\s{0,5}=)|\$\.post\s{0,5}\(|axios\.post\s{0,5}\(|\burl[\"']?\s{0,5}[:=])\Z",
    re.IGNORECASE,
)
_CALL_LENGTH = 60
_API = re.compile(r"([\"'`])((?:https?://[\w.:-]{1,100})?/[\w./-]{0,80}?api/[^\"'`\s<>]{2,800})\1(?=\s{0,20}(.?))")
_LINKED = re.compile(r"\b(?:href|src|action)\s{0,5}=$", re.IGNORECASE)  # where people go, and not a script
_UNFILLED = re.compile(r"[{}<>|\\]|\[\[|%[sd]|=$|\$\w*$|^\W+$")
_STATIC = re.compile(
    r"\.(?:js|css|png|jpe?g|gif|svg|ico|woff2?|mp[34]|swf|pdf|docx?|xlsx?|zip|s?html?|txt)(?:[?#]|$)", re.IGNORECASE
)
_OTHER = re.compile(
    r"count|visit|hits?\b|click|statist|analytic|collect|track|\blog(?:in|out|s)?\b|captcha|token|user|weather|share"
    r"|weixin|wechat|comment|upload|cookie|session|vote|survey|sign|verif|\bad[sv]?\b|suggest|config|menu|\bnav",
    re.IGNORECASE,
)
_DATA = re.compile(
    r"list|news|article|info|content|column|channel|catalog|query|search|page|data|doc|notice|publish|json|feed|entr",
    re.IGNORECASE,
)
_PROGRAM = re.compile(r"\.(?:do|action|json|jspx?|aspx?|ashx|asmx|php|cgi|xml)(?:[?/]|$)|/api/|\?", re.IGNORECASE)
_FEEDS = 'link[rel="alternate"][href][type*="rss"], link[rel="alternate"][href][type*="atom"]'
_COMMENTS = re.compile(r"/comments?/|[?&]feed=comments", re.IGNORECASE)
_STARTS = ("data-", "hx-", "$.", "fetch", "axios", "ajax", "dataproxy", "querydata", "api/", "xmlhttp", "jpage", "url:")


def feeds(parser: LexborHTMLParser, base: str) -> tuple[Hint, ...]:
    """The feeds that the page names in its head; first those that lie nearest to it, as a column's own feed does."""
    found = (resolve(base, node.attributes.get("href")) for node in parser.css(_FEEDS)[:10])
    urls = dict.fromkeys(url for url in found if url and not _COMMENTS.search(url))
    nearest = sorted(urls, key=lambda url: -_shared(url, base))
    return tuple(Hint(kind=HintKind.FEED, url=url) for url in nearest[:MOST_CALLS])


def _shared(url: str, base: str) -> int:
    """How many steps of the way two addresses have in common."""
    steps = zip(url.split("/"), base.split("/"), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], steps))


def data_calls(parser: LexborHTMLParser, source: str, base: str) -> tuple[Hint, ...]:
    """The addresses from which the page's list may come, the likeliest first. They may lie on any host.

    An address that a script completes is none: without its missing part it would bring something else.
    """
    source = source[:_SOURCE]
    low = source.lower()
    if not any(start in low for start in _STARTS):
        return ()
    found = dict.fromkeys((*_units(parser, base), *_of_jpage(source, low, base), *_written(source, base)))
    full = [url for url in found if not any(other.startswith(url + "?") for other in found)]
    return tuple(Hint(kind=HintKind.DATA, url=url) for url in full[:MOST_CALLS])


def _written(source: str, base: str) -> list[str]:
    """Addresses that stand in calls, those that promise a list first."""
    found: dict[str, float] = {}
    named = islice(_API.finditer(source), _FOUND) if "api/" in source else ()
    for sure, start, m in (*_called(source), *((True, m.start(), m) for m in named)):
        _, href, after = m.groups()
        before = source[max(0, start - 20) : start].rstrip()
        other = after == "+" or before.endswith("+") or _LINKED.search(before) or _UNFILLED.search(href)
        url = None if other else _address(base, href)
        if url:
            found[url] = max(found.get(url, -9.0), _promise(url, sure))
    return sorted((url for url, promise in found.items() if promise > 0), key=lambda url: -found[url])


def _called(source: str) -> Iterator[tuple[bool, int, re.Match[str]]]:
    """Addresses that are handed to calls: whether surely, and where the call begins."""
    found = 0
    for m in _HANDED.finditer(source):
        if call := _CALL.search(source, max(0, m.start() - _CALL_LENGTH), m.start() + 1):
            yield bool(call[1]), call.start(), m
            found += 1
            if found == _FOUND:
                return


def _promise(url: str, called: bool) -> float:
    """How likely a list stands there: by what the address is called; a bare `url` may be anything."""
    parts = urlsplit(url)
    told = f"{parts.path}?{parts.query}"
    if _OTHER.search(told) or (_STATIC.search(told) and "json" not in told.lower()):
        return -1.0
    return (0.5 if called else -0.5) + bool(_DATA.search(told)) + 0.5 * bool(_PROGRAM.search(told))


def _address(base: str, href: str) -> str | None:
    url = resolve(base, href.replace("&amp;", "&"))
    if not url or len(url) > _LONGEST or not url.lower().startswith(("http://", "https://")):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    same_page = url.partition("#")[0] == base.partition("#")[0]
    return None if same_page or not parts.hostname or parts.path in ("", "/") else url


# <script url="…/front/page/build/unit" querydata="{'webId':'1','pageId':'2',…}">: how Hanweb fills a box
_PAIR = re.compile(r"[\"'](\w{1,40})[\"']\s{0,5}:\s{0,5}[\"']([^\"']{0,300})[\"']")
_LISTING = re.compile(r"列表|分页|信息|内容|新闻|公告|list|page|content", re.IGNORECASE)
_FURNITURE = re.compile(r"导航|位置|头部|底部|页头|页脚|菜单|广告|轮播|head|foot|nav|menu", re.IGNORECASE)


def _units(parser: LexborHTMLParser, base: str) -> Iterator[str]:
    units: list[tuple[int, str]] = []
    for node in parser.css("[querydata][url]")[:20]:
        asked = dict(_PAIR.findall((node.attributes.get("querydata") or "")[:3000]))
        tag = asked.get("tagId", "")
        url = _address(base, node.attributes.get("url") or "")
        if url and asked and not _FURNITURE.search(tag):
            units.append((not _LISTING.search(tag), f"{url}?{urlencode(asked)}"))
    yield from (url for _, url in sorted(units, key=lambda unit: unit[0]))


# jpage: a proxy that is asked for records by number, with the column's and the unit's keys
_PROXY = re.compile(r"[\"']([^\"'\s<>]{0,200}dataproxy\.jsp[^\"'\s<>]{0,800})[\"']", re.IGNORECASE)
_PROXY_PATH = "/module/web/jpage/dataproxy.jsp"
_KEYS = ("col", "appid", "webid", "path", "columnid", "sourceContentType", "unitid", "webname", "permissiontype")
_KEY = re.compile(
    r"[\"'\s{,&?](" + "|".join(_KEYS) + r")[\"']?\s{0,5}[:=]\s{0,5}[\"']?([^\"'&,;\s{}<>+]{1,200})", re.IGNORECASE
)
_NEEDED = ("webid", "columnid", "unitid")
_FIRST = {"startrecord": "1", "endrecord": "60", "perpage": "20"}


def _of_jpage(source: str, low: str, base: str) -> Iterator[str]:
    if "jpage" not in low and "dataproxy" not in low:
        return
    proxies = [m[1] for m in islice(_PROXY.finditer(source), _FOUND)] if "dataproxy" in low else []
    whole = [url for url in proxies if "unitid=" in url and not _UNFILLED.search(url)]
    yield from (url for href in whole[:MOST_CALLS] if (url := _address(base, _with_records(href))))
    if whole or not all(name in low for name in _NEEDED):
        return
    keys = _keys(m.groups() for m in islice(_KEY.finditer(source), 2_000))
    if all(keys.get(name, "").isdecimal() for name in _NEEDED):
        path = proxies[0].partition("?")[0] if proxies else _PROXY_PATH
        if url := _address(base, f"{path}?{urlencode(_FIRST | keys)}"):
            yield url


def _keys(pairs: Iterable[tuple[str, ...]]) -> dict[str, str]:
    """The first value of each key."""
    found: dict[str, str] = {}
    for name, value in pairs:
        found.setdefault(next(key for key in _KEYS if key.lower() == name.lower()), value)
    return found


def _with_records(href: str) -> str:
    if "startrecord=" in href:
        return href
    return f"{href}{'&' if '?' in href else '?'}{urlencode(_FIRST)}"
