"""How other parts of the program hand work over and ask what became of it."""

import json
from typing import Literal

from arq.jobs import Job, JobStatus
from redis.exceptions import RedisError

from mongodb_arq.tasks.app import connect, hand_over

State = Literal["waiting", "running", "done", "failed"]


class QueueError(Exception):
    """The queue does not answer."""


async def hand_over_greeting(name: str, task_id: str) -> None:
    """Hand a greeting over to a worker; the same id is delivered once.

    Raises:
        QueueError: it was not handed over.
    """
    try:
        async with connect() as pool:
            await hand_over(pool, "send_greeting", name, task_id=task_id, key=task_id)
    except (OSError, RedisError) as error:
        raise QueueError from error


async def get_state(task_id: str) -> State:
    """Tell how far a task is. One that nobody knows looks like one that waits.

    Raises:
        QueueError: nobody knows.
    """
    try:
        async with connect() as pool:
            job = Job(task_id, pool, pool.default_queue_name, json.loads)
            state = await job.status()
            result = await job.result_info()
    except (OSError, RedisError) as error:
        raise QueueError from error
    if result is not None:
        return "done" if result.success else "failed"
    # One that is put off has been tried before.
    return "running" if state in (JobStatus.in_progress, JobStatus.deferred) else "waiting"
