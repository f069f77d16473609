"""Runs the migrations, for the command `alembic` and for the tests."""

import logging
from importlib import import_module
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

# Importing models makes their tables known to Base.
import full_example.auth.models
import full_example.database.models  # noqa: F401
from full_example.database.base import Base, UTCDateTime
from full_example.database.config import database_url, make_engine

MORE_MODELS: tuple[str, ...] = (
    # scaffold:begin models
    # scaffold:end models
)
for module in MORE_MODELS:
    import_module(module)


def render_item(kind: str, item: object, found: AutogenContext) -> str | Literal[False]:
    """Write types of ours as the database's, so that migrations outlive the code."""
    if kind == "type" and isinstance(item, UTCDateTime):
        found.imports.add("from sqlalchemy.dialects import mysql")
        return 'sa.DateTime(timezone=True).with_variant(mysql.DATETIME(fsp=6), "mysql")'
    return False


def run(**target: Any) -> None:
    """Run the migrations on a connection, or print their SQL for a URL."""
    context.configure(
        target_metadata=Base.metadata,
        render_item=render_item,
        **target,
    )
    with context.begin_transaction():
        context.run_migrations()


logging.basicConfig(format="%(message)s")
logging.getLogger("alembic.runtime.migration").setLevel(logging.INFO)
url = context.config.attributes.get("url") or database_url()
if context.is_offline_mode():
    run(url=url, literal_binds=True)
else:
    engine = make_engine(url)
    with engine.connect() as connection:
        run(connection=connection)
    engine.dispose()
