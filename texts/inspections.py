"""How an inspection is said to people: what each line found, what could turn it, and why there is no score."""

from collections import Counter
from collections.abc import Sequence
from gettext import NullTranslations

from monitor.model.inspecting import (
    Comparison,
    Deducted,
    Doubt,
    InDoubt,
    Inspection,
    NoScore,
    Outcome,
    VetoChange,
    VetoSeen,
)
from monitor.model.policy import VetoKind
from texts.plain import plain

NAMED = 6  # columns that a line names; all are in the JSON


def outcome_text(outcome: Outcome, t: NullTranslations) -> str:
    match outcome:
        case Outcome.HIT:
            return t.gettext("veto")
        case Outcome.WARNING:
            return t.gettext("warning")
        case Outcome.CLEAR:
            return t.gettext("nothing found")
        case Outcome.UNTOLD:
            return t.gettext("cannot be told")
        case Outcome.BY_HAND:
            return t.gettext("a person must look")


def veto_text(seen: VetoSeen, t: NullTranslations) -> str:
    """What was measured of the line, the columns that count, and those that could: "3 of 5 columns; 2 more …"."""
    names = _names(seen.columns)
    parts = [_measured(seen, t), names, doubts_text(seen.doubts, t)]
    return t.gettext("; ").join(part for part in parts if part)


def _measured(seen: VetoSeen, t: NullTranslations) -> str:
    if seen.measured is None:
        return ""
    n = int(seen.measured)
    if seen.left is not None and seen.veto.at_least:
        words = t.gettext("%(n)d of %(line)d columns") % {"n": n, "line": seen.veto.at_least}
        more = t.ngettext("%(n)d more and the site fails", "%(n)d more and the site fails", seen.left)
        return t.gettext("; ").join((words, more % {"n": seen.left})) if seen.outcome is Outcome.WARNING else words
    if seen.veto.kind is VetoKind.UNREACHABLE:
        return t.gettext("%(share).1f %% of the visits failed") % {"share": seen.measured * 100}
    if seen.veto.kind is VetoKind.HOME_SILENT:
        return t.ngettext("%(n)d day without news", "%(n)d days without news", n) % {"n": n}
    return t.ngettext("found %(n)d time", "found %(n)d times", n) % {"n": n}


def deducted_text(line: Deducted, t: NullTranslations) -> str:
    count = "" if line.count is None else t.ngettext("found %(n)d time", "found %(n)d times", line.count)
    parts = [count and count % {"n": line.count}, _names(line.columns), doubts_text(line.doubts, t)]
    return t.gettext("; ").join(part for part in parts if part)


def points_text(line: Deducted, t: NullTranslations) -> str:
    """The points, or why there are none."""
    if line.deduction.points is None:
        return t.gettext("points not known")
    return t.gettext("not counted") if line.points is None else f"{line.points:g}"


def doubts_text(doubts: Sequence[InDoubt], t: NullTranslations) -> str:
    """How many columns could count, and why they do not."""
    counts = Counter(one.doubt for one in doubts)
    said = [f"{_doubt(doubt, t)} {counts[doubt]}" for doubt in Doubt if doubt in counts]
    return t.gettext("could count: %s") % ", ".join(said) if said else ""


def _doubt(doubt: Doubt, t: NullTranslations) -> str:
    match doubt:
        case Doubt.NOT_SEEN:
            return t.gettext("not seen")
        case Doubt.NO_WINDOW:
            return t.gettext("no period set")
        case Doubt.LEVEL_UNSAID:
            return t.gettext("not said whether first-level")
        case Doubt.OWN_DUTY:
            return t.gettext("judged by a duty of its own")
        case Doubt.HOME_LEADS_ON:
            return t.gettext("pages that nobody watches may have news")


def score_text(inspection: Inspection, t: NullTranslations) -> str:
    """The score, or why there is none."""
    if inspection.score is not None:
        return f"{inspection.score:g}"
    match inspection.no_score:
        case NoScore.VETOED:
            return t.gettext("none: a veto")
        case NoScore.TABLE_INCOMPLETE:
            return t.gettext("none: points of the official table are not known")
        case NoScore.UNSEEN:
            return t.gettext("none: lines of the tables could not be measured")
        case NoScore.MODE | None:
            return t.gettext("none: only vetoes are asked for")


def _names(columns: Sequence[str]) -> str:
    more = " …" if len(columns) > NAMED else ""
    return ", ".join(map(plain, columns[:NAMED])) + more


def change_lines(change: Comparison | None, t: NullTranslations) -> list[str]:
    """What has changed since the period before (上期); a line for each line of the veto table that stands otherwise."""
    if change is None:
        return [t.gettext("nothing was seen then")]
    lines = [] if change.same_rules else [t.gettext("made by other rules: only what both have is compared")]
    lines += _counts(change, t)
    lines += [_veto_change(one, t) for one in change.vetoes]
    return lines or [t.gettext("no change")]


def _counts(change: Comparison, t: NullTranslations) -> list[str]:
    lines = []
    if change.late:
        lines.append(t.gettext("late columns: %(n)+d") % {"n": change.late})
    if change.unseen:
        lines.append(t.gettext("columns out of sight: %(n)+d") % {"n": change.unseen})
    if change.score:
        lines.append(t.gettext("score: %(n)+g") % {"n": change.score})
    return lines


def _veto_change(one: VetoChange, t: NullTranslations) -> str:
    outcomes = [outcome_text(outcome, t) for outcome in dict.fromkeys((one.was, one.now))]
    sides = (
        (t.gettext("counts now: %s"), one.added),
        (t.gettext("no longer counts: %s"), one.cleared),
        (t.gettext("out of sight: %s"), one.lost),
    )
    parts = [f"{one.veto.id} {' → '.join(outcomes)}", *(words % _names(columns) for words, columns in sides if columns)]
    return t.gettext("; ").join(parts)
