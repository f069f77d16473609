"""What can be said about rendered projects without running them; all of them at once.

Needs the packages of static-requirements.txt, actionlint, compose-go's command as compose-config,
and promtool (Debian's prometheus).
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import botocore.session
import yaml
from botocore.validate import ParamValidator

WINDOWS = re.compile(
    r'[<>:"\\|?*\x00-\x1f]|[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)', re.IGNORECASE
)
# Names in the environment that are not the program's own settings.
FOREIGN = {
    "MYSQL_DATABASE",
    "MYSQL_PASSWORD",
    "MYSQL_ROOT_PASSWORD",
    "POSTGRES_DB",
    "POSTGRES_PASSWORD",
    "PROMETHEUS_MULTIPROC_DIR",
}
# Files for Amazon end like this; the service and its operation that take them.
AMAZON = {
    "schedule": ("scheduler", "CreateSchedule"),
    "service": ("ecs", "CreateService"),
    "task-definition": ("ecs", "RegisterTaskDefinition"),
}
MADE_BY_TOOLS = {".git", ".venv", "uv.lock"}
SUFFIXES: dict[str, Callable[[str], object]] = {
    ".json": json.loads,
    ".py": lambda text: compile(text, "file", "exec"),
    ".toml": tomllib.loads,
    ".yaml": lambda text: list(yaml.load_all(text, Loader)),
    ".yml": lambda text: list(yaml.load_all(text, Loader)),
}


class Loader(yaml.SafeLoader):
    """YAML as Python's safe loader reads it; a key that comes twice is an error."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Make a dictionary."""
        keys = [key.value for key, _ in node.value if key.tag != "tag:yaml.org,2002:merge"]
        twice = {key for key in keys if keys.count(key) > 1}
        if twice:
            raise yaml.YAMLError(f"keys that come twice: {twice}")
        return super().construct_mapping(node, deep)


Loader.add_multi_constructor("tag:yaml.org,2002:python/name:", lambda *_: None)


def list_files(project: Path) -> Iterator[Path]:
    """Yield the files of a project that the template made."""
    for path in sorted(project.rglob("*")):
        if path.is_file() and not MADE_BY_TOOLS & set(path.relative_to(project).parts):
            yield path


def check_files(project: Path) -> Iterator[str]:
    """Yield what is wrong with single files."""
    for path in list_files(project):
        for part in path.relative_to(project).parts:
            if WINDOWS.search(part):
                yield f"{path}: Windows does not allow this name"
        parse = SUFFIXES.get(path.suffix)
        if parse:
            try:
                parse(path.read_text("utf-8"))
            except (ValueError, SyntaxError, yaml.YAMLError) as error:
                yield f"{path}: {error}"


def check_settings(project: Path) -> Iterator[str]:
    """Yield names in the environment of deployments that the program does not know."""
    example = project / ".env.example"
    known = (
        set(re.findall(r"(?m)^# ([A-Z_]+)=", example.read_text())) if example.exists() else set()
    )
    known |= FOREIGN
    files = [project / "compose.yaml", *sorted(project.glob("deploy/**/*"))]
    for path in files:
        if not path.is_file() or "observability" in path.parts:
            continue
        text = path.read_text()
        names = set(
            re.findall(r"\b[A-Z][A-Z_]{3,}\b(?=:|\"?, \"value|\"?,\s+\"valueFrom| = )", text)
        )
        names |= set(re.findall(r"- name: ([A-Z_]+)", text))
        for name in sorted(names - known - {"NOTHING_YET"}):
            yield f"{path}: {name} is no setting of the program"


def check_probes(project: Path) -> Iterator[str]:
    """Yield paths that platforms ask and that the program does not have."""
    routes = {"/health", "/ready"}
    for path in sorted(project.glob("deploy/**/*")):
        if path.is_file():
            for asked in re.findall(r"""path: (/\w+)$|^path = "(/\w+)\"""", path.read_text(), re.M):
                route = asked[0] or asked[1]
                if route not in routes and route != "/v1" and route != "/tmp":
                    yield f"{path}: nothing answers at {route}"


def check_ecs(project: Path) -> Iterator[str]:
    """Yield what Amazon's services would not take."""
    documents = {}
    for path in sorted((project / "deploy" / "aws").glob("*")):
        kind = next((kind for kind in AMAZON if path.name.endswith(f"{kind}.json")), None)
        if kind is None:
            yield f"{path}: no operation takes it"
            continue
        documents[path] = json.loads(path.read_text())
        service, operation = AMAZON[kind]
        model = botocore.session.get_session().get_service_model(service)
        shape = model.operation_model(operation).input_shape
        assert shape is not None
        report = ParamValidator().validate(documents[path], shape)
        if report.has_errors():
            yield f"{path}: {report.generate_report()}"
        elif kind == "schedule":
            yield from check_amazon_cron(path, documents[path]["ScheduleExpression"])
    families = {document.get("family") for document in documents.values()}
    for path, document in documents.items():
        parameters = document.get("Target", {}).get("EcsParameters", {})
        wanted = document.get("taskDefinition") or parameters.get("TaskDefinitionArn")
        if wanted and wanted.rpartition("/")[2] not in families:
            yield f"{path}: no file has the task definition {wanted}"


def check_amazon_cron(path: Path, expression: str) -> Iterator[str]:
    """Yield what EventBridge would not understand; there is no schema for it, so this is ours."""
    number, name = r"\d+(-\d+)?", r"[A-Z]{3}"
    several = rf"(\*|\d+/\d+|{number}(,{number})*)"
    day = rf"({several} {several} \?|\? {several} {name}(,{name})*)"
    if not re.fullmatch(rf"cron\({several} {several} {day} \*\)", expression):
        yield f"{path}: {expression} is no schedule"


