"""The admins' folder, checked and joined: what the rest of the program knows of it."""

from dataclasses import dataclass, field
from datetime import time, timedelta
from enum import StrEnum
from pathlib import Path

from monitor.model.evidence import Retention
from monitor.model.holding import Control
from monitor.model.register import Site, Unit


class MailMode(StrEnum):
    DRY_RUN = "dry_run"  # digests are written as .eml files, and no ladder advances
    LIVE = "live"


class Security(StrEnum):
    """How the connection to the mail server is protected."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"

    @property
    def port(self) -> int:
        """The port that goes with it unless another is given."""
        match self:
            case Security.STARTTLS:
                return 587
            case Security.TLS:
                return 465
            case Security.NONE:
                return 25


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """How digests leave. `sender` and `reply_to` are bare addresses; the password comes from the environment alone."""

    mode: MailMode = MailMode.DRY_RUN
    sender: str = "lanmu@lanmu.invalid"  # never delivered: live mail demands a real one
    sender_name: str = "Lanmu 栏目"
    reply_to: str | None = None
    host: str = ""
    port: int = Security.STARTTLS.port
    security: Security = Security.STARTTLS
    username: str | None = None
    password: str | None = field(default=None, repr=False)

    @property
    def live(self) -> bool:
        return self.mode is MailMode.LIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkSettings:
    """How our own network is told from the sites': control addresses, and how much silence at once is held for ours.

    `environment_proxies`: HTTP_PROXY and its kin are the way out to every site that names no proxy of its own.
    """

    control: tuple[Control, ...] = ()
    held_share: float = 0.8  # of the hosts of a round
    held_least: int = 10  # hosts
    environment_proxies: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceSettings:
    """For how long evidence is kept, and how much of it: sizes are of what is packed."""

    retention: Retention = field(default_factory=Retention)
    page_kb: int = 1024  # of one page; of a larger one only the digest is kept
    total_mb: int = 10_240


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowserSettings:
    """The browser that builds the pages of columns marked so. An empty `path`: the first that stands on PATH."""

    path: str = ""
    at_once: int = 1  # on this machine
    memory_mb: int = 1024  # of one, all its processes
    seconds: int = 60  # for one page
    sandbox: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What `lanmu.yaml` says. `state` is absolute; `look_every` is the time between two looks at one column."""

    state: Path
    language: str = "zh-CN"
    timezone: str = "Asia/Shanghai"
    preset: str = "cn-2019"
    look_every: timedelta = timedelta(hours=20)
    hours: tuple[time, time] = (time(9, 0), time(17, 30))  # from, until; in the time zone of the site
    mail: MailSettings = MailSettings()
    user_agent_contact: str = ""
    user_agent_operator: str = ""
    workers: int = 2
    probes_a_day: int = 24  # of each home page; 0: none
    network: NetworkSettings = NetworkSettings()
    evidence: EvidenceSettings = EvidenceSettings()
    browser: BrowserSettings = BrowserSettings()


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """One whole and faultless reading of the admins' folder. `units` holds every unit, with or without a site."""

    folder: Path
    settings: Settings
    sites: tuple[Site, ...]
    units: tuple[Unit, ...]
