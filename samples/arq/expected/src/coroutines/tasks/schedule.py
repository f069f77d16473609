"""What is due when, in UTC. Each worker looks, but what is due is handed over once."""

from typing import Any, cast

from arq import cron

from coroutines.tasks.app import Context, hand_over


async def greet_the_world(context: Context) -> None:
    """Hand the greeting of the morning over."""
    await hand_over(context["redis"], "send_greeting", "world")


DUE = [cron(cast(Any, greet_the_world), hour=6, minute=0, second=0)]
