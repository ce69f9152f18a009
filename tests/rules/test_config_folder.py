"""The files of a folder are checked together: every problem is told at once, and nothing is half loaded."""

from collections.abc import Callable
from pathlib import Path

import pytest

from config.problems import Problem
from monitor.model.mendable import phrase
from tests.rules.broken_folders import SITE, problems_in, problems_of


def test_all_problems_of_all_files_are_told_at_once_in_order(tmp_path: Path) -> None:
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "b.yml").write_text(SITE.replace("/news/", "ftp://x/").replace("department", "部"), "utf-8")
    (tmp_path / "sites" / "c.yaml").mkdir()
    wrong = SITE.replace("email:", "emial:").replace("notice\n", "notise\n").replace("name: Notices", "name: News")
    told = problems_of(tmp_path, site=wrong, settings="workers: 0\npreset: x\n", LANMU_SMTP_PASSWORD_FILE="/nowhere")
    assert [line.split("; ")[0] for line in told] == [
        'lanmu.yaml:1:10: "0" is too small',
        'lanmu.yaml:2:9: unknown preset "x"',
        "LANMU_SMTP_PASSWORD_FILE: it cannot be read (No such file or directory)",
        'sites/a.yaml:7:3: unknown key "emial"',
        'sites/a.yaml:12:11: two columns of this site are called "News"',
        'sites/a.yaml:14:15: unknown category "notise"',
        'sites/b.yml:1:7: site "Example" is already defined',
        'sites/b.yml:4:8: unknown group "部"',
        'sites/b.yml:10:10: "ftp://x/" is no web address',
        "sites/c.yaml: this is not a file",
    ]


UNIT = "site: null\nunit: Example Office\ngroup: department\n"


@pytest.mark.parametrize(
    ("what", "second", "fault", "mend"),
    [
        (
            "a site of the same name",
            SITE.replace("Office", "Bureau"),
            '1:7: site "Example" is already defined',
            "give it another name, or remove it here or at sites/a.yaml:1",
        ),
        (
            "a unit that has a site after all",
            UNIT,
            '2:7: unit "Example Office" is already in the register, and one of the two has no site',
            "remove it here or at sites/a.yaml:3",
        ),
        (
            "a unit in another group",
            SITE.replace("site: Example", "site: Other").replace("department", "直属机构"),
            '4:8: unit "Example Office" stands in the group department elsewhere',
            "write the same group here and at sites/a.yaml:3",
        ),
        (
            "a unit without a site that has a home page",
            UNIT.replace("Example", "Other") + "home: https://www.example.com/\n",
            '4:1: unknown key "home"',
            "remove it; the keys here are: site, unit, group",
        ),
    ],
)
def test_files_that_contradict_one_another(what: str, second: str, fault: str, mend: str, tmp_path: Path) -> None:
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "b.yaml").write_text(second, "utf-8")
    assert problems_of(tmp_path) == [f"sites/b.yaml:{fault}; {mend}"]


def _no_folder(folder: Path) -> Path:
    return folder / "none"


def _no_sites(folder: Path) -> Path:
    return folder


def _empty_sites(folder: Path) -> Path:
    (folder / "sites").mkdir()
    (folder / "sites" / "notes.txt").write_text("later", "utf-8")
    return folder


@pytest.mark.parametrize(
    ("what", "make", "told"),
    [
        ("no folder", _no_folder, "{0}/none: there is no such folder; make an example with: lanmu init {0}/none"),
        (
            "no sites",
            _no_sites,
            "sites: it cannot be read (No such file or directory); make an example with: lanmu init {0}",
        ),
        ("no site file", _empty_sites, "sites: the folder holds no .yaml file; make an example with: lanmu init {0}"),
    ],
)
def test_a_folder_without_sites(what: str, make: Callable[[Path], Path], told: str, tmp_path: Path) -> None:
    assert problems_in(make(tmp_path)) == [told.format(tmp_path)]


def test_a_problem_is_told_in_the_language_of_the_reader() -> None:
    problem = Problem(file="a", line=1, column=2, what=phrase("key {key} is wrong", key="{x}"), mend=phrase("mend it"))
    catalogue = {
        "key {key} is wrong": "键 {key} 有误",
        "mend it": "请更正",
        "{place}: {what}; {mend}": "{place}：{what}；{mend}",
    }
    assert problem.said(catalogue.__getitem__) == "a:1:2：键 {x} 有误；请更正"
