"""Sites of our own, each a real server on loopback: quick, slow, or held up until a test says go."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PAGE = """<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>工作动态</title></head><body>
<div class="nav"><a href="/">首页</a> <a href="/about.html">概况</a></div>
<ul class="list">{items}</ul><div class="footer">主办：清源市试验局</div></body></html>"""
ITEM = (
    '<li><a href="/art/{day.year}/{day.month}/{day.day}/art_{n}.html">清源市试验局召开第{n}次工作推进会议</a>'
    "<span>{day}</span></li>"
)
MENU = "".join(f'<a href="/menu/{n}/">栏目{n}</a>' for n in range(12))  # on the home page alone
EPOCH = date(2025, 1, 1)  # the sites' first entry

Wait = float | threading.Event  # seconds, or whatever a test waits for itself


@dataclass(slots=True, kw_only=True)
class Shown:
    """What all sites show, an entry a day; it may be set at any time.

    The newest entry is of 20 January: with a window of two weeks every column is long overdue in March.
    """

    newest: date = date(2026, 1, 20)

    def page(self) -> str:
        days = [self.newest - timedelta(days=n) for n in range(12)]
        return PAGE.format(items="\n".join(ITEM.format(day=day, n=(day - EPOCH).days) for day in days))


@contextmanager
def slow_sites(waits: Sequence[Wait], shown: Shown | None = None) -> Iterator[list[str]]:
    """A site for each wait, which comes before each of its pages; their home addresses."""
    with ExitStack() as stack:
        yield [stack.enter_context(_site(wait, shown or Shown())) for wait in waits]


def _pause(wait: Wait) -> None:
    if isinstance(wait, threading.Event):
        wait.wait()
    else:
        time.sleep(wait)


@contextmanager
def _site(wait: Wait, shown: Shown) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            _pause(wait)
            page = shown.page()
            # The home page leads to more than its columns do: one that shows the home page has moved.
            body = (page.replace("</body>", f"{MENU}</body>") if self.path == "/" else page).encode()
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
