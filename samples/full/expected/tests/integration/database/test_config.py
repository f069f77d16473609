import pytest
from sqlalchemy import Engine, QueuePool, text

from full_example.database import config
from full_example.settings import Settings


def test_url_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:///other.db")
    assert config.database_url() == "sqlite:///other.db"


def test_connects(engine: Engine) -> None:
    config.check_database(engine)


def test_database_that_does_not_answer_is_an_error() -> None:
    engine = config.make_engine("sqlite:////no/such/folder/file.db")
    with pytest.raises(Exception, match="unable to open"):
        config.check_database(engine)


def test_sqlite_is_configured() -> None:
    engine = config.make_engine("sqlite://")
    with engine.connect() as connection:
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
        assert connection.scalar(text("PRAGMA busy_timeout")) == 5000
    engine.dispose()


def test_pool_has_the_size_that_the_settings_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_POOL_SIZE", "3")
    monkeypatch.setenv("DATABASE_MAX_OVERFLOW", "4")
    settings = Settings(_env_file=None)
    pool = config.make_engine(settings=settings).pool
    assert isinstance(pool, QueuePool)
    assert (pool.size(), pool._max_overflow) == (3, 4)
    assert (pool._pre_ping, pool._recycle) == (True, 1800)


def test_default_pool() -> None:
    fields = Settings.model_fields
    assert fields["database_pool_size"].default == 10
    assert fields["database_max_overflow"].default == 20
