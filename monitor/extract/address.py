"""Addresses of entries: made absolute, and the dates that some of them hold."""

import re
from datetime import date
from urllib.parse import urljoin

from monitor.extract.dates import on

_DATED = re.compile(
    r"/t((?:19|20)\d\d)(\d\d)(\d\d)_\d"
    r"|/(20\d\d)[/-]?(1[0-2]|0[1-9])[/-]?(3[01]|[12]\d|0[1-9])/"
    r"|/art/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})/"
    r"|[/_-](20\d\d)[-_]?(1[0-2]|0[1-9])[-_]?(3[01]|[12]\d|0[1-9])[/_.-]"
)


def resolve(base: str, href: str | None) -> str | None:
    """The absolute address, or None for what is no address."""
    if not href:
        return None
    try:
        return urljoin(base, href.strip())
    except ValueError:
        return None


def dated_by(url: str | None) -> date | None:
    """The day that an address holds, such as /202103/t20210304_12.html or /art/2021/3/4/."""
    m = _DATED.search(url) if url else None
    if not m:
        return None
    year, month, day = (int(g) for g in m.groups() if g)
    return on(year, month, day)
