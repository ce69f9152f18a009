"""A page that holds more than is read: its end is unseen, so only a list that begins with its newest is believed."""

from datetime import timedelta

import pytest

from monitor.extract import newest
from monitor.extract.links import MOST_LINKS
from tests.rules.extract.rows import TODAY, listed, whole


def rows(count: int, *, oldest_first: bool = False) -> str:
    days = [TODAY - timedelta(days=2 + i) for i in range(count)]
    items = (
        f'<li><a href="/tzgg/{10_000 + i}.html">关于第{i}次会议有关事项的通知公告</a><span>{day}</span></li>'
        for i, day in enumerate(days[::-1] if oldest_first else days)
    )
    return whole(f"<h1>通知公告</h1><ul>{''.join(items)}</ul>")


@pytest.mark.parametrize(
    ("count", "oldest_first", "believed"),
    [(300, False, True), (300, True, True), (MOST_LINKS + 50, False, True), (MOST_LINKS + 50, True, False)],
    ids=["whole, newest first", "whole, oldest first", "cut below its oldest", "cut before its newest"],
)
def test_a_list_that_was_cut_is_believed_only_where_its_newest_stand_first(
    count: int, oldest_first: bool, believed: bool
) -> None:
    listing = listed(rows(count, oldest_first=oldest_first))
    assert (listing.confidence >= 0.9) is believed
    if believed:
        assert newest(listing, today=TODAY) == TODAY - timedelta(days=2)
