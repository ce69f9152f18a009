"""From a page to its listing: chooses the reader by what the page is, not by what it is called."""

import re
from dataclasses import replace
from datetime import date, timedelta

from monitor.extract.ask import articles, undated
from monitor.extract.data import records_of_jpage
from monitor.extract.decode import decode
from monitor.extract.feed import is_feed, read_feed
from monitor.extract.fields import read_json
from monitor.extract.html import read_html, read_steadily
from monitor.extract.inline import with_scripts
from monitor.extract.pager import next_of_jpage
from monitor.extract.steady import Basis
from monitor.model.reading import Hint, HintKind, Listing, Page, Trouble

# Its first letter in both cases: most tags are passed by at once, which halves the time.
_JPAGE = re.compile(r"<[dDrR](?i:atastore|ecordset|ecord)\b")


def extract(page: Page, *, today: date) -> Listing | Trouble:
    """The entries that a page lists, or why none can be read. Raises nothing for what the page holds."""
    return extract_steadily(page, decode(page), today=today)[0]


def extract_steadily(page: Page, text: str, *, today: date) -> tuple[Listing | Trouble, Basis | None]:
    """The same, of a decoded page, and what the reading rests on where that is its own HTML."""
    head = text[:3000].lstrip("\ufeff \t\r\n")
    if is_feed(head):
        return read_feed(page, text, today=today), None
    if head[:1] in "{[" or _is_jsonp(head):
        read = read_json(page, text, today=today)
        if read is not None:
            return read, None
    if _JPAGE.search(text, 0, 200_000) and (rows := records_of_jpage(text)):
        found = read_html(page, rows, today=today, method="jpage")
        return _followed(found, next_of_jpage(page.final_url, text)), None
    found, basis = read_steadily(page, text, today=today)
    completed = _with_articles(with_scripts(found, page, text, today=today), page)
    return completed, basis if completed is found else None


def _with_articles(read: Listing | Trouble, page: Page) -> Listing | Trouble:
    """A list without dates names the articles that may tell them."""
    if not (isinstance(read, Listing) and undated(read)):
        return read
    asked = tuple(Hint(kind=HintKind.ARTICLE, url=url) for url in articles(read, {}, page.final_url))
    return replace(read, hints=read.hints + asked)


def _followed(read: Listing | Trouble, url: str | None) -> Listing | Trouble:
    return replace(read, next_page=url) if isinstance(read, Listing) and url else read


def _is_jsonp(head: str) -> bool:
    return bool(re.match(r"[\w.$]{1,60}\s*\(\s*[\[{]", head))


def newest(listing: Listing, *, today: date) -> date | None:
    """The latest day among the entries that is not more than a day ahead."""
    days = [e.published for e in listing.entries if e.published and e.published <= today + timedelta(days=1)]
    return max(days, default=None)
