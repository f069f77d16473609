import asyncio
import socket

import pytest
from pymongo.errors import ServerSelectionTimeoutError
from pymongo.uri_parser import parse_uri

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


async def copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    while data := await source.read(65_536):
        target.write(data)
    target.close()
    await target.wait_closed()


async def test_connects_to_a_server_that_comes_later(database_url_for_tests: str) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    known = parse_uri(database_url_for_tests)
    host, server_port = known["nodelist"][0]
    forwarding = []

    async def forward(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        other_reader, other_writer = await asyncio.open_connection(host, server_port)
        forwarding.append(asyncio.create_task(copy(reader, other_writer)))
        forwarding.append(asyncio.create_task(copy(other_reader, writer)))

    # The driver looks for a server that was not there twice in a second.
    options = "directConnection=true&serverSelectionTimeoutMS=1500"
    url = f"mongodb://127.0.0.1:{port}/{known['database']}?{options}"
    async with config.connect(Settings(_env_file=None, database_url=url)) as connection:
        with pytest.raises(ServerSelectionTimeoutError):
            await config.check_database()
        server = await asyncio.start_server(forward, "127.0.0.1", port)
        await config.check_database()
        assert await Note.count() == 0
        await connection.close()
        await asyncio.gather(*forwarding)
        server.close()
        await server.wait_closed()


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
