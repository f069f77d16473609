"""Logs as one JSON object a line, on stderr, without secrets.

Records of other packages, made with Python's own logging, come out in the same form.
"""

import logging
import logging.config
import re
from typing import Any

import structlog
from structlog.types import EventDict, Processor

from mongodb_arq.settings import Settings

SECRET_NAME = re.compile(
    "authorization|cookie|credential|passw|private_?key|api_?key|secret|token", re.IGNORECASE
)
URL_PASSWORD = re.compile(r"(://[^\s:/@]*):[^\s@/]+@")
REDACTED = "[redacted]"
MAX_DEPTH = 10


def configure_logging(settings: Settings) -> None:
    """Make every log record of the process come out in that form."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    level = logging.getLevelName(settings.log_level)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        # Tests look at what is logged, which a logger that was kept would not tell them.
        cache_logger_on_first_use=settings.environment != "test",
    )
    renderer: Processor = structlog.processors.JSONRenderer(ensure_ascii=False)
    if settings.log_format == "console":
        renderer = structlog.dev.ConsoleRenderer()
    last: list[Processor] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        redact,
        renderer,
    ]
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "structured": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": shared,
                    "processors": last,
                }
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "structured"}},
            "root": {"handlers": ["stderr"], "level": settings.log_level},
        }
    )


def redact(_logger: object, _name: str, event: EventDict) -> EventDict:
    """Take secrets out of a record, however deep they are in it."""
    return {name: _clean(name, value) for name, value in event.items()}


def _clean(name: object, value: Any, depth: int = 0) -> Any:
    if isinstance(name, str) and SECRET_NAME.search(name):
        return REDACTED
    if isinstance(value, str):
        return URL_PASSWORD.sub(rf"\1:{REDACTED}@", value)
    if depth == MAX_DEPTH:
        return REDACTED  # whatever it is, nobody reads it there
    if isinstance(value, dict):
        return {key: _clean(key, item, depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_clean(None, item, depth + 1) for item in value]
    return value
