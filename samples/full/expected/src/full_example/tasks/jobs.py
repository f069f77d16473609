"""The tasks."""

import logging

from full_example.greeting import greet
from full_example.tasks.app import app

logger = logging.getLogger(__name__)


def deliver(text: str) -> None:
    """Deliver a greeting: write it to the log. Replace this with mail, a chat, a printer."""
    logger.info("%s", text)


# Up to three more tries after a lost connection, each after a longer pause.
@app.task(
    autoretry_for=(ConnectionError,),
    max_retries=3,
    retry_backoff=True,
    retry_backoff_max=60,
)
def send_greeting(name: str) -> str:
    """Greet a person: the example to replace with what this project does in the background."""
    text = greet(name)
    deliver(text)
    return text
