from pathlib import Path

import pytest
from tortoise.connection import get_connection
from tortoise.exceptions import BaseORMException

from mysql_tortoise_rq.database import config
from mysql_tortoise_rq.settings import Settings


def test_url_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite://other.db")
    connection = config.make_config()["connections"]["default"]
    assert connection["credentials"]["file_path"] == "other.db"


@pytest.mark.usefixtures("connected")
async def test_connects() -> None:
    await config.check_database()


async def test_database_that_does_not_answer_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "file.db"
    path.write_text("This is a text, and no database. " * 100)
    async with config.connect(Settings(_env_file=None, database_url=f"sqlite://{path}")):
        with pytest.raises(Exception, match="not a database"):
            await config.check_database()


async def test_sqlite_is_configured(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, database_url=f"sqlite://{tmp_path / 'file.db'}")
    async with config.connect(settings):
        database = get_connection("default")
        found = [
            dict(row)
            for pragma in ("foreign_keys", "journal_mode", "busy_timeout")
            for row in (await database.execute_query(f"PRAGMA {pragma}"))[1]
        ]
    assert found == [{"foreign_keys": 1}, {"journal_mode": "wal"}, {"timeout": 5000}]


async def test_models_work_only_while_connected() -> None:
    with pytest.raises((BaseORMException, RuntimeError)):
        await config.check_database()


def test_pool_has_the_size_that_the_settings_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_POOL_SIZE", "3")
    options = config.make_config()["connections"]["default"]["credentials"]
    assert (options["minsize"], options["maxsize"]) == (1, 3)
    assert options["pool_recycle"] == 1800


def test_default_pool() -> None:
    assert Settings.model_fields["database_pool_size"].default == 10
