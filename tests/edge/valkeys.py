"""A real Valkey for a test, as a run starts one."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tasks.embedded import Embedded


@contextmanager
def valkey_in(folder: Path) -> Iterator[str]:
    """Its address, as a broker's."""
    there = Embedded(folder)
    there.prepare()
    process = subprocess.Popen(there.command(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 20
        while not there.socket.exists():
            assert time.monotonic() < until, "it did not start"
            time.sleep(0.01)
        yield there.url
    finally:
        process.kill()
        process.wait()
        there.forget()
