"""Renders a digest to a message: subject, text and HTML, by Jinja2 in its immutable sandbox."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from unicodedata import east_asian_width

from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined, select_autoescape
from jinja2.sandbox import ImmutableSandboxedEnvironment

from monitor.model.reminding import Digest
from notifiers.base import Mailbox, Message
from notifiers.compose import on_the_wire
from notifiers.letter import Fact, letter
from texts.catalogue import nearest, translations
from texts.plain import plain

_SHIPPED = Path(__file__).with_name("templates")


def render(
    digest: Digest,
    *,
    key: str,
    sender: Mailbox,
    reply_to: Mailbox | None,
    references: Sequence[str] = (),
    templates: Path | None = None,
) -> Message:
    """The digest as a message in the recipient's language.

    `templates` is a folder whose files stand in for the shipped ones of the same name. One that is wrong raises
    `jinja2.TemplateError`, one that would loop for ever OverflowError.
    """
    language = nearest(digest.recipient.language)
    environment = _environment(language, templates)
    said = letter(digest, translations(language))

    def part(name: str) -> str:
        return environment.get_template(name).render(digest=digest, letter=said, reply_to=reply_to, language=language)

    return Message(
        key=key,
        message_id=message_id(key, sender),
        to=Mailbox(name=plain(digest.recipient.name), address=digest.recipient.email),
        sender=sender,
        subject=plain(part("digest.subject.j2")),
        text=part("digest.txt.j2"),
        html=part("digest.html.j2"),
        language=language,
        reply_to=reply_to,
        references=tuple(references),
        slot=digest.slot,
    )


def message_id(key: str, sender: Mailbox) -> str:
    """The Message-ID of a key: always the same, so that a mail which did go out twice is shown once."""
    address = on_the_wire(sender.address)
    if address is None:
        raise ValueError(f"not an address that a mail can come from: {sender.address!r}")
    return f"<{sha256(key.encode()).hexdigest()[:32]}@{address.rpartition('@')[2]}>"


def _environment(language: str, templates: Path | None) -> ImmutableSandboxedEnvironment:
    folders = [templates, _SHIPPED] if templates else [_SHIPPED]
    environment = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        undefined=StrictUndefined,
        autoescape=select_autoescape(enabled_extensions=("html.j2",), default=False),
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]  # added by the i18n extension
    environment.filters["aligned"] = _aligned
    return environment


def _aligned(facts: Sequence[Fact], colon: str) -> list[str]:
    """The facts as lines whose values stand below one another in a fixed-width font."""
    width = max(_columns(fact.label) for fact in facts)
    return [f"{fact.label}{colon}{' ' * (width - _columns(fact.label))}{fact.value}" for fact in facts]


def _columns(text: str) -> int:
    """Columns of a terminal that the text takes: a Chinese character takes two."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)
