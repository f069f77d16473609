import uuid

import pytest
from rq import Queue
from rq.job import Job, JobStatus

from mysql_tortoise_rq.tasks import app, handover, health


@pytest.mark.usefixtures("queue")
def test_work_is_handed_over() -> None:
    task_id = str(uuid.uuid4())
    handover.hand_over_greeting("Ada", task_id)
    assert handover.get_state(task_id) == "waiting"


@pytest.mark.usefixtures("queue")
def test_unknown_task_looks_like_one_that_waits() -> None:
    assert handover.get_state(str(uuid.uuid4())) == "waiting"


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (JobStatus.QUEUED, "waiting"),
        (JobStatus.STARTED, "running"),
        (JobStatus.SCHEDULED, "running"),
        (JobStatus.FINISHED, "done"),
        (JobStatus.FAILED, "failed"),
    ],
)
def test_state_is_told_in_plain_words(queue: Queue, state: JobStatus, told: str) -> None:
    task_id = str(uuid.uuid4())
    handover.hand_over_greeting("Ada", task_id)
    Job.fetch(task_id, queue.connection, queue.serializer).set_status(state)
    assert handover.get_state(task_id) == told


def test_queue_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUEUE_URL", "redis://127.0.0.1:1/0")
    app.get_queue.cache_clear()
    try:
        with pytest.raises(handover.QueueError):
            handover.hand_over_greeting("Ada", str(uuid.uuid4()))
        with pytest.raises(handover.QueueError):
            handover.get_state(str(uuid.uuid4()))
        assert health.main() == 1
    finally:
        app.get_queue.cache_clear()
