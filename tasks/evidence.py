"""Keeps what came for a look where a person may ask about the verdict, and takes it away in time."""

import logging
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time

from config.book import EvidenceSettings
from monitor.edge.packing import pack
from monitor.edge.store.evidence import Kept
from monitor.edge.store.looks import Look
from monitor.edge.store.purging import Purged
from monitor.edge.ways import Secrets
from monitor.evidence import LEAST_NEEDED_FIRST, bared, cleared, ground_of, kept_from
from monitor.model.evidence import Evidence, Exhibit, ExhibitKind
from monitor.model.judging import Verdict
from monitor.model.register import Access
from tasks.app import app
from tasks.asking import Answer
from tasks.wiring import World, world

MEGABYTE = 1024 * 1024
log = logging.getLogger(__name__)


@app.task(name="lanmu.purge")
def purge() -> None:
    here = world()
    purge_evidence(here, now=here.clock())


def purge_evidence(here: World, *, now: datetime, dry_run: bool = False) -> Purged:
    """Take away what nobody needs any more; a dry run only says what that would be."""
    wanted = here.settings.evidence
    days = kept_from(wanted.retention, today=now.date())
    moments = {ground: datetime.combine(day, time(), UTC) for ground, day in days.items()}
    most = wanted.total_mb * MEGABYTE
    done = here.store.purging.purge(moments, most=most, least_needed_first=LEAST_NEEDED_FIRST, now=now, dry_run=dry_run)
    if done.looks and not dry_run:
        log.info("evidence of %d looks is purged, %d bytes", done.looks, done.freed)
    if done.left > most:
        log.warning("evidence takes %d bytes, more than total_mb allows: open findings rest on it", done.left)
    return done


def kept_of(look: Look, answers: Sequence[Answer], limits: EvidenceSettings, secrets: Secrets) -> Kept | None:
    """What is to be kept with this look of all that came for it."""
    dated = look.method == "html+articles" and any(one.kind is ExhibitKind.ARTICLE for one in answers)
    ground = ground_of(look.verdict, look.trouble, look.claim.unseen, dated=dated, now=look.at)
    if ground is None or not answers:
        return None
    packed = {one.page.digest: (len(one.page.body), pack(one.page.body)) for one in answers}
    bodies = {digest: body for digest, body in packed.items() if len(body[1]) <= limits.page_kb * 1024}
    hidden = _secrets_of(look.claim.access, secrets)
    evidence = Evidence(
        ground=ground,
        at=look.at,
        verdict=_cleared(look.verdict, hidden),
        exhibits=tuple(_exhibit(one, hidden, kept=one.page.digest in bodies) for one in answers),
        entries=look.listed,
        method=look.method,
        confidence=look.confidence,
    )
    return Kept(evidence=evidence, bodies=bodies)


def _secrets_of(access: Access, known: Secrets) -> frozenset[str]:
    """All that a site is sent and nobody else may read."""
    names = [header.secret for header in access.headers if header.secret]
    login = (access.proxy and access.proxy.login and known(access.proxy.login)) or ""
    return frozenset(filter(None, [*map(known, names), login, login.partition(":")[2]]))


def _cleared(verdict: Verdict, hidden: Collection[str]) -> Verdict:
    trouble = verdict.trouble
    return replace(verdict, trouble=replace(trouble, detail=cleared(trouble.detail, hidden))) if trouble else verdict


def _exhibit(answer: Answer, hidden: Collection[str], *, kept: bool) -> Exhibit:
    page = answer.page
    return Exhibit(
        kind=answer.kind,
        url=cleared(page.url, hidden),
        hops=tuple(cleared(hop, hidden) for hop in page.hops),
        final_url=cleared(page.final_url, hidden),
        status=page.status,
        headers=bared(page.headers, hidden),
        sha256=page.digest,
        size=len(page.body),
        kept=kept,
    )
