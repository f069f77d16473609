"""Combinations of answers: so few that all are rendered, and every pair of choices is in one.

The same program always gives the same combinations.
"""

import itertools
import random
from typing import Any

Answers = dict[str, Any]

LONG_NAME = "a_name_of_forty_letters_that_fits_no_line"[:40]
CHOICES: dict[str, list[Any]] = {
    "package_name": ["ab", LONG_NAME],
    "author": ["nobody", "somebody"],
    "license": ["MIT", "Apache-2.0", "BSD-3-Clause", "GPL-3.0-or-later", "Proprietary"],
    "python_version": ["3.11", "3.12", "3.13", "3.14"],
    "quality_profile": ["standard", "strict"],
    "coverage_threshold": [80, 100],
    "cli_module": [True, False],
    "api_tracks": ["none", "python"],
    "database_module": ["disabled", "postgresql", "mysql", "sqlite", "mongodb"],
    "orm_choice": ["sqlalchemy", "tortoise", "prisma", "beanie"],
    "task_queue": ["disabled", "celery", "rq", "dramatiq", "arq"],
    "task_scheduler": [False, True],
    "auth_module": ["disabled", "jwt", "session"],
    "password_hash": ["argon2", "bcrypt"],
    "oauth_providers": [[], ["google"], ["github"], ["google", "github"]],
    "observability": [
        [],
        ["logging"],
        ["metrics"],
        ["tracing"],
        ["logging", "metrics", "tracing"],
    ],
    "security_scanning": ["disabled", "standard", "strict"],
    "container_support": ["disabled", "docker"],
    "deploy_targets": [[], ["kubernetes", "fly"], ["cloud-run"], ["aws"]],
    "docs_site": ["none", "mkdocs"],
    "task_runner": ["just", "make", "none"],
    "ci_platform": ["github", "gitlab", "none"],
    "dependency_updates": ["dependabot", "renovate", "none"],
}
SEED = 20261121
CANDIDATES = 60
PROBES = 6000

# Answers that must be refused, and words of the message that says what to choose instead.
INVALID: list[tuple[Answers, str]] = [
    ({"auth_module": "jwt"}, "api_tracks=python"),
    ({"auth_module": "jwt", "api_tracks": "python"}, "database_module=postgresql"),
    ({"database_module": "mongodb", "orm_choice": "sqlalchemy"}, "orm_choice=beanie"),
    ({"database_module": "mongodb", "orm_choice": "tortoise"}, "orm_choice=beanie"),
    ({"database_module": "mongodb", "orm_choice": "prisma"}, "orm_choice=beanie"),
    ({"database_module": "mysql", "orm_choice": "beanie"}, "orm_choice=sqlalchemy"),
    (
        {"database_module": "mysql", "orm_choice": "prisma", "container_support": "docker"},
        "orm_choice=sqlalchemy",
    ),
    (
        {"auth_module": "jwt", "api_tracks": "python", "database_module": "mongodb"},
        "database_module=postgresql",
    ),
    (
        {
            "auth_module": "session",
            "api_tracks": "python",
            "database_module": "sqlite",
            "orm_choice": "tortoise",
        },
        "orm_choice=sqlalchemy",
    ),
    ({"observability": ["metrics"]}, "api_tracks=python"),
    ({"observability": ["logging", "tracing"]}, "api_tracks=python"),
    ({"container_support": "docker", "cli_module": False}, "cli_module=true"),
    ({"container_support": "docker", "deploy_targets": ["fly"]}, "api_tracks=python"),
    (
        {
            "container_support": "docker",
            "deploy_targets": ["aws"],
            "api_tracks": "python",
            "database_module": "sqlite",
        },
        "database_module=postgresql",
    ),
    ({"container_support": "docker", "image_registry": "Upper/Case"}, "lower case"),
    ({"ci_platform": "gitlab", "dependency_updates": "dependabot"}, "renovate"),
    ({"coverage_threshold": 101}, "between 0 and 100"),
    ({"repository_url": "git@host:a/b"}, "https://"),
    ({"package_name": "fastapi"}, "taken"),
    (
        {
            "api_tracks": "python",
            "database_module": "sqlite",
            "auth_module": "jwt",
            "password_min_length": 4,
        },
        "between 8 and 64",
    ),
]


def is_valid(answers: Answers) -> bool:
    """Tell whether the template accepts answers: the same rules as its validators."""
    api = answers["api_tracks"] == "python"
    tasks = answers["task_queue"] != "disabled"
    database, orm = answers["database_module"], answers["orm_choice"]
    container = answers["container_support"] == "docker"
    signals = set(answers["observability"]) & {"metrics", "tracing"}
    return not (
        (answers["auth_module"] != "disabled" and not (api and database != "disabled"))
        or (answers["auth_module"] != "disabled" and orm != "sqlalchemy")
        or (orm != "sqlalchemy" and database == "disabled")
        or (orm == "prisma" and container)
        or ((orm == "beanie") != (database == "mongodb"))
        or (signals and not api and not tasks)
        or (container and not (answers["cli_module"] or api or tasks))
        or (answers["deploy_targets"] and not (container and (api or tasks)))
        or (answers["deploy_targets"] and database == "sqlite")
        or (answers["task_scheduler"] and not tasks)
        or (answers["password_hash"] == "bcrypt" and answers["auth_module"] == "disabled")
        or (answers["oauth_providers"] and answers["auth_module"] == "disabled")
        or (answers["ci_platform"] == "gitlab" and answers["dependency_updates"] == "dependabot")
    )


def make_combinations() -> list[Answers]:
    """Return combinations that have every pair of choices that can be together."""
    chance = random.Random(SEED)
    probes = [row for _ in range(PROBES) if is_valid(row := _draw(chance))]
    missing = set().union(*(_pairs(row) for row in probes))
    rows: list[Answers] = []
    while missing:
        # Always one that has a pair that is still missing: so this comes to an end.
        wanted = min(missing)
        useful = [row for row in probes if wanted in _pairs(row)]
        drawn = chance.sample(useful, min(CANDIDATES, len(useful)))
        best = max(drawn, key=lambda row: len(_pairs(row) & missing))
        missing -= _pairs(best)
        rows.append(best)
    return [_finish(number, row) for number, row in enumerate(rows, 1)]


def _draw(chance: random.Random) -> Answers:
    return {name: chance.choice(choices) for name, choices in CHOICES.items()}


def _pairs(row: Answers) -> set[tuple[tuple[str, str], tuple[str, str]]]:
    facts = [(name, str(value)) for name, value in row.items()]
    return set(itertools.combinations(facts, 2))


def _finish(number: int, row: Answers) -> Answers:
    answers = dict(row)
    somebody = answers.pop("author") == "somebody"
    answers["project_name"] = f'Combination "{number}"' if somebody else f"Combination {number}"
    if somebody:
        answers["author_name"] = 'Ada "the first" \\ Lovelace'
        answers["author_email"] = "ada@example.org"
        answers["description"] = "It's {said} to be 'fine': 100 % #1 \\ \"quoted\""
        answers["repository_url"] = "https://git.example.org/team/project"
    # Questions that are not asked must not be answered either.
    if answers["container_support"] != "docker":
        del answers["deploy_targets"]
    if answers["database_module"] == "disabled":
        del answers["orm_choice"]
    if answers["auth_module"] == "disabled":
        del answers["password_hash"]
        del answers["oauth_providers"]
    if answers["task_queue"] == "disabled":
        del answers["task_scheduler"]
    return answers


if __name__ == "__main__":
    print(len(make_combinations()))
