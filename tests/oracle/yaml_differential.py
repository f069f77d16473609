#!/usr/bin/env python3
"""Compare scaffold's YAML with PyYAML on generated documents.

Usage: yaml_differential.py PROBE [--seed N] [--count N] [--dumps N] [--show N]

PROBE is the binary of the target `yaml_probe`. Loads: the trees, what is refused, and the error texts are
compared. Dumps: each value that both load alike is written with random options and the bytes compared.
Exits with 1 when a tree or a dump differs, when one of the two accepts what the other refuses, or when the
probe dies or does not answer within 10 seconds.
"""

import argparse
import collections
import select
import subprocess
import sys

import yaml

from yaml_documents import Generator

TIMEOUT = 10.0


class Probe:
    def __init__(self, path):
        self.process = subprocess.Popen([path], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(self, words, document):
        request = words.encode() + b"\n" + document
        self.process.stdin.write(b"%d\n%s" % (len(request), request))
        self.process.stdin.flush()
        if not select.select([self.process.stdout], [], [], TIMEOUT)[0]:
            self.process.kill()
            raise TimeoutError(f"no answer to {words} {document!r}")
        size = self.process.stdout.readline()
        if not size:
            raise RuntimeError(f"the probe died of {words} {document!r}")
        answer = self.process.stdout.read(int(size)).decode("utf-8", "surrogatepass")
        status, _, rest = answer.partition("\n")
        return status, rest


def canonical(value):
    """repr(), but with sets in the order of their items' texts."""
    if isinstance(value, list):
        return "[" + ", ".join(map(canonical, value)) + "]"
    if isinstance(value, tuple):
        return "(" + ", ".join(map(canonical, value)) + ")"
    if isinstance(value, set):
        return "set{" + ", ".join(sorted(map(canonical, value))) + "}"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{canonical(k)}: {canonical(v)}" for k, v in value.items()) + "}"
    return repr(value)


def peer(action):
    try:
        return "ok", action()
    except yaml.YAMLError as error:
        return "error YAMLError", str(error)
    except RecursionError:
        return "error RecursionError", ""
    except Exception as error:
        return f"error {type(error).__name__}", str(error)


def is_cyclic(value, above=()):
    """Whether a loaded value contains itself, which scaffold refuses."""
    if not isinstance(value, (list, dict, tuple)):
        return False
    if id(value) in above:
        return True
    above += (id(value),)
    children = value if not isinstance(value, dict) else list(value.values()) + list(value)
    return any(is_cyclic(child, above) for child in children)


def has_no_order(value, sort_keys):
    """Whether a dump depends on the order of a set, which Python leaves to chance."""
    if isinstance(value, set):
        return len(value) > 1 and not (sort_keys and all(isinstance(item, str) for item in value))
    children = list(value.values()) + list(value) if isinstance(value, dict) else value
    return isinstance(value, (list, dict, tuple)) and any(has_no_order(child, sort_keys) for child in children)


class Comparison:
    def __init__(self, probe, show):
        self.probe = probe
        self.counts = collections.Counter()
        self.show = show

    def report(self, kind, document, ours, theirs):
        self.counts[kind] += 1
        if self.counts[kind] <= self.show:
            print(f"{kind}: {document!r}\n  ours   {ours!r}\n  theirs {theirs!r}")

    def load(self, document):
        ours = self.probe.ask("load", document)
        loaded = []
        text = decode(document)
        theirs = peer(lambda: loaded.extend(yaml.load_all(text, Loader=yaml.SafeLoader)))
        if theirs[0] == "ok":
            if any(map(is_cyclic, loaded)):
                self.counts["cyclic"] += 1
                if not ours[0].startswith("error"):
                    self.report("CYCLE ACCEPTED", document, ours, theirs)
                return None
            theirs = "ok", canonical(loaded)
        if ours[0] == "ok" and theirs[0] == "ok":
            if ours[1] != theirs[1]:
                self.report("OTHER TREE", document, ours, theirs)
            else:
                self.counts["same tree"] += 1
                return loaded[0] if len(loaded) == 1 else None
        elif ours[0] == "ok":
            self.report("WRONGLY ACCEPTED", document, ours, theirs)
        elif theirs[0] == "ok":
            self.report("WRONGLY REFUSED", document, ours, theirs)
        elif "unconstructable recursive node" in ours[1]:
            self.counts["cyclic"] += 1
        elif isinstance(text, str) and ours != theirs and "Recursion" not in theirs[0]:
            self.report("other error text", document, ours, theirs)
        else:
            self.counts["same error"] += 1
        return None

    def dump(self, document, options):
        words = " ".join(f"{key}={spell(value)}" for key, value in options.items())
        ours = self.probe.ask("dump " + words, document)
        value = yaml.safe_load(decode(document))
        if has_no_order(value, options["sort_keys"]):
            return
        call = dict(options, line_break={"crlf": "\r\n"}.get(options["line_break"]))
        function = yaml.dump if call.pop("python_tags") else yaml.safe_dump
        theirs = peer(lambda: function(value, **call))
        if theirs[0] == "ok" and any("\ud800" <= c <= "\udfff" for c in theirs[1]):
            return
        if ours[0] == theirs[0] == "ok" and ours[1] == theirs[1]:
            self.counts["same dump"] += 1
        elif ours[0] != "ok" and theirs[0] != "ok":
            self.counts["same dump error"] += 1
        else:
            self.report("OTHER DUMP", (document, options), ours, theirs)


def decode(document):
    """The text, so that errors have their lines; bytes where only PyYAML can tell what they are."""
    try:
        text = document.decode()
        return text
    except UnicodeDecodeError:
        return document


def spell(value):
    return {None: "none", True: "true", False: "false"}.get(value, str(value)) if not isinstance(value, int) \
        or isinstance(value, bool) else str(value)


def random_options(random):
    return {
        "indent": random.choice([2, 2, 4, 4, 1, 7]), "width": random.choice([80, 80, 20, 40, 1000]),
        "sort_keys": random.random() < 0.7, "allow_unicode": random.random() < 0.8,
        "explicit_start": random.random() < 0.1, "explicit_end": random.random() < 0.1,
        "canonical": random.random() < 0.05, "python_tags": random.random() < 0.5,
        "default_style": random.choice(["", "", "", "", "", "'", '"', "|", ">"]),
        "default_flow_style": random.choice([False, False, None, None, True]),
        "line_break": random.choice(["lf", "lf", "lf", "crlf"]),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("probe")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=10000)
    parser.add_argument("--dumps", type=int, default=3, help="dumps of each value")
    parser.add_argument("--show", type=int, default=3, help="findings shown of each sort")
    arguments = parser.parse_args()
    generator = Generator(arguments.seed)
    comparison = Comparison(Probe(arguments.probe), arguments.show)
    for _ in range(arguments.count):
        document = generator.encoded(generator.document())
        value = comparison.load(document)
        if value is not None:
            for _ in range(arguments.dumps):
                comparison.dump(document, random_options(generator.random))
    print(f"seed {arguments.seed}:", ", ".join(f"{n} {kind}" for kind, n in sorted(comparison.counts.items())))
    return 1 if any(kind.isupper() for kind in comparison.counts) else 0


if __name__ == "__main__":
    sys.exit(main())
