"""The ledgers of turns: one for all workers in Valkey, and one within a process for commands that run alone."""

import json
import math
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from random import uniform
from time import monotonic
from typing import Any

from redis import Redis as Server
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff
from redis.driver_info import DriverInfo
from redis.exceptions import RedisError

from monitor.edge.together import Together
from monitor.edge.turns import NO_NEWS, RUN_SECONDS, Ledger, LedgerLost, News, Pace, Reply, Turn, Turns

LEASE = 120.0  # seconds: longer than any request may take; what a dead worker held is free after them
MOST_REST = 24 * 3600.0  # seconds that a host can ask to be left alone
SLOWER = 4  # a host in trouble is asked half as often after each failure, this many times
LEAVING = 20.0  # seconds within which a request has left, or its worker is dead: longer than a connection may take
BUSY = 0.1  # seconds, at least, after which a full host is asked about again
TOGETHER = 32  # turns that are asked for in one call: of 200 at once the first is on its way before the last is granted


def jitter() -> float:
    """By how much a spacing is stretched, never shortened: no two workers fall into step."""
    return uniform(1.02, 1.04)  # noqa: S311 -- no secret


@dataclass(slots=True)
class _Host:
    """What is known of a host, in the seconds of the clock."""

    last: float = -math.inf
    spacing: float = 0.0  # that the last one asked for, and
    gap: float = 0.0  # how far it was stretched
    rest: float = -math.inf
    bad: int = 0
    day: int = 0
    asked: int = 0
    leaving: str = ""  # who was granted the latest start, until the request has left
    there: dict[str, int] = field(default_factory=dict)  # and on which day each came


