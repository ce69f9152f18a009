"""`lanmu check` and `lanmu extract` on real servers of our own: what they print, in which order, and how they end."""

import asyncio
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cli.check import Checked, as_row, check_one
from cli.fetching import eyes_of
from cli.main import main
from monitor.edge.fetch import Fetcher
from monitor.edge.guard import networks
from monitor.edge.ledgers import LocalLedger
from monitor.edge.robots import robots_of
from monitor.edge.turns import Turns
from sample.serve import Municipality
from sample.truth import Truth, truths
from tests.journeys.slow_sites import Shown, slow_sites

FIRST, TODAY = date(2026, 3, 18), "2026-03-19"  # the sample's two mornings
CHECKED = ["url", "standing", "newest", "days_over", "deadline", "why", "rule", "entries_found", "trouble"]
EXTRACTED = {"entries", "newest", "method", "confidence", "blank", "trouble", "ms"}
TOLD = {"standing", "days_over", "deadline", "why", "trouble"}  # the facts that the truth names
GUOBAN = "国办秘函〔2019〕19号"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


Lanmu = Callable[..., Ended]


@pytest.fixture
def lanmu(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Lanmu:
    """The command of a user who allows loopback addresses."""

    def run(*arguments: str) -> Ended:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        out, err = capfd.readouterr()
        assert isinstance(ended.value.code, int)
        return Ended(code=ended.value.code, out=out, err=err)

    monkeypatch.setenv("LANMU_ALLOW_NETWORKS", "127.0.0.0/8")
    monkeypatch.setenv("LANMU_LANG", "en")
    return run


@pytest.fixture(scope="module")
def town() -> Iterator[Municipality]:
    with Municipality(today=FIRST) as town:
        town.morning = 1
        yield town


def address(town: Municipality, site: str, column: str) -> str:
    (path,) = [c.path for s in town.register.sites if s.name == site for c in s.columns if c.name == column]
    return f"http://127.0.0.1:{town.ports[site]}/{path}"


PORTAL, DISTRICT, OFFICE, SILENT = (
    "青梧县人民政府门户网站",
    "松鹿区人民政府门户网站",
    "蓝牧市教育局",
    "蓝牧市供销合作社联合社",
)
FRESH, OVERDUE, NO_PERIOD = (PORTAL, "青梧要闻"), (PORTAL, "乡镇动态"), (PORTAL, "统计数据")
STALE, BLANK, SOON, UNSEEN = (DISTRICT, "街道动态"), (DISTRICT, "乡村振兴"), (OFFICE, "校园风采"), (SILENT, "供销要闻")


def test_with_its_category_every_column_of_the_sample_is_judged_as_its_truth_says(town: Municipality) -> None:
    category = {(s.name, c.name): c.category for s in town.register.sites for c in s.columns}
    columns = [t for t in truths(FIRST) if (t.site, t.column) in category]

    async def all_at_once() -> list[Checked]:
        async with eyes_of(hasty()) as eyes:
            day = date.fromisoformat(TODAY)
            ways = [(address(town, t.site, t.column), category[t.site, t.column]) for t in columns]
            return await asyncio.gather(*(check_one(eyes, url, kind, day) for url, kind in ways))

    checked = asyncio.run(all_at_once())
    assert [said(as_row(one)) for one in checked] == [expected(t) for t in columns]
    assert not any(one.guessed for one in checked)


def hasty() -> Fetcher:
    """A fetcher for which time runs fifty times as fast while it waits for its turn."""

    def clock() -> float:
        return time.monotonic() * 50

    turns = Turns(LocalLedger(clock=clock), clock=clock, sleep=lambda seconds: asyncio.sleep(seconds / 50))
    return Fetcher(user_agent="Lanmu/0", allowed=networks("127.0.0.0/8"), turns=turns, robots=robots_of(None))


def said(row: dict[str, Any]) -> tuple[object, ...]:
    assert list(row)[: len(CHECKED)] == CHECKED
    newest = row["newest"]
    assert newest is None or list(newest) == ["title", "url", "published"]
    return (newest and newest["published"], *(row[name] for name in CHECKED if name in TOLD))


def expected(t: Truth) -> tuple[object, ...]:
    return t.newest and str(t.newest), t.standing, t.days_over, t.deadline and str(t.deadline), t.why, t.trouble


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        pytest.param([FRESH], 0, id="in time"),
        pytest.param([FRESH, SOON, NO_PERIOD], 0, id="in time, due soon and without a period"),
        pytest.param([FRESH, UNSEEN], 3, id="in time and not to be seen"),
        pytest.param([OVERDUE], 1, id="overdue"),
        pytest.param([FRESH, STALE], 1, id="in time and stale"),
        pytest.param([UNSEEN, BLANK], 1, id="not to be seen and blank"),
    ],
)
def test_the_exit_code_is_that_of_the_worst(
    lanmu: Lanmu, town: Municipality, columns: Sequence[tuple[str, str]], code: int
) -> None:
    urls = [address(town, site, column) for site, column in columns]
    assert lanmu("check", "--today", TODAY, *urls).code == code


def test_answers_stand_in_the_order_of_the_questions_whoever_answers_first(lanmu: Lanmu) -> None:
    with slow_sites((0.2, 0.0, 0.1)) as homes:
        ended = lanmu("check", "--json", "--today", "2026-01-21", *homes)
    assert [row["url"] for row in ended.rows] == homes
    assert ended.code == 0
    assert ended.err == ""  # no progress bar where no terminal is


