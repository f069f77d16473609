"""Every line of the security checklist, over HTTP."""

import uuid
from datetime import timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from accounts_on_mysql.auth.models import RefreshToken, User
from accounts_on_mysql.auth.rate_limit import RateLimit
from accounts_on_mysql.auth.service import Accounts
from accounts_on_mysql.database.base import now

EMAIL = "ada@example.org"
PASSWORD = "correct horse battery staple"
ADA = {"email": EMAIL, "password": PASSWORD}


@pytest.fixture
def tokens(client: TestClient) -> dict[str, str]:
    assert client.post("/v1/auth/register", json=ADA).status_code == 201
    answer = client.post("/v1/auth/token", json=ADA)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    tokens: dict[str, str] = answer.json()
    return tokens


def get_me(client: TestClient, access_token: str) -> int:
    headers = {"Authorization": f"Bearer {access_token}"}
    return client.get("/v1/auth/me", headers=headers).status_code


def refresh(client: TestClient, refresh_token: str) -> tuple[int, dict[str, str]]:
    answer = client.post("/v1/auth/refresh", json={"refresh_token": refresh_token})
    return answer.status_code, answer.json()


def test_who_signs_in_is_known(client: TestClient, tokens: dict[str, str]) -> None:
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}
    me = client.get("/v1/auth/me", headers=headers).json()
    assert (me["email"], me["role"]) == (EMAIL, "user")
    assert "password" not in str(me)


def test_who_does_not_sign_in_is_refused(client: TestClient) -> None:
    answer = client.get("/v1/auth/me")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert get_me(client, "not.a.token") == 401


def test_browser_sends_nothing_on_its_own_that_another_page_could_use(
    client: TestClient, tokens: dict[str, str]
) -> None:
    assert tokens["access_token"]
    assert not client.cookies
    assert client.post("/v1/auth/sign-out").status_code == 401
    assert get_me(client, tokens["access_token"]) == 200


def test_statements_in_what_is_sent_are_text(
    client: TestClient, sessions: sessionmaker[Session]
) -> None:
    odd = {"email": "x'or'1'='1@example.org", "password": "'; DROP TABLE users; -- \" OR 1=1"}
    assert client.post("/v1/auth/register", json=ADA).status_code == 201
    assert client.post("/v1/auth/token", json=odd).status_code == 401
    assert client.post("/v1/auth/register", json=odd).status_code == 201
    assert client.post("/v1/auth/token", json=odd).status_code == 200
    with sessions() as session:
        assert sorted(session.scalars(select(User.email))) == [EMAIL, odd["email"]]


def test_weak_password_is_refused(client: TestClient) -> None:
    answer = client.post("/v1/auth/register", json=ADA | {"password": "short"})
    assert answer.status_code == 422
    assert "short" not in answer.json()["detail"].split()


@pytest.mark.usefixtures("tokens")
def test_password_is_kept_as_hash(sessions: sessionmaker[Session]) -> None:
    with sessions() as session:
        kept = session.scalars(select(User.password_hash)).one()
    assert kept.startswith("$2b$")
    assert PASSWORD not in kept


def test_refresh_token_is_kept_as_hash(
    sessions: sessionmaker[Session], tokens: dict[str, str]
) -> None:
    with sessions() as session:
        assert session.scalars(select(RefreshToken.token_hash)).one() != tokens["refresh_token"]


@pytest.mark.usefixtures("tokens")
def test_address_is_taken_once_whatever_its_case(client: TestClient) -> None:
    again = client.post("/v1/auth/register", json=ADA | {"email": "Ada@Example.org"})
    assert again.status_code == 409


@pytest.mark.usefixtures("tokens")
def test_wrong_password_and_unknown_account_look_the_same(client: TestClient) -> None:
    wrong = client.post("/v1/auth/token", json=ADA | {"password": "wrong horse"})
    unknown = client.post("/v1/auth/token", json=ADA | {"email": "eve@example.org"})
    assert (wrong.status_code, wrong.json()) == (401, unknown.json())


