"""How `lanmu explain` shows a verdict: texts of entries come from the web, so each is made plain."""

from collections.abc import Sequence
from gettext import NullTranslations
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.advice_row import advice_row
from cli.advice_text import advice_lines
from monitor.edge.store.findings import Watched
from monitor.model.cadence import Cadence
from monitor.model.explaining import Explained
from monitor.model.policy import Policy, Sureness
from monitor.model.reading import Entry
from tasks.advice import Advised
from tasks.past import Told, seen_then
from texts.duties import duty_text, sure_text
from texts.explain import change_text, counted_text, pace_text
from texts.findings import finding_text
from texts.honesty import sign_text
from texts.plain import plain
from texts.words import rule_text, standing_text, why_text

NEWEST = 5  # entries that are named
SIGNS = 3  # of dishonest dates that are said


def explained_row(watched: Watched, found: Told, advised: Advised, policy: Policy) -> dict[str, Any]:
    """One JSON object; what is not known is null."""
    v, past, sure = found.verdict, found.past, _sure(found, policy)
    return {
        "site": watched.site,
        "column": watched.column,
        "looked": past.at.isoformat(),
        "day": str(past.day),
        "standing": v.standing.value,
        "why": v.why.value,
        "rule": v.rule,
        "sure": sure and sure.value,
        "duty": past.duty.line if past.duty else past.recorded.duty,
        "duty_changed_since": past.present.line if past.present != past.duty else None,
        "newest": v.newest and str(v.newest),
        "deadline": v.deadline and str(v.deadline),
        "days_over": v.days_over,
        **_why_row(found.explained or Explained()),
        "trouble": v.trouble and v.trouble.kind.value,
        "detail": v.trouble.detail if v.trouble else "",
        "method": past.method,
        "confidence": past.confidence,
        **_pace_row(found.cadence),
        "suspicions": [
            {"sign": s.sign.value, "noticed": str(s.noticed), "titles": [e.title for e in s.entries]}
            for s in found.suspicions
        ],
        "advice": advice_row(advised.advice, advised.into) if advised.is_seen else None,
        "finding": past.finding and past.finding.state.value,
        "recorded": past.recorded.standing.value,
        "judged_again": past.whole,
        "same_as_recorded": v == past.recorded,
    }


def _why_row(why: Explained) -> dict[str, Any]:
    return {
        "counted_from": why.start and str(why.start),
        "holidays": [str(day) for day in why.holidays],
        "made_up": [str(day) for day in why.made_up],
        "provisional_years": list(why.provisional),
        "late_from": why.late_from and str(why.late_from),
        "mend": why.mend and {"entries": why.mend.entries, "since": str(why.mend.since)},
    }


def _pace_row(pace: Cadence | None) -> dict[str, Any]:
    return {
        "entries_in_year": pace and pace.entries,
        "usual_gap": pace and pace.usual,
        "longest_gap": pace and pace.longest,
        "complete_since": pace and pace.covered and str(pace.covered),
        "missed_windows": pace and pace.missed_windows,
        "windows": pace and pace.windows,
        "missed": [[str(one.since), str(one.until), one.windows] for one in pace.missed] if pace else [],
        "breach": pace and pace.breach and str(pace.breach),
    }


def _sure(found: Told, policy: Policy) -> Sureness | None:
    """How sure the number is; None where the book, and no official table, gives the duty."""
    rule = policy.categories.get(found.past.category)
    return rule.sureness if rule and rule.source == found.verdict.rule else None


def print_explained(
    watched: Watched, found: Told, advised: Advised, policy: Policy, out: Console, t: NullTranslations
) -> None:
    past, v = found.past, found.verdict
    zone = ZoneInfo(past.timezone)
    title = t.gettext("%(column)s, as of %(day)s") % {
        "column": f"{plain(watched.site)}/{plain(watched.column)}",
        "day": past.day,
    }
    out.print(Text(title, style="bold"))
    rows = [
        (t.gettext("Standing"), [standing_text(v.standing, t), why_text(v, t)]),
        (t.gettext("Seen"), _seen(found, t)),
        (t.gettext("Newest entries"), [f"{e.published}  {plain(e.title)}" for e in _newest(found)] or ["–"]),
        (t.gettext("Duty"), _duty(found, t)),
        (t.gettext("Rule"), _rule(found, policy, t)),
        (t.gettext("Deadline"), counted_text(found.explained, v, t) or ["–"]),
        (t.gettext("What would change it"), [change_text(found.explained, v, t)]),
        (t.gettext("Pace"), pace_text(found.cadence, t) if found.cadence else [t.gettext("not known")]),
        (t.gettext("To be checked"), _signs(found, t)),
        (t.gettext("Finding"), [finding_text(past.finding, t, zone=zone) if past.finding else "–"]),
        (t.gettext("Advice"), advice_lines(advised, t)),
        *_differs(found, t),
    ]
    out.print(_table(rows))


def _signs(found: Told, t: NullTranslations) -> list[str]:
    lines = [plain(sign_text(sign, t)) for sign in found.suspicions[:SIGNS]]
    more = len(found.suspicions) - len(lines)
    if more:
        lines.append(t.gettext("and %(n)d more: lanmu suspicions") % {"n": more})
    return lines or ["–"]


def _seen(found: Told, t: NullTranslations) -> list[str]:
    past = found.past
    at = past.at.astimezone(ZoneInfo(past.timezone))
    lines = [t.gettext("last looked at %(at)s") % {"at": f"{at:%Y-%m-%d %H:%M} ({past.timezone})"}]
    if past.method is not None and past.confidence is not None:
        words = t.gettext("read as %(method)s, confidence %(confidence).2f")
        lines.append(words % {"method": past.method, "confidence": past.confidence})
        listed = len(seen_then(found.past))
        lines.append(t.ngettext("%(n)d entry in the list", "%(n)d entries in the list", listed) % {"n": listed})
    return lines


def _newest(found: Told) -> list[Entry]:
    entries = seen_then(found.past) or tuple(k.entry for k in found.past.history.known)
    dated = [(e.published, e) for e in entries if e.published is not None]
    return [entry for _, entry in sorted(dated, key=lambda row: row[0], reverse=True)[:NEWEST]]


def _duty(found: Told, t: NullTranslations) -> list[str]:
    past = found.past
    if past.duty is None:
        return [t.gettext("not kept by the program that looked then"), plain(past.recorded.duty)]
    lines = [duty_text(past.duty, t)]
    if past.present != past.duty:
        lines.append(t.gettext("it has changed since; now: %(duty)s") % {"duty": duty_text(past.present, t)})
    return lines


def _rule(found: Told, policy: Policy, t: NullTranslations) -> list[str]:
    rule, sure = found.verdict.rule, _sure(found, policy)
    names = [document.name for document in policy.documents.values() if document.number == rule]
    lines = [plain(rule_text(rule, t)), *names]
    if sure is not None:
        lines.append(t.gettext("how sure we are of it: %(sure)s") % {"sure": sure_text(sure, t)})
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
