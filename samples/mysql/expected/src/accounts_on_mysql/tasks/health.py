"""Whether this machine's workers live: exit code 0 means yes.

`python -m accounts_on_mysql.tasks.health`
"""

import socket
import sys
from datetime import UTC, datetime, timedelta

from redis.exceptions import RedisError
from rq import Worker

from accounts_on_mysql.settings import Settings
from accounts_on_mysql.tasks.app import get_queue


def is_healthy(host: str, now: datetime) -> bool:
    """Tell whether a worker of a machine gave a sign of life lately."""
    # An idle worker gives one when it has waited that long for a task.
    limit = timedelta(seconds=2 * Settings().queue_lost_seconds + 10)
    workers = Worker.all(queue=get_queue())
    beats = [worker.last_heartbeat for worker in workers if worker.hostname == host]
    return any(beat is not None and now - beat.astimezone(UTC) < limit for beat in beats)


def main() -> int:
    """Return the exit code for whoever watches the worker."""
    try:
        return 0 if is_healthy(socket.gethostname(), datetime.now(UTC)) else 1
    except RedisError:
        return 1


if __name__ == "__main__":
    sys.exit(main())
