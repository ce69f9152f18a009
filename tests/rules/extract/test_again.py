"""Whether a page is read by what was learnt or in full, the listing is the same: on every page, however it changes."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bench.corpus import BESIDE
from monitor.extract import decode, extract
from monitor.extract.again import AFRESH, PATIENCE, Way, by_learnt, read
from monitor.extract.learnt import from_json
from monitor.extract.unescaped import Unfit
from monitor.model.reading import Listing, Page, Trouble
from sample.addresses import page_path
from sample.municipality import load
from sample.pages import Edition, documents
from tests.rules.extract.changes import changed

PAGES = Path(__file__).parents[2] / "pages"
TODAY = date(2026, 3, 18)
LATER = (0, 2)  # days: the same page on another day must give other years, or none to come
LINES = (0.5, 0.9)


def page_of(body: bytes, url: str = "http://www.qinghe.example/col/") -> Page:
    return Page(url=url, final_url=url, status=200, headers={"content-type": "text/html"}, body=body)


def golden() -> Iterator[Page]:
    for path in sorted(PAGES.rglob("*.html")):
        yield page_of(path.read_bytes(), f"http://www.qinghe.example/{path.stem}/")


def sample() -> Iterator[Page]:
    for site in load().sites[::4]:
        made = documents(Edition(site=site, first=TODAY, morning=0))
        for column in site.columns[:4]:
            path = page_path(column, 1)
            document = made[path]()
            page = page_of(document.body, f"http://127.0.0.1:8000/{path}")
            yield replace(page, headers={"content-type": document.content_type})


def same(one: Listing | Trouble, other: Listing | Trouble) -> bool:
    """Entries and all else; of the confidence, on which side of each line it lies."""
    if isinstance(one, Trouble) or isinstance(other, Trouble):
        return one == other
    sides = [[listing.confidence >= line for line in LINES] for listing in (one, other)]
    return replace(one, confidence=0) == replace(other, confidence=0) and sides[0] == sides[1]


def spared(page: Page, today: date) -> dict[str, str]:
    """The changes after which a page was read by what was learnt of it, and how that differs from its full reading."""
    learnt = read(page, None, today=today).learnt
    found: dict[str, str] = {}
    for name, after in changed(decode(page)) if learnt else ():
        for days in LATER:
            new, day = replace(page, body=after.encode()), today + timedelta(days=days)
            try:
                again = by_learnt(new, learnt, today=day) if learnt else None
            except (Unfit, UnicodeDecodeError):
                continue  # then it is read in full
            full = extract(new, today=day)
            found[f"{name}, {days} days later"] = "" if again and same(again, full) else f"{again}\n{full}"
    return found


@pytest.mark.parametrize("page", [*golden(), *sample()], ids=lambda page: page.url)
def test_a_page_reads_alike_both_ways_however_it_changes(page: Page) -> None:
    assert {name: how for name, how in spared(page, TODAY).items() if how} == {}


def test_new_rows_and_other_days_are_read_by_what_was_learnt_of_a_plain_column() -> None:
    ways = spared(page_of((PAGES / "column_ul.html").read_bytes()), TODAY)
    for change in ("nothing", "a row on top", "a row on top, one off below"):
        assert f"{change}, 2 days later" in ways
    for change in (
        "a newer list before it",
        "a newer list after it",
        "a row of a day to come",
        "a login",
        "dates gone",
    ):
        assert f"{change}, 2 days later" not in ways


def test_a_rebuilt_list_is_told_and_learnt_anew() -> None:
    page = page_of((PAGES / "column_ul.html").read_bytes())
    first = read(page, None, today=TODAY)
    assert (first.way, first.redesigned) == (Way.FULL, False)
    assert first.learnt
    rebuilt = replace(page, body=page.body.replace(b"<li>", b"<li><p>").replace(b"</li>", b"</p></li>"))
    again = read(rebuilt, first.learnt, today=TODAY + timedelta(days=1))
    assert (again.way, again.redesigned) == (Way.FULL, True)
    assert again.learnt != first.learnt
    after = read(rebuilt, again.learnt, today=TODAY + timedelta(days=2))
    assert (after.way, after.redesigned) == (Way.LEARNT, False)
    assert after.learnt is again.learnt


def test_a_page_is_read_in_full_now_and_then_though_nothing_changed() -> None:
    page = page_of((PAGES / "column_ul.html").read_bytes())
    learnt = read(page, None, today=TODAY).learnt
    assert learnt
    ways = [read(page, learnt, today=TODAY + timedelta(days=days)).way for days in range(2 * AFRESH)]
    assert ways[:AFRESH] == [Way.LEARNT] * AFRESH
    assert ways[-1] is Way.FULL


def test_a_page_that_never_keeps_still_is_left_alone_and_not_written_again_and_again() -> None:
    page, learnt = page_of((PAGES / "column_ul.html").read_bytes()), None
    kept = []
    for days in range(12):
        stirred = replace(page, body=page.body.replace(b"</body>", b"<p>visits: %d</p></body>" % days))
        learnt = read(stirred, learnt, today=TODAY + timedelta(days=days)).learnt
        kept.append(learnt)
    assert kept[PATIENCE] is kept[-1]


@pytest.mark.parametrize("broken", [None, {}, {"reader": 0}, {"reader": 1}, {"reader": 1, "rows": 3}, [], "x"])
def test_what_is_no_recipe_of_this_reader_is_dropped(broken: Any) -> None:
    assert from_json(broken) is None


@pytest.mark.skipif(not (BESIDE / "truth.jsonl").exists(), reason="no corpus beside the repository")
def test_every_page_of_the_corpus_reads_alike_both_ways() -> None:
    truths = [json.loads(line) for line in (BESIDE / "truth.jsonl").read_text("utf-8").splitlines() if line.strip()]
    for truth in truths:
        page, today = page_of((BESIDE / truth["file"]).read_bytes(), truth["url"]), date(2026, 11, 3)
        first = read(page, None, today=today)
        again = read(page, from_json(first.learnt.to_json()) if first.learnt else None, today=today)
        assert first.result == extract(page, today=today) == again.result
        assert (again.way is Way.LEARNT) == (first.learnt is not None)
