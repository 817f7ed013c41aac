#!/bin/sh
# Set up what mediakit needs. `make` calls this; by hand:
#
#   tools/setup.sh python     the environment in .venv, exactly as requirements.lock says
#   tools/setup.sh browser    Chromium and fonts, which draw the png, svg and pdf figures
#   tools/setup.sh driver     what the browser test needs besides
#   tools/setup.sh lock ...   requirements.lock anew from pyproject.toml (options go to uv)
#
# What is already there is left alone. What the installers say goes to .cache/setup.log; here they get one line each.
# PYTHON=... names another interpreter, BROWSER_PATH=... another Chrome or Chromium.
set -eu
cd "$(dirname "$0")/.."

venv=.venv
py=$venv/bin/python
uv=$venv/bin/uv
stamp=$venv/.mediakit-setup
log=.cache/setup.log
fonts="fonts-liberation fonts-dejavu-core"
new_enough='import sys; sys.exit(sys.version_info < (3, 11))'
unset UV_SYSTEM_PYTHON # it would aim uv past .venv

say() { printf 'setup: %s\n' "$*"; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }
logged() { printf '\n$ %s\n' "$*" >>"$log"; "$@" >>"$log" 2>&1; }

# Why the last command failed, for the one line that the user sees.
reason() {
  said=$(awk '/^\$ / { said = "" } { said = said $0 "\n" } END { printf "%s", said }' "$log" | sed 1d)
  if echo "$said" | grep -qiE 'connect|resolv|resolution|timed out|certificate|proxy'; then
    line="its server could not be reached; is there a network, or a proxy to name?"
  else
    line=$(echo "$said" | grep -iE 'error|failed|unable|no space|denied|cannot' | tail -n 1 | cut -c 1-200)
  fi
  printf '%s (all of it: %s)' "${line:-no reason given}" "$log"
}

# --- Debian packages --------------------------------------------------------------------------------------------------

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }
may_apt() { have apt-get && { [ "$(id -u)" = 0 ] || { have sudo && sudo -n true 2>/dev/null; }; }; }

apt_install() {
  may_apt || return 1
  set -- env DEBIAN_FRONTEND=noninteractive \
    apt-get -o DPkg::Lock::Timeout=120 install -y --no-install-recommends "$@"
  # package lists may be missing or stale: both show as a failed install
  logged as_root "$@" || { logged as_root apt-get update && logged as_root "$@"; }
}

# Fetch a Debian package as an ordinary user and unpack it under .cache: nothing on the system changes.
apt_unpack() {
  apt=$PWD/.cache/apt
  mkdir -p "$apt/lists/partial" "$apt/archives/partial"
  printf 'Dir::State::Lists "%s/lists";\nDir::Cache "%s";\n' "$apt" "$apt" >"$apt/apt.conf"
  printf '\n$ apt-get download %s\n' "$1" >>"$log"
  (
    export APT_CONFIG="$apt/apt.conf"
    cd "$apt" && apt-get update && apt-get download "$1" && dpkg-deb -x "$1"_*.deb unpacked
  ) >>"$log" 2>&1
}

# --- the environment --------------------------------------------------------------------------------------------------

find_python() {
  if [ -n "${PYTHON:-}" ]; then set -- "$PYTHON"; else set -- python3 python3.14 python3.13 python3.12 python3.11; fi
  for name; do
    if "$name" -c "$new_enough" 2>/dev/null; then
      command -v "$name"
      return
    fi
  done
  found=$("$1" --version 2>/dev/null || echo "not there")
  fail "mediakit needs Python 3.11 or newer, and $1 is $found. Install one, or name one: PYTHON=/path/to/python3 make ..."
}

make_venv() {
  python=$(find_python) || exit 1
  say "making $venv with $("$python" --version)"
  rm -rf "$venv"
  logged "$python" -m venv --without-pip "$venv" || fail "could not make $venv: $(reason)"
}

