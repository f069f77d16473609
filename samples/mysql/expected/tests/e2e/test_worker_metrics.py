"""A real worker serves numbers about what it did."""

import re
import socket
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

GREET = "accounts_on_mysql.tasks.jobs.send_greeting"
FAIL_AT_FIRST = "tests.fixtures.jobs.fail_at_first"
PATIENCE = 60  # seconds


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_worker_counts_its_tasks(
    start_worker: Callable[..., Any], hand_over: Callable[..., Any], tmp_path: Path
) -> None:
    port = free_port()
    start_worker(WORKER_METRICS_PORT=str(port))
    hand_over(GREET, "Ada").get(timeout=PATIENCE)
    hand_over(FAIL_AT_FIRST, str(tmp_path / "log"), 1).get(timeout=PATIENCE)
    with pytest.raises(Exception, match="blank"):
        hand_over(GREET, " ").get(timeout=PATIENCE)
    end = time.monotonic() + PATIENCE
    while True:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
            text = answer.read().decode()
        counts = re.findall(r'tasks_total\{state="(\w+)",task="[\w.]*(\w{5})"\} (\d)', text)
        if len(counts) == 4:
            break
        assert time.monotonic() < end, text
        time.sleep(0.1)
    assert sorted(counts) == [
        ("FAILURE", "eting", "1"),
        ("RETRY", "first", "1"),
        ("SUCCESS", "eting", "1"),
        ("SUCCESS", "first", "1"),
    ]
    assert "task_duration_seconds_count" in text
