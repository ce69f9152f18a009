"""Delivers a message by SMTP, one recipient a mail, and says truly whether it may have been handed over."""

import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from notifiers.base import Message, Receipt, ReceiptKind
from notifiers.compose import compose, on_the_wire
from texts.plain import plain

Security = Literal["starttls", "tls", "none"]

# What the world does before a message is on its way. UnicodeError: a host name that no resolver takes.
_FAILURES = (smtplib.SMTPException, OSError, UnicodeError)

# Refusals that are about us, not about the recipient: log in first, encrypt first, log in better.
_ABOUT_US = frozenset({530, 534, 535, 538})


@dataclass(frozen=True, slots=True, kw_only=True)
class MailNotifier:
    """SMTP through one server.

    The certificate is always verified, against `authorities` (a PEM file) or else those of the system; a server that
    offers no STARTTLS where it is asked for gets nothing. `envelope_sender` is the bare address for bounces, `now` the
    clock for the Date header, `timeout` the seconds that one answer may take, `greeting` the name that we say in EHLO
    (by default the one that the system gives this machine).
    """

    host: str
    port: int
    security: Security
    envelope_sender: str
    now: Callable[[], datetime]
    username: str = ""
    password: str = field(default="", repr=False)
    authorities: Path | None = None
    timeout: float = 60
    greeting: str | None = None

    def deliver(self, message: Message, *, before_data: Callable[[], None]) -> Receipt:
        to = on_the_wire(message.to.address)
        if to is None:
            return Receipt(kind=ReceiptKind.REFUSED, detail=f"not a mail address: {plain(message.to.address)}")
        mail = compose(message, date=self.now())
        try:
            smtp = self._connect()
        except _FAILURES as failure:
            return self._later(failure)
        try:
            return self._hand_over(smtp, to, mail, before_data)
        finally:
            _leave(smtp)

    def _connect(self) -> smtplib.SMTP:
        match self.security:
            case "tls":
                return smtplib.SMTP_SSL(
                    self.host, self.port, self.greeting, timeout=self.timeout, context=self._trusting()
                )
            case "starttls" | "none":
                return smtplib.SMTP(self.host, self.port, self.greeting, timeout=self.timeout)

    def _trusting(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.authorities)

    def _hand_over(self, smtp: smtplib.SMTP, to: str, mail: bytes, before_data: Callable[[], None]) -> Receipt:
        try:
            self._introduce(smtp)
            code, answer = smtp.rcpt(to)
        except _FAILURES as failure:
            return self._later(failure)
        if code not in (250, 251):
            return _turned_down(code, answer)
        before_data()
        return _send(smtp, mail)

    def _introduce(self, smtp: smtplib.SMTP) -> None:
        """Up to MAIL FROM. A refusal in here is about us, whatever its code: it must not count against a recipient."""
        if self.security == "starttls":
            smtp.starttls(context=self._trusting())
        if self.username:
            smtp.login(self.username, self.password)
        smtp.ehlo_or_helo_if_needed()
        code, answer = smtp.mail(self.envelope_sender)
        if code != 250:
            raise smtplib.SMTPSenderRefused(code, answer, self.envelope_sender)

    def _later(self, failure: Exception) -> Receipt:
        return Receipt(kind=ReceiptKind.TRY_LATER, detail=f"{self.host}:{self.port}: {_said(failure)}")


def _send(smtp: smtplib.SMTP, mail: bytes) -> Receipt:
    """From DATA to its answer. Where the answer is missing or no answer at all, nobody knows."""
    try:
        code, answer = smtp.data(mail)
    except smtplib.SMTPDataError as refusal:  # of the word DATA itself: the mail did not leave
        return _turned_down(refusal.smtp_code, refusal.smtp_error)
    except (smtplib.SMTPException, OSError) as failure:
        return Receipt(kind=ReceiptKind.UNKNOWN, detail=f"no answer after DATA: {_said(failure)}")
    if 200 <= code < 300:
        return Receipt(kind=ReceiptKind.SENT, detail=_reply(code, answer))
    if 400 <= code < 600:
        return _turned_down(code, answer)
    return Receipt(kind=ReceiptKind.UNKNOWN, detail=f"no clear answer after DATA: {_reply(code, answer)}")


def _turned_down(code: int, answer: bytes | str) -> Receipt:
    for_good = 500 <= code < 600 and code not in _ABOUT_US
    kind = ReceiptKind.REFUSED if for_good else ReceiptKind.TRY_LATER
    return Receipt(kind=kind, detail=_reply(code, answer))


def _reply(code: int, answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return plain(f"{code} {text}")


def _said(failure: Exception) -> str:
    match failure:
        case ssl.SSLCertVerificationError():
            return f"its certificate is not trusted: {plain(failure.verify_message)}"
        case smtplib.SMTPResponseException():
            return _reply(failure.smtp_code, failure.smtp_error)
        case UnicodeError():  # its own words would show a piece of the password
            return "host, user name and password must be ASCII"
        case _:
            return plain(str(failure)) or type(failure).__name__


def _leave(smtp: smtplib.SMTP) -> None:
    """Says goodbye where that still works; what was said before counts, whatever comes of it."""
    with suppress(smtplib.SMTPException, OSError):
        smtp.quit()
    smtp.close()
