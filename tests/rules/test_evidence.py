"""Of which looks evidence is kept, what of the headers, and for how long."""

from datetime import UTC, date, datetime, timedelta

import pytest

from monitor.evidence import HIDDEN, LEAST_NEEDED_FIRST, bared, cleared, ground_of, kept_from
from monitor.model.evidence import Ground, Retention
from monitor.model.judging import Standing, Verdict, Why
from monitor.model.reading import Trouble, TroubleKind
from monitor.model.register import Period, Window
from monitor.model.watching import Unseen
from monitor.workdays import window_start

NOW = datetime(2026, 3, 18, 1, 0, tzinfo=UTC)
DAY = timedelta(days=1)
KEPT = {
    Standing.OVERDUE: Ground.ACCUSED,
    Standing.STALE: Ground.ACCUSED,
    Standing.BLANK: Ground.ACCUSED,
    Standing.DUE_SOON: Ground.DUE_SOON,
}


def verdict(standing: Standing, trouble: Trouble | None = None) -> Verdict:
    return Verdict(standing=standing, why=Why.IN_TIME, rule="国办秘函〔2019〕19号", trouble=trouble)


@pytest.mark.parametrize("standing", list(Standing))
def test_what_may_come_into_a_mail_is_kept_and_nothing_else_that_was_seen(standing: Standing) -> None:
    assert ground_of(verdict(standing), None, None, dated=False, now=NOW) is KEPT.get(standing)


@pytest.mark.parametrize("standing", [s for s in Standing if s.accuses])
def test_an_accusation_is_kept_as_one_even_where_articles_were_asked(standing: Standing) -> None:
    assert ground_of(verdict(standing), None, None, dated=True, now=NOW) is Ground.ACCUSED


@pytest.mark.parametrize("standing", [s for s in Standing if not s.accuses])
def test_articles_that_told_a_day_are_kept_whatever_the_standing_since_they_are_not_asked_again(
    standing: Standing,
) -> None:
    assert ground_of(verdict(standing), None, None, dated=True, now=NOW) is Ground.DATED


def unseen(kind: TroubleKind, *, since: float, last: float) -> Unseen:
    """A stretch that began, and was seen last, so many days ago."""
    return Unseen(since=NOW - since * DAY, last_at=NOW - last * DAY, looks=2, trouble=kind)


BLOCKED = TroubleKind.BLOCKED


@pytest.mark.parametrize(
    ("what", "before", "kept"),
    [
        ("the first look that did not see it", None, True),
        ("the next one, for the same reason", unseen(BLOCKED, since=0.9, last=0.9), False),
        ("a week later to the minute", unseen(BLOCKED, since=7, last=0.9), True),
        ("just before a week is over", unseen(BLOCKED, since=6.99, last=0.9), False),
        ("a second time in the second week", unseen(BLOCKED, since=7.9, last=0.9), False),
        ("after a silence of weeks", unseen(BLOCKED, since=30, last=10), True),
        ("now for another reason", unseen(TroubleKind.LOGIN, since=0.9, last=0.9), True),
    ],
)
def test_a_doubt_that_lasts_is_kept_when_it_begins_or_changes_and_once_a_week(
    what: str, before: Unseen | None, kept: bool
) -> None:
    trouble = Trouble(kind=BLOCKED)
    found = ground_of(verdict(Standing.UNKNOWN, trouble), trouble, before, dated=False, now=NOW)
    assert (found is Ground.DOUBT) is kept, what


@pytest.mark.parametrize("kind", list(TroubleKind))
def test_every_trouble_is_kept_when_it_begins_also_of_a_column_that_needs_no_look(kind: TroubleKind) -> None:
    for standing in (Standing.UNKNOWN, Standing.EXEMPT, Standing.NOT_CONFIGURED):
        assert ground_of(verdict(standing), Trouble(kind=kind), None, dated=False, now=NOW) is Ground.DOUBT


@pytest.mark.parametrize(
    "name",
    ["set-cookie", "Set-Cookie2", "cookie", "authorization", "proxy-authenticate", "x-csrf-token", "x-api-key",
     "x-session-id", "x-amz-signature", "x-auth", "X-XSRF", "x-password", "client-secret", "x-ticket"],
)  # fmt: skip
def test_a_header_that_may_open_a_door_is_told_but_not_kept(name: str) -> None:
    assert bared({name: "JSESSIONID=42"}) == {name: HIDDEN}


