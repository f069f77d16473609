import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from full_example.database.config import make_engine
from full_example.observability.database_tracing import trace_database


def test_statements_are_spans_without_values(database: str) -> None:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    engine = make_engine(database)
    trace_database(engine, provider)
    with engine.connect() as connection:
        good_query = text("SELECT title FROM notes WHERE title = :title")
        connection.execute(good_query, {"title": "hunter2"})
        bad_query = text("SELECT nothing FROM nowhere WHERE title = :title")
        with pytest.raises(DBAPIError):
            connection.execute(bad_query, {"title": "hunter2"})
    engine.dispose()
    provider.shutdown()
    good, bad = [span for span in exporter.get_finished_spans() if span.name == "SELECT"]
    assert good.status.status_code is StatusCode.UNSET
    assert bad.status.status_code is StatusCode.ERROR
    assert all("hunter2" not in str(span.to_json()) for span in (good, bad))
