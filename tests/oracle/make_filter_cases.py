#!/usr/bin/env python3
"""Write the case files of filters, tests and extensions from what the real packages print.

Needs jinja2, copier, cookiecutter, jinja2-ansible-filters and jinja2-time of PyPI. The lists of
templates are in filter_templates.py and extension_templates.py beside this script.
"""

import json
import os
import pathlib
import time
import warnings

import jinja2
from copier._jinja_ext import SandboxedEnvironment

import extension_templates
import filter_templates

CASES = pathlib.Path(__file__).resolve().parents[1] / "cases"


def render(environment, template, context):
    try:
        return "out", str(environment.from_string(template).render(**context))
    except Exception as error:  # noqa: BLE001  the class and the text are the expectation
        return "error", f"{type(error).__name__}: {error}"


def write(path, note, options, context, results):
    lines = [f"=== note\n{note}"]
    if options:
        lines.append("=== env\n" + json.dumps(options))
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


def main():
    warnings.simplefilter("ignore")
    os.environ["TZ"] = "UTC"
    os.environ["HOME"] = "/home/me"
    time.tzset()
    write_group("jinja/filters", filter_templates.FILTERS, jinja_environment)
    write_group("jinja/tests", filter_templates.TESTS, jinja_environment)
    write_group("extensions", extension_templates.GROUPS, extension_environment)


if __name__ == "__main__":
    main()
