#!/bin/sh
# Prepares a virtual environment from the locks: setup.sh VENV [dev]
#
# VENV/.installed is written last and holds what is installed (Python version, checksums of the locks).
# Without it nothing in VENV is trusted: pip takes a package it was killed in the middle of for installed,
# so an interrupted run starts over. With it, only what changed is installed.
set -eu
venv=$1
want_dev=${2:-}
stamp=$venv/.installed
cd "$(dirname "$0")/.."

key() {
    "$venv/bin/python" --version
    cksum requirements.lock pyproject.toml
    if [ "$1" = dev ]; then cksum requirements-dev.lock; fi
}

installed() { # $1: dev or runtime
    [ -f "$stamp" ] && [ -x "$venv/bin/python" ] && [ "$(cat "$stamp")" = "$(key "$1" 2>/dev/null)" ]
}

same_python() {
    [ -f "$stamp" ] && [ -x "$venv/bin/python" ] && [ "$(head -n 1 "$stamp")" = "$("$venv/bin/python" --version 2>&1)" ]
}

create() {
    echo "正在创建虚拟环境（$("$python" --version)）……"
    rm -rf "$venv"
    if "$python" -c 'import ensurepip' 2>/dev/null; then
        "$python" -m venv "$venv"
    else # Debian keeps ensurepip in a package of its own (python3-venv); pip can do without it
        "$python" -m venv --without-pip "$venv"
        "$python" -m pip --python "$venv/bin/python" install --quiet pip
    fi
}

fail() {
    echo "安装没有完成。请检查网络与磁盘空间后再运行同一条命令，它会接着修复。" >&2
    exit 2
}

if installed dev || { [ -z "$want_dev" ] && installed runtime; }; then
    exit 0
fi

locks="-r requirements.lock"
kind=runtime
if [ -n "$want_dev" ] || grep -qs requirements-dev.lock "$stamp"; then
    locks="$locks -r requirements-dev.lock"
    kind=dev
fi
if ! same_python; then
    . .ci/python.sh
    create || fail
fi
rm -f "$stamp"
echo "正在安装依赖，第一次约需一至数分钟……"
# shellcheck disable=SC2086
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check $locks || fail
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . || fail
key "$kind" >"$stamp.new"
mv "$stamp.new" "$stamp"
