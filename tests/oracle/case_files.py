"""Reads and writes the case files of tests/cases: sections headed by lines `=== NAME`."""

import pathlib

CASES = pathlib.Path(__file__).resolve().parents[1] / "cases"


def read_case(path):
    sections, name = {}, None
    for line in path.read_text().split("\n")[:-1]:
        if line.startswith("=== "):
            name = line[4:]
            sections[name] = []
        else:
            sections[name].append(line)
    return {name: "\n".join(lines) for name, lines in sections.items()}


def write_case(path, sections):
    path.write_text("".join(f"=== {name}\n{text}\n" for name, text in sections.items()))
