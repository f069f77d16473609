"""Makes YAML documents by seed: well-formed ones, near misses and noise.

Used by yaml_differential.py. The same seed gives the same documents.
"""

import random

import yaml

WORDS = (
    "a b key value x-y a_b name é 日本 🎤 yes No on OFF true FALSE null ~ Null = << . .. ... --- - ? : "
    "1 -1 +1 0 -0 00 01 010 08 0x1F 0b101 0o7 1_000 _1 1__0 0x_ 0b_ 1:30 1:60 -1:30:59 190:20:30.5 1.0 "
    "1. .5 -.5 +.5 . ._1 1e3 1.e+3 1.5e3 1.5E-3 .1e+2 1_0.5_0 .inf -.INF +.Inf .nan .NaN -.nan 12e03 "
    "2001-12-14 2001-1-4 2001-13-01 2001-12-14t21:59:43.10-05:00 2001-12-14T21:59:43Z "
    "0000-01-01 99999999999999999999 0x8000000000000000 -9223372036854775808"
).split(" ")
PHRASES = [
    "2001-12-14 21:59:43.10 -5", "2001-12-15 2:59:43", "2001-12-14\t21:59:43 Z", "a b", "a: b", "a #b", "a# b",
    "a:b", "http://x.y/z?q=1#f", "{{ a }}", "{% if x %}y{% endif %}", "it's", 'say "hi"', "C:\\dir", "x y  z",
    "a,b", "a, b", "[x]", "{x}", "@at", "`tick`", "%percent", "!bang", "&amp", "*star", "|", ">", "|-", ">+",
    "'q'", '"q"', "''", '""', '"\\x41\\u00e9\\n\\t\\\\"', '"\\q"', '"a\\\n  b"', "'it''s'", '"a\n  b\n\n c"',
    "'a\n  b\n\n\n c'", "a\n  b", "\u00a0", "\x85", "\u2028", "\ufeff", "\x07", "\x00", "\x7f", "\ud7ff",
]
TAGS = ["!!str", "!!int", "!!float", "!!bool", "!!null", "!!binary", "!!timestamp", "!!omap", "!!pairs", "!!set",
        "!!seq", "!!map", "!", "!x", "!!x", "!<tag:yaml.org,2002:str>", "!<x>", "!e!x", "!<", "!%41", "!!%",
        "!!merge", "!!value", "!!python/tuple", "!<!x>"]
