"""The worker. It does many tasks side by side.

`python -m mongodb_arq.tasks.worker` starts it.
"""

import asyncio
import contextlib
import importlib
import json
from collections.abc import Sequence
from datetime import UTC

from arq import Worker
from arq.worker import Function

from mongodb_arq.observability import worker as signals
from mongodb_arq.settings import Settings
from mongodb_arq.tasks import health
from mongodb_arq.tasks.app import (
    MAX_RETRIES,
    RESULT_SECONDS,
    redis_settings,
    to_json,
)

POLL_SECONDS = 0.2
# Where tasks are: each of these modules lists its own as TASKS.
MODULES = (
    "mongodb_arq.tasks.jobs",
    # scaffold:begin tasks
    # scaffold:end tasks
)


def known_tasks() -> list[Function]:
    """Return what the workers can do."""
    return [task for module in MODULES for task in importlib.import_module(module).TASKS]


def make_worker(
    settings: Settings,
    tasks: Sequence[Function] | None = None,
    *,
    burst: bool = False,
) -> Worker:
    """Make a worker for the queue; with `burst` it ends when nothing is left to do."""
    return Worker(
        functions=known_tasks() if tasks is None else tasks,
        queue_name=settings.queue_name,
        redis_settings=redis_settings(settings),
        job_serializer=to_json,
        job_deserializer=json.loads,
        job_timeout=settings.queue_time_limit_seconds,
        # A worker that is asked to end finishes what it does.
        job_completion_wait=settings.queue_time_limit_seconds,
        handle_signals=not burst,
        # A worker's death counts as a try, too.
        max_tries=MAX_RETRIES + 1,
        keep_result=RESULT_SECONDS,
        log_results=False,
        poll_delay=POLL_SECONDS,
        health_check_interval=health.SIGN_SECONDS,
        health_check_key=health.name(settings),
        timezone=UTC,
        burst=burst,
    )


async def run(worker: Worker) -> None:
    """Do tasks until somebody asks the process to end; then finish those at hand."""
    try:
        with contextlib.suppress(asyncio.CancelledError):
            await worker.async_run()
    finally:
        await worker.close()


async def serve(settings: Settings) -> None:
    """Make a worker and let it work."""
    await run(make_worker(settings))


def main() -> None:
    """Run a worker."""
    settings = Settings()
    signals.install(settings)
    asyncio.run(serve(settings))


if __name__ == "__main__":
    main()
