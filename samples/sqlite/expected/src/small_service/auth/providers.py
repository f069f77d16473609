"""Who may say who somebody is, and how each of them is asked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, Field, SecretStr, TypeAdapter

from small_service.settings import Settings

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
