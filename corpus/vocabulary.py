"""The words that tell what a report is: kinds of report, endings of names, places of China.

They stand in `data/metadata.toml` and `data/places.toml`; here they become patterns.
    place_in("2023年度苏州市财政局部门整体…") -> "苏州市"
    body_in("苏州市财政局部门整体支出…")       -> "苏州市财政局"
"""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

Kind = Literal["review", "work_report", "bulletin", "budget", "other"]

_DATA = Path(__file__).parent / "data"
_NATION = "全国"
_SUFFIX = re.compile(r"(?<=..)(?:特别行政区|(?:壮族|回族|维吾尔)?自治区|省|市|地区|盟)$")
_DISTRICT = r"(?:[\u4e00-\u9fff]{1,6}?(?:区|县|旗|(?<!省)市))?"

# A county or district, not in the table, that a title begins with: 某县2022年…公报, 2023年某区政府工作报告.
_LOCAL = re.compile(
    r"(?:^|年度?)(?P<place>(?![全我本各])[\u4e00-\u9fff]{2,7}?(?:县|市|区|旗))"
    r"(?=(?:19|20)\d{2}年|人民政府|政府工作报告|国民经济和社会)"
)
# A local team of a national office: 国家统计局某地调查队.
_SURVEYORS = re.compile(r"国家统计局[\u4e00-\u9fff]{2,8}调查(?:总)?队")


@dataclass(frozen=True, kw_only=True, slots=True)
class KindOfReport:
    kind: Kind
    words: tuple[str, ...]
    issued_after_years: int | None
    issuer: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Vocabulary:
    kinds: tuple[KindOfReport, ...]
    title_ends: tuple[str, ...]
    place: re.Pattern[str]
    place_names: tuple[str, ...]  # provinces and prefectures without 省, 市 …, the longest first
    national: tuple[str, ...]
    body: re.Pattern[str]
    labelled_body: re.Pattern[str]  # a line that names the issuer behind a label

    def find_kind(self, title: str) -> KindOfReport | None:
        return next((kind for kind in self.kinds if any(word in title for word in kind.words)), None)

    def place_in(self, printed: str) -> str | None:
        """The place named in `printed`, with its district; 全国 for national bodies."""
        if found := self.place.search(printed):
            return found.group()
        if local := _LOCAL.search(printed):
            return local["place"]
        plain = _SURVEYORS.sub("", printed)
        return _NATION if any(word in plain for word in self.national) else None

    def body_in(self, printed: str) -> str | None:
        """The name of a public body that `printed` begins with."""
        found = self.body.match(printed)
        return found.group() if found else None


def _longest_first(name: str) -> tuple[int, str]:
    return -len(name), name


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    data = tomllib.loads((_DATA / "metadata.toml").read_text(encoding="utf-8"))
    places = tomllib.loads((_DATA / "places.toml").read_text(encoding="utf-8"))
    provinces = places["provinces"]
    prefectures = [name for names in provinces.values() for name in names]
    place = f"(?:(?:{'|'.join(provinces)})?(?:{'|'.join(prefectures)})|{'|'.join(provinces)})"
    return Vocabulary(
        kinds=tuple(
            KindOfReport(
                kind=kind["kind"],
                words=tuple(kind["words"]),
                issued_after_years=kind.get("issued_after_years"),
                issuer=kind.get("issuer"),
            )
            for kind in data["kinds"]
        ),
        title_ends=tuple(data["title"]["ends"]),
        place=re.compile(place + _DISTRICT),
        place_names=tuple(sorted({_SUFFIX.sub("", name) for name in (*provinces, *prefectures)}, key=_longest_first)),
        national=tuple(places["national"]),
        body=re.compile(
            rf"[\u4e00-\u9fff、]{{2,30}}?(?:{'|'.join(data['issuer']['ends'])})"
            rf"(?![{''.join(data['issuer']['not_before'])}])"
        ),
        labelled_body=re.compile(
            rf"(?:{'|'.join(data['issuer']['labels'])})\s*[：:]\s*"
            rf"([\u4e00-\u9fff、]{{2,40}}(?:{'|'.join(data['issuer']['ends'])}))"
        ),
    )
