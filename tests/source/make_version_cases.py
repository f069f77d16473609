"""Writes version_cases.jsonl: version texts of ours, read by Python's packaging.

Run with packaging installed, as `python make_version_cases.py`.
"""

import json
import pathlib
import random

from packaging.version import InvalidVersion, Version

FIXED = [
    "1.0", "v1.0", "V1.0", "1.0.0", "1.0a1", "1.0.a1", "1.0-a1", "1.0alpha1", "1.0b2", "1.0rc1",
    "1.0c1", "1.0.dev1", "1.0a1.dev2", "1.0.post1", "1.0-1", "1.0.post1.dev3", "1!1.0",
    "1.0+local", "1.0+local.1", "1.0+2", "1.0+10", "1.0+a", "2020.01.05",
    "0.0.0.post3.dev0+abc123", "2.0.0.post1.dev0+904d4f4", " 1.0 ", "1.0.0-alpha", "v3.0.0-alpha",
    "1.0-rev3", "1.0r4", "1.0pre1", "1.0preview1", "1_0", "1.0_a_1", "01.02", "1", "release-1",
    "latest", "1.0.x", "", "v", "1..0", "1.0-", "1.0+", "1.0+_", "v1.0-2-gabc", "1.0.0.0.0",
    "99999999999999999999999.1", "1.0.dev99999999999999999999", "1.0+0001", "1.0+A.B_c-d",
    "\t1.0\n", "1.0a-", "1.0a.1", "1.0-a-1", "1.0.post", "1.0-post-1", "1.0dev", "1.0-dev_3", "0!1",
    "1.0+.", "vv1", "1.0 a1", "1!", "!1", "1.0rc", "1.0.c", "1.0.r", "1.0-r-2.dev",
]


def describe(text):
    try:
        version = Version(text)
    except InvalidVersion:
        return {"in": text, "invalid": True}
    return {
        "in": text,
        "text": str(version),
        "public": version.public,
        "base": version.base_version,
        "local": version.local or "",
        "pre": version.is_prerelease,
        "post": version.is_postrelease,
        "dev": version.is_devrelease,
        "numbers": [str(version.major), str(version.minor), str(version.micro)],
    }


def random_texts(count):
    chance = random.Random(20260102)
    pieces = ["1", "0", "12", ".", ".", "-", "_", "a", "b", "rc", "c", "alpha", "beta", "pre",
              "preview", "post", "rev", "r", "dev", "+", "!", "v", "x"]
    for _ in range(count):
        yield "1" + "".join(chance.choices(pieces, k=chance.randint(1, 6)))


def main():
    texts = FIXED + list(random_texts(3000))
    rows = [describe(text) for text in dict.fromkeys(texts)]
    valid = [row["in"] for row in rows if "text" in row]
    ordered = sorted(valid, key=Version)
    groups = []
    for text in ordered:
        if groups and Version(groups[-1][-1]) == Version(text):
            groups[-1].append(text)
        else:
            groups.append([text])
    out = pathlib.Path(__file__).with_name("version_cases.jsonl")
    with out.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row) + "\n")
        file.write(json.dumps({"ordered": groups}) + "\n")


main()
