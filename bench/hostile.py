"""Hostile input: damaged pages by the thousand, and monsters; none may raise, and none may take a second."""

import argparse
import json
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from time import perf_counter
from types import FrameType
from typing import Any

from bench.bars import Bar, Side
from bench.corpus import ROOT, page_of, the_corpus
from bench.memory import apart, peak_mb
from bench.monsters import MONSTERS, damaged
from monitor.extract import extract, read_home
from monitor.model.reading import Page

PAGES = ROOT / "tests" / "pages"
TODAY = date(2026, 3, 18)
SLOWEST = 1.0  # seconds
_HOPELESS = 20  # seconds after which a page is given up, so that the bench ends


class Hopeless(Exception):
    """A page took so long that it was given up."""


def hostile_bars(count: int) -> list[Bar]:
    """Damaged pages and monsters, read in a process of their own, so that a crash is seen and memory is theirs."""
    said = apart("bench.hostile", "--pages", str(count), within=900 + 0.5 * count)
    what = said.get("died") or f"{said['pages']} damaged pages, {said['monsters']} monsters"
    dead = float("inf") if "died" in said else None
    return [
        Bar(name="Hostile input: exceptions and pages given up", figure=dead or len(said["raised"]), limit=0,
            side=Side.AT_MOST, unit="", note=what, pages=tuple(said.get("raised", ()))),
        Bar(name="Hostile input: slowest page", figure=dead or said["slowest"], limit=SLOWEST, side=Side.AT_MOST,
            unit="s", note=said.get("slowest_page", ""), pages=tuple(said.get("slow", ()))),
        Bar(name="Hostile input: memory, peak", figure=dead or said["peak"], limit=300, side=Side.AT_MOST,
            unit="MB", note=f"bound of our own; {said.get('held', 0):.0f} MB are the pages waiting"),
    ]  # fmt: skip


class Toll:
    """What reading many pages has brought: what raised, what was slow."""

    def __init__(self) -> None:
        self.raised: list[str] = []
        self.slow: list[str] = []
        self.slowest, self.slowest_page = 0.0, ""

    def read(self, name: str, body: bytes) -> None:
        """A slow page is read again: a busy machine is not its fault."""
        try:
            seconds = _seconds(body)
            if seconds > SLOWEST:
                seconds = min(seconds, _seconds(body))
        except Exception as error:  # noqa: BLE001 - any of them is a finding
            self.raised.append(f"{name}: {type(error).__name__}: {error}"[:200])
            return
        if seconds > SLOWEST:
            self.slow.append(f"{name} {seconds:.1f} s")
        if seconds > self.slowest:
            self.slowest, self.slowest_page = seconds, name

    def figures(self) -> dict[str, Any]:
        return {"raised": self.raised, "slow": self.slow, "slowest": self.slowest, "slowest_page": self.slowest_page}


def _seconds(body: bytes) -> float:
    """How long the slower of both readings takes: as a column's page, and as a home page."""
    page = page_of("http://a.example/", body)
    with _given_up_after(_HOPELESS):
        return max(_paced(extract, page), _paced(read_home, page))


def _paced(reader: Callable[..., object], page: Page) -> float:
    start = perf_counter()
    reader(page, today=TODAY)
    return perf_counter() - start


@contextmanager
def _given_up_after(seconds: int) -> Iterator[None]:
    def give_up(number: int, frame: FrameType | None) -> None:
        raise Hopeless(f"no answer within {seconds} s")

    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)


def _stock() -> list[tuple[str, bytes]]:
    corpus = the_corpus()
    real = [(s.name, s.page.body) for s in corpus.samples] if corpus else []
    golden = sorted(path for path in PAGES.rglob("*.*") if path.suffix != ".yaml")
    return [(path.name, path.read_bytes()) for path in golden] + real


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=2_000)
    count = parser.parse_args().pages
    toll, stock = Toll(), _stock()
    for number, body in enumerate(damaged([body for _, body in stock], count)):
        toll.read(f"damaged {number} of {stock[number % len(stock)][0]}", body)
    for name, monster in MONSTERS.items():
        toll.read(name, monster())
    held = sum(len(body) for _, body in stock) / 1e6
    print(json.dumps(toll.figures() | {"pages": count, "monsters": len(MONSTERS), "peak": peak_mb(), "held": held}))


if __name__ == "__main__":
    main()
