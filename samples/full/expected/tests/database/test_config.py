import pytest
from sqlalchemy import Engine, QueuePool, text

from full_example.database import config


def test_url_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:///other.db")
    assert config.database_url() == "sqlite:///other.db"


def test_url_has_a_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert config.database_url() == config.DEFAULT_URL


def test_connects(engine: Engine) -> None:
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT 1")) == 1


def test_sqlite_enforces_foreign_keys() -> None:
    engine = config.make_engine("sqlite://")
    with engine.connect() as connection:
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
    engine.dispose()


def test_server_connections_are_pooled() -> None:
    pool = config.make_engine("postgresql+psycopg://localhost/none").pool
    assert isinstance(pool, QueuePool)
    assert pool.size() == 10
