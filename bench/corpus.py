"""The corpus of real pages beside the repository: its truth, its own scorer, and what the product reads there."""

import os
import runpy
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from monitor.extract import extract, newest
from monitor.model.reading import Listing, Page, Trouble

ROOT = Path(__file__).parents[1]
BESIDE = ROOT.parent / "shared" / "corpus"

Row = dict[str, Any]  # a line of the truth, a result or a verdict, in the scorer's own form
Reading = Listing | Trouble


@dataclass(frozen=True, slots=True)
class Sample:
    """A page of the corpus: its line of the truth, its bytes and the day on which it is read."""

    truth: Row
    page: Page
    today: date

    @property
    def name(self) -> str:
        return str(self.truth["id"])

    @property
    def is_html(self) -> bool:
        return bool(self.truth["kind"] == "html")

    @property
    def is_chinese(self) -> bool:
        return bool(self.truth["language"] == "zh")

    def read(self, body: bytes | None = None, content_type: str = "") -> Reading:
        """What the product reads from the page, or from its address with another body."""
        if body is None:
            return extract(self.page, today=self.today)
        return extract(page_of(self.page.url, body, content_type), today=self.today)


class Corpus:
    """The samples of a folder, and the scorer that lies there or beside the repository."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        scorer = folder / "score.py"
        self.scorer = runpy.run_path(str(scorer if scorer.exists() else BESIDE / "score.py"))
        self.truth: list[Row] = self.scorer["load"](folder / "truth.jsonl")
        self.groups: dict[str, Callable[[Row], bool]] = self.scorer["GROUPS"]

    @cached_property
    def samples(self) -> tuple[Sample, ...]:
        return tuple(self.sample(truth) for truth in self.truth)

    def sample(self, truth: Row) -> Sample:
        body = (self.folder / truth["file"]).read_bytes()
        return Sample(truth, page_of(truth["url"], body), date.fromisoformat(self.scorer["as_of"](truth)))

    def group(self, name: str) -> list[Sample]:
        """The samples of one of the scorer's groups."""
        return [sample for sample in self.samples if self.groups[name](sample.truth)]

    def verdict(self, sample: Sample, result: Row) -> Row:
        """What the scorer says of a result."""
        verdict: Row = self.scorer["verdict"](sample.truth, result)
        return verdict

    def misses(self, samples: Iterable[Sample], results: dict[str, Row]) -> tuple[str, ...]:
        """The names of the samples that are not right."""
        return tuple(s.name for s in samples if not self.verdict(s, results[s.name])["right"])


def page_of(url: str, body: bytes, content_type: str = "") -> Page:
    headers = {"content-type": content_type} if content_type else {}
    return Page(url=url, final_url=url, status=200, headers=headers, body=body)


def result(read: Reading, today: date) -> Row:
    """A result line as the scorer wants it."""
    if isinstance(read, Trouble):
        return {"entries": [], "newest": None, "confidence": 0.0, "blank": False, "trouble": read.kind.value}
    entries = [{"title": e.title, "url": e.url, "published": e.published and str(e.published)} for e in read.entries]
    top = newest(read, today=today)
    return {
        "entries": entries,
        "newest": top and str(top),
        "confidence": read.confidence,
        "blank": read.blank,
        "trouble": None,
    }


def the_corpus() -> Corpus | None:
    """The corpus of the environment's CORPUS (from the repository's root), else the one beside the repository."""
    folder = ROOT / os.environ["CORPUS"] if os.environ.get("CORPUS") else BESIDE
    return Corpus(folder) if (folder / "truth.jsonl").exists() else None
