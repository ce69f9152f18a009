"""The publication day that people see on an article's page: by its title, with words that say what it is."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

from monitor.extract.claims import Claim, Way, dated
from monitor.extract.dates import find
from monitor.extract.forms import Form, Seen
from monitor.extract.tree import Tree
from monitor.extract.words import DATED, OTHER, PUBLISHED

_BEFORE, _AFTER = 25, 60  # texts between the title and a date that belongs to it
_LONGEST = 300  # characters of a text that may hold such a date: beyond is prose
_LONGEST_LABEL = 24
_SHORTEST_TITLE = 6
_SPOKEN, _NAMED, _BY_SOURCE, _STAMPED = 0.93, 0.76, 0.72, 0.72
_SOURCE = re.compile(
    r"来源|來源|作者|发布(?:人|单位|机构)|信息员|编辑|編輯|浏览|点击|阅读|字[号体]|\bby\b|author|source", re.IGNORECASE
)
_HEADINGS = ("h1", "h2", "h3")
_BOXES = ("div", "ul", "ol", "section", "table", "dl")
_OTHERS_TAGS = ("a", "nav", "footer", "aside")
_OTHERS = re.compile(
    r"(?:^|[\s_-])(?:nav|menu|foot|side|aside|hot|relat|recommend|rank|friend|comment|next|prev|event|calendar|weather)",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[。；;!！?？]|\.\s")


def in_sight(parser: LexborHTMLParser, tree: Tree) -> Iterator[Claim]:
    """The claims of the dates that stand by the title, the first of each kind."""
    title = _title(parser, tree)
    start, stop = (title - _BEFORE, title + _AFTER) if title is not None else (0, _AFTER)
    stamps = {tree.first[e]: e for e, tag in enumerate(tree.tag) if tag == "time"}
    best: dict[Way, Claim] = {}
    for t in range(max(0, start), min(stop, len(tree.texts))):
        if _elsewhere(tree, tree.owner[t]):
            continue
        for claim in [*_stamped(tree, t, stamps), *_written(tree, t, stop)]:
            if claim.way not in best or claim.worth > best[claim.way].worth:
                best[claim.way] = claim
    yield from best.values()


def _title(parser: LexborHTMLParser, tree: Tree) -> int | None:
    """The text that is the article's title: that which the head names, else the first heading."""
    named = parser.css_first('meta[name="ArticleTitle" i], meta[property="og:title"], title')
    words = " ".join(((named.attributes.get("content") or named.text()) if named else "").split())
    places = [t for t, e in enumerate(tree.owner) if not _elsewhere(tree, e)]
    for t in places:
        text = tree.texts[t].strip()
        if len(text) >= _SHORTEST_TITLE and text in words and _main(tree, tree.owner[t], text, words):
            return t
    return next((t for t in places if tree.tag[tree.owner[t]] in _HEADINGS), None)


def _main(tree: Tree, e: int, text: str, words: str) -> bool:
    """Whether a text found in the head's title is the article's, and not the site's name."""
    return tree.tag[e] in _HEADINGS or words.startswith(text)


def _elsewhere(tree: Tree, e: int) -> bool:
    """Whether an element stands in a link, or in a box of other things."""
    while e >= 0 and tree.tag[e] not in ("body", "main", "article"):
        tag = tree.tag[e]
        if tag in _OTHERS_TAGS or (tag in _BOXES and _OTHERS.search(tree.classes(e)[:200])):
            return True
        e = tree.parent[e]
    return False


def _stamped(tree: Tree, t: int, stamps: dict[int, int]) -> Iterator[Claim]:
    e = stamps.get(t)
    if e is None or not (seen := dated(tree.attrs(e).get("datetime"))):
        return
    label = _label(tree, t, 0)
    if not OTHER.search(label[-_LONGEST_LABEL:]):
        yield Claim(seen, Way.TIME, _SPOKEN if PUBLISHED.search(label) else _STAMPED)


def _written(tree: Tree, t: int, stop: int) -> Iterator[Claim]:
    text = tree.texts[t]
    if len(text) > _LONGEST:
        return
    ends = [0]
    for seen in find(text):
        label = _label(tree, t, ends[-1], seen.start)
        ends.append(seen.end)
        worth = _worth(label, seen, text)
        if worth and seen.form in (Form.FULL, Form.EITHER, Form.COMPACT, Form.AGO):
            yield Claim(seen, Way.TEXT, worth)


def _label(tree: Tree, t: int, start: int, stop: int = 0) -> str:
    """The words before a date, back to the date or the sentence before it; else the label in the text before."""
    words = tree.texts[t][start:stop]
    words = _ENDS.split(words)[-1].strip(" [(（【:：")
    if words or start or not t:
        return words[-_LONGEST_LABEL:]
    before = tree.texts[t - 1]
    return before[-_LONGEST_LABEL:] if len(before) <= _LONGEST_LABEL or before[-1] in ":：" else ""


def _worth(label: str, seen: Seen, text: str) -> float:
    if OTHER.search(label):
        return 0.0
    if PUBLISHED.search(label):
        return _SPOKEN
    if seen.form is not Form.FULL:
        return 0.0
    if label and DATED.fullmatch(label.split()[-1]):  # 时间, and not 会议时间
        return _NAMED
    return _BY_SOURCE if _SOURCE.search(text) else 0.0
