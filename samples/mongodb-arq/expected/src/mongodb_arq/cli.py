"""The command `mongodb-arq`."""

import argparse
import sys
from collections.abc import Sequence
from importlib.metadata import version

from mongodb_arq.greeting import greet


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code.

    Args:
        arguments: the words after the command's name; the process's own if absent.
    """
    parser = argparse.ArgumentParser(
        prog="mongodb-arq",
        description="Greet somebody.",
    )
    parser.add_argument("name", nargs="?", default="world", help="who is greeted")
    parser.add_argument(
        "--version",
        action="version",
        version=version("mongodb-arq"),
    )
    options = parser.parse_args(arguments)
    try:
        print(greet(options.name))
    except ValueError as error:
        print(f"{parser.prog}: {error}", file=sys.stderr)
        return 2
    return 0
