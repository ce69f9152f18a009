"""The seam of every channel: a message goes in, a receipt comes out, and the world's failures are values."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """A name for people and a bare address for machines."""

    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A rendered message. `key` is the outbox's dedupe key; the same key always gives the same Message-ID."""

    key: str
    message_id: str  # with angle brackets
    to: Mailbox
    sender: Mailbox
    subject: str
    text: str
    html: str
    language: str
    reply_to: Mailbox | None = None
    references: tuple[str, ...] = ()
    slot: date | None = None  # the working day it is for; names the file in a spool


class ReceiptKind(StrEnum):
    SENT = "sent"
    TRY_LATER = "try_later"  # nothing was handed over; the same message may be tried again
    REFUSED = "refused"  # for good, for this recipient
    UNKNOWN = "unknown"  # it may have been handed over: a person or a bounce must say


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    kind: ReceiptKind
    detail: str = ""


class Notifier(Protocol):
    """A channel.

    `before_data` is called once, just before the point of no return, and commits the marker that makes a crash after it
    visible (docs/decisions/0005); a channel where a second delivery changes nothing does not call it. Delivery raises
    nothing for what the world does.
    """

    def deliver(self, message: Message, *, before_data: Callable[[], None]) -> Receipt: ...
