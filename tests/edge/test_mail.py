"""Mail to real SMTP servers on loopback: every answer and every failure becomes the right receipt."""

import socket
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from notifiers.base import Message, Receipt, ReceiptKind
from notifiers.mail import MailNotifier, Security
from tests.edge.postbox import HANG_UP, SILENCE, Curt, Postbox, listening, serving
from tests.edge.street import SELF_SIGNED
from tests.rules.digests import ALL, rendered

# aiosmtpd 1.4.6 warns of its own attributes, and of a login without TLS.
pytestmark = pytest.mark.filterwarnings(
    "ignore:.*:DeprecationWarning:aiosmtpd", "ignore:Requiring AUTH while not requiring TLS"
)

MESSAGE = rendered(*ALL)


def notifier(port: int, security: Security = "none", **more: Any) -> MailNotifier:
    return MailNotifier(
        host="127.0.0.1",
        port=port,
        security=security,
        envelope_sender="bounces@lanmu.example",
        now=lambda: datetime(2026, 3, 19, 1, 30, tzinfo=UTC),
        greeting="lanmu.test",
        **more,
    )


def delivered(postbox: Postbox, message: Message = MESSAGE, security: Security = "none", **more: Any) -> Receipt:
    mark = lambda: postbox.events.append("marker")  # noqa: E731 - a name for the hook
    return notifier(postbox.port, security, **more).deliver(message, before_data=mark)


def test_a_mail_arrives_as_it_was_rendered() -> None:
    with serving(Postbox()) as postbox:
        receipt = delivered(postbox)
    assert receipt == Receipt(kind=ReceiptKind.SENT, detail="250 queued as 17")
    assert postbox.senders == ["bounces@lanmu.example"]
    assert postbox.recipients == [["wang.li@lanmu.example"]]
    mail = message_from_bytes(postbox.mails[0], policy=default)
    assert mail["Subject"] == MESSAGE.subject
    assert mail["Message-ID"] == MESSAGE.message_id
    contents = [part.get_content().replace("\r\n", "\n") for part in mail.iter_parts()]
    assert contents == [MESSAGE.text, MESSAGE.html]


def test_the_marker_is_set_once_between_the_recipient_and_the_data() -> None:
    with serving(Postbox()) as postbox:
        delivered(postbox)
    assert postbox.events == ["rcpt", "marker", "data"]


def test_nothing_is_handed_over_when_the_marker_cannot_be_set() -> None:
    def lost() -> None:
        raise RuntimeError("the claim was lost")

    with serving(Postbox()) as postbox, pytest.raises(RuntimeError, match="the claim was lost"):
        notifier(postbox.port).deliver(MESSAGE, before_data=lost)
    assert postbox.events == ["rcpt"]


LATER, REFUSED, UNKNOWN = ReceiptKind.TRY_LATER, ReceiptKind.REFUSED, ReceiptKind.UNKNOWN


@pytest.mark.parametrize(
    ("answers", "kind", "detail", "events"),
    [
        ({"rcpt": "451 4.7.1 greylisted"}, LATER, "451 4.7.1 greylisted", ["rcpt"]),
        ({"rcpt": "421 too busy"}, LATER, "421 too busy", ["rcpt"]),
        ({"rcpt": "550 5.1.1 no such user"}, REFUSED, "550 5.1.1 no such user", ["rcpt"]),
        ({"rcpt": "530 log in first"}, LATER, "530 log in first", ["rcpt"]),
        ({"mail": "550 we do not know this sender"}, LATER, "550 we do not know this sender", []),
        ({"word": "451 not now"}, LATER, "451 not now", ["rcpt", "marker"]),
        ({"word": "554 never"}, REFUSED, "554 never", ["rcpt", "marker"]),
        ({"word": HANG_UP}, UNKNOWN, "no answer after DATA", ["rcpt", "marker"]),
        ({"data": "451 try again"}, LATER, "451 try again", ["rcpt", "marker", "data"]),
        ({"data": "550 we do not like it"}, REFUSED, "550 we do not like it", ["rcpt", "marker", "data"]),
        ({"data": "550-two\r\n550 lines\x1b[31m"}, REFUSED, "550 two lines[31m", ["rcpt", "marker", "data"]),
        ({"data": HANG_UP}, UNKNOWN, "no answer after DATA", ["rcpt", "marker", "data"]),
        ({"data": SILENCE}, UNKNOWN, "no answer after DATA", ["rcpt", "marker", "data"]),
        ({"data": "399 what is this"}, UNKNOWN, "no clear answer after DATA: 399", ["rcpt", "marker", "data"]),
    ],
)
def test_every_answer_becomes_its_receipt(
    answers: dict[str, str], kind: ReceiptKind, detail: str, events: list[str]
) -> None:
    with serving(Postbox(**answers)) as postbox:  # type: ignore[arg-type]
        receipt = delivered(postbox, timeout=0.5 if SILENCE in answers.values() else 10)
    assert receipt.kind is kind
    assert detail in receipt.detail
    assert postbox.events == events


