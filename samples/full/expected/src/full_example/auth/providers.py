"""Who may say who somebody is, and how each of them is asked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, Field, SecretStr, TypeAdapter

from full_example.settings import Settings

# Reads an address at the provider, in the name of who signs in.
Fetch = Callable[[str], Any]
Subject = Annotated[str, Field(min_length=1, max_length=200)]


class Person(BaseModel):
    """Somebody whom a provider knows. The subject never changes, the address may."""

    subject: Subject
    email: Annotated[str, Field(min_length=3, max_length=254)] | None


@dataclass(frozen=True)
class Provider:
    """Where a provider is, what it is asked for, and who we are to it."""

    name: str
    authorize_url: str
    exchange_url: str
    user_url: str
    scope: str
    client_id: str
    client_secret: SecretStr
    read_person: Callable[[Fetch, str], Person]


class GoogleUser(BaseModel):
    """What Google tells about somebody."""

    sub: str
    email: str = ""
    email_verified: bool = False


def read_google_user(fetch: Fetch, url: str) -> Person:
    """Return who signed in at Google, with the address if it was confirmed."""
    user = GoogleUser.model_validate(fetch(url))
    return Person(subject=user.sub, email=user.email if user.email_verified else None)


class GitHubUser(BaseModel):
    """What GitHub tells about somebody."""

    id: int


class GitHubEmail(BaseModel):
    """One of somebody's addresses at GitHub."""

    email: str
    primary: bool
    verified: bool


def read_github_user(fetch: Fetch, url: str) -> Person:
    """Return who signed in at GitHub, with the main address if it was confirmed."""
    user = GitHubUser.model_validate(fetch(url))
    emails = TypeAdapter(list[GitHubEmail]).validate_python(fetch(f"{url}/emails"))
    main = [email.email for email in emails if email.primary and email.verified]
    return Person(subject=str(user.id), email=main[0] if main else None)


def make_providers(settings: Settings) -> dict[str, Provider]:
    """Return the providers that know us; the others are not offered."""
    providers = [
        Provider(
            name="google",
            authorize_url="https://accounts.google.com/o/oauth2/v2/auth",
            exchange_url="https://oauth2.googleapis.com/token",
            user_url="https://openidconnect.googleapis.com/v1/userinfo",
            scope="openid email",
            client_id=settings.google_client_id,
            client_secret=settings.google_client_secret,
            read_person=read_google_user,
        ),
        Provider(
            name="github",
            authorize_url="https://github.com/login/oauth/authorize",
            exchange_url="https://github.com/login/oauth/access_token",
            user_url="https://api.github.com/user",
            scope="read:user user:email",
            client_id=settings.github_client_id,
            client_secret=settings.github_client_secret,
            read_person=read_github_user,
        ),
    ]
    return {provider.name: provider for provider in providers if provider.client_id}
