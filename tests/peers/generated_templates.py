"""Small templates with a history, made up from a seed: what public templates seldom do together."""

import os
import shutil
import subprocess

CONFIG = """\
{subdirectory}{exclude}{skip}_preserve_symlinks: true
package:
  type: str
  default: {package}
flag:
  type: bool
  default: {flag}
items:
  type: yaml
  default: [one, two]
"""
WORDS = ("alpha", "beta", "gamma", "delta", "")
ANSWERS = "{{ _copier_conf.answers_file }}.jinja"
START = {
    "README.md.jinja": "text", "src/{{ package }}/core.py.jinja": "text",
    "src/{{ package }}/__init__.py": "empty", "src/{{ package }}/deep/util.py": "text",
    "{% if flag %}flag.txt{% endif %}.jinja": "text",
    "{% if flag %}extra{% endif %}/inner.txt": "text",
    "{% if not flag %}plain{% endif %}/inner.txt": "text",
    "parts/{% yield item from items %}{{ item }}.cfg{% endyield %}.jinja": "item",
    "run.sh": "script", "data.bin": "binary", "crlf.txt": "crlf", "noeol.txt": "noeol",
    ".gitignore": "ignore", "build/out.txt": "text", "once.txt": "text", "docs/a.md": "text",
    "docs/b.md": "text", "docs/tags/c.md": "text", "conf.yml": "yaml", "conf.json": "json",
    "thing": "text", "pair/x.txt": "text", "pair/y.txt": "text", "odd name ü.txt": "text",
}


