"""Notes over HTTP: the example to replace."""

from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import APIRouter, HTTPException, Response
from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from mysql_tortoise_rq.api import problems
from mysql_tortoise_rq.api.note_schemas import (
    After,
    Limit,
    NoteId,
    NoteInput,
    NoteOutput,
    NotePage,
)
from mysql_tortoise_rq.database.models import Note

router = APIRouter(prefix="/v1/notes", tags=["notes"])


@router.post("", status_code=201, responses=problems.documented(409, 422))
async def create_note(note: NoteInput, response: Response) -> NoteOutput:
    """Make a note; its title must be new."""
    with _refuse_known_title():
        row = await Note.create(title=note.title, text=note.text)
    response.headers["Location"] = f"/v1/notes/{row.id}"
    return NoteOutput.model_validate(row)


@router.get("", responses=problems.documented(422))
async def list_notes(after: After = 0, limit: Limit = 20) -> NotePage:
    """List notes in the order in which they were made."""
    rows = await Note.filter(id__gt=after).order_by("id").limit(limit + 1)
    page = [NoteOutput.model_validate(row) for row in rows[:limit]]
    return NotePage(notes=page, next_after=page[-1].id if len(rows) > limit else None)


@router.get("/{note_id}", responses=problems.documented(404, 422))
async def get_note(note_id: NoteId) -> NoteOutput:
    """Return a note."""
    return NoteOutput.model_validate(await _find(note_id))


@router.put("/{note_id}", responses=problems.documented(404, 409, 422))
async def replace_note(note_id: NoteId, note: NoteInput) -> NoteOutput:
    """Replace what a note says."""
    # What belongs together is one transaction: all of it is kept, or nothing.
    with _refuse_known_title():
        async with in_transaction():
            row = await _find(note_id)
            row.title, row.text = note.title, note.text
            await row.save()
    return NoteOutput.model_validate(row)


@router.delete("/{note_id}", status_code=204, responses=problems.documented(404, 422))
async def delete_note(note_id: NoteId) -> None:
    """Remove a note."""
    await (await _find(note_id)).delete()


async def _find(note_id: int) -> Note:
    note = await Note.get_or_none(id=note_id)
    if note is None:
        raise HTTPException(404, "There is no such note.")
    return note


@contextmanager
def _refuse_known_title() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        raise HTTPException(409, "There is a note with this title.") from error
