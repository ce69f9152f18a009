"""Advises on the columns of sites, now or as of a past day, from all that was known of them then."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from monitor.advise import advise
from monitor.edge.store.findings import Watched
from monitor.edge.store.past import Past
from monitor.model.advising import Advice, Kin
from monitor.model.judging import Looked, Standing
from monitor.model.reading import Entry
from monitor.workdays import local_day
from tasks.inspecting import standing_verdict
from tasks.past import cadence_of, seen_then, verdict_of
from tasks.wiring import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Advised:
    """What is advised of a column; `into` is the name of the column that could hold it."""

    watched: Watched
    kin: Kin
    advice: Advice
    into: str | None

    @property
    def is_seen(self) -> bool:
        """Whether anything can be advised of it: what was not seen for days is kept, and may be dead all the same."""
        return self.kin.verdict.standing is not Standing.UNKNOWN


def advised(here: World, watched: Sequence[Watched], *, moment: datetime) -> Iterator[Advised]:
    """The advice on each column of `watched`, which stands site by site and holds whole sites.

    It rests on looks before the moment; a column without any is left out. Nothing is advised of one that was not seen
    for days, as nothing is said of it in an inspection.
    """
    for _, rows in groupby(watched, key=lambda one: one.site):
        known = [(one, kin) for one in rows if (kin := _kin(here, one, moment)) is not None]
        siblings = [kin for _, kin in known]
        names = {kin.id: kin.name for kin in siblings}
        for one, kin in known:
            advice = advise(kin, siblings, now=local_day(moment, one.timezone))
            yield Advised(watched=one, kin=kin, advice=advice, into=names[advice.into] if advice.into else None)


def _kin(here: World, one: Watched, moment: datetime) -> Kin | None:
    past = here.store.pasts.before(one.column_id, moment)
    if past is None:
        return None
    duty, now = past.duty or past.present, local_day(moment, past.timezone)
    return Kin(
        id=str(one.column_id),
        name=one.column,
        category=past.category,
        duty=duty,
        verdict=standing_verdict(Looked(at=past.at, verdict=verdict_of(here, past)), duty, moment),
        cadence=cadence_of(here, past, duty, now=now),
        since=past.stands_since,
        entries=_newest_first(past),
    )


def _newest_first(past: Past) -> tuple[Entry, ...]:
    entries = dict.fromkeys((*seen_then(past), *(known.entry for known in past.history.known)))
    return tuple(sorted(entries, key=lambda entry: entry.published or date.min, reverse=True))
