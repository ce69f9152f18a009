"""Times one HTML parser over a batch of pages, in that parser's own environment: needs nothing of ours.

    python ask_parser.py lxml < pages.jsonl

A page is a JSON string; the answer is {"parse": [ms, …], "walk": […], "links": […]}, a figure a page, each the best of
some rounds. The walk asks every element and text for its name or words, in order; the links are selected natively.
"""

import importlib
import json
import sys
from collections.abc import Callable
from time import perf_counter
from typing import Any

ROUNDS = 5
Work = Callable[[str], object]


def selectolax() -> dict[str, Work]:
    parse = importlib.import_module("selectolax.lexbor").LexborHTMLParser

    def walk(text: str) -> object:
        nodes = parse(text).root.traverse(include_text=True, skip_empty=True)
        return [node.text_content if node.tag == "-text" else node.tag for node in nodes]

    return {"parse": parse, "walk": walk, "links": lambda text: parse(text).css("a[href]")}


def turbohtml() -> dict[str, Work]:
    module = importlib.import_module("turbohtml")

    def walk(text: str) -> object:
        return [node.data if isinstance(node, module.Text) else node.tag for node in _nodes(module, text)]

    return {"parse": module.parse, "walk": walk, "links": lambda text: module.parse(text).select("a[href]")}


def _nodes(module: Any, text: str) -> list[Any]:
    return [node for node in module.parse(text).descendants if isinstance(node, module.Text | module.Element)]


def lxml() -> dict[str, Work]:
    etree = importlib.import_module("lxml.etree")
    html = etree.HTMLParser(encoding="utf-8", huge_tree=True)

    def parse(text: str) -> Any:
        return etree.fromstring(text.encode("utf-8", "replace"), html)

    def walk(text: str) -> object:
        return [(node.tag, node.text, node.tail) for node in parse(text).iter()]

    return {"parse": parse, "walk": walk, "links": lambda text: list(parse(text).iter("a"))}


PARSERS = {"selectolax": selectolax, "turbohtml": turbohtml, "lxml": lxml}


def _ms(work: Work, text: str) -> float:
    best = float("inf")
    for _ in range(ROUNDS):
        start = perf_counter()
        work(text)
        best = min(best, perf_counter() - start)
    return 1e3 * best


def main() -> None:
    works = PARSERS[sys.argv[1]]()
    figures: dict[str, list[float]] = {name: [] for name in works}
    for line in sys.stdin:
        text = json.loads(line)
        for name, work in works.items():
            figures[name].append(_ms(work, text))
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
