"""Finds the address of the next page: the page with the entries that follow the ones listed here."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser

from monitor.extract.address import resolve
from monitor.extract.links import Link
from monitor.extract.tree import Tree

_NEXT = re.compile(
    r"下一?[页頁]|后一?页|後一?頁|next(?: page)?|older(?: (?:posts|entries|news|articles))?|weiter|vor"
    r"|nächste(?: seite)?|(?:page )?suivante?|(?:página )?siguiente|(?:pàgina )?següent|próxim[ao](?: página)?"
    r"|(?:pagina )?successiv[ao]|avanti|volgende(?: pagina)?|następna(?: strona)?|nästa(?: sida)?|další"
    r"|次へ|次のページ|次の\d{1,3}件|다음(?: ?페이지)?|следующая(?: страница)?|вперед",
    re.IGNORECASE,
)
_LONGEST_NEXT = 20  # characters: none of these has so many
_ARROWS = {"›": 0, "→": 0, "▶": 0, "►": 0, ">": 1, "»": 2, ">>": 3}  # the surer the lower: » is often the last page
_TRIMMED = " \t<>«»‹›→▶►|[]()（）【】.…\u3000"
_NUMBER = re.compile(r"\D{0,2}?(?!(?:19|20)\d\d\D{0,2}$)(\d{1,4})[页頁]?\D{0,1}")  # years are no pages
_MARKED = 'a[rel~="next"][href], link[rel~="next"][href], .next a[href], a.next[href], a[aria-label*="next" i][href]'
_MOST_MARKED = 5
_BETWEEN = 4  # texts that may stand between two numbers of one pager
# createPageHTML(pages, this one from 0, "index", "html"): how TRS writes its pager
_TRS = re.compile(
    r"createPageHTML\(\s*(?:['\"][\w-]{1,40}['\"]\s*,\s*)?(\d{1,5})\s*,\s*(\d{1,5})\s*,"
    r"\s*['\"]([\w./-]{1,80})['\"]\s*,\s*['\"](\w{1,8})['\"]",
    re.IGNORECASE,
)
_DEFINED = re.compile(r"function\s{1,4}$")
_PROXY = re.compile(r"dataproxy\.jsp", re.IGNORECASE)
_TOTAL = re.compile(r"<totalrecord>\s{0,20}(\d{1,9})\s{0,20}</totalrecord>", re.IGNORECASE)
_SOURCE = 1_000_000  # characters of a source that are searched


def next_page(
    parser: LexborHTMLParser, tree: Tree, links: Sequence[Link], source: str, *, base: str, here: str
) -> str | None:
    """The next page's address, on the same host and never the page itself; None where there is none, or no address.

    What the page says in words, or marks as `rel=next`, counts before what its numbers and scripts let us conclude.
    """
    named = [node.attributes.get("href") for node in parser.css(_MARKED)[:_MOST_MARKED]]
    for href in (*named, *_worded(links), *_numbered(tree, links, base, here), _of_trs(source)):
        if found := onward(base, href, here=here):
            return found
    return None


def onward(base: str, href: str | None, *, here: str) -> str | None:
    """An address in full, if it is another page of the same host."""
    url = resolve(base, href)
    if not url:
        return None
    try:
        to, at = urlsplit(url), urlsplit(here)
        same_host = (to.hostname, to.port) == (at.hostname, at.port)
    except ValueError:
        return None
    if to.scheme not in ("http", "https") or not same_host or _page(url) == _page(here):
        return None
    return urlunsplit(to._replace(fragment=""))


def _page(url: str) -> tuple[str, str]:
    """What tells the pages of a host apart."""
    parts = urlsplit(url)
    return parts.path or "/", parts.query


def _worded(links: Sequence[Link]) -> Iterator[str | None]:
    """Links that say that they lead on; then lone arrows, which may also belong to a carousel."""
    arrows: list[tuple[int, str | None]] = []
    for link in links:
        if len(link.text) > 40 or not link.href:
            continue
        words = link.text.strip(_TRIMMED)
        if not words and (arrow := link.text.strip()) in _ARROWS:
            arrows.append((_ARROWS[arrow], link.href))
        elif len(words) < _LONGEST_NEXT and _NEXT.fullmatch(words):
            yield link.href
    yield from (href for _, href in sorted(arrows, key=lambda arrow: arrow[0]))


def _numbered(tree: Tree, links: Sequence[Link], base: str, here: str) -> Iterator[str | None]:
    """In a row of page numbers: the link to the number after this page's own."""
    for row in _rows_of_numbers(tree, links):
        own = _own_number(tree, row, base, here)
        yield next((link.href for number, link in row if number == own + 1), None)


