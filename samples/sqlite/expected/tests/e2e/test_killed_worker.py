"""What a killed worker had begun, with a real worker and a real Redis."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

WRITE_ONCE = "tests.fixtures.jobs.write_once"
PATIENCE = 60  # seconds


def test_work_with_a_key_is_done_although_its_worker_was_killed(
    start_worker: Callable[..., Any],
    hand_over: Callable[..., Any],
    soon_lost: dict[str, str],
    tmp_path: Path,
) -> None:
    log = tmp_path / "log"
    first = start_worker(**soon_lost)
    result = hand_over(WRITE_ONCE, str(log), f"test-{time.time_ns()}", 1.0)
    end = time.monotonic() + PATIENCE
    while not log.exists() or "begin" not in log.read_text():
        assert time.monotonic() < end
        time.sleep(0.05)
    first.kill()
    start_worker(**soon_lost)
    result.get(timeout=PATIENCE)
    assert log.read_text() == "begin\nbegin\nend\n"
