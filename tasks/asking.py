"""Asks a site for whatever a column needs: always on the site's own terms, and at the host's pace."""

from dataclasses import dataclass

from monitor.edge.browser import Browser, Fetch
from monitor.edge.fetch import Fetcher
from monitor.edge.store.claims import Claim
from monitor.edge.store.glances import Glance
from monitor.edge.terms import Call, Manner
from monitor.extract import no_data
from monitor.model.evidence import ExhibitKind
from monitor.model.reading import Hint, HintKind, Page, Trouble, Unchanged, Validators


async def render(fetcher: Fetcher, browser: Browser, claim: Claim, page: Page) -> Page | Trouble:
    """The page as a browser builds it. Its own calls belong to the visit: they take turns, but keep no spacing."""
    assert claim.column.render is not None
    manner: Manner = {**_manner(claim), "spacing": 0.0}
    return await browser.render(page, claim.column.render, calls(fetcher, manner))


def calls(fetcher: Fetcher, manner: Manner) -> Fetch:
    """How a page that a browser builds gets what it asks for. What is no data is a trouble."""

    async def fetch(url: str, call: Call) -> Page | Trouble:
        came = await fetcher.fetch_for_page(url, call, **manner)
        if isinstance(came, Page) and call.data and (none := no_data(came, accept=call.headers.get("accept", "*/*"))):
            return none
        return came

    return fetch


async def ask(fetcher: Fetcher, claim: Claim, url: str) -> Page | Trouble:
    """Raises NotYet where the host is not asked now."""
    return await fetcher.fetch(url, **_manner(claim))


async def ask_unless_same(fetcher: Fetcher, glance: Glance) -> Page | Unchanged | Trouble:
    """Raises NotYet. Where the server gave nothing to ask by, the page comes, and its bytes tell."""
    place, known = glance.place, glance.known
    manner = Manner(allowed=place.allow_networks, spacing=place.spacing, weak_tls=place.weak_tls, access=place.access)
    if known.etag or known.modified:
        return await fetcher.fetch_unless_same(glance.url, known, **manner)
    return await fetcher.fetch(glance.url, **manner)


def _manner(claim: Claim) -> Manner:
    return Manner(allowed=claim.allow_networks, spacing=claim.spacing, weak_tls=claim.weak_tls, access=claim.access)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server sent, also with a trouble, and what it was to the look."""

    kind: ExhibitKind
    page: Page


class Asked:
    """Asks for one look, and remembers each answer."""

    def __init__(self, fetcher: Fetcher, claim: Claim) -> None:
        self._fetcher = fetcher
        self._claim = claim
        self.answers: list[Answer] = []

    async def page(self, url: str) -> Page | Trouble:
        return await self._ask(url, ExhibitKind.PAGE)

    async def page_unless_same(self, url: str, known: Validators) -> Page | Unchanged | Trouble:
        came = await self._fetcher.fetch_unless_same(url, known, **_manner(self._claim))
        if not isinstance(came, Unchanged):
            self.took(came)
        return came

    def took(self, came: Page | Trouble) -> None:
        """The page had been asked for already."""
        self._remember(came, ExhibitKind.PAGE)

    async def built(self, browser: Browser, page: Page) -> Page | Trouble:
        """What a browser makes of the page: the verdict rests on that."""
        came = await render(self._fetcher, browser, self._claim, page)
        self._remember(came, ExhibitKind.PAGE)
        return came

    async def follow(self, hint: Hint) -> Page | Trouble:
        return await self._ask(hint.url, _kind_of(hint.kind))

    async def _ask(self, url: str, kind: ExhibitKind) -> Page | Trouble:
        came = await ask(self._fetcher, self._claim, url)
        self._remember(came, kind)
        return came

    def _remember(self, came: Page | Trouble, kind: ExhibitKind) -> None:
        answer = came.answer if isinstance(came, Trouble) else came
        if answer is not None:
            self.answers.append(Answer(kind=kind, page=answer))


def _kind_of(kind: HintKind) -> ExhibitKind:
    match kind:
        case HintKind.FEED:
            return ExhibitKind.FEED
        case HintKind.DATA:
            return ExhibitKind.DATA
        case HintKind.ARTICLE:
            return ExhibitKind.ARTICLE
        case HintKind.FRAME:
            return ExhibitKind.PAGE
