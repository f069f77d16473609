"""The command as a person runs it: another process."""

import subprocess
import sys
from pathlib import Path

COMMAND = Path(sys.executable).with_name("mongodb-arq")


def test_command_greets() -> None:
    done = subprocess.run([COMMAND, "Ada"], capture_output=True, text=True, check=True)
    assert done.stdout == "Hello, Ada!\n"
    assert done.stderr == ""


def test_command_tells_mistakes_on_stderr() -> None:
    done = subprocess.run([COMMAND, ""], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "the name is blank" in done.stderr
