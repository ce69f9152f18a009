"""Folders of admins with a mistake in them, and what is told of it."""

from pathlib import Path

from config.load import load
from config.problems import ConfigError

SITE = """\
site: Example
home: https://www.example.com/
unit: Example Office
group: department
officer:
  name: 王明
  email: wang@example.com
columns:
  - name: News
    url: /news/
    category: news
  - name: Notices
    url: /notices/
    category: notice
"""


def problems_of(folder: Path, *, site: str | bytes = SITE, settings: str = "", **environ: str) -> list[str]:
    (folder / "sites").mkdir(exist_ok=True)
    (folder / "sites" / "a.yaml").write_bytes(site if isinstance(site, bytes) else site.encode())
    (folder / "lanmu.yaml").write_text(settings, encoding="utf-8")
    return problems_in(folder, **environ)


def problems_in(folder: Path, **environ: str) -> list[str]:
    try:
        load(folder, environ)
    except ConfigError as error:
        return [str(problem) for problem in error.problems]
    return []
