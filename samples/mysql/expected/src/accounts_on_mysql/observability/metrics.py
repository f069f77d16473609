"""Numbers about what the process does, for Prometheus."""

import os
import time

from fastapi import FastAPI, Response
from prometheus_client import (
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    exposition,
    multiprocess,
)
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Labels must have few values: each new one costs memory, here and in Prometheus.
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
UNMATCHED = "<unmatched>"

REQUESTS = Counter("http_requests", "Requests that were answered", ["method", "endpoint", "status"])
DURATION = Histogram(
    "http_request_duration_seconds",
    "Time until a request was answered",
    ["method", "endpoint"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5, 10),
)
IN_PROGRESS = Gauge(
    "http_requests_in_progress",
    "Requests that are being answered",
    multiprocess_mode="livesum",
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


def install(app: FastAPI) -> None:
    """Make an application count its requests and show the numbers."""
    app.add_middleware(Metrics)

    @app.get("/metrics", include_in_schema=False)
    def get_metrics() -> Response:
        text = exposition.generate_latest(make_registry())
        return Response(text, media_type=exposition.CONTENT_TYPE_PLAIN_0_0_4)


class Metrics:
    """Counts requests and measures how long they take."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        start = time.perf_counter()
        status = 500

        async def remember_status(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        IN_PROGRESS.inc()
        try:
            await self.app(scope, receive, remember_status)
        finally:
            IN_PROGRESS.dec()
            # The route's pattern and not the path: there are few patterns and many paths.
            endpoint = getattr(scope.get("route"), "path", UNMATCHED)
            method = scope["method"] if scope["method"] in METHODS else "OTHER"
            REQUESTS.labels(method, endpoint, str(status)).inc()
            DURATION.labels(method, endpoint).observe(time.perf_counter() - start)
