from pathlib import Path

import pytest

from mongodb_arq.database import __main__ as command
from mongodb_arq.database import migrate
from mongodb_arq.database.config import connect, open_database
from mongodb_arq.database.models import Note

MARK = """
from beanie import Document, free_fall_migration

class Mark(Document):
    class Settings:
        name = "marks"

class Forward:
    @free_fall_migration(document_models=[Mark])
    async def go(self, session):
        await Mark().insert(session=session)

class Backward:
    @free_fall_migration(document_models=[Mark])
    async def back(self, session):
        await Mark.delete_all(session=session)
"""


@pytest.fixture(autouse=True)
def _own_database(empty_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", empty_database)


async def list_indexes() -> set[str]:
    async with connect() as connection:
        return set(await connection.database["notes"].index_information()) - {"_id_"}


async def count_marks() -> int:
    async with connect() as connection:
        return await connection.database["marks"].count_documents({})


async def test_each_step_can_be_taken_back() -> None:
    await migrate.upgrade()
    assert await list_indexes() == {"title"}
    await migrate.downgrade()
    assert await list_indexes() == set()
    await migrate.downgrade()  # nothing is left to take back, which is no error
    await migrate.upgrade()
    assert await list_indexes() == {"title"}


async def test_only_the_newest_step_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "0001_notes.py").write_text((migrate.FOLDER / "0001_notes.py").read_text())
    (tmp_path / "0002_mark.py").write_text(MARK)
    monkeypatch.setattr(migrate, "FOLDER", tmp_path)
    await migrate.upgrade()
    await migrate.upgrade()  # takes no step twice
    assert await count_marks() == 1
    await migrate.downgrade()
    assert await count_marks() == 0
    assert await list_indexes() == {"title"}


async def test_reset_empties_the_database() -> None:
    await migrate.reset()
    async with connect():
        await open_database()
        await Note(title="Milk").insert()
    await migrate.reset()
    assert await list_indexes() == {"title"}
    async with connect():
        await open_database()
        assert await Note.count() == 0


def test_models_and_migrations_agree() -> None:
    assert command.main(["upgrade"]) == 0
    assert command.main(["check"]) == 0


def test_index_that_lacks_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["check"]) == 1
    assert capsys.readouterr().err.startswith("notes.title:")


async def test_migration_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(migrate, "FOLDER", tmp_path)
    assert command.main(["migration", "Add users!"]) == 0
    first = tmp_path / "0001_add_users.py"
    assert capsys.readouterr().out == f"{first}\n"
    assert first.read_text().startswith('"""Add users."""\n')
    assert migrate.write_migration("?") == tmp_path / "0002_step.py"
    await migrate.upgrade()
    await migrate.downgrade()
