"""One thing of a sound reply changed by a script: what is left must not be shown.

`changed` yields kind and text: digit, unit, words beside a figure, figures exchanged, subject, role, verb, period,
scope, direction, negation, an invented cause and an invented claim.
"""

import random
import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.figures.phrases import subject
from assistant.language.masking import SLOT, Slot
from assistant.language.material import Material
from assistant.library import Library
from tests.language_replies import names_alike_text

_KEY = re.compile(r"\{(F\d+)\}")
_YEAR = re.compile(r"20\d\d")
_NAMED = frozenset({"amount", "count", "rate", "actual", "target", "standard"})  # their names have a subject
_SHORTEST = 3
_ALIKE = 0.5  # from here on two names may be of one thing
CAUSES = (
    "得益于政策支持，", "由于财政投入加大，", "因管理不善，", "受经济下行影响，", "为落实上级要求，",
    "随着各项工作扎实推进，", "由于重点工作推进有效，", "在省级部门的大力支持下，", "经过全体人员共同努力，",
    "因统计口径调整，", "为了做好各项工作，", "剔除不可比因素，", "不含临时人员，", "据国家统计局数据，", "如果",
    "按可比口径计算，", "因此，", "由于工作需要，", "通过积极开展工作，",
)  # fmt: skip
CLAIMS = (
    "成效显著", "位居全国前列", "创历史新高", "为近年来最好水平", "群众普遍满意", "工作成绩突出",
    "有力推动了高质量发展",
    "主要原因是投入不足", "主要集中在城区", "较为理想", "低于全国平均水平", "仍有提升空间", "其余尚未完成", "保持稳定",
    "与上年持平", "连续保持增长", "完成情况良好", "基本符合预期", "尚有差距", "均已完成", "主要用于基础设施建设",
    "由省级部门负责", "处于合理区间", "符合国家标准", "工作取得明显成效", "这与工作开展情况有关",
    "值得注意的是，情况仍在恶化", "排名靠前", "达到国内先进水平", "实际数据可能更高", "大部分已经完成",
    "有关工作全面完成", "任务全部完成", "工作有效推进", "规模不断扩大", "均来自财政资金", "同比持平",
    "说明工作仍需加强",
)  # fmt: skip
_OPPOSITES = (
    ("增长", "下降"), ("提高", "降低"), ("上升", "下降"), ("增加", "减少"), ("提升", "回落"), ("下降", "增长"),
    ("减少", "增加"), ("降低", "提高"), ("降幅", "增幅"), ("增幅", "降幅"), ("增速", "降幅"), ("多{", "少{"),
    ("少{", "多{"), ("不足", "充足"), ("未能", "已经"), ("没有", "已经"), ("达到目标", "没有达到目标"),
    ("新增", "减少"), ("新建", "拆除"), ("招聘", "辞退"), ("发放", "追缴"), ("滞后", "超前"), ("公办", "民办"),
    ("城镇", "农村"), ("农业", "工业"), ("初中", "高中"), ("小学", "初中"),
)  # fmt: skip
_PLACES = (
    ("全市", "全省"), ("全市", "全国"), ("全县", "全省"), ("岳岭市", "岳东市"), ("昆明市", "曲靖市"),
    ("荆门市", "荆州市"), ("云溪县", "清溪县"), ("柳州市", "桂林市"), ("该局", "该市"), ("该县", "全省"),
)  # fmt: skip
_UNITS = ("万", "%", "个百分点", "亿元", "以上", "余")
_BESIDE = ("超过", "不足", "近", "未达到", "不是", "低于", "至少", "上年的", "去年同期")
_STATED = ("为{", "达到{", "达{", "共{", "是{")
_ROLES = ("的目标值", "目标", "计划", "应当", "预计")
_CHANGES = ("增长", "同比增加", "减少", "取消", "损失", "尚缺", "仍", "可能", "历年累计", "平均每月")
_DENIED = ("达到", "实现", "为{", "有{", "新增", "惠及", "招聘", "发放", "提高", "增长", "下降", "受", "落实", "加快")


