"""Make the titles of notes unique."""

from beanie import Document, free_fall_migration
from pymongo.asynchronous.client_session import AsyncClientSession


class Note(Document):
    """A note, as far as this step must know it."""

    class Settings:
        name = "notes"


class Forward:
    """Take this step."""

    @free_fall_migration(document_models=[Note])
    async def make_index(self, session: AsyncClientSession) -> None:
        """Make the index."""
        notes = Note.get_pymongo_collection()
        await notes.create_index("title", name="title", unique=True, session=session)


class Backward:
    """Take this step back."""

    @free_fall_migration(document_models=[Note])
    async def remove_index(self, session: AsyncClientSession) -> None:
        """Remove the index."""
        await Note.get_pymongo_collection().drop_index("title", session=session)
