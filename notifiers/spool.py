"""Delivers a message to a folder, as an .eml file that any mail program opens: the dry run."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from notifiers.base import Message, Receipt, ReceiptKind
from notifiers.compose import compose, on_the_wire
from texts.plain import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class SpoolNotifier:
    """A folder, made when it is missing. `now` is the clock for the Date header."""

    folder: Path
    now: Callable[[], datetime]

    def deliver(self, message: Message, *, before_data: Callable[[], None]) -> Receipt:
        """The same key goes to the same file: delivered twice, it is there once.

        So there is no point of no return, and `before_data` is not called: after a crash it is simply written again.
        """
        if on_the_wire(message.to.address) is None:
            return Receipt(kind=ReceiptKind.REFUSED, detail=f"not a mail address: {plain(message.to.address)}")
        mail = compose(message, date=self.now())
        name = file_name(message)
        try:
            self._write(name, mail)
        except OSError as failure:
            return Receipt(kind=ReceiptKind.TRY_LATER, detail=f"{self.folder}: {failure.strerror or failure}")
        return Receipt(kind=ReceiptKind.SENT, detail=name)

    def _write(self, name: str, mail: bytes) -> None:
        """Whole or not at all: a reader of the folder never sees half a mail."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=self.folder, prefix=".", suffix=".part", delete=False) as part:
            try:
                part.write(mail)
                part.flush()
                os.fsync(part.fileno())
                Path(part.name).replace(self.folder / name)
            finally:
                Path(part.name).unlink(missing_ok=True)


def file_name(message: Message) -> str:
    """Such as `2026-03-19-wang.li@lanmu.example-0f3c9a1b.eml`: the slot, the recipient, and the key's hash."""
    recipient = re.sub(r"[^A-Za-z0-9@._+-]", "_", message.to.address).lstrip(".-")[:80]
    slot = f"{message.slot}-" if message.slot else ""
    return f"{slot}{recipient}-{sha256(message.key.encode()).hexdigest()[:8]}.eml"
