"""What remembers that work was done, in a real Redis."""

import time
import uuid
from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
from redis import Redis

from full_example.tasks import idempotency
from full_example.tasks.idempotency import once

PATIENCE = 10  # seconds


class Kept(Redis):
    """A client that nobody collects: what it does not close stays open."""

    clients: ClassVar[list[Redis]] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clients.append(self)


class Watch:
    """Counts the connections with a name of the test's own."""

    def __init__(self, redis: Redis, name: str) -> None:
        self.redis: Any = redis
        self.name = name

    def count(self) -> int:
        return [client["name"] for client in self.redis.client_list()].count(self.name)


@pytest.fixture
def watch(redis_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    name = f"test-{uuid.uuid4().hex}"
    setting = "CELERY_RESULT_BACKEND"
    monkeypatch.setenv(setting, f"{redis_url}?client_name={name}")
    monkeypatch.setattr(idempotency, "Redis", Kept)
    with Redis.from_url(redis_url) as redis:
        yield Watch(redis, name)
    Kept.clients.clear()


def test_connection_ends_with_the_work(watch: Watch) -> None:
    key = uuid.uuid4().hex
    with once(key) as needed:
        assert needed
        assert watch.count() == 1
    end = time.monotonic() + PATIENCE
    while watch.count():
        assert time.monotonic() < end
        time.sleep(0.01)
    with once(key) as needed:
        assert not needed


def test_connection_ends_with_work_that_failed(watch: Watch) -> None:
    with pytest.raises(OSError, match="no"), once(uuid.uuid4().hex):
        raise OSError("no")
    end = time.monotonic() + PATIENCE
    while watch.count():
        assert time.monotonic() < end
        time.sleep(0.01)
