"""A real scheduler hands over what is due."""

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from accounts_on_mysql.tasks.scheduler import make_scheduler

PATIENCE = 60  # seconds


def test_scheduler_hands_over_what_is_due(
    start_worker: Callable[..., Any],
    start_process: Callable[..., Any],
    queue_places: dict[str, str],
) -> None:
    worker = start_worker()
    program = """
import logging
from accounts_on_mysql.tasks import scheduler
due = scheduler.make_scheduler()
(job,) = due.get_jobs()
job.reschedule("interval", seconds=1)
scheduler.run(due)
"""
    scheduler = start_process([sys.executable, "-c", program], queue_places)
    end = time.monotonic() + PATIENCE
    while worker.log.read_text().count("Hello, world!") < 2:
        assert time.monotonic() < end, scheduler.log.read_text()
        time.sleep(0.05)
    assert scheduler.stop() == 0


def test_what_is_due_each_morning() -> None:
    (job,) = make_scheduler().get_jobs()
    due = job.trigger.get_next_fire_time(None, datetime(2026, 1, 1, 7, tzinfo=UTC))
    assert due == datetime(2026, 1, 2, 6, tzinfo=UTC)
