"""`lanmu status` tells from November on that nobody knows the next year's working days."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cli.status import unsettled
from config.calendars import load_calendars
from monitor.edge.store import Store
from tests.edge.stores import register, site
from tests.edge.worlds import small_world


@pytest.mark.parametrize(
    ("what", "now", "year"),
    [
        ("the last day of October", datetime(2031, 10, 31, tzinfo=UTC), None),
        ("the first of November", datetime(2031, 11, 1, tzinfo=UTC), 2032),
        ("a year that is not settled itself", datetime(2033, 3, 1, tzinfo=UTC), 2033),
    ],
)
def test_a_year_whose_working_days_are_not_known_is_told(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, now: datetime, year: int | None
) -> None:
    monkeypatch.setenv("LANMU_LANG", "en")
    register(store, site())
    (tmp_path / "calendar").mkdir()
    (tmp_path / "calendar" / "CN.yaml").write_text("base: CN\nsettled: [2031]\n", "utf-8")
    calendars, _ = load_calendars(tmp_path)
    told = unsettled(replace(small_world(store, tmp_path), calendars=calendars), now)
    assert [row[0] for row in told] == (["Calendar"] if year else []), what
    assert all(f"of {year} are provisional for Asia/Shanghai" in str(row[1]) for row in told), what
