#!/usr/bin/env python3
"""Fills in the `output` of tests/cases/questionnaire/*.case by running Copier 9.19.1.

Each case holds a copier.yml and what a run is given; the replies are fed to Copier's own questions in
place of a terminal. Needs copier from PyPI.
"""

import fnmatch
import pathlib
import sys
import tempfile
import warnings

import copier
import yaml
from case_files import CASES, read_case, write_case
from copier import _main
from copier._main import Worker
from copier._settings import SettingsModel
from copier._types import Phase

KINDS = {"input": "text", "select": "select", "checkbox": "multiselect"}


class Prompts:
    """Stands where questionary would ask; writes down what it is given."""

    def __init__(self, replies):
        self.replies = list(replies)
        self.lines = []

    def __call__(self, structures, answers):
        [question] = structures
        name = question["name"]
        if not question["when"](answers):
            return answers
        self.describe(question)
        while True:
            if not self.replies:
                self.lines.append("end of input")
                raise EOFError
            answer = self.pick(question, self.replies.pop(0))
            verdict = question["validate"](answer) if "validate" in question else True
            if verdict is True:
                answers[name] = question["filter"](answer)
                return answers
            self.lines.append(f"  refused {verdict!r}")

    def kind(self, question):
        if question["type"] == "input" and question.get("multiline"):
            return "multiline"
        return KINDS.get(question["type"], question["type"])

    def describe(self, question):
        kind = self.kind(question)
        self.lines.append(f"prompt {question['name']} {kind}")
        self.lines.append(f"  message {question['message']!r}")
        self.lines.append(f"  qmark {question['qmark']!r}")
        if question.get("placeholder"):
            self.lines.append(f"  placeholder {question['placeholder']!r}")
        if kind in ("select", "multiselect"):
            for choice in question["choices"]:
                self.lines.append("  " + self.choice(question, choice))
        else:
            self.lines.append(f"  initial {question.get('default', '')!r}")

    def choice(self, question, choice):
        default = question.get("default")
        mark = "x" if choice.checked else ">" if choice is default else "-"
        text = f"{mark} {choice.title!r} {choice.value!r}"
        return f"{text} disabled {choice.disabled!r}" if choice.disabled else text

    @staticmethod
    def pick(question, reply):
        if not isinstance(reply, dict):
            return reply
        titles = reply["pick"]
        if isinstance(titles, list):
            # A checkbox gives what is ticked from the top down.
            return [choice.value for choice in question["choices"] if choice.title in titles]
        return next(choice.value for choice in question["choices"] if choice.title == titles)


def options_of(text):
    options = {"ask": []}
    for line in text.split("\n"):
        if line.startswith("ask "):
            options["ask"].append(line[4:])
        elif line:
            options[line.replace("-", "_")] = True
    return options


def run_case(case, folder):
    template, project = folder / "template", folder / "project"
    template.mkdir()
    project.mkdir()
    (template / "copier.yml").write_text(case["copier.yml"] + "\n")
    (project / ".copier-answers.yml").write_text(case.get("last", "{}") + "\n")

    def section(name, fallback):
        return yaml.safe_load(case.get(name, "")) or fallback

    prompts = Prompts(section("replies", []))
    _main.unsafe_prompt = prompts
    worker = Worker(
        src_path=str(template),
        dst_path=project,
        data=section("data", {}),
        user_defaults=section("user_defaults", {}),
        settings=SettingsModel(defaults=section("settings", {})),
        **options_of(case.get("options", "")),
    )
    lines = prompts.lines
    try:
        with Phase.use(Phase.PROMPT):
            worker._ask()
    except copier.errors.InteractiveSessionError:
        return lines
    except Exception as error:
        return lines + [f"error {readable(error)!r}"]
    lines.append(f"user {dict(worker.answers.user)!r}")
    kept = {key: value for key, value in worker.answers.last.items() if not key.startswith("_")}
    lines.append(f"last {kept!r}")
    lines.append(f"hidden {sorted(worker.answers.hidden)!r}")
    return lines


def readable(error):
    """The text of an error; pydantic's are cut to the sentence that Copier gave."""
    text = str(error.args[0]) if isinstance(error, KeyError) else str(error)
    if "Value error, " in text:
        return text.split("Value error, ")[1].split(" [type=")[0]
    return text


def main():
    wanted = sys.argv[1] if len(sys.argv) > 1 else "*"
    warnings.simplefilter("ignore")
    for path in sorted((CASES / "questionnaire").rglob("*.case")):
        if not fnmatch.fnmatch(path.stem, wanted):
            continue
        case = read_case(path)
        with tempfile.TemporaryDirectory() as folder:
            case["output"] = "\n".join(run_case(case, pathlib.Path(folder)))
        write_case(path, case)


if __name__ == "__main__":
    main()
