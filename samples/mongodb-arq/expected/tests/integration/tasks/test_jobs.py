"""A worker in this process does the tasks, with a real Redis."""

import asyncio
import json
import logging
from typing import Any

import pytest
from arq.jobs import Job, JobResult

from mongodb_arq.settings import Settings
from mongodb_arq.tasks import app, health, jobs
from mongodb_arq.tasks.worker import make_worker, run

pytestmark = pytest.mark.usefixtures("queue_places")


class Delivery:
    """Stands in for `deliver` and fails as often as it is told."""

    def __init__(self, failures: int) -> None:
        self.failures = failures
        self.calls = 0

    async def __call__(self, text: str) -> None:
        self.calls += 1
        if self.calls <= self.failures:
            raise ConnectionError("nobody answers")


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "pause", lambda _: 0)


def do(*arguments: Any) -> JobResult:
    """Hand a greeting over, let a worker do all there is, and return what came out."""

    async def hand_over_and_work() -> JobResult | None:
        async with app.connect() as pool:
            job = await app.hand_over(pool, "send_greeting", *arguments)
            assert job is not None
        await run(make_worker(Settings(), burst=True))
        async with app.connect() as pool:
            return await Job(job.job_id, pool, _deserializer=json.loads).result_info()

    result = asyncio.run(hand_over_and_work())
    assert result is not None
    return result


def test_worker_does_the_task() -> None:
    assert do("Ada").result == "Hello, Ada!"


def test_key_is_delivered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = Delivery(failures=0)
    monkeypatch.setattr(jobs, "deliver", delivery)
    for _ in range(2):
        assert do("Ada", Settings().queue_name).result == "Hello, Ada!"
    assert delivery.calls == 1


def test_task_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = Delivery(failures=2)
    monkeypatch.setattr(jobs, "deliver", delivery)
    assert do("Ada").result == "Hello, Ada!"
    assert delivery.calls == 3


def test_task_gives_up_after_three_retries(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    delivery = Delivery(failures=100)
    monkeypatch.setattr(jobs, "deliver", delivery)
    result = do("Ada")
    assert not result.success
    assert "nobody answers" in result.result
    assert delivery.calls == 4
    errors = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert len(errors) == 1


def test_mistake_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = Delivery(failures=0)
    monkeypatch.setattr(jobs, "deliver", delivery)
    result = do(" ")
    assert not result.success
    assert "blank" in result.result
    assert delivery.calls == 0


def test_messages_are_json() -> None:
    assert app.to_json({"a": ["Ada"]}) == b'{"a": ["Ada"]}'
    with pytest.raises(TypeError, match="cannot hold a set"):
        app.to_json({"a": {"Ada"}})


def test_pauses_grow_and_differ() -> None:
    pauses = [real_pause(2) for _ in range(100)]
    assert min(pauses) >= 4
    assert max(pauses) <= 8
    assert len(set(pauses)) > 1


def test_worker_gives_signs_of_life() -> None:
    async def look() -> bool:
        worker = make_worker(Settings(), burst=True)
        await worker.async_run()
        alive = health.is_healthy(Settings())
        await worker.close()
        return alive

    assert asyncio.run(look())
    assert health.main() == 1


def test_worker_without_redis_is_not_healthy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUEUE_URL", "redis://127.0.0.1:1/0")
    assert health.main() == 1


def test_broker_answers() -> None:
    app.check_broker()


real_pause = app.pause
