"""Ledger, indicators, coverage and audit as lines for a terminal and as data for other programs.

1889	18.6万	全市城镇新增就业人数	数量	2022年	全市
"""

from collections.abc import Sequence
from dataclasses import asdict

from corpus.coverage import Accounted, counts
from corpus.export import indicator_records, words
from corpus.findings import Check, Finding, Verdict
from corpus.model import Figure, Indicator

_CHECKS: dict[Check, str] = {
    "rate": "完成率（所载与计算）", "parts": "总数与各部分", "items": "所述项数与所列", "claim": "结论与指标",
    "repeat": "同一数量多处出现",
}  # fmt: skip
_VERDICTS: dict[Verdict, str] = {"differs": "不一致", "open": "无法判断", "agrees": "一致"}


def figure_lines(figures: Sequence[Figure]) -> str:
    """One line a figure: where it stands, as printed, what it measures, in which role, when and for whom."""
    roles = words()["roles"]
    rows = [
        [
            str(figure.start),
            "".join(figure.printed.split()),
            figure.name,
            roles[figure.role],
            figure.period,
            figure.scope,
            words()["marks"]["doubtful"] if figure.doubtful else None,
        ]
        for figure in figures
    ]
    return "".join("\t".join(part for part in row if part) + "\n" for row in rows)


def indicator_lines(indicators: Sequence[Indicator], figures: Sequence[Figure]) -> str:
    """One line an indicator: what was promised, what was done, at which rate."""
    return "".join(
        f"{record['name']}\t目标：{record['target_text'] or '无'}\t完成：{record['actual_text'] or '无'}"
        f"\t完成率：{record['printed_rate'] or '未载'}（计算：{record['computed_rate'] or '无'}）\n"
        for record in indicator_records(indicators, figures)
    )


def coverage_lines(rows: Sequence[Accounted]) -> str:
    """How many numerals each class and rule accounts for; those that none does, one by one."""
    lines = [f"{name}\t{rule}\t{number}" for name, rule, number in counts(rows)]
    left = [f"第 {row.start} 字\t{row.printed}" for row in rows if row.numeral_class is None]
    lines.append(f"共 {len(rows)} 处数字，未归类 {len(left)} 处")
    return "\n".join([*lines, *left]) + "\n"


def coverage_data(rows: Sequence[Accounted]) -> dict[str, object]:
    """Counts per class and rule, and every numeral with what accounts for it."""
    return {
        "total": len(rows),
        "unaccounted": sum(row.numeral_class is None for row in rows),
        "counts": [{"class": name, "rule": rule, "count": number} for name, rule, number in counts(rows)],
        "numerals": [
            {"start": r.start, "end": r.end, "printed": r.printed, "class": r.numeral_class, "rule": r.rule}
            for r in rows
        ],
    }


def audit_lines(findings: Sequence[Finding], text: str) -> str:
    """Counts per check; then differences, what is open, and agreements, each with its lines in the report."""
    lines = []
    for check, title in _CHECKS.items():
        of_check = [finding for finding in findings if finding.check == check]
        counted = "，".join(f"{word} {_count(of_check, verdict)}" for verdict, word in _VERDICTS.items())
        lines.append(f"{title}：核对 {len(of_check)} 处，{counted}")
    for verdict, word in _VERDICTS.items():
        of_verdict = [finding for finding in findings if finding.verdict == verdict]
        lines += ["", f"【{word}】"] if of_verdict else []
        lines += [f"{finding.message}{_where(finding, text)}" for finding in of_verdict]
    return "\n".join(lines) + "\n"


def _count(findings: Sequence[Finding], verdict: Verdict) -> int:
    return sum(finding.verdict == verdict for finding in findings)


def _where(finding: Finding, text: str) -> str:
    numbers = dict.fromkeys(text.count("\n", 0, place.start) + 1 for place in finding.places)
    return f"（第 {'、'.join(map(str, numbers))} 行）"


def audit_data(findings: Sequence[Finding], text: str) -> list[dict[str, object]]:
    """Findings with their places, each place with its line."""
    return [
        {
            **asdict(finding),
            "places": [{**asdict(place), "line": text.count("\n", 0, place.start) + 1} for place in finding.places],
        }
        for finding in findings
    ]
