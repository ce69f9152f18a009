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
RULES = TESTS.parent
OF_ROOMS = {  # in tests/rules, where a room's name does not tell its tests; they take their policies from config
    "inspection": ("test_inspect_*.py", "test_rule_lines.py"),
    "judge": ("test_judge*.py", "test_countable.py"),
    "countable": ("test_judge*.py", "test_countable.py"),
    "kinship": ("test_advise*.py",),
    "explain": ("test_explain*.py", "test_judge_properties.py"),
}
_SETTINGS = """
[tool.mutmut]
source_paths = ["monitor"]
also_copy = ["config", "docs"]
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
    shutil.copytree(ROOT / "docs" / "design", copy / "docs" / "design")  # the lines that have their cases
    (copy / TESTS).mkdir(parents=True)
    for folder in (TESTS, *TESTS.parents[:-1]):
        (copy / folder / "__init__.py").touch()
    tests = _tests(copy, files)
    named = ", ".join(f'"{file}"' for file in files)
    (copy / "pyproject.toml").write_text(_SETTINGS.format(files=named, tests=tests.as_posix()), encoding="utf-8")
    return copy


def _tests(copy: Path, files: list[str]) -> Path:
    """Copy the tests that fit the files, all of readers or all of other rooms; the folder in which they stand."""
    rooms = [room for room in map(_room, files) if room != "extract"]
    folder = RULES if rooms else TESTS
    for pattern in ("[!t]*.py", *(pattern for file in files for pattern in tests_of(file))):
        for test in (ROOT / folder).glob(pattern):  # what the tests share begins with no t
            if not test.stem.endswith("_texts"):  # how a rule is said is none
                shutil.copy(test, copy / folder)
    return folder


def tests_of(file: str) -> tuple[str, ...]:
    """The patterns of the tests that fit a file of `monitor`."""
    room = _room(file)
    if room == "extract":
        return OF_PAGES.get(Path(file).name, QUICK)
    return OF_ROOMS.get(room, (f"test_{room}.py", f"test_{room}_*.py"))


def _room(file: str) -> str:
    """The folder of a file within `monitor`, or its own name where it stands in none."""
    return Path(file).with_suffix("").parts[1]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["monitor/extract/dates.py"]))
