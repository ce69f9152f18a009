"""What becomes of a finding, and who is told: pure decisions, each with its reason (docs/design/reminders.md)."""

from monitor.remind.findings import release, step
from monitor.remind.lines import Line, awaits_look, due_line, due_soon, looked_on, queued, still_due, told, unqueued
from monitor.remind.reasons import Reason
from monitor.remind.slots import Hours, answer_by, slot

__all__ = [
    "Hours",
    "Line",
    "Reason",
    "answer_by",
    "awaits_look",
    "due_line",
    "due_soon",
    "looked_on",
    "queued",
    "release",
    "slot",
    "step",
    "still_due",
    "told",
    "unqueued",
]
