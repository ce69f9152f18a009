"""The dates of a page, each with its place in the tree and what the words before it say."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter

from monitor.extract.ago import hints
from monitor.extract.dates import find
from monitor.extract.forms import Form, Seen, full
from monitor.extract.months import MONTHS
from monitor.extract.tree import Tree
from monitor.extract.words import DATED, OTHER, POSTED, PUBLISHED

MOST_DATES = 3_000  # four times those of the fullest page we met

PIECE = re.compile(
    r"\d{1,2}[.日]?|(?:19|20)\d\d[年.]?|\d{1,2}月|[A-Za-z\u00c0-\u04ff]{3,9}\.?|(?:19|20)\d\d[-./年]\d{1,2}月?|\d{1,2}[-./月]\d{1,2}日?"
)
# No letter may follow: in "09-08 2025年度工作总结" the year belongs to the title.
_SPLIT_FORMS = (
    (re.compile(r"(\d{1,2})[.日]? ((?:19|20)\d\d)[-./年](\d{1,2})月?(?!\w)"), (2, 3, 1)),
    (re.compile(r"((?:19|20)\d\d)[-./年]? ?(\d{1,2})月?[-./]? (\d{1,2})日?(?!\w)"), (1, 2, 3)),
    (re.compile(r"((?:19|20)\d\d)[-./年]? (\d{1,2})[-./月](\d{1,2})日?(?!\w)"), (1, 2, 3)),
    (re.compile(r"(\d{1,2})[-/月.](\d{1,2})日? ((?:19|20)\d\d)年?(?!\w)"), (3, 1, 2)),
)
_DAY_ALONE = re.compile(r"(\d{1,2})\s?[日号號일]")
_LONGEST_DAY = 4
_HEADING = 0.6  # of its text, at least, that a month fills which stands as a heading
_LONGEST_WORDS = 20  # a longer text without digits tells no day
_DIGIT = re.compile(r"\d")
_LONGEST_SPLIT = 30
_RANGE = re.compile(r"[\s\d:.日号]{0,12}(?:[~～—–至到-]|to|until|bis)[\s\d:.]{0,12}")
# Behind a date: it is the first day of a span that goes on.
_SINCE = re.compile(r"\s{0,3}(?:[~～—–-]|to|至)\s{0,3}(?:present|today|now|date|今)", re.IGNORECASE)
# Before eight digits: they number a document or count its readers, whatever day they would make.
_NUMBERED = re.compile(
    r"(?:编号|編號|文号|索引号|序号|案号|号码|番号|번호|点击|點擊|浏览|瀏覽|阅读|访问|人气|次数|阅览|閲覧|조회|조회수"
    r"|\b(?:no|nr|n[°º]|num(?:ber|mer)?|id|views?|hits?|reads?|visits?)|#)[量数次]?\W{0,4}$",
    re.IGNORECASE,
)

_text = attrgetter("t")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A date at text `t` of element `e`. `fill` is the share of the text it fills."""

    t: int
    e: int
    seen: Seen
    fill: float
    good: float = 0.0  # 1 when named as the day of publication, a half when only as a date
    bad: bool = False  # named as some other day, or one end of a span of days
    ranged: bool = False
    opens: bool = False  # the first day of a span

    @property
    def heading(self) -> bool:
        """Whether it could stand over entries: it fills its text, or says that it is a publication's."""
        return not (self.bad or self.opens) and (self.fill > 0.4 or (self.fill > 0.15 and self.good > 0))


def dates(tree: Tree) -> list[Dated]:
    found = _stamped(tree)
    covered = {t for d in found for t in range(tree.first[d.e], tree.end[d.e])}
    for t, text in enumerate(tree.texts):
        if not (_DIGIT.search(text) or (len(text) <= _LONGEST_WORDS and hints(text))) or t in covered:
            continue
        seen = find(text)
        if not seen:
            continue
        opening = {a.start for a, b in pairwise(seen) if _RANGE.fullmatch(text[a.end : b.start])}
        found += [
            _dated(tree, t, s, text, bool(opening) or bool(_SINCE.match(text, s.end)), s.start in opening)
            for s in seen
            if s.form is not Form.COMPACT or not _NUMBERED.search(_before(tree, t, s, text))
        ]
        if len(found) > MOST_DATES:
            break
    whole = {d.t for d in found if d.seen.form in (Form.FULL, Form.EITHER)}
    joined = _split(tree, whole | covered)
    taken = {t for d in joined for t in range(tree.first[d.e], tree.end[d.e])}
    found = [d for d in found if d.t not in taken or d.t in whole] + joined
    if any(d.seen.form is Form.MONTH for d in found):
        found += _under_months(tree, found)
    return sorted(found, key=lambda d: (d.t, d.seen.start))


def _under_months(tree: Tree, found: Sequence[Dated]) -> list[Dated]:
    """Days alone, such as 14日, under headings that are months, such as 2026年3月."""
    months = sorted([(d.t, d.seen) for d in found if d.seen.form is Form.MONTH and d.fill > _HEADING])
    places, known = [t for t, _ in months], {d.t for d in found}
    days: list[Dated] = []
    for t in range(places[0] + 1, len(tree.texts)) if places else ():
        text = tree.texts[t]
        if len(text) > _LONGEST_DAY or t in known or not (m := _DAY_ALONE.fullmatch(text)):
            continue
        month = months[bisect_right(places, t) - 1][1]
        if seen := full(0, len(text), month.a, month.b, int(m[1])):
            days.append(Dated(t=t, e=tree.owner[t], seen=seen, fill=1.0))
    return days if len(days) > 1 else []


