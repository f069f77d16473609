"""Notes over HTTP: the example to replace."""

from collections.abc import Iterator
from contextlib import contextmanager

from beanie import PydanticObjectId
from fastapi import APIRouter, Depends, HTTPException, Response
from pymongo.errors import DuplicateKeyError

from mongodb_arq.api import problems
from mongodb_arq.api.note_schemas import (
    After,
    Limit,
    NoteId,
    NoteInput,
    NoteOutput,
    NotePage,
)
from mongodb_arq.database.config import open_database
from mongodb_arq.database.models import Note

router = APIRouter(prefix="/v1/notes", tags=["notes"], dependencies=[Depends(open_database)])


@router.post("", status_code=201, responses=problems.documented(409, 422))
async def create_note(note: NoteInput, response: Response) -> NoteOutput:
    """Make a note; its title must be new."""
    document = Note(title=note.title, text=note.text)
    with _refuse_known_title():
        await document.insert()
    response.headers["Location"] = f"/v1/notes/{document.id}"
    return NoteOutput.model_validate(document)


@router.get("", responses=problems.documented(422))
async def list_notes(after: After = "", limit: Limit = 20) -> NotePage:
    """List notes in the order in which they were made."""
    query = {"_id": {"$gt": PydanticObjectId(after)}} if after else {}
    documents = await Note.find(query).sort("+_id").limit(limit + 1).to_list()
    page = [NoteOutput.model_validate(document) for document in documents[:limit]]
    return NotePage(notes=page, next_after=page[-1].id if len(documents) > limit else None)


@router.get("/{note_id}", responses=problems.documented(404, 422))
async def get_note(note_id: NoteId) -> NoteOutput:
    """Return a note."""
    return NoteOutput.model_validate(await _find(note_id))


@router.put("/{note_id}", responses=problems.documented(404, 409, 422))
async def replace_note(note_id: NoteId, note: NoteInput) -> NoteOutput:
    """Replace what a note says."""
    document = await _find(note_id)
    document.title, document.text = note.title, note.text
    with _refuse_known_title():
        await document.replace()
    return NoteOutput.model_validate(document)


@router.delete("/{note_id}", status_code=204, responses=problems.documented(404, 422))
async def delete_note(note_id: NoteId) -> None:
    """Remove a note."""
    await (await _find(note_id)).delete()


async def _find(note_id: str) -> Note:
    note = await Note.get(PydanticObjectId(note_id))
    if note is None:
        raise HTTPException(404, "There is no such note.")
    return note


@contextmanager
def _refuse_known_title() -> Iterator[None]:
    try:
        yield
    except DuplicateKeyError as error:
        raise HTTPException(409, "There is a note with this title.") from error
