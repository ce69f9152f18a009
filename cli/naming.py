"""Which watched column is meant: by its name, or as SITE/NAME."""

from config.problems import ConfigError, Problem, Wrong, did_you_mean, quoted
from monitor.edge.store import Store
from monitor.edge.store.findings import Watched
from monitor.model.mendable import Mendable, phrase


def watched_named(store: Store, name: str) -> Watched:
    """The one watched column that is meant. Raises Mendable."""
    watched = store.findings.watched()
    found = [w for w in watched if name in (w.column, f"{w.site}/{w.column}")]
    if len(found) == 1:
        return found[0]
    if found:
        raise Mendable(
            phrase(
                "{count} columns are called {name}; write one as SITE/NAME, such as {first}",
                count=len(found), name=quoted(name), first=quoted(f"{found[0].site}/{found[0].column}"),
            )
        )  # fmt: skip
    wrong = Wrong(phrase("no column of the book has this name"), did_you_mean(name, [w.column for w in watched][:40]))
    raise ConfigError([Problem.of(quoted(name), wrong)])
