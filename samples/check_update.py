#!/usr/bin/env python3
"""Updates projects of the first release, with edits of their own, to the template as it is.

No edit may be lost, nothing may be in conflict, and the updated project's own checks must pass.
"""

import argparse
import shutil
import sys
import tarfile
import tempfile
from pathlib import Path

from check import (
    TEMPLATE,
    TOOLS,
    Checker,
    CheckError,
    find_program,
    make_tool_environment,
    run,
    unpack_template,
)
from servers import Servers

OLD, NEW = "1.0.0", "2.0.0"
Edits = dict[str, tuple[str, str]]

# For each project: its answers, and what its people changed (text to replace and its replacement;
# an empty text means the file's end).
GREETING: Edits = {
    "README.md": ("", "\n## Ours\n\nWhat we wrote.\n"),
    "tests/test_greeting.py": (
        "",
        '\n\ndef test_name_is_kept() -> None:\n    assert "Ada" in greet("Ada")\n',
    ),
    "src/{package}/greeting.py": ('f"Hello, {tidy}!"', 'f"Hello, {tidy}!"  # ours'),
    ".gitignore": ("", "\n/ours/\n"),
}
PROJECTS: dict[str, tuple[dict[str, str], Edits]] = {
    "plain": ({"project_name": "Plain"}, GREETING),
    "full": (
        {
            "project_name": "Full Example",
            "author_name": "Ada Lovelace",
            "author_email": "ada@example.org",
            "license": "Apache-2.0",
            "security_scanning": "strict",
            "container_support": "docker",
            "database_module": "postgresql",
            "task_queue": "celery",
        },
        GREETING
        | {
            "src/{package}/database/models.py": (
                "",
                '\n\ndef describe(note: Note) -> str:\n    """Describe a note."""\n'
                "    return note.title\n",
            ),
            "pyproject.toml": (
                '    "alembic>=1.16,<2",',
                '    "alembic>=1.16,<2",\n    "attrs>=24",',
            ),
        },
    ),
    "sqlite": (
        {"project_name": "Small", "database_module": "sqlite", "security_scanning": "standard"},
        GREETING,
    ),
}
MOVED = {"tests/test_greeting.py": "tests/unit/test_greeting.py"}


def make_history(checker: Checker) -> Path:
    """Return a repository that holds the first release and the template as it is, tagged."""
    repository = checker.work / "history"
    repository.mkdir()
    with tarfile.open(TEMPLATE / "releases" / f"{OLD}.tar") as archive:
        archive.extractall(repository, filter="fully_trusted")
    git(checker, repository, "init", "--quiet")
    commit(checker, repository, OLD)
    for name in ("copier.yml", "files"):
        path = repository / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    unpack_template(repository)
    commit(checker, repository, NEW)
    return repository


def git(checker: Checker, folder: Path, *words: str) -> str:
    """Run git."""
    return run(["git", *words], folder, checker.environment)


def commit(checker: Checker, folder: Path, version: str) -> None:
    """Commit everything and tag it."""
    git(checker, folder, "add", "--all", "--force")
    git(checker, folder, "commit", "--quiet", "--message", version)
    git(checker, folder, "tag", f"v{version}")


def edit(project: Path, edits: Edits, package: str) -> None:
    """Change a project as its people would."""
    for name, (old, new) in edits.items():
        path = project / name.format(package=package)
        text = path.read_text()
        if old and text.count(old) != 1:
            raise CheckError(f"{path}: '{old}' is in it {text.count(old)} times")
        path.write_text(text.replace(old, new) if old else text + new)


def check_project(checker: Checker, scaffold: str, history: Path, name: str) -> Path:
    """Make a project with the first release, edit it, update it; return its folder."""
    answers, edits = PROJECTS[name]
    project = checker.work / name
    words = [word for pair in answers.items() for word in ("--data", "=".join(pair))]
    command = [scaffold, "copy", "--quiet", "--defaults", "--vcs-ref", f"v{OLD}", *words]
    run([*command, str(history), str(project)], checker.work, checker.environment)
    git(checker, project, "init", "--quiet")
    git(checker, project, "add", "--all")
    git(checker, project, "commit", "--quiet", "--message", "made")
    package = answers["project_name"].lower().replace(" ", "_")
    edit(project, edits, package)
    git(checker, project, "commit", "--quiet", "--all", "--message", "edited")
    told = run([scaffold, "update", "--defaults"], project, checker.environment)
    if "conflict" in told.replace("0 in conflict", ""):
        raise CheckError(told)
    for old_name, (_, new) in edits.items():
        path = project / MOVED.get(old_name, old_name).format(package=package)
        if new.strip() not in path.read_text():
            raise CheckError(f"{path} lost an edit:\n{path.read_text()}")
    if "What 2.0.0 changed" not in told:
        raise CheckError(f"the update does not tell what changed:\n{told}")
    return project


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scaffold", required=True, type=find_program, help="the program")
    parser.add_argument("--tools", action="store_true", help="run the projects' checks as well")
    options = parser.parse_args()
    servers = Servers()
    with tempfile.TemporaryDirectory(prefix="updates-") as work:
        checker = Checker(Path(work).resolve())
        history = make_history(checker)
        environment = make_tool_environment(checker.work) if options.tools else {}
        try:
            for name, (answers, _) in PROJECTS.items():
                updated = checker.check(
                    f"{name}: {OLD} to {NEW} keeps every edit",
                    lambda: check_project(checker, options.scaffold, history, name),
                )
                for command in TOOLS if updated and options.tools else ():
                    checker.check(
                        f"{name}: {' '.join(command)}",
                        lambda: run(
                            [*command],
                            checker.work / name,
                            environment | servers.environment(answers),
                        ),
                    )
        finally:
            servers.stop()
    print(f"{checker.passed} passed, {checker.failed} failed")
    return 1 if checker.failed else 0


if __name__ == "__main__":
    sys.exit(main())
