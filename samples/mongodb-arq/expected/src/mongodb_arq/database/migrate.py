"""Takes the database from one step to the next, and back, with Beanie's own migrations."""

import re
from pathlib import Path
from typing import Any

from beanie.migrations.database import DBHandler
from beanie.migrations.models import RunningDirections, RunningMode
from beanie.migrations.runner import MigrationNode

from mongodb_arq.database import migrations
from mongodb_arq.database.config import Connection, connect
from mongodb_arq.database.models import list_models, list_more_models
from mongodb_arq.settings import Settings

FOLDER = Path(migrations.__path__[0])
EVERY = 0
NEW_STEP = '''"""{sentence}."""

from beanie import Document, free_fall_migration
from pymongo.asynchronous.client_session import AsyncClientSession


class Note(Document):
    """A document, as far as this step must know it."""

    class Settings:
        name = "notes"


class Forward:
    """Take this step."""

    @free_fall_migration(document_models=[Note])
    async def change(self, session: AsyncClientSession) -> None:
        """Say here what changes."""


class Backward:
    """Take this step back."""

    @free_fall_migration(document_models=[Note])
    async def change(self, session: AsyncClientSession) -> None:
        """Say here what changes back."""
'''


async def upgrade(settings: Settings | None = None) -> None:
    """Take every step that the database lacks."""
    async with connect(settings) as connection:
        await _take_all(connection)


async def downgrade(settings: Settings | None = None) -> None:
    """Take the newest step back."""
    async with connect(settings) as connection:
        await _run(connection, RunningDirections.BACKWARD, 1)


async def reset(settings: Settings | None = None) -> None:
    """Empty the database, and take all steps again."""
    async with connect(settings) as connection:
        await connection.client.drop_database(connection.database.name)
        await _take_all(connection)


async def list_missing(settings: Settings | None = None) -> list[str]:
    """Return the indexes that the models name and the database lacks."""
    missing = []
    async with connect(settings) as connection:
        for model in list_models():
            name = model.Settings.name
            there = await connection.database[name].index_information()
            wanted = [index.document["name"] for index in model.Settings.indexes]
            missing += [f"{name}.{index}" for index in wanted if index not in there]
    return missing


def write_migration(message: str) -> Path:
    """Write a next step to fill in, and return its file."""
    words = re.findall("[a-z0-9]+", message.lower())
    numbers = [int(path.name[:4]) for path in FOLDER.glob("[0-9][0-9][0-9][0-9]_*.py")]
    path = FOLDER / f"{max(numbers, default=0) + 1:04}_{'_'.join(words) or 'step'}.py"
    path.write_text(NEW_STEP.format(sentence=" ".join(words).capitalize() or "A step"))
    return path


async def _take_all(connection: Connection) -> None:
    await _run(connection, RunningDirections.FORWARD, EVERY)
    # Beanie's steps are one row, where what is added and removed would leave gaps: it has none.
    for model in list_more_models():
        await connection.database[model.Settings.name].create_indexes(model.Settings.indexes)


async def _run(connection: Connection, direction: RunningDirections, distance: int) -> None:
    # Where Beanie's migrations look for the database.
    place: Any = DBHandler
    place.client, place.database = connection.client, connection.database
    newest = await MigrationNode.build(FOLDER)
    await newest.run(
        RunningMode(direction=direction, distance=distance),
        allow_index_dropping=False,
        use_transaction=False,  # only a replica set has them
    )
