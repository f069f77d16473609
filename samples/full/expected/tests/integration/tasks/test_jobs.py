import logging

import pytest
from celery import Celery

from full_example.tasks import jobs
from full_example.tasks.app import check_broker

pytestmark = pytest.mark.usefixtures("worker")

PATIENCE = 30  # seconds


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
    monkeypatch.setattr("celery.app.autoretry.get_exponential_backoff_interval", lambda **_: 0)


def test_worker_does_the_task() -> None:
    assert jobs.send_greeting.delay("Ada").get(timeout=PATIENCE) == "Hello, Ada!"


def test_task_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = Delivery(failures=2)
    monkeypatch.setattr(jobs, "deliver", delivery)
    assert jobs.send_greeting.delay("Ada").get(timeout=PATIENCE) == "Hello, Ada!"
    assert delivery.calls == 3


def test_task_gives_up_after_three_retries(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    delivery = Delivery(failures=100)
    monkeypatch.setattr(jobs, "deliver", delivery)
    result = jobs.send_greeting.delay("Ada")
    with pytest.raises(ConnectionError, match="nobody answers"):
        result.get(timeout=PATIENCE)
    assert result.state == "FAILURE"
    assert delivery.calls == 4
    errors = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert len(errors) == 1
    assert result.id in errors[0].getMessage()


def test_mistake_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = Delivery(failures=0)
    monkeypatch.setattr(jobs, "deliver", delivery)
    with pytest.raises(ValueError, match="blank"):
        jobs.send_greeting.delay(" ").get(timeout=PATIENCE)
    assert delivery.calls == 0


def test_message_outlives_every_task(queue: Celery) -> None:
    assert queue.conf.broker_transport_options["visibility_timeout"] > queue.conf.task_time_limit


def test_only_json_is_accepted(queue: Celery) -> None:
    assert queue.conf.accept_content == ["json"]


def test_broker_answers() -> None:
    check_broker()
