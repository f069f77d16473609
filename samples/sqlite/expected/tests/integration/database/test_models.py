from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session, sessionmaker

from small_service.database.models import Note


def test_note_is_created_read_changed_and_deleted(sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        session.add(Note(title="Milk", text="two litres"))
    with sessions.begin() as session:
        note = session.scalars(select(Note).filter_by(title="Milk")).one()
        assert note.text == "two litres"
        note.text = "one litre"
    with sessions.begin() as session:
        note = session.scalars(select(Note)).one()
        assert note.text == "one litre"
        session.delete(note)
    with sessions.begin() as session:
        assert session.scalars(select(Note)).all() == []


def test_note_says_when_it_was_made_and_changed(sessions: sessionmaker[Session]) -> None:
    before = datetime.now(UTC)
    with sessions.begin() as session:
        session.add(Note(title="Milk"))
    with sessions.begin() as session:
        note = session.scalars(select(Note)).one()
        assert note.created_at.tzinfo is UTC
        assert before <= note.created_at <= datetime.now(UTC)
        first_time = note.updated_at
        note.text = "one litre"
    assert note.updated_at > first_time


def test_time_without_a_zone_is_refused(sessions: sessionmaker[Session]) -> None:
    with sessions() as session:
        session.add(Note(title="Milk", created_at=datetime(2026, 1, 1)))
        with pytest.raises(StatementError, match="needs a time zone"):
            session.flush()


def test_every_character_is_kept(sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        session.add(Note(title="\N{SNOWMAN} \N{GRINNING FACE}", text="\N{GRINNING FACE}" * 10_000))
    with sessions() as session:
        note = session.scalars(select(Note)).one()
    assert note.title == "\N{SNOWMAN} \N{GRINNING FACE}"
    assert note.text == "\N{GRINNING FACE}" * 10_000


def test_titles_are_unique(sessions: sessionmaker[Session]) -> None:
    with sessions() as session:
        session.add_all([Note(title="Milk"), Note(title="Milk")])
        with pytest.raises(IntegrityError):
            session.flush()


def test_failed_work_leaves_nothing(sessions: sessionmaker[Session]) -> None:
    def fail() -> None:
        with sessions.begin() as session:
            session.add(Note(title="Milk"))
            session.flush()
            raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        fail()
    with sessions() as session:
        assert session.scalars(select(Note)).all() == []
