#!/usr/bin/env python3
"""Generators for Django, in real projects: adds commands and workers, runs, breaks, removes them.

One project is as django-admin makes it, with the newest long-term version of Django and PostgreSQL;
the other has split settings and apps in a package, with the version before it and SQLite. Both have
Celery as its documentation says, with a real Redis. Needs what servers.py names, and uv or pip.
"""

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from check import (
    Checker,
    CheckError,
    describe_differences,
    find_program,
    make_tool_environment,
    read_tree,
    run,
    run_in_lanes,
)
from django_faults import FAULTS, REAL_FAULTS, Fault
from django_project import Project, replace
from servers import Servers

# The version of Django, the server of servers.py, whether settings and apps are split.
LANES = [
    ("5.2.19", "postgresql", False, "config.settings"),
    ("4.2.30", "sqlite3", True, "config.settings.local"),
]
ADDED = [
    ("cli-tool", "import-books"),
    ("background-worker", "send-mail"),
    ("cli-tool", "zip-codes-of-quite-a-long-name"),
    ("background-worker", "index-texts-with-quite-a-name"),
]
APPS = [name.replace("-", "_") for _, name in ADDED]
REFUSED = [
    ("cli-tool", "migrate", 1, "take 'migrate_tool'"),
    ("cli-tool", "users", 1, "take 'users_tool'"),
    ("background-worker", "celery", 1, "take 'celery_worker'"),
    ("background-worker", "email", 2, "take 'email_worker'"),
]
MARKERS = "# scaffold:begin apps\n# scaffold:end apps\n"
# Options that every command of Django has.
COMMON = {"help", "version", "settings", "pythonpath", "traceback", "verbosity"}
COMMON |= {"no-color", "force-color", "skip-checks"}
ROWS = 20_000