Row = list[tuple[int, Link]]


def _rows_of_numbers(tree: Tree, links: Sequence[Link]) -> list[Row]:
    """Links that are numbers, close to one another and rising."""
    rows: list[Row] = []
    for link in links:
        m = _NUMBER.fullmatch(link.text.strip()) if len(link.text) < 10 and link.href else None
        if not m:
            continue
        number = int(m[1])
        row = rows[-1] if rows else []
        close = row and tree.first[link.e] - tree.end[row[-1][1].e] <= _BETWEEN
        if close and row[-1][0] < number:
            row.append((number, link))
        else:
            rows.append([(number, link)])
    return [row for row in rows if row[0][0] <= 2 or len(row) > 1]


def _own_number(tree: Tree, row: Row, base: str, here: str) -> int:
    """The number of this page: linked to itself, or the one that stands without a link; else it is the first."""
    for number, link in row:
        if (url := resolve(base, link.href)) and _is_same(url, here):
            return number
    linked = {t for _, link in row for t in range(tree.first[link.e], tree.end[link.e])}
    first, last = row[0][1], row[-1][1]
    around = range(max(0, tree.first[first.e] - 1), min(len(tree.texts), tree.end[last.e] + 1))
    plain = [int(m[1]) for t in around if t not in linked and (m := _NUMBER.fullmatch(tree.texts[t]))]
    fitting = [n for n in plain if any(number == n + 1 for number, _ in row)]
    return fitting[0] if fitting else 1


def _is_same(url: str, here: str) -> bool:
    try:
        return _page(url) == _page(here)
    except ValueError:
        return False


def _of_trs(source: str) -> str | None:
    """The next page of a TRS pager: index_1.html follows index.html."""
    source = source[:_SOURCE]
    if "reatePage" not in source:
        return None
    for m in _TRS.finditer(source):
        pages, own = int(m[1]), int(m[2])
        if not _DEFINED.search(source[max(0, m.start() - 12) : m.start()]) and own + 1 < pages:
            return f"{m[3]}_{own + 1}.{m[4]}"
    return None


def next_of_jpage(url: str, answer: str) -> str | None:
    """The call for the records after these, in the address of a jpage answer, while there are more of them."""
    if not _PROXY.search(url):
        return None
    parts = urlsplit(url)
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    start, end = asked.get("startrecord", ""), asked.get("endrecord", "")
    if not (start.isdecimal() and end.isdecimal() and 0 < int(start) <= int(end) < 10**9):
        return None
    total = _TOTAL.search(answer[:_SOURCE])
    if total and int(total[1]) <= int(end):
        return None
    size = int(end) - int(start) + 1
    asked |= {"startrecord": str(int(end) + 1), "endrecord": str(int(end) + size)}
    return urlunsplit(parts._replace(query=urlencode(asked)))


_LEVELS = ("links", "_links", "pagination", "paging", "meta", "page", "pageInfo", "data", "result", "d")
_NAMES = ("next", "next_url", "nextUrl", "next_page_url", "nextPageUrl", "next_page", "nextPage", "nextLink")
_NAMES_OF_ODATA = ("@odata.nextLink", "odata.nextLink", "__next", "$next")


def next_of_data(data: object) -> str | None:
    """The address under a field such as `next` or `links.next.href`, near the top of the data."""
    if not isinstance(data, dict):
        return None
    boxes = [data]
    for _ in range(2):
        boxes += [inner for box in boxes for name in _LEVELS if isinstance(inner := box.get(name), dict)]
    found = (_address(box.get(name)) for box in boxes for name in (*_NAMES, *_NAMES_OF_ODATA))
    rows = [row for box in boxes if isinstance(linked := box.get("links"), list) for row in linked[:20]]
    marked = (_address(row) for row in rows if isinstance(row, dict) and row.get("rel") == "next")
    return next((url for url in (*found, *marked) if url), None)


def _address(value: object) -> str | None:
    """An address, alone or under `href` or `url`."""
    if isinstance(value, dict):
        value = value.get("href") or value.get("url")
    written = isinstance(value, str) and len(value) < 2000
    return value if isinstance(value, str) and written and value.startswith(("http", "/", "?", "./")) else None
