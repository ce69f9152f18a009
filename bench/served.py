"""The pages that bench.fetch asks for: a column's list of 23 KB, from granian, in a process of its own."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bench.corpus import ROOT

LATENCY = float(os.environ.get("BENCH_LATENCY", "0"))  # seconds before each answer
_ROW = '<li><a href="/art/{n:05}.html">市财政局发布工作动态第{n}期</a><span>2026-03-01</span></li>\n'
PAGE = "".join(_ROW.format(n=n) for n in range(240)).encode()
_HEAD = [("content-type", "text/html; charset=utf-8"), ("etag", '"7"')]


class Served:
    """An RSGI application: the same page at each address, and no robots.txt."""

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        if LATENCY:
            await asyncio.sleep(LATENCY)
        if scope.path == "/robots.txt":
            protocol.response_empty(404, [])
        else:
            protocol.response_bytes(200, _HEAD, PAGE)


app = Served()


@contextmanager
def serving(*, latency: float = 0.0) -> Iterator[int]:
    """The port, on every address of loopback."""
    port = _free_port()
    command = [sys.executable, "-m", "granian", "--interface", "rsgi", "bench.served:app", "--no-ws", "--no-log"]
    environ = {**os.environ, "BENCH_LATENCY": str(latency), "PYTHONPATH": str(ROOT)}
    server = subprocess.Popen(
        [*command, "--host", "0.0.0.0", "--port", str(port), "--backlog", "4096"],
        env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT,
    )  # fmt: skip
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _wait_for(port: int) -> None:
    until = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert time.monotonic() < until, "granian did not start"
            time.sleep(0.05)
        else:
            return
