"""Numbers about what the process does, for Prometheus."""

import os

from prometheus_client import (
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    multiprocess,
)

TASKS = Counter("tasks", "Tasks that ended", ["task", "state"])
TASK_DURATION = Histogram(
    "task_duration_seconds",
    "Time that a task took",
    ["task"],
    buckets=(0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 600),
)


def make_registry() -> CollectorRegistry:
    """Return all metrics: of every process of the server if PROMETHEUS_MULTIPROC_DIR is set."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry
