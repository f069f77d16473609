#!/usr/bin/env python3
"""Renders the samples and compares them with their expected trees.

A sample is a folder with answers.yml and the tree expected/. scaffold renders it, and so does
Copier: both must give the same bytes. --tools also runs the checks that the rendered project brings
along, with the tools that it names, and static_checks.py. Needs Python 3.11 and git; --tools needs
what servers.py and static_checks.py name.
"""

import argparse
import difflib
import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
import venv
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from servers import ServerError, Servers

SAMPLES = Path(__file__).resolve().parent
TEMPLATE = SAMPLES.parent / "template"
sys.path.insert(0, str(TEMPLATE))
from make_release import pack  # noqa: E402
SOURCE = "bundled:python"
# What `scaffold new` makes beside the rendered files.
NOT_RENDERED = {".git", ".scaffold"}
TOOLS = (
    ("uv", "sync"),
    ("uv", "run", "--no-sync", "ruff", "check"),
    ("uv", "run", "--no-sync", "ruff", "format", "--check"),
    ("uv", "run", "--no-sync", "mypy"),
    ("uv", "run", "--no-sync", "pytest", "--quiet", "--cov", "-rP"),
)
# What the guide allows for the tests and for the static analysis, in seconds; a machine that has much
# to do passes as well.
ALLOWED_SECONDS = {"pytest": 600, "mypy": 120, "ruff": 120}
SLACK = 5
LANES = 2
UV = "uv>=0.13,<0.14"
# Samples whose servers Debian does not package: --tools runs theirs only if they are named.
NIGHTLY = {"mongodb-arq"}
# Files whose own language has braces, too, and what these may look like.
OWN_BRACES = {
    "deploy/observability/alerts.yml": r"\{\{ \$[a-z.]+( \| humanize[A-Za-z]*)? \}\}",
    "deploy/observability/grafana-dashboard.json": r"\{\{[a-z]+\}\}",
}


class CheckError(Exception):
    """A check failed; the text says how."""


@dataclass(frozen=True)
class Entry:
    """A file or link of a tree."""

    kind: str  # "file", "executable file" or "link"
    content: bytes  # of a link: its target


def read_tree(root: Path) -> dict[str, Entry]:
    """Return every file and link below a folder, by its path."""
    tree = {}
    for folder, folders, files in os.walk(root):
        if Path(folder) == root:
            folders[:] = [name for name in folders if name not in NOT_RENDERED]
        for name in files + folders:
            path = Path(folder, name)
            if path.is_symlink():
                entry = Entry("link", os.readlink(path).encode())
            elif path.is_dir():
                continue
            else:
                executable = path.stat().st_mode & 0o111
                entry = Entry("executable file" if executable else "file", path.read_bytes())
            tree[path.relative_to(root).as_posix()] = entry
    return tree


def describe_differences(expected: dict[str, Entry], actual: dict[str, Entry]) -> Iterator[str]:
    """Yield lines for people about two trees that should be equal."""
    for path in sorted(expected.keys() | actual.keys()):
        if path not in actual:
            yield f"missing: {path}"
        elif path not in expected:
            yield f"not expected: {path}"
        elif expected[path].kind != actual[path].kind:
            yield f"{path}: expected a {expected[path].kind}, not a {actual[path].kind}"
        elif expected[path] != actual[path]:
            yield from difflib.unified_diff(
                expected[path].content.decode(errors="replace").splitlines(),
                actual[path].content.decode(errors="replace").splitlines(),
                f"expected/{path}",
                f"rendered/{path}",
                lineterm="",
            )


def run(command: list[str], folder: Path, environment: dict[str, str]) -> str:
    """Run a command without a terminal and return what it printed."""
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
    except OSError as error:
        raise CheckError(f"{command[0]}: {error.strerror}") from error
    if done.returncode != 0:
        raise CheckError(f"{' '.join(command)}: exit code {done.returncode}\n{done.stdout}")
    return done.stdout


