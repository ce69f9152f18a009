"""The pages that bench.fetch asks for, each of 23 KB, from granian, in a process of its own."""

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
_BOX = '<div class="box"><h3>专题专栏{n}</h3><p>依法行政，服务群众。县政府办公室主办，县大数据中心承办。</p></div>\n'
_CHROME = "".join(_BOX.format(n=n) for n in range(90))
_LIST = "".join(
    f'<li><a href="/art/{n:05}.html">市财政局发布工作动态第{n}期</a><span>2026-03-{9 - n // 3:02}</span></li>\n'
    for n in range(20)
)
COLUMN = f"<html><head><title>工作动态</title></head><body>{_CHROME}<ul>{_LIST}</ul></body></html>".encode()
HOME = "<title>首页</title>" + "".join(f'<a href="/{n}/">第{n}个栏目的全部信息</a>' for n in range(9))
_HTML, _TAG = ("content-type", "text/html; charset=utf-8"), '"7"'
_HEAD = [_HTML, ("etag", _TAG)]


class Served:
    """An RSGI application: the same list of 240 rows at each address, and no robots.txt.

    Under /tagged/ and /untagged/ stand columns, whose lists have 20 rows among much else; a tag is known again.
    """

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        if LATENCY:
            await asyncio.sleep(LATENCY)
        if scope.path == "/robots.txt":
            protocol.response_empty(404, [])
        elif scope.path == "/":
            protocol.response_str(200, [_HTML], HOME)
        elif scope.path.startswith("/untagged/"):
            protocol.response_bytes(200, [_HTML], COLUMN)
        elif scope.path.startswith("/tagged/"):
            if scope.headers.get("if-none-match") == _TAG:
                protocol.response_empty(304, [("etag", _TAG)])
            else:
                protocol.response_bytes(200, _HEAD, COLUMN)
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
