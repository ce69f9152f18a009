"""Bytes to text: BOM, HTTP header, meta or XML declaration, strict UTF-8, GB18030, then the likeliest of the rest."""

import codecs
import re
from collections.abc import Iterator
from functools import lru_cache

from monitor.extract.frequent import frequent
from monitor.model.reading import Page

MOST_BYTES = 4_000_000  # a listing beyond this is cut: what follows is no list for people

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_BOM = tuple(bom for bom, _ in _BOMS)
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_DECLARING = (b"charset", b"encoding")
_IS_DECLARED = re.compile(rb"\s*=\s*[\"']?\s*([\w.:-]{2,40})")
_DECLARED_WITHIN = 4096
_MOST_DECLARED = 3

# Declared names mean their supersets, as browsers read them.
_MEANT = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "hz": "gb18030",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-16": "utf-16-le",
    "tis-620": "cp874",
}
_OF_PAGES = re.compile(
    r"utf-(?:8|16.*)|ascii|cp\d+|iso8859-\d+|koi8-\w|gb\w+|hz|big5\w*|shift_\w+|euc_\w+|tis-620|mac-\w+"
)
_GUESSES = ("gb18030", "big5hkscs", "cp932", "euc_jp", "cp949", "cp1251", "cp1252")

# The commonest characters of running text: the right reading is full of them, a wrong one has hardly any.
_COMMON = frozenset(
    "的一是不了在有人我他这中大来上国個个和说們们为子地到你時时要就出会會可也後后生能自对對于作用成行方多家学學年月日主部通知公告公示关關"
    "於管理工省市县縣区區政府信息開开放务務局委员員发發布展新办辦法规規定文件民党黨建设設会議议第二三全度计計划劃项項目"
    "のにはをたがでてとしれさいるもなかりするこ이의다에는을를가고하지로서한은기사정시공대안내학교방과후급식도자인일보수제전부원신게관전화주소등록번호조회목글쓰장생활가통지"
)
_FOREIGN = re.compile(rb"[\x80-\xff](?:[\x40-\xff]{0,60})")
_ASCII = bytes(range(0x80))
_GLANCES = (1_024, 4_096, 65_536)  # bytes in which a first sample of foreign ones is taken
_SAMPLED = 64  # bytes: 32 characters
_UTF8 = re.compile(rb"(?:[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}){6}")
_FEWEST_FOREIGN = 24  # bytes that hold six characters of UTF-8
_FEWEST_CHINESE = 16  # of them, of which the frequent ones are counted
_PLAINLY_CHINESE = 0.5  # Chinese text has 0.8 and more, Big5, EUC-JP or EUC-KR read as GBK less than 0.2
_STRETCHES = 400  # are enough to tell
_SURE = 0.5  # no wrong reading makes so much sense
_UNREAD = re.compile("[\ufffd\ue000-\uf8ff\uff61-\uff9f\x80-\x9f]")  # what a wrong reading gives
_CYRILLIC = re.compile(r"(?<![^\W_])[\u0410-\u042f]?[\u0430-\u044f]{3,}(?![^\W_])")
_LATIN = re.compile(r"(?<![\x80-\uffff])[éèàüöäßñçáíóúêâôãõîøåæÉÈÜÖÄ’“”–—·«»°\xa0](?![\x80-\uffff])")


def decode(page: Page) -> str:
    """The page's text. Never fails: what cannot be read becomes the replacement character."""
    body = page.body[:MOST_BYTES]
    if body.startswith(_BOM):
        bom, name = next(known for known in _BOMS if body.startswith(known[0]))
        return body[len(bom) :].decode(name, "replace")
    if wide := _without_bom_wide(body):
        return body.decode(wide, "replace")
    if body.isascii():
        return body.decode("ascii")
    sample = _first_foreign(body, _GLANCES[0])
    if len(sample) < _FEWEST_FOREIGN or _UTF8.match(sample):  # else an error would copy the whole page, to say so
        try:
            return body.decode("utf-8")
        except UnicodeDecodeError as error:
            if error.start >= len(body) - 3:
                return body.decode("utf-8", "replace")
    content_type = page.headers.get("content-type", "")
    return (
        _plainly_chinese(body, content_type, sample)
        or _nearly_utf8(body)
        or _declared(body, content_type)
        or _likeliest(body)
    )


def _first_foreign(body: bytes, within: int) -> bytes:
    return body[:within].translate(None, _ASCII)[:_SAMPLED]


