"""Cases from a table that an evaluator fills in: one row a case, Chinese headers.

    问题 | 标准答案 | 必含 | 不得含 | 类别 | 原文依据 | 编号 | 章节 | 备注 | 报告 | 数值 | 单位 | 角色 | 期间 | 范围
    新增就业多少？ | 18.6万人。 | 18.6万｜186000；2022 | | 数据 | 新增就业人数 18.6 万 | … | 18.6 | 万人 | 实际完成值 |

In 必含 a semicolon or a line end separates what all have to occur, a bar what stands for the same. A row that
is no case is refused with its number, and the rest are used.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.errors import InputFileError
from evals.cases import CATEGORIES, AskedOver, Case, LoadedCase, LoadedCases, RefusedLine, grounded
from evals.gold_columns import GOLD_HEADERS, gold_figure
from evals.refusals import explained
from evals.sheets import SheetRow, read_sheet, write_sheet
from evals.titles import CATEGORY_TITLES

HEADERS = {
    "问题": "question", "标准答案": "answer", "必含": "must", "不得含": "must_not", "类别": "category",
    "原文依据": "evidence", "编号": "id", "章节": "section", "备注": "note", "报告": "report",
}  # fmt: skip
ALL_HEADERS = (*HEADERS, *GOLD_HEADERS)
REQUIRED = ("问题", "标准答案", "必含", "不得含", "类别")
_EXAMPLE = {"备注": "示例，请删去本行"}
EXAMPLES: tuple[dict[str, str], ...] = (
    {
        "问题": "去年新增就业有多少人？", "标准答案": "2022年新增就业18.6万人。", "必含": "18.6万｜186000；2022",
        "类别": "数据", "数值": "18.6", "单位": "万人", "角色": "实际完成值", "期间": "2022年", **_EXAMPLE,
    },
    {
        "问题": "2021年新增就业多少？", "标准答案": "报告没有2021年的数据。", "必含": "2021", "类别": "无答案",
        **_EXAMPLE,
    },
)  # fmt: skip
_ALL_OF = re.compile(r"[;；\n]")
_ONE_OF = re.compile(r"[|｜]")
_CATEGORIES = {title: name for name, title in CATEGORY_TITLES.items() if name in CATEGORIES} | {
    name: name for name in CATEGORIES
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Columns:
    """Where each known header stands."""

    places: Mapping[str, int]

    def cell(self, row: SheetRow, header: str) -> str:
        place = self.places.get(header)
        return row.cells[place] if place is not None and place < len(row.cells) else ""


def import_cases(path: Path, texts: Mapping[str, str], asked_over: AskedOver | None = None) -> LoadedCases:
    """The cases of a table and the rows that are none; arguments as for `load_cases`.

    A case that can only be about one report names it afterwards, so that its file may have any name.

    Raises:
        InputFileError: the file cannot be read, or a header is missing or unknown.
    """
    rows = read_sheet(path)
    columns = _columns(rows, path)
    cases: dict[str, LoadedCase] = {}
    refused: list[RefusedLine] = []
    for row in rows[1:]:
        try:
            case = _case(row, columns, path)
            over = asked_over(path, case.report) if asked_over else tuple(texts)
            found = grounded(case, path, texts, over)
            if case.id in cases:
                raise ValueError(f"编号“{case.id}”前面已经用过。请换一个不重复的编号。")
            cases[case.id] = replace(found, case=case.model_copy(update={"report": found.report}))
        except ValueError as error:
            refused.append(RefusedLine(file=path.name, line=row.number, message=_in_headers(explained(error))))
    return LoadedCases(cases=tuple(cases.values()), refused=tuple(refused))


def write_template(path: Path) -> None:
    """An empty table with its headers and two examples."""
    examples = [tuple(example.get(header, "") for header in ALL_HEADERS) for example in EXAMPLES]
    write_sheet(path, [ALL_HEADERS, *examples])


def write_cases(path: Path, cases: Sequence[LoadedCase]) -> None:
    """The cases in the format of `evals/cases/*.jsonl`."""
    lines = (one.case.model_dump_json(exclude_none=True) + "\n" for one in cases)
    try:
        path.write_text("".join(lines), encoding="utf-8")
    except OSError as error:
        raise InputFileError(f"写不了 {path}（{error.strerror}）。请换一个路径。") from error


def _columns(rows: Sequence[SheetRow], path: Path) -> Columns:
    header = rows[0].cells if rows else ()
    unknown = [cell for cell in header if cell and cell not in ALL_HEADERS]
    lacking = [name for name in REQUIRED if name not in header]
    twice = sorted({cell for cell in header if cell and header.count(cell) > 1})
    for names, fault in ((lacking, "缺少列"), (unknown, "有不认识的列"), (twice, "有重复的列")):
        if names:
            raise InputFileError(
                f"“{path.name}”第一行{fault}：{'、'.join(names)}。可用的列：{'、'.join(ALL_HEADERS)}。"
            )
    return Columns(places={cell: place for place, cell in enumerate(header) if cell})


def _case(row: SheetRow, columns: Columns, path: Path) -> Case:
    named = columns.cell(row, "类别")
    if named not in _CATEGORIES:
        allowed = "、".join(title for title in _CATEGORIES if title not in CATEGORIES)
        raise ValueError(f"类别是“{named}”，只能是：{allowed}。")
    case = Case.model_validate(
        {
            "id": columns.cell(row, "编号") or f"{path.stem}-{row.number - 1:03}",
            "question": columns.cell(row, "问题"),
            "category": _CATEGORIES[named],
            "answer": columns.cell(row, "标准答案"),
            "must": tuple(tuple(_parts(_ONE_OF, group)) for group in _parts(_ALL_OF, columns.cell(row, "必含"))),
            "must_not": tuple(_parts(_ALL_OF, columns.cell(row, "不得含"))),
            "evidence": tuple(_parts(re.compile("\n"), columns.cell(row, "原文依据"))),
            "section": columns.cell(row, "章节"),
            "note": columns.cell(row, "备注"),
            "report": columns.cell(row, "报告") or None,
            "figure": gold_figure({header: columns.cell(row, header) for header in GOLD_HEADERS}),
        }
    )
    if case.expected_status == "answered" and not case.must:
        raise ValueError("必含是空的，这道题无法评分。请写上答案里必须出现的数字或词。")
    return case


def _parts(separator: re.Pattern[str], text: str) -> list[str]:
    return [part.strip() for part in separator.split(text) if part.strip()]


def _in_headers(message: str) -> str:
    """A fault named by the table's header instead of the case's key."""
    for header, key in HEADERS.items():
        if message.startswith(f"{key}：") or message.startswith(f"{key}."):
            return header + message.removeprefix(key)
    return message
