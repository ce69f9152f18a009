"""Reads any listing: bytes in, entries with their dates out, or a trouble that says why not."""

from monitor.extract.compiled import COMPILED

__path__[:0] = COMPILED  # where the same modules are found compiled, they are taken from there

from monitor.extract.address import dated_by
from monitor.extract.again import Read, Way, read, unchanged
from monitor.extract.decode import decode
from monitor.extract.home import each_once, new_entries, read_home
from monitor.extract.learnt import Learnt
from monitor.extract.listing import extract, newest
from monitor.extract.nodata import no_data
from monitor.extract.recipe import read_recipe
from monitor.extract.seen import title_of

__all__ = [
    "COMPILED",
    "Learnt",
    "Read",
    "Way",
    "dated_by",
    "decode",
    "each_once",
    "extract",
    "new_entries",
    "newest",
    "no_data",
    "read",
    "read_home",
    "read_recipe",
    "title_of",
    "unchanged",
]
