"""Signing in at a provider: OAuth 2 with an authorization code, PKCE and a state (RFC 9700)."""

import base64
import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import httpx2
from pydantic import BaseModel, Field, ValidationError

from full_example.auth.providers import Person, Provider

KEEP_SECONDS = 600
TIMEOUT_SECONDS = 10


class RefusedError(Exception):
    """The provider does not confirm who somebody is."""


class ProviderError(Exception):
    """The provider does not answer, or not as it should."""


class Attempt(BaseModel):
    """What must be remembered between going to a provider and coming back."""

    provider: str
    state: str = Field(default_factory=lambda: secrets.token_urlsafe(32))
    verifier: str = Field(default_factory=lambda: secrets.token_urlsafe(48))
    expires: float = Field(default_factory=lambda: time.time() + KEEP_SECONDS)

    def seal(self, key: str) -> str:
        """Return it for a cookie, so that nobody else can make one."""
        text = base64.urlsafe_b64encode(self.model_dump_json().encode()).decode()
        return f"{text}.{_sign(text, key)}"


def unseal(cookie: str, key: str) -> Attempt | None:
    """Return what a cookie remembers, unless it is not ours or too old."""
    text, _, signature = cookie.partition(".")
    if not hmac.compare_digest(signature.encode(), _sign(text, key).encode()):
        return None
    attempt = Attempt.model_validate_json(base64.urlsafe_b64decode(text))
    return attempt if attempt.expires > time.time() else None


def _sign(text: str, key: str) -> str:
    return hmac.new(key.encode(), f"oauth:{text}".encode(), hashlib.sha256).hexdigest()


def challenge_of(verifier: str) -> str:
    """Return what a provider is shown first of a verifier: its hash."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


class TokenAnswer(BaseModel):
    """What a provider gives for a code."""

    access_token: str


@dataclass(frozen=True)
class Visit:
    """Somebody who goes to a provider, and comes back to our address."""

    provider: Provider
    attempt: Attempt
    redirect_uri: str

    def address(self) -> str:
        """Return where the browser goes."""
        question = {
            "response_type": "code",
            "client_id": self.provider.client_id,
            "redirect_uri": self.redirect_uri,
            "scope": self.provider.scope,
            "state": self.attempt.state,
            "code_challenge": challenge_of(self.attempt.verifier),
            "code_challenge_method": "S256",
        }
        return f"{self.provider.authorize_url}?{urlencode(question)}"

    def ask(self, code: str) -> Person:
        """Exchange the code with which somebody came back for who they are.

        Raises:
            RefusedError: the provider does not know the code, or it is not for us.
            ProviderError: the provider does not answer as it should.
        """
        try:
            with httpx2.Client(timeout=TIMEOUT_SECONDS) as client:
                token = self._exchange(client, code)

                def fetch(url: str) -> Any:
                    answer = client.get(url, headers={"Authorization": f"Bearer {token}"})
                    return answer.raise_for_status().json()

                return self.provider.read_person(fetch, self.provider.user_url)
        except (httpx2.HTTPError, ValidationError, ValueError) as error:
            raise ProviderError from error

    def _exchange(self, client: httpx2.Client, code: str) -> str:
        answer = client.post(
            self.provider.exchange_url,
            data={
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": self.redirect_uri,
                "client_id": self.provider.client_id,
                "client_secret": self.provider.client_secret.get_secret_value(),
                "code_verifier": self.attempt.verifier,
            },
            headers={"Accept": "application/json"},
        )
        if answer.is_server_error:
            answer.raise_for_status()
        found = answer.json()
        # Some providers tell errors with status 200.
        if answer.is_client_error or "error" in found:
            raise RefusedError
        return TokenAnswer.model_validate(found).access_token
