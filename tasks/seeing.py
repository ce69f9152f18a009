"""What is seen of a column: its page is read, read on where it hides its list, and compared with the home page.

Looks and commands see alike: what a command says of a page is what a look would record of it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from monitor.confirm import differing
from monitor.edge.browser import Browser
from monitor.edge.fetch import Fetcher
from monitor.edge.store.claims import Claim
from monitor.edge.turns import NotYet
from monitor.extract import Read, decode
from monitor.extract.learnt import from_json
from monitor.model.reading import Listing, Page, Trouble, Unchanged
from monitor.observe import Observation, observe
from monitor.unchanged import is_known
from monitor.workdays import Calendar
from tasks.asking import Answer, Asked
from tasks.follow import UNSEEN, read_on
from tasks.place import Homes
from tasks.unchanged import Stands, stands, terms

# What a page that we broke on is said to be; told what we were at.
Broke = Callable[[Claim, str, Exception], Trouble]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What came of a column's address, what was seen of it, and the text of the page where it is the column's own.

    `answers` are all that came for it, the page first: also one that another trouble took the place of.
    """

    came: Page | Unchanged | Trouble
    seen: Observation
    text: str = ""
    answers: tuple[Answer, ...] = ()


class Eyes:
    """Sees the columns of a batch. `today` is the site's local day. Nothing raises but NotYet."""

    def __init__(
        self, fetcher: Fetcher, homes: Homes, calendar: Callable[[str], Calendar], broke: Broke, browser: Browser
    ) -> None:
        self.fetcher = fetcher
        self.homes = homes
        self.calendar = calendar
        self.broke = broke
        self.browser = browser

    async def see(self, claim: Claim, *, today: date) -> Sight:
        """Ask for the column's page, and for what it points to where that is needed."""
        return await self._confirmed(claim, await self._sight(claim, today), today)

    async def see_in(self, claim: Claim, came: Page | Trouble, *, today: date) -> Sight:
        """The same, where what came of the column's address is there already."""
        asked = Asked(self.fetcher, claim)
        asked.took(came)
        sight = await self._see_in(claim, asked, came, today)
        return await self._confirmed(claim, replace(sight, answers=tuple(asked.answers)), today)

    async def _sight(self, claim: Claim, today: date) -> Sight:
        asked = Asked(self.fetcher, claim)
        sight = await self._see(claim, asked, today)
        return replace(sight, answers=tuple(asked.answers))

    async def _confirmed(self, claim: Claim, sight: Sight, today: date) -> Sight:
        """A sight that accuses is taken once more, and counts where both agree."""
        if not sight.seen.verdict.past_grace:
            return sight
        again = await self._sight(claim, today)
        trouble = differing(sight.seen.verdict, again.seen.verdict)
        return replace(self.unseen(claim, trouble, today=today), answers=again.answers) if trouble else again

    async def _see(self, claim: Claim, asked: Asked, today: date) -> Sight:
        stood = None if claim.column.render else self._stood(claim, today)  # the same page may be filled with news
        url = claim.column.url
        came = await (asked.page_unless_same(url, stood.known) if stood else asked.page(url))
        if stood and isinstance(came, Unchanged):
            return Sight(came=came, seen=stood.seen)
        assert not isinstance(came, Unchanged), "it was not asked for on a condition"
        return await self._see_in(claim, asked, came, today)

    async def _see_in(self, claim: Claim, asked: Asked, came: Page | Trouble, today: date) -> Sight:
        if isinstance(came, Page) and claim.column.render:
            came = await asked.built(self.browser, came)
        if isinstance(came, Trouble):
            return self.unseen(claim, came, today=today)
        seen = self.observed(claim, came, today=today)
        if seen.reading and seen.trouble and seen.trouble.kind in UNSEEN:
            seen = await self._on(claim, asked, came, seen.reading, today) or seen
        if seen.trouble is None and is_known(claim.last_page, came, terms=terms(claim)):
            return Sight(came=came, seen=seen, text=decode(came))  # whose page it is was told when it came before
        text = (seen.reading.text if seen.reading else "") or decode(came)
        taken = await self._taken(claim, came, text, seen.trouble)
        return self.unseen(claim, taken, today=today) if taken else Sight(came=came, seen=seen, text=text)

    def _stood(self, claim: Claim, today: date) -> Stands | None:
        """What stands if the page is as it was; None where it must come whole."""
        try:
            return stands(claim, self._calendar_of(claim), today=today)
        except Exception as error:  # noqa: BLE001 -- our bug costs neither the batch nor the officer
            self.broke(claim, "what stands", error)
            return None

    def unseen(self, claim: Claim, trouble: Trouble, *, today: date) -> Sight:
        """What is seen where the column's own page did not come."""
        return Sight(came=trouble, seen=self.observed(claim, trouble, today=today))

    def observed(self, claim: Claim, came: Page | Listing | Trouble, *, today: date) -> Observation:
        """Read and judge. A page that breaks the reader is our bug, and must cost neither the batch nor the officer."""
        calendar = self._calendar_of(claim)
        learnt = from_json(claim.learnt)
        try:
            return observe(claim.column, came, claim.known, calendar, today=today, learnt=learnt)
        except Exception as error:  # noqa: BLE001 -- whatever the reader trips over
            broken = self.broke(claim, "reading", error)
            if learnt is not None:  # which may be what broke it
                return self.observed(replace(claim, learnt=None), came, today=today)
            return observe(claim.column, broken, claim.known, calendar, today=today)

    def _calendar_of(self, claim: Claim) -> Calendar:
        """The working days that a column is judged by, whether its page came or stands."""
        return self.calendar(claim.column.duty.calendar or claim.timezone)

    async def _on(self, claim: Claim, asked: Asked, page: Page, reading: Read, today: date) -> Observation | None:
        """What is seen with what the page points to, where it shows no list or no dates itself."""
        try:
            read = await read_on(asked.follow, page, reading.result, claim.known, today=today)
        except NotYet:
            raise  # the whole look is put off: half of it would be a trouble that nobody has
        except Exception as error:  # noqa: BLE001 -- our bug costs neither the batch nor the officer
            self.broke(claim, "reading on", error)
            return None
        return replace(self.observed(claim, read, today=today), reading=reading) if read is not None else None

    async def _taken(self, claim: Claim, page: Page, text: str, trouble: Trouble | None) -> Trouble | None:
        """The trouble of a page that has taken the column's place."""
        try:
            return await self.homes.misplaced(claim, page, text, trouble)
        except Exception as error:  # noqa: BLE001 -- our bug costs neither the batch nor the officer
            broken = self.broke(claim, "comparing with the home page", error)
            return trouble or broken
