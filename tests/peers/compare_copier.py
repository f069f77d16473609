#!/usr/bin/env python3
"""Render public Copier templates with Copier and with scaffold, and compare the results.

    compare_copier.py --copier PATH --corpus DIR [--scaffold BIN] [--templates a,b] [--sets N]

Every folder of the corpus that holds a template is rendered with N sets of answers. Set 1 takes
all defaults (and something plausible where a question has none); the others are drawn at random
from what the template accepts. Trees are compared byte for byte, with permission bits and link
targets; where Copier fails, scaffold must fail with the same message. Copier's results are kept
in the cache folder, so only scaffold runs the second time. Without --scaffold the cache is filled.

Copier renders each case twice: a file that differs between the two runs (random values) need only
exist. With libfaketime installed every run sees the same fixed time.
"""

import argparse
import concurrent.futures
import dataclasses
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import snapshot

HERE = pathlib.Path(__file__).resolve().parent
FORMAT = "1"  # Raise it when what is cached changes.
CLOCK = "2026-01-02 03:04:05"
FAKETIME = [pathlib.Path(p) for p in ("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1",
                                      "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1")]
TIMEOUT = 180
ANSI = re.compile(r"\x1b\[[0-9;]*m")
EXCEPTION_NAME = re.compile(r"^(?:[A-Za-z_]\w*\.)*[A-Z]\w*(?:Error|Exception|Interrupt|Warning)?: ")


@dataclasses.dataclass
class Case:
    template: pathlib.Path
    commit: str
    number: int
    ref: str | None
    data: str  # YAML text for --data-file
    flat: dict | None  # the same as --data arguments, when the values allow it
    key: str = ""
    extra: tuple = ()

    @property
    def name(self):
        ref = f"@{self.ref}" if self.ref else ""
        return f"{self.template.name}{ref}#{self.number}"

    def arguments(self, folder):
        """Arguments after the sub-command name; the destination is the same for both programs."""
        out = ["--trust", "--skip-tasks", "--defaults"]
        if self.ref:
            out += ["--vcs-ref", self.ref]
        if self.flat is not None:
            for name, value in self.flat.items():
                out += ["--data", f"{name}={value}"]
        elif self.data:
            file = folder / "answers.yml"
            file.write_text(self.data, encoding="utf-8")
            out += ["--data-file", str(file)]
        return [*out, *self.extra, str(self.template), str(folder / "my-project")]


def environment(home):
    """A world that is the same for both programs: identity, locale, time zone, clock, settings."""
    config = home / "gitconfig"
    config.write_text("[user]\n\tname = Jane Doe\n\temail = jane@example.com\n"
                      "[init]\n\tdefaultBranch = main\n[safe]\n\tdirectory = *\n")
    env = {"PATH": os.environ["PATH"], "HOME": str(home), "XDG_CONFIG_HOME": str(home / ".config"),
           "GIT_CONFIG_GLOBAL": str(config), "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C.UTF-8",
           "TZ": "UTC", "COLUMNS": "80", "USER": "jane", "LOGNAME": "jane",
           "PYTHONDONTWRITEBYTECODE": "1", "ASAN_OPTIONS": "verify_asan_link_order=0"}
    library = next((path for path in FAKETIME if path.exists()), None)
    if library:
        env.update(LD_PRELOAD=str(library), FAKETIME=CLOCK, NO_FAKE_STAT="1")
    return env


