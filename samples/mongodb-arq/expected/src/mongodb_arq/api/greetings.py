"""Greetings over HTTP: the example to replace."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from mongodb_arq.api import problems
from mongodb_arq.greeting import greet

# One character that is no white space, as Python and as JSON Schema understand it.
NOT_BLANK = r"[^\s\x1c-\x1f\x85]"

router = APIRouter(prefix="/v1", tags=["greetings"])


class Greeting(BaseModel):
    """A greeting."""

    text: str


@router.get("/greeting", responses=problems.documented(422))
async def get_greeting(
    name: Annotated[str, Query(max_length=200, pattern=NOT_BLANK)] = "world",
) -> Greeting:
    """Greet somebody."""
    return Greeting(text=greet(name))
