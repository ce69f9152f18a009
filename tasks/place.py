"""Sees whether a page has taken a column's place; the site's home page is fetched once a batch for the comparison."""

import asyncio
from dataclasses import dataclass

from monitor.edge.fetch import Fetcher
from monitor.edge.store.claims import Claim
from monitor.edge.turns import NotYet
from monitor.extract import decode
from monitor.model.reading import Page, Trouble, TroubleKind
from monitor.place import Place, another_page, is_home, led_away, lists_known, may_be_another, same_page
from tasks.asking import ask


@dataclass(frozen=True, slots=True, kw_only=True)
class _Home:
    """A home page: the address that answered, and its text."""

    url: str
    text: str


class Homes:
    """The home pages of a batch's sites: each is asked for at most once, and only when a column is in doubt."""

    def __init__(self, fetcher: Fetcher) -> None:
        self.fetcher = fetcher
        self._asked: dict[str, asyncio.Task[_Home | None]] = {}

    async def misplaced(self, claim: Claim, page: Page, text: str, trouble: Trouble | None) -> Trouble | None:
        """The trouble of a page that is not the column's own. `trouble` is what hid its list, if anything did."""
        if not may_be_another(trouble):
            return None
        if (away := led_away(page, claim.home)) is not None:
            return away
        place = Place(site_code=claim.site_code, before=claim.marks, known=claim.known)
        if (other := another_page(text, place)) is not None:
            return other
        if is_home(claim.column.url, claim.home) or lists_known(text, claim.known):
            return None
        home = await self._home(claim)
        if home is None or home.url == page.url or not same_page(text, home.text):
            return None  # at a site whose home page only leads to the column, nothing has taken its place
        return Trouble(kind=TroubleKind.MOVED, detail="the address shows the home page of the site")

    async def _home(self, claim: Claim) -> _Home | None:
        if claim.site not in self._asked:
            self._asked[claim.site] = asyncio.create_task(self._fetch(claim))
        return await asyncio.shield(self._asked[claim.site])

    async def _fetch(self, claim: Claim) -> _Home | None:
        try:
            came = await ask(self.fetcher, claim, claim.home)
        except NotYet:
            return None
        return _Home(url=came.final_url, text=decode(came)) if isinstance(came, Page) else None

    async def aclose(self) -> None:
        """End what nobody waits for any more."""
        for task in self._asked.values():
            task.cancel()
        await asyncio.gather(*self._asked.values(), return_exceptions=True)
