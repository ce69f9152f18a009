"""Addresses within a site, in the manner of the content systems that government sites run on."""

import posixpath
from collections.abc import Callable
from datetime import date

from sample.municipality import Column, Entry, Site

Scheme = Callable[[Column, Entry, date], str]


def _trs(column: Column, entry: Entry, published: date) -> str:
    """Beside its column, the day in its name: /zwgk/tzgg/202603/t20260304_4001.html"""
    return f"{posixpath.dirname(column.path)}/{published:%Y%m}/t{published:%Y%m%d}_{entry.number}.html"


def _jcms(column: Column, entry: Entry, published: date) -> str:
    """By day, apart from the columns: /art/2026/3/4/art_8_8001.html"""
    return f"art/{published.year}/{published.month}/{published.day}/art_{column.number}_{entry.number}.html"


def _vsb(column: Column, entry: Entry, published: date) -> str:
    """By numbers alone, which say nothing of the day: /info/1014/14001.htm"""
    return f"info/{1000 + column.number}/{entry.number}.htm"


SCHEMES: dict[str, Scheme] = {"trs": _trs, "jcms": _jcms, "vsb": _vsb}


def article_path(site: Site, column: Column, entry: Entry, first: date) -> str:
    """The path of an entry's article, without a leading slash."""
    return SCHEMES[site.addresses](column, entry, entry.published(first))


def page_path(column: Column, page: int) -> str:
    """The path of a column's page; pages count from 1, and the first is the column's own address."""
    if page == 1:
        return column.path
    stem, extension = posixpath.splitext(column.path)
    return f"{stem}_{page}{extension}" if extension else f"{stem}index_{page}.html"


def href(site: Site, origin: str, target: str) -> str:
    """How a page of the site links to another: beside itself (TRS, VSB) or from the root (JCMS). Both without slash."""
    if site.addresses == "jcms":
        return f"/{target}"
    path = posixpath.relpath(target or ".", posixpath.dirname(origin) or ".")
    folder = "/" if not target or target.endswith("/") else ""
    return f"{path}{folder}" if path.startswith(".") else f"./{path}{folder}"
