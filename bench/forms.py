"""The two forms of the reader, Python and compiled, each in a process of its own: the same readings, at what pace."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from typing import Any

from bench.bars import Bar, Side, Standing
from bench.compiled import INSTALLED
from bench.corpus import ROOT, page_of, the_corpus
from bench.pace import page_bars
from monitor.extract import COMPILED, extract
from monitor.extract.compiled import BUILT

PYTHON, COMPILED_FORM = "Python", "compiled"
FORM = COMPILED_FORM if COMPILED else PYTHON
HERE = ROOT / "var" / "compiled"
_GOLDEN = ROOT / "tests" / "pages"
_TODAY = date(2026, 3, 18)
_ASK = "import sys; {}; from bench.forms import answer; answer()"
_UNSEEN = f"sys.modules[{BUILT!r}] = None"  # then no import finds it


def form_bars() -> Iterator[Bar]:
    """The pages that the compiled form reads otherwise than Python does, and the pace of each, where one was built."""
    built = any((folder / BUILT).is_dir() for folder in (HERE, INSTALLED))
    compiled: dict[str, Any] = _of_process("pass") if built else {"form": PYTHON}
    if compiled["form"] != COMPILED_FORM:  # not built, or of other sources
        yield Bar(name="The reader, compiled", figure=None, limit=None, side=Side.AT_MOST,
                  missing=Standing.NOT_BUILT, note="make compiled builds it")  # fmt: skip
        return
    python = _of_process(_UNSEEN)
    for one in (python, compiled):
        for name, figure in one["pace"].items():
            yield Bar(name=f"{name}, {one['form']}", figure=figure, limit=None, side=Side.AT_MOST, unit="×")
    other = tuple(page for page, read in python["read"].items() if compiled["read"][page] != read)
    yield Bar(name="Pages that the compiled reader reads otherwise", figure=len(other), limit=0, side=Side.AT_MOST,
              unit="", note=f"of {len(python['read'])}, golden and corpus", pages=other)  # fmt: skip


def _of_process(first: str) -> dict[str, Any]:
    """What a process answers that does something first."""
    seen = os.pathsep.join(path for path in (str(ROOT), str(HERE), os.environ.get("PYTHONPATH", "")) if path)
    run = [sys.executable, "-c", _ASK.format(first)]
    ran = subprocess.run(run, check=True, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": seen})
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def answer() -> None:
    """Print as JSON what this process reads, how fast, and by which form."""
    corpus = the_corpus()
    samples = corpus.samples if corpus else ()
    golden = (path for path in sorted(_GOLDEN.rglob("*")) if path.is_file() and path.suffix not in (".yaml", ".py"))
    read = {str(path): repr(extract(page_of("http://www.qinghe.example/xw/", path.read_bytes()), today=_TODAY))
            for path in golden}  # fmt: skip
    read |= {sample.name: repr(sample.read()) for sample in samples}
    pace = {bar.name: bar.figure for bar in page_bars(s for s in samples if s.is_html)}
    print(json.dumps({"form": FORM, "read": read, "pace": pace}))
