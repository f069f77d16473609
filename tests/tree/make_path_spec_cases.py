"""Writes path_spec_cases.jsonl: patterns and paths of ours, matches by Python's pathspec.

Run with pathspec 1.1 installed, as `python make_path_spec_cases.py`. Patterns are normalised to NFD
first, as Copier does.
"""

import json
import pathlib
import random
import unicodedata
import warnings

from pathspec import PathSpec

warnings.simplefilter("ignore")

FIXED = [
    ["*"], ["*.txt"], ["/a"], ["a/"], ["a"], ["a/*"], ["a/**"], ["**/a"], ["a/**/b"],
    ["*", "!a/b"], ["*", "!/a"], ["a", "!a/b"], ["*.py[co]"], ["~*"], ["[!a]"], ["[^a]"],
    ["[a-c]x"], ["\\#x"], ["#x"], ["\\!x"], ["a b"], ["a\\ "], ["a "], [""], ["a?c"], ["/*"],
    ["/*/"], ["**"], ["**/"], ["foo/bar"], ["/foo/bar/"], ["!a"], ["*", "!*.txt"], ["*", "!*/"],
    ["a*b"], ["a**b"], ["./a"], ["a//b"], ["\\a"], ["\u00e9"], ["{a,b}"], ["a/*/c"], [".git"],
    ["*", "!/foo/keep.txt"],
    # Corners of the syntax.
    ["/"], ["!"], ["a\\"], ["!!a"], ["[z-a]"], ["["], ["[]"], ["[]a]"], ["[!]a]"], ["[a"],
    ["x[!a]y"], ["[[:alpha:]]"], ["[\\]]"], ["[a-]"], ["[-a]"], ["[a\\b]"], ["**/**/a"],
    ["a/**/**/b"], ["a/**/"], ["**/a/**"], ["/**"], ["/**/a"], ["**/*.txt"], ["**foo"], ["foo**"],
    ["a/**b"], ["*/a"], ["*/"], ["**/*/"], ["?"], ["??"], ["\\*"], ["\\?"], ["[*]"], ["a/?/c"],
    ["\u3000a"], ["a\u3000"], ["a\u00a0"], ["\ta"], ["a\t"], ["  "], ["!  "], ["\u0065\u0301*"],
    ["[\u00e0-\u00ff]"], ["caf?"], ["*\u65e5*"], ["copier.yaml", "copier.yml", "~*", "*.py[co]",
     "__pycache__", ".git", ".DS_Store", ".svn"], ["*", "!foo", "!foo/**", "foo/keep.txt"],
    ["a*a*a*a*a*a*a*b"], ["**/a*/**/*b"],
]

PATHS = [
    "a", "a/b", "a/b/c", "x/a", "x/a/b", "x.txt", "a/x.txt", "b", "ax", "cx", "#x", "!x", "a b",
    "a ", "abc", "ac", "foo/bar", "foo/bar/baz", "foo/keep.txt", "x/foo/bar", "y.pyc", "~z", ".git",
    ".git/config", "x/.git", "\u00e9", "axxb", "a/x/b", "a/x/c", "{a,b}", "e\u0301", "[", "[]", "]",
    "-", "\\", "xay", "xby", "x/y", "afoo", "foob", "a/b/x/b", "*", "?", "caf\u00e9", "cafe",
    "caf\u00e9/x", "\u65e5\u672c", "a\u65e5b", "\u3000a", "a\u3000", "\ta", "copier.yml",
    "a/copier.yaml", "__pycache__/x.pyc", "a/.DS_Store", "a" * 40, "aaaaaaaab", "x/ab/y/zb", "a\n",
    "a\nb", "a/b\n", ":]", "l:]",
]


def row(patterns, paths):
    data = {"patterns": patterns, "paths": paths}
    try:
        normal = [unicodedata.normalize("NFD", pattern) for pattern in patterns]
        spec = PathSpec.from_lines("gitignore", normal)
        data["match"] = [spec.match_file(path) for path in paths]
    except Exception as error:  # the texts are part of the behaviour
        data["error"] = str(error)
    return data


def random_rows(count):
    chance = random.Random(20260101)
    pieces = ["a", "b", "*", "**", "?", "/", "/", "a", "[ab]", "[!a]", "!", "\\", ".", "ab", " "]
    names = ["a", "b", "ab", "ba", ".a", "a.b", "aab", "c", "abc"]
    for _ in range(count):
        patterns = [
            "".join(chance.choices(pieces, k=chance.randint(1, 6)))
            for _ in range(chance.randint(1, 3))
        ]
        paths = sorted(
            {"/".join(chance.choices(names, k=chance.randint(1, 4))) for _ in range(12)}
        )
        yield row(patterns, paths)


def main():
    rows = [row(patterns, PATHS) for patterns in FIXED] + list(random_rows(400))
    out = pathlib.Path(__file__).with_name("path_spec_cases.jsonl")
    with out.open("w", encoding="utf-8") as file:
        for data in rows:
            file.write(json.dumps(data) + "\n")


main()
