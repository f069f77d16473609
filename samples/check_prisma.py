#!/usr/bin/env python3
"""Checks projects with Prisma as far as that goes without its engine, which is fetched from elsewhere.

Prisma's own parser (npm) reads the schema, its Python generator makes the client, and mypy checks the
project with that. Needs node and npm, and what check.py --tools needs but no servers.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from check import Checker, make_tool_environment, newest_version, run

DATABASES = ("postgresql", "mysql", "sqlite")
# The commit of Prisma 5.17.0, for which the Python client is made.
COMMIT = "393aa359c9ad4a4bb28630fb5613f9c281cde053"
PARSER = f"@prisma/prisma-schema-wasm@5.17.0-31.{COMMIT}"
PARSE = """
const parser = require("@prisma/prisma-schema-wasm");
const prismaSchema = require("fs").readFileSync(process.argv[1], "utf8");
parser.validate(JSON.stringify({prismaSchema}));
const model = JSON.parse(parser.get_dmmf(JSON.stringify({prismaSchema})));
const options = {prismaSchema, ignoreEnvVarErrors: true, env: {DATABASE_URL: "none"}};
const config = JSON.parse(parser.get_config(JSON.stringify(options))).config;
console.log(JSON.stringify({model, config}));
"""
GENERATE = """
import json
import pathlib
import sys
import prisma
from prisma.generator.generator import Generator
from prisma.generator.models import PythonData
data = json.loads(pathlib.Path(sys.argv[1]).read_text())
data["generator"]["output"]["value"] = str(pathlib.Path(prisma.__file__).parent)
Generator().generate(PythonData.model_validate(data))
"""


def generate_client(project: Path, work: Path, environment: dict[str, str]) -> None:
    """Do what `prisma generate` does, with the parser alone."""
    schema = project / "schema.prisma"
    found = json.loads(run(["node", "-e", PARSE, str(schema)], work, environment))
    (generator,) = found["config"]["generators"]
    generator |= {"output": {"value": "", "fromEnvVar": None}, "isCustomOutput": False}
    data = {
        "datamodel": schema.read_text(),
        "version": COMMIT,
        "generator": generator,
        "dmmf": found["model"],
        "schemaPath": str(schema),
        "datasources": found["config"]["datasources"],
        "otherGenerators": [],
        "binaryPaths": {},
    }
    file = work / "generate.json"
    file.write_text(json.dumps(data))
    run(["uv", "run", "--no-sync", "python", "-c", GENERATE, str(file)], project, environment)


def check_database(checker: Checker, scaffold: str, template: Path, database: str) -> None:
    """Render a project, make its client and check its types."""
    work = checker.work / database
    work.mkdir()
    project, answers = work / "project", work / "answers.json"
    answers.write_text(
        json.dumps(
            {
                "project_name": "Prisma",
                "package_name": "notes_in_prisma",
                "python_version": "3.11",
                "quality_profile": "strict",
                "api_tracks": "python",
                "database_module": database,
                "orm_choice": "prisma",
            }
        )
    )
    command = [scaffold, "copy", "--quiet", "--defaults", "--data-file", str(answers)]
    run([*command, str(template), str(project)], work, checker.environment)
    environment = make_tool_environment(work)
    run(["npm", "install", "--silent", "--no-save", PARSER], work, environment)
    for tool in (["uv", "sync"], ["uv", "run", "--no-sync", "ruff", "check"]):
        run(tool, project, environment)
    generate_client(project, work, environment)
    run(["uv", "run", "--no-sync", "mypy"], project, environment)


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scaffold", required=True, metavar="PATH", help="the program")
    options = parser.parse_args()
    scaffold = str(Path(options.scaffold).absolute())
    with tempfile.TemporaryDirectory(prefix="prisma-") as folder:
        checker = Checker(Path(folder).resolve())
        template = checker.make_repository(newest_version())
        for database in DATABASES:
            checker.check(
                f"Prisma on {database}: schema, client, types",
                lambda name=database: check_database(checker, scaffold, template, name),
            )
    print(f"{checker.passed} passed, {checker.failed} failed")
    return 1 if checker.failed else 0


if __name__ == "__main__":
    sys.exit(main())
