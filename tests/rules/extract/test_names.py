"""Names of elements: which of a page are made alike, whatever numbers and words of state their classes bear."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from monitor.extract.names import Names, plain
from monitor.extract.tree import grow


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ("item1", "item2", True),
        ("row odd", "row even", True),
        ("row first", "row", True),
        ("row active", "row hover", True),
        ("row", "menu", False),
        ("newsrow", "row", False),
        ("hotline", "line", False),
    ],
)
def test_a_class_is_named_without_its_numbers_and_words_of_state(first: str, second: str, alike: bool) -> None:
    assert (plain(first) == plain(second)) is alike


def named(body: str) -> list[tuple[int, int, int]]:
    """The three names of each element with an id, in the order of the page."""
    tree = grow(LexborHTMLParser(f"<html><body>{body}</body></html>"))
    names = Names(tree.steps)
    return [names.of(tree.kind[e]) for e in range(len(tree.tag)) if tree.attrs(e).get("id")]


@pytest.mark.parametrize(
    ("what", "body", "whole", "tags", "tail"),
    [
        ("two rows", "<ul><li id=a><li id=b></ul>", True, True, True),
        ("rows of another class", "<ul><li class=x id=a><li class=y id=b></ul>", False, True, False),
        ("lists of another class", "<ul class=x><li id=a></ul><ul class=y><li id=b></ul>", False, True, False),
        ("other tags", "<p id=a></p><h3 id=b></h3>", False, False, False),
        ("cells of one row", "<table><tr><td id=a><td id=b></table>", False, False, False),
        ("cells of one column", "<table><tr><td><td id=a><tr><td><td id=b></table>", True, True, True),
        ("one deeper at the top",
         "<div><div><ul><li><p><b id=a></b></p></li></ul></div></div><div><ul><li><p><b id=b></b></p></li></ul></div>",
         False, False, True),
        ("another class five levels up",
         "<div class=x><ul><li><p><b id=a></b></ul></div><div class=y><ul><li><p><b id=b></b></ul></div>",
         False, True, True),
        ("one deeper near by", "<ul><li><p><b id=a></b></p></li><li><b id=b></b></li></ul>", False, False, False),
    ],
)  # fmt: skip
def test_elements_of_one_name_are_alike(what: str, body: str, whole: bool, tags: bool, tail: bool) -> None:
    alike = tuple(len(set(names)) == 1 for names in zip(*named(body), strict=True))
    assert alike == (whole, tags, tail), what
