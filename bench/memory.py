"""How much memory: every page of the corpus read in one fresh process, which then says what it took at most."""

import json
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.bars import Bar, Side
from bench.corpus import ROOT, the_corpus

_STATUS = Path("/proc/self/status")


def peak_mb() -> float:
    """The most memory that this process has held, in MB (10⁶ bytes).

    Linux counts it since the program began; elsewhere, and in `ru_maxrss`, the parent's may be counted in.
    """
    if _STATUS.exists():
        for row in _STATUS.read_text().splitlines():
            if row.startswith("VmHWM:"):
                return int(row.split()[1]) * 1024 / 1e6
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def apart(module: str, *arguments: str, within: float = 600) -> dict[str, Any]:
    """What a module of the bench says, as JSON on its last line, from a process of its own; `died`, if it says nothing.

    `within` is in seconds.
    """
    command = [sys.executable, "-m", module, *arguments]
    try:
        ended = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False, timeout=within
        )
    except subprocess.TimeoutExpired:
        return {"died": f"no answer within {within:.0f} s"}
    if ended.returncode:
        return {"died": f"exit {ended.returncode}: {ended.stderr.strip()[-300:]}"}
    said: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return said


def memory_bar() -> Bar:
    said = apart("bench.memory")
    return Bar(
        name="Memory, peak over the corpus in one process",
        figure=said.get("peak", float("inf")),
        limit=120,
        side=Side.AT_MOST,
        unit="MB",
        note=said.get("died") or f"{said['start']:.0f} MB before the first page; most after {said['page']}",
    )


def main() -> None:
    corpus = the_corpus()
    assert corpus is not None, "asked for only where there is a corpus"
    start, page = peak_mb(), ""
    peak = start
    for truth in corpus.truth:
        corpus.sample(truth).read()  # one at a time: the corpus itself is not what is measured
        if peak_mb() > peak:
            peak, page = peak_mb(), truth["id"]
    print(json.dumps({"start": start, "peak": peak, "page": page}))


if __name__ == "__main__":
    main()
