"""Accounts over HTTP."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Query, Request, Response

from full_example.api import problems
from full_example.auth import oauth_router, schemas
from full_example.auth.dependencies import (
    SignedIn,
    get_accounts,
    require_role,
    require_user,
)
from full_example.auth.rate_limit import RateLimit
from full_example.auth.service import (
    Accounts,
    AuthError,
    EmailTakenError,
    TokenPair,
    WeakPasswordError,
)
from full_example.settings import Settings

router = APIRouter(prefix="/v1/auth", tags=["accounts"])

AccountsHere = Annotated[Accounts, Depends(get_accounts)]
Me = Annotated[SignedIn, Depends(require_user)]
Admin = Annotated[SignedIn, Depends(require_role("admin"))]


def install(app: FastAPI, settings: Settings) -> None:
    """Give an application accounts."""
    app.state.rate_limit = RateLimit(settings.rate_limit_storage)
    app.include_router(router)
    oauth_router.install(app, settings)


async def no_store(response: Response) -> None:
    """Keep what is answered out of every cache."""
    response.headers["Cache-Control"] = "no-store"


def limit_attempts(request: Request, credentials: schemas.Credentials) -> None:
    """Refuse an attempt that comes too soon after others."""
    limit: RateLimit = request.app.state.rate_limit
    place = request.client.host if request.client else ""
    wait = limit.wait_seconds(place, credentials.email.lower())
    if wait:
        raise HTTPException(429, "Too many attempts.", {"Retry-After": str(wait)})


@router.post(
    "/register",
    status_code=201,
    dependencies=[Depends(limit_attempts)],
    responses=problems.documented(409, 422, 429),
)
def register(credentials: schemas.Credentials, accounts: AccountsHere) -> schemas.UserOutput:
    """Make an account."""
    try:
        user = accounts.register(credentials.email, credentials.password)
    except WeakPasswordError as error:
        raise HTTPException(422, str(error)) from None
    except EmailTakenError:
        raise HTTPException(409, "There is an account with this address.") from None
    return schemas.UserOutput.model_validate(user)


@router.post(
    "/token",
    dependencies=[Depends(limit_attempts), Depends(no_store)],
    responses=problems.documented(401, 422, 429),
)
def sign_in(credentials: schemas.Credentials, accounts: AccountsHere) -> schemas.Tokens:
    """Sign in."""
    try:
        pair = accounts.sign_in(credentials.email, credentials.password)
    except AuthError:
        raise HTTPException(401, "The address or the password is wrong.") from None
    return _tokens(pair, accounts)


@router.post("/refresh", dependencies=[Depends(no_store)], responses=problems.documented(401, 422))
def refresh(token: schemas.RefreshInput, accounts: AccountsHere) -> schemas.Tokens:
    """Exchange a refresh token for new tokens; each is good for one exchange."""
    pair = accounts.refresh(token.refresh_token)
    if pair is None:
        raise HTTPException(401, "Sign in again.")
    return _tokens(pair, accounts)


@router.post("/sign-out", status_code=204, responses=problems.documented(401))
def sign_out(me: Me, accounts: AccountsHere) -> None:
    """End this session; its tokens are worth nothing from now on."""
    accounts.end_session(me.user.id, me.session)


@router.get("/me", responses=problems.documented(401))
def get_me(me: Me) -> schemas.UserOutput:
    """Tell who is signed in."""
    return schemas.UserOutput.model_validate(me.user)


@router.get("/sessions", responses=problems.documented(401))
def list_sessions(me: Me, accounts: AccountsHere) -> list[schemas.SessionOutput]:
    """List where this account is signed in."""
    return [
        schemas.SessionOutput(id=family, since=row.created_at, expires_at=row.expires_at)
        for family, row in accounts.list_sessions(me.user.id)
    ]


@router.delete(
    "/sessions/{session_id}", status_code=204, responses=problems.documented(401, 404, 422)
)
def end_session(session_id: uuid.UUID, me: Me, accounts: AccountsHere) -> None:
    """End one of this account's sessions. Somebody else's looks as if there were none."""
    if not accounts.end_session(me.user.id, session_id):
        raise HTTPException(404, "There is no such session.")


@router.get("/users", responses=problems.documented(401, 403, 422))
def list_users(
    _admin: Admin,
    accounts: AccountsHere,
    after: Annotated[int, Query(ge=0, le=2_147_483_647)] = 0,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> list[schemas.UserOutput]:
    """List accounts; for administrators."""
    return [schemas.UserOutput.model_validate(user) for user in accounts.list_users(after, limit)]


def _tokens(pair: TokenPair, accounts: Accounts) -> schemas.Tokens:
    return schemas.Tokens(
        access_token=pair.access,
        refresh_token=pair.refresh,
        expires_in=accounts.settings.access_token_minutes * 60,
    )
