"""Writes template_version_cases.jsonl: tags of a history, and the version that dunamai gives.

Run with dunamai and packaging installed and git in PATH, as
`python make_template_version_cases.py`.
"""

import json
import os
import pathlib
import re
import subprocess
import tempfile

import dunamai
from packaging.version import InvalidVersion, Version

# Each history is a list of commits, each a list of its tags; the last commit is HEAD.
HISTORIES = [
    [[]], [[], []], [["v1.0.0"]], [["v1.0.0"], []], [["v1.0.0"], [], []], [["1.0"], ["v1.1"], []],
    [["v1.0"], ["other"], []], [["other"]], [["other"], []], [["v1.0a1"]], [["v1.0a1"], []],
    [["v1.0.post2"]], [["v1.0.post2"], []], [["v1.0.dev3"]], [["v1.0.dev3"], []], [["1.0-1"]],
    [["1.0-1"], []], [["1.0-foo1"]], [["1.0-foo1"], []], [["1.0r4"]], [["1.0r4"], []],
    [["v1!2.0"]], [["v1!2.0"], []], [["01.02"]], [["1.0rc"], []], [["1.0-alpha.2"], []],
    [["v1.0+meta"]], [["v1.0+meta"], []], [["V1.0"]], [["1.0post"], []], [["1.0.dev"], []],
    [["v1.0", "v2.0"]], [["v2.0"], ["v1.0"], []], [["release-1"], ["v0.1"], [], ["nightly"], []],
    [["1.0a-"]], [["1.0PREVIEW3"], []], [["sub/v1.0"]], [["sub/v1.0"], []],
]


def git(folder, *arguments, date=None):
    environment = dict(os.environ, GIT_CONFIG_GLOBAL="/dev/null", GIT_CONFIG_NOSYSTEM="1")
    for role in ("AUTHOR", "COMMITTER"):
        environment |= {f"GIT_{role}_NAME": "A", f"GIT_{role}_EMAIL": "a@b"}
        environment[f"GIT_{role}_DATE"] = f"@{date or 1700000000} +0000"
    run = subprocess.run(
        ["git", *arguments], cwd=folder, env=environment, check=True, capture_output=True, text=True
    )
    return run.stdout.strip()


def version_of(folder):
    """What Copier shows as the template's version."""
    described = git(folder, "describe", "--tags", "--always")
    try:
        found = dunamai.Version.from_git(
            pattern=dunamai.Pattern.DefaultUnprefixed, path=pathlib.Path(folder)
        )
        return Version(found.serialize(style=dunamai.Style.Pep440))
    except ValueError:
        if re.match(r"^.+-\d+-g\w+$", described):
            base, count, commit = described.rsplit("-", 2)
            described = f"{base}.post{count}+{commit}"
    try:
        return Version(described)
    except InvalidVersion:
        return None


def main():
    rows = []
    for history in HISTORIES:
        with tempfile.TemporaryDirectory() as folder:
            git(folder, "init", "-q", "-b", "main")
            date = 1700000000
            for tags in history:
                date += 1
                git(folder, "commit", "-q", "--allow-empty", "-m", "c", date=date)
                for tag in tags:
                    date += 1
                    git(folder, "tag", "-a", "-m", "t", tag, date=date)
            version = version_of(folder)
            rows.append({"history": history, "version": version and str(version)})
    out = pathlib.Path(__file__).with_name("template_version_cases.jsonl")
    out.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


main()
