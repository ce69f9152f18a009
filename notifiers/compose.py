"""Writes a message as the bytes of a mail (RFC 5322, MIME). The headers are encoded here, one by one.

Python up to 3.12.1 drops spaces between Chinese and ASCII when it folds a header, so its folding is not used for
ours: whatever is not plain ASCII stands wholly inside base64 encoded-words, spaces and all.
"""

import re
from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256

from notifiers.base import Mailbox, Message
from texts.plain import plain

_WORD_BYTES = 39  # 52 characters of base64, 64 with the frame: the line holds `Reply-To: ` too, and 76 is its limit
_SHORT = 60
_PHRASE = re.compile(r"[A-Za-z0-9 ]+")
_SENTENCE = re.compile(r"[ -~]+")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}")
_ASCII_BODIES = SMTP.clone(cte_type="7bit")  # a server need not know 8BITMIME
_MESSAGE_ID = re.compile(r"<[^<>@\s]+@[^<>@\s]+>", re.ASCII)


def compose(message: Message, *, date: datetime) -> bytes:
    """The mail, with CRLF line ends. The same message and date give the same bytes.

    Raises ValueError for an address or a Message-ID that no header can hold: they are ours, from a checked register.
    """
    headers = "".join(f"{name}: {value}\r\n" for name, value in _headers(message, date))
    return headers.encode("ascii") + _body(message)


def on_the_wire(address: str) -> str | None:
    """A bare address as a header and SMTP take it, its domain in ASCII; None where they can take none of it."""
    local, _, domain = address.rpartition("@")
    try:
        wire = f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        return None
    return wire if _ADDRESS.fullmatch(wire) else None


def encoded(text: str, *, phrase: bool = False) -> str:
    """The text for a header: as it is when it is short and simple, else as encoded-words, one on a line.

    A `phrase` is a display name, where punctuation has a meaning. One of more than 39 bytes takes several words; mail
    programs join them again, while Python's own parser shows a space between them.
    """
    tidy = plain(text)
    simple = _PHRASE if phrase else _SENTENCE
    if simple.fullmatch(tidy) and "=?" not in tidy and len(tidy) <= _SHORT:
        return tidy
    return "\r\n ".join(f"=?utf-8?b?{b64encode(chunk).decode('ascii')}?=" for chunk in _chunks(tidy))


def _chunks(text: str) -> Iterator[bytes]:
    """The UTF-8 of the text, cut between characters into pieces that fit an encoded-word."""
    chunk = b""
    for sign in text:
        if len(chunk) + len(sign.encode()) > _WORD_BYTES:
            yield chunk
            chunk = b""
        chunk += sign.encode()
    if chunk:
        yield chunk


def _headers(message: Message, date: datetime) -> Iterator[tuple[str, str]]:
    yield "From", _mailbox(message.sender)
    yield "To", _mailbox(message.to)
    if message.reply_to:
        yield "Reply-To", _mailbox(message.reply_to)
    yield "Subject", encoded(message.subject)
    yield "Date", format_datetime(date)
    yield "Message-ID", _identifier(message.message_id)
    if message.references:
        identifiers = [_identifier(reference) for reference in message.references]
        yield "In-Reply-To", identifiers[-1]
        yield "References", "\r\n ".join(identifiers)
    yield "Auto-Submitted", "auto-generated"
    yield "Content-Language", message.language


def _mailbox(mailbox: Mailbox) -> str:
    address = on_the_wire(mailbox.address)
    if address is None:
        raise ValueError(f"not an address that a mail header can hold: {mailbox.address!r}")
    name = encoded(mailbox.name, phrase=True)
    return f"{name}\r\n <{address}>" if name else address


def _identifier(identifier: str) -> str:
    if not (_MESSAGE_ID.fullmatch(identifier) and identifier.isascii()):
        raise ValueError(f"not a Message-ID: {identifier!r}")
    return identifier


def _body(message: Message) -> bytes:
    """Text first and HTML second: a reader shows the last that it can."""
    body = EmailMessage(policy=_ASCII_BODIES)
    body.set_content(message.text)
    body.add_alternative(message.html, subtype="html")
    body.set_boundary(f"=_{sha256(message.key.encode()).hexdigest()[:40]}")
    return body.as_bytes()
