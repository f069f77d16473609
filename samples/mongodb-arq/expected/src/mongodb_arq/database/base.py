"""What all documents share."""

from datetime import UTC, datetime, timedelta

from beanie import Document, Replace, Save, SaveChanges, Update, before_event
from pydantic import Field

MILLISECOND = timedelta(milliseconds=1)


def now() -> datetime:
    """Return the present moment, as exactly as MongoDB keeps it."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


class Timestamps(Document):
    """Fields that say when a document was made and last changed."""

    created_at: datetime = Field(default_factory=now)
    updated_at: datetime = Field(default_factory=now)

    @before_event(Replace, Save, SaveChanges, Update)
    def touch(self) -> None:
        """Note the time of a change; it is later than what it changes, however fast that was."""
        self.updated_at = max(now(), self.updated_at + MILLISECOND)
