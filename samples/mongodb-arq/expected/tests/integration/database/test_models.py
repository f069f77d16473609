from datetime import UTC, datetime, timedelta

import pytest
from pymongo.errors import DuplicateKeyError

from mongodb_arq.database.models import Note

pytestmark = pytest.mark.usefixtures("connected")


async def get_only_note() -> Note:
    (note,) = await Note.find().to_list()
    return note


async def test_note_is_created_read_changed_and_deleted() -> None:
    await Note(title="Milk", text="two litres").insert()
    note = await get_only_note()
    assert note.text == "two litres"
    note.text = "one litre"
    await note.save()
    note = await get_only_note()
    assert note.text == "one litre"
    await note.delete()
    assert await Note.count() == 0


async def test_note_says_when_it_was_made_and_changed() -> None:
    before = datetime.now(UTC) - timedelta(milliseconds=1)
    await Note(title="Milk").insert()
    note = await get_only_note()
    assert note.created_at.utcoffset() == timedelta(0)
    assert before <= note.created_at <= datetime.now(UTC)
    first_time = note.updated_at
    note.text = "one litre"
    await note.replace()
    changed = await get_only_note()
    assert changed.updated_at > first_time
    assert changed.created_at == note.created_at


async def test_every_character_is_kept() -> None:
    title = "\N{SNOWMAN} \N{GRINNING FACE}"
    await Note(title=title, text="\N{GRINNING FACE}" * 10_000).insert()
    note = await get_only_note()
    assert (note.title, note.text) == (title, "\N{GRINNING FACE}" * 10_000)


async def test_titles_are_unique() -> None:
    await Note(title="Milk").insert()
    with pytest.raises(DuplicateKeyError):
        await Note(title="Milk").insert()


async def test_operators_in_a_text_are_only_text() -> None:
    await Note(title="Milk").insert()
    assert await Note.find({"title": '{"$ne": ""}'}).to_list() == []
