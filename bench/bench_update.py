#!/usr/bin/env python3
"""Time `scaffold update` beside Copier's.

usage: bench_update.py --scaffold BIN [--copier PATH] [--runs 5] [--copier-runs 1]

Two cases, each in a fresh copy of the project, in turn:

  same     2,000 files, same version, same answers: nothing to do
  changed  1,000 files, of which the new version changes one in a hundred; the user has edited two

Printed: the median wall and CPU time of each program and the ratio.
"""

import argparse
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import tempfile
import time

from bench_new import ENVIRONMENT, make_template

ANSWERS = "{{ _copier_answers|to_nice_yaml }}"


def git(folder, *arguments):
    subprocess.run(["git", "-C", folder, *arguments], check=True, env=ENVIRONMENT,
                   stdout=subprocess.DEVNULL)


def release(folder, tag):
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", tag)
    git(folder, "tag", tag)


def prepare(folder, scaffold, files, changed):
    """A template with its versions, and a project of the first one."""
    template = folder / f"template{files}"
    make_template(template, files)
    (template / "files" / "{{_copier_conf.answers_file}}.jinja").write_text(ANSWERS)
    release(template, "v1.1.0")
    project = folder / f"project{files}"
    subprocess.run([scaffold, "copy", "-q", "--defaults", template, project], check=True,
                   env=ENVIRONMENT)
    git(folder, "init", "-q", project)
    git(project, "add", "-A")
    git(project, "commit", "-qm", "first")
    if changed:
        paths = sorted((template / "files").rglob("file*"))
        for path in paths[::files // changed]:
            path.write_text(path.read_text() + "one line more\n")
        release(template, "v2.0.0")
        for path in sorted(project.rglob("file*"))[:2]:
            path.write_text("mine\n" + path.read_text())
        git(project, "commit", "-qam", "mine")
    return project


def measure(command, project, scratch):
    shutil.rmtree(scratch, ignore_errors=True)
    subprocess.run(["cp", "-a", project, scratch], check=True)
    git(scratch, "status")  # the copy has other inodes than git's index knows
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(command, cwd=scratch, check=True, env=ENVIRONMENT, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall * 1000, cpu * 1000


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scaffold", required=True, type=lambda p: pathlib.Path(p).resolve())
    parser.add_argument("--copier", type=lambda p: pathlib.Path(p).absolute())
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--copier-runs", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for case, files, changed in (("same", 2000, 0), ("changed", 1000, 10)):
            project = prepare(folder, options.scaffold, files, changed)
            rows = {"scaffold": [], "copier": []}
            for run in range(options.runs):
                rows["scaffold"].append(measure(
                    [options.scaffold, "update", "--defaults"], project, folder / "scratch"))
                if options.copier and run < options.copier_runs:
                    rows["copier"].append(measure(
                        [options.copier, "update", "--defaults"], project, folder / "scratch"))
            ours = [statistics.median(column) for column in zip(*rows["scaffold"])]
            line = f"{case:8} {files} files: scaffold {ours[0]:.0f} ms wall, {ours[1]:.0f} ms CPU"
            if rows["copier"]:
                theirs = [statistics.median(column) for column in zip(*rows["copier"])]
                line += (f"; Copier {theirs[0]:.0f} ms wall, {theirs[1]:.0f} ms CPU; "
                         f"ratio {theirs[0] / ours[0]:.0f} wall, {theirs[1] / ours[1]:.0f} CPU")
            print(line, flush=True)


if __name__ == "__main__":
    main()
