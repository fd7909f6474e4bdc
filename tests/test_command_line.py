"""Every command complains about its usage in Chinese, with exit code 2."""

import importlib

import pytest

CALLS = [
    ("assistant", [], "缺少参数：命令"),
    ("assistant", ["ask"], "缺少参数：question"),
    ("assistant", ["ask", "问", "--nope"], "不认识的参数：--nope"),
    ("corpus", ["nope", "x.txt"], "没有 'nope'"),
    ("index", ["search", "-k", "many", "词"], "-k：“many”不是正整数"),
    ("evals", ["run", "--cases"], "--cases 后面要有值"),
]


@pytest.mark.parametrize(("command", "arguments", "said"), CALLS)
def test_wrong_usage_is_told_in_chinese(command: str, arguments: list[str], said: str, capsys):
    with pytest.raises(SystemExit) as ended:
        importlib.import_module(f"{command}.__main__").main(arguments)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err
