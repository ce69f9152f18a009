"""Keeps a batch's unanswered looks back until it is known who was silent: the sites, or our own network."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from monitor.edge.network import any_answers
from monitor.edge.store.looks import Look
from monitor.hold import held
from monitor.model.holding import HoldReason
from monitor.model.reading import TroubleKind
from monitor.model.watching import PutOff
from tasks.wiring import World

UNANSWERED = frozenset({TroubleKind.DNS, TroubleKind.CONNECT, TroubleKind.TIMEOUT})
REST = timedelta(minutes=10)  # until what was held is looked at again
log = logging.getLogger(__name__)


async def offline(here: World) -> bool:
    """Whether control addresses are named, and none of them answers."""
    controls = here.settings.network.control
    return bool(controls) and not await any_answers(controls)


def put_off(here: World, token: str, reason: HoldReason, *, now: datetime, looks: int, silent: int, asked: int) -> None:
    """Hold what the batch has not recorded: it is due again a little later, and counts against nobody."""
    log.warning("batch %s is held (%s): %d looks put off, %d of %d hosts silent", token, reason, looks, silent, asked)
    here.store.claims.put_off(token, until=now + REST, why=PutOff.HELD)
    here.store.holds.note(reason, at=now, looks=looks, silent=silent, asked=asked)


class Doubt:
    """The unanswered looks of a batch. `record` writes looks as the batch's own."""

    def __init__(self, here: World, token: str, record: Callable[[Sequence[Look]], None]) -> None:
        self.here = here
        self.token = token
        self.record = record
        self.kept: list[Look] = []
        self.hosts: dict[str, bool] = {}  # that were asked, and whether one of their looks was answered

    def sift(self, looks: Sequence[Look]) -> list[Look]:
        """Those that may be recorded at once; the others are kept."""
        sure: list[Look] = []
        for look in looks:
            answered = look.trouble is None or look.trouble.kind not in UNANSWERED
            self.hosts[look.claim.host] = self.hosts.get(look.claim.host, False) or answered
            (sure if answered else self.kept).append(look)
        return sure

    def answered(self, host: str) -> None:
        """One of its columns was, of which there is nothing to sift."""
        self.hosts[host] = True

    async def settle(self, *, now: datetime) -> None:
        """Record what was kept, or hold it."""
        if not self.kept:
            self._see_again(now)
            return
        asked, silent = len(self.hosts), sum(not answered for answered in self.hosts.values())
        if (reason := await self._reason(asked - silent, silent, now)) is not None:
            looks = len(self.kept)
            put_off(self.here, self.token, reason, now=now, looks=looks, silent=silent, asked=asked)
            return
        self.record(self.kept)
        self._see_again(now)

    async def _reason(self, answered: int, silent: int, now: datetime) -> HoldReason | None:
        network = self.here.settings.network
        if await offline(self.here):
            return HoldReason.OFFLINE
        current = self.here.store.holds.current()
        hold = held(
            answered=answered,
            silent=silent,
            share=network.held_share,
            least=network.held_least,
            now=now,
            since=current.since if current else None,
            well=bool(network.control),
        )
        return HoldReason.MOST_SILENT if hold else None

    def _see_again(self, now: datetime) -> None:
        if any(self.hosts.values()):
            self.here.store.holds.end(at=now)
