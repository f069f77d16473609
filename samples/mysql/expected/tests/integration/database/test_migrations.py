import io
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import inspect

from accounts_on_mysql.database.config import make_engine

ROOT = Path(__file__).parents[3]


@pytest.fixture
def alembic_config(empty_database: str) -> Config:
    config = Config(ROOT / "alembic.ini", output_buffer=io.StringIO())
    config.attributes["url"] = empty_database
    return config


def list_tables(url: str) -> set[str]:
    engine = make_engine(url)
    tables = set(inspect(engine).get_table_names())
    engine.dispose()
    return tables


def test_models_and_migrations_agree(alembic_config: Config) -> None:
    command.upgrade(alembic_config, "heads")
    command.check(alembic_config)


def test_each_step_can_be_taken_back(alembic_config: Config, empty_database: str) -> None:
    command.upgrade(alembic_config, "heads")
    assert "notes" in list_tables(empty_database)
    command.downgrade(alembic_config, "base")
    assert list_tables(empty_database) == {"alembic_version"}
    command.upgrade(alembic_config, "heads")
    assert "notes" in list_tables(empty_database)


def test_sql_of_the_migrations_can_be_printed(alembic_config: Config) -> None:
    command.upgrade(alembic_config, "heads", sql=True)
    assert isinstance(alembic_config.output_buffer, io.StringIO)
    assert "CREATE TABLE notes" in alembic_config.output_buffer.getvalue()
