"""Sees whether a page has taken a column's place; the site's home page is fetched once a batch for the comparison."""

import asyncio
import logging

from monitor.edge.fetch import Fetcher
from monitor.edge.store.claims import Claim
from monitor.edge.turns import NotYet
from monitor.extract import decode
from monitor.model.reading import Page, Trouble, TroubleKind
from monitor.place import Place, another_page, is_home, led_away, lists_known, may_be_another, same_page

log = logging.getLogger(__name__)


class Homes:
    """The home pages of a batch's sites: each is asked for at most once, and only when a column is in doubt."""

    def __init__(self, fetcher: Fetcher) -> None:
        self.fetcher = fetcher
        self._asked: dict[str, asyncio.Task[Page | Trouble]] = {}

    async def misplaced(self, claim: Claim, page: Page, trouble: Trouble | None) -> Trouble | None:
        """The trouble of a page that is not the column's own. `trouble` is what hid its list, if anything did."""
        if not may_be_another(trouble):
            return None
        try:
            return await self._misplaced(claim, page)
        except Exception:
            log.exception("the place of %s of %s (%s) could not be told", claim.column.name, claim.site, page.url)
            return trouble or Trouble(kind=TroubleKind.UNREADABLE, detail="we broke on this page; it is in the log")

    async def _misplaced(self, claim: Claim, page: Page) -> Trouble | None:
        if (away := led_away(page, claim.home)) is not None:
            return away
        text = decode(page)
        place = Place(site_code=claim.site_code, before=claim.marks, known=claim.known)
        if (other := another_page(text, place)) is not None:
            return other
        if is_home(claim.column.url, claim.home) or lists_known(text, claim.known):
            return None
        home = await self._home(claim)
        if isinstance(home, Page) and same_page(text, decode(home)):
            return Trouble(kind=TroubleKind.MOVED, detail="the address shows the home page of the site")
        return None

    async def _home(self, claim: Claim) -> Page | Trouble:
        if claim.site not in self._asked:
            asking = self.fetcher.fetch(
                claim.home,
                allowed=claim.allow_networks,
                spacing=claim.spacing,
                weak_tls=claim.weak_tls,
                access=claim.access,
            )
            self._asked[claim.site] = asyncio.create_task(asking)
        try:
            return await asyncio.shield(self._asked[claim.site])
        except NotYet as error:
            return Trouble(kind=TroubleKind.RATE_LIMITED, detail=str(error))

    async def aclose(self) -> None:
        """End what nobody waits for any more."""
        for task in self._asked.values():
            task.cancel()
        await asyncio.gather(*self._asked.values(), return_exceptions=True)
