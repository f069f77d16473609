"""A worker in this process does the tasks, one after the other, with a real Redis."""

import logging
import os
from datetime import UTC, datetime, timedelta

import pytest
from rq import Queue, SimpleWorker

from mysql_tortoise_rq.settings import Settings
from mysql_tortoise_rq.tasks import app, health, jobs
from mysql_tortoise_rq.tasks.worker import TaskWorker, make_worker

pytestmark = pytest.mark.usefixtures("queue")


class InProcess(TaskWorker):
    """A worker without processes of its own."""

    execute_job = SimpleWorker.execute_job


class Delivery:
    """Stands in for `deliver` and fails as often as it is told."""

    def __init__(self, failures: int) -> None:
        self.failures = failures
        self.calls = 0

    def __call__(self, text: str) -> None:
        self.calls += 1
        if self.calls <= self.failures:
            raise ConnectionError("nobody answers")


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "pause", lambda _: 0)


def do_all() -> None:
    make_worker(Settings(), InProcess).work(burst=True)


def test_worker_does_the_task() -> None:
    job = app.hand_over(jobs.send_greeting, "Ada")
    do_all()
    assert job.return_value() == "Hello, Ada!"


def test_task_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = Delivery(failures=2)
    monkeypatch.setattr(jobs, "deliver", delivery)
    job = app.hand_over(jobs.send_greeting, "Ada")
    do_all()
    assert job.return_value() == "Hello, Ada!"
    assert delivery.calls == 3


def test_task_gives_up_after_three_retries(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    delivery = Delivery(failures=100)
    monkeypatch.setattr(jobs, "deliver", delivery)
    job = app.hand_over(jobs.send_greeting, "Ada")
    do_all()
    assert job.get_status() == "failed"
    assert delivery.calls == 4
    errors = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert len(errors) == 4
    assert all(job.id in error.getMessage() for error in errors)


def test_mistake_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = Delivery(failures=0)
    monkeypatch.setattr(jobs, "deliver", delivery)
    job = app.hand_over(jobs.send_greeting, " ")
    do_all()
    result = job.latest_result()
    assert result is not None
    assert "blank" in (result.exc_string or "")
    assert job.get_status() == "failed"
    assert delivery.calls == 0


def test_messages_are_json(queue: Queue) -> None:
    job = app.hand_over(jobs.send_greeting, "Ada")
    assert b'"Ada"' in job.data
    with pytest.raises(TypeError, match="serializable"):
        app.hand_over(jobs.send_greeting, object()).save()


def test_pauses_grow_and_differ() -> None:
    pauses = [real_pause(2) for _ in range(100)]
    assert set(pauses) == {4, 5, 6, 7, 8}
    assert real_pause(0) in (1, 2)


def test_worker_without_signs_of_life_is_not_healthy() -> None:
    host = os.uname().nodename
    assert not health.is_healthy(host, datetime.now(UTC))
    worker = make_worker(Settings(), InProcess)
    worker.register_birth()  # type: ignore[no-untyped-call]
    assert health.is_healthy(host, datetime.now(UTC))
    assert not health.is_healthy("elsewhere", datetime.now(UTC))
    assert not health.is_healthy(host, datetime.now(UTC) + timedelta(hours=1))
    worker.register_death()  # type: ignore[no-untyped-call]
    assert health.main() == 1


def test_broker_answers() -> None:
    app.check_broker()


real_pause = app.pause
