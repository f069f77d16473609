#!/usr/bin/env python3
"""Run recorded Jinja2 cases; all must match but those that not_copied.txt lists.

usage: conformance.py --runner run_cases.py --scaffold BIN CASES.jsonl ...

The runner and the cases are reference material that is kept outside of this repository.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

LIST = pathlib.Path(__file__).with_name("not_copied.txt")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runner", required=True)
    parser.add_argument("--scaffold", required=True)
    parser.add_argument("cases", nargs="+")
    options = parser.parse_args()
    lines = (line.split("#")[0].strip() for line in LIST.read_text().splitlines())
    known = {line for line in lines if line}
    with tempfile.TemporaryDirectory() as folder:
        report = pathlib.Path(folder) / "failures"
        run = subprocess.run(
            [sys.executable, options.runner, "--bin", options.scaffold, "--list-failures", report, *options.cases],
            capture_output=True, text=True)
        if not report.exists():
            print(run.stdout, run.stderr)
            return 1
        failed = set(report.read_text().split())
    print(run.stdout.strip().splitlines()[-1])
    for name in sorted(failed - known):
        print("differs from Jinja2:", name)
    for name in sorted(known - failed):
        print("listed in not_copied.txt, but matches:", name)
    return 0 if failed == known else 1


if __name__ == "__main__":
    sys.exit(main())
