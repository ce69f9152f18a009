"""Says what a server's answer means: a page, or which trouble."""

from collections.abc import Sequence
from dataclasses import replace
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import quote_from_bytes, urljoin

import httpx

from monitor.model.reading import Page, Trouble, TroubleKind


class Answer(NamedTuple):
    """What a server sent, its body unpacked; empty where it does not matter."""

    status: int
    headers: httpx.Headers
    body: bytes


class Failed(httpx.TransportError):
    """A trouble on its way up from the network. `fetch` turns it into a value; nobody else sees it."""

    def __init__(self, kind: TroubleKind, detail: str) -> None:
        super().__init__(detail)
        self.trouble = Trouble(kind=kind, detail=tidy(detail))


def tidy(text: str, longest: int = 300) -> str:
    """Make one line of a text that may come from the web."""
    if text.isprintable() and len(text) <= longest:
        return " ".join(text.split())
    return " ".join("".join(c if c.isprintable() else " " for c in text[:longest]).split())


# What firewalls send instead of a page, in lower case: a script to be run, or a word that they refused.
_CHALLENGES = (
    (b"$_ts", "瑞数"),
    (b"__jsl_clearance", "加速乐"),
    (b"acw_sc__v2", "Aliyun WAF"),
    (b"errors.aliyun.com", "Aliyun WAF"),
    (b"/cdn-cgi/challenge-platform", "Cloudflare"),
    (b"security_session_verify", "云锁"),
    (b"safedog", "安全狗"),
    (b"waf_text_verify", "宝塔 WAF"),
)
CHALLENGES_SOUGHT_IN = 65_536

# The statuses under which such pages come. Not 200 (瑞数 leaves its script in every real page), not 404.
MAYBE_CHALLENGE = frozenset({202, 400, 403, 405, 412, 418, 503, 521})
NOT_MODIFIED = 304  # a trouble where nobody asked on a condition
REDIRECTS = frozenset({301, 302, 303, 307, 308})


def trouble_of(status: int, headers: httpx.Headers, body: bytes) -> Trouble | None:
    """The trouble that an answer means, or None when it is a page. The body matters only for MAYBE_CHALLENGE."""
    if status in MAYBE_CHALLENGE and (sign := _challenge(status, headers, body)):
        return Trouble(kind=TroubleKind.BLOCKED, detail=f"status {status}, a firewall's challenge ({sign})")
    if 200 <= status < 300 and status != 206:  # a part of a page, which nobody asked for, may lack its newest entries
        return None
    retry = f", Retry-After {headers['retry-after']}" if "retry-after" in headers else ""
    return Trouble(kind=_kind_of(status), detail=tidy(f"status {status}{retry}"))


def retry_after(status: int, headers: httpx.Headers) -> float:
    """For how many seconds a host that is overburdened wants to be left alone: 0 where it does not say."""
    if status not in (429, 503):
        return 0.0
    said = headers.get("retry-after", "").strip()
    if said.isascii() and said.isdecimal():
        return float(said[:9])
    try:
        until = parsedate_to_datetime(said)
        now = parsedate_to_datetime(headers.get("date", ""))  # its own clock: ours may tell another time
    except ValueError:
        return 0.0
    if (until.tzinfo is None) != (now.tzinfo is None):
        return 0.0
    return max(0.0, (until - now).total_seconds())


def _challenge(status: int, headers: httpx.Headers, body: bytes) -> str | None:
    start = body[:CHALLENGES_SOUGHT_IN].lower() + headers.get("set-cookie", "").lower().encode()
    for sign, name in _CHALLENGES:
        if sign in start:
            return name
    if headers.get("cf-mitigated") == "challenge":
        return "Cloudflare"
    if status == 521 and b"<script" in start:  # Cloudflare's own 521, "the server is down", has a page of plain HTML
        return "加速乐" if "cloudflare" not in headers.get("server", "").lower() else None
    return None


def _kind_of(status: int) -> TroubleKind:
    """412 always comes from a firewall here: we never send the preconditions that it speaks of."""
    by_status = {
        401: TroubleKind.LOGIN,
        403: TroubleKind.FORBIDDEN,
        404: TroubleKind.GONE,
        408: TroubleKind.TIMEOUT,
        410: TroubleKind.GONE,
        412: TroubleKind.BLOCKED,
        429: TroubleKind.RATE_LIMITED,
    }
    if status in by_status:
        return by_status[status]
    return TroubleKind.CLIENT_ERROR if 400 <= status < 500 else TroubleKind.SERVER_ERROR


def redirect_of(answer: Answer, at: str) -> str | None:
    """The address that an answer sends us to, or None. Old servers write it in UTF-8 or GBK, without escapes."""
    if answer.status not in REDIRECTS or "location" not in answer.headers:
        return None
    raw = next(value for name, value in answer.headers.raw if name.lower() == b"location")
    try:
        location = raw.decode("utf-8")
    except UnicodeDecodeError:
        location = quote_from_bytes(raw, safe="!#$%&'()*+,/:;=?@[]~")
    try:
        return urljoin(at, location.strip())
    except ValueError as error:
        raise Failed(TroubleKind.SERVER_ERROR, f"it redirects to what is no address: {location}") from error


def meaning_of(answer: Answer, visited: Sequence[str]) -> Page | Trouble:
    """What came from the last of the visited addresses. A trouble has the answer with it, for whoever must mend it."""
    page = Page(
        url=visited[0],
        final_url=visited[-1],
        status=answer.status,
        headers={name: tidy(value, 4_000) for name, value in answer.headers.items()},
        body=answer.body,
        hops=tuple(visited[1:-1]),
    )
    trouble = trouble_of(answer.status, answer.headers, answer.body)
    return replace(trouble, answer=page) if trouble else page
