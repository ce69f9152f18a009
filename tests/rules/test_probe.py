"""What a probe of a home page proves, and when the next one is due."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.model.reading import Trouble, TroubleKind
from monitor.probe import Opened, next_probe, opened


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (None, Opened.YES),
        (TroubleKind.TOO_LARGE, Opened.YES),
        (TroubleKind.TIMEOUT, Opened.NO),
        (TroubleKind.CONNECT, Opened.NO),
        (TroubleKind.DNS, Opened.NO),
        (TroubleKind.SERVER_ERROR, Opened.NO),
        (TroubleKind.GONE, Opened.NO),
        (TroubleKind.BLOCKED, Opened.UNTOLD),
        (TroubleKind.FORBIDDEN, Opened.UNTOLD),
        (TroubleKind.RATE_LIMITED, Opened.UNTOLD),
        (TroubleKind.CERTIFICATE, Opened.UNTOLD),
        (TroubleKind.REFUSED_ADDRESS, Opened.UNTOLD),
    ],
)
def test_a_home_page_failed_only_where_an_inspector_would_see_it_fail(
    kind: TroubleKind | None, expected: Opened
) -> None:
    assert opened(Trouble(kind=kind) if kind else None) is expected


def test_twenty_four_a_day_are_an_hour_apart() -> None:
    now = datetime(2026, 3, 18, 1, 0, tzinfo=UTC)
    assert next_probe(now, a_day=24) == now + timedelta(hours=1)
