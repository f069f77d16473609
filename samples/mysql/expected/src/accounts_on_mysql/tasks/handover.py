"""How other parts of the program hand work over and ask what became of it."""

from typing import Literal

from redis.exceptions import RedisError
from rq.exceptions import NoSuchJobError

from accounts_on_mysql.tasks.app import get_queue, hand_over
from accounts_on_mysql.tasks.jobs import send_greeting

State = Literal["waiting", "running", "done", "failed"]


class QueueError(Exception):
    """The queue does not answer."""


def hand_over_greeting(name: str, task_id: str) -> None:
    """Hand a greeting over to a worker; the same id is delivered once.

    Raises:
        QueueError: it was not handed over.
    """
    try:
        hand_over(send_greeting, name, task_id=task_id, key=task_id)
    except RedisError as error:
        raise QueueError from error


def get_state(task_id: str) -> State:
    """Tell how far a task is. One that nobody knows looks like one that waits.

    Raises:
        QueueError: nobody knows.
    """
    queue = get_queue()
    try:
        job = queue.job_class.fetch(task_id, queue.connection, queue.serializer)
        state = job.get_status()
    except NoSuchJobError:
        return "waiting"
    except RedisError as error:
        raise QueueError from error
    match state:
        case "finished":
            return "done"
        case "failed" | "stopped" | "canceled":
            return "failed"
        case "started" | "scheduled":
            return "running"
        case _:
            return "waiting"
