"""Whether a page is read by what was learnt or in full, the listing is the same: on every page, however it changes."""

import json
import random
import re
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
from monitor.extract.rows import rows_in
from monitor.extract.unescaped import Unfit
from monitor.model.reading import Listing, Page, Trouble
from sample.addresses import page_path
from sample.municipality import load
from sample.pages import Edition, documents
from tests.rules.extract.changes import CHANGES, ROLLS, changed

PAGES = Path(__file__).parents[2] / "pages"
TODAY = date(2026, 3, 18)
LATER = (0, 2)  # days: the same page on another day must give other years, or none to come
OF_TODAY = ("nothing", "other days", "dates without a year", "a row of a day to come")  # short runs try others once
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
    for name, after in changed(decode(page)) if learnt and learnt.holds else ():
        for days in LATER if ROLLS > 1 or name in OF_TODAY else LATER[-1:]:
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


def test_rows_that_stand_as_they_did_are_known_and_only_new_ones_are_read() -> None:
    page = page_of((PAGES / "column_ul.html").read_bytes())
    learnt = read(page, None, today=TODAY).learnt
    assert learnt
    assert len(learnt.known) == len(learnt.listing.entries) == learnt.count
    title = learnt.listing.entries[0].title.encode()
    row = next(m for m in re.finditer(rb"<li>.*?</li>\n", page.body) if title in m[0])
    new = row[0].replace(title, "关于公布第三批年度重点项目安排的通知".encode())
    more = replace(page, body=page.body[: row.start()] + new + page.body[row.start() :])
    found = rows_in(more.body[learnt.before : len(more.body) - learnt.after], learnt)
    assert [known for known in found if isinstance(known, int)] == list(range(learnt.count))
    assert by_learnt(more, learnt, today=TODAY) == extract(more, today=TODAY)


def test_a_rebuilt_list_is_told_and_learnt_anew() -> None:
    page = page_of((PAGES / "column_ul.html").read_bytes())
    first = read(page, None, today=TODAY)
    assert (first.way, first.redesigned) == (Way.FULL, False)
    assert first.learnt
    rebuilt = replace(page, body=page.body.replace(b"<li>", b"<li><p>").replace(b"</li>", b"</p></li>"))
    again = read(rebuilt, first.learnt, today=TODAY + timedelta(days=1))
    assert (again.way, again.anew, again.redesigned) == (Way.FULL, True, True)
    assert again.learnt != first.learnt
    after = read(rebuilt, again.learnt, today=TODAY + timedelta(days=2))
    assert (after.way, after.anew, after.redesigned) == (Way.UNCHANGED, False, False)
    assert after.learnt is again.learnt


REBUILT = {
    "cards": ("<div class=card><p>{day}</p><h3><a href='{url}'>{title}</a></h3></div>", "<div>{rows}</div>"),
    "a table": ("<tr><td><a href='{url}'>{title}</a></td><td>{day}</td></tr>", "<table>{rows}</table>"),
    "a list of two lines": ("<li><p><a href='{url}'>{title}</a></p><i>{day}</i></li>", "<ul>{rows}</ul>"),
    "words between rows, so that it cannot be learnt": (
        "<p>动态</p><div><b>{day}</b><a href='{url}'>{title}</a></div>",
        "<div>{rows}</div>",
    ),
}


@pytest.mark.parametrize("how", REBUILT)
def test_a_list_built_of_other_tags_raises_the_alarm_once(how: str) -> None:
    page = page_of((PAGES / "column_ul.html").read_bytes())
    before = read(page, None, today=TODAY)
    assert isinstance(before.result, Listing)
    row, box = REBUILT[how]
    rows = "".join(row.format(day=e.published, url=e.url, title=e.title) for e in before.result.entries)
    new = page_of(f"<html><body><h1>通知公告</h1>{box.format(rows=rows)}</body></html>".encode())
    told = read(new, before.learnt, today=TODAY + timedelta(days=1))
    assert (told.redesigned, told.anew) == (True, True)
    assert not read(new, told.learnt, today=TODAY + timedelta(days=2)).redesigned


