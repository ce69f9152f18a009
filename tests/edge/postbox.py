"""A real SMTP server on loopback that answers as a test tells it to, and remembers in which order things came."""

import asyncio
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.edge.street import SELF_SIGNED

SILENCE = "silence"
HANG_UP = "hang up"


@dataclass(slots=True, kw_only=True)
class Postbox:
    """The server's answers, and what reached it. `word` answers DATA itself, `data` the mail that follows."""

    rcpt: str = "250 OK"
    mail: str = "250 OK"
    word: str = "354 go on"
    data: str = "250 queued as 17"
    port: int = 0
    events: list[str] = field(default_factory=list)
    senders: list[str] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    mails: list[bytes] = field(default_factory=list)

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, _: list[str]) -> str:
        envelope.mail_from = address
        return self.mail

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, _: list[str]) -> str:
        self.events.append("rcpt")
        envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.events.append("data")
        self.senders.append(envelope.mail_from or "")
        self.recipients.append(list(envelope.rcpt_tos))
        self.mails.append(envelope.content if isinstance(envelope.content, bytes) else b"")
        if self.data == HANG_UP:
            hang_up(server)
        if self.data == SILENCE:
            await asyncio.Event().wait()
        return self.data

    def knows(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: object) -> AuthResult:
        known = isinstance(given, LoginPassword) and (given.login, given.password) == (b"lanmu", b"secret")
        return AuthResult(success=known, handled=False)


class Server(SMTP):
    """aiosmtpd, which may also be made to turn down the word DATA or to hang up on it."""

    async def smtp_DATA(self, arg: str) -> None:
        postbox = self.event_handler
        assert isinstance(postbox, Postbox)
        if postbox.word.startswith("354"):
            await super().smtp_DATA(arg)
        elif postbox.word == HANG_UP:
            hang_up(self)
        else:
            await self.push(postbox.word)


def hang_up(server: SMTP) -> None:
    assert isinstance(server.transport, asyncio.Transport)
    server.transport.abort()


class Curt(asyncio.Protocol):
    """A server that wants no mail at all."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        transport.write(b"554 no mail here\r\n")
        transport.close()


@contextmanager
def serving(postbox: Postbox, *, tls: bool = False, starttls: bool = False, login: bool = False) -> Iterator[Postbox]:
    """The postbox behind its server: TLS from the first byte, STARTTLS on offer, or a login that must come first."""

    def smtp() -> SMTP:
        return Server(
            postbox,
            hostname="postbox.test",
            loop=asyncio.get_running_loop(),
            tls_context=certified() if starttls else None,
            authenticator=postbox.knows,
            auth_required=login,
            auth_require_tls=False,
        )

    with listening(smtp, tls=tls) as postbox.port:
        yield postbox


@contextmanager
def listening(protocol: Callable[[], asyncio.BaseProtocol], *, tls: bool = False) -> Iterator[int]:
    """A loop in a thread of its own with one server in it; gives the port, and leaves nothing behind."""
    started: list[int] = []
    ready, done = threading.Event(), threading.Event()

    async def serve() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(protocol, "127.0.0.1", 0, ssl=certified() if tls else None)
        started.append(server.sockets[0].getsockname()[1])
        ready.set()
        await asyncio.to_thread(done.wait)
        server.close()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    assert ready.wait(10)
    try:
        yield started[0]
    finally:
        done.set()
        thread.join(10)


def certified() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(SELF_SIGNED)
    return context
