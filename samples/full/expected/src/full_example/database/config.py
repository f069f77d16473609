"""Where the database is and how the program connects to it."""

import os
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.orm import Session, sessionmaker

# Without a password: give one in DATABASE_URL, or by libpq's own means (PGPASSWORD, ~/.pgpass).
DEFAULT_URL = "postgresql+psycopg://localhost/full_example"

# For a database server; SQLite works within the process and needs none of it.
POOL: dict[str, Any] = {
    "pool_size": 10,
    "max_overflow": 20,
    "pool_pre_ping": True,
    "pool_recycle": 1800,
}


def database_url() -> str:
    """Return the URL of the database, from DATABASE_URL if that is set."""
    return os.environ.get("DATABASE_URL") or DEFAULT_URL


def make_engine(url: str | None = None) -> Engine:
    """Make the engine for a database; it connects when it is first used."""
    parsed = make_url(url or database_url())
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, **POOL)
    engine = create_engine(parsed)
    event.listen(engine, "connect", _enforce_foreign_keys)
    return engine


def make_sessions(engine: Engine) -> sessionmaker[Session]:
    """Make sessions: `with sessions.begin() as session:` commits at its end or rolls back."""
    return sessionmaker(engine, expire_on_commit=False)


def _enforce_foreign_keys(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()
