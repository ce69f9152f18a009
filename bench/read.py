"""`make bench-read`: every bar of reading a listing, a line each; exit code 1 when one is missed."""

import argparse
import sys
from collections.abc import Iterable, Iterator
from datetime import date

from bench.bars import Bar, Side, Standing, exit_code, line, write
from bench.charsets import Subject, charset_bar
from bench.corpus import ROOT, Corpus, Sample, page_of, the_corpus
from bench.forms import FORM, form_bars
from bench.hostile import hostile_bars
from bench.memory import memory_bar
from bench.pace import again_bars, charset_pace_bar, date_bar, feed_bar, page_bars
from bench.peers import peer_bars
from bench.right import deleted_bar, disguise_bars, right_bars
from monitor.extract import decode

JSON = ROOT / "var" / "bench" / "read.json"
GOLDEN = ROOT / "tests" / "pages"
OWN = (ROOT / "bench" / "pages" / "traditional.html", GOLDEN / "column_ul.html", GOLDEN / "jpage.xml")
TODAY = date(2026, 3, 18)
_OF_CORPUS = "rightness, disguises, the deleted list, times of pages and feeds, memory, peers"


def bars(corpus: Corpus | None, *, hostile: int, peers: bool) -> Iterator[Bar]:
    """All bars that can be measured here, as they are measured."""
    own = [_own(number) for number in range(len(OWN))]
    if corpus:
        yield from right_bars(corpus)
        yield from disguise_bars(corpus)
        yield deleted_bar(corpus)
    yield charset_bar(_subjects([*own, *(corpus.samples if corpus else ())]))
    if corpus:
        yield from page_bars(s for s in corpus.samples if s.is_html)
        yield from again_bars(s for s in corpus.samples if s.is_html)
        yield feed_bar(s for s in corpus.samples if s.truth["kind"] == "rss")
        yield from form_bars()
    yield date_bar()
    yield charset_pace_bar(decode(own[1].page))
    if corpus:
        yield memory_bar()
    yield from hostile_bars(hostile)
    if corpus and peers:
        yield from peer_bars(corpus)
    if not corpus:
        yield Bar(name=f"Without a corpus: {_OF_CORPUS}", figure=None, limit=None, side=Side.AT_LEAST,
                  missing=Standing.NOT_MEASURED, note="CORPUS names its folder")  # fmt: skip


def _own(number: int) -> Sample:
    """A Chinese page of our own; one of them is in Traditional characters, which Big5 has."""
    page = page_of("http://www.qinghe.example/", OWN[number].read_bytes())
    return Sample({"id": OWN[number].name, "language": "zh", "kind": "html"}, page, TODAY)


def _subjects(samples: Iterable[Sample]) -> Iterator[Subject]:
    for sample in samples:
        if sample.is_chinese:
            yield Subject(sample.name, decode(sample.page), sample.read(), sample.read)


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.read", description=__doc__)
    parser.add_argument("--hostile", type=int, default=2_000, metavar="N", help="damaged pages; the bar asks for 20000")
    parser.add_argument("--peers", action="store_true", help="other extractors too: installs them, takes long")
    parser.add_argument("--misses", action="store_true", help="name the pages behind each figure")
    asked = parser.parse_args()
    print(f"reader: {FORM}")
    measured = []
    for bar in bars(the_corpus(), hostile=asked.hostile, peers=asked.peers):
        measured.append(bar)
        print(line(bar), flush=True)
        for page in bar.pages if asked.misses else ():
            print(f"    {page}")
    write(measured, JSON)
    return exit_code(measured)


if __name__ == "__main__":
    sys.exit(main())
