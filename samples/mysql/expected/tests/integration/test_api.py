import time
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from accounts_on_mysql.api.main import create_app
from accounts_on_mysql.settings import Settings

PROBLEM = "application/problem+json"


def make_client(**settings: Any) -> TestClient:
    app = create_app(Settings(_env_file=None, environment="test", **settings))

    @app.post("/length")
    async def measure(text: dict[str, str]) -> int:
        return len(text["text"])

    return TestClient(app, follow_redirects=False)


def test_greets(client: TestClient) -> None:
    answer = client.get("/v1/greeting", params={"name": " Ada "})
    assert (answer.status_code, answer.json()) == (200, {"text": "Hello, Ada!"})


@pytest.mark.parametrize("name", ["", " ", "x" * 201])
def test_mistake_is_a_problem_document(client: TestClient, name: str) -> None:
    answer = client.get("/v1/greeting", params={"name": name})
    assert (answer.status_code, answer.headers["Content-Type"]) == (422, PROBLEM)
    assert answer.json()["title"]


def test_unknown_address_is_a_problem_document(client: TestClient) -> None:
    answer = client.get("/nowhere")
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, PROBLEM)
    assert answer.json() == {"type": "about:blank", "title": "Not Found", "status": 404}


def test_validation_error_does_not_repeat_what_was_sent(client: TestClient) -> None:
    answer = client.get("/v1/greeting", params={"name": "hunter2" * 100})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["location"] == "query.name"
    assert "hunter2" not in answer.text


def test_unexpected_error_tells_nothing(app: FastAPI) -> None:
    @app.get("/fails")
    async def fail() -> None:
        raise RuntimeError("hunter2")

    answer = TestClient(app, raise_server_exceptions=False).get("/fails")
    assert (answer.status_code, answer.headers["Content-Type"]) == (500, PROBLEM)
    assert "hunter2" not in answer.text


def test_health_and_readiness(client: TestClient) -> None:
    assert client.get("/health").json() == {"status": "healthy"}
    assert client.get("/ready").json() == {"status": "ready", "checks": {}}


def test_readiness_names_what_does_not_work(app: FastAPI, client: TestClient) -> None:
    def fail() -> None:
        raise OSError("at 10.0.0.1")

    app.state.checks = {"good": lambda: None, "bad": fail}
    answer = client.get("/ready")
    assert answer.status_code == 503
    assert answer.json() == {"status": "not ready", "checks": {"good": "ok", "bad": "failed"}}


def test_readiness_does_not_wait_for_ever(app: FastAPI) -> None:
    app.state.settings = Settings(_env_file=None, ready_timeout_seconds=0.01)
    app.state.checks = {"slow": lambda: time.sleep(0.3)}
    answer = TestClient(app).get("/ready")
    assert (answer.status_code, answer.json()["checks"]) == (503, {"slow": "timeout"})


def test_browsers_are_told_to_be_careful(client: TestClient) -> None:
    headers = client.get("/health").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "Strict-Transport-Security" not in headers


def test_http_is_sent_to_https() -> None:
    client = make_client(force_https=True)
    answer = client.get("/v1/greeting?name=Ada")
    assert answer.status_code == 308
    assert answer.headers["Location"] == "https://testserver/v1/greeting?name=Ada"
    assert "max-age" in answer.headers["Strict-Transport-Security"]
    assert client.get("/health").status_code == 200


def test_large_body_is_refused() -> None:
    client = make_client(max_body_bytes=50)
    assert client.post("/length", json={"text": "x"}).json() == 1
    assert client.post("/length", json={"text": "x" * 50}).status_code == 413


def test_large_body_of_unknown_length_is_refused() -> None:
    client = make_client(max_body_bytes=50)
    parts = (b'{"text": "', *[b"x" * 10] * 10, b'"}')
    assert client.post("/length", content=iter(parts)).status_code == 413


def test_unknown_host_is_refused() -> None:
    client = make_client(allowed_hosts=["good.example.org"])
    assert client.get("/v1/greeting").status_code == 400


def test_probe_by_an_address_is_answered() -> None:
    client = make_client(allowed_hosts=["good.example.org"])
    assert client.get("/health", headers={"Host": "10.0.0.7:8000"}).status_code == 200


def test_pages_of_known_origins_may_call() -> None:
    client = make_client(cors_origins=["https://good.example.org"])
    good = client.get("/health", headers={"Origin": "https://good.example.org"})
    assert good.headers["Access-Control-Allow-Origin"] == "https://good.example.org"
    bad = client.get("/health", headers={"Origin": "https://bad.example.org"})
    assert "Access-Control-Allow-Origin" not in bad.headers
