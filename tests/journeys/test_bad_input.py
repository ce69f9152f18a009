"""What a user gets wrong is answered by one clear line that says what to do, exit code 2, and nothing half written."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from cli.main import main
from monitor.edge.database import known_revisions

GOOD_SITE = """\
site: 试验站
home: http://127.0.0.1:1/
unit: 试验局
group: department
officer: {name: 王丽, email: wang.li@lanmu.example}
columns: [{name: 动态, url: /news/, category: news}]
"""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to stand in, with a few things in it, and nothing of the tester's environment."""
    for name in ("LANMU_CONFIG", "LANMU_STATE", "LANMU_BROKER_URL", "LANMU_DATABASE_URL", "LANMU_ALLOW_NETWORKS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANMU_LANG", "en")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "broken.jsonl").write_text('{"id": "a", "file": "x.html"}\n{"id": \n', encoding="utf-8")
    (tmp_path / "binary.jsonl").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "wrong" / "sites").mkdir(parents=True)
    (tmp_path / "wrong" / "sites" / "a.yaml").write_text(GOOD_SITE.replace("email:", "emial:"), encoding="utf-8")
    (tmp_path / "good" / "sites").mkdir(parents=True)
    (tmp_path / "good" / "sites" / "a.yaml").write_text(GOOD_SITE, encoding="utf-8")
    for name, line in BATCHES.items():
        (tmp_path / name).write_text(f'{{"id": 1, "file": "broken.jsonl"}}\n{line}\n', encoding="utf-8")
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "garbage.db").write_bytes(b"no database at all" * 100)
    with closing(sqlite3.connect(tmp_path / "var" / "newer.db")) as newer, newer:
        newer.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        newer.execute("INSERT INTO alembic_version VALUES ('9999')")
    with closing(sqlite3.connect(tmp_path / "var" / "bare.db")) as bare, bare:
        bare.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        bare.executemany("INSERT INTO alembic_version VALUES (?)", [(revision,) for revision in known_revisions()])
    for name, folder in STATES.items():
        (tmp_path / "var" / name / folder).mkdir(parents=True)
    (tmp_path / "var" / "queue").mkdir()
    (tmp_path / "var" / "queue" / "queue").touch()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "lanmu.sqlite3").touch()
    return tmp_path


BATCHES = {
    "file.jsonl": '{"id": 2, "file": 5}',
    "url.jsonl": '{"id": 2, "url": 7}',
    "nul.jsonl": '{"id": 2, "file": "a\\u0000b"}',
    "half.jsonl": '{"id": 2, "url": "http://\\ud800.example/"}',
    "day.jsonl": '{"id": 2, "file": "x.html", "today": 5}',
    "year.jsonl": '{"id": 2, "file": "x.html", "today": "0001-01-01"}',
    "deep.jsonl": "[" * 100_000,
}
STATES = {"log": "lanmu.log", "lock": "lanmu.lock", "broker": "broker.url"}
GARBAGE = {"LANMU_DATABASE_URL": "sqlite:///var/garbage.db"}
NEWER = {"LANMU_DATABASE_URL": "sqlite:///var/newer.db"}
BARE = {"LANMU_DATABASE_URL": "sqlite:///var/bare.db"}

