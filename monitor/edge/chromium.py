"""Starts the system's Chromium, without any network of its own, and sees that nothing of it stays behind.

It answers to a pipe, lives in a folder of its own, and is told of a proxy where nobody listens and of no name: whatever
escapes the routing of a page's requests (sockets, workers, pings, prefetching) finds no way out.
"""

import asyncio
import fcntl
import os
import shutil
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from typing import Any, TextIO

from monitor.edge.processes import Tree, children
from monitor.edge.turns import NotYet

PATIENCE = 60.0  # seconds that a free browser is waited for
_PREFIX = "lanmu-browser-"
_GRACE = 5.0  # seconds for an orderly end
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-domain-reliability",
    "--disable-breakpad",
    "--disable-crash-reporter",
    "--no-pings",
    "--dns-prefetch-disable",
    "--disable-features=WebRtcHideLocalIpsWithMdns,WebTransport",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-bypass-list=<-loopback>",
    "--js-flags=--max-old-space-size=512",
)


class NoBrowser(Exception):
    """None can be started; the text says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowserLimits:
    """`folder` is shared by all who share `at_once`. `memory` is in bytes, `seconds` are for one page."""

    folder: Path
    path: str = ""
    at_once: int = 1
    memory: int = 1024 * 1024 * 1024
    seconds: float = 60.0
    settling: float = 20.0  # at most, from the page's first byte until it is taken for built: some pages ask for ever
    sandbox: bool = True


@asynccontextmanager
async def place(limits: BrowserLimits, patience: float = PATIENCE) -> AsyncIterator[Path]:
    """One of the places for browsers on this machine: an empty folder. A dead worker's place is free. Raises NotYet."""
    limits.folder.mkdir(parents=True, exist_ok=True)
    loop = asyncio.get_running_loop()
    until = loop.time() + patience
    while (lock := _take(limits)) is None:
        if loop.time() >= until:
            raise NotYet(patience, "all browsers are busy")
        await asyncio.sleep(0.2)
    with lock:
        _clear(lock)
        folder = Path(mkdtemp(prefix=_PREFIX))  # its path must be short: Chromium makes a socket in it
        lock.write(str(folder))
        lock.flush()
        try:
            yield folder
        finally:
            _clear(lock)


def _take(limits: BrowserLimits) -> TextIO | None:
    """The lock of a free place. Whoever held it last wrote the folder into it."""
    for number in range(limits.at_once):
        lock = (limits.folder / f"{number}.lock").open("a+", encoding="utf-8")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
        else:
            return lock
    return None


def _clear(lock: TextIO) -> None:
    """Remove the folder that the lock names: ours, or that of a worker which was killed."""
    lock.seek(0)
    left = Path(lock.read().strip() or "/nothing")
    lock.truncate(0)
    if left.parent == Path(gettempdir()) and left.name.startswith(_PREFIX):
        shutil.rmtree(left, ignore_errors=True)


def executable(path: str = "") -> str:
    """Where Chromium stands. Raises NoBrowser."""
    found = shutil.which(path) if path else next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        where = f"at {path}" if path else "on PATH"
        raise NoBrowser(f"there is no Chromium {where}: install it, or set browser.path in lanmu.yaml")
    return found


@asynccontextmanager
async def chromium(limits: BrowserLimits, folder: Path, starting: asyncio.Lock) -> AsyncIterator[tuple[Any, Tree]]:
    """A browser of Playwright's and its processes. Raises NoBrowser. Nothing of it lives when the block is left.

    Only one is `starting` in this process, so that it is known which of our children it is.
    """
    path = executable(limits.path)
    try:
        from playwright.async_api import Error, async_playwright  # an extra that few need
    except ImportError as error:
        raise NoBrowser("the extra `browser` is not installed: pip install lanmu[browser]") from error
    with _nowhere() as dead:
        async with starting:
            before = children(os.getpid())
            started = await async_playwright().start()
            new = children(os.getpid()) - before
        tree = Tree(min(new, default=-1))
        try:
            try:
                browser = await started.chromium.launch(
                    executable_path=path,
                    headless=True,
                    chromium_sandbox=limits.sandbox and os.geteuid() != 0,
                    handle_sigint=False,
                    handle_sigterm=False,
                    handle_sighup=False,
                    args=[*_FLAGS, f"--proxy-server=http://127.0.0.1:{dead}"],
                    env=_environment(folder),
                    timeout=30_000,
                )
            except Error as error:
                raise NoBrowser(f"Chromium does not start: {' '.join(str(error).split())[:300]}") from error
            yield browser, tree
        finally:
            tree.look()
            with suppress(Exception):  # it may be dead, or hang: what is left is killed
                async with asyncio.timeout(_GRACE):
                    await started.stop()
            await asyncio.to_thread(tree.kill)


@contextmanager
def _nowhere() -> Iterator[int]:
    """A port of loopback that nobody else can take, and where nobody listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port: int = held.getsockname()[1]
        yield port


def _environment(folder: Path) -> dict[str, str | float | bool]:
    """Nothing of ours: no secrets, no proxies, no home."""
    own = {name: str(folder) for name in ("HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")}
    return {**own, "PATH": os.environ.get("PATH", os.defpath), "LANG": "zh_CN.UTF-8"}
