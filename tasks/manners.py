"""How we go out into the web: under which name, and into which networks."""

import logging
import os
from collections.abc import Mapping
from importlib.metadata import version

from config.book import Settings
from config.problems import Wrong
from config.secrets import secret_of_a_site
from monitor.edge.chromium import BrowserLimits
from monitor.edge.guard import networks
from monitor.model.mendable import Mendable, phrase
from monitor.model.register import Network

log = logging.getLogger(__name__)


def browser_limits(settings: Settings) -> BrowserLimits:
    own = settings.browser
    return BrowserLimits(
        folder=settings.state / "browser",
        path=own.path,
        at_once=own.at_once,
        memory=own.memory_mb * 1024 * 1024,
        seconds=own.seconds,
        sandbox=own.sandbox,
    )


def secret_for_a_worker(name: str, *, environ: Mapping[str, str] = os.environ) -> str | None:
    """A secret that a site file names, or None: the book was checked where it was loaded, maybe elsewhere."""
    try:
        return secret_of_a_site(name, environ)
    except Wrong as wrong:
        log.error("the secret %s: %s", name, wrong)
        return None


class BadNetworks(Mendable):
    """LANMU_ALLOW_NETWORKS is no list of networks; the text says where."""


def user_agent(contact: str, operator: str = "") -> str:
    """Names the product, who runs it and someone to write to, as a good citizen of the web does."""
    return f"Lanmu/{version('lanmu')} ({'; '.join(filter(None, ('column watch', operator, contact)))})"


def allowed_networks(environ: Mapping[str, str] = os.environ) -> tuple[Network, ...]:
    """The networks outside the public Internet that LANMU_ALLOW_NETWORKS opens. Raises BadNetworks."""
    try:
        return networks(environ.get("LANMU_ALLOW_NETWORKS", ""))
    except ValueError as error:
        raise BadNetworks(phrase("LANMU_ALLOW_NETWORKS: {reason}", reason=error)) from error
