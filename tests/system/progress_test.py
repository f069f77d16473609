#!/usr/bin/env python3
"""The progress line of the real program on a pseudo-terminal: it is there, and it leaves nothing.

usage: progress_test.py PATH_TO_SCAFFOLD [unittest arguments]
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

from screen import Terminal

SCAFFOLD = ""
SLOW = ""  # template text that takes about a second, made by measure()


def slow_text(rounds):
    # Slow for its length, not for its steps, which have a limit.
    return ("{% set text = 'ab' * 99999 %}"
            f"{{% for i in range({rounds}) %}}{{% set n = text.count('ba') %}}{{% endfor %}}")


def measure():
    """How many rounds this build, on this machine, needs for a second."""
    rounds = 20
    while True:
        begin = time.monotonic()
        subprocess.run([SCAFFOLD, "render", "-"], input=slow_text(rounds), text=True, check=True,
                       capture_output=True)
        span = time.monotonic() - begin
        if span > 0.2:
            return slow_text(int(rounds / span) + 1)
        rounds *= 2


class ProgressTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="scaffold-progress-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.template = self.folder / "t"
        self.template.mkdir()
        self.file("slow.txt.jinja", SLOW + "done\n")

    def file(self, name, text):
        (self.template / name).write_text(text, encoding="utf-8")

    def environment(self, **more):
        # With coverage, a killed program leaves half-written counters, and the next one says so.
        return {"GCOV_ERROR_FILE": os.devnull,
                "PATH": os.environ["PATH"], "HOME": str(self.folder), "NO_COLOR": "1",
                "TERM": "xterm-256color", "LANG": "C.UTF-8", **more}

    def run_on_terminal(self, *arguments, code=0, **variables):
        terminal = Terminal([SCAFFOLD, *arguments], self.folder, self.environment(**variables))
        self.addCleanup(terminal.close)
        self.assertEqual(terminal.finish(), code, terminal.screen.text())
        return terminal

    def test_a_long_rendering_is_told_and_taken_away(self):
        terminal = self.run_on_terminal("copy", "t", "p")
        self.assertIn(b"\rRendering p\x1b[K", terminal.bytes)
        self.assertEqual(terminal.screen.text(),
                         "\nCopying from template version None\n    create  slow.txt")

    def test_nothing_stays_beside_an_error(self):
        self.file("slow.txt.jinja", SLOW + "{{ nothing.at.all }}")
        terminal = self.run_on_terminal("copy", "t", "p", code=1)
        self.assertIn(b"Rendering p", terminal.bytes)
        self.assertIn("\nerror: 'nothing' is undefined\n", terminal.screen.text())
        self.assertNotIn("Rendering", terminal.screen.text())

    def test_nothing_stays_beside_warnings_and_task_output(self):
        self.file("copier.yml", "_tasks: [echo from the task]\n")
        self.file("{{ 'slow' }}.txt.jinja", "the same place\n")
        terminal = self.run_on_terminal("copy", "--trust", "t", "p")
        self.assertIn(b"Rendering p", terminal.bytes)
        lines = terminal.screen.text().split("\n")
        self.assertNotIn("Rendering", terminal.screen.text())
        self.assertTrue([line for line in lines if line.startswith("warning: more than one")])
        self.assertEqual(lines[-2:], [" > Running task 1 of 1: echo from the task",
                                      "from the task"])

    def test_nothing_stays_beside_questions(self):
        self.file("copier.yml", "name: {type: str, default: x}\n")
        terminal = Terminal([SCAFFOLD, "copy", "t", "p"], self.folder, self.environment())
        self.addCleanup(terminal.close)
        terminal.expect("? name")
        terminal.send("\r")
        terminal.expect("Are these answers right?")
        terminal.send("\r")
        self.assertEqual(terminal.finish(), 0)
        self.assertIn(b"Rendering p", terminal.bytes)
        self.assertEqual(terminal.screen.text(), "? name  x\n\nCopying from template version None\n"
                         "    create  slow.txt")

    def test_interrupted(self):
        self.file("slow.txt.jinja", SLOW * 10)
        terminal = Terminal([SCAFFOLD, "copy", "t", "p"], self.folder, self.environment())
        self.addCleanup(terminal.close)
        terminal.expect("Rendering p (1 s)")
        terminal.send("\x03")
        self.assertEqual(terminal.finish(), 130)
        self.assertNotIn("Rendering", terminal.screen.text())

    def test_none_where_it_does_not_belong(self):
        for arguments, variables in ((["--quiet"], {}), ([], {"CI": "true"}), ([], {"TERM": "dumb"}),
                                     ([], {"ACCESSIBLE": "1"}), (["--json"], {})):
            with self.subTest(arguments=arguments, variables=variables):
                shutil.rmtree(self.folder / "p", ignore_errors=True)
                terminal = self.run_on_terminal("copy", *arguments, "t", "p", **variables)
                self.assertNotIn(b"Rendering", terminal.bytes)
                self.assertNotIn(b"\x1b", terminal.bytes)

    def test_none_when_called_as_copier(self):
        copier = self.folder / "copier"
        copier.symlink_to(SCAFFOLD)
        terminal = Terminal([str(copier), "copy", "t", "p"], self.folder, self.environment())
        self.addCleanup(terminal.close)
        self.assertEqual(terminal.finish(), 0)
        self.assertNotIn(b"Rendering", terminal.bytes)

    def test_none_without_a_terminal(self):
        done = subprocess.run([SCAFFOLD, "copy", "t", "p"], cwd=self.folder, text=True, check=True,
                              env=self.environment(), capture_output=True)
        self.assertEqual(done.stderr,
                         "\nCopying from template version None\n    create  slow.txt\n")

    def test_a_password_prompt_of_git_has_a_line_of_its_own(self):
        ask = self.folder / "ask"
        ask.write_text("#!/bin/sh\nsleep 1\nprintf 'Password: ' >/dev/tty\nread x </dev/tty\nexit 1\n")
        ask.chmod(0o755)
        terminal = Terminal([SCAFFOLD, "copy", "ssh://git@nowhere.invalid/x", "p"], self.folder,
                            self.environment(GIT_SSH_COMMAND=str(ask)))
        self.addCleanup(terminal.close)
        terminal.expect("Fetching ssh://git@nowhere.invalid/x\nPassword:")
        terminal.send("hush\n")
        terminal.expect("Password: hush\nPassword:")  # git is asked for the repository twice
        terminal.send("hush\n")
        self.assertEqual(terminal.finish(), 1)

    def test_json_keeps_stdout_clean_of_tasks(self):
        self.file("copier.yml", "_tasks: [echo from the task]\n")
        done = subprocess.run([SCAFFOLD, "copy", "--trust", "--json", "t", "p"], cwd=self.folder,
                              text=True, check=True, env=self.environment(), capture_output=True)
        self.assertEqual(json.loads(done.stdout)["files"]["created"], 1)
        self.assertEqual(done.stderr, "from the task\n")


if __name__ == "__main__":
    SCAFFOLD = os.path.abspath(sys.argv.pop(1))
    SLOW = measure()
    unittest.main()