def git(folder, *args):
    done = subprocess.run(["git", "-C", str(folder), *args], capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else ""


def describe_template(folder):
    """The commit, and the refs to render: the newest tag (Copier's default), and HEAD beside it."""
    commit = git(folder, "rev-parse", "HEAD")
    if not commit:
        text = json.dumps(snapshot.take(folder), sort_keys=True)
        return "tree-" + hashlib.sha256(text.encode()).hexdigest()[:16], [None]
    tags = hashlib.sha256(git(folder, "show-ref").encode()).hexdigest()[:8]
    return f"{commit[:16]}-{tags}", [None, "HEAD"] if git(folder, "tag") else [None]


def find_templates(corpus, wanted):
    found = [p for p in sorted(corpus.iterdir()) if p.is_dir() and not p.name.startswith(".")
             and ((p / ".git").exists() or list(p.glob("copier.y*ml")))]
    if wanted:
        names = set(wanted.split(","))
        found = [p for p in found if p.name in names]
        if missing := names - {p.name for p in found}:
            sys.exit(f"not in the corpus: {', '.join(sorted(missing))}")
    return found


def draw_sets(options, template):
    """The cases of one template; the drawing is cached like the renderings."""
    commit, refs = describe_template(template)
    sets = [{"seed": f"{options.seed}/{template.name}/{n}", "vary": n > 1,
             "ref": refs[(n - 1) % len(refs)]} for n in range(1, options.sets + 1)]
    name = hashlib.sha256(json.dumps([FORMAT, commit, str(template), sets]).encode()).hexdigest()
    cached = options.cache / "sets" / f"{name[:24]}.json"
    if not cached.exists():
        with tempfile.TemporaryDirectory() as home:
            request = {"template": str(template), "destination": f"{home}/my-project", "sets": sets}
            done = subprocess.run([options.python, str(HERE / "probe_answers.py")],
                                  input=json.dumps(request), capture_output=True, text=True,
                                  env=environment(pathlib.Path(home)), timeout=TIMEOUT * 2)
        if done.returncode:
            sys.exit(f"{template.name}: cannot draw answers:\n{done.stderr}")
        cached.write_text(done.stdout[done.stdout.index('{"sets"'):])
    drawn = json.loads(cached.read_text())["sets"]
    cases = []
    for number, (asked, got) in enumerate(zip(sets, drawn), 1):
        flat = got["flat"] if number % 3 == 0 and got["flat"] else None
        case = Case(template, commit, number, asked["ref"], got["data"], flat)
        text = json.dumps([FORMAT, str(template), commit, case.ref, case.data, case.flat])
        case.key = hashlib.sha256(text.encode()).hexdigest()[:24]
        cases.append(case)
    return cases


def render(program, case, folder):
    """Run one program on one case in a clean folder; the tree is left in folder/my-project."""
    shutil.rmtree(folder, ignore_errors=True)
    home = folder / "home"
    home.mkdir(parents=True)
    command = [*program, "copy", *case.arguments(folder)]
    try:
        done = subprocess.run(command, cwd=home, env=environment(home), umask=0o022,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=TIMEOUT)
        status, out, err = done.returncode, done.stdout, done.stderr
    except subprocess.TimeoutExpired:
        status, out, err = -999, b"", b"timed out"
    return {"status": status, "stdout": out.decode("utf-8", "replace"),
            "stderr": err.decode("utf-8", "replace"), "command": command}


def copier_result(options, case):
    """Copier's rendering from the cache, or made now: two runs, the first of which is kept."""
    place = options.cache / "results" / case.key
    meta = place / "meta.json"
    if meta.exists():
        result = json.loads(meta.read_text())
        case.extra = tuple(result.get("extra", ()))
        return place, result
    folder = options.cache / "work" / case.key
    result = render([str(options.copier)], case, folder)
    if case.number > 1 and "Consider using `--overwrite`" in result["stderr"]:
        case.extra = ("--overwrite",)  # Two files of the template have one path.
        result = render([str(options.copier)], case, folder)
    result["extra"] = case.extra
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    tree = folder / "my-project"
    result["tree"] = snapshot.take(tree)
    if tree.exists():
        tree.rename(place / "tree")
    result["unstable"] = []
    if result["status"] == 0:
        render([str(options.copier)], case, folder)
        result["unstable"] = snapshot.differing_paths(result["tree"], snapshot.take(tree))
    shutil.rmtree(folder, ignore_errors=True)
    meta.write_text(json.dumps(result, indent=1))
    return place, result


def last_line(text):
    lines = [line.strip() for line in ANSI.sub("", text).splitlines() if line.strip()]
    return lines[-1] if lines else ""


def message_of(text):
    """The last line of what Copier printed, without the exception's class in front."""
    return EXCEPTION_NAME.sub("", last_line(text))


def plain_lines(text):
    return sorted(line.rstrip() for line in ANSI.sub("", text).splitlines() if line.strip())


def judge(options, case, place, wanted):
    """Run scaffold and return the list of differences and the list of remarks."""
    folder = options.cache / "work" / case.key
    got = render([str(options.scaffold)], case, folder)
    remarks = []
    if (wanted["status"] == 0) != (got["status"] == 0):
        text = f"copier {wanted['status']}: {last_line(wanted['stderr'])}\n" \
               f"scaffold {got['status']}: {ANSI.sub('', got['stderr']).strip()[-700:]}"
        found = [snapshot.Difference("", "status", text)]
    elif wanted["status"] != 0:
        found = []
        if message_of(wanted["stderr"]) not in ANSI.sub("", got["stderr"] + got["stdout"]):
            text = f"copier {message_of(wanted['stderr'])!r}\n" \
                   f"scaffold {ANSI.sub('', got['stderr']).strip()[-500:]!r}"
            found = [snapshot.Difference("", "message", text)]
    else:
        tree = folder / "my-project"
        found = snapshot.compare(place / "tree", wanted["tree"], tree, snapshot.take(tree),
                                 set(wanted["unstable"]))
        for stream in ("stdout", "stderr"):
            if plain_lines(wanted[stream]) != plain_lines(got[stream]):
                remarks.append(stream)
    if found and options.keep:
        kept = options.keep / case.name
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(folder, kept, symlinks=True)
        (kept / "got.json").write_text(json.dumps(got, indent=1))
    shutil.rmtree(folder, ignore_errors=True)
    return found, remarks


def run_case(options, case):
    """One line (or more) of the report, and whether the case passed."""
    place, wanted = copier_result(options, case)
    ignored = f", {len(wanted['unstable'])} unstable files" if wanted["unstable"] else ""
    summary = f"{case.name}: copier {wanted['status']}, {len(wanted['tree'])} entries{ignored}"
    if wanted["status"]:
        summary += f" ({last_line(wanted['stderr'])[:120]})"
    if options.scaffold is None:
        return summary, True, len(wanted["unstable"]), []
    found, remarks = judge(options, case, place, wanted)
    lines = [f"{'FAIL' if found else 'ok  '} {summary}"]
    if remarks and options.messages:
        lines.append(f"     other text on {' and '.join(remarks)}")
    for difference in found[: options.limit]:
        lines.append(f"     {difference.what}: {difference.path}")
        lines += ["         " + line for line in difference.text.splitlines()]
    if len(found) > options.limit:
        lines.append(f"     and {len(found) - options.limit} more")
    if found:
        lines.append(f"     expected: {place}/tree, command in {place}/meta.json")
    return "\n".join(lines), not found, len(wanted["unstable"]), remarks


def parse_options(argv):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--copier", type=pathlib.Path, required=True, help="Copier's program")
    parser.add_argument("--scaffold", type=pathlib.Path, help="program under test")
    parser.add_argument("--corpus", type=pathlib.Path, required=True, help="folder of templates")
    parser.add_argument("--cache", type=pathlib.Path, help="default: .cache in the corpus")
    parser.add_argument("--keep", type=pathlib.Path, help="copy failing results here")
    parser.add_argument("--templates", help="names, separated by commas")
    parser.add_argument("--sets", type=int, default=2)
    parser.add_argument("--seed", default="0")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--limit", type=int, default=5, help="differences shown per case")
    parser.add_argument("--messages", action="store_true", help="report other output text too")
    options = parser.parse_args(argv)
    options.copier = pathlib.Path(os.path.abspath(options.copier))
    options.python = str(options.copier.parent / "python")
    options.corpus = options.corpus.resolve()
    options.cache = (options.cache or options.corpus / ".cache").resolve()
    for name in ("sets", "results", "work"):
        (options.cache / name).mkdir(parents=True, exist_ok=True)
    if options.scaffold:
        options.scaffold = options.scaffold.resolve()
    if options.keep:
        options.keep = options.keep.resolve()
    return options


def main(argv=None):
    options = parse_options(argv)
    passed = failed = unstable = remarked = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        drawn = pool.map(lambda t: draw_sets(options, t),
                         find_templates(options.corpus, options.templates))
        cases = [case for template in drawn for case in template]
        for text, good, ignored, remarks in pool.map(lambda c: run_case(options, c), cases):
            print(text, flush=True)
            passed, failed = passed + good, failed + (not good)
            unstable, remarked = unstable + ignored, remarked + bool(remarks)
    print(f"\n{len(cases)} cases, {unstable} unstable files ignored, "
          f"{remarked} with other text on stdout or stderr")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
