"""Draw up valid sets of answers for one Copier template.

Runs inside the Python of the Copier installation under test (compare_copier.py starts it), reads a
request as JSON from standard input and writes one JSON object to standard output. Copier's own
question objects decide what is asked, what the choices are and whether an answer is valid, so that
nothing is guessed about templated defaults, choices, conditions and validators.
"""

import json
import random
import sys
import warnings

import yaml

PLAUSIBLE = {
    "mail": ["jane@example.com"],
    "url": ["https://example.com/project"],
    "repo": ["https://github.com/example/my-project", "my-project", "example/my-project"],
    "python": ["3.11", "3.12"],
    "version": ["1.2.3", "3.11", "1.0"],
    "slug": ["my-project", "my_project"],
    "package": ["my_package", "my-package"],
    "module": ["my_module"],
    "import": ["my_package"],
    "desc": ["A small project that does one thing well.", 'Says "hello" & more: 100% <ok>'],
    "author": ["Jane Doe", "Jörg O'Brien"],
    "name": ["my-project", "My Project", "my_project", "Example"],
    "user": ["jane-doe", "janedoe"],
    "org": ["example-org", "example"],
    "domain": ["example.com"],
    "year": ["2026"],
    "date": ["2026-01-02"],
    "port": ["8080"],
    "path": ["some/folder"],
}
GENERAL = ["my-project", "my_project", "MyProject", "example", "Example Text", "jane@example.com",
           "https://example.com/project", "1.2.3", "3.12", "2026-01-02", "a", "1", "ABC", "abc123",
           "example.com", "5.0", "17.0", "0.1.0", "US", "0123456789"]


def strings_for(name, rng):
    """Candidate texts for a question, the likely ones first."""
    likely = [text for hint, texts in PLAUSIBLE.items() if hint in name.lower() for text in texts]
    rng.shuffle(likely)
    return likely + GENERAL


def structure_for(default, rng):
    """Candidate values for a yaml or json question, in the shape of its default."""
    if isinstance(default, list):
        return [default + default[:1], ["one", "two"], []]
    if isinstance(default, dict):
        return [{**default, "extra": 1}, {}]
    if isinstance(default, bool):
        return [not default]
    if isinstance(default, int):
        return [7]
    return ["text"] if isinstance(default, str) else []


def candidates(question, default, rng):
    """Possible answers, in the order in which to try them."""
    type_name = question.get_type_name()
    if question.choices:
        values = [choice.value for choice in question._formatted_choices if not choice.disabled]
        rng.shuffle(values)
        if question.multiselect:
            return [values[: rng.randint(0, len(values))], values, values[:1], []]
        return values
    if type_name == "bool":
        return [rng.random() < 0.5, True, False]
    if type_name == "int":
        return [rng.randint(1, 20), 1, 8080, 0, 2026, -1]
    if type_name == "float":
        return [rng.choice([0.5, 1.0, 2.25]), 1.0, 0.0]
    if type_name in ("yaml", "json"):
        return structure_for(default, rng)
    return strings_for(question.var_name, rng)


def accepted(question, value):
    """Whether Copier takes this value from a data file."""
    try:
        question.validate_answer(question.parse_answer(value))
        yaml.safe_dump(value)
        return True
    except Exception:
        return False


def choose(question, default, missing, rng, vary):
    """The answer to give, or `missing` to leave the question to its default."""
    keep = not vary or rng.random() < 0.35
    if default is not missing and keep:
        return missing
    for value in candidates(question, default, rng):
        if accepted(question, value):
            return value
    return missing


def draw(worker, rng, vary):
    """Walk through the questionnaire as Copier does and return the answers given on the way."""
    from copier._types import MISSING
    from copier._user_data import AnswersMap, Question

    given = {}
    worker.answers = AnswersMap(init=given, metadata=worker.template.metadata,
                                external=worker._external_data())
    for name, details in worker.template.questions_data.items():
        question = Question(answers=worker.answers, context=worker._render_context(),
                            jinja_env=worker.jinja_env, settings=worker.settings, var_name=name,
                            **details)
        try:
            default = question.get_default()
        except Exception:  # A default that its own validator refuses: an answer is needed.
            default = MISSING
        if not question.get_when():
            worker.answers.hide(name)
            if default is not MISSING:
                worker.answers.user[name] = default
            continue
        answer = choose(question, default, MISSING, rng, vary)
        if answer is not MISSING:
            given[name] = answer
            worker.answers.user[name] = question.parse_answer(answer)
        elif default is not MISSING:
            worker.answers.user[name] = default
    return given


def main():
    warnings.simplefilter("ignore")
    from copier._main import Worker
    from copier._types import Phase

    request = json.load(sys.stdin)
    sets = []
    for wanted in request["sets"]:
        rng = random.Random(wanted["seed"])
        try:
            with Worker(src_path=request["template"], dst_path=request["destination"],
                        vcs_ref=wanted["ref"], defaults=True, unsafe=True, quiet=True,
                        skip_tasks=True) as worker, Phase.use(Phase.PROMPT):
                data = draw(worker, rng, wanted["vary"])
            text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False) if data else ""
            flat = {k: v for k, v in data.items() if isinstance(v, (str, bool, int))}
            sets.append({"data": text, "flat": flat if flat == data else None, "error": None})
        except BaseException as error:  # What cannot be asked is still rendered, with no answers.
            sets.append({"data": "", "flat": None, "error": f"{type(error).__name__}: {error}"})
    json.dump({"sets": sets}, sys.stdout)


if __name__ == "__main__":
    main()
