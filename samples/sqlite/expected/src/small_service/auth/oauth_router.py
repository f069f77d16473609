"""Signing in at a provider, over HTTP: a browser goes there and comes back."""

import hmac
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from small_service.auth import schemas
from small_service.auth.dependencies import (
    get_accounts,
    keep_cookie,
)
from small_service.auth.identities import (
    AccountExistsError,
    NoEmailError,
)
from small_service.auth.oauth import (
    KEEP_SECONDS,
    Attempt,
    ProviderError,
    RefusedError,
    Visit,
    unseal,
)
from small_service.auth.providers import (
    Person,
    Provider,
    make_providers,
)
from small_service.auth.rate_limit import RateLimit
from small_service.auth.service import Accounts, AuthError
from small_service.settings import Settings

COOKIE = "oauth"
PATH = "/v1/auth/oauth"

# Browsers go to these addresses, programs do not: so the description of the interface lacks them.
router = APIRouter(prefix=PATH, include_in_schema=False)


def install(app: FastAPI, settings: Settings) -> None:
    """Let people sign in to an application at the providers that are set up."""
    app.state.oauth_providers = make_providers(settings)
    app.include_router(router)


def get_provider(request: Request, provider: str) -> Provider:
    """Return a provider that is set up."""
    providers: dict[str, Provider] = request.app.state.oauth_providers
    if provider not in providers:
        raise HTTPException(404, "Nobody signs in there.")
    return providers[provider]


def limit_visits(request: Request) -> None:
    """Refuse a visit that comes too soon after others."""
    limit: RateLimit = request.app.state.rate_limit
    wait = limit.wait_seconds_for_place(request.client.host if request.client else "")
    if wait:
        raise HTTPException(429, "Too many attempts.", {"Retry-After": str(wait)})


ProviderHere = Annotated[Provider, Depends(get_provider)]
AccountsHere = Annotated[Accounts, Depends(get_accounts)]


@router.get("/{provider}", dependencies=[Depends(limit_visits)])
def begin(provider: ProviderHere, accounts: AccountsHere) -> Response:
    """Send the browser to the provider."""
    settings = accounts.settings
    attempt = Attempt(provider=provider.name)
    visit = Visit(provider, attempt, _redirect_uri(provider, settings))
    response = RedirectResponse(visit.address(), 303, {"Cache-Control": "no-store"})
    response.set_cookie(
        COOKIE,
        attempt.seal(settings.secret_key.get_secret_value()),
        max_age=KEEP_SECONDS,
        path=PATH,
        httponly=True,
        # It must come back with the browser, which another site sends here.
        samesite="lax",
        secure=settings.force_https or settings.environment == "production",
    )
    return response


@router.get("/{provider}/callback", dependencies=[Depends(limit_visits)])
def come_back(
    request: Request,
    response: Response,
    provider: ProviderHere,
    accounts: AccountsHere,
    state: str = "",
    code: str = "",
    error: str = "",
) -> schemas.SignedInOutput:
    """Sign in whoever comes back from the provider."""
    attempt = _find_attempt(request, provider, accounts.settings, state)
    if error or not code:
        raise HTTPException(401, "The provider did not let you in.")
    visit = Visit(provider, attempt, _redirect_uri(provider, accounts.settings))
    try:
        person = visit.ask(code)
    except RefusedError:
        raise HTTPException(401, "The provider did not confirm who you are.") from None
    except ProviderError as problem:
        raise HTTPException(502, "The provider does not answer as it should.") from problem
    response.delete_cookie(COOKIE, PATH)
    response.headers["Cache-Control"] = "no-store"
    return _sign_in(accounts, provider, person, response)


def _find_attempt(request: Request, provider: Provider, settings: Settings, state: str) -> Attempt:
    """Return what this browser began. A link that somebody else sent leads nowhere."""
    cookie = request.cookies.get(COOKIE, "")
    attempt = unseal(cookie, settings.secret_key.get_secret_value())
    if (
        attempt is None
        or attempt.provider != provider.name
        or not hmac.compare_digest(attempt.state.encode(), state.encode())
    ):
        raise HTTPException(400, "This browser did not begin that here, or too long ago.")
    return attempt


def _sign_in(
    accounts: Accounts, provider: Provider, person: Person, response: Response
) -> schemas.SignedInOutput:
    try:
        token, csrf_token = accounts.sign_in_at(provider.name, person)
    except AuthError:
        raise HTTPException(401, "This account is switched off.") from None
    except NoEmailError:
        raise HTTPException(403, "The provider knows no confirmed address of yours.") from None
    except AccountExistsError:
        raise HTTPException(409, "There is an account with your address.") from None
    seconds = keep_cookie(response, token, accounts.settings)
    return schemas.SignedInOutput(csrf_token=csrf_token, expires_in=seconds)


def _redirect_uri(provider: Provider, settings: Settings) -> str:
    return f"{settings.public_url.rstrip('/')}{PATH}/{provider.name}/callback"
