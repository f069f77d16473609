#!/usr/bin/env python3
"""Records each kind of prompt in a real tmux window, as plain text.

usage: record_prompts.py [--check] PATH_TO_SCAFFOLD OUTPUT_FOLDER [KIND...]

With --check nothing is written; it fails when a recording would differ. After each step the file
has the keys, then the window as tmux shows it. Look at what changed with git diff before you keep
it.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

ONE_OF_SIXTY = "[" + ", ".join(f"region {i:02}" for i in range(1, 61)) + "]"
LONG = ("long 日本語 text " * 7).strip()

# kind: (columns, rows, questions, steps); a step is a list of tmux keys, or a size COLUMNSxROWS.
RECORDINGS = {
    "text": (60, 12, """\
name:
  type: str
  help: |-
    What is the project called?
    It becomes the name of the folder and of the package.
  placeholder: my-project
  validator: "{% if ' ' in name %}no blanks{% endif %}"
""", [["my name"], ["Enter"], ["Left", "Left", "Left", "Left", "BSpace", "-"], ["Enter"],
      ["Enter"]]),
    "number": (60, 12, """\
port:
  type: int
  help: Which port?
  default: 8080
  validator: "{% if port < 1024 %}Must be 1024 or more{% endif %}"
ratio: {type: float}
matrix: {type: yaml, default: [3.12, 3.13]}
""", [["C-u", "80"], ["x"], ["C-u", "8000", "Enter"], ["0.5", "Enter"], ["Enter"], ["Enter"]]),
    "confirm": (60, 12, """\
docker: {type: bool, help: "Add a container image?", default: true}
""", [["Right"], ["y"], ["Enter"]]),
    "select": (60, 10, f"""\
license:
  type: str
  help: Which license?
  default: MIT
  choices:
    MIT: MIT
    Apache 2.0: Apache-2.0
    GPL 3:
      value: GPL-3.0
      validator: not for a company
    日本語のライセンス: other
region:
  type: str
  help: Where does it run?
  choices: {ONE_OF_SIXTY}
""", [["Down", "Down"], ["apa"], ["Escape"], ["Enter"], ["NPage"], ["40x10"], ["60x10"], ["4"],
      ["Down", "Enter"], ["Enter"]]),
    "multiselect": (60, 12, """\
features:
  type: str
  help: Which features?
  multiselect: true
  default: [docs]
  choices: [api, worker, docs, container]
""", [["Space"], ["C-a"], ["wor"], ["Space", "Escape"], ["Enter"], ["Enter"]]),
    "password": (60, 12, """\
token: {type: str, secret: true, default: '', help: Access token}
""", [["hush-hush"], ["BSpace", "BSpace"], ["Enter"], ["Enter"]]),
    "multiline": (60, 12, """\
about: {type: str, multiline: true, help: Describe it, default: First line}
""", [["Enter", "第二行"], ["Enter", "third", "Up", "Home", ">"], ["M-Enter"], ["Enter"]]),
    "path": (60, 12, """\
where: {type: path, help: "Where is the data?", default: ''}
""", [["d", "Tab"], ["Tab"], ["Tab"], ["Enter"], ["Enter"]]),
    "back-and-review": (60, 12, """\
name: {type: str}
docker: {type: bool}
image: {type: str, when: "{{ docker }}", default: debian}
note: {type: str, default: none}
""", [["demo", "Enter", "n"], ["C-b"], ["n", "Enter"], ["Down", "Down"], ["Enter"], ["y"],
      ["Enter"], ["Enter"]]),
    "resize": (70, 12, """\
text:
  type: str
  help: >-
    A long question, with so many words that it needs more than one line in a window of this size
""", [[LONG], ["35x12"], ["100x12"], ["Enter"], ["Enter"]]),
    "interrupt": (60, 12, """\
name: {type: str}
license: {type: str, choices: [MIT, Apache]}
""", [["demo", "Enter"], ["C-c"], ["stty -a | grep -o -- '-*icanon'", "Enter"]]),
    "dumb": (60, 24, """\
name: {type: str, default: demo}
license: {type: str, choices: [MIT, Apache], default: MIT}
features: {type: str, multiselect: true, choices: [api, docs]}
""", [["Enter"], ["2", "Enter"], ["1,2", "Enter"], ["2", "Enter"], ["1", "Enter"], ["Enter"]]),
}


class Window:
    def __init__(self, folder, columns, rows, environment):
        self.server = ["tmux", "-u", "-f", "/dev/null", "-L", f"record-{os.getpid()}"]
        self.tmux("new-session", "-d", "-x", str(columns), "-y", str(rows), "-c", str(folder),
                  "env", *environment, "bash", "--norc")
        # Without the status line the window has all rows.
        self.tmux("set", "status", "off")
        self.tmux("resize-window", "-x", str(columns), "-y", str(rows))

    def tmux(self, *arguments):
        return subprocess.run([*self.server, *arguments], check=True, text=True,
                              capture_output=True).stdout

    def capture(self):
        before = None
        while True:
            time.sleep(0.2)
            text = self.tmux("capture-pane", "-p").rstrip("\n")
            if text == before:
                return "\n".join(line.rstrip() for line in text.split("\n"))
            before = text

    def close(self):
        self.tmux("kill-server")


def record(scaffold, kind):
    columns, rows, questions, steps = RECORDINGS[kind]
    folder = pathlib.Path(tempfile.mkdtemp(prefix="record-"))
    (folder / "t").mkdir()
    (folder / "t" / "copier.yml").write_text(questions, encoding="utf-8")
    (folder / "t" / "answers.yml.jinja").write_text("{{ _copier_answers|to_nice_yaml }}")
    (folder / "data" / "reports").mkdir(parents=True)
    (folder / "data" / "raw").mkdir()
    window = Window(folder, columns, rows, [
        "PS1=$ ", "LANG=C.UTF-8", f"HOME={folder}", f"PATH={scaffold.parent}:{os.environ['PATH']}",
        *(["TERM=dumb"] if kind == "dumb" else [])])
    try:
        window.capture()
        window.tmux("send-keys", "clear; scaffold copy t p; cat p/answers.yml; rm -rf p", "Enter")
        time.sleep(0.3)
        text = f"{columns} columns, {rows} rows\n\n{questions}\n--- start\n{window.capture()}\n"
        for step in steps:
            size = re.fullmatch(r"(\d+)x(\d+)", step[0])
            if size:
                width, height = size.groups()
                window.tmux("resize-window", "-x", width, "-y", height)
                text += f"--- window of {width} columns, {height} rows\n"
            else:
                for key in step:
                    window.tmux("send-keys", key)
                    time.sleep(0.07)
                text += f"--- {' '.join(step)}\n"
            text += window.capture() + "\n"
        return text
    finally:
        window.close()
        shutil.rmtree(folder, ignore_errors=True)


def main():
    arguments = sys.argv[1:]
    check = arguments[0] == "--check"
    scaffold, output = (pathlib.Path(text).absolute() for text in arguments[check:check + 2])
    different = []
    for kind in arguments[check + 2:] or RECORDINGS:
        path = output / f"{kind}.txt"
        text = record(scaffold, kind)
        if not check:
            path.write_text(text, encoding="utf-8")
        elif path.read_text(encoding="utf-8") != text:
            different.append(kind)
    if different:
        print("other than recorded:", ", ".join(different))
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
