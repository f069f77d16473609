"""Traces: what a request or task did, step by step, across processes (OpenTelemetry)."""

from fastapi import FastAPI
from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased

from full_example.observability.database_tracing import trace_database
from full_example.settings import Settings

SERVICE = "full-example"


def configure_tracing(settings: Settings) -> TracerProvider:
    """Make the process's source of traces; later calls return the same one."""
    known = trace.get_tracer_provider()
    if isinstance(known, TracerProvider):
        return known
    provider = TracerProvider(
        resource=Resource.create({SERVICE_NAME: SERVICE}),
        # Whoever began a trace decides whether it is kept, else a share of them is.
        sampler=ParentBased(TraceIdRatioBased(settings.trace_sample_ratio)),
    )
    if settings.otlp_endpoint:
        address = f"{settings.otlp_endpoint.rstrip('/')}/v1/traces"
        provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(address)))
    trace.set_tracer_provider(provider)
    return provider


def install(app: FastAPI, settings: Settings) -> None:
    """Make each request of an application a trace, or a part of its caller's."""
    provider = configure_tracing(settings)
    FastAPIInstrumentor.instrument_app(
        app,
        tracer_provider=provider,
        excluded_urls="/health$,/ready$,/metrics$",
        exclude_spans=["receive", "send"],
    )
    trace_database(app.state.engine, provider)


def flush() -> None:
    """Send what was not sent yet; for a process that ends."""
    provider = trace.get_tracer_provider()
    if isinstance(provider, TracerProvider):
        provider.force_flush(5000)
