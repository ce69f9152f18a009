"""Every text for people exists in both languages, and the words are those of the inspection documents."""

import ast
import re
from collections.abc import Iterator, Sequence
from datetime import date
from gettext import NullTranslations
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from monitor.model.judging import Standing, Verdict, Why
from monitor.model.reading import Trouble, TroubleKind
from monitor.model.register import Group
from texts.catalogue import CHINESE, ENGLISH, language_of, nearest, translations
from texts.plain import plain
from texts.words import category_text, group_text, standing_text, trouble_name, trouble_text, why_text

ROOT = Path(__file__).parents[2]
ROOMS = ("cli", "tasks", "config", "notifiers", "texts", "monitor")
ZH = translations(CHINESE)
EN = translations(ENGLISH)

Msgid = str | tuple[str, ...]


def calls() -> Iterator[ast.Call]:
    """Every call of gettext, ngettext and phrase. Babel's own reader misses those inside f-strings before 3.12."""
    for room in ROOMS:
        for source in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and name_of(node) in ("gettext", "ngettext", "phrase"):
                    yield node


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def used() -> set[Msgid]:
    found: set[Msgid] = set()
    for call in calls():
        words = tuple(arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str))
        if words not in ((), ("",)):
            found.add(words[0] if len(words) == 1 else words)
    for room in ROOMS:
        found |= {row[2] for row in extract_from_dir(ROOT / room, [("**.j2", "jinja2")])}
    return found


@pytest.fixture(scope="module")
def chinese() -> Catalog:
    with (ROOT / "texts" / "zh_CN.po").open("rb") as source:
        return read_po(source, locale="zh_CN", abort_invalid=True)


def strings_of(message: Message) -> Sequence[str]:
    strings = message.string or ""
    return (strings,) if isinstance(strings, str) else strings


def test_only_texts_that_stand_in_the_source_are_asked_of_the_catalogue() -> None:
    literal = {"gettext": 1, "ngettext": 2}
    strays = [
        ast.unparse(call)
        for call in calls()
        if isinstance(call.func, ast.Attribute)
        and sum(isinstance(arg, ast.Constant) for arg in call.args) < literal[call.func.attr]
    ]
    assert strays == []


def test_every_text_is_in_the_chinese_catalogue_and_nothing_else_is(chinese: Catalog) -> None:
    known = {message.id for message in chinese if message.id}
    assert used() - known == set(), "write these into texts/zh_CN.po"
    assert known - used() == set(), "take these out of texts/zh_CN.po"


def test_every_chinese_text_is_written_and_none_is_doubtful(chinese: Catalog) -> None:
    for message in chinese:
        if message.id:
            assert all(strings_of(message)), message.id
            assert not message.fuzzy, message.id


def test_a_chinese_text_has_the_placeholders_of_the_english_one(chinese: Catalog) -> None:
    placeholder = re.compile(r"%\(\w+\)[.\d]*[a-z]|%|\{\w+\}")
    for message in chinese:
        if message.id:
            msgid = message.id if isinstance(message.id, str) else message.id[0]
            for string in strings_of(message):
                assert sorted(placeholder.findall(string)) == sorted(placeholder.findall(msgid)), msgid


@pytest.mark.parametrize("language", ["zh", "zh-CN", "zh_CN", "zh_CN.UTF-8", "ZH-hans-cn", "zh-TW"])
def test_every_chinese_tag_gets_chinese(language: str) -> None:
    assert nearest(language) == CHINESE
    assert translations(language).gettext("blank column") == "空白栏目"


@pytest.mark.parametrize("language", ["en", "en_GB.UTF-8", "C", "", "de-DE", "zha"])
def test_every_other_tag_gets_english(language: str) -> None:
    assert nearest(language) == ENGLISH
    assert translations(language).gettext("blank column") == "blank column"


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, ENGLISH),
        ({"LANG": "zh_CN.UTF-8"}, CHINESE),
        ({"LC_MESSAGES": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, ENGLISH),
        ({"LC_ALL": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, CHINESE),
        ({"LC_ALL": "", "LANG": "zh_CN.UTF-8"}, CHINESE),
        ({"LANMU_LANG": "en", "LC_ALL": "zh_CN.UTF-8"}, ENGLISH),
        ({"LANMU_LANG": "zh", "LC_ALL": "C"}, CHINESE),
    ],
)
def test_the_first_variable_that_says_anything_chooses_the_language(environ: dict[str, str], language: str) -> None:
    assert language_of(environ) == language


@pytest.mark.parametrize(
    ("standing", "term"),
    [
        (Standing.OVERDUE, "更新不及时"),
        (Standing.STALE, "应更新但长期未更新"),
        (Standing.BLANK, "空白栏目"),
    ],
)
def test_what_an_officer_is_told_uses_the_official_terms(standing: Standing, term: str) -> None:
    assert standing_text(standing, ZH) == term


