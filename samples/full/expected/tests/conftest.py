"""What all tests share. A test's folder is its kind, and its marker: `pytest -m unit`."""

from pathlib import Path

import pytest

TESTS = Path(__file__).parent

pytest_plugins = [
    "tests.fixtures.processes",
    "tests.fixtures.api",
    "tests.fixtures.auth",
    "tests.fixtures.database",
    "tests.fixtures.oauth",
    "tests.fixtures.tracing",
    "tests.fixtures.worker",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each test the marker that its folder is called."""
    for item in items:
        if item.path.is_relative_to(TESTS):
            kind = item.path.relative_to(TESTS).parts[0]
            if kind in ("unit", "integration", "contract", "e2e", "performance"):
                item.add_marker(kind)
