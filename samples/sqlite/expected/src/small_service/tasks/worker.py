"""The worker. Its threads do tasks side by side.

`python -m small_service.tasks.worker` starts it.
"""

import importlib
import logging
import signal
import sys
import threading

import dramatiq
from redis.exceptions import RedisError

from small_service.settings import Settings
from small_service.tasks import health
from small_service.tasks.app import broker

THREADS = 8
# Where tasks are: a worker knows those of the modules that it imports.
MODULES = (
    "small_service.tasks.jobs",
    # scaffold:begin tasks
    # scaffold:end tasks
)

logger = logging.getLogger(__name__)


def run(worker: dramatiq.Worker, settings: Settings, asked: threading.Event) -> bool:
    """Do tasks until the event is set, and tell whether nothing went wrong with the threads."""
    worker.start()
    well = True
    while well and not asked.is_set():
        try:
            health.give_sign(settings)
        except RedisError as error:
            logger.warning("no sign of life was given: %s", error)
        asked.wait(health.sign_seconds(settings))
        threads = [*worker.workers, *worker.consumers.values()]
        well = all(thread.is_alive() for thread in threads)
    # What is being done is finished, what was only taken is given back.
    worker.stop(timeout=settings.queue_time_limit_seconds * 1000)
    return well


def main() -> int:
    """Do tasks until somebody asks the process to end; then finish those at hand."""
    settings = Settings()
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    for module in MODULES:
        importlib.import_module(module)
    asked = threading.Event()
    signal.signal(signal.SIGINT, lambda *_: asked.set())
    signal.signal(signal.SIGTERM, lambda *_: asked.set())
    worker = dramatiq.Worker(broker, worker_threads=THREADS)
    well = run(worker, settings, asked)
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
