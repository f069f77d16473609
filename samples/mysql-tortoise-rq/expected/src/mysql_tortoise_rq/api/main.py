"""The application: what it is put together from.

`python -m mysql_tortoise_rq.api` serves it;
so does any ASGI server that takes a factory.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from importlib.metadata import version

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from mysql_tortoise_rq.api import (
    deliveries,
    greetings,
    health,
    notes,
    problems,
)
from mysql_tortoise_rq.api.middleware import (
    BodyLimit,
    ForceHTTPS,
    KnownHosts,
    SecurityHeaders,
)
from mysql_tortoise_rq.database.config import check_database, connect
from mysql_tortoise_rq.observability import metrics
from mysql_tortoise_rq.observability.access_log import AccessLog
from mysql_tortoise_rq.observability.logging import configure_logging
from mysql_tortoise_rq.settings import Settings
from mysql_tortoise_rq.tasks.app import check_broker

# The modules of features that have a `router`.
FEATURES: tuple[str, ...] = (
    # scaffold:begin routers
    # scaffold:end routers
)


def create_app(settings: Settings | None = None) -> FastAPI:
    """Make the application; nothing is connected before the first request."""
    settings = settings or Settings()
    configure_logging(settings)
    production = settings.environment == "production"
    app = FastAPI(
        title="mysql-tortoise-rq",
        version=version("mysql-tortoise-rq"),
        lifespan=_lifespan,
        # The pages that describe the interface load scripts from elsewhere.
        docs_url=None if production else "/docs",
        redoc_url=None,
    )
    app.state.settings = settings
    app.state.checks = {}
    app.state.checks["database"] = check_database
    app.state.checks["broker"] = check_broker
    problems.install(app)
    app.include_router(health.router)
    app.include_router(greetings.router)
    app.include_router(deliveries.router)
    app.include_router(notes.router)
    for feature in FEATURES:
        app.include_router(import_module(feature).router)
    _add_middleware(app, settings)
    metrics.install(app)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with connect(app.state.settings):
        yield


def _add_middleware(app: FastAPI, settings: Settings) -> None:
    """Add what surrounds every request; the last one added is the outermost."""
    app.add_middleware(BodyLimit, limit=settings.max_body_bytes)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=["*"],
            allow_headers=["*"],
        )
    app.add_middleware(KnownHosts, allowed_hosts=settings.allowed_hosts)
    if settings.force_https:
        app.add_middleware(ForceHTTPS)
    app.add_middleware(SecurityHeaders, https=settings.force_https)
    app.add_middleware(AccessLog)
