"""The documents, each kind in a collection of its own."""

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


ALL = [Note]
