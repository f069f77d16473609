#!/usr/bin/env python3
"""Update projects of public and of generated templates with Copier and scaffold, and compare.

    compare_updates.py --copier PATH [--scaffold BIN] [--corpus DIR] [--cases N] [--generated N]

A case is a template, two of its tags, answers, and edits of the project's user, all drawn from the
seed. Copier makes the project at the old tag; both programs update a copy of it to the new one.
What Copier leaves is kept in the cache folder, so only scaffold runs the second time. Each case is
one of: alike (both fail, with the same message), same, conflict (Copier leaves markers or a reject
file), lost (a text of the user's is nowhere in Copier's result, or a file that
the user edited is gone), deliberate (Copier leaves dropped links, and files with certain names),
extension (the template needs Python code of its own),
unstable (Copier gives another result the second time), or DIFFERENT.

For scaffold alone each case also asserts: no text of the user's is lost; a second update changes
nothing; --plan and --diff write nothing; and the diff, applied by git, is what the update does.
"""

import argparse
import collections
import concurrent.futures
import hashlib
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys

import compare_copier as base
import generated_templates
import project_edits
import snapshot

FORMAT = "2"  # Raise it when what is cached changes.
HERE = pathlib.Path(__file__).resolve().parent
MARKER = re.compile(rb"^(<<<<<<< before updating|>>>>>>> after updating)\r?$", re.M)
# Names that Copier never deletes (Python's filecmp skips them); nor does it ever delete a link.
NEVER_DELETED = {"RCS", "CVS", "tags", ".git", ".hg", ".bzr", "_darcs", "__pycache__"}
FLAGS = ["--defaults", "--trust", "--skip-tasks"]
ATTEMPTS = 4  # pairs of tags, until Copier can make a project of the older one


def offline():
    """What to put in front of a command to take the network away."""
    command = ["unshare", "-n"]
    try:
        return command if subprocess.run([*command, "true"]).returncode == 0 else []
    except OSError:
        return []


def environment(folder):
    home = folder / "home"
    temp = folder / "tmp"
    for path in (home, temp):
        path.mkdir(parents=True, exist_ok=True)
    env = base.environment(home)
    env.update(TMPDIR=str(temp), GIT_AUTHOR_DATE="2026-01-01T00:00:00Z",
               GIT_COMMITTER_DATE="2026-01-01T00:00:00Z")
    return env


def run(options, folder, command, cwd):
    try:
        done = subprocess.run([*options.offline, *map(str, command)], cwd=cwd, umask=0o022,
                              env=environment(folder), stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=base.TIMEOUT)
        status, out, err = done.returncode, done.stdout, done.stderr
    except subprocess.TimeoutExpired:
        status, out, err = -999, b"", b"timed out"
    return {"status": status, "stdout": out.decode("utf-8", "surrogateescape"),
            "stderr": err.decode("utf-8", "replace")}


def git(folder, project, *args):
    return subprocess.run(["git", "-C", str(project), *args], env=environment(folder),
                          capture_output=True)


def commit(folder, project, message):
    git(folder, project, "add", "-A")
    git(folder, project, "commit", "-q", "--no-verify", "--allow-empty", "-m", message)


def files_of(root):
    """The files and links of a project, each with what matters to git."""
    entries = {}
    for path, entry in snapshot.take(root).items():
        if path == ".git" or path.startswith(".git/") or entry["kind"] == "directory":
            continue
        entries[path] = {**entry, "mode": 0o755 if entry["mode"] & 0o100 else 0o644}
    return entries


def folders_of(root):
    return {path for path, entry in snapshot.take(root).items()
            if entry["kind"] == "directory" and not (path + "/").startswith(".git/")}


def all_bytes(root):
    """All contents of a project, and of what an update has put aside in git's folder."""
    texts = []
    for place in (root, root / ".git" / "scaffold"):
        for path in snapshot.take(place):
            if not path.startswith(".git/") and (place / path).is_file():
                texts.append((place / path).read_bytes())
    return b"\n".join(texts)


