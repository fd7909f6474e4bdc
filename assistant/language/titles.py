"""Titles and issuers of reports as a sentence may name them: whole, by their end, or by a word such as 该局."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from corpus.model import Metadata

_SHORTEST_END = 4
_YEAR = re.compile(r"(?:19|20)\d{2}")
_DATED = re.compile(r"((?:19|20)\d{2})年度?[^，。；：、\s{]{0,8}报告")
_BODY = re.compile(r"(局|委员会|委|厅|办公室|中心|院|处|政府)$")
_ISSUER = re.compile(r"^.*?(?:委员会|办公室|局|厅|委|院)(?=部门|单位|20|整体|本级|年)")
_NAMED_PLACE = re.compile(r"(\w{2,5}?[省市区县州])(?!委|政府办|场)")
_PLACE = re.compile(r"[省市区县州镇]$")
# Kinds of report that speak of a place as a whole, so that 全县 adds nothing.
_OF_PLACE = frozenset({"work_report", "bulletin"})
_THIS = ("该", "本", "我")


def without_titles(text: str, reports: Sequence[Metadata]) -> str:
    """The text with 报告 for each mention of a report's title, its year included."""
    for report in reports:
        text = re.sub(rf"(?:{'|'.join(_YEAR.findall(report.title)) or '(?!)'})年度?的?(?=报告)", "", text)
        if pattern := _mention(report.title):
            text = pattern.sub("报告", text)
    return text


@lru_cache(maxsize=64)
def _mention(title: str) -> re.Pattern[str] | None:
    """In book title marks any end of the title; without them an end that says what kind of report it is."""
    plain = re.sub(r"[《》\s]", "", title)
    bare = re.sub(r"^(?:19|20)\d{2}年?度?", "", plain)
    ends = [bare[at:] for at in range(len(bare) - _SHORTEST_END + 1)]
    if not ends:
        return None
    years = "|".join(_YEAR.findall(plain)) or "(?!)"
    return re.compile(rf"《?(?:(?:{years})年?度?的?)?(?:{'|'.join(map(re.escape, ends))})》?")


def misdated(text: str, reports: Sequence[Metadata]) -> bool:
    """Whether a text speaks of a report of a year that none of these is of."""
    years = {year for report in reports for year in _YEAR.findall(report.title)}
    years |= {str(report.issued_year) for report in reports}
    years |= {str(report.data_year) for report in reports if report.document_kind != "work_report"}
    return any(match[1] not in years for match in _DATED.finditer(text))


def names_of(reports: Iterable[Metadata]) -> tuple[str, ...]:
    """Words that mean the issuer or the place of the one report there is; none where there are several."""
    told = tuple(reports)
    if len(told) != 1:
        return ()
    report, names = told[0], []
    issuer = report.issuer or "".join(_ISSUER.findall(report.title)[:1])
    if body := _BODY.search(issuer):
        names += [f"{word}{body[1]}" for word in _THIS]
    if issuer and not issuer.endswith("政府"):
        names += [f"{word}{kind}" for word in _THIS[:2] for kind in ("部门", "单位")]
    if place := _place(report):
        names += [place, place[:-1]]
    return tuple(names)


def words_of_place(reports: Sequence[Metadata], scope: str | None) -> tuple[str, ...]:
    """全县, 该县 and their like, of a figure of that scope, or of any where the one report speaks of its county."""
    place = _place(reports[0]) if len(reports) == 1 else ""
    if not place or (scope != f"全{place[-1]}" and (scope or reports[0].document_kind not in _OF_PLACE)):
        return ()
    return tuple(f"{word}{place[-1]}" for word in (*_THIS, "全"))


def _place(report: Metadata) -> str:
    """The place of a report, a small one as its title begins with it."""
    if report.place and _PLACE.search(report.place):
        return report.place
    found = _NAMED_PLACE.match(re.sub(r"^(?:19|20)\d{2}年?度?", "", report.title))
    return found[1] if found else ""
