"""Which place of a list's rows holds their titles: weighed anew at each reading where another place comes near."""

from collections.abc import Mapping, Sequence
from zlib import crc32

from monitor.extract.learnt import Spot, Unfit, Weighed
from monitor.extract.links import Link
from monitor.extract.titles import (
    SURE,
    Cell,
    Place,
    Slot,
    addresses,
    best_of,
    least_of_texts,
    link_slots,
    text_slots,
    worth_of,
)
from monitor.extract.tree import Tree

_LEAD = 0.3  # of the worth: less, and other texts in the same rows could bring another place to the front
_NEAR = 0.4  # the same: places farther behind are not weighed again
_CLOSE = 0.1  # of the share of addresses that differ: less, and others could bring other links to the front
_EXACT = 0.002  # of the worth: nearer than that, it is not known which is worth more
_OTHERS = "titles that could as well be other texts of their rows"
_MARKS = 1 << 24
_MOST = 8  # places that come near one another

Links = Sequence[Cell]


def spots_of(tree: Tree, records: Sequence[int], links: Sequence[Links]) -> tuple[Spot, ...]:
    """The place of the titles and those that come near it; none where none does. Unfit where that is not all."""
    count, linked = len(records), link_slots(tree, records, links)
    of_links = _worths(linked, count)
    worded = text_slots(tree, records) if of_links[0] <= SURE + _LEAD else {}
    of_texts, least = _worths(worded, count), least_of_texts(of_links[0])
    in_link = of_links[0] >= SURE or of_texts[0] <= least
    chosen = best_of(linked if in_link else worded, count)[0]
    if any(i not in chosen and not _has_no_choice(tree, records[i], links[i]) for i in range(count)):
        raise Unfit("rows with their titles in other places")
    if not in_link and not _one_leads(linked, count) and not _first_leads(linked, links):
        raise Unfit("addresses that could as well be those of other links")
    if _is_settled(of_links, of_texts, least):
        return ()
    near = [(key, True) for key, slot in linked.items() if worth_of(slot, count) >= of_links[0] - _NEAR]
    near += [(key, False) for key, slot in worded.items() if worth_of(slot, count) >= of_texts[0] - _NEAR]
    if len(near) > _MOST:
        raise Unfit(_OTHERS)
    near.sort(key=lambda one: (linked if one[1] else worded)[one[0]] is not chosen)
    return tuple(_spot(tree, key, is_link) for key, is_link in near)


def _worths(slots: Mapping[Place, Slot], count: int) -> list[float]:
    return sorted([worth_of(slot, count) for slot in slots.values()] + [0.0, 0.0], reverse=True)


def _is_settled(links: Sequence[float], texts: Sequence[float], least: float) -> bool:
    """Whether no other place comes near; `texts` must be worth more than `least` to be taken before the links."""
    if links[0] > SURE + _LEAD or texts[0] < least - _LEAD:
        return links[0] - links[1] >= _LEAD
    return links[0] < SURE - _LEAD and texts[0] > least + _LEAD and texts[0] - texts[1] > _LEAD


def _has_no_choice(tree: Tree, record: int, links: Links) -> bool:
    """Whether a row without the place of the titles has but one text that could be its title."""
    return len(links) == 1 or (not links and tree.end[record] - tree.first[record] == 1)


def _one_leads(slots: Mapping[Place, Slot], count: int) -> bool:
    """Whether one place of the links tells the rows apart far better than any other, or none does."""
    best, second, *_ = sorted([addresses(slot, count) for slot in slots.values()] + [0.0, 0.0], reverse=True)
    return best - second > _CLOSE or best == 0.0


def _first_leads(slots: Mapping[Place, Slot], links: Sequence[Links]) -> bool:
    """Whether the first link of each row stands in one place and tells it from all others: no other can do more."""
    first = next(iter(slots.values()), {})
    cells = [row[0] if row else None for row in links]
    return all(first.get(i) is cell for i, cell in enumerate(cells)) and addresses(first, len(links)) == 1.0


def _spot(tree: Tree, place: Place, is_link: bool) -> Spot:
    way, nth = place
    return Spot("/".join(f"{tag}{column}" for tag, column in list(tree.paths)[way]), nth, is_link)


def weighed_in(tree: Tree, record: int, links: Links, spots: Sequence[Spot]) -> tuple[Weighed, ...]:
    """What stands in a row's places that come near one another, in its order."""
    if not spots:
        return ()
    number = {spot: k for k, spot in enumerate(spots)}
    found = [(_spot(tree, key, True), slot[0]) for key, slot in link_slots(tree, [record], [links]).items()]
    if not all(spot.linked for spot in spots):
        found += [(_spot(tree, key, False), slot[0]) for key, slot in text_slots(tree, [record]).items()]
    return tuple(
        Weighed(number[spot], round(cell.quality, 3), _mark(cell.text), _mark(cell.link.href if cell.link else None))
        for spot, cell in found
        if spot in number
    )


def _mark(text: str | None) -> int:
    """A number by which texts are told apart, and no text from none."""
    return crc32(text.encode("utf-8", "replace")) % _MARKS + 1 if text else 0


def check_titles(rows: Sequence[Sequence[Weighed]], spots: Sequence[Spot]) -> None:
    """Unfit where another place than the first would now be taken for that of the titles, or it is not known which."""
    if not spots:
        return
    links, texts = _slots(rows, spots, linked=True), _slots(rows, spots, linked=False)
    (link, worth), (text, of_text) = best_of(links, len(rows)), best_of(texts, len(rows))
    least = least_of_texts(worth)
    near = (worth, SURE) if texts and worth >= SURE else (of_text, least)
    if abs(near[0] - near[1]) < _EXACT or (worth < SURE and not texts):
        raise Unfit(_OTHERS)
    slots, chosen = (links, link) if worth >= SURE or of_text < least else (texts, text)
    best, second, *_ = _worths(slots, len(rows))
    if 0.0 < best - second < _EXACT or slots.get((0, 0)) is not chosen:
        raise Unfit(_OTHERS)


def _slots(rows: Sequence[Sequence[Weighed]], spots: Sequence[Spot], *, linked: bool) -> dict[Place, Slot]:
    """What stands in each of the places, by their numbers; texts and addresses as the marks that tell them apart."""
    slots: dict[Place, Slot] = {}
    for i, row in enumerate(rows):
        for one in row:
            if spots[one.spot].linked is linked:
                link = Link(0, str(one.href), "", False) if linked else None
                slots.setdefault((one.spot, 0), {})[i] = Cell(str(one.text), link, (0, 0), one.quality)
    return slots
