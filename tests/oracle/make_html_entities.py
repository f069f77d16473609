#!/usr/bin/env python3
"""Write src/value/html_entities.cc: the named character references of HTML 5, from Python's html.entities."""

import html.entities
import pathlib

TARGET = pathlib.Path(__file__).resolve().parents[2] / "src/value/html_entities.cc"
HEAD = '''\
// Made by tests/oracle/make_html_entities.py: the named character references of HTML 5.

#include "value/html_entities.h"

namespace scaffold {

// NAME=CODE in hexadecimal, two code points joined with '+'; sorted by name.
const std::string_view kHtmlEntities =
'''


def main():
    entries = []
    for name, text in sorted(html.entities.html5.items()):
        entries.append(name + "=" + "+".join(f"{ord(c):X}" for c in text))
    lines, line = [], ""
    for entry in entries:
        if len(line) + len(entry) > 90:
            lines.append(line)
            line = ""
        line += entry + " "
    lines.append(line)
    body = "\n".join(f'    "{line}"' for line in lines)
    TARGET.write_text(HEAD + body + ";\n\n}  // namespace scaffold\n")


if __name__ == "__main__":
    main()
