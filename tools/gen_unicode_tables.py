"""Writes src/value/unicode_tables.{h,cc} and unicode_runs.cc from the running CPython.

Usage: python3 tools/gen_unicode_tables.py src/value      (REQUIRES: CPython 3.11, Unicode 14)

Every code point belongs to a record: its classes, its decimal value and its case mappings. Code
points with one record follow each other in runs, and the table of runs is searched by bisection.
"""

import pathlib
import sys
import unicodedata

FLAGS = [
    ("kPrintable", lambda c: c.isprintable()),
    ("kSpace", lambda c: c.isspace()),
    ("kAlpha", lambda c: c.isalpha()),
    ("kDecimal", lambda c: c.isdecimal()),
    ("kDigit", lambda c: c.isdigit()),
    ("kNumeric", lambda c: c.isnumeric()),
    ("kUpper", lambda c: c.isupper()),
    ("kLower", lambda c: c.islower()),
    ("kTitle", lambda c: unicodedata.category(c) == "Lt"),
    ("kCaseIgnorable", lambda c: is_case_ignorable(c)),
    ("kIdentifierStart", lambda c: c.isidentifier()),
    ("kIdentifierPart", lambda c: ("a" + c).isidentifier()),
]
SPECIAL = 1 << len(FLAGS)
RECORD_BITS = 9
NOTE = "// Made by tools/gen_unicode_tables.py from Unicode %s; do not edit.\n"


def is_case_ignorable(c):
    # Python does not show the property, but its rule for the final sigma skips such characters.
    after_letter = ("A" + c + "\u03a3").lower()[-1] == "\u03c2"
    after_digit = ("1" + c + "\u03a3").lower()[-1] == "\u03c2"
    return after_letter and not after_digit


class Tables:
    def __init__(self):
        self.records = {}
        self.special = {}
        self.runs = []

    def add(self, code):
        c = chr(code)
        flags = sum(1 << bit for bit, (_, test) in enumerate(FLAGS) if test(c))
        texts = (c.upper(), c.lower(), c.title(), c.casefold())
        if any(len(text) != 1 for text in texts):
            flags |= SPECIAL
            index = self.special.setdefault(texts, len(self.special))
            maps = (index, 0, 0, 0)
        else:
            maps = tuple(ord(text) - code for text in texts)
        key = (flags, unicodedata.decimal(c, -1), *maps)
        record = self.records.setdefault(key, len(self.records))
        if not self.runs or self.runs[-1] & ((1 << RECORD_BITS) - 1) != record:
            self.runs.append(code << RECORD_BITS | record)


def header():
    lines = [
        "// Tables behind value/unicode.h.",
        "",
        "#pragma once",
        "",
        "#include <cstddef>",
        "#include <cstdint>",
        "",
        "namespace scaffold::unicode_tables {",
        "",
    ]
    for bit, (name, _) in enumerate(FLAGS):
        lines.append(f"inline constexpr uint16_t {name} = 1 << {bit};")
    lines += [
        "// The mappings are texts of up to three code points: `upper` is an index into kSpecial.",
        f"inline constexpr uint16_t kSpecialCase = 1 << {len(FLAGS)};",
        "",
        "// Case mappings are distances from the code point.",
        "struct Record {",
        "  uint16_t flags;",
        "  int8_t decimal;  // -1: not a decimal digit",
        "  int32_t upper, lower, title, fold;",
        "};",
        "struct SpecialCase {",
        "  char32_t upper[4], lower[4], title[4], fold[4];  // each ends with a zero",
        "};",
        "",
        "// A run is its first code point, then the index of its record in the low bits.",
        f"inline constexpr int kRecordBits = {RECORD_BITS};",
        "extern const uint32_t kRuns[];",
        "extern const size_t kRunCount;",
        "extern const Record kRecords[];",
        "extern const SpecialCase kSpecial[];",
        "",
        "}  // namespace scaffold::unicode_tables",
        "",
    ]
    return "\n".join(lines)


def rows(items, width=98):
    line = " "
    for item in items:
        if len(line) + len(item) + 2 > width:
            yield line + "\n"
            line = " "
        line += " " + item + ","
    yield line + "\n"


def source(body):
    note = NOTE % unicodedata.unidata_version
    return (
        note + '\n#include "value/unicode_tables.h"\n\nnamespace scaffold::unicode_tables {\n'
        "// clang-format off\n\n" + body + "\n// clang-format on\n"
        "}  // namespace scaffold::unicode_tables\n"
    )


def text_initializer(text):
    return "{" + ", ".join(hex(ord(c)) for c in text) + "}"


def main():
    tables = Tables()
    for code in range(0x110000):
        tables.add(code)
    assert len(tables.records) < 1 << RECORD_BITS
    folder = pathlib.Path(sys.argv[1])
    (folder / "unicode_tables.h").write_text(header())
    runs = "const uint32_t kRuns[] = {\n" + "".join(rows(map(hex, tables.runs))) + "};\n"
    runs += f"const size_t kRunCount = {len(tables.runs)};\n"
    (folder / "unicode_runs.cc").write_text(source(runs))
    records = ["{" + ", ".join(map(str, key)) + "}" for key in tables.records]
    specials = ["{" + ", ".join(map(text_initializer, t)) + "}" for t in tables.special]
    body = "const Record kRecords[] = {\n" + "".join(rows(records)) + "};\n\n"
    body += "const SpecialCase kSpecial[] = {\n" + "".join(rows(specials)) + "};\n"
    (folder / "unicode_tables.cc").write_text(source(body))


if __name__ == "__main__":
    main()
