"""Servers for the rendered projects' tests, on free ports, without systemd: what Debian packages.

PostgreSQL and MariaDB refuse to run as root, so they run as their own users then. For MongoDB, which
Debian does not package, a server that speaks its protocol stands in: protocol_server/,
which needs Maven and Java 17 or newer.
"""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

PACKAGES = "postgresql redis-server mariadb-server"
PROTOCOL_SERVER = Path(__file__).resolve().parent / "protocol_server"
START_SECONDS = 60


class ServerError(Exception):
    """A server does not start; the text says why."""


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Servers:
    """PostgreSQL, MariaDB, Redis and what speaks MongoDB's protocol; each starts when it is first asked for."""

    def __init__(self) -> None:
        # Not below a folder that only root may enter: the servers have users of their own.
        self.folder = Path(tempfile.mkdtemp(prefix="samples-servers-", dir="/tmp"))
        self.folder.chmod(0o755)
        self.urls: dict[str, str] = {}
        self.stops: dict[str, Sequence[str]] = {}
        self.processes: list[subprocess.Popen[bytes]] = []

    def environment(self, answers: dict[str, str]) -> dict[str, str]:
        """Return what the tests of a project with these answers need."""
        places = {}
        database = answers.get("database_module")
        if database in ("postgresql", "mysql"):
            url = self.url(database)
            if answers.get("orm_choice") == "tortoise":
                url = url.replace("postgresql+psycopg:", "postgres:").replace("+pymysql", "")
            places["TEST_DATABASE_URL"] = url
        if database == "mongodb":
            places["TEST_DATABASE_URL"] = self.url("mongodb")
        if answers.get("task_queue", "disabled") != "disabled":
            places["TEST_REDIS_URL"] = self.url("redis")
        return places

    def url(self, name: str) -> str:
        """Return where a server is; start it if it does not run yet."""
        if name not in self.urls:
            start = {
                "mongodb": self._protocol_server,
                "mysql": self._mariadb,
                "postgresql": self._postgresql,
                "redis": self._redis,
            }
            self.urls[name] = start[name]()
        return self.urls[name]

    def stop(self) -> None:
        """End all servers and remove what they wrote."""
        for name in list(self.stops):
            self.stop_one(name)
        for process in self.processes:
            process.terminate()
            process.wait(START_SECONDS)
        shutil.rmtree(self.folder, ignore_errors=True)

    def stop_one(self, name: str) -> None:
        """End one server, as if it had crashed."""
        subprocess.run(self.stops.pop(name), capture_output=True, check=False)

    def _postgresql(self) -> str:
        binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
        if not binaries:
            raise ServerError(f"PostgreSQL is missing: apt-get install {PACKAGES}")
        data, port = self._folder("postgresql", "postgres"), free_port()
        user = _as_user("postgres")
        options = f"-p {port} -k {data} -c listen_addresses=127.0.0.1 -c fsync=off"
        options += " -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"
        control = [*user, str(binaries[-1] / "pg_ctl"), "-D", f"{data}/data"]
        init = [*user, str(binaries[-1] / "initdb"), "-D", f"{data}/data", "-U", "app"]
        self._run([*init, "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"])
        self._run(
            [*control, "-w", "-t", str(START_SECONDS), "-l", f"{data}/log", "-o", options, "start"]
        )
        self.stops["postgresql"] = [*control, "-m", "immediate", "stop"]
        return f"postgresql+psycopg://app@127.0.0.1:{port}/postgres"

    def _mariadb(self) -> str:
        if not shutil.which("mariadbd", path=f"{os.environ['PATH']}:/usr/sbin"):
            raise ServerError(f"MariaDB is missing: apt-get install {PACKAGES}")
        data, port = self._folder("mysql", "mysql"), free_port()
        login = "mysql" if os.getuid() == 0 else os.environ["USER"]
        install = [
            "mariadb-install-db",
            "--no-defaults",
            f"--user={login}",
            f"--datadir={data}/data",
        ]
        self._run([*install, "--auth-root-authentication-method=normal", "--skip-test-db"])
        server = ["mariadbd", "--no-defaults", f"--user={login}", f"--datadir={data}/data"]
        server += [f"--socket={data}/socket", f"--port={port}", "--bind-address=127.0.0.1"]
        server += [f"--pid-file={data}/pid", "--innodb-flush-log-at-trx-commit=0"]
        self._start(server)
        admin = ["mariadb-admin", "--no-defaults", f"--socket={data}/socket", "--user=root"]
        self._wait([*admin, "ping"])
        return f"mysql+pymysql://root@127.0.0.1:{port}/mysql"

    def _redis(self) -> str:
        if not shutil.which("redis-server"):
            raise ServerError(f"Redis is missing: apt-get install {PACKAGES}")
        port = free_port()
        self._start(
            ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
            + ["--appendonly", "no", "--dir", str(self.folder)]
        )
        self._wait(["redis-cli", "-p", str(port), "ping"])
        return f"redis://127.0.0.1:{port}/0"

    def _protocol_server(self) -> str:
        for program in ("mvn", "java"):
            if not shutil.which(program):
                raise ServerError(f"{program} is missing: apt-get install maven")
        # Maven keeps what it fetched; only the first time takes long.
        libraries, port = self.folder / "libraries", free_port()
        fetch = ["mvn", "--quiet", "--batch-mode", "--file", str(PROTOCOL_SERVER / "pom.xml")]
        self._run([*fetch, "dependency:copy-dependencies", f"-DoutputDirectory={libraries}"])
        source = str(PROTOCOL_SERVER / "ProtocolServer.java")
        self._start(["java", "-cp", f"{libraries}/*", source, str(port)])
        end = time.monotonic() + START_SECONDS
        while not _listens(port):
            if time.monotonic() > end or self.processes[-1].poll() is not None:
                log = (self.folder / "java.log").read_text(errors="replace")
                raise ServerError(f"java: no answer after {START_SECONDS} s\n{log}")
            time.sleep(0.1)
        return f"mongodb://127.0.0.1:{port}/"

    def _folder(self, name: str, user: str) -> Path:
        folder = self.folder / name
        folder.mkdir()
        if os.getuid() == 0:
            shutil.chown(folder, user, user)
        return folder

    def _start(self, command: Sequence[str]) -> None:
        path = f"{os.environ['PATH']}:/usr/sbin"
        with (self.folder / f"{command[0]}.log").open("wb") as log:
            self.processes.append(
                subprocess.Popen(command, stdout=log, stderr=log, env=os.environ | {"PATH": path})
            )

    def _wait(self, command: Sequence[str]) -> None:
        end = time.monotonic() + START_SECONDS
        while subprocess.run(command, capture_output=True, check=False).returncode:
            if time.monotonic() > end:
                raise ServerError(f"{command[0]}: no answer after {START_SECONDS} s")
            time.sleep(0.1)

    def _run(self, command: Sequence[str]) -> None:
        # What a daemon inherits it keeps open, so its output goes to a file and not to a pipe.
        with (self.folder / "setup.log").open("ab") as log:
            done = subprocess.run(command, stdout=log, stderr=log, check=False)
        if done.returncode:
            text = (self.folder / "setup.log").read_text(errors="replace")
            raise ServerError(f"{' '.join(command)}: exit code {done.returncode}\n{text}")


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _as_user(name: str) -> list[str]:
    return ["runuser", "-u", name, "--"] if os.getuid() == 0 else []
