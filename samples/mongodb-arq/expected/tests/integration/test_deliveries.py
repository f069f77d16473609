from typing import Any

import pytest
from fastapi.testclient import TestClient

from mongodb_arq.api import deliveries
from mongodb_arq.tasks.handover import QueueError

UNKNOWN = "1b4e28ba-2fa1-11d2-883f-0016d3cca427"


@pytest.fixture
def broken_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise QueueError("at 10.0.0.1")

    monkeypatch.setattr(deliveries, "hand_over_greeting", fail)
    monkeypatch.setattr(deliveries, "get_state", fail)


@pytest.mark.usefixtures("reachable_queue")
def test_work_is_handed_over(client: TestClient) -> None:
    answer = client.post("/v1/deliveries", json={"name": "Ada"})
    assert answer.status_code == 202
    delivery = answer.json()
    assert delivery["state"] == "waiting"
    assert client.get(answer.headers["Location"]).json()["id"] == delivery["id"]


@pytest.mark.usefixtures("reachable_queue")
def test_unknown_delivery_looks_like_one_that_waits(client: TestClient) -> None:
    assert client.get(f"/v1/deliveries/{UNKNOWN}").json()["state"] == "waiting"


@pytest.mark.usefixtures("broken_queue")
def test_queue_that_does_not_answer_is_no_crash(client: TestClient) -> None:
    answer = client.post("/v1/deliveries", json={"name": "Ada"})
    assert answer.status_code == 503
    assert "10.0.0.1" not in answer.text
    assert client.get(f"/v1/deliveries/{UNKNOWN}").status_code == 503
