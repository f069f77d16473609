"""From a request to its end: server, Redis and worker, each a process of its own."""

import time
from collections.abc import Callable
from typing import Any

import httpx2

PATIENCE = 60  # seconds


def test_delivery_is_done_by_a_worker(
    start_server: Callable[..., Any],
    start_deployed_worker: Callable[[], Any],
    queue_places: dict[str, str],
) -> None:
    server = start_server(**queue_places)
    answer = httpx2.post(f"{server.url}/v1/deliveries", json={"name": "Ada"})
    assert answer.status_code == 202
    address = f"{server.url}{answer.headers['Location']}"
    start_deployed_worker()
    end = time.monotonic() + PATIENCE
    while (state := httpx2.get(address).json()["state"]) != "done":
        assert time.monotonic() < end, state
        time.sleep(0.1)
    ready = httpx2.get(f"{server.url}/ready").json()
    assert ready["checks"]["broker"] == "ok"


def test_server_without_its_broker_is_not_ready(start_server: Callable[..., Any]) -> None:
    server = start_server(CELERY_BROKER_URL="redis://127.0.0.1:1/0")
    assert httpx2.get(f"{server.url}/health").status_code == 200
    answer = httpx2.get(f"{server.url}/ready", timeout=10)
    assert answer.status_code == 503
    assert answer.json()["checks"]["broker"] in ("failed", "timeout")
