"""Does work once, although the queue may deliver its task more than once."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from redis import Redis

from mysql_tortoise_rq.settings import Settings
from mysql_tortoise_rq.tasks.app import time_limit

DONE = b"done"
KEEP_SECONDS = 86_400


class BusyError(Exception):
    """Another worker is doing the work right now; whether it succeeds is not known yet."""


class Store(Protocol):
    """The part of Redis that is used here."""

    def set(self, name: str, value: bytes, *, nx: bool = False, ex: int) -> object:
        """Keep a value for some seconds; with `nx` only if there is none."""

    def get(self, name: str) -> object:
        """Return a value."""

    def delete(self, name: str) -> object:
        """Remove a value."""


def default_store() -> Store:
    """Return the Redis that also keeps the tasks."""
    store: Store = Redis.from_url(Settings().queue_url)
    return store


@contextmanager
def once(key: str, store: Store | None = None) -> Iterator[bool]:
    """Say whether the work of this name is still to be done, and remember when it was.

    A failure gives the work free again. So does the death of a worker, when no task can still run
    that began before it.

    Raises:
        BusyError: somebody else is at it.
    """
    store = store or default_store()
    name = f"mysql_tortoise_rq:once:{key}"
    claim = uuid.uuid4().hex.encode()
    if not store.set(name, claim, nx=True, ex=time_limit()):
        if store.get(name) == DONE:
            yield False
            return
        raise BusyError(key)
    try:
        yield True
    except BaseException:
        if store.get(name) == claim:
            store.delete(name)
        raise
    store.set(name, DONE, ex=KEEP_SECONDS)
