"""What surrounds every request. Plain ASGI: nothing is buffered, no task is started."""

from fastapi import HTTPException
from starlette.datastructures import URL, Headers, MutableHeaders
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# These are asked from within, over http, and by the address of a machine or a pod.
PROBES = ("/health", "/ready", "/metrics")


class SecurityHeaders:
    """Tells browsers to guess nothing, embed nothing and, with https, to stay with it."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self.app = app
        self.https = https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers.setdefault("X-Frame-Options", "DENY")
                headers.setdefault("Referrer-Policy", "no-referrer")
                if headers.get("Content-Type", "").startswith("application/"):
                    policy = "default-src 'none'; frame-ancestors 'none'"
                    headers.setdefault("Content-Security-Policy", policy)
                if self.https:
                    age = "max-age=31536000; includeSubDomains"
                    headers.setdefault("Strict-Transport-Security", age)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class ForceHTTPS:
    """Sends requests that came by http to the same address with https."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        plain = scope["type"] == "http" and scope["scheme"] == "http"
        if plain and scope["path"] not in PROBES:
            answer = RedirectResponse(URL(scope=scope).replace(scheme="https"), 308)
            await answer(scope, receive, send)
            return
        await self.app(scope, receive, send)


class KnownHosts(TrustedHostMiddleware):
    """Refuses requests for a host that is not ours, but for probes: they know no name."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] == "http" and scope["path"] in PROBES:
            await self.app(scope, receive, send)
            return
        await super().__call__(scope, receive, send)


class BodyLimit:
    """Refuses requests that are too large, also those that do not say how large they are."""

    def __init__(self, app: ASGIApp, *, limit: int) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("Content-Length", "")
        left = self.limit
        if announced.isdigit() and int(announced) > self.limit:
            left = -1  # not one byte of it needs to be read

        async def receive_some() -> Message:
            nonlocal left
            if left < 0:
                raise HTTPException(413)
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                raise HTTPException(413)
            return message

        await self.app(scope, receive_some, send)
