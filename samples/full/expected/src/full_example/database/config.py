"""How the program connects to the database."""

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.orm import Session, sessionmaker

from full_example.settings import Settings


def database_url() -> str:
    """Return the URL of the database, from DATABASE_URL if that is set."""
    return Settings().database_url


def make_engine(url: str | None = None, *, settings: Settings | None = None) -> Engine:
    """Make the engine for a database; it connects when it is first used."""
    settings = settings or Settings()
    parsed = make_url(url or settings.database_url)
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(parsed)
        event.listen(engine, "connect", _configure_sqlite)
        event.listen(engine, "begin", _begin_on_sqlite)
        return engine
    return create_engine(
        parsed,
        pool_size=settings.database_pool_size,
        max_overflow=settings.database_max_overflow,
        pool_pre_ping=True,  # a server that was restarted is no error
        pool_recycle=1800,
    )


def make_sessions(engine: Engine | Connection) -> sessionmaker[Session]:
    """Make sessions: `with sessions.begin() as session:` commits at its end or rolls back."""
    return sessionmaker(engine, expire_on_commit=False)


def check_database(engine: Engine) -> None:
    """Raise an exception unless the database answers."""
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))


def _configure_sqlite(connection: Any, _record: object) -> None:
    # Python's driver must not begin transactions as it likes: savepoints would leak out of them.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA busy_timeout = 5000")
    cursor.close()


def _begin_on_sqlite(connection: Connection) -> None:
    # IMMEDIATE waits for its turn to write; otherwise a transaction that first reads could fail.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
