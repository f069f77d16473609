"""Access tokens: short-lived, signed, and checked without asking the database who signed in."""

import uuid
from datetime import datetime, timedelta

import jwt
from pydantic import BaseModel, ValidationError

from full_example.settings import Settings

# Named when tokens are read, too: a token does not choose how it is checked.
ALGORITHM = "HS256"
ISSUER = "full-example"
AUDIENCE = "full-example-api"
REQUIRED = ["exp", "iat", "iss", "aud", "sub", "jti"]


class InvalidTokenError(Exception):
    """The token is forged, expired or not for us; which of them is nobody's business."""


class Claims(BaseModel):
    """What a token says."""

    sub: int
    family: uuid.UUID


def make_access_token(user_id: int, family: uuid.UUID, settings: Settings, now: datetime) -> str:
    """Make a token for a user who signed in."""
    claims = {
        "sub": str(user_id),
        "family": str(family),
        "iss": ISSUER,
        "aud": AUDIENCE,
        "iat": now,
        "exp": now + timedelta(minutes=settings.access_token_minutes),
        "jti": uuid.uuid4().hex,
    }
    return jwt.encode(claims, settings.secret_key.get_secret_value(), ALGORITHM)


def read_access_token(token: str, settings: Settings) -> Claims:
    """Return what a token says.

    Raises:
        InvalidTokenError: it is not to be believed.
    """
    try:
        claims = jwt.decode(
            token,
            settings.secret_key.get_secret_value(),
            algorithms=[ALGORITHM],
            audience=AUDIENCE,
            issuer=ISSUER,
            options={"require": REQUIRED},
        )
        return Claims.model_validate(claims)
    except (jwt.InvalidTokenError, ValidationError) as error:
        raise InvalidTokenError from error
