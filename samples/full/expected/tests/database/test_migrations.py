from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, inspect


def test_models_and_migrations_agree(engine: Engine, alembic_config: Config) -> None:
    command.check(alembic_config)


def test_each_step_can_be_taken_back(engine: Engine, alembic_config: Config) -> None:
    assert inspect(engine).has_table("notes")
    command.downgrade(alembic_config, "base")
    assert not inspect(engine).has_table("notes")
    command.upgrade(alembic_config, "head")
    assert inspect(engine).has_table("notes")
