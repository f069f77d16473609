import asyncio

import pytest
from pymongo.errors import ServerSelectionTimeoutError

from mongodb_arq.database import config
from mongodb_arq.database.models import Note
from mongodb_arq.settings import Settings

NOWHERE = "mongodb://127.0.0.1:9/none"


@pytest.fixture
def nowhere() -> Settings:
    return Settings(_env_file=None, database_url=f"{NOWHERE}?serverSelectionTimeoutMS=50")


async def test_url_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"{NOWHERE[:-4]}other")
    async with config.connect() as connection:
        assert connection.database.name == "other"


@pytest.mark.usefixtures("connected")
async def test_connects() -> None:
    await config.check_database()


async def test_database_that_does_not_answer_is_an_error(nowhere: Settings) -> None:
    async with config.connect(nowhere):
        for _ in range(2):
            with pytest.raises(ServerSelectionTimeoutError):
                await config.check_database()


async def test_all_who_wait_get_the_same_answer(database_url_for_tests: str) -> None:
    async with config.connect(Settings(_env_file=None, database_url=database_url_for_tests)):
        await asyncio.gather(*(config.open_database() for _ in range(10)))
        assert await Note.find().to_list() == []


async def test_connection_can_be_closed_while_it_is_made(nowhere: Settings) -> None:
    async with config.connect(nowhere):
        waiting = asyncio.create_task(config.open_database())
        await asyncio.sleep(0)
    with pytest.raises((asyncio.CancelledError, ServerSelectionTimeoutError)):
        await waiting


async def test_pool_has_the_size_that_the_settings_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_POOL_SIZE", "3")
    connection = config.Connection(Settings(_env_file=None, database_url=NOWHERE))
    assert connection.client.options.pool_options.max_pool_size == 3
    await connection.close()


def test_default_pool() -> None:
    assert Settings.model_fields["database_pool_size"].default == 10
