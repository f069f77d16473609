"""Tests see nothing of each other, in whatever order they run."""

import pytest

from mongodb_arq.database.models import Note

pytestmark = pytest.mark.usefixtures("connected")


@pytest.mark.parametrize("turn", [1, 2])
async def test_each_test_begins_with_an_empty_collection(turn: int) -> None:
    assert await Note.count() == 0
    await Note(title="Milk", text=str(turn)).insert()
    assert [note.text for note in await Note.find().to_list()] == [str(turn)]
