"""How right: the corpus' own scorer over what the product reads, from the pages as they are and in disguise."""

from collections.abc import Callable, Iterable

from bench.bars import Bar, Side, share
from bench.corpus import Corpus, Row, Sample, result
from bench.disguises import in_divs, without_list, without_names
from monitor.extract import decode
from monitor.model.reading import Listing

UTF8 = "text/html; charset=utf-8"
SURE = 0.9
CLAIMED = 0.5
_GROUPS = (("right, all but events", "all", 96), ("right, html without courts", "html, no courts", 96),
           ("right, Chinese", "Chinese", 100))  # fmt: skip


def right_bars(corpus: Corpus) -> list[Bar]:
    """The pages as they are."""
    pages = corpus.group("all")
    results = {s.name: result(s.read(), s.today) for s in corpus.samples}
    bars = [_right(name, corpus, corpus.group(group), results, limit) for name, group, limit in _GROUPS]
    return [*bars, *_sure_bars(corpus, pages, results), _dates_bar(corpus, pages, results)]


def _right(name: str, corpus: Corpus, samples: list[Sample], results: dict[str, Row], limit: float) -> Bar:
    misses = corpus.misses(samples, results)
    right = len(samples) - len(misses)
    note = f"{right} of {len(samples)}"
    return Bar(name=name, figure=share(right, len(samples)), limit=limit, side=Side.AT_LEAST, note=note, pages=misses)


def _sure_bars(corpus: Corpus, samples: list[Sample], results: dict[str, Row]) -> list[Bar]:
    sure = [s for s in samples if results[s.name]["confidence"] >= SURE]
    unsure = tuple(f"{s.name} {results[s.name]['confidence']:.2f}" for s in samples if s not in sure)
    wrong = corpus.misses(sure, results)
    verdicts = [corpus.verdict(s, results[s.name]) for s in sure]
    too_new, too_old = (sum(bool(v.get(key)) for v in verdicts) for key in ("false_new", "false_old"))
    return [
        Bar(name="confidence ≥ 0.9, share of the pages", figure=share(len(sure), len(samples)), limit=80,
            side=Side.AT_LEAST, note=f"{len(sure)} of {len(samples)}", pages=unsure),
        Bar(name="confidence ≥ 0.9, pages wrong", figure=len(wrong), limit=0, side=Side.AT_MOST, unit="",
            note=f"{too_new} too new, {too_old} too old", pages=wrong),
    ]  # fmt: skip


def _dates_bar(corpus: Corpus, samples: list[Sample], results: dict[str, Row]) -> Bar:
    verdicts = {s.name: corpus.verdict(s, results[s.name]) for s in samples}
    matched = sum(v.get("dates", 0) for v in verdicts.values())
    good = sum(v.get("dates_right", 0) for v in verdicts.values())
    wrong = tuple(
        f"{name} {v['dates_right']}/{v['dates']}"
        for name, v in verdicts.items()
        if v.get("dates", 0) != v.get("dates_right", 0)
    )
    return Bar(name="entry dates right, of the matched", figure=share(good, matched), limit=97, side=Side.AT_LEAST,
               note=f"{good} of {matched}", pages=wrong)  # fmt: skip


def disguise_bars(corpus: Corpus) -> list[Bar]:
    """The HTML pages in disguise; what is right of a page stays right."""
    samples = [s for s in corpus.group("all") if s.is_html]
    return [
        _disguised("right with every class and id stripped", corpus, samples, without_names),
        _disguised("right with semantic tags turned into div", corpus, samples, in_divs),
        _disguised("right with both", corpus, samples, lambda source: in_divs(without_names(source))),
    ]


def _disguised(name: str, corpus: Corpus, samples: list[Sample], disguise: Callable[[str], str]) -> Bar:
    results = {s.name: result(s.read(_utf8(disguise(decode(s.page))), UTF8), s.today) for s in samples}
    return _right(f"{name}, html", corpus, samples, results, 94)


def deleted_bar(corpus: Corpus) -> Bar:
    """The HTML pages without the list that was found in them: what is then called a list is none of that page."""
    cut, claimed, kept = 0, list[str](), list[str]()
    for sample, listing in _listings(s for s in corpus.group("all") if s.is_html):
        rest = without_list(decode(sample.page), sample.page.url, listing.entries)
        if rest is None:
            kept.append(sample.name)
            continue
        cut += 1
        again = sample.read(_utf8(rest), UTF8)
        if isinstance(again, Listing) and again.entries and again.confidence >= CLAIMED:
            claimed.append(f"{sample.name} {len(again.entries)} entries at {again.confidence:.2f}")
    note = f"{len(claimed)} of {cut}" + (f"; could not be cut: {' '.join(kept)}" if kept else "")
    return Bar(name="the found list deleted: a list is claimed at ≥ 0.5", figure=share(len(claimed), cut), limit=3,
               side=Side.AT_MOST, note=note, pages=tuple(claimed))  # fmt: skip


def _listings(samples: Iterable[Sample]) -> Iterable[tuple[Sample, Listing]]:
    for sample in samples:
        read = sample.read()
        if isinstance(read, Listing) and read.entries:
            yield sample, read


def _utf8(source: str) -> bytes:
    return source.encode("utf-8", "replace")
