#!/usr/bin/env python3
"""Write the tables of tests/yaml and tests/manifest with the peers' own results.

Run with an interpreter that has PyYAML and copier 9.19.1 (which brings the ansible filters).
"""

import json
import math
import pathlib
import warnings

import yaml
from copier._jinja_ext import SandboxedEnvironment
from copier._tools import cast_to_bool, cast_to_str
from copier._user_data import parse_yaml_list

from yaml_differential import canonical, has_no_order, is_cyclic, peer, random_options, spell
from yaml_documents import Generator

TESTS = pathlib.Path(__file__).resolve().parents[1]

STRINGS = [
    "", " ", "a", "a b", "yes", "No", "on", "OFF", "true", "True", "null", "~", "None", "1", "01", "0x1f", "0o17",
    "1.0", "1.", ".5", "1e3", "1e+3", "-1", "+1", "1_000", "1:30", "2020-01-01", "2020-01-01 10:00:00", ".inf",
    ".nan", "=", "<<", "-", "- a", "-a", "?", "? a", ":", ": a", "a: b", "a:b", "a :b", "a #b", "#a", "a#b", "@a",
    "`a", "%a", "&a", "*a", "!a", "|", ">", "[a", "]a", "{a", "}a", "a,b", "a, b", "a]", "'", "\"", "it's",
    'say "hi"', "'q'", "\\", "\\n", "a\nb", "a\n", "\na", "a\n\nb", "\n", "a\n  b\nc\n", "\t", "a\tb", "a ", " a",
    "  a  ", "é", "日本語", "🎤", "\u00a0", "\u2028", "\ufeff", "\x07", "\x1b[0m", "\x85", "a\r\nb", "x" * 79, "x" * 200,
    "word " * 30, "https://github.com/a/b.git?x=1&y=2", "{{ a }}", "{% if %}", "---", "--- a", "...", "key: [1, 2]",
    "a: 'b'\nc: d", "  lead\n more", "trail \nx", "1,2", "12e03", "0b11", "190:20:30", "y", "n", "Y", "N",
    "!!str a", "a\\b", "C:\\path", "~/x", "/etc", "*.py[co]", "$HOME", "100%", "a:", "a: ",
    "very long text with 'quotes' and \"double\" ones that goes beyond the eighty columns of width " * 2,
]

