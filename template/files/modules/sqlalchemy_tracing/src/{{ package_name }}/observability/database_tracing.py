"""Makes SQL statements steps of traces.

By SQLAlchemy's own events: OpenTelemetry's package for it lags behind its versions.
"""

from typing import Any

from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.trace import Span, SpanKind, Status, StatusCode
from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext


def trace_database(engine: Engine, provider: TracerProvider) -> None:
    """Make each statement a step of a trace, without the values in it."""
    tracer = provider.get_tracer(__name__)
    system = engine.dialect.name

    def begin(_connection: Any, _cursor: Any, statement: str, _values: Any, *rest: Any) -> None:
        operation = statement.lstrip().split(maxsplit=1)[0].upper()
        span = tracer.start_span(operation, kind=SpanKind.CLIENT)
        span.set_attribute("db.system.name", system)
        span.set_attribute("db.query.text", statement)
        rest[0]._span = span

    def end(_connection: Any, _cursor: Any, _statement: str, _values: Any, *rest: Any) -> None:
        rest[0]._span.end()

    def fail(context: ExceptionContext) -> None:
        span: Span | None = getattr(context.execution_context, "_span", None)
        if span is not None:
            # The message of an error may hold values; its kind does not.
            kind = type(context.original_exception).__name__
            span.set_status(Status(StatusCode.ERROR, kind))
            span.end()

    event.listen(engine, "before_cursor_execute", begin)
    event.listen(engine, "after_cursor_execute", end)
    event.listen(engine, "handle_error", fail)
