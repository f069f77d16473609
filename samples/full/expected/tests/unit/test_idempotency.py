import pytest

from full_example.tasks import idempotency
from full_example.tasks.idempotency import BusyError, once


class Memory:
    """Stands in for Redis."""

    def __init__(self) -> None:
        self.values: dict[str, bytes] = {}

    def set(self, name: str, value: bytes, *, nx: bool = False, ex: int) -> bool | None:
        assert ex > 0
        if nx and name in self.values:
            return None
        self.values[name] = value
        return True

    def get(self, name: str) -> bytes | None:
        return self.values.get(name)

    def delete(self, name: str) -> int:
        return 1 if self.values.pop(name, None) else 0


def test_work_is_done_once() -> None:
    store = Memory()
    with once("a", store) as needed:
        assert needed
    with once("a", store) as needed:
        assert not needed
    with once("b", store) as needed:
        assert needed


def test_failure_gives_the_work_free() -> None:
    store = Memory()
    with pytest.raises(OSError, match="no"), once("a", store):
        raise OSError("no")
    with once("a", store) as needed:
        assert needed


def test_two_workers_do_not_do_it_at_once() -> None:
    store = Memory()
    with once("a", store), pytest.raises(BusyError), once("a", store):
        pass


def test_task_takes_over_what_it_had_begun_when_its_worker_died(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(idempotency, "task_id", lambda: "the task")
    store = Memory()
    store.set("full_example:once:a", b"the task", ex=1)
    with once("a", store) as needed:
        assert needed
    with once("a", store) as needed:
        assert not needed


def test_late_failure_does_not_take_the_work_from_somebody_else() -> None:
    store = Memory()

    def lose_the_claim_and_fail() -> None:
        with once("a", store):
            store.values[next(iter(store.values))] = b"the claim of another worker"
            raise OSError("no")

    with pytest.raises(OSError, match="no"):
        lose_the_claim_and_fail()
    assert list(store.values.values()) == [b"the claim of another worker"]
