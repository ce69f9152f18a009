"""Serves the sample municipality: a raw ASGI app that knows each site by the port it was asked on."""

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import quote

from sample.municipality import Site
from sample.pages import Document, Edition, documents

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Answer = tuple[int, dict[str, str], bytes]


def build(sites: Mapping[int, Site], *, first: date, morning: Callable[[], int]) -> App:
    """The app for sites by port. `morning` is asked at each request, so the day can move on without a restart."""

    @cache
    def edition(port: int, morning: int) -> Mapping[str, Callable[[], Document]]:
        found = documents(Edition(site=sites[port], first=first, morning=morning))
        return {path: cache(render) for path, render in found.items()}

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        answered = answer(edition(scope["server"][1], morning()), scope["method"], scope["path"], headers)
        await _respond(send, answered)

    return app


def answer(pages: Mapping[str, Callable[[], Document]], method: str, path: str, headers: Mapping[bytes, str]) -> Answer:
    """Status, headers and body for a request; header names of the request are lower-case bytes."""
    if method not in ("GET", "HEAD"):
        return 405, {"allow": "GET, HEAD", "content-length": "0"}, b""
    wanted = path.removeprefix("/")
    if wanted not in pages and f"{wanted}/" in pages:
        return 301, {"location": quote(f"/{wanted}/"), "content-length": "0"}, b""
    if wanted not in pages:
        return _not_found(method)
    document = pages[wanted]()
    if document.location is not None:
        return 302, {"location": document.location, "content-length": "0"}, b""
    if document.etag in [tag.strip() for tag in headers.get(b"if-none-match", "").split(",")]:
        return 304, {"etag": document.etag}, b""
    about = {
        "content-type": document.content_type,
        "content-length": str(len(document.body)),
        "etag": document.etag,
    }
    return 200, about, document.body if method == "GET" else b""


def _not_found(method: str) -> Answer:
    body = "<!DOCTYPE html><title>404</title><p>您访问的页面不存在或已删除。".encode()
    about = {"content-type": "text/html; charset=utf-8", "content-length": str(len(body))}
    return 404, about, body if method == "GET" else b""


async def _respond(send: Send, answered: Answer) -> None:
    status, headers, body = answered
    raw = [(name.encode("ascii"), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": body})
