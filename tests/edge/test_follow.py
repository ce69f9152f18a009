"""A page that shows no list or no dates: what it points to is fetched, within bounds, and judged."""

import asyncio
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from monitor.edge import tables
from monitor.edge.store import open_store
from monitor.extract import extract
from monitor.model.reading import Listing, Page, Trouble, TroubleKind
from tasks.follow import read_on
from tasks.look import begin, look_at
from tests.edge.fetching import fetcher
from tests.edge.stores import LEASE, register, site
from tests.edge.street import answer, house, routes
from tests.edge.worlds import MORNING, small_world

TODAY = date(2026, 3, 18)
HTML, JSON = "Content-Type: text/html; charset=utf-8", "Content-Type: application/json"
TITLES = [f"清河县水务局关于第{n}批供水工程建设的公告" for n in range(8)]
LIST = "".join(f'<li><a href="/art_1_{90 - n}.html">{title}</a></li>' for n, title in enumerate(TITLES))
UNDATED = f'<html lang="zh"><head><title>公告</title></head><body><div class="list"><ul>{LIST}</ul></div></body></html>'
ROWS = ",".join(
    f'{{"title": "{title}", "url": "/art_1_{90 - n}.html", "date": "2026-03-{17 - n:02}"}}'
    for n, title in enumerate(TITLES)
)
EMPTY = '<html><head><title>公告</title></head><body><ul id="l"></ul><div>加载中</div><script>{}</script></body></html>'


def article(day: str) -> bytes:
    return answer(
        f'<html><head><meta name="PubDate" content="{day} 10:00"><meta name="ArticleTitle" content="公告"></head><body>'
        f"<h1>公告</h1><p>发布日期：{day}</p><p>现将有关事项公告如下。</p></body></html>".encode(),
        HTML,
    )


def read(pages: dict[str, bytes]) -> tuple[Listing | Trouble | None, list[str]]:
    """What reading on gives for the page at `/`, and the paths that were asked for."""

    async def play() -> tuple[Listing | Trouble | None, list[str]]:
        async with house(routes(pages)) as server, fetcher() as web:
            came = await web.fetch(server.url + "/")
            assert isinstance(came, Page)
            return await read_on(
                lambda hint: web.fetch(hint.url), came, extract(came, today=TODAY), (), today=TODAY
            ), server.paths

    return asyncio.run(play())


def test_three_articles_of_an_undated_list_are_asked_for_their_day() -> None:
    days = {f"/art_1_{90 - n}.html": article(f"2026-03-{16 - n}") for n in range(8)}
    found, asked = read({"/": answer(UNDATED.encode(), HTML), **days})
    assert isinstance(found, Listing)
    assert asked == ["/", "/art_1_90.html", "/art_1_89.html", "/art_1_88.html"]
    assert (found.method, found.undated_until) == ("html+articles", date(2026, 3, 14))
    assert [e.published for e in found.entries[:4]] == [date(2026, 3, 16), date(2026, 3, 15), date(2026, 3, 14), None]
    assert found.confidence >= 0.9


def test_articles_that_are_gone_or_tell_nothing_leave_the_list_as_it_was() -> None:
    found, asked = read({"/": answer(UNDATED.encode(), HTML), "/art_1_89.html": answer(b"<p>2026</p>", HTML)})
    assert found is None
    assert len(asked) == 4


def test_the_call_that_fills_a_page_is_followed() -> None:
    page = EMPTY.format('$.get("/api/list?c=1", fill)').encode()
    found, asked = read({"/": answer(page, HTML), "/api/list?c=1": answer(f"[{ROWS}]".encode(), JSON)})
    assert isinstance(found, Listing)
    assert asked == ["/", "/api/list?c=1"]
    assert (found.method, found.entries[0].published, found.confidence >= 0.9) == ("html+json", date(2026, 3, 17), True)


def test_two_calls_are_followed_at_most_and_none_of_another_host() -> None:
    calls = "".join(
        f'$.get("{url}");' for url in ("http://elsewhere.example/api/list", *(f"/api/list{n}" for n in range(4)))
    )
    found, asked = read({"/": answer(EMPTY.format(calls).encode(), HTML)})
    assert isinstance(found, Trouble)
    assert "/api/list0 (gone" in found.detail
    assert asked == ["/", "/api/list0", "/api/list1"]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"<title>login</title>please log in to continue", "/api/list (login"),
        (b'{"code": 500, "msg": "error", "data": []}', "/api/list (error_page: error)"),
        (b"", "/api/list (unreadable: an empty answer)"),
        (b"\x00" * 1000, "/api/list (unreadable: broken JSON)"),
    ],
)
def test_a_call_that_is_refused_leaves_the_trouble_and_says_so(body: bytes, told: str) -> None:
    page = EMPTY.format('$.get("/api/list")').encode()
    found, _ = read({"/": answer(page, HTML), "/api/list": answer(body, JSON)})
    assert isinstance(found, Trouble)
    assert found.kind is TroubleKind.NEEDS_SCRIPT
    assert told in found.detail


@pytest.mark.parametrize("body", [b'{"data": []}', b"<p>nothing here</p>"])
def test_a_call_that_brings_no_list_changes_nothing(body: bytes) -> None:
    page = EMPTY.format('$.get("/api/list")').encode()
    found, _ = read({"/": answer(page, HTML), "/api/list": answer(body, JSON)})
    assert found is None


def test_a_look_says_how_it_read(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'lanmu.sqlite3'}", migrate=True)
    register(store, site("水务局", columns=1))

    def come(url: str) -> Page | Trouble:
        body = UNDATED.encode() if "art_" not in url else article("2026-03-1" + url[-6]).partition(b"\r\n\r\n")[2]
        return Page(url=url, final_url=url, status=200, headers={"content-type": "text/html; charset=utf-8"}, body=body)

    here = small_world(store, tmp_path, answer=come)
    token = store.claims.claim(origin="test", at=MORNING, now=MORNING, wall=MORNING, lease=LEASE, limit=9, per_host=9)
    assert token
    asyncio.run(look_at(here, token, *begin(here, token, until=MORNING + LEASE)))
    with store.database.reading() as connection:
        found = connection.execute(
            sa.select(tables.observation.c.method, tables.verdict.c.standing).join_from(
                tables.observation, tables.verdict, tables.observation.c.column_id == tables.verdict.c.column_id
            )
        ).all()
    store.database.close()
    assert [tuple(row) for row in found] == [("html+articles", "FRESH")]
