"""Candidates too far behind are not read to the end: what is said of the page is as if all had been."""

from datetime import date
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from monitor.extract import decode
from monitor.extract.contest import contest, glanced, outlined, read_records
from monitor.extract.doubts import confidence, ranked
from monitor.extract.records import candidates, least_promise
from monitor.extract.seen import Seen, see
from monitor.extract.steady import wavers
from monitor.extract.tree import shallow
from monitor.model.reading import Page

ROOT = Path(__file__).parents[2] / "pages"
PAGES = sorted(str(path.relative_to(ROOT)) for path in ROOT.rglob("*.html"))
TINY = 1e-9  # sums of the same numbers in another order
ADDRESS = "http://www.qinghe.example/col/"


def seen_in(name: str) -> Seen:
    page = Page(url=ADDRESS, final_url=ADDRESS, status=200, headers={}, body=(ROOT / name).read_bytes())
    text = shallow(decode(page))
    return see(page, LexborHTMLParser(text), date(2026, 3, 18), scripted="onclick" in text)


@pytest.mark.parametrize("name", PAGES)
def test_best_and_its_doubts_are_those_of_all_candidates_read(name: str) -> None:
    seen = seen_in(name)
    found = candidates(seen.tree, seen.links, seen.dates)
    everything, some = ranked(read_records(seen, c) for c in found), contest(seen, found)
    assert some[:1] == everything[:1]
    if some:
        assert confidence(some) == confidence(everything)
        least = least_promise(found)
        assert wavers(seen.tree, some, 1.0, least) == wavers(seen.tree, everything, 1.0, least)


@pytest.mark.parametrize("name", PAGES)
def test_no_score_is_higher_than_the_most_that_was_foretold(name: str) -> None:
    seen = seen_in(name)
    for candidate in candidates(seen.tree, seen.links, seen.dates):
        at_a_glance = glanced(seen, candidate).most
        assert read_records(seen, candidate).score <= at_a_glance + TINY
        assert at_a_glance <= outlined(seen, candidate).most + TINY


def test_less_is_read_where_one_list_stands_out() -> None:
    found = [(seen, candidates(seen.tree, seen.links, seen.dates)) for seen in map(seen_in, PAGES)]
    assert sum(len(contest(seen, c)) for seen, c in found) < sum(len(c) for _, c in found)
