"""A directory tree as data, and the differences between two of them."""

import dataclasses
import difflib
import hashlib
import os
import pathlib
import stat

FIELDS = ("kind", "mode", "bytes", "link")


@dataclasses.dataclass(frozen=True)
class Difference:
    path: str
    what: str  # missing, extra, or one of FIELDS
    text: str


def take(root):
    """Map of relative path to kind, permission bits, content digest and link target."""
    entries = {}
    root = pathlib.Path(root)
    if not root.is_dir() or root.is_symlink():
        return entries
    for folder, folders, files in os.walk(root):
        for name in sorted(folders) + sorted(files):
            path = pathlib.Path(folder, name)
            entries[str(path.relative_to(root))] = describe(path)
    return entries


def describe(path):
    status = path.lstat()
    entry = {"kind": "other", "mode": stat.S_IMODE(status.st_mode), "bytes": "", "link": ""}
    if stat.S_ISLNK(status.st_mode):
        entry.update(kind="link", mode=0, link=os.readlink(path))
    elif stat.S_ISDIR(status.st_mode):
        entry["kind"] = "directory"
    elif stat.S_ISREG(status.st_mode):
        entry.update(kind="file", bytes=hashlib.sha256(path.read_bytes()).hexdigest())
    return entry


def differing_paths(one, other):
    return sorted(p for p in one.keys() | other.keys() if one.get(p) != other.get(p))


def diff_text(wanted, got, lines=12):
    """The first lines of a unified diff, or the sizes of binary files."""
    a, b = pathlib.Path(wanted).read_bytes(), pathlib.Path(got).read_bytes()
    try:
        texts = [a.decode().splitlines(keepends=True), b.decode().splitlines(keepends=True)]
    except UnicodeDecodeError:
        return f"binary, {len(a)} and {len(b)} bytes"
    found = list(difflib.unified_diff(*texts, "copier", "scaffold", n=1))[2:]
    return "".join(repr(line) + "\n" for line in found[:lines])


def compare(wanted_root, wanted, got_root, got, ignored):
    """Differences of two snapshots; the paths in `ignored` need only exist on both sides."""
    found = []
    for path in sorted(wanted.keys() | got.keys()):
        if path not in got or path not in wanted:
            found.append(Difference(path, "missing" if path in wanted else "extra", ""))
            continue
        a, b = wanted[path], got[path]
        for field in FIELDS:
            if a[field] == b[field] or (field == "bytes" and path in ignored):
                continue
            if field == "bytes" and a["kind"] == b["kind"] == "file":
                text = diff_text(pathlib.Path(wanted_root, path), pathlib.Path(got_root, path))
            else:
                text = f"copier {a[field]!r}, scaffold {b[field]!r}"
                if field == "mode":
                    text = f"copier {a[field]:04o}, scaffold {b[field]:04o}"
            found.append(Difference(path, field, text))
    return found
