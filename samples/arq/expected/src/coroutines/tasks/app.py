"""The task queue: which Redis it uses and how it treats tasks."""

import functools
import json
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from arq import ArqRedis, Retry, create_pool
from arq.connections import RedisSettings
from arq.jobs import Job
from arq.worker import Function, func
from redis import Redis

from coroutines.settings import Settings

MAX_RETRIES = 3
RESULT_SECONDS = 86_400

Context = dict[Any, Any]
Task = Callable[..., Awaitable[Any]]


def time_limit() -> int:
    """Return after how many seconds a task is ended."""
    return Settings().queue_time_limit_seconds


def redis_settings(settings: Settings) -> RedisSettings:
    """Return where Redis is."""
    found = RedisSettings.from_dsn(settings.queue_url)
    # It must answer soon, or whoever hands a task over would wait with it.
    found.conn_timeout = 5
    found.conn_retries = 1
    found.conn_retry_delay = 0
    return found


def to_json(data: Any) -> bytes:
    """Write a message: only JSON, as pickle could run code when it is read."""
    return json.dumps(data, default=_describe_error).encode()


def _describe_error(error: Any) -> str:
    if isinstance(error, BaseException):
        return repr(error)
    raise TypeError(f"JSON cannot hold a {type(error).__name__}")


@asynccontextmanager
async def connect() -> AsyncIterator[ArqRedis]:
    """Open a connection to the queue for a short time."""
    settings = Settings()
    pool = await create_pool(
        redis_settings(settings),
        job_serializer=to_json,
        job_deserializer=json.loads,
        default_queue_name=settings.queue_name,
    )
    try:
        yield pool
    finally:
        await pool.aclose()


async def hand_over(
    pool: ArqRedis, task: str, *args: Any, task_id: str | None = None, **kwargs: Any
) -> Job | None:
    """Hand a task over to a worker; return nothing if one with this id is known already.

    The arguments must be what JSON can hold.
    """
    return await pool.enqueue_job(task, *args, _job_id=task_id, **kwargs)


def pause(tries: int) -> float:
    """Return how many seconds to wait after a failure: each time longer, and never all at once."""
    least = 1000 << tries
    return (least + secrets.randbelow(least + 1)) / 1000


def task(
    *,
    retry_for: tuple[type[Exception], ...],
    max_retries: int = MAX_RETRIES,
    pause: Callable[[int], float] = pause,
) -> Callable[[Task], Task]:
    """Make a coroutine a task: the errors named here lead to more tries, others are mistakes."""

    def decorate(function: Task) -> Task:
        @functools.wraps(function)
        async def run(context: Context, *args: Any, **kwargs: Any) -> Any:
            try:
                return await function(context, *args, **kwargs)
            except retry_for as error:
                tries = int(context["job_try"]) - 1
                if tries >= max_retries:
                    raise
                raise Retry(defer=pause(tries)) from error

        return run

    return decorate


def listed(*tasks: Any, max_retries: int = MAX_RETRIES) -> list[Function]:
    """Return tasks as workers want them: by the names of their coroutines."""
    # A worker's death counts as a try, too.
    return [func(task, max_tries=max_retries + 1) for task in tasks]


def check_broker() -> None:
    """Raise an exception unless Redis answers."""
    url = Settings().queue_url
    with Redis.from_url(url, socket_connect_timeout=5, socket_timeout=5) as client:
        client.ping()
