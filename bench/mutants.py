"""`make mutants`: changes a rule file in every small way, and lists the changes that no test notices.

mutmut works on a copy in `var/`, in an environment of its own that sees ours: the tests need none of its packages.
"""

import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
HOME = ROOT / "var" / "bench" / "mutants"
MUTMUT = "mutmut==3.8.1"
TESTS = Path("tests", "rules", "extract")
QUICK = ("test_dates*.py", "test_years.py", "test_decode.py", "test_article.py")  # they name no page
OF_PAGES = {
    "names.py": ("test_names.py",),
    "records.py": ("test_records.py",),
    "promise.py": ("test_records.py", "test_contest.py"),
}
OF_ROOMS = {"inspection": ("sites.py", "test_inspect_*.py")}  # in tests/rules; they take their policies from config
_SETTINGS = """
[tool.mutmut]
source_paths = ["monitor"]
also_copy = ["config"]
only_mutate = [{files}]
pytest_add_cli_args_test_selection = ["{tests}"]
pytest_add_cli_args = ["-p", "no:cacheprovider", "-q"]
timeout_constant = 3.0
track_dependencies = false
use_git_change_detection = false
[tool.pytest.ini_options]
addopts = "-q"
"""


def main(files: list[str]) -> int:
    python, copy = _environment(), _copy(files)
    ended = subprocess.run([python, "-m", "mutmut", "run", "--max-children", "2"], cwd=copy, check=False)
    print()
    subprocess.run([python, "-m", "mutmut", "results"], cwd=copy, check=False)
    print(f"look at one of them: cd {copy.relative_to(ROOT)} && {python} -m mutmut show NAME")
    return ended.returncode


def _environment() -> Path:
    """The Python of mutmut's environment, made at the first run."""
    python = HOME / "venv" / "bin" / "python"
    if not python.exists():
        venv.create(HOME / "venv", with_pip=True)
        pip = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-input", MUTMUT]
        subprocess.run(pip, check=True)
        packages = next((HOME / "venv" / "lib").glob("python*")) / "site-packages"
        (packages / "ours.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return python


def _copy(files: list[str]) -> Path:
    """The rules and the tests that fit them: such as end within seconds, since they are run hundreds of times."""
    copy = HOME / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(ROOT / "monitor", copy / "monitor")
    shutil.copytree(ROOT / "config", copy / "config")
    (copy / TESTS).mkdir(parents=True)
    for folder in (TESTS, *TESTS.parents[:-1]):
        (copy / folder / "__init__.py").touch()
    tests = _tests(copy, files)
    named = ", ".join(f'"{file}"' for file in files)
    (copy / "pyproject.toml").write_text(_SETTINGS.format(files=named, tests=tests.as_posix()), encoding="utf-8")
    return copy


def _tests(copy: Path, files: list[str]) -> Path:
    """Copy the tests that fit the files; the folder in which they stand."""
    rooms = [OF_ROOMS[room] for room in {Path(file).parent.name for file in files} if room in OF_ROOMS]
    for test in (test for room in rooms for pattern in room for test in (ROOT / TESTS.parent).glob(pattern)):
        shutil.copy(test, copy / TESTS.parent)
    if rooms:
        return TESTS.parent
    fitting = [pattern for file in files for pattern in OF_PAGES.get(Path(file).name, QUICK)]
    for pattern in ("[!t]*.py", *fitting):  # what the tests share begins with no t
        for test in (ROOT / TESTS).glob(pattern):
            shutil.copy(test, copy / TESTS)
    return TESTS


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["monitor/extract/dates.py"]))
