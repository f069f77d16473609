#!/usr/bin/env python3
"""Write src/jinja/unicode_names.bin: the character names of CPython's unicodedata.

usage: python3.11 tools/gen_unicode_names.py

Little-endian: word count (u32), entry count (u32); for each word its length (u8) and text, sorted; for each entry, in the
order of the code points: code point (3 bytes), number of words (u8), word numbers (u16 each). Names that follow from the
code point (CJK ideographs, Hangul syllables and the like) are left to the program."""

import pathlib
import struct
import unicodedata

COMPUTED = ("CJK UNIFIED IDEOGRAPH-", "CJK COMPATIBILITY IDEOGRAPH-", "HANGUL SYLLABLE ", "TANGUT IDEOGRAPH-",
            "NUSHU CHARACTER-", "KHITAN SMALL SCRIPT CHARACTER-")
# unicodedata finds characters by their aliases but does not list them; these are the ones of the control characters.
CONTROL_ALIASES = """NULL|START OF HEADING|START OF TEXT|END OF TEXT|END OF TRANSMISSION|ENQUIRY|ACKNOWLEDGE|ALERT|BACKSPACE|
CHARACTER TABULATION|HORIZONTAL TABULATION|LINE FEED|NEW LINE|END OF LINE|LINE TABULATION|VERTICAL TABULATION|FORM FEED|
CARRIAGE RETURN|SHIFT OUT|SHIFT IN|DATA LINK ESCAPE|DEVICE CONTROL ONE|DEVICE CONTROL TWO|DEVICE CONTROL THREE|
DEVICE CONTROL FOUR|NEGATIVE ACKNOWLEDGE|SYNCHRONOUS IDLE|END OF TRANSMISSION BLOCK|CANCEL|END OF MEDIUM|SUBSTITUTE|ESCAPE|
INFORMATION SEPARATOR FOUR|FILE SEPARATOR|INFORMATION SEPARATOR THREE|GROUP SEPARATOR|INFORMATION SEPARATOR TWO|
RECORD SEPARATOR|INFORMATION SEPARATOR ONE|UNIT SEPARATOR|DELETE|NEXT LINE|NULL|NBSP|SHY|NUL|BEL|BS|TAB|LF|CR|ESC|DEL|NEL|
ZWSP|ZWNJ|ZWJ|LRM|RLM|WJ|BOM|BYTE ORDER MARK|ZERO WIDTH NO-BREAK SPACE"""


def collect():
    names = []
    for code in range(0x110000):
        name = unicodedata.name(chr(code), None)
        if name and not name.startswith(COMPUTED):
            names.append((code, name))
    known = {name for _, name in names}
    for alias in CONTROL_ALIASES.replace("\n", "").split("|"):
        try:
            character = unicodedata.lookup(alias)
        except KeyError:
            continue
        if alias not in known and len(character) == 1:
            names.append((ord(character), alias))
            known.add(alias)
    return sorted(names)


def main():
    names = collect()
    words = sorted({word for _, name in names for word in name.split(" ")})
    number = {word: i for i, word in enumerate(words)}
    out = bytearray(struct.pack("<II", len(words), len(names)))
    for word in words:
        out += bytes([len(word)]) + word.encode("ascii")
    for code, name in names:
        parts = name.split(" ")
        out += code.to_bytes(3, "little") + bytes([len(parts)])
        for part in parts:
            out += struct.pack("<H", number[part])
    path = pathlib.Path(__file__).resolve().parent.parent / "src/jinja/unicode_names.bin"
    path.write_bytes(bytes(out))
    print(f"{path}: {len(names)} names, {len(words)} words, {len(out)} bytes")


main()
