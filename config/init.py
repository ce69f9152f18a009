"""Writes the commented example of the admins' folder."""

from importlib import resources
from pathlib import Path

from config.files import unreadable
from config.problems import ConfigError, Problem, Wrong
from monitor.model.mendable import Phrase, phrase

# where each is written, and the default that it is a copy of
_FILES = {"lanmu.yaml": "lanmu.yaml", "policy.yaml": "own-policy.yaml", "sites/example.yaml": "sites/example.yaml"}


def write_example(folder: Path) -> list[Path]:
    """Write `lanmu.yaml`, `policy.yaml` and `sites/example.yaml`; the paths that were written.

    Raises ConfigError when one of them is there already or the folder cannot be written; then nothing is left behind.
    """
    paths = [folder / name for name in _FILES]
    for path in paths:
        if path.exists() or path.is_symlink():
            raise _refused(path, phrase("it is there already"), phrase("choose another folder, or remove it"))
    made: list[Path] = []
    try:
        for name, path in zip(_FILES.values(), paths, strict=True):
            _make_folders(path.parent, made)
            with path.open("x", encoding="utf-8", newline="\n") as target:
                made.append(path)
                target.write(_default(name))
    except OSError as error:
        _unmake(made)
        raise _refused(folder, unreadable(error), phrase("choose a folder where you may write")) from None
    return paths


def _make_folders(folder: Path, made: list[Path]) -> None:
    """Make a folder and its parents, and note those that were not there."""
    for path in reversed((folder, *folder.parents)):
        if not path.is_dir():
            path.mkdir()
            made.append(path)


def _unmake(made: list[Path]) -> None:
    for path in reversed(made):
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink()


def _default(name: str) -> str:
    return resources.files("config").joinpath("defaults", *name.split("/")).read_text(encoding="utf-8")


def _refused(path: Path, what: Phrase, mend: Phrase) -> ConfigError:
    return ConfigError([Problem.of(str(path), Wrong(what, mend))])
