"""Live mail to a real SMTP server, morning by morning: what officers get, and what a server's failures leave behind."""

import asyncio
import json
import socket
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from monitor.edge.store import Store, open_store
from tests.edge.postbox import SILENCE, Postbox, serving
from tests.journeys.lanmu import child, environment, kill, lanmu, started, until
from tests.journeys.slow_sites import Shown, slow_sites, write_book

pytestmark = pytest.mark.filterwarnings("ignore:.*:DeprecationWarning:aiosmtpd")  # 1.4.6 warns of its own attributes

CALM, BUSY, GONE, MUTE = OFFICERS = [f"officer{n}@lanmu.example" for n in range(4)]
COLUMNS = 2
SETTINGS = """\
timezone: Asia/Shanghai
language: en
mail: {{mode: live, sender: lanmu@lanmu.example, host: 127.0.0.1, port: {port}, security: none}}
"""


@dataclass(kw_only=True)
class Moody(Postbox):
    """A postbox with moods: how it answers RCPT for some recipients, or SILENCE where their mail gets no answer."""

    moods: dict[str, str] = field(default_factory=dict)

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, _: list[str]) -> str:
        mood = self.moods.get(address, self.rcpt)
        envelope.rcpt_tos.append(address)
        return self.rcpt if mood == SILENCE else mood

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        self.recipients.append(list(envelope.rcpt_tos))
        self.mails.append(envelope.content)
        if self.moods.get(envelope.rcpt_tos[0]) == SILENCE:
            await asyncio.Event().wait()
        return self.data

    @property
    def reached(self) -> Counter[str]:
        """How many mails have come for each recipient."""
        return Counter(address for recipients in self.recipients for address in recipients)

    def texts(self) -> dict[str, str]:
        """The text of each recipient's last mail."""
        return {to: _text(mail) for (to,), mail in zip(self.recipients, self.mails, strict=True)}


def _text(mail: bytes) -> str:
    body = message_from_bytes(mail, _class=EmailMessage, policy=default).get_body(("plain",))
    assert body is not None
    return str(body.get_content())


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """An admins' folder and what has come of it."""

    folder: Path

    def goes_live(self, port: int) -> None:
        (self.folder / "lanmu.yaml").write_text(SETTINGS.format(port=port), encoding="utf-8")

    def plays(self, now: str) -> dict[str, Any]:
        """A round; the status after it."""
        ended = lanmu("once", "--now", now, "--json", "--config", str(self.folder))
        assert ended.returncode == 0, ended.stderr
        return dict(json.loads(ended.stdout))

    def plays_and_loses_its_worker(self, now: str, when: Callable[[Store], bool]) -> dict[str, Any]:
        """A round whose worker is killed as soon as that is so; the status after it."""
        log = self.folder / "var" / "lanmu.log"
        known = log.read_text("utf-8").count("worker started")
        round_ = started("once", "--now", now, "--json", "--config", str(self.folder), env=environment())
        worker = child(log, "worker", known)
        with self.store() as store:
            until(lambda: when(store), "the moment to kill the worker")
        kill(worker)
        output, _ = round_.communicate()
        assert round_.returncode == 0, output
        assert "worker died (signal SIGKILL)" in log.read_text("utf-8")
        return dict(json.loads(output.splitlines()[-1]))

    @contextmanager
    def store(self) -> Iterator[Store]:
        store = open_store(f"sqlite:///{self.folder / 'var' / 'lanmu.sqlite3'}")
        yield store
        store.database.close()

    def steps(self) -> dict[str, set[int]]:
        """At which reminders the findings of each officer are."""
        steps: dict[str, set[int]] = defaultdict(set)
        with self.store() as store:
            for watched in store.findings.watched():
                assert watched.finding is not None
                steps[watched.officer.email].add(watched.finding.step)
        return steps

    def ready(self, now: str) -> int:
        """How many messages may be sent at that moment of the day of the first digests."""
        with self.store() as store:
            return store.outbox.waiting(now=datetime.fromisoformat(f"2026-03-19T{now}+08:00"))


