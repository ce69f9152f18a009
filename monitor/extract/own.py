"""Tells whether a list stands under the page's own name, or that name over something else."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from monitor.extract.boxes import is_furniture
from monitor.extract.dates import find
from monitor.extract.titles import quality
from monitor.extract.tree import Tree
from monitor.extract.words import is_label

_PARTS = re.compile(r"\s*[|_—–·>»«:：]+\s*|\s*-+\s+|\s+-+\s*|(?<=[\u3000-\uffff])\s*-+\s*")
_LONGEST_NAME = 60
_MOST_NAMES = 8  # places at which the name is looked at
_HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "caption", "legend"})
_LISTS = frozenset({"ul", "ol", "dl", "table"})
_PROSE = frozenset({"p", "article"})
_CRUMB = re.compile(r"bread|crumb|positi?on|location|dqwz|weizhi|tabs?\b|(?:^|[\s_-])(?:path|more)", re.IGNORECASE)
_PLACE = re.compile(r"位置|首页|home\b|you are here", re.IGNORECASE)
_NAMED = re.compile(r"(?<!sub)(?<!site-)tit|column|(?:^|[\s_-])(?:hd|lm\w*|h\d)(?:$|[\s_-])", re.IGNORECASE)
_TOP = re.compile(r"(?:^|[\s_-])(?:head|header|top|logo|banner)(?:$|[\s_-])", re.IGNORECASE)
_FILLED = re.compile(r"加载|loading|\{\{|\$\{|<%|暂无|暫無|没有", re.IGNORECASE)
_LIST_BOX = re.compile(r"(?:^|[\s_-])(?:\w*list\w*|con|content|items?|data)(?:$|[\s_-])", re.IGNORECASE)
_COUNTED = re.compile(r"\(\d{1,6}\)\s{0,2}$|（\d{1,6}）\s{0,2}$")  # the name of a choice, and how many it gives
_ANYONES = re.compile(
    r"最新|要闻|新闻|动态|热点|热门|头条|推荐|相关|快讯|今日|排行|latest|news|popular|related", re.IGNORECASE
)
_STEP = re.compile(r"\s*[>＞»›/]+\s*")  # between the steps of the way to a page
_CRUMBS = 120  # characters: the way to a page is no longer
_SENTENCE = 10  # characters: a shorter text beside a heading belongs to it
_TITLE = 0.3  # the least quality of an entry's text
_HEADING = 20  # characters: a longer text is no heading


def names_of(*titles: str) -> frozenset[str]:
    """What the page may call itself: the parts of its title, and the column that it names."""
    parts = (part.strip() for title in titles for part in (title, *_PARTS.split(title)))
    return frozenset(part for part in parts if 1 < len(part) <= _LONGEST_NAME)


def stands_under(tree: Tree, records: Sequence[int], names: frozenset[str]) -> bool | None:
    """Whether the page's own name stands over these records, or over something else; None where it is no heading."""
    if names.isdisjoint(tree.texts):
        return None
    places = list(islice(_headings(tree, records, names), _MOST_NAMES))
    sections = [(t, section) for t in places if (section := _section(tree, t)) and not _is_menu(tree, t, section)]
    return any(_holds(tree, t, section, records) for t, section in sections) if sections else None


def of_anyone(tree: Tree, records: Sequence[int], names: frozenset[str]) -> bool:
    """Whether the records stand under a heading such as 最新要闻, where the breadcrumb gives the page another name."""
    return is_anyones(tree, records, names) and is_signed(tree, names)


def is_anothers(tree: Tree, records: Sequence[int], names: frozenset[str]) -> bool:
    """Whether the page gives its own name to something else than the records."""
    under = stands_under(tree, records, names)
    return under is False or (under is None and of_anyone(tree, records, names))


def is_anyones(tree: Tree, records: Sequence[int], names: frozenset[str]) -> bool:
    """Whether the records stand under a heading such as 最新要闻, and it is none of the page's own names."""
    over = heading_over(tree, records, names)
    return over is not None and bool(_ANYONES.search(tree.texts[over]))


def heading_over(tree: Tree, records: Sequence[int], names: frozenset[str]) -> int | None:
    """The text right over the records that stands as their heading, and is none of the page's own names."""
    first = tree.first[records[0]]
    over = next((h for h in range(first - 1, max(-1, first - _MOST_NAMES), -1) if _headed(tree, h, h + 1)), None)
    if over is None or any(tree.texts[over] in name or name in tree.texts[over] for name in names):
        return None
    section = _section(tree, over)
    return over if 0 < section <= records[0] <= tree.last[section] else None


def is_signed(tree: Tree, names: frozenset[str]) -> bool:
    """Whether the way to the page ends in its own name: 当前位置：首页 > 政务公开 > 通知公告."""
    for t, text in enumerate(tree.texts):
        last = _STEP.split(text)[-1]
        if last in names:
            box = tree.owner[t] if len(last) < len(text) else tree.parent[tree.owner[t]]
            way = tree.text(max(0, box))[: _CRUMBS + 1]
            if len(way) <= _CRUMBS and _PLACE.search(way):
                return True
    return False


def of_another_box(tree: Tree, t: int, names: frozenset[str]) -> bool:
    """Whether a text stands under a heading that is not the page's name, while that name is a heading elsewhere."""
    over = next((h for h in range(t - 1, max(-1, t - _MOST_NAMES), -1) if _headed(tree, h, h + 1)), None)
    if over is None or tree.texts[over] in names or not any(_headings(tree, (), names)):
        return False
    section = _section(tree, over)
    return section < tree.owner[t] <= tree.last[section] and section > 0


