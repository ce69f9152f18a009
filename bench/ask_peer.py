"""Reads a batch of pages with another extractor, in that extractor's own environment: needs nothing of ours.

    python ask_peer.py newsworker < batch.jsonl > results.jsonl

A request is {"id", "file", "url", "today"}; an answer is a result line of the corpus' scorer.
"""

import contextlib
import importlib
import io
import json
import logging
import signal
import sys
import time
from pathlib import Path
from types import FrameType
from typing import Any

Row = dict[str, Any]
PATIENCE = 20  # seconds a page


class GivenUp(Exception):
    """The extractor took too long over a page."""


def newsworker(module: Any, url: str, body: bytes) -> list[Row]:
    feed, _ = module.FeedExtractor().get_feed(url, data=body)
    return [
        {
            "title": item.get("title"),
            "url": item.get("link"),
            "published": item["pubdate"].date().isoformat() if item.get("pubdate") else None,
        }
        for item in feed["items"]
    ]


def gerapy(module: Any, url: str, body: bytes) -> list[Row]:
    rows = module.extract_list(body.decode("utf-8", "replace"), base_url=url) or []
    return [{"title": row["title"], "url": row["url"], "published": None} for row in rows]


PEERS = {
    "newsworker": (newsworker, "newsworker.extractor"),
    "gerapy-auto-extractor": (gerapy, "gerapy_auto_extractor"),
}


def give_up(number: int, frame: FrameType | None) -> None:
    raise GivenUp


def answer(name: str, module: Any, request: Row) -> Row:
    body = Path(request["file"]).read_bytes()
    start = time.perf_counter()
    entries: list[Row] = []
    trouble = None
    signal.alarm(PATIENCE)
    try:
        entries = PEERS[name][0](module, request["url"], body)
    except Exception as error:  # noqa: BLE001 - another's extractor may do what it will
        trouble = type(error).__name__
    finally:
        signal.alarm(0)
    ms = 1000 * (time.perf_counter() - start)
    days = [e["published"] for e in entries if e["published"] and e["published"] <= request["today"]]
    return {"id": request["id"], "entries": entries, "newest": max(days, default=None), "trouble": trouble, "ms": ms}


def main() -> None:
    name = sys.argv[1]
    logging.disable()
    signal.signal(signal.SIGALRM, give_up)
    module = importlib.import_module(PEERS[name][1])
    for line in sys.stdin:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            result = answer(name, module, json.loads(line))
        print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
