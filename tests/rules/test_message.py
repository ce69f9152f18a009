"""A digest in words: right, short, the same facts in both parts, and harmless whatever a site calls its columns."""

from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import TemplateError

from monitor.model.reminding import Digest, DigestLine, Role
from notifiers.message import message_id, render
from tests.rules.digests import (
    ALL,
    BLANK,
    CORRECTED,
    DUE_SOON,
    GOLDEN,
    OVERDUE,
    RECOVERED,
    REPLY_TO,
    SENDER,
    STALE,
    digest,
    line,
    parts,
    rendered,
)

VOID = {"meta", "br", "img"}


class Reader(HTMLParser):
    """Reads a mail as a browser would: its text, its links, and whether every element is closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name in ("href", "src") and value is not None]
        assert not [name for name, _ in attrs if name.startswith("on")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("part", ["subject", "txt", "html"])
def test_a_mail_with_every_kind_of_line_reads_as_its_golden(language: str, part: str) -> None:
    golden = (GOLDEN / f"digest.{language}.{part}").read_text(encoding="utf-8")
    assert parts(rendered(*ALL, language=language))[part] == golden


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("told", ALL, ids=lambda told: told.kind)
def test_the_facts_of_every_line_are_in_both_parts(told: DigestLine, language: str) -> None:
    message = rendered(told, language=language)
    verdict = told.verdict
    facts = [told.site, told.unit, told.column, told.url, verdict.rule]
    facts += [str(fact) for fact in (verdict.newest, verdict.deadline, verdict.days_over) if fact]
    shown = Reader(message.html).text
    for fact in facts:
        assert fact in message.text
        assert fact in shown


def test_the_html_part_is_well_formed_and_made_of_what_every_mail_program_shows() -> None:
    read = Reader(rendered(*ALL).html)
    assert read.open == []
    assert not read.tags & {"script", "style", "svg", "img", "link", "form", "iframe"}


def test_a_column_links_to_its_page() -> None:
    assert Reader(rendered(OVERDUE).html).links == [OVERDUE.url]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "http://[half", "/relative", "//host/x"])
def test_an_address_that_is_no_web_page_is_shown_but_not_linked(url: str) -> None:
    message = rendered(replace(OVERDUE, url=url))
    assert Reader(message.html).links == []
    assert url in message.text


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ('"><img src=x onerror=alert(1)>', '"><img src=x onerror=alert(1)>'),
        ("通知\r\nBcc: all@lanmu.example\r\n\r\n2. 伪造", "通知 Bcc: all@lanmu.example 2. 伪造"),
        ("\u202e告公知通\u2066", "告公知通"),
        ("{{ 7 * 7 }}{% raw %}%(day)s", "{{ 7 * 7 }}{% raw %}%(day)s"),
        ("bell\x07\x00\ud800", "bell"),
    ],
)
def test_a_hostile_name_is_only_text(hostile: str, shown: str) -> None:
    told = replace(OVERDUE, column=hostile, site=hostile, unit=hostile, verdict=replace(OVERDUE.verdict, rule=hostile))
    message = rendered(told)
    read = Reader(message.html)
    assert f"\n1. {shown} - " in message.text
    assert shown in read.text
    assert not read.tags & {"script", "img"}
    assert read.links == [OVERDUE.url]
    for part in (message.text, message.html):
        assert not set(part) & set("\x00\x07\r\u202e\u2066\ud800")
    assert message.subject.startswith(shown)
    assert "\n" not in message.subject


def test_a_hostile_name_of_the_recipient_is_only_text() -> None:
    message = render(digest(OVERDUE, name="<b>王丽</b>\r\nBcc: x"), key="k", sender=SENDER, reply_to=None)
    assert message.to.name == "<b>王丽</b> Bcc: x"
    assert "&lt;b&gt;王丽" in message.html


@pytest.mark.parametrize(
    ("lines", "chinese", "english"),
    [
        ((OVERDUE,), "1 个栏目待更新，请于 2026-03-26 前处理", "1 column to update by 2026-03-26"),
        ((OVERDUE, STALE), "2 个栏目待更新，请于 2026-03-26 前处理", "2 columns to update by 2026-03-26"),
        ((BLANK, DUE_SOON), "1 个栏目待更新，请于 2026-03-26 前处理", "1 column to update by 2026-03-26"),
        ((DUE_SOON, RECOVERED), "1 个栏目即将到期", "1 column due soon"),
        ((RECOVERED, CORRECTED), "栏目更新提醒的更正", "correction of an earlier reminder"),
        ((RECOVERED,), "栏目已恢复更新", "columns updated again"),
    ],
)
def test_the_subject_says_what_is_asked(lines: tuple[DigestLine, ...], chinese: str, english: str) -> None:
    assert rendered(*lines).subject == f"云溪县人民政府网：{chinese}"
    assert rendered(*lines, language="en").subject == f"云溪县人民政府网: {english}"


def test_the_subject_names_one_site_and_counts_several() -> None:
    elsewhere = replace(STALE, site="云溪县教育局网")
    assert rendered(OVERDUE, elsewhere).subject == "2 个网站：2 个栏目待更新，请于 2026-03-26 前处理"


def subject_and_text(told: Digest) -> str:
    message = render(told, key="k", sender=SENDER, reply_to=None)
    return message.subject + "\n" + message.text


def test_without_a_day_to_answer_by_none_is_named() -> None:
    said = subject_and_text(replace(digest(OVERDUE), answer_by=None))
    assert "1 个栏目更新不及时" in said
    assert "请尽快更新" in said
    assert "2026-03-26" not in said


@pytest.mark.parametrize(
    ("role", "asked", "because"),
    [
        (Role.OFFICER, "前（含当日）更新下列问题栏目", "负责人"),
        (Role.SUPERVISOR, "请督促责任人", "分管领导"),
        (Role.TECHNICAL_CONTACT, "核查", "技术联系人"),
        (Role.ADMIN, "核查", "管理员"),
    ],
)
def test_each_role_is_asked_for_its_own_part_and_told_why_it_is_asked(role: Role, asked: str, because: str) -> None:
    said = subject_and_text(digest(OVERDUE, role=role))
    assert asked in said
    assert because in said.splitlines()[-2]


def test_good_news_alone_asks_for_nothing() -> None:
    said = subject_and_text(digest(RECOVERED, CORRECTED))
    assert "无需处理" in said
    assert "2026-03-26" not in said
    assert "请直接回复" not in said


def test_a_correction_apologises() -> None:
    assert "谨致歉意" in rendered(CORRECTED).text
    assert "谨致歉意" in Reader(rendered(CORRECTED).html).text


def test_only_a_repeated_reminder_says_which_one_it_is() -> None:
    assert "第 3 次" in rendered(STALE).text
    assert "提醒次数" not in rendered(OVERDUE).text


def test_the_values_of_the_text_part_stand_below_one_another() -> None:
    lines = [each for each in rendered(OVERDUE, language="en").text.splitlines() if each.startswith("   ")]
    starts = {len(each) - len(each.split(": ", 1)[1].lstrip()) for each in lines}
    assert len(starts) == 1


def test_the_same_key_gives_the_same_message_and_another_key_another_message_id() -> None:
    assert rendered(*ALL) == rendered(*ALL)
    assert message_id("a", SENDER) == message_id("a", SENDER)
    assert message_id("a", SENDER) != message_id("b", SENDER)
    assert message_id("a", SENDER).endswith("@lanmu.example>")


def test_a_chinese_domain_is_written_in_ascii_in_the_message_id() -> None:
    assert message_id("a", replace(SENDER, address="monitor@栏目.政务")).endswith("@xn--qwvy44a.xn--zfr164b>")


def test_a_message_carries_what_its_mail_will_need() -> None:
    earlier = ("<one@lanmu.example>", "<two@lanmu.example>")
    message = render(digest(OVERDUE), key="k", sender=SENDER, reply_to=REPLY_TO, references=earlier)
    assert (message.sender, message.reply_to, message.references) == (SENDER, REPLY_TO, earlier)
    assert (message.to.name, message.to.address) == ("王丽", "wang.li@lanmu.example")
    assert (message.language, message.slot) == ("zh-CN", date(2026, 3, 19))


def test_an_admins_template_stands_in_for_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "digest.subject.j2").write_text("提醒：{{ letter.late }}\n", encoding="utf-8")
    message = rendered(OVERDUE, templates=tmp_path)
    assert message.subject == "提醒：1"
    assert message.text == rendered(OVERDUE).text


@pytest.mark.parametrize(
    "template",
    [
        "{{ letter.nothing_like_it }}",
        "{{ unheard_of }}",
        "{{ letter.__class__.__mro__ }}",
        "{{ digest.lines.__class__.__base__.__subclasses__() }}",
        "{{ [].append(1) }}",
        "{% for i in range(10000000) %}{% endfor %}",
        "{% if %}",
        "{% include '/etc/passwd' %}",
        "{% include '../message.py' %}",
    ],
)
def test_a_template_that_is_wrong_or_reaches_out_is_refused(tmp_path: Path, template: str) -> None:
    (tmp_path / "digest.txt.j2").write_text(template, encoding="utf-8")
    with pytest.raises((TemplateError, OverflowError)):
        rendered(OVERDUE, templates=tmp_path)


def test_an_admins_html_template_is_escaped_too(tmp_path: Path) -> None:
    (tmp_path / "digest.html.j2").write_text("{{ letter.sections[0].rows[0].column }}", encoding="utf-8")
    assert rendered(replace(OVERDUE, column="<b>"), templates=tmp_path).html == "&lt;b&gt;"


def test_a_very_long_name_is_cut() -> None:
    message = rendered(replace(OVERDUE, site="云" * 5000))
    assert len(message.subject) < 120


def test_lines_keep_the_order_of_the_digest_within_their_section() -> None:
    text = rendered(RECOVERED, line(OVERDUE.kind, "甲", OVERDUE.verdict), OVERDUE).text
    assert text.index("1. 甲") < text.index("2. 通知公告") < text.index("1. 规划计划")
