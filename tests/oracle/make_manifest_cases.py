#!/usr/bin/env python3
"""Fill in the section `copier` of tests/cases/manifest/*.case by running Copier 9.19.1.

Sections `file PATH` and `link PATH` are the template. The answer is a line for each question and setting, or
the error with which Copier refuses the manifest, be it when the manifest is read or when it is used. Arguments are
patterns of case names; without any, all are done.
"""

import contextlib
import fnmatch
import os
import pathlib
import subprocess
import sys
import tempfile
import warnings

from case_files import CASES, read_case, write_case
from copier._template import Template, filter_config


# Copier takes the files of an !include in the order of the folder on the disk, scaffold by name.
unsorted_glob = pathlib.Path.glob
pathlib.Path.glob = lambda self, pattern: iter(sorted(unsorted_glob(self, pattern)))


def make_template(case, root):
    for name, text in case.items():
        kind, _, path = name.partition(" ")
        if kind not in ("file", "link"):
            continue
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if kind == "link":
            target.symlink_to(text)
        else:
            target.write_text(text + "\n")


def describe(root):
    settings, questions = filter_config(Template(url=str(root))._raw_config)
    lines = [f"question {name} {details!r}" for name, details in questions.items()]
    return lines + [f"setting {name} {value!r}" for name, value in settings.items()]


def use(root):
    """The last line of what `copier copy` says when it refuses the template."""
    with tempfile.TemporaryDirectory() as project:
        done = subprocess.run(
            [pathlib.Path(sys.executable).with_name("copier"), "copy", "--defaults", "--quiet", "--trust", str(root), project + "/out"], capture_output=True, text=True, stdin=subprocess.DEVNULL)
        said = done.stderr.replace(project, "PROJECT")
    lines = [line.strip() for line in said.splitlines() if line.strip() and "further information" not in line]
    return [] if done.returncode == 0 else [f"refused: {lines[-1]}"]


def answer(case):
    with tempfile.TemporaryDirectory() as folder, open(os.devnull, "w") as null:
        root = pathlib.Path(folder).resolve() / "template"
        root.mkdir()
        make_template(case, root)
        try:
            with contextlib.redirect_stderr(null):
                lines = describe(root)
        except Exception as error:
            return f"{type(error).__name__}: {error}".replace(str(root), "TEMPLATE")
        return "\n".join(lines + use(root)).replace(str(root), "TEMPLATE")


def main():
    warnings.simplefilter("ignore")
    for path in sorted((CASES / "manifest").glob("*.case")):
        if not any(fnmatch.fnmatchcase(path.stem, pattern) for pattern in sys.argv[1:] or ["*"]):
            continue
        case = read_case(path)
        made = {name: text for name, text in case.items() if name.split(" ")[0] in ("note", "file", "link")}
        made["copier"] = answer(case)
        made.update({name: text for name, text in case.items() if name not in made})
        write_case(path, made)


if __name__ == "__main__":
    main()
