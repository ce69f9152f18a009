"""A worker killed in the middle of a round: the round still ends, each look is recorded once, each digest sent once."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.lanmu import child, environment, is_alive, kill, lanmu, started, until
from tests.journeys.slow_sites import slow_sites, write_book

DELAYS = (0.0, 0.05, 0.6, 0.9)  # the quick sites are recorded while the slow ones are still being read
COLUMNS = 6


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Path]:
    with slow_sites(DELAYS) as homes:
        write_book(tmp_path / "watch", homes, COLUMNS)
        yield tmp_path / "watch"


def recorded(state: Path) -> list[int]:
    """The columns of all recorded looks."""
    if not (state / "lanmu.sqlite3").exists():
        return []
    with sqlite3.connect(f"file:{state / 'lanmu.sqlite3'}?mode=ro", uri=True) as database:
        try:
            return [row[0] for row in database.execute("SELECT column_id FROM observation")]
        except sqlite3.OperationalError:
            return []  # not migrated yet


def play_and_kill(watch: Path, now: str, before: int) -> None:
    """Play a round and kill its worker, with all its processes, once some looks are recorded and others are not."""
    state = watch / "var"
    log = state / "lanmu.log"
    known = log.read_text("utf-8").count("worker started") if log.exists() else 0
    round_ = started("once", "--config", str(watch), "--now", now, env=environment())
    worker = child(log, "worker", known)
    until(lambda: len(recorded(state)) > before, "a first look")
    assert len(recorded(state)) < before + len(DELAYS) * COLUMNS
    kill(worker)
    output, _ = round_.communicate()
    assert round_.returncode == 0, output
    assert "worker died (signal SIGKILL)" in log.read_text("utf-8")
    assert not is_alive(child(log, "worker", known + 1))


def test_a_round_whose_worker_is_killed_ends_with_each_look_and_each_digest_once(watch: Path) -> None:
    everything = len(DELAYS) * COLUMNS
    play_and_kill(watch, "2026-03-18T09:00", before=0)
    assert Counter(recorded(watch / "var")) == dict.fromkeys(range(1, everything + 1), 1)

    released = lanmu("baseline", "release", "--all", "--config", str(watch))
    assert f"{everything} findings released" in released.stdout

    play_and_kill(watch, "2026-03-19T09:00", before=everything)
    assert Counter(recorded(watch / "var")) == dict.fromkeys(range(1, everything + 1), 2)
    mails = [path.read_bytes() for path in (watch / "var" / "mail").glob("*.eml")]
    assert len(mails) == len(DELAYS)
    with sqlite3.connect(watch / "var" / "lanmu.sqlite3") as database:
        states = Counter(row[0] for row in database.execute("SELECT state FROM outbox"))
    assert states == {"sent": len(DELAYS)}
