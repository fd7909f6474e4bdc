"""Why a line or row is no case, in Chinese: pydantic's faults put into words a clerk can act on."""

import re

from pydantic import ValidationError

ADVICE = {
    "extra_forbidden": "不认识这个键，请删去或改正拼写",
    "missing": "缺少这个键，请补上",
    "literal_error": "只能是 {expected}",
    "string_type": "应是文字",
    "tuple_type": "应是列表",
    "too_short": "至少要有一个写法",
    "model_type": "应是对象",
    "model_attributes_type": "应是对象",
    "value_error": "{error}",
}
LONGEST_VALUE = 40
_GIVEN = "（给出的是 {value}）"
_TOLD = re.compile(r"“.*”|（给出的是 .*）")


def explained(error: ValueError) -> str:
    """A Chinese sentence for a refused line."""
    if not isinstance(error, ValidationError):
        return str(error)
    return "；".join(
        _fault(str(fault["type"]), fault["loc"], fault["input"], fault.get("ctx", {})) for fault in error.errors()
    )


def redacted(message: str) -> str:
    """The sentence without what it quotes of the line: for a case that is not to be seen."""
    return _TOLD.sub("“…”", message)


def _fault(kind: str, place: tuple[int | str, ...], value: object, context: dict[str, object]) -> str:
    where = ".".join(map(str, place)) or "整行"
    shown = repr(value) if len(repr(value)) <= LONGEST_VALUE else repr(value)[:LONGEST_VALUE] + "…"
    advice = ADVICE.get(kind, "值不合格").format(**{"expected": "", "error": "", **context})
    given = "" if kind in {"missing", "extra_forbidden"} else _GIVEN.format(value=shown)
    return f"{where}：{advice}{given}"
