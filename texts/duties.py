"""How duties and the lines of the official tables are said to people."""

from gettext import NullTranslations

from monitor.model.policy import Sureness, VetoKind
from monitor.model.register import Duty, DutyKind, Period, Window


def duty_text(duty: Duty, t: NullTranslations) -> str:
    """What is asked of a column, in a few words."""
    if duty.exempt:
        return t.gettext("exempt")
    if duty.review:
        return t.gettext("reviewed by a person every %(window)s") % {"window": window_text(duty.review.every, t)}
    match duty.kind:
        case DutyKind.AS_NEEDED:
            return t.gettext("as needed")
        case DutyKind.DAILY:
            return _count(duty.min_items, t) % {"window": t.gettext("each working day")}
        case DutyKind.PERIODIC if duty.window is None:
            return t.gettext("no period set")
        case DutyKind.PERIODIC:
            assert duty.window is not None
            return _count(duty.min_items, t) % {"window": t.gettext("within %s") % window_text(duty.window, t)}


def _count(least: int, t: NullTranslations) -> str:
    """With a place left for the window."""
    words = t.ngettext("at least %(n)d entry %(window)s", "at least %(n)d entries %(window)s", least)
    return words % {"n": least, "window": "%(window)s"}


def window_text(window: Window, t: NullTranslations) -> str:
    n = window.count
    match window.period:
        case Period.DAYS:
            return t.ngettext("%(n)d day", "%(n)d days", n) % {"n": n}
        case Period.WEEKS:
            return t.ngettext("%(n)d week", "%(n)d weeks", n) % {"n": n}
        case Period.MONTHS:
            return t.ngettext("%(n)d month", "%(n)d months", n) % {"n": n}
        case Period.YEARS:
            return t.ngettext("%(n)d year", "%(n)d years", n) % {"n": n}
        case Period.WORKING_DAYS:
            return t.ngettext("%(n)d working day", "%(n)d working days", n) % {"n": n}


def warning_text(kind: VetoKind, line: float, t: NullTranslations) -> str:
    """A line of the veto table, or an early-warning line, with its unit; lines are inclusive (含)."""
    match kind:
        case VetoKind.UNREACHABLE:
            return t.gettext("%(share).0f %% of the visits failed, or more") % {"share": line * 100}
        case VetoKind.HOME_SILENT:
            return t.ngettext("%(n)d day without news", "%(n)d days without news", int(line)) % {"n": line}
        case VetoKind.COLUMNS_FAST | VetoKind.COLUMNS_SHOULD_UPDATE | VetoKind.COLUMNS_BLANK:
            return t.ngettext("%(n)d column or more", "%(n)d columns or more", int(line)) % {"n": line}
        case VetoKind.UNANSWERED:
            return t.ngettext("%(n)d message or more", "%(n)d messages or more", int(line)) % {"n": line}
        case VetoKind.BY_HAND:
            return ""


def sure_text(sure: Sureness, t: NullTranslations) -> str:
    """How sure we are of one number."""
    match sure:
        case Sureness.A:
            return t.gettext("A: official wording, two copies or more")
        case Sureness.B:
            return t.gettext("B: official wording in one copy, or used by an office on itself")
        case Sureness.C:
            return t.gettext("C: read only in a vendor's program")
        case Sureness.D:
            return t.gettext("D: a local rule, or the press")
        case Sureness.X:
            return t.gettext("X: not found, and never invented")
        case Sureness.DESIGN:
            return t.gettext("our own choice, no official rule")


def sureness_text(t: NullTranslations) -> str:
    return t.gettext(
        "Sure: A official wording in two or more copies; B in one copy, or used by an office on itself; "
        "C read only in a vendor's program; D a local rule or the press; X not found, never invented; "
        "design: our choice."
    )
