"""Rank inspections within the three groups: by score where all have one, else by vetoes and columns that are late."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from monitor.model.inspecting import Inspection, Ranked
from monitor.model.register import Group

Key = tuple[float, ...]


def rank(inspections: Iterable[Inspection]) -> dict[Group, tuple[Ranked, ...]]:
    """The places of each group, the best first. Equals share a place and stand in the order of their names."""
    listed = list(inspections)
    groups = {group: [one for one in listed if one.group is group] for group in Group}
    return {group: _ranked(of_group) for group, of_group in groups.items() if of_group}


def _ranked(inspections: Sequence[Inspection]) -> tuple[Ranked, ...]:
    by_score = all(one.score is not None or one.hits for one in inspections)
    keyed = sorted(((_key(one, by_score=by_score), one.site, one) for one in inspections), key=lambda k: k[:2])
    keys = [key for key, _, _ in keyed]
    return tuple(Ranked(place=bisect_left(keys, key) + 1, inspection=one) for key, _, one in keyed)


def _key(one: Inspection, *, by_score: bool) -> Key:
    """Vetoed sites stand last. One score among sites without any ranks nothing: then the columns decide."""
    score = -(one.score or 0.0) if by_score else 0.0
    return one.hits, score, one.late if one.score is None or not by_score else 0
