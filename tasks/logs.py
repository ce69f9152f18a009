"""One log a state folder; the daemon also writes it to its standard error."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path

from tasks.state import writable

BYTES, FILES = 5_000_000, 3
FORMAT = logging.Formatter("%(asctime)s %(name)s: %(message)s")


@contextmanager
def logged(state: Path, *, aloud: bool) -> Iterator[Path]:
    """Log to `lanmu.log` in the state folder, and `aloud` to standard error too."""
    path = state / "lanmu.log"
    with writable(path):
        file = RotatingFileHandler(path, maxBytes=BYTES, backupCount=FILES, encoding="utf-8")
    handlers: list[logging.Handler] = [file]
    if aloud:
        handlers.append(logging.StreamHandler())
    root = logging.getLogger("lanmu")
    root.setLevel(logging.INFO)
    for handler in handlers:
        handler.setFormatter(FORMAT)
        root.addHandler(handler)
    try:
        yield path
    finally:
        for handler in handlers:
            root.removeHandler(handler)
            handler.close()
