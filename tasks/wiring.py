"""Builds the real world, once a process."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, partial
from pathlib import Path

from config.book import Settings
from config.calendars import Calendars
from config.load import calendars_of, load_settings
from monitor.edge.browser import Browser
from monitor.edge.fetch import Fetcher
from monitor.edge.ledgers import turns_of
from monitor.edge.robots import robots_of
from monitor.edge.store import Store, open_store
from monitor.edge.ways import Secrets, Ways, no_secrets
from monitor.model.register import Network
from monitor.workdays import Calendar
from notifiers.base import Mailbox, Notifier
from notifiers.mail import MailNotifier
from notifiers.spool import SpoolNotifier
from tasks.clock import clock
from tasks.manners import allowed_networks, browser_limits, secret_for_a_worker, user_agent
from tasks.version import judged_by

MAIL, SPOOL = "mail", "spool"  # the channels there are; a dry run writes to the spool


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The parts that do I/O, made from the admins' settings and the environment.

    `origin` names the run that made this process: what its dead workers held can be freed by that name.
    """

    settings: Settings
    store: Store
    clock: Callable[[], datetime]
    allowed: tuple[Network, ...]
    origin: str
    broker: str | None = None
    secrets: Secrets = no_secrets
    calendars: Calendars = field(default_factory=Calendars)

    def fetcher(self) -> Fetcher:
        """A new one for each batch: its pace is shared through the queue's server, where there is one."""
        return Fetcher(
            user_agent=user_agent(self.settings.user_agent_contact, self.settings.user_agent_operator),
            allowed=self.allowed,
            turns=turns_of(self.broker),
            robots=robots_of(self.broker),
            ways=Ways(secrets=self.secrets, environment=self.settings.network.environment_proxies),
        )

    def browser(self) -> Browser:
        """A new one for each batch. How many run at once is agreed on in the state folder, by all of this machine."""
        return Browser(browser_limits(self.settings))

    def calendar(self, name: str) -> Calendar:
        """The working days of a time zone, a country, or a file of the folder `calendar`."""
        return self.calendars.named(name)

    @property
    def judged_by(self) -> str:
        """The version of all that reads and judges here."""
        return judged_by(self.calendars.digest)

    @property
    def channel(self) -> str:
        """Where digests go now."""
        return MAIL if self.settings.mail.live else SPOOL

    @property
    def spool(self) -> Path:
        """Where a dry run writes its mails."""
        return self.settings.state / "mail"

    @property
    def sender(self) -> Mailbox:
        return Mailbox(name=self.settings.mail.sender_name, address=self.settings.mail.sender)

    @property
    def reply_to(self) -> Mailbox | None:
        address = self.settings.mail.reply_to
        return Mailbox(name="", address=address) if address else None

    def notifier(self, channel: str) -> Notifier:
        mail = self.settings.mail
        if channel == SPOOL:
            return SpoolNotifier(folder=self.spool, now=self.clock)
        return MailNotifier(
            host=mail.host,
            port=mail.port,
            security=mail.security.value,
            envelope_sender=mail.sender,
            username=mail.username or "",
            password=mail.password or "",
            now=self.clock,
        )


def database_url(environ: Mapping[str, str], state: Path) -> str:
    return environ.get("LANMU_DATABASE_URL") or f"sqlite:///{state / 'lanmu.sqlite3'}"


def config_folder(environ: Mapping[str, str]) -> Path:
    """The admins' folder: LANMU_CONFIG, else where one stands."""
    return Path(environ.get("LANMU_CONFIG") or ".").absolute()


def build(environ: Mapping[str, str], *, migrate: bool = False) -> World:
    """The world of these settings. Raises ConfigError and DatabaseDown, both of one clear line a problem."""
    settings = load_settings(config_folder(environ), environ)
    return World(
        settings=settings,
        store=open_store(database_url(environ, settings.state), migrate=migrate),
        clock=clock,
        allowed=allowed_networks(environ),
        origin=environ.get("LANMU_ORIGIN", "apart"),
        broker=environ.get("LANMU_BROKER_URL"),
        secrets=partial(secret_for_a_worker, environ=environ),
        calendars=calendars_of(config_folder(environ)),
    )


@cache
def world() -> World:
    """This process's world, from its environment."""
    return build(os.environ)
