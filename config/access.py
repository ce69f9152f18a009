"""How a site is asked, as its file writes it: the headers that it wants, and the proxy before it."""

import re
from urllib.parse import urlsplit

from config.problems import Wrong, quoted
from monitor.model.mendable import phrase

LONGEST_VALUE = 4_000  # characters
_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
_SECRET = re.compile(r"(?!.*_FILE\Z)[A-Z][A-Z0-9_]{0,63}")

# Ours to write: what belongs to the connection, what says who we are and what we can read, and what asks for less than
# the whole page.
_OURS = frozenset(
    {
        *("connection", "content-length", "content-type", "expect", "host", "keep-alive", "te", "trailer"),
        *("transfer-encoding", "upgrade", "via", "user-agent", "accept-encoding"),
        *("range", "if-range", "if-match", "if-none-match", "if-modified-since", "if-unmodified-since"),
    }
)
_TELLS = re.compile(r"authorization|cookie|token|secret|passw|api-?key|session|credential", re.IGNORECASE)


def header_name(text: str) -> str:
    """The name of a header that a site file may set."""
    if not _TOKEN.fullmatch(text):
        raise Wrong(phrase("{text} is no header", text=quoted(text)), phrase("write its name alone, such as X-Visitor"))
    if text.casefold() in _OURS or text.casefold().startswith("proxy-"):
        raise Wrong(
            phrase("the header {text} is not a site's to set", text=quoted(text)),
            phrase("remove it: it belongs to the connection, or says who asks"),
        )
    return text


def header_value(text: str) -> str:
    """One line of plain ASCII: nothing in it can begin another header."""
    if text.strip() == text and text.isascii() and text.isprintable() and 0 < len(text) <= LONGEST_VALUE:
        return text
    raise Wrong(
        phrase("the value cannot stand in a header"),
        phrase("write it on one line, in plain ASCII letters"),
    )


def tells_a_secret(name: str) -> bool:
    """Whether what a header of this name holds is, as a rule, a secret."""
    return _TELLS.search(name) is not None


def secret_name(text: str) -> str:
    """The end of the name of an environment variable."""
    if _SECRET.fullmatch(text):
        return text
    raise Wrong(
        phrase("{text} is not the name of a secret", text=quoted(text)),
        phrase("write capital letters, digits and _, such as BUREAU for LANMU_SECRET_BUREAU"),
    )


def proxy(text: str) -> str:
    """The address of a proxy: scheme, host and port."""
    try:
        parts = urlsplit(text.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        parts, host, port = urlsplit(""), None, None
    if parts.username is not None or parts.password is not None:
        raise Wrong(
            phrase("the address holds a user name"),
            phrase("remove it, and name the secret “user:password” with login: NAME"),
        )
    bare = parts.path in ("", "/") and not parts.query and not parts.fragment
    if parts.scheme in ("http", "https") and host and re.fullmatch(r"[\w.:-]+", host, re.ASCII) and port and bare:
        return f"{parts.scheme}://{parts.netloc}"
    raise Wrong(
        phrase("{text} is no address of a proxy", text=quoted(text)),
        phrase("write scheme, host and port, such as http://proxy.example.com:3128"),
    )
