"""A real scheduler hands over what is due."""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from celery import Celery

GREET = "full_example.tasks.jobs.send_greeting"
WRITE_AFTER = "tests.fixtures.jobs.write_after"
PATIENCE = 60  # seconds


def test_scheduler_hands_over_what_is_due(
    start_worker: Callable[..., Any],
    start_process: Callable[..., Any],
    queue_places: dict[str, str],
    queue_name: str,
    tmp_path: Path,
) -> None:
    start_worker()
    log = tmp_path / "log"
    program = f"""
from full_example.tasks.app import app
app.conf.task_default_queue = {queue_name!r}
task = dict(task={WRITE_AFTER!r}, schedule=1.0, args=[{str(log)!r}, 0])
app.conf.beat_schedule = dict(often=task)
app.Beat(schedule={str(tmp_path / "schedule")!r}, quiet=True).run()
"""
    scheduler = start_process([sys.executable, "-c", program], queue_places)
    end = time.monotonic() + PATIENCE
    while not log.exists() or "end\nbegin" not in log.read_text():
        assert time.monotonic() < end, scheduler.log.read_text()
        time.sleep(0.05)
    assert scheduler.stop() == 0


def test_what_is_due_each_morning(queue: Celery) -> None:
    (entry,) = queue.conf.beat_schedule.values()
    assert (entry["schedule"].hour, entry["schedule"].minute) == ({6}, {0})
    assert entry["task"] == GREET