@pytest.fixture
def shown() -> Shown:
    return Shown()


@pytest.fixture
def watch(tmp_path: Path, shown: Shown) -> Iterator[Watch]:
    """Four sites with two overdue columns each, after a first morning and the release of what was found on it."""
    with slow_sites([0.0] * len(OFFICERS), shown) as homes:
        write_book(tmp_path / "watch", homes, COLUMNS)
        watch = Watch(folder=tmp_path / "watch")
        assert watch.plays("2026-03-18T09:00")["findings"] == {"baseline": 8}
        released = lanmu("baseline", "release", "--all", "--config", str(watch.folder))
        assert "8 findings released" in released.stdout
        yield watch


@contextmanager
def nobody_listens() -> Iterator[int]:
    """A port that refuses connections."""
    with closing(socket.socket()) as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


def test_every_officer_is_reminded_once_a_step_whatever_the_mail_server_does(watch: Watch, shown: Shown) -> None:
    with nobody_listens() as port:
        watch.goes_live(port)
        seen = watch.plays("2026-03-19T09:00")
    assert seen["outbox"] == {"pending": 4}
    assert seen["findings"] == {"queued": 8}
    assert [watch.ready(now) for now in ("09:00", "09:05")] == [0, 4]

    postbox = Moody(moods={BUSY: "451 4.7.1 come back", GONE: "550 5.1.1 no such user", MUTE: SILENCE})
    with serving(postbox):
        watch.goes_live(postbox.port)
        seen = watch.plays_and_loses_its_worker("2026-03-19T09:10", when=lambda store: told_all(store, postbox))
        assert postbox.reached == {CALM: 1, MUTE: 1}
        assert seen["outbox"] == {"pending": 1, "refused": 1, "sent": 1, "unknown": 1}
        assert seen["findings"] == {"detected": 2, "queued": 4, "reminded": 2}
        assert watch.steps() == {CALM: {1}, BUSY: {0}, GONE: {0}, MUTE: {0}}
        assert [watch.ready(now) for now in ("09:15", "09:20")] == [0, 1]

        postbox.moods.clear()
        seen = watch.plays("2026-03-20T09:00")  # the next morning: nothing new for those who have been told
        assert postbox.reached == {CALM: 1, BUSY: 1, GONE: 1, MUTE: 1}
        # What the server had put off was planned for yesterday's slot: it was cancelled, and planned anew for today's.
        assert seen["outbox"] == {"cancelled": 1, "refused": 1, "sent": 3, "unknown": 1}
        assert watch.steps() == {CALM: {1}, BUSY: {1}, GONE: {1}, MUTE: {0}}

        watch.plays("2026-03-26T09:00")  # five working days after the first mail
        assert postbox.reached == {CALM: 2, BUSY: 1, GONE: 1, MUTE: 1}
        assert "Still overdue" in postbox.texts()[CALM]
        assert watch.steps() == {CALM: {2}, BUSY: {1}, GONE: {1}, MUTE: {0}}

        shown.newest = date(2026, 3, 26)
        seen = watch.plays("2026-03-27T09:00")
        assert postbox.reached == {CALM: 3, BUSY: 2, GONE: 2, MUTE: 1}
        assert seen["findings"] == {"resolved": 8}
        texts = postbox.texts()
        assert [to for to in OFFICERS if "Recovered" in texts[to]] == [CALM, BUSY, GONE]
        assert [texts[to].count("动态") for to in (CALM, BUSY, GONE)] == [2, 2, 2]


def told_all(store: Store, postbox: Moody) -> bool:
    """The server has given every answer that it will ever give, and keeps silent about the last mail."""
    outbox = store.figures.status(now=datetime(2026, 3, 19, tzinfo=UTC)).outbox
    return MUTE in postbox.reached and outbox == {"pending": 2, "refused": 1, "sent": 1}
