"""Compare an inspection with that of the period before (上期): what is over, what is mended, what is out of sight."""

from monitor.model.inspecting import Comparison, Inspection, VetoChange, VetoSeen


def compare(now: Inspection, before: Inspection) -> Comparison:
    """The changes since. Lines that only one of the two has are left out; so are those that stand as they stood."""
    assert now.site == before.site, "one site is compared with itself"
    same = (now.policy, now.mode) == (before.policy, before.mode)
    old = {seen.veto.id: seen for seen in before.vetoes}
    changes = [_change(seen, old[seen.veto.id]) for seen in now.vetoes if seen.veto.id in old]
    return Comparison(
        site=now.site,
        same_rules=same,
        late=now.late - before.late,
        unseen=now.unseen - before.unseen,
        score=_difference(now.score, before.score) if same else None,
        vetoes=tuple(c for c in changes if c.was is not c.now or c.added or c.cleared or c.lost),
    )


def _difference(now: float | None, before: float | None) -> float | None:
    return None if now is None or before is None else round(now - before, 2)


def _change(now: VetoSeen, before: VetoSeen) -> VetoChange:
    counted, were = set(now.columns), set(before.columns)
    unseen = {doubt.column for doubt in now.doubts}
    return VetoChange(
        veto=now.veto,
        was=before.outcome,
        now=now.outcome,
        added=tuple(sorted(counted - were)),
        cleared=tuple(sorted(were - counted - unseen)),
        lost=tuple(sorted((were & unseen) - counted)),
    )
