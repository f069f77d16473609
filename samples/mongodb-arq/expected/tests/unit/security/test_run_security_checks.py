"""The checks with stand-ins for the tools: what they report, and that nothing passes unchecked."""

import json
import subprocess
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import run_security_checks as checks

Done = subprocess.CompletedProcess[str]
Run = Callable[[Sequence[str]], Done]
CLEAN_CODE: dict[str, Any] = {"errors": [], "results": []}
CLEAN_PACKAGES: dict[str, Any] = {"dependencies": [{"name": "a", "version": "1", "vulns": []}]}


def tools(
    bandit: object = CLEAN_CODE,
    pip_audit: object = CLEAN_PACKAGES,
    gitleaks: object = (),
    code: int = 0,
) -> Run:
    """Make a `run` that answers as the tools would."""

    def run(command: Sequence[str]) -> Done:
        if command[0] == "uv":
            return subprocess.CompletedProcess(command, 0, "", "")
        reports = {"bandit": bandit, "pip_audit": pip_audit, "gitleaks": gitleaks, "zizmor": []}
        report = next(report for name, report in reports.items() if name in command)
        text = report if isinstance(report, str) else json.dumps(report)
        return subprocess.CompletedProcess(command, code, text, "it broke\n")

    return run


@pytest.fixture(autouse=True)
def no_exceptions(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    path = tmp_path / "exceptions.toml"
    monkeypatch.setattr(checks, "EXCEPTIONS", path)
    return path


def test_clean_project_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "run", tools())
    assert checks.main([]) == 0


def test_finding_in_code_names_place_and_remedy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = {"filename": "src/a.py", "line_number": 3, "test_id": "B602"}
    found |= {"issue_text": "shell=True", "more_info": "https://help"}
    report = {"errors": [], "results": [found]}
    monkeypatch.setattr(checks, "run", tools(bandit=report, code=1))
    assert checks.main([]) == 1
    line = "src/a.py:3: B602 shell=True -> give a list of words and leave shell=True out"
    assert line in capsys.readouterr().out


def test_vulnerable_package_names_the_remedy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = {"id": "PYSEC-1", "fix_versions": ["1.1"]}
    report = {"dependencies": [{"name": "a", "version": "1.0", "vulns": [found]}]}
    monkeypatch.setattr(checks, "run", tools(pip_audit=report, code=1))
    assert checks.main([]) == 1
    line = "a 1.0: PYSEC-1, fixed in 1.1 -> uv lock --upgrade-package a"
    assert line in capsys.readouterr().out


def test_secret_names_place_and_fingerprint(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = {"File": "a.py", "StartLine": 3, "RuleID": "github-pat", "Fingerprint": "a.py:x:3"}
    monkeypatch.setattr(checks, "run", tools(gitleaks=[found], code=1))
    assert checks.main(["--only", "secrets"]) == 1
    assert "a.py:3: github-pat in the dir (a.py:x:3)" in capsys.readouterr().out


def test_exception_silences_a_finding_until_its_day(no_exceptions: Path) -> None:
    no_exceptions.write_text('[[exception]]\nid = "A"\nreason = "why"\nexpires = 2026-03-01\n')
    assert checks.read_exceptions(date(2026, 3, 1)) == ({"A"}, checks.Report())
    accepted, report = checks.read_exceptions(date(2026, 3, 2))
    assert accepted == set()
    assert "A: expired on 2026-03-01" in report.findings[0]


def test_exception_needs_a_reason(no_exceptions: Path) -> None:
    no_exceptions.write_text('[[exception]]\nid = "A"\nexpires = 2026-03-01\n')
    assert "no reason" in checks.read_exceptions(date(2026, 1, 1))[1].findings[0]


@pytest.mark.parametrize(
    "run",
    [
        pytest.param(tools(code=3), id="tools-fail"),
        pytest.param(tools(pip_audit=""), id="no-report"),
        pytest.param(tools(gitleaks=""), id="no-report-about-secrets"),
        pytest.param(
            tools(bandit={"errors": [{"filename": "a.py", "reason": "bad"}], "results": []}),
            id="file-skipped",
        ),
        pytest.param(
            tools(pip_audit={"dependencies": [{"name": "a", "skip_reason": "not found"}]}),
            id="package-skipped",
        ),
    ],
)
def test_what_was_not_checked_is_a_failure(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(checks, "run", run)
    assert checks.main([]) == 2
    assert "not checked" in capsys.readouterr().out


def test_missing_tool_is_a_failure() -> None:
    with pytest.raises(checks.NotCheckedError, match="does not start"):
        checks.run(["no-such-tool-anywhere"])
