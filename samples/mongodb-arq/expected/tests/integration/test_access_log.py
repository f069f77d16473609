from fastapi import FastAPI
from fastapi.testclient import TestClient
from structlog.testing import capture_logs


def test_request_is_logged_once(client: TestClient) -> None:
    with capture_logs() as records:
        answer = client.get("/v1/greeting?name=Ada")
    (record,) = [record for record in records if record["event"] == "request"]
    assert (record["method"], record["path"], record["status"]) == ("GET", "/v1/greeting", 200)
    assert record["duration_ms"] >= 0
    assert len(answer.headers["X-Request-ID"]) == 32


def test_query_is_not_logged(client: TestClient) -> None:
    with capture_logs() as records:
        client.get("/v1/greeting?name=hunter2")
    assert "hunter2" not in str(records)


def test_identity_of_the_caller_is_kept_if_it_is_one(client: TestClient) -> None:
    for given, kept in (("abc-1", True), ("a b", False), ("x" * 65, False)):
        answer = client.get("/v1/greeting", headers={"X-Request-ID": given})
        assert (answer.headers["X-Request-ID"] == given) is kept


def test_failed_request_is_logged_too(app: FastAPI) -> None:
    @app.get("/fails")
    async def fail() -> None:
        raise RuntimeError("no more")

    with capture_logs() as records:
        answer = TestClient(app).get("/fails")
    assert answer.status_code == 500
    assert [record["status"] for record in records if record["event"] == "request"] == [500]


def test_probes_are_quiet(client: TestClient) -> None:
    with capture_logs() as records:
        client.get("/health")
    assert not [record for record in records if record["event"] == "request"]
