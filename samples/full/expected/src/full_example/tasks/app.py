"""The task queue: which broker it uses and how it treats tasks."""

import os

from celery import Celery

app = Celery(
    "full_example",
    broker=os.environ.get("CELERY_BROKER_URL") or "redis://localhost:6379/0",
    backend=os.environ.get("CELERY_RESULT_BACKEND") or "redis://localhost:6379/1",
    include=["full_example.tasks.jobs"],
)
app.conf.update(
    # Only JSON: a message can never run code.
    accept_content=["json"],
    result_serializer="json",
    task_serializer="json",
    # A task whose worker dies is done again by another one, so tasks must stand a repetition.
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    # Redis hands a task out again after the visibility timeout: it must outlast every task.
    task_soft_time_limit=540,
    task_time_limit=600,
    broker_transport_options={"visibility_timeout": 3600},
    broker_connection_retry_on_startup=True,
    result_expires=86400,
    task_track_started=True,
    timezone="UTC",
)
