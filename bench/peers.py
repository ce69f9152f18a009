"""Other extractors beside ours: newsworker and gerapy-auto-extractor, in environments of their own."""

import json
import subprocess
import sys
import venv
from pathlib import Path
from statistics import median

from bench.bars import Bar, Side, Standing, share
from bench.corpus import ROOT, Corpus, Row, Sample

PEERS = ("newsworker", "gerapy-auto-extractor")
VENVS = ROOT / "var" / "bench" / "venvs"


def peer_bars(corpus: Corpus) -> list[Bar]:
    """What each peer reads of the HTML list pages: the share found, the share right, and the time."""
    samples = [s for s in corpus.group("all") if s.is_html and s.truth["expect"] == "list"]
    return [bar for peer in PEERS for bar in _of(peer, corpus, samples)]


def _of(peer: str, corpus: Corpus, samples: list[Sample]) -> list[Bar]:
    name = f"{peer}, HTML list pages"
    python, said = installed(peer)
    if python is None:
        return [Bar(name=name, figure=None, limit=None, side=Side.AT_LEAST, note=f"does not install: {said}")]
    results, said = _ask(python, peer, corpus, samples)
    if not results:
        return [Bar(name=name, figure=None, limit=None, side=Side.AT_LEAST, note=f"does not run: {said}")]
    verdicts = [corpus.verdict(s, results.get(s.name, {})) for s in samples]
    failed = sum(bool(r["trouble"]) for r in results.values())
    pace = median(r["ms"] for r in results.values())
    note = f"{pace:.0f} ms a page at the median; {failed} pages failed or took over 20 s"
    return [
        Bar(name=f"{name} right", figure=share(sum(v["right"] for v in verdicts), len(samples)), limit=None,
            side=Side.AT_LEAST, note=note),
        Bar(name=f"{name} found", figure=share(sum(v["found"] for v in verdicts), len(samples)), limit=None,
            side=Side.AT_LEAST, missing=Standing.NOT_MEASURED),
    ]  # fmt: skip


def installed(peer: str) -> tuple[Path | None, str]:
    """The Python of the peer's environment, made at the first run; or None and what pip said."""
    python = VENVS / peer / "bin" / "python"
    if (VENVS / peer / "installed").exists():
        return python, ""
    venv.create(VENVS / peer, with_pip=True, clear=True)
    command = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-input", peer]
    ended = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if ended.returncode:
        return None, (ended.stderr.strip().splitlines() or ["no reason given"])[-1]
    (VENVS / peer / "installed").touch()
    return python, ""


def _ask(python: Path, peer: str, corpus: Corpus, samples: list[Sample]) -> tuple[dict[str, Row], str]:
    batch = "".join(json.dumps(_request(corpus, sample)) + "\n" for sample in samples)
    command = [str(python), str(Path(__file__).with_name("ask_peer.py")), peer]
    print(f"asking {peer} ...", file=sys.stderr)
    ended = subprocess.run(command, input=batch, capture_output=True, text=True, encoding="utf-8", check=False)
    rows = [json.loads(row) for row in ended.stdout.splitlines()]
    return {row["id"]: row for row in rows}, ended.stderr.strip()[-200:]


def _request(corpus: Corpus, sample: Sample) -> Row:
    file = (corpus.folder / sample.truth["file"]).resolve()
    return {"id": sample.name, "file": str(file), "url": sample.page.url, "today": str(sample.today)}
