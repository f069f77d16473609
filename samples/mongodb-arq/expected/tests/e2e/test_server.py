"""The server as a process: it starts, serves and ends as a platform expects."""

from collections.abc import Callable
from typing import Any

import httpx2
import pytest


@pytest.fixture
def place(database: str) -> dict[str, str]:
    return {"DATABASE_URL": database}


def test_server_serves_and_ends_when_asked(
    start_server: Callable[..., Any], place: dict[str, str]
) -> None:
    server = start_server(**place)
    assert httpx2.get(f"{server.url}/health").json() == {"status": "healthy"}
    answer = httpx2.get(f"{server.url}/v1/greeting", params={"name": "Ada"})
    assert answer.json() == {"text": "Hello, Ada!"}
    assert server.stop() == 0
