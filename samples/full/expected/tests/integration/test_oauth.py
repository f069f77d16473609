"""Signing in at a provider, which runs on this machine, and everything that may go wrong."""

import dataclasses
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from full_example.api.main import create_app
from full_example.auth import oauth
from full_example.auth.models import Identity, User
from full_example.auth.providers import make_providers
from full_example.auth.service import Accounts
from full_example.settings import Settings

EMAIL = "ada@example.org"
PASSWORD = "correct horse battery staple"
NAMES = ["google", "github"]
NAME = NAMES[0]


@pytest.fixture(autouse=True)
def ada(real_provider: Any) -> None:
    """Let the provider know somebody."""
    know(real_provider, EMAIL, verified=True)


def know(real_provider: Any, email: str, *, verified: bool, subject: int = 17) -> None:
    real_provider.person = {
        "id": subject,
        "sub": str(subject),
        "email": email,
        "email_verified": verified,
    }
    other = {"email": "old@example.org", "primary": False, "verified": True}
    real_provider.emails = [other, {"email": email, "primary": True, "verified": verified}]


def go(client: TestClient, name: str = NAME) -> str:
    """Go to the provider, say yes there, and return the address to which it sends the browser."""
    there = client.get(f"/v1/auth/oauth/{name}", follow_redirects=False)
    assert there.status_code == 303
    back = httpx2.get(there.headers["Location"])
    assert back.status_code == 302
    return back.headers["Location"].removeprefix("http://localhost:8000")


def sign_in(client: TestClient, name: str = NAME) -> int:
    """Go there and come back; return whose account it is."""
    answer = client.get(go(client, name))
    assert answer.status_code == 200, answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    me = client.get("/v1/auth/me", headers=headers)
    assert me.json()["email"] == EMAIL
    return int(me.json()["id"])


@pytest.mark.parametrize("name", NAMES)
def test_who_comes_back_is_signed_in(client: TestClient, name: str) -> None:
    first = sign_in(client, name)
    assert sign_in(client, name) == first


def test_account_stays_the_same_when_the_address_changes(
    client: TestClient, real_provider: Any, sessions: sessionmaker[Session]
) -> None:
    first = sign_in(client)
    know(real_provider, "new@example.org", verified=True)
    assert client.get(go(client)).status_code == 200
    with sessions() as session:
        assert session.scalars(select(Identity.user_id)).all() == [first]


def test_browser_is_sent_with_a_state_and_a_challenge_but_no_secret(client: TestClient) -> None:
    questions = []
    for _ in range(2):
        there = client.get(f"/v1/auth/oauth/{NAME}", follow_redirects=False)
        assert there.headers["Cache-Control"] == "no-store"
        questions.append(parse_qs(urlsplit(there.headers["Location"]).query))
    first, second = questions
    assert first["response_type"] == ["code"]
    assert first["code_challenge_method"] == ["S256"]
    assert first["redirect_uri"] == [f"http://localhost:8000/v1/auth/oauth/{NAME}/callback"]
    assert "client_secret" not in first
    for name in ("state", "code_challenge"):
        assert len(first[name][0]) >= 43
        assert first[name] != second[name]


def test_cookie_of_the_attempt_cannot_be_read_by_scripts(client: TestClient) -> None:
    cookie = client.get(f"/v1/auth/oauth/{NAME}", follow_redirects=False).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/v1/auth/oauth" in cookie


def test_cookie_of_the_attempt_is_not_sent_over_plain_http(
    sessions: sessionmaker[Session], app: FastAPI
) -> None:
    strict = create_app(Settings(_env_file=None, environment="test", force_https=True))
    strict.state.sessions = sessions
    strict.state.oauth_providers = app.state.oauth_providers
    with TestClient(strict, base_url="https://testserver") as client:
        answer = client.get(f"/v1/auth/oauth/{NAME}", follow_redirects=False)
    assert "Secure" in answer.headers["Set-Cookie"]


def test_link_that_somebody_else_sent_leads_nowhere(client: TestClient, app: FastAPI) -> None:
    with TestClient(app) as stranger:
        link = go(stranger)
    assert client.get(link).status_code == 400  # no cookie
    go(client)
    assert client.get(link).status_code == 400  # another attempt's state


def test_missing_state_is_refused(client: TestClient) -> None:
    address = urlsplit(go(client))
    code = parse_qs(address.query)["code"][0]
    assert client.get(address.path, params={"code": code}).status_code == 400


def test_forged_cookie_is_refused(client: TestClient) -> None:
    link = go(client)
    value = client.cookies["oauth"]
    forged = oauth.Attempt(provider=NAME, state=parse_qs(urlsplit(link).query)["state"][0])
    client.cookies.clear()
    headers = {"Cookie": f"oauth={forged.seal('another key')}"}
    assert client.get(link, headers=headers).status_code == 400
    assert client.get(link, headers={"Cookie": f"oauth={value[1:]}"}).status_code == 400
    assert client.get(link, headers={"Cookie": f"oauth={value}"}).status_code == 200


