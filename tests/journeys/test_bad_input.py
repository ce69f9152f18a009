"""What a user gets wrong is answered by one clear line that says what to do, exit code 2, and nothing half written."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from cli.main import main

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
    return tmp_path


CASES: dict[str, tuple[Sequence[str], dict[str, str], str]] = {
    "an unknown command": (["chekc"], {}, "No such command 'chekc'"),
    "an unknown option": (["check", "--toady", "2026-03-18", "http://x.example/"], {}, "--toady"),
    "no URL at all": (["check"], {}, "Missing argument"),
    "a URL that is none": (["check", "not a url"], {}, "not a url"),
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
