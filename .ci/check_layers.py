#!/usr/bin/env python3
"""Fail when a module includes a module above or beside it, or a library that is not its own.

The table is .ci/layers.txt; `a: b c` lets a include b, c and what these may include.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]')
# Libraries that live in one module only.
OWNERS = {
    "yaml.h": "yaml",
    "git2": "vcs",
    "CLI/": "cli",
    "spdlog/": "cli",
    "archive": "source",
    "tommath.h": "value",
    "pcre2.h": "extensions",
    "toml++/": "cli project",
    "nlohmann/": "project",
}


def allowed_modules():
    direct = {}
    for line in (ROOT / ".ci/layers.txt").read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            module, _, rest = line.partition(":")
            direct[module] = rest.split()

    def closure(module):
        found = {module}
        for other in direct[module]:
            found |= closure(other)
        return found

    return {module: closure(module) for module in direct}


def problems(allowed):
    for path in sorted((ROOT / "src").rglob("*")):
        if path.suffix not in (".h", ".cc"):
            continue
        module = path.relative_to(ROOT / "src").parts[0]
        if module not in allowed:
            yield f"{path.relative_to(ROOT)}: module '{module}' is not in .ci/layers.txt"
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            match = INCLUDE.match(line)
            if not match:
                continue
            quote, name = match.groups()
            place = f"{path.relative_to(ROOT)}:{number}"
            target = name.split("/")[0]
            if quote == '"' and target != "scaffold" and target not in allowed[module]:
                yield f"{place}: {module} must not include {name}"
            for prefix, owner in OWNERS.items():
                if quote == "<" and name.startswith(prefix) and module not in owner.split():
                    yield f"{place}: {name} belongs to module {owner}"
                if quote == "<" and name.startswith(prefix) and path.suffix == ".h" and \
                        name.split("/")[0] not in ("CLI", "git2.h", "git2"):
                    yield f"{place}: {name} must stay out of headers"


def main():
    found = list(problems(allowed_modules()))
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