def test_attempt_must_not_take_long(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oauth, "KEEP_SECONDS", -1)
    assert client.get(go(client)).status_code == 400


def test_attempt_at_one_provider_is_no_good_at_another(client: TestClient, app: FastAPI) -> None:
    providers = app.state.oauth_providers
    providers["other"] = dataclasses.replace(providers[NAME], name="other")
    link = go(client)
    assert client.get(link.replace(f"/{NAME}/", "/other/")).status_code == 400


def test_code_is_good_once(client: TestClient) -> None:
    link = go(client)
    cookie = {"Cookie": f"oauth={client.cookies['oauth']}"}
    assert client.get(link).status_code == 200
    assert "oauth" not in client.cookies
    assert client.get(link, headers=cookie).status_code == 401


def test_code_of_another_attempt_is_refused(client: TestClient, app: FastAPI) -> None:
    with TestClient(app) as stranger:
        stolen = parse_qs(urlsplit(go(stranger)).query)["code"][0]
    address = urlsplit(go(client))
    state = parse_qs(address.query)["state"][0]
    # The stolen code is good, but was asked for with another verifier: that is what PKCE is for.
    answer = client.get(address.path, params={"code": stolen, "state": state})
    assert answer.status_code == 401


def test_who_says_no_is_not_signed_in(client: TestClient) -> None:
    address = urlsplit(go(client))
    state = parse_qs(address.query)["state"][0]
    params = {"error": "access_denied", "state": state}
    assert client.get(address.path, params=params).status_code == 401


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        ((500, b"at 10.0.0.1"), 502),
        ((200, b"<html>"), 502),
        ((200, b"{}"), 502),
        ((200, b"[]"), 502),
        ((200, b'{"access_token": 17}'), 502),
        ((200, b'{"access_token": "unknown"}'), 502),
        ((200, b'{"error": "bad_verification_code"}'), 401),
        ((400, b'{"error": "invalid_client"}'), 401),
    ],
)
def test_odd_answers_are_no_crash(
    client: TestClient, real_provider: Any, fault: tuple[int, bytes], status: int
) -> None:
    link = go(client)
    real_provider.fault = fault
    answer = client.get(link)
    assert answer.status_code == status
    assert "10.0.0.1" not in answer.text


def test_provider_that_is_down_is_no_crash(client: TestClient, app: FastAPI) -> None:
    link = go(client)
    providers = app.state.oauth_providers
    nowhere = "http://127.0.0.1:1/token"
    providers[NAME] = dataclasses.replace(providers[NAME], exchange_url=nowhere)
    assert client.get(link).status_code == 502


def test_person_without_a_name_is_no_crash(client: TestClient, real_provider: Any) -> None:
    link = go(client)
    real_provider.person = {"sub": "", "id": None}
    assert client.get(link).status_code == 502


@pytest.mark.parametrize("name", NAMES)
def test_address_that_is_not_confirmed_is_refused(
    client: TestClient, real_provider: Any, sessions: sessionmaker[Session], name: str
) -> None:
    know(real_provider, EMAIL, verified=False)
    assert client.get(go(client, name)).status_code == 403
    with sessions() as session:
        assert session.scalars(select(User)).all() == []


def test_account_that_is_there_is_not_taken_over(
    client: TestClient, accounts: Accounts, sessions: sessionmaker[Session]
) -> None:
    accounts.register(EMAIL, PASSWORD)
    answer = client.get(go(client))
    assert answer.status_code == 409
    assert "Set-Cookie" not in answer.headers
    with sessions() as session:
        assert session.scalars(select(Identity)).all() == []


def test_account_that_is_switched_off_is_refused(
    client: TestClient, sessions: sessionmaker[Session]
) -> None:
    sign_in(client)
    with sessions.begin() as session:
        session.execute(update(User).values(active=False))
    assert client.get(go(client)).status_code == 401


def test_provider_that_is_not_set_up_is_not_offered(client: TestClient, app: FastAPI) -> None:
    assert make_providers(Settings(_env_file=None)) == {}
    app.state.oauth_providers = {}
    assert client.get(f"/v1/auth/oauth/{NAME}", follow_redirects=False).status_code == 404
    assert client.get(f"/v1/auth/oauth/{NAME}/callback").status_code == 404


def test_many_visits_are_slowed_down(client: TestClient) -> None:
    for _ in range(20):
        client.get(f"/v1/auth/oauth/{NAME}", follow_redirects=False)
    answer = client.get(f"/v1/auth/oauth/{NAME}", follow_redirects=False)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert client.get(f"/v1/auth/oauth/{NAME}/callback").status_code == 429
