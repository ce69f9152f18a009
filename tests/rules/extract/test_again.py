"""Whether a page is read by what was learnt or in full, the listing is the same: on every page, however it changes."""

import json
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest

from bench.corpus import BESIDE
from monitor.extract import decode, extract
from monitor.extract.again import AFRESH, PATIENCE, Way, by_learnt, read
from monitor.extract.around import walked
from monitor.extract.learnt import Learnt, Unfit, from_json
from monitor.extract.rows import rows_in
from monitor.model.reading import Listing, Page, Trouble
from sample.addresses import page_path
from sample.municipality import load
from sample.pages import Edition, documents
from tests.rules.extract.changes import CHANGES, ROLLS, changed, furnished

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


def difference(one: Listing, other: Listing | Trouble) -> str:
    if isinstance(other, Trouble):
        return f"a list, and {other}"
    entries = [f"{a}, and {b}" for a, b in zip_longest(one.entries, other.entries) if a != b]
    bare = [str(replace(listing, entries=())) for listing in (one, other)]
    return "\n".join([*bare, *entries[:3]])


def both_ways(page: Page, learnt: Learnt, today: date) -> str | None:
    """How the two ways differ, "" if they do not; None where the page is read in full."""
    try:
        again = by_learnt(page, learnt, today=today)
    except Unfit:
        return None
    full = extract(page, today=today)
    return "" if same(again, full) else difference(again, full)


def spared(page: Page, today: date) -> dict[str, str]:
    """The changes after which a page was read by what was learnt of it, and how that differs from its full reading."""
    learnt = read(page, None, today=today).learnt
    found: dict[str, str] = {}
    for name, after in changed(decode(page)) if learnt and learnt.holds else ():
        for days in LATER if ROLLS > 1 or name in OF_TODAY else LATER[-1:]:
            new, day = replace(page, body=after.encode()), today + timedelta(days=days)
            how = both_ways(new, learnt, day) if learnt else None
            if how is not None:
                found[f"{name}, {days} days later"] = how
    return found


def spared_among_furniture(page: Page, today: date) -> dict[str, str]:
    """The same of a page that counts its visitors, tells the day and writes tokens."""
    text, later = decode(page), today + timedelta(days=2)
    learnt = read(replace(page, body=furnished(text, today, 1).encode()), None, today=today).learnt
    found: dict[str, str] = {}
    for name, after in changed(text) if learnt and learnt.holds else ():
        how = both_ways(replace(page, body=furnished(after, later, 2).encode()), learnt, later) if learnt else None
        if how is not None:
            found[name] = how
    return found


@pytest.mark.parametrize("page", [*golden(), *sample()], ids=lambda page: page.url)
def test_a_page_reads_alike_both_ways_however_it_changes(page: Page) -> None:
    assert {name: how for name, how in spared(page, TODAY).items() if how} == {}


@pytest.mark.parametrize("page", [*golden()][:: 1 if ROLLS > 1 else 4], ids=lambda page: page.url)
def test_a_page_that_is_new_around_its_list_at_each_look_reads_alike_both_ways(page: Page) -> None:
    assert {name: how for name, how in spared_among_furniture(page, TODAY).items() if how} == {}


def test_counters_tokens_and_the_day_of_reading_cost_no_full_reading() -> None:
    ways = spared_among_furniture(page_of((PAGES / "column_ul.html").read_bytes()), TODAY)
    assert {"nothing", "a row on top", "a row on top, one off below"} <= ways.keys()
    assert not {"a newer list before it", "a newer list after it", "a banner", "the page's name changed"} & ways.keys()


OTHER_FURNITURE = {
    "the day of another day": ("2026年3月20日", "2026年3月17日"),
    "other words around a number": ("位访问者", "位读者"),
    "a number that is a page's": ("您是第 10074 位访问者", "共 0 条"),
    "a pager's script": ("send(", 'createPageHTML(9, 0, "index", "html");send('),
    "a script that ends": ("send(", "</SCRIPT><ul><li><a href=/n/9.html>新的一条</a></ul><script>send("),
    "a comment that ends": ("made in", "--!><a href=/n/9.html>新的一条</a><!-- made in"),
    "a comment that holds a link": ("made in", "<a href=/n/9.html>新的一条</a>"),
    "a token that ends": ('name="csrf-token" content="', 'name="csrf-token" content="a"><base href="/other/'),
    "a handler": ("send(", "onclick=1;send("),
}


@pytest.mark.parametrize("name", OTHER_FURNITURE)
def test_what_changes_around_a_list_in_any_other_way_is_read_in_full(name: str) -> None:
    page, later = page_of((PAGES / "column_ul.html").read_bytes()), TODAY + timedelta(days=2)
    text = decode(page)
    learnt = read(replace(page, body=furnished(text, TODAY, 1).encode()), None, today=TODAY).learnt
    assert learnt
    after = furnished(text, later, 2)
    assert both_ways(replace(page, body=after.encode()), learnt, later) == ""
    was, now = OTHER_FURNITURE[name]
    assert was in after
    assert both_ways(replace(page, body=after.replace(was, now).encode()), learnt, later) is None


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
    assert learnt.rows
    assert len(learnt.rows.known) == len(learnt.listing.entries) == learnt.rows.count
    title = learnt.listing.entries[0].title.encode()
    row = next(m for m in re.finditer(rb"<li>.*?</li>\n", page.body) if title in m[0])
    new = row[0].replace(title, "关于公布第三批年度重点项目安排的通知".encode())
    more = replace(page, body=page.body[: row.start()] + new + page.body[row.start() :])
    text = decode(more)
    start, stop = walked(text, 0, learnt.rows.before, TODAY), text.index(learnt.rows.after.head)
    found = rows_in(text, start, stop, learnt.rows)
    assert [known for known in found if isinstance(known, int)] == list(range(learnt.rows.count))
    assert found[0] == new.decode()
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
    # Each day another day, and what looks like a row in the source, so that rows cannot be told by their tags.
    headed = headed.replace(b"</body>", "<p data-of='<li>'>3小时前更新</p></body>".encode())
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
        stirred = replace(page, body=page.body.replace(b"</body>", b"<p>visits: %s</p></body>" % (b"ab" * (days + 1))))
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