@pytest.mark.parametrize(
    "name",
    [
        "date",
        "server",
        "content-type",
        "last-modified",
        "etag",
        "via",
        "x-cache",
        "wzws-ray",
        "retry-after",
        "location",
    ],
)
def test_a_header_that_says_what_came_is_kept(name: str) -> None:
    assert bared({name: "x" * 499}) == {name: "x" * 499}


def test_headers_are_bounded_in_number_and_length() -> None:
    kept = bared({f"{n}-{'n' * 300}": "v" * 9000 for n in range(500)})
    assert len(kept) == 60
    assert {(len(name), len(value)) for name, value in kept.items()} == {(100, 500)}


def test_evidence_of_findings_is_kept_longer_than_the_rest() -> None:
    kept = kept_from(Retention(), today=date(2026, 3, 18))
    longer, shorter = date(2024, 9, 18), date(2025, 12, 18)
    assert kept == {
        Ground.ACCUSED: longer, Ground.DATED: longer, Ground.DUE_SOON: shorter, Ground.DOUBT: shorter
    }  # fmt: skip


def test_when_there_is_too_much_doubts_go_first_and_accusations_last() -> None:
    assert set(LEAST_NEEDED_FIRST) == set(Ground)
    assert (LEAST_NEEDED_FIRST[0], LEAST_NEEDED_FIRST[-1]) == (Ground.DOUBT, Ground.ACCUSED)


@pytest.mark.parametrize(
    ("count", "period", "start"),
    [
        (10, Period.DAYS, date(2026, 5, 21)),
        (2, Period.WEEKS, date(2026, 5, 17)),
        (3, Period.MONTHS, date(2026, 2, 28)),
        (18, Period.MONTHS, date(2024, 11, 30)),
        (2, Period.YEARS, date(2024, 5, 31)),
        (999, Period.YEARS, date(1027, 5, 31)),
        (9999, Period.YEARS, date.min),
    ],
)
def test_the_day_so_long_before_the_last_of_may(count: int, period: Period, start: date) -> None:
    assert window_start(date(2026, 5, 31), Window(count=count, period=period)) == start


SECRET = "pa ss/w0rd"


@pytest.mark.parametrize(
    ("what", "before", "after"),
    [
        ("a token of the address", "http://a.example/x?c=1&access_token=Zx9&d=2", f"c=1&access_token={HIDDEN}&d=2"),
        ("a session in the path", "http://a.example/x;jsessionid=AB12?c=1", f";jsessionid={HIDDEN}?c=1"),
        ("a signature in the fragment", "http://a.example/x#sign=ff", f"#sign={HIDDEN}"),
        ("a login", "http://me:word@a.example/", f"//{HIDDEN}@a.example/"),
        ("a secret that was configured", "http://a.example/?c=pa%20ss%2Fw0rd", f"?c={HIDDEN}"),
        ("the same, written otherwise", "http://a.example/?c=pa+ss%2Fw0rd", f"?c={HIDDEN}"),
    ],
)
def test_an_address_is_kept_without_what_opens_doors(what: str, before: str, after: str) -> None:
    assert cleared(before, {SECRET}).endswith(after), what


@pytest.mark.parametrize("url", ["http://a.example/list?id=7&page=2&keyword=x", "http://a.example/a@b?c=d"])
def test_an_address_without_any_stays_as_it_is(url: str) -> None:
    assert cleared(url, {"id", ""}) == url


@pytest.mark.parametrize(
    "value",
    [
        f"echo {SECRET}",
        "https://a.example/?ticket=ST-1",
        "Bearer abcdefgh12",
        "eyJhbGciOi.eyJzdWIi.sig",
        "a" * 40,
    ],
)
def test_a_secret_is_hidden_under_whatever_name_a_server_repeats_it(value: str) -> None:
    [kept] = bared({"x-debug": value}, {SECRET}).values()
    assert HIDDEN in kept
    assert value.rpartition("=")[2] not in kept
