"""Validators on the wire: which of a page's may be relied on, how it is asked for by them, what a 304 may not say."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx

from monitor.model.reading import Page, Validators

_ETAG = re.compile(r'(?:W/)?"[!#-~]{0,200}"')
_SETTLED = timedelta(seconds=60)  # a file may change twice within a second, and clocks within one site differ
_AS_PACKED = re.compile(r"[-;](?:gzip|gz|br|zstd|df)$")  # what Apache and others add to the tag of a packed answer


def validators_of(page: Page) -> Validators:
    """Those of a page that may be relied on: a tag as the standard writes it, or a time well before the answer's own.

    `Vary: *` says that more than the request decides about the answer.
    """
    if page.status != 200 or "*" in page.headers.get("vary", ""):
        return Validators(url=page.final_url)
    etag = page.headers.get("etag", "").strip()
    modified = page.headers.get("last-modified", "").strip()
    return Validators(
        url=page.final_url,
        etag=etag if _ETAG.fullmatch(etag) else "",
        modified=modified if _settled(modified, page.headers.get("date", "")) else "",
    )


def conditions(known: Validators) -> Iterator[tuple[str, str]]:
    """The headers by which a page is asked for only if it has changed. A server that knows tags looks at the tag."""
    if known.etag:
        yield "If-None-Match", known.etag
    if known.modified:
        yield "If-Modified-Since", known.modified


def contradicted(known: Validators, said: httpx.Headers) -> bool:
    """Whether a 304 names another version than the one that was asked about: then it proves nothing."""
    if known.etag and (etag := said.get("etag", "").strip()):
        return etag != known.etag and _opaque(etag) != _opaque(known.etag)
    modified = said.get("last-modified", "").strip()
    return bool(modified and known.modified) and _moment(modified) != _moment(known.modified)


def _opaque(etag: str) -> str:
    """A tag compared weakly: two that differ in it alone are of one version, packed or not."""
    return _AS_PACKED.sub("", etag.removeprefix("W/").strip('"'))


def _settled(modified: str, answered: str) -> bool:
    then, now = _moment(modified), _moment(answered)
    return then is not None and now is not None and modified.isascii() and now - then >= _SETTLED


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
