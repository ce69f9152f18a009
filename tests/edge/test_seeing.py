"""`lanmu check` and `lanmu extract` see what a look sees: what a page points to, and whether it is the column."""

import asyncio
from datetime import date

import pytest

from cli.check import Checked, check_one
from cli.fetching import claim_of, eyes_of, sight_of
from cli.unbroken import unbroken
from monitor.model.judging import Standing
from monitor.model.reading import Trouble, TroubleKind
from tasks.seeing import Sight
from tests.edge.fetching import fetcher
from tests.edge.street import answer, house, routes
from tests.edge.test_follow import EMPTY, HTML, JSON, ROWS, TODAY, UNDATED, article

MENU = "".join(f'<a href="/menu/{n}/">栏目{n}</a>' for n in range(9))
DATED = "".join(
    f'<li><a href="/art/{n}.html">水务局召开第{n}次工作会议</a><span>2026-03-{17 - n:02}</span></li>' for n in range(8)
)
LISTED = f"<html><head><title>工作动态</title></head><body>{MENU}<ul>{DATED}</ul></body></html>".encode()
ARTICLES = {f"/art_1_{90 - n}.html": article(f"2026-03-{16 - n}") for n in range(8)}
FILLED = EMPTY.format('$.get("/api/list?c=1", fill)').encode()


def page(body: bytes) -> bytes:
    return answer(body, HTML)


def visit(pages: dict[str, bytes], *, at: str = "/gg/") -> tuple[Checked, Sight, list[str]]:
    """What the two commands see at an address, and what the first of them asked for."""

    async def play() -> tuple[Checked, Sight, list[str]]:
        async with house(routes(pages)) as server:
            async with eyes_of(fetcher()) as eyes:
                checked = await check_one(eyes, server.url + at, None, TODAY)
                asked = list(server.paths)
            async with eyes_of(fetcher()) as eyes:
                return checked, await sight_of(eyes, claim_of(server.url + at), today=TODAY), asked

    return asyncio.run(play())


@pytest.mark.parametrize(
    ("what", "pages", "method", "asked"),
    [
        (
            "the first three articles of a list without dates",
            {"/gg/": page(UNDATED.encode()), **ARTICLES},
            "html+articles",
            ["/gg/", "/art_1_90.html", "/art_1_89.html", "/art_1_88.html", "/"],
        ),
        (
            "the call that fills the page",
            {"/gg/": page(FILLED), "/api/list?c=1": answer(f"[{ROWS}]".encode(), JSON)},
            "html+json",
            ["/gg/", "/api/list?c=1", "/"],
        ),
    ],
)
def test_what_a_page_points_to_is_followed(what: str, pages: dict[str, bytes], method: str, asked: list[str]) -> None:
    checked, sight, paths = visit(pages)
    assert (checked.verdict.standing, checked.category) == (Standing.FRESH, "notice"), what  # the title says 公告
    assert (sight.seen.method, sight.seen.trouble) == (method, None)
    assert paths == asked


@pytest.mark.parametrize(
    ("what", "pages", "trouble"),
    [
        ("the home page in its place", {"/gg/": page(LISTED), "/": page(LISTED)}, TroubleKind.MOVED),
        (
            "a redirect to the home page",
            {"/gg/": answer(b"", "Location: /", status="302 Found"), "/": page(LISTED)},
            TroubleKind.MOVED,
        ),
        (
            "a redirect to a login",
            {"/gg/": answer(b"", "Location: /login", status="302 Found"), "/login": page(LISTED)},
            TroubleKind.LOGIN,
        ),
        (
            "a home page that only leads to the column",
            {"/gg/": page(LISTED), "/": answer(b"", "Location: /gg/", status="302 Found")},
            None,
        ),
        ("no home page", {"/gg/": page(LISTED)}, None),
    ],
)
def test_a_page_that_took_the_columns_place_is_not_judged(
    what: str, pages: dict[str, bytes], trouble: TroubleKind | None
) -> None:
    checked, sight, _ = visit(pages)
    assert (checked.verdict.trouble.kind if checked.verdict.trouble else None) is trouble, what
    assert (sight.seen.listing is None) is (trouble is not None)
    assert checked.verdict.newest == (None if trouble else date(2026, 3, 17))


def test_a_page_that_breaks_the_reader_is_in_trouble() -> None:
    found = unbroken(lambda: 1 // 0)
    assert isinstance(found, Trouble)
    assert (found.kind, found.detail[:17]) == (TroubleKind.UNREADABLE, "ZeroDivisionError")
