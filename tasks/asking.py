"""Asks a site for whatever a column needs: always on the site's own terms, and at the host's pace."""

from monitor.edge.fetch import Fetcher
from monitor.edge.store.claims import Claim
from monitor.model.reading import Page, Trouble


async def ask(fetcher: Fetcher, claim: Claim, url: str) -> Page | Trouble:
    """Raises NotYet where the host is not asked now."""
    return await fetcher.fetch(
        url, allowed=claim.allow_networks, spacing=claim.spacing, weak_tls=claim.weak_tls, access=claim.access
    )
