"""The reader's other form: these very sources, compiled. It is used only while it was built of them as they are.

`make compiled` builds it as a package of its own beside the installed ones; without that package nothing changes.
"""

from importlib import import_module
from importlib.machinery import EXTENSION_SUFFIXES

from monitor.extract.version import READER

BUILT = "lanmu_compiled"
OF = [READER, EXTENSION_SUFFIXES[0]]  # the sources, and the Python and machine that it was built for


def folders() -> list[str]:
    """Where its modules lie; nowhere if it was never built, or of other sources: what is written there counts."""
    try:
        built = import_module(BUILT)
    except ImportError:
        return []
    return list(built.__path__) if getattr(built, "OF", None) == OF else []


COMPILED = folders()
