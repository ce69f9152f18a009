"""Golden pages of many systems and lands: what each lists, or why it lists nothing, says `tests/pages/truth.yaml`."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from monitor.extract import extract
from monitor.model.reading import Entry, Listing, Page, Trouble

PAGES = Path(__file__).parents[2] / "pages"
TODAY = date(2026, 3, 18)
COLUMN = "https://www.qinghe.example/col/"
SURE = 0.9

TRUTH: dict[str, dict[str, Any]] = YAML(typ="safe").load(PAGES / "truth.yaml")
LISTS = {f"{name}: {truth['is']}": name for name, truth in TRUTH.items() if "days" in truth}
BARE = {f"{name}: {truth['is']}": name for name, truth in TRUTH.items() if "days" not in truth}


def read(name: str) -> Listing | Trouble:
    truth = TRUTH[name]
    url = truth.get("url", COLUMN)
    body = (PAGES / name).read_text("utf-8").encode(truth.get("encoding", "utf-8"))
    headers = {"content-type": truth.get("type", "text/html")}
    return extract(Page(url=url, final_url=url, status=200, headers=headers, body=body), today=TODAY)


def shown(entry: Entry) -> dict[str, str | None]:
    return {"title": entry.title, "url": entry.url}


@pytest.mark.parametrize("name", LISTS.values(), ids=LISTS)
def test_a_page_gives_the_entries_of_its_own_list(name: str) -> None:
    truth, found = TRUTH[name], read(name)
    assert isinstance(found, Listing)
    assert [entry.published for entry in found.entries] == truth["days"]
    assert (shown(found.entries[0]), shown(found.entries[-1])) == (truth["first"], truth["last"])
    assert (found.confidence >= SURE) is truth.get("sure", found.confidence >= SURE)
    assert sum(entry.pinned for entry in found.entries) == truth.get("pinned", 0)
    assert found.method == truth.get("method", found.method)


@pytest.mark.parametrize("name", BARE.values(), ids=BARE)
def test_a_page_without_a_list_says_why_and_never_guesses_surely(name: str) -> None:
    found = read(name)
    match TRUTH[name]["reads_as"]:
        case "blank":
            assert isinstance(found, Listing)
            assert (found.blank, found.entries) == (True, ())
        case "unsure":
            assert isinstance(found, Trouble) or (not found.blank and found.confidence < SURE)
        case kind:
            assert isinstance(found, Trouble)
            assert found.kind == kind


def test_each_page_has_its_truth() -> None:
    assert {str(path.relative_to(PAGES)) for path in PAGES.glob("*/*")} == set(TRUTH)
