#!/usr/bin/env python3
"""Compares the catalog of modules with the template, its documents and the samples.

Needs PyYAML.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from catalog_pages import stale_files

SAMPLES = Path(__file__).resolve().parent
TEMPLATE = SAMPLES.parent / "template"
KEYS = {"title", "questions", "files", "documents", "tests", "samples", "maturity"}
MORE_KEYS = {
    "avoids",
    "dependencies",
    "disable",
    "enable",
    "guide",
    "needs",
    "only_rendered",
    "requires",
}
# What every document about a module tells.
SECTIONS = ("When it goes wrong",)


def check_switch(name: str, module: dict[str, Any], questions: dict[str, Any]) -> Iterator[str]:
    """Yield answers of `enable` and `disable` that the questions do not know."""
    enable, disable = module.get("enable", {}), module.get("disable", {})
    if enable.keys() != disable.keys():
        yield f"{name}: 'enable' and 'disable' are about other questions"
    for question, answer in [*enable.items(), *disable.items()]:
        choices = questions.get(question, {}).get("choices")
        known = list(choices.values()) if isinstance(choices, dict) else choices
        for value in answer if isinstance(answer, list) else [answer]:
            if known is not None and value not in known:
                yield f"{name}: {question} has no choice {value}"


def check_module(
    name: str, module: dict[str, Any], questions: dict[str, Any]
) -> Iterator[str]:
    """Yield what is wrong with one entry."""
    yield from check_switch(name, module, questions)
    for key in sorted(KEYS - module.keys()):
        yield f"{name}: '{key}' is missing"
    for key in sorted(module.keys() - KEYS - MORE_KEYS):
        yield f"{name}: '{key}' is unknown"
    for question in module["questions"]:
        if question not in questions:
            yield f"{name}: there is no question {question}"
    if module["maturity"] not in ("stable", "experimental"):
        yield f"{name}: maturity '{module['maturity']}' is unknown"
    rendered = [SAMPLES / sample / "expected" for sample in module["samples"]]
    for path in [*module["documents"], *module["tests"]]:
        if not any((folder / path).exists() for folder in rendered):
            yield f"{name}: no sample has {path}"
    projects = "".join((folder / "pyproject.toml").read_text() for folder in rendered)
    for package in module.get("dependencies", []):
        if f'"{package}' not in projects:
            yield f"{name}: no sample depends on {package}"


def check_all() -> Iterator[str]:
    """Yield everything that is wrong."""
    catalog = yaml.safe_load((TEMPLATE / "modules.yml").read_text("utf-8"))["modules"]
    modules = list(catalog.values())
    questions = yaml.safe_load((TEMPLATE / "copier.yml").read_text("utf-8"))
    for name, module in catalog.items():
        yield from check_module(name, module, questions)
        for other in module.get("requires", []):
            if other not in catalog:
                yield f"{name}: there is no module {other}"
    listed = [folder for module in modules for folder in module["files"]]
    there = {path.name for path in (TEMPLATE / "files" / "modules").iterdir()}
    for folder in sorted(set(listed) ^ there):
        yield f"files/modules/{folder}: in the catalog or there, but not both"
    for folder in sorted({folder for folder in listed if listed.count(folder) > 1}):
        yield f"files/modules/{folder}: in two modules"
    links = [path for path in (TEMPLATE / "files").iterdir() if path.is_symlink()]
    linked = {Path(link.readlink()).name for link in links}
    for folder in sorted(linked ^ there):
        yield f"files/modules/{folder}: a folder without a link, or the reverse"
    for link in links:
        for flag in re.findall(r"\b(?!if\b|and\b|not\b|endif\b)[a-z_]+\b", link.name):
            if flag not in questions:
                yield f"{link.name}: there is no question {flag}"
    known = {folder.name for folder in SAMPLES.iterdir() if (folder / "answers.yml").exists()}
    used = {sample for module in modules for sample in module["samples"]}
    for sample in sorted(known ^ used):
        yield f"sample {sample}: in the catalog or there, but not both"
    yield from check_documents(modules)


def check_documents(modules: list[dict[str, Any]]) -> Iterator[str]:
    """Yield documents that are linked from nowhere or lack a section; and links to nowhere."""
    for sample in sorted(SAMPLES.glob("*/expected")):
        readme = (sample / "README.md").read_text("utf-8")
        for page in sorted(sample.glob("docs/modules/*.md")):
            name = page.relative_to(sample).as_posix()
            if name not in readme:
                yield f"{sample.parent.name}: README.md has no link to {name}"
            if name not in [path for module in modules for path in module["documents"]]:
                yield f"{sample.parent.name}: no module has {name}"
            for section in SECTIONS:
                if f"\n## {section}\n" not in page.read_text("utf-8"):
                    yield f"{sample.parent.name}: {name} has no section '{section}'"
        for page in [sample / "README.md", *sorted(sample.glob("docs/**/*.md"))]:
            for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
                if not (page.parent / target).exists():
                    yield f"{sample.parent.name}: {page.name} links to {target}, which is not there"


def check_runners() -> Iterator[str]:
    """Yield commands that only one of just and make knows."""
    just = (TEMPLATE / "files/modules/just/justfile.jinja").read_text("utf-8")
    make = (TEMPLATE / "files/modules/make/Makefile.jinja").read_text("utf-8")
    recipes = set(re.findall(r"(?m)^([a-z-]+)(?: [a-z*]+)?:", just)) - {"default"}
    targets = set(re.findall(r"(?m)^([a-z-]+):", make)) - {"help"}
    for name in sorted(recipes ^ targets):
        yield f"{name}: only one of justfile and Makefile has it"


def main() -> int:
    """Run the command."""
    complaints = [*check_all(), *check_runners(), *stale_files()]
    for complaint in complaints:
        print(complaint)
    print(f"{len(complaints)} complaints")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
