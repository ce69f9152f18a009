"""What a user can mend: the root of every exception that ends a command with its text and exit code 2."""

from collections.abc import Callable


class Mendable(Exception):
    """Its text says what is wrong and what to do, one line a problem, without secrets."""

    def said(self, gettext: Callable[[str], str]) -> str:
        """The text in the language of `gettext`, as far as it is translated."""
        return gettext(str(self))
