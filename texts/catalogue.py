"""Finds the catalogue of a language: gettext, read from the .po file at first use."""

from collections.abc import Mapping
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

CHINESE = "zh-CN"
ENGLISH = "en"

_VARIABLES = ("LANMU_LANG", "LC_ALL", "LC_MESSAGES", "LANG")  # gettext's order, after our own


def nearest(language: str) -> str:
    """The one of the two that serves a tag or locale name: every Chinese one gets zh-CN, any other English."""
    primary = language.strip().lower().replace("_", "-").split(".")[0].split("-")[0]
    return CHINESE if primary == "zh" else ENGLISH


def language_of(environ: Mapping[str, str]) -> str:
    """The language that the environment asks for, by the first variable that says anything."""
    return nearest(next((environ[name] for name in _VARIABLES if environ.get(name)), ""))


def translations(language: str) -> NullTranslations:
    """The catalogue for a tag such as `zh-CN`, `zh_CN.UTF-8` or `en`. Texts are written in English."""
    return _chinese() if nearest(language) == CHINESE else NullTranslations()


@cache
def _chinese() -> NullTranslations:
    with Path(__file__).with_name("zh_CN.po").open("rb") as source:
        catalogue = read_po(source, locale="zh_CN", abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
