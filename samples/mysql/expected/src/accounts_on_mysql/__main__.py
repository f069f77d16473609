"""Lets `python -m accounts_on_mysql` do what the command does."""

import sys

from accounts_on_mysql.cli import main

if __name__ == "__main__":
    sys.exit(main())
