"""The compiled reader is an option: it is taken where it was built of these very sources, and reads as they do."""

import subprocess
import sys
from pathlib import Path

import pytest

from monitor.extract.compiled import BUILT, OF

ASK = "from monitor.extract import COMPILED, frames; print(bool(COMPILED), frames.__file__)"


def asked(folder: Path) -> str:
    """Which form a process takes that finds a compiled reader in a folder; `frames` alone is in it, and a stand-in."""
    run = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(folder)!r}); {ASK}"]
    return subprocess.run(run, capture_output=True, text=True, check=True).stdout.strip()


def built(folder: Path, of: list[str]) -> Path:
    package = folder / BUILT
    package.mkdir()
    (package / "__init__.py").write_text(f"OF = {of!r}\n", encoding="utf-8")
    (package / "frames.py").write_text("def frames(*_, **__): return ()\n", encoding="utf-8")
    return folder


def test_a_reader_compiled_of_these_sources_is_taken(tmp_path: Path) -> None:
    assert asked(built(tmp_path, OF)) == f"True {tmp_path / BUILT / 'frames.py'}"


@pytest.mark.parametrize(
    "of",
    [
        pytest.param(["of older sources", OF[1]], id="a source has changed since"),
        pytest.param([OF[0], ".cpython-27-sparc.so"], id="it was built for another Python"),
        pytest.param([], id="it does not say of what it was built"),
    ],
)
def test_a_reader_compiled_of_anything_else_is_passed_by(tmp_path: Path, of: list[str]) -> None:
    assert asked(built(tmp_path, of)).startswith("False ")
    assert str(tmp_path) not in asked(tmp_path)
