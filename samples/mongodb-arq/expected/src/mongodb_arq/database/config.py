"""How the program connects to the database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from beanie import init_beanie
from pymongo import AsyncMongoClient
from pymongo.asynchronous.database import AsyncDatabase

from mongodb_arq.database.models import list_models
from mongodb_arq.settings import Settings

Client = AsyncMongoClient[dict[str, Any]]


class Connection:
    """A process's connections to the server; they are made when they are first used."""

    def __init__(self, settings: Settings) -> None:
        url = settings.database_url
        options: dict[str, Any] = {"maxPoolSize": settings.database_pool_size, "tz_aware": True}
        if "serverselectiontimeoutms" not in url.lower():
            # Otherwise a request would wait half a minute for a server that is down.
            options["serverSelectionTimeoutMS"] = 5000
        self.client: Client = AsyncMongoClient(url, **options)
        self._opening: asyncio.Task[None] | None = None

    @property
    def database(self) -> AsyncDatabase[dict[str, Any]]:
        """The database that the URL names."""
        return self.client.get_default_database("mongodb_arq")

    async def open(self) -> None:
        """Make the models usable; all who ask meanwhile wait for the same answer."""
        if self._opening is None or (self._opening.done() and self._opening.exception()):
            # The indexes are a matter of the migrations.
            models = list_models()
            opening = init_beanie(self.database, document_models=models, skip_indexes=True)
            self._opening = asyncio.create_task(opening)
        await asyncio.shield(self._opening)

    async def close(self) -> None:
        """End the connections."""
        if self._opening is not None:
            self._opening.cancel()
            await asyncio.gather(self._opening, return_exceptions=True)
        await self.client.close()


# Beanie's models know one database at a time, so there is one connection at a time.
_connections: list[Connection] = []


@asynccontextmanager
async def connect(settings: Settings | None = None) -> AsyncIterator[Connection]:
    """Give the program a connection to use inside the block."""
    connection = Connection(settings or Settings())
    _connections.append(connection)
    try:
        yield connection
    finally:
        _connections.remove(connection)
        await connection.close()


async def open_database() -> None:
    """Make the models usable, inside a block of `connect()`."""
    await _connections[-1].open()


async def check_database() -> None:
    """Raise an exception unless the database answers."""
    await open_database()
    await _connections[-1].client.admin.command("ping")