def test_a_server_that_is_not_there_is_tried_later() -> None:
    with socket.socket() as bound:  # bound and not listening: nobody else can take the port
        bound.bind(("127.0.0.1", 0))
        receipt = notifier(bound.getsockname()[1]).deliver(MESSAGE, before_data=never)
    assert receipt.kind is LATER
    assert "refused" in receipt.detail


def never() -> None:
    raise AssertionError("nothing may come as far as DATA")


@pytest.mark.parametrize("host", ["a..b", "邮" * 80])
def test_a_server_whose_name_leads_nowhere_is_tried_later(host: str) -> None:
    receipt = replace(notifier(25), host=host).deliver(MESSAGE, before_data=never)
    assert receipt.kind is LATER
    assert receipt.detail.startswith(f"{host}:25: ")


def test_a_server_that_wants_no_mail_is_tried_later() -> None:
    with listening(Curt) as port:
        receipt = notifier(port).deliver(MESSAGE, before_data=never)
    assert receipt.kind is LATER
    assert "554 no mail here" in receipt.detail


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for_is_not_trusted(security: Security) -> None:
    with serving(Postbox(), tls=security == "tls", starttls=security == "starttls") as postbox:
        receipt = delivered(postbox, security=security)
    assert receipt.kind is LATER
    assert "certificate is not trusted: self-signed certificate" in receipt.detail
    assert postbox.events == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_of_an_authority_of_ones_own_is_trusted_when_it_is_named(security: Security) -> None:
    with serving(Postbox(), tls=security == "tls", starttls=security == "starttls") as postbox:
        receipt = delivered(postbox, security=security, authorities=SELF_SIGNED)
    assert receipt.kind is ReceiptKind.SENT


def test_a_server_without_starttls_gets_nothing_in_the_clear() -> None:
    with serving(Postbox()) as postbox:
        receipt = delivered(postbox, security="starttls")
    assert receipt.kind is LATER
    assert "STARTTLS" in receipt.detail
    assert postbox.events == []


def test_a_file_of_authorities_that_is_missing_is_our_trouble(tmp_path: Path) -> None:
    with serving(Postbox(), starttls=True) as postbox:
        receipt = delivered(postbox, security="starttls", authorities=tmp_path / "none.pem")
    assert receipt.kind is LATER
    assert postbox.events == []


@pytest.mark.parametrize(
    ("username", "password", "kind", "detail"),
    [
        ("lanmu", "secret", ReceiptKind.SENT, "250"),
        ("lanmu", "wrong", LATER, "535"),
        ("lanmu", "密码", LATER, "must be ASCII"),
        ("", "", LATER, "530"),
    ],
)
def test_a_login_that_fails_is_our_trouble_and_not_the_recipients(
    username: str, password: str, kind: ReceiptKind, detail: str
) -> None:
    with serving(Postbox(), login=True) as postbox:
        receipt = delivered(postbox, username=username, password=password)
    assert receipt.kind is kind
    assert detail in receipt.detail
    assert password == "" or password not in receipt.detail


@pytest.mark.parametrize("address", ["nobody", "王丽@lanmu.example", "a@lanmu.example\r\nRCPT TO:<b@lanmu.example>"])
def test_an_address_that_no_server_takes_is_refused_before_any_is_asked(address: str) -> None:
    message = replace(MESSAGE, to=replace(MESSAGE.to, address=address))
    with serving(Postbox()) as postbox:
        receipt = delivered(postbox, message)
    assert receipt.kind is REFUSED
    assert "\n" not in receipt.detail
    assert postbox.events == []


def test_the_password_is_never_shown() -> None:
    assert "secret" not in repr(notifier(25, username="lanmu", password="secret"))
