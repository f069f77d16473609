"""Lets `python -m minimal` do what the command does."""

import sys

from minimal.cli import main

if __name__ == "__main__":
    sys.exit(main())