def test_guessing_is_slowed_down(client: TestClient) -> None:
    for _ in range(3):
        assert client.post("/v1/auth/token", json=ADA).status_code == 401
    answer = client.post("/v1/auth/token", json=ADA)
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 60


def test_many_accounts_from_one_place_are_slowed_down_too() -> None:
    limit = RateLimit("memory://")
    waits = [limit.wait_seconds("place", f"account {number}") for number in range(21)]
    assert waits[:20] == [0] * 20
    assert waits[20] > 0


def test_refresh_token_is_good_once(client: TestClient, tokens: dict[str, str]) -> None:
    status, new = refresh(client, tokens["refresh_token"])
    assert status == 200
    assert new["refresh_token"] != tokens["refresh_token"]
    assert get_me(client, new["access_token"]) == 200


def test_reuse_of_a_refresh_token_ends_the_session(
    client: TestClient, tokens: dict[str, str]
) -> None:
    _, new = refresh(client, tokens["refresh_token"])
    assert refresh(client, tokens["refresh_token"])[0] == 401
    assert refresh(client, new["refresh_token"])[0] == 401
    assert get_me(client, new["access_token"]) == 401


def test_old_refresh_token_is_refused(
    client: TestClient, tokens: dict[str, str], sessions: sessionmaker[Session]
) -> None:
    with sessions.begin() as session:
        session.execute(update(RefreshToken).values(expires_at=now() - timedelta(seconds=1)))
    assert refresh(client, tokens["refresh_token"])[0] == 401


def test_account_that_is_switched_off_is_refused(
    client: TestClient, tokens: dict[str, str], sessions: sessionmaker[Session]
) -> None:
    with sessions.begin() as session:
        session.execute(update(User).values(active=False))
    assert get_me(client, tokens["access_token"]) == 401
    assert refresh(client, tokens["refresh_token"])[0] == 401
    assert client.post("/v1/auth/token", json=ADA).status_code == 401


def test_who_signs_out_is_out(client: TestClient, tokens: dict[str, str]) -> None:
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert client.post("/v1/auth/sign-out", headers=headers).status_code == 204
    assert get_me(client, tokens["access_token"]) == 401
    assert refresh(client, tokens["refresh_token"])[0] == 401


def test_sessions_are_listed_and_ended(client: TestClient, tokens: dict[str, str]) -> None:
    other = client.post("/v1/auth/token", json=ADA).json()
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}
    listed = client.get("/v1/auth/sessions", headers=headers).json()
    assert len(listed) == 2
    address = f"/v1/auth/sessions/{listed[1]['id']}"
    assert client.delete(address, headers=headers).status_code == 204
    assert get_me(client, other["access_token"]) == 401
    assert get_me(client, tokens["access_token"]) == 200


def test_session_of_somebody_else_looks_as_if_there_were_none(
    client: TestClient, accounts: Accounts, tokens: dict[str, str]
) -> None:
    eve = accounts.register("eve@example.org", PASSWORD)
    accounts.sign_in("eve@example.org", PASSWORD)
    ((family, _),) = accounts.list_sessions(eve.id)
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}
    for session_id in (family, uuid.uuid4()):
        address = f"/v1/auth/sessions/{session_id}"
        assert client.delete(address, headers=headers).status_code == 404
    assert len(accounts.list_sessions(eve.id)) == 1


def test_only_administrators_see_the_accounts(
    client: TestClient, tokens: dict[str, str], sessions: sessionmaker[Session]
) -> None:
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert client.get("/v1/auth/users", headers=headers).status_code == 403
    with sessions.begin() as session:
        session.execute(update(User).values(role="admin"))
    users = client.get("/v1/auth/users", headers=headers).json()
    assert [user["email"] for user in users] == [EMAIL]


def test_notes_need_somebody_who_signed_in(client: TestClient, app: FastAPI) -> None:
    assert client.get("/v1/notes").status_code == 401
    assert client.post("/v1/notes", json={"title": "Milk"}).status_code == 401