class Checker:
    """Runs checks, reports each with one line, and counts them."""

    def __init__(self, work: Path) -> None:
        self.work = work
        self.lock = threading.Lock()
        self.passed = 0
        self.failed = 0
        self.environment = self._make_environment()

    def check(self, title: str, action: Callable[[], object]) -> bool:
        """Run one check: it passes unless it raises CheckError."""
        start = time.monotonic()
        try:
            action()
        except CheckError as error:
            told = "".join(f"     {line}\n" for line in str(error).splitlines())
            with self.lock:
                self.failed += 1
                print(f"FAIL {title}\n{told}", end="", flush=True)
            return False
        with self.lock:
            self.passed += 1
            print(f"ok   {title} ({time.monotonic() - start:.1f} s)", flush=True)
        return True

    def compare(self, sample: Path, rendered: Path, update: bool) -> None:
        """Compare a rendered tree with the expected one, or make it the expected one."""
        expected, actual = sample / "expected", read_tree(rendered)
        if update:
            shutil.rmtree(expected, ignore_errors=True)
            for path, entry in actual.items():
                write_entry(expected / path, entry)
        differences = list(describe_differences(read_tree(expected), actual))
        if differences:
            raise CheckError("\n".join(differences[:200]))

    def render_bundled(self, scaffold: str, sample: Path, destination: Path, update: bool) -> None:
        """Render a sample from the template that is in the program."""
        answers = str(sample / "answers.yml")
        command = [scaffold, "new", str(destination), "--data-file", answers, "--defaults"]
        run(command, self.work, self.environment)
        self.compare(sample, destination, update)

    def render_repository(
        self, program: str, repository: Path, sample: Path, destination: Path, update: bool
    ) -> None:
        """Render a sample with scaffold or Copier from a repository that holds the template."""
        answers = str(sample / "answers.yml")
        command = [program, "copy", "--quiet", "--defaults", "--data-file", answers]
        run([*command, str(repository), str(destination)], self.work, self.environment)
        record = destination / ".copier-answers.yml"
        # The source is another one than `scaffold new` names, and that is the only difference.
        text, count = re.subn(
            r"(?m)^_src_path: .*$", f"_src_path: {SOURCE}", record.read_text("utf-8")
        )
        if count != 1:
            raise CheckError(f"{record.name}: {count} lines with _src_path")
        record.write_text(text, "utf-8")
        self.compare(sample, destination, update)

    def make_repository(self, version: str) -> Path:
        """Return a git repository that holds the template, tagged with its version."""
        repository = self.work / "template"
        repository.mkdir()
        unpack_template(repository)
        for command in (
            ["git", "init", "--quiet"],
            ["git", "add", "--all", "--force"],
            ["git", "commit", "--quiet", "--message", version],
            ["git", "tag", f"v{version}"],
        ):
            run(command, repository, self.environment)
        return repository

    def _make_environment(self) -> dict[str, str]:
        """Return an environment in which no settings of this machine's user count."""
        home = self.work / "home"
        home.mkdir()
        (home / ".gitconfig").write_text("[user]\nname = Sample\nemail = sample@example.org\n")
        kept = {name: os.environ[name] for name in ("PATH", "TMPDIR", "LANG") if name in os.environ}
        return kept | {"HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1"}


def write_entry(path: Path, entry: Entry) -> None:
    """Write a file or link of a tree."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if entry.kind == "link":
        path.symlink_to(entry.content.decode())
        return
    path.write_bytes(entry.content)
    path.chmod(0o755 if entry.kind == "executable file" else 0o644)


def unpack_template(folder: Path) -> None:
    """Put the template as it is now into a folder, as a release would have it."""
    with tarfile.open(fileobj=io.BytesIO(pack())) as archive:
        archive.extractall(folder, filter="fully_trusted")


def check_release() -> None:
    """Check that the newest release is the template as it is."""
    run([sys.executable, str(TEMPLATE / "make_release.py"), "--check"], TEMPLATE, dict(os.environ))


def check_text(sample: Path) -> None:
    """Check that the expected files are tidy and hold nothing of the template's language."""
    complaints = []
    for path, entry in read_tree(sample / "expected").items():
        text = entry.content.decode()
        if text and (not text.endswith("\n") or text.endswith("\n\n")):
            complaints.append(f"{path}: does not end with one newline")
        for number, line in enumerate(text.splitlines(), 1):
            if line != line.rstrip():
                complaints.append(f"{path}:{number}: white space at the end")
            if path in OWN_BRACES:
                line = re.sub(OWN_BRACES[path], "", line)
            if re.search(r"(?<!\$)\{\{|\{[%#]|%\}", line):
                complaints.append(f"{path}:{number}: template syntax: {line}")
    if complaints:
        raise CheckError("\n".join(complaints))


