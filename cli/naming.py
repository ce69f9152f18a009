"""Which column is meant: by its name, or as SITE/NAME."""

from collections.abc import Sequence
from typing import TypeVar

from config.problems import ConfigError, Problem, Wrong, did_you_mean, quoted
from monitor.edge.store import Store
from monitor.edge.store.findings import Watched
from monitor.model.mendable import Mendable, phrase

Column = TypeVar("Column")


def watched_named(store: Store, name: str) -> Watched:
    """The one watched column that is meant. Raises Mendable."""
    return one_named(name, [(one.site, one.column, one) for one in store.findings.watched()])


def of_site(watched: Sequence[Watched], site: str | None) -> list[Watched]:
    """The columns of the site that is meant; those of all sites where none is. Raises Mendable."""
    if site is None:
        return list(watched)
    found = [one for one in watched if one.site == site]
    if not found:
        mend = did_you_mean(site, sorted({one.site for one in watched})).said()
        raise Mendable(phrase("no site {name} is watched; {mend}", name=quoted(site), mend=mend))
    return found


def one_named(name: str, columns: Sequence[tuple[str, str, Column]]) -> Column:
    """The one of the columns that is meant, each given with its site's name and its own. Raises Mendable."""
    found = [(site, own, column) for site, own, column in columns if name in (own, f"{site}/{own}")]
    if len(found) == 1:
        return found[0][2]
    if found:
        raise Mendable(
            phrase(
                "{count} columns are called {name}; write one as SITE/NAME, such as {first}",
                count=len(found), name=quoted(name), first=quoted(f"{found[0][0]}/{found[0][1]}"),
            )
        )  # fmt: skip
    wrong = Wrong(
        phrase("no column of the book has this name"), did_you_mean(name, [own for _, own, _ in columns][:40])
    )
    raise ConfigError([Problem.of(quoted(name), wrong)])
