"""How `lanmu explain` shows a verdict: texts of entries come from the web, so each is made plain."""

from collections.abc import Sequence
from gettext import NullTranslations
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table
from rich.text import Text

from monitor.edge.store.findings import Watched
from monitor.model.policy import Policy
from monitor.model.reading import Entry, Trouble
from tasks.past import Told
from texts.duties import duty_text, sureness_text
from texts.explain import change_text, counted_text, pace_text
from texts.honesty import sign_text
from texts.plain import plain
from texts.words import rule_text, standing_text, why_text

NEWEST = 5  # entries that are named


def explained_row(watched: Watched, found: Told, policy: Policy) -> dict[str, Any]:
    """One JSON object; what is not known is null."""
    v, past, why = found.verdict, found.past, found.explained
    return {
        "site": watched.site,
        "column": watched.column,
        "looked": past.at.isoformat(),
        "day": str(past.day),
        "standing": v.standing.value,
        "why": v.why.value,
        "rule": v.rule,
        "sure": _sure(found, policy),
        "duty": past.duty.line,
        "duty_changed_since": past.present.line if past.present != past.duty else None,
        "newest": v.newest and str(v.newest),
        "counted_from": why.start and str(why.start),
        "deadline": v.deadline and str(v.deadline),
        "days_over": v.days_over,
        "holidays": [str(day) for day in why.holidays],
        "made_up": [str(day) for day in why.made_up],
        "provisional_years": list(why.provisional),
        "late_from": why.late_from and str(why.late_from),
        "mend": why.mend and {"entries": why.mend.entries, "since": str(why.mend.since)},
        "trouble": v.trouble and v.trouble.kind.value,
        "detail": v.trouble.detail if v.trouble else "",
        "method": past.method,
        "confidence": past.confidence,
        "missed_windows": found.cadence.missed_windows,
        "windows": found.cadence.windows,
        "breach": found.cadence.breach and str(found.cadence.breach),
        "suspicions": [
            {"sign": s.sign.value, "noticed": str(s.noticed), "titles": [e.title for e in s.entries]}
            for s in found.suspicions
        ],
        "finding": past.finding and past.finding.state.value,
        "recorded": past.recorded.standing.value,
        "judged_again": past.whole,
        "same_as_recorded": v == past.recorded,
    }


def _sure(found: Told, policy: Policy) -> str | None:
    """How sure the number is; None where the book, and no official table, gives the duty."""
    rule = policy.categories.get(found.past.category)
    return rule.sureness.value if rule and rule.source == found.past.duty.source else None


def print_explained(watched: Watched, found: Told, policy: Policy, out: Console, t: NullTranslations) -> None:
    past, v = found.past, found.verdict
    out.print(Text(f"{plain(watched.site)}/{plain(watched.column)}", style="bold"))
    rows = [
        (t.gettext("Standing"), [standing_text(v.standing, t), why_text(v, t)]),
        (t.gettext("Seen"), _seen(found, t)),
        (t.gettext("Newest entries"), [f"{e.published}  {plain(e.title)}" for e in _newest(found)] or ["–"]),
        (t.gettext("Duty"), _duty(found, t)),
        (t.gettext("Rule"), _rule(found, policy, t)),
        (t.gettext("Deadline"), counted_text(found.explained, v, t) or ["–"]),
        (t.gettext("Pace"), pace_text(found.cadence, t)),
        (t.gettext("To be checked"), [plain(sign_text(s, t)) for s in found.suspicions] or ["–"]),
        (t.gettext("Finding"), [past.finding.state.value if past.finding else "–"]),
        (t.gettext("What would change it"), [change_text(found.explained, v, t)]),
        *_differs(found, t),
    ]
    out.print(_table(rows))


def _seen(found: Told, t: NullTranslations) -> list[str]:
    past = found.past
    at = past.at.astimezone(ZoneInfo(past.timezone)).isoformat(timespec="minutes")
    lines = [t.gettext("last looked at %(at)s") % {"at": at}]
    if past.method is not None and past.confidence is not None:
        words = t.gettext("read as %(method)s, confidence %(confidence).2f")
        lines.append(words % {"method": past.method, "confidence": past.confidence})
    return lines


def _newest(found: Told) -> list[Entry]:
    history = found.past.history
    seen = () if isinstance(history.seen, Trouble) else history.seen
    entries = seen or tuple(k.entry for k in history.known)
    dated = [(e.published, e) for e in entries if e.published is not None]
    return [entry for _, entry in sorted(dated, key=lambda row: row[0], reverse=True)[:NEWEST]]


def _duty(found: Told, t: NullTranslations) -> list[str]:
    past = found.past
    lines = [duty_text(past.duty, t)]
    if past.present != past.duty:
        lines.append(t.gettext("it has changed since; now: %(duty)s") % {"duty": duty_text(past.present, t)})
    return lines


def _rule(found: Told, policy: Policy, t: NullTranslations) -> list[str]:
    sure = _sure(found, policy)
    lines = [plain(rule_text(found.verdict.rule, t))]
    if sure is not None:
        lines += [t.gettext("how sure we are of it: %(sure)s") % {"sure": sure}, sureness_text(t)]
    return lines


def _differs(found: Told, t: NullTranslations) -> list[tuple[str, list[str]]]:
    past = found.past
    if not past.whole:
        return [
            (t.gettext("Note"), [t.gettext("not all looks up to then were kept in full: the verdict is as recorded")])
        ]
    if found.verdict == past.recorded:
        return []
    words = t.gettext("recorded then: %(standing)s; rules or calendars have changed since")
    return [(t.gettext("Note"), [words % {"standing": standing_text(past.recorded.standing, t)}])]


def _table(rows: Sequence[tuple[str, list[str]]]) -> Table:
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(style="dim")
    table.add_column(overflow="fold")
    for label, lines in rows:
        table.add_row(Text(label), Text("\n".join(lines)))
    return table
