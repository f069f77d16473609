"""Lets `python -m default` do what the command does."""

import sys

from default.cli import main

if __name__ == "__main__":
    sys.exit(main())
