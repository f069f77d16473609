"""Lets `python -m full_example` do what the command does."""

import sys

from full_example.cli import main

if __name__ == "__main__":
    sys.exit(main())
