"""Makes text of the world fit to be shown: one line, without control, direction or invisible characters."""

import unicodedata

# Control characters, format characters (direction marks, zero-width, tags) and lone surrogates.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs"})

ADDRESS = 500  # characters of an address that are shown: more than of other texts


def plain(text: str, *, limit: int = 200) -> str:
    """The text as one line of at most `limit` characters; safe in a header, a terminal and a line of plain text.

    It is not escaped for HTML: that is the template's work.
    """
    one_line = " ".join(text.split())
    seen = "".join(sign for sign in one_line if unicodedata.category(sign) not in _INVISIBLE)
    tidy = " ".join(seen.split())
    return tidy if len(tidy) <= limit else tidy[: limit - 1] + "…"