class Lane(Project):
    """A project, and all its checks."""

    def add_all(self) -> None:
        """Add everything: the first brings a patch, and the others find its region."""
        for position, (generator, name) in enumerate(ADDED):
            words = ["add", generator, name, "--defaults", "--quiet"]
            code, patch = self.run_scaffold(*words)
            if code != (3 if position == 0 else 0):
                raise CheckError(f"{generator} {name}: exit code {code}\n{patch}")
            if code == 3:
                path = self.folder / "region.patch"
                path.write_text(patch, "utf-8")
                run(["git", "apply", str(path)], self.project, self.environment)
        region = "".join(f'INSTALLED_APPS += ["{self.prefix}{app}"]\n' for app in sorted(APPS))
        text = (self.project / self.settings).read_text("utf-8")
        if not text.endswith(MARKERS.replace("\n", "\n" + region, 1)):
            raise CheckError(text[-1000:])

    def run_scaffold(self, *words: str) -> tuple[int, str]:
        """Run scaffold; return its exit code, and what it printed."""
        command = [self.scaffold, *words]
        where = {"cwd": self.project, "env": self.environment, "stdin": subprocess.DEVNULL}
        done = subprocess.run(command, **where, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + (done.stderr if done.returncode != 3 else "")

    def expect_refusal(self, generator: str, name: str, code: int, text: str) -> None:
        """Check that an addition is refused, and changes nothing."""
        before = read_tree(self.project)
        found, told = self.run_scaffold("add", generator, name, "--defaults")
        if found != code or text not in told or read_tree(self.project) != before:
            raise CheckError(f"expected exit code {code} and '{text}', not {found}:\n{told}")

    def check_style(self) -> None:
        """Check what was written with ruff as it comes."""
        ruff = [self.python, "-m", "ruff"]
        folders = [str(self.app(app)) for app in APPS]
        for words in (["check"], ["format", "--check"]):
            run(
                [*ruff, *words, "--isolated", "--no-cache", *folders],
                self.project,
                self.environment,
            )

    def test(self, *labels: str) -> None:
        """Run tests that came along; their database stays for the next time."""
        self.manage("test", "--keepdb", "--noinput", *labels)

    def check_pytest(self) -> None:
        """Run the tests that came along with pytest, too."""
        folders = [str(self.app(app)) for app in APPS]
        command = [self.python, "-m", "pytest", "-q", "-p", "no:cacheprovider", *folders]
        run([*command, f"--ds={self.module}"], self.project, self.environment)

    def check_document(self) -> None:
        """Check that the document names every option of the command."""
        text = (self.project / "docs/components/import-books.md").read_text("utf-8")
        told = self.manage("import_books", "--help")
        options = set(re.findall(r"(?m)^ +(?:-\S+ .*)?--([a-z-]+)", told)) - COMMON
        missing = [name for name in options if f"`--{name}`" not in text]
        if len(options) < 4 or missing:
            raise CheckError(f"of {sorted(options)} it does not name {missing}")

    def start_import(self, *words: str) -> subprocess.Popen[str]:
        """Start the command."""
        command = [self.python, "manage.py", "import_books", *words]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        where = {"cwd": self.project, "env": self.environment}
        return subprocess.Popen(command, **where, **pipes, text=True)

    def expect_import(self, code: int, text: str, *words: str) -> int:
        """Run the command to its end, and return how much memory it took, in kilobytes."""
        process = self.start_import(*words)
        process.stdin.close()
        told = process.stderr.read() + process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != code or text not in told:
            found = f"{process.returncode}:\n{told[-1000:]}"
            raise CheckError(f"expected exit code {code} and '{text}', not {found}")
        return usage.ru_maxrss

    def check_command(self) -> None:
        """Run the command on a large file, break it off, run it again."""
        small, large = self.folder / "small.csv", self.folder / "large.csv"
        for path, count in ((small, 100), (large, ROWS)):
            rows = "".join(f"row {number},{number}\n" for number in range(count))
            path.write_text("name,quantity\n" + rows, "utf-8")
        self.expect_import(2, "is not a number from 1 to 10000", "--batch-size", "0")
        self.expect_import(1, "No such file or directory", "nowhere.csv")
        little = self.expect_import(0, "100 rows are written, 0 refused", str(small))
        with self.start_import("--batch-size", "100") as process:
            process.stdin.write(large.read_text("utf-8")[:20_000])
            process.stdin.flush()
            process.stderr.readline()
            process.send_signal(signal.SIGTERM)
            told = process.stderr.read()
            written = re.search(r"stopped by SIGTERM: (\d+) rows are written", told)
            code = process.wait()
        if code != 143 or not written or self.orders.ask("entries") != int(written[1]):
            raise CheckError(f"exit code {code}\n{told}")
        for _ in range(2):
            much = self.expect_import(0, f"{ROWS} rows are written, 0 refused", str(large))
            if self.orders.ask("entries") != ROWS:
                raise CheckError("not every row is there")
        if much > little + 10_000:
            raise CheckError(f"{much} kB instead of {little} kB")

    def check_fault(self, fault: Fault, action: Callable[[], object]) -> None:
        """Put a fault in, see that it is found, take it out again."""
        path = self.app(fault.app) / fault.file
        text = path.read_text("utf-8")
        replace(path, fault.old, fault.new)
        try:
            action()
        except CheckError as error:
            if "SyntaxError" in str(error) or "ImportError" in str(error):
                raise CheckError(f"that is no finding:\n{error}") from error
        else:
            raise CheckError("nothing noticed it")
        finally:
            path.write_text(text, "utf-8")

    def remove_all(self, before: dict[str, object]) -> None:
        """Take everything out again: only the empty region stays, which a person put there."""
        for generator, name in ADDED[::2] + ADDED[1::2]:
            run([self.scaffold, "remove", generator, name], self.project, self.environment)
        replace(self.project / self.settings, MARKERS, "")
        differences = list(describe_differences(before, read_tree(self.project)))
        if differences or (self.project / ".scaffold" / "state.yml").exists():
            raise CheckError("\n".join(["something is left", *differences[:100]]))

    def check_all(self) -> None:
        """Make all checks of this lane."""
        before = read_tree(self.project)
        if not self.check("additions, and a patch for the region", self.add_all):
            return
        taken = [(generator, name, 1, "is there already") for generator, name in ADDED]
        for refused in [*taken, *REFUSED]:
            title = f"{refused[0]} {refused[1]} is refused"
            self.check(title, lambda r=refused: self.expect_refusal(*r))
        self.check("ruff", self.check_style)
        for words in (["check"], ["makemigrations", "--check"], ["migrate"]):
            self.check(f"manage.py {' '.join(words)}", lambda w=words: self.manage(*w))
        labels = [self.prefix + app for app in APPS]
        self.check("manage.py test", lambda: self.test(*labels))
        if self.is_split:
            self.check("pytest", self.check_pytest)
        self.check("the document names every option", self.check_document)
        self.check(f"{ROWS} rows, and a signal", self.check_command)
        for title, action in self.orders.checks(self.database == "postgresql"):
            self.check(title, action)
        app = "import_books" if self.is_split else "send_mail"
        for fault in (fault for fault in FAULTS if fault.app == app):
            label = f"{self.prefix}{app}.tests.{fault.tests}"
            self.check(
                f"found: {fault.title}",
                lambda f=fault, w=label: self.check_fault(f, lambda: self.test(w)),
            )
        if self.is_split:
            self.orders.patience = 8
            for fault in REAL_FAULTS:
                action = getattr(self.orders, fault.tests)
                self.check(
                    f"found: {fault.title}", lambda f=fault, a=action: self.check_fault(f, a)
                )
        self.check("removing all gives the original tree", lambda: self.remove_all(before))


def check_lane(lane: Lane, servers: Servers, work_tree: bool) -> None:
    """Make a project, and all checks in it."""
    try:
        if lane.check("a project", lambda: lane.make(servers, work_tree)):
            lane.check_all()
    finally:
        lane.orders.close()


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scaffold", required=True, type=find_program, help="the program")
    parser.add_argument(
        "--work-tree", action="store_true", help="take the generators as they are in their folder"
    )
    options = parser.parse_args()
    shared = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with (
        tempfile.TemporaryDirectory(prefix="django-") as work,
        tempfile.TemporaryDirectory(prefix="django-", dir=shared) as memory,
    ):
        checker = Checker(Path(work).resolve())
        environment = make_tool_environment(checker.work) | {"PYTHONDONTWRITEBYTECODE": "1"}
        lanes = [
            Lane(
                django,
                database,
                is_split,
                checker,
                options.scaffold,
                checker.work / django,
                Path(memory),
                environment | {"DJANGO_SETTINGS_MODULE": module},
            )
            for django, database, is_split, module in LANES
        ]
        run_in_lanes(
            lambda servers, lane=lane: check_lane(lane, servers, options.work_tree)
            for lane in lanes
        )
    print(f"{checker.passed} passed, {checker.failed} failed")
    return 1 if checker.failed else 0


if __name__ == "__main__":
    sys.exit(main())
