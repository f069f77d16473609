"""A real worker sends its traces to a real receiver."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from opentelemetry import trace
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status
from opentelemetry.sdk.trace import TracerProvider

GREET = "full_example.tasks.jobs.send_greeting"
PATIENCE = 60  # seconds


def test_task_is_a_part_of_the_trace_in_which_it_was_handed_over(
    start_worker: Callable[..., Any], hand_over: Callable[..., Any], trace_receiver: Any
) -> None:
    worker = start_worker(OTLP_ENDPOINT=trace_receiver.url)
    tracer = TracerProvider().get_tracer(__name__)
    with tracer.start_as_current_span("request") as span:
        good = hand_over(GREET, "Ada")
        bad = hand_over(GREET, " ")
    assert trace.get_current_span() is not span
    assert good.get(timeout=PATIENCE) == "Hello, Ada!"
    with pytest.raises(Exception, match="blank"):
        bad.get(timeout=PATIENCE)
    assert worker.stop() == 0
    end = time.monotonic() + PATIENCE
    while len(trace_receiver.spans) < 2:
        assert time.monotonic() < end
        time.sleep(0.1)
    context = span.get_span_context()
    for done in trace_receiver.spans:
        assert done.trace_id.hex() == format(context.trace_id, "032x")
        # A span of the handing over may lie in between, if a test has traced it in this process.
        assert done.parent_span_id
        assert done.kind == Span.SPAN_KIND_CONSUMER
        assert done.name.endswith("send_greeting")
    failed = [done.status.code == Status.STATUS_CODE_ERROR for done in trace_receiver.spans]
    assert sorted(failed) == [False, True]
