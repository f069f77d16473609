"""The projects of acceptance_django.py: of django-admin, with Celery as its documentation says."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from check import SAMPLES, TEMPLATE, Checker, CheckError, run
from django_worker import Orders
from servers import Servers

REQUIREMENTS = SAMPLES / "django-requirements.txt"
CELERY = """\
import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "{settings}")
app = Celery("shop")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
"""
SETTINGS = """
import os

DATABASES = {{"default": {database}}}
CELERY_BROKER_URL = "{redis}"
PATIENCE = int(os.environ.get("VISIBILITY", "3600"))
CELERY_BROKER_TRANSPORT_OPTIONS = {{"visibility_timeout": PATIENCE}}
SEND_MAIL_BATCH_SIZE = int(os.environ.get("BATCH_SIZE", "100"))
"""


def replace(path: Path, old: str | re.Pattern[str], new: str) -> None:
    """Replace a text of a file that must be there."""
    text = path.read_text("utf-8")
    pattern = re.compile(re.escape(old)) if isinstance(old, str) else old
    changed, count = pattern.subn(lambda _: new, text)
    if not count:
        raise CheckError(f"{path} has no '{old}'")
    path.write_text(changed, "utf-8")


@dataclass
class Project:
    """A project, what it is made of, where it is, and who checks it."""

    django: str
    database: str  # a word of servers.py, or "sqlite3"
    is_split: bool
    checker: Checker
    scaffold: str
    folder: Path
    memory: Path  # a folder whose files are on no disk: each commit would wait for it
    environment: dict[str, str]  # with DJANGO_SETTINGS_MODULE

    def __post_init__(self) -> None:
        """Work out what is where."""
        self.project = self.folder / "project"
        self.module = self.environment["DJANGO_SETTINGS_MODULE"]
        self.settings = "config/settings/base.py" if self.is_split else "config/settings.py"
        self.prefix = "shop." if self.is_split else ""
        self.orders = Orders(self.folder, self.project, self.python, self.environment)

    @property
    def python(self) -> str:
        """The Python that has Django."""
        return str(self.folder / "venv" / "bin" / "python")

    def check(self, title: str, action: Callable[[], object]) -> bool:
        """Make one check of this project."""
        return self.checker.check(f"Django {self.django}: {title}", action)

    def manage(self, *words: str) -> str:
        """Run manage.py."""
        return run([self.python, "manage.py", *words], self.project, self.environment)

    def app(self, name: str) -> Path:
        """Return where an app is."""
        return self.project / self.prefix.replace(".", "/") / name

    def make(self, servers: Servers, work_tree: bool) -> None:
        """Install Django, and make the project."""
        self.folder.mkdir(parents=True)
        venv = str(self.folder / "venv")
        run(["uv", "venv", "--quiet", venv], self.folder, self.environment)
        install = ["uv", "pip", "install", "--quiet", "--python", self.python]
        install += [f"Django=={self.django}", "--requirements", str(REQUIREMENTS)]
        run(install, self.folder, self.environment)
        self.project.mkdir()
        admin = [self.python, "-m", "django"]
        run([*admin, "startproject", "config", "."], self.project, self.environment)
        config = self.project / "config"
        if self.is_split:
            self.split(config)
        place = self.app("users")
        place.mkdir(parents=True)
        run([*admin, "startapp", "users", str(place)], self.folder, self.environment)
        replace(place / "apps.py", re.compile("name = .*"), f'name = "{self.prefix}users"')
        (config / "celery.py").write_text(CELERY.format(settings=self.module), "utf-8")
        (config / "__init__.py").write_text("from .celery import app as celery_app\n", "utf-8")
        with (self.project / self.settings).open("a", encoding="utf-8") as file:
            file.write(SETTINGS.format(**self.find_servers(servers)))
        if work_tree:
            (self.project / ".scaffold").mkdir()
            (self.project / ".scaffold" / "generators").symlink_to(TEMPLATE / "django")
        run(["git", "init", "--quiet"], self.project, self.environment)

    def split(self, config: Path) -> None:
        """Make the settings a package, as many projects have them."""
        (config / "settings").mkdir()
        (config / "settings" / "__init__.py").touch()
        base = config / "settings" / "base.py"
        (config / "settings.py").rename(base)
        replace(base, "parent.parent", "parent.parent.parent")
        (config / "settings" / "local.py").write_text("from .base import *\n", "utf-8")
        replace(self.project / "manage.py", "config.settings", self.module)
        (self.project / "shop").mkdir()
        (self.project / "shop" / "__init__.py").touch()

    def find_servers(self, servers: Servers) -> dict[str, str]:
        """Return what is said of servers in the settings."""
        place = {"NAME": str(self.memory / f"{self.django}.sqlite3")}
        if self.database != "sqlite3":
            port = servers.url(self.database).rpartition(":")[2].partition("/")[0]
            place = {"NAME": "postgres", "USER": "app", "HOST": "127.0.0.1", "PORT": port}
        database = {"ENGINE": f"django.db.backends.{self.database}", **place}
        return {"database": repr(database), "redis": servers.url("redis")}
