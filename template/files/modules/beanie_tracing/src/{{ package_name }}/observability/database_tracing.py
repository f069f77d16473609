"""Makes the commands that MongoDB gets steps of traces, by its driver's own events."""

from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.trace import Span, SpanKind, Status, StatusCode, Tracer
from pymongo import monitoring


class CommandTracer(monitoring.CommandListener):
    """Begins a step when a command is sent, and ends it with the answer."""

    def __init__(self, tracer: Tracer) -> None:
        self._tracer = tracer
        self._spans: dict[int, Span] = {}

    def started(self, event: monitoring.CommandStartedEvent) -> None:
        """Begin a step, without the values in the command."""
        collection = event.command.get(event.command_name)
        span = self._tracer.start_span(event.command_name, kind=SpanKind.CLIENT)
        span.set_attribute("db.system.name", "mongodb")
        span.set_attribute("db.operation.name", event.command_name)
        if isinstance(collection, str):
            span.set_attribute("db.collection.name", collection)
        self._spans[event.request_id] = span

    def succeeded(self, event: monitoring.CommandSucceededEvent) -> None:
        """End the step."""
        span = self._spans.pop(event.request_id, None)
        if span is not None:
            span.end()

    def failed(self, event: monitoring.CommandFailedEvent) -> None:
        """End the step as an error; its message may hold values, its kind does not."""
        span = self._spans.pop(event.request_id, None)
        if span is not None:
            kind = event.failure.get("codeName") or event.failure.get("errtype") or "failure"
            span.set_status(Status(StatusCode.ERROR, str(kind)))
            span.end()


_tracers: list[CommandTracer] = []


def trace_database(provider: TracerProvider) -> None:
    """Make each command of the clients that are made from now on a step of a trace."""
    if not _tracers:
        _tracers.append(CommandTracer(provider.get_tracer(__name__)))
        monitoring.register(_tracers[0])
