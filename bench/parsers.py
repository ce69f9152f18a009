"""`python -m bench.parsers`: HTML parsers over the pages of the corpus, each in an environment of its own."""

import json
import subprocess
import sys
from pathlib import Path

from bench.ask_parser import PARSERS
from bench.bars import at
from bench.corpus import the_corpus
from bench.peers import installed
from monitor.extract import decode


def main() -> int:
    corpus = the_corpus()
    if corpus is None:
        print("no corpus: CORPUS names its folder")
        return 1
    pages = [decode(s.page) for s in corpus.samples if s.is_html]
    print(f"{len(pages)} HTML pages; milliseconds a page, median and 95th percentile")
    for name in PARSERS:
        print(f"{name:12}{_line(name, pages)}")
    return 0


def _line(name: str, pages: list[str]) -> str:
    python, said = installed(name)
    if python is None:
        return f"does not install: {said}"
    batch = "".join(json.dumps(page) + "\n" for page in pages)
    command = [str(python), str(Path(__file__).with_name("ask_parser.py")), name]
    ended = subprocess.run(command, input=batch, capture_output=True, text=True, encoding="utf-8", check=False)
    if ended.returncode:
        return f"does not run: {ended.stderr.strip()[-200:]}"
    figures = json.loads(ended.stdout)
    return "   ".join(f"{work} {at(ms, 0.5):6.3f} {at(ms, 0.95):7.3f}" for work, ms in figures.items())


if __name__ == "__main__":
    sys.exit(main())
