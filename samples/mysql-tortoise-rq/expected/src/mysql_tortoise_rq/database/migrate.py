"""Takes the database's schema from one step to the next, and back."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tortoise.connection import get_connection
from tortoise.context import TortoiseContext
from tortoise.migrations.api import migrate, sqlmigrate
from tortoise.migrations.autodetector import MigrationAutodetector
from tortoise.migrations.executor import MigrationExecutor
from tortoise.migrations.writer import MigrationWriter, format_migration_name

from mysql_tortoise_rq.database.config import APP, APPS, make_config
from mysql_tortoise_rq.settings import Settings


async def upgrade(settings: Settings | None = None) -> None:
    """Take every step that the database lacks."""
    config = make_config(settings)
    async with _open(config):
        await migrate(config=config, direction="forward", progress=_tell)


async def downgrade(settings: Settings | None = None, app: str = APP) -> None:
    """Take the newest step of an app back."""
    config = make_config(settings)
    async with _open(config):
        taken = await _list_taken(config, app)
        target = taken[-2] if len(taken) > 1 else "__first__"
        await migrate(config=config, target=f"{app}.{target}", direction="backward", progress=_tell)


async def reset(settings: Settings | None = None) -> None:
    """Empty the database: all steps back, and all again."""
    config = make_config(settings)
    async with _open(config):
        for app in APPS:
            await migrate(
                config=config, target=f"{app}.__first__", direction="backward", progress=_tell
            )
        await migrate(config=config, direction="forward", progress=_tell)


async def find_changes(settings: Settings | None = None) -> list[MigrationWriter]:
    """Return the steps that lead from the migrations to the models: none if they agree."""
    config = make_config(settings)
    async with _open(config) as context:
        assert context.apps is not None
        return await MigrationAutodetector(context.apps, config["apps"]).changes()


async def write_migration(name: str, settings: Settings | None = None) -> list[Path]:
    """Write the next step, and return its file; nothing if the models did not change."""
    paths = []
    for step in await find_changes(settings):
        step.name = format_migration_name(int(step.name.split("_")[0]), name)
        paths.append(Path(step.write()))
    return paths


async def list_statements(name: str, settings: Settings | None = None, app: str = APP) -> list[str]:
    """Return the SQL of a step, for somebody to read."""
    config = make_config(settings)
    async with _open(config):
        return await sqlmigrate(config=config, app_label=app, migration_name=name)


@asynccontextmanager
async def _open(config: dict[str, Any]) -> AsyncIterator[TortoiseContext]:
    async with TortoiseContext() as context:
        await context.init(config=config)
        yield context


async def _list_taken(config: dict[str, Any], app: str) -> list[str]:
    """Return the names of an app's steps that the database has taken, oldest first."""
    executor = MigrationExecutor(get_connection("default"), config["apps"])
    applied = await executor.recorder.applied_migrations()
    return sorted(key.name for key in applied if key.app_label == app)


def _tell(event: str, _app: str, name: str) -> None:
    # To standard error: what is printed on standard output is the result of a command.
    print(event.replace("_", " "), name, file=sys.stderr)
