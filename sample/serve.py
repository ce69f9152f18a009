"""Runs the sample municipality on loopback, one port a site, and writes the admins' folder that describes it."""

import socket
import threading
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import uvicorn
from ruamel.yaml import YAML

from sample.app import build
from sample.municipality import Register, Site, SitelessUnit, load

HOST = "127.0.0.1"
TIMEZONE = "Asia/Shanghai"
START_SECONDS = 30


class _Server(uvicorn.Server):
    """Says when it listens, so that nobody has to poll."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self.listening.set()


class Municipality:
    """The sample municipality, served while the context lasts.

    `ports` maps a site's name to its port; the site that does not answer has one, held by us so that nobody else can
    listen there. `morning` (0 or 1) is what the pages show and may be set at any time.
    """

    def __init__(self, *, today: date) -> None:
        self.today = today
        self.morning = 0
        self.register: Register = load()
        self._ports: dict[str, int] = {}
        self._closing = ExitStack()

    @property
    def ports(self) -> Mapping[str, int]:
        return self._ports

    def __enter__(self) -> Self:
        with ExitStack() as starting:
            bound = {site: starting.enter_context(_bound()) for site in self.register.sites}
            self._ports = {site.name: sock.getsockname()[1] for site, sock in bound.items()}
            self._serve(starting, {site: sock for site, sock in bound.items() if site.answers})
            self._closing = starting.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._closing.close()

    def _serve(self, starting: ExitStack, bound: Mapping[Site, socket.socket]) -> None:
        sites = {self._ports[site.name]: site for site in bound}
        app = build(sites, first=self.today, morning=lambda: self.morning)
        config = uvicorn.Config(app, lifespan="off", log_config=None, access_log=False, server_header=False)
        server = _Server(config)
        thread = threading.Thread(target=server.run, args=(list(bound.values()),), name="sample", daemon=True)
        thread.start()
        starting.callback(_stop, server, thread)
        if not server.listening.wait(START_SECONDS):
            raise RuntimeError("the sample municipality did not start")

    def write_config(self, folder: Path) -> None:
        """Write `lanmu.yaml` and `sites/*.yaml` for the addresses now served; the folder is made when it is missing."""
        (folder / "sites").mkdir(parents=True, exist_ok=True)
        _write(folder / "lanmu.yaml", {"timezone": TIMEZONE})
        for site in self.register.sites:
            _write(folder / "sites" / f"{site.key}.yaml", _site_file(site, self._ports[site.name]))
        for unit in self.register.units_without_site:
            _write(folder / "sites" / f"{unit.key}.yaml", _siteless_file(unit))


def _bound() -> socket.socket:
    # asyncio turns Nagle's delay (40 ms a reply) off only where the protocol is spelt out
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    sock.bind((HOST, 0))
    return sock


def _stop(server: uvicorn.Server, thread: threading.Thread) -> None:
    server.should_exit = True
    thread.join()


def _site_file(site: Site, port: int) -> dict[str, Any]:
    home = f"http://{HOST}:{port}/"
    return {
        "site": site.name,
        "home": home,
        "unit": site.unit,
        "group": site.group,
        "officer": {"name": site.officer.name, "email": site.officer.email},
        "timezone": TIMEZONE,
        "allow_networks": ["127.0.0.0/8"],
        "spacing": 0,
        "columns": [
            {"name": column.name, "url": home + column.path, "category": column.category} for column in site.columns
        ],
    }


def _siteless_file(unit: SitelessUnit) -> dict[str, Any]:
    return {"unit": unit.unit, "group": unit.group, "site": None}


def _write(path: Path, content: dict[str, Any]) -> None:
    YAML().dump(content, path)
