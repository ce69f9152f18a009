"""When a round is held: most of its hosts are silent at once, and it may be us."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.hold import held

NOW = datetime(2026, 3, 18, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("what", "answered", "silent", "expected"),
    [
        ("nobody was asked", 0, 0, False),
        ("all of a few", 0, 9, False),
        ("all of enough", 0, 10, True),
        ("four of five", 20, 80, True),
        ("not quite four of five", 21, 79, False),
        ("many, but not most", 90, 30, False),
    ],
)
def test_a_round_is_held_when_most_of_enough_hosts_are_silent(
    what: str, answered: int, silent: int, expected: bool
) -> None:
    found = held(answered=answered, silent=silent, share=0.8, least=10, now=NOW, since=None, well=False)
    assert found is expected, what


@pytest.mark.parametrize(
    ("what", "hours", "well", "expected"),
    [
        ("just begun", 0.5, True, True),
        ("two hours, and the control addresses answer", 2, True, False),
        ("a day, and there are no control addresses", 24, False, True),
    ],
)
def test_where_our_network_is_known_to_be_well_holding_has_an_end(
    what: str, hours: float, well: bool, expected: bool
) -> None:
    since = NOW - timedelta(hours=hours)
    assert held(answered=1, silent=99, share=0.8, least=10, now=NOW, since=since, well=well) is expected, what
