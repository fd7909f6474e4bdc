"""Command lines whose complaints are Chinese; apart from that the standard library's argparse.

error: the following arguments are required: 命令   -> 缺少参数：命令
"""

import argparse
import re
import sys
from typing import NoReturn

USAGE_ERROR = 2
_SAID_IN_CHINESE = tuple(
    (re.compile(english), chinese)
    for english, chinese in (
        (r"the following arguments are required: (?P<what>.+)", "缺少参数：{what}"),
        (r"unrecognized arguments: (?P<what>.+)", "不认识的参数：{what}"),
        (r"argument .+?: invalid choice: (?P<what>.+?) \(choose from (?P<of>.+)\)", "没有 {what}，可选：{of}"),
        (r"argument (?P<name>.+?): invalid (?:int|float) value: (?P<what>.+)", "{name} 应为数字，不能是 {what}"),
        (r"argument (?P<name>.+?): expected .*", "{name} 后面要有值"),
        (r"argument (?P<name>.+?): not allowed with argument (?P<what>.+)", "{name} 不能和 {what} 一起用"),
        (r"argument (?P<name>.+?): (?P<what>.+)", "{name}：{what}"),
    )
)


class Parser(argparse.ArgumentParser):
    """An `ArgumentParser` that complains in Chinese and ends with exit code 2."""

    def error(self, message: str) -> NoReturn:
        said = message
        for pattern, chinese in _SAID_IN_CHINESE:
            if found := pattern.fullmatch(message):
                said = chinese.format(**found.groupdict())
                break
        sys.stderr.write(
            f"{self.format_usage().replace('usage:', '用法：', 1)}命令行写得不对：{said}。加 -h 看说明。\n"
        )
        self.exit(USAGE_ERROR)
