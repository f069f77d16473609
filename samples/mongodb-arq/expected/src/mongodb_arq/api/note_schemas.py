"""Notes as clients send and see them."""

from datetime import datetime
from typing import Annotated

from fastapi import Path, Query
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

# One line, and not blank.
TITLE = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$"


class NoteInput(BaseModel):
    """What a client says about a note."""

    model_config = ConfigDict(extra="forbid")

    title: str = Field(max_length=200, pattern=TITLE)
    # PostgreSQL takes no zero byte.
    text: str = Field("", max_length=10_000, pattern=r"^[^\x00]*$")


class NoteOutput(BaseModel):
    """A note as clients see it."""

    model_config = ConfigDict(from_attributes=True)

    id: Annotated[str, BeforeValidator(str)]
    title: str
    text: str
    created_at: datetime
    updated_at: datetime


class NotePage(BaseModel):
    """Some notes, and after which one the next page begins."""

    notes: list[NoteOutput]
    next_after: str | None


NoteId = Annotated[str, Path(pattern="^[0-9a-f]{24}$")]
After = Annotated[str, Query(pattern="^([0-9a-f]{24})?$")]
Limit = Annotated[int, Query(ge=1, le=100)]