# Debian's python3 has no pip, and no ensurepip either until python3-venv is installed.
give_pip() {
  version=$("$py" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  wheels=.cache/apt/unpacked/usr/share/python-wheels
  logged "$py" -m ensurepip --default-pip && return
  logged "${python:-python3}" -m pip --python "$py" install pip && return
  have uv && logged uv pip install --python "$py" pip && return
  apt_install "python$version-venv" && logged "$py" -m ensurepip --default-pip && return
  # a wheel of pip runs as it is, and installs itself
  apt_unpack python3-pip-whl && logged "$py" "$(echo "$wheels"/pip-*.whl)/pip" install --no-index "$wheels"/pip-*.whl && return
  fail "Python $version here cannot make environments with pip. As root: apt-get install python3-venv. What failed: $(reason)"
}

pip_setting() { "$py" -m pip config list 2>/dev/null | sed -n "s/^[^=]*\.$1='\(.*\)'\$/\1/p" | head -n 1; }

# uv reads its own variables but not pip's configuration: hand over the index and the certificates it names.
configure_uv() {
  index=$(pip_setting index-url)
  certificates=$(pip_setting cert)
  if [ -n "$index" ] && [ -z "${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-}" ]; then export UV_DEFAULT_INDEX="$index"; fi
  if [ -n "$certificates" ] && [ -z "${SSL_CERT_FILE:-}" ]; then export SSL_CERT_FILE="$certificates"; fi
}

install_uv() {
  awk '/^[a-z0-9]/ { wanted = /^uv==/ } wanted' requirements.lock >.cache/uv.txt
  logged "$py" -m pip install --require-hashes -r .cache/uv.txt
}

install_packages() {
  say "installing $(grep -c '^[a-z0-9].*==' requirements.lock) packages; the first time takes a minute or two"
  install_uv || fail "could not install uv: $(reason)"
  configure_uv
  # pip takes ten times as long, but knows every setting of pip's own: other indexes, folders of wheels, proxies
  { [ -z "$(pip_setting no-index)" ] && logged "$uv" pip sync --python "$py" --require-hashes requirements.lock; } ||
    logged "$py" -m pip install --require-hashes -r requirements.lock ||
    fail "could not install the packages: $(reason)"
  # the build backend is in the lock too, so nothing is fetched here
  logged "$uv" pip install --python "$py" --no-deps --no-build-isolation --editable . ||
    fail "could not install mediakit itself: $(reason)"
}

# JupyterLab asks the network for news and newer versions unless it is told not to.
quiet_jupyterlab() {
  mkdir -p "$venv/share/jupyter/lab/settings"
  echo '{"@jupyterlab/apputils-extension:notification": {"checkForUpdates": false, "fetchNews": "false"}}' \
    >"$venv/share/jupyter/lab/settings/overrides.json"
}

fingerprint() {
  pwd
  cat requirements.lock pyproject.toml tools/setup.sh | cksum
  "$py" -c 'import sys; print(sys.version)'
}

setup_python() {
  if [ -f "$stamp" ]; then
    if [ "$(fingerprint 2>/dev/null)" = "$(cat "$stamp")" ]; then return; fi
    # an environment does not survive being moved: its scripts name the interpreter by its full path
    if [ "$(head -n 1 "$stamp")" != "$(pwd)" ]; then rm -rf "$venv"; fi
  fi
  "$py" -c "$new_enough" 2>/dev/null || make_venv
  "$py" -m pip --version >/dev/null 2>&1 || give_pip
  install_packages
  quiet_jupyterlab
  fingerprint >"$stamp"
}

# --- the browser ------------------------------------------------------------------------------------------------------

find_browser() {
  if [ -n "${BROWSER_PATH:-}" ]; then
    [ -x "$BROWSER_PATH" ] || fail "BROWSER_PATH names no program: $BROWSER_PATH"
    return
  fi
  for name in chromium chromium-browser google-chrome google-chrome-stable chrome; do
    if have "$name"; then return; fi
  done
  # one that kaleido finds elsewhere: an application folder, or its own download
  [ -x "$py" ] && "$py" -c '
import sys
from choreographer.browsers.chromium import Chromium
sys.exit(not Chromium.find_browser(skip_local=False))' 2>/dev/null
}

find_fonts() {
  [ "$(uname)" = Linux ] || return 0
  find -L /usr/share/fonts /usr/local/share/fonts "${HOME:-/}/.fonts" "${HOME:-/}/.local/share/fonts" \
    -name '*.[ot]t[fc]' 2>/dev/null | head -n 1 | grep -q .
}

# shellcheck disable=SC2086 # $fonts is a list
setup_browser() {
  if find_browser && find_fonts; then return; fi
  if may_apt; then
    say "installing Chromium and fonts"
    apt_install chromium $fonts || fail "could not install Chromium: $(reason)"
  elif find_browser; then
    fail "no fonts on this machine, so figures would have no text. As root: apt-get install $fonts"
  else
    fail "figures are drawn by Chrome or Chromium, and none was found. As root: apt-get install chromium $fonts; or set BROWSER_PATH to one"
  fi
}

# Playwright drives the browser through a node of its own, which is linked with libatomic.
setup_driver() {
  for node in "$venv"/lib/python3*/site-packages/playwright/driver/node; do
    if "$node" --version >/dev/null 2>&1; then return; fi
  done
  may_apt || fail "the browser test needs libatomic. As root: apt-get install libatomic1"
  say "installing libatomic1"
  apt_install libatomic1 || fail "could not install libatomic1: $(reason)"
}

# --- the lock ---------------------------------------------------------------------------------------------------------

# Hashes for every platform, and no address of any index. Pins stay as they are unless --upgrade is given.
write_lock() {
  configure_uv
  "$uv" pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-header --no-annotate \
    --all-extras --group dev --quiet --output-file requirements.lock "$@"
}

mkdir -p .cache
case "${1:-}" in
  python | browser | driver) : >"$log"; "setup_$1" ;;
  lock) shift; write_lock "$@" ;;
  *) sed -n '2,10s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
