"""Claims about the indicators held against the indicators themselves.

任务的4项绩效指标均已圆满完成          -> each actual held against its target and bound
部分绩效指标全年完成率超过150%        -> which rates lie above 150%
结案率91.5%，均超过年度目标任务       -> the numbers before against their targets
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from corpus.findings import Finding, FoundAt, places_of, shown
from corpus.model import Figure, Indicator, Paragraph, Report
from corpus.wording import alternatives, wording

_DATA = Path(__file__).parent / "data" / "audit.toml"
_ITEM = re.compile(r"[一二三四五六七八九十]是")
_COUNT = re.compile(r"(\d+)[项个]")


def claim_findings(report: Report) -> Iterator[Finding]:
    """One finding for each claim of the prose; a claim with nothing to hold it against is `open`."""
    if not report.indicators:
        return
    figures = {figure.id: figure for figure in report.figures}
    for paragraph in report.document.paragraphs:
        yield from _met_claims(report, paragraph, figures)
        yield from _rates_above(report, paragraph)
        yield from _numbers_above(report, paragraph, figures)


@lru_cache(maxsize=1)
def _claims() -> dict[str, re.Pattern[str]]:
    words = tomllib.loads(_DATA.read_text(encoding="utf-8"))["claims"]
    general = alternatives(words.pop("general"))
    return {name: re.compile(pattern) for name, pattern in words.items()} | {"general": re.compile(general)}


def _met_claims(report: Report, paragraph: Paragraph, figures: Mapping[str, Figure]) -> Iterator[Finding]:
    for beyond, pattern in ((False, _claims()["met"]), (True, _claims()["beyond"])):
        for match in pattern.finditer(paragraph.content.text):
            meant = _meant(report, paragraph, match["subject"])
            yield _met(_claim(report, paragraph, match), meant, figures, beyond=beyond)


def _claim(report: Report, paragraph: Paragraph, match: re.Match[str]) -> FoundAt:
    opening = _ITEM.match(match[0])
    begin = match.start() + (opening.end() if opening else 0)
    start, end = paragraph.content.span(begin, match.end())
    name = paragraph.content.text[begin : match.end()]
    return FoundAt(start=start, end=end, printed=report.document.text[start:end], name=name, figure=None)


def _meant(report: Report, paragraph: Paragraph, subject: str) -> list[Indicator]:
    """The indicators a claim is about: of its section, else of the task it names, else all."""
    of_section = [indicator for indicator in report.indicators if indicator.section_path == paragraph.section_path]
    words = _claims()["general"].sub("", re.sub(r"\d", "", subject))
    of_task = [indicator for indicator in report.indicators if words and _shares(words, indicator.task or "")]
    return of_section or of_task or list(report.indicators)


def _shares(words: str, task: str) -> bool:
    return any(words[index : index + 2] in task for index in range(len(words) - 1))


def _met(claim: FoundAt, meant: Sequence[Indicator], figures: Mapping[str, Figure], *, beyond: bool) -> Finding:
    verdicts = {indicator.name: is_met(indicator, figures, beyond=beyond) for indicator in meant}
    unmet = [name for name, met in verdicts.items() if met is False]
    unknown = [name for name, met in verdicts.items() if met is None]
    checked = len(verdicts) - len(unknown)
    message = f"“{claim.name}”：核对 {checked} 项指标，" + (f"未达到：{'、'.join(unmet)}" if unmet else "均达到")
    stated = _COUNT.search(claim.name)
    miscounted = stated is not None and int(stated[1]) != len(meant)
    if miscounted:
        message += f"；所述项数与表中的 {len(meant)} 项不符"
    if unknown:
        message += f"；没有数字可核对：{'、'.join(unknown)}"
    held = [
        figures[ids[0]] for indicator in meant for ids in (indicator.target_figures, indicator.actual_figures) if ids
    ]
    wrong = bool(unmet) or miscounted
    return Finding(
        check="claim", verdict="differs" if wrong else "agrees" if checked else "open", subject=claim.name,
        reason="contradiction" if wrong else None, message=message + "。", places=(claim, *places_of(held)),
    )  # fmt: skip


def is_met(indicator: Indicator, figures: Mapping[str, Figure], *, beyond: bool = False) -> bool | None:
    """Whether the actual value keeps the target's bound (`beyond`: exceeds it); None where it has no number."""
    if not indicator.target_figures or not indicator.actual_figures:
        return None
    target, actual = figures[indicator.target_figures[0]], figures[indicator.actual_figures[0]]
    if target.base_unit != actual.base_unit or target.base_value is None or actual.base_value is None:
        return None
    wanted, done = Decimal(target.base_value), Decimal(actual.base_value)
    if target.bound in {"<=", "<"}:
        return done < wanted if beyond or target.bound == "<" else done <= wanted
    return done > wanted if beyond or target.bound == ">" else done >= wanted


def _rates_above(report: Report, paragraph: Paragraph) -> Iterator[Finding]:
    for match in _claims()["some_above"].finditer(paragraph.content.text):
        claim = _claim(report, paragraph, match)
        above = [
            f"{indicator.name} {indicator.computed_rate}%"
            for indicator in report.indicators
            if indicator.computed_rate and Decimal(indicator.computed_rate) > Decimal(match["limit"])
        ]
        message = f"“{claim.name}”：按实际值与目标值计算，超过的有 {len(above)} 项：{'、'.join(above) or '无'}。"
        yield Finding(
            check="claim", verdict="agrees" if above else "differs", subject=claim.name, message=message,
            reason=None if above else "contradiction", places=(claim,),
        )  # fmt: skip


def _numbers_above(report: Report, paragraph: Paragraph, figures: Mapping[str, Figure]) -> Iterator[Finding]:
    for match in _claims()["before_beyond"].finditer(paragraph.content.text):
        claim = _claim(report, paragraph, match)
        start = paragraph.content.offsets[paragraph.content.text.rfind("。", 0, match.start()) + 1]
        stated = [f for f in report.figures if start <= f.start < claim.start and f.table is None]
        lines, wrong, places = [], False, [claim]
        for figure in stated:
            target = _target_of(report, figure, figures)
            kept = target and Decimal(figure.base_value or 0) > Decimal(target.base_value or 0)
            wrong |= kept is False
            lines.append(f"{figure.name} {shown(figure)}（{'目标 ' + shown(target) if target else '表中没有目标'}）")
            places += [*places_of((figure, target) if target else (figure,))]
        yield Finding(
            check="claim", verdict="differs" if wrong else "agrees" if len(places) > 1 + len(lines) else "open",
            subject=claim.name, reason="contradiction" if wrong else None, places=tuple(places),
            message=f"“{claim.name}”：{'、'.join(lines)}，{'有未超过的' if wrong else '有目标的均超过'}。",
        )  # fmt: skip


def _target_of(report: Report, figure: Figure, figures: Mapping[str, Figure]) -> Figure | None:
    """The target of the one indicator whose name ends as the figure's does: 全市|结案率, 仲裁|结案率."""
    name = wording().any_scope.sub("", figure.name)
    alike = [one for one in report.indicators if any(own.endswith(name) for own in (one.name, *one.aliases))]
    if len(alike) != 1 or not alike[0].target_figures:
        return None
    target = figures[alike[0].target_figures[0]]
    return target if target.base_unit == figure.base_unit else None
