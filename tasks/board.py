"""The queue's figures, and whether the broker answers at all."""

from typing import Any

from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from monitor.model.mendable import phrase
from tasks.app import QUEUES, app
from tasks.embedded import BrokerDown

ANSWER_SECONDS = 3
KINDS = ("redis", "rediss", "redis+socket")  # of brokers: the others keep no count of what waits, or lose tasks
QUEUE_FAILURES = (OperationalError, RedisError, OSError)  # what a queue that has gone raises


def check_broker(*, patience: int = ANSWER_SECONDS) -> None:
    """Raises BrokerDown when the broker is of no kind we use, or does not answer within so many seconds."""
    url = app.conf.broker_url
    kind, slashes, _ = (url or "").partition("://")
    if not slashes or kind not in KINDS:
        raise BrokerDown(
            phrase(
                "LANMU_BROKER_URL is no address of a queue that Lanmu can use; "
                "write redis://HOST:6379/0, rediss://HOST:6379/0 or redis+socket:///FILE"
            )
        )
    try:
        with app.connection_for_read(transport_options={"socket_connect_timeout": ANSWER_SECONDS}) as connection:
            connection.ensure_connection(max_retries=patience, interval_start=0, timeout=patience)
    except (*QUEUE_FAILURES, ValueError, KeyError) as error:
        words = phrase(
            "the broker {url} does not answer ({reason}); start it, or mend LANMU_BROKER_URL",
            url=shown(url),
            reason=error,
        )
        raise BrokerDown(words) from error


def shown(url: str | None) -> str:
    """A broker's address without its password."""
    text = url or "(none)"
    scheme, _, rest = text.partition("://")
    return f"{scheme}://***@{rest.rpartition('@')[2]}" if "@" in rest else text


def depths() -> dict[str, int]:
    """How many tasks wait in each queue, not counting those that a worker holds."""
    with app.connection_for_read() as connection:
        client: Any = getattr(connection.default_channel, "client")  # noqa: B009 -- only the Redis transport's has it
        return {name: int(client.llen(name)) for name in QUEUES}
