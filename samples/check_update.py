#!/usr/bin/env python3
"""Updates projects of released versions, with edits of their own, to the template as it is.

No edit may be lost and nothing may be in conflict. Of the first release, which asked for less, three
projects are updated, and their own checks must pass. Of later ones every sample is, with what generators
have added: it must become what the template as it is makes of the same answers, additions and edits.
"""

import argparse
import itertools
import sys
import tarfile
import tempfile
from pathlib import Path

from check import (
    SAMPLES,
    TEMPLATE,
    TOOLS,
    Checker,
    CheckError,
    describe_differences,
    find_program,
    make_tool_environment,
    read_tree,
    run,
    unpack_template,
)
from servers import Servers

FIRST, LATER, NEW = "1.0.0", ("2.0.0",), "2.1.0"
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

# What generators have added to the samples, as far as 2.0.0 could.
ADDED = {
    "full": [
        ("background-worker", "send-mail"),
        ("scheduled-job", "nightly-report"),
        ("cli-tool", "import-rows"),
        ("feature", "word-count"),
        ("bugfix", "greets-nobody"),
        ("pyspark-job", "sum-sales"),
    ],
    "minimal": [("scheduled-job", "nightly-report"), ("cli-tool", "import-rows")],
    "mysql": [("background-worker", "send-mail"), ("cli-tool", "import-rows")],
    "sqlite": [("background-worker", "send-mail")],
    "arq": [("background-worker", "send-mail")],
    "worker": [("background-worker", "send-mail"), ("scheduled-job", "nightly-report")],
}
OWN_LINE = "# What we wrote.\n"
# Generated files that 2.1.0 wrote anew from the first lines on: an edit there is a conflict, as it must be.
REWRITTEN = {"src/full_example/word_count/tasks.py", "tests/e2e/test_word_count.py"}


def make_history(checker: Checker) -> Path:
    """Return a repository that holds all releases and the template as it is, tagged."""
    repository = checker.work / "history"
    repository.mkdir()
    git(checker, repository, "init", "--quiet")
    for version in (FIRST, *LATER):
        with tarfile.open(TEMPLATE / "releases" / f"{version}.tar") as archive:
            archive.extractall(repository, filter="fully_trusted")
        commit(checker, repository, version)
        git(checker, repository, "rm", "-r", "--quiet", ".")
    unpack_template(repository)
    commit(checker, repository, NEW)
    return repository


def git(checker: Checker, folder: Path, *words: str) -> str:
    """Run git."""
    return run(["git", *words], folder, checker.environment)


def commit(checker: Checker, folder: Path, version: str) -> None:
    """Commit everything and tag it."""
    git(checker, folder, "add", "--all", "--force")
    git(checker, folder, "commit", "--quiet", "--allow-empty", "--message", version)
    git(checker, folder, "tag", f"v{version}")


def edit(project: Path, edits: Edits, package: str) -> None:
    """Change a project as its people would."""
    for name, (old, new) in edits.items():
        path = project / name.format(package=package)
        text = path.read_text()
        if old and text.count(old) != 1:
            raise CheckError(f"{path}: '{old}' is in it {text.count(old)} times")
        path.write_text(text.replace(old, new) if old else text + new)


def render(
    checker: Checker, scaffold: str, history: Path, version: str, words: list[str], project: Path
) -> None:
    """Make a project, and its git repository."""
    command = [scaffold, "copy", "--quiet", "--defaults", "--vcs-ref", f"v{version}", *words]
    run([*command, str(history), str(project)], checker.work, checker.environment)
    git(checker, project, "init", "--quiet")
    git(checker, project, "add", "--all")
    git(checker, project, "commit", "--quiet", "--message", "made")


def update(checker: Checker, scaffold: str, project: Path) -> str:
    """Update a project; return what was told."""
    told = run([scaffold, "update", "--defaults"], project, checker.environment)
    if "conflict" in told.replace("0 in conflict", "") or "stays as it is" in told:
        raise CheckError(told)
    return told


def grow(
    checker: Checker, scaffold: str, history: Path, version: str, sample: str, project: Path
) -> list[str]:
    """Make a sample with additions; return its files of Python code."""
    words = ["--data-file", str(SAMPLES / sample / "answers.yml")]
    render(checker, scaffold, history, version, words, project)
    for generator, name in ADDED.get(sample, []):
        command = [scaffold, "add", generator, name, "--defaults"]
        run(command, project, checker.environment)
    found = [*project.glob("src/*/**/*.py"), *project.glob("tests/*/*.py")]
    return [path.relative_to(project).as_posix() for path in found]


def write_own(checker: Checker, project: Path, names: list[str]) -> None:
    """Write a line of one's own into files, and at the end of the README."""
    for name in names:
        path = project / name
        first, end, rest = path.read_text("utf-8").partition("\n")
        path.write_text(first + end + OWN_LINE + rest, "utf-8")
    with (project / "README.md").open("a", encoding="utf-8") as file:
        file.write(OWN_LINE)
    git(checker, project, "add", "--all")
    git(checker, project, "commit", "--quiet", "--message", "ours")


def check_sample(
    checker: Checker, scaffold: str, history: Path, version: str, sample: str
) -> None:
    """Update a sample of an earlier version, and compare it with one that is made now."""
    old, new = checker.work / version / sample, checker.work / NEW / version / sample
    old.parent.mkdir(exist_ok=True)
    new.parent.mkdir(exist_ok=True, parents=True)
    code = grow(checker, scaffold, history, version, sample, old)
    edited = [name for name in code if name not in REWRITTEN]
    write_own(checker, old, edited)
    update(checker, scaffold, old)
    grow(checker, scaffold, history, NEW, sample, new)
    write_own(checker, new, edited)
    differences = list(describe_differences(read_tree(new), read_tree(old)))
    if differences:
        raise CheckError("\n".join(differences[:100]))


def check_project(checker: Checker, scaffold: str, history: Path, name: str) -> Path:
    """Make a project with the first release, edit it, update it; return its folder."""
    answers, edits = PROJECTS[name]
    project = checker.work / name
    words = [word for pair in answers.items() for word in ("--data", "=".join(pair))]
    render(checker, scaffold, history, FIRST, words, project)
    package = answers["project_name"].lower().replace(" ", "_")
    edit(project, edits, package)
    git(checker, project, "commit", "--quiet", "--all", "--message", "edited")
    told = update(checker, scaffold, project)
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
                    f"{name}: {FIRST} to {NEW} keeps every edit",
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
            samples = sorted(path.parent.name for path in SAMPLES.glob("*/answers.yml"))
            for version, sample in itertools.product(LATER, samples):
                checker.check(
                    f"{sample}: {version} to {NEW} is as if made now",
                    lambda: check_sample(checker, options.scaffold, history, version, sample),
                )
        finally:
            servers.stop()
    print(f"{checker.passed} passed, {checker.failed} failed")
    return 1 if checker.failed else 0


if __name__ == "__main__":
    sys.exit(main())
