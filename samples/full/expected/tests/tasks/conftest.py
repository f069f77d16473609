"""The tests run a real worker, in a thread.

Its broker is in memory, or the Redis that TEST_REDIS_URL names.
"""

import os
from collections.abc import Iterator

import pytest
from celery import Celery
from celery.contrib.testing.worker import start_worker


@pytest.fixture(scope="session")
def app() -> Celery:
    redis_url = os.environ.get("TEST_REDIS_URL")
    os.environ["CELERY_BROKER_URL"] = redis_url or "memory://"
    os.environ["CELERY_RESULT_BACKEND"] = redis_url or "cache+memory://"
    from full_example.tasks.app import app

    app.conf.broker_transport_options["polling_interval"] = 0.05  # seconds; only used in memory
    return app


@pytest.fixture(scope="session")
def worker(app: Celery) -> Iterator[None]:
    with start_worker(app, perform_ping_check=False):
        yield