def _plainly_chinese(body: bytes, content_type: str, sample: bytes) -> str | None:
    """The text of a page that declares GB2312, GBK or GB18030 first, and is full of frequent Chinese characters so."""
    if next(_names(body, content_type), "") != "gb18030" or not _looks_chinese(body, sample):
        return None
    for codec in ("gbk", "gb18030"):  # GBK reads alike whatever it can read, a sixth faster
        try:
            return body.decode(codec)
        except UnicodeDecodeError:
            continue
    return None


def _looks_chinese(body: bytes, sample: bytes) -> bool:
    """Whether a sample of the foreign bytes makes sense in GB18030. Without their ASCII neighbours, Big5's do not."""
    for within in _GLANCES[1:]:
        if len(sample) == _SAMPLED:
            break
        sample = _first_foreign(body, within)
    text = sample.decode("gb18030", "ignore")
    return len(text) >= _FEWEST_CHINESE and frequent(text) > _PLAINLY_CHINESE * len(text)


def _without_bom_wide(body: bytes) -> str | None:
    """UTF-16 without a mark shows as zero bytes at every second place."""
    head = body[:400]
    if 0 not in head:
        return None
    if head[1::2].count(0) * 4 > len(head):
        return "utf-16-le"
    return "utf-16-be" if head[0::2].count(0) * 4 > len(head) else None


def _nearly_utf8(body: bytes) -> str | None:
    """The text, if it is UTF-8 but for a few stray bytes, whatever was declared: none is so by chance for long."""
    text = body.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = _foreign(text[:200_000]) - bad
    return text if good > 20 * bad else None


def _declared(body: bytes, content_type: str) -> str | None:
    """The text by the declared encoding, unless another makes far more sense of it."""
    name = next((name for name in _names(body, content_type) if not name.startswith("utf-")), None)
    if name is None:
        return None
    sense = _sense(_sample(body).decode(name, "replace"))
    return body.decode(name, "replace") if sense >= _SURE else _likeliest(body, declared=name)


def _names(body: bytes, content_type: str) -> Iterator[str]:
    """Python's names of the declared encodings, the header's first."""
    yield from _in_header(content_type[:400])
    for raw in _in_page(body[:_DECLARED_WITHIN].lower()):
        if name := _codec(raw.decode("ascii", "replace")):
            yield name


@lru_cache(maxsize=256)
def _in_header(content_type: str) -> tuple[str, ...]:
    return tuple(name for raw in _IN_HEADER.findall(content_type) if (name := _codec(raw)))


def _in_page(head: bytes) -> list[bytes]:
    """What a page's first bytes, in lower case, declare: to look for two plain words is fast."""
    found: list[tuple[int, bytes]] = []
    for word in _DECLARING:
        at = head.find(word)
        while at >= 0 and len(found) < _MOST_DECLARED:
            if m := _IS_DECLARED.match(head, at + len(word)):
                found.append((at, m[1]))
            at = head.find(word, at + 1)
    return [raw for _, raw in sorted(found)]


@lru_cache(maxsize=256)
def _codec(declared: str) -> str | None:
    """Python's name of a declared encoding; None for those that are none, or no text encoding."""
    try:
        info = codecs.lookup(declared)
    except (LookupError, ValueError):
        return None
    return _MEANT.get(info.name, info.name) if _OF_PAGES.fullmatch(info.name) else None


def _likeliest(body: bytes, declared: str | None = None) -> str:
    """The text in the encoding that makes most sense of a sample; a declared one has the advantage."""
    sample = _sample(body)
    best = max(_GUESSES, key=lambda name: _sense(sample.decode(name, "replace")))
    if declared and _sense(sample.decode(declared, "replace")) * 1.3 >= _sense(sample.decode(best, "replace")):
        best = declared
    return body.decode(best, "replace")


def _sample(body: bytes) -> bytes:
    """Some whole stretches of bytes beyond ASCII, each with the byte after it, which may be its second half."""
    return b" ".join(_FOREIGN.findall(body[:1_000_000])[:_STRETCHES])


def _sense(text: str) -> float:
    """How much of the foreign text is common in some language, less what could not be read."""
    foreign = _foreign(text)
    if not foreign:
        return 0.0
    common = sum(map(_COMMON.__contains__, text))
    words = sum(len(word) for word in _CYRILLIC.findall(text)) * 0.3 + len(_LATIN.findall(text)) * 0.5
    bad = len(_UNREAD.findall(text))
    return max(0.0, (common + words - 2 * bad) / foreign)


def _foreign(text: str) -> int:
    """How many characters are beyond ASCII."""
    return len(text) - len(text.encode("ascii", "ignore"))
