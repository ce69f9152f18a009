"""How advice is said to people, and the figures that speak for it and against it. A committee decides."""

from gettext import NullTranslations

from monitor.model.advising import Act, Advice, Figure, Point
from texts.plain import plain


def advice_text(advice: Advice, t: NullTranslations, *, into: str = "") -> str:
    """What is advised. `into` is the name of the column that could hold it."""
    act = _act(advice.act, t)
    if advice.act is Act.MERGE and into:
        act = t.gettext("merge into %(column)s") % {"column": plain(into)}
    return t.gettext("to be asked: %(act)s?") % {"act": act} if advice.question else act


def _act(act: Act, t: NullTranslations) -> str:
    match act:
        case Act.KEEP:
            return t.gettext("keep")
        case Act.UPDATE:
            return t.gettext("update")
        case Act.MERGE:
            return t.gettext("merge")
        case Act.CLOSE:
            return t.gettext("close")


def figure_text(figure: Figure, t: NullTranslations) -> str:  # noqa: C901 - one case a figure: the closed list in one place
    """One figure of the evidence, in a few words."""
    n, of = round(figure.value), round(figure.of or 0)
    words = {"n": n, "of": of, "share": figure.value * 100}
    match figure.point:
        case Point.DAYS_OVER:
            return t.ngettext("%(n)d day over", "%(n)d days over", n) % words
        case Point.WINDOWS_MISSED:
            return t.gettext("%(n)d of %(of)d periods of the last 12 months missed") % words
        case Point.BLANK_DAYS:
            return t.ngettext("blank for %(n)d day", "blank for %(n)d days", n) % words
        case Point.ENTRIES_IN_YEAR:
            return t.ngettext("%(n)d entry in the last 12 months", "%(n)d entries in the last 12 months", n) % words
        case Point.USUAL_GAP:
            return t.ngettext("usually updated every %(n)d day", "usually updated every %(n)d days", n) % words
        case Point.LONGEST_GAP:
            silent = t.ngettext("%(n)d day without an entry at most", "%(n)d days without an entry at most", n)
            return silent % words
        case Point.SEASON:
            return t.ngettext("updated in %(n)d month of each year", "updated in %(n)d months of each year", n) % words
        case Point.SHARED_ENTRIES:
            return t.gettext("%(n)d of %(of)d entries stand in both columns") % words
        case Point.LIKE_NAMES:
            return t.gettext("the names of both columns are %(share).0f %% alike") % words
        case Point.LIKE_TITLES:
            return t.gettext("%(share).0f %% of what its titles say is said in the other column") % words
        case Point.SAME_CATEGORY:
            return t.gettext("both columns are of one category")
        case Point.ALIVE:
            alive = t.ngettext("updated in time, %(n)d entry this year", "updated in time, %(n)d entries this year", n)
            return t.gettext("the other column is %(alive)s") % {"alive": alive % words}
