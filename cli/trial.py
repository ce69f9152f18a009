"""What `lanmu try` finds of one page: read by a recipe, read without it, and read again by what can be learnt."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cli.unbroken import unbroken
from monitor.extract import again, extract, read_recipe
from monitor.extract.propose import propose
from monitor.model.reading import Entry, HintKind, Listing, Page, Trouble, TroubleKind
from monitor.model.register import Recipe


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """`read` is what counts: by the recipe where there is one, and `usual` is then what the page gives without it."""

    today: date
    read: Listing | Trouble
    usual: Listing | Trouble | None = None
    learnt: bool = False
    why: str = ""  # it would be read in full each time
    proposal: Recipe | None = None
    browser: bool = False  # nothing but a browser may show the list
    lacks: tuple[str, ...] = ()  # what a page that a browser built asked for in vain


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """An entry that one of the two readings lacks, or has otherwise."""

    cooked: Entry | None
    usual: Entry | None


def trial_of(came: Page | Trouble, recipe: Recipe | None, *, today: date) -> Trial:
    """Read the page in every way. A page that the reader breaks on is a trouble like any other."""
    if isinstance(came, Trouble):
        return Trial(today=today, read=came)
    tried = unbroken(lambda: _tried(came, recipe, today))
    return Trial(today=today, read=tried) if isinstance(tried, Trouble) else tried


def _tried(page: Page, recipe: Recipe | None, today: date) -> Trial:
    usual = extract(page, today=today)
    if _hidden(page, usual):
        return Trial(today=today, read=usual, browser=True)
    if recipe:
        return Trial(today=today, read=read_recipe(page, recipe, today=today), usual=usual, lacks=page.lacks)
    first = again.read(page, None, today=today)
    second = again.read(page, first.learnt, today=today) if first.learnt else first
    return Trial(
        today=today,
        read=usual,
        learnt=second.way is not again.Way.FULL,
        why=second.why,
        lacks=page.lacks,
        proposal=propose(page, usual, today=today) if isinstance(usual, Listing) else None,
    )


def _hidden(page: Page, read: Listing | Trouble) -> bool:
    """Whether a script fills the list, and the page names no data that could be asked for in its stead."""
    if page.rendered or isinstance(read, Listing) or read.kind is not TroubleKind.NEEDS_SCRIPT:
        return False
    return all(hint.kind is not HintKind.DATA for hint in read.hints)


def differences(cooked: Listing, usual: Listing) -> Iterator[Difference]:
    """The entries in which two readings differ, in the order of the first; those that only the second has come last."""
    left = {_identity(entry): entry for entry in reversed(usual.entries)}
    known = set()
    for entry in cooked.entries:
        known.add(_identity(entry))
        if (other := left.get(_identity(entry))) != entry:
            yield Difference(cooked=entry, usual=other)
    for entry in usual.entries:
        if _identity(entry) not in known:
            yield Difference(cooked=None, usual=entry)


def _identity(entry: Entry) -> str:
    return entry.url or entry.title