def lost_marks(root, marks):
    texts = all_bytes(root)
    return [mark for mark in marks if mark.encode() not in texts]


def changed_by_user(folder, project):
    """Files that were rendered and then edited, and are still there."""
    listed = git(folder, project, "diff", "-z", "--no-renames", "--name-only", "--diff-filter=MT",
                 "HEAD~1", "HEAD").stdout
    return [name for name in os.fsdecode(listed).split("\0") if name]


def find_answers(project):
    """The flag that names the answers file, where it is not the usual one."""
    found = [path for path, entry in files_of(project).items() if entry["kind"] == "file"
             and re.search(rb"^_src_path: ", (project / path).read_bytes(), re.M)]
    return [] if len(found) != 1 or found == [".copier-answers.yml"] else ["-a", found[0]]


def conflicts_of(root, before):
    """Paths with markers, or with a reject file."""
    found = set()
    for path, entry in files_of(root).items():
        if path.endswith(".rej") and path not in before:
            found.add(path[:-4])
            found.add(path)
        elif entry["kind"] == "file" and MARKER.search((root / path).read_bytes()):
            found.add(path)
    return found


class Case:
    """One history. Its number draws everything; what is drawn is kept in `meta`."""

    def __init__(self, options, template, number):
        self.options, self.template, self.number = options, template, number
        self.name = f"{template or 'generated'}#{number}"
        self.seed = f"{options.seed}/{self.name}"
        text = json.dumps([FORMAT, self.seed, str(options.corpus) if template else ""]
                          + ["fast"] * options.fast)
        self.key = hashlib.sha256(text.encode()).hexdigest()[:20]
        self.place = options.cache / "updates" / self.key
        self.work = options.cache / "work" / self.key
        self.project = self.work / "my-project"
        self.rng = random.Random(self.seed)

    def load(self):
        """The case as Copier saw it: from the cache, or made now."""
        file = self.place / "meta.json"
        if not file.exists():
            shutil.rmtree(self.place, ignore_errors=True)
            self.place.mkdir(parents=True)
            meta = self.make()
            shutil.rmtree(self.work, ignore_errors=True)
            file.write_text(json.dumps(meta, indent=1))
        return json.loads(file.read_text())

    def repository(self):
        """The template's repository; both programs see the same path."""
        if self.template:
            return self.options.cache / "templates" / self.template
        root = self.place / "template"
        if not root.exists():
            generated_templates.make(root, self.rng, environment(self.work))
        return root

    def draw_answers(self, source, ref):
        if not self.template:
            return generated_templates.draw_answers(self.rng)
        request = {"template": str(source), "destination": str(self.project),
                   "sets": [{"seed": self.seed, "vary": self.rng.random() < 0.6, "ref": ref}]}
        done = subprocess.run([self.options.python, str(HERE / "probe_answers.py")],
                              input=json.dumps(request), capture_output=True, text=True,
                              env=environment(self.work), timeout=base.TIMEOUT)
        if done.returncode or '{"sets"' not in done.stdout:
            return ""
        return json.loads(done.stdout[done.stdout.index('{"sets"'):])["sets"][0]["data"]

    def draw_flags(self):
        """Flags of the update; of a public template with another answer to a yes-no question."""
        flags = self.rng.choice(([], [], [], ["--conflict", "rej"], ["--skip-answered"],
                                 ["--context-lines", "1"]))
        if not self.template:
            return flags + generated_templates.draw_update_arguments(self.rng)
        answers = self.project / ".copier-answers.yml"
        text = answers.read_text() if answers.is_file() else ""
        known = re.findall(r"^([a-z]\w*): (true|false)$", text, re.M)
        if known and self.rng.random() < 0.35:
            name, value = self.rng.choice(known)
            flags = [*flags, "--data", f"{name}={'false' if value == 'true' else 'true'}"]
        return flags

    def draw_tags(self, source):
        tags = base.git(source, "tag", "--sort=creatordate").split()
        old = self.rng.randrange(len(tags) - 1)
        step = self.rng.choice((1, 1, 2, 5, len(tags)))
        return tags[old], tags[min(old + step, len(tags) - 1)]

    def make(self):
        shutil.rmtree(self.work, ignore_errors=True)
        source = self.repository()
        maker = self.options.scaffold if self.options.fast else self.options.copier
        for attempt in range(ATTEMPTS):
            old, new = self.draw_tags(source)
            plain = self.options.fast and attempt == 0 and self.rng.random() < 0.6
            data = "" if plain else self.draw_answers(source, old)
            made = self.copy(maker, source, old, data, self.project)
            if made["status"] == 0 and self.project.is_dir():
                break
        else:
            return {"made": made, "old": old, "new": new}
        git(self.work, self.project, "init", "-q")
        commit(self.work, self.project, "Make the project")
        preview = self.work / "preview" / "my-project"
        self.copy(self.options.scaffold, source, new, data, preview)
        editor = project_edits.Editor(self.rng, self.project, preview, self.key[:6])
        editor.run()
        gone = lost_marks(self.project, editor.marks)  # deleted by a later edit
        marks = [mark for mark in editor.marks if mark not in gone]
        commit(self.work, self.project, "Edit it")
        shutil.copytree(self.project, self.place / "project", symlinks=True)
        arguments = ["update", *FLAGS, "-r", new, *find_answers(self.project), *self.draw_flags()]
        done = run(self.options, self.work, [self.options.copier, *arguments], self.project)
        self.project.rename(self.place / "copier")
        return {"made": made, "old": old, "new": new, "arguments": arguments, "log": editor.log,
                "marks": marks, "data": data, "copier": done}

    def copy(self, program, source, ref, data, target):
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(target, ignore_errors=True)
        file = self.work / "answers.yml"
        file.write_text(data or "{}\n")
        return run(self.options, self.work,
                   [program, "copy", *FLAGS, "-r", ref, "--data-file", file, source, target],
                   self.work)

    def restore(self):
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir(parents=True)
        shutil.copytree(self.place / "project", self.project, symlinks=True)

    def is_unstable(self, meta):
        """Whether Copier itself gives another result the second time."""
        self.restore()
        run(self.options, self.work, [self.options.copier, *meta["arguments"]], self.project)
        return files_of(self.project) != files_of(self.place / "copier")


