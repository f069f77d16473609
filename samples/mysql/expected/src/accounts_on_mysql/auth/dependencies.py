"""What endpoints ask for: who sends this request, and whether they may."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, HTTPException, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from accounts_on_mysql.auth.jwt import InvalidTokenError, read_access_token
from accounts_on_mysql.auth.models import User
from accounts_on_mysql.auth.service import Accounts

bearer = HTTPBearer(auto_error=False)
UNAUTHORIZED = HTTPException(401, "Sign in first.", {"WWW-Authenticate": "Bearer"})


@dataclass(frozen=True)
class SignedIn:
    """Who sends a request, and in which session."""

    user: User
    session: uuid.UUID


async def get_accounts(request: Request) -> Accounts:
    """Return the application's accounts."""
    return Accounts(request.app.state.sessions, request.app.state.settings)


def require_user(
    accounts: Annotated[Accounts, Depends(get_accounts)],
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)],
) -> SignedIn:
    """Return who sends the request; refuse it if that is nobody we know."""
    if credentials is None:
        raise UNAUTHORIZED
    try:
        claims = read_access_token(credentials.credentials, accounts.settings)
    except InvalidTokenError:
        raise UNAUTHORIZED from None
    user = accounts.find_user(claims.sub, claims.family)
    if user is None:
        raise UNAUTHORIZED
    return SignedIn(user, claims.family)


def require_role(role: str) -> Callable[[SignedIn], SignedIn]:
    """Make a dependency that refuses everybody who does not have a role."""

    def require(signed_in: Annotated[SignedIn, Depends(require_user)]) -> SignedIn:
        if signed_in.user.role != role:
            raise HTTPException(403, "You may not do that.")
        return signed_in

    return require