def own_part(tree: Tree, records: Sequence[int], names: frozenset[str]) -> range:
    """Which of the records stand under the page's own name, where headings part them; else those before the first."""
    start, found = 0, False
    for i, (before, record) in enumerate(pairwise(records), 1):
        if tree.parent[before] == tree.parent[record]:
            continue
        first, stop = tree.end[before], tree.first[record]
        if not names.isdisjoint(tree.texts[first : tree.end[record]]):  # a lone entry's record holds the heading too
            start, found = i, True
        elif _headed(tree, first, stop):
            return range(start, i)
    return range(start, len(records)) if found else range(len(records))


def _headings(tree: Tree, records: Sequence[int], names: frozenset[str]) -> Iterator[int]:
    """The texts outside the records that are the page's own name and stand as a heading."""
    for t, text in enumerate(tree.texts):
        if text in names and _is_heading(tree, t):
            e = tree.owner[t]
            inside = bool(records) and records[0] <= e <= tree.last[records[-1]]
            if not inside and not is_furniture(tree, e) and not _on_top(tree, e):
                yield t


def _is_heading(tree: Tree, t: int) -> bool:
    e = tree.owner[t]
    for _ in range(3):
        if e <= 0 or tree.tag[e] in ("li", "td", "th"):
            return False
        if tree.tag[e] in _HEADS:
            return True
        if _NAMED.search(tree.classes(e)):
            return tree.tag[tree.owner[t]] != "a" and not _PLACE.search(tree.text(tree.parent[e])[:_LONGEST_NAME])
        e = tree.parent[e]
    return False


def _on_top(tree: Tree, e: int) -> bool:
    """Whether an element stands in what the pages of a site have above their content."""
    while e > 0:
        if tree.tag[e] == "header" or _TOP.search(tree.classes(e)):
            return True
        e = tree.parent[e]
    return False


def _section(tree: Tree, t: int) -> int:
    """The box that a heading stands over: the nearest that holds more than the bar of the heading; 0 for the page."""
    e = tree.owner[t]
    while e > 0 and not _has_more(tree, t, e):
        e = tree.parent[e]
    return max(0, e)


def _has_more(tree: Tree, t: int, box: int) -> bool:
    if any(_is_content(tree, x) for x in range(tree.owner[t] + 1, tree.last[box] + 1)):
        return True
    return any(_says(text) for text in tree.texts[t + 1 : tree.end[box]])


def _is_content(tree: Tree, e: int) -> bool:
    """Whether an element is made for entries or prose, be it empty, and is no part of a heading's bar."""
    return (tree.tag[e] in _PROSE or _is_list(tree, e)) and not _PLACE.search(tree.text(e)[:_LONGEST_NAME])


def _is_list(tree: Tree, e: int) -> bool:
    if tree.tag[e] not in _LISTS and not (
        tree.tag[e] == "div" and tree.first[e] == tree.end[e] and _LIST_BOX.search(tree.classes(e))
    ):
        return False
    return not _CRUMB.search(f"{tree.classes(tree.parent[e])} {tree.classes(e)}")


def is_place(tree: Tree, e: int) -> bool:
    """Whether an element without text is made for a list, be it the body of a table."""
    return (tree.tag[e] == "tbody" or _is_list(tree, e)) and "img" not in tree.tag[e : tree.last[e] + 1]


def _lists(tree: Tree, box: int) -> bool:
    """Whether a list stands in a box, or the place of one that has no entries yet."""
    return any(_is_list(tree, e) and _of_entries(tree, e) for e in range(box, tree.last[box] + 1))


def _of_entries(tree: Tree, e: int) -> bool:
    texts = range(tree.first[e], tree.end[e])
    if not texts:
        return "img" not in tree.tag[e : tree.last[e] + 1]
    return any(
        _FILLED.search(tree.texts[t]) or (tree.tag[tree.owner[t]] == "a" and _says(tree.texts[t])) for t in texts
    )


def _says(text: str) -> bool:
    if _PLACE.search(text) or _COUNTED.search(text):
        return False
    return bool(_FILLED.search(text)) or (len(text) >= _SENTENCE and quality(text) > _TITLE) or bool(find(text))


def _is_menu(tree: Tree, t: int, section: int) -> bool:
    """Whether nothing but links of short words stands below a heading."""
    words = range(t + 1, tree.end[section])
    linked = sum(1 for word in words if tree.tag[tree.owner[word]] == "a")
    return linked > 2 and linked * 2 > len(words) and not any(_says(tree.texts[word]) for word in words)


def _holds(tree: Tree, t: int, section: int, records: Sequence[int]) -> bool:
    """Whether the heading is the last over the records, with no other list between."""
    record = records[0]
    if tree.owner[t] > record:
        return False
    stop = tree.first[record]
    if not section < record <= tree.last[section]:
        return not _lists(tree, section) and not _headed(tree, tree.end[section], stop)
    before = (x for x in range(tree.owner[t] + 1, record) if tree.last[x] < record and _is_list(tree, x))
    return not any(_of_entries(tree, x) and _headed(tree, tree.end[x], stop) for x in before)


def _headed(tree: Tree, start: int, stop: int) -> bool:
    """Whether a heading stands among some texts; a year or a count is none of another list."""
    return any(
        _HEADING >= len(text) > 1 and text.replace(" ", "").isalpha() and not is_label(text) and _is_heading(tree, t)
        for t, text in enumerate(tree.texts[start:stop], start)
    )
