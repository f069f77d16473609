"""The tasks."""

import logging

import dramatiq
from redis.exceptions import ConnectionError as RedisConnectionError

from small_service.greeting import greet
from small_service.tasks.app import broker, retry_for
from small_service.tasks.idempotency import BusyError, once

logger = logging.getLogger(__name__)


def deliver(text: str) -> None:
    """Deliver a greeting: write it to the log. Replace this with mail, a chat, a printer."""
    logger.info("%s", text)


# Up to three more tries after a lost connection, each after a longer pause.
@dramatiq.actor(
    broker=broker,
    retry_when=retry_for(ConnectionError, RedisConnectionError, BusyError),
)
def send_greeting(name: str, key: str | None = None) -> str:
    """Greet a person: the example to replace with what this project does in the background.

    Args:
        name: who is greeted.
        key: names this greeting; one that was delivered is not delivered again.
    """
    text = greet(name)
    if key is None:
        deliver(text)
        return text
    with once(key) as needed:
        if needed:
            deliver(text)
    return text
