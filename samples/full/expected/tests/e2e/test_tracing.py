"""A real server sends its traces to a real receiver."""

from collections.abc import Callable
from typing import Any

import httpx2
from opentelemetry.proto.trace.v1.trace_pb2 import Span


def test_request_and_its_statement_are_one_trace(
    start_server: Callable[..., Any],
    trace_receiver: Any,
    database: str,
) -> None:
    server = start_server(OTLP_ENDPOINT=trace_receiver.url, DATABASE_URL=database)
    parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    httpx2.get(f"{server.url}/v1/greeting", headers={"traceparent": parent})
    httpx2.get(f"{server.url}/health")
    assert server.stop() == 0
    assert trace_receiver.services == {"full-example"}
    (served,) = [span for span in trace_receiver.spans if span.kind == Span.SPAN_KIND_SERVER]
    assert served.trace_id.hex() == "0af7651916cd43dd8448eb211c80319c"
