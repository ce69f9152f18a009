"""The sample municipality: what it serves, and the folder that describes it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx
import pytest
from ruamel.yaml import YAML
from selectolax.lexbor import LexborHTMLParser

from sample.addresses import article_path, href
from sample.municipality import Column, Site, load
from sample.serve import Municipality

TODAY = date(2026, 3, 18)
REGISTER = load()
COLUMNS = [(site, column) for site in REGISTER.sites for column in site.columns]
ANSWERING = [(site, column) for site, column in COLUMNS if site.answers]
SHOWN = [(site, column) for site, column in ANSWERING if not column.is_hidden]
HIDDEN = [(site, column) for site, column in ANSWERING if column.is_hidden]


def named(pair: tuple[Site, Column]) -> str:
    site, column = pair
    return f"{site.key}-{column.name}"


def pair(site_key: str, column_name: str) -> tuple[Site, Column]:
    return next(found for found in COLUMNS if (found[0].key, found[1].name) == (site_key, column_name))


@pytest.fixture(scope="module")
def served() -> Iterator[Municipality]:
    with Municipality(today=TODAY) as municipality:
        yield municipality


@pytest.fixture
def town(served: Municipality) -> Municipality:
    served.morning = 0
    return served


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False) as client:
        yield client


def address(town: Municipality, site: Site, path: str = "") -> str:
    return f"http://127.0.0.1:{town.ports[site.name]}/{path}"


@pytest.mark.parametrize(("site", "column"), HIDDEN, ids=map(named, HIDDEN))
def test_a_hidden_column_shows_none_of_its_entries(
    town: Municipality, client: httpx.Client, site: Site, column: Column
) -> None:
    reply = client.get(address(town, site, column.path))
    assert reply.status_code == {"moved": 302, "gone": 404}.get(column.family, 200)
    text = reply.content.decode("utf-8" if reply.status_code == 404 else site.encoding)
    assert column.shown(0)
    assert not [entry for entry in column.shown(0) if entry.title(TODAY) in text]


@pytest.mark.parametrize(("site", "column"), SHOWN, ids=map(named, SHOWN))
def test_a_column_page_names_its_first_entry_in_its_own_charset(
    town: Municipality, client: httpx.Client, site: Site, column: Column
) -> None:
    reply = client.get(address(town, site, column.path))
    assert reply.status_code == 200
    text = reply.content.decode("utf-8" if column.is_data else site.encoding)
    shown = column.shown(0)
    assert shown[0].title(TODAY) in text if shown else "暂无内容" in text


def test_one_site_keeps_robots_from_one_column(town: Municipality, client: httpx.Client) -> None:
    said = {site.key: client.get(address(town, site, "robots.txt")) for site in REGISTER.sites if site.answers}
    assert [key for key, reply in said.items() if reply.status_code == 200] == ["dsj"]
    assert said["dsj"].text == f"User-agent: *\nDisallow: /{pair('dsj', '数据分析')[1].path}\n"


def test_the_silent_site_refuses_the_connection(town: Municipality, client: httpx.Client) -> None:
    silent = next(site for site in REGISTER.sites if not site.answers)
    with pytest.raises(httpx.ConnectError, match="refused"):
        client.get(address(town, silent))


@pytest.mark.parametrize(
    ("site_key", "path", "content_type", "meta"),
    [
        pytest.param("qingwu", "xwzx/qwyw/", "text/html", b'<meta charset="utf-8">', id="UTF-8 said by the page"),
        pytest.param("songlu", "xwdt/slyw.htm", "text/html", b'<meta charset="gb2312">', id="GBK said by the page"),
        pytest.param("mzj", "mzyw.htm", "text/html; charset=GBK", None, id="GBK said by the header alone"),
        pytest.param("dsj", "zxyw.htm", "text/html", b'<meta charset="utf-8">', id="GBK that calls itself UTF-8"),
        pytest.param("jyj", "rss/tzgg.xml", "application/rss+xml", None, id="a feed"),
        pytest.param("scjg", "rss/jgdt.atom", "application/atom+xml", None, id="an Atom feed"),
        pytest.param("scjg", "api/cjgg/list.json", "application/json; charset=utf-8", None, id="a data call"),
    ],
)
def test_charsets_are_declared_in_different_places(
    town: Municipality, client: httpx.Client, site_key: str, path: str, content_type: str, meta: bytes | None
) -> None:
    site = next(site for site in REGISTER.sites if site.key == site_key)
    reply = client.get(address(town, site, path))
    assert reply.headers["content-type"] == content_type
    assert meta in reply.content if meta else b"<meta charset" not in reply.content


@pytest.mark.parametrize("key", ["qingwu", "jichuan", "songlu", "jyj"], ids=["azure", "crimson", "jade", "slate"])
def test_every_local_link_of_a_site_is_answered(town: Municipality, client: httpx.Client, key: str) -> None:
    """One site of each look and each scheme of addresses, walked from its home page."""
    site = next(site for site in REGISTER.sites if site.key == key)
    waiting, met = [address(town, site)], set[str]()
    while waiting:
        url = waiting.pop()
        if url in met:
            continue
        met.add(url)
        reply = client.get(url)
        assert reply.status_code == 200, url
        if reply.headers["content-type"].startswith("text/html"):
            waiting += links(reply.content.decode(site.encoding), url)
    paths = {urlsplit(url).path.removeprefix("/") for url in met}
    in_pages = [column for column in site.columns if not column.is_data]
    assert paths >= {article_path(site, c, e, TODAY) for c in in_pages for e in c.shown(0)}
    assert paths >= {column.path for column in site.columns}


def links(text: str, url: str) -> list[str]:
    found = LexborHTMLParser(text).css("a[href], link[href]")
    targets = [node.attributes["href"] or "" for node in found]
    return [urljoin(url, target) for target in targets if not target.startswith("#")]


def test_an_article_carries_its_publication_date(town: Municipality, client: httpx.Client) -> None:
    site, column = pair("qingwu", "青梧要闻")
    entry = column.shown(0)[0]
    page = LexborHTMLParser(client.get(address(town, site, article_path(site, column, entry, TODAY))).text)
    meta = {node.attributes["name"]: node.attributes["content"] for node in page.css("meta[name]")}
    assert (meta["PubDate"] or "").startswith("2026-03-18 ")
    assert meta["ArticleTitle"] == entry.title(TODAY)
    assert (meta["SiteIDCode"], meta["ColumnName"]) == (site.code, "青梧要闻")


def test_the_second_morning_shows_what_appeared_and_nothing_else_changed(
    town: Municipality, client: httpx.Client
) -> None:
    readings = []
    for morning in (0, 1):
        town.morning = morning
        readings.append({named(found): entries(town, client, *found) for found in SHOWN})
    changed = {name for name in readings[0] if readings[0][name] != readings[1][name]}
    assert changed == {"qingwu-青梧要闻", "songlu-松鹿要闻"}


OWN_LIST = (
    "ul.news_list, ul.list-dot, ul.infolist, .listbox, ul.winstyle, ul.gl_list, .datelist, .sumlist, .listtable,"
    ".piclist, .deflist, .loose, .jpage, .newslist"
)


def entries(town: Municipality, client: httpx.Client, site: Site, column: Column) -> list[str]:
    """The titles that the column's own list shows; what stands beside it is left out."""
    reply = client.get(address(town, site, column.path))
    text = reply.content.decode("utf-8" if column.is_data else site.encoding)
    titles = [entry.title(TODAY) for entry in column.entries]
    own = text if column.is_data else str(LexborHTMLParser(text).css(OWN_LIST)[0].html)
    return [title for title in titles if title in own]


