"""Whether sentences of a report answer a question for words at all: evidence decides, not likeness.

A person's name needs an office with a name behind it, a reason needs a word that gives one, a place named in the
question has to stand in the answer. 除了甲还有哪些 is answered only where more than 甲 is listed, and 哪四家企业
not by a sentence that merely counts them.
"""

import re
from dataclasses import dataclass

from assistant.figures.coverage import PairWeights, weigh
from assistant.figures.lookup import contradicting_terms
from assistant.narrative.match import lists_exactly
from assistant.narrative.question import NarrativeQuestion
from assistant.narrative.words import narrative_words
from assistant.questions.lexicon import canonical
from assistant.questions.place_names import places_in
from assistant.questions.years import asked_years
from corpus.model import Metadata

# Share of what is asked that the answer and its headings have to account for; less where the passage is alike.
_COVERED = 0.6
_COVERED_IF_FAR = 0.62
_COVERED_IF_ALIKE = 0.5
_COVERED_IF_PLAIN = 0.75
_COVERED_IF_COUNTED = 0.35
_ALIKE = 1.0
FEW_WORDS = 0.35
_NOUN_COVERED = 0.6
_ONE_SENTENCE = 100
_MANY, _MOST_LISTED = 3, 20
_ASKS_WHICH = re.compile(r"哪[二两三四五六七八九十\d]")

