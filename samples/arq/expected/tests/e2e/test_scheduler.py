"""Real workers hand over what is due, once, however many there are."""

import copy
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from coroutines.tasks.schedule import DUE

PATIENCE = 60  # seconds
PROGRAM = """
from arq import cron
from coroutines.tasks import schedule
schedule.DUE[:] = [cron(schedule.greet_the_world, second=set(range(60)))]
from coroutines.tasks.worker import main
main()
"""


def test_workers_hand_over_what_is_due(
    start_process: Callable[..., Any], queue_places: dict[str, str]
) -> None:
    workers = [start_process([sys.executable, "-c", PROGRAM], queue_places) for _ in range(2)]
    start = time.monotonic()
    while sum(worker.log.read_text().count("Hello, world!") for worker in workers) < 4:
        assert time.monotonic() - start < PATIENCE, workers[0].log.read_text()
        time.sleep(0.05)
    assert [worker.stop() for worker in workers] == [0, 0]
    texts = [worker.log.read_text() for worker in workers]
    assert sum(text.count("Hello, world!") for text in texts) <= time.monotonic() - start + 1


def test_what_is_due_each_morning() -> None:
    due = copy.copy(DUE[0])  # it remembers what was asked
    assert len(DUE) == 1
    due.calculate_next(datetime(2026, 1, 1, 7, tzinfo=UTC))
    assert due.next_run is not None
    assert due.next_run.replace(microsecond=0) == datetime(2026, 1, 2, 6, tzinfo=UTC)
