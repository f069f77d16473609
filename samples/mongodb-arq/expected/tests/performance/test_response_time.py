"""An answer comes fast.

The aim is a p95 below 200 ms; the test fails at five times that, so that a busy machine passes.
"""

from time import perf_counter

from fastapi.testclient import TestClient

REQUESTS = 60
AIM_SECONDS = 0.2
LIMIT_SECONDS = 5 * AIM_SECONDS


def test_answer_comes_fast(client: TestClient) -> None:
    client.get("/v1/greeting")
    times = []
    for _ in range(REQUESTS):
        start = perf_counter()
        assert client.get("/v1/greeting", params={"name": "Ada"}).status_code == 200
        times.append(perf_counter() - start)
    p95 = sorted(times)[int(REQUESTS * 0.95)]
    print(f"p95 of an answer: {p95 * 1000:.1f} ms")
    assert p95 < LIMIT_SECONDS
