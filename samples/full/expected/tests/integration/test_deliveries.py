import uuid
from typing import Any

import pytest
from fastapi.testclient import TestClient
from kombu.exceptions import OperationalError

from full_example.tasks.app import app as queue
from full_example.tasks.jobs import send_greeting


def test_work_is_handed_over(client: TestClient) -> None:
    answer = client.post("/v1/deliveries", json={"name": "Ada"})
    assert answer.status_code == 202
    delivery = answer.json()
    assert delivery["state"] == "waiting"
    assert client.get(answer.headers["Location"]).json()["id"] == delivery["id"]


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("PENDING", "waiting"),
        ("STARTED", "running"),
        ("RETRY", "running"),
        ("SUCCESS", "done"),
        ("FAILURE", "failed"),
    ],
)
def test_state_is_told_in_plain_words(client: TestClient, state: str, told: str) -> None:
    delivery_id = str(uuid.uuid4())
    queue.backend.store_result(delivery_id, None, state)
    assert client.get(f"/v1/deliveries/{delivery_id}").json()["state"] == told


def test_queue_that_does_not_answer_is_no_crash(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OperationalError("at 10.0.0.1")

    monkeypatch.setattr(send_greeting, "apply_async", fail)
    answer = client.post("/v1/deliveries", json={"name": "Ada"})
    assert answer.status_code == 503
    assert "10.0.0.1" not in answer.text
