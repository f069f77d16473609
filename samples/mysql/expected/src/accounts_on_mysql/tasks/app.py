"""The task queue: which Redis it uses and how it treats tasks."""

import functools
import secrets
from collections.abc import Callable
from typing import Any

from redis import Redis
from rq import Queue, Retry, get_current_job
from rq.job import Job
from rq.serializers import JSONSerializer

from accounts_on_mysql.settings import Settings

MAX_RETRIES = 3
RESULT_SECONDS = 86_400

Function = Callable[..., Any]


def time_limit() -> int:
    """Return after how many seconds a task is ended."""
    return Settings().queue_time_limit_seconds


def task_id() -> str | None:
    """Return which task this process is at: the same for each of its tries."""
    job = get_current_job()
    return job.id if job else None


@functools.cache
def get_queue() -> Queue:
    """Return the queue; nothing is connected before it is used."""
    settings = Settings()
    connection: Redis = Redis.from_url(
        # It must answer soon, or whoever hands a task over would wait with it.
        settings.queue_url,
        socket_connect_timeout=5,
        socket_timeout=30,
    )
    # Only JSON: pickle could run code when it is read.
    return Queue(settings.queue_name, connection=connection, serializer=JSONSerializer)


def pause(tries: int) -> int:
    """Return how many seconds to wait after a failure: each time longer, and never all at once."""
    least = 1 << tries
    return least + secrets.randbelow(least + 1)


def task(*, retry_for: tuple[type[Exception], ...]) -> Callable[[Function], Function]:
    """Make a function a task: the errors named here lead to more tries, others are mistakes."""

    def decorate(function: Function) -> Function:
        @functools.wraps(function)
        def run(*args: Any, **kwargs: Any) -> Any:
            try:
                return function(*args, **kwargs)
            except retry_for:
                raise
            except Exception:
                job = get_current_job()
                if job is not None:
                    job.retries_left = 0
                raise

        return run

    return decorate


def hand_over(function: Function, *args: Any, task_id: str | None = None, **kwargs: Any) -> Job:
    """Hand a task over to a worker; the arguments must be what JSON can hold."""
    return get_queue().enqueue_call(
        function,
        args=args,
        kwargs=kwargs,
        job_id=task_id,
        timeout=time_limit(),
        result_ttl=RESULT_SECONDS,
        failure_ttl=RESULT_SECONDS,
        # If its worker dies that counts as a try, too.
        retry=Retry(max=MAX_RETRIES, interval=[pause(tries) for tries in range(MAX_RETRIES)]),
    )


def check_broker() -> None:
    """Raise an exception unless Redis answers."""
    get_queue().connection.ping()
