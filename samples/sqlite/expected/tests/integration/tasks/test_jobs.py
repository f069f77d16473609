"""A worker in this process does the tasks, with a real Redis."""

import logging
import threading
from collections.abc import Iterator

import dramatiq
import pytest
from dramatiq.message import Message
from dramatiq.results import ResultFailure
from redis.exceptions import ConnectionError as RedisConnectionError

from small_service.settings import Settings
from small_service.tasks import app, health, jobs
from small_service.tasks.worker import run

PATIENCE_MS = 30_000


class Delivery:
    """Stands in for `deliver` and fails as often as it is told."""

    def __init__(self, failures: int) -> None:
        self.failures = failures
        self.calls = 0

    def __call__(self, text: str) -> None:
        self.calls += 1
        if self.calls <= self.failures:
            raise ConnectionError("nobody answers")


@pytest.fixture
def worker(redis_url: str) -> Iterator[None]:
    """Run a worker in threads of this process."""
    app.broker.flush_all()
    asked = threading.Event()
    worker = dramatiq.Worker(app.broker, worker_timeout=50, worker_threads=1)
    thread = threading.Thread(target=run, args=(worker, Settings(_env_file=None), asked))
    thread.start()
    yield
    asked.set()
    thread.join()
    app.broker.middleware.pop()  # the worker's own


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(jobs.send_greeting.options, "min_backoff", 1)


def result_of(message: Message[str]) -> str:
    return message.get_result(block=True, timeout=PATIENCE_MS)


@pytest.mark.usefixtures("worker")
def test_worker_does_the_task() -> None:
    assert result_of(jobs.send_greeting.send("Ada")) == "Hello, Ada!"


@pytest.mark.usefixtures("worker")
def test_task_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = Delivery(failures=2)
    monkeypatch.setattr(jobs, "deliver", delivery)
    assert result_of(jobs.send_greeting.send("Ada")) == "Hello, Ada!"
    assert delivery.calls == 3


@pytest.mark.usefixtures("worker")
def test_task_gives_up_after_three_retries(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    delivery = Delivery(failures=100)
    monkeypatch.setattr(jobs, "deliver", delivery)
    message = jobs.send_greeting.send("Ada")
    with pytest.raises(ResultFailure, match="nobody answers"):
        result_of(message)
    assert delivery.calls == 4
    given_up = [record for record in caplog.records if "Retries exceeded" in record.getMessage()]
    assert len(given_up) == 1
    assert given_up[0].levelno >= logging.WARNING
    assert message.message_id in given_up[0].getMessage()


@pytest.mark.usefixtures("worker")
def test_mistake_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = Delivery(failures=0)
    monkeypatch.setattr(jobs, "deliver", delivery)
    with pytest.raises(ResultFailure, match="blank"):
        result_of(jobs.send_greeting.send(" "))
    assert delivery.calls == 0


@pytest.mark.usefixtures("redis_url")
def test_worker_gives_signs_of_life() -> None:
    settings = Settings(_env_file=None)
    health.give_sign(settings)
    assert health.is_healthy(settings)
    assert health.main() == 0
    assert not health.is_healthy(settings.model_copy(update={"queue_name": "another"}))
    assert health.sign_seconds(settings) < settings.queue_lost_seconds


def test_worker_without_redis_is_not_healthy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUEUE_URL", "redis://127.0.0.1:1/0")
    assert health.main() == 1
    settings = Settings(_env_file=None)
    with pytest.raises(RedisConnectionError):
        health.give_sign(settings)


@pytest.mark.usefixtures("redis_url")
def test_broker_answers() -> None:
    app.check_broker()
