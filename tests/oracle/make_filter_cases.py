#!/usr/bin/env python3
"""Write the case files of filters, tests and extensions from what the real packages print.

Needs jinja2, copier, cookiecutter, jinja2-ansible-filters, jinja2-strcase and jinja2-time of PyPI.
The lists of templates are in filter_templates.py and extension_templates.py beside this script.
"""

import copy
import json
import os
import pathlib
import tempfile
import time
import warnings

import jinja2
import yaml
from copier._jinja_ext import SandboxedEnvironment
from copier._main import Worker

import extension_templates
import filter_templates

CASES = pathlib.Path(__file__).resolve().parents[1] / "cases"


def render(environment, template, context):
    try:
        return "out", str(environment.from_string(template).render(**copy.deepcopy(context)))
    except Exception as error:  # noqa: BLE001  the class and the text are the expectation
        return "error", f"{type(error).__name__}: {error}"


def write(path, note, options, context, results, heading="env"):
    lines = [f"=== note\n{note}"]
    if options:
        lines.append(f"=== {heading}\n" + json.dumps(options))
    if context:
        lines.append("=== context\n" + json.dumps(context, ensure_ascii=False))
    for number, (template, kind, text) in enumerate(results, 1):
        lines.append(f"=== in {number}\n{template}")
        lines.append(f"=== {kind} {number}\n{text}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")


def write_group(folder, groups, make_environment):
    for name, group in groups.items():
        options = group.get("env", {})
        context = group.get("context", {})
        environment = make_environment(options)
        results = []
        for expression in group["cases"]:
            template = expression if "{%" in expression or "{{" in expression \
                else "{{ " + expression + " }}"
            results.append((template, *render(environment, template, context)))
        write(CASES / folder / f"{name}.case", group["note"], options, context, results)


def jinja_environment(options):
    return jinja2.Environment(**options)


def extension_environment(options):
    return SandboxedEnvironment(keep_trailing_newline=True, **options)


def copier_environment(envops):
    """What Copier itself makes for a template with these _envops."""
    with tempfile.TemporaryDirectory() as folder:
        manifest = pathlib.Path(folder, "copier.yml")
        manifest.write_text(yaml.safe_dump({"_envops": envops} if envops else {"a": 1}))
        worker = Worker(src_path=folder, dst_path=pathlib.Path(folder, "out"))
        return worker.jinja_env


def write_copier_group(groups):
    for name, group in groups.items():
        envops = group.get("envops", {})
        results = []
        for expression in group["cases"]:
            template = expression if any(c in expression for c in ("{%", "{{", "{#", "[%", "[[", "[#")) \
                else "{{ " + expression + " }}"
            if envops and "[" not in expression:
                template = expression if "block_start_string" in envops else "{{ " + expression + " }}"
            template = template.replace("\\n", "\n")
            environment = copier_environment(envops)
            results.append((template, *render(environment, template, group["context"])))
        write(CASES / "copier" / f"{name}.case", group["note"], envops, group["context"], results,
              heading="envops")


def main():
    warnings.simplefilter("ignore")
    os.environ["TZ"] = "UTC"
    os.environ["HOME"] = "/home/me"
    time.tzset()
    write_group("jinja/filters", filter_templates.FILTERS, jinja_environment)
    write_group("jinja/tests", filter_templates.TESTS, jinja_environment)
    write_group("extensions", extension_templates.GROUPS, extension_environment)
    write_copier_group(extension_templates.COPIER)


if __name__ == "__main__":
    main()
