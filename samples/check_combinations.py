#!/usr/bin/env python3
"""Renders the combinations, with scaffold and with Copier, and looks at them from outside.

Each must be what its golden listing says, the same in another locale, time zone and umask, and the
same with Copier. Answers that do not go together must be refused with advice. static_checks.py then
checks every file; --python names the Python that has its packages.
"""

import argparse
import hashlib
import json
import os
import sys
import tempfile
from pathlib import Path

from check import Checker, CheckError, find_program, newest_version, read_tree, run
from combinations import INVALID, Answers, make_combinations

SAMPLES = Path(__file__).resolve().parent
LISTINGS = SAMPLES / "combinations"


def listing(answers: Answers, project: Path) -> str:
    """Return what a rendered project looks like: its answers, and each file with a hash."""
    lines = [f"# {name}: {json.dumps(value)}" for name, value in sorted(answers.items())]
    for path, entry in sorted(read_tree(project).items()):
        if path == ".copier-answers.yml":
            continue  # it says where the template was
        digest = hashlib.sha256(entry.content).hexdigest()[:16]
        lines.append(f"{digest} {'x' if entry.kind == 'executable file' else '-'} {path}")
    return "\n".join(lines) + "\n"


def render(
    program: str, template: Path, answers: Answers, project: Path, environment: dict[str, str]
) -> None:
    """Render a combination."""
    project.parent.mkdir(parents=True, exist_ok=True)
    file = project.with_suffix(".json")  # which is YAML, too
    file.write_text(json.dumps(answers))
    command = [program, "copy", "--quiet", "--defaults", "--data-file", str(file)]
    run([*command, str(template), str(project)], project.parent, environment)


def check_elsewhere(
    scaffold: str, template: Path, answers: Answers, work: Path, expected: str, base: dict[str, str]
) -> None:
    """Render as another person on another machine would."""
    environment = base | {"LC_ALL": "C", "TZ": "Pacific/Kiritimati"}
    before = os.umask(0o077)
    try:
        render(scaffold, template, answers, work / "elsewhere", environment)
    finally:
        os.umask(before)
    if listing(answers, work / "elsewhere") != expected:
        raise CheckError("another locale, time zone or umask gives other files")


def check_refusal(
    program: str, template: Path, answers: Answers, advice: str, work: Path, base: dict[str, str]
) -> None:
    """Check that answers are refused with advice."""
    try:
        render(program, template, {"project_name": "Refused"} | answers, work, base)
    except CheckError as error:
        if advice not in " ".join(str(error).split()):
            raise CheckError(f"the message lacks '{advice}':\n{error}") from error
        return
    raise CheckError("it was accepted")


def check_golden(
    checker: Checker, options: argparse.Namespace, template: Path, answers: Answers, number: int
) -> None:
    """Render a combination and compare it with its listing, or make that anew."""
    work, golden = checker.work / f"combination-{number:02}", LISTINGS / f"{number:02}.txt"
    render(options.scaffold, template, answers, work / "project", checker.environment)
    text = listing(answers, work / "project")
    if options.update:
        golden.write_text(text)
    listed = golden.read_text() if golden.exists() else ""
    if listed != text:
        difference = sorted(set(listed.splitlines()) ^ set(text.splitlines()))
        raise CheckError("\n".join(["other than its listing:", *difference]))


def check_copier(
    checker: Checker, options: argparse.Namespace, template: Path, answers: Answers, number: int
) -> None:
    """Render a combination with Copier and compare it with its listing."""
    project = checker.work / f"combination-{number:02}" / "copier"
    render(options.copier, template, answers, project, checker.environment)
    if listing(answers, project) != (LISTINGS / f"{number:02}.txt").read_text():
        raise CheckError("Copier gives other files")


def check_combination(
    checker: Checker, options: argparse.Namespace, template: Path, answers: Answers, number: int
) -> Path | None:
    """Look at one combination; return the project if it is what it should be."""
    work = checker.work / f"combination-{number:02}"
    arguments = (checker, options, template, answers, number)
    if not checker.check(f"combination {number}: as listed", lambda: check_golden(*arguments)):
        return None
    if number % 5 == 1:
        text = (LISTINGS / f"{number:02}.txt").read_text()
        checker.check(
            f"combination {number}: the same elsewhere",
            lambda: check_elsewhere(
                options.scaffold, template, answers, work, text, checker.environment
            ),
        )
    if options.copier:
        checker.check(
            f"combination {number}: the same with Copier", lambda: check_copier(*arguments)
        )
    return work / "project"


def check_all(checker: Checker, options: argparse.Namespace) -> None:
    """Make all checks."""
    template = checker.make_repository(newest_version())
    found = [
        check_combination(checker, options, template, answers, number)
        for number, answers in enumerate(make_combinations(), 1)
    ]
    projects = [project for project in found if project]
    for number, (answers, advice) in enumerate(INVALID, 1):
        work = checker.work / f"refused-{number}"
        checker.check(
            f"refused: {answers}",
            lambda: check_refusal(
                options.scaffold, template, answers, advice, work, checker.environment
            ),
        )
    command = [options.python, str(SAMPLES / "static_checks.py"), *map(str, projects)]
    checker.check("static checks", lambda: run(command, SAMPLES, dict(os.environ)))


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scaffold", required=True, type=find_program, help="the program")
    parser.add_argument("--copier", type=find_program, help="Copier, to render with as well")
    parser.add_argument("--python", default=sys.executable, metavar="PATH", help="with the tools")
    parser.add_argument("--update", action="store_true", help="make the listings anew")
    options = parser.parse_args()
    if options.update:
        LISTINGS.mkdir(exist_ok=True)
        for old in LISTINGS.glob("*.txt"):
            old.unlink()
    with tempfile.TemporaryDirectory(prefix="combinations-") as work:
        checker = Checker(Path(work).resolve())
        check_all(checker, options)
    print(f"{checker.passed} passed, {checker.failed} failed")
    return 1 if checker.failed else 0


if __name__ == "__main__":
    sys.exit(main())
