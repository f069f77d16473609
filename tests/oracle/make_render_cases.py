#!/usr/bin/env python3
"""Fills in the `output` of tests/cases/render/*.case by running Copier 9.19.1.

Sections `file MODE PATH`, `bytes MODE PATH` (a Python literal), `link PATH` and `folder PATH` are the
template, `dest PATH` are files of the destination. Needs copier from PyPI, and git.
"""

import ast
import fnmatch
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import warnings

import yaml
from case_files import CASES, read_case, write_case
from copier import _main
from copier._main import Worker
from copier._settings import SettingsModel

GIT_ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "a",
    "GIT_AUTHOR_EMAIL": "a@b",
    "GIT_COMMITTER_NAME": "a",
    "GIT_COMMITTER_EMAIL": "a@b",
    "GIT_AUTHOR_DATE": "2020-01-01T00:00:00Z",
    "GIT_COMMITTER_DATE": "2020-01-01T00:00:00Z",
}


def make_template(case, template, project):
    for name, text in case.items():
        words = name.split(" ", 2)
        if words[0] in ("file", "bytes"):
            path = template / words[2]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(ast.literal_eval(text) if words[0] == "bytes" else (text + "\n").encode())
            path.chmod(int(words[1], 8))
        elif words[0] in ("link", "folder", "dest"):
            root = project if words[0] == "dest" else template
            path = root / name.split(" ", 1)[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            if words[0] == "link":
                path.symlink_to(text)
            elif words[0] == "folder":
                path.mkdir(exist_ok=True)
            else:
                path.write_text(text + "\n")


def make_repository(template):
    for command in ("init", "add -A", "commit -m one", "tag v1.0.0"):
        subprocess.run(["git", *command.split()], cwd=template, check=True, capture_output=True)


def list_project(case, project):
    lines = []
    for path in sorted(project.rglob("*"), key=lambda path: os.fsencode(path.relative_to(project))):
        name = path.relative_to(project).as_posix()
        if any(given.startswith("dest " + name) for given in case):
            continue
        if path.is_symlink():
            lines.append(f"link {name} -> {os.readlink(path)}")
        elif path.is_dir():
            lines.append(f"folder {name}")
        else:
            content = path.read_bytes()
            try:
                shown = repr(content.decode())
            except UnicodeDecodeError:
                shown = repr(content)
            lines.append(f"file {path.stat().st_mode & 0o7777:o} {name} {shown}")
    return lines


def run_case(case, folder):
    template, project = folder / "template", folder / "project"
    template.mkdir()
    project.mkdir()
    make_template(case, template, project)
    options = [line.split(" ", 1) for line in case.get("options", "").split("\n") if line]
    flags = {option[0] for option in options}
    if "git" in flags:
        make_repository(template)
    os.chdir(folder)
    token = _main._operation.set("update" if "update" in flags else "copy")
    answers_file = [option[1] for option in options if option[0] == "answers-file"]
    try:
        Worker(
            src_path="template",
            dst_path=pathlib.Path("project"),
            data=yaml.safe_load(case.get("answers", "")) or {},
            settings=SettingsModel(),
            answers_file=answers_file[0] if answers_file else None,
            exclude=[option[1] for option in options if option[0] == "exclude"],
            skip_if_exists=[option[1] for option in options if option[0] == "skip"],
            defaults=True,
            overwrite=True,
            quiet=True,
            unsafe=True,
        ).run_copy()
    except Exception as error:
        return [f"error {str(error).replace(str(folder), 'FOLDER')!r}"]
    finally:
        _main._operation.reset(token)
        os.chdir("/")
    return list_project(case, project)


def main():
    wanted = sys.argv[1] if len(sys.argv) > 1 else "*"
    warnings.simplefilter("ignore")
    os.environ.update(GIT_ENVIRONMENT)
    os.umask(0o022)
    for path in sorted((CASES / "render").rglob("*.case")):
        if not fnmatch.fnmatch(path.stem, wanted):
            continue
        case = read_case(path)
        folder = pathlib.Path(tempfile.mkdtemp())
        case["output"] = "\n".join(run_case(case, folder))
        shutil.rmtree(folder)
        write_case(path, case)


if __name__ == "__main__":
    main()
