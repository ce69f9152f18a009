"""The daemon: it looks by itself, is alone on its state folder, shows itself in `status`, and ends when told to."""

import json
import re
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis

from monitor.edge.database import DatabaseDown
from monitor.model.mendable import phrase
from tasks.embedded import BrokerDown, Embedded
from tasks.parent import Child, Parent
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


def test_a_worker_that_does_not_end_when_its_parent_is_killed_is_ended_by_itself() -> None:
    deaf = (
        "import os, signal, time; from tasks.parent import end_with_parent;"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN); end_with_parent(os.environ); print('deaf', flush=True);"
        "time.sleep(1000)"
    )
    begin = (
        "import sys, time; from tasks.parent import Child, Parent; parent = Parent({}); "
        "parent.start(Child(name='worker', command=[sys.executable, '-c', sys.argv[1]]));"
        "print(*parent.processes('worker'), flush=True); time.sleep(1000)"
    )
    parent = subprocess.Popen([sys.executable, "-c", begin, deaf], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    until(lambda: ignores_sigterm(worker), "a worker that hears nothing")
    kill(parent.pid)
    parent.communicate()
    until(lambda: not is_alive(worker), "its end")


def ignores_sigterm(process: int) -> bool:
    (mask,) = re.findall(r"SigIgn:\s*(\w+)", Path(f"/proc/{process}/status").read_text())
    return bool(int(mask, 16) & 1 << (signal.SIGTERM - 1))


def test_a_process_is_restarted_though_the_database_is_away_when_it_dies() -> None:
    def database_is_away() -> None:
        raise DatabaseDown(phrase("{reason}", reason="gone"))

    parent = Parent({})
    try:
        parent.start(Child(name="worker", command=["/bin/sleep", "1000"], on_death=database_is_away))
        (first,) = parent.processes("worker")
        kill(first)
        until(lambda: not is_alive(first), "its death")
        parent.watch()
        (second,) = parent.processes("worker")
        assert second != first
        assert is_alive(second)
    finally:
        parent.stop(5)


def test_a_queue_that_a_killed_run_left_behind_is_found_however_long_its_folder_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    folder = tmp_path / ("长" * 40) / "queue"
    left = Embedded(folder)
    left.prepare()
    with subprocess.Popen(left.command(), stdout=subprocess.DEVNULL) as server:
        until(left.socket.exists, "a queue")
        with Redis(unix_socket_path=str(left.socket)) as client:
            until(client.ping, "its answer")
        again = Embedded(folder)
        assert again.socket == left.socket
        again.prepare()
        server.wait(30)
    again.forget()
    assert not left.socket.parent.exists()


@pytest.mark.parametrize("found", ["open to all", "a link"])
def test_a_folder_for_the_socket_that_others_may_have_made_is_refused_and_left(
    found: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    queue = Embedded(tmp_path / ("长" * 40) / "queue")
    (tmp_path / "other").mkdir(mode=0o700)
    if found == "a link":
        queue.socket.parent.symlink_to(tmp_path / "other")
    else:
        queue.socket.parent.mkdir()
        queue.socket.parent.chmod(0o777)
    queue.socket.touch()
    with pytest.raises(BrokerDown, match="is not a folder of this user alone"):
        queue.prepare()
    queue.forget()
    assert queue.socket.exists()


def test_a_round_that_is_told_to_end_leaves_nothing_behind(tmp_path: Path) -> None:
    gate = threading.Event()
    with slow_sites((gate,)) as homes:
        write_book(tmp_path / "watch", homes, 1)
        state = tmp_path / "watch" / "var"
        round_ = started("once", "--config", str(tmp_path / "watch"), env=environment())
        processes = [child(state / "lanmu.log", name) for name in ("queue", "worker")]
        until((state / "broker.url").exists, "the queue's address")
        round_.send_signal(signal.SIGTERM)
        output, _ = round_.communicate(timeout=30)
        gate.set()
    assert round_.returncode == 143, output
    assert "Traceback" not in output
    assert not any(is_alive(process) for process in processes)
    assert not (state / "broker.url").exists()
