#!/usr/bin/env bash
# copier_suite.sh SHARED BINARY [FOLDER]: runs Copier's own tests against BINARY, called through a link named
# `copier`, and compares the number that pass with copier_suite_floor.txt. Copier and its tests come from PyPI and
# stay in FOLDER (build/copier-suite). Fails below the floor; the floor is raised by hand and never lowered.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
suite=$(cd "$1" && pwd)/reference/copier-suite
binary=$(readlink -f "$2")
mkdir -p "${3:-$here/../../build/copier-suite}"
folder=$(cd "${3:-$here/../../build/copier-suite}" && pwd)
floor=$(grep -v '^#' "$here/copier_suite_floor.txt")

"$suite/setup.sh" "$folder"

# A folder of our own for what the tests write: pytest keeps that of the last runs and clears it slowly.
rm -rf "$folder/tmp"
mkdir "$folder/tmp"
trap 'rm -rf "$folder/tmp"' EXIT
log=$folder/score.log
start=$SECONDS
TMPDIR=$folder/tmp PYTEST_DEBUG_TEMPROOT=$folder/tmp JOBS=${JOBS:-2} \
  "$suite/score.sh" "$folder" "$binary" "@$suite/portable.txt" --spawn-timeout=30 >"$log" 2>&1 ||
  { tail -n 30 "$log"; exit 1; }

sed -n '/^portable: /,$p' "$log"
score=$(sed -n 's/^portable-strict: \([0-9]*\) of .*/\1/p' "$log")
[ -n "$score" ] || { tail -n 30 "$log"; echo "no score: the tests did not run"; exit 1; }
printf '%s discriminating tests of Copier pass, the floor is %s; %d s\n' "$score" "$floor" $((SECONDS - start))
if [ "$score" -lt "$floor" ]; then
  echo "below the floor: what failed stands above, why in $log"
  exit 1
fi
if [ "$score" -gt "$floor" ]; then
  echo "raise the floor in tests/peers/copier_suite_floor.txt to $score"
fi
