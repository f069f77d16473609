#!/usr/bin/env python3
"""An update that is killed, or fails, at any write: every file is whole and no line is lost.

usage: update_kill_test.py PATH_TO_SCAFFOLD [--kills N] [--points N] [unittest arguments]
"""

import errno
import fcntl
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

from update_scenario import Scenario, copy, look, write

SCAFFOLD = ""
KILLS = 50
POINTS = 80  # of each kind; all when there are fewer
SHIM = ""
UPDATE = ["update", "--defaults", "-q"]
HERE = pathlib.Path(__file__).resolve().parent


def sample(count, wanted):
    """`wanted` numbers of 1..count, spread evenly."""
    if count <= wanted:
        return list(range(1, count + 1))
    return sorted({1 + i * (count - 1) // (wanted - 1) for i in range(wanted)})


def difference(got, wanted):
    if got == wanted:
        return ""
    if isinstance(got, tuple):
        return "\n".join(difference(a, b) for a, b in zip(got, wanted))
    if isinstance(got, str):
        return f"{got}\n--- wanted\n{wanted}"
    return "\n".join(f"{k}: {str(got.get(k))[:90]} wanted {str(wanted.get(k))[:90]}"
                     for k in sorted({*got, *wanted}) if got.get(k) != wanted.get(k))


class UpdateKillTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # In memory where the machine has it: thousands of small files.
        place = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="scaffold-kill-", dir=place))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.scenario = Scenario(SCAFFOLD, cls.folder)
        cls.scenario.make_template()
        cls.scenario.make_project()
        cls.old = cls.scenario.state(cls.scenario.project)
        whole = copy(cls.scenario.project, cls.folder / "whole")
        count = cls.folder / "count"
        done = cls.scenario.run(UPDATE, whole, LD_PRELOAD=SHIM, FAULT_COUNT=str(count))
        assert done.returncode == 3, done.stderr
        cls.calls = int(count.read_text())
        cls.new = cls.scenario.state(whole)
        cls.backups = sorted(p.name for p in (whole / ".git/scaffold").iterdir())
        done = cls.scenario.run(UPDATE, copy(cls.scenario.project, whole), LD_PRELOAD=SHIM,
                                FAULT_COUNT=str(count), FAULT_UNLINK="0")
        cls.writes = int(count.read_text())

    def assert_state(self, project, *wanted):
        got = self.scenario.state(project)
        self.assertTrue(got in wanted, "\n or \n".join(difference(got, w) for w in wanted))
        self.assert_no_leftovers(project, *(self.backups if got[0] == self.new[0] else ()))
        return got

    def assert_no_leftovers(self, project, *allowed):
        own = project / ".git/scaffold"
        left = sorted(p.name for p in own.iterdir()) if own.is_dir() else []
        self.assertEqual(left, list(allowed))
        self.assertFalse((project / ".git/index.lock").exists())

    def assert_every_file_is_whole(self, project):
        """Right after a kill: each file is its old or its new version."""
        old, new = self.old[0], self.new[0]
        now = {k: v for k, v in look(project).items() if v[0] != "folder"}
        for path, entry in now.items():
            self.assertIn(entry, (old.get(path), new.get(path)), path)
        for path in {*old} & {*new}:
            if "folder" not in (old[path][0], new[path][0]):
                self.assertIn(path, now)
        self.scenario.git(project, "status", "--porcelain")

    def killed(self, name, number, arguments=None, source=None):
        project = copy(source or self.scenario.project, self.folder / name)
        done = self.scenario.run(arguments or UPDATE, project, LD_PRELOAD=SHIM,
                                 FAULT_AT=str(number))
        return project, done

    def test_killed_at_every_write(self):
        begin = time.monotonic()
        points = sample(self.calls, POINTS)
        finished = undone = 0
        for place, number in enumerate(points):
            with self.subTest(point=number):
                project, done = self.killed("k", number)
                self.assertEqual(done.returncode, -signal.SIGKILL, done.stderr)
                self.assert_every_file_is_whole(project)
                if number % 10 == 0:
                    self.scenario.git(project, "fsck", "--strict")
                other = copy(project, self.folder / "k2")
                way = [*UPDATE] if place % 2 else ["update", "--continue"]
                again = self.scenario.run(way, project)
                if "--continue" in way:
                    self.assert_state(project, self.new, self.old)
                    nothing = "no update of '.' was killed while it wrote" in again.stderr
                    self.assertEqual(again.returncode, 1 if nothing else 0, again.stderr)
                    self.assertTrue(nothing or "was finished" in again.stderr, again.stderr)
                    if self.scenario.state(project) == self.old:
                        again = self.scenario.run(UPDATE, project)
                        self.assertEqual(again.returncode, 3, again.stderr)
                self.assert_state(project, self.new)
                finished += "finished" in again.stderr
                back = self.scenario.run(["update", "--abort"], other)
                if "was undone" in back.stderr:
                    self.assertEqual(back.returncode, 0)
                    self.assert_state(other, self.old)
                    undone += 1
                else:
                    self.assertIn("no update of '.' was killed while it wrote", back.stderr)
                    self.assert_state(other, self.old, self.new)
        print(f"kills: {len(points)} of {self.calls} writes, {finished} finished, {undone} undone,"
              f" {time.monotonic() - begin:.1f} s")

    def test_recovery_that_is_killed_as_well(self):
        rng = random.Random(6)
        begin, rounds = time.monotonic(), 0
        for number in sample(self.calls, POINTS // 2):
            way = rng.choice(["--continue", "--abort"])
            with self.subTest(point=number, way=way):
                project, _ = self.killed("r", number)
                for _ in range(3):
                    done = self.scenario.run(["update", way], project, LD_PRELOAD=SHIM,
                                             FAULT_AT=str(rng.randint(1, 60)))
                    self.assert_every_file_is_whole(project)
                    rounds += done.returncode == -signal.SIGKILL
                    if done.returncode != -signal.SIGKILL:
                        break
                if rng.random() < 0.3:  # once it goes back, it goes back
                    self.scenario.run(["update", "--continue"], project)
                self.scenario.run(["update", way], project)
                self.assert_state(project, self.old, self.new)
        print(f"recovery killed {rounds} times, {time.monotonic() - begin:.1f} s")

    def check_errors(self, kind, points, **extra):
        harmless = 0
        for number in points:
            with self.subTest(kind=kind, point=number):
                project = copy(self.scenario.project, self.folder / "e")
                done = self.scenario.run(UPDATE, project, LD_PRELOAD=SHIM, FAULT_AT=str(number),
                                         FAULT_KIND=str(kind), **extra)
                if done.returncode == 3:  # done in another way, or of no importance
                    harmless += 1
                    self.assertEqual(difference(self.scenario.state(project), self.new), "")
                    continue
                self.assertEqual(done.returncode, 1, done.stderr)
                self.assertEqual(done.stderr.count("error:"), 1, done.stderr)
                self.assert_state(project, self.old)
        print(f"errors {kind}: {len(points)} points, {harmless} of them harmless")

    def test_a_full_disk_at_every_write(self):
        self.check_errors(errno.ENOSPC, sample(self.writes, POINTS), FAULT_UNLINK="0")

    def test_a_write_that_ends_early(self):
        self.check_errors("short", sample(self.writes, POINTS // 2), FAULT_UNLINK="0")

    def test_other_errors(self):
        for kind in (errno.EIO, errno.EACCES):
            self.check_errors(kind, sample(self.calls, POINTS // 3))

    def test_killed_at_random_times(self):
        begin = time.perf_counter()
        self.scenario.run(UPDATE, copy(self.scenario.project, self.folder / "s"))
        span = time.perf_counter() - begin
        rng = random.Random(1)
        ends = {}
        for i in range(KILLS):
            sent = (signal.SIGKILL, signal.SIGINT, signal.SIGTERM)[0 if i % 5 else 1 + i // 5 % 2]
            project = copy(self.scenario.project, self.folder / "s")
            with subprocess.Popen([SCAFFOLD, *UPDATE], cwd=project, stderr=subprocess.PIPE,
                                  env=self.scenario.environment(), start_new_session=True) as run:
                time.sleep(rng.uniform(0, span * 1.1))
                run.send_signal(sent)
                run.communicate(timeout=60)
            with self.subTest(kill=i, signal=sent):
                self.assert_every_file_is_whole(project)
                if sent != signal.SIGKILL and run.returncode == 130:
                    self.assert_state(project, self.old)
                way = rng.choice([UPDATE, ["update", "--abort"]])
                self.scenario.run(way, project)
                state = self.assert_state(project, self.old, self.new)
                ends[state == self.new] = ends.get(state == self.new, 0) + 1
        print(f"{KILLS} signals at random times: {ends.get(True, 0)} new, {ends.get(False, 0)} old")

    def journalled(self, name):
        """A project whose update was killed among the moves."""
        for number in range(self.calls, 0, -1):
            project, _ = self.killed(name, number)
            if (project / ".git/scaffold/update/journal").exists() and \
               look(project)["updated"] == self.old[0]["updated"] and \
               look(project).get("created") == self.new[0]["created"]:
                return project
        raise AssertionError("no such point")

    def test_edits_between_the_kill_and_the_recovery(self):
        project = self.journalled("u")
        write(project / "updated", "mine, after the kill\n")  # not yet replaced
        write(project / "created", "mine as well\n")  # replaced already
        other = copy(project, self.folder / "u2")
        done = self.scenario.run(["update", "--continue"], project)
        self.assertEqual(done.returncode, 0, done.stderr)
        kept = [p for p in (project / ".git/scaffold").glob("*/updated")
                if p.read_text() == "mine, after the kill\n"]
        self.assertIn("updated in " + str(kept[0].parent), done.stderr)
        self.assertEqual((project / "created").read_text(), "mine as well\n")
        self.assertEqual(look(project)["updated"], self.new[0]["updated"])
        done = self.scenario.run(["update", "--abort"], other)
        self.assertIn("created in " + str(other / ".git/scaffold/backup-1"), done.stderr)
        self.assertEqual((other / ".git/scaffold/backup-1/created").read_text(), "mine as well\n")
        self.assertEqual((other / "updated").read_text(), "mine, after the kill\n")
        self.assertFalse((other / "created").exists())

    def test_a_killed_update_of_another_folder(self):
        repository = self.folder / "mono"
        repository.mkdir()
        self.scenario.git(repository, "init", "-q", "-b", "main")
        for name in ("a", "b"):
            self.scenario.make_project(repository / name, repository)
        begin = copy(repository, self.folder / "mono2")
        self.assertEqual(self.scenario.run(UPDATE, begin / "a").returncode, 3)
        wanted = look(begin / "a")
        done = None
        for number in range(self.calls, 0, -1):
            project = copy(repository, self.folder / "mono2")
            self.scenario.run(UPDATE, project / "a", LD_PRELOAD=SHIM, FAULT_AT=str(number))
            if look(project / "a") not in (wanted, look(repository / "a")):
                done = self.scenario.run(["update", "--defaults"], project / "b")
                break
        self.assertIn("it was finished first", done.stderr)
        self.assertEqual(difference(look(project / "a"), wanted), "")
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertEqual(difference(look(project / "b"), wanted), "")

    def test_two_updates_at_once(self):
        scenario = Scenario(SCAFFOLD, tempfile.mkdtemp(dir=self.folder))
        scenario.make_template("_tasks: ['sleep 0.7']\n")
        done = scenario.run(["copy", "--trust", "--defaults", "--vcs-ref", "1.0.0",
                             str(scenario.template), "p"], scenario.folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        project = scenario.project
        if not (project / ".git").exists():
            scenario.git(project, "init", "-q", "-b", "main")
        scenario.commit(project, "made")
        with subprocess.Popen([SCAFFOLD, *UPDATE, "--trust"], cwd=project, text=True,
                              env=scenario.environment(), stderr=subprocess.PIPE) as first:
            while not (project / ".git/scaffold/update").exists() and first.poll() is None:
                time.sleep(0.005)
            second = scenario.run([*UPDATE, "--trust"], project)
            _, error = first.communicate(timeout=60)
        self.assertEqual(second.returncode, 1)
        self.assertIn("error: another update of '", second.stderr)
        self.assertEqual(second.stderr.count("error:"), 1)
        self.assertEqual(first.returncode, 0, error)
        self.assert_no_leftovers(project)

    def test_abort_while_an_update_runs(self):
        project = copy(self.scenario.project, self.folder / "l")
        own = project / ".git/scaffold/update"
        own.mkdir(parents=True)
        lock = os.open(own, os.O_RDONLY)
        fcntl.flock(lock, fcntl.LOCK_EX)
        for way in ("--abort", "--continue"):
            done = self.scenario.run(["update", way], project)
            self.assertEqual(done.returncode, 1)
            self.assertIn("is running", done.stderr)
        os.close(lock)
        self.assertEqual(self.scenario.run(UPDATE, project).returncode, 3)
        self.assert_state(project, self.new)

    def test_something_is_in_the_way(self):
        project = copy(self.scenario.project, self.folder / "w")
        lock = project / ".git/index.lock"
        lock.write_text("")
        done = self.scenario.run(UPDATE, project)
        self.assertEqual(done.returncode, 1)
        self.assertIn("another git process", done.stderr)
        self.assertTrue(lock.exists())
        lock.unlink()
        self.assert_state(project, self.old)
        own = project / ".git/scaffold"
        shutil.rmtree(own, ignore_errors=True)
        own.write_text("a file\n")
        done = self.scenario.run(UPDATE, project)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stderr.count("error:"), 1, done.stderr)
        self.assertEqual(own.read_text(), "a file\n")
        self.assertEqual(difference(self.scenario.state(project), self.old), "")

    def test_a_read_only_project(self):
        if os.getuid() != 0 or not shutil.which("setpriv"):
            self.skipTest("needs root and setpriv")
        project = copy(self.scenario.project, self.folder / "o")
        subprocess.run(["chown", "-R", "65534:65534", project], check=True)
        self.folder.chmod(0o755)
        (project / "fresh").mkdir()
        (project / "emptied").chmod(0o555)
        before = look(project)
        user = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        environment = self.scenario.environment(GIT_CONFIG_COUNT="1",
                                                GIT_CONFIG_KEY_0="safe.directory",
                                                GIT_CONFIG_VALUE_0="*")
        with tempfile.TemporaryDirectory() as home:
            os.chmod(home, 0o777)
            environment.update(HOME=home, TMPDIR=home)
            done = subprocess.run([*user, SCAFFOLD, *UPDATE], cwd=project, text=True, check=False,
                                  env=environment, capture_output=True)
        if "No such file" in done.stderr or done.returncode == 126:
            self.skipTest("another user cannot start the program")
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual(done.stderr.count("error:"), 1, done.stderr)
        self.assertEqual(difference(look(project), before), "")

    def test_gits_folder_on_another_file_system(self):
        with tempfile.TemporaryDirectory(dir="/var/tmp") as elsewhere:
            if os.stat(elsewhere).st_dev == os.stat(self.folder).st_dev:
                self.skipTest("there is one file system only")
            project = copy(self.scenario.project, self.folder / "f")
            git = pathlib.Path(elsewhere) / "git"
            copy(project / ".git", git)
            shutil.rmtree(project / ".git")
            write(project / ".git", f"gitdir: {git}\n")
            clean = copy(git, pathlib.Path(elsewhere) / "clean")
            base = copy(project, self.folder / "f2")
            # The first ones tell where the files are staged.
            points = sorted({*range(1, 12), *sample(self.calls + 4, POINTS // 4)})
            for number in points:
                for way, wanted in (("--continue", self.new), ("--abort", self.old)):
                    with self.subTest(point=number, way=way):
                        copy(clean, git)
                        copy(base, project)
                        self.scenario.run(UPDATE, project, LD_PRELOAD=SHIM, FAULT_AT=str(number))
                        done = self.scenario.run(["update", way], project)
                        state = self.scenario.state(project)
                        allowed = (wanted,) if done.returncode == 0 else (self.old, self.new)
                        self.assertTrue(state in allowed, difference(state, wanted))
                        left = [p.name for p in (git / "scaffold").iterdir()] \
                            if (git / "scaffold").is_dir() else []
                        self.assertEqual(left, self.backups if state == self.new else [])
            print(f"git's folder elsewhere: {len(points)} points")

    def test_a_new_branch_is_part_of_the_update(self):
        for number in sample(self.calls + 4, POINTS // 3):
            with self.subTest(point=number):
                project, done = self.killed("b", number, [*UPDATE, "--branch", "next"])
                if done.returncode != -signal.SIGKILL:
                    continue
                back = self.scenario.run(["update", "--abort"], project)
                branches = self.scenario.git(project, "branch", "--format=%(refname:short)")
                on_next = (*self.new[:3], "refs/heads/next\n")
                state = self.assert_state(project, self.old, on_next)
                self.assertEqual("next" in branches, state != self.old)
                if "was undone" in back.stderr:
                    self.assertEqual(difference(state, self.old), "")


def main():
    global SCAFFOLD, KILLS, POINTS, SHIM
    SCAFFOLD = str(pathlib.Path(sys.argv.pop(1)).resolve())
    for option in ("--kills", "--points"):
        if option not in sys.argv:
            continue
        at = sys.argv.index(option)
        value = int(sys.argv.pop(at + 1))
        sys.argv.pop(at)
        if option == "--kills":
            KILLS = value
        else:
            POINTS = value
    with tempfile.TemporaryDirectory() as folder:
        SHIM = str(pathlib.Path(folder) / "fault_shim.so")
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", SHIM, HERE / "fault_shim.c", "-ldl"],
                       check=True)
        unittest.main()


if __name__ == "__main__":
    main()
