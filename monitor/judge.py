"""Judge a column: its standing against its duty on a day, and why (docs/design/judging.md).

What is asked first wins: an exempt column, a duty without an official number, what hid the column from us, an empty
list; only then the dates. An accusation must stand whichever way our doubts fall out; else the column is UNKNOWN.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from monitor.countable import Dates, pushed_off, weigh
from monitor.model.judging import History, Standing, Verdict, Why
from monitor.model.reading import Entry, Trouble, TroubleKind
from monitor.model.register import Duty, DutyKind
from monitor.workdays import Calendar, shift, window_end

CONFIDENCE = 0.9  # below it a reading proves nothing
_SOON = 3  # working days before the deadline
_LONG = 30  # calendar days: the least that makes an overdue column a stale one


def judge(history: History, duty: Duty, calendar: Calendar, *, now: date) -> Verdict:
    """The column's standing on `now`, the site's local day."""
    if duty.exempts(now):
        return Verdict(standing=Standing.EXEMPT, why=Why.EXEMPT, rule=duty.source)
    if duty.kind is DutyKind.PERIODIC and duty.window is None:
        return Verdict(standing=Standing.NOT_CONFIGURED, why=Why.NO_WINDOW, rule=duty.source)
    trouble = _hidden(history)
    if trouble is not None:
        return _unknown(duty, trouble)
    seen = () if isinstance(history.seen, Trouble) else history.seen
    case = _Case(duty=duty, calendar=calendar, opened=history.opened, now=now)
    if not seen:
        return _judge_empty(case)
    dates = weigh(seen, history.known, now=now, least=duty.min_items)
    if history.undated_until:
        dates = replace(dates, open_until=_open_until(history.undated_until, seen))
    if duty.min_items > 1:
        dates = replace(dates, unseen_by=pushed_off(seen, history.known))
    if duty.kind is DutyKind.AS_NEEDED:
        return _judge_as_needed(case, dates.sure[0] if dates.sure else None)
    if all(entry.published is None for entry in seen):
        return _judge_undated(case, dates)
    return _judge_dated(case, dates)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """What stays the same while one column is judged."""

    duty: Duty
    calendar: Calendar
    opened: date | None
    now: date


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    """A stretch of time in which the duty must be met: from the day that counts to the last day in time."""

    start: date
    deadline: date


def _hidden(history: History) -> Trouble | None:
    """What keeps the present reading from being believed."""
    if isinstance(history.seen, Trouble):
        return history.seen
    if history.confidence < CONFIDENCE:
        return Trouble(kind=TroubleKind.UNREADABLE, detail=f"confidence {history.confidence:.2f}")
    if history.seen:
        return None
    if not history.blank:
        return Trouble(kind=TroubleKind.UNREADABLE, detail="no list")
    return Trouble(kind=TroubleKind.EMPTIED) if history.known else None


def _unknown(duty: Duty, trouble: Trouble) -> Verdict:
    return Verdict(standing=Standing.UNKNOWN, why=Why.NOT_SEEN, rule=duty.source, trouble=trouble)


def _judge_empty(case: _Case) -> Verdict:
    """An empty list that never had an entry: blank, unless it was opened less than a window ago."""
    span = _span((), case)
    if span is None:
        return Verdict(standing=Standing.BLANK, why=Why.NEVER_HAD_ENTRIES, rule=case.duty.source, past_grace=True)
    verdict = _place(span, None, case)
    if not verdict.standing.accuses:
        return verdict
    return replace(verdict, standing=Standing.BLANK, why=Why.NEVER_HAD_ENTRIES)


def _judge_as_needed(case: _Case, newest: date | None) -> Verdict:
    """No rhythm, so no deadline; only the day on which a person had to look again can pass."""
    review = case.duty.review
    if review is None:
        return Verdict(standing=Standing.FRESH, why=Why.AS_NEEDED, rule=case.duty.source, newest=newest)
    if review.last is None:
        standing, why = Standing.NOT_CONFIGURED, Why.NO_REVIEW_DATE
        return Verdict(standing=standing, why=why, rule=case.duty.source, newest=newest)
    span = _Span(start=review.last, deadline=window_end(review.last, review.every, case.calendar))
    verdict = _place(span, newest, case)
    return replace(verdict, why=Why.REVIEW_PASSED) if verdict.standing.accuses else verdict


def _judge_undated(case: _Case, dates: Dates) -> Verdict:
    """No entry of the list shows a date: not seen; or, where the rule says so, not updated."""
    if not case.duty.undated_not_updated:
        return _unknown(case.duty, Trouble(kind=TroubleKind.UNDATED))
    not_updated = Why.UNDATED_COUNTS_AS_NOT_UPDATED
    if dates == Dates(sure=()) and case.opened is None:
        return Verdict(standing=Standing.OVERDUE, why=not_updated, rule=case.duty.source, past_grace=True)
    verdict = _judge_dated(case, dates)
    return replace(verdict, why=not_updated) if verdict.standing.accuses else verdict


def _judge_dated(case: _Case, dates: Dates) -> Verdict:
    span = _span(dates.sure, case)
    verdict = _place(span, dates.sure[0] if dates.sure else None, case) if span else None
    if verdict is None or (verdict.standing.accuses and _in_doubt(span, dates, case)):
        return _unknown(case.duty, Trouble(kind=TroubleKind.UNDATED, detail=_doubts(dates)))
    return verdict


def _in_doubt(span: _Span | None, dates: Dates, case: _Case) -> bool:
    """Whether an accusation rests on leaving out dates of which we are not sure.

    A date ahead of its first look hides a breach while it alone would keep the column in time. A year that was only
    guessed hides it as long as that entry may be the newest.
    """
    if (dates.open_until or dates.unseen_by) and not _is_late_at_best(dates, case):
        return True
    if not dates.ahead and not dates.guessed:
        return False
    guessed = _span(_newest_first(dates.sure, dates.guessed), case)
    if guessed and (span is None or guessed.deadline > span.deadline):
        return True
    counted = _span(_newest_first(dates.sure, dates.guessed, dates.ahead), case)
    return counted is not None and not _is_late(counted.deadline, case)


def _is_late_at_best(dates: Dates, case: _Case) -> bool:
    """Whether the duty is missed even if all that has no date, or that no look saw, came as late as it can have."""
    unseen = [dates.unseen_by] * case.duty.min_items if dates.unseen_by else []
    best = _span(_newest_first(dates.sure, dates.open_until, unseen), case)
    return best is not None and _is_late(best.deadline, case)


def _open_until(until: date, seen: Sequence[Entry]) -> tuple[date, ...]:
    """The latest possible day of each entry without a date, where some days were asked of the articles."""
    return tuple(until for entry in seen if entry.published is None)


def _newest_first(*dates: Sequence[date]) -> Sequence[date]:
    return sorted((day for group in dates for day in group), reverse=True)


def _doubts(dates: Dates) -> str:
    ahead = [f"{day} lies ahead of the day it was first read" for day in sorted(dates.ahead, reverse=True)[:1]]
    left = [f"{len(dates.open_until)} entries show no date"] if dates.open_until else []
    left += [f"up to {dates.unseen_by} more may have come than the list held"] if dates.unseen_by else []
    guessed = [f"{day} has a guessed year" for day in sorted(dates.guessed, reverse=True)[:1]]
    return "; ".join(ahead + guessed + left)


def _span(dates: Sequence[date], case: _Case) -> _Span | None:
    """The span that the column is in, given its dates (newest first); None for nothing to count from, or no deadline.

    It begins with the entry that satisfied the duty last, or with the opening of the column when that is later. Where
    there never were enough entries, the column is taken to be as old as its oldest one.
    """
    duty = case.duty
    satisfied = _satisfied(dates, duty)
    starts = [day for day in (satisfied, case.opened) if day is not None]
    if not starts:
        return None
    start = max(starts)
    match duty.kind:
        case DutyKind.AS_NEEDED:
            return None
        case DutyKind.DAILY:
            return _Span(start=start, deadline=case.calendar.add(start, 1))
        case DutyKind.PERIODIC:
            return _Span(start=start, deadline=window_end(start, duty.window, case.calendar)) if duty.window else None


def _satisfied(dates: Sequence[date], duty: Duty) -> date | None:
    """The last day on which the dates met the duty; their oldest where they never did."""
    if not dates:
        return None
    count = max(1, duty.min_items)
    if len(dates) < count:
        return dates[-1]
    if duty.kind is not DutyKind.DAILY:
        return dates[count - 1]
    full = (day for day, last in zip(dates, dates[count - 1 :], strict=False) if day == last)
    return next(full, dates[-1])


def _place(span: _Span, newest: date | None, case: _Case) -> Verdict:
    """Where `now` lies in, or behind, the span."""
    standing = _standing(span, case)
    late = standing.accuses
    return Verdict(
        standing=standing,
        why=_why(standing, span, newest, case),
        rule=case.duty.source,
        newest=newest,
        deadline=span.deadline,
        days_over=(case.now - span.deadline).days if late else 0,
        past_grace=late and case.now > case.calendar.add(span.deadline, case.duty.grace),
    )


def _standing(span: _Span, case: _Case) -> Standing:
    if _is_late(span.deadline, case):
        return Standing.STALE if case.now > _long_after(span.deadline, case) else Standing.OVERDUE
    return Standing.DUE_SOON if _is_soon(span, case) else Standing.FRESH


def _is_late(deadline: date, case: _Case) -> bool:
    """A daily duty is judged on the next working day, any other on the next day."""
    if case.now <= deadline:
        return False
    return case.duty.kind is not DutyKind.DAILY or case.now >= case.calendar.add(deadline, 1)


def _long_after(deadline: date, case: _Case) -> date:
    month, window = shift(deadline, _LONG), case.duty.window
    return max(month, window_end(deadline, window, case.calendar)) if window else month


def _is_soon(span: _Span, case: _Case) -> bool:
    """The last 3 working days, or the last quarter of the window if that is shorter; never for a daily duty.

    A quarter that begins within a day begins with that day: 4 days of two weeks.
    """
    if case.duty.kind is DutyKind.DAILY:
        return False
    quarter = -((span.start - span.deadline).days // 4)
    if case.now <= shift(span.deadline, -quarter):
        return False
    return case.now >= case.calendar.back(span.deadline, _SOON)


def _why(standing: Standing, span: _Span, newest: date | None, case: _Case) -> Why:
    if standing is Standing.FRESH:
        return Why.NEWLY_OPENED if span.start == case.opened != newest else Why.IN_TIME
    if standing is Standing.DUE_SOON:
        return Why.DEADLINE_NEAR
    if case.duty.kind is DutyKind.DAILY:
        return Why.NO_ITEM_TODAY
    if newest is not None and case.duty.window and case.now <= window_end(newest, case.duty.window, case.calendar):
        return Why.TOO_FEW_ITEMS  # the newest entry alone would be in time
    return Why.LONG_PASSED if standing is Standing.STALE else Why.DEADLINE_PASSED
