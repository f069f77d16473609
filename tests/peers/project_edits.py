"""What the user of a project does to it between two updates: seeded edits of every kind."""

import os
import shutil
import stat

PARSED = (".json", ".lock", ".csv")
SLASHES = (".js", ".ts", ".tsx", ".kt", ".java", ".c", ".h", ".cc", ".scss", ".go", ".rs")


def read_text(path):
    """The lines of a text file with their ends, or None."""
    if path.is_symlink() or not path.is_file():
        return None
    try:
        text = path.read_bytes().decode()
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text.splitlines(keepends=True)


def list_files(root):
    """Files and links below a folder, without git's own."""
    found = []
    for folder, folders, files in os.walk(root):
        if ".git" in folders:
            folders.remove(".git")
        links = [name for name in folders if os.path.islink(os.path.join(folder, name))]
        found += [os.path.relpath(os.path.join(folder, name), root) for name in files + links]
    return sorted(found)


def same_file(a, b):
    if a.is_symlink() or b.is_symlink():
        return a.is_symlink() and b.is_symlink() and os.readlink(a) == os.readlink(b)
    return a.is_file() and b.is_file() and a.read_bytes() == b.read_bytes()


class Editor:
    """Edits one project. `marks` are texts that no other file has: none of them may get lost."""

    KINDS = ("append", "insert", "insert", "replace", "cut", "delete", "create", "rename", "chmod",
             "edit_changed", "edit_changed", "edit_changed", "create_added", "edit_dropped")

    def __init__(self, rng, project, preview, seed):
        self.rng, self.project, self.seed = rng, project, seed
        self.marks, self.log = [], []
        files = list_files(project)
        self.files = [name for name in files if "answers" not in name]
        later = set(list_files(preview)) if preview.is_dir() else set(files)
        self.preview = preview
        self.added = sorted(name for name in later - set(files) if "answers" not in name)
        self.dropped = [name for name in self.files if name not in later]
        self.changed = [name for name in self.files if name in later and preview.is_dir()
                        and not same_file(project / name, preview / name)]

    def run(self):
        if self.rng.random() < 0.15:
            return
        for _ in range(self.rng.randint(1, 6)):
            getattr(self, "do_" + self.rng.choice(self.KINDS))()

    def mark(self, name):
        text = f"user-{self.seed}-{len(self.marks)}-end"
        self.marks.append(text)
        if name.endswith(PARSED):
            return f'"{text}"'
        return ("// " if name.endswith(SLASHES) else "# ") + text

    def pick(self, names):
        return self.rng.choice(names) if names else None

    def edit(self, names, how):
        """Let `how` change the lines of one of the files."""
        name = self.pick([name for name in names if read_text(self.project / name) is not None])
        if name is None:
            return
        lines = read_text(self.project / name)
        end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
        label = how(lines, name, end)
        with open(self.project / name, "w", newline="") as out:
            out.write("".join(lines))
        self.log.append(f"{label} {name}")

    def insert(self, lines, name, end):
        at = self.rng.randint(0, len(lines))
        if at == len(lines) and lines and not lines[-1].endswith("\n"):
            lines[-1] += end
        count = self.rng.choice((1, 1, 2, 5))
        lines[at:at] = [self.mark(name) + end for _ in range(count)]
        return f"insert {count} at {at + 1} in"

    def append(self, lines, name, end):
        if lines and not lines[-1].endswith("\n"):
            lines[-1] += end
        lines.append(self.mark(name) + self.rng.choice((end, end, "")))
        return "append to"

    def replace(self, lines, name, end):
        if not lines:
            return self.append(lines, name, end)
        at = self.rng.randrange(len(lines))
        lines[at] = self.mark(name) + (end if lines[at].endswith("\n") else "")
        return f"replace line {at + 1} of"

    def cut(self, lines, _name, _end):
        at = self.rng.randrange(len(lines) + 1)
        count = self.rng.randint(1, 3)
        del lines[at : at + count]
        return f"cut {count} at {at + 1} from"

    def do_insert(self):
        self.edit(self.files, self.insert)

    def do_append(self):
        self.edit(self.files, self.append)

    def do_replace(self):
        self.edit(self.files, self.replace)

    def do_cut(self):
        self.edit(self.files, self.cut)

    def do_edit_changed(self):
        self.edit(self.changed, self.rng.choice((self.insert, self.append, self.replace, self.cut)))

    def do_edit_dropped(self):
        if self.rng.random() < 0.3:
            self.edit(self.dropped, self.replace)

    def do_delete(self):
        name = self.pick(self.files)
        if name is not None:
            self.log.append(f"delete {name}")
            self.remove(name)

    def remove(self, name):
        (self.project / name).unlink()
        for names in (self.files, self.changed, self.dropped):
            if name in names:
                names.remove(name)

    def do_create(self):
        folder = os.path.dirname(self.pick(self.files) or "")
        name = os.path.join(folder, f"own-{len(self.log)}.txt")
        if self.rng.random() < 0.15:  # Copier's patch then fits nowhere
            name += ".bin"
            (self.project / name).write_bytes(bytes(range(256)) + self.mark(name).encode())
        else:
            (self.project / name).write_text(f"mine\n{self.mark(name)}\n")
        self.log.append(f"create {name}")

    def do_create_added(self):
        name = self.pick(self.added)
        if name is None:
            return
        path = self.project / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError:
            return
        if os.path.lexists(path):
            return
        lines = read_text(self.preview / name)
        same = lines is not None and self.rng.random() < 0.5
        if same:
            shutil.copy(self.preview / name, path)
        else:
            path.write_text(self.mark(name) + "\n")
        self.log.append(f"create {name}, which the template adds {'alike' if same else ''}")

    def do_rename(self):
        name = self.pick([name for name in self.files if (self.project / name).is_file()])
        if name is None:
            return
        target = os.path.join(os.path.dirname(name), "moved-" + os.path.basename(name))
        shutil.copy2(self.project / name, self.project / target, follow_symlinks=False)
        self.remove(name)
        self.log.append(f"rename {name} to {target}")

    def do_chmod(self):
        name = self.pick([name for name in self.files if not (self.project / name).is_symlink()])
        if name is not None:
            path = self.project / name
            path.chmod(stat.S_IMODE(path.stat().st_mode) ^ 0o111)
            self.log.append(f"chmod {name}")
