"""Every mistake in a site file is told with its place, what it is and how to mend it."""

from pathlib import Path

import pytest

from tests.rules.broken_folders import SITE, problems_of


def test_the_file_that_the_mistakes_are_made_in_has_none(tmp_path: Path) -> None:
    assert problems_of(tmp_path) == []


@pytest.mark.parametrize(
    ("what", "right", "wrong", "fault", "mend"),
    [
        ("a misspelt key", "  email:", "  emial:", '7:3: unknown key "emial"', 'did you mean "email"?'),
        (
            "a key that is like no other",
            "site: Example\n",
            "site: Example\nzzz: 1\n",
            '2:1: unknown key "zzz"',
            (
                "remove it; the keys here are: "
                "site, home, unit, group, officer, columns, allow_networks, timezone, weak_tls, site_code, spacing, "
                "at_once, per_day, look_hours, authority, duties, calendar, headers, proxy"
            ),
        ),
        (
            "a key that is missing",
            "home: https://www.example.com/\n",
            "",
            '1:1: key "home" is missing',
            "add a line “home: …”",
        ),
        (
            "a number for a name",
            "name: News",
            "name: 2026",
            "9:11: a text is expected here",
            "put the value into quotes",
        ),
        ("no value for a name", "name: News", "name:", "9:5: the value is missing", "write it after the colon"),
        (
            "a list for a name",
            "name: News",
            "name: [News]",
            "9:11: one text is expected here, not a list",
            "write it on the line of the key",
        ),
        ("an empty name", "name: News", "name: ' '", "9:11: the name is empty", "write a name"),
        (
            "a name that would write another mail header",
            "name: 王明",
            'name: "王\\nBcc: x@example.com"',
            "6:9: the name holds a line break or a control character",
            "write it on one line",
        ),
        (
            "a misspelt group",
            "group: department",
            "group: departmnt",
            '4:8: unknown group "departmnt"',
            'did you mean "department"?',
        ),
        (
            "a group that is like no other",
            "group: department",
            "group: village",
            '4:8: unknown group "village"',
            "write one of: county_portal, department, affiliated_body",
        ),
        (
            "an address that is none",
            "wang@example.com",
            "wang.example.com",
            '7:10: "wang.example.com" is no e-mail address',
            "write the address alone, such as wang@example.com",
        ),
        (
            "a home page without its scheme",
            "https://www.example.com/\n",
            "www.example.com\n",
            '2:7: "www.example.com" is no web address',
            "write http:// or https:// in front, such as https://www.example.com/",
        ),
        (
            "a home page with a password",
            "https://www.example.com/\n",
            "https://me:pw@www.example.com/\n",
            "2:7: the address holds a user name",
            "remove the part before the “@”",
        ),
        (
            "a key that stands twice",
            "group:",
            "unit: Other\ngroup:",
            '4:1: key "unit" stands here twice',
            "remove one of them",
        ),
        (
            "an officer without keys",
            "officer:\n  name: 王明\n  email: wang@example.com",
            "officer: 王明",
            "5:10: keys with values are expected here",
            "write “key: value” lines, indented, below it",
        ),
        (
            "a range that names a single host",
            "columns:",
            "allow_networks: [10.0.0.0/8, 10.1.2.3/8]\ncolumns:",
            '8:30: "10.1.2.3/8" is no range of addresses',
            'did you mean "10.0.0.0/8"?',
        ),
        (
            "a range that is none",
            "columns:",
            "allow_networks: [intranet]\ncolumns:",
            '8:18: "intranet" is no range of addresses',
            "write it in CIDR form, such as 10.0.0.0/8 or fd00::/8",
        ),
        (
            "a misspelt time zone",
            "columns:",
            "timezone: Asia/Shangai\ncolumns:",
            '8:11: unknown time zone "Asia/Shangai"',
            'did you mean "Asia/Shanghai"?',
        ),
        (
            "a folder of the time zones",
            "columns:",
            "timezone: Asia\ncolumns:",
            '8:11: unknown time zone "Asia"',
            "write a name of the IANA list, such as Asia/Shanghai",
        ),
        (
            "a time zone that climbs out",
            "columns:",
            "timezone: ../../etc/passwd\ncolumns:",
            '8:11: unknown time zone "../../etc/passwd"',
            "write a name of the IANA list, such as Asia/Shanghai",
        ),
        ("a spacing below zero", "columns:", "spacing: -1\ncolumns:", '8:10: "-1" is too small', "write 0.0 or more"),
        (
            "an endless spacing",
            "columns:",
            "spacing: .inf\ncolumns:",
            "8:10: a number is expected here",
            "write digits, without quotes or unit",
        ),
        (
            "an unknown language",
            "  email:",
            "  language: zh\n  email:",
            '7:13: unknown word "zh"',
            'did you mean "zh-CN"?',
        ),
        (
            "a site code of nine digits",
            "group: department",
            'group: department\nsite_code: "370100001"',
            '5:12: "370100001" is not a site code',
            "write its ten digits in quotes, or leave the key out",
        ),
    ],
)
def test_a_mistake_in_a_site_file(what: str, right: str, wrong: str, fault: str, mend: str, tmp_path: Path) -> None:
    assert right in SITE
    assert problems_of(tmp_path, site=SITE.replace(right, wrong, 1)) == [f"sites/a.yaml:{fault}; {mend}"]


def test_what_is_repeated_of_a_file_cannot_move_the_cursor(tmp_path: Path) -> None:
    (told,) = problems_of(tmp_path, site=SITE.replace("group: department", 'group: "\\e[2J\\u202Ex"'))
    assert told.startswith('sites/a.yaml:4:8: unknown group "\\x1b[2J\\u202ex"; ')
