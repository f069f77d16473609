#!/usr/bin/env python3
"""Packs the template into releases/VERSION.tar, or checks that the newest one is current.

The same tree always gives the same bytes, on every machine: a ustar archive with sorted names, no
times, no owners, and one of two modes. The program embeds these archives, so a version that was
released once is never written again.
"""

import argparse
import io
import os
import re
import sys
import tarfile
from pathlib import Path

TEMPLATE = Path(__file__).resolve().parent
RELEASES = TEMPLATE / "releases"
PACKED = ("copier.yml", "files", "generators", "modules.yml")
# What tools and editors leave behind; it must not get into a release.
LITTER = re.compile(r"__pycache__|.*\.py[co]|.*~|\.DS_Store")


def list_tree(root: Path) -> list[Path]:
    """Return everything below `root` and itself, sorted by name; links are not followed."""
    paths = [root]
    if root.is_dir() and not root.is_symlink():
        for name in sorted(os.listdir(root)):
            if LITTER.fullmatch(name):
                raise SystemExit(f"error: '{root / name}' does not belong into a template")
            paths += list_tree(root / name)
    return paths


def make_member(path: Path) -> tuple[tarfile.TarInfo, bytes]:
    """Return the archive's header and content for a file, folder or link."""
    member = tarfile.TarInfo(path.relative_to(TEMPLATE).as_posix())
    content = b""
    if path.is_symlink():
        member.type, member.mode, member.linkname = tarfile.SYMTYPE, 0o777, os.readlink(path)
    elif path.is_dir():
        member.type, member.mode = tarfile.DIRTYPE, 0o755
    else:
        content = path.read_bytes()
        member.mode = 0o755 if path.stat().st_mode & 0o100 else 0o644
        member.size = len(content)
    return member, content


def pack() -> bytes:
    """Return the archive of the template as it is now."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name in PACKED:
            for path in list_tree(TEMPLATE / name):
                member, content = make_member(path)
                archive.addfile(member, io.BytesIO(content))
    return buffer.getvalue()


def parse_version(text: str) -> tuple[int, ...]:
    """Return the numbers of a version like 1.0.0."""
    if not re.fullmatch(r"\d+\.\d+\.\d+", text, re.ASCII):
        raise argparse.ArgumentTypeError(f"'{text}' is no version like 1.0.0")
    return tuple(int(number) for number in text.split("."))


def newest_release() -> Path:
    """Return the archive with the highest version."""
    archives = list(RELEASES.glob("*.tar"))
    if not archives:
        raise SystemExit("error: there is no release yet")
    return max(archives, key=lambda archive: parse_version(archive.stem))


def check() -> int:
    """Compare the newest release with the template."""
    newest = newest_release()
    if newest.read_bytes() == pack():
        return 0
    print(f"error: the template differs from {newest.name}: give it a new version", file=sys.stderr)
    return 1


def release(version: str, replace: bool) -> int:
    """Write the archive of a version."""
    path = RELEASES / f"{version}.tar"
    if path.exists() and not replace:
        print(f"error: {path.name} was released already", file=sys.stderr)
        return 1
    path.write_bytes(pack())
    print(path.relative_to(TEMPLATE.parent))
    return 0


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("version", nargs="?", metavar="VERSION", help="for example 1.0.0")
    what.add_argument("--check", action="store_true", help="fail if the newest release is stale")
    parser.add_argument(
        "--replace",
        action="store_true",
        help="write a version again, which is right only before anybody can have used it",
    )
    options = parser.parse_args()
    if options.check:
        return check()
    parse_version(options.version)
    return release(options.version, options.replace)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except argparse.ArgumentTypeError as error:
        sys.exit(f"error: {error}")
