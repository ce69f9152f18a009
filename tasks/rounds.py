"""Ticks: claim what is due, plan the digests of open slots, and send each as tasks that carry ids."""

from datetime import datetime

from monitor.edge.store.outbox import Planned
from tasks.app import LOOK, QUEUE_LEASE, app
from tasks.board import QUEUE_FAILURES, depths
from tasks.deliver import deliver
from tasks.look import look
from tasks.morning import hasten
from tasks.plan import digests
from tasks.wiring import World, world

BATCH = 300  # columns in one task
PER_HOST = 50  # of them on one host, so that a large site does not fill the batch
WAITING = 4  # batches in the queue beyond which nothing more is claimed
LETTERS = 50  # messages claimed at a time


@app.task(name="lanmu.tick")
def tick() -> None:
    here = world()
    room = WAITING - depths()[LOOK]
    send_looks(here, at=None, batches=room)
    send_messages(here, at=None)


@app.task(name="lanmu.plan")
def plan() -> None:
    here = world()
    hasten(here, now=here.clock())
    plan_digests(here, at=None)


def send_looks(here: World, *, at: datetime | None, batches: int) -> int:
    """Claim up to so many batches of due columns and send each as one task; how many were sent."""
    for sent in range(batches):
        now = here.clock()
        token = here.store.claims.claim(
            origin=here.origin, at=at, now=at or now, wall=now, lease=QUEUE_LEASE, limit=BATCH, per_host=PER_HOST
        )
        if token is None:
            return sent
        try:
            look.delay(token)
        except QUEUE_FAILURES:
            here.store.claims.give_back(token)  # no task will ever come for it
            raise
    return max(batches, 0)


def plan_digests(here: World, *, at: datetime | None) -> list[Planned]:
    """Write the digests of all slots that are open now; those that were written, each exactly once."""
    now = at or here.clock()
    wanted = digests(here, now=now, patient=at is None)  # a round that is played has no later moment to wait for
    return [planned for planned, changes in wanted if here.store.outbox.plan(planned, changes, at=now)]


def send_messages(here: World, *, at: datetime | None) -> int:
    """Claim the messages that may go out and send a task for each."""
    now = here.clock()
    claimed = here.store.outbox.claim(origin=here.origin, now=at or now, wall=now, lease=QUEUE_LEASE, limit=LETTERS)
    for n, (id_, lease) in enumerate(claimed):
        try:
            deliver.delay(id_, lease, at.isoformat() if at else None)
        except QUEUE_FAILURES:
            for left, held in claimed[n:]:
                here.store.outbox.put_off(left, held, until=at or now)
            raise
    return len(claimed)
