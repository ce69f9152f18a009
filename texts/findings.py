"""How the state of a finding is said."""

from datetime import tzinfo
from gettext import NullTranslations

from monitor.model.reminding import Finding, FindingState


def finding_text(found: Finding, t: NullTranslations, *, zone: tzinfo) -> str:
    """Its state, since when, and how often it was told; days are local to the site."""
    since = found.since.astimezone(zone).date()
    words = t.gettext("%(state)s since %(day)s") % {"state": state_text(found.state, t), "day": since}
    if not found.step:
        return words
    told = t.ngettext("%(n)d reminder sent", "%(n)d reminders sent", found.step) % {"n": found.step}
    return t.gettext(", ").join((words, told))


def state_text(state: FindingState, t: NullTranslations) -> str:  # noqa: C901 - one case a state: the closed list in one place
    """The term of docs/words.md."""
    match state:
        case FindingState.BASELINE:
            return t.gettext("in the baseline (nobody is reminded)")
        case FindingState.DETECTED:
            return t.gettext("confirmed by two looks")
        case FindingState.QUEUED:
            return t.gettext("waiting to be sent")
        case FindingState.REMINDED:
            return t.gettext("reminded")
        case FindingState.ESCALATED:
            return t.gettext("escalated")
        case FindingState.DISPUTED:
            return t.gettext("disputed")
        case FindingState.HELD:
            return t.gettext("held back")
        case FindingState.ACKNOWLEDGED:
            return t.gettext("acknowledged")
        case FindingState.SNOOZED:
            return t.gettext("snoozed")
        case FindingState.EXEMPT_REQUESTED:
            return t.gettext("exemption asked for")
        case FindingState.MERGE_REQUESTED:
            return t.gettext("merger asked for")
        case FindingState.CLOSE_REQUESTED:
            return t.gettext("closing asked for")
        case FindingState.EXEMPT:
            return t.gettext("exemption approved")
        case FindingState.MERGED:
            return t.gettext("merged")
        case FindingState.CLOSED:
            return t.gettext("closed")
        case FindingState.WITHDRAWN:
            return t.gettext("withdrawn")
        case FindingState.RESOLVED:
            return t.gettext("recovered")
