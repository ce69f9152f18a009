"""Mail to a folder: readable names, whole files, and the same key once."""

import stat
from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from notifiers.base import Message, ReceiptKind
from notifiers.spool import SpoolNotifier, file_name
from tests.rules.digests import ALL, rendered

MESSAGE = rendered(*ALL)


def spool(folder: Path) -> SpoolNotifier:
    return SpoolNotifier(folder=folder, now=lambda: datetime(2026, 3, 19, 1, 30, tzinfo=UTC))


def put(folder: Path, message: Message = MESSAGE) -> ReceiptKind:
    return spool(folder).deliver(message, before_data=lambda: None).kind


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_mail_is_an_eml_file_that_says_whose_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "var" / "mail"
    receipt = spool(folder).deliver(MESSAGE, before_data=lambda: None)
    assert receipt.kind is ReceiptKind.SENT
    assert files(folder) == [receipt.detail]
    assert receipt.detail.startswith("2026-03-19-wang.li@lanmu.example-")
    mail = message_from_bytes((folder / receipt.detail).read_bytes(), policy=default)
    assert mail["Subject"] == MESSAGE.subject
    assert mail["Message-ID"] == MESSAGE.message_id


def test_the_same_key_delivered_twice_leaves_one_file(tmp_path: Path) -> None:
    assert [put(tmp_path), put(tmp_path)] == [ReceiptKind.SENT] * 2
    assert len(files(tmp_path)) == 1


def test_another_key_another_slot_and_another_person_have_files_of_their_own(tmp_path: Path) -> None:
    put(tmp_path)
    put(tmp_path, replace(MESSAGE, key="another"))
    put(tmp_path, replace(MESSAGE, slot=date(2026, 3, 20)))
    put(tmp_path, replace(MESSAGE, to=replace(MESSAGE.to, address="zhao@lanmu.example")))
    assert len(files(tmp_path)) == 4


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("../../etc/passwd@lanmu.example", "_.._etc_passwd@lanmu.example"),
        ("/etc/passwd@lanmu.example", "_etc_passwd@lanmu.example"),
        (".hidden@lanmu.example", "hidden@lanmu.example"),
        ("a{b}|c*@lanmu.example", "a_b__c_@lanmu.example"),
        ("a@栏目.example", "a@__.example"),
        ("a" * 300 + "@lanmu.example", "a" * 80),
    ],
)
def test_no_address_leads_out_of_the_folder(address: str, name: str) -> None:
    message = replace(MESSAGE, to=replace(MESSAGE.to, address=address), slot=None)
    shown, _, key = file_name(message).rpartition("-")
    assert shown == name
    assert len(key) == len("0f3c9a1b.eml")


def test_there_is_no_point_of_no_return_and_so_no_marker(tmp_path: Path) -> None:
    seen: list[str] = []
    spool(tmp_path).deliver(MESSAGE, before_data=lambda: seen.append("marked"))
    assert seen == []
    assert len(files(tmp_path)) == 1


def test_a_folder_that_cannot_be_made_is_tried_later(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    receipt = spool(tmp_path / "taken").deliver(MESSAGE, before_data=lambda: None)
    assert receipt.kind is ReceiptKind.TRY_LATER
    assert "taken" in receipt.detail


def test_a_file_that_cannot_be_put_in_place_leaves_no_half_of_it(tmp_path: Path) -> None:
    (tmp_path / file_name(MESSAGE)).mkdir()
    assert put(tmp_path) is ReceiptKind.TRY_LATER
    assert files(tmp_path) == [file_name(MESSAGE)]


def test_a_mail_is_for_its_owner_alone(tmp_path: Path) -> None:
    put(tmp_path)
    assert stat.S_IMODE((tmp_path / file_name(MESSAGE)).stat().st_mode) == 0o600


def test_an_address_that_no_mail_can_go_to_is_refused(tmp_path: Path) -> None:
    assert put(tmp_path, replace(MESSAGE, to=replace(MESSAGE.to, address="nobody"))) is ReceiptKind.REFUSED
    assert files(tmp_path) == []
