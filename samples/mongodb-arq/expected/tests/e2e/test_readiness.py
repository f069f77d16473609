"""A server whose database cannot be reached lives, but asks for no requests."""

from collections.abc import Callable
from typing import Any

import httpx2


def test_server_without_its_database_is_not_ready(start_server: Callable[..., Any]) -> None:
    server = start_server(DATABASE_URL="mongodb://127.0.0.1:9/none?serverSelectionTimeoutMS=500")
    assert httpx2.get(f"{server.url}/health").status_code == 200
    answer = httpx2.get(f"{server.url}/ready", timeout=10)
    assert answer.status_code == 503
    assert answer.json()["checks"]["database"] == "failed"
