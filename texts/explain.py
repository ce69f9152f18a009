"""The sentences of `lanmu explain`: how a deadline was counted, and what would change a verdict."""

from collections.abc import Sequence
from datetime import date
from gettext import NullTranslations

from monitor.model.cadence import Cadence
from monitor.model.explaining import Explained
from monitor.model.judging import Standing, Verdict

STRETCHES = 3  # of missed periods that are named, the latest


def counted_text(found: Explained | None, verdict: Verdict, t: NullTranslations) -> list[str]:
    """How the deadline was counted; of looks of older programs only what was written then."""
    if verdict.deadline is None:
        return []
    if found is None or found.start is None:
        lines = [t.gettext("the deadline is %(deadline)s") % {"deadline": verdict.deadline}]
    else:
        words = t.gettext("counted from %(start)s, the last day in time is %(deadline)s")
        lines = [words % {"start": found.start, "deadline": verdict.deadline}]
    if found is None:
        return lines
    if found.holidays:
        lines.append(t.gettext("days off that do not count: %(days)s") % {"days": _days(found.holidays)})
    if found.made_up:
        lines.append(t.gettext("make-up days that count: %(days)s") % {"days": _days(found.made_up)})
    if found.provisional:
        years = ", ".join(map(str, found.provisional))
        lines.append(t.gettext("the working days of %(years)s are not published yet") % {"years": years})
    return lines


def _days(days: Sequence[date]) -> str:
    return ", ".join(map(str, days))


def change_text(found: Explained | None, verdict: Verdict, t: NullTranslations) -> str:
    """What would change the verdict."""
    if found is None:
        return t.gettext("not known")
    match verdict.standing:
        case Standing.FRESH | Standing.DUE_SOON if found.late_from is not None:
            words = t.gettext("without another entry it is no longer in time from %(day)s on")
            return words % {"day": found.late_from}
        case Standing.FRESH | Standing.DUE_SOON:
            return t.gettext("it has no deadline that could pass")
        case Standing.OVERDUE | Standing.STALE | Standing.BLANK if found.mend is not None:
            words = t.ngettext(
                "%(n)d entry dated %(day)s or later, seen in one look, makes it in time",
                "%(n)d entries dated %(day)s or later, seen in one look, make it in time",
                found.mend.entries,
            )
            return words % {"n": found.mend.entries, "day": found.mend.since}
        case Standing.OVERDUE | Standing.STALE | Standing.BLANK:
            return t.gettext("no entry alone makes it in time; a person has to decide")
        case Standing.UNKNOWN:
            return t.gettext("a look that can read the list and its dates; until then nobody is accused")
        case Standing.NOT_CONFIGURED:
            return t.gettext("an administrator sets what the duty lacks")
        case Standing.EXEMPT:
            return t.gettext("the end of the exemption")


def pace_text(found: Cadence, t: NullTranslations) -> list[str]:
    """How the column has been kept up."""
    entries = t.ngettext("%(n)d entry in the last 12 months", "%(n)d entries in the last 12 months", found.entries)
    lines = [entries % {"n": found.entries}]
    if found.usual is not None and found.spread is not None:
        words = t.gettext("usually every %(usual).0f days, give or take %(spread).0f")
        lines.append(words % {"usual": found.usual, "spread": found.spread})
    lines += _missed(found, t)
    if found.breach is not None:
        lines.append(t.gettext("at this pace the deadline is missed on %(day)s") % {"day": found.breach})
    return lines


def _missed(found: Cadence, t: NullTranslations) -> list[str]:
    """The periods without enough entries; of days before the history is complete nothing is said."""
    if found.covered is None:
        return [t.gettext("from which day on its history is complete is not known: no period is called missed")]
    words = t.gettext("its history is complete from %(day)s on: %(missed)d of %(windows)d periods were missed")
    lines = [words % {"day": found.covered, "missed": found.missed_windows, "windows": found.windows}]
    for one in found.missed[-STRETCHES:]:
        stretch = t.ngettext(
            "without enough entries from %(since)s to %(until)s, %(n)d period",
            "without enough entries from %(since)s to %(until)s, %(n)d periods",
            one.windows,
        )
        lines.append(stretch % {"since": one.since, "until": one.until, "n": one.windows})
    return lines
