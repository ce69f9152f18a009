"""Everything due at one moment, through real workers: looks, then digests, then deliveries."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from monitor.model.watching import PutOff
from tasks.app import LOOK
from tasks.board import QUEUE_FAILURES, check_broker, depths
from tasks.evidence import purge_evidence
from tasks.morning import hasten
from tasks.rounds import WAITING, plan_digests, send_looks, send_messages
from tasks.running import Run

POLL_SECONDS = 0.05
QUEUE_PATIENCE = 20  # seconds that a restarted queue may take to answer
log = logging.getLogger("lanmu.once")


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What a round did: columns looked at, those on which we failed ourselves (see the log), and digests planned.

    `put_off` are no failures: their sites are asked later, `until` at the earliest, or their round was held.
    """

    looks: int
    failed: int
    digests: int
    put_off: int = 0
    until: datetime | None = None


def play(run: Run, *, at: datetime, progress: Callable[[int, int], None] = lambda _done, _all: None) -> Played:
    """Play the round of that moment to its end. `progress` is told how many of how many looks are done."""
    store = run.world.store
    hasten(run.world, now=at, played=True)
    total = left = store.claims.outstanding(now=at)
    before, waited = store.looks.recorded(at=at), store.claims.waiting(now=at)
    while left:
        _send(run, lambda: send_looks(run.world, at=at, batches=WAITING - depths()[LOOK]))
        left = store.claims.outstanding(now=at)
        progress(total - left, total)
    _deliver(run, at)  # what waits from an earlier slot first: what it must not say any more can then be planned anew
    planned = plan_digests(run.world, at=at)
    _deliver(run, at)
    purge_evidence(run.world, now=min(at, run.world.clock()))  # of a moment played ahead, nothing is out of date yet
    waits = store.claims.waiting(now=at)
    new = {why: count - waited.counts.get(why, 0) for why, count in waits.counts.items()}
    failed = new.pop(PutOff.FAULT, 0)
    return Played(
        looks=store.looks.recorded(at=at) - before,
        failed=failed,
        digests=len(planned),
        put_off=sum(new.values()),
        until=waits.until if any(new.values()) else None,
    )


def _deliver(run: Run, at: datetime) -> None:
    while run.world.store.outbox.waiting(now=at):
        _send(run, lambda: send_messages(run.world, at=at))


def _send(run: Run, send: Callable[[], int]) -> None:
    """Send what can be sent, see to the processes, and rest. Raises BrokerDown when a queue that died stays away."""
    try:
        send()
    except QUEUE_FAILURES as error:
        log.warning("the queue does not answer: %s", error)
        run.parent.watch()  # restarts the embedded one
        check_broker(patience=QUEUE_PATIENCE)
    run.parent.watch()
    time.sleep(POLL_SECONDS)
