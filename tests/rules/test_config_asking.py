"""Every mistake in how a site may be asked is told with its place, what it is and how to mend it."""

from pathlib import Path

import pytest

from config.addresses import control
from monitor.model.holding import ControlPage
from tests.rules.broken_folders import SITE, problems_of


@pytest.mark.parametrize(
    ("what", "right", "wrong", "fault", "mend"),
    [
        (
            "weak TLS without a reason",
            "columns:",
            "weak_tls: {old_protocols: true}\ncolumns:",
            '8:11: key "reason" is missing',
            "add a line “reason: …”",
        ),
        (
            "a reason that weakens nothing",
            "columns:",
            "weak_tls: {reason: old}\ncolumns:",
            "8:11: nothing is weakened here",
            "add old_protocols: true or a chain, or remove it",
        ),
        (
            "a chain that is no certificate",
            "columns:",
            "weak_tls: {reason: old, chain: abc}\ncolumns:",
            "8:32: there is no certificate here",
            "paste it as PEM below chain: |, from BEGIN CERTIFICATE to END CERTIFICATE",
        ),
        (
            "hours that are none",
            "columns:",
            'look_hours: {from: "20:00", to: "20:00"}\ncolumns:',
            "8:13: the hours begin and end at the same time",
            'write them as from: "20:00", to: "07:00"',
        ),
        (
            "hours after the last mail",
            "columns:",
            'look_hours: {from: "17:30", to: "23:00"}\ncolumns:',
            "8:20: nobody would be reminded: these hours begin when no mail is sent any more that day",
            "let them begin before 17:30, or go on over midnight",
        ),
        (
            "an hour that no day has",
            "columns:",
            'look_hours: {from: "20:00", to: "24:00"}\ncolumns:',
            '8:33: "24:00" is no time of day',
            'write it as "09:00"',
        ),
        (
            "an authority without a reason",
            "columns:",
            "authority: ''\ncolumns:",
            "8:12: the name is empty",
            "write a name",
        ),
        (
            "an authority that is only claimed",
            "columns:",
            "authority: true\ncolumns:",
            "8:12: a text is expected here",
            "put the value into quotes",
        ),
        ("too many at once", "columns:", "at_once: 99\ncolumns:", '8:10: "99" is too large', "write 10 or less"),
        ("no request a day", "columns:", "per_day: 0\ncolumns:", '8:10: "0" is too small', "write 1 or more"),
    ],
)
def test_a_mistake_in_how_a_site_is_asked(
    what: str, right: str, wrong: str, fault: str, mend: str, tmp_path: Path
) -> None:
    assert right in SITE
    assert problems_of(tmp_path, site=SITE.replace(right, wrong, 1)) == [f"sites/a.yaml:{fault}; {mend}"]


@pytest.mark.parametrize(
    ("what", "settings", "fault", "mend"),
    [
        (
            "a control address without a port",
            'network:\n  control: ["223.5.5.5"]\n',
            '2:13: "223.5.5.5" is no address to connect to',
            'write host and port, such as "www.example.com:443", or a page with http:// or https:// in front',
        ),
        (
            "a control page of no host",
            'network:\n  control: ["http:///generate_204"]\n',
            '2:13: "http:///generate_204" is no web address',
            "write a host after the //, such as https://www.example.com/",
        ),
        (
            "a control page that is a file",
            'network:\n  control: ["file:///etc/hosts localhost"]\n',
            '2:13: "file:///etc/hosts" is no web address',
            "write http:// or https:// in front, such as https://www.example.com/",
        ),
        (
            "a round held by half of its hosts",
            "network: {held_share: 0.5}\n",
            '1:23: "0.5" is too small',
            "write more than 0.5",
        ),
        ("held by one host", "network: {held_least: 1}\n", '1:23: "1" is too small', "write 2 or more"),
        ("too many probes", "probes_a_day: 1000\n", '1:15: "1000" is too large', "write 288 or less"),
        ("fewer probes than none", "probes_a_day: -1\n", '1:15: "-1" is too small', "write 0 or more"),
        (
            "an operator that would end the header's brackets",
            "user_agent_operator: Lanmu (City)\n",
            '1:22: "Lanmu (City)" cannot stand in a header',
            "write it in plain ASCII letters, without brackets and semicolons",
        ),
        (
            "an operator in Chinese",
            "user_agent_operator: 青梧县\n",
            '1:22: "青梧县" cannot stand in a header',
            "write it in plain ASCII letters, without brackets and semicolons",
        ),
    ],
)
def test_a_mistake_in_the_settings_of_asking(what: str, settings: str, fault: str, mend: str, tmp_path: Path) -> None:
    assert problems_of(tmp_path, settings=settings) == [f"lanmu.yaml:{fault}; {mend}"]


def test_control_addresses_are_pages_with_their_answer_or_hosts_to_connect_to() -> None:
    assert [control(text) for text in ("223.5.5.5:53", "http://a.example/204", "https://a.example/t Connect Test")] == [
        ("223.5.5.5", 53),
        ControlPage(url="http://a.example/204"),
        ControlPage(url="https://a.example/t", word="Connect Test"),
    ]
