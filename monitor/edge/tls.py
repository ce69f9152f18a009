"""TLS contexts: the one that everybody gets, and a weaker one for a site whose admin has asked for it and said why."""

import ssl
from functools import cache, lru_cache

import httpx

from monitor.model.register import WeakTls

_LEGACY_RENEGOTIATION = 0x4  # ssl.OP_LEGACY_SERVER_CONNECT, which Python names from 3.12 on


@cache
def trusted() -> ssl.SSLContext:
    """The one TLS context of this process: loading the certificates costs 22 ms. The environment has no say in it."""
    return httpx.create_ssl_context(trust_env=False)


@lru_cache(maxsize=64)
def weakened(weak: WeakTls) -> ssl.SSLContext:
    """A context that bears what the admin allows, and no more: names and dates are checked as ever.

    The certificates of `chain` are those that the server forgets to send. A chain must still end in a root that is
    trusted, or that the admin has put there.
    """
    context = httpx.create_ssl_context(trust_env=False)
    if weak.chain:
        context.load_verify_locations(cadata=weak.chain)
        context.verify_flags &= ~(ssl.VERIFY_X509_PARTIAL_CHAIN | ssl.VERIFY_X509_STRICT)
    if weak.old_protocols:
        context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        context.options |= _LEGACY_RENEGOTIATION
    return context
