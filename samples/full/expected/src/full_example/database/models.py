"""The tables."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from full_example.database.base import Base, Timestamps


class Note(Timestamps, Base):
    """A note: the example to replace with what this project keeps."""

    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200), unique=True)
    text: Mapped[str] = mapped_column(default="")
