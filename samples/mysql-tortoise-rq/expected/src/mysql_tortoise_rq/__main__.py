"""Lets `python -m mysql_tortoise_rq` do what the command does."""

import sys

from mysql_tortoise_rq.cli import main

if __name__ == "__main__":
    sys.exit(main())