def check_committed(sample: Path) -> None:
    """Check that git ignores no expected file: the trees hold .gitignore files of their own."""
    if not (SAMPLES.parent / ".git").exists():
        return
    command = ["git", "ls-files", "--others", "--ignored", "--exclude-standard", "."]
    ignored = run(command, sample, dict(os.environ))
    if ignored:
        raise CheckError(f"git ignores these files (use git add --force):\n{ignored}")


def make_tool_environment(work: Path) -> dict[str, str]:
    """Return an environment with uv; it is installed into a temporary folder if it is missing."""
    environment = {k: v for k, v in os.environ.items() if k not in ("VIRTUAL_ENV", "PYTHONPATH")}
    environment.setdefault("UV_PYTHON_DOWNLOADS", "never")
    environment["CI"] = "true"  # a test that lacks its server fails then
    if shutil.which("uv") is None:
        venv.create(work / "uv", with_pip=True)
        tools = work / "uv" / "bin"
        run([str(tools / "pip"), "install", "--quiet", UV], work, environment)
        environment["PATH"] = f"{tools}{os.pathsep}{environment['PATH']}"
    return environment


def read_answers(project: Path) -> dict[str, str]:
    """Return a project's answers that are one word."""
    text = (project / ".copier-answers.yml").read_text("utf-8")
    return dict(re.findall(r"(?m)^([a-z_]+): ([^\s]+)$", text))


def run_tools(
    checker: Checker,
    sample: Path,
    project: Path,
    environment: dict[str, str],
    servers: Servers,
) -> None:
    """Run the rendered project's own checks in a copy of it."""
    copy = checker.work / "tools" / sample.name
    shutil.copytree(project, copy, symlinks=True)
    answers = read_answers(copy)
    static = [sys.executable, str(SAMPLES / "static_checks.py"), str(project)]
    checker.check(f"{sample.name}: static checks", lambda: run(static, SAMPLES, dict(os.environ)))
    try:
        environment = environment | servers.environment(answers)
    except ServerError as error:
        raise CheckError(str(error)) from error
    commands = list(TOOLS)
    if answers.get("docs_site") == "mkdocs":
        commands.append(("uv", "run", "--group", "docs", "mkdocs", "build", "--strict"))
    for command in commands:
        if not checker.check(
            f"{sample.name}: {' '.join(command)}", lambda c=command: run_command(c, copy, environment)
        ):
            return


def run_command(
    command: tuple[str, ...], folder: Path, environment: dict[str, str]
) -> None:
    """Run one of the project's checks; print the times that its tests measure."""
    start = time.monotonic()
    output = run([*command], folder, environment)
    for line in re.findall(r"(?m)^p95 .*$", output):
        print(f"     {folder.name}: {line}")
    for tool in ALLOWED_SECONDS.keys() & set(command):
        seconds = time.monotonic() - start
        if seconds > ALLOWED_SECONDS[tool] * SLACK:
            raise CheckError(f"it took {seconds:.0f} s, and {ALLOWED_SECONDS[tool]} s is the aim")


def newest_version() -> str:
    """Return the version of the newest release."""
    versions = [archive.stem for archive in (TEMPLATE / "releases").glob("*.tar")]
    return max(versions, key=lambda version: [int(part) for part in version.split(".")])