def test_an_article_of_the_second_morning_is_not_there_on_the_first(town: Municipality, client: httpx.Client) -> None:
    site, column = pair("songlu", "松鹿要闻")
    coming = address(town, site, article_path(site, column, column.entries[0], TODAY))
    assert client.get(coming).status_code == 404
    town.morning = 1
    assert client.get(coming).status_code == 200


def test_an_unchanged_page_is_answered_304(town: Municipality, client: httpx.Client) -> None:
    site, column = pair("songlu", "松鹿要闻")
    url = address(town, site, column.path)
    tag = client.get(url).headers["etag"]
    again = client.get(url, headers={"if-none-match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    town.morning = 1
    assert client.get(url, headers={"if-none-match": tag}).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        pytest.param("HEAD", "xwzx/qwyw/", 200, id="HEAD is answered"),
        pytest.param("GET", "xwzx/qwyw", 301, id="a folder without its slash is sent on"),
        pytest.param("GET", "xwzx/qwyw/index_2.html", 200, id="the second page of a long list"),
        pytest.param("GET", "xwzx/qwyw/index_3.html", 404, id="a page that the list does not have"),
        pytest.param("POST", "xwzx/qwyw/", 405, id="nothing can be posted"),
    ],
)
def test_other_requests(town: Municipality, client: httpx.Client, method: str, path: str, status: int) -> None:
    site = next(site for site in REGISTER.sites if site.key == "qingwu")
    reply = client.request(method, address(town, site, path))
    assert reply.status_code == status
    assert method != "HEAD" or reply.content == b""


