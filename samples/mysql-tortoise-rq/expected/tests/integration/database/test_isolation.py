"""Tests see nothing of each other, in whatever order they run."""

import pytest
from tortoise.transactions import in_transaction

from mysql_tortoise_rq.database.models import Note

pytestmark = pytest.mark.usefixtures("connected")


@pytest.mark.parametrize("turn", [1, 2])
async def test_each_test_begins_with_an_empty_table(turn: int) -> None:
    assert await Note.all().count() == 0
    await Note.create(title="Milk", text=str(turn))
    assert (await Note.get()).text == str(turn)


async def test_rollback_takes_back_only_its_own_transaction() -> None:
    async def fail() -> None:
        async with in_transaction():
            await Note.create(title="Lost")
            raise RuntimeError("no more")

    await Note.create(title="Kept")
    with pytest.raises(RuntimeError, match="no more"):
        await fail()
    assert [note.title for note in await Note.all()] == ["Kept"]