def check_fly(project: Path) -> Iterator[str]:
    """Yield what is odd in fly.toml; there is no schema to have, so this is ours."""
    path = project / "deploy" / "fly.toml"
    if not path.exists():
        return
    settings = tomllib.loads(path.read_text())
    known = {"app", "build", "deploy", "env", "http_service", "kill_signal", "kill_timeout"}
    known |= {"primary_region", "processes", "vm"}
    for name in sorted(settings.keys() - known):
        yield f"{path}: unknown part {name}"
    for name in settings.get("http_service", {}).get("processes", []):
        if name not in settings["processes"]:
            yield f"{path}: there is no process {name}"


def check_cloud_run(project: Path) -> Iterator[str]:
    """Yield what is odd in Cloud Run's files; there is no schema to have, so this is ours."""
    kinds = {
        "service.yaml": ("serving.knative.dev/v1", "Service"),
        "migrate-job.yaml": ("run.googleapis.com/v1", "Job"),
        "worker-pool.yaml": ("run.googleapis.com/v1", "WorkerPool"),
    }
    added = {"job": kinds["migrate-job.yaml"], "worker": kinds["worker-pool.yaml"]}
    for path in sorted(project.glob("deploy/cloud-run/*")):
        document = yaml.safe_load(path.read_text())
        prefix = path.name.partition("-")[0]  # worker-send-mail.yaml was added by a generator
        kind = kinds.get(path.name) or added[prefix]
        if (document["apiVersion"], document["kind"]) != kind:
            yield f"{path}: is no {kind}"
        spec = document["spec"]["template"]["spec"]
        spec = spec.get("template", {}).get("spec", spec)
        for container in spec["containers"]:
            unknown = container.keys() - {
                *("args", "command", "env", "image", "livenessProbe", "name", "ports"),
                *("resources", "startupProbe"),
            }
            for name in sorted(unknown):
                yield f"{path}: unknown part {name}"


def run_tool(command: list[str], files: list[Path]) -> Iterator[str]:
    """Run a checker on files; yield what it says if it fails."""
    if not files:
        return
    tool = shutil.which(command[0], path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    if tool is None:
        yield f"{command[0]} is missing, so nothing was checked with it"
        return
    done = subprocess.run(
        [tool, *command[1:], *map(str, files)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        yield f"{command[0]}: exit code {done.returncode}\n{done.stdout}{done.stderr}"


def check_with_tools(projects: list[Path]) -> Iterator[str]:
    """Yield what the tools of the trade say about all projects."""

    def find(pattern: str) -> list[Path]:
        return [path for project in projects for path in sorted(project.glob(pattern))]

    schema = ["check-jsonschema", "--quiet", "--builtin-schema"]
    workflows = find(".github/workflows/*.yml")
    yield from run_tool(["ruff", "check", "--quiet", "--no-cache"], projects)
    yield from run_tool(["ruff", "format", "--quiet", "--check", "--no-cache"], projects)
    yield from run_tool(["hadolint"], find("Dockerfile*"))
    yield from run_tool(["actionlint"], workflows)
    yield from run_tool(["zizmor", "--offline", "--quiet"], workflows)
    yield from run_tool([*schema, "vendor.github-workflows"], workflows)
    yield from run_tool([*schema, "vendor.dependabot"], find(".github/dependabot.yml"))
    yield from run_tool([*schema, "vendor.renovate"], find("renovate.json"))
    yield from run_tool([*schema, "vendor.gitlab-ci"], find(".gitlab-ci.yml"))
    yield from run_tool([*schema, "vendor.compose-spec"], find("compose.yaml"))
    for path in find("compose.yaml"):
        yield from run_tool(["compose-config"], [path])
    manifests = [path for path in find("deploy/kubernetes/*.yaml") if path.stem != "kustomization"]
    yield from run_tool(["kubernetes-validate", "--strict", "--quiet"], manifests)
    yield from run_tool(["promtool", "check", "rules"], find("deploy/observability/alerts.yml"))
    yield from run_tool(["promtool", "test", "rules"], find("deploy/observability/alerts_test.yml"))
    for path in find("deploy/observability/prometheus.yml"):
        yield from run_tool(["promtool", "check", "config"], [path])
    for path in find("justfile"):
        yield from run_tool(["just", "--summary", "--justfile"], [path])
    for path in find("Makefile"):
        yield from run_tool(["make", "--dry-run", "--file", str(path)], [Path("check")])


def check_kustomization(project: Path) -> Iterator[str]:
    """Yield files that the kustomization names and that are missing, or the reverse."""
    folder = project / "deploy" / "kubernetes"
    if folder.exists():
        named = set(yaml.safe_load((folder / "kustomization.yaml").read_text())["resources"])
        there = {path.name for path in folder.iterdir()} - {"kustomization.yaml"}
        there -= {"secret.example.yaml"}
        for name in sorted(named ^ there):
            yield f"{folder}: {name} is named or there, but not both"


PROJECT_CHECKS = (
    check_files,
    check_settings,
    check_probes,
    check_ecs,
    check_fly,
    check_cloud_run,
    check_kustomization,
)


def main() -> int:
    """Check the projects that the command line names."""
    projects = [Path(name).resolve() for name in sys.argv[1:]]
    complaints = [
        line for project in projects for check in PROJECT_CHECKS for line in check(project)
    ]
    complaints += check_with_tools(projects)
    for complaint in complaints:
        print(complaint)
    print(f"{len(projects)} projects, {len(complaints)} complaints")
    return 1 if complaints or not projects else 0


if __name__ == "__main__":
    sys.exit(main())
