"""The bytes of a mail: what a reader's program gets back from them is what was meant, and nothing else."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from notifiers.base import Mailbox, Message
from notifiers.compose import compose, on_the_wire
from texts.plain import plain

DATE = datetime(2026, 3, 19, 1, 30, tzinfo=UTC)
MESSAGE = Message(
    key="k",
    message_id="<one@lanmu.example>",
    to=Mailbox(name="王丽", address="wang.li@lanmu.example"),
    sender=Mailbox(name="栏目监测 Lanmu", address="monitor@lanmu.example"),
    subject="云溪县人民政府网：3 个栏目待更新",
    text="王丽，您好：\n.\n以点开头的一行\n",
    html="<p>王丽，您好：</p>\n",
    language="zh-CN",
)


def read(mail: bytes) -> EmailMessage:
    message = message_from_bytes(mail, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    assert body is not None
    content = body.get_content()
    assert isinstance(content, str)
    return content.replace("\r\n", "\n")


subjects = st.one_of(
    st.text(max_size=120),
    st.lists(
        st.sampled_from(
            ["关于", "2026", "年第", "3", "季度", " ", "网站", "Lanmu", "（", "=?utf-8?q?x?=", ",", '"', "\r\n"]
        ),
        max_size=40,
    ).map("".join),
)


@settings(deadline=None, max_examples=150)
@given(subjects)
@example("关于 2026 年第 3 季度政府网站 Lanmu 检查情况 的 通报 " * 3)
@example("=?utf-8?b?5YWz5LqO?=")
def test_every_subject_is_read_as_it_was_written(subject: str) -> None:
    mail = compose(replace(MESSAGE, subject=subject), date=DATE)
    assert read(mail)["Subject"] == plain(subject)


@settings(deadline=None, max_examples=100)
@given(subjects.map(plain).filter(lambda name: 0 < len(name.encode()) <= 39))
def test_every_name_of_a_person_is_read_as_it_was_written(name: str) -> None:
    mail = compose(replace(MESSAGE, to=replace(MESSAGE.to, name=name)), date=DATE)
    assert read(mail)["To"].addresses == (Address(name, "wang.li", "lanmu.example"),)


@settings(deadline=None, max_examples=100)
@given(subjects)
def test_no_name_or_subject_adds_a_header_or_a_line_that_is_too_long(text: str) -> None:
    hostile = replace(MESSAGE, subject=text, to=replace(MESSAGE.to, name=text))
    mail = compose(hostile, date=DATE)
    assert [name for name, _ in read(mail).items()] == [name for name, _ in read(compose(MESSAGE, date=DATE)).items()]
    head = mail.partition(b"\r\n\r\n")[0]
    assert all(len(line) <= 76 for line in head.split(b"\r\n"))


def test_a_mail_has_the_headers_that_programs_go_by() -> None:
    references = ("<a@lanmu.example>", "<b@lanmu.example>")
    reply_to = Mailbox(name="李明", address="li.ming@lanmu.example")
    mail = read(compose(replace(MESSAGE, references=references, reply_to=reply_to), date=DATE))
    assert mail["Date"].datetime == DATE
    assert mail["Message-ID"] == "<one@lanmu.example>"
    assert mail["In-Reply-To"] == "<b@lanmu.example>"
    assert mail["References"].split() == list(references)
    assert mail["Reply-To"].addresses == (Address("李明", "li.ming", "lanmu.example"),)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "zh-CN"


def test_a_mail_has_the_text_first_and_the_html_second() -> None:
    mail = read(compose(MESSAGE, date=DATE))
    assert mail.get_content_type() == "multipart/alternative"
    assert [each.get_content_type() for each in mail.iter_parts()] == ["text/plain", "text/html"]
    assert part(mail, "plain") == MESSAGE.text
    assert part(mail, "html") == MESSAGE.html


def test_a_mail_is_ascii_with_crlf_and_the_same_every_time() -> None:
    mail = compose(MESSAGE, date=DATE)
    assert mail.isascii()
    assert mail.count(b"\n") == mail.count(b"\r\n")
    assert mail == compose(MESSAGE, date=DATE)


@pytest.mark.parametrize(
    ("address", "wire"),
    [
        ("wang.li@lanmu.example", "wang.li@lanmu.example"),
        ("monitor@栏目.政务", "monitor@xn--qwvy44a.xn--zfr164b"),
        ("王丽@lanmu.example", None),
        ("wang li@lanmu.example", None),
        ("a@b@lanmu.example", None),
        ("a@lanmu.example\r\nBcc: b@lanmu.example", None),
        ("a@lanmu.example>", None),
        ("a@lanmu..example", None),
        ("no address", None),
        ("@lanmu.example", None),
        ("a@", None),
        ("", None),
    ],
)
def test_only_an_address_that_every_server_takes_goes_on_the_wire(address: str, wire: str | None) -> None:
    assert on_the_wire(address) == wire


@pytest.mark.parametrize(
    "broken",
    [
        replace(MESSAGE, sender=Mailbox(name="", address="a@b\r\nBcc: c@d.example")),
        replace(MESSAGE, to=Mailbox(name="", address="nobody")),
        replace(MESSAGE, message_id="<a@b>\r\nBcc: c@d.example"),
        replace(MESSAGE, references=("<a@b> <c@d",)),
        replace(MESSAGE, message_id="<甲@b>"),
    ],
)
def test_what_no_header_can_hold_is_refused_before_a_mail_is_made(broken: Message) -> None:
    with pytest.raises(ValueError, match="not a"):
        compose(broken, date=DATE)
