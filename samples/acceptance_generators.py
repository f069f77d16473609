#!/usr/bin/env python3
"""Life after day one: adds generators' components and modules to projects, checks, removes them.

Each generator is run twice in `full` and, where it applies, in `minimal`, and background workers also
with other task queues: the project's own checks and its container files stay green, a name that is
taken is refused, and removing everything gives the original tree byte for byte. Each module goes into
a `minimal` project that somebody has edited and out again; all of them, one by one, make `full`.
--faults also puts faults into what was added: the tests that came with it, which pass without, must
find them.
--spark also runs the tests of PySpark jobs: they need Java 17 and download PySpark, which has half a
gigabyte.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml

from check import (
    NIGHTLY,
    SAMPLES,
    TEMPLATE,
    TOOLS,
    CheckError,
    Checker,
    describe_differences,
    find_program,
    make_tool_environment,
    newest_version,
    read_tree,
    run,
    run_in_lanes,
)
from mutations_added import check_added_faults
from servers import Servers

ADDED = {
    "full": [
        ("background-worker", "send-mail"),
        ("background-worker", "index-texts"),
        ("scheduled-job", "nightly-report"),
        ("scheduled-job", "weekly-clean-up"),
        ("cli-tool", "import-rows"),
        ("cli-tool", "zip-codes"),
        ("feature", "word-count"),
        ("feature", "a-feature-with-a-rather-long-n"),
        ("bugfix", "greets-nobody"),
        ("bugfix", "late-mail"),
        ("pyspark-job", "sum-sales"),
        ("pyspark-job", "clean-logs"),
    ],
    "minimal": [
        ("scheduled-job", "nightly-report"),
        ("scheduled-job", "weekly-clean-up"),
        ("cli-tool", "import-rows"),
        ("cli-tool", "zip-codes"),
        ("bugfix", "greets-nobody"),
        ("bugfix", "late-mail"),
        ("pyspark-job", "sum-sales"),
        ("pyspark-job", "clean-logs"),
    ],
    # RQ is in the sample mysql, Dramatiq in sqlite, arq in arq.
    "mysql": [("background-worker", "send-mail"), ("feature", "word-count")],
    "sqlite": [
        ("background-worker", "send-mail"),
        ("scheduled-job", "nightly-report"),
        ("feature", "word-count"),
        ("feature", "a-feature-with-a-rather-long-n"),
    ],
    "arq": [
        ("background-worker", "send-mail"),
        ("background-worker", "index-texts"),
        ("scheduled-job", "nightly-report"),
    ],
    "sqlite with arq": [("feature", "word-count")],
    # Tortoise with MySQL, and Beanie: nightly, as Debian has no server for it.
    "mysql-tortoise-rq": [
        ("background-worker", "a-worker-with-a-rather-long-na"),
        ("scheduled-job", "nightly-report"),
        ("cli-tool", "import-rows"),
        ("feature", "word-count"),
    ],
    "mongodb-arq": [
        ("background-worker", "send-mail"),
        ("background-worker", "a-worker-with-a-rather-long-na"),
        ("scheduled-job", "nightly-report"),
        ("cli-tool", "import-rows"),
        ("cli-tool", "zip-codes"),
        ("feature", "word-count"),
    ],
}
# Samples with other answers, for what no sample has: the sample arq has no endpoints.
VARIANTS = {"sqlite with arq": ("sqlite", {"task_queue": "arq"})}
# In these all tests are run with the additions; in the others, whose tests check.py runs, theirs only.
WHOLE = {"full", "minimal"}
# Answers to generators' questions that differ from their defaults.
DATA = {
    "nightly-report": ["--data", "schedule=30 2 * * 1-5", "--data", "time_zone=Europe/Berlin"],
    "late-mail": ["--data", "component_type=background-worker"],
    "word-count": ["--data", "released=2026-01-31"],
}
# What a generator is refused with where the project lacks something, or the name will not do.
REFUSED = [
    ("minimal", "background-worker", "send-mail", 1, "scaffold add module tasks"),
    ("minimal", "feature", "word-count", 1, "scaffold add module api"),
    ("full", "cli-tool", "class", 2, "take 'class_tool'"),
    ("full", "cli-tool", "json", 2, "take 'json_tool'"),
    ("full", "cli-tool", "2fast", 2, "take 'tool_2fast'"),
    ("full", "cli-tool", "greeting", 1, "as 'greeting_tool'"),
    ("full", "cli-tool", "database", 1, "as 'database_tool'"),
    ("mysql-tortoise-rq", "cli-tool", "models", 1, "take 'models_tool'"),
    ("full", "feature", "notes", 1, "take 'notes_feature'"),
    ("full", "feature", "word-count", 1, "as 'word_count_feature'"),
    ("mysql-tortoise-rq", "feature", "models", 1, "take 'models_feature'"),
    ("full", "bugfix", "x" * 51, 1, f"take '{'x' * 50}'"),
]
# Modules that another one needs before it can be switched on.
BEFORE = {"auth": ["api", "database"], "containers": ["api"]}
# What somebody has changed: a file, the text that goes, the text that comes.
EDITED = [
    ("README.md", "# Minimal\n", "# Minimal\n\nWritten by hand.\n"),
    ("pyproject.toml", 'version = "0.1.0"', 'version = "0.2.0"'),
    ("src/minimal/greeting.py", "def greet(", "GREETING = 1\n\n\ndef greet("),
]


def render(checker: Checker, scaffold: str, repository: Path, answers: Path, project: Path) -> None:
    """Make a project, and its git repository."""
    command = [scaffold, "copy", "--quiet", "--defaults", "--data-file", str(answers)]
    run([*command, str(repository), str(project)], checker.work, checker.environment)
    run(["git", "init", "--quiet"], project, checker.environment)
    commit(checker, project, "made")


def commit(checker: Checker, project: Path, message: str) -> None:
    """Record everything."""
    run(["git", "add", "--all"], project, checker.environment)
    words = ["git", "commit", "--quiet", "--allow-empty", "--message", message]
    run(words, project, checker.environment)


def expect_same(checker: Checker, project: Path) -> None:
    """Check that a project is, with all its files, as it was committed."""
    left = run(["git", "status", "--short", "--ignored"], project, checker.environment)
    if left:
        raise CheckError(left + run(["git", "diff"], project, checker.environment))


def expect_refusal(
    checker: Checker, command: list[str], project: Path, code: int, text: str
) -> None:
    """Check that a command is refused, says what to do, and changes nothing."""
    before = read_tree(project)
    try:
        run(command, project, checker.environment)
    except CheckError as error:
        first, _, rest = str(error).partition("\n")
        if not first.endswith(f"exit code {code}") or text not in rest:
            raise CheckError(f"expected exit code {code} and '{text}':\n{error}") from None
    else:
        raise CheckError("it was not refused")
    if read_tree(project) != before:
        raise CheckError("the project was changed")


def find_answers(checker: Checker, sample: str) -> Path:
    """Return the file with the answers of a sample, or of a variant of one."""
    base, changed = VARIANTS.get(sample, (sample, {}))
    answers = SAMPLES / base / "answers.yml"
    if changed:
        known = yaml.safe_load(answers.read_text("utf-8")) | changed
        answers = checker.work / f"{sample.replace(' ', '-')}.yml"
        answers.write_text(yaml.safe_dump(known), "utf-8")
    return answers


def add_all(checker: Checker, scaffold: str, project: Path, sample: str) -> None:
    """Run every generator; each name only once."""
    for generator, name in ADDED[sample]:
        command = [scaffold, "add", generator, name, "--defaults", *DATA.get(name, [])]
        run(command, project, checker.environment)
    for generator, name in ADDED[sample]:
        command = [scaffold, "add", generator, name, "--defaults"]
        expect_refusal(checker, command, project, 1, "is there already")


def remove_all(checker: Checker, scaffold: str, project: Path, sample: str) -> None:
    """Take everything out again, in another order than it came in."""
    for generator, name in ADDED[sample][::2] + ADDED[sample][1::2]:
        run([scaffold, "remove", generator, name], project, checker.environment)
    expect_same(checker, project)


def check_spark(checker: Checker, copy: Path, environment: dict[str, str]) -> None:
    """Run the tests of PySpark jobs, and the types with PySpark there."""
    for command in (
        ["uv", "sync", "--group", "spark"],
        ["uv", "run", "--no-sync", "mypy"],
        ["uv", "run", "--no-sync", "pytest", "--quiet", "tests/spark"],
    ):
        title = f"PySpark: {' '.join(command)}"
        checker.check(title, lambda c=command: print(run(c, copy, environment)[-400:]))


def find_tests(project: Path, name: str) -> list[Path]:
    """Return the tests of an addition: its name, and perhaps what of it they are about."""
    endings = ("", "_tasks", "_time")
    return sorted(path for e in endings for path in project.glob(f"tests/**/test_{name}{e}.py"))


def own_tests(project: Path, sample: str) -> list[str]:
    """Return the tests that came with the additions, and whether models and steps agree."""
    names = [name.replace("-", "_") for _, name in ADDED[sample]]
    found = [path for name in names for path in find_tests(project, name)]
    if len(found) < len(names):
        raise CheckError(f"{len(names)} additions have {len(found)} tests")
    found += project.glob("tests/integration/database/test_migrations.py")
    return [str(path.relative_to(project)) for path in found]


def check_generators(
    checker: Checker, options: argparse.Namespace, repository: Path, servers: Servers, sample: str
) -> None:
    """Check all generators in a sample."""
    project = checker.work / "generators" / sample.replace(" ", "-")
    project.parent.mkdir(exist_ok=True)
    answers = find_answers(checker, sample)
    scaffold = options.scaffold
    render(checker, scaffold, repository, answers, project)
    title = f"{sample}: {len(ADDED[sample])} additions, each name once"
    if not checker.check(title, lambda: add_all(checker, scaffold, project, sample)):
        return
    for where, generator, name, code, text in REFUSED:
        if where == sample:
            command = [scaffold, "add", generator, name, "--defaults"]
            checker.check(
                f"{sample}: {generator} {name[:20]} is refused",
                lambda c=command, e=code, t=text: expect_refusal(checker, c, project, e, t),
            )
    static = [options.python, str(SAMPLES / "static_checks.py"), str(project)]
    checker.check(f"{sample}: static checks", lambda: run(static, SAMPLES, dict(os.environ)))
    if options.tools or options.spark:
        copy = checker.work / "tools" / project.name
        shutil.copytree(project, copy, symlinks=True)
        environment = make_tool_environment(checker.work)
        known = yaml.safe_load((project / ".copier-answers.yml").read_text("utf-8"))
        environment |= servers.environment(known)
        commands = [list(command) for command in TOOLS] if options.tools else []
        if options.tools and sample in WHOLE:
            commands[-1] += ["-n", "2"]
        elif options.tools:
            commands[-1] = ["uv", "run", "--no-sync", "pytest", "--quiet", *own_tests(copy, sample)]
        if options.tools and known.get("docs_site") == "mkdocs":
            commands.append(["uv", "run", "--group", "docs", "mkdocs", "build", "--strict"])
        for command in commands:
            checker.check(
                f"{sample}: {' '.join(command)}", lambda c=command: run(c, copy, environment)
            )
        if options.spark:
            check_spark(checker, copy, environment)
        if options.faults:
            check_added_faults(checker, sample, copy, environment, spark=options.spark)
    checker.check(
        f"{sample}: removing all gives the original tree",
        lambda: remove_all(checker, scaffold, project, sample),
    )


def add_module(
    checker: Checker, scaffold: str, project: Path, name: str, data: dict[str, Any]
) -> None:
    """Switch a module on, and record the change."""
    texts = {
        key: value if isinstance(value, str) else json.dumps(value) for key, value in data.items()
    }
    words = [f"{question}={text}" for question, text in texts.items()]
    command = [scaffold, "add", "module", name, "--defaults"]
    for word in words:
        command += ["--data", word]
    run(command, project, checker.environment)
    commit(checker, project, name)


def check_module(checker: Checker, scaffold: str, project: Path, name: str) -> None:
    """Switch a module on and off in a project that was edited."""
    before = read_tree(project)
    names = [*BEFORE.get(name, []), name]
    for module in names:
        add_module(checker, scaffold, project, module, {})
    if read_tree(project) == before:
        raise CheckError("nothing was added")
    for module in reversed(names):
        command = [scaffold, "remove", "module", module, "--defaults"]
        run(command, project, checker.environment)
        commit(checker, project, f"without {module}")
    differences = list(describe_differences(before, read_tree(project)))
    if differences:
        raise CheckError("\n".join(differences[:100]))


def check_modules(checker: Checker, options: argparse.Namespace, repository: Path) -> None:
    """Check each module on its own."""
    catalog = yaml.safe_load((TEMPLATE / "modules.yml").read_text("utf-8"))["modules"]
    project = checker.work / "edited"
    answers = SAMPLES / "minimal" / "answers.yml"
    render(checker, options.scaffold, repository, answers, project)
    for path, old, new in EDITED:
        text = (project / path).read_text("utf-8")
        if old not in text:
            raise CheckError(f"{path} has no '{old}'")
        (project / path).write_text(text.replace(old, new, 1), "utf-8")
    commit(checker, project, "edited")
    for name, module in catalog.items():
        if "enable" in module:
            checker.check(
                f"minimal with edits: module {name} comes and goes",
                lambda n=name: check_module(checker, options.scaffold, project, n),
            )
            run(["git", "reset", "--hard", "--quiet"], project, checker.environment)
            run(["git", "clean", "-fdq"], project, checker.environment)


def check_all_modules(checker: Checker, options: argparse.Namespace, repository: Path) -> None:
    """Make `full` of a project without modules, one module after the other."""
    catalog = yaml.safe_load((TEMPLATE / "modules.yml").read_text("utf-8"))["modules"]
    wanted = yaml.safe_load((SAMPLES / "full" / "answers.yml").read_text("utf-8"))
    switches = {name: module for name, module in catalog.items() if "enable" in module}
    bare = dict(wanted)
    for module in switches.values():
        for question in module["questions"]:
            bare.pop(question, None)
        bare |= module["disable"]
    answers = checker.work / "bare.yml"
    answers.write_text(yaml.safe_dump(bare), "utf-8")
    project, full = checker.work / "grown", checker.work / "whole"
    render(checker, options.scaffold, repository, answers, project)
    render(checker, options.scaffold, repository, SAMPLES / "full" / "answers.yml", full)
    # What others need comes first.
    order = sorted(switches, key=lambda name: (name in BEFORE, name == "observability"))
    order.sort(key=lambda name: name in ("observability", "containers", "auth"))
    for name in order:
        data = {
            question: wanted[question]
            for question in switches[name]["questions"]
            if question in wanted
        }
        add_module(checker, options.scaffold, project, name, data)
    differences = list(describe_differences(read_tree(full), read_tree(project)))
    if differences:
        raise CheckError("\n".join(differences[:100]))


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scaffold", required=True, type=find_program, help="the program")
    parser.add_argument("--python", default=sys.executable, help="with static-requirements.txt")
    parser.add_argument("--tools", action="store_true", help="run the projects' checks as well")
    parser.add_argument(
        "--faults", action="store_true", help="with --tools: put faults into what was added as well"
    )
    parser.add_argument(
        "--spark", action="store_true", help="run the tests of PySpark jobs as well"
    )
    parser.add_argument(
        "names", nargs="*", help="of samples, modules; all but the nightly ones if absent"
    )
    options = parser.parse_args()
    if options.faults and not options.tools:
        parser.error("--faults needs --tools: the tests must pass without a fault")
    options.scaffold = str(Path(options.scaffold).absolute())
    names = options.names or [name for name in [*ADDED, "modules"] if name not in NIGHTLY]
    with tempfile.TemporaryDirectory(prefix="generators-") as work:
        checker = Checker(Path(work).resolve())
        repository = checker.make_repository(newest_version())
        run_in_lanes(
            lambda servers, sample=sample: check_generators(
                checker, options, repository, servers, sample
            )
            for sample in ADDED
            if sample in names
        )
        if "modules" in names:
            check_modules(checker, options, repository)
            checker.check(
                "all modules, one by one, make the sample full",
                lambda: check_all_modules(checker, options, repository),
            )
    print(f"{checker.passed} passed, {checker.failed} failed")
    return 1 if checker.failed else 0


if __name__ == "__main__":
    sys.exit(main())
