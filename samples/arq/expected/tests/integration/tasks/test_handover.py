import asyncio
import uuid

import pytest

from coroutines.settings import Settings
from coroutines.tasks import handover
from coroutines.tasks.app import connect, hand_over
from coroutines.tasks.worker import make_worker, run


def work() -> None:
    async def do_all() -> None:
        await run(make_worker(Settings(), burst=True))

    asyncio.run(do_all())


@pytest.mark.usefixtures("queue_places")
def test_work_is_handed_over_and_done() -> None:
    task_id = str(uuid.uuid4())
    asyncio.run(handover.hand_over_greeting("Ada", task_id))
    assert asyncio.run(handover.get_state(task_id)) == "waiting"
    work()
    assert asyncio.run(handover.get_state(task_id)) == "done"


@pytest.mark.usefixtures("queue_places")
def test_failure_is_told() -> None:
    task_id = str(uuid.uuid4())
    asyncio.run(handover.hand_over_greeting(" ", task_id))
    work()
    assert asyncio.run(handover.get_state(task_id)) == "failed"


@pytest.mark.usefixtures("queue_places")
def test_task_that_is_put_off_is_no_longer_waiting() -> None:
    task_id = str(uuid.uuid4())

    async def put_off() -> None:
        async with connect() as pool:
            await hand_over(pool, "send_greeting", "Ada", task_id=task_id, _defer_by=60)

    asyncio.run(put_off())
    assert asyncio.run(handover.get_state(task_id)) == "running"


@pytest.mark.usefixtures("queue_places")
def test_unknown_task_looks_like_one_that_waits() -> None:
    assert asyncio.run(handover.get_state(str(uuid.uuid4()))) == "waiting"


def test_queue_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUEUE_URL", "redis://127.0.0.1:1/0")
    with pytest.raises(handover.QueueError):
        asyncio.run(handover.hand_over_greeting("Ada", str(uuid.uuid4())))
    with pytest.raises(handover.QueueError):
        asyncio.run(handover.get_state(str(uuid.uuid4())))
