"""A recipe is proposed only where it gives the very same entries, and where the page is read surely without it."""

from monitor.extract import extract, read_recipe
from monitor.extract.propose import propose
from monitor.model.reading import Listing
from monitor.model.register import Recipe
from tests.rules.extract.rows import ROWS, TODAY, whole
from tests.rules.extract.test_recipe import PLAIN, page


def proposed(source: str) -> Recipe | None:
    read = extract(page(source), today=TODAY)
    assert isinstance(read, Listing)
    return propose(page(source), read, today=TODAY)


def test_the_records_are_named_by_the_nearest_box_that_has_a_name() -> None:
    assert proposed(PLAIN) == Recipe(record="div.list li")
    assert proposed(PLAIN.replace("<ul>", "<ul id=news>")) is not None


def test_what_is_proposed_gives_the_very_same_entries() -> None:
    recipe = proposed(PLAIN)
    read = extract(page(PLAIN), today=TODAY)
    assert recipe
    assert isinstance(read, Listing)
    cooked = read_recipe(page(PLAIN), recipe, today=TODAY)
    assert isinstance(cooked, Listing)
    assert cooked.entries == read.entries


def test_a_name_that_could_be_one_of_many_is_not_used() -> None:
    assert proposed(PLAIN.replace("class=list", "class=list-37")) is None


def test_a_list_that_is_not_sure_gets_no_recipe() -> None:
    bare = whole("".join(f"<p><a href='a/{i}.html'>{title}</a></p>" for i, title, _ in ROWS))
    read = extract(page(bare), today=TODAY)
    assert isinstance(read, Listing)
    assert read.confidence < 0.9
    assert propose(page(bare), read, today=TODAY) is None
