"""How other parts of the program hand work over and ask what became of it."""

from typing import Literal

from celery.result import AsyncResult
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from full_example.tasks.app import app
from full_example.tasks.jobs import send_greeting

State = Literal["waiting", "running", "done", "failed"]


class QueueError(Exception):
    """The queue does not answer."""


def hand_over_greeting(name: str, task_id: str) -> None:
    """Hand a greeting over to a worker; the same id is delivered once.

    Raises:
        QueueError: it was not handed over.
    """
    try:
        send_greeting.apply_async((name,), {"key": task_id}, task_id=task_id)
    except (OperationalError, RedisError) as error:
        raise QueueError from error


def get_state(task_id: str) -> State:
    """Tell how far a task is. One that nobody knows looks like one that waits.

    Raises:
        QueueError: nobody knows.
    """
    try:
        state = AsyncResult(task_id, app=app).state
    except (OperationalError, RedisError) as error:
        raise QueueError from error
    match state:
        case "SUCCESS":
            return "done"
        case "FAILURE" | "REVOKED":
            return "failed"
        case "STARTED" | "RETRY":
            return "running"
        case _:
            return "waiting"
