"""Finds what stands over a list among other lists: its heading, and the link to its own page."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.extract.address import resolve
from monitor.extract.boxes import is_furniture
from monitor.extract.dates import find
from monitor.extract.links import wording
from monitor.extract.tree import Tree
from monitor.extract.words import is_label

Records = tuple[int, ...]

_MORE = re.compile(
    r"(?:查看|浏览|阅读|点击)?(?:更多|全部|所有).{0,8}|(?:read |see |view |show )?(?:more|all)(?: .{1,20})?"
    r"|もっと見る|一覧(?:へ|を見る)?|더\s?보기|전체\s?보기|mehr|alle anzeigen|voir (?:plus|tout)|toutes .{1,20}"
    r"|ver (?:más|todas?|todos|mais)|m[áa]s|més|vedi tutt[ie]|все новости|ещё|еще",
    re.IGNORECASE,
)
_SIGNS = " \t\u3000+>»›→…·.[]【】()（）|-"
_ONLY_SIGNS = re.compile(r"\+{1,2}|>{1,3}|»|›|…{1,2}|\.{3}|→")
_MORE_CLASS = re.compile(r"(?:^|[\s_-])more\w*(?:$|[\s_-])", re.IGNORECASE)
_NO_HEADING = re.compile(r".*[:：]|.*位置.*|\S{0,4}首页|home|menu|skip to .*", re.IGNORECASE)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "caption", "legend"})
_LEVELS = 7  # between a list and the box that holds its heading too
_NEAR = 3  # elements around a text that say what it is
_LONGEST = 30
_MOST_WORDS = 12  # texts over a list; with more of them it is a menu that stands there, or prose


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """The words over a list, and the address of its own page. `shared`: it is that of the list before."""

    heading: str = ""
    more: str | None = None
    shared: bool = False


def captions(tree: Tree, base: str, lists: Sequence[Records]) -> list[Caption]:
    """The caption of each list. Tabbed boxes, which lie side by side under a row of captions, get one each."""
    found: list[Caption] = []
    for side_by_side in _without_words_between(tree, lists):
        done, left = len(found), len(found) + len(side_by_side)
        start = tree.end[lists[done - 1][-1]] if found else 0
        stop = tree.first[lists[left][0]] if left < len(lists) else len(tree.texts)
        found += _Over(tree, base, start, stop).captions(side_by_side)
    return found


def _without_words_between(tree: Tree, lists: Sequence[Records]) -> Iterator[list[Records]]:
    """Lists one after another, parted by nothing but words that lead on."""
    group: list[Records] = []
    for records in lists:
        if group:
            between = tree.texts[tree.end[group[-1][-1]] : tree.first[records[0]]]
            if not all(leads_on(text) for text in between):
                yield group
                group = []
        group.append(records)
    if group:
        yield group


def leads_on(text: str) -> bool:
    """Whether a text says that more of a list stands elsewhere."""
    text = text.strip()
    return len(text) <= _LONGEST and bool(_ONLY_SIGNS.fullmatch(text) or _MORE.fullmatch(text.strip(_SIGNS)))


@dataclass(frozen=True, slots=True)
class _Over:
    """Where the captions of some lists may stand: among the texts from `start` to `stop`, and not in their records."""

    tree: Tree
    base: str
    start: int
    stop: int

    def captions(self, lists: Sequence[Records]) -> list[Caption]:
        tree = self.tree
        scope, words = self._words_over(lists[0][0], len(lists))
        tabs = self._row_of(len(lists), scope, words) if len(lists) > 1 else []
        over = self._mores(scope, max(self.start, tree.first[scope]), tree.first[lists[0][0]])
        ends = [*(tree.first[records[0]] for records in lists[1:]), min(self.stop, tree.end[scope])]
        found = []
        for i, (records, end) in enumerate(zip(lists, ends, strict=True)):
            heading = tabs[i] if tabs else self._heading(scope, words)
            below = self._mores(scope, tree.end[records[-1]], end)
            above = over[i : i + 1] if len(over) == len(lists) else [] if tabs else over
            more = next(iter((*above, *below)), None) or self._own_link(heading)
            words_over = "" if heading is None else tree.texts[heading]
            found.append(Caption(heading=words_over, more=more, shared=bool(i and not tabs)))
        return found

    def _words_over(self, record: int, tabs: int) -> tuple[int, Sequence[int]]:
        """The nearest box with words over the record, and these words."""
        tree, scope = self.tree, max(0, self.tree.parent[record])
        for _ in range(_LEVELS):
            start = max(self.start, tree.first[scope])
            words = [t for t in range(start, tree.first[record]) if _is_caption(tree.texts[t])]
            if words or scope <= 0:
                return scope, words if len(words) <= max(_MOST_WORDS, tabs) else self._titled(words)[-1:]
            scope = tree.parent[scope]
        return scope, []

    def _row_of(self, count: int, scope: int, words: Sequence[int]) -> list[int]:
        """So many words, made alike: a row of tabs."""
        rows: dict[int, list[int]] = {}
        for t in words:
            rows.setdefault(self.tree.path(self.tree.owner[t], scope), []).append(t)
        return next((row for row in rows.values() if len(row) == count), [])

    def _heading(self, scope: int, words: Sequence[int]) -> int | None:
        """Of the words in the last box before the list: the last that is marked as a title, else the first."""
        words = [t for t in words if not is_furniture(self.tree, self.tree.owner[t])]
        if not words:
            return None
        box = self._child(scope, words[-1])
        near = [t for t in words if self._child(scope, t) == box]
        titled = self._titled(near)
        return titled[-1] if titled else near[0]

    def _child(self, scope: int, t: int) -> int:
        """The child of a box in which a text stands."""
        e = self.tree.owner[t]
        while e > scope and self.tree.parent[e] != scope:
            e = self.tree.parent[e]
        return e

    def _titled(self, words: Sequence[int]) -> list[int]:
        return [t for t in words if not _HEADINGS.isdisjoint(self.tree.tag[e] for e in self._around(t))]

    def _around(self, t: int) -> Iterator[int]:
        """The element of a text, and the next ones above it."""
        e = self.tree.owner[t]
        for _ in range(_NEAR):
            if e >= 0:
                yield e
                e = self.tree.parent[e]

    def _mores(self, scope: int, start: int, stop: int) -> list[str]:
        """The addresses of a box's links, between two texts, that lead to more."""
        tree = self.tree
        found = (
            self._address(e)
            for e in range(scope, tree.last[scope] + 1)
            if tree.tag[e] == "a" and start <= tree.first[e] <= tree.end[e] <= stop and self._leads_on(e)
        )
        return [url for url in found if url]

    def _leads_on(self, e: int) -> bool:
        said = wording(self.tree, e, self.tree.attrs(e))
        return leads_on(said) or (len(said) < _LONGEST and bool(_MORE_CLASS.search(self.tree.classes(e))))

    def _own_link(self, heading: int | None) -> str | None:
        """The heading's own link."""
        if heading is None:
            return None
        return next((self._address(e) for e in self._around(heading) if self.tree.tag[e] == "a"), None)

    def _address(self, e: int) -> str | None:
        href = (self.tree.attrs(e).get("href") or "").strip()
        if not href or href[0] == "#" or href[:11].lower() == "javascript:":
            return None
        url = resolve(self.base, href)
        return url if url and url.lower().startswith(("http://", "https://")) else None


def _is_caption(text: str) -> bool:
    if not 1 < len(text) <= _LONGEST or not any(c.isalpha() for c in text):
        return False
    return not (_NO_HEADING.fullmatch(text) or leads_on(text) or is_label(text) or find(text))