def check_sample(
    checker: Checker, sample: Path, repository: Path, options: argparse.Namespace
) -> Path:
    """Render a sample and look at its files; return the project to run tools in."""
    name, project = sample.name, sample / "expected"
    if options.scaffold:
        rendered = checker.work / "scaffold" / name
        rendered.parent.mkdir(exist_ok=True)
        if checker.check(
            f"{name}: scaffold renders the expected tree",
            lambda: (
                checker.render_repository(
                    options.scaffold, repository, sample, rendered, options.update
                )
                if options.work_tree
                else checker.render_bundled(options.scaffold, sample, rendered, options.update)
            ),
        ):
            project = rendered
    if options.copier:
        update = options.update and not options.scaffold
        destination = checker.work / "copier" / name
        checker.check(
            f"{name}: Copier renders the expected tree",
            lambda: checker.render_repository(
                options.copier, repository, sample, destination, update
            ),
        )
    checker.check(f"{name}: tidy text", lambda: check_text(sample))
    checker.check(f"{name}: git ignores nothing", lambda: check_committed(sample))
    return project


def check_samples(checker: Checker, samples: list[Path], options: argparse.Namespace) -> None:
    """Make all checks that the options ask for."""
    if not options.work_tree:
        checker.check("the newest release is the template as it is", check_release)
    repository = checker.make_repository(options.work_tree or newest_version())
    environment = make_tool_environment(checker.work) if options.tools else {}
    projects = {}
    for sample in samples:
        project = check_sample(checker, sample, repository, options)
        if options.tools and (options.names or sample.name not in NIGHTLY):
            projects[sample] = project
    # The largest first: what is left at the end is short.
    order = sorted(projects, key=lambda sample: -len(read_tree(projects[sample])))
    run_in_lanes(
        lambda servers, sample=sample: run_tools(
            checker, sample, projects[sample], environment, servers
        )
        for sample in order
    )


def run_in_lanes(tasks: Iterable[Callable[[Servers], object]]) -> None:
    """Run tasks, two at a time: they wait for servers and processes more than they compute.

    Each lane has servers of its own, so that no worker takes another project's work.
    """
    left, turn = iter(tasks), threading.Lock()

    def work() -> None:
        servers = Servers()
        try:
            while True:
                with turn:
                    task = next(left, None)
                if task is None:
                    return
                task(servers)
        finally:
            servers.stop()

    with ThreadPoolExecutor(LANES) as pool:
        for lane in [pool.submit(work) for _ in range(LANES)]:
            lane.result()


def find_program(name: str) -> str:
    """Return a program's absolute path: the checks run elsewhere."""
    found = shutil.which(name)
    if not found:
        raise argparse.ArgumentTypeError(f"there is no program '{name}'")
    return str(Path(found).absolute())


def parse_arguments() -> argparse.Namespace:
    """Return the command line's options."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="a sample; all if absent")
    parser.add_argument("--scaffold", type=find_program, metavar="PATH", help="to render with")
    parser.add_argument("--copier", type=find_program, metavar="PATH", help="as well")
    parser.add_argument(
        "--update",
        action="store_true",
        help="make the expected trees anew, with scaffold if given, else with Copier",
    )
    parser.add_argument(
        "--work-tree",
        metavar="VERSION",
        help="render the template as it is in its folder, as if it were released as VERSION",
    )
    parser.add_argument(
        "--tools", action="store_true", help="run the rendered projects' own checks as well"
    )
    options = parser.parse_args()
    if options.update and not (options.scaffold or options.copier):
        parser.error("--update needs --scaffold or --copier")
    return options


def main() -> int:
    """Run the command."""
    options = parse_arguments()
    samples = [SAMPLES / name for name in options.names]
    samples = samples or sorted(path.parent for path in SAMPLES.glob("*/answers.yml"))
    for sample in samples:
        if not (sample / "answers.yml").is_file():
            sys.exit(f"error: there is no sample '{sample.name}'")
    with tempfile.TemporaryDirectory(prefix="samples-") as work:
        checker = Checker(Path(work).resolve())
        try:
            check_samples(checker, samples, options)
        except CheckError as error:
            checker.failed += 1
            print(f"FAIL set-up\n{error}")
    print(f"{checker.passed} passed, {checker.failed} failed")
    return 1 if checker.failed else 0


if __name__ == "__main__":
    sys.exit(main())
