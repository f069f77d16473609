"""Whether this machine's worker lives: exit code 0 means yes.

`python -m small_service.tasks.health`
"""

import socket
import sys

from redis.exceptions import RedisError

from small_service.settings import Settings
from small_service.tasks.app import connect


def sign_seconds(settings: Settings) -> float:
    """Return how often a worker gives a sign of life."""
    return settings.queue_lost_seconds / 3


def give_sign(settings: Settings) -> None:
    """Say that the worker of this machine lives."""
    with connect(settings) as client:
        client.set(_name(settings), 1, ex=settings.queue_lost_seconds)


def is_healthy(settings: Settings) -> bool:
    """Tell whether the worker of this machine gave a sign of life lately."""
    with connect(settings) as client:
        return bool(client.exists(_name(settings)))


def _name(settings: Settings) -> str:
    return f"{settings.queue_name}:alive:{socket.gethostname()}"


def main() -> int:
    """Return the exit code for whoever watches the worker."""
    try:
        return 0 if is_healthy(Settings()) else 1
    except RedisError:
        return 1


if __name__ == "__main__":
    sys.exit(main())
