"""Takes an answer in: within the seconds and the bytes that are borne of a server."""

import asyncio
from collections.abc import AsyncIterable
from dataclasses import dataclass

import httpx

from monitor.edge.answers import CHALLENGES_SOUGHT_IN, MAYBE_CHALLENGE, Answer, Failed
from monitor.edge.unpack import Unpacker
from monitor.model.reading import TroubleKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What is borne of a server. Times in seconds, sizes in bytes.

    `opening` is the time until the answer begins: the notice calls a site that does not open within 15 s not
    reachable. `whole` covers everything, redirects included, but not the waiting for our own turn.
    """

    opening: float = 15.0
    whole: float = 60.0
    body: int = 5 * 1024 * 1024  # unpacked
    redirects: int = 5


async def ask(line: httpx.AsyncBaseTransport, request: httpx.Request, limits: Limits, left: float) -> Answer:
    """One request and its answer, within the seconds that are left. Raises Failed."""
    now, opening = asyncio.get_running_loop().time(), min(limits.opening, left)
    request.extensions["until"] = now + opening
    begun = False
    try:
        response = await line.handle_async_request(request)
        begun = True
        if isinstance(response.stream, httpx.ByteStream):
            return await _taken(response, limits)
        async with asyncio.timeout_at(now + left):
            return await _taken(response, limits)
    except TimeoutError as error:
        if begun or opening == left:
            said = f"not finished within {limits.whole:g} s"
        else:
            said = f"no answer within {opening:g} s"
        raise Failed(TroubleKind.TIMEOUT, said) from error


async def _taken(response: httpx.Response, limits: Limits) -> Answer:
    """Read a body where one matters. httpx's own ways to do it count, copy and unpack besides."""
    assert isinstance(response.stream, httpx.AsyncByteStream)
    status, headers = response.status_code, response.headers
    try:
        if 200 <= status < 300:
            body = await _page(response.stream, headers, limits)
        elif status in MAYBE_CHALLENGE:
            body = await _error_page(response.stream, headers, limits)
        else:
            body = b""
        return Answer(status=status, headers=headers, body=body)
    finally:
        await response.stream.aclose()


async def _page(parts: AsyncIterable[bytes], headers: httpx.Headers, limits: Limits) -> bytes:
    announced = headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > limits.body:
        raise Failed(TroubleKind.TOO_LARGE, f"the body is announced with {announced} bytes")
    unpacker = _unpacker(headers, limits.body)
    async for part in parts:
        unpacker.feed(part)
    return unpacker.body()


async def _error_page(parts: AsyncIterable[bytes], headers: httpx.Headers, limits: Limits) -> bytes:
    """As much of an error page as comes: its status is the trouble, whatever else is wrong with it."""
    try:
        unpacker = _unpacker(headers, CHALLENGES_SOUGHT_IN)
    except Failed:
        return b""
    try:
        async with asyncio.timeout(limits.opening):
            async for part in parts:
                unpacker.feed(part)
    except (Failed, TimeoutError):
        pass
    return unpacker.so_far()


def _unpacker(headers: httpx.Headers, limit: int) -> Unpacker:
    return Unpacker(headers.get("content-encoding", ""), limit)