class LocalLedger:
    """Within one process, which needs no leases: it dies with those who hold them."""

    def __init__(self, *, clock: Callable[[], float], jitter: Callable[[], float] = jitter) -> None:
        self._clock = clock
        self._jitter = jitter
        self._hosts: dict[str, _Host] = {}

    async def take(self, host: str, turn: Turn, pace: Pace, news: News = NO_NEWS) -> Reply:
        await self.tell(host, news)
        at, now = self._hosts.setdefault(host, _Host()), self._clock()
        gap = pace.spacing * self._jitter()
        apart = at.gap if pace.spacing <= at.spacing else max(at.gap, gap)  # stretched once: it was told how far
        wait = max(at.last + apart * 2 ** min(max(at.bad - 1, 0), SLOWER), at.rest) - now
        day = int(now // 86_400)
        asked = at.asked if day == at.day else 0
        if pace.per_day and asked >= pace.per_day:
            wait = max(wait, (day + 1) * 86_400 - now)
        if wait > 0:
            return Reply(granted=False, seconds=wait)
        if len(at.there) >= pace.at_once or (at.leaving in at.there and gap):
            return Reply(granted=False, seconds=max(BUSY, gap / 4))
        more = 0 if at.bad else min(turn.more, pace.per_day - asked - 1) if pace.per_day else turn.more
        at.there[turn.holder] = day
        at.last, at.spacing, at.gap, at.leaving = now, pace.spacing, gap, turn.holder
        at.day, at.asked = day, asked + 1 + more
        return Reply(granted=True, seconds=gap, more=more)

    async def tell(self, host: str, news: News) -> None:
        at, now = self._hosts.setdefault(host, _Host()), self._clock()
        if news.left and at.leaving == news.left.holder:
            at.last, at.leaving = max(at.last, now - news.left.ago), ""
        for turn in news.done:
            if at.there.pop(turn.holder, None) == at.day:
                at.asked -= turn.more
            if turn.well is not None:
                at.bad = 0 if turn.well else at.bad + 1
            if turn.rest:
                at.rest = max(at.rest, now + min(turn.rest, MOST_REST))

    async def aclose(self) -> None:
        """Nothing is held."""


# ARGV[1] is a list of what is asked, in JSON, each about one host: `holder` ("" to tell only), `at_once`, `spacing`,
# the `gap` that it is stretched to, `per_day`, how many `more` starts it would have, `left` (whose request has left,
# and how long `ago`: until this is told no other starts) and `done`, of each turn that has ended: [holder, 1 well |
# 0 ill | -1 neither, rest, starts it did not use]. The answer is granted, wait, more for each. Times are in ms. A host
# has its leases (holder -> end) and its state. The clock is the server's own: workers on many machines agree on no
# other; set back, it holds nobody.
_TURNS = f"""
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local today = math.floor(now / 86400000)
local function ask(about)
  local leases, state = 'lanmu:turns:' .. about.host, 'lanmu:pace:' .. about.host
  local at = redis.call('HMGET', state, 'last', 'gap', 'rest', 'bad', 'day', 'asked', 'leaving', 'until',
    'spacing')
  local last, gap, rest = tonumber(at[1]) or 0, tonumber(at[2]) or 0, tonumber(at[3]) or 0
  local bad, day, asked = tonumber(at[4]) or 0, tonumber(at[5]) or 0, tonumber(at[6]) or 0
  local leaving, within, spacing = at[7] or '', tonumber(at[8]) or 0, tonumber(at[9]) or 0
  if about.left and about.left == leaving then last, leaving = math.max(last, now - about.ago), '' end
  for _, turn in ipairs(about.done) do
    if turn[4] > 0 then
      local ends = redis.call('ZSCORE', leases, turn[1])
      if ends and math.floor((ends - {int(LEASE * 1000)}) / 86400000) == day then asked = asked - turn[4] end
    end
    redis.call('ZREM', leases, turn[1])
    if turn[1] == leaving then leaving = '' end
    if turn[2] == 1 then bad = 0 elseif turn[2] == 0 then bad = bad + 1 end
    if turn[3] > 0 then rest = math.max(rest, now + turn[3]) end
  end
  if last > now then last = now end
  local granted, wait, more = 0, 0, 0
  if about.holder ~= '' then
    local apart = gap
    if about.spacing > spacing then apart = math.max(gap, about.gap) end
    wait = math.max(last + apart * 2 ^ math.min(math.max(bad - 1, 0), {SLOWER}), rest) - now
    if today ~= day then asked = 0 end
    if about.per_day > 0 and asked >= about.per_day then wait = math.max(wait, (today + 1) * 86400000 - now) end
    if wait <= 0 then
      redis.call('ZREMRANGEBYSCORE', leases, '-inf', now)
      local starting = about.gap > 0 and leaving ~= '' and within > now
      if starting or redis.call('ZCARD', leases) >= about.at_once then
        local often = 4
        if starting and within - now > {int(LEAVING * 1000)} then often = 1 end -- a run lasts
        wait = math.max({int(BUSY * 1000)}, about.gap / often)
      else
        redis.call('ZADD', leases, now + {int(LEASE * 1000)}, about.holder)
        redis.call('PEXPIRE', leases, {int(LEASE * 1000)})
        if bad == 0 then more = about.more end
        if about.per_day > 0 then more = math.min(more, about.per_day - asked - 1) end
        granted, wait, last, gap, day, asked = 1, about.gap, now, about.gap, today, asked + 1 + more
        leaving, within, spacing = about.holder, now + {int(LEAVING * 1000)}, about.spacing
        if more > 0 then within = within + {int(RUN_SECONDS * 1000)} end
      end
    end
  end
  redis.call('HSET', state, 'last', last, 'gap', gap, 'rest', rest, 'bad', bad, 'day', day, 'asked', asked,
    'leaving', leaving, 'until', within, 'spacing', spacing)
  redis.call('PEXPIRE', state, 172800000)
  return granted, math.ceil(wait), more
end
local answers = {{}}
for _, about in ipairs(cjson.decode(ARGV[1])) do
  for _, said in ipairs({{ask(about)}}) do table.insert(answers, said) end
end
return answers
"""


class SharedLedger:
    """For all workers that share a Valkey or Redis. `url` is a broker's address.

    What is asked while an answer is under way goes together in the next call: a call costs as much as a whole fetch.
    """

    def __init__(self, url: str, *, jitter: Callable[[], float] = jitter) -> None:
        self._redis: Any = valkey(url)
        self._script = self._redis.register_script(_TURNS)
        self._jitter = jitter
        self._calls = Together(self._call, most=TOGETHER)

    async def take(self, host: str, turn: Turn, pace: Pace, news: News = NO_NEWS) -> Reply:
        wanted = {"at_once": pace.at_once, "spacing": _ms(pace.spacing), "gap": _ms(pace.spacing * self._jitter())}
        about = {"host": host, "holder": turn.holder, "per_day": pace.per_day, "more": turn.more}
        return await self._calls.ask(about | wanted | _told(news))

    async def tell(self, host: str, news: News) -> None:
        await self._calls.ask({"host": host, "holder": ""} | _told(news))

    async def _call(self, asked: Sequence[dict[str, Any]]) -> list[Reply]:
        try:
            said = await self._script(args=[json.dumps(asked)])
        except (RedisError, OSError) as error:
            raise LedgerLost(f"the ledger of turns does not answer ({error})") from error
        return [
            Reply(granted=bool(granted), seconds=wait / 1000, more=more)
            for granted, wait, more in zip(said[::3], said[1::3], said[2::3], strict=True)
        ]

    async def aclose(self) -> None:
        await self._calls.aclose()
        await self._redis.aclose()


def _told(news: News) -> dict[str, Any]:
    done = [
        (turn.holder, -1 if turn.well is None else int(turn.well), _ms(min(turn.rest, MOST_REST)), turn.more)
        for turn in news.done
    ]
    left = {"left": news.left.holder, "ago": math.floor(news.left.ago * 1000)} if news.left else {}
    return {"done": done} | left


def _ms(seconds: float) -> int:
    return math.ceil(seconds * 1000)


def turns_of(broker: str | None) -> Turns:
    """The turns that all workers of a broker share; without one, those of this process."""
    ledger: Ledger = SharedLedger(broker) if broker else LocalLedger(clock=monotonic)
    return Turns(ledger, clock=monotonic)


def free_places(broker: str) -> None:
    """Free what dead workers held, without waiting for their leases to end. Only where no worker of the broker lives.

    When the hosts were last asked, and how they were, is kept.
    """
    with suppress(RedisError, OSError), Server.from_url(_address(broker), socket_timeout=5) as server:
        for leases in server.scan_iter("lanmu:turns:*", count=1000):
            server.unlink(leases)
        for state in server.scan_iter("lanmu:pace:*", count=1000):
            server.hdel(state, "leaving")


def _address(url: str) -> str:
    """Addresses are written as Celery has them."""
    return "unix" + url.removeprefix("redis+socket") if url.startswith("redis+socket") else url


def valkey(url: str) -> Any:
    """A client of the queue's server. It does not name its library: to look up the version costs a whole fetch."""
    again = Retry(ExponentialBackoff(cap=1.0, base=0.1), 3)
    return Redis.from_url(
        _address(url),
        socket_timeout=5,
        socket_connect_timeout=5,
        retry=again,
        decode_responses=True,
        driver_info=_NAMELESS,
    )


_NAMELESS = DriverInfo(name=None, lib_version=None)
