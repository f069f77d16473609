"""Does work once, although the queue may deliver its task more than once."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from redis import Redis

from small_service.settings import Settings
from small_service.tasks.app import task_id, time_limit

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


@contextmanager
def default_store() -> Iterator[Store]:
    """Connect to the Redis that also keeps the tasks, for as long as the work takes."""
    with Redis.from_url(Settings().queue_url) as store:
        yield store


@contextmanager
def once(key: str, store: Store | None = None) -> Iterator[bool]:
    """Say whether the work of this name is still to be done, and remember when it was.

    A failure gives the work free again. When a worker dies, its task takes the work over as soon as
    it is delivered again; other tasks may have it when the time limit has passed.

    Raises:
        BusyError: somebody else is at it.
    """
    if store is None:
        with default_store() as own, once(key, own) as needed:
            yield needed
        return
    name = f"small_service:once:{key}"
    claim = (task_id() or uuid.uuid4().hex).encode()
    if not store.set(name, claim, nx=True, ex=time_limit()):
        found = store.get(name)
        if found == DONE:
            yield False
            return
        if found != claim:
            raise BusyError(key)
        # This very task began it, and its worker died: while one lives, nobody else gets its task.
        store.set(name, claim, ex=time_limit())
    try:
        yield True
    except BaseException:
        if store.get(name) == claim:
            store.delete(name)
        raise
    store.set(name, DONE, ex=KEEP_SECONDS)
