#!/usr/bin/env python3
"""Puts one fault after another into a sample: some check must fail on each.

A test that passes whatever the code does is worse than none. Needs what check.py --tools needs;
--python names a Python with the packages of static-requirements.txt.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from check import NIGHTLY, Checker, CheckError, make_tool_environment, read_answers, run
from mutations_list import FAULTS, Fault
from mutations_orm import ORM_FAULTS
from servers import Servers

SAMPLES = Path(__file__).resolve().parent
Project = tuple[Path, dict[str, str]]
# No fault takes longer to find than this.
PATIENCE = 300


def find_commands(fault: Fault, project: Path, python: str) -> list[str]:
    """Return the command that must fail."""
    if fault.check == "static":
        return [python, str(SAMPLES / "static_checks.py"), str(project)]
    if fault.check == "docs":
        return ["uv", "run", "--no-sync", "mkdocs", "build", "--strict"]
    pytest = ["uv", "run", "--no-sync", "pytest", "-q", "-p", "no:randomly"]
    if fault.check == "coverage":
        return [*pytest, "--cov", "-m", "unit"]
    return [*pytest, "-x", *fault.check.split()]


def fails(command: list[str], project: Path, environment: dict[str, str]) -> tuple[bool, str]:
    """Run a command; tell whether it failed, and what it said."""
    try:
        done = subprocess.run(
            command,
            cwd=project,
            env=environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return True, "it took too long"
    if done.returncode not in (0, 1, 2):
        raise CheckError(f"{command}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
    return done.returncode != 0, done.stdout + done.stderr


def check_fault(fault: Fault, project: Path, environment: dict[str, str], python: str) -> None:
    """Put a fault in, see that it is found, take it out again."""
    path = project / fault.file
    text = path.read_text("utf-8")
    if text.count(fault.old) < 1:
        raise CheckError(f"{fault.file} has no '{fault.old}'")
    if fault.sqlite:
        environment = {k: v for k, v in environment.items() if k != "TEST_DATABASE_URL"}
        environment["CI"] = ""
    command = find_commands(fault, project, python)
    path.write_text(text.replace(fault.old, fault.new), "utf-8")
    try:
        found, told = fails(command, project, environment)
    finally:
        path.write_text(text, "utf-8")
    if not found:
        raise CheckError(f"nothing noticed it\n{told}")
    if "no tests ran" in told or "ERROR: not found" in told or "SyntaxError" in told:
        raise CheckError(f"that is no finding:\n{told}")


def check_sound(project: Path, environment: dict[str, str], python: str) -> None:
    """Check that without a fault everything passes that must fail with one."""
    full = [fault for fault in FAULTS if fault.sample == "full"]
    nodes = sorted({node for fault in full for node in fault.check.split() if "/" in node})
    for command in (
        ["uv", "run", "--no-sync", "pytest", "-q", "-x", *nodes],
        [python, str(SAMPLES / "static_checks.py"), str(project)],
        ["uv", "run", "--no-sync", "mkdocs", "build", "--strict"],
    ):
        found, told = fails(command, project, environment)
        if found:
            raise CheckError(told)


class Lane:
    """Copies of the samples with servers of their own, in which faults are tried one by one."""

    def __init__(self, work: Path, environment: dict[str, str], python: str) -> None:
        self.servers = Servers()
        self.work = work
        self.environment = environment
        self.python = python
        self.projects: dict[str, Project] = {}

    def find_project(self, sample: str) -> Project:
        """Return a copy of a sample in which its tools can run; made when it is first asked for."""
        if sample not in self.projects:
            project = self.work / sample
            shutil.copytree(SAMPLES / sample / "expected", project, symlinks=True)
            environment = self.environment | self.servers.environment(read_answers(project))
            run(["uv", "sync", "--quiet", "--all-groups"], project, environment)
            self.projects[sample] = project, environment
        return self.projects[sample]


def try_faults(checker: Checker, lanes: list[Lane], faults: list[Fault]) -> None:
    """Try the faults, as many at a time as there are lanes."""
    left = iter(faults)
    turn = threading.Lock()

    def work(lane: Lane) -> None:
        while True:
            with turn:
                fault = next(left, None)
            if fault is None:
                return
            checker.check(
                f"found: {fault.title}",
                lambda: check_fault(fault, *lane.find_project(fault.sample), lane.python),
            )

    with ThreadPoolExecutor(len(lanes)) as pool:
        list(pool.map(work, lanes))


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--python", default=sys.executable, metavar="PATH", help="with the tools")
    parser.add_argument("--sample", help="only faults of this one; all that CI runs if absent")
    parser.add_argument("--only", default="", metavar="TEXT", help="faults whose title has this")
    parser.add_argument("--skip", type=int, default=0, metavar="N", help="leave the first N out")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="faults at a time")
    options = parser.parse_args()
    faults = [
        fault
        for fault in [*FAULTS, *ORM_FAULTS]
        if (fault.sample == options.sample if options.sample else fault.sample not in NIGHTLY)
        and options.only in fault.title
    ][options.skip :]
    with tempfile.TemporaryDirectory(prefix="mutations-") as work:
        checker = Checker(Path(work).resolve())
        environment = make_tool_environment(checker.work) | {"NO_MKDOCS_2_WARNING": "1"}
        lanes = [
            Lane(checker.work / str(number), environment, options.python)
            for number in range(options.jobs)
        ]
        try:
            # The other samples' own tests are run by check.py.
            if options.sample or options.skip or options.only or checker.check(
                "without a fault all passes",
                lambda: check_sound(*lanes[0].find_project("full"), options.python),
            ):
                try_faults(checker, lanes, faults)
        finally:
            for lane in lanes:
                lane.servers.stop()
    print(f"{checker.passed} passed, {checker.failed} failed")
    return 1 if checker.failed else 0


if __name__ == "__main__":
    sys.exit(main())