_CODE = re.compile(r"[a-z]*\d+[a-z]+|[a-z]{2,}|\d+强")
_WANTED = re.compile(
    r"(?:哪|边)(?:[些几啲]|[二两三四五六七八九十]|\d+)?(?:个|家|项|条|件|名|位|所|种|类|座|处|支)?(?P<noun>[\u4e00-\u9fff]{2})"
)
_MEASURES = r"(?:个|家|项|条|件|名|位|所|种|类|座|处|支|张|次|届|款|批|部)?"
_WHICH = re.compile(
    rf"(?:(?:哪|边)(?![里儿度])(?:[些几啲]|[二两三四五六七八九十]|\d+)?{_MEASURES}|(?<![为凭])(?:什么|啥|咩))(?P<noun>[\u4e00-\u9fff]{{1,4}}?)"
    rf"(?=[的了吗呢在被为上去来得获是会要能开有，,？?！!。]|$)"
)
_OF_WHAT = re.compile(
    r"(?:^|的|[，,])(?P<noun>[\u4e00-\u9fff]{2,4}?)(?:都|各|分别)?(?:是(?:什么|啥|哪些)|有哪些|有什么)(?=[的吗呢，,？?]|$)"
)
_FILLING = re.compile(r"^(?:新的?|主要|重要|具体|重点|全省性?|全国性?|好|大)")
_NUMBER = r"(?:\d+|[一二两三四五六七八九十]+)\s*(?:个|家|项|条|件|名|位|所|种|类|座|处|支)?"
_LISTS_ON = re.compile(r"^[^。；]{0,14}?(?:分别|包[括含]|即|：|依次)|^[^。；，]{0,8}、")
_LISTED_BEFORE = re.compile(r"、|等\s*$")
_OTHERS = r"[、和及与](?!其他|其它)[\u4e00-\u9fff“《]"
_QUOTED = re.compile(r"“[^”]*”|《[^》]*》")
# Characters that a place's name does not have: 哪几个县市不再算山区 names none.
_NO_NAME = re.compile("[不再算几哪些各]")
# 局长任组长: 任 is a surname, and a verb.
_APPOINTED = "(?!任(?:组|副|主|队|总|会|秘|委|指|第|常))"
_CLAUSE = re.compile(r"[，。；：]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """What is to be told and what stands around it; `pairs` are of both, `heading` of headings and topic."""

    text: str
    beside: str
    headings: str
    pairs: frozenset[str]
    weights: PairWeights
    weight: float  # of the question's core: of the words that tell what it is about
    covered: float  # share of that core
    announced: bool  # a heading or lead-in announces the kind asked for
    similarity: float
    items: int  # of an enumeration; 0 for sentences
    counted: bool  # it lists as many things as are asked for
    title: frozenset[str]
    gaps: tuple[float, float]  # heaviest word of the core it lacks: among words the reports use, and others
    spans: tuple[tuple[int, int], ...]  # where it stands, source offsets


def answers(question: NarrativeQuestion, evidence: Evidence, metadata: Metadata) -> bool:
    """Whether the evidence answers the question; False where something particular it asks for is missing."""
    return answers_by_meaning(question, evidence, metadata) and _covers(question, evidence)


def answers_by_meaning(question: NarrativeQuestion, evidence: Evidence, metadata: Metadata) -> bool:
    """Whether nothing particular that the question asks for is missing, however few of its words are there."""
    return not (_lacks_year(question, evidence, metadata) or any(lacks(question, evidence) for lacks in _LACKS))


def _covers(question: NarrativeQuestion, evidence: Evidence) -> bool:
    if evidence.weight < FEW_WORDS and evidence.announced:
        return True
    alike = evidence.similarity
    wanted = _COVERED_IF_FAR if alike < 0 else _COVERED_IF_ALIKE if alike >= _ALIKE else _COVERED
    if question.is_plain:
        wanted = _COVERED_IF_PLAIN
    if evidence.counted:
        wanted = _COVERED_IF_COUNTED
    return evidence.covered >= wanted


def _lacks_term(question: NarrativeQuestion, evidence: Evidence) -> bool:
    return contradicting_terms(question.asked, evidence.pairs | evidence.title)


def _lacks_person(question: NarrativeQuestion, evidence: Evidence) -> bool:
    return question.is_person and not names_person(question.asked.text, evidence.text)


def _lacks_place(question: NarrativeQuestion, evidence: Evidence) -> bool:
    """Whether a place is named that neither the answer, its headings nor the report's title has."""
    held = canonical(f"{evidence.text}{evidence.headings}")
    known = "".join(sorted(evidence.title))
    return any(
        place not in held
        and not _NO_NAME.search(place)
        and not all(place[at : at + 2] in known for at in range(len(place) - 1))
        for place in places_in(question.asked.text)
    )


def _lacks_code(question: NarrativeQuestion, evidence: Evidence) -> bool:
    held = f"{evidence.text}{evidence.headings}{evidence.beside}".lower()
    return any(code not in held for code in _CODE.findall(question.asked.text))


def _lacks_year(question: NarrativeQuestion, evidence: Evidence, metadata: Metadata) -> bool:
    own = {metadata.data_year}
    if metadata.issued_year is not None:
        own.add(metadata.issued_year - 1)
    if not question.is_plain:
        own.add(metadata.issued_year)  # of what is planned; a thing by itself is asked of the year reported on
    held = f"{evidence.text}{evidence.headings}{evidence.beside}"
    stated = re.findall(r"(?<!\d)\d{2}(?=年)", question.asked.text)
    return any(
        year not in own and str(year) not in held and str(year)[2:] not in stated
        for year in asked_years(question.asked, metadata)
    )


def names_person(asked: str, text: str) -> bool:
    """Whether the text names a person right behind the office asked for: 省长王某某, 选手李某（…）."""
    words = narrative_words()
    if words.personal.search(asked):
        return False
    office = words.office.search(asked)
    if office is None:
        return False
    name = rf"{re.escape(office[0])}[：:“]?{_APPOINTED}(?:[{words.surnames}][\u4e00-\u9fff]{{1,2}})"
    before = _CLAUSE.split(asked[: office.start()])[-1][-6:]
    for match in re.finditer(name, text):
        # 铜牌选手 is not 金牌选手: what qualifies the office has to stand before it in the text.
        qualifier = re.sub(r"[的那位个拿得获了]|们|你|咱|我|这|该", "", before)[-4:][:2]
        known = qualifier if qualifier.endswith(("牌", "奖")) else qualifier[:1]
        if known in text[max(0, match.start() - 30) : match.start()]:
            return True
    return False


def _lacks_cue(question: NarrativeQuestion, evidence: Evidence) -> bool:
    """Whether the kind of thing asked for needs a word that gives it, and no kind asked for has one."""
    kinds = {name: kind for name, kind in narrative_words().kinds.items() if name in question.kinds}
    if question.is_claim:
        kinds.pop("reason", None)
    if not any(kind.needs for kind in kinds.values()):
        return False
    return not any(
        kind.cues.search(f"{evidence.text}{evidence.beside}" if name == "reason" else evidence.text)
        for name, kind in kinds.items()
    )


def _lacks_direction(question: NarrativeQuestion, evidence: Evidence) -> bool:
    """Whether it is asked why something went one way and the text only says that it went the other."""
    if "reason" not in question.kinds:
        return False
    ways = narrative_words().direction
    asked = {name for name, way in ways.items() if _goes(way, question.asked.text)}
    said = {name for name, way in ways.items() if way.search(evidence.text)}
    return len(asked) == len(said) == 1 and asked != said


def _goes(way: re.Pattern[str], text: str) -> bool:
    return any(text[: found.start()][-1:] not in {"没", "不", "未"} for found in way.finditer(text))


def _lacks_superlative(question: NarrativeQuestion, evidence: Evidence) -> bool:
    """哪个最多 where nothing is said to be the most."""
    words = narrative_words()
    asked = words.superlative_asked.search(question.asked.text)
    return asked is not None and words.superlative_cues.search(evidence.text) is None


def _lacks_others(question: NarrativeQuestion, evidence: Evidence) -> bool:
    """Whether 除了甲 is asked and the text lists nothing beside 甲, or has no 甲."""
    if not question.excluded:
        return False
    text = evidence.text
    known = [part for part in re.split(r"[、和与及]", question.excluded) if len(part) > 1]
    found = False
    for part in known:
        at = text.find(part)
        if at >= 0:
            found = True
            before, after = text[max(0, at - 12) : at], text[at + len(part) : at + len(part) + 12]
            if not re.search(rf"^[^，。；]{{0,6}}{_OTHERS}", after) and not re.search(r"[、和及与]$", before):
                return True
    return not found


def _lacks_noun(question: NarrativeQuestion, evidence: Evidence) -> bool:
    """Whether the thing asked for by name (哪些待遇, 方案是什么) is no class word and not in the answer."""
    text = question.asked.text
    wanted = _WHICH.search(text) or _OF_WHAT.search(text)
    if wanted is None:
        return False
    noun = canonical(_FILLING.sub("", wanted["noun"]))
    words = narrative_words()
    if len(noun) < 2 or words.generic.search(noun) or any(kind.asked.search(noun) for kind in words.kinds.values()):
        return False
    return weigh(noun, evidence.weights).covered(evidence.pairs, evidence.title) < _NOUN_COVERED


def _only_counts(question: NarrativeQuestion, evidence: Evidence) -> bool:
    """哪四家企业 where the text says 4家企业 and never which."""
    wanted = _WANTED.search(question.asked.text)
    text = evidence.text
    if not evidence.items and (question.count or 0) >= _MANY and _ASKS_WHICH.search(question.asked.text):
        return not any(lists_exactly(count, text) for count in range(question.count or 0, _MOST_LISTED))
    if wanted is None:  # 是哪两个: a text that lists nothing does not say
        return question.lists and question.count is not None and "、" not in text and len(text) < _ONE_SENTENCE
    plain = _QUOTED.sub(lambda match: "□" * len(match[0]), text)
    # What the question itself names (评为示范企业) is not what it asks for.
    mentions = [
        match
        for match in re.finditer(re.escape(wanted["noun"]), plain)
        if plain[max(0, match.start() - 2) : match.end()] not in question.asked.text
    ]
    counted = [match for match in mentions if re.search(_NUMBER + r"[\u4e00-\u9fff]{0,4}$", text[: match.start()])]
    if not mentions or len(counted) < len(mentions):
        return False
    return not any(_is_listed(match, text) for match in counted)


def _is_listed(match: re.Match[str], text: str) -> bool:
    clause = _CLAUSE.split(text[: match.start()])[-1]
    before = re.sub(_NUMBER + r"[\u4e00-\u9fff]{0,4}$", "", clause)
    return bool(_LISTED_BEFORE.search(before) or _LISTS_ON.search(text[match.end() :]))


def core_of(content: str, held: frozenset[str]) -> str:
    """The content without words that say little and that the evidence does not have: 在哪[铺开] 的试点."""
    light = narrative_words().light
    covered = [content[max(0, at - 1) : at + 1] in held or content[at : at + 2] in held for at in range(len(content))]
    kept = list(content)
    for match in re.finditer("0+", "".join("1" if each else "0" for each in covered)):
        run = content[match.start() : match.end()]
        for word in light.finditer(run):
            low = match.start() + word.start()
            kept[low : low + len(word[0])] = " " * len(word[0])
    return re.sub(r"\s+", " ", "".join(kept)).strip()


_LACKS = (
    _lacks_term,
    _lacks_place,
    _lacks_code,
    _lacks_person,
    _lacks_cue,
    _lacks_direction,
    _lacks_noun,
    _lacks_superlative,
    _lacks_others,
    _only_counts,
)
