import pytest
from sqlalchemy import Engine, text

from small_service.database import config


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
