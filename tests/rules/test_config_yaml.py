"""A file that is no good YAML is refused at its line, in bounded work."""

from pathlib import Path

import pytest

from tests.rules.broken_folders import SITE, problems_of


@pytest.mark.parametrize(
    ("what", "site", "told"),
    [
        ("bad indentation", "site: a\n unit: b\n", "2:6: this is not valid YAML (mapping values are not allowed here)"),
        ("a quote that never ends", 'site: "a\n', "2:1: this is not valid YAML (found unexpected end of stream)"),
        (
            "a tab",
            "officer:\n\tname: x\n",
            "2:1: this is not valid YAML (found character '\\t' that cannot start any token)",
        ),
        ("a control character", "site: a\nunit: \x07\n", "2:7: a control character stands here"),
        ("an alias of nothing", "site: *a\n", "1:7: this is not valid YAML (found undefined alias 'a')"),
        ("an alias of itself", "site: &a [*a]\n", "1:7: an alias refers to itself"),
        (
            "a tag that would run code",
            "--- !!python/object/apply:os.system [ls]\n",
            '1:5: the tag "tag:yaml.org,2002:python/object/apply:os.system" is not accepted',
        ),
        ("a merge key", "<<: {site: a}\n", "1:1: a key must be one plain word"),
        ("a list as a key", "? [a, b]\n: c\n", "1:3: a key must be one plain word"),
        ("a thousand brackets", "[" * 1000, "1:21: this is not valid YAML (maximum depth"),
        ("nothing", "", "1:1: the file is empty; describe a site in it, or remove it"),
        ("nothing but a comment", "# later\n", "1:1: the file is empty; describe a site in it, or remove it"),
        ("an empty document", SITE + "---\n", "16:1: keys with values are expected here"),
        (
            "GBK",
            "site: a\nunit: 示例局\n".encode("gbk"),
            "2:8: the file is not in UTF-8; save it as UTF-8 (it may be in GBK now)",
        ),
        ("a spreadsheet", b"PK\x03\x04\xff\xfe", "1:5: the file is not in UTF-8"),
    ],
)
def test_a_file_that_is_no_good_yaml(what: str, site: str | bytes, told: str, tmp_path: Path) -> None:
    first, *more = problems_of(tmp_path, site=site)
    assert first.startswith(f"sites/a.yaml:{told}")
    assert more == []


def test_aliases_that_multiply_are_refused_in_bounded_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("config.document.MOST_NODES", 10_000)
    levels = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]\n" for n in range(1, 10))
    (told,) = problems_of(tmp_path, site="l0: &l0 [a]\n" + levels)
    assert told.endswith("the file holds too many values; split it into several files")


@pytest.mark.parametrize("end", range(0, SITE.index("  - name: Notices") - 2, 9))
def test_a_file_that_was_cut_off_is_refused_in_lines_of_their_own(end: int, tmp_path: Path) -> None:
    told = problems_of(tmp_path, site=SITE[:end])
    assert told
    assert all(line.startswith("sites/a.yaml:") and "\n" not in line for line in told)


def test_an_alias_saves_writing(tmp_path: Path) -> None:
    twice = SITE.replace("officer:\n", "officer: &wang\n") + "---\n" + SITE.replace("Example\n", "Second\n")
    again = "---\nsite: null\nunit: &u Third Office\ngroup: 直属机构\n"
    assert problems_of(tmp_path, site=twice + again) == []


def test_a_file_of_more_than_five_megabytes_is_not_read(tmp_path: Path) -> None:
    assert problems_of(tmp_path, site=b"#" * 5_000_001) == [
        "sites/a.yaml: the file is larger than 5 MB; split it into several files"
    ]


def test_of_many_problems_in_one_file_the_first_are_told(tmp_path: Path) -> None:
    told = problems_of(tmp_path, site=SITE + "".join(f"k{n}: 1\n" for n in range(600)))
    assert len(told) == 501
    assert told[-1] == "sites/a.yaml: this file has 100 more problems; mend the first ones, then check again"
