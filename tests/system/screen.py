"""A program on a pseudo-terminal, and the screen that it has drawn.

Screen knows the few control sequences that the prompts use and fails on any other, so that a test
sees every byte that reaches a real terminal.
"""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
import unicodedata

SEQUENCE = re.compile(rb"\x1b\[([?0-9;]*)([A-Za-z])")


def columns_of(character):
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


class Screen:
    def __init__(self, columns, rows):
        self.columns, self.rows = columns, rows
        self.lines = [[]]
        self.top = 0  # the first line of the window; those above have scrolled away
        self.row = self.column = 0
        self.cursor_shown = True
        self.paste_marks = False
        self.colors = set()
        self.pending = b""

    def feed(self, data):
        self.pending += data
        while self.pending:
            if self.pending[0:1] == b"\x1b":
                match = SEQUENCE.match(self.pending)
                if not match:
                    assert len(self.pending) < 20, self.pending
                    return
                self.control(match.group(1).decode(), match.group(2).decode())
                self.pending = self.pending[match.end():]
                continue
            length = {0xc: 2, 0xd: 2, 0xe: 3, 0xf: 4}.get(self.pending[0] >> 4, 1)
            if len(self.pending) < length:
                return
            self.put(self.pending[:length].decode())
            self.pending = self.pending[length:]

    def put(self, character):
        if character == "\r":
            self.column = 0
        elif character == "\n":
            self.row += 1
            while len(self.lines) <= self.row:
                self.lines.append([])
            self.top = max(self.top, self.row - self.rows + 1)
        elif character == "\a":
            pass
        elif character == "\b":
            self.column -= 1
        else:
            assert character >= " ", repr(character)
            width = columns_of(character)
            if width == 0:
                return
            if self.column + width > self.columns:
                self.column = 0
                self.put("\n")
            line = self.lines[self.row]
            line.extend(" " * (self.column + width - len(line)))
            line[self.column:self.column + width] = [character] + [""] * (width - 1)
            self.column += width

    def control(self, parameters, final):
        count = int(parameters) if parameters.isdigit() else 1
        if final == "A":
            self.row = max(self.top, self.row - count)
        elif final == "B":
            self.row = min(self.top + self.rows - 1, self.row + count)
        elif final == "C":
            self.column = min(self.columns - 1, self.column + count)
        elif final == "D":
            self.column = max(0, self.column - count)
        elif final == "K":
            del self.lines[self.row][self.column:]
        elif final == "J" and parameters == "":
            del self.lines[self.row][self.column:]
            del self.lines[self.row + 1:]
        elif final == "m":
            self.colors.add(parameters)
        elif parameters == "?25":
            self.cursor_shown = final == "h"
        elif parameters == "?2004":
            self.paste_marks = final == "h"
        else:
            raise AssertionError(f"unknown control sequence {parameters!r} {final!r}")

    def text(self):
        return "\n".join("".join(line).rstrip() for line in self.lines).rstrip("\n")


class Terminal:
    """Runs a program on a terminal of its own."""

    def __init__(self, arguments, folder, environment, columns=80, rows=24):
        self.screen = Screen(columns, rows)
        self.bytes = b""
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            # The size must be right before the program looks at it.
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.execve(arguments[0], arguments, environment)
        self.mode = None
        self.status = None

    def close(self):
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.master)

    def send(self, text):
        os.write(self.master, text.encode() if isinstance(text, str) else text)

    def resize(self, columns, rows):
        self.screen.columns, self.screen.rows = columns, rows
        self.screen.top = max(0, self.screen.row - rows + 1)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read(self, seconds):
        """Takes what comes within this time; False at the end."""
        if not select.select([self.master], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self.master, 65536)
        except OSError:
            return False
        self.bytes += data
        self.screen.feed(data)
        return bool(data)

    def wait(self, condition, what):
        deadline = time.monotonic() + 20
        while not condition():
            assert time.monotonic() < deadline, f"no {what} in\n{self.screen.text()}"
            if not self.read(1):
                break
        assert condition(), f"no {what} in\n{self.screen.text()}"

    def expect(self, text):
        self.wait(lambda: text in self.screen.text(), repr(text))

    def expect_screen(self, text):
        self.wait(lambda: self.screen.text() == text, f"screen\n{text}\n")

    def is_raw(self):
        flags = termios.tcgetattr(self.master)[3]
        return not flags & termios.ICANON

    def finish(self):
        """Reads to the end; the exit code, or the negative signal."""
        deadline = time.monotonic() + 20
        while self.read(1):
            assert time.monotonic() < deadline, f"no end, but\n{self.screen.text()}"
        _, status = os.waitpid(self.pid, 0)
        self.status = os.waitstatus_to_exitcode(status)
        return self.status
