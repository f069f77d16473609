"""Real workers with a real Redis: nothing is lost, nothing is done twice."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

GREET = "worker.tasks.jobs.send_greeting"
FAIL_AT_FIRST = "tests.fixtures.jobs.fail_at_first"
MAKE_MISTAKE = "tests.fixtures.jobs.make_mistake"
WRITE_AFTER = "tests.fixtures.jobs.write_after"
PATIENCE = 60  # seconds

Start = Callable[..., Any]
HandOver = Callable[..., Any]


def wait_for(path: Path, text: str) -> None:
    end = time.monotonic() + PATIENCE
    while not path.exists() or text not in path.read_text():
        assert time.monotonic() < end, f"{path} does not say '{text}'"
        time.sleep(0.05)


def test_task_is_done_by_another_process(start_worker: Start, hand_over: HandOver) -> None:
    worker = start_worker()
    result = hand_over(GREET, "Ada")
    assert result.get(timeout=PATIENCE) == "Hello, Ada!"
    assert worker.stop() == 0


def test_same_key_is_delivered_once(start_worker: Start, hand_over: HandOver) -> None:
    worker = start_worker()
    key = f"test-{time.time_ns()}"
    results = [hand_over(GREET, "Ada", key) for _ in range(3)]
    for result in results:
        assert result.get(timeout=PATIENCE) == "Hello, Ada!"
    worker.stop()
    lines = [line for line in worker.log.read_text().splitlines() if "Hello, Ada!" in line]
    assert len([line for line in lines if "succeeded" not in line]) == 1


def test_task_that_fails_twice_succeeds(
    start_worker: Start, hand_over: HandOver, tmp_path: Path
) -> None:
    start_worker()
    log = tmp_path / "log"
    assert hand_over(FAIL_AT_FIRST, str(log), 2).get(timeout=PATIENCE) == 3
    first, second, third = (float(line) for line in log.read_text().splitlines())
    assert second - first >= 0.9
    assert third - second >= 1.8


def test_task_that_keeps_failing_is_given_up_after_three_more_tries(
    start_worker: Start, hand_over: HandOver, tmp_path: Path
) -> None:
    start_worker()
    log = tmp_path / "log"
    with pytest.raises(Exception, match="nobody answers"):
        hand_over(FAIL_AT_FIRST, str(log), 100).get(timeout=PATIENCE)
    time.sleep(1)
    assert len(log.read_text().splitlines()) == 4


def test_mistake_is_not_tried_again(
    start_worker: Start, hand_over: HandOver, tmp_path: Path
) -> None:
    start_worker()
    log = tmp_path / "log"
    with pytest.raises(Exception, match="a mistake"):
        hand_over(MAKE_MISTAKE, str(log)).get(timeout=PATIENCE)
    time.sleep(1)
    assert log.read_text() == "tried\n"


def test_worker_that_is_asked_to_end_finishes_its_task(
    start_worker: Start, hand_over: HandOver, tmp_path: Path
) -> None:
    worker = start_worker()
    log = tmp_path / "log"
    result = hand_over(WRITE_AFTER, str(log), 1.5)
    wait_for(log, "begin")
    assert worker.stop() == 0
    assert log.read_text() == "begin\nend\n"
    assert result.get(timeout=PATIENCE)


def test_task_of_a_killed_worker_is_done_by_another_one(
    start_worker: Start, hand_over: HandOver, soon_lost: dict[str, str], tmp_path: Path
) -> None:
    log = tmp_path / "log"
    first = start_worker(**soon_lost)
    result = hand_over(WRITE_AFTER, str(log), 1.0)
    wait_for(log, "begin")
    first.kill()
    assert "end" not in log.read_text()
    start_worker(**soon_lost)
    assert result.get(timeout=PATIENCE)
    assert log.read_text().count("begin") >= 2
