"""What endpoints ask for: who sends this request, and whether they may."""

import hmac
from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Header, HTTPException, Request, Response
from fastapi.security import APIKeyCookie

from small_service.auth.service import Accounts, SignedIn
from small_service.settings import Settings

COOKIE = "session"
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
cookie = APIKeyCookie(name=COOKIE, auto_error=False)


async def get_accounts(request: Request) -> Accounts:
    """Return the application's accounts."""
    return Accounts(request.app.state.sessions, request.app.state.settings)


def keep_cookie(response: Response, token: str, settings: Settings) -> int:
    """Give the browser its cookie, which no script can read; return for how many seconds."""
    seconds = settings.session_days * 86_400
    response.set_cookie(
        COOKIE,
        token,
        max_age=seconds,
        httponly=True,
        samesite="lax",
        secure=settings.force_https or settings.environment == "production",
    )
    return seconds


def require_user(
    request: Request,
    accounts: Annotated[Accounts, Depends(get_accounts)],
    token: Annotated[str | None, Depends(cookie)],
    x_csrf_token: Annotated[str, Header(include_in_schema=False)] = "",
) -> SignedIn:
    """Return who sends the request; refuse it if that is nobody we know.

    A browser sends the cookie with every request, also with one that another page makes it send. So
    what changes something must come with a token that only our own pages know.
    """
    signed_in = accounts.find(token) if token else None
    if signed_in is None:
        raise HTTPException(401, "Sign in first.")
    if request.method not in SAFE_METHODS and not hmac.compare_digest(
        x_csrf_token.encode(), signed_in.csrf_token.encode()
    ):
        raise HTTPException(403, "X-CSRF-Token is missing or wrong.")
    return signed_in


def require_role(role: str) -> Callable[[SignedIn], SignedIn]:
    """Make a dependency that refuses everybody who does not have a role."""

    def require(signed_in: Annotated[SignedIn, Depends(require_user)]) -> SignedIn:
        if signed_in.user.role != role:
            raise HTTPException(403, "You may not do that.")
        return signed_in

    return require
