from datetime import UTC, datetime, timedelta

import pytest
from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from mysql_tortoise_rq.database.models import Note

pytestmark = pytest.mark.usefixtures("connected")


async def test_note_is_created_read_changed_and_deleted() -> None:
    await Note.create(title="Milk", text="two litres")
    note = await Note.get(title="Milk")
    assert note.text == "two litres"
    note.text = "one litre"
    await note.save()
    note = await Note.get()
    assert note.text == "one litre"
    await note.delete()
    assert await Note.all() == []


async def test_note_says_when_it_was_made_and_changed() -> None:
    before = datetime.now(UTC)
    await Note.create(title="Milk")
    note = await Note.get()
    assert note.created_at.utcoffset() == timedelta(0)
    assert before <= note.created_at <= datetime.now(UTC)
    first_time = note.updated_at
    note.text = "one litre"
    await note.save()
    assert (await Note.get()).updated_at > first_time


async def test_every_character_is_kept() -> None:
    await Note.create(title="\N{SNOWMAN} \N{GRINNING FACE}", text="\N{GRINNING FACE}" * 10_000)
    note = await Note.get()
    assert note.title == "\N{SNOWMAN} \N{GRINNING FACE}"
    assert note.text == "\N{GRINNING FACE}" * 10_000


async def test_titles_are_unique() -> None:
    await Note.create(title="Milk")
    with pytest.raises(IntegrityError):
        await Note.create(title="Milk")


async def test_failed_work_leaves_nothing() -> None:
    async def fail() -> None:
        async with in_transaction():
            await Note.create(title="Milk")
            raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        await fail()
    assert await Note.all() == []
