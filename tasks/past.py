"""Judges the past again: the same rules, the duty that held then, and what had been seen."""

from dataclasses import replace

from monitor.edge.store.past import Past
from monitor.judge import judge
from monitor.model.judging import Verdict
from tasks.wiring import World


def judged_again(here: World, past: Past) -> Verdict:
    """The verdict of the look, told by the rules and calendars of now."""
    calendar = here.calendar(past.duty.calendar or past.timezone)
    return replace(judge(past.history, past.duty, calendar, now=past.day), duty=past.duty.line)
