#!/bin/sh
# Proves an offline archive: sh .ci/offline.sh ARCHIVE.tar [WORK_FOLDER] [arguments of pytest…]
# Unpacks, installs, answers a question and runs the tests in a network namespace that has nothing but loopback.
# Needs Linux, iproute2 and the right to make a namespace (root, or user namespaces).
set -eu
archive=$(realpath "$1")
work=$(realpath -m "${2:-offline}")
shift
[ $# -eq 0 ] || shift

if [ "${JUSHI_OFFLINE_INSIDE:-}" != yes ]; then
    as_user=-r
    [ "$(id -u)" -ne 0 ] || as_user=
    # shellcheck disable=SC2086
    exec unshare $as_user -n env JUSHI_OFFLINE_INSIDE=yes sh "$0" "$archive" "$work" "$@"
fi

unset JUSHI_OFFLINE_INSIDE
ip link set lo up
if grep -v -e 'lo:' -e '|' /proc/net/dev | grep -q . || ip route show default | grep -q .; then
    echo "网络没有断开，这次不算数。" >&2
    exit 2
fi
started=$(date +%s)
passed() {
    echo "== $1：$(($(date +%s) - started)) 秒 =="
    started=$(date +%s)
}

mkdir -p "$work"
tar xf "$archive" -C "$work"
passed "解开"
sh "$work"/jushi-*/install.sh --tests "$work/jushi"
passed "安装"
cd "$work/jushi"
.venv/bin/python -m index build
.venv/bin/python -m assistant ask "这是哪份报告？"
passed "建索引并回答"
make test ARGS="$*"
passed "测试"
