"""A task does not wait long for a worker that has nothing else to do.

The aim is a p95 below 5 s; the test fails at five times that, so that a busy machine passes.
"""

import time
from collections.abc import Callable
from typing import Any

GREET = "mysql_tortoise_rq.tasks.jobs.send_greeting"
TASKS = 40
AIM_SECONDS = 5.0
LIMIT_SECONDS = 5 * AIM_SECONDS
PATIENCE = 60


def test_tasks_do_not_wait_long(
    start_worker: Callable[..., Any], hand_over: Callable[..., Any]
) -> None:
    start_worker()
    hand_over(GREET, "Ada").get(timeout=PATIENCE)  # the worker is up
    waits = []
    for _ in range(TASKS):
        start = time.perf_counter()
        hand_over(GREET, "Ada").get(timeout=PATIENCE)
        waits.append(time.perf_counter() - start)
    p95 = sorted(waits)[int(TASKS * 0.95)]
    print(f"p95 until a task was done: {p95 * 1000:.0f} ms")
    assert p95 < LIMIT_SECONDS
