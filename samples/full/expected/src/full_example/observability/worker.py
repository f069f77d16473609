"""What a worker tells about itself."""

import logging
import time
from typing import Any

from celery import Celery, signals
from opentelemetry import propagate
from opentelemetry.instrumentation.celery import CeleryInstrumentor
from prometheus_client import start_http_server

from full_example.observability import metrics
from full_example.observability.logging import configure_logging
from full_example.observability.tracing import configure_tracing, flush
from full_example.settings import Settings

logger = logging.getLogger(__name__)
started: dict[str, float] = {}


def install(app: Celery, settings: Settings) -> None:
    """Make the workers of an app tell what they do."""

    def log(**_: Any) -> None:
        configure_logging(settings)

    # Celery leaves the logs alone when somebody answers this signal.
    signals.setup_logging.connect(log, weak=False)
    signals.task_prerun.connect(_remember_start)
    signals.task_postrun.connect(_count)

    def serve(**_: Any) -> None:
        _serve_metrics(settings.worker_metrics_port)

    if settings.worker_metrics_port:
        signals.worker_ready.connect(serve, weak=False)

    # A task becomes a part of the trace in which it is handed over, in whichever process.
    def hand_on(headers: dict[str, Any], **_: Any) -> None:
        propagate.inject(headers)

    signals.before_task_publish.connect(hand_on, weak=False)

    # A connection to the receiver of traces does not survive a fork: each child makes its own.
    def trace(**_: Any) -> None:
        provider = configure_tracing(settings)
        instrumentor = CeleryInstrumentor()  # type: ignore[no-untyped-call]
        instrumentor.instrument(tracer_provider=provider)

    def end(**_: Any) -> None:
        flush()

    signals.worker_process_init.connect(trace, weak=False)
    signals.worker_process_shutdown.connect(end, weak=False)


def _remember_start(task_id: str, **_: Any) -> None:
    started[task_id] = time.perf_counter()


def _count(task_id: str, task: Any, state: str | None, **_: Any) -> None:
    metrics.TASKS.labels(task.name, state or "UNKNOWN").inc()
    start = started.pop(task_id, None)
    if start is not None:
        metrics.TASK_DURATION.labels(task.name).observe(time.perf_counter() - start)


def _serve_metrics(port: int) -> None:
    try:
        start_http_server(port, registry=metrics.make_registry())
    except OSError as error:
        # Tasks are more important than numbers about them.
        logger.warning("metrics are not served on port %d: %s", port, error.strerror)
