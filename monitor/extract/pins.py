"""Which rows a list keeps at its top: by their words, by a small picture, by what a row or an empty mark is called."""

import re
from collections.abc import Sequence
from functools import lru_cache

from monitor.extract.tree import Tree

# Words that can mean nothing else, and short ones that only speak when they are the whole of a text.
_WORDS = r"置顶|置頂|顶|頂|置|공지|고정|固定|お知らせ固定|sticky|pinned|featured|top"
_SAID = re.compile(
    r"置顶|置頂|[\[【［](?:顶|頂|置|공지|고정|固定)[\]】］]|\b(?:pinned|sticky)\b|お知らせ固定", re.IGNORECASE
)
_LABEL = re.compile(
    r"[\[【(]?(?:顶|頂|공지|공지글|고정|고정글|필독|固定|固定表示|重要固定|featured|top)[\]】)]?", re.IGNORECASE
)
# One of these stands in whatever is said or labelled.
SPELT = ("置", "顶", "頂", "固定", "공지", "고정", "필독", "pinned", "sticky", "featured", "top")
_LEADING = re.compile(rf"[\[【［(（]?(?:{_WORDS})[\]】］)）]?\s(?=.{{4}})", re.IGNORECASE)
_PICTURE = re.compile(r"置顶|置頂|^顶$|^頂$|공지|고정|固定|\b(?:pinned|sticky|featured|top)\b", re.IGNORECASE)
_BEFORE = r"(?:is|set|ico|icon|icons|img|pic|list|item|news|row|mark|flag|label)?"
_NAMES = r"(?:zd|zhiding|ding|top|sticky|stick|pinned|pin)"
_FILE = re.compile(
    rf"(?:^|[/_-]){_BEFORE}[_-]?(?:{_NAMES}|notice)[_-]?(?:icon|ico|\d)*\.(?:gif|png|jpe?g|svg|webp)", re.IGNORECASE
)
_CLASS = re.compile(
    rf"(?:^|\s)(?:{_BEFORE}[_-]?{_NAMES}[_-]?(?:icon|ico|mark|flag|row|item)?\d?|(?:tr|bo|bbs|row)?[_-]?notice[_-]?(?:row|tr)?)(?:\s|$)",
    re.IGNORECASE,
)
_MARKS = frozenset({"img", "i", "span", "em", "b", "strong", "font", "label", "sup", "small"})
_LABEL_LENGTH = 12
_SHORT = 4  # characters: an element with more text is no mark
_TEXTS = 4  # of a record, from its first, in which a mark stands
_WIDE = 12  # elements of a record, from its first, among which a mark is looked for


def pinned(tree: Tree, records: Sequence[int]) -> list[bool]:
    """Whether each record says that it is pinned. What most rows bear is their kind or their style, and no mark."""
    spelt = _spelt(tree, records)
    said = [is_said(_texts(tree, record)) for record in records] if spelt else [False] * len(records)
    return together(said, [_signed(tree, record, spelt) for record in records])


def signs(tree: Tree, record: int) -> tuple[bool, bool]:
    """Whether a record says that it is pinned, and whether it bears a sign of it."""
    spelt = _spelt(tree, (record,))
    return spelt and is_said(_texts(tree, record)), _signed(tree, record, spelt)


def together(said: Sequence[bool], signed: Sequence[bool]) -> list[bool]:
    """What rows say in words that mean nothing else, with what they bear as a sign, where most bear none."""
    if 2 * sum(sign and not word for word, sign in zip(said, signed, strict=True)) > len(said):
        return list(said)
    return [word or sign for word, sign in zip(said, signed, strict=True)]


def is_said(texts: Sequence[str]) -> bool:
    return bool(_SAID.search(" ".join(texts[:_TEXTS])[:200]))


def is_labelled(texts: Sequence[str]) -> bool:
    """Whether one of the first texts of a row is a mark as a whole."""
    return any(len(text) < _LABEL_LENGTH and _LABEL.fullmatch(text) for text in texts[:_TEXTS])


def unmarked(title: str) -> str:
    """The title of a pinned entry without the mark that stands in an element of its own before it in its link."""
    return _LEADING.sub("", title, count=1) if _LEADING.match(title) else title


def at_top(tree: Tree, records: Sequence[int]) -> int:
    """How many rows at the head of a list are pinned: their days say nothing of its order."""
    count = 0
    for record in records[: len(records) // 2]:
        spelt = _spelt(tree, (record,))
        if not (spelt and is_said(_texts(tree, record))) and not _signed(tree, record, spelt):
            break
        count += 1
    return count if count * 2 < len(records) else 0


def _texts(tree: Tree, record: int) -> Sequence[str]:
    """The first texts of a record."""
    return tree.texts[tree.first[record] : min(tree.end[record], tree.first[record] + _TEXTS)]


def _spelt(tree: Tree, records: Sequence[int]) -> bool:
    """Whether a word of pinning stands in or between the records at all."""
    if not records:
        return False
    text = " ".join(tree.texts[tree.first[records[0]] : tree.end[records[-1]]]).lower()
    return any(word in text for word in SPELT)


def _signed(tree: Tree, record: int, spelt: bool) -> bool:
    if spelt and is_labelled(_texts(tree, record)):
        return True
    return _named(tree, record) or any(_is_mark(tree, e) for e in _small(tree, record))


def _small(tree: Tree, record: int) -> list[int]:
    """The elements of a record that could be a mark: little or nothing is written in them."""
    start, stop = record + 1, min(tree.last[record], record + _WIDE) + 1
    marks = [e for e, tag in enumerate(tree.tag[start:stop], start) if tag in _MARKS]
    return [e for e in marks if tree.length(e) <= _SHORT]


def _is_mark(tree: Tree, e: int) -> bool:
    if tree.tag[e] != "img":
        return _named(tree, e)
    attrs = tree.attrs(e)
    words = f"{attrs.get('alt') or ''} {attrs.get('title') or ''}".strip()
    return bool(len(words) < 30 and _PICTURE.search(words)) or bool(_FILE.search((attrs.get("src") or "")[-120:]))


def _named(tree: Tree, e: int) -> bool:
    classes = tree.attrs(e).get("class")
    return _is_name(classes[:200]) if classes else False


@lru_cache(maxsize=1024)
def _is_name(classes: str) -> bool:
    return bool(_CLASS.search(classes))
