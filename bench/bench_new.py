#!/usr/bin/env python3
"""Time `scaffold new` and `copy` beside Copier and beside the least that any tool must do.

usage: bench_new.py --scaffold BIN [--copier PATH] [--sizes 10,100,1000] [--runs 7]

For each size a template is made (half of the files rendered, about 2 KiB each, half copied), and these run in turn, so
that a change of the machine's speed meets all alike:

  new     scaffold new: files, git repository, first commit
  limit   cp -r of the finished files, git init, git add -A, git commit
  copy    scaffold copy
  copier  copier copy (with --copier)
  start   scaffold --version

Printed: the median wall time of each, and the ratios new/limit and copier/copy run by run (median).
"""

import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ENVIRONMENT = {
    **os.environ,
    "GIT_AUTHOR_NAME": "b", "GIT_AUTHOR_EMAIL": "b@example.org",
    "GIT_COMMITTER_NAME": "b", "GIT_COMMITTER_EMAIL": "b@example.org",
    "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
}
MANIFEST = """\
_subdirectory: files
project_name: {type: str, default: Sample Project}
license: {type: str, default: MIT}
versions: {type: str, default: "3.9,3.10,3.11,3.12"}
"""
BLOCK = """\
{%% set slug = project_name|lower|replace(' ', '_') -%%}
{%% if license == 'MIT' %%}permissive_%(n)d = True{%% else %%}permissive_%(n)d = False{%% endif %%}
{%% for v in versions.split(',') %%}
  - {{ slug }}-py{{ v|replace('.', '') }}-{{ loop.index }}{%% if loop.last %%}  # newest{%% endif %%}
{%% endfor %%}
title_%(n)d = "{{ project_name|title }} {{ slug ~ '-' ~ license }}"
plain text of line %(n)d that is only copied along
"""
LIMIT = ('cp -r "$1" "$2" && git -C "$2" init -q && git -C "$2" add -A && '
         'git -C "$2" commit -q -m x')


def make_template(folder, files):
    root = folder / "files"
    for i in range(files):
        path = root / f"part{i % 20}" / (f"file{i}.txt" + (".jinja" if i % 2 == 0 else ""))
        path.parent.mkdir(parents=True, exist_ok=True)
        if i % 2 == 0:
            path.write_text("".join(BLOCK % {"n": n} for n in range(5)))
        else:
            path.write_text("".join(f"line {n} of a file that is copied as it is\n" for n in range(45)))
    (folder / "copier.yml").write_text(MANIFEST)
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "one"], ["tag", "v1.0.0"]):
        subprocess.run(["git", "-C", folder, *command], check=True, env=ENVIRONMENT)


def timed(command):
    begin = time.perf_counter()
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, env=ENVIRONMENT, check=False)
    elapsed = time.perf_counter() - begin
    if done.returncode != 0:
        sys.exit(f"{command} failed: {done.stderr.decode()[-500:]}")
    return elapsed


def commands(options, template, reference):
    rows = {
        "new": lambda to: [options.scaffold, "new", "-q", "-l", template, to],
        "limit": lambda to: ["sh", "-c", LIMIT, "sh", reference, to],
        "copy": lambda to: [options.scaffold, "copy", "-q", "-f", template, to],
        "start": lambda to: [options.scaffold, "--version"],
    }
    if options.copier:
        rows["copier"] = lambda to: [options.copier, "copy", "-q", "-f", template, to]
    return rows


def measure(options, files, work):
    template = work / f"template{files}"
    make_template(template, files)
    reference = work / "reference"
    subprocess.run([options.scaffold, "copy", "-q", "-f", template, reference], check=True,
                   env=ENVIRONMENT)
    times = {name: [] for name in commands(options, template, reference)}
    for run in range(options.runs + 1):
        for name, command in commands(options, template, reference).items():
            target = work / "out"
            elapsed = timed(command(target))
            shutil.rmtree(target, ignore_errors=True)
            if run > 0:  # the first one warms the caches
                times[name].append(elapsed)
    shutil.rmtree(reference)
    return times


def ratio(times, above, below):
    if below not in times or above not in times:
        return "-"
    return f"{statistics.median(a / b for a, b in zip(times[above], times[below])):.2f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--scaffold", required=True, type=os.path.abspath)
    parser.add_argument("--copier", type=os.path.abspath)
    parser.add_argument("--sizes", default="10,100,1000")
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    print("| files | start ms | new ms | limit ms | new/limit | copy ms | copier ms | copier/copy |")
    print("|---|---|---|---|---|---|---|---|")
    for files in map(int, options.sizes.split(",")):
        with tempfile.TemporaryDirectory(prefix="scaffold-bench-") as work:
            times = measure(options, files, pathlib.Path(work))
        median = {name: f"{statistics.median(values) * 1000:.1f}" for name, values in times.items()}
        print(f"| {files} | {median['start']} | {median['new']} | {median['limit']} "
              f"| {ratio(times, 'new', 'limit')} | {median['copy']} | {median.get('copier', '-')} "
              f"| {ratio(times, 'copier', 'copy')} |", flush=True)


if __name__ == "__main__":
    main()
