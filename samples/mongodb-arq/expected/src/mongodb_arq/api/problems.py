"""Errors as clients see them: RFC 9457 problem documents, the same shape for every error."""

import logging
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"


class FieldProblem(BaseModel):
    """What is wrong with one value of a request. The value is not repeated: it may be secret."""

    location: str
    message: str


class Problem(BaseModel):
    """Why a request failed."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str | None = None
    errors: list[FieldProblem] = []


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return what the interface's description says about the errors of an endpoint."""
    schema = {MEDIA_TYPE: {"schema": Problem.model_json_schema()}}
    return {
        status: {"description": HTTPStatus(status).phrase, "content": schema} for status in statuses
    }


def response(
    status: int,
    detail: str | None = None,
    errors: list[FieldProblem] | None = None,
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    """Make the answer to a request that failed."""
    problem = Problem(
        title=HTTPStatus(status).phrase, status=status, detail=detail, errors=errors or []
    )
    return JSONResponse(
        problem.model_dump(exclude_defaults=True) | {"type": problem.type},
        status,
        headers,
        media_type=MEDIA_TYPE,
    )


def install(app: FastAPI) -> None:
    """Make an application answer errors like that."""
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_middleware(UnexpectedErrors)


async def _http_error(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    phrase = HTTPStatus(error.status_code).phrase
    detail = error.detail if error.detail != phrase else None
    headers = dict(error.headers) if error.headers else None
    return response(error.status_code, detail, headers=headers)


async def _validation_error(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    errors = [
        FieldProblem(location=".".join(str(part) for part in one["loc"]), message=one["msg"])
        for one in error.errors()
    ]
    return response(422, "The request does not have the form that was expected.", errors)


class UnexpectedErrors:
    """Logs an error that nobody foresaw; a client learns nothing of it but that it happened."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        answered = False

        async def remember(message: Message) -> None:
            nonlocal answered
            answered = True
            await send(message)

        try:
            await self.app(scope, receive, remember)
        except Exception:
            if scope["type"] != "http" or answered:
                raise
            logger.exception("unexpected error")
            await response(500)(scope, receive, send)
