import uuid
from typing import Any

import pytest
from celery import Celery
from kombu.exceptions import OperationalError

from full_example.tasks import handover
from full_example.tasks.jobs import send_greeting


def test_work_is_handed_over() -> None:
    task_id = str(uuid.uuid4())
    handover.hand_over_greeting("Ada", task_id)
    assert handover.get_state(task_id) == "waiting"


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("PENDING", "waiting"),
        ("STARTED", "running"),
        ("RETRY", "running"),
        ("SUCCESS", "done"),
        ("FAILURE", "failed"),
    ],
)
def test_state_is_told_in_plain_words(queue: Celery, state: str, told: str) -> None:
    task_id = str(uuid.uuid4())
    queue.backend.store_result(task_id, None, state)
    assert handover.get_state(task_id) == told


def test_queue_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OperationalError("at 10.0.0.1")

    monkeypatch.setattr(send_greeting, "apply_async", fail)
    with pytest.raises(handover.QueueError):
        handover.hand_over_greeting("Ada", str(uuid.uuid4()))
