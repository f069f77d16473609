#!/usr/bin/env python3
"""The program as a process: kills, signals, closed streams, full disks, a real terminal.

usage: process_test.py PATH_TO_SCAFFOLD [unittest arguments]
"""

import os
import pathlib
import pty
import random
import resource
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

SCAFFOLD = ""
FILES = 120


def environment(home):
    # With coverage, a killed program leaves half-written counters, and the next one says so.
    return {"GCOV_ERROR_FILE": os.devnull,
            "PATH": os.environ["PATH"], "HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1",
            "NO_COLOR": "1", "GIT_AUTHOR_NAME": "J", "GIT_AUTHOR_EMAIL": "j@x",
            "GIT_COMMITTER_NAME": "J", "GIT_COMMITTER_EMAIL": "j@x"}


class ProcessTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="scaffold-system-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        template = self.folder / "t"
        for i in range(FILES):
            path = template / f"d{i % 7}" / f"f{i}.txt.jinja"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{{{{ name }}}} {i}\n" * 40)
        (template / "copier.yml").write_text("name: {type: str, default: demo}\n")

    def start(self, *arguments, **options):
        return subprocess.Popen([SCAFFOLD, *arguments], cwd=self.folder,
                                env=environment(self.folder), **options)

    def run_scaffold(self, *arguments, **options):
        return subprocess.run([SCAFFOLD, *arguments], cwd=self.folder, text=True,
                              env=environment(self.folder), capture_output=True, check=False,
                              stdin=subprocess.DEVNULL, timeout=60, **options)

    def assert_whole_or_absent(self, project):
        if not project.exists():
            return False
        files = [p for p in project.rglob("*.txt") if ".git" not in p.parts]
        self.assertEqual(len(files), FILES)
        for path in files:
            self.assertTrue(path.read_text().endswith("\n"))
        clean = subprocess.run(["git", "-C", project, "status", "--porcelain"], text=True,
                               capture_output=True, env=environment(self.folder), check=True)
        self.assertEqual(clean.stdout, "")
        return True

    def test_a_kill_leaves_a_whole_project_or_none(self):
        begin = time.perf_counter()
        self.assertEqual(self.run_scaffold("new", "-l", "t", "whole").returncode, 0)
        span = time.perf_counter() - begin
        rng = random.Random(1)
        for i in range(50):
            project = self.folder / f"p{i}"
            process = self.start("new", "-l", "t", project.name, stderr=subprocess.DEVNULL)
            time.sleep(rng.uniform(0, span * 1.2))
            process.kill()
            process.wait()
            self.assert_whole_or_absent(project)
        # What killed runs left beside the projects is gone after a run for the same name.
        for i in range(50):
            if not (self.folder / f"p{i}").exists():
                self.assertEqual(self.run_scaffold("new", "-l", "t", f"p{i}").returncode, 0)
        left = [p.name for p in self.folder.iterdir() if p.name.startswith(".")]
        self.assertEqual(left, [])

    def test_an_interrupt_leaves_nothing(self):
        for _ in range(5):
            process = self.start("new", "t", "p", stdin=subprocess.PIPE,
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            os.set_blocking(process.stdout.fileno(), True)
            process.stdout.read(1)  # it asks
            process.send_signal(signal.SIGINT)
            _, error = process.communicate(timeout=20)
            self.assertEqual(process.returncode, 130, error)
            self.assertIn(b"Execution stopped by user", error)
            self.assertFalse((self.folder / "p").exists())

    def test_a_closed_standard_output_is_an_error(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = subprocess.run([SCAFFOLD, "--help"], stdout=full, stderr=subprocess.PIPE,
                                  text=True, check=False, env=environment(self.folder))
        self.assertEqual(done.returncode, 1)
        self.assertIn("error: cannot write to standard output", done.stderr)
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = subprocess.run([SCAFFOLD, "render", "t/copier.yml"], stdout=full, text=True,
                                  stderr=subprocess.PIPE, check=False, cwd=self.folder,
                                  env=environment(self.folder))
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stderr, "error: cannot write to standard output\n"
                         "help: the reader has closed it, or its disk is full\n")
        reader, writer = os.pipe()
        os.close(reader)
        done = subprocess.run([SCAFFOLD, "--help"], stdout=writer, stderr=subprocess.PIPE,
                              text=True, check=False, env=environment(self.folder))
        os.close(writer)
        self.assertEqual(done.returncode, 1)

    def test_a_file_that_cannot_be_written_leaves_nothing(self):
        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

        (self.folder / "t" / "big.txt").write_bytes(b"x" * 100_000)
        done = self.run_scaffold("new", "-l", "t", "p", preexec_fn=limit)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual(done.stderr.count("error: "), 1, done.stderr)
        self.assertFalse((self.folder / "p").exists())
        self.assertEqual([p.name for p in self.folder.iterdir() if p.name.startswith(".")], [])

    def test_a_full_disk_leaves_an_existing_project_as_it_was(self):
        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

        project = self.folder / "p"
        (project / "d0").mkdir(parents=True)
        (project / "d0" / "f0.txt").write_text("mine\n")
        done = self.run_scaffold("copy", "-f", "t", "p", preexec_fn=limit)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual((project / "d0" / "f0.txt").read_text(), "mine\n")
        self.assertEqual([p for p in project.rglob("*") if p.is_file()],
                         [project / "d0" / "f0.txt"])

    def talk(self, process, *turns):
        """Sends each turn's keys once its text has been seen; the whole of what was printed."""
        seen, at = b"", 0
        for expected, keys in turns:
            deadline = time.monotonic() + 20
            while expected not in seen[at:]:
                self.assertLess(time.monotonic(), deadline, (expected, seen))
                if select.select([process.stdout], [], [], 1)[0]:
                    seen += os.read(process.stdout.fileno(), 4096)
            at = len(seen)
            process.stdin.write(keys)
            process.stdin.flush()
        rest, error = process.communicate(timeout=20)
        return seen + rest, error

    def test_keys_through_pipes(self):
        (self.folder / "t" / "copier.yml").write_text(
            "name: {type: str, default: demo}\n"
            "size: {type: int, validator: '{% if size < 0 %}Must be +{% endif %}'}\n"
            "kind: {type: str, choices: [a, b]}\n")
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        process = self.start("copy", "t", "p", **pipes)
        _, error = self.talk(process, (b"demo", b"x"), (b"x", b"\n"), (b"size (int)", b"-1"),
                             (b"Must be +", b"\x08\x087\n"), ("» a".encode(), b"\x1b[B"),
                             ("» b".encode(), b"\n"))
        self.assertEqual(process.returncode, 0, error)
        self.assertIn("demox", (self.folder / "p" / "d0" / "f0.txt").read_text())

        process = self.start("copy", "t", "q", **pipes)
        _, error = self.talk(process, (b"demo", b"\n"), (b"size (int)", b"4"))
        self.assertEqual(process.returncode, 1)
        self.assertIn(b"Interactive session required", error)
        self.assertFalse((self.folder / "q").exists())

    def test_runs_at_the_same_time_leave_one_whole_project(self):
        for command in (["new", "-l"], ["copy", "-f"]):
            for i in range(5):
                name = f"{command[0]}{i}"
                runs = [self.start(*command, "t", name, stderr=subprocess.PIPE) for _ in range(4)]
                errors = [run.communicate(timeout=60)[1] for run in runs]
                self.assertIn(0, [run.returncode for run in runs], errors)
                files = list((self.folder / name).glob("d*/*.txt"))
                self.assertEqual(len(files), FILES, errors)

    def test_input_without_end_ends_the_run(self):
        (self.folder / "t" / "copier.yml").write_text(
            "size: {type: int, validator: '{% if size != 9 %}not nine{% endif %}'}\n")
        for command in ("new", "copy"):
            for stream in ("yes", "yes 7", "cat /dev/zero"):
                with subprocess.Popen(stream.split(), stdout=subprocess.PIPE) as endless:
                    done = subprocess.run([SCAFFOLD, command, "t", "p"], stdin=endless.stdout,
                                          cwd=self.folder, capture_output=True, text=True,
                                          env=environment(self.folder), timeout=60, check=False)
                    endless.kill()
                self.assertEqual(done.returncode, 1, done.stderr)
                self.assertEqual(done.stderr.count("error: "), 1, done.stderr)
                self.assertFalse((self.folder / "p").exists())

    def test_interrupted_as_copier_ends_with_one(self):
        copier = self.folder / "copier"
        copier.symlink_to(SCAFFOLD)
        for name, code in ((copier, 1), (SCAFFOLD, 130)):
            process = subprocess.Popen([name, "copy", "t", "p"], cwd=self.folder,
                                       env=environment(self.folder), stdin=subprocess.PIPE,
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            process.stdout.read(1)  # it asks
            process.send_signal(signal.SIGINT)
            _, error = process.communicate(timeout=20)
            self.assertEqual(process.returncode, code, error)
            self.assertIn(b"Execution stopped by user\n", error)
            self.assertFalse((self.folder / "p").exists())

    def test_questions_on_a_terminal(self):
        (self.folder / "t" / "copier.yml").write_text(
            "name: {type: str, default: demo}\nword: {type: str, default: x, secret: true}\n")
        pid, master = pty.fork()
        if pid == 0:
            os.chdir(self.folder)
            os.execve(SCAFFOLD, [SCAFFOLD, "new", "t", "p"], environment(self.folder))
        screen = b""

        def read_until(text):
            nonlocal screen
            deadline = time.monotonic() + 20
            while text not in screen:
                self.assertLess(time.monotonic(), deadline, screen)
                if select.select([master], [], [], 1)[0]:
                    screen += os.read(master, 4096)

        read_until(b"name")
        os.write(master, b"blue\n")
        read_until(b"word")
        os.write(master, b"hush\n")
        read_until(b"Enter goes on")
        os.write(master, b"\n")
        read_until(b"next:")
        _, status = os.waitpid(pid, 0)
        os.close(master)
        self.assertEqual(os.waitstatus_to_exitcode(status), 0)
        self.assertNotIn(b"hush", screen)
        self.assertIn("blue", (self.folder / "p" / "d0" / "f0.txt").read_text())


if __name__ == "__main__":
    SCAFFOLD = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=1)
