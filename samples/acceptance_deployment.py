#!/usr/bin/env python3
"""Asks checkov about the full sample's image and manifests; and whether it finds planted faults."""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SAMPLES = Path(__file__).resolve().parent
# A file, what stands in it, what takes its place, and the check that must find that.
FAULTS = (
    ("Dockerfile", r"(?m)^USER .*\n", "", "CKV_DOCKER_3"),
    ("deploy/kubernetes/worker.yaml", "drop: \\[ALL\\]", "add: [SYS_ADMIN]", "CKV_K8S_39"),
    ("deploy/kubernetes/deployment.yaml", "Token: false", "Token: true", "CKV_K8S_38"),
    ("deploy/kubernetes/worker.yaml", "memory: 512Mi", "ephemeral-storage: 1Gi", "CKV_K8S_13"),
)


def ask(project: Path) -> tuple[int, set[str], str]:
    """Return how many checks passed, which failed, and what checkov printed."""
    done = subprocess.run(
        ["checkov", "--config-file", str(SAMPLES / "checkov.yaml"), "-d", str(project)],
        capture_output=True,
        text=True,
        check=False,
    )
    text = done.stdout + done.stderr
    passed = sum(int(number) for number in re.findall(r"Passed checks: (\d+)", text))
    return passed, set(re.findall(r"Check: (\w+):", text)), text


def main() -> int:
    """Run the command."""
    if shutil.which("checkov") is None:
        print("checkov is missing, so nothing was checked")
        return 1
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder, "full")
        shutil.copytree(SAMPLES / "full" / "expected", project, symlinks=True)
        passed, failed, text = ask(project)
        if failed or passed < 100:
            failures += 1
            print(f"FAIL the sample\n{text}")
        print(f"checkov: {passed} checks passed, {len(failed)} failed")
        for name, pattern, replacement, check in FAULTS:
            path = project / name
            before = path.read_text("utf-8")
            after = re.sub(pattern, replacement, before)
            path.write_text(after, "utf-8")
            found = after != before and check in ask(project)[1]
            path.write_text(before, "utf-8")
            failures += not found
            print(f"{'ok  ' if found else 'FAIL'} {name}: {check} is found")
    print(f"{len(FAULTS) + 1 - failures} passed, {failures} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
