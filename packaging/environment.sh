#!/bin/sh
# Makes .venv from the lock. Installs missing system packages where it may (root on Debian), else names the line to run.
set -eu

say() { printf '%s\n' "$*" >&2; }
SUDO=
[ "$(id -u)" = 0 ] || SUDO=sudo

find_python() {
    for name in "${PYTHON:-python3}" python3.13 python3.12 python3.11; do
        command -v "$name" >/dev/null 2>&1 || continue
        "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' && { printf '%s' "$name"; return; }
    done
}

missing_packages() {
    python=$1
    "$python" -c 'import ensurepip, venv' >/dev/null 2>&1 || printf 'python3-venv '
    has() { ldconfig -p 2>/dev/null | grep -q "$1"; }
    # The tests make certificates of their own.
    command -v openssl >/dev/null 2>&1 || printf 'openssl '
    has libGL.so.1 || printf 'libgl1 '
    has libEGL.so.1 || printf 'libegl1 '
    has libglib-2.0.so.0 || printf 'libglib2.0-0 '
    has libX11.so.6 || printf 'libx11-6 '
    has libdbus-1.so.3 || printf 'libdbus-1-3 '
    has libfontconfig.so.1 || printf 'libfontconfig1 '
    has libfreetype.so.6 || printf 'libfreetype6 '
    has libxkbcommon.so.0 || printf 'libxkbcommon0 '
    # With a screen: the libraries of Qt's xcb platform.
    has libxcb-cursor.so.0 || printf 'libxcb-cursor0 '
    has libxcb-icccm.so.4 || printf 'libxcb-icccm4 '
    has libxcb-image.so.0 || printf 'libxcb-image0 '
    has libxcb-keysyms.so.1 || printf 'libxcb-keysyms1 '
    has libxcb-randr.so.0 || printf 'libxcb-randr0 '
    has libxcb-render-util.so.0 || printf 'libxcb-render-util0 '
    has libxcb-shape.so.0 || printf 'libxcb-shape0 '
    has libxcb-xkb.so.1 || printf 'libxcb-xkb1 '
    has libxkbcommon-x11.so.0 || printf 'libxkbcommon-x11-0 '
    has libcups.so.2 || printf 'libcups2 '
}

if [ "$(uname -s)" = Linux ] && command -v apt-get >/dev/null 2>&1; then
    python=$(find_python)
    if [ -z "$python" ]; then packages='python3 python3-venv '; else packages=$(missing_packages "$python"); fi
    if [ -n "$packages" ]; then
        line="$SUDO apt-get install -y --no-install-recommends $packages"
        if [ "$(id -u)" = 0 ]; then
            say "Installing system packages: $packages"
            apt-get update -qq >&2
            DEBIAN_FRONTEND=noninteractive $line -qq >&2 </dev/null
        else
            say "System packages are missing. Please run:"
            say "    $SUDO apt-get update && $line"
            exit 1
        fi
    fi
fi
python=$(find_python)
if [ -z "$python" ]; then
    say "RecallDesk needs Python 3.11 or newer; none was found. Install it, or name it: make PYTHON=/path/to/python3 run"
    exit 1
fi
[ -x .venv/bin/python ] || "$python" -m venv .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock >&2
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . >&2
touch .venv/ready
