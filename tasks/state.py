"""The state folder: its lock, its privacy, and one line where something in it cannot be used."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from monitor.model.mendable import Mendable, phrase


class Busy(Mendable):
    """Another run works on this state folder."""


class NoState(Mendable):
    """The state folder cannot be used; the text says why."""


@contextmanager
def private() -> Iterator[None]:
    """What is made meanwhile is this user's alone: it says who answers for what."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


@contextmanager
def writable(path: Path) -> Iterator[None]:
    """Raises NoState where what is done in the block finds something else at `path`, or may not write it."""
    try:
        yield
    except OSError as error:
        words = phrase(
            "{path} cannot be written ({reason}); move it away, or say another state folder with LANMU_STATE",
            path=path,
            reason=error.strerror,
        )
        raise NoState(words) from error


@contextmanager
def locked(state: Path) -> Iterator[None]:
    """Hold the state folder: made if need be, refused when another run has it."""
    try:
        state.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = os.open(state / "lanmu.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        words = phrase(
            "the state folder {state} cannot be written ({reason}); mend its rights, or say another with LANMU_STATE",
            state=state,
            reason=error.strerror,
        )
        raise NoState(words) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        owner = os.read(lock, 32).decode() or "unknown"
        os.close(lock)
        words = phrase(
            "another lanmu (process {owner}) already works on the state folder {state}; "
            "stop it first, or say another with LANMU_STATE",
            owner=owner,
            state=state,
        )
        raise Busy(words) from error
    try:
        os.ftruncate(lock, 0)
        os.write(lock, str(os.getpid()).encode())
        yield
    finally:
        os.close(lock)