ANCHORS = ["&a", "&b", "&a1", "*a", "*b", "*a1", "&", "*", "&a-b", "*é"]
HEADERS = ["|", ">", "|-", ">-", "|+", ">+", "|2", ">1", "|2-", "|-2", "|0", "|10", "| #c", ">x"]
SOUP = "ab:-?,[]{}#&*!|>'\"%@` \n\n\n\t~<=.01_\\\r\u00e9\u0085\u2028"
PIECES = ["a", "b", ": ", ":", "- ", "-", "? ", "?", ", ", ",", "[", "]", "{", "}", "\n", "\n", "\n  ", "\n    ",
          "\n ", "#c", " #c", " ", "  ", "&a ", "*a", "*a ", "!!str ", "!x ", "'", '"', "'s'", '"d"', "|\n", ">\n",
          "|-\n", "---", "\n---\n", "\n--- ", "...", "\n...\n", "%YAML 1.1\n", "%TAG ! tag:x,2000:\n", "%X y\n",
          "<<: ", "<<: *a", "1", "1:2", "yes", "~", "é", "\t", "\\", "\\\n", "\r\n", "\r", "=", "k: v", "- i",
          "a: b", "\n- ", "\n? ", "\n: "]


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.corpus = []

    # Documents -----------------------------------------------------------------------------------

    def document(self):
        choice = self.random.choice
        make = choice([self.soup, self.pieces, self.pieces, self.lines, self.lines, self.block, self.block,
                       self.block, self.flow, self.dumped, self.dumped, self.scalar, self.mutated,
                       self.mutated, self.mutated, self.merges, self.stream])
        text = make()
        if make != self.mutated and len(text) < 2000:
            if len(self.corpus) < 500:
                self.corpus.append(text)
            else:
                self.corpus[self.random.randrange(500)] = text
        return text

    def encoded(self, text):
        """The bytes of a document, now and then in another encoding or broken."""
        r = self.random.random()
        text = "".join(c for c in text if not "\ud800" <= c <= "\udfff")
        if r < 0.90:
            return text.encode()
        if r < 0.93:
            return b"\xef\xbb\xbf" + text.encode()
        if r < 0.95:
            return b"\xff\xfe" + text.encode("utf-16-le")
        if r < 0.97:
            return b"\xfe\xff" + text.encode("utf-16-be")
        data = bytearray(text.encode())
        data.insert(self.random.randint(0, len(data)), self.random.choice([0x80, 0xC3, 0xFF, 0xED, 0xF5, 0x00]))
        return bytes(data)

    def soup(self):
        return "".join(self.random.choice(SOUP) for _ in range(self.random.randint(1, 24)))

    def pieces(self):
        return "".join(self.random.choice(PIECES) for _ in range(self.random.randint(1, 16)))

    def word(self):
        return self.random.choice(WORDS if self.random.random() < 0.7 else PHRASES)

    def scalar(self):
        r = self.random
        if r.random() < 0.5:
            return "".join(r.choice("0123456789012345+-._:exXbBoOtTzZ ainfINF") for _ in range(r.randint(1, 12)))
        tag = r.choice(TAGS) + " " if r.random() < 0.5 else ""
        return tag + self.word()

    def lines(self):
        r = self.random
        out = []
        for _ in range(r.randint(1, 8)):
            line = " " * r.choice([0, 0, 0, 1, 2, 2, 4])
            for _ in range(r.randint(1, 3)):
                line += r.choice([self.word, self.word, lambda: "- ", lambda: "? ", lambda: ": ",
                                  lambda: r.choice(TAGS) + " ", lambda: r.choice(ANCHORS) + " ",
                                  lambda: r.choice(HEADERS), lambda: "k: ", lambda: " # c", self.flow])()
            out.append(line)
        return r.choice(["\n", "\n", "\n", "\r\n", "\n\n"]).join(out)

    def properties(self):
        r = self.random
        out = ""
        if r.random() < 0.12:
            out += r.choice(TAGS) + " "
        if r.random() < 0.10:
            out += "&" + r.choice("abcd") + " "
        return out

    def plain(self):
        r = self.random
        if r.random() < 0.06:
            return "*" + r.choice("abcd")
        return self.properties() + self.word()

    def flow(self, depth=0):
        r = self.random
        if depth > 3 or r.random() < 0.4:
            return self.plain()
        gap = r.choice(["", " ", " ", "\n ", " # c\n "])
        items = []
        for _ in range(r.randint(0, 4)):
            if r.random() < 0.5:
                items.append(r.choice(["", "? "]) + self.flow(depth + 1) + r.choice([": ", ":", " : "]) +
                             self.flow(depth + 1))
            else:
                items.append(self.flow(depth + 1))
        body = ("," + gap).join(items) + r.choice(["", "", "", ",", ",,"])
        return self.properties() + r.choice(["[%s]", "{%s}"]) % (gap + body + gap)

    def block(self, indent=0, depth=0):
        r = self.random
        pad = " " * indent
        if depth > 3 or r.random() < 0.25:
            return self.leaf(indent)
        out = []
        sequence = r.random() < 0.4
        for _ in range(r.randint(1, 4)):
            step = r.choice([1, 2, 2, 2, 4])
            comment = r.choice(["", "", "", " # note", "\n# note", "\n"])
            nested = self.block(indent + step, depth + 1) if r.random() < 0.45 else None
            if sequence:
                head = "-"
            elif r.random() < 0.08:
                head = "? " + self.plain() + "\n" + pad + ":"
            else:
                head = self.plain() + r.choice([":", ":", ":", " :"])
            if nested is None:
                out.append(pad + head + " " + self.leaf(indent))
            elif sequence and r.random() < 0.4:
                out.append(pad + "-" + " " * (step - 1 if step > 1 else 1) + nested.lstrip(" "))
            else:
                out.append(pad + head + " " + self.properties() + comment + "\n" + nested)
        return "\n".join(out)

    def leaf(self, indent):
        r = self.random
        if r.random() < 0.15:
            pad = " " * (indent + r.choice([1, 2, 2, 3]))
            body = [r.choice(["", "  "]) + self.word() if r.random() < 0.8 else "" for _ in range(r.randint(0, 4))]
            return self.properties() + r.choice(HEADERS[:10]) + "\n" + "\n".join(pad + b for b in body)
        if r.random() < 0.2:
            return self.flow(1)
        return self.plain()

    def merges(self):
        r = self.random
        out = ["a: &a {x: 1, y: [2]}", "b: &b\n  <<: *a\n  x: 3", "c: &c [*a, *b]", "d: &d {<<: [*a, *b], z: *a}"]
        r.shuffle(out)
        for _ in range(r.randint(1, 4)):
            out.append(r.choice([
                "e:\n  <<: *" + r.choice("abcd"), "<<: *" + r.choice("abcd"), "<<: [*a, {q: 1}]", "? *a\n: 1",
                "f: *" + r.choice("abcde"), "<<: 1", "<<: [1]", "g: {<<: {a: 1}, <<: {a: 2, b: 3}, b: 4}",
                "? [1, 2]\n: x", "? {a: b}\n: x", "=: 1", "h: !!set {a, b}", "i: !!omap [a: 1, b: 2]",
                "j: !!pairs [a: 1, a: 2]", "k: !!binary aGVsbG8=", "x: &x [*x]", "'<<': *a", "a: 2", "y: =",
                "!!str <<: {z: 1}", "l: !!set {1, 1.0, true}", "m: {1: a, 1.0: b, true: c}"]))
        return "\n".join(out)

    def stream(self):
        r = self.random
        out = ""
        for _ in range(r.randint(1, 3)):
            out += r.choice(["", "", "%YAML 1.1\n", "%YAML 1.2\n", "%YAML 2.0\n", "%TAG !e! tag:e.org,2000:\n",
                             "%TAG ! !\n%TAG ! !\n", "%FOO bar\n", "# c\n"])
            out += r.choice(["---\n", "--- ", "---", "", "--- # c\n", "--- |\n"])
            out += self.block() + r.choice(["\n", "\n...\n", "\n... # c\n", "", "\n...\n...\n", "\n... x\n"])
        return out

    def value(self, depth=0):
        r = self.random
        kind = r.randint(0, 9 if depth < 4 else 5)
        if kind <= 1:
            return self.word()
        if kind == 2:
            return r.choice([None, True, False, 0, 1, -7, 10**20, 1.5, 1e20, 1e-7, float("inf"), -0.0])
        if kind == 3:
            return "".join(r.choice("ab \n:#-'\"{}[],&*!|>%@`\té\x07\u2028🎤\\") for _ in range(r.randint(0, 30)))
        if kind == 4:
            return " ".join(self.word() for _ in range(r.randint(1, 30)))
        if kind == 5:
            return self.scalar()
        if kind <= 7:
            return [self.value(depth + 1) for _ in range(r.randint(0, 4))]
        return {self.key(): self.value(depth + 1) for _ in range(r.randint(0, 4))}

    def key(self):
        r = self.random
        return r.choice([self.word(), self.word(), r.randint(-2, 9), None, True, 1.5, self.scalar()])

    def dumped(self):
        r = self.random
        return yaml.safe_dump(
            self.value(), indent=r.choice([None, 2, 4, 7]), width=r.choice([20, 80, 1000]),
            default_flow_style=r.choice([True, False, None]), allow_unicode=r.random() < 0.5, sort_keys=False,
            default_style=r.choice([None, None, None, "'", '"', "|", ">"]), explicit_start=r.random() < 0.2,
            canonical=r.random() < 0.1)

    def mutated(self):
        r = self.random
        if not self.corpus:
            return self.block()
        text = r.choice(self.corpus)
        for _ in range(r.randint(1, 4)):
            i = r.randint(0, len(text))
            j = min(len(text), i + r.randint(0, 6))
            action = r.randint(0, 5)
            if action == 0:
                text = text[:i] + text[j:]
            elif action == 1:
                text = text[:i] + r.choice(PIECES) + text[i:]
            elif action == 2:
                text = text[:i] + r.choice(SOUP) + text[i + 1:]
            elif action == 3:
                text = text[:j] + text[i:]
            elif action == 4:
                text = text[:i] + self.word() + text[i:]
            else:
                text = text[:i] + r.choice(self.corpus)[:20] + text[i:]
        return text[:3000]
