"""Each test gets an empty database with the newest schema.

It is a SQLite file, or the database that TEST_DATABASE_URL names: all its tables are dropped.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from full_example.database.config import make_engine, make_sessions


@pytest.fixture
def url(tmp_path: Path) -> str:
    return os.environ.get("TEST_DATABASE_URL") or f"sqlite:///{tmp_path / 'test.db'}"


@pytest.fixture
def alembic_config(url: str) -> Iterator[Config]:
    config = Config(Path(__file__).parents[2] / "alembic.ini")
    config.attributes["url"] = url
    yield config
    command.downgrade(config, "base")


@pytest.fixture
def engine(url: str, alembic_config: Config) -> Iterator[Engine]:
    command.upgrade(alembic_config, "head")
    engine = make_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture
def sessions(engine: Engine) -> sessionmaker[Session]:
    return make_sessions(engine)
