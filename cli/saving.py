"""Writes what came from the web into a file, byte for byte: for its owner alone, and over nothing without a word."""

import os
import tempfile
from pathlib import Path

from monitor.model.mendable import Mendable, phrase


def save(path: Path, body: bytes, *, force: bool) -> None:
    """Raises Mendable where something is there already, or the file cannot be written.

    With `force` the new file takes the place of what is there: a link is replaced, and never written through.
    """
    try:
        if force:
            _replace(path, body)
        else:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(body)
    except FileExistsError:
        raise Mendable(phrase("{path} is there already; choose another file, or add --force", path=path)) from None
    except OSError as error:
        raise Mendable(phrase("{path} cannot be written: {reason}", path=path, reason=error.strerror)) from error


def _replace(path: Path, body: bytes) -> None:
    number, name = tempfile.mkstemp(prefix=".lanmu-", dir=path.parent)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(body)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
