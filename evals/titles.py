"""Chinese words for what the evaluation names in English: the one table all its output reads."""

from assistant.answer import Status
from evals.gold import Agreement, Part
from evals.judging import ErrorKind, WrongReason

ALL = "all"
CATEGORY_TITLES = {
    ALL: "全部", "figure": "数据", "table": "表格", "list": "列举", "compute": "计算", "conflict": "冲突",
    "narrative": "叙述", "followup": "追问", "unanswerable": "无答案",
}  # fmt: skip
SPLIT_TITLES = {ALL: "全部", "tuning": "调试集", "test": "测试集"}
STATUS_TITLES: dict[Status | None, str] = {
    "answered": "已回答", "refused": "拒答", "clarify": "反问", None: "没有回答",
}  # fmt: skip
PART_TITLES: dict[Part, str] = {"value": "数值", "unit": "单位", "role": "类型", "period": "期间", "scope": "口径"}
AGREEMENT_TITLES: dict[Agreement, str] = {"same": "相符", "different": "不符", "absent": "没有说明"}
WRONG_TITLES: dict[WrongReason, str] = {
    "value": "数值不符",
    "unit": "单位不符",
    "role": "类型不符",
    "period": "期间不符",
    "scope": "口径不符",
    "unaccounted digits": "数字没有出处",
    "figure for the unanswerable": "答不了的问题给了数字",
}
ERROR_TITLES: dict[ErrorKind, str] = {"crash": "回答时出错", "timeout": "超时", "invalid": "不是回答对象"}
RESULT_TITLES = {"win": "变好", "tie": "不变", "loss": "变差"}
