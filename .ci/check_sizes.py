#!/usr/bin/env python3
"""Fail on source files over 800 lines and functions over 80 lines (case lines not counted)."""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
FILE_LIMIT = 800
FUNCTION_LIMIT = 80
GENERATED = {"src/value/unicode_tables.cc"}
CASE = re.compile(r"^\s*(case\b.*:|default:)")
# A function body opens at column 0 or inside a class: `) {`, `) const {`, `) : a(b) {`, ...
OPENING = re.compile(r"\)[^;{}]*\{$")
KEYWORD = re.compile(r"^\s*(if|for|while|switch|else|do|catch|\} else|\} catch)\b")


def long_functions(lines):
    """Yield (line, length) of outermost functions that are too long."""
    start, indent, counted = None, 0, 0
    for number, line in enumerate(lines, 1):
        if start is None:
            if OPENING.search(line) and not KEYWORD.match(line):
                start, counted = number, 0
                # The body ends at a closing brace as deep as the statement that opened it.
                indent = len(line) - len(line.lstrip())
                back = number - 1
                while back > 0 and len(lines[back - 1]) - len(lines[back - 1].lstrip()) < indent \
                        and lines[back - 1].strip() and not lines[back - 1].rstrip().endswith(("{", ";", "}")):
                    indent = len(lines[back - 1]) - len(lines[back - 1].lstrip())
                    back -= 1
        elif line.startswith(" " * indent + "}"):
            if counted > FUNCTION_LIMIT:
                yield start, counted
            start = None
        elif line.strip() and not CASE.match(line):
            counted += 1


def main():
    failures = []
    for folder in ("src", "include", "tests", "fuzz", "bench"):
        for path in sorted((ROOT / folder).rglob("*")):
            name = str(path.relative_to(ROOT))
            if path.suffix not in (".h", ".cc") or name in GENERATED:
                continue
            lines = path.read_text().splitlines()
            if len(lines) > FILE_LIMIT:
                failures.append(f"{name}: {len(lines)} lines (at most {FILE_LIMIT})")
            for start, length in long_functions(lines):
                failures.append(f"{name}:{start}: a function of {length} lines (at most {FUNCTION_LIMIT})")
    print("\n".join(failures), end="\n" if failures else "")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
