"""Reads any listing: bytes in, entries with their dates out, or a trouble that says why not."""

from monitor.extract.decode import decode
from monitor.extract.home import each_once, read_home
from monitor.extract.listing import extract, newest
from monitor.extract.recipe import read_recipe

__all__ = ["decode", "each_once", "extract", "newest", "read_home", "read_recipe"]
