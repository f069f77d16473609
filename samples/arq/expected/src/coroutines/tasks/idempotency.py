"""Does work once, although the queue may deliver its task more than once."""

import uuid
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from typing import Protocol

from coroutines.tasks.app import time_limit

DONE = b"done"
KEEP_SECONDS = 86_400


class BusyError(Exception):
    """Another worker is doing the work right now; whether it succeeds is not known yet."""


class Store(Protocol):
    """The part of Redis that is used here."""

    def set(self, name: str, value: bytes, *, nx: bool = False, ex: int) -> Awaitable[object]:
        """Keep a value for some seconds; with `nx` only if there is none."""

    def get(self, name: str) -> Awaitable[object]:
        """Return a value."""

    def delete(self, name: str) -> Awaitable[object]:
        """Remove a value."""


@asynccontextmanager
async def once(key: str, store: Store) -> AsyncIterator[bool]:
    """Say whether the work of this name is still to be done, and remember when it was.

    A failure gives the work free again. So does the death of a worker, when no task can still run
    that began before it.

    Raises:
        BusyError: somebody else is at it.
    """
    name = f"coroutines:once:{key}"
    claim = uuid.uuid4().hex.encode()
    if not await store.set(name, claim, nx=True, ex=time_limit()):
        if await store.get(name) == DONE:
            yield False
            return
        raise BusyError(key)
    try:
        yield True
    except BaseException:
        if await store.get(name) == claim:
            await store.delete(name)
        raise
    await store.set(name, DONE, ex=KEEP_SECONDS)
