"""Tells whether all that a page shows is another column's list, beside the empty place of its own."""

from collections.abc import Callable

from monitor.extract.address import dated_by, resolve
from monitor.extract.boxes import is_furniture
from monitor.extract.own import heading_over, is_anothers, is_anyones, is_place, is_signed
from monitor.extract.rank import Reading
from monitor.extract.seen import Seen


def is_strange(seen: Seen, best: Reading) -> bool:
    """Whether the page's address tells its entries, and none of these is one."""
    return bool(seen.kin) and not any(seen.kin.holds(resolve(seen.base, href)) for href in best.titles.hrefs)


def stands_beside(seen: Seen, best: Reading) -> bool:
    """Whether a list is one of the most read, or stands under a heading such as 最新要闻."""
    return best.most_read or is_anyones(seen.tree, best.candidate.records, seen.names)


def own_is_lacking(seen: Seen, best: Reading, *, empty: bool, called: Callable[[], bool]) -> bool:
    """Whether the page's own list is lacking, and the best that was found is a neighbour's.

    `empty`: the page says that a list is. `called`: a script fetches something that could be one.
    """
    tree, records, names = seen.tree, best.candidate.records, seen.names
    if empty and stands_beside(seen, best):
        return True
    if best.slot is None and any(map(dated_by, best.titles.hrefs)) and is_strange(seen, best) and called():
        return True
    if not best.most_read and heading_over(tree, records, names) is None:
        return False  # the commonest case by far, and the cheapest to tell
    if not is_strange(seen, best):
        return False
    if empty:
        return True
    if best.most_read or is_anothers(tree, records, names):
        return called() or _has_place(seen, best)
    return is_signed(tree, names) and _under_others(seen, best) and _has_place(seen, best)


def _under_others(seen: Seen, best: Reading) -> bool:
    """Whether each box of the records stands under a heading that is none of the page's names."""
    tree, first = seen.tree, {seen.tree.parent[r]: r for r in reversed(best.candidate.records)}
    return all(heading_over(tree, (record,), seen.names) is not None for record in first.values())


def _has_place(seen: Seen, best: Reading) -> bool:
    """Whether an empty element that is made for a list stands outside the list that was found, and in no menu."""
    tree, records = seen.tree, best.candidate.records
    found = range(records[0], tree.last[records[-1]] + 1)
    return any(
        tree.first[e] == tree.end[e] and e not in found and is_place(tree, e) and not is_furniture(tree, e)
        for e in range(1, len(tree.tag))
    )
