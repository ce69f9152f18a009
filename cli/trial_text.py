"""How `lanmu try` shows a page: a table, what differs, and what to do next; or one object of JSON."""

from collections.abc import Sequence
from gettext import NullTranslations
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.trial import Difference, Trial, differences
from monitor.extract import newest
from monitor.model.reading import Entry, Hint, HintKind, Listing, Trouble
from monitor.model.register import Recipe
from texts.plain import ADDRESS, plain
from texts.troubles import trouble_text

Row = dict[str, Any]
_HINTS = 5  # of them are shown
_LACKS = 10


def trial_row(url: str, trial: Trial, recipe: Recipe | None) -> Row:
    """`read` counts; `usual` is what the page gives without the recipe, null where there is none."""
    return {
        "url": url,
        "read": _reading_row(trial, trial.read),
        "usual": trial.usual and _reading_row(trial, trial.usual),
        "differences": [
            {"recipe": d.cooked and _entry_row(d.cooked), "usual": d.usual and _entry_row(d.usual)}
            for d in _differences(trial)
        ],
        "recipe": recipe and _recipe_row(recipe),
        "learnt": trial.learnt,
        "why": trial.why,
        "browser": trial.browser,
        "lacks": list(trial.lacks),
        "proposal": trial.proposal and _recipe_row(trial.proposal),
    }


def _differences(trial: Trial) -> list[Difference]:
    if isinstance(trial.read, Listing) and isinstance(trial.usual, Listing):
        return list(differences(trial.read, trial.usual))
    return []


def _reading_row(trial: Trial, read: Listing | Trouble) -> Row:
    hints = [{"kind": hint.kind.value, "url": hint.url} for hint in read.hints]
    if isinstance(read, Trouble):
        return {"trouble": read.kind.value, "detail": read.detail, "hints": hints}
    top = newest(read, today=trial.today)
    return {
        "trouble": None,
        "title": read.title,
        "method": read.method,
        "confidence": round(read.confidence, 3),
        "blank": read.blank,
        "newest": top and str(top),
        "next_page": read.next_page,
        "hints": hints,
        "entries": [_entry_row(entry) for entry in read.entries],
    }


def _entry_row(entry: Entry) -> Row:
    return {
        "title": entry.title,
        "url": entry.url,
        "published": entry.published and str(entry.published),
        "pinned": entry.pinned,
        "year_inferred": entry.year_inferred,
    }


def _recipe_row(recipe: Recipe) -> Row:
    written = {name: getattr(recipe, name) for name in ("record", "title", "link", "date", "date_format")}
    return {name: text for name, text in written.items() if text}


def print_trial(url: str, trial: Trial, out: Console, t: NullTranslations) -> None:
    title = trial.read.title if isinstance(trial.read, Listing) else ""
    out.print(Text(plain(title or url, limit=ADDRESS), style="bold"))
    if isinstance(trial.read, Listing) and trial.read.entries:
        out.print(_entries(trial.read, t))
    if trial.usual is None:
        out.print(_summary(trial, trial.read, t))
    else:
        out.print(Text(t.gettext("by the recipe: ")) + _summary(trial, trial.read, t))
        out.print(Text(t.gettext("without it: ")) + _summary(trial, trial.usual, t))
        _print_differences(trial, out, t)
    _print_lacks(trial.lacks, out, t)
    _print_ways_on(trial.read, out, t)
    _print_again(trial, out, t)


def _summary(trial: Trial, read: Listing | Trouble, t: NullTranslations) -> Text:
    if isinstance(read, Trouble):
        return Text(trouble_text(read, t), style="magenta")
    if read.blank:
        return Text(t.gettext("the list is blank"))
    words = t.gettext("%(entries)d entries, newest %(newest)s, read as %(method)s with confidence %(confidence).2f")
    known = {"entries": len(read.entries), "newest": newest(read, today=trial.today) or "–"}
    return Text(words % {**known, "method": read.method, "confidence": read.confidence})


def _entries(read: Listing, t: NullTranslations) -> Table:
    table = Table(header_style="bold", pad_edge=False)
    for head in (t.gettext("Published"), t.gettext("Title"), t.gettext("Address")):
        table.add_column(head, overflow="fold")
    for entry in read.entries:
        table.add_row(_day(entry, t), Text(plain(entry.title)), Text(plain(entry.url or "–", limit=ADDRESS)))
    return table


def _day(entry: Entry | None, t: NullTranslations) -> Text:
    """The date with what is special about it."""
    if entry is None:
        return Text(t.gettext("not listed"), style="dim")
    words = [str(entry.published or "–")]
    words += [t.gettext("(year inferred)")] if entry.year_inferred else []
    words += [t.gettext("(pinned)")] if entry.pinned else []
    return Text(" ".join(words))


def _print_differences(trial: Trial, out: Console, t: NullTranslations) -> None:
    if isinstance(trial.read, Trouble) or isinstance(trial.usual, Trouble):
        return
    found = _differences(trial)
    if not found:
        out.print(t.gettext("both readings are the same"))
        return
    table = Table(title=Text(t.gettext("Where they differ")), title_justify="left", header_style="bold", pad_edge=False)
    for head in (t.gettext("By the recipe"), t.gettext("Without it"), t.gettext("Title")):
        table.add_column(head, overflow="fold")
    for one in found:
        titles = dict.fromkeys(plain(entry.title) for entry in (one.cooked, one.usual) if entry)
        table.add_row(_day(one.cooked, t), _day(one.usual, t), Text("\n".join(titles)))
    out.print(table)


def _print_lacks(lacks: Sequence[str], out: Console, t: NullTranslations) -> None:
    if not lacks:
        return
    out.print(t.gettext("asked for in vain, so that a look would accuse nobody of what it sees here:"))
    for lack in lacks[:_LACKS]:
        out.print(Text(f"  {plain(lack, limit=ADDRESS)}"))
    out.print(t.gettext("render_hosts lets the page ask a host; render_without says that the list does not need it"))


def _print_ways_on(read: Listing | Trouble, out: Console, t: NullTranslations) -> None:
    if isinstance(read, Listing) and read.next_page:
        out.print(Text(t.gettext("next page: %(url)s") % {"url": plain(read.next_page, limit=ADDRESS)}))
    for hint in read.hints[:_HINTS]:
        out.print(Text(hint_text(hint, t) % {"url": plain(hint.url, limit=ADDRESS)}))


def hint_text(hint: Hint, t: NullTranslations) -> str:
    match hint.kind:
        case HintKind.FEED:
            return t.gettext("feed: %(url)s")
        case HintKind.DATA:
            return t.gettext("data call: %(url)s")
        case HintKind.ARTICLE:
            return t.gettext("article: %(url)s")
        case HintKind.FRAME:
            return t.gettext("frame, not read: %(url)s")


def _print_again(trial: Trial, out: Console, t: NullTranslations) -> None:
    """How the page would be read from tomorrow on, and a recipe to begin with."""
    if trial.browser:
        out.print(t.gettext("a script fills the list: see what a browser shows (--browser), then mark the column:"))
        out.print(Text("render: browser"))
    if trial.usual is not None or isinstance(trial.read, Trouble):
        return
    if trial.learnt:
        out.print(t.gettext("read again: by what was learnt of the page, without the search"))
    else:
        out.print(Text(t.gettext("read again: in full each time (%(why)s)") % {"why": plain(trial.why)}))
    if trial.proposal:
        out.print(t.gettext("this page needs no recipe; one that gives the same entries would be:"))
        out.print(Text(f'recipe:\n  record: "{trial.proposal.record}"'))