@pytest.mark.parametrize(
    ("key", "origin", "target", "expected"),
    [
        pytest.param("qingwu", "xwzx/qwyw/", "xwzx/qwyw/202603/t1.html", "./202603/t1.html", id="below the page"),
        pytest.param("qingwu", "xwzx/qwyw/", "zwgk/tzgg/", "../../zwgk/tzgg/", id="a folder elsewhere"),
        pytest.param("qingwu", "xwzx/qwyw/", "", "../../", id="to the home page"),
        pytest.param("songlu", "mzyw.htm", "", "./", id="to the home page beside it"),
        pytest.param("jichuan", "col/a/index.html", "art/1.html", "/art/1.html", id="from the root"),
    ],
)
def test_links_take_the_form_of_their_content_system(key: str, origin: str, target: str, expected: str) -> None:
    site = next(site for site in REGISTER.sites if site.key == key)
    assert href(site, origin, target) == expected


def test_the_admins_folder_describes_what_is_served(town: Municipality, client: httpx.Client, tmp_path: Path) -> None:
    town.write_config(tmp_path / "config")
    files = sorted((tmp_path / "config" / "sites").iterdir())
    written = [YAML(typ="safe").load(file) for file in files]
    assert YAML(typ="safe").load(tmp_path / "config" / "lanmu.yaml") == {"timezone": "Asia/Shanghai"}
    assert len(written) == 12
    assert {row["unit"] for row in written if row["site"] is None} == {"蓝牧市地方志编纂中心"}
    urls = [column["url"] for row in written if row["site"] for column in row["columns"]]
    assert len(set(urls)) == 64
    homes = [address(town, site) for site in REGISTER.sites if site.answers]
    assert {row.get("home") for row in written} > set(homes)
    assert {client.get(home).status_code for home in homes} == {200}


def test_a_site_file_has_what_the_loader_asks_for(town: Municipality, tmp_path: Path) -> None:
    town.write_config(tmp_path)
    row = YAML(typ="safe").load(tmp_path / "sites" / "qingwu.yaml")
    home = address(town, REGISTER.sites[0])
    assert row["columns"][0] == {"name": "青梧要闻", "url": f"{home}xwzx/qwyw/", "category": "news"}
    del row["columns"]
    assert row == {
        "site": "青梧县人民政府门户网站",
        "home": home,
        "unit": "青梧县人民政府办公室",
        "group": "county_portal",
        "officer": {"name": "林晓岚", "email": "lin.xiaolan@lanmu.example"},
        "timezone": "Asia/Shanghai",
        "allow_networks": ["127.0.0.0/8"],
        "spacing": 0,
    }
