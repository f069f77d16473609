#!/usr/bin/env python3
"""Writes tests/tasks/trust_table.txt: which trust entries cover which sources, by Copier 9.19.1.

Each source is also an entry, and so is each with a slash added. A block is an entry followed by the
sources that it covers; all others are not covered. Texts are written as Python literals.
"""

import os
import pathlib

os.environ["HOME"] = "/home/me"
from copier._settings import is_trusted_repository  # noqa: E402

TARGET = pathlib.Path(__file__).resolve().parents[1] / "tasks/trust_table.txt"
SOURCES = """
https://github.com/good/tpl.git
https://github.com/good/tpl
https://github.com/good/
https://github.com/good
https://github.com/good/../evil/tpl.git
https://github.com/good/./tpl.git
https://github.com/good//tpl.git
https://github.com/good/%2e%2e/evil/tpl.git
https://github.com/good/..%2fevil/tpl.git
https://github.com/good\\..\\evil\\tpl.git
https://github.com/good/\\../evil
https://github.com/goodness/tpl.git
https://github.com/good/tpl.git?x=1
https://github.com/good/tpl.git#frag
https://github.com/good/tpl.git?x=/../../evil
https://github.com/evil/tpl.git
https://github.com/good/sub/tpl.git
https://github.com/good/ü
https://github.com/good/a b
https://GITHUB.com/good/tpl.git
HTTPS://github.com/good/tpl.git
https://user@github.com/good/tpl.git
https://github.com:443/good/tpl.git
https://github.com
https://github.com/
https://github.com/../good/tpl.git
https://github.com/good/tpl.git/..
https://github.com/good/tpl/../../good/x
ssh://git@github.com/good/tpl.git
git+https://github.com/good/tpl.git
git+ssh://git@host/good/../evil
file:///srv/good/tpl
file:///srv/good/../evil
file://srv/good
gh:good/tpl
gh:good/
gh:/good/tpl
gh:good/../evil/tpl
gh:good/tpl.git
gh:good
gl:good/tpl
gl:good/
gl:good/%2e%2e/x
gh:
GH:good/tpl
git@github.com:good/tpl.git
git@github.com:good/
git@github.com:good/../evil/tpl.git
git@github.com:/good/tpl.git
git@github.com:good//tpl.git
git@github.com:good/%2e%2e/evil
git@github.com:~me/tpl
github.com:good/tpl.git
git@host:good/ü
git@host:a b
user@name@host:path
host :path
C:\\templates\\tpl
C:/templates/tpl
c:tpl
\\\\server\\share\\x:y
/srv/good/tpl
/srv/good/
/srv/good
/srv/good/../evil
/srv/good//tpl
/srv//good/tpl
//srv/good/tpl
///srv/good/tpl
/srv/good/%2e%2e/evil
/srv/good/a b/tpl
/srv/good/t:pl
/
~/good/tpl
~/good/
~/good/../evil
~
/home/me/good/tpl
/home/me/
./good/tpl
good/tpl
good/
good
../good
.
..
a/../good/tpl
""".strip("\n").split("\n") + ["", " https://github.com/good/tpl.git", "https://github.com/go\tod/tpl.git",
                              "git@host:a\nb", "https://github.com/good/tpl.git\n", "\u00a0host:path",
                              "ho\u2003st:path", "x://", "1x://good/tpl", "x+y-z.1://good/../evil", "://good"]


def main():
    entries = sorted(set(SOURCES) | {source + "/" for source in SOURCES})
    lines = []
    for entry in entries:
        lines.append(ascii(entry))
        lines += ["  " + ascii(source) for source in SOURCES if is_trusted_repository([entry], source)]
    lines.append("sources")
    lines += ["  " + ascii(source) for source in SOURCES]
    TARGET.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
