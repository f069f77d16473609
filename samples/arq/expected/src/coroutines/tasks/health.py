"""Whether this machine's worker lives: exit code 0 means yes.

`python -m coroutines.tasks.health`
"""

import socket
import sys

from redis import Redis
from redis.exceptions import RedisError

from coroutines.settings import Settings

SIGN_SECONDS = 15


def name(settings: Settings) -> str:
    """Return where in Redis the worker of this machine gives its signs of life."""
    return f"{settings.queue_name}:alive:{socket.gethostname()}"


def is_healthy(settings: Settings) -> bool:
    """Tell whether the worker of this machine gave a sign of life lately."""
    url = settings.queue_url
    with Redis.from_url(url, socket_connect_timeout=5, socket_timeout=5) as client:
        return bool(client.exists(name(settings)))


def main() -> int:
    """Return the exit code for whoever watches the worker."""
    try:
        return 0 if is_healthy(Settings()) else 1
    except RedisError:
        return 1


if __name__ == "__main__":
    sys.exit(main())
