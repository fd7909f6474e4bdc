# Sets `python` to a Python of at least 3.11: the one the user names in PYTHON, else the first that serves.
# Sourced by setup.sh and lock.sh.

serves() {
    command -v "$1" >/dev/null 2>&1 && "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

python=
for candidate in ${PYTHON:-python3 python3.11 python3.12 python3.13 python3.14 python}; do
    if serves "$candidate"; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    found=$("${PYTHON:-python3}" --version 2>/dev/null || true)
    echo "需要 Python 3.11 或更新的版本，找到的是：${found:-无}。" >&2
    echo "请安装后再运行；装在别处的，用 PYTHON 指明，如：make chat PYTHON=/opt/python3.12/bin/python3" >&2
    exit 2
fi
