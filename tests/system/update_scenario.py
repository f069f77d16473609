"""A template with two versions, a project with edits, and what a folder looks like."""

import os
import pathlib
import shutil
import stat
import subprocess


class Scenario:
    """All below `folder`: the template `t` (tags 1.0.0, 2.0.0) and the project `p`."""

    def __init__(self, scaffold, folder):
        self.scaffold, self.folder = scaffold, pathlib.Path(folder)
        self.template, self.project = self.folder / "t", self.folder / "p"

    def environment(self, **extra):
        return {"GCOV_ERROR_FILE": os.devnull, "PATH": os.environ["PATH"],
                "HOME": str(self.folder), "GIT_CONFIG_NOSYSTEM": "1", "NO_COLOR": "1",
                "TMPDIR": str(self.folder),
                "GIT_AUTHOR_NAME": "J", "GIT_AUTHOR_EMAIL": "j@x",
                "GIT_COMMITTER_NAME": "J", "GIT_COMMITTER_EMAIL": "j@x", **extra}

    def run(self, arguments, project, **extra):
        return subprocess.run([self.scaffold, *arguments], cwd=project, text=True, timeout=120,
                              env=self.environment(**extra), capture_output=True, check=False,
                              stdin=subprocess.DEVNULL)

    def git(self, folder, *arguments):
        return subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True,
                              text=True, env=self.environment()).stdout

    def commit(self, folder, message):
        self.git(folder, "add", "-A", "-f")
        self.git(folder, "commit", "-q", "--no-verify", "-m", message)

    def make_template(self, extra_manifest=""):
        t = self.template
        t.mkdir()
        self.git(t, "init", "-q", "-b", "main")
        manifest = "_preserve_symlinks: true\n_exclude: [copier.yml, .git]\nname: {type: str, default: demo}\n"
        write(t / "copier.yml", manifest + extra_manifest)
        write(t / "{{ _copier_conf.answers_file }}.jinja", "{{ _copier_answers|to_nice_yaml }}")
        lines = [f"line {i}\n" for i in range(20)]
        for name in ("updated", "merged", "clash", "edited_gone", "gone", "run.sh", "old_name"):
            write(t / name, name + "\n" + "".join(lines))
        write(t / "emptied/a/one", "1\n")
        write(t / "emptied/two", "2\n")
        write(t / "kind/inner/x", "x\n")
        write(t / "other", "a file that becomes a folder\n")
        write(t / "big.bin", "b" * 200000 + "\n")
        (t / "link").symlink_to("updated")
        self.commit(t, "1")
        self.git(t, "tag", "1.0.0")

        for name in ("updated", "merged", "clash", "old_name"):
            text = (t / name).read_text().replace("line 15\n", "template 15\n")
            write(t / name, text)
        self.git(t, "mv", "old_name", "new_name")
        for name in ("edited_gone", "gone", "emptied", "kind", "other"):
            self.git(t, "rm", "-q", "-r", name)
        write(t / "kind", "a folder became a file\n")
        write(t / "other/deep/er/file", "a file became a folder\n")
        write(t / "created", "created\n")
        write(t / "fresh/folder/made", "made\n")
        write(t / "both", "of the template\n")
        write(t / "big.bin", "c" * 300000 + "\n")
        (t / "run.sh").chmod(0o755)
        (t / "link").unlink()
        (t / "link").symlink_to("merged")
        self.commit(t, "2")
        self.git(t, "tag", "2.0.0")

    def make_project(self, where=None, repository=None):
        """Copies version 1 to `where`, edits it and commits; a repository unless one is given."""
        p = where or self.project
        done = self.run(["copy", "--defaults", "--vcs-ref", "1.0.0", str(self.template), str(p)],
                        self.folder)
        assert done.returncode == 0, done.stderr
        if repository is None and not (p / ".git").exists():
            self.git(p, "init", "-q", "-b", "main")
        self.commit(p, "made")
        for name, old, new in (("merged", "line 2\n", "mine 2\n"),
                               ("clash", "line 15\n", "mine 15\n"),
                               ("edited_gone", "line 4\n", "mine 4\n"),
                               ("old_name", "line 3\n", "mine 3\n")):
            write(p / name, (p / name).read_text().replace(old, new))
        write(p / "both", "of the user\n")
        write(p / "own/notes", "mine\n")
        (p / "merged").chmod(0o755)
        (p / "emptied/a").chmod(0o700)
        self.commit(p, "edited")

    def state(self, project):
        return (look(project), self.git(project, "status", "--porcelain"),
                self.git(project, "ls-files", "--stage"),
                self.git(project, "symbolic-ref", "HEAD"))


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def look(folder):
    """Every path below, but .git: its kind, permission bits and content."""
    seen = {}
    for top, folders, files in os.walk(folder):
        if top == str(folder) and ".git" in folders:
            folders.remove(".git")
        for name in folders + files:
            path = os.path.join(top, name)
            status = os.lstat(path)
            key = os.path.relpath(path, folder)
            if stat.S_ISLNK(status.st_mode):
                seen[key] = ("link", 0, os.readlink(path))
            elif stat.S_ISDIR(status.st_mode):
                seen[key] = ("folder", stat.S_IMODE(status.st_mode), "")
            elif not key == ".git":
                with open(path, "rb") as file:
                    seen[key] = ("file", stat.S_IMODE(status.st_mode), file.read())
    return seen


def copy(source, target):
    shutil.rmtree(target, ignore_errors=True)
    subprocess.run(["cp", "-a", source, target], check=True)
    return pathlib.Path(target)