DOCUMENTS = STRINGS + [
    "[1, 2]", "{a: 1}", "a: 1\nb: [x, y]", "- 1\n- 2", "a: &x 1\nb: *x", "a: !!str 1", "<<: {a: 1}\nb: 2",
    "a: |\n  x\n  y\n", "a: >\n  x\n  y\n", "a: |-\n  x\n", "a: |+\n  x\n\n", "0o7", "010", "08", "1__0", "0.1e1",
    "1e1", "1.e+1", ".1E-2", "+.inf", "-.INF", ".NaN", "2001-12-14t21:59:43.10-05:00", "12:30:45", "12:30:45.5",
    "Null", "NULL", "tRUE", "TRUE", "a: 1\na: 2", "!!int '3'", "!!python/object:os.system x", "? a\n: b",
    "\"a\\u00e9\\x41\\n\"", "'it''s'", "a: [1,\n 2]", "%YAML 1.1\n---\na", "a\n---\nb", "a: b: c", "[", "\tx: 1",
    "a:\n\t- b", "- - 1\n  - 2", "key with space: v", "\"k\": v", "a: ''", "a:", "- ", "[a, , b]", "{a, b: c}",
    "a: 'x\n  y'", "a: \"x\\\n  y\"", "@x", "`x`", "x: @y",
    # Tags and what they refuse.
    "!!int abc", "!!int ''", "!!int 08", "!!int +", "!!int 1:x", "!!bool x", "!!bool Yes", "!!float x", "!!float 1:30.5",
    "!!timestamp x", "!!timestamp 2001-1-1", "2001-13-01", "2001-01-01 25:00:00", "2001-01-01 10:00:00+25:00",
    "!!binary aGVsbG8=", "!!binary é", "!!binary aGV", "!!binary a", "!!null x", "!!int {a: b}", "!!str {=: x}",
    "!!str [a]", "!!seq a", "!!set [a]", "!!set {a}", "!!map a", "!!omap [a: b]", "!!omap a", "!!omap [a]",
    "!!omap [{a: b, c: d}]", "!!pairs [{}]", "!!pairs [a: 1, a: 2]", "!x a", "!x [a]", "! 1", "! '1'", "!", "!<!x> a",
    "!<tag:yaml.org,2002:str> 1", "!e!x a", "!% a", "!!%ff a", "%TAG !e! tag:yaml.org,2002:\n---\n!e!int 1",
    # Mappings, merges, anchors.
    "{[a]: b}", "{{a: b}: c}", "? !!omap [a: b]\n: 1", "{<<: 1}", "{<<: [1]}", "{<<: a}", "{!!str <<: {a: b}}",
    "a: &a {x: 1, y: 2}\nb: {<<: *a, x: 3}", "{<<: [{a: 1, b: 1}, {a: 2, c: 2}], c: 3}", "{1: a, 1.0: b, true: c}",
    "[&a 1, *a, *b]", "[&a 1, &a 2]", "[&a [1], *a, *a]", "a: =", "{=: 1}", "{.nan: 1, .nan: 2}",
    # The grammar's corners.
    "a: b\n c", "a: b\n- c", "- a\nb: c", "a:\n- b\n- c", "a:\n  - b\n c: d", "[a: b, c]", "[? a : b]", "{a: }", "{? a}",
    "{a:1}", "[a:1]", "{'a':1}", "a: [\nb]", "'a\n\n b'", "\"a\\q\"", "\"\\x4\"", "\"\\U00110000\"", "\"a", "'a\n--- b'",
    "a\n--- b\n...\n---\n", "...\na", "a ...", "--- |\n a\n--- >\n b", "|2\n  a\n   b", "|0\n a", "|1-\n a", "|x\n a",
    ">\n a\n b\n\n c\n  d\n e", "a: |\n\n  b\n c", "%YAML 1.2\n---\na", "%YAML 2.0\n---\na", "%YAML 1.1\n%YAML 1.1\n--- a",
    "%YAML x\n--- a", "%FOO bar\n--- a", "%TAG ! a\n%TAG ! b\n--- c", "# only a comment", "a # b", "a\u2028b", "a: b\r\nc: d\r",
    "a\t# b", "a: b\t", "? a\n? b", "? - a\n: - b", "a: *", "&", "&a", "*", "a: &b\nc: *b", "\ufeffa: b", "a: \ufeffb",
    "- [[[[]]]]", "x" * 1100 + ": a", "'" + "x" * 100 + "': [\n'" + "y" * 50 + " @", "]", "a]b", "[a]]", "{a}}", "a: ]",
]

VALUES = STRINGS + [
    None, True, False, 0, 1, -5, 10**20, 1.0, 1.5, 0.1, 1e20, 1e-7, 1e16, 123456789.123, -0.0, float("inf"), [], {},
    [1, [2, [3]]], {"b": 1, "a": [1, {"c": None}], "B": {}, "_c": []}, {"k": "a\nb"}, {"x": {"y": {"z": [{}, [], ""]}}},
    [{"a": 1, "b": 2}, {"a": 3}], {"1": "x", "yes": True}, {"long": "word " * 30}, {"a b": "c d", "é": "ü"}, [[]], [{}],
    {"": ""}, {"key: x": 1}, {"x" * 130: 1}, {"a\nb": 1}, [["a\n"]], {"a": ["b" * 90, "c d " * 40]}, ["a" * 40] * 4,
]