class Judge:
    def __init__(self, case, meta):
        self.case, self.meta, self.options = case, meta, case.options
        self.broken, self.remarks, self.differences = [], [], []

    def scaffold(self, *more):
        return run(self.options, self.case.work,
                   [self.options.scaffold, *self.meta["arguments"], *more], self.case.project)

    def judge(self):
        case, meta = self.case, self.meta
        copier = case.place / "copier"
        before = files_of(case.place / "project")
        case.restore()
        diff = self.check_looking()
        self.done = self.scaffold()
        after = files_of(case.project)
        kept = case.work / "scaffold"
        shutil.copytree(case.project, kept, symlinks=True)
        if os.listdir(case.work / "tmp"):
            self.broken.append(f"left in TMPDIR: {os.listdir(case.work / 'tmp')}")
        if self.done["status"] not in (0, 3):
            if after != before and "returned non-zero exit status" not in self.done["stderr"]:
                self.broken.append("failed, and changed files")
        else:
            if lost := lost_marks(case.project, meta["marks"]):
                self.broken.append(f"lost: {lost}")
            self.check_diff(diff, after)
            self.check_again(after)
        found = self.classify(copier, before, after, kept)
        if found == "DIFFERENT" and case.place.exists() and self.options.recheck:
            saved = self.options.cache / "work" / (case.key + ".saved")
            shutil.rmtree(saved, ignore_errors=True)
            kept.rename(saved)
            found = "unstable" if case.is_unstable(meta) else found
            saved.rename(kept)
        return found

    def check_looking(self):
        """--plan and --diff write nothing, not even in git's folder."""
        before = snapshot.take(self.case.project)
        plan, diff = self.scaffold("--plan"), self.scaffold("--diff")
        if paths := snapshot.differing_paths(before, snapshot.take(self.case.project)):
            self.broken.append(f"--plan or --diff wrote {paths[:5]}")
        if plan["status"] != diff["status"]:
            self.broken.append(f"--plan exits {plan['status']}, --diff {diff['status']}")
        return diff

    def check_diff(self, diff, after):
        """`git apply` of the diff gives what the update does, where no command is run."""
        if self.meta.get("migrations") or diff["status"] not in (0, 3):
            return
        applied = self.case.work / "applied"
        shutil.copytree(self.case.place / "project", applied, symlinks=True)
        patch = self.case.work / "patch"
        patch.write_text(diff["stdout"], "utf-8", "surrogateescape", newline="")
        if not diff["stdout"].strip():
            done, failed = None, False
        else:
            done = git(self.case.work, applied, "apply", "--whitespace=nowarn", str(patch))
            failed = done.returncode != 0
        if failed:
            self.broken.append(f"git apply: {done.stderr.decode()[:300]}")
        elif paths := snapshot.differing_paths(files_of(applied), after):
            self.broken.append(f"the diff does something else: {paths[:5]}")

    def check_again(self, after):
        commit(self.case.work, self.case.project, "Update")
        again = self.scaffold()
        if again["status"] != 0:
            self.broken.append(f"second update: {again['status']} {again['stderr'][-300:]}")
        if paths := snapshot.differing_paths(files_of(self.case.project), after):
            self.broken.append(f"second update changed {paths[:5]}")

    def classify(self, copier, before, after, kept):
        wanted, got = self.meta["copier"], self.done
        if wanted["status"] != 0:
            message = base.message_of(wanted["stderr"])
            text = base.ANSI.sub("", got["stderr"] + got["stdout"])
            if got["status"] in (0, 3):
                self.remarks.append(f"only Copier fails: {message[:200]}")
                return "copier-fails"
            if message not in text:
                self.remarks.append(f"copier: {message[:200]}\nscaffold: {text.strip()[-300:]}")
                return "other-message"
            self.remarks.append(message[:200])
            return "alike"
        if got["status"] not in (0, 3):
            self.remarks.append(f"exit {got['status']}: {got['stderr'].strip()[-600:]}")
            if "scaffold has no Python" in got["stderr"]:
                return "extension"
            return "DIFFERENT"
        theirs = files_of(copier)
        conflicts = conflicts_of(copier, before)
        lost = lost_marks(copier, self.meta["marks"])
        edited = changed_by_user(self.case.work, self.case.place / "project")
        lost += [path for path in edited if path not in theirs]
        found = snapshot.compare(copier, theirs, kept, after, set())
        self.differences = found
        if not found:
            if got["status"] == 3 and not conflicts:
                self.remarks.append("the same, but exit 3")
            if folders_of(copier) != folders_of(kept):
                self.remarks.append(f"folders: {sorted(folders_of(copier) ^ folders_of(kept))}")
            return "same"
        if not conflicts and not lost:
            kept = [one for one in found if one.what == "missing" and
                    (theirs[one.path]["kind"] == "link"
                     or NEVER_DELETED.intersection(one.path.split("/")))]
            return "deliberate" if len(kept) == len(found) else "DIFFERENT"
        self.differences = [one for one in found if one.path not in conflicts]
        if lost and self.differences:
            self.remarks.append(f"Copier lost {lost}")
        return "conflict" if conflicts else "lost"


