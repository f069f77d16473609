"""What is done with one item of an order: the example to replace."""

from dataclasses import asdict, dataclass
from typing import Any

LONGEST_NAME = 200
MOST_ITEMS = 10_000


class MistakeError(ValueError):
    """An order that can never be done, however often it is tried."""


@dataclass(frozen=True)
class Item:
    """One thing to work on."""

    name: str
    text: str

    def __post_init__(self) -> None:
        """Check it.

        Raises:
            MistakeError: it will not do.
        """
        if not (isinstance(self.name, str) and 0 < len(self.name) <= LONGEST_NAME):
            raise MistakeError(f"a name must have 1 to {LONGEST_NAME} characters")
        if not isinstance(self.text, str):
            raise MistakeError(f"the text of '{self.name}' is none")

    def as_json(self) -> dict[str, Any]:
        """Return what is kept in the order."""
        return asdict(self)


def count_words(item: Item) -> int:
    """Work on one item.

    It may run twice for an item when a worker dies in between. What it does outside of
    the database should be told the item's name, so that the other side can tell.
    """
    return len(item.text.split())
