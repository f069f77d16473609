"""Real workers of Celery in the projects of acceptance_django.py, and what is asked of them."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from check import CheckError

PATIENCE = 30  # seconds
ITEMS = 1000
# What runs in the project for as long as it is asked: each line is a list of words.
ASKED = """\
import json, sys, time
sys.path.insert(0, "")
import django
django.setup()
from django.apps import apps
from django.db import connection

Order = apps.get_model("send_mail", "Order")
package = apps.get_app_config("send_mail").name
tasks = __import__(package + ".tasks", fromlist=["submit"])
work = __import__(package + ".work", fromlist=["Item"])

def submit(key, count):
    tasks.submit(key, [work.Item(f"item {number}", "two words") for number in range(int(count))])

def wait(key, state, done, seconds):
    end = time.monotonic() + int(seconds)
    while True:
        order = Order.objects.get(key=key)
        if order.state == state and order.done >= int(done):
            return
        if time.monotonic() > end:
            raise TimeoutError(f"{order}; {order.error}")
        time.sleep(0.005)

def show(key):
    order = Order.objects.get(key=key)
    return [order.state, order.done, order.results.count()]

def entries():
    return apps.get_model("import_books", "Entry").objects.count()

def disconnect():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

for line in sys.stdin:
    name, *words = json.loads(line)
    try:
        answer = {"answer": globals()[name](*words)}
    except Exception as error:
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), flush=True)
"""


class Worker:
    """A worker of the queue, in a process group of its own."""

    def __init__(self, command: list[str], folder: Path, log: Path, env: dict[str, str]) -> None:
        """Start it, and wait until it takes orders."""
        self.log = log
        with log.open("wb") as file:
            self.process = subprocess.Popen(
                command, cwd=folder, env=env, stdout=file, stderr=file, start_new_session=True
            )
        end = time.monotonic() + PATIENCE
        while " ready." not in self.text():
            if self.process.poll() is not None or time.monotonic() > end:
                self.kill()
                raise CheckError(f"the worker does not start\n{self.text()}")
            time.sleep(0.05)

    def text(self) -> str:
        """Return what it has told so far."""
        return self.log.read_text("utf-8", errors="replace")

    def children(self) -> list[int]:
        """Return the processes that do the work."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(number) for number in listed.split()]

    def stop(self) -> int:
        """Ask it to end, and return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
            raise CheckError(f"the worker does not end\n{self.text()[-2000:]}") from None

    def kill(self) -> None:
        """End it as a machine does that loses its power."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Orders:
    """Hands orders over to the workers of a project, and looks at them."""

    def __init__(self, folder: Path, project: Path, python: str, env: dict[str, str]) -> None:
        """Remember where everything is."""
        self.folder, self.project, self.python = folder, project, python
        self.environment = env
        self.patience = PATIENCE
        self.number = 0
        self.asked: subprocess.Popen[str] | None = None

    def ask(self, *words: str) -> Any:
        """Let a function of ASKED be called in the project; return what it returns."""
        if self.asked is None:
            command = [self.python, "-c", ASKED]
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
            where = {"cwd": self.project, "env": self.environment}
            self.asked = subprocess.Popen(command, **where, **pipes)
        self.asked.stdin.write(json.dumps(words) + "\n")
        self.asked.stdin.flush()
        line = self.asked.stdout.readline()
        answer = json.loads(line) if line else {"error": "it is gone"}
        if "error" in answer:
            raise CheckError(f"{' '.join(words)}: {answer['error']}")
        return answer["answer"]

    def close(self) -> None:
        """Ask no more."""
        if self.asked is not None:
            self.asked.communicate()

    def wait(self, key: str, state: str, done: int) -> None:
        """Wait until an order is in a state, and so many of its items are done."""
        self.ask("wait", key, state, str(done), str(self.patience))

    def new_key(self) -> str:
        """Return a key that no order has yet."""
        self.number += 1
        return f"order-{self.number}"

    def begin(self, key: str) -> None:
        """Hand an order over, and wait until some of it is done."""
        self.ask("submit", key, str(ITEMS))
        self.wait(key, "running", 5)

    def expect(self, key: str, *, done: bool) -> None:
        """Check how an order stands; what it counts it has kept."""
        state, count, kept = self.ask("show", key)
        if count != kept or (state == "done") != done or (count == ITEMS) != done:
            raise CheckError(f"{state}, {count} done, {kept} kept")

    def start(self, batch_size: int = 1, visibility: int = 3600) -> Worker:
        """Start a worker for the queue."""
        self.number += 1
        celery = [self.python, "-m", "celery", "--app", "config", "worker", "--concurrency", "1"]
        celery += ["--loglevel", "info", "--queues", "send-mail", "--without-mingle"]
        celery += ["--without-gossip", "--hostname", f"{self.number}@test"]
        values = {"BATCH_SIZE": str(batch_size), "VISIBILITY": str(visibility)}
        log = self.folder / f"worker-{self.number}.log"
        return Worker(celery, self.project, log, self.environment | values)

    def checks(self, is_postgresql: bool) -> Iterator[tuple[str, Callable[[], None]]]:
        """Yield what real workers must do, and what it is called."""
        yield "an order is done once, and a worker asked to end finishes the next", self.finish
        yield "a worker that was killed: another one finishes its order", self.kill_worker
        yield "a process that was killed: its order is finished", self.kill_process
        if is_postgresql:
            yield "connections that broke: the order is tried again", self.disconnect

    def finish(self) -> None:
        """A worker does an order once, and ends when it is asked to."""
        worker = self.start(batch_size=100)
        try:
            key = self.new_key()
            self.ask("submit", key, str(ITEMS))
            self.wait(key, "done", ITEMS)
            self.expect(key, done=True)
            self.ask("submit", key, str(ITEMS))
        finally:
            worker.stop()
        worker = self.start()
        try:
            key = self.new_key()
            self.begin(key)
        finally:
            code = worker.stop()
        if code != 0:
            raise CheckError(f"exit code {code}\n{worker.text()[-2000:]}")
        self.expect(key, done=True)

    def kill_worker(self) -> None:
        """A worker is killed in the middle of an order."""
        key = self.new_key()
        worker = self.start(visibility=1)
        try:
            self.begin(key)
        finally:
            worker.kill()
        self.expect(key, done=False)
        self.go_on(key, self.start(batch_size=100, visibility=1))

    def kill_process(self) -> None:
        """The process that does the work is killed, as the kernel does when memory is short."""
        key = self.new_key()
        worker = self.start()
        try:
            self.begin(key)
            for child in worker.children():
                os.kill(child, signal.SIGKILL)
        except BaseException:
            worker.kill()
            raise
        self.go_on(key, worker)

    def disconnect(self) -> None:
        """The server closes all connections in the middle of an order."""
        key = self.new_key()
        worker = self.start()
        try:
            self.begin(key)
            self.ask("disconnect")
        except BaseException:
            worker.kill()
            raise
        self.go_on(key, worker)
        if f"retry key={key}" not in worker.text():
            raise CheckError(f"it was not tried again\n{worker.text()[-2000:]}")

    def go_on(self, key: str, worker: Worker) -> None:
        """Wait until an order is done."""
        try:
            self.wait(key, "done", ITEMS)
            self.expect(key, done=True)
        finally:
            worker.kill()