def run_case(case):
    """What was found, how many promises were broken, and the lines of the report."""
    try:
        return examine(case)
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        return "error", 1, f"error      {case.name} [{case.key}]: {error!r}"


def examine(case):
    meta = case.load()
    title = f"{case.name} {meta['old']} -> {meta['new']}"
    if "copier" not in meta:
        return "unmade", 0, f"unmade {title}: {base.last_line(meta['made']['stderr'])[:150]}"
    if case.options.fill:
        return "made", 0, f"copier {meta['copier']['status']} {title} [{case.key}]"
    judge = Judge(case, meta)
    found = judge.judge()
    lines = [f"{found:10} {title} [{case.key}]"]
    lines += ["     BROKEN " + text for text in judge.broken]
    lines += ["     " + text for text in judge.remarks]
    shown = judge.differences if found == "DIFFERENT" or case.options.elsewhere else []
    for difference in shown[: case.options.limit]:
        lines.append(f"     {difference.what}: {difference.path}")
        lines += ["         " + line for line in difference.text.splitlines()]
    if shown or judge.broken or found == "DIFFERENT":
        lines.append(f"     edits: {'; '.join(meta['log'])}")
        if case.options.keep:
            kept = case.options.keep / case.key
            shutil.rmtree(kept, ignore_errors=True)
            shutil.copytree(case.work, kept, symlinks=True)
    shutil.rmtree(case.work, ignore_errors=True)
    return found, len(judge.broken), "\n".join(lines)