@pytest.mark.parametrize("name", CHANGES)
def test_no_other_change_of_a_page_raises_the_alarm(name: str) -> None:
    for path in ("column_ul.html", "chinese/trs_list.html"):
        page = page_of((PAGES / path).read_bytes())
        learnt = read(page, None, today=TODAY).learnt
        assert learnt
        assert learnt.rows
        after = CHANGES[name](decode(page), random.Random(name))
        assert after is not None
        again = read(replace(page, body=after.encode()), learnt, today=TODAY + timedelta(days=2))
        assert not again.redesigned


def test_a_page_that_only_stops_being_learnable_raises_no_alarm_and_nothing_is_forgotten() -> None:
    page = page_of((PAGES / "column_ul.html").read_bytes())
    learnt = read(page, None, today=TODAY).learnt
    *start, row = page.body.split(b"<li>")
    headed = b"<li>".join((*start[:-1], start[-1] + "<b>本周</b>".encode(), row))  # as a heading between two rows
    headed = headed.replace(b"</body>", "<p>3小时前更新</p></body>".encode())  # each day another day
    told = read(replace(page, body=headed), learnt, today=TODAY + timedelta(days=1))
    assert (told.way, told.redesigned) == (Way.FULL, False)
    assert isinstance(told.result, Listing)
    assert told.result.confidence >= LINES[-1], "it is read as surely as before"
    assert told.learnt is learnt
    assert read(page, learnt, today=TODAY + timedelta(days=2)).way is Way.UNCHANGED


def test_a_page_that_never_keeps_still_still_raises_the_alarm() -> None:
    page = page_of((PAGES / "column_ul.html").read_bytes())
    learnt = read(page, None, today=TODAY).learnt
    assert learnt
    restless = replace(learnt, misfits=PATIENCE)
    rebuilt = replace(page, body=page.body.replace(b"<li>", b"<li><p>").replace(b"</li>", b"</p></li>"))
    told = read(rebuilt, restless, today=TODAY + timedelta(days=1))
    assert (told.redesigned, told.anew) == (True, True)


def test_a_page_is_read_in_full_now_and_then_though_nothing_changed() -> None:
    page = page_of((PAGES / "column_ul.html").read_bytes())
    learnt = read(page, None, today=TODAY).learnt
    assert learnt
    ways = [read(page, learnt, today=TODAY + timedelta(days=days)).way for days in range(2 * AFRESH)]
    assert ways[:AFRESH] == [Way.UNCHANGED] * AFRESH
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


def test_that_nothing_can_be_learnt_of_a_page_is_kept_for_a_month_so_that_it_is_not_tried_at_each_look() -> None:
    rows = "".join(f"<li><a href='/a/{n}.html'>关于第{n}次会议的通知</a><i>{n}天前</i></li>" for n in (2, 5, 9))
    page = page_of(f"<html><body><h1>通知公告</h1><ul>{rows}</ul></body></html>".encode())
    first = read(page, None, today=TODAY)
    assert isinstance(first.result, Listing)
    assert first.learnt
    assert (first.result.confidence > LINES[0], first.learnt.holds, first.anew) == (True, False, True)
    second = read(page, from_json(first.learnt.to_json()), today=TODAY + timedelta(days=20))
    assert (second.learnt, second.anew, second.way) == (first.learnt, False, Way.FULL)
    assert second.result == extract(page, today=TODAY + timedelta(days=20))
    assert read(page, first.learnt, today=TODAY + timedelta(days=31)).anew


@pytest.mark.skipif(not (BESIDE / "truth.jsonl").exists(), reason="no corpus beside the repository")
def test_the_pages_of_the_corpus_read_alike_both_ways() -> None:
    truths = [json.loads(line) for line in (BESIDE / "truth.jsonl").read_text("utf-8").splitlines() if line.strip()]
    for truth in truths[:: 1 if ROLLS > 1 else 4]:
        page, today = page_of((BESIDE / truth["file"]).read_bytes(), truth["url"]), date(2026, 11, 3)
        first = read(page, None, today=today)
        again = read(page, from_json(first.learnt.to_json()), today=today) if first.learnt else first
        assert first.result == again.result
        assert (again.way is not Way.FULL) == bool(first.learnt and first.learnt.holds)
