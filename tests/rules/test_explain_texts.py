"""How the pace of a column is told, in both languages."""

from datetime import date

from monitor.model.cadence import Cadence, Missed
from texts.catalogue import CHINESE, ENGLISH, translations
from texts.explain import pace_text

PACE = Cadence(
    entries=9,
    publishing_days=9,
    covered=date(2025, 4, 1),
    usual=20.0,
    spread=4.0,
    longest=55,
    windows=24,
    windows_of_year=24,
    missed=tuple(Missed(since=date(2025, month, 1), until=date(2025, month, 14)) for month in (5, 6, 7, 8)),
    breach=date(2026, 4, 2),
)


def test_the_pace_tells_the_latest_missed_periods_and_where_it_leads() -> None:
    assert pace_text(PACE, translations(ENGLISH)) == [
        "9 entries in the last 12 months",
        "usually every 20 days, give or take 4",
        "its history is complete from 2025-04-01 on: 4 of 24 periods were missed",
        *(f"without enough entries from 2025-0{n}-01 to 2025-0{n}-14, 1 period" for n in (6, 7, 8)),
        "at this pace the deadline is missed on 2026-04-02",
    ]


def test_where_the_pace_leads_in_chinese() -> None:
    assert pace_text(PACE, translations(CHINESE))[-1] == "按目前更新频率，将于 2026-04-02 逾期"
