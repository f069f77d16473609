#!/usr/bin/env python3
"""Builds the image of a rendered project and runs it, with real servers beside it.

Needs root, uv, and Debian's buildah and mmdebstrap. No registry is asked: the images that the
Dockerfile begins with are made here, one from Debian's packages, the other from uv's own binary.
What cannot be shown like this is that the official images behave the same.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from check import Checker, CheckError, make_tool_environment, run
from servers import Servers, free_port

SAMPLES = Path(__file__).resolve().parent
PYTHON = "docker.io/library/python:3.11-slim-bookworm"
UV = "ghcr.io/astral-sh/uv:0.13.8"
IMAGE = "localhost/full-example"
CERTIFICATES = "/etc/ssl/certs"
BUILD_SECONDS = 300
START_SECONDS = 60
FORBIDDEN = ("uv", "pip", "gcc", ".git", ".env", "tests", "src")


@dataclass(frozen=True)
class Fault:
    """A fault in the project, the check that must find it, and words of what it tells."""

    title: str
    file: str
    old: str
    new: str
    check: str
    told: str


FAULTS = (
    Fault("it runs as root", "Dockerfile", "USER 10001:10001\n", "", "contents", "somebody else"),
    Fault(
        "what builds it stays in it",
        "Dockerfile",
        "COPY --from=build /app/.venv ./.venv\n",
        "COPY --from=build /app ./\nCOPY --from=uv /uv /usr/local/bin/uv\n",
        "contents",
        "in the image, or writable: uv src",
    ),
    Fault(
        "production takes the development key",
        "src/full_example/settings.py",
        "if key == DEVELOPMENT_KEY or len(key) < 32:",
        "if not key:",
        "refusal",
        "exit code 124",
    ),
    Fault(
        "it ends as if it had failed",
        "src/full_example/api/__main__.py",
        "sys.exit(0)",
        "sys.exit(1)",
        "life",
        "after SIGTERM the exit code is 1",
    ),
)


class Builder:
    """buildah, with images of its own that are gone afterwards."""

    def __init__(self, work: Path) -> None:
        self.command = ["buildah", "--root", f"{work}/images", "--runroot", f"{work}/run"]
        # Debian's package of crun wants what only a whole system has; a chroot is enough here.
        self.environment = os.environ | {"BUILDAH_ISOLATION": "chroot"}

    def __call__(self, *words: str) -> str:
        """Run buildah and return what it prints."""
        return run([*self.command, *words], SAMPLES, self.environment).strip()

    def build(self, tag: str, folder: Path) -> None:
        """Build an image."""
        options = ["--pull-never", "--format", "docker", "--network", "host", "--quiet"]
        self(
            "bud",
            *options,
            "--volume",
            f"{CERTIFICATES}:{CERTIFICATES}:ro",
            "--tag",
            tag,
            str(folder),
        )


def make_base_images(builder: Builder, work: Path, base: Path) -> None:
    """Make stand-ins for the images that the Dockerfile begins with."""
    if not base.exists():
        base.parent.mkdir(parents=True, exist_ok=True)
        packages = "--include=python3,python3-venv,ca-certificates"
        run(
            ["mmdebstrap", "--variant=minbase", packages, "bookworm", str(base)],
            work,
            dict(os.environ),
        )
    python = work / "python"
    python.mkdir()
    shutil.copy(base, python / "base.tar")
    (python / "Dockerfile").write_text(
        "FROM scratch\nADD base.tar /\n"
        "RUN ln -s /usr/bin/python3 /usr/local/bin/python\n"
        f"ENV SSL_CERT_FILE={CERTIFICATES}/ca-certificates.crt\n"
    )
    builder.build(PYTHON, python)
    uv = work / "uv-image"
    uv.mkdir()
    found = shutil.which("uv")
    if not found:
        raise CheckError("uv is missing")
    shutil.copy(found, uv / "uv")
    (uv / "Dockerfile").write_text("FROM scratch\nCOPY uv /uv\n")
    builder.build(UV, uv)


class Container:
    """The image, running."""

    def __init__(self, builder: Builder, settings: dict[str, str]) -> None:
        self.builder = builder
        self.name = builder("from", "--pull-never", IMAGE)
        self.options = [word for pair in settings.items() for word in ("--env", "=".join(pair))]
        self.log = Path(tempfile.mkstemp(prefix="container-")[1])
        self.process: subprocess.Popen[bytes] | None = None

    def words(self, command: Sequence[str]) -> list[str]:
        """Return how to run a command in it."""
        options = ["--isolation", "chroot", "--network", "host", *self.options]
        return [*self.builder.command, "run", *options, self.name, "--", *command]

    def run(self, *command: str) -> str:
        """Run a command in it and return what it prints."""
        return run(self.words(command), SAMPLES, self.builder.environment)

    def start(self, *command: str) -> None:
        """Start its program."""
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                self.words(command),
                env=self.builder.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def find_program(self) -> int:
        """Return the process that runs the program, as the kernel sees it."""
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                words = path.read_bytes().split(b"\0")
                parent = (path.parent / "status").read_text()
            except OSError:
                continue
            if words[1:3] == [b"-m", b"full_example.api"] and "Uid:\t10001\t" in parent:
                return int(path.parent.name)
        raise CheckError(f"the program does not run:\n{self.log.read_text()}")

    def stop(self) -> int:
        """Ask the program to end; return the exit code."""
        assert self.process is not None
        os.kill(self.find_program(), signal.SIGTERM)
        return self.process.wait(START_SECONDS)

    def remove(self) -> None:
        """Remove it."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.builder("rm", self.name)
        self.log.unlink()


