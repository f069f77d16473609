"""Runs the migrations, for the command `alembic` and for the tests."""

import logging
from typing import Any

from alembic import context

from full_example.database.config import database_url, make_engine
from full_example.database.models import Base, UTCDateTime


def render_item(kind: str, item: Any, _context: object) -> str | bool:
    """Write types of ours as the database's, so that migrations outlive the code."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
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
