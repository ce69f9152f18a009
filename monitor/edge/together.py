"""Puts questions together: what is asked while an answer is under way goes in the next call, all in one."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Question = TypeVar("Question")
Answer = TypeVar("Answer")


class Together(Generic[Question, Answer]):
    """Asks by `call`, which takes questions and gives as many answers, in their order.

    What `call` raises, all whom it was asked for get. No call takes more than `most` questions. It belongs to one event
    loop.
    """

    def __init__(self, call: Callable[[Sequence[Question]], Awaitable[Sequence[Answer]]], *, most: int = 1_000) -> None:
        self._call = call
        self._most = most
        self._waiting: list[tuple[Question, asyncio.Future[Answer]]] = []
        self._calling: asyncio.Task[None] | None = None

    async def ask(self, question: Question) -> Answer:
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((question, answer))
        if self._calling is None:
            self._calling = asyncio.create_task(self._call_on())
        return await answer

    async def _call_on(self) -> None:
        """Call until nobody waits."""
        try:
            while self._waiting:
                asked, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
                await self._call_for(asked)
        finally:
            self._calling = None

    async def _call_for(self, asked: Sequence[tuple[Question, asyncio.Future[Answer]]]) -> None:
        try:
            said = await self._call([question for question, _ in asked])
        except Exception as error:  # noqa: BLE001 -- it is raised where it was asked
            for _, answer in asked:
                if not answer.done():
                    answer.set_exception(error)
            return
        for (_, answer), one in zip(asked, said, strict=True):
            if not answer.done():  # whoever asked may have been cancelled
                answer.set_result(one)

    async def aclose(self) -> None:
        """Let what is under way end."""
        if self._calling:
            await self._calling
