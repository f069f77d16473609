"""Reads rows from CSV or JSON lines: the example to replace.

Only one row is in memory at a time, however long the file is.
"""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from .models import LONGEST_NAME

COLUMNS = ("name", "quantity")
MOST_QUANTITY = 2_147_483_647  # what integers hold on every database


class FormatError(Exception):
    """The file as a whole has not the form that was expected."""


@dataclass(frozen=True)
class Row:
    """One line of the file."""

    name: str
    quantity: int


@dataclass(frozen=True)
class BadRow:
    """A line that makes no row, and why."""

    line: int
    reason: str


Rows = Iterator[Row | BadRow]


def read_csv(lines: Iterable[str]) -> Rows:
    """Yield the rows of a CSV file, one by one.

    Raises:
        FormatError: the first line does not name the columns.
    """
    reader = csv.reader(lines, strict=True)
    try:
        header = next(reader, [])
    except csv.Error as error:
        raise FormatError(f"line 1: {error}") from error
    if tuple(header) != COLUMNS:
        expected, found = ",".join(COLUMNS), ",".join(header)
        raise FormatError(f"line 1: expected '{expected}', not '{found[:100]}'")
    while True:
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield BadRow(reader.line_num, str(error))
            continue
        if not values:
            continue
        if len(values) == len(COLUMNS):
            yield _check(values[0], values[1].strip(), reader.line_num)
        else:
            reason = f"{len(values)} values instead of {len(COLUMNS)}"
            yield BadRow(reader.line_num, reason)


def read_json_lines(lines: Iterable[str]) -> Rows:
    """Yield the rows of a file with one JSON object a line, one by one."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield BadRow(number, f"no JSON: {error}")
            continue
        if isinstance(value, dict) and value.keys() == set(COLUMNS):
            yield _check(value["name"], value["quantity"], number)
        else:
            keys = " and ".join(f"'{column}'" for column in COLUMNS)
            yield BadRow(number, f"expected an object with {keys}")


READERS: dict[str, Callable[[Iterable[str]], Rows]] = {
    "csv": read_csv,
    "jsonl": read_json_lines,
}


def _check(name: object, quantity: object, line: int) -> Row | BadRow:
    if not isinstance(name, str) or "\0" in name:
        return BadRow(line, "the name must be a text")
    name = name.strip()
    if not 0 < len(name) <= LONGEST_NAME:
        return BadRow(line, f"the name must have 1 to {LONGEST_NAME} characters")
    # What JSON has is shown as JSON has it; True would pass for 1 otherwise.
    digits = quantity if isinstance(quantity, str) else json.dumps(quantity)
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= 10
    if not is_number or int(digits) > MOST_QUANTITY:
        return BadRow(line, f"'{digits[:20]}' is no quantity")
    return Row(name, int(digits))
