"""The documents, each kind in a collection of its own."""

from pkgutil import resolve_name
from typing import Any

from pymongo import ASCENDING, IndexModel

from mongodb_arq.database.base import Timestamps


class Note(Timestamps):
    """A note: the example to replace with what this project keeps."""

    title: str
    text: str = ""

    class Settings:
        name = "notes"
        # Migrations make them; `check` tells when one lacks.
        indexes = [IndexModel([("title", ASCENDING)], name="title", unique=True)]  # noqa: RUF012


# Documents of what was added.
MORE_MODELS: tuple[str, ...] = (
    # scaffold:begin models
    # scaffold:end models
)


def list_models() -> list[type[Any]]:
    """Return all kinds of documents."""
    return [Note, *list_more_models()]


def list_more_models() -> list[type[Any]]:
    """Return those of what was added: they import from here, so they are looked up late."""
    return [resolve_name(name) for name in MORE_MODELS]