def ask(url: str) -> int:
    """Return the status of an answer; 0 if there is none."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def wait_for(url: str, status: int, log: Path) -> None:
    """Wait until a URL answers with a status."""
    end = time.monotonic() + START_SECONDS
    while (found := ask(url)) != status:
        if time.monotonic() > end:
            raise CheckError(f"{url}: {found}, not {status}\n{log.read_text()}")
        time.sleep(0.2)


def check_build(builder: Builder, project: Path) -> None:
    """Build the image in time."""
    start = time.monotonic()
    builder.build(IMAGE, project)
    seconds = time.monotonic() - start
    print(f"     the image took {seconds:.0f} s")
    if seconds > BUILD_SECONDS:
        raise CheckError(f"it took {seconds:.0f} s")


def check_contents(builder: Builder) -> None:
    """Look at what is in the image."""
    container = Container(builder, {})
    try:
        if container.run("id", "-u").strip() != "10001":
            raise CheckError("it runs as somebody else")
        program = (
            "import os, shutil, sys\n"
            f"names = {FORBIDDEN!r}\n"
            "found = [n for n in names if shutil.which(n) or os.path.exists('/app/' + n)]\n"
            "found += [p for p in ('/app', '/app/.venv') if os.access(p, os.W_OK)]\n"
            "print(' '.join(found))\n"
        )
        found = container.run("python", "-c", program).strip()
        if found:
            raise CheckError(f"in the image, or writable: {found}")
    finally:
        container.remove()


def check_refusal(builder: Builder) -> None:
    """In production, the program must not start with the development key."""
    container = Container(builder, {"ENVIRONMENT": "production"})
    try:
        container.run("timeout", "20", "python", "-m", "full_example.api")
    except CheckError as error:
        if "SECRET_KEY" not in str(error):
            raise
    else:
        raise CheckError("it started")
    finally:
        container.remove()


def check_life(builder: Builder) -> None:
    """Migrate, start, ask, take the database away, end."""
    servers = Servers()
    try:
        live(builder, servers)
    finally:
        servers.stop()


def live(builder: Builder, servers: Servers) -> None:
    """Do it with these servers."""
    port = str(free_port())
    settings = {
        "DATABASE_URL": servers.url("postgresql"),
        "CELERY_BROKER_URL": servers.url("redis"),
        "CELERY_RESULT_BACKEND": servers.url("redis"),
        "SECRET_KEY": "a-key-for-this-test-only-that-is-long-enough",
        "ENVIRONMENT": "production",
        "PORT": port,
    }
    url = f"http://127.0.0.1:{port}"
    container = Container(builder, settings)
    try:
        container.run("alembic", "upgrade", "heads")
        container.start("python", "-m", "full_example.api")
        wait_for(f"{url}/health", 200, container.log)
        wait_for(f"{url}/ready", 200, container.log)
        servers.stop_one("postgresql")
        wait_for(f"{url}/ready", 503, container.log)
        if ask(f"{url}/health") != 200:
            raise CheckError("without its database the process is not alive")
        code = container.stop()
        if code != 0:
            raise CheckError(f"after SIGTERM the exit code is {code}\n{container.log.read_text()}")
    finally:
        container.remove()


def check_fault(
    builder: Builder, project: Path, fault: Fault, check: Callable[[], None]
) -> None:
    """Put a fault into the project: the image that is built of it must not pass."""
    path = project / fault.file
    text = path.read_text("utf-8")
    if fault.old not in text:
        raise CheckError(f"{fault.file} has no '{fault.old}'")
    path.write_text(text.replace(fault.old, fault.new), "utf-8")
    try:
        builder.build(IMAGE, project)
        check()
    except CheckError as error:
        if fault.told not in str(error):
            raise CheckError(f"that is another finding:\n{error}") from error
        return
    finally:
        path.write_text(text, "utf-8")
    raise CheckError("nothing noticed it")


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--base", type=Path, help="keep Debian's part of the image in this file")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="image-") as folder:
        work = Path(folder).resolve()
        checker = Checker(work)
        environment = make_tool_environment(work)
        builder = Builder(work)
        project = work / "project"
        shutil.copytree(SAMPLES / "full" / "expected", project, symlinks=True)
        base = (options.base or work / "base.tar").absolute()
        run(["uv", "lock", "--quiet"], project, environment)
        steps: dict[str, Callable[[], None]] = {
            "the images to begin with": lambda: make_base_images(builder, work, base),
            "the image builds": lambda: check_build(builder, project),
            "nothing is in it that should not be": lambda: check_contents(builder),
            "production refuses the development key": lambda: check_refusal(builder),
            "it lives and ends as it should": lambda: check_life(builder),
        }
        try:
            if all(checker.check(f"image: {title}", step) for title, step in steps.items()):
                for fault in FAULTS:
                    checks: dict[str, Callable[[], None]] = {
                        "contents": lambda: check_contents(builder),
                        "refusal": lambda: check_refusal(builder),
                        "life": lambda: check_life(builder),
                    }
                    checker.check(
                        f"found: {fault.title}",
                        lambda f=fault: check_fault(builder, project, f, checks[f.check]),
                    )
        finally:
            subprocess.run([*builder.command, "rm", "--all"], capture_output=True, check=False)
            subprocess.run(
                [*builder.command, "rmi", "--all", "--force"], capture_output=True, check=False
            )
    print(f"{checker.passed} passed, {checker.failed} failed")
    return 1 if checker.failed else 0


if __name__ == "__main__":
    sys.exit(main())
