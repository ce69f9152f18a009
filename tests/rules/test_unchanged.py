"""When a page may be asked for on a condition: each case is what was kept, what would stand, and whether it may."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from monitor.model.judging import KnownEntry, Standing, Verdict, Why
from monitor.model.reading import Entry, Page, Validators
from monitor.model.watching import LastPage
from monitor.unchanged import after, condition, is_known, may_stand, terms_of, unsettled

TODAY = date(2026, 3, 18)
URL = "http://a.example/zwgk/"
TAGGED = Validators(url=URL, etag='"7"')
TERMS = terms_of(URL, "http://a.example/", None)
FRESH = Verdict(standing=Standing.FRESH, why=Why.IN_TIME, rule="国办秘函〔2019〕19号")


def page(body: bytes = b"<p>7</p>", final_url: str = URL) -> Page:
    return Page(url=URL, final_url=final_url, status=200, headers={}, body=body)


LAST = LastPage(validators=TAGGED, digest=page().digest, day=TODAY - timedelta(days=1), terms=TERMS)


def asked_by(last: LastPage | None = LAST, stands: Verdict = FRESH, **other: Any) -> Validators | None:
    rest: dict[str, Any] = {"whole": page().digest, "terms": TERMS, "today": TODAY} | other
    return condition(last, stands, **rest)


def test_a_column_in_time_whose_page_was_read_yesterday_is_asked_for_on_a_condition() -> None:
    assert asked_by() == TAGGED


@pytest.mark.parametrize(
    ("why", "last", "other"),
    [
        ("it never came", None, {}),
        ("the server gave nothing to ask by", replace(LAST, validators=Validators(url=URL)), {}),
        ("the server once said so of another page", replace(LAST, lied=True), {}),
        ("what came last is not what was learnt", replace(LAST, digest=page(b"8").digest), {}),
        ("of what came last nothing could be learnt", LAST, {"whole": ""}),
        ("the register says something else now", LAST, {"terms": terms_of(URL, "http://b.example/", None)}),
        ("its list was hidden, or not read surely", LAST, {"hidden": True}),
        ("a week has passed since it came whole", replace(LAST, day=TODAY - timedelta(days=7)), {}),
        ("the clock was set back", replace(LAST, day=TODAY + timedelta(days=1)), {}),
    ],
)
def test_it_comes_whole_where(why: str, last: LastPage | None, other: dict[str, Any]) -> None:
    assert asked_by(last, **other) is None, why


def test_the_sixth_day_is_within_the_week() -> None:
    assert asked_by(replace(LAST, day=TODAY - timedelta(days=6))) == TAGGED


@pytest.mark.parametrize("standing", list(Standing))
def test_no_accusation_and_no_warning_rests_on_a_servers_word(standing: Standing) -> None:
    stands = replace(FRESH, standing=standing)
    allowed = standing in (Standing.FRESH, Standing.NOT_CONFIGURED, Standing.EXEMPT)
    assert may_stand(stands) is allowed
    assert (asked_by(stands=stands) is not None) is allowed


@pytest.mark.parametrize(
    ("was", "now", "body", "lies"),
    [
        (TAGGED, TAGGED, b"<p>8</p>", True),
        (TAGGED, TAGGED, b"<p>7</p>", False),
        (TAGGED, replace(TAGGED, etag='"8"'), b"<p>8</p>", False),
        (replace(TAGGED, modified="Mon"), replace(TAGGED, modified="Tue"), b"<p>8</p>", True),
        (Validators(url=URL, modified="Mon"), Validators(url=URL, modified="Mon"), b"<p>8</p>", True),
        (Validators(url=URL, modified="Mon"), Validators(url=URL, modified="Tue"), b"<p>8</p>", False),
        (Validators(url=URL), Validators(url=URL), b"<p>8</p>", False),
        (TAGGED, replace(TAGGED, url=URL + "new/"), b"<p>8</p>", False),
    ],
)
def test_a_server_lies_whose_word_stays_while_the_page_changes(
    was: Validators, now: Validators, body: bytes, lies: bool
) -> None:
    came = page(body, now.url)
    kept = after(replace(LAST, validators=was), came, now, terms=TERMS, today=TODAY)
    assert kept == LastPage(validators=now, digest=came.digest, day=TODAY, terms=TERMS, lied=lies)


def test_a_lie_is_not_forgotten_and_the_first_page_tells_none() -> None:
    other = replace(TAGGED, etag='"8"')
    assert after(replace(LAST, lied=True), page(b"9"), other, terms=TERMS, today=TODAY).lied
    assert not after(None, page(), TAGGED, terms=TERMS, today=TODAY).lied


def test_the_very_page_is_known_by_its_bytes_its_address_and_the_register() -> None:
    assert is_known(LAST, page(), terms=TERMS)
    assert not is_known(None, page(), terms=TERMS)
    assert not is_known(LAST, page(b"8"), terms=TERMS)
    assert not is_known(LAST, page(final_url=URL + "new/"), terms=TERMS)
    assert not is_known(LAST, page(), terms=terms_of(URL, "http://a.example/", "3700000001"))


def test_an_entry_is_read_until_two_readings_agreed_on_its_date() -> None:
    def entry(n: int, day: int = 3) -> Entry:
        return Entry(title=f"第{n}期简报", url=f"/art/{n}", published=date(2026, 3, day))

    def known(of: Entry, readings: int) -> KnownEntry:
        return KnownEntry(entry=of, first_seen=TODAY, readings=readings)

    seen = tuple(map(entry, range(4)))
    before = [known(seen[0], 2), known(seen[1], 1), known(entry(2, day=9), 5)]
    assert unsettled(seen, before) == (seen[1], seen[2], seen[3])
    untitled = Entry(title="公告", url=None, published=None)
    assert unsettled([untitled], [known(untitled, 2)]) == ()
