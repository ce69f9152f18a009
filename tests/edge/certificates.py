"""Certificates of our own making, good and bad, and the servers' and clients' sides of them."""

import ssl
import warnings
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

import trustme


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """An authority that the client trusts, one below it, and the certificate of that one."""

    root: trustme.CA
    below: trustme.CA

    @property
    def below_pem(self) -> str:
        return self.below.cert_pem.bytes().decode()

    def client(self) -> ssl.SSLContext:
        """What a fetcher that trusts this authority works with."""
        context = ssl.create_default_context()
        self.root.configure_trust(context)
        return context


@cache
def authority() -> Authority:
    root = trustme.CA()
    return Authority(root=root, below=root.create_child_ca())


def good(name: str) -> ssl.SSLContext:
    return _serving(authority().root.issue_cert(name))


def expired(name: str) -> ssl.SSLContext:
    past = datetime(2024, 1, 1, tzinfo=UTC)
    return _serving(authority().root.issue_cert(name, not_before=past.replace(year=2023), not_after=past))


def self_signed(name: str) -> ssl.SSLContext:
    """Signed by an authority that nobody knows, as good as by itself."""
    return _serving(trustme.CA().issue_cert(name))


def incomplete(name: str) -> ssl.SSLContext:
    """Signed by the authority below, whose own certificate the server does not send."""
    leaf = authority().below.issue_cert(name)
    context = _context()
    key_and_leaf = leaf.private_key_pem.bytes() + leaf.cert_chain_pems[0].bytes()
    with trustme.Blob(key_and_leaf).tempfile() as path:
        context.load_cert_chain(path)
    return context


def of_old(name: str) -> ssl.SSLContext:
    """A good certificate, on a server that speaks TLS 1.0 and 1.1 alone, with the ciphers of their time."""
    context = good(name)
    with warnings.catch_warnings():  # Python says that they are deprecated: that is the point
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    context.set_ciphers("ALL:@SECLEVEL=0")
    return context


def _serving(leaf: trustme.LeafCert) -> ssl.SSLContext:
    context = _context()
    leaf.configure_cert(context)
    return context


def _context() -> ssl.SSLContext:
    return ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