def among(dates: Sequence[Dated], start: int, stop: int) -> Sequence[Dated]:
    """The dates that stand in some texts of the page."""
    return dates[bisect_left(dates, start, key=_text) : bisect_left(dates, stop, key=_text)]


def _dated(tree: Tree, t: int, seen: Seen, text: str, ranged: bool, opens: bool) -> Dated:
    fill = (seen.end - seen.start) / max(1, len(text))
    before = _before(tree, t, seen, text)
    if opens and is_posting(before):
        return Dated(t=t, e=tree.owner[t], seen=seen, fill=fill, good=1.0, opens=True)
    named = _named(t, tree.owner[t], seen, fill, before, ranged)
    return replace(named, opens=True) if opens else named


def _before(tree: Tree, t: int, seen: Seen, text: str) -> str:
    """The words before a date: in its own text or, where it begins that, in the label before it."""
    before = text[max(0, seen.start - 40) : seen.start]
    if t and not before.strip(" [(:：") and _is_label_of(tree, t - 1):
        before = tree.texts[t - 1] + " " + before
    return before


def _named(t: int, e: int, seen: Seen, fill: float, before: str, ranged: bool = False) -> Dated:
    good, bad = spoken_for(before) if before.strip() else (0.0, False)
    return Dated(t=t, e=e, seen=seen, fill=fill, good=good, bad=ranged or bad, ranged=ranged)


def _is_label_of(tree: Tree, t: int) -> bool:
    """Whether the text before a date is its label, and not the title that it belongs to."""
    text = tree.texts[t]
    return len(text) < 40 and tree.tag[tree.owner[t]] != "a" and (len(text) < 14 or text[-1] in ":：")


@lru_cache(maxsize=4096)
def spoken_for(words: str) -> tuple[float, bool]:
    """How much words before a date, or over a column of dates, speak for publication; whether for some other day."""
    good = 1.0 if PUBLISHED.search(words) else 0.5 if DATED.search(words) else 0.0
    return good, bool(OTHER.search(words[-24:]))


def is_posting(words: str) -> bool:
    """Whether words before a span of days, or over a column of such, tell how long it hangs out: 게시기간, Aushang."""
    return bool(POSTED.search(words[-40:]))


def _stamped(tree: Tree) -> list[Dated]:
    """Dates of <time datetime>, the machine's own."""
    found = []
    for e, tag in enumerate(tree.tag if "time" in tree.tag else ()):
        if tag != "time" or tree.first[e] == tree.end[e]:
            continue
        seen = find((tree.attrs(e).get("datetime") or "")[:40])
        if seen and seen[0].form is Form.FULL:
            t = tree.first[e]
            before = tree.texts[t - 1][-40:] if t and _is_label_of(tree, t - 1) else ""
            found.append(_named(t, e, seen[0], 1.0, before))
    return found


def _split(tree: Tree, taken: set[int]) -> list[Dated]:
    """Dates whose day and year stand in elements of their own: 04 over 2021-03, 17 | Nov | 2020."""
    found: list[Dated] = []
    done = -1
    for t, text in enumerate(tree.texts):
        if len(text) > 10 or t < done or t in taken or not PIECE.fullmatch(text):
            continue
        if not _DIGIT.search(text) and text.lower().rstrip(".") not in MONTHS:
            continue
        e = tree.owner[t]
        best = None
        while e >= 0 and tree.length(e) <= _LONGEST_SPLIT:
            if tree.end[e] - tree.first[e] > 1 and (seen := together(tree.text(e))):
                best = (e, seen)
                break
            e = tree.parent[e]
        if best:
            e, seen = best
            done = tree.end[e]
            found.append(Dated(t=tree.first[e], e=e, seen=seen, fill=1.0))
        elif seen := _of_siblings(tree, t):
            found.append(Dated(t=t, e=tree.owner[t], seen=seen, fill=1.0))
    return found


def _of_siblings(tree: Tree, t: int) -> Seen | None:
    """The date of a piece and the next one, where they stand side by side among a record's other children."""
    if t + 1 >= len(tree.texts) or not PIECE.fullmatch(tree.texts[t + 1]):
        return None
    one, other = tree.owner[t], tree.owner[t + 1]
    if one == other or tree.parent[one] != tree.parent[other]:
        return None
    seen = together(f"{tree.texts[t]} {tree.texts[t + 1]}")
    return seen if seen and seen.form is Form.FULL else None


def together(text: str) -> Seen | None:
    """The date that pieces make, read one after another."""
    for pattern, (y, m, d) in _SPLIT_FORMS:
        if found := pattern.search(text):
            seen = find(f"{found[y]}-{found[m]}-{found[d]}")
            if seen:
                return seen[0]
    seen = [s for s in find(text) if s.form in (Form.FULL, Form.EITHER, Form.YEARLESS)]
    return seen[0] if seen else None
