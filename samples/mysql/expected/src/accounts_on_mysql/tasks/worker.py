"""The worker. It does one task after the other.

`python -m accounts_on_mysql.tasks.worker` starts it.
"""

import time
from typing import Any

from rq import Worker
from rq.exceptions import AbandonedJobError
from rq.job import Job
from rq.queue import Queue
from rq.serializers import JSONSerializer

from accounts_on_mysql.observability import worker as signals
from accounts_on_mysql.settings import Settings
from accounts_on_mysql.tasks.app import get_queue


class TaskWorker(Worker):
    """A worker that is soon missed when it dies, and so are its tasks."""

    lost_seconds = 60

    def get_heartbeat_ttl(self, job: Job, working_time: float = 0.0) -> int:
        """Return for how many seconds a sign of life counts."""
        return self.lost_seconds

    def execute_job(self, job: Job, queue: Queue) -> None:
        """Count a task: here, because the process that does it ends with it."""
        start = time.perf_counter()
        super().execute_job(job, queue)
        state = {"finished": "SUCCESS", "failed": "FAILURE"}.get(job.get_status() or "", "RETRY")
        signals.count(job.func_name or "", state, time.perf_counter() - start)


def hand_over_soon(job: Job, kind: type[BaseException], *_: Any) -> bool:
    """Let another worker have a lost worker's task at once: pauses are for failures."""
    if kind is AbandonedJobError and job.retry_intervals:
        job.retry_intervals = [0] * len(job.retry_intervals)
    return True


def make_worker(settings: Settings, kind: type[TaskWorker] = TaskWorker) -> TaskWorker:
    """Make a worker for the queue."""
    queue = get_queue()
    lost = settings.queue_lost_seconds
    worker = kind(
        [queue],
        connection=queue.connection,
        serializer=JSONSerializer,
        exception_handlers=[hand_over_soon],
        # How often it gives signs of life, idle or not, and looks for tasks that were lost.
        job_monitoring_interval=max(1, lost // 3),
        worker_ttl=lost + 15,
        maintenance_interval=lost,
    )
    worker.lost_seconds = lost
    return worker


def main() -> None:
    """Do tasks until somebody asks the process to end; then finish the one at hand."""
    settings = Settings()
    signals.install(settings)
    make_worker(settings).work(with_scheduler=True)


if __name__ == "__main__":
    main()
