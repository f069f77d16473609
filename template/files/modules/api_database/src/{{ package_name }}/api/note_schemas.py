"""Notes as clients send and see them."""

from datetime import datetime
from typing import Annotated

from fastapi import Path, Query
from pydantic import BaseModel, ConfigDict, Field

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

    id: int
    title: str
    text: str
    created_at: datetime
    updated_at: datetime


class NotePage(BaseModel):
    """Some notes, and after which one the next page begins."""

    notes: list[NoteOutput]
    next_after: int | None


# What the database's integers hold; a larger number would be an error there.
NoteId = Annotated[int, Path(ge=1, le=2_147_483_647)]
After = Annotated[int, Query(ge=0, le=2_147_483_647)]
Limit = Annotated[int, Query(ge=1, le=100)]
