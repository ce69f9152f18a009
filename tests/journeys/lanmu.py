"""Starts the command as a user does, in a process of its own and with nothing of the tester's environment."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from pathlib import Path

PATIENCE = 120.0  # seconds; reached only when something is broken


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LANMU_")}
    return {**kept, "LANMU_LANG": "en", "PYTHONWARNINGS": "default", **more}


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-P", "-m", "cli.main", *arguments]


def lanmu(*arguments: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments),
        env=env or environment(),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def started(*arguments: str, env: Mapping[str, str], log: Path | None = None) -> "subprocess.Popen[str]":
    """A command that goes on. What it says can be read from it, or in `log`."""
    with log.open("w") if log else nullcontext(subprocess.PIPE) as output:
        return subprocess.Popen(command(*arguments), env=dict(env), stdout=output, stderr=subprocess.STDOUT, text=True)


def until(holds: Callable[[], bool], what: str) -> None:
    """Wait for something that must come."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, f"waited in vain for: {what}"
        time.sleep(0.02)


def child(log: Path, name: str, nth: int = 0) -> int:
    """The process id of a run's child, the nth of that name, as its log says."""
    pattern = re.compile(rf"{name} started \(process (\d+)\)")
    until(lambda: log.exists() and len(pattern.findall(log.read_text("utf-8"))) > nth, f"{name} in {log}")
    return int(pattern.findall(log.read_text("utf-8"))[nth])


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


def kill(process: int) -> None:
    os.kill(process, signal.SIGKILL)
