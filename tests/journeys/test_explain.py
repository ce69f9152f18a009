"""A column that was alive, and fell silent: `lanmu explain` and `lanmu columns`, now and as of a past day."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.edge.store import open_store
from monitor.model.reading import Entry, Listing, Page
from monitor.model.register import Period, Window
from monitor.observe import observe
from monitor.workdays import local_day
from tasks.look import _record
from tasks.looked import looked
from tasks.seeing import Sight
from tests.edge.stores import begin, claim, register, site
from tests.edge.worlds import MORNING, small_world
from tests.journeys.test_check import Lanmu, lanmu

__all__ = ["lanmu"]

LIST = Listing(
    entries=(Entry(title="\x1b[2J关于开展检查的通知", url="http://x.example/1", published=MORNING.date()),),
    method="html",
    confidence=0.97,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose store knows looks at one list on three days, the last under another duty."""
    folder = tmp_path_factory.mktemp("explained")
    (folder / "var").mkdir()
    (folder / "lanmu.yaml").write_text("", "utf-8")
    store = open_store(f"sqlite:///{folder / 'var' / 'lanmu.sqlite3'}", migrate=True)
    here, one = small_world(store, folder), site(columns=1)
    register(store, one)
    for days in (1, 20, 40):
        at = MORNING + timedelta(days=days)
        if days == 40:
            month = replace(one.columns[0].duty, window=Window(count=1, period=Period.MONTHS))
            register(store, replace(one, columns=(replace(one.columns[0], duty=month),)))
        token = claim(store, now=at, wall=at)
        assert token
        [of] = begin(store, token)
        seen = observe(of.column, LIST, of.known, here.calendar(of.timezone), today=local_day(at, of.timezone))
        page = Page(url=of.column.url, final_url=of.column.url, status=200, headers={}, body=b"x")
        _record(here, token, [looked(here, of, Sight(came=page, seen=seen), now=at)])
    store.database.close()
    return folder


def test_a_column_is_explained_as_it_stands(lanmu: Lanmu, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = lanmu("explain", "栏目0", "--config", str(folder))
    assert (shown.code, shown.err) == (0, "")
    for words in (
        "财政局/栏目0",
        "not updated in time",
        "last looked at 2026-04-27 09:05 (Asia/Shanghai)",
        "read as html, confidence 0.97",
        "关于开展检查的通知",
        "国办秘函〔2019〕19号",
        "how sure we are of it: A: official wording, two copies or more",
        "its history is complete from 2026-03-18 on",
        "counted from 2026-03-18, the last day in time is 2026-04-18",
        "1 entry dated 2026-03-27 or later, seen in one look, makes it in time",
    ):
        assert words in shown.out
    assert "\x1b" not in shown.out
    monkeypatch.setenv("LANMU_LANG", "zh")
    chinese = lanmu("explain", "栏目0", "--as-of", "2026-04-27", "--config", str(folder)).out
    for words in ("更新不及时", "基线（暂不提醒）", "处置建议", "政府网站与政务新媒体检查指标", "A（官方原文"):
        assert words in chinese


def test_advice_is_given_for_a_site_now_and_as_of_a_past_day(lanmu: Lanmu, folder: Path) -> None:
    command = ("advice", "财政局", "--config", str(folder), "--as-of")
    [row] = lanmu(*command, "2026-04-27", "--json").rows
    assert (row["column"], row["standing"], row["act"], row["into"]) == ("栏目0", "OVERDUE", "update", None)
    assert {"point": "days_over", "value": 9, "of": None} in row["against"]
    shown = lanmu(*command, "2026-04-27").out
    assert "not updated in time" in shown
    assert "9 days over" in shown
    assert "nothing: no column" in lanmu(*command, "2026-03-19").out
    assert [row["act"] for row in lanmu(*command, "2026-03-19", "--json", "--all").rows] == ["keep"]


def test_a_column_that_was_not_seen_lately_is_not_said_to_be_well(lanmu: Lanmu, folder: Path) -> None:
    shown = lanmu("advice", "--config", str(folder), "--as-of", "2026-04-24").out
    assert "nothing can be advised of 1 column: it was not seen lately" in shown
    assert "nothing: no column" not in shown
    command = ("explain", "栏目0", "--config", str(folder), "--as-of", "2026-04-24")
    assert "none: it was not seen lately" in lanmu(*command).out
    [row] = lanmu(*command, "--json").rows
    assert (row["standing"], row["advice"]) == ("OVERDUE", None)


def test_a_past_day_is_judged_again_by_the_duty_that_held_then(lanmu: Lanmu, folder: Path) -> None:
    [row] = lanmu("explain", "栏目0", "--json", "--as-of", "2026-03-25", "--config", str(folder)).rows
    assert (row["standing"], row["day"], row["deadline"]) == ("FRESH", "2026-03-19", "2026-04-01")
    assert (row["judged_again"], row["same_as_recorded"]) == (True, True)
    assert "2 weeks" in row["duty"]
    assert "1 months" in row["duty_changed_since"]
    late = lanmu("explain", "栏目0", "--as-of", "2026-04-08", "--config", str(folder))
    assert "it has changed since; now: at least 1 entry within 1 month" in late.out
    assert "1 entry dated 2026-03-24 or later" in late.out


def test_all_columns_are_listed_as_they_stood(lanmu: Lanmu, folder: Path) -> None:
    command = ("columns", "--json", "--config", str(folder), "--as-of")
    stood = {day: lanmu(*command, day).rows[0]["standing"] for day in ("2026-03-18", "2026-03-19", "2026-04-07")}
    assert stood == {"2026-03-18": None, "2026-03-19": "FRESH", "2026-04-07": "OVERDUE"}


def test_an_inspection_is_compared_with_that_of_a_past_day(lanmu: Lanmu, folder: Path) -> None:
    command = ("inspect", "--config", str(folder), "--as-of", "2026-04-07", "--compare")
    [row] = lanmu(*command, "2026-03-19", "--json").rows
    fast = next(veto for veto in row["compared"]["vetoes"] if veto["id"] == "19-V4a")
    assert (row["compared"]["late"], fast["added"]) == (1, ["栏目0"])
    assert lanmu(*command, "2026-03-18", "--json").rows[0]["compared"] is None
    assert "late columns: +1" in lanmu(*command, "2026-03-19").out
    shown = lanmu(*command, "2026-03-19", "财政局").out
    assert "Since 2026-03-19" in shown
    assert "19-V4a nothing found; counts now: 栏目0" in shown
    ended = lanmu(*command, "2026-04-07")
    assert (ended.code, ended.err) == (2, "lanmu: 2026-04-07 is not before 2026-04-07\n")
    assert lanmu("columns", "--as-of", "2099-01-01", "--config", str(folder)).code == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--as-of", "2026-03-01"), '"栏目0" had not been looked at by 2026-03-01'),
        (("--as-of", "2099-01-01"), "2099-01-01 has not come yet"),
    ],
)
def test_what_cannot_be_told_is_one_line(arguments: tuple[str, ...], said: str, lanmu: Lanmu, folder: Path) -> None:
    ended = lanmu("explain", "栏目0", *arguments, "--config", str(folder))
    assert (ended.code, ended.err) == (2, f"lanmu: {said}\n")
