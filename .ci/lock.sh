#!/bin/sh
# Writes requirements.lock (what the page and commands need), requirements-ocr.lock (scanned pages besides),
# requirements-bulk.lock (building on several machines besides) and requirements-dev.lock (tests and checks, and those
# that both need) from pyproject.toml, in a clean environment. A version that only one kind of machine has ("+cpu")
# loses that tag: the same pin then fits every machine.
set -eu
cd "$(dirname "$0")/.."
. .ci/python.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

frozen() {
    "$work/$1/bin/python" -m pip freeze --all --exclude jushi --exclude pip |
        sed -E 's/\+[a-z0-9.]+$//; s/^(uvloop==.*)$/\1 ; sys_platform != "win32"/'
}

"$python" -m venv "$work/venv"
mkdir "$work/project"
cp pyproject.toml README.md "$work/project"
for package in $("$python" -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["tool"]["setuptools"]["packages"])'); do
    mkdir -p "$work/project/$(echo "$package" | tr . /)"
done
"$work/venv/bin/python" -m pip install --quiet --upgrade "setuptools>=77" "$work/project"
frozen venv >"$work/runtime"
"$work/venv/bin/python" -m pip install --quiet --constraint "$work/runtime" "$work/project[ocr]"
frozen venv | grep -vxFf "$work/runtime" >"$work/ocr"
"$work/venv/bin/python" -m pip install --quiet --constraint "$work/runtime" "$work/project[ocr,bulk,dev]"
frozen venv | grep -vxFf "$work/runtime" >"$work/dev"
"$python" -m venv "$work/bulk"
"$work/bulk/bin/python" -m pip install --quiet --constraint "$work/runtime" "$work/project[bulk]"
frozen bulk | grep -vxFf "$work/runtime" >"$work/more"
{ echo "# Written by make lock from pyproject.toml; do not edit."; cat "$work/runtime"; } >requirements.lock
{ echo "# Written by make lock from pyproject.toml; do not edit. Recognition of scanned pages, on top of requirements.lock."; cat "$work/ocr"; } >requirements-ocr.lock
{ echo "# Written by make lock from pyproject.toml; do not edit. Building on several machines, on top of requirements.lock."; cat "$work/more"; } >requirements-bulk.lock
{ echo "# Written by make lock from pyproject.toml; do not edit. Tests and checks, on top of requirements.lock."; cat "$work/dev"; } >requirements-dev.lock
