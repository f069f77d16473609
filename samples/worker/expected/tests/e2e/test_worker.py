"""Real workers with a real Redis: nothing is lost, nothing is done twice."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from celery import Celery
from redis import Redis

from worker.tasks import idempotency

GREET = "worker.tasks.jobs.send_greeting"
WRITE_AFTER = "tests.fixtures.jobs.write_after"
PATIENCE = 60  # seconds


def wait_for(path: Path, text: str) -> None:
    end = time.monotonic() + PATIENCE
    while not path.exists() or text not in path.read_text():
        assert time.monotonic() < end, f"{path} does not say '{text}'"
        time.sleep(0.05)


def test_task_is_done_by_another_process(
    start_celery: Callable[..., Any], redis_queue: Celery
) -> None:
    worker = start_celery()
    result = redis_queue.send_task(GREET, ("Ada",))
    assert result.get(timeout=PATIENCE) == "Hello, Ada!"
    assert worker.stop() == 0


def test_same_key_is_delivered_once(
    start_celery: Callable[..., Any], redis_queue: Celery, redis_url: str
) -> None:
    worker = start_celery()
    key = f"test-{time.time_ns()}"
    results = [redis_queue.send_task(GREET, ("Ada", key)) for _ in range(3)]
    for result in results:
        assert result.get(timeout=PATIENCE) == "Hello, Ada!"
    worker.stop()
    lines = [line for line in worker.log.read_text().splitlines() if "Hello, Ada!" in line]
    assert len([line for line in lines if "succeeded" not in line]) == 1
    store = Redis.from_url(redis_url)
    with idempotency.once(key, store) as needed:
        assert not needed
    store.close()


def test_worker_that_is_asked_to_end_finishes_its_task(
    start_celery: Callable[..., Any], redis_queue: Celery, tmp_path: Path
) -> None:
    worker = start_celery()
    log = tmp_path / "log"
    result = redis_queue.send_task(WRITE_AFTER, (str(log), 1.5))
    wait_for(log, "begin")
    assert worker.stop() == 0
    assert log.read_text() == "begin\nend\n"
    assert result.get(timeout=PATIENCE)


def test_task_of_a_killed_worker_is_done_by_another_one(
    start_celery: Callable[..., Any], redis_queue: Celery, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    first = start_celery(CELERY_VISIBILITY_TIMEOUT="1")
    result = redis_queue.send_task(WRITE_AFTER, (str(log), 1.0))
    wait_for(log, "begin")
    first.kill()
    assert "end" not in log.read_text()
    start_celery(CELERY_VISIBILITY_TIMEOUT="1")
    assert result.get(timeout=PATIENCE)
    assert log.read_text().count("begin") >= 2
