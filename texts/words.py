"""The words for people: standings, reasons, troubles, groups and categories, in the reader's language.

Every function takes the catalogue `t` of `texts.catalogue.translations`. The Chinese terms are those of the inspection
documents. What these functions return is text, not HTML: escape it there.
"""

import re
from datetime import date
from gettext import NullTranslations

from monitor.model.judging import Standing, Verdict, Why
from monitor.model.register import Group, WeakTls
from texts.plain import plain
from texts.troubles import trouble_name, trouble_text

__all__ = [
    "category_text",
    "days_over_text",
    "group_text",
    "reason_text",
    "redesigned_text",
    "rule_text",
    "standing_text",
    "trouble_name",
    "trouble_text",
    "weak_tls_text",
    "why_text",
]


# How config.policy names a duty that rests on no document that was read.
_DEFAULT = re.compile(r"(?P<preset>[a-z0-9-]+): (?P<category>[a-z_]+) \(no official document read\)", re.ASCII)
_OURS = re.compile(r"(?P<preset>[a-z0-9-]+) \(no official document\)", re.ASCII)
_NUMBERLESS = " (document number not read)"


def redesigned_text(day: date, t: NullTranslations) -> str:
    """Nobody's fault, and no verdict: a person should see whether the page is still read rightly."""
    return t.gettext("page redesigned, seen on %(day)s: compare what is read of it") % {"day": day}


def standing_text(standing: Standing, t: NullTranslations) -> str:
    match standing:
        case Standing.FRESH:
            return t.gettext("updated in time")
        case Standing.DUE_SOON:
            return t.gettext("due soon")
        case Standing.OVERDUE:
            return t.gettext("not updated in time")
        case Standing.STALE:
            return t.gettext("long not updated")
        case Standing.BLANK:
            return t.gettext("blank column")
        case Standing.UNKNOWN:
            return t.gettext("could not be seen")
        case Standing.NOT_CONFIGURED:
            return t.gettext("no period set")
        case Standing.EXEMPT:
            return t.gettext("exempt")


def weak_tls_text(weak: WeakTls, t: NullTranslations) -> str:
    """What is borne of a site's HTTPS, with the admin's reason."""
    return t.gettext("HTTPS is checked less strictly: %(reason)s") % {"reason": plain(weak.reason)}


def why_text(verdict: Verdict, t: NullTranslations) -> str:
    """One clear sentence: the reason where the figures do not say it, then the figures of the verdict."""
    reason = reason_text(verdict, t)
    clauses = [reason, *_figures(verdict, t)] if reason else _figures(verdict, t)
    return t.gettext(", ").join(clauses)


def reason_text(verdict: Verdict, t: NullTranslations) -> str:  # noqa: C901 - one case a reason, so that a new one is missed by nobody
    """Why the column has its standing; empty where the dates alone say it."""
    match verdict.why:
        case Why.IN_TIME | Why.DEADLINE_NEAR | Why.DEADLINE_PASSED:
            return ""
        case Why.LONG_PASSED:
            return t.gettext("a whole further period has passed without an entry")
        case Why.TOO_FEW_ITEMS:
            return t.gettext("fewer entries than the period asks for")
        case Why.NO_ITEM_TODAY:
            return t.gettext("too few entries on a working day")
        case Why.NEVER_HAD_ENTRIES:
            return t.gettext("the list is empty and has never had an entry")
        case Why.NEWLY_OPENED:
            return t.gettext("newly opened")
        case Why.UNDATED_COUNTS_AS_NOT_UPDATED:
            return t.gettext("entries without a publication date count as not updated")
        case Why.AS_NEEDED:
            return t.gettext("published as needed, without a deadline")
        case Why.NOT_SEEN:
            return trouble_text(verdict.trouble, t) if verdict.trouble else t.gettext("the column could not be seen")
        case Why.NO_WINDOW:
            return t.gettext("the rule gives no period for this column; an administrator has to set it")
        case Why.EXEMPT:
            return t.gettext("exempt from the duty to update")
        case Why.REVIEW_PASSED:
            return t.gettext("the day on which a person had to review the column has passed")
        case Why.NO_REVIEW_DATE:
            return t.gettext("nobody has said when the column was last reviewed; an administrator has to set it")


def _figures(verdict: Verdict, t: NullTranslations) -> list[str]:
    """What is known of newest entry, deadline and days over, in this order."""
    figures = []
    if verdict.newest:
        figures.append(t.gettext("newest entry %(newest)s") % {"newest": verdict.newest})
    elif verdict.standing.accuses and verdict.why in (Why.DEADLINE_PASSED, Why.LONG_PASSED):
        figures.append(t.gettext("no dated entry"))
    if verdict.deadline:
        figures.append(t.gettext("due by %(deadline)s") % {"deadline": verdict.deadline})
    if verdict.days_over > 0:
        figures.append(days_over_text(verdict.days_over, t))
    return figures


def days_over_text(days: int, t: NullTranslations) -> str:
    return t.ngettext("%(days)s day over", "%(days)s days over", days) % {"days": days}


def group_text(group: Group, t: NullTranslations) -> str:
    match group:
        case Group.COUNTY_PORTAL:
            return t.gettext("county portal")
        case Group.DEPARTMENT:
            return t.gettext("department")
        case Group.AFFILIATED_BODY:
            return t.gettext("affiliated body")


def category_text(category: str, t: NullTranslations) -> str:
    """The name of a category of the shipped policy; a category of an admin's own policy is its own name."""
    names = {
        "home": t.gettext("home page"),
        "news": t.gettext("news"),
        "notice": t.gettext("notices"),
        "policy_file": t.gettext("policy documents"),
        "personnel": t.gettext("personnel"),
        "planning": t.gettext("plans"),
        "other": t.gettext("other columns to be updated"),
        "service_stats": t.gettext("service statistics"),
        "reply_list": t.gettext("answers to messages"),
        "interview": t.gettext("online interviews"),
        "survey": t.gettext("surveys and solicitations"),
        "statistics": t.gettext("statistics"),
        "budget": t.gettext("budgets and accounts"),
        "emergency": t.gettext("emergencies"),
        "static": t.gettext("overview, functions and leaders"),
        "historic": t.gettext("historic topics"),
    }
    return names.get(category, category)


def rule_text(rule: str, t: NullTranslations) -> str:
    """The source of a duty as people read it: a document's number as it is; a default of ours says that it is one."""
    if ours := _OURS.fullmatch(rule):
        return t.gettext("default of %(preset)s; no official document") % {"preset": ours["preset"]}
    if rule.endswith(_NUMBERLESS):
        return t.gettext("%(document)s (its number is not known)") % {"document": rule.removesuffix(_NUMBERLESS)}
    default = _DEFAULT.fullmatch(rule)
    if default is None:
        return rule
    words = t.gettext("default of %(preset)s for %(category)s; no official document is known")
    return words % {"preset": default["preset"], "category": category_text(default["category"], t)}
