#!/bin/sh
# Set up what mediakit needs. `make` calls this; by hand:
#
#   tools/setup.sh python     the environment in .venv, exactly as requirements.lock says
#   tools/setup.sh browser    Chromium and fonts, which draw the png, svg and pdf figures
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
chromium_packages="chromium fonts-liberation fonts-dejavu-core"
new_enough='import sys; sys.exit(sys.version_info < (3, 11))'
unset UV_SYSTEM_PYTHON # it would aim uv past .venv

say() { printf 'setup: %s\n' "$*"; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }
logged() { printf '\n$ %s\n' "$*" >>"$log"; "$@" >>"$log" 2>&1; }

# The last line of the log that names a fault, for the one line that the user sees.
reason() {
  line=$(grep -iE 'error|failed|unable|no space|denied|cannot' "$log" | grep -v '^\$' | tail -n 1 | cut -c 1-200)
  printf '%s (whole log: %s)' "${line:-no reason given}" "$log"
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
  (
    cd "$apt"
    export APT_CONFIG="$apt/apt.conf"
    apt-get update && apt-get download "$1" && dpkg-deb -x "$1"_*.deb unpacked
  ) >>"$log" 2>&1
}

# --- the environment --------------------------------------------------------------------------------------------------

find_python() {
  for name in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
    if "$name" -c "$new_enough" 2>/dev/null; then
      command -v "$name"
      return
    fi
  done
  found=$("${PYTHON:-python3}" --version 2>/dev/null || echo "none")
  fail "mediakit needs Python 3.11 or newer; ${PYTHON:-python3} here is: $found. Name another one: PYTHON=/path/to/python3 make ..."
}

# Debian's python3 has no pip, and no ensurepip either until python3-venv is installed.
give_pip() {
  version=$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  wheels=.cache/apt/unpacked/usr/share/python-wheels
  logged "$py" -m ensurepip --default-pip && return
  logged "$1" -m pip --python "$py" install pip && return
  have uv && logged uv pip install --python "$py" pip && return
  apt_install "python$version-venv" && logged "$py" -m ensurepip --default-pip && return
  apt_unpack python3-pip-whl && logged "$py" "$(echo "$wheels"/pip-*.whl)/pip" install --no-index "$wheels"/pip-*.whl && return
  fail "Python $version here cannot make environments with pip. As root: apt-get install python3-venv. Reason: $(reason)"
}

make_venv() {
  python=$(find_python)
  say "making $venv with $("$python" --version)"
  rm -rf "$venv"
  logged "$python" -m venv --without-pip "$venv" || fail "could not make $venv: $(reason)"
  give_pip "$python"
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
  logged "$uv" pip sync --python "$py" --require-hashes requirements.lock ||
    logged "$py" -m pip install --require-hashes -r requirements.lock ||
    fail "could not install the packages: $(reason)"
  # the build backend is in the lock too, so nothing is fetched here
  logged "$uv" pip install --python "$py" --no-deps --no-build-isolation --editable . ||
    fail "could not install mediakit itself: $(reason)"
}

fingerprint() {
  pwd
  cat requirements.lock pyproject.toml tools/setup.sh | cksum
  "$py" -c 'import sys; print(sys.version)'
}

setup_python() {
  if [ -f "$stamp" ] && [ "$(fingerprint 2>/dev/null)" = "$(cat "$stamp")" ]; then return; fi
  "$py" -c "$new_enough" 2>/dev/null && "$py" -m pip --version >/dev/null 2>&1 || make_venv
  install_packages
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

setup_browser() {
  if find_browser && find_fonts; then return; fi
  if may_apt; then
    say "installing $chromium_packages"
    apt_install $chromium_packages || fail "could not install Chromium: $(reason)"
  elif find_browser; then
    fail "no fonts on this machine: figures would have no text. As root: apt-get install fonts-liberation fonts-dejavu-core"
  else
    fail "figures are drawn by Chrome or Chromium, and none was found. As root: apt-get install $chromium_packages; or install Chrome; or set BROWSER_PATH to one"
  fi
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
  python | browser) : >"$log"; "setup_$1" ;;
  lock) shift; write_lock "$@" ;;
  *) sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
