"""Serves the HTTP interface: `python -m mongodb_arq.api`."""

import argparse
import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

import uvicorn

from mongodb_arq.settings import Settings


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until the process is asked to end."""
    parser = argparse.ArgumentParser(
        prog="python -m mongodb_arq.api",
        description="Serve the HTTP interface.",
    )
    parser.add_argument("--reload", action="store_true", help="start anew when the code changes")
    options = parser.parse_args(arguments)
    settings = Settings()
    # uvicorn finishes what it does and then raises the signal again: to be asked to end and to do
    # it is no failure, so the exit code is 0.
    signal.signal(signal.SIGTERM, _end)
    uvicorn.run(
        "mongodb_arq.api.main:create_app",
        factory=True,
        host=settings.host,
        port=settings.port,
        forwarded_allow_ips=settings.forwarded_allow_ips,
        reload=options.reload,
        server_header=False,
        timeout_graceful_shutdown=20,
        # The application logs each request, once, in its own form.
        access_log=False,
        log_config=None,
    )


def _end(_signal: int, _frame: object) -> NoReturn:
    sys.exit(0)


if __name__ == "__main__":
    main()