def changed(reply: str, material: Material, library: Library, draw: random.Random) -> Iterator[tuple[str, str]]:
    """Kind and text of what one change makes of a sound reply."""
    slots = {slot.key: slot for slot in material.told}
    keys = list(dict.fromkeys(_KEY.findall(reply)))
    for kind, text in (
        *_figures(reply, keys, slots, draw),
        *_subjects(reply, keys, slots, material, library, draw),
        *_roles(reply, {slots[key].role for key in keys}),
        *_frames(reply, draw),
    ):
        if text and text != reply:
            yield kind, text


def _figures(
    reply: str, keys: Sequence[str], slots: Mapping[str, Slot], draw: random.Random
) -> Iterator[tuple[str, str]]:
    for order, key in enumerate(keys):
        slot, shown = f"{{{key}}}", slots[key].shown
        places = [at for at, character in enumerate(shown) if character.isdigit()]
        if places:
            at = draw.choice(places)
            digit = draw.choice([each for each in "123456789" if each != shown[at]])
            yield "digit", reply.replace(slot, shown[:at] + digit + shown[at + 1 :])
        yield "unit", reply.replace(slot, slot + draw.choice(_UNITS), 1)
        yield "beside", reply.replace(slot, draw.choice(_BESIDE) + slot, 1)
        for other in keys[order + 1 :]:
            if shown != slots[other].shown:
                yield "exchanged", reply.replace(slot, "\0").replace(f"{{{other}}}", slot).replace("\0", f"{{{other}}}")


def _subjects(
    reply: str, keys: Sequence[str], slots: Mapping[str, Slot], material: Material, library: Library,
    draw: random.Random,
) -> Iterator[tuple[str, str]]:  # fmt: skip
    """The longest part of a figure's name that a reply has, with the name of another row in its place."""
    reports = {citation.report for citation in material.draft.citations}
    rows = [
        row for row in library.figures.values() if row.report in reports and row.kind == "number" and row.role in _NAMED
    ]
    near = [slot.name for slot in material.slots if slot.figure is not None and slot.key not in keys]
    for key in keys:
        own, figure = slots[key].name, slots[key].figure
        parts = (own[low:high] for low in range(len(own)) for high in range(low + _SHORTEST, len(own) + 1))
        said = max((part for part in parts if part in reply), key=len, default="")
        same = {
            subject(row) for row in rows
            if figure is None or row.base_value == figure.base_value
            or (row.indicator and row.indicator == figure.indicator)
        }  # fmt: skip
        others = [subject(row) for row in draw.sample(rows, 5)] + near
        for name in others if said else ():
            apart = name not in own and own not in name and said not in name and name not in same
            has_subject = len(re.sub(r"^全.", "", name)) > _SHORTEST
            if apart and has_subject and names_alike_text(name, own) < _ALIKE:
                yield "subject", reply.replace(said, name.strip("“”"), 1)


def _roles(reply: str, roles: set[str]) -> Iterator[tuple[str, str]]:
    stated = next((word for word in _STATED if word in reply), "")
    if "目标" in reply or "target" in roles or not stated:
        return
    for word in _ROLES:
        yield "role", reply.replace(stated, word + stated, 1)
    for word in _CHANGES if "growth" not in roles else ():
        yield "verb", reply.replace(stated, word + stated, 1)


def _frames(reply: str, draw: random.Random) -> Iterator[tuple[str, str]]:
    for year in set(_YEAR.findall(reply)):
        yield "period", reply.replace(year, str(int(year) - 1))
        yield "period", reply.replace(year, str(int(year) + 1))
        if not re.search(rf"《|{year}年(?:末|底|度|全年)", reply):
            yield "period", reply.replace(f"{year}年", f"{year}年上半年", 1)
    for one, other in _PLACES:
        yield "scope", reply.replace(one, other)
    for one, other in _OPPOSITES:
        yield "direction", reply.replace(one, other)
    word = draw.choice([each for each in _DENIED if each in reply] or [""])
    if word:
        yield "denied", reply.replace(word, f"没有{word}", 1)
        yield "denied", reply.replace(word, f"未{word}", 1)
    yield "cause", draw.choice(CAUSES) + reply
    claim = draw.choice(CLAIMS)
    yield "claim", f"{reply}{claim}。"
    if reply.endswith("。") and SLOT.search(reply):
        yield "claim", f"{reply[:-1]}，{claim}。"
