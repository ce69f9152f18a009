"""The whole line as a newcomer sees it: `lanmu demo`, against the truth that was written by hand."""

import json
import signal
from datetime import date
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

import pytest

from sample.truth import Truth, truths
from tests.journeys.lanmu import child, environment, is_alive, lanmu, started, until

TODAY = date(2026, 3, 18)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("demo")
    ended = lanmu("demo", "--dir", str(folder))
    assert ended.returncode == 0, ended.stderr
    return folder, ended.stdout


def mails(folder: Path) -> list[EmailMessage]:
    parser = BytesParser(_class=EmailMessage, policy=policy.default)
    return [parser.parsebytes(path.read_bytes()) for path in sorted((folder / "mail").glob("*.eml"))]


def text(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_the_summary_is_the_truth(demo: tuple[Path, str]) -> None:
    summary = {(row["site"], row["column"]): row for row in json.loads((demo[0] / "summary.json").read_text("utf-8"))}
    said = {key: told(row) for key, row in summary.items()}
    assert said == {(t.site, t.column): expected(t) for t in truths(TODAY)}


def told(row: dict[str, object]) -> tuple[object, ...]:
    return tuple(row[name] for name in ("standing", "newest", "deadline", "days_over", "why", "trouble"))


def expected(t: Truth) -> tuple[object, ...]:
    newest, deadline = t.newest and str(t.newest), t.deadline and str(t.deadline)
    return t.standing, newest, deadline, t.days_over, t.why, t.trouble


def test_the_digests_name_the_columns_that_the_truth_says_and_no_other(demo: tuple[Path, str]) -> None:
    said = "\n".join(text(mail) for mail in mails(demo[0]))
    assert said
    for t in truths(TODAY):
        assert (f"{t.site}" in said and t.column in said) or not t.mailed
    named = {(t.site, t.column) for t in truths(TODAY) if t.mailed and t.standing != "DUE_SOON"}
    summary = json.loads((demo[0] / "summary.json").read_text("utf-8"))
    assert {(row["site"], row["column"]) for row in summary if row["finding"] == "detected"} == named


def test_each_officer_gets_one_mail_and_it_holds_only_what_is_hers(demo: tuple[Path, str]) -> None:
    recipients = [mail["To"].addresses[0].addr_spec for mail in mails(demo[0])]
    assert len(recipients) == len(set(recipients))
    assert recipients


def test_the_demo_prints_every_column_and_says_what_to_try_next(demo: tuple[Path, str]) -> None:
    for t in truths(TODAY):
        assert t.column in demo[1]
    assert "64 columns" in demo[1]
    assert "lanmu check" in demo[1]


def test_a_second_demo_replaces_the_first_and_reminds_nobody_where_its_second_morning_is_a_saturday(
    demo: tuple[Path, str],
) -> None:
    assert mails(demo[0])
    ended = lanmu("demo", "--dir", str(demo[0]), "--today", "2026-04-17")
    assert ended.returncode == 0, ended.stderr
    assert "2026-04-18 is no working day" in ended.stdout
    assert mails(demo[0]) == []
    assert len(json.loads((demo[0] / "summary.json").read_text("utf-8"))) == 64


def test_a_demo_that_is_told_to_end_leaves_no_process_and_its_folder_to_the_next(tmp_path: Path) -> None:
    folder = tmp_path / ("a[/b]c" + "长" * 40)  # too long for the address of a socket, and markup to some
    told_to_end = started("demo", "--dir", str(folder), env=environment())
    processes = [child(folder / "lanmu.log", name) for name in ("queue", "worker")]
    until((folder / "broker.url").exists, "the queue's address")
    queue = Path((folder / "broker.url").read_text("utf-8").removeprefix("redis+socket://"))
    assert queue.parent.stat().st_mode & 0o077 == 0
    told_to_end.send_signal(signal.SIGTERM)
    output, _ = told_to_end.communicate(timeout=30)
    assert told_to_end.returncode == 143, output
    assert "Traceback" not in output
    assert not any(is_alive(process) for process in processes)
    assert not (folder / "broker.url").exists()
    assert not queue.parent.exists()

    again = lanmu("demo", "--dir", str(folder))
    assert again.returncode == 0, again.stderr
    assert "a[/b]c" in again.stdout
    for path in folder.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path
