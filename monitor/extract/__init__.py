"""Reads any listing: bytes in, entries with their dates out, or a trouble that says why not."""

from monitor.extract.decode import decode
from monitor.extract.listing import extract, newest

__all__ = ["decode", "extract", "newest"]
