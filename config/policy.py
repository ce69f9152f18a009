"""The policies that ship: each preset of `defaults/policy.yaml` as a value, with the duty of each category."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from hashlib import blake2b
from importlib import resources
from typing import Any, cast

from config.deductions import deductions_of, modes_of, scale_of
from config.document import parse
from config.fields import window
from config.problems import Wrong, did_you_mean, near, quoted
from config.vetoes import vetoes_of
from monitor.model.mendable import phrase
from monitor.model.policy import CategoryRule, Document, Policy, Sureness, VetoGroup
from monitor.model.register import Duty, DutyKind, Review

CN_2019 = "cn-2019"

_Rule = Mapping[str, Any]


def presets() -> tuple[str, ...]:
    """The names of the presets, the default first."""
    return tuple(_file()["presets"])


def categories() -> tuple[str, ...]:
    """The categories of columns, in the order of the policy."""
    return tuple(_file()["categories"])


def category_named(word: str) -> str:
    """The category that was written; Chinese terms of the policy are suggested, not accepted."""
    rules = _file()["categories"]
    if word in rules:
        return word
    chinese = {term: key for key, rule in rules.items() for term in str(rule["zh"]).split("、")}
    meant = near(word, chinese)
    raise Wrong(
        phrase("unknown category {word}", word=quoted(word)),
        did_you_mean(chinese[meant] if meant else word, categories()),
    )


def preset_named(word: str) -> str:
    if word in presets():
        return word
    raise Wrong(phrase("unknown preset {word}", word=quoted(word)), did_you_mean(word, presets()))


def is_line(id_: str) -> bool:
    """Whether it is a line of a deduction table that ships."""
    return id_ in _lines()


def line_named(word: str) -> str:
    """The id of a line of a deduction table, such as 19-D6."""
    if word in _lines():
        return word
    raise Wrong(phrase("unknown line {word} of the deduction tables", word=quoted(word)), did_you_mean(word, _lines()))


def _lines() -> list[str]:
    return [id_ for table in _file()["scoring"].values() for id_ in table["lines"] or ()]


@cache
def policy_for(preset: str = CN_2019) -> Policy:
    """The policy of a preset. Raises `Wrong`, a ValueError, for one that does not ship."""
    name = preset_named(preset)
    own = _file()["presets"][name]
    base = own.get("base", "")
    return Policy(
        preset=name,
        version=_version(),
        documents={key: _document(row) for key, row in _file()["documents"].items()},
        categories={category: _category(category, name) for category in categories()},
        vetoes=vetoes_of(_file(), base),
        deductions=deductions_of(_file(), base),
        modes=modes_of(_file(), base),
        scale=scale_of(_file(), base),
        undated_not_updated=own.get("undated_not_updated", False),
    )


@cache
def duty_for(category: str, *, preset: str = CN_2019) -> Duty:
    """The duty of a category. A window that no official document gives stays None; it is never guessed.

    Raises `Wrong`, a ValueError, for a category or a preset that the policy does not have.
    """
    policy = policy_for(preset)
    rule = policy.categories[category_named(category)]
    review = _file()["presets"][policy.preset].get("review")
    return Duty(
        kind=rule.kind,
        window=rule.window,
        min_items=rule.min_items,
        source=rule.source,
        exempt=rule.exempt,
        undated_not_updated=policy.undated_not_updated,
        review=Review(every=window(review)) if review and not rule.exempt else None,
    )


def _category(category: str, preset: str) -> CategoryRule:
    """The rule of the file, as the preset changes it. What the preset changes rests on the preset's own document."""
    rule, own = _file()["categories"][category], _file()["presets"][preset]
    changed = own.get("rules", {}).get(category) or (own.get("others") if _kind(rule) is DutyKind.PERIODIC else None)
    if own.get("review"):
        changed = {"kind": DutyKind.AS_NEEDED}
    kind = DutyKind(changed["kind"]) if changed and "kind" in changed else _kind(rule | (changed or {}))
    span = (changed or rule).get("window", rule["window"]) if kind is DutyKind.PERIODIC else None
    group, bound = rule.get("veto_group"), rule.get("level", {}).get(own.get("base"))
    return CategoryRule(
        category=category,
        zh=rule["zh"],
        kind=kind,
        window=window(span) if span else None,
        min_items=(changed or rule).get("min_items", 1),
        source=_own_source(preset) if changed else _source(category, rule, preset),
        sureness=Sureness(own["conf"] if changed else rule["conf"]),
        veto_group=VetoGroup(group) if group else None,
        veto_window=window(rule["window"]) if group else None,
        first_level_only=bound == "first_level",
        exempt=(rule | (changed or {})).get("exempt", False),
    )


def _kind(rule: _Rule) -> DutyKind:
    """Static information is replaced when the fact changes, and a historic topic never: neither has a rhythm."""
    if rule.get("exempt") or "rule" in rule:
        return DutyKind.AS_NEEDED
    return DutyKind.PERIODIC


def _source(category: str, rule: _Rule, preset: str) -> str:
    """The number of the document that names the category: the preset's own, else the first; or that none was read."""
    cited = rule.get("doc", [])
    if not cited:
        return f"{preset}: {category} (no official document read)"
    base = _file()["presets"][preset].get("base")
    return cast(str, _file()["documents"][base if base in cited else cited[0]]["number"])


def _own_source(preset: str) -> str:
    """The number of the preset's own document; its name where the number was not read."""
    own = _file()["presets"][preset]
    if "doc" not in own:
        return f"{preset} (no official document)"
    document = _file()["documents"][own["doc"]]
    return document["number"] or f"{document['name']} (document number not read)"


def _document(row: _Rule) -> Document:
    dated = row.get("dated")
    return Document(number=row["number"] or "", name=row["name"], dated=date.fromisoformat(dated) if dated else None)


@cache
def _version() -> str:
    """A digest of the file: whoever changes a number changes the version of all that is judged by it."""
    return blake2b(_text().encode(), digest_size=6).hexdigest()


@cache
def _file() -> dict[str, Any]:
    documents, problems = parse("policy.yaml", _text())
    assert not problems, problems[0]
    return cast(dict[str, Any], documents[0].data)


@cache
def _text() -> str:
    return resources.files("config").joinpath("defaults", "policy.yaml").read_text(encoding="utf-8")
