"""Lets `python -m mongodb_arq` do what the command does."""

import sys

from mongodb_arq.cli import main

if __name__ == "__main__":
    sys.exit(main())
