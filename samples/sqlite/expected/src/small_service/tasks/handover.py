"""How other parts of the program hand work over and ask what became of it."""

from typing import Literal

from dramatiq.errors import BrokerError
from dramatiq.results import ResultFailure, ResultMissing
from redis.exceptions import RedisError

from small_service.tasks.app import broker
from small_service.tasks.jobs import send_greeting

# Dramatiq does not tell whether a task has begun: until it ended it waits.
State = Literal["waiting", "done", "failed"]


class QueueError(Exception):
    """The queue does not answer."""


def hand_over_greeting(name: str, task_id: str) -> None:
    """Hand a greeting over to a worker; the same id is delivered once.

    Raises:
        QueueError: it was not handed over.
    """
    message = send_greeting.message(name, key=task_id)
    try:
        broker.enqueue(message.copy(message_id=task_id))
    except (BrokerError, RedisError) as error:
        raise QueueError from error


def get_state(task_id: str) -> State:
    """Tell how far a task is. One that nobody knows looks like one that waits.

    Raises:
        QueueError: nobody knows.
    """
    message = send_greeting.message("").copy(message_id=task_id)
    try:
        message.get_result()
    except ResultMissing:
        return "waiting"
    except ResultFailure:
        return "failed"
    except RedisError as error:
        raise QueueError from error
    return "done"
