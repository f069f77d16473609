"""Notes over HTTP: the example to replace.

The functions are plain, so each runs in a thread and works with the database there, from the
first statement to the commit. A failed commit is thus an error that the client sees.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from accounts_on_mysql.api import problems
from accounts_on_mysql.api.note_schemas import (
    After,
    Limit,
    NoteId,
    NoteInput,
    NoteOutput,
    NotePage,
)
from accounts_on_mysql.auth.dependencies import require_user
from accounts_on_mysql.database.models import Note

router = APIRouter(
    prefix="/v1/notes",
    tags=["notes"],
    dependencies=[Depends(require_user)],
    responses=problems.documented(401),
)


async def get_sessions(request: Request) -> sessionmaker[Session]:
    """Return what makes the application's sessions."""
    sessions: sessionmaker[Session] = request.app.state.sessions
    return sessions


Sessions = Annotated[sessionmaker[Session], Depends(get_sessions)]


@router.post("", status_code=201, responses=problems.documented(409, 422))
def create_note(note: NoteInput, sessions: Sessions, response: Response) -> NoteOutput:
    """Make a note; its title must be new."""
    row = Note(title=note.title, text=note.text)
    with _refuse_known_title(), sessions.begin() as session:
        session.add(row)
    response.headers["Location"] = f"/v1/notes/{row.id}"
    return NoteOutput.model_validate(row)


@router.get("", responses=problems.documented(422))
def list_notes(sessions: Sessions, after: After = 0, limit: Limit = 20) -> NotePage:
    """List notes in the order in which they were made."""
    query = select(Note).where(Note.id > after).order_by(Note.id).limit(limit + 1)
    with sessions() as session:
        rows = session.scalars(query).all()
    page = [NoteOutput.model_validate(row) for row in rows[:limit]]
    return NotePage(notes=page, next_after=page[-1].id if len(rows) > limit else None)


@router.get("/{note_id}", responses=problems.documented(404, 422))
def get_note(note_id: NoteId, sessions: Sessions) -> NoteOutput:
    """Return a note."""
    with sessions() as session:
        return NoteOutput.model_validate(_find(session, note_id))


@router.put("/{note_id}", responses=problems.documented(404, 409, 422))
def replace_note(note_id: NoteId, note: NoteInput, sessions: Sessions) -> NoteOutput:
    """Replace what a note says."""
    with _refuse_known_title(), sessions.begin() as session:
        row = _find(session, note_id)
        row.title, row.text = note.title, note.text
    return NoteOutput.model_validate(row)


@router.delete("/{note_id}", status_code=204, responses=problems.documented(404, 422))
def delete_note(note_id: NoteId, sessions: Sessions) -> None:
    """Remove a note."""
    with sessions.begin() as session:
        session.delete(_find(session, note_id))


def _find(session: Session, note_id: int) -> Note:
    note = session.get(Note, note_id)
    if note is None:
        raise HTTPException(404, "There is no such note.")
    return note


@contextmanager
def _refuse_known_title() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        raise HTTPException(409, "There is a note with this title.") from error
