"""Slows guessing down: few attempts, from one place and for one account."""

import time
from math import ceil

from limits import parse
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

PER_ACCOUNT = parse("3/minute")
PER_PLACE = parse("20/minute")


class RateLimit:
    """Counts attempts; with several processes, in a Redis that all of them use."""

    def __init__(self, storage: str) -> None:
        self.limiter = MovingWindowRateLimiter(storage_from_string(storage))

    def wait_seconds(self, place: str, account: str) -> int:
        """Count an attempt, and return how long to wait if it was one too many."""
        for limit, key in ((PER_PLACE, f"place:{place}"), (PER_ACCOUNT, f"account:{account}")):
            if not self.limiter.hit(limit, key):
                reset = self.limiter.get_window_stats(limit, key).reset_time
                return max(1, ceil(reset - time.time()))
        return 0

    def wait_seconds_for_place(self, place: str) -> int:
        """Do the same where it is not known yet for which account the attempt is."""
        key = f"visit:{place}"
        if self.limiter.hit(PER_PLACE, key):
            return 0
        reset = self.limiter.get_window_stats(PER_PLACE, key).reset_time
        return max(1, ceil(reset - time.time()))
