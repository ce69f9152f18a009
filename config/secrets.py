"""Reads secrets, which never stand in a file of the folder: the environment holds them, or names a file that does."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from config.document import Document, Loc
from config.files import text_of
from config.problems import Problem, Wrong
from monitor.model.mendable import phrase

OF_A_SITE = "LANMU_SECRET_"  # and the name that the site file gives: it can name no other variable


def secret(name: str, environ: Mapping[str, str]) -> str | None:
    """The value of NAME, or of the file that NAME_FILE names; None where neither is set. Raises Wrong."""
    own, path = environ.get(name), environ.get(f"{name}_FILE")
    if own and path:
        raise Wrong(phrase("{name} is set too", name=name), phrase("unset one of the two"))
    if not path:
        return own or None
    try:
        return text_of(Path(path)).rstrip("\r\n") or None
    except UnicodeDecodeError:
        raise Wrong(phrase("the file of the secret is not in UTF-8"), phrase("save it as UTF-8")) from None


def secret_of_a_site(name: str, environ: Mapping[str, str]) -> str:
    """The secret that a site file calls `name`, fit for a header. Raises Wrong."""
    variable = OF_A_SITE + name
    found = secret(variable, environ)
    if found is None:
        what = phrase("the secret {name} is not there", name=name)
        raise Wrong(what, phrase("set {name} or {file} in the environment", name=variable, file=f"{variable}_FILE"))
    if not (found.isascii() and found.isprintable()):
        what = phrase("the secret {name} cannot stand in a header", name=name)
        raise Wrong(what, phrase("write it on one line, in plain ASCII letters"))
    return found


def secret_problems(document: Document, environ: Mapping[str, str]) -> Iterator[Problem]:
    """Secrets that a site file names and that cannot be had, each at its name. The file has the right shape."""
    for loc, name in _named(document.data):
        try:
            found = secret_of_a_site(name, environ)
            if loc[-1] == "login" and ":" not in found:
                what = phrase("the secret {name} is no login", name=name)
                raise Wrong(what, phrase("write it as user:password"))
        except Wrong as wrong:
            line, column = document.place(loc)
            yield Problem.of(document.file, wrong, line=line, column=column)


def _named(data: object) -> Iterator[tuple[Loc, str]]:
    assert isinstance(data, dict)
    for index, header in enumerate(data.get("headers") or ()):
        if header.get("secret"):
            yield ("headers", index, "secret"), header["secret"]
    if (proxy := data.get("proxy")) and proxy.get("login"):
        yield ("proxy", "login"), proxy["login"]
