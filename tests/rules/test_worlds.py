"""`lanmu judge --batch`: good lines are answered, and of bad ones all that is wrong is said, with its place."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cli.main import lanmu, main
from config.problems import ConfigError
from config.world_file import worlds
from monitor.model.reading import Trouble, TroubleKind
from monitor.model.register import DutyKind, Period, Window
from monitor.model.replaying import Course, World
from monitor.replay import replay
from monitor.workdays import china

ENTRY = {"title": "关于春耕的通知", "url": "/1", "published": "2026-02-02"}
GOOD: dict[str, Any] = {
    "id": "a",
    "day": "2026-03-17",
    "duty": {"kind": "periodic", "window": "P2W", "source": "D19"},
    "observations": [
        {"at": "2026-03-17T08:30:00+08:00", "entries": [ENTRY], "confidence": 0.97},
        {"at": "2026-03-16T00:30:00Z", "entries": [ENTRY], "confidence": 0.97},
    ],
}


def written(folder: Path, *lines: object) -> Path:
    path = folder / "worlds.jsonl"
    path.write_text("\n".join(x if isinstance(x, str) else json.dumps(x) for x in lines) + "\n", encoding="utf-8")
    return path


def changed(**keys: object) -> dict[str, Any]:
    return {**GOOD, **keys}


def look(**keys: object) -> dict[str, Any]:
    return changed(observations=[{**GOOD["observations"][0], **keys}])


def test_a_line_is_answered_in_json(tmp_path: Path) -> None:
    asked = written(
        tmp_path, GOOD, "", changed(id="b", observations=[{"at": "2026-03-16T00:00:00Z", "trouble": "dns"}])
    )
    said = CliRunner().invoke(lanmu, ["judge", "--batch", str(asked), "--json"])
    assert said.exit_code == 0, said.output
    late, unseen = map(json.loads, said.output.splitlines())
    assert late == {
        "id": "a",
        "standing": "OVERDUE",
        "why": "deadline_passed",
        "trouble": None,
        "newest": "2026-02-02",
        "deadline": "2026-02-16",
        "days_over": 29,
        "advice": {
            "act": "update",
            "into": None,
            "question": False,
            "for": [{"point": "entries_in_year", "value": 1, "of": None}],
            "against": [
                {"point": "days_over", "value": 29, "of": None},
                {"point": "windows_missed", "value": 3, "of": 3},
                {"point": "longest_gap", "value": 43, "of": None},
            ],
        },
        "suspicions": [],
        "finding": "reminded",
        "mail": True,
        "mailed": ["2026-03-17"],
    }
    assert (unseen["standing"], unseen["trouble"], unseen["finding"]) == ("UNKNOWN", "dns", "none")


def test_without_json_it_is_a_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANMU_LANG", "zh-CN")
    said = CliRunner().invoke(lanmu, ["judge", "--batch", str(written(tmp_path, GOOD))])
    assert "更新不及时" in said.output
    assert "2026-03-17" in said.output


def test_what_is_left_out_has_its_default_and_looks_are_put_in_order(tmp_path: Path) -> None:
    (read,) = worlds(written(tmp_path, changed(truth={"dead": [True]})))
    assert (read.timezone, read.calendar, read.released, read.column.name) == (
        "Asia/Shanghai",
        "Asia/Shanghai",
        True,
        "a",
    )
    assert read.column.duty.window == Window(count=2, period=Period.WEEKS)
    first, last = read.observed
    assert first.at < last.at


def test_every_key_is_taken_in(tmp_path: Path) -> None:
    duty = {
        "kind": "as_needed",
        "review_every": "P1Y",
        "reviewed": "2025-01-02",
        "exempt": True,
        "exempt_until": "2026-01-01",
    }
    seen = [{"at": "2026-03-16T00:00:00Z", "trouble": "gone", "detail": "404"}]
    keys = {"category": "news", "site": "s", "name": "动态", "opened": "2020-01-01", "calendar": "weekdays"}
    (read,) = worlds(
        written(tmp_path, changed(duty=duty, observations=seen, released=False, timezone="Asia/Tokyo", **keys))
    )
    assert read.column.duty.kind is DutyKind.AS_NEEDED
    assert read.column.duty.review is not None
    assert read.column.duty.review.last == date(2025, 1, 2)
    assert (read.site, read.column.name, read.calendar, read.released) == ("s", "动态", "weekdays", False)
    assert read.observed[0].came == Trouble(kind=TroubleKind.GONE, detail="404")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", ":1: Invalid JSON"),
        ("[" * 100_000, ":1: Invalid JSON"),
        ("5", "should be an object"),
        (changed(dey="x"), ':1: dey: unknown key "dey"; did you mean "day"?'),
        (changed(day="yesterday"), ":1: day: "),
        (changed(day="0001-01-01"), "outside the years 1990 to 2100"),
        (changed(day="2026-03-15"), "no look was made by the day"),
        (changed(observations=[]), ":1: observations: "),
        (changed(timezone="Mars/Olympus"), "unknown time zone"),
        (changed(calendar="Mars"), "there is no calendar Mars"),
        (changed(category="nwes"), 'unknown category "nwes"'),
        (changed(duty={"kind": "daily", "window": "P2W"}), "a duty of kind daily has no window"),
        (changed(duty={"kind": "periodic", "review_every": "P1Y"}), "only a duty without a rhythm is reviewed"),
        (changed(duty={"kind": "periodic", "window": "P2"}), '"P2" is no window of time'),
        (look(at="2026-03-16T00:30:00"), "observations[0].at: "),
        (look(at="0001-01-01T00:00:00+14:00"), "outside the years 1990 to 2100"),
        (look(trouble="dns"), "either entries or a trouble"),
        (look(entries=None), "either entries or a trouble"),
        (look(blank=True), "a list with entries is not blank"),
        (look(confidence=1.5), "observations[0].confidence: "),
        (look(entries=[{**ENTRY, "publishd": None}]), 'did you mean "published"?'),
        (look(entries=[ENTRY] * 1001), "observations[0].entries: "),
        (changed(observations=[{"at": "2026-03-16T00:00:00Z", "entries": [ENTRY] * 1000}] * 61), "too many entries"),
    ],
)
def test_a_bad_line_says_where_and_what(line: object, said: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as error:
        list(worlds(written(tmp_path, line)))
    (first, *_) = str(error.value).splitlines()
    assert said in first


def test_all_that_is_wrong_is_said_and_nothing_is_answered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANMU_LANG", "en")
    asked = written(tmp_path, GOOD, changed(day=5), GOOD, "{")
    with pytest.raises(SystemExit) as ended:
        main(["judge", "--batch", str(asked), "--json"])
    said = capsys.readouterr()
    assert (ended.value.code, said.out) == (2, "")
    assert [line.split("worlds.jsonl")[1][:3] for line in said.err.splitlines()] == [":2:", ":4:"]


def test_a_world_on_which_a_rule_breaks_leaves_the_others_their_answers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(world: World, *rest: object) -> Course:
        if world.id == "bad":
            raise OverflowError("date value out of range")
        return replay(world, china())

    monkeypatch.setenv("LANMU_LANG", "en")
    monkeypatch.setattr("cli.judging.replay", breaks)
    with pytest.raises(SystemExit) as ended:
        main(["judge", "--batch", str(written(tmp_path, changed(id="bad"), GOOD)), "--json"])
    said = capsys.readouterr()
    assert ended.value.code == 1
    assert [json.loads(line)["id"] for line in said.out.splitlines()] == ["a"]
    (line,) = said.err.splitlines()
    fault = "a fault of the program (OverflowError: date value out of range)"
    assert line == f"lanmu: the world bad could not be judged: {fault}; please report it"


def test_a_file_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="nowhere"):
        list(worlds(tmp_path / "nowhere.jsonl"))


def test_a_line_without_end_is_not_read_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("config.world_file.LONGEST_LINE", 1 << 20)
    with pytest.raises(ConfigError, match="more than 1 MiB"):
        list(worlds(written(tmp_path, "x" * (3 << 20))))


def test_of_very_many_problems_the_first_are_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as error:
        list(worlds(written(tmp_path, *["{"] * 500)))
    assert len(error.value.problems) == 100
