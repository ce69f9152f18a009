"""Every mistake in `lanmu.yaml` and in the environment is told with its place, what it is and how to mend it."""

from pathlib import Path

import pytest

from tests.rules.broken_folders import problems_of


@pytest.mark.parametrize(
    ("what", "settings", "fault", "mend"),
    [
        ("a misspelt key", "languge: en\n", '1:1: unknown key "languge"', 'did you mean "language"?'),
        ("an unknown language", "language: fr\n", '1:11: unknown word "fr"', "write one of: zh-CN, en"),
        ("another preset", "preset: cn-2016\n", '1:9: unknown preset "cn-2016"', 'did you mean "cn-2019"?'),
        (
            "an interval in words",
            "look_every: daily\n",
            '1:13: "daily" is no time between two looks',
            "write a time from PT5M (five minutes) to P31D (31 days), such as PT20H for 20 hours",
        ),
        (
            "an interval of nothing",
            "look_every: PT\n",
            '1:13: "PT" is no time between two looks',
            "write a time from PT5M (five minutes) to P31D (31 days), such as PT20H for 20 hours",
        ),
        (
            "looks every minute",
            "look_every: PT1M\n",
            '1:13: "PT1M" is no time between two looks',
            "write a time from PT5M (five minutes) to P31D (31 days), such as PT20H for 20 hours",
        ),
        (
            "hours that end first",
            'hours: {from: "17:30", to: "09:00"}\n',
            "1:8: the sending hours end before they begin",
            'write them as from: "09:00", to: "17:30"',
        ),
        (
            "an hour that no day has",
            "hours:\n  from: 09:00\n  to: 24:00\n",
            '3:7: "24:00" is no time of day',
            'write it as "09:00"',
        ),
        ("half of the hours", "hours:\n  from: 09:00\n", '2:3: key "to" is missing', "add a line “to: …”"),
        (
            "a password in the file",
            "mail:\n  password: x\n",
            '2:3: unknown key "password"',
            "remove it: the password is read from LANMU_SMTP_PASSWORD or LANMU_SMTP_PASSWORD_FILE",
        ),
        (
            "live mail without a server",
            "mail:\n  mode: live\n",
            "2:3: live mail needs a sender and a host",
            "add both, or write mode: dry_run",
        ),
        (
            "a port with the host",
            "mail:\n  host: smtp.example.com:25\n",
            '2:9: "smtp.example.com:25" is no host',
            "write the name of the server alone, such as smtp.example.com; the port has its own key",
        ),
        ("a port that is none", "mail:\n  port: 70000\n", '2:9: "70000" is too large', "write 65535 or less"),
        (
            "a port in quotes",
            'mail:\n  port: "25"\n',
            "2:9: a whole number is expected here",
            "write digits, without quotes or unit",
        ),
        (
            "an account in the clear",
            "mail: {username: me, security: none}\n",
            "1:7: the password would travel unprotected",
            "write security: starttls or tls",
        ),
        (
            "a home folder",
            "state: ~/lanmu\n",
            '1:8: "~/lanmu" is no folder',
            "write it in full, such as /var/lib/lanmu",
        ),
        (
            "a contact that is none",
            "user_agent_contact: the office\n",
            '1:21: "the office" is no web address',
            "remove the blanks, or write them as %20; use / and not \\",
        ),
        ("no workers", "workers: 0\n", '1:10: "0" is too small', "write 1 or more"),
        (
            "a true word for a number",
            "workers: true\n",
            "1:10: a whole number is expected here",
            "write digits, without quotes or unit",
        ),
        (
            "a list of settings",
            "- language: en\n",
            "1:1: keys with values are expected here",
            "write “key: value” lines, indented, below it",
        ),
        (
            "a second document",
            "language: en\n---\nworkers: 1\n",
            "3:1: a second document begins here",
            "keep one in this file: remove the “---”",
        ),
    ],
)
def test_a_mistake_in_the_settings(what: str, settings: str, fault: str, mend: str, tmp_path: Path) -> None:
    assert problems_of(tmp_path, settings=settings) == [f"lanmu.yaml:{fault}; {mend}"]


@pytest.mark.parametrize(
    ("what", "settings", "environ", "fault", "mend"),
    [
        (
            "twice",
            "",
            {"LANMU_SMTP_PASSWORD": "x", "LANMU_SMTP_PASSWORD_FILE": "y"},
            "LANMU_SMTP_PASSWORD_FILE: LANMU_SMTP_PASSWORD is set too",
            "unset one of the two",
        ),
        (
            "not at all, for a live account",
            "mail: {mode: live, sender: a@example.com, host: h, username: me}\n",
            {},
            'lanmu.yaml: live mail as "me" needs a password',
            "set LANMU_SMTP_PASSWORD or LANMU_SMTP_PASSWORD_FILE in the environment",
        ),
    ],
)
def test_a_password_that_is_given(
    what: str, settings: str, environ: dict[str, str], fault: str, mend: str, tmp_path: Path
) -> None:
    assert problems_of(tmp_path, settings=settings, **environ) == [f"{fault}; {mend}"]
