"""The parent of a run's processes: starts them, joins their output in one log, restarts what dies, ends them all."""

import contextlib
import ctypes
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import IO

from monitor.edge.database import DatabaseDown
from monitor.model.mendable import Mendable, phrase

log = logging.getLogger("lanmu.parent")

RESTARTS = 10  # of one child within the window below: more, and the run gives up
WINDOW = 120.0  # seconds
PR_SET_PDEATHSIG = 1  # of prctl(2)
PARENT = "LANMU_PARENT"  # tells a child whose child it is
LOOK_SECONDS = 1.0  # between two looks of a child whether its parent lives
GRACE_SECONDS = 5.0  # of a child whose parent has gone


class GaveUp(Mendable):
    """A child died again and again; the text says which, and how it ended."""


@dataclass(slots=True, kw_only=True)
class Child:
    """A process of the run, in a process group of its own so that its children end with it."""

    name: str
    command: list[str]
    on_death: Callable[[], None] = lambda: None
    process: subprocess.Popen[str] | None = None
    deaths: list[float] = field(default_factory=list)


class Parent:
    """Keeps its children alive until it is told to stop. Use `watch()` now and then, and `stop()` at the end."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = dict(environ)
        self.children: list[Child] = []

    def start(self, child: Child) -> None:
        self.children.append(child)
        self._spawn(child)

    def watch(self) -> None:
        """Restart what has died. Raises GaveUp when that does not help."""
        for child in self.children:
            if child.process is not None and (code := child.process.poll()) is not None:
                self._bury(child, code)
                self._spawn(child)

    def processes(self, name: str) -> list[int]:
        """The process ids of the children of that name."""
        return [child.process.pid for child in self.children if child.name == name and child.process]

    def stop(self, seconds: float) -> None:
        """End all children, the last started first; what has not ended in time is killed."""
        until = time.monotonic() + seconds
        for child in reversed(self.children):
            _end(child, max(0.5, until - time.monotonic()))
        self.children.clear()

    def _spawn(self, child: Child) -> None:
        child.process = subprocess.Popen(  # noqa: S603 -- our own commands
            child.command,
            env={**self.environ, PARENT: str(os.getpid())},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )
        assert child.process.stdout is not None
        threading.Thread(target=_pump, args=(child.name, child.process.stdout), daemon=True).start()
        log.info("%s started (process %d)", child.name, child.process.pid)

    def _bury(self, child: Child, code: int) -> None:
        assert child.process is not None
        _signal_group(child.process.pid, signal.SIGKILL)  # its own children, were it killed outright
        log.warning("%s died (%s)", child.name, _ended(code))
        now = time.monotonic()
        child.deaths = [moment for moment in child.deaths if now - moment < WINDOW] + [now]
        if len(child.deaths) > RESTARTS:
            words = phrase(
                "{name} died {n} times in two minutes ({how}); see the log",
                name=child.name,
                n=len(child.deaths),
                how=_ended(code),
            )
            raise GaveUp(words)
        try:
            child.on_death()
        except DatabaseDown as error:  # it may come back; what was claimed is due again once its lease has run out
            log.warning("what %s held is not freed: %s", child.name, error)
        time.sleep(min(0.2 * 2 ** (len(child.deaths) - 1), 10))


def _end(child: Child, seconds: float) -> None:
    process = child.process
    if process is None:
        return
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            log.warning("%s did not end in time and is killed", child.name)
    _signal_group(process.pid, signal.SIGKILL)
    process.wait()


def _signal_group(group: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):  # all of it has ended
        os.killpg(group, number)


def _end_with_parent() -> None:
    """In the child: ask Linux to end it when the parent is gone, even by a kill. Elsewhere the next start finds it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def end_with_parent(environ: Mapping[str, str]) -> None:
    """In a child: end it for certain when its parent is gone. Where no parent started it, nothing is done.

    Celery, told to end by the signal above, may wait for ever on a queue that has gone too.
    """
    if parent := environ.get(PARENT):
        threading.Thread(target=_outlive, args=(int(parent),), daemon=True).start()


def _outlive(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_SECONDS)
    signal.alarm(int(GRACE_SECONDS) + 2)  # the kernel's, should no thread run any more when the time has come
    time.sleep(GRACE_SECONDS)
    os.killpg(os.getpgid(0), signal.SIGKILL)


def _ended(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


def _pump(name: str, output: IO[str]) -> None:
    lines = logging.getLogger(f"lanmu.{name}")
    with output:
        for line in output:
            lines.info("%s", line.rstrip())
