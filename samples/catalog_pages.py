#!/usr/bin/env python3
"""What is made from the catalog of modules: docs/template.md's tables, and a workflow for each module.

Without --write it tells what is behind. Needs PyYAML.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "template"
PAGE = ROOT / "docs" / "template.md"
WORKFLOWS = ROOT / ".github" / "workflows"
BEGIN, END = "<!-- made by samples/catalog_pages.py: {} -->", "<!-- end -->"


def read_catalog() -> dict[str, dict[str, Any]]:
    """Return the modules by name."""
    return yaml.safe_load((TEMPLATE / "modules.yml").read_text("utf-8"))["modules"]


def read_questions() -> dict[str, dict[str, Any]]:
    """Return the questions that are asked, by name."""
    questions = yaml.safe_load((TEMPLATE / "copier.yml").read_text("utf-8"))
    return {
        name: question
        for name, question in questions.items()
        if not name.startswith("_") and question.get("when") is not False
    }


def code(values: list[str]) -> str:
    """Return texts as code, separated by commas."""
    return ", ".join(f"`{value}`" for value in values)


def spell(value: object) -> str:
    """Return an answer as it is written behind --data."""
    return value if isinstance(value, str) else json.dumps(value)


def module_rows(catalog: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Yield the table of modules."""
    yield "| module | switched on by | needs | depends on | samples | maturity | never run |"
    yield "|---|---|---|---|---|---|---|"
    for name, module in catalog.items():
        enable = [f"{key}={spell(value)}" for key, value in module.get("enable", {}).items()]
        needs = module.get("requires", []) or []
        more = [*module.get("needs", []), *(f"not {text}" for text in module.get("avoids", []))]
        cells = [
            f"**{module['title']}** (`{name}`)",
            code(enable) or "what needs it",
            "; ".join([*([code(needs)] if needs else []), *more]),
            ", ".join(module.get("dependencies", [])),
            ", ".join(module["samples"]),
            module["maturity"],
            "; ".join(module.get("only_rendered", [])),
        ]
        yield "| " + " | ".join(cells) + " |"


def describe_choices(question: dict[str, Any]) -> str:
    """Return what a question takes."""
    choices = question.get("choices")
    if isinstance(choices, str):
        return "depends on other answers"
    if not choices:
        return {"bool": "`true`, `false`", "int": "a number"}.get(question["type"], "a text")
    values = choices.values() if isinstance(choices, dict) else choices
    values = [value["value"] if isinstance(value, dict) else value for value in values]
    return ("any of " if question.get("multiselect") else "") + code([str(value) for value in values])


def question_rows(questions: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Yield the table of questions."""
    yield "| question | | answers | default |"
    yield "|---|---|---|---|"
    for name, question in questions.items():
        default = spell(question["default"])
        if "{" in default:
            default = "follows other answers"
        elif default:
            default = code([default])
        yield f"| `{name}` | {question['help']} | {describe_choices(question)} | {default} |"


def make_page(text: str) -> str:
    """Return the page with its tables made anew."""
    tables = {
        "modules": "\n".join(module_rows(read_catalog())),
        "questions": "\n".join(question_rows(read_questions())),
    }
    for name, table in tables.items():
        begin = BEGIN.format(name)
        before, _, rest = text.partition(begin)
        _, _, after = rest.partition(END)
        text = f"{before}{begin}\n\n{table}\n\n{END}{after}"
    return text


def make_workflow(name: str, module: dict[str, Any]) -> str:
    """Return the workflow that runs a module's samples when one of its files changes."""
    folders = [f"template/files/modules/{folder}/**" for folder in module["files"]]
    paths = [*folders, "template/copier.yml", "template/modules.yml"]
    listed = "".join(f"      - {path}\n" for path in paths)
    return (
        f"# Made by samples/catalog_pages.py.\n"
        f"name: module {name}\n\n"
        f"on:\n  pull_request:\n    paths:\n{listed}\n"
        f"permissions:\n  contents: read\n\n"
        f"jobs:\n  samples:\n    uses: ./.github/workflows/samples.yml\n"
        f"    with:\n      names: {' '.join(module['samples'])}\n"
    )


def make_files() -> dict[Path, str]:
    """Return each file that is made, and its text."""
    files = {PAGE: make_page(PAGE.read_text("utf-8"))}
    for name, module in read_catalog().items():
        files[WORKFLOWS / f"module-{name.replace('_', '-')}.yml"] = make_workflow(name, module)
    return files


def stale_files() -> Iterator[str]:
    """Yield complaints about files that are not as they would be made."""
    files = make_files()
    for path, text in files.items():
        if not path.exists() or path.read_text("utf-8") != text:
            yield f"{path.relative_to(ROOT)} is behind: samples/catalog_pages.py --write"
    for path in sorted(set(WORKFLOWS.glob("module-*.yml")) - files.keys()):
        yield f"{path.relative_to(ROOT)} is of no module"


def main() -> int:
    """Run the command."""
    if sys.argv[1:] == ["--write"]:
        for path, text in make_files().items():
            path.write_text(text, "utf-8")
    complaints = list(stale_files())
    print("\n".join(complaints), end="\n" if complaints else "")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
