import asyncio

import pytest

from mongodb_arq.tasks.idempotency import BusyError, once


class Memory:
    """Stands in for Redis."""

    def __init__(self) -> None:
        self.values: dict[str, bytes] = {}

    async def set(self, name: str, value: bytes, *, nx: bool = False, ex: int) -> bool | None:
        assert ex > 0
        if nx and name in self.values:
            return None
        self.values[name] = value
        return True

    async def get(self, name: str) -> bytes | None:
        return self.values.get(name)

    async def delete(self, name: str) -> int:
        return 1 if self.values.pop(name, None) else 0


async def is_needed(key: str, store: Memory) -> bool:
    async with once(key, store) as needed:
        return needed


async def fail(store: Memory, *, lose_the_claim: bool = False) -> None:
    async with once("a", store):
        if lose_the_claim:
            store.values[next(iter(store.values))] = b"the claim of another worker"
        raise OSError("no")


def test_work_is_done_once() -> None:
    store = Memory()
    assert asyncio.run(is_needed("a", store))
    assert not asyncio.run(is_needed("a", store))
    assert asyncio.run(is_needed("b", store))


def test_failure_gives_the_work_free() -> None:
    store = Memory()
    with pytest.raises(OSError, match="no"):
        asyncio.run(fail(store))
    assert asyncio.run(is_needed("a", store))


def test_two_workers_do_not_do_it_at_once() -> None:
    store = Memory()

    async def both() -> None:
        async with once("a", store):
            await is_needed("a", store)

    with pytest.raises(BusyError):
        asyncio.run(both())


def test_late_failure_does_not_take_the_work_from_somebody_else() -> None:
    store = Memory()
    with pytest.raises(OSError, match="no"):
        asyncio.run(fail(store, lose_the_claim=True))
    assert list(store.values.values()) == [b"the claim of another worker"]