CASES: dict[str, tuple[Sequence[str], dict[str, str], str]] = {
    "an unknown command": (["chekc"], {}, "No such command 'chekc'"),
    "an unknown option": (["check", "--toady", "2026-03-18", "http://x.example/"], {}, "--toady"),
    "no URL at all": (["check"], {}, "Missing argument"),
    "a URL that is none": (["check", "not a url"], {}, "not a url"),
    "a URL with signs that steer a terminal": (["check", "http://x.example/?\u202e\x9b31m"], {}, "x.example/?31m"),
    "a URL of another scheme": (["check", "file:///etc/passwd"], {}, "file:///etc/passwd"),
    "a category that does not exist": (["check", "--category", "nwes", "http://x.example/"], {}, "nwes"),
    "a day that is none": (["check", "--today", "2026-02-30", "http://x.example/"], {}, "2026-02-30"),
    "networks that are none": (
        ["check", "http://x.example/"],
        {"LANMU_ALLOW_NETWORKS": "10.0.0.0/8,nonsense"},
        "LANMU_ALLOW_NETWORKS",
    ),
    "a file that is not there": (["extract", "nowhere.html"], {}, "nowhere.html cannot be read"),
    "neither a file nor a batch": (["extract"], {}, "give either one FILE or URL, or --batch FILE"),
    "a batch with a broken line": (["extract", "--batch", "broken.jsonl"], {}, "broken.jsonl:2"),
    "a batch that is no text": (["extract", "--batch", "binary.jsonl"], {}, "binary.jsonl cannot be read"),
    "a folder without a book": (["once", "--config", "nowhere"], {}, "nowhere"),
    "a book with a mistake": (["once", "--config", "wrong"], {}, "sites/a.yaml:5"),
    "a moment that is none": (["once", "--config", "good", "--now", "yesterday"], {}, "yesterday"),
    "a state folder that cannot be written": (
        ["once", "--config", "good"],
        {"LANMU_STATE": "/dev/null/state"},
        "LANMU_STATE",
    ),
    "a broker that does not answer": (
        ["once", "--config", "good"],
        {"LANMU_BROKER_URL": "redis://:secret@127.0.0.1:1/0"},
        "LANMU_BROKER_URL",
    ),
    "a broker of an unknown kind": (
        ["once", "--config", "good"],
        {"LANMU_BROKER_URL": "nonsense://x"},
        "LANMU_BROKER_URL",
    ),
    "a database that does not answer": (
        ["once", "--config", "good"],
        {"LANMU_DATABASE_URL": "postgresql+psycopg://lanmu:secret@127.0.0.1:1/lanmu"},
        "cannot be used",
    ),
    "a suspicion whose number no database holds": (
        ["suspicions", "confirm", "99999999999999999999", "--reason", "x"],
        {},
        "99999999999999999999",
    ),
    "a suspicion decided without a reason": (
        ["suspicions", "confirm", "1", "--reason", " \u200b ", "--config", "good"],
        {},
        "the reason is blank",
    ),
    **{
        f"evidence: {written}": (["once", "--config", "good"], {"EVIDENCE": written}, f"lanmu.yaml:1:{column}: {says}")
        for written, column, says in (
            ("{page_kb: 0}", 21, '"0" is too small'),
            ("{total_mb: much}", 22, "a whole number is expected"),
            ("{findings: 18}", 22, "a text is expected here"),
            ("{others: P0M}", 20, '"P0M" is no window of time'),
            ("{keep: P3M}", 12, 'unknown key "keep"'),
            ("12", 11, "keys with values are expected here"),
        )
    },
    "a demo where other things lie": (["demo", "--dir", "full"], {}, "full holds what no demo made"),
    "a day long ago": (["check", "--today", "0001-01-01", "http://x.example/"], {}, "0001-01-01"),
    "a day far ahead": (["extract", "--today", "9999-12-31", "broken.jsonl"], {}, "9999-12-31"),
    "a moment far ahead": (["once", "--config", "good", "--now", "9999-12-31"], {}, "9999-12-31"),
    **{f"a batch with {name}": (["extract", "--batch", name], {}, f"{name}:2: ") for name in BATCHES},
    "a log that is a folder": (["once", "--config", "good"], {"LANMU_STATE": "var/log"}, "lanmu.log cannot be written"),
    "a lock that is a folder": (["once", "--config", "good"], {"LANMU_STATE": "var/lock"}, "LANMU_STATE"),
    "a queue that is a file": (["once", "--config", "good"], {"LANMU_STATE": "var/queue"}, "queue cannot be written"),
    "an address of the broker that is a folder": (
        ["once", "--config", "good"],
        {"LANMU_STATE": "var/broker"},
        "broker.url cannot be written",
    ),
    **{
        f"a broker of a kind that cannot serve: {url}": (
            ["once", "--config", "good"],
            {"LANMU_BROKER_URL": url},
            "write redis://HOST:6379/0",
        )
        for url in ("memory://", "filesystem://", "amqp://lanmu:secret@127.0.0.1:1/", "redis")
    },
    "a port of the database that is none": (
        ["once", "--config", "good"],
        {"LANMU_DATABASE_URL": "postgresql+psycopg://lanmu:secret@127.0.0.1:port/lanmu"},
        "LANMU_DATABASE_URL",
    ),
    **{
        f"a database in memory: {url}": (["once", "--config", "good"], {"LANMU_DATABASE_URL": url}, "in memory")
        for url in ("sqlite://", "sqlite:///:memory:", "sqlite:///file:x?mode=memory&uri=true")
    },
    **{
        f"{command[0]} of {what}": ([*command, "--config", "good"], environ, says)
        for command in (["status"], ["columns"], ["baseline", "release", "--all"])
        for what, environ, says in (
            ("a file that is no database", GARBAGE, "file is not a database"),
            ("a database of a newer Lanmu", NEWER, "made by a newer Lanmu (9999)"),
            ("a database without our tables", BARE, "no such table"),
        )
    },
    "a round on a file that is no database": (["once", "--config", "good"], GARBAGE, "file is not a database"),
    "a worker without a broker": (["worker", "--config", "good"], {}, "LANMU_BROKER_URL is not set"),
    "a status before the first round": (["status", "--config", "good"], {}, "lanmu once"),
    "a release of nothing in particular": (["baseline", "release", "--config", "good"], {}, "--all"),
}


@pytest.mark.parametrize(("arguments", "environ", "says"), CASES.values(), ids=CASES.keys())
def test_a_mistake_is_one_clear_line(
    arguments: Sequence[str],
    environ: dict[str, str],
    says: str,
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    if "EVIDENCE" in environ:
        (place / "good" / "lanmu.yaml").write_text(f"evidence: {environ['EVIDENCE']}\n", encoding="utf-8")
    before = sorted(path for path in place.rglob("*") if "var" not in path.parts)
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    out, err = capfd.readouterr()
    assert ended.value.code == 2, err
    assert says in err
    assert len(err.splitlines()) == 1, err
    assert "Traceback" not in err
    assert "secret" not in err
    assert out == ""
    assert sorted(path for path in place.rglob("*") if "var" not in path.parts) == before
