"""Tests see nothing of each other, in whatever order they run."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from small_service.database.models import Note


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_begins_with_an_empty_table(sessions: sessionmaker[Session], turn: int) -> None:
    with sessions.begin() as session:
        assert session.scalar(select(func.count()).select_from(Note)) == 0
        session.add(Note(title="Milk", text=str(turn)))
    with sessions() as session:
        assert session.scalars(select(Note)).one().text == str(turn)


def test_rollback_takes_back_only_its_own_session(sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        session.add(Note(title="Kept"))
    with sessions() as session:
        session.add(Note(title="Lost"))
        session.flush()
        session.rollback()
    with sessions() as session:
        assert session.scalars(select(Note.title)).all() == ["Kept"]
