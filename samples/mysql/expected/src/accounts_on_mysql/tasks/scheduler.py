"""Hands over what is due. Run exactly one.

`python -m accounts_on_mysql.tasks.scheduler` starts it.
"""

import signal
from types import FrameType

from apscheduler.schedulers.blocking import BlockingScheduler  # type: ignore[import-untyped]
from apscheduler.triggers.cron import CronTrigger  # type: ignore[import-untyped]

from accounts_on_mysql.observability.logging import configure_logging
from accounts_on_mysql.settings import Settings
from accounts_on_mysql.tasks.app import hand_over
from accounts_on_mysql.tasks.jobs import send_greeting


def greet_the_world() -> None:
    """Hand the greeting of the morning over."""
    hand_over(send_greeting, "world")


def make_scheduler() -> BlockingScheduler:
    """Say what is due when, in UTC."""
    scheduler = BlockingScheduler(timezone="UTC")
    scheduler.add_job(
        greet_the_world,
        CronTrigger(hour=6, minute=0, timezone="UTC"),
        id="greet the world each morning",
        # If the scheduler was held up, this happens once; after an hour it is too late.
        coalesce=True,
        misfire_grace_time=3600,
    )
    return scheduler


def run(scheduler: BlockingScheduler) -> None:
    """Hand over what is due until somebody asks the process to end."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        scheduler.shutdown(wait=False)

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    scheduler.start()


def main() -> None:
    """Run the scheduler."""
    configure_logging(Settings())
    run(make_scheduler())


if __name__ == "__main__":
    main()
