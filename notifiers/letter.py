"""What a digest says, in the reader's language: the words that the text part and the HTML part have in common.

The templates only lay it out, so that no fact is in one part and missing from the other. All names and addresses have
passed through `plain`; the HTML template escapes them.
"""

from dataclasses import dataclass
from gettext import NullTranslations
from urllib.parse import urlsplit

from monitor.model.reminding import Digest, DigestLine, LineKind, Role
from texts.plain import plain
from texts.words import days_over_text, reason_text, rule_text, standing_text

_ADDRESS_LIMIT = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One column. `link` is empty where the address is none that a reader should follow."""

    kind: LineKind
    column: str
    link: str
    standing: str
    over: str  # "61 days over", or empty
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    kind: LineKind
    title: str
    note: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """`where` is the one site of all lines, or their number; `late` counts the columns that something is asked for."""

    name: str
    where: str
    late: int
    due_soon: int
    corrected: int
    ask: str
    reply: str  # how to disagree; empty where nothing is asked
    sections: tuple[Section, ...]
    notes: tuple[str, ...]  # why this mail came, and what its dates rest on


def letter(digest: Digest, t: NullTranslations) -> Letter:
    """The digest in words. Sections stand in the order of `LineKind`, lines in that of the digest."""
    kinds = [line.kind for line in digest.lines]
    late = kinds.count(LineKind.NEW) + kinds.count(LineKind.STILL_OVERDUE)
    due_soon = kinds.count(LineKind.DUE_SOON)
    return Letter(
        name=plain(digest.recipient.name),
        where=_where(digest, t),
        late=late,
        due_soon=due_soon,
        corrected=kinds.count(LineKind.CORRECTED),
        ask=_ask(digest, late, due_soon, t),
        reply=_reply(t) if late else "",
        sections=tuple(_section(kind, digest, t) for kind in LineKind if kind in kinds),
        notes=(_evidence(digest, t), _because(digest.role, t)),
    )


def _where(digest: Digest, t: NullTranslations) -> str:
    sites = {line.site for line in digest.lines}
    if len(sites) == 1:
        return plain(next(iter(sites)), limit=60)
    return t.ngettext("%(count)s site", "%(count)s sites", len(sites)) % {"count": len(sites)}


def _ask(digest: Digest, late: int, due_soon: int, t: NullTranslations) -> str:
    if late and digest.answer_by:
        return _ask_by(digest.role, t) % {"day": digest.answer_by}
    if late:
        return t.gettext("Please have the overdue columns below updated.")
    if due_soon:
        return t.gettext("Nothing is overdue. The columns below are due soon; please update them in time.")
    return t.gettext("This is for your information; nothing is asked of you.")


def _ask_by(role: Role, t: NullTranslations) -> str:
    match role:
        case Role.OFFICER:
            return t.gettext("Please update the overdue columns below by %(day)s.")
        case Role.SUPERVISOR:
            return t.gettext("Please see to it that the overdue columns below are updated by %(day)s.")
        case Role.TECHNICAL_CONTACT | Role.ADMIN:
            return t.gettext("Please look into the columns below by %(day)s.")


def _reply(t: NullTranslations) -> str:
    return t.gettext("If a line is wrong, or a column should be merged or closed, reply to this mail and say so.")


def _evidence(digest: Digest, t: NullTranslations) -> str:
    return t.gettext(
        "As of %(day)s, by the publication dates that the column pages show."
        " A column that could not be read is never listed as overdue."
    ) % {"day": digest.slot}


def _because(role: Role, t: NullTranslations) -> str:
    match role:
        case Role.OFFICER:
            return t.gettext("You get this mail because you are registered as the officer of these columns.")
        case Role.SUPERVISOR:
            return t.gettext("You get this mail because you are registered as the responsible officer's supervisor.")
        case Role.TECHNICAL_CONTACT:
            return t.gettext("You get this mail because you are registered as the technical contact of the site.")
        case Role.ADMIN:
            return t.gettext("You get this mail because you are registered as an administrator of this service.")


def _section(kind: LineKind, digest: Digest, t: NullTranslations) -> Section:
    title, note = _heading(kind, t)
    rows = tuple(_row(line, t) for line in digest.lines if line.kind == kind)
    return Section(kind=kind, title=title, note=note, rows=rows)


def _heading(kind: LineKind, t: NullTranslations) -> tuple[str, str]:
    """The title of a section and, where one is needed, a sentence under it."""
    match kind:
        case LineKind.NEW:
            return t.gettext("Newly overdue"), ""
        case LineKind.STILL_OVERDUE:
            return t.gettext("Still overdue"), ""
        case LineKind.DUE_SOON:
            return t.gettext("Due soon"), ""
        case LineKind.RECOVERED:
            return t.gettext("Recovered"), t.gettext("These columns are updated again. Thank you.")
        case LineKind.CORRECTED:
            return t.gettext("Corrections"), t.gettext(
                "An earlier mail listed these columns as overdue. That was our mistake, and we apologise for it."
                " Nothing is asked of you."
            )


def _row(line: DigestLine, t: NullTranslations) -> Row:
    days = line.verdict.days_over
    return Row(
        kind=line.kind,
        column=plain(line.column),
        link=_followable(line.url),
        standing=standing_text(line.verdict.standing, t),
        over=days_over_text(days, t) if days > 0 else "",
        facts=tuple(_facts(line, t)),
    )


def _followable(url: str) -> str:
    address = plain(url, limit=_ADDRESS_LIMIT)
    try:
        scheme = urlsplit(address).scheme
    except ValueError:
        return ""
    return address if scheme in ("http", "https") and len(address) < _ADDRESS_LIMIT else ""


def _facts(line: DigestLine, t: NullTranslations) -> list[Fact]:
    """What the reader can check for herself, in the order in which she will ask for it; empty ones are left out."""
    step = t.gettext("no. %(step)s") % {"step": line.step} if line.step > 1 else ""
    pairs = [
        (t.gettext("Last published"), str(line.verdict.newest or t.gettext("none"))),
        (t.gettext("Due by"), str(line.verdict.deadline or "")),
        (t.gettext("Reason"), reason_text(line.verdict, t)),
        (t.gettext("Rule"), plain(rule_text(line.verdict.rule, t))),
        (t.gettext("Reminder"), step),
        (t.gettext("Site"), plain(line.site)),
        (t.gettext("Unit"), plain(line.unit)),
        (t.gettext("Address"), plain(line.url, limit=_ADDRESS_LIMIT)),
    ]
    return [Fact(label=label, value=value) for label, value in pairs if value]
