"""Sites of our own that take their time: each a real server on loopback, some quick, some slow."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PAGE = """<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>工作动态</title></head><body>
<div class="nav"><a href="/">首页</a> <a href="/about.html">概况</a></div>
<ul class="list">{items}</ul><div class="footer">主办：清源市试验局</div></body></html>"""
ITEM = (
    '<li><a href="/art/2026/1/{day}/art_{n}.html">清源市试验局召开第{n}次工作推进会议</a>'
    "<span>2026-01-{day:02}</span></li>"
)
# The newest entry is of 20 January: with a window of two weeks every column is long overdue in March.
LIST = PAGE.format(items="\n".join(ITEM.format(day=20 - n, n=40 - n) for n in range(12)))


@contextmanager
def slow_sites(delays: Sequence[float]) -> Iterator[list[str]]:
    """A site for each delay (seconds a page); their home addresses."""
    with ExitStack() as stack:
        yield [stack.enter_context(_site(delay)) for delay in delays]


@contextmanager
def _site(delay: float) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            time.sleep(delay)
            body = LIST.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Quiet."""

        def handle(self) -> None:
            with suppress(ConnectionError):  # the worker was killed
                super().handle()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


SITE = """\
site: 试验{n}站
home: {home}
unit: 清源市试验{n}局
group: department
officer: {{name: 负责人{n}, email: officer{n}@lanmu.example}}
timezone: Asia/Shanghai
allow_networks: [127.0.0.0/8]
spacing: 0
columns:
"""
COLUMN = "  - {{name: 动态{n}, url: {home}list{n}/, category: news}}\n"


def write_book(folder: Path, homes: Sequence[str], columns: int, settings: str = "") -> None:
    """An admins' folder with these sites, each of so many columns and with an officer of its own."""
    (folder / "sites").mkdir(parents=True)
    (folder / "lanmu.yaml").write_text(f"timezone: Asia/Shanghai\n{settings}", encoding="utf-8")
    for n, home in enumerate(homes):
        rows = "".join(COLUMN.format(n=k, home=home) for k in range(columns))
        (folder / "sites" / f"{n}.yaml").write_text(SITE.format(n=n, home=home) + rows, encoding="utf-8")
