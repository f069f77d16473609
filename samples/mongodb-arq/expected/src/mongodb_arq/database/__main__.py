"""The command `python -m mongodb_arq.database`."""

import argparse
import asyncio
import sys
from collections.abc import Sequence

from mongodb_arq.database import migrate


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m mongodb_arq.database",
        description="Take the database from one step to the next, and back.",
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("upgrade", help="take every step that the database lacks")
    commands.add_parser("downgrade", help="take the newest step back")
    commands.add_parser("reset", help="empty the database, and take all steps again")
    commands.add_parser("check", help="tell whether the database has the models' indexes")
    command = commands.add_parser("migration", help="write a next step to fill in")
    command.add_argument("message", help='what it does, like "Add users"')
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    options = _parse(arguments)
    if options.command == "migration":
        print(migrate.write_migration(options.message))
    elif options.command == "check":
        missing = asyncio.run(migrate.list_missing())
        for index in missing:
            print(f"{index}: no step makes this index, or it was not taken", file=sys.stderr)
        return 1 if missing else 0
    else:
        asyncio.run(getattr(migrate, options.command)())
    return 0


if __name__ == "__main__":
    sys.exit(main())