@pytest.mark.parametrize("t", [ZH, EN])
def test_every_word_of_an_enum_is_said_and_no_two_are_said_alike(t: NullTranslations) -> None:
    for words in (
        [standing_text(standing, t) for standing in Standing],
        [trouble_name(kind, t) for kind in TroubleKind],
        [group_text(group, t) for group in Group],
    ):
        assert all(words)
        assert len(set(words)) == len(words)


DAY = {"newest": date(2026, 1, 2), "deadline": date(2026, 1, 16)}


def verdict(standing: Standing, why: Why, **known: Any) -> Verdict:
    return Verdict(standing=standing, why=why, rule="国办秘函〔2019〕19号", **known)


@pytest.mark.parametrize(
    ("judged", "english", "chinese"),
    [
        (
            verdict(Standing.OVERDUE, Why.DEADLINE_PASSED, days_over=62, **DAY),
            "newest entry 2026-01-02, due by 2026-01-16, 62 days over",
            "最新信息发布于 2026-01-02，更新期限 2026-01-16，已逾期 62 天",
        ),
        (
            verdict(Standing.OVERDUE, Why.DEADLINE_PASSED, days_over=1, **DAY),
            "newest entry 2026-01-02, due by 2026-01-16, 1 day over",
            "最新信息发布于 2026-01-02，更新期限 2026-01-16，已逾期 1 天",
        ),
        (
            verdict(Standing.DUE_SOON, Why.DEADLINE_NEAR, **DAY),
            "newest entry 2026-01-02, due by 2026-01-16",
            "最新信息发布于 2026-01-02，更新期限 2026-01-16",
        ),
        (
            verdict(Standing.OVERDUE, Why.DEADLINE_PASSED, deadline=DAY["deadline"], days_over=3),
            "no dated entry, due by 2026-01-16, 3 days over",
            "无注明日期的信息，更新期限 2026-01-16，已逾期 3 天",
        ),
        (
            verdict(Standing.STALE, Why.LONG_PASSED, days_over=90, **DAY),
            (
                "a whole further period has passed without an entry, newest entry 2026-01-02, due by 2026-01-16,"
                " 90 days over"
            ),
            "逾期后又满一个更新周期仍无更新，最新信息发布于 2026-01-02，更新期限 2026-01-16，已逾期 90 天",
        ),
        (
            verdict(Standing.BLANK, Why.NEVER_HAD_ENTRIES),
            "the list is empty and has never had an entry",
            "栏目列表为空，且从未发布过信息",
        ),
        (
            verdict(Standing.OVERDUE, Why.UNDATED_COUNTS_AS_NOT_UPDATED),
            "entries without a publication date count as not updated",
            "未注明信息发布时间的视为不更新",
        ),
        (
            verdict(
                Standing.UNKNOWN, Why.NOT_SEEN, trouble=Trouble(kind=TroubleKind.GONE, detail="404\r\n\x1b[31mgone")
            ),
            (
                "the page no longer exists (404 [31mgone);"
                " register the column's new address, or take it off the register if it was closed"
            ),
            "页面已不存在（404 [31mgone）；请登记栏目的新地址；栏目已关闭的，请从登记中移除",
        ),
    ],
)
def test_a_verdict_is_said_in_one_sentence_with_its_figures(judged: Verdict, english: str, chinese: str) -> None:
    assert why_text(judged, EN) == english
    assert why_text(judged, ZH) == chinese


@pytest.mark.parametrize("t", [ZH, EN])
@pytest.mark.parametrize("why", Why)
def test_every_reason_gives_a_sentence(why: Why, t: NullTranslations) -> None:
    assert why_text(verdict(Standing.OVERDUE, why, days_over=3, **DAY), t)


@pytest.mark.parametrize("kind", TroubleKind)
def test_every_trouble_says_what_happened_and_what_to_do(kind: TroubleKind) -> None:
    what, _, action = trouble_text(Trouble(kind=kind), EN).partition("; ")
    assert what == trouble_name(kind, EN)
    assert action
    assert trouble_text(Trouble(kind=kind), ZH).startswith(trouble_name(kind, ZH) + "；")


def test_a_category_of_the_policy_has_its_official_name_and_an_unknown_one_keeps_its_own() -> None:
    assert category_text("news", ZH) == "动态、要闻"
    assert category_text("policy_file", ZH) == "政策文件"
    assert category_text("news", EN) == "news"
    assert category_text("本地栏目", ZH) == "本地栏目"


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("通知公告", "通知公告"),
        ("two\r\nlines", "two lines"),
        ("tab\tand\u3000wide  space ", "tab and wide space"),
        ("\u202egnp.exe\u202c", "gnp.exe"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("\x1b]0;title\x07bell", "]0;titlebell"),
        ("half\ud800surrogate", "halfsurrogate"),
        ("line\u2028separator", "line separator"),
        ("a \u200b b", "a b"),
    ],
)
def test_text_of_the_world_is_shown_as_one_plain_line(hostile: str, shown: str) -> None:
    assert plain(hostile) == shown


def test_a_long_text_is_cut_and_says_so() -> None:
    assert plain("长" * 300, limit=10) == "长" * 9 + "…"
    assert plain("长" * 10, limit=10) == "长" * 10
