"""The interface keeps what its description says: generated requests, every answer checked."""

from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import given, settings

from mongodb_arq.api.main import create_app
from mongodb_arq.settings import Settings

REQUESTS = 25  # for each endpoint; the same ones each time


def list_endpoints() -> list[tuple[str, str]]:
    paths = create_app(Settings(_env_file=None)).openapi()["paths"]
    return [(path, method) for path, methods in paths.items() for method in methods]


@pytest.mark.parametrize(("path", "method"), list_endpoints())
def test_answers_are_as_described(app: FastAPI, path: str, method: str) -> None:
    endpoint = schemathesis.openapi.from_asgi("/openapi.json", app)[path][method]

    @settings(max_examples=REQUESTS, derandomize=True, database=None, deadline=None)
    @given(case=endpoint.as_strategy())
    def check(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate()

    check()
