"""Whether the process lives, and whether it can do its work."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

router = APIRouter(tags=["health"])

# Raises an exception when something is wrong; it may be asynchronous, or block.
Check = Callable[[], Awaitable[None] | None]


class Health(BaseModel):
    """The process answers."""

    status: Literal["healthy"] = "healthy"


class Readiness(BaseModel):
    """Whether everything that the process needs answers, and what each said."""

    status: Literal["ready", "not ready"]
    checks: dict[str, Literal["ok", "failed", "timeout"]]


@router.get("/health")
async def get_health() -> Health:
    """Tell that the process lives. It is restarted if it does not, so nothing else counts."""
    return Health()


@router.get("/ready", responses={503: {"model": Readiness}})
async def get_readiness(request: Request, response: Response) -> Readiness:
    """Tell whether requests can be served; until then none should come here."""
    checks: dict[str, Check] = request.app.state.checks
    timeout: float = request.app.state.settings.ready_timeout_seconds
    results = await asyncio.gather(*(_run(check, timeout) for check in checks.values()))
    found = dict(zip(checks, results, strict=True))
    ready = all(result == "ok" for result in found.values())
    if not ready:
        response.status_code = 503
    return Readiness(status="ready" if ready else "not ready", checks=found)


async def _run(check: Check, timeout: float) -> Literal["ok", "failed", "timeout"]:
    try:
        async with asyncio.timeout(timeout):
            waiting = await asyncio.to_thread(check)
            if waiting is not None:
                await waiting
    except TimeoutError:
        return "timeout"
    except Exception:
        # What exactly failed is no business of whoever asks.
        return "failed"
    return "ok"
