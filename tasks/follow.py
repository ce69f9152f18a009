"""Reads on where a page shows no list, or no dates: asks its data calls, its feeds, and a few of its articles."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import date

from monitor.extract import ask, extract, no_data
from monitor.extract.article import published_of
from monitor.model.judging import KnownEntry
from monitor.model.reading import Hint, HintKind, Listing, Page, Trouble, TroubleKind

# What hides a column, and may be seen by reading on.
UNSEEN = frozenset({TroubleKind.NEEDS_SCRIPT, TroubleKind.UNDATED, TroubleKind.UNREADABLE})
SURE = 0.9  # what is less sure proves nothing
Fetch = Callable[[Hint], Awaitable[Page | Trouble]]


async def read_on(
    fetch: Fetch, page: Page, first: Listing | Trouble, known: Sequence[KnownEntry], *, today: date
) -> Listing | Trouble | None:
    """What the page, read as `first`, gives together with what it points to; None where that adds nothing.

    At most 2 other sources and 3 articles are fetched, all from the page's own host.
    """
    read = await _from_sources(fetch, page, first, today)
    if isinstance(read, Listing) and ask.undated(read):
        read = await _from_articles(fetch, page, read, known, today)
    return None if read is first else read


async def _from_sources(fetch: Fetch, page: Page, read: Listing | Trouble, today: date) -> Listing | Trouble:
    """The surest reading of the sources that the page names; the page's own where none is better.

    What was answered in place of data is told with the page's own trouble.
    """
    best: Listing | None = None
    lost: list[str] = []
    for hint in ask.sources(read, page.final_url):
        came = _data(await fetch(hint))
        if isinstance(came, Trouble):
            lost.append(f"{hint.url[:300]} ({came.kind}{': ' if came.detail else ''}{came.detail})")
            continue
        found = extract(came, today=today)
        if not isinstance(found, Listing) or not any(entry.published for entry in found.entries):
            continue
        full = ask.joined(read, found, hint, page.final_url, today=today)
        proves = full.confidence >= SURE or isinstance(read, Listing)
        if (
            proves
            and any(entry.published for entry in full.entries)
            and (best is None or full.confidence > best.confidence)
        ):
            best = full
    if best is None and lost and isinstance(read, Trouble):
        return replace(read, detail=f"{read.detail}; asked in vain for {lost[0]}")
    return best or read


def _data(came: Page | Trouble) -> Page | Trouble:
    """What a source sent; a trouble where that is a login page, a challenge or an error in place of data."""
    return (no_data(came) or came) if isinstance(came, Page) else came


async def _from_articles(
    fetch: Fetch, page: Page, read: Listing, known: Sequence[KnownEntry], today: date
) -> Listing | Trouble:
    """The list with the days that its first articles tell; one that told its day is not asked again."""
    days = {k.entry.url: day for k in known if k.entry.url and (day := k.entry.published) and not k.entry.year_inferred}
    for url in ask.articles(read, days, page.final_url):
        came = await fetch(Hint(kind=HintKind.ARTICLE, url=url))
        told = published_of(came, today=today) if isinstance(came, Page) else None
        if told and told.confidence >= SURE:
            days[url] = told.day
    return ask.with_days(read, days, method="html+articles", today=today)
