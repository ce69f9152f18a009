"""The values of a recipe: selectors that can be matched, and formats of dates that are known."""

from config.problems import Wrong, quoted
from monitor.extract.formats import BadFormat, date_format
from monitor.extract.selectors import BadSelector, Selector, selector
from monitor.model.mendable import phrase


def part(text: str) -> str:
    """A selector of a part of a record, perhaps with the attribute that holds it."""
    _selector(text)
    return text.strip()


def element(text: str) -> str:
    """The selector of the records themselves."""
    if _selector(text).attribute:
        raise Wrong(phrase("a record is an element, not an attribute"), phrase("remove the “@” and the word behind it"))
    return text.strip()


def _selector(text: str) -> Selector:
    try:
        return selector(text)
    except BadSelector as bad:
        raise Wrong(
            phrase("the selector cannot be read from {rest} on", rest=quoted(bad.rest or text)),
            phrase("write it as “div.list > ul li”, “td:nth-child(2)”, or “a@title” for an attribute"),
        ) from None


def format_of_dates(text: str) -> str:
    try:
        date_format(text)
    except BadFormat:
        raise Wrong(
            phrase("{text} is no format of dates", text=quoted(text)),
            phrase("write it as in a spreadsheet, such as yyyy-mm-dd, dd/mm/yyyy or mm-dd, or one of dmy, mdy, ymd"),
        ) from None
    return text.strip()
