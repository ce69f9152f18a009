"""A batch of looks: a host that is silent or slow is recorded as far as it was seen, and holds nobody up."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import cast

import pytest
import sqlalchemy as sa
from rich.console import Console

from cli.concerns import down_row, hidden_row, print_concerns
from monitor.edge import tables
from monitor.edge.store import Store, open_store
from monitor.edge.store.claims import Claim
from monitor.model.judging import KnownEntry
from monitor.model.reading import Page, Trouble, TroubleKind
from monitor.model.watching import Concern
from tasks.host import SILENT
from tasks.look import begin, look_at
from tests.edge.stores import register, site
from tests.edge.worlds import MORNING, SmallWorld, small_world
from texts.catalogue import translations

LEASE = timedelta(minutes=20)
LISTED = "".join(
    f'<li><a href="/art/{n}.html">市财政局发布第{n}期工作动态简报</a><span>2026-03-{17 - n:02}</span></li>'
    for n in range(9)
)
GOOD = f'<html><head><meta charset="utf-8"><title>动态</title></head><body><ul>{LISTED}</ul></body></html>'.encode()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(f"sqlite:///{tmp_path / 'lanmu.sqlite3'}", migrate=True)
    yield store
    store.database.close()


def page(url: str) -> Page:
    return Page(url=url, final_url=url, status=200, headers={"content-type": "text/html"}, body=GOOD)


def play(here: SmallWorld, *, span: float = 60, spoil: Callable[[Claim], Claim] = lambda claim: claim) -> None:
    token = here.store.claims.claim(
        origin="test", at=MORNING, now=MORNING, wall=MORNING, lease=LEASE, limit=100, per_host=50
    )
    assert token
    claims = [spoil(claim) for claim in here.store.claims.begin(token, until=MORNING + LEASE)]
    asyncio.run(look_at(here, token, claims, span=span))
    here.store.claims.give_back(token)


def standings(store: Store) -> Counter[tuple[str, str | None]]:
    with store.database.reading() as connection:
        rows = connection.execute(sa.select(tables.verdict.c.standing, tables.verdict.c.trouble))
        return Counter((row.standing, row.trouble) for row in rows)


def test_a_silent_site_is_unknown_as_a_whole_and_not_asked_for_every_column(store: Store, tmp_path: Path) -> None:
    register(store, site("静默", columns=40), site("正常", columns=2))

    def answer(url: str) -> Page | Trouble:
        return Trouble(kind=TroubleKind.TIMEOUT) if "静默" in url else page(url)

    here = small_world(store, tmp_path, answer=answer)
    play(here)
    assert standings(store) == {("UNKNOWN", "timeout"): 40, ("FRESH", None): 2}
    assert SILENT <= sum("静默" in url for url in here.web.asked) < 20
    assert store.claims.outstanding(now=MORNING) == 0


def test_one_column_that_answers_keeps_its_site_from_being_given_up(store: Store, tmp_path: Path) -> None:
    register(store, site("时好时坏", columns=2 * SILENT))

    def answer(url: str) -> Page | Trouble:
        number = int(url.rstrip("/").rpartition("/")[2])
        return page(url) if number % 2 else Trouble(kind=TroubleKind.CONNECT)

    here = small_world(store, tmp_path, answer=answer)
    play(here)
    assert standings(store) == {("UNKNOWN", "connect"): SILENT, ("FRESH", None): SILENT}
    assert len(here.web.asked) == 2 * SILENT


def test_what_was_seen_before_time_ran_out_is_recorded_and_the_rest_is_due_again(store: Store, tmp_path: Path) -> None:
    register(store, site("快", columns=3), site("挂起", columns=3))
    here = small_world(store, tmp_path, answer=lambda url: page(url) if "快" in url else None)
    play(here, span=0.3)
    assert standings(store) == {("FRESH", None): 3}
    assert store.claims.outstanding(now=MORNING) == 3


def test_a_column_on_which_we_break_costs_nobody_else_and_blames_nobody(store: Store, tmp_path: Path) -> None:
    register(store, site("坏", columns=1), site("好", columns=1))

    def spoil(claim: Claim) -> Claim:
        """What no store gives: it stands for a bug of ours."""
        return replace(claim, known=cast(tuple[KnownEntry, ...], (None,))) if claim.site == "坏" else claim

    play(small_world(store, tmp_path, answer=page), spoil=spoil)
    assert standings(store) == {("UNKNOWN", "unreadable"): 1, ("FRESH", None): 1}


def test_a_site_that_answers_nobody_is_listed_for_its_technical_contact(store: Store, tmp_path: Path) -> None:
    register(store, site("静默", columns=1))
    watch(small_world(store, tmp_path, answer=lambda _: Trouble(kind=TroubleKind.CONNECT)), 0, 1, 3)
    ((name, outage),) = store.unseen.down()
    row = down_row((name, outage))
    assert (row["concern"], row["site"], row["looks"], row["trouble"]) == ("down", "静默", 3, "connect")
    for language, words in (("en", "does not answer"), ("zh-CN", "无法访问")):
        out = Console(file=StringIO(), width=200)
        print_concerns([(name, outage)], [], out, translations(language))
        assert words in cast(StringIO, out.file).getvalue()


def watch(here: SmallWorld, *hours: float) -> None:
    """Rounds at so many hours from the morning."""
    for moment in (MORNING + timedelta(hours=after) for after in hours):
        token = here.store.claims.claim(
            origin="test", at=moment, now=moment, wall=moment, lease=LEASE, limit=100, per_host=50
        )
        assert token, moment
        asyncio.run(look_at(here, token, *begin(here, token, until=moment + LEASE)))


def test_a_page_that_is_gone_raises_a_concern_and_the_return_of_the_column_ends_it(
    store: Store, tmp_path: Path
) -> None:
    register(store, site("改版", columns=2))
    gone = True

    def answer(url: str) -> Page | Trouble:
        return Trouble(kind=TroubleKind.GONE) if gone and url.endswith("/0/") else page(url)

    here = small_world(store, tmp_path, answer=answer)
    watch(here, 0, 20, 40)
    assert store.unseen.concerns() == [], "three looks, but not over two days"
    watch(here, 60)
    (hidden,) = store.unseen.concerns()
    assert (hidden.site, hidden.column, hidden.unseen.concern) == ("改版", "栏目0", Concern.GONE)
    assert (hidden.unseen.since, hidden.unseen.looks) == (MORNING, 4)
    assert store.figures.status(now=MORNING).concerns == {"gone": 1}
    row = hidden_row(hidden)
    assert (row["concern"], row["column"], row["looks"], row["trouble"]) == ("gone", "栏目0", 4, "gone")
    out = Console(file=StringIO(), width=200)
    print_concerns([], [hidden], out, translations("en"))
    shown = cast(StringIO, out.file).getvalue()
    for fact in ("改版", "栏目0", "the page is gone", "register", "×4"):
        assert fact in shown
    gone = False
    watch(here, 80)
    assert store.unseen.concerns() == []


def test_a_site_that_answers_nobody_is_down_after_three_rounds_over_two_hours(store: Store, tmp_path: Path) -> None:
    register(store, site("断网", columns=3), site("正常", columns=3))
    silent = True

    def answer(url: str) -> Page | Trouble:
        return Trouble(kind=TroubleKind.CONNECT) if silent and "断网" in url else page(url)

    here = small_world(store, tmp_path, answer=answer)
    watch(here, 0, 0.5, 1.5)
    assert store.figures.status(now=MORNING).down == ()
    watch(here, 3.5)
    assert store.figures.status(now=MORNING).down == ("断网",)
    ((name, outage),) = store.unseen.down()
    assert (name, outage.since, outage.trouble) == ("断网", MORNING, TroubleKind.CONNECT)
    silent = False
    watch(here, 24)
    assert store.unseen.down() == []


def test_a_column_whose_page_takes_another_name_and_other_entries_has_moved(store: Store, tmp_path: Path) -> None:
    register(store, site("改名", columns=1))
    of_another = GOOD.replace("工作动态简报".encode(), "图片一组".encode()).replace(b"/art/", b"/pic/p")
    name, body = "工作动态", GOOD

    def answer(url: str) -> Page:
        mark = f'<meta name="ColumnName" content="{name}"><title>'.encode()
        return replace(page(url), body=body.replace(b"<title>", mark))

    here = small_world(store, tmp_path, answer=answer)
    watch(here, 0)
    name = "部门动态"
    watch(here, 20)
    assert standings(store) == {("FRESH", None): 1}, "renamed, but the entries are those that are known"
    name, body = "图片新闻", of_another
    watch(here, 40)
    assert standings(store)[("UNKNOWN", "moved")] == 1
    name, body = "部门动态", GOOD
    watch(here, 60)
    assert standings(store)[("FRESH", None)] == 2, "the column itself is back"


@pytest.mark.parametrize(
    ("what", "second", "standing"),
    [
        ("the same list: it stands", -20, ("OVERDUE", None)),
        ("a newer text: which list is the column's?", 0, ("UNKNOWN", "unreadable")),
        ("nothing came", None, ("UNKNOWN", "timeout")),
    ],
)
def test_an_accusation_is_read_twice(
    store: Store, tmp_path: Path, what: str, second: int | None, standing: tuple[str, str | None]
) -> None:
    register(store, site("一次误读", columns=1))
    asked: list[str] = []

    def answer(url: str) -> Page | Trouble:
        if "/0/" not in url:
            return page(url)
        asked.append(url)
        shift = -20 if len(asked) == 1 else second
        return Trouble(kind=TroubleKind.TIMEOUT) if shift is None else older_by(shift, url)

    play(small_world(store, tmp_path, answer=answer))
    assert len(asked) == 2
    assert standings(store) == {standing: 1}, what


def older_by(days: int, url: str) -> Page:
    """The page with all its days moved."""
    text = GOOD.decode()
    for n in range(9):
        text = text.replace(f"2026-03-{17 - n:02}", str(date(2026, 3, 17 - n) + timedelta(days=days)))
    return replace(page(url), body=text.encode())
