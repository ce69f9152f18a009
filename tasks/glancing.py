"""What the hosts of a batch share for glances: what stood is recorded, and whole claims are fetched, together."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from monitor.edge.store.claims import Claim
from monitor.edge.store.glances import Glance
from monitor.edge.together import Together
from monitor.schedule import next_look
from tasks.wiring import World

REST_SECONDS = 5.0  # a finished look waits no longer than this to be recorded
AT_ONCE = 200  # looks that found the page as it was, recorded in one transaction
_A_MOMENT = 0.05  # seconds for which a column whose page has changed waits for others


class Batch:
    """The glances of one batch. It belongs to one event loop."""

    def __init__(self, here: World, token: str) -> None:
        self.here = here
        self.token = token
        self._stood: dict[int, int] = {}  # by column, the status of the answer
        self._since: datetime | None = None  # when the first of them was answered
        self._due = 0.0
        self._claims = Together(self._held)

    def stood(self, glance: Glance, status: int) -> None:
        """A page is as it was. All of one transaction bear the moment of the first: the verdict stands on both days."""
        if self._since is None:
            self._since = glance.at or self.here.clock()
            self._due = asyncio.get_running_loop().time() + REST_SECONDS
        self._stood[glance.id] = status
        if len(self._stood) >= AT_ONCE:
            self.record()

    def record_in_time(self) -> None:
        """Record what has waited long enough."""
        if self._stood and asyncio.get_running_loop().time() >= self._due:
            self.record()

    def record(self) -> None:
        stood, at = self._stood, self._since
        self._stood, self._since = {}, None
        if stood and at:
            following = next_look(at, every=self.here.settings.look_every, trouble=None, failures=0)
            self.here.store.glances.stood(self.token, stood, at=at, next_look=following)

    async def claim_of(self, glance: Glance) -> Claim | None:
        """All that a look in full needs; None where the batch holds the column no more."""
        return await self._claims.ask(glance.id)

    async def _held(self, ids: Sequence[int]) -> list[Claim | None]:
        await asyncio.sleep(_A_MOMENT)
        claims = {claim.id: claim for claim in self.here.store.claims.some(self.token, ids)}
        return [claims.get(id_) for id_ in ids]
