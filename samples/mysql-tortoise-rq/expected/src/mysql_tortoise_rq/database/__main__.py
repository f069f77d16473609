"""The command `python -m mysql_tortoise_rq.database`."""

import argparse
import asyncio
import sys
from collections.abc import Sequence

from mysql_tortoise_rq.database import migrate
from mysql_tortoise_rq.database.config import APP, APPS


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m mysql_tortoise_rq.database",
        description="Take the database's schema from one step to the next, and back.",
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("upgrade", help="take every step that the database lacks")
    command = commands.add_parser("downgrade", help="take the newest step back")
    _name_app(command)
    commands.add_parser("reset", help="empty the database: all steps back, and all again")
    commands.add_parser("check", help="tell whether models and steps agree")
    command = commands.add_parser("migration", help="write the next step from the models")
    command.add_argument("message", help='what it does, like "Add users"')
    command = commands.add_parser("sql", help="print the statements of a step")
    command.add_argument("name", help="the step's name, or its number")
    _name_app(command)
    return parser.parse_args(arguments)


def _name_app(parser: argparse.ArgumentParser) -> None:
    """Let a command be about what was added."""
    parser.add_argument("--app", choices=list(APPS), default=APP, help=f"whose (default: {APP})")


async def _run(options: argparse.Namespace) -> int:
    if options.command == "migration":
        for path in await migrate.write_migration(options.message):
            print(path)
    elif options.command == "sql":
        for statement in await migrate.list_statements(options.name, app=options.app):
            print(statement)
    elif options.command == "check":
        if await migrate.find_changes():
            print("The models changed: write a migration.", file=sys.stderr)
            return 1
    elif options.command == "downgrade":
        await migrate.downgrade(app=options.app)
    else:
        await getattr(migrate, options.command)()
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    return asyncio.run(_run(_parse(arguments)))


if __name__ == "__main__":
    sys.exit(main())
