"""Asking for a page only if it has changed: servers that keep their word, break it, or contradict themselves."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from monitor.edge.validators import validators_of
from monitor.model.reading import Page, Trouble, TroubleKind, Unchanged, Validators
from tests.edge.fetching import HTML, fetcher, kind, page, play
from tests.edge.street import answer, house, redirect

OLD, LATE = "Mon, 02 Mar 2026 08:00:00 GMT", "Wed, 18 Mar 2026 01:05:00 GMT"
NEW = b"<p>news</p>"


@dataclass
class Server:
    """Gives its page with these headers; answers 304, with those others, where the request brings `knows`."""

    headers: Sequence[str]
    knows: str
    body: bytes = HTML
    unchanged: Sequence[str] = ()
    heads: list[str] = field(default_factory=list)

    async def __call__(self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.heads.append(head.decode())
        if head.startswith(b"GET /moved"):
            writer.write(redirect("/"))
        elif self.knows.lower() in head.decode().lower():
            writer.write(("\r\n".join(["HTTP/1.1 304 Not Modified", *self.unchanged]) + "\r\n\r\n").encode())
        else:
            writer.write(answer(self.body, *self.headers))
        await writer.drain()


def twice(server: Server, path: str = "/", *, then: bytes | None = None) -> Page | Unchanged | Trouble:
    """The answer to the second visit, by what the first one gave. `then`: the page is another meanwhile."""
    found: list[Page | Unchanged | Trouble] = []

    async def scene() -> None:
        async with house(server) as there, fetcher() as client:
            first = page(await client.fetch(there.url + path))
            server.body = then or server.body
            found.append(await client.fetch_unless_same(there.url + path, validators_of(first)))

    play(scene)
    return found[0]


@pytest.mark.parametrize("etag", ['"7"', 'W/"7-abc"'])
def test_a_page_with_a_tag_is_asked_for_by_it_and_its_304_is_believed(etag: str) -> None:
    server = Server([f"ETag: {etag}", f"Last-Modified: {OLD}", f"Date: {LATE}"], f"If-None-Match: {etag}")
    assert isinstance(twice(server), Unchanged)
    assert f"if-modified-since: {OLD}".lower() in server.heads[1].lower()


def test_a_page_with_a_time_alone_is_asked_for_by_it() -> None:
    server = Server([f"Last-Modified: {OLD}", f"Date: {LATE}"], f"If-Modified-Since: {OLD}")
    assert isinstance(twice(server), Unchanged)
    assert "if-none-match" not in server.heads[1].lower()


def test_a_page_that_has_changed_comes_whole() -> None:
    server = Server(['ETag: "7"'], 'If-None-Match: "8"')
    came = twice(server, then=NEW)
    assert isinstance(came, Page)
    assert came.body == NEW


def test_the_validators_belong_to_the_address_that_answered() -> None:
    server = Server(['ETag: "7"'], 'If-None-Match: "7"')
    came = twice(server, "/moved")
    assert isinstance(came, Unchanged)
    assert came.validators.url.endswith("/")
    assert ["if-none-match" in head.lower() for head in server.heads] == [False, False, False, True]


def test_a_redirect_to_somewhere_else_is_asked_on_no_condition() -> None:
    async def scene() -> None:
        server = Server(['ETag: "7"'], "If-None-Match")
        async with house(server) as there, fetcher() as client:
            elsewhere = Validators(url=there.url + "/old", etag='"7"')
            assert isinstance(await client.fetch_unless_same(there.url + "/moved", elsewhere), Page)

    play(scene)


@pytest.mark.parametrize(
    "unchanged",
    [['ETag: "8"'], [f"Last-Modified: {LATE}"], ['ETag: ""'], ["ETag: rubbish"]],
)
def test_a_304_that_names_another_version_is_not_believed_and_the_page_is_asked_for_whole(unchanged: list[str]) -> None:
    only_time = unchanged[0].startswith("Last")
    headers = [f"Last-Modified: {OLD}", f"Date: {LATE}"] if only_time else ['ETag: "7"']
    server = Server(headers, "If-Modified-Since" if only_time else "If-None-Match", unchanged=unchanged)
    came = twice(server, then=NEW)
    assert isinstance(came, Page)
    assert (came.body, len(server.heads)) == (NEW, 3)


@pytest.mark.parametrize("tag", ['"7"', 'W/"7"', '"7-gzip"', 'W/"7;gz"'])
def test_the_tag_of_a_packed_answer_is_that_of_the_same_version(tag: str) -> None:
    assert isinstance(twice(Server(['ETag: "7"'], "If-None-Match", unchanged=[f"ETag: {tag}"])), Unchanged)


def test_a_304_that_nobody_asked_for_is_the_servers_error_also_after_one_that_was_not_believed() -> None:
    async def scene() -> None:
        server = Server([], "GET /", unchanged=['ETag: "8"'])
        async with house(server) as there, fetcher() as client:
            known = Validators(url=there.url + "/", etag='"7"')
            came = await client.fetch_unless_same(there.url + "/", known)
            assert isinstance(came, Trouble)
            assert came.kind is TroubleKind.SERVER_ERROR
            assert kind(await client.fetch(there.url + "/")) is TroubleKind.SERVER_ERROR

    play(scene)


PLAIN = {"date": LATE}


@pytest.mark.parametrize(
    ("headers", "etag", "modified"),
    [
        ({"etag": '"7"'}, '"7"', ""),
        ({"etag": ' W/"7" '}, 'W/"7"', ""),
        ({"etag": "7"}, "", ""),
        ({"etag": '"7" x'}, "", ""),
        ({"etag": '"七"'}, "", ""),
        ({"etag": f'"{"7" * 300}"'}, "", ""),
        ({"etag": '"7"', "vary": "Accept-Encoding, *"}, "", ""),
        ({"etag": '"7"', "vary": "Accept-Encoding"}, '"7"', ""),
        ({"last-modified": OLD, **PLAIN}, "", OLD),
        ({"last-modified": OLD}, "", ""),
        ({"last-modified": LATE, **PLAIN}, "", ""),
        ({"last-modified": "Wed, 18 Mar 2026 01:04:30 GMT", **PLAIN}, "", ""),
        ({"last-modified": "Wed, 18 Mar 2099 01:04:30 GMT", **PLAIN}, "", ""),
        ({"last-modified": "yesterday", **PLAIN}, "", ""),
        ({"last-modified": "2026-03-02 08:00:00", **PLAIN}, "", ""),
        ({}, "", ""),
    ],
)
def test_which_validators_are_relied_on(headers: dict[str, str], etag: str, modified: str) -> None:
    url = "http://a.example/"
    came = Page(url=url, final_url=url, status=200, headers=headers, body=HTML)
    assert validators_of(came) == Validators(url=url, etag=etag, modified=modified)
