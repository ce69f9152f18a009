"""The commented example of the admins' folder, and how it is written."""

import re
from pathlib import Path

import pytest

from config.book import Settings
from config.init import write_example
from config.load import load
from config.problems import ConfigError


def everything_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_the_example_loads_without_problems(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "admin"
    assert write_example(folder) == [folder / name for name in ("lanmu.yaml", "policy.yaml", "sites/example.yaml")]
    book = load(folder, {})
    assert [(site.name, len(site.columns)) for site in book.sites] == [("示例市示例局网站", 3)]
    assert [unit.name for unit in book.units if not unit.has_site] == ["示例市示例中心"]


def test_the_values_that_the_example_shows_are_the_defaults(tmp_path: Path) -> None:
    write_example(tmp_path)
    assert load(tmp_path, {}).settings == Settings(state=tmp_path / "var")


def test_every_commented_setting_is_accepted_when_it_is_uncommented(tmp_path: Path) -> None:
    lanmu, _, sites = write_example(tmp_path)
    for path, indents in ((lanmu, ("", "  ")), (sites, ("", "  ", "    "))):
        lines = path.read_text("utf-8").splitlines()
        for indent in indents:
            start = f"{indent}# "
            lines = [
                indent + line.removeprefix(start)
                if line.startswith(start) and _is_key(line.removeprefix(start))
                else line
                for line in lines
            ]
        path.write_text("\n".join(lines), "utf-8")
    book = load(tmp_path, {})
    assert book.settings.mail.username == "lanmu"
    assert book.sites[0].columns[1].opened is not None
    assert len(book.sites[0].allow_networks) == 1
    assert book.sites[0].access.headers[0].value == "lanmu"


def test_every_commented_rule_is_accepted_when_it_is_uncommented(tmp_path: Path) -> None:
    _, own, sites = write_example(tmp_path)
    rules = own.read_text("utf-8").partition("# Working days")[0]
    own.write_text(re.sub(r"(?m)^# (?=\s*\w+:(?: |$))", "", rules), "utf-8")
    sites.write_text(sites.read_text("utf-8").replace("category: notice", "category: statistics"), "utf-8")
    duty = load(tmp_path, {}).sites[0].columns[1].duty
    assert duty.line == "periodic 3 months, 1 items, grace 1, calendar CN: 示例市统计数据发布规定"


def _is_key(text: str) -> bool:
    key, colon, value = text.partition(":")
    return bool(colon) and key.isidentifier() and value.startswith(" ")


@pytest.mark.parametrize("there", ["lanmu.yaml", "policy.yaml", "sites/example.yaml"])
def test_nothing_is_overwritten_and_nothing_half_written(there: str, tmp_path: Path) -> None:
    (tmp_path / there).parent.mkdir(exist_ok=True)
    (tmp_path / there).write_text("mine", "utf-8")
    before = everything_in(tmp_path)
    with pytest.raises(ConfigError) as caught:
        write_example(tmp_path)
    assert str(caught.value) == f"{tmp_path / there}: it is there already; choose another folder, or remove it"
    assert everything_in(tmp_path) == before
    assert (tmp_path / there).read_text("utf-8") == "mine"


def test_a_folder_that_cannot_be_made_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(ConfigError) as caught:
        write_example(tmp_path / "file" / "admin")
    assert str(caught.value).startswith(f"{tmp_path}/file/admin: it cannot be read")
    assert everything_in(tmp_path) == ["file"]


def test_what_was_begun_is_taken_back_when_a_later_file_fails(tmp_path: Path) -> None:
    (tmp_path / "sites").write_text("a file, where a folder must be", "utf-8")
    with pytest.raises(ConfigError):
        write_example(tmp_path)
    assert everything_in(tmp_path) == ["sites"]
