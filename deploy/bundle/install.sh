#!/bin/sh
# Installs 据实 from this folder, without a network: sh install.sh [--ocr] [--tests] [FOLDER]
# Over an older version the same command is the upgrade; index, conversations and settings stay.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
target=jushi
kind=
ocr=
for argument in "$@"; do
    case $argument in
        --tests) kind=dev ;;
        --ocr) ocr=yes ;;
        -*) echo "用法：sh install.sh [--ocr 扫描件识别] [--tests 连同测试工具] [文件夹，默认 jushi]" >&2; exit 2 ;;
        *) target=$argument ;;
    esac
done

fail() {
    echo "$1" >&2
    exit 2
}

case $here in *[[:space:]]*) fail "安装包所在的路径里有空格：$here。请移到没有空格的文件夹再安装。" ;; esac

# wheels fit one version of Python on one kind of machine
read -r tag system <"$here/PLATFORM"
python=
for candidate in ${PYTHON:-python3 python3.11 python3.12 python3.13 python3.14 python}; do
    found=$("$candidate" -c 'import sys, sysconfig as s
print("cp%d%d" % sys.version_info[:2], s.get_platform().replace("-", "_").replace(".", "_"))' 2>/dev/null) || continue
    if [ "$found" = "$tag $system" ]; then
        python=$candidate
        break
    fi
done
[ -n "$python" ] || fail "这个安装包要用 $tag（$system）的 Python，没有找到。装在别处的，用 PYTHON 指明：PYTHON=/opt/python/bin/python3 sh install.sh"

(cd "$here" && sha256sum --quiet -c SHA256SUMS) || fail "安装包不完整，请重新复制一份。"

mkdir -p "$target"
cd "$target"
# what an older version had and this one has not
rm -rf assistant corpus docs evals index tests
tar xzf "$here/sources.tar.gz"
export PYTHON="$python" PIP_CONFIG_FILE=/dev/null PIP_NO_INDEX=1 PIP_FIND_LINKS="$here/wheels" PIP_NO_CACHE_DIR=1
# shellcheck disable=SC2086
sh .ci/setup.sh .venv $kind
if [ -n "$ocr" ]; then
    .venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-ocr.lock
fi
echo "已装到 $(pwd)。打开问答页面：cd $(pwd) && make chat"
