"""Of which looks evidence is kept, what of the headers, and for how long."""

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from urllib.parse import quote, quote_plus

from monitor.model.evidence import Ground, Retention
from monitor.model.judging import Standing, Verdict
from monitor.model.reading import Trouble
from monitor.model.register import Window
from monitor.model.watching import Unseen
from monitor.workdays import window_start

LEAST_NEEDED_FIRST = (Ground.DOUBT, Ground.DUE_SOON, Ground.DATED, Ground.ACCUSED)  # when there is too much of it
AGAIN = timedelta(days=7)  # a doubt that lasts is kept once in so long
HEADERS, NAME, VALUE = 60, 100, 500  # of one answer, and characters of each
HIDDEN = "[removed]"
_SECRETS = re.compile(
    "auth|cookie|credential|csrf|key(?!word)|passw|pwd|secret|session|sign|ticket|token|xsrf", re.IGNORECASE
)
_IN_ADDRESSES = re.compile(r"([?&;#])([\w.%\[\]-]{1,100})=([^&?;#\s\"'<>]+)")
_LOGINS = re.compile(r"//[^/@\s\"'<>]+@")
_TOKENS = re.compile(
    r"\b(?:Bearer|Basic|Digest)\s+[\w.~+/=-]{8,}|\beyJ[\w-]{4,}\.[\w-]+\.[\w-]*|\b[0-9a-f]{40,}\b|\b[0-9A-F]{40,}\b"
)
_SHORTEST = 4  # characters of a secret: one that is shorter would take half of a text away


def ground_of(
    verdict: Verdict, trouble: Trouble | None, before: Unseen | None, *, dated: bool, now: datetime
) -> Ground | None:
    """Why this look's evidence is kept, or None. `before` is the column's unseen stretch as it was before the look.

    `dated`: an article told the day of an entry in this look. A trouble that lasts shows the same thing at each look:
    it is kept when it begins, when it becomes another, and then once a week.
    """
    if verdict.standing.accuses:
        return Ground.ACCUSED
    if dated:
        return Ground.DATED
    if trouble is not None:
        return Ground.DOUBT if _is_new(trouble, before, now) else None
    return Ground.DUE_SOON if verdict.standing is Standing.DUE_SOON else None


def _is_new(trouble: Trouble, before: Unseen | None, now: datetime) -> bool:
    if before is None or before.trouble is not trouble.kind:
        return True
    return (now - before.since) // AGAIN != (before.last_at - before.since) // AGAIN


def bared(headers: Mapping[str, str], secrets: Collection[str] = ()) -> dict[str, str]:
    """The headers without what may open a door for somebody; that they were there is told.

    Hidden are headers that hold secrets by their name, the `secrets` that we were told to send, wherever a server
    repeats them, and what looks like a token.
    """
    kept = list(headers.items())[:HEADERS]
    return {
        cleared(name, secrets)[:NAME]: HIDDEN
        if _is_secret(name)
        else _TOKENS.sub(HIDDEN, cleared(value, secrets))[:VALUE]
        for name, value in kept
    }


def cleared(text: str, secrets: Collection[str] = ()) -> str:
    """An address, or a text that may hold some, without logins, secrets, and the values of what is named like one."""
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) >= _SHORTEST:
            for written in {secret, quote(secret, safe=""), quote_plus(secret)}:
                text = text.replace(written, HIDDEN)
    text = _LOGINS.sub(f"//{HIDDEN}@", text)
    return _IN_ADDRESSES.sub(lambda m: f"{m[1]}{m[2]}={HIDDEN}" if _is_secret(m[2]) else m[0], text)


def _is_secret(name: str) -> bool:
    return _SECRETS.search(name) is not None


def kept_from(retention: Retention, *, today: date) -> dict[Ground, date]:
    """The first day of which evidence of each ground is still kept."""
    return {ground: window_start(today, _span(ground, retention)) for ground in Ground}


def _span(ground: Ground, retention: Retention) -> Window:
    match ground:
        case Ground.ACCUSED | Ground.DATED:
            return retention.findings
        case Ground.DUE_SOON | Ground.DOUBT:
            return retention.others