def test_a_guessed_category_is_said(lanmu: Lanmu, town: Municipality) -> None:
    url = address(town, *OVERDUE)
    guessed = lanmu("check", "--json", "--today", TODAY, url).rows[0]
    assert (guessed["category"], guessed["category_guessed"], guessed["standing"]) == ("news", True, "OVERDUE")
    given = lanmu("check", "--json", "--today", TODAY, "--category", "notice", url).rows[0]
    assert (given["category"], given["category_guessed"], given["standing"]) == ("notice", False, "FRESH")
    assert "(guessed)" in unfolded(lanmu("check", "--today", TODAY, url).out)
    assert "(guessed)" not in unfolded(lanmu("check", "--today", TODAY, "--category", "news", url).out)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["news (guessed)", "not updated in time", "6 days over", "could not be seen"]),
        ("zh-CN", ["动态、要闻（推测）", "更新不及时", "已逾期 6 天", "未能监测"]),
    ],
)
def test_the_table_holds_the_facts_in_the_readers_language(
    lanmu: Lanmu, town: Municipality, monkeypatch: pytest.MonkeyPatch, language: str, words: Sequence[str]
) -> None:
    monkeypatch.setenv("LANMU_LANG", language)
    urls = [address(town, *OVERDUE), address(town, *UNSEEN)]
    shown = unfolded(lanmu("check", "--today", TODAY, *urls).out)
    entry = lanmu("check", "--json", "--today", TODAY, *urls).rows[0]["newest"]
    for fact in [*words, *urls, entry["title"], entry["url"], "2026-02-27", "2026-03-13", GUOBAN]:
        assert fact.replace(" ", "") in shown


def unfolded(table: str) -> str:
    """What a table's columns say, one after the other, without the spaces at which lines may have been broken."""
    lines = [line.strip("│").split("│") for line in table.splitlines() if line.startswith("│")]
    return "".join("".join(cells) for cells in zip(*lines, strict=True)).replace(" ", "")


def test_an_address_of_ours_is_not_asked_unless_it_is_allowed(lanmu: Lanmu, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LANMU_ALLOW_NETWORKS")
    with slow_sites((0.0,)) as homes:
        ended = lanmu("check", "--json", *homes)
    assert (ended.rows[0]["standing"], ended.rows[0]["trouble"]) == ("UNKNOWN", "refused_address")
    assert ended.rows[0]["newest"] is None
    assert ended.code == 3


def test_a_saved_page_is_read_with_the_address_it_came_from(lanmu: Lanmu, tmp_path: Path) -> None:
    saved = tmp_path / "saved.html"
    saved.write_text(Shown().page(), encoding="utf-8")
    here = ("extract", str(saved), "--url", "https://www.site.example/news/", "--today", "2026-02-01")
    ended = lanmu(*here, "--json")
    (row,) = ended.rows
    assert ended.code == 0
    assert row.keys() >= EXTRACTED
    assert (row["newest"], len(row["entries"]), row["blank"], row["trouble"]) == ("2026-01-20", 12, False, None)
    first = row["entries"][0]
    assert first.keys() == {"title", "url", "published"}
    assert first["url"].startswith("https://www.site.example/art/2026/1/20/")
    shown = lanmu(*here).out
    assert "12 entries" in shown
    for fact in (first["title"], first["url"], "2026-01-20"):
        assert fact in unfolded(shown)


def test_a_page_of_the_web_is_read_too(lanmu: Lanmu, town: Municipality) -> None:
    ended = lanmu("extract", "--json", "--today", TODAY, address(town, *FRESH))
    assert (ended.code, ended.rows[0]["newest"], ended.rows[0]["trouble"]) == (0, TODAY, None)
    unseen = lanmu("extract", "--json", "--today", TODAY, address(town, *UNSEEN))
    assert (unseen.code, unseen.rows[0]["entries"], unseen.rows[0]["trouble"]) == (3, [], "connect")


def test_a_batch_gives_a_line_for_each_request_whatever_happens(
    lanmu: Lanmu, town: Municipality, tmp_path: Path
) -> None:
    (tmp_path / "good.html").write_text(Shown().page(), encoding="utf-8")
    (tmp_path / "empty.html").write_bytes(b"")
    (tmp_path / "noise.bin").write_bytes(bytes(range(256)) * 40)
    requests: list[dict[str, str]] = [
        {"id": name, "file": str(tmp_path / name), "url": "https://www.site.example/", "today": "2026-02-01"}
        for name in ("good.html", "missing.html", "empty.html", "noise.bin")
    ]
    requests.append({"id": "of the web", "url": address(town, *FRESH), "today": TODAY})
    batch = tmp_path / "batch.jsonl"
    batch.write_text("".join(f"{json.dumps(request)}\n" for request in requests), encoding="utf-8")

    ended = lanmu("extract", "--batch", str(batch))
    assert ended.code == 0
    assert [row["id"] for row in ended.rows] == [request["id"] for request in requests]
    for row in ended.rows:
        assert row.keys() >= {"id"} | EXTRACTED
        assert bool(row["entries"]) != bool(row["trouble"])
        assert row["ms"] >= 0
    assert [row["newest"] for row in ended.rows] == ["2026-01-20", None, None, None, TODAY]
    assert "missing.html" in ended.rows[1]["detail"]
