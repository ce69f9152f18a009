"""`lanmu try` and `lanmu home` on a real server of our own: recipes, home pages, and what is wrong with either."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import socket
from typing import Any

import pytest

from tests.journeys.test_check import Ended, Lanmu, lanmu
from tests.rules.broken_folders import SITE
from tests.rules.extract.rows import ROWS, TITLES, whole

__all__ = ["lanmu"]

TODAY = ("--today", "2026-03-18")


def rows(box: str, years: int = 0) -> str:
    items = (
        f'<li><a href="{box}/{i}.html">{title}{box}</a><i>{day.replace(year=day.year - years)}</i></li>'
        for i, title, day in ROWS
    )
    return f"<div class={box}><ul>{''.join(items)}</ul></div>"


PAGES = {
    "/": whole(rows("list")),
    "/two": whole(rows("list") + rows("old", 2)),
    "/hostile": whole(rows("list").replace(TITLES[0], "\x1b[2J\u202e[bold]" + TITLES[0]), title="\x1b]0;x\x07通知"),
    "/menu": "<title>门户</title>" + "".join(f'<a href="/{n}/">栏目{n}</a>' for n in range(6)),
    "/framed": '<frameset><frame src="/main"></frameset>',
    "/robots.txt": "",
}


class Town(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = PAGES.get(self.path, "").encode()
        self.send_response(200 if self.path in PAGES else 404)
        self.send_header("Content-Type", "text/plain" if self.path == "/robots.txt" else "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def town() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Town) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def book(tmp_path: Path, town: str) -> Path:
    (tmp_path / "sites").mkdir()
    site = SITE.replace("https://www.example.com/", town + "/").replace("/news/", "/two")
    site = site.replace("category: news", "category: news\n    recipe: {record: div.old li}")
    (tmp_path / "sites" / "a.yaml").write_text(site, "utf-8")
    return tmp_path


@pytest.fixture
def recipe(tmp_path: Path) -> Callable[[str], str]:
    def write(text: str) -> str:
        (tmp_path / "my.yaml").write_text(text, "utf-8")
        return str(tmp_path / "my.yaml")

    return write


def only(ended: Ended) -> dict[str, Any]:
    [row] = ended.rows
    return row


def test_a_page_without_a_recipe_is_shown_with_one_to_begin_with(
    lanmu: Lanmu, town: str, recipe: Callable[[str], str]
) -> None:
    shown = lanmu("try", town + "/", *TODAY)
    assert (shown.code, shown.err) == (0, "")
    assert "8 entries, newest 2026-03-15, read as html" in shown.out
    assert "read again: by what was learnt" in shown.out
    proposed = recipe(shown.out[shown.out.index("recipe:\n") :])
    row = only(lanmu("try", town + "/", "--recipe", proposed, "--json", *TODAY))
    assert (row["read"]["method"], row["differences"]) == ("recipe", [])
    assert row["read"]["entries"] == row["usual"]["entries"]


def test_a_column_of_the_book_is_shown_by_its_recipe_and_without_it(lanmu: Lanmu, book: Path) -> None:
    shown = lanmu("try", "News", "--config", str(book), *TODAY)
    assert shown.code == 0
    assert "by the recipe: 8 entries, newest 2024-03-15, read as recipe" in shown.out
    assert "without it: " in shown.out
    assert "Where they differ" in shown.out
    row = only(lanmu("try", "Example/News", "--config", str(book), "--json", *TODAY))
    assert row["recipe"] == {"record": "div.old li"}
    assert any(d["recipe"] is None for d in row["differences"])
    assert not row["learnt"]


def test_a_recipe_that_finds_nothing_says_which_line_and_ends_with_3(
    lanmu: Lanmu, town: str, recipe: Callable[[str], str]
) -> None:
    shown = lanmu("try", town + "/", "--recipe", recipe("recipe:\n  record: div.gone li\n"), *TODAY)
    assert shown.code == 3
    assert "record: div.gone li" in " ".join(shown.out.split())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("recipe:\n  record: li[\n", ':2:11: the selector cannot be read from "[" on; write it as'),
        ("recipe:\n  recrod: li\n", ':2:3: unknown key "recrod"; did you mean "record"?'),
        ("record: li\n", ':1:1: unknown key "record"; '),
        ("", ":1:1: the file holds no recipe, or several; "),
        ("recipe: [\n", ": this is not valid YAML"),
    ],
)
def test_a_bad_recipe_is_one_line_with_its_place(
    lanmu: Lanmu, town: str, recipe: Callable[[str], str], text: str, says: str
) -> None:
    ended = lanmu("try", town + "/", "--recipe", recipe(text))
    assert (ended.code, ended.out) == (2, "")
    assert says in ended.err
    assert "Traceback" not in ended.err


def test_a_file_that_is_not_there_is_one_line(lanmu: Lanmu, town: str) -> None:
    ended = lanmu("try", town + "/", "--recipe", "/nowhere/my.yaml")
    assert (ended.code, len(ended.err.splitlines())) == (2, 1)


@pytest.mark.parametrize(
    ("name", "says"), [("Newz", 'did you mean "News"?'), ("x\x1b[2J", "write one of: News, Notices")]
)
def test_a_column_that_is_not_in_the_book(lanmu: Lanmu, book: Path, name: str, says: str) -> None:
    ended = lanmu("try", name, "--config", str(book))
    assert ended.code == 2
    assert says in ended.err
    assert "\x1b" not in ended.err


def test_what_a_page_says_cannot_steer_the_terminal(lanmu: Lanmu, town: str) -> None:
    for more in ([], ["--json"]):
        shown = lanmu("try", town + "/hostile", *TODAY, *more)
        assert shown.code == 0
        assert not {"\x1b", "\u202e", "\x07"} & set(shown.out)
        assert "[bold]" in shown.out


def test_in_chinese(lanmu: Lanmu, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANMU_LANG", "zh")
    shown = lanmu("try", "News", "--config", str(book), *TODAY)
    assert "按采集规则：" in shown.out
    assert "不一致之处" in shown.out


def test_the_lists_of_a_home_page(lanmu: Lanmu, town: str, book: Path) -> None:
    shown = lanmu("home", town + "/", *TODAY)
    assert (shown.code, shown.err) == (0, "")
    assert "1 lists; 2 entries of the last two weeks" in shown.out
    row = only(lanmu("home", "Example", "--config", str(book), "--json", *TODAY))
    assert (row["url"], row["new"], row["navigation"], row["trouble"]) == (town + "/", 2, False, None)
    assert [(one["entries"], one["newest"], one["new"]) for one in row["lists"]] == [(8, "2026-03-15", 2)]


@pytest.mark.parametrize(
    ("path", "code", "says"),
    [
        ("/menu", 0, "only leads to other pages"),
        ("/framed", 3, "frame, not read: "),
        ("/gone", 3, "no longer exists"),
    ],
)
def test_a_home_page_without_lists_says_why(lanmu: Lanmu, town: str, path: str, code: int, says: str) -> None:
    shown = lanmu("home", town + path, *TODAY)
    assert shown.code == code
    assert says in " ".join(shown.out.split())


def test_the_home_page_of_a_site_is_asked_for_by_the_way_out_that_its_book_names(
    lanmu: Lanmu, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (book / "lanmu.yaml").write_text("network: {environment_proxies: true}\n", encoding="utf-8")
    for name in ("no_proxy", "NO_PROXY", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{nobody.getsockname()[1]}")
        ended = lanmu("home", "Example", "--config", str(book), "--json", *TODAY)
    assert (ended.code, only(ended)["trouble"]) == (3, "offline")


def test_a_site_that_is_not_in_the_book(lanmu: Lanmu, book: Path) -> None:
    ended = lanmu("home", "Exampel", "--config", str(book))
    assert (ended.code, ended.out) == (2, "")
    assert 'did you mean "Example"?' in ended.err
