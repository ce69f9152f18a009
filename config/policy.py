"""The default policy: which duty a category of column has, and which official document says so."""

from functools import cache
from importlib import resources
from typing import cast

from config.document import parse
from config.fields import window
from config.problems import Wrong, did_you_mean, near, quoted
from monitor.model.mendable import phrase
from monitor.model.register import Duty, DutyKind

CN_2019 = "cn-2019"
PRESETS = (CN_2019,)  # the ones whose every duty is known; the file names more

_Rule = dict[str, object]


def categories() -> tuple[str, ...]:
    """The categories of columns, in the order of the policy."""
    return tuple(_rules())


def category_named(word: str) -> str:
    """The category that was written; Chinese terms of the policy are suggested, not accepted."""
    if word in _rules():
        return word
    chinese = {term: key for key, rule in _rules().items() for term in str(rule["zh"]).split("、")}
    meant = near(word, chinese)
    raise Wrong(
        phrase("unknown category {word}", word=quoted(word)),
        did_you_mean(chinese[meant] if meant else word, categories()),
    )


def preset_named(word: str) -> str:
    if word in PRESETS:
        return word
    raise Wrong(phrase("unknown preset {word}", word=quoted(word)), did_you_mean(word, PRESETS))


@cache
def duty_for(category: str, *, preset: str = CN_2019) -> Duty:
    """The duty of a category. A window that no official document gives stays None; it is never guessed.

    Raises `Wrong`, a ValueError, for a category or a preset that the policy does not have.
    """
    rule = _rules()[category_named(category)]
    base = preset_named(preset)
    span = rule["window"]
    must = cast(int, rule.get("min_items", 1))
    return Duty(
        kind=_kind(rule),
        window=window(str(span)) if span else None,
        min_items=must,
        source=_source(category, rule, base),
        exempt=rule.get("exempt") is True,
    )


def _kind(rule: _Rule) -> DutyKind:
    """Static information is replaced when the fact changes, and a historic topic never: neither has a rhythm."""
    if rule.get("exempt") or "rule" in rule:
        return DutyKind.AS_NEEDED
    return DutyKind.PERIODIC


def _source(category: str, rule: _Rule, preset: str) -> str:
    """The number of the document that names the category: the preset's own, else the first; or that none was read."""
    cited = cast(list[str], rule.get("doc", []))
    if not cited:
        return f"{preset}: {category} (no official document read)"
    base = cast(dict[str, dict[str, str]], _policy()["presets"])[preset]["base"]
    documents = cast(dict[str, dict[str, str]], _policy()["documents"])
    return documents[base if base in cited else cited[0]]["number"]


def _rules() -> dict[str, _Rule]:
    return cast(dict[str, _Rule], _policy()["categories"])


@cache
def _policy() -> dict[str, object]:
    text = resources.files("config").joinpath("defaults", "policy.yaml").read_text(encoding="utf-8")
    documents, problems = parse("policy.yaml", text)
    assert not problems, problems[0]
    return cast(dict[str, object], documents[0].data)
