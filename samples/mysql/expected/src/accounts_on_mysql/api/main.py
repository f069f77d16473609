"""The application: what it is put together from.

`python -m accounts_on_mysql.api` serves it;
so does any ASGI server that takes a factory.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from importlib.metadata import version

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from accounts_on_mysql.api import (
    deliveries,
    greetings,
    health,
    notes,
    problems,
)
from accounts_on_mysql.api.middleware import (
    BodyLimit,
    ForceHTTPS,
    KnownHosts,
    SecurityHeaders,
)
from accounts_on_mysql.auth import router as auth
from accounts_on_mysql.database.config import (
    check_database,
    make_engine,
    make_sessions,
)
from accounts_on_mysql.observability import metrics
from accounts_on_mysql.observability.access_log import AccessLog
from accounts_on_mysql.observability.logging import configure_logging
from accounts_on_mysql.settings import Settings
from accounts_on_mysql.tasks.app import check_broker

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
        title="accounts-on-mysql",
        version=version("accounts-on-mysql"),
        lifespan=_lifespan,
        # The pages that describe the interface load scripts from elsewhere.
        docs_url=None if production else "/docs",
        redoc_url=None,
    )
    app.state.settings = settings
    app.state.checks = {}
    engine = make_engine(settings=settings)
    app.state.engine = engine
    app.state.sessions = make_sessions(engine)
    app.state.checks["database"] = lambda: check_database(engine)
    app.state.checks["broker"] = check_broker
    problems.install(app)
    app.include_router(health.router)
    app.include_router(greetings.router)
    app.include_router(deliveries.router)
    app.include_router(notes.router)
    for feature in FEATURES:
        app.include_router(import_module(feature).router)
    auth.install(app, settings)
    _add_middleware(app, settings)
    metrics.install(app)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.engine.dispose()


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
