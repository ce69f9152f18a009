"""Renders the pages of a sample site: home, columns, articles, data and style sheet, as bytes in its own charset."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from email.utils import format_datetime
from functools import cache, partial
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from sample.addresses import article_path, href, page_path
from sample.municipality import DATA, FOLDER, Column, Entry, Site, read_yaml

PAGE_SIZE = 12
BEIJING = timezone(timedelta(hours=8))
STYLE_PATH = "css/site.css"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A served body with what its headers say of it. With a `location`, it only leads there."""

    content_type: str
    body: bytes
    etag: str
    location: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An entry as a page shows it. `path` has no leading slash; `moment` is the time of publication in Beijing."""

    number: int
    title: str
    path: str
    moment: datetime
    pinned: bool

    @property
    def pubdate(self) -> str:
        return format_datetime(self.moment)

    @property
    def signed(self) -> datetime:
        """A document is signed some days before it is published."""
        return self.moment - timedelta(days=2 + self.number % 9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A site as it stands on one of the two mornings; morning 0 is the day `first`."""

    site: Site
    first: date
    morning: int

    @property
    def today(self) -> date:
        return self.first + timedelta(days=self.morning)

    def items(self, column: Column) -> tuple[Item, ...]:
        return tuple(self._item(column, entry) for entry in column.shown(self.morning))

    def _item(self, column: Column, entry: Entry) -> Item:
        published = entry.published(self.first)
        minutes = entry.number * 37 % 480
        moment = datetime(published.year, published.month, published.day, 9, tzinfo=BEIJING)
        return Item(
            number=entry.number,
            title=entry.title(self.first),
            path=article_path(self.site, column, entry, self.first),
            moment=moment + timedelta(minutes=minutes),
            pinned=entry.pinned,
        )


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    templates.globals["paragraphs"] = read_yaml("paragraphs.yaml")
    return templates


def documents(edition: Edition) -> dict[str, Callable[[], Document]]:
    """Every address of the site on that morning, without leading slash, and what renders it."""
    found: dict[str, Callable[[], Document]] = {
        "": partial(_page, edition, "home.html", ""),
        STYLE_PATH: partial(_style, edition),
    }
    if edition.site.forbids:
        found["robots.txt"] = partial(_robots, edition.site.forbids)
    for column in edition.site.columns:
        found.update(_column_documents(edition, column))
        found.update(_article_documents(edition, column))
    return found


def _column_documents(edition: Edition, column: Column) -> Iterator[tuple[str, Callable[[], Document]]]:
    items = edition.items(column)
    if column.is_data:
        yield column.path, partial(_data, edition, column)
        return
    if column.family == "gone":
        return  # the register still has its address
    if column.family == "moved":
        yield column.path, partial(_moved, "/")
        return
    if column.is_hidden:
        template = "column.html" if column.family == "script" else f"hidden/{column.family}.html"
        yield column.path, partial(_page, edition, template, column.path, column=column, items=(), total=0)
        return
    pages = max(1, -(-len(items) // PAGE_SIZE))
    for page in range(1, pages + 1):
        path = page_path(column, page)
        shown = items[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
        pagination = {"page": page, "pages": pages, "total": len(items)}
        yield path, partial(_page, edition, "column.html", path, column=column, items=shown, **pagination)


def _article_documents(edition: Edition, column: Column) -> Iterator[tuple[str, Callable[[], Document]]]:
    for item in edition.items(column):
        yield item.path, partial(_page, edition, "article.html", item.path, column=column, item=item)


def _page(edition: Edition, template: str, path: str, **context: Any) -> Document:
    site = edition.site
    text = (
        _templates()
        .get_template(template)
        .render(
            edition=edition,
            site=site,
            look=f"looks/{site.look}.html",
            link=partial(href, site, path),
            page_path=page_path,
            style_path=STYLE_PATH,
            **context,
        )
    )
    charset = f"; charset={site.header_charset}" if site.header_charset else ""
    return _document(f"text/html{charset}", text.encode(site.encoding, "xmlcharrefreplace"))


def _data(edition: Edition, column: Column) -> Document:
    template, content_type = DATA[column.family]
    context = {"edition": edition, "site": edition.site, "column": column, "items": edition.items(column)}
    return _document(content_type, _templates().get_template(template).render(context).encode("utf-8"))


def _moved(location: str) -> Document:
    return replace(_document("text/html", b""), location=location)


def _robots(path: str) -> Document:
    return _document("text/plain", f"User-agent: *\nDisallow: /{path}\n".encode())


def _style(edition: Edition) -> Document:
    text = _templates().get_template(f"styles/{edition.site.look}.css").render(accent=edition.site.accent)
    return _document("text/css; charset=utf-8", text.encode("utf-8"))


def _document(content_type: str, body: bytes) -> Document:
    return Document(content_type=content_type, body=body, etag=f'"{hashlib.sha256(body).hexdigest()[:32]}"')