def copy_templates(options):
    """The corpus is for reading only; and a template's path is recorded in its projects."""
    names = []
    for folder in base.find_templates(options.corpus, options.templates):
        if len(base.git(folder, "tag").split()) < 2:
            continue
        names.append(folder.name)
        target = options.cache / "templates" / folder.name
        if not target.exists():
            shutil.copytree(folder, target, symlinks=True)
    return names


def parse_options(argv):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--copier", type=pathlib.Path, required=True, help="Copier's program")
    parser.add_argument("--scaffold", type=pathlib.Path, required=True, help="program under test")
    parser.add_argument("--corpus", type=pathlib.Path, help="folder of public templates")
    parser.add_argument("--cache", type=pathlib.Path, required=True)
    parser.add_argument("--keep", type=pathlib.Path, help="copy the work of bad cases here")
    parser.add_argument("--templates", help="names, separated by commas")
    parser.add_argument("--cases", type=int, default=2, help="of each template of the corpus")
    parser.add_argument("--generated", type=int, default=0, help="cases of generated templates")
    parser.add_argument("--fill", action="store_true",
                        help="only fill the cache; scaffold makes no more than previews")
    parser.add_argument("--fast", action="store_true",
                        help="scaffold makes the projects, most of them with all defaults")
    parser.add_argument("--only", help="run the cases with these keys, separated by commas")
    parser.add_argument("--seed", default="0")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--limit", type=int, default=5, help="differences shown per case")
    parser.add_argument("--elsewhere", action="store_true",
                        help="where Copier has conflicts, show what differs in other files")
    parser.add_argument("--no-recheck", dest="recheck", action="store_false",
                        help="do not run Copier again where the results differ")
    options = parser.parse_args(argv)
    options.copier = pathlib.Path(os.path.abspath(options.copier))
    options.python = str(options.copier.parent / "python")
    options.scaffold = options.scaffold.resolve()
    options.corpus = options.corpus.resolve() if options.corpus else None
    options.cache = options.cache.resolve()
    options.offline = offline()
    return options


def main(argv=None):
    options = parse_options(argv)
    for name in ("updates", "work", "templates"):
        (options.cache / name).mkdir(parents=True, exist_ok=True)
    names = copy_templates(options) if options.corpus else []
    cases = [Case(options, name, number) for number in range(1, options.cases + 1)
             for name in names]
    cases += [Case(options, None, number) for number in range(1, options.generated + 1)]
    if options.only:
        cases = [case for case in cases if case.key in options.only.split(",")]
    counts, broken = collections.Counter(), 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for found, wrong, text in pool.map(run_case, cases):
            print(text, flush=True)
            counts[found] += 1
            broken += wrong
    print(f"\n{len(cases)} cases: " + ", ".join(f"{n} {name}" for name, n in counts.most_common()))
    print(f"{broken} broken promises")
    return 1 if broken or counts["DIFFERENT"] else 0


if __name__ == "__main__":
    sys.exit(main())
