"""The task queue: which Redis it uses and how it treats tasks."""

import functools
from typing import Any

import dramatiq
from dramatiq.brokers.redis import RedisBroker
from dramatiq.middleware import AgeLimit, CurrentMessage, Retries, TimeLimit
from dramatiq.results import Results
from dramatiq.results.backends import RedisBackend
from redis import Redis

from small_service.settings import Settings

MAX_RETRIES = 3
RESULT_MS = 86_400_000
# How many of a million commands look for tasks of lost workers: so it happens every few seconds.
MAINTENANCE_CHANCE = 200_000


def time_limit() -> int:
    """Return after how many seconds a task is ended."""
    return Settings().queue_time_limit_seconds


def task_id() -> str | None:
    """Return which task this thread is at: the same for each of its tries."""
    message = CurrentMessage.get_current_message()
    return message.message_id if message else None


def connect(settings: Settings) -> Redis:
    """Return Redis; nothing is connected before it is used."""
    client: Redis = Redis.from_url(
        # It must answer soon, or whoever hands a task over would wait with it.
        settings.queue_url,
        socket_connect_timeout=5,
        socket_timeout=30,
    )
    return client


def make_backend(settings: Settings) -> RedisBackend:
    """Return where results are kept, for a day."""
    return RedisBackend(client=connect(settings), namespace=f"{settings.queue_name}-results")


def make_broker(settings: Settings) -> RedisBroker:
    """Return what takes tasks to the workers; a message is JSON and names a task, so never code."""
    results = Results(  # type: ignore[no-untyped-call]
        backend=make_backend(settings),
        store_results=True,
        result_ttl=RESULT_MS,
    )
    return RedisBroker(  # type: ignore[no-untyped-call]
        client=connect(settings),
        namespace=settings.queue_name,
        heartbeat_timeout=settings.queue_lost_seconds * 1000,
        maintenance_chance=MAINTENANCE_CHANCE,
        middleware=[
            AgeLimit(),
            CurrentMessage(),
            TimeLimit(time_limit=settings.queue_time_limit_seconds * 1000),
            Retries(max_retries=MAX_RETRIES, min_backoff=1000, max_backoff=60_000),
            results,
        ],
    )


def retry_for(*kinds: type[BaseException]) -> Any:
    """Return what tells whether a task is tried again: after these errors; others are mistakes."""
    return functools.partial(_is_tried_again, kinds)


def _is_tried_again(
    kinds: tuple[type[BaseException], ...], retries: int, error: BaseException
) -> bool:
    return retries < MAX_RETRIES and isinstance(error, kinds)


broker = make_broker(Settings())
dramatiq.set_broker(broker)


def check_broker() -> None:
    """Raise an exception unless Redis answers."""
    broker.client.ping()
