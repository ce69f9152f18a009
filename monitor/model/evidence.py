"""What is kept of a look that a person may ask about: what came, and what was read of it (证据)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.model.judging import Verdict
from monitor.model.reading import Entry
from monitor.model.register import Period, Window


class Ground(StrEnum):
    """Why evidence of a look is kept."""

    ACCUSED = "accused"  # a finding may come of the verdict
    DATED = "dated"  # articles told the days of an undated list: they are not asked again, and later verdicts use them
    DUE_SOON = "due_soon"  # the officer may be told that the deadline is near
    DOUBT = "doubt"  # the column could not be seen, though something came


class ExhibitKind(StrEnum):
    """What an answer was to the look."""

    PAGE = "page"  # of the column
    FEED = "feed"
    DATA = "data"
    ARTICLE = "article"


_FINDINGS, _OTHERS = Window(count=18, period=Period.MONTHS), Window(count=3, period=Period.MONTHS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """For how long evidence is kept: where a finding may rest on it, and the rest."""

    findings: Window = _FINDINGS
    others: Window = _OTHERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """One answer as it came. `sha256` and `size` (bytes) are those of its body, unpacked.

    Secrets are taken out of the headers. `kept`: the body was; one that is too large leaves its digest alone.
    """

    kind: ExhibitKind
    url: str  # asked for
    hops: tuple[str, ...]  # between that address and the one that answered
    final_url: str
    status: int
    headers: dict[str, str]
    sha256: str
    size: int
    kept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What one look at a column rests on. `at` is its moment (UTC); the column's page comes first of the exhibits."""

    ground: Ground
    at: datetime
    verdict: Verdict
    exhibits: tuple[Exhibit, ...]
    entries: tuple[Entry, ...] = ()  # as they were read, however surely
    method: str | None = None
    confidence: float | None = None


class BodyState(StrEnum):
    """What has become of a body since it came."""

    INTACT = "intact"
    ALTERED = "altered"  # it is not what came: its SHA-256 is another
    MISSING = "missing"  # it was kept, and is there no more
    NOT_KEPT = "not_kept"  # it was too large


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The body of an exhibit as the store has it now. `body` is there only where it is what came."""

    state: BodyState
    body: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Evidence as the store has it now. `intact`: its record is as it was written; None for one that cannot be read.

    `bodies` go with the exhibits, one for one.
    """

    at: datetime
    intact: bool
    evidence: Evidence | None
    bodies: tuple[Held, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether all of it is as it was kept."""
        return self.intact and all(held.state in (BodyState.INTACT, BodyState.NOT_KEPT) for held in self.bodies)
