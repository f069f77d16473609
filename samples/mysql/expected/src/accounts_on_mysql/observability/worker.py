"""What a worker tells about itself."""

import logging

from prometheus_client import start_http_server

from accounts_on_mysql.observability import metrics
from accounts_on_mysql.observability.logging import configure_logging
from accounts_on_mysql.settings import Settings

logger = logging.getLogger(__name__)


def install(settings: Settings) -> None:
    """Make the process tell what it does."""
    configure_logging(settings)
    if settings.worker_metrics_port:
        _serve_metrics(settings.worker_metrics_port)


def count(task: str, state: str, seconds: float) -> None:
    """Count a run of a task: SUCCESS, FAILURE, or RETRY if it is tried again."""
    metrics.TASKS.labels(task, state).inc()
    metrics.TASK_DURATION.labels(task).observe(seconds)


def _serve_metrics(port: int) -> None:
    try:
        start_http_server(port, registry=metrics.make_registry())
    except OSError as error:
        # Tasks are more important than numbers about them.
        logger.warning("metrics are not served on port %d: %s", port, error.strerror)
