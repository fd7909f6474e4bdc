"""What a question that asks for words wants: which kind of thing, how many of them, of what, looking back or ahead.

今年养老方面打算办哪五件实事  ->  content 养老 实事, lists, count 5, kinds {measure}, tense plan
"""

import re
from dataclasses import dataclass
from typing import Literal

from assistant.narrative.words import narrative_words
from assistant.questions.asking import asking
from assistant.questions.lexicon import canonical
from assistant.questions.question import Question
from corpus.chinese_numerals import parse_numeral

_NUMERAL = "二两三四五六七八九十"
_COUNT = re.compile(
    rf"(?<![第前.．点\d{_NUMERAL}])(?P<count>[{_NUMERAL}]{{1,3}}|\d{{1,2}})"
    r"(?:大|个|项|条|件|类|种|家|方面|点|块|样|名|位|所|座|款|笔|全|送|重|率|张|支|只|处|批)"
)
_TOP = re.compile(rf"前(?P<count>[{_NUMERAL}]{{1,3}}|\d{{1,2}})(?!年|期|述)")
_EXCLUDED = re.compile(r"除(?:了|去|开)?(?P<known>[^，,？?]{1,24}?)(?:[之以]?外|，|,|还|另|其)")
_OTHERS = re.compile(r"还有|另外|其他|其它|其余|剩下|别的")
_CLAIM = re.compile(r"(?:为啥|凭啥|凭什么|为什么|怎么)(?:要|会)?[说讲称认]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}年?(?!\d)|(?<!\d)\d{2}年(?!来|内|间|以|多|期)")
_PERCENT = re.compile(r"百分之([一二三四五六七八九十]+)")
_MARKS = re.compile(r"[\s“”\"'‘’《》「」()（）【】、，。；：,.;:?？!！…—~～/-]+")

# Asks for words whatever measure it names: 哪个, 谁, 为什么.
_STRONG = re.compile(r"哪|谁|为什么|为啥|为何|怎么[^样]|什么(?!水平|程度)")
# Words that other questions drop and that names are made of: 数据中心, 数字化.
_KEPT = frozenset({"数据", "数字", "数值", "报告", "数目"})

# Kinds that a report as a whole has a part for.
_OF_WHOLE = frozenset({"problem", "achievement"})
_LEADING = ("problem", "reason", "purpose", "first", "done")

Tense = Literal["plan", "past"]


@dataclass(frozen=True, kw_only=True, slots=True)
class NarrativeQuestion:
    asked: Question
    content: str  # canonical, parted by spaces where words were dropped
    kinds: frozenset[str]
    lists: bool
    count: int | None
    excluded: str  # 除了甲还有哪些: 甲
    tense: Tense | None
    is_claim: bool  # 凭啥说…: wants what supports it
    is_plain: bool  # asks by no question word
    is_person: bool  # wants a person's name or particulars


def asks_for_words(question: Question) -> bool:
    """Whether a question wants words: it asks which, who, where, why or how, and for no number."""
    words = narrative_words()
    if words.summary.search(question.text):
        return True
    text = re.sub(r"有几(?=.{0,12}(?:分别|都)是(?:什么|哪|啥))", "哪", question.text)
    if words.number.search(text) or not (words.wording.search(text) or words.lists.search(text)):
        return False
    return not words.measure.search(text) or bool(words.lists.search(text) or _STRONG.search(text))


def read_narrative(question: Question) -> NarrativeQuestion:
    words = narrative_words()
    text = question.text
    kinds = _kinds(text)
    excluded = _EXCLUDED.search(text) if _OTHERS.search(text) or "除" in text else None
    content = _content(text, kinds)
    return NarrativeQuestion(
        asked=question,
        content=content,
        kinds=kinds,
        lists=bool(words.lists.search(text)),
        count=_count(text),
        excluded=excluded["known"].strip("了去开") if excluded else "",
        tense="plan" if words.tense["plan"].search(text) else "past" if words.tense["past"].search(text) else None,
        is_claim=bool(_CLAIM.search(text)),
        is_plain=not asks_for_words(question),
        is_person=_asks_for_person(text),
    )


def _kinds(text: str) -> frozenset[str]:
    """The kinds of thing asked for; words of a leading kind ask for no other: 差在哪 asks for no place."""
    kinds = narrative_words().kinds
    leading = [name for name in _LEADING if kinds[name].asked.search(text)]
    for name in leading:
        text = kinds[name].asked.sub(" ", text)
    rest = (name for name, kind in kinds.items() if name not in _LEADING and kind.asked.search(text))
    return frozenset([*leading, *rest])


def _asks_for_person(text: str) -> bool:
    words = narrative_words()
    office = words.office.search(text)
    return bool(words.personal.search(text)) or bool(office and words.person_asked.search(text[office.start() :]))


def _count(text: str) -> int | None:
    found = _COUNT.search(text) or _TOP.search(text)
    if found is None:
        return None
    printed = found["count"]
    return int(printed) if printed.isdigit() else int(parse_numeral(printed))


def _content(text: str, kinds: frozenset[str]) -> str:
    """The words that say of what: without years, question words and the words that make it of a kind."""
    words = narrative_words()
    plain = _YEAR.sub(" ", _PERCENT.sub(lambda match: f"{parse_numeral(match[1])}%", text))
    for name in sorted(kinds, key=lambda name: (name not in _LEADING, name)):
        plain = words.kinds[name].asked.sub(" ", plain)
    plain = words.fillers.sub(" ", _MARKS.sub(" ", plain))
    official = asking().fillers.sub(lambda match: match[0] if match[0] in _KEPT else " ", canonical(plain))
    # 政府工作还有啥问题: of the whole report, not of what it says of the government.
    of_whole = kinds & _OF_WHOLE and words.reporter.fullmatch(official)
    return "" if of_whole else re.sub(r"\s+", " ", official).strip()
