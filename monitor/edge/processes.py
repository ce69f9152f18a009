"""What a tree of processes holds, and its end: read from /proc, where there is one."""

import os
import signal
from contextlib import suppress
from pathlib import Path

_PROC = Path("/proc")
Started = tuple[int, str]  # a process id, and when it started: an id alone may be another's by now


def children(parent: int) -> set[int]:
    return {pid for pid, (above, _) in _processes().items() if above == parent}


class Tree:
    """The processes below a root, and the root. It remembers all that it has seen: some leave their parent."""

    def __init__(self, root: int) -> None:
        self._root = root
        self._seen: set[Started] = set()

    def look(self) -> set[int]:
        """Those that live now."""
        now = _processes()
        found, edge = {self._root} & now.keys(), {self._root}
        while edge:
            edge = {pid for pid, (above, _) in now.items() if above in edge} - found
            found |= edge
        self._seen |= {(pid, now[pid][1]) for pid in found}
        return {pid for pid, started in self._seen if pid in now and now[pid][1] == started}

    def memory(self) -> int:
        """Bytes that they hold, what they share counted once."""
        return sum(map(_held, self.look()))

    def kill(self) -> None:
        """End all of them, again until none is born meanwhile."""
        for _ in range(5):
            living = self.look()
            for pid in living:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            if not living:
                return


def _processes() -> dict[int, tuple[int, str]]:
    """By id: the parent, and the moment of the start. The dead that wait for their parent are not among them."""
    found = {}
    for entry in _PROC.iterdir() if _PROC.is_dir() else ():
        if not entry.name.isdecimal():
            continue
        with suppress(OSError, IndexError):  # it may end while we look
            fields = (entry / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
            if fields[0] not in "ZX":
                found[int(entry.name)] = (int(fields[1]), fields[19])
    return found


def _held(pid: int) -> int:
    try:
        lines = (_PROC / str(pid) / "smaps_rollup").read_text("utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
