#!/usr/bin/env python3.11
"""Fill in the second column of tests/value/tables/*.tsv with what CPython 3.11 answers.

Each line is an expression, a tab, and repr() of its value or "ExceptionClass: message". Lines that
begin with '#' stay. Needs the packages markupsafe and jinja2. Usage: make_tables.py [--check] [FILE...]
"""

import datetime
import json
import pathlib
import sys

import jinja2
import markupsafe

TABLES = pathlib.Path(__file__).resolve().parent / "tables"


def zone(args, at):
    if len(args) <= at:
        return args, {}
    offset = datetime.timedelta(seconds=args[at])
    return args[:at], {"tzinfo": datetime.timezone(offset)}


def make_datetime(*args):
    args, zone_info = zone(args, 7)
    return datetime.datetime(*args, **zone_info)


def make_time(*args):
    args, zone_info = zone(args, 4)
    return datetime.time(*args, **zone_info)


def cycle():
    items = [1]
    items.append(items)
    return items


def nested(depth):
    items = []
    for _ in range(depth):
        items = [items]
    return items


NAMES = {
    "Markup": markupsafe.Markup,
    "escape": markupsafe.escape,
    "date": datetime.date,
    "datetime": make_datetime,
    "time": make_time,
    "timedelta": datetime.timedelta,
    "iterlist": lambda items: [item for item in items],
    "same_hash": lambda a, b: hash(a) == hash(b),
    "type_name": lambda value: type(value).__name__,
    "undefined": lambda name: jinja2.Undefined(name=name),
    "strict": lambda name: jinja2.StrictUndefined(name=name),
    "chainable": lambda name: jinja2.ChainableUndefined(name=name),
    "missing": lambda obj, name: jinja2.Undefined(obj=obj, name=name),
    "json_loads": json.loads,
    "json_dumps": json.dumps,
    "striptags": lambda text: markupsafe.Markup(text).striptags(),
    "cycle": cycle,
    "nested": nested,
    "inf": float("inf"),
    "nan": float("nan"),
}


def answer(expression):
    try:
        return repr(eval(expression, dict(NAMES)))  # the tables are our own
    except RecursionError:
        return "RecursionError"
    except Exception as error:
        return f"{type(error).__name__}: {error}".replace("\n", "\\n")


def main():
    arguments = sys.argv[1:]
    check = "--check" in arguments
    paths = [pathlib.Path(a) for a in arguments if a != "--check"] or sorted(TABLES.glob("*.tsv"))
    stale = 0
    for path in paths:
        old = path.read_text(encoding="utf-8", errors="surrogatepass")
        lines = []
        for line in old.splitlines():
            expression = line.split("\t")[0]
            lines.append(line if not expression or expression.startswith("#")
                         else f"{expression}\t{answer(expression)}")
        new = "\n".join(lines) + "\n"
        if new != old:
            stale += 1
            if not check:
                path.write_text(new, encoding="utf-8", errors="surrogatepass", newline="\n")
    if check and stale:
        sys.exit(f"{stale} tables differ from what this Python answers")


if __name__ == "__main__":
    main()
