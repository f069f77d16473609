#!/usr/bin/env python3
"""Injects faults into a rendered project and looks at what its security check says.

Needs uv and gitleaks. Each fault must be found within two minutes, with a line that names the
place, the finding and what to do.
"""

import argparse
import re
import secrets
import shutil
import string
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from check import Checker, CheckError, make_tool_environment, run
from servers import free_port

SAMPLES = Path(__file__).resolve().parent
MAX_SECONDS = 120
SCRIPT = ["uv", "run", "--locked", "--group", "security", "scripts/security/run_security_checks.py"]


def make_project(checker: Checker, environment: dict[str, str]) -> Path:
    """Return a copy of the full sample, with a lock file and a history."""
    project = checker.work / "project"
    shutil.copytree(SAMPLES / "full" / "expected", project, symlinks=True)
    run(["uv", "lock", "--quiet"], project, environment)
    run(["uv", "sync", "--quiet", "--group", "security"], project, environment)
    for words in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "-m", "made"]):
        run(["git", *words], project, checker.environment)
    return project


def scan(project: Path, environment: dict[str, str], code: int, *lines: str) -> None:
    """Run the security check; it must end with a code and print lines with these patterns."""
    start = time.monotonic()
    done = subprocess.run(
        SCRIPT, cwd=project, env=environment, capture_output=True, text=True, check=False
    )
    seconds = time.monotonic() - start
    if done.returncode != code:
        raise CheckError(f"exit code {done.returncode}, not {code}\n{done.stdout}{done.stderr}")
    for line in lines:
        if not re.search(line, done.stdout):
            raise CheckError(f"no line like '{line}':\n{done.stdout}")
    if seconds > MAX_SECONDS:
        raise CheckError(f"it took {seconds:.0f} s")


def with_fault(
    project: Path, name: str, change: Callable[[str], str], action: Callable[[], None]
) -> None:
    """Do something while a file is changed."""
    path = project / name
    before = path.read_text() if path.exists() else None
    path.write_text(change(before or ""))
    try:
        action()
    finally:
        if before is None:
            path.unlink()
        else:
            path.write_text(before)


def check_all(checker: Checker, environment: dict[str, str], stub: int) -> None:
    """Inject each fault."""
    there = environment | {
        "PIP_AUDIT_VULNERABILITY_SERVICE": "osv",
        "PIP_AUDIT_OSV_URL": f"http://127.0.0.1:{stub}/v1/query",
    }
    nobody = there | {"PIP_AUDIT_OSV_URL": f"http://127.0.0.1:{free_port()}/v1/query"}
    project = make_project(checker, environment)

    def old_dependency() -> None:
        def pin(text: str) -> str:
            return text.replace(
                "\ndependencies = [\n", '\ndependencies = [\n    "urllib3==1.26.4",\n'
            )

        def locked() -> None:
            run(["uv", "lock", "--quiet"], project, environment)
            scan(
                project, there, 1, r"urllib3 1\.26\.4: PYSEC-2021-108, fixed in 1\.26\.5 -> uv lock"
            )

        lock = (project / "uv.lock").read_text()
        try:
            with_fault(project, "pyproject.toml", pin, locked)
        finally:
            (project / "uv.lock").write_text(lock)

    def accepted() -> None:
        text = '[[exception]]\nid = "B602"\nreason = "a test"\nexpires = 2999-12-31\n'
        with_fault(project, "security/exceptions.toml", lambda _: text, shell_is_accepted)

    def shell_is_accepted() -> None:
        with_fault(
            project,
            "src/full_example/fault.py",
            lambda _: SHELL,
            lambda: scan_without(project, there, "B602"),
        )

    token = "ghp_" + "".join(
        secrets.choice(string.ascii_letters + string.digits) for _ in range(36)
    )
    expired = '[[exception]]\nid = "B602"\nreason = "a test"\nexpires = 2001-01-01\n'
    checks: dict[str, Callable[[], object]] = {
        "a clean project passes": lambda: scan(project, there, 0, r"\[OK\] secrets"),
        "an old dependency is found": old_dependency,
        "shell=True is found": lambda: with_fault(
            project,
            "src/full_example/fault.py",
            lambda _: SHELL,
            lambda: scan(
                project, there, 1, r"src/full_example/fault\.py:\d+: B602 .* -> give a list"
            ),
        ),
        "an exception silences one finding": accepted,
        "an exception that has expired is a finding": lambda: with_fault(
            project,
            "security/exceptions.toml",
            lambda _: expired,
            lambda: scan(project, there, 1, r"B602: expired on 2001-01-01"),
        ),
        "a token is found, and not repeated": lambda: with_fault(
            project,
            "src/full_example/fault.py",
            lambda _: f'TOKEN = "{token}"\n',
            lambda: scan(
                project, there, 1, r"src/full_example/fault\.py:1: github-pat .* -> make it"
            ),
        ),
        "a service that does not answer is a failure": lambda: scan(
            project, nobody, 2, r"\[ERROR\] dependencies: not checked"
        ),
        "the bill of materials is written": lambda: run(
            ["test", "-s", "build/sbom.json"], project, environment
        ),
    }
    for title, action in checks.items():
        checker.check(f"security: {title}", action)


SHELL = '"""A fault."""\n\nimport subprocess\n\nsubprocess.run("ls", shell=True)\n'


def scan_without(project: Path, environment: dict[str, str], name: str) -> None:
    """Run the check of the code; it must not tell a finding."""
    done = subprocess.run(
        [*SCRIPT, "--only", "code"],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if f": {name} " in done.stdout:
        raise CheckError(done.stdout)


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="acceptance-") as work:
        checker = Checker(Path(work).resolve())
        environment = make_tool_environment(checker.work)
        port = free_port()
        stub = subprocess.Popen([sys.executable, str(SAMPLES / "osv_stub.py"), str(port)])
        try:
            check_all(checker, environment, port)
        finally:
            stub.terminate()
            stub.wait()
    print(f"{checker.passed} passed, {checker.failed} failed")
    return 1 if checker.failed else 0


if __name__ == "__main__":
    sys.exit(main())
