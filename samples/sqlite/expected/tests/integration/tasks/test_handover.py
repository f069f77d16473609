import uuid

import pytest
from redis import Redis

from small_service.settings import Settings
from small_service.tasks import handover
from small_service.tasks.app import broker, make_backend
from small_service.tasks.jobs import send_greeting


@pytest.mark.usefixtures("redis_url")
def test_work_is_handed_over() -> None:
    task_id = str(uuid.uuid4())
    handover.hand_over_greeting("Ada", task_id)
    assert handover.get_state(task_id) == "waiting"


@pytest.mark.usefixtures("redis_url")
def test_state_is_told_in_plain_words() -> None:
    backend = make_backend(Settings(_env_file=None))
    message = send_greeting.message("Ada")
    assert handover.get_state(message.message_id) == "waiting"
    backend.store_result(message, "Hello, Ada!", 60_000)
    assert handover.get_state(message.message_id) == "done"
    backend.store_exception(message, ConnectionError("nobody answers"), 60_000)
    assert handover.get_state(message.message_id) == "failed"
    backend.client.close()


def test_queue_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = Redis.from_url("redis://127.0.0.1:1/0")
    monkeypatch.setitem(broker.scripts, "dispatch", nowhere.register_script("return 0"))
    monkeypatch.setattr(broker.get_results_backend(), "client", nowhere)
    with pytest.raises(handover.QueueError):
        handover.hand_over_greeting("Ada", str(uuid.uuid4()))
    with pytest.raises(handover.QueueError):
        handover.get_state(str(uuid.uuid4()))
