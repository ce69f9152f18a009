"""The version of all that reads and judges: by another one the same page and the same day may have another verdict.

It is derived and not raised by hand, as the reader's own (monitor/extract/version.py): from the source of the rules,
from the packages that know the holidays, and from the admins' calendars.
"""

from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from importlib.resources import files

from monitor.extract.version import READER

_HOLIDAYS = ("chinesecalendar", "holidays")


@cache
def judged_by(calendars: str) -> str:
    """`calendars` is the digest of the admins' own."""
    found = blake2b(f"{READER} {calendars}\0".encode(), digest_size=16)
    for file in sorted(files("monitor").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".py"):
            found.update(f"{file.name}\0".encode() + file.read_bytes() + b"\0")
    for name in _HOLIDAYS:
        found.update(f"{name} {version(name)}\0".encode())
    return found.hexdigest()
