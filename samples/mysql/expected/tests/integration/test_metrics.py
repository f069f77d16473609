from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from prometheus_client import REGISTRY

from accounts_on_mysql.observability import metrics


def count(endpoint: str, status: int, method: str = "GET") -> float:
    labels = {"method": method, "endpoint": endpoint, "status": str(status)}
    return REGISTRY.get_sample_value("http_requests_total", labels) or 0


def test_requests_are_counted_by_route(client: TestClient) -> None:
    before = count("/v1/greeting", 200)
    client.get("/v1/greeting?name=Ada")
    client.get("/v1/greeting?name=Grace")
    assert count("/v1/greeting", 200) == before + 2


def test_unknown_paths_and_methods_share_one_label(client: TestClient) -> None:
    before = count(metrics.UNMATCHED, 404), count(metrics.UNMATCHED, 404, "OTHER")
    for number in range(3):
        client.get(f"/nowhere/{number}")
        client.request(f"ODD{number}", "/nowhere")
    after = count(metrics.UNMATCHED, 404), count(metrics.UNMATCHED, 404, "OTHER")
    assert after == (before[0] + 3, before[1] + 3)


def test_errors_are_counted(app: FastAPI) -> None:
    @app.get("/fails")
    async def fail() -> None:
        raise RuntimeError("no more")

    before = count("/fails", 500)
    TestClient(app).get("/fails")
    assert count("/fails", 500) == before + 1


def test_prometheus_can_read_the_numbers(client: TestClient) -> None:
    client.get("/v1/greeting")
    answer = client.get("/metrics")
    assert answer.headers["Content-Type"].startswith("text/plain")
    text = answer.text
    assert "# TYPE http_requests_total counter" in text
    assert 'http_request_duration_seconds_bucket{endpoint="/v1/greeting"' in text


def test_numbers_of_several_processes_are_put_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    assert metrics.make_registry() is not REGISTRY
