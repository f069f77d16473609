"""The tasks."""

import logging

from redis.exceptions import ConnectionError as RedisConnectionError

from mongodb_arq.greeting import greet
from mongodb_arq.tasks.app import Context, listed, task
from mongodb_arq.tasks.idempotency import BusyError, once

logger = logging.getLogger(__name__)


async def deliver(text: str) -> None:
    """Deliver a greeting: write it to the log. Replace this with mail, a chat, a printer."""
    logger.info("%s", text)


# Up to three more tries after a lost connection, each after a longer pause.
@task(retry_for=(ConnectionError, RedisConnectionError, BusyError))
async def send_greeting(context: Context, name: str, key: str | None = None) -> str:
    """Greet a person: the example to replace with what this project does in the background.

    Args:
        context: what the worker knows, among it its connection to Redis.
        name: who is greeted.
        key: names this greeting; one that was delivered is not delivered again.
    """
    text = greet(name)
    if key is None:
        await deliver(text)
        return text
    async with once(key, context["redis"]) as needed:
        if needed:
            await deliver(text)
    return text


# What the workers can do, by name.
TASKS = listed(send_greeting)