class Template:
    """Files by path: (bytes, mode), or (target, None) for a link."""

    def __init__(self, rng):
        self.rng = rng
        self.settings = {"subdirectory": rng.choice(("", "template")), "package": "alpha",
                         "flag": True, "exclude": [], "skip": rng.choice(([], ["once.txt"]))}
        self.files = {name: self.fresh(kind) for name, kind in START.items()
                      if rng.random() < 0.75}
        self.files[ANSWERS] = (b"# changes here are overwritten\n{{ _copier_answers|to_nice_yaml }}\n",
                               0o644)
        if rng.random() < 0.6:
            self.files["link"] = ("README.md", None)
        if rng.random() < 0.3:
            self.files["linked-folder"] = ("docs", None)

    def line(self):
        word = self.rng.choice(WORDS)
        return f"{word} {self.rng.randint(0, 999)}" if self.rng.random() < 0.6 else word

    def fresh(self, kind):
        lines = [self.line() for _ in range(self.rng.randint(1, 25))]
        if self.rng.random() < 0.4:
            lines[self.rng.randrange(len(lines))] = "the package is {{ package }}"
        text = "\n".join(lines) + "\n"
        mode = 0o755 if kind == "script" or self.rng.random() < 0.05 else 0o644
        if kind == "empty":
            text = ""
        elif kind == "binary":
            return bytes(self.rng.randrange(256) for _ in range(200)) + b"\0", mode
        elif kind == "crlf":
            text = text.replace("\n", "\r\n")
        elif kind == "noeol":
            text = text.rstrip("\n") + "!"
        elif kind == "ignore":
            text = "*.log\nbuild/\n"
        elif kind == "item":
            text += "{{ item }} {{ flag }}\n"
        elif kind == "yaml":
            text = "".join(f"key{i}: {self.rng.randint(0, 9)}\n" for i in range(8))
        elif kind == "json":
            text = "{\n" + "".join(f'  "key{i}": {i},\n' for i in range(8)) + '  "last": 0\n}\n'
        return text.encode(), mode

    def evolve(self):
        steps = ("edit", "edit", "edit", "edit", "drop", "add", "move", "mode", "link", "exclude",
                 "skip", "default", "ends", "folder", "kind", "rewrite", "subdirectory")
        for _ in range(self.rng.randint(1, 7)):
            getattr(self, "step_" + self.rng.choice(steps))()

    def texts(self):
        return sorted(name for name, (content, mode) in self.files.items()
                      if mode is not None and name != ANSWERS and b"\0" not in content)

    def any_name(self):
        return self.rng.choice(sorted(set(self.files) - {ANSWERS}) or [ANSWERS])

    def step_edit(self):
        name = self.rng.choice(self.texts() or [ANSWERS])
        content, mode = self.files[name]
        lines = content.decode().splitlines(keepends=True)
        end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
        if name == "conf.json" or name == ANSWERS:
            return
        new = f"key{self.rng.randint(10, 99)}: 1" if name == "conf.yml" else self.line()
        at = self.rng.randint(0, len(lines))
        if at == len(lines) and lines and not lines[-1].endswith("\n"):
            lines[-1] += end
        lines[at : at + self.rng.choice((0, 1, 1, 3))] = [new + end]
        self.files[name] = "".join(lines).encode(), mode

    def step_rewrite(self):
        name = self.rng.choice(self.texts() or [ANSWERS])
        if name != ANSWERS:
            self.files[name] = self.fresh("text")

    def step_drop(self):
        name = self.any_name()
        if name != ANSWERS:
            del self.files[name]

    def step_add(self):
        name = self.rng.choice(sorted(START) + [f"new-{self.rng.randint(0, 5)}.txt"])
        self.place(name, self.fresh(START.get(name, "text")))

    def place(self, name, content):
        """Unless another file has its place, or a parent's."""
        taken = any(other == name or other.startswith(name + "/") or name.startswith(other + "/")
                    for other in self.files)
        if not taken:
            self.files[name] = content
        return not taken

    def step_move(self):
        name = self.any_name()
        target = self.rng.choice(("moved/" + os.path.basename(name), name + ".new", "docs/z.md"))
        if name != ANSWERS and "{%" not in name and self.place(target, self.files[name]):
            del self.files[name]

    def step_mode(self):
        name = self.any_name()
        content, mode = self.files[name]
        if mode is not None and name != ANSWERS:
            self.files[name] = content, mode ^ 0o111

    def step_link(self):
        self.files.pop("link", None)
        if self.rng.random() < 0.7:
            self.files["link"] = self.rng.choice(("run.sh", "docs", "nowhere")), None

    def step_exclude(self):
        self.settings["exclude"] = self.rng.choice(([], ["docs"], ["*.sh"], ["thing", "pair"]))

    def step_skip(self):
        self.settings["skip"] = self.rng.choice(([], ["once.txt"], ["docs/*"], ["*.md"]))

    def step_default(self):
        self.settings["package"] = self.rng.choice(("alpha", "omega"))
        self.settings["flag"] = self.rng.random() < 0.5

    def step_ends(self):
        name = self.rng.choice(self.texts() or [ANSWERS])
        content, mode = self.files[name]
        if name == ANSWERS:
            return
        if self.rng.random() < 0.5:
            content = content[:-1] if content.endswith(b"\n") else content + b"\n"
        elif b"\r\n" in content:
            content = content.replace(b"\r\n", b"\n")
        else:
            content = content.replace(b"\n", b"\r\n")
        self.files[name] = content, mode

    def step_folder(self):
        """Another name for a folder."""
        moved = {name: "guide/" + name[5:] for name in self.files if name.startswith("docs/")}
        for name, target in moved.items():
            self.files[target] = self.files.pop(name)

    def step_kind(self):
        """A file becomes a folder, or a link."""
        if "thing" in self.files and self.rng.random() < 0.1:  # Copier fails
            del self.files["thing"]
            self.place(self.rng.choice(("thing/inner.txt", "thing/deep/inner.txt")),
                       self.fresh("text"))
        elif self.files.pop("noeol.txt", None) is not None:
            self.files["noeol.txt"] = "README.md", None

    def step_subdirectory(self):
        if self.rng.random() < 0.3:
            self.settings["subdirectory"] = self.rng.choice(("template", "other"))

    def write(self, root):
        for path in root.iterdir():
            if path.name != ".git":
                shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        chosen = self.settings
        exclude = ["copier.yml", ".git", *chosen["exclude"]]
        (root / "copier.yml").write_text(CONFIG.format(
            subdirectory=f"_subdirectory: {chosen['subdirectory']}\n" * bool(chosen["subdirectory"]),
            exclude=f"_exclude: {exclude}\n".replace("'", '"'),
            skip=f"_skip_if_exists: {chosen['skip']}\n".replace("'", '"'),
            package=chosen["package"], flag=str(chosen["flag"]).lower()))
        for name, (content, mode) in self.files.items():
            path = root / chosen["subdirectory"] / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if mode is None:
                path.symlink_to(content)
            else:
                path.write_bytes(content)
                path.chmod(mode)


def draw_answers(rng):
    """Answers of a new project, as YAML."""
    chosen = {"package": ("beta", "alpha", "my_pkg"), "flag": ("true", "false"),
              "items": ("[one]", "[two, three]", "[]")}
    return "".join(f"{name}: {rng.choice(values)}\n" for name, values in chosen.items()
                   if rng.random() < 0.4)


def draw_update_arguments(rng):
    """Answers given anew with the update."""
    chosen = ("package=beta", "package=gamma", "flag=false", "flag=true", "items=[one, four]")
    return ["--data", rng.choice(chosen)] if rng.random() < 0.35 else []


def make(root, rng, environment, versions=3):
    """A git repository with tags 1.0.0, 2.0.0, ... in the new folder `root`."""
    root.mkdir(parents=True)
    template = Template(rng)

    def git(*args):
        subprocess.run(["git", "-C", str(root), *args], check=True, capture_output=True,
                       env=environment)

    git("init", "-q")
    for number in range(1, versions + 1):
        template.write(root)
        git("add", "-A", "-f")
        git("commit", "-q", "--allow-empty", "-m", f"Version {number}")
        git("tag", f"{number}.0.0")
        template.evolve()
