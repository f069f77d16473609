"""How the program connects to the database."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from tortoise import Tortoise
from tortoise.backends.base.config_generator import expand_db_url
from tortoise.connection import get_connection

from mysql_tortoise_rq.settings import Settings

APP = "models"
# Packages of what was added: each is an app of Tortoise's, and its steps begin with its own.
MORE_APPS: tuple[str, ...] = (
    # scaffold:begin models
    # scaffold:end models
)
APPS = {APP: "mysql_tortoise_rq.database"}
APPS |= {name.rpartition(".")[2]: name for name in MORE_APPS}


def make_config(settings: Settings | None = None) -> dict[str, Any]:
    """Return what Tortoise wants to know; nothing is connected yet."""
    settings = settings or Settings()
    connection = expand_db_url(settings.database_url)
    options: dict[str, Any] = connection["credentials"]
    if connection["engine"] == "tortoise.backends.sqlite":
        # Wait for another process that writes, instead of giving up at once.
        options["busy_timeout"] = 5000
    else:
        options["minsize"] = 1
        options["maxsize"] = settings.database_pool_size
        # The server drops connections that nobody used for a while; they are made anew before.
        options["pool_recycle"] = 1800
    return {
        "connections": {"default": connection},
        "apps": {
            label: {
                "models": [f"{package}.models"],
                "migrations": f"{package}.migrations",
                "default_connection": "default",
            }
            for label, package in APPS.items()
        },
        "use_tz": True,
        "timezone": "UTC",
    }


@asynccontextmanager
async def connect(settings: Settings | None = None) -> AsyncIterator[None]:
    """Let the models use the database inside the block; it connects when it is first used."""
    # Requests run in tasks of their own: for them, too, hence the fallback.
    await Tortoise.init(config=make_config(settings), _enable_global_fallback=True)
    try:
        yield
    finally:
        await Tortoise.close_connections()


async def check_database() -> None:
    """Raise an exception unless the database answers."""
    await get_connection("default").execute_query("SELECT 1")
