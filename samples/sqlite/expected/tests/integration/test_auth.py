"""Every line of the security checklist, over HTTP."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from small_service.api.main import create_app
from small_service.auth.models import User, UserSession
from small_service.auth.rate_limit import RateLimit
from small_service.auth.service import Accounts
from small_service.database.base import now
from small_service.settings import Settings

EMAIL = "ada@example.org"
PASSWORD = "correct horse battery staple"
ADA = {"email": EMAIL, "password": PASSWORD}


@pytest.fixture
def csrf(client: TestClient) -> dict[str, str]:
    """Sign in; return the header that goes with what changes something."""
    assert client.post("/v1/auth/register", json=ADA).status_code == 201
    answer = client.post("/v1/auth/session", json=ADA)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    return {"X-CSRF-Token": answer.json()["csrf_token"]}


def get_me(client: TestClient) -> int:
    return client.get("/v1/auth/me").status_code


@pytest.mark.usefixtures("csrf")
def test_who_signs_in_is_known(client: TestClient) -> None:
    me = client.get("/v1/auth/me").json()
    assert (me["email"], me["role"]) == (EMAIL, "user")
    assert "password" not in str(me)


def test_who_does_not_sign_in_is_refused(client: TestClient) -> None:
    assert get_me(client) == 401
    client.cookies.set("session", "not-a-session")
    assert get_me(client) == 401


def test_cookie_cannot_be_read_or_sent_elsewhere(
    sessions: sessionmaker[Session], accounts: Accounts
) -> None:
    settings = Settings(_env_file=None, environment="test", force_https=True)
    app = create_app(settings)
    app.state.sessions = sessions
    accounts.register(EMAIL, PASSWORD)
    client = TestClient(app, base_url="https://testserver")
    cookie = client.post("/v1/auth/session", json=ADA).headers["Set-Cookie"].lower()
    for word in ("httponly", "secure", "samesite=lax", "path=/"):
        assert word in cookie


def test_forged_request_of_another_page_is_refused(
    client: TestClient, csrf: dict[str, str]
) -> None:
    note: dict[str, Any] = {"title": "Milk"}
    assert client.post("/v1/notes", json=note).status_code == 403
    assert client.post("/v1/notes", json=note, headers={"X-CSRF-Token": "x"}).status_code == 403
    assert client.get("/v1/auth/csrf").json() == csrf["X-CSRF-Token"]
    assert client.post("/v1/notes", json=note, headers=csrf).status_code == 201
    assert client.get("/v1/notes").status_code == 200


def test_token_of_one_session_is_no_good_in_another(
    client: TestClient, csrf: dict[str, str]
) -> None:
    assert client.post("/v1/auth/session", json=ADA).status_code == 200
    assert client.post("/v1/notes", json={"title": "Milk"}, headers=csrf).status_code == 403


def test_signing_in_gives_a_new_session_each_time(client: TestClient) -> None:
    client.cookies.set("session", "chosen-by-somebody-else")
    client.post("/v1/auth/register", json=ADA)
    cookie = client.post("/v1/auth/session", json=ADA).headers["Set-Cookie"]
    assert "chosen-by-somebody-else" not in cookie


@pytest.mark.usefixtures("csrf")
def test_only_hashes_are_kept(client: TestClient, sessions: sessionmaker[Session]) -> None:
    with sessions() as session:
        password = session.scalars(select(User.password_hash)).one()
        token = session.scalars(select(UserSession.token_hash)).one()
    assert password.startswith("$argon2id$")
    assert PASSWORD not in password
    assert token != client.cookies["session"]


def test_statements_in_what_is_sent_are_text(
    client: TestClient, sessions: sessionmaker[Session]
) -> None:
    odd = {"email": "x'or'1'='1@example.org", "password": "'; DROP TABLE users; -- \" OR 1=1"}
    assert client.post("/v1/auth/register", json=ADA).status_code == 201
    assert client.post("/v1/auth/session", json=odd).status_code == 401
    assert client.post("/v1/auth/register", json=odd).status_code == 201
    assert client.post("/v1/auth/session", json=odd).status_code == 200
    with sessions() as session:
        assert sorted(session.scalars(select(User.email))) == [EMAIL, odd["email"]]


def test_weak_password_is_refused(client: TestClient) -> None:
    assert client.post("/v1/auth/register", json=ADA | {"password": "short"}).status_code == 422


@pytest.mark.usefixtures("csrf")
def test_address_is_taken_once_whatever_its_case(client: TestClient) -> None:
    again = client.post("/v1/auth/register", json=ADA | {"email": "Ada@Example.org"})
    assert again.status_code == 409


@pytest.mark.usefixtures("csrf")
def test_wrong_password_and_unknown_account_look_the_same(client: TestClient) -> None:
    wrong = client.post("/v1/auth/session", json=ADA | {"password": "wrong horse"})
    unknown = client.post("/v1/auth/session", json=ADA | {"email": "eve@example.org"})
    assert (wrong.status_code, wrong.json()) == (401, unknown.json())


def test_guessing_is_slowed_down(client: TestClient) -> None:
    for _ in range(3):
        assert client.post("/v1/auth/session", json=ADA).status_code == 401
    answer = client.post("/v1/auth/session", json=ADA)
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 60


def test_many_accounts_from_one_place_are_slowed_down_too() -> None:
    limit = RateLimit("memory://")
    waits = [limit.wait_seconds("place", f"account {number}") for number in range(21)]
    assert waits[:20] == [0] * 20
    assert waits[20] > 0


@pytest.mark.usefixtures("csrf")
@pytest.mark.parametrize("column", ["expires_at", "used_at"])
def test_session_ends_after_its_time_and_after_long_rest(
    client: TestClient, sessions: sessionmaker[Session], column: str
) -> None:
    with sessions.begin() as session:
        session.execute(update(UserSession).values({column: now() - timedelta(days=2)}))
    assert get_me(client) == 401


@pytest.mark.usefixtures("csrf")
def test_session_that_is_used_lives_on(client: TestClient, sessions: sessionmaker[Session]) -> None:
    before = now() - timedelta(hours=1)
    with sessions.begin() as session:
        session.execute(update(UserSession).values(used_at=before))
    assert get_me(client) == 200
    with sessions() as session:
        assert session.scalars(select(UserSession.used_at)).one() > before


@pytest.mark.usefixtures("csrf")
def test_account_that_is_switched_off_is_refused(
    client: TestClient, sessions: sessionmaker[Session]
) -> None:
    with sessions.begin() as session:
        session.execute(update(User).values(active=False))
    assert get_me(client) == 401
    assert client.post("/v1/auth/session", json=ADA).status_code == 401


def test_who_signs_out_is_out(client: TestClient, csrf: dict[str, str]) -> None:
    cookie = client.cookies["session"]
    assert client.delete("/v1/auth/session", headers=csrf).status_code == 204
    client.cookies.set("session", cookie)
    assert get_me(client) == 401


def test_sessions_are_listed_and_ended(
    client: TestClient, csrf: dict[str, str], accounts: Accounts
) -> None:
    other, _ = accounts.sign_in(EMAIL, PASSWORD)
    listed = client.get("/v1/auth/sessions").json()
    assert len(listed) == 2
    found = accounts.find(other)
    assert found is not None
    address = f"/v1/auth/sessions/{found.session_id}"
    assert client.delete(address, headers=csrf).status_code == 204
    assert accounts.find(other) is None
    assert get_me(client) == 200


def test_session_of_somebody_else_looks_as_if_there_were_none(
    client: TestClient, csrf: dict[str, str], accounts: Accounts
) -> None:
    eve = accounts.register("eve@example.org", PASSWORD)
    accounts.sign_in("eve@example.org", PASSWORD)
    (row,) = accounts.list_sessions(eve.id)
    for session_id in (row.id, uuid.uuid4()):
        address = f"/v1/auth/sessions/{session_id}"
        assert client.delete(address, headers=csrf).status_code == 404
    assert len(accounts.list_sessions(eve.id)) == 1


@pytest.mark.usefixtures("csrf")
def test_only_administrators_see_the_accounts(
    client: TestClient, sessions: sessionmaker[Session]
) -> None:
    assert client.get("/v1/auth/users").status_code == 403
    with sessions.begin() as session:
        session.execute(update(User).values(role="admin"))
    users = client.get("/v1/auth/users").json()
    assert [user["email"] for user in users] == [EMAIL]


def test_notes_need_somebody_who_signed_in(client: TestClient) -> None:
    assert client.get("/v1/notes").status_code == 401
    assert client.post("/v1/notes", json={"title": "Milk"}).status_code == 401
