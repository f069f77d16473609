"""What clients say and hear about accounts."""

import uuid
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from full_example.auth.passwords import MAX_LENGTH

EMAIL = r"^[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,3}$"


class Input(BaseModel):
    """What a client says: nothing that is not expected."""

    model_config = ConfigDict(extra="forbid")


class Credentials(Input):
    """Who somebody says to be, and the proof."""

    email: Annotated[str, Field(max_length=254, pattern=EMAIL)]
    # Longer ones are refused before a hash is computed: that costs time and memory.
    password: Annotated[str, Field(min_length=1, max_length=MAX_LENGTH, pattern=r"^[^\x00]*$")]


class RefreshInput(Input):
    """The newest refresh token of somebody who signed in."""

    refresh_token: Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[\x21-\x7e]+$")]


class Tokens(BaseModel):
    """What somebody gets who signed in."""

    access_token: str
    refresh_token: str
    token_type: Literal["bearer"] = Field(default="bearer")
    expires_in: int


class UserOutput(BaseModel):
    """An account as clients see it."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    email: str
    role: str
    active: bool
    created_at: datetime


class SessionOutput(BaseModel):
    """One place where somebody is signed in."""

    id: uuid.UUID
    since: datetime
    expires_at: datetime
