"""Why a finding moved or stayed, and why a line is or is not in a digest: logs, metrics and texts reuse it."""

from enum import StrEnum


class Reason(StrEnum):
    NOT_SEEN = "not_seen"  # UNKNOWN opens, advances, ends and says nothing
    NOTHING_FOUND = "nothing_found"  # no finding, and none is due
    APPROVED = "approved"  # exempt, merged or closed by a person's decision
    RESTS = "rests"  # disputed, held, acknowledged, snoozed, or a request is open

    # what a look makes of a finding
    FIRST_VERDICT = "first_verdict"  # accused at the first verdict: to the baseline
    IN_BASELINE = "in_baseline"  # waits for an admin's release
    WITHIN_GRACE = "within_grace"
    ONE_LOOK = "one_look"  # a second one, 20 hours apart, must agree
    TWO_LOOKS_AGREE = "two_looks_agree"  # detected
    REOPENED = "reopened"  # soon after its end: the old episode goes on
    STILL_ACCUSED = "still_accused"
    NEWER_BUT_LATE = "newer_but_late"  # something came, with a date that is too old
    NEWER_ENTRY = "newer_entry"  # resolved
    NO_NEWER_ENTRY = "no_newer_entry"  # no longer accused without one: withdrawn, our mistake

    # what a digest says of it
    NEVER_NAMED = "never_named"  # the first reminder
    NAMED_LONG_AGO = "named_long_ago"  # the next reminder
    NAMED_LATELY = "named_lately"
    JUST_UPDATED = "just_updated"  # something came since yesterday: whoever is at work is not reminded of it
    NOT_LOOKED_AT = "not_looked_at"  # lately: a reminder rests on a fresh look, or waits for one
    QUEUED = "queued"  # a planned digest holds it already
    ALREADY_SAID = "already_said"
    NO_LONGER_ACCUSED = "no_longer_accused"
    ACCUSED_AGAIN = "accused_again"  # its end cannot be told now
    RECOVERED = "recovered"
    CORRECTED = "corrected"
    DEADLINE_NEAR = "deadline_near"
    DEADLINE_NOT_NEAR = "deadline_not_near"
