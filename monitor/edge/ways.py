"""The way out to a host: a proxy where one is named, and the headers that a site wants, with their secrets."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote
from urllib.request import getproxies_environment, proxy_bypass

from monitor.edge.answers import Failed
from monitor.edge.origins import parse
from monitor.model.reading import TroubleKind
from monitor.model.register import Access

Secrets = Callable[[str], str | None]  # by the name that the site file gives


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Through a proxy. `login` is its `user:password`, or empty."""

    proxy: str
    login: str = field(default="", repr=False)


def no_secrets(_name: str) -> None:
    return None


class Ways:
    """`environment`: HTTP_PROXY and its kin hold for every site that names no proxy of its own."""

    def __init__(self, *, secrets: Secrets = no_secrets, environment: bool = False) -> None:
        self._secrets = secrets
        self._environment = getproxies_environment() if environment else {}

    def out(self, url: str, access: Access) -> Way | None:
        """The way to this address; None for the direct one. Raises Failed where a secret is missing."""
        if access.proxy is not None:
            login = self._secret(access.proxy.login) if access.proxy.login else ""
            return Way(proxy=access.proxy.url, login=login)
        return self._from_environment(url) if self._environment else None

    def _from_environment(self, url: str) -> Way | None:
        at = parse(url)
        written = self._environment.get(at.scheme) or self._environment.get("all")
        host = at.raw_host.decode("ascii")
        if not written or proxy_bypass(f"{host}:{at.port}" if at.port else host):
            return None
        named = parse(written if "://" in written else f"http://{written}")
        if named.scheme not in ("http", "https") or not named.host:
            raise Failed(TroubleKind.OFFLINE, "the proxy of the environment is no http or https address")
        login = unquote(named.userinfo.decode("ascii"))
        return Way(proxy=str(named.copy_with(username=None, password=None, path="/")), login=login)

    def headers(self, access: Access) -> Mapping[str, str]:
        """What the site wants to be sent besides. Raises Failed where a secret is missing."""
        return {one.name: self._secret(one.secret) if one.secret else one.value for one in access.headers}

    def _secret(self, name: str) -> str:
        found = self._secrets(name)
        if found is None:
            raise Failed(TroubleKind.OFFLINE, f"this worker has no secret {name}: set it where the worker starts")
        return found
