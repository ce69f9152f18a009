"""`make compiled`: the reader's own sources compiled with mypyc, as an option; `--remove` takes them away again."""

import argparse
import shutil
import sys
import sysconfig
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.corpus import ROOT
from monitor.extract.compiled import BUILT, OF

INSTALLED = Path(sysconfig.get_path("platlib"))
_READS = ("monitor/extract", "monitor/model")
_PLAIN = {"__init__.py", "version.py", "compiled.py"}  # they decide whether the others are compiled
_OF = f"OF = {OF!r}"
_NEEDS = "the reader stays in Python: compiling needs {}; on Debian and Ubuntu install gcc and python3-dev"


def lacking() -> str | None:
    """What is not here that compiling needs."""
    compiler = (sysconfig.get_config_var("CC") or "cc").split()[0]
    if not shutil.which(compiler):
        return f"a C compiler ({compiler})"
    headers = Path(sysconfig.get_path("include")) / "Python.h"
    return None if headers.exists() else f"Python's headers ({headers})"


def build(into: Path) -> Path:
    """Compile the sources as they are now; the package that holds them lies in `into` when all is done."""
    with TemporaryDirectory() as folder, chdir(folder):
        for room in _READS:
            shutil.copytree(ROOT / room, room, ignore=shutil.ignore_patterns("__pycache__"))
        Path("monitor/__init__.py").touch()
        _compile([str(path) for path in sorted(Path(_READS[0]).glob("*.py")) if path.name not in _PLAIN])
        package = Path("out", BUILT)
        for module in Path("out", _READS[0]).iterdir():
            module.rename(package / module.name)
        lines = ('"""The reader, compiled: see monitor/extract/compiled.py."""', _OF)
        (package / "__init__.py").write_text("\n".join(lines) + "\n", encoding="utf-8")
        remove(into)
        return Path(shutil.move(package, into / BUILT))


def _compile(modules: list[str]) -> None:
    from mypyc.build import mypycify  # it brings setuptools, which patches distutils: only where it is needed
    from setuptools import Distribution

    group, flags = f"{BUILT}.reader", ["--ignore-missing-imports"]
    said = StringIO()  # each generator that it makes a list of is named: of use only where it fails
    try:
        with redirect_stdout(said), redirect_stderr(said):
            extensions = mypycify([*flags, *modules], group_name=group, multi_file=True, opt_level="2")
    except SystemExit:
        sys.stderr.write(said.getvalue())
        raise
    for extension in extensions:
        extension.include_dirs.append(f"build/{BUILT}")  # mypyc looks for the headers of a dotted group one floor up
    command = Distribution({"ext_modules": extensions}).get_command_obj("build_ext")
    command.build_lib = "out"
    command.ensure_finalized()
    command.run()


def stands(into: Path) -> bool:
    """Whether what lies there was built of the sources as they are."""
    said = into / BUILT / "__init__.py"
    return said.exists() and _OF in said.read_text(encoding="utf-8").splitlines()


def remove(from_: Path) -> None:
    shutil.rmtree(from_ / BUILT, ignore_errors=True)


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.compiled", description=__doc__)
    parser.add_argument("--into", type=Path, default=INSTALLED, metavar="DIR", help="beside the installed packages")
    parser.add_argument("--remove", action="store_true", help="read in Python again")
    parser.add_argument("--unless-built", action="store_true", help="do nothing where it was built of these sources")
    asked = parser.parse_args()
    if asked.remove:
        remove(asked.into)
        return 0
    if asked.unless_built and stands(asked.into):
        return 0
    if lack := lacking():
        print(_NEEDS.format(lack), file=sys.stderr)
        return 2
    print("compiling the reader, which takes some minutes ...")
    asked.into.mkdir(parents=True, exist_ok=True)
    print(f"reader: compiled, in {build(asked.into)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
