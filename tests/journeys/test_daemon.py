"""The daemon: it looks by itself, is alone on its state folder, shows itself in `status`, and ends when told to."""

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.lanmu import child, environment, is_alive, kill, lanmu, started, until
from tests.journeys.slow_sites import slow_sites, write_book


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Path]:
    with slow_sites((0.0, 0.0)) as homes:
        write_book(tmp_path / "watch", homes, 3)
        yield tmp_path / "watch"


def status(watch: Path) -> dict[str, object]:
    shown = lanmu("status", "--json", "--config", str(watch))
    return dict(json.loads(shown.stdout)) if shown.returncode == 0 else {}


def test_the_daemon_works_is_alone_and_ends_when_told_to(watch: Path) -> None:
    daemon = started("run", "--config", str(watch), env=environment())
    try:
        until(lambda: status(watch).get("standings") == {"STALE": 6}, "six columns judged")
        seen = status(watch)
        assert seen["sites"] == 2
        assert seen["queues"] == {"tick": 0, "look": 0, "remind": 0}
        assert [worker["alive"] for worker in seen["workers"]] == [True]  # type: ignore[attr-defined]

        second = lanmu("run", "--config", str(watch))
        assert second.returncode == 2
        assert f"process {daemon.pid}" in second.stderr
        assert len(second.stderr.splitlines()) == 1

        log = watch / "var" / "lanmu.log"
        processes = [child(log, name) for name in ("queue", "worker", "beat")]
        kill(processes[2])
        processes.append(child(log, "beat", 1))
    finally:
        daemon.send_signal(signal.SIGTERM)
        output, _ = daemon.communicate(timeout=10)
    assert daemon.returncode == 0, output
    assert "Traceback" not in output
    assert not any(is_alive(process) for process in processes)
    assert status(watch)["queues"] is None


def test_a_daemon_that_is_killed_leaves_no_process_and_its_queue_to_the_next_start(watch: Path) -> None:
    first = started("run", "--config", str(watch), env=environment())
    log = watch / "var" / "lanmu.log"
    processes = [child(log, name) for name in ("queue", "worker", "beat")]
    until(lambda: status(watch).get("standings") == {"STALE": 6}, "six columns judged")
    kill(first.pid)
    first.communicate()
    until(lambda: not any(is_alive(process) for process in processes), "the end of the killed daemon's processes")

    again = lanmu("once", "--config", str(watch), "--json")
    assert again.returncode == 0, again.stderr
    assert json.loads(again.stdout)["looks_claimed"] == 0
