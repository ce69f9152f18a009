"""A world in small: a real store, and a web and a mailbox of our own making, at a moment that a test sets."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from config.book import MailMode, MailSettings, Settings
from monitor.edge.store import Store
from monitor.model.reading import Page, Trouble
from notifiers.base import Message, Notifier, Receipt, ReceiptKind
from tasks.wiring import World

HOME = "<title>首页</title>" + "".join(f'<a href="/{n}/">第{n}个栏目的全部信息</a>' for n in range(9))
MORNING = datetime(2026, 3, 18, 1, 5, tzinfo=UTC)  # five past nine in China


class Web:
    """Answers each address by a function; `asked` is what it was asked for, in order.

    The home pages of the sites are its own affair: a look asks for one when it doubts the place of a column.
    """

    def __init__(self, answer: Callable[[str], Page | Trouble | None]) -> None:
        self.answer = answer
        self.asked: list[str] = []
        self.homes = True
        self.turns: dict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(2))

    async def __aenter__(self) -> Self:
        self.turns.clear()  # each round has an event loop of its own
        return self

    async def __aexit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        return None

    async def fetch(self, url: str, **_: Any) -> Page | Trouble:
        """The answer, or for ever nothing where there is none; two at a time of one host, as the real one asks."""
        if self.homes and url.endswith(".example/"):
            return Page(url=url, final_url=url, status=200, headers={}, body=HOME.encode())
        async with self.turns[url.split("/")[2]]:
            self.asked.append(url)
            await asyncio.sleep(0)
            came = self.answer(url)
            if came is None:
                await asyncio.Event().wait()
            assert came is not None
            return came


@dataclass(frozen=True, kw_only=True)
class Postman:
    """Takes every message, and answers as it is told to."""

    receipt: ReceiptKind = ReceiptKind.SENT
    taken: list[Message] = field(default_factory=list)

    def deliver(self, message: Message, *, before_data: Callable[[], None]) -> Receipt:
        before_data()
        self.taken.append(message)
        return Receipt(kind=self.receipt)


@dataclass(frozen=True, kw_only=True)
class SmallWorld(World):
    web: Web
    postman: Postman

    def fetcher(self) -> Any:
        return self.web

    def notifier(self, channel: str) -> Notifier:
        return self.postman


def small_world(
    store: Store,
    folder: Path,
    *,
    answer: Callable[[str], Page | Trouble | None] = lambda _: None,
    mode: MailMode = MailMode.LIVE,
    receipt: ReceiptKind = ReceiptKind.SENT,
) -> SmallWorld:
    mail = MailSettings(mode=mode, sender="lanmu@lanmu.example", host="mail.invalid")
    return SmallWorld(
        settings=Settings(state=folder, mail=mail),
        store=store,
        clock=lambda: MORNING,
        allowed=(),
        origin="test",
        web=Web(answer),
        postman=Postman(receipt=receipt),
    )
