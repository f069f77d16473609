#!/usr/bin/env python3.11
"""Write src/value/unicode_tables.cc: what CPython 3.11's str knows about each code point.

Every fact is asked of the running interpreter's str methods and unicodedata, so that our str
methods agree with that Python. Usage: python3.11 tools/gen_unicode_tables.py
"""

import pathlib
import sys
import unicodedata

OUTPUT = pathlib.Path(__file__).resolve().parent.parent / "src/value/unicode_tables.cc"
LIMIT = 0x110000
CATEGORIES = ("Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Zs Zl Zp "
              "Cc Cf Cs Co Cn").split()
# In the order of the bits in unicode_tables.h.
FLAGS = (
    lambda c: c.isprintable(),
    lambda c: c.isspace(),
    lambda c: c.isalpha(),
    lambda c: c.isdecimal(),
    lambda c: c.isdigit(),
    lambda c: c.isnumeric(),
    lambda c: c.isupper(),
    lambda c: c.islower(),
    lambda c: unicodedata.category(c) == "Lt",
    lambda c: (c + "a").title()[-1] == "a",  # cased: a letter after it is in lower case
    lambda c: ends_final("A" + c) and not ends_final(c),  # case-ignorable: sigma looks past it
    lambda c: c.isidentifier(),
    lambda c: ("a" + c).isidentifier(),
    lambda c: unicodedata.east_asian_width(c) in "WF",
)


def ends_final(text):
    """Whether a capital sigma after `text` is lowered to a final sigma."""
    return (text + "\u03a3").lower()[-1] == "\u03c2"


def record_of(code):
    char = chr(code)
    flags = sum(1 << bit for bit, holds in enumerate(FLAGS) if holds(char))
    return flags, unicodedata.decimal(char, -1), CATEGORIES.index(unicodedata.category(char))


def two_stages(items, shift):
    """Split into blocks of 2**shift items, each distinct block once."""
    blocks, stage1, stage2 = {}, [], []
    for start in range(0, len(items), 1 << shift):
        block = tuple(items[start:start + (1 << shift)])
        if block not in blocks:
            blocks[block] = len(blocks)
            stage2.extend(block)
        stage1.append(blocks[block])
    return stage1, stage2


def case_ranges(mapping):
    """Pack (code, delta) pairs as runs (first, last, stride, delta) of equal delta."""
    runs = []
    for code, delta in mapping:
        if runs:
            first, last, stride, old = runs[-1]
            step = code - last
            if old == delta and step <= 2 and (stride in (0, step)):
                runs[-1] = (first, code, step, delta)
                continue
        runs.append((code, code, 0, delta))
    return [(first, last, stride or 1, delta) for first, last, stride, delta in runs]


def rows(numbers):
    """Rows of numbers; the commas need no blanks in what nobody reads."""
    line, lines = "  ", []
    for number in numbers:
        if len(line) + len(str(number)) + 1 > 100:
            lines.append(line)
            line = "  "
        line += f"{number},"
    return "\n".join(lines + [line])


def packed(entries):
    """Rows of `{...},` entries, as many as fit on a line."""
    line, lines = "   ", []
    for entry in entries:
        text = f" {{{entry}}},"
        if len(line) + len(text) > 100:
            lines.append(line)
            line = "   "
        line += text
    return lines + [line]


def case_tables(name, function):
    simple, special = [], []
    for code in range(LIMIT):
        mapped = function(chr(code))
        if len(mapped) > 1:
            special.append((code, [ord(c) for c in mapped]))
        elif ord(mapped) != code:
            simple.append((code, ord(mapped) - code))
    runs = case_ranges(simple)
    out = [f"const CaseRange k{name}Ranges[] = {{"]
    out += packed(f"{f:#x}, {l:#x}, {s}, {d}" for f, l, s, d in runs)
    out += ["};", f"const size_t k{name}RangeCount = {len(runs)};",
            f"const CaseExpansion k{name}Expansions[] = {{"]
    out += packed(f"{code:#x}, {{" + ", ".join(f"{m:#x}" for m in mapped + [0] * (3 - len(mapped)))
                  + "}" for code, mapped in special)
    out += ["};", f"const size_t k{name}ExpansionCount = {len(special)};", ""]
    return out


def main():
    if sys.version_info[:2] != (3, 11):
        sys.exit("run this with Python 3.11, whose Unicode version is the reference")
    records, indexes = {}, []
    for code in range(LIMIT):
        indexes.append(records.setdefault(record_of(code), len(records)))
    stage1, stage2 = two_stages(indexes, 7)
    assert len(records) <= 256 and max(stage1) < 65536
    out = [
        "// Made by tools/gen_unicode_tables.py from Python "
        f"{sys.version_info[0]}.{sys.version_info[1]}, Unicode {unicodedata.unidata_version}.",
        "// Do not edit.", "", "#include \"value/unicode_tables.h\"", "", "namespace scaffold {", "",
        "// clang-format off", "", "const UnicodeRecord kUnicodeRecords[] = {",
    ]
    out += packed(f"{flags:#x}, {decimal}, {category}" for flags, decimal, category in records)
    out += ["};", "", "const uint16_t kUnicodeStage1[] = {",
            rows(stage1), "};", "", "const uint8_t kUnicodeStage2[] = {", rows(stage2), "};", ""]
    for name, function in (("Upper", str.upper), ("Lower", str.lower), ("Title", str.title),
                           ("Fold", str.casefold)):
        out += case_tables(name, function)
    out += ["// clang-format on", "", "}  // namespace scaffold", ""]
    OUTPUT.write_text("\n".join(out))


if __name__ == "__main__":
    main()
