"""The veto table (单项否决): each line over, near, clear, or untold where what was not seen could turn it."""

from collections.abc import Sequence
from datetime import date

from monitor.inspection.counting import HOME, Asked, Tally, blank, late, probed, silent, tally, within
from monitor.model.inspecting import ColumnSeen, Doubt, Outcome, SiteSeen, VetoSeen
from monitor.model.judging import Standing
from monitor.model.policy import Policy, Veto, VetoGroup, VetoKind
from monitor.model.register import Window


def vetoes(site: SiteSeen, policy: Policy, *, now: date) -> tuple[VetoSeen, ...]:
    """Each line of the table. What a person has found goes before what was measured."""
    return tuple(
        _found_by_hand(veto, site.by_hand[veto.id]) if veto.id in site.by_hand else _measured(veto, site, policy, now)
        for veto in policy.vetoes
    )


def _found_by_hand(veto: Veto, times: int) -> VetoSeen:
    return VetoSeen(veto=veto, outcome=Outcome.HIT if times else Outcome.CLEAR, measured=times)


def _measured(veto: Veto, site: SiteSeen, policy: Policy, now: date) -> VetoSeen:
    match veto.kind:
        case VetoKind.UNREACHABLE:
            return _unreachable(veto, site)
        case VetoKind.HOME_SILENT:
            return _home_silent(veto, site, now)
        case VetoKind.COLUMNS_FAST:
            return _columns(veto, late(site.columns, _asked(policy, VetoGroup.FAST), now=now))
        case VetoKind.COLUMNS_SHOULD_UPDATE:
            return _columns(veto, late(site.columns, _asked(policy, VetoGroup.SHOULD_UPDATE), now=now))
        case VetoKind.COLUMNS_BLANK:
            return _columns(veto, blank(site.columns))
        case VetoKind.UNANSWERED:
            return _unanswered(veto, site.overdue_replies)
        case VetoKind.BY_HAND:
            return VetoSeen(veto=veto, outcome=Outcome.BY_HAND)


def _asked(policy: Policy, group: VetoGroup) -> dict[str, Asked]:
    return {
        rule.category: Asked(window=rule.veto_window, first_level_only=rule.first_level_only)
        for rule in policy.categories.values()
        if rule.veto_group is group and rule.veto_window
    }


def _columns(veto: Veto, found: Tally) -> VetoSeen:
    """The line is inclusive (含). It is clear only if it stays so should all that is in doubt count."""
    measured, could = len(found.columns), len(found.doubts)
    if _reaches(measured, veto.at_least):
        outcome = Outcome.HIT
    elif _reaches(measured, veto.warn_at):
        outcome = Outcome.WARNING
    elif _reaches(measured + could, veto.at_least) or _reaches(measured + could, veto.warn_at):
        outcome = Outcome.UNTOLD
    else:
        outcome = Outcome.CLEAR
    return VetoSeen(veto=veto, outcome=outcome, measured=measured, columns=found.columns, doubts=found.doubts)


def _reaches(measured: float, line: float | None) -> bool:
    return line is not None and measured >= line


def _unreachable(veto: Veto, site: SiteSeen) -> VetoSeen:
    """The failed share of a week's visits; untold where a day had too few of them."""
    if not probed(site):
        return VetoSeen(veto=veto, outcome=Outcome.UNTOLD)
    share = site.failed / site.probes
    if _reaches(share, veto.at_least):
        outcome = Outcome.HIT
    else:
        outcome = Outcome.WARNING if _reaches(share, veto.warn_at) else Outcome.CLEAR
    return VetoSeen(veto=veto, outcome=outcome, measured=share)


def _unanswered(veto: Veto, overdue: int | None) -> VetoSeen:
    if overdue is None:
        return VetoSeen(veto=veto, outcome=Outcome.UNTOLD)
    outcome = Outcome.HIT if _reaches(overdue, veto.at_least) else Outcome.CLEAR
    return VetoSeen(veto=veto, outcome=outcome, measured=overdue)


def _home_silent(veto: Veto, site: SiteSeen, now: date) -> VetoSeen:
    """No news on the home page in the window. One that only leads on is judged by the pages of the second level."""
    assert veto.window, "the tables give one"
    window = veto.window
    homes = [c for c in site.columns if c.category == HOME and c.verdict.standing is not Standing.BLANK]
    if site.navigation_only or (not homes and any(column.category == HOME for column in site.columns)):
        return _leads_on(veto, window, [column for column in site.columns if column.category != HOME], now)
    found, days = tally(homes, lambda home: silent(home, window, now=now)), _days_silent(homes, now)
    if homes and len(found.columns) == len(homes):
        return VetoSeen(veto=veto, outcome=Outcome.HIT, measured=days, columns=found.columns)
    in_time = len(found.columns) + len(found.doubts) < len(homes)
    return VetoSeen(veto=veto, outcome=_near(veto, homes, days, in_time=in_time), measured=days, doubts=found.doubts)


def _leads_on(veto: Veto, window: Window, columns: Sequence[ColumnSeen], now: date) -> VetoSeen:
    """News in any column clears the line. Their silence hits nobody: not all second-level pages need be registered."""
    days = _days_silent(columns, now)
    newest = (column.verdict.newest for column in columns)
    in_time = any(day is not None and within(day, window, now=now) for day in newest)
    doubts = () if in_time else tally(columns, _unwatched).doubts
    return VetoSeen(veto=veto, outcome=_near(veto, columns, days, in_time=in_time), measured=days, doubts=doubts)


def _unwatched(column: ColumnSeen) -> Doubt:
    return Doubt.NOT_SEEN if column.verdict.standing is Standing.UNKNOWN else Doubt.HOME_LEADS_ON


def _near(veto: Veto, pages: Sequence[ColumnSeen], days: int | None, *, in_time: bool) -> Outcome:
    """Below the line. A page that was not seen may have news, so it takes the warning back, and never gives one."""
    if days is None or not _reaches(days, veto.warn_at):
        return Outcome.CLEAR if in_time else Outcome.UNTOLD
    unseen = any(page.verdict.standing is Standing.UNKNOWN for page in pages)
    return Outcome.UNTOLD if unseen else Outcome.WARNING


def _days_silent(columns: Sequence[ColumnSeen], now: date) -> int | None:
    """Days since the newest entry of any of them; None where none is known."""
    return min(((now - c.verdict.newest).days for c in columns if c.verdict.newest), default=None)
