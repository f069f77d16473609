"""Searches the code and the locked dependencies for security problems.

Exit code 0: everything was checked and nothing found. 1: there are findings. 2: something could
not be checked, which is a failure too, as a check that did not happen has found nothing either.
"""

import argparse
import json
import subprocess  # nosec B404: it starts the tools
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
CODE = ("src", "scripts", "migrations")
SEVERITY = "low"


class NotCheckedError(Exception):
    """A check could not be made; the text says which and why."""


@dataclass
class Report:
    """What one check came to."""

    findings: list[str] = field(default_factory=list)
    not_checked: list[str] = field(default_factory=list)


def run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run a tool in the project's folder; it may fail."""
    try:
        # Our own words, and no shell.
        return subprocess.run(  # noqa: S603  # nosec B603
            command, cwd=ROOT, capture_output=True, text=True, check=False
        )
    except OSError as error:
        raise NotCheckedError(f"{command[0]} does not start: {error.strerror}") from error


def run_json(name: str, command: Sequence[str]) -> Any:
    """Run a tool that ends with 0 or 1 and prints JSON."""
    done = run(command)
    try:
        if done.returncode not in (0, 1):
            raise ValueError(f"exit code {done.returncode}")
        return json.loads(done.stdout)
    except ValueError as error:
        complaint = done.stderr.strip().splitlines()
        raise NotCheckedError(f"{name} failed: {complaint[-1] if complaint else error}") from error


def check_code() -> Report:
    """Ask bandit about the code."""
    folders = [folder for folder in CODE if (ROOT / folder).is_dir()]
    options = ["-c", "pyproject.toml", "-q", "-f", "json", f"--severity-level={SEVERITY}"]
    output = run_json("bandit", [sys.executable, "-m", "bandit", *options, "-r", *folders])
    report = Report()
    for error in output["errors"]:
        report.not_checked.append(f"{error['filename']}: {error['reason']}")
    for found in output["results"]:
        place = f"{found['filename']}:{found['line_number']}"
        report.findings.append(
            f"{place}: {found['test_id']} {found['issue_text']} -> {found['more_info']}"
        )
    return report


def check_dependencies(ignored: Sequence[str] = ()) -> Report:
    """Ask pip-audit about the packages in uv.lock."""
    with tempfile.TemporaryDirectory() as folder:
        requirements = str(Path(folder, "requirements.txt"))
        options = ["--locked", "--quiet", "--all-groups", "--no-emit-project"]
        exported = run(["uv", "export", *options, "--output-file", requirements])
        if exported.returncode != 0:
            raise NotCheckedError(f"uv export failed: {exported.stderr.strip()}")
        options = ["--format=json", "--progress-spinner=off", "--disable-pip", "--require-hashes"]
        options += [f"--ignore-vuln={name}" for name in ignored]
        output = run_json(
            "pip-audit",
            [sys.executable, "-m", "pip_audit", *options, "--requirement", requirements],
        )
    report = Report()
    for package in output["dependencies"]:
        if "skip_reason" in package:
            report.not_checked.append(f"{package['name']}: {package['skip_reason']}")
            continue
        for found in package["vulns"]:
            name = f"{package['name']} {package['version']}"
            report.findings.append(f"{name}: {found['id']}, {remedy(package, found)}")
    return report


def remedy(package: dict[str, Any], found: dict[str, Any]) -> str:
    """Say what to do about a vulnerable package."""
    if not found["fix_versions"]:
        return "not fixed yet -> remove it, or accept it with --ignore"
    versions = ", ".join(found["fix_versions"])
    return f"fixed in {versions} -> uv lock --upgrade-package {package['name']}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Make all checks and return the exit code."""
    parser = argparse.ArgumentParser(description="Search for security problems.")
    parser.add_argument(
        "--ignore",
        action="append",
        default=[],
        metavar="ID",
        help="accept this vulnerability of a dependency",
    )
    options = parser.parse_args(arguments)
    checks = {
        "code": check_code,
        "dependencies": lambda: check_dependencies(options.ignore),
    }
    exit_code = 0
    for name, check in checks.items():
        try:
            report = check()
        except NotCheckedError as error:
            report = Report(not_checked=[str(error)])
        for finding in report.findings:
            print(f"[FOUND] {name}: {finding}")
        for gap in report.not_checked:
            print(f"[ERROR] {name}: not checked: {gap}")
        if report.not_checked:
            exit_code = 2
        elif report.findings:
            exit_code = max(exit_code, 1)
        else:
            print(f"[OK] {name}")
    return exit_code


if __name__ == "__main__":
    sys.exit(main())