CASTS = STRINGS + [None, True, False, 0, 1, 2, -1, 1.5, 0.0, [], [0], {}, {"a": 1}, "T", " yes ", "0.0", "0e5", "nan",
                   "inf", "-0", "1_0", "t", "f", "NO "]

LISTS = ["[a, b]", "['a', \"b\"]", "[]", "[1, 1.0, true, null]", "[[1, 2], {a: b}]", "- a\n- b", "a", "{a: b}",
         "[\"[\", \"]\"]", "[a b, 'c d']", "[ a ,b ]", "", "[a, 'it''s']", "[{\"k\": 1}]", "- [a,\n   b]\n- |\n  x\n",
         "[&a x, *a]", "[é, 'ü', 日本]", "- a # c\n- - b\n", "[!!str 'a', !!int '1']", "[''', \"']"]


def outcome(function, value, name=None):
    try:
        return {name or "out": function(value)}
    except Exception as error:
        return {"error": type(error).__name__, "text": str(error)}


def load_row(document):
    row = {"in": document}
    try:
        value = yaml.safe_load(document)
    except Exception as error:
        return row | {"error": type(error).__name__, "text": str(error)}
    return row | {"type": type(value).__name__, "repr": repr(value)}


def dump_row(environment, value):
    row = {"in": "__inf__" if isinstance(value, float) and math.isinf(value) else value}
    for name in ("to_nice_yaml", "to_yaml"):
        row[name] = environment.from_string("{{ v|%s }}" % name).render(v=value)
    return row


def cast_row(value):
    row = {"in": value, "bool": cast_to_bool(value)}
    for name, function in (("int", int), ("float", float), ("str", cast_to_str)):
        try:
            row[name] = repr(function(value))
        except Exception as error:
            row[name + "_error"] = f"{type(error).__name__}: {error}"
    return row


def generated_rows(count):
    """A slice of what yaml_differential.py compares, for builds without PyYAML."""
    generator = Generator(11)
    rows = []
    while len(rows) < count:
        document = generator.document()
        if len(document) > 300 or any("\ud800" <= c <= "\udfff" for c in document):
            continue
        loaded = []
        status, text = peer(lambda: loaded.extend(yaml.load_all(document, Loader=yaml.SafeLoader)))
        if any(map(is_cyclic, loaded)) or "Recursion" in status:
            continue
        rows.append({"request": "load\n" + document, "answer": f"{status}\n{canonical(loaded) if status == 'ok' else text}"})
        options = random_options(generator.random)
        if status != "ok" or len(loaded) != 1 or has_no_order(loaded[0], options["sort_keys"]):
            continue
        call = dict(options, line_break={"crlf": "\r\n"}.get(options["line_break"]))
        dump = yaml.dump if call.pop("python_tags") else yaml.safe_dump
        status, text = peer(lambda: dump(loaded[0], **call))
        words = " ".join(f"{key}={spell(value)}" for key, value in options.items())
        if status == "ok":
            rows.append({"request": f"dump {words}\n{document}", "answer": f"ok\n{text}"})
    return rows


def write(path, rows):
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (TESTS / path).write_text(text, encoding="utf-8")
    print(path, len(rows))


def main():
    warnings.simplefilter("ignore")
    environment = SandboxedEnvironment(
        extensions=["jinja2_ansible_filters.AnsibleCoreFiltersExtension"], keep_trailing_newline=True)
    write("yaml/load_cases.jsonl", [load_row(document) for document in DOCUMENTS])
    write("yaml/generated_cases.jsonl", generated_rows(500))
    write("yaml/dump_cases.jsonl", [dump_row(environment, value) for value in VALUES])
    write("manifest/cast_cases.jsonl", [cast_row(value) for value in CASTS])
    write("manifest/yaml_list_cases.jsonl", [{"in": text} | outcome(parse_yaml_list, text) for text in LISTS])


if __name__ == "__main__":
    main()
