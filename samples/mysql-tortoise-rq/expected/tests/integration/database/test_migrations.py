from pathlib import Path
from typing import Any

import pytest
from tortoise.connection import get_connection
from tortoise.exceptions import OperationalError

from mysql_tortoise_rq.database import __main__ as command
from mysql_tortoise_rq.database import migrate
from mysql_tortoise_rq.database.config import connect, make_config
from mysql_tortoise_rq.database.models import Note

SECOND_STEP = """
from tortoise import migrations
from tortoise.migrations import operations as ops

class Migration(migrations.Migration):
    dependencies = [("models", "0001_first")]
    operations = [ops.RunSQL("CREATE TABLE second (id INTEGER)", "DROP TABLE second")]
"""


@pytest.fixture(autouse=True)
def _own_database(empty_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", empty_database)


@pytest.fixture
def without_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the project a folder of migrations that is empty."""
    folder = tmp_path / "steps_of_a_test"
    folder.mkdir()
    (folder / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)

    def make_other_config(_settings: None = None) -> dict[str, Any]:
        config = make_config()
        config["apps"]["models"]["migrations"] = folder.name
        return config

    monkeypatch.setattr(migrate, "make_config", make_other_config)
    return folder


async def has_table(name: str) -> bool:
    async with connect():
        try:
            await get_connection("default").execute_query(f"SELECT 1 FROM {name}")
        except OperationalError:
            return False
    return True


async def test_each_step_can_be_taken_back() -> None:
    await migrate.upgrade()
    assert await has_table("notes")
    await migrate.downgrade()
    assert not await has_table("notes")
    await migrate.downgrade()  # nothing is left to take back, which is no error
    await migrate.upgrade()
    assert await has_table("notes")


async def test_only_the_newest_step_is_taken_back(without_steps: Path) -> None:
    await migrate.write_migration("first")
    (without_steps / "0002_second.py").write_text(SECOND_STEP)
    await migrate.upgrade()
    assert await has_table("second")
    await migrate.downgrade()
    assert not await has_table("second")
    assert await has_table("notes")


async def test_reset_empties_the_database() -> None:
    await migrate.reset()
    async with connect():
        await Note.create(title="Milk")
    await migrate.reset()
    async with connect():
        assert await Note.all().count() == 0


def test_models_and_migrations_agree() -> None:
    assert command.main(["upgrade"]) == 0
    assert command.main(["check"]) == 0


def test_sql_of_a_step_can_be_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["sql", "0001"]) == 0
    assert "CREATE TABLE" in capsys.readouterr().out


def test_change_without_a_migration_is_found(without_steps: Path) -> None:
    assert command.main(["check"]) == 1
    assert list(without_steps.iterdir()) == [without_steps / "__init__.py"]


def test_migration_is_written(without_steps: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["migration", "Add Notes!"]) == 0
    path = without_steps / "0001_add_notes.py"
    assert capsys.readouterr().out == f"{path}\n"
    assert "CreateModel" in path.read_text()
    assert command.main(["check"]) == 0
    assert command.main(["migration", "Nothing new"]) == 0
    assert capsys.readouterr().out == ""
