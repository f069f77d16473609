from time import perf_counter

from coroutines.greeting import greet

MANY = 1000
SECONDS_FOR_MANY = 0.5


def test_greeting_takes_no_noticeable_time() -> None:
    start = perf_counter()
    for _ in range(MANY):
        greet("Ada Lovelace")
    assert perf_counter() - start < SECONDS_FOR_MANY
