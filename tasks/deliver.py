"""The deliver task: check a planned digest once more, render it, hand it over, and record the receipt."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from monitor.edge.store.findings import Watched
from monitor.edge.store.outbox import Change, ClaimLost, OutboxState, Planned, PlannedLine
from monitor.model.reminding import Digest, DigestLine, LineKind
from monitor.remind import answer_by, looked_on, slot, still_due, told, unqueued
from notifiers.base import Receipt, ReceiptKind
from notifiers.message import render
from tasks.app import app
from tasks.plan import REMINDS
from tasks.wiring import SPOOL, World, world

RETRY = timedelta(minutes=5)  # doubled at each attempt
RETRY_MOST = timedelta(hours=4)
log = logging.getLogger(__name__)


@app.task(name="lanmu.deliver")
def deliver(id_: int, lease: str, at: str | None) -> None:
    here = world()
    planned = here.store.outbox.take(id_, lease)
    if planned is None:
        return
    now = datetime.fromisoformat(at) if at else here.clock()
    try:
        deliver_digest(here, planned, lease, now=now)
    except ClaimLost:
        log.warning("message %s was taken over by another worker; nothing was handed over here", id_)
    except Exception:
        log.exception("message %s could not be made or sent; it is tried again later", id_)
        here.store.outbox.put_off(id_, lease, until=now + RETRY_MOST)


def deliver_digest(here: World, planned: Planned, lease: str, *, now: datetime) -> None:
    """Deliver what is still true of a digest. Raises ClaimLost before anything was handed over.

    A digest whose slot is over, or whose channel is not the one of now (the admin has gone back to a dry run), is
    cancelled: its findings leave the queue, and the next slot plans them anew with the facts and the officer of then.
    """
    watched = {w.column_id: w for w in here.store.findings.watched([line.column_id for line in planned.lines])}
    kept = [line for line in planned.lines if _still_true(here, line, watched.get(line.column_id), planned, now)]
    if planned.channel != here.channel or all(line.kind is LineKind.DUE_SOON for line in kept):
        changes = _changes(here, planned, (), now)
        here.store.outbox.settle(planned.id, lease, OutboxState.CANCELLED, at=now, changes=changes)
        return
    message = render(_digest(here, planned, kept, watched), key=planned.key, sender=here.sender, reply_to=here.reply_to)
    receipt = here.notifier(planned.channel).deliver(
        message, before_data=lambda: here.store.outbox.mark(planned.id, lease, wall=here.clock())
    )
    _settle(here, planned, lease, receipt, kept, now)


def _still_true(here: World, line: PlannedLine, watched: Watched | None, planned: Planned, now: datetime) -> bool:
    """Rechecked at send time: what has resolved since, or cannot be seen any more, is not said."""
    if watched is None or line.finding_id not in (None, watched.finding_id):
        return False
    if watched.officer.email.lower() != planned.recipient.email.lower():
        return False
    calendar = here.calendar(watched.timezone)
    if slot(now, timezone=watched.timezone, hours=here.settings.hours, calendar=calendar) != planned.slot:
        return False
    if line.kind in REMINDS and not (watched.latest and looked_on(watched.latest, planned.slot, watched.timezone)):
        return False
    return still_due(line.kind, line.step, watched.finding, watched.latest).kind is line.kind


def _digest(here: World, planned: Planned, lines: Sequence[PlannedLine], watched: dict[int, Watched]) -> Digest:
    first = watched[lines[0].column_id]
    return Digest(
        recipient=planned.recipient,
        role=planned.role,
        slot=planned.slot,
        channel=planned.channel,
        lines=tuple(_digest_line(line, watched[line.column_id]) for line in lines),
        answer_by=answer_by(planned.slot, here.calendar(first.timezone)),
    )


def _digest_line(line: PlannedLine, watched: Watched) -> DigestLine:
    assert watched.latest is not None  # _still_true has seen to it
    return DigestLine(
        kind=line.kind,
        unit=watched.unit,
        site=watched.site,
        column=watched.column,
        url=watched.url,
        verdict=watched.latest.verdict,
        step=line.step,
    )


def _settle(
    here: World, planned: Planned, lease: str, receipt: Receipt, kept: Sequence[PlannedLine], now: datetime
) -> None:
    settle = here.store.outbox.settle
    match receipt.kind:
        case ReceiptKind.SENT:
            changes = _changes(here, planned, kept, now)
            settle(planned.id, lease, OutboxState.SENT, at=now, detail=receipt.detail, changes=changes)
        case ReceiptKind.TRY_LATER:
            again = now + min(RETRY * 2**planned.attempts, RETRY_MOST)
            settle(planned.id, lease, OutboxState.PENDING, at=now, detail=receipt.detail, next_try=again)
        case ReceiptKind.REFUSED:
            changes = _changes(here, planned, (), now)
            settle(planned.id, lease, OutboxState.REFUSED, at=now, detail=receipt.detail, changes=changes)
        case ReceiptKind.UNKNOWN:
            settle(planned.id, lease, OutboxState.UNKNOWN, at=now, detail=receipt.detail)


def _changes(here: World, planned: Planned, said: Sequence[PlannedLine], now: datetime) -> list[Change]:
    """What a receipt means for the findings: those that were named are told, all others leave the queue.

    The findings are taken as they are, also where their column has left the book: nothing may stay queued for ever.
    """
    if planned.channel == SPOOL:
        return []  # a dry run leaves the ladder where it is
    findings = here.store.findings.by_id(line.finding_id for line in planned.lines if line.finding_id)
    changes = []
    for line in planned.lines:
        if line.finding_id is None or (was := findings.get(line.finding_id)) is None:
            continue
        now_told = line in said
        after = (told if now_told else unqueued)(was, line.kind, at=now)
        reason = "told" if now_told else "not_told"
        changes.append(Change(finding_id=line.finding_id, was=was, now=after, reason=reason))
    return changes
