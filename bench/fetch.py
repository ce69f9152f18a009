"""`make bench-fetch`: what fetching costs beside bare clients, and whether it is as quick as politeness allows.

CPU is of the client's process alone, user and system, after its imports. Peers run by turns with ours, so that all meet
the same machine. The pages come from granian, the turns from a Valkey, each a process of its own.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from bench.bars import Bar, Side, exit_code, line, write
from bench.corpus import ROOT
from bench.memory import apart
from bench.served import serving
from tasks.embedded import Embedded
from tasks.parent import Child, Parent

JSON = ROOT / "var" / "bench" / "fetch.json"
SPACING, LATENCY = 1.0, 0.3  # seconds


def bars(broker: str, *, rounds: int, pages: int) -> Iterator[Bar]:
    with serving() as port:
        yield from cost_bars(broker, port, rounds, pages)
        yield flat_bar(broker, port, rounds, pages)
        yield from pass_bars(broker, port, rounds)
    yield throughput_bar(broker)


def cost_bars(broker: str, port: int, rounds: int, pages: int) -> list[Bar]:
    """Pages of 100 hosts, all at once, beside the bare clients."""
    hosts = 100
    common = ["--port", str(port), "--hosts", str(hosts), "--pages", str(pages // hosts), "--at-once", str(hosts)]
    runs: dict[str, list[float]] = {"aiohttp": [], "ours": [], "pycurl": []}
    for _ in range(rounds):
        for who, costs in runs.items():
            costs.append(_visit(who, *common, "--broker", broker)["cpu"])
    mine, bare, curl = (median(runs[who]) for who in ("ours", "aiohttp", "pycurl"))
    note = f"{pages} pages, {rounds} rounds; ours {mine:.2f} ms, aiohttp {bare:.2f} ms, pycurl {curl:.2f} ms"
    return [
        Bar(name="CPU a page beside bare aiohttp", figure=mine / bare, limit=4, side=Side.AT_MOST, unit="×", note=note),
        Bar(name="CPU a page beside bare pycurl", figure=mine / curl, limit=None, side=Side.AT_MOST, unit="×"),
    ]


def flat_bar(broker: str, port: int, rounds: int, pages: int) -> Bar:
    """The same pages of the same 400 hosts, 10 and 400 of them at once."""
    hosts = 400
    few: list[float] = []
    many: list[float] = []
    for _ in range(rounds):
        for at_once, costs in ((10, few), (hosts, many)):
            counts = ["--hosts", str(hosts), "--pages", str(pages // hosts), "--at-once", str(at_once)]
            costs.append(_visit("ours", "--port", str(port), *counts, "--broker", broker)["cpu"])
    change = 100 * abs(median(many) / median(few) - 1)
    note = f"{median(few):.2f} ms at 10, {median(many):.2f} ms at 400"
    return Bar(name="CPU a page, change from 10 to 400 hosts at once", figure=change, limit=20, side=Side.AT_MOST,
               note=note)  # fmt: skip


def pass_bars(broker: str, port: int, rounds: int) -> list[Bar]:
    """The whole look of a column whose page is as it was: claim, fetch, decision, verdict and recording."""
    columns = 1_000
    bars = []
    for kind, limit in (("tagged", 0.5), ("untagged", None)):
        runs = [_passes(broker, port, columns, kind) for _ in range(rounds)]
        first, second, third = (median(run[n]["cpu"] for run in runs) for n in range(3))
        seen = ", ".join(f"{count} {way}" for way, count in runs[0][1]["ways"].items())
        note = f"{columns} columns; first {first:.2f} ms, third {third:.2f} ms; seen: {seen}"
        name = "CPU a column, second and unchanged pass" + (", no 304" if kind == "untagged" else "")
        bars.append(Bar(name=name, figure=second, limit=limit, side=Side.AT_MOST, unit="ms", note=note))
    return bars


def _passes(broker: str, port: int, columns: int, kind: str) -> list[dict[str, Any]]:
    counts = ["--port", str(port), "--columns", str(columns), "--kind", kind]
    said: list[dict[str, Any]] = apart("bench.passes", *counts, "--broker", broker)["passes"]
    return said


def throughput_bar(broker: str) -> Bar:
    """Ten pages of each of 200 slow hosts: a polite client needs nine spacings and one latency, and no less."""
    hosts, pages = 200, 10
    with serving(latency=LATENCY) as port:
        counts = ["--hosts", str(hosts), "--pages", str(pages), "--at-once", str(hosts)]
        ran = _visit("ours", "--port", str(port), *counts, "--broker", broker, "--spacing", str(SPACING))
    least = (pages - 1) * SPACING + LATENCY
    note = (
        f"{hosts} hosts at {LATENCY * 1000:.0f} ms, {SPACING:g} s apart: {ran['wall']:.2f} s, {least:.2f} s at best; "
    )
    note += f"CPU {ran['cpu']:.2f} ms a page; ready and kept waiting by other processes for {ran['kept']:.2f} s"
    return Bar(name="Throughput, of what politeness allows", figure=100 * least / ran["wall"], limit=90,
               side=Side.AT_LEAST, note=note)  # fmt: skip


def _visit(*arguments: str) -> dict[str, Any]:
    said = apart("bench.visit", *arguments)
    assert "died" not in said, said["died"]
    return said


@contextmanager
def a_valkey() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        there = Embedded(Path(folder))
        there.prepare()
        parent = Parent({})
        parent.start(Child(name="queue", command=there.command()))
        try:
            yield there.url
        finally:
            parent.stop(5)
            there.forget()


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.fetch", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="of each client, by turns")
    parser.add_argument("--pages", type=int, default=5_000, metavar="N", help="of each run; the bar asks for 5000")
    asked = parser.parse_args()
    measured = []
    with a_valkey() as broker:
        for bar in bars(broker, rounds=asked.rounds, pages=asked.pages):
            measured.append(bar)
            print(line(bar), flush=True)
    write(measured, JSON)
    return exit_code(measured)


if __name__ == "__main__":
    sys.exit(main())
