"""Searches the code, the locked dependencies and the files for security problems.

Exit code 0: everything was checked and nothing found. 1: there are findings. 2: something could
not be checked, which is a failure too, as a check that did not happen has found nothing either.
"""

import argparse
import json
import subprocess  # nosec B404: it starts the tools
import sys
import tempfile
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
CODE = ("src", "scripts", "migrations")
SEVERITY = "medium"
EXCEPTIONS = ROOT / "security" / "exceptions.toml"
# What must be done about a finding in the code; bandit's own words name the danger only.
REMEDIES = {
    "B301": "use json",
    "B307": "use ast.literal_eval",
    "B324": "use hashlib.sha256",
    "B501": "leave certificates checked",
    "B506": "use yaml.safe_load",
    "B602": "give a list of words and leave shell=True out",
    "B605": "use subprocess.run with a list of words",
    "B608": "give values as parameters",
}


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


def read_exceptions(today: date) -> tuple[set[str], Report]:
    """Return the findings that are accepted, and what is wrong with the list."""
    accepted: set[str] = set()
    report = Report()
    if not EXCEPTIONS.is_file():
        return accepted, report
    for entry in tomllib.loads(EXCEPTIONS.read_text("utf-8")).get("exception", []):
        name, expires = entry.get("id", "(no id)"), entry.get("expires")
        if not entry.get("reason"):
            report.findings.append(f"{name}: no reason -> say why it is accepted")
        elif expires is not None and expires < today:
            report.findings.append(f"{name}: expired on {expires} -> mend it, or decide again")
        else:
            accepted.add(name)
    return accepted, report


def check_code(accepted: set[str]) -> Report:
    """Ask bandit about the code."""
    folders = [folder for folder in CODE if (ROOT / folder).is_dir()]
    options = ["-c", "pyproject.toml", "-q", "-f", "json", f"--severity-level={SEVERITY}"]
    output = run_json("bandit", [sys.executable, "-m", "bandit", *options, "-r", *folders])
    report = Report()
    for error in output["errors"]:
        report.not_checked.append(f"{error['filename']}: {error['reason']}")
    for found in output["results"]:
        if found["test_id"] in accepted:
            continue
        place = f"{found['filename']}:{found['line_number']}"
        remedy = REMEDIES.get(found["test_id"], f"see {found['more_info']}")
        report.findings.append(f"{place}: {found['test_id']} {found['issue_text']} -> {remedy}")
    return report


def check_dependencies(accepted: set[str]) -> Report:
    """Ask pip-audit about the packages in uv.lock."""
    with tempfile.TemporaryDirectory() as folder:
        requirements = str(Path(folder, "requirements.txt"))
        options = ["--locked", "--quiet", "--all-groups", "--no-emit-project"]
        exported = run(["uv", "export", *options, "--output-file", requirements])
        if exported.returncode != 0:
            raise NotCheckedError(f"uv export failed: {exported.stderr.strip()}")
        options = ["--format=json", "--progress-spinner=off", "--disable-pip", "--require-hashes"]
        command = [sys.executable, "-m", "pip_audit", *options, "--requirement", requirements]
        output = run_json("pip-audit", command)
    report = Report()
    for package in output["dependencies"]:
        if "skip_reason" in package:
            report.not_checked.append(f"{package['name']}: {package['skip_reason']}")
            continue
        for found in package["vulns"]:
            if accepted.isdisjoint([found["id"], *found.get("aliases", [])]):
                name = f"{package['name']} {package['version']}"
                report.findings.append(f"{name}: {found['id']}, {find_remedy(package, found)}")
    return report


def find_remedy(package: dict[str, Any], found: dict[str, Any]) -> str:
    """Say what to do about a vulnerable package."""
    if not found["fix_versions"]:
        return "not fixed yet -> remove it, or accept it in security/exceptions.toml"
    versions = ", ".join(found["fix_versions"])
    return f"fixed in {versions} -> uv lock --upgrade-package {package['name']}"


def check_secrets(accepted: set[str]) -> Report:
    """Ask gitleaks about the files, and about the history if there is one."""
    report = Report()
    for mode in ["dir", "git"] if (ROOT / ".git").exists() else ["dir"]:
        options = ["--no-banner", "--redact", "--log-level=error", "--exit-code=1"]
        options += ["--report-format=json", "--report-path=-"]
        for found in run_json("gitleaks", ["gitleaks", mode, *options, "."]):
            name = found["Fingerprint"]
            place = f"{found['File']}:{found['StartLine']}"
            if name not in accepted:
                report.findings.append(
                    f"{place}: {found['RuleID']} in the {mode} ({name}) -> make it worthless where "
                    "it was issued, then remove it"
                )
    return report


CHECKS: dict[str, Callable[[set[str]], Report]] = {
    "code": check_code,
    "dependencies": check_dependencies,
    "secrets": check_secrets,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Make all checks and return the exit code."""
    parser = argparse.ArgumentParser(description="Search for security problems.")
    parser.add_argument(
        "--only", action="append", choices=list(CHECKS), help="make this check and no other"
    )
    options = parser.parse_args(arguments)
    accepted, exceptions = read_exceptions(datetime.now(UTC).date())
    reports = {"exceptions": exceptions}
    for name in options.only or CHECKS:
        try:
            reports[name] = CHECKS[name](accepted)
        except NotCheckedError as error:
            reports[name] = Report(not_checked=[str(error)])
    return print_reports(reports)


def print_reports(reports: dict[str, Report]) -> int:
    """Tell what was found, and return the exit code."""
    for name, report in reports.items():
        for finding in report.findings:
            print(f"[FOUND] {name}: {finding}")
        for gap in report.not_checked:
            print(f"[ERROR] {name}: not checked: {gap}")
        if not report.findings and not report.not_checked:
            print(f"[OK] {name}")
    if any(report.not_checked for report in reports.values()):
        return 2
    return 1 if any(report.findings for report in reports.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
