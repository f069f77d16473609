"""The task queue: which broker it uses and how it treats tasks."""

from typing import Any

from celery import Celery
from celery.schedules import crontab

from full_example.observability import worker
from full_example.settings import Settings

settings = Settings()
app = Celery(
    "full_example",
    broker=settings.celery_broker_url,
    backend=settings.celery_result_backend,
    include=[
        "full_example.tasks.jobs",
        # scaffold:begin tasks
        # scaffold:end tasks
    ],
)
# How to reach Redis: it must answer soon, or whoever hands a task over would wait with it. It hands
# a task out again after the visibility timeout, which must outlast every task.
transport: dict[str, Any] = {
    "visibility_timeout": settings.celery_visibility_timeout,
    "socket_connect_timeout": 5,
    "socket_timeout": 30,
}
app.conf.update(
    # Only JSON: a message can never run code.
    accept_content=["json"],
    result_serializer="json",
    task_serializer="json",
    # A task whose worker dies is done again by another one, so tasks must stand a repetition.
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    task_soft_time_limit=540,
    task_time_limit=600,
    broker_transport_options=transport,
    broker_connection_retry_on_startup=True,
    task_publish_retry_policy={"max_retries": 1, "interval_start": 0.1},
    # Memory that a task did not give back goes with its process.
    worker_max_tasks_per_child=1000,
    result_expires=86400,
    task_track_started=True,
    timezone="UTC",
)
app.conf.beat_schedule = {
    "greet the world each morning": {
        "task": "full_example.tasks.jobs.send_greeting",
        "schedule": crontab(hour="6", minute="0"),
        "args": ["world"],
        # If no worker took it within an hour, it is too late for this morning.
        "options": {"expires": 3600},
    },
}
worker.install(app, settings)


def time_limit() -> int:
    """Return after how many seconds a task is ended."""
    return int(app.conf.task_time_limit)


def task_id() -> str | None:
    """Return which task this process is at: the same for each of its tries."""
    task = app.current_task
    return task.request.id if task else None


def check_broker() -> None:
    """Raise an exception unless the broker answers."""
    with app.connection_for_write() as connection:
        connection.ensure_connection(max_retries=1, timeout=1)
