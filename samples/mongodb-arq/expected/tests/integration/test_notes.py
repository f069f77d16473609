from typing import Any

import pytest
from fastapi.testclient import TestClient


def create(client: TestClient, title: str = "Milk") -> dict[str, Any]:
    answer = client.post("/v1/notes", json={"title": title, "text": "two litres"})
    assert answer.status_code == 201
    note: dict[str, Any] = answer.json()
    assert answer.headers["Location"] == f"/v1/notes/{note['id']}"
    return note


def test_note_is_created_read_changed_and_deleted(client: TestClient) -> None:
    note = create(client)
    address = f"/v1/notes/{note['id']}"
    assert client.get(address).json() == note
    changed = client.put(address, json={"title": "Milk", "text": "one litre"}).json()
    assert changed["text"] == "one litre"
    assert changed["updated_at"] > note["updated_at"]
    assert client.delete(address).status_code == 204
    for method in ("GET", "DELETE"):
        assert client.request(method, address).status_code == 404


def test_title_is_unique(client: TestClient) -> None:
    create(client, "Milk")
    other = create(client, "Bread")
    assert client.post("/v1/notes", json={"title": "Milk"}).status_code == 409
    address = f"/v1/notes/{other['id']}"
    assert client.put(address, json={"title": "Milk"}).status_code == 409
    assert client.get(address).json()["title"] == "Bread"


def test_notes_come_in_pages(client: TestClient) -> None:
    for number in range(5):
        create(client, f"Note {number}")
    titles: list[str] = []
    after: str | None = ""
    while after is not None:
        page = client.get("/v1/notes", params={"limit": 2, "after": after}).json()
        titles += [note["title"] for note in page["notes"]]
        after = page["next_after"]
    assert titles == [f"Note {number}" for number in range(5)]


def test_sql_in_a_title_is_only_text(client: TestClient) -> None:
    title = "'; DROP TABLE notes; --"
    note = create(client, title)
    assert client.get(f"/v1/notes/{note['id']}").json()["title"] == title


@pytest.mark.parametrize(
    "note",
    [{}, {"title": " "}, {"title": "x" * 201}, {"title": "a\nb"}, {"title": "a", "id": 1}],
)
def test_malformed_note_is_refused(client: TestClient, note: dict[str, Any]) -> None:
    assert client.post("/v1/notes", json=note).status_code == 422
