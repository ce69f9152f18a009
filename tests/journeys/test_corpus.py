"""The reader on real pages, scored as the corpus beside the repository scores it; the pages themselves stay there."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.lanmu import lanmu

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
RIGHT = 85.0  # % of the listing pages


@pytest.mark.skipif(not (CORPUS / "score.py").exists(), reason=f"no corpus of real pages in {CORPUS}")
def test_the_reader_reads_real_pages_rightly(tmp_path: Path) -> None:
    batch, out = tmp_path / "batch.jsonl", tmp_path / "out.jsonl"
    batch.write_text(scorer("requests"), encoding="utf-8")
    ended = lanmu("extract", "--batch", str(batch))
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr == ""
    assert len(ended.stdout.splitlines()) == len(batch.read_text("utf-8").splitlines())
    out.write_text(ended.stdout, encoding="utf-8")
    table = scorer("score", str(out))
    (everything,) = [line.split() for line in table.splitlines() if line.startswith("all ")]
    assert float(everything[3]) >= RIGHT, table


def scorer(*arguments: str) -> str:
    command = [sys.executable, str(CORPUS / "score.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout
