"""What a hostile page says reaches no terminal as an order, and a page that the reader trips over costs no other."""

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

import cli.extract
import monitor.observe
from cli.main import main
from cli.options import json_line
from monitor.extract import Learnt
from monitor.model.reading import Listing, Page
from tests.journeys.slow_sites import Shown, slow_sites

ORDERS = "\x1b[31m\x9b31m\u202e\u2066\u200b\u2028\U000e0041"  # colours, directions, nothing to be seen, a new line


@dataclass(slots=True, kw_only=True)
class Hostile(Shown):
    """Orders to the terminal in each title and address."""

    def page(self) -> str:
        shown = Shown.page(self).replace("/art_", f"/{ORDERS}art_").replace("清源市", f"清源市{ORDERS}")
        return shown.replace("工作动态", f"工作动态{ORDERS}")


@pytest.fixture(autouse=True)
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LANMU_ALLOW_NETWORKS", "127.0.0.0/8")
    monkeypatch.setenv("LANMU_LANG", "en")
    page = tmp_path / "hostile.html"
    page.write_text(Hostile().page(), encoding="utf-8")
    return page


def said(arguments: Sequence[str], capfd: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit):
        main(arguments)
    out, err = capfd.readouterr()
    assert err == ""
    return out


def orders(text: str) -> set[str]:
    return {sign for sign in text if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp")} - {"\n"}


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_what_check_prints_gives_the_terminal_no_order(form: Sequence[str], capfd: pytest.CaptureFixture[str]) -> None:
    with slow_sites((0.0,), Hostile()) as (home,):
        out = said(["check", "--today", "2026-01-21", *form, home], capfd)
    assert "2026-01-20" in out
    assert orders(out) == set()


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_what_extract_prints_gives_the_terminal_no_order(
    form: Sequence[str], hostile: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    base = f"https://www.site.example/{ORDERS}/"
    out = said(["extract", str(hostile), "--url", base, "--today", "2026-01-21", *form], capfd)
    assert "12 entries" in out if not form else len(json.loads(out)["entries"]) == 12
    assert orders(out) == set()


def test_a_batch_gives_no_order_either_and_its_ids_come_back_as_they_were(
    hostile: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    batch = tmp_path / "batch.jsonl"
    batch.write_text(json.dumps({"id": ORDERS, "file": str(hostile), "today": "2026-01-21"}), encoding="utf-8")
    out = said(["extract", "--batch", str(batch)], capfd)
    assert json.loads(out)["id"] == ORDERS
    assert orders(out) == set()


@pytest.mark.parametrize("text", ["通知公告", "a\nb", ORDERS, "half\ud800", "😀", '"\\'])
def test_a_line_of_json_says_what_was_said(text: str) -> None:
    assert json.loads(json_line({"text": text})) == {"text": text}
    assert orders(json_line(text)) == set()


def trips(_page: Page, _learnt: Learnt | None = None, *, today: date) -> Listing:
    raise RecursionError(f"too deep on {today}")


def test_a_page_that_the_reader_trips_over_gives_its_line_like_any_other(
    hostile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cli.extract, "read", trips)
    batch = tmp_path / "batch.jsonl"
    batch.write_text(f'{{"id": 1, "file": "{hostile}"}}\n' * 2, encoding="utf-8")
    rows = [json.loads(line) for line in said(["extract", "--batch", str(batch)], capfd).splitlines()]
    assert [(row["id"], row["trouble"], row["entries"]) for row in rows] == [(1, "unreadable", [])] * 2
    assert "RecursionError: too deep" in rows[0]["detail"]


def test_a_page_that_the_reader_trips_over_is_checked_as_one_that_could_not_be_read(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(monitor.observe, "read", trips)
    with slow_sites((0.0, 0.0)) as homes:
        rows = [json.loads(line) for line in said(["check", "--json", *homes], capfd).splitlines()]
    assert [(row["url"], row["standing"], row["trouble"]) for row in rows] == [
        (home, "UNKNOWN", "unreadable") for home in homes
    ]
