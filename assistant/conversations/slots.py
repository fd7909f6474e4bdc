"""What a turn of a conversation says by itself: its wish, whom it refers to, its role, year and place, its words.

那完成率呢           -> role completion_rate, no words of its own: elliptic
困难群体那块呢        -> words 就业困难人员
换算成万元是多少       -> wish convert, unit 万元
前者占后者多少        -> refers to two earlier things

The vocabulary stands in `data/follow_ups.toml`. It reads words only; whom they mean is the business of
`conversations/mentions.py` and `conversations/kindred.py`.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, get_args

from assistant.conversations.neighbours import Neighbour, neighbours_in
from assistant.conversations.vocabulary import vocabulary
from assistant.questions.asking import asking
from assistant.questions.normalise import normalise
from assistant.questions.place_names import places_in
from assistant.questions.question import Question, read_question
from corpus.units import MAGNITUDES, Unit, match_unit

Wish = Literal[
    "source", "convert", "months", "per", "share", "multiple", "difference", "sum", "dispute", "more", "why", "use",
    "how", "names",
]  # fmt: skip
Refers = Literal["both", "other", "earliest", "former", "latter", "earlier", "it", "that"]
# So many characters of its own a question may have that points back by these words.
_LONGEST: dict[Refers | None, int] = {
    "both": 8, "other": 6, "former": 12, "latter": 12, "earliest": 16, "earlier": 16, "it": 14, "that": 5
}  # fmt: skip
_LONGEST_OPENED = 10
_SHORT = 9
_AT_HEAD = 1  # 跟这个比
_OWN_BESIDE = 4  # so much of its own a question for a neighbour may have: a word that the quantity or the row has
_ROLE_BY_NEIGHBOUR = {"target": "target", "budget": "target", "change": "growth", "spent": "actual"}
COMPARED: frozenset[Wish] = frozenset({"share", "multiple", "difference", "sum"})
COMPUTED = COMPARED | {"per", "months"}
# Against another year: a growth that the report may state, not a difference to be worked out.
_AGAINST_YEAR = re.compile(r"(?:上|去|前|头|旧)一?年|同比|环比|上月|上季|(?:比|较|跟|与|和|同)\d{4}年")
_GROWN = re.compile(r"增长|增加|提高|翻|涨")
_OF_WHOLE = re.compile(r"占总|占全部|占整个")
_NEW = re.compile(r"新增|净增|[认评鉴核]定")  # no growth and no target is asked for by these
_BASE_YEAR = re.compile(r"(?:比|较|跟|与|和|同)\d{4}年")  # what a growth is measured against
_DIRECTION = re.compile(r"相?[差多高少低大小超快慢]")
_DATED = re.compile(r"\d{2,4}年(?:底|末|度)?|[去今前明后旧]年|[上本]年度?")
_ASKS_MANY = re.compile(r"(?:多少|几多|好多|几)+个?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Slots:
    """One turn. `asked` holds roles, kinds of number, years, places; `words` its own content in official terms."""

    text: str  # normalised
    rest: str  # without what only points back
    asked: Question
    words: str
    plain: str  # these words as they were typed
    wish: Wish | None
    refers: Refers | None
    unit: Unit | None  # to convert to
    year_shift: int  # against the year spoken of: 前一年 -1
    corrects: bool
    opens: bool  # begins or ends as a follow-up does: 那…呢
    new_topic: bool
    neighbours: tuple[Neighbour, ...] = ()  # of the quantity just told, that it asks for: its target, its change
    beside: str = ""  # words of its own besides those that ask for a neighbour

    @property
    def bare(self) -> bool:
        """Whether it has no content of its own."""
        return not self.words.replace(" ", "")

    @property
    def elliptic(self) -> bool:
        """Whether it cannot be understood without what was said before: little of its own, and it points back."""
        own = len(self.plain.replace(" ", ""))
        longest = max(_LONGEST.get(self.refers, 0), _LONGEST_OPENED if self.opens else 0)
        return not self.new_topic and (self.bare or own <= longest or self.is_bound)

    @property
    def is_bound(self) -> bool:
        """Whether it asks for a companion by words that name no subject: 花了多少钱."""
        return len(self.beside) <= 1 and any(each.bound for each in self.neighbours)

    @property
    def for_companion(self) -> bool:
        return any(each.by == "companion" for each in self.neighbours)

    def without_words(self) -> "Slots":
        """The same, of what was spoken of before and nothing else."""
        return replace(self, words="", plain="", beside="")

    @property
    def silent(self) -> bool:
        """Whether it names nothing of what was spoken of, and no role, year or place either."""
        asked = self.asked
        said = asked.roles or asked.years or asked.relative_years or self.year_shift or places_in(self.text)
        return self.is_bound or (self.bare and not said)

    @property
    def short(self) -> bool:
        return len(self.text) <= _SHORT


@lru_cache(maxsize=256)
def read_slots(turn: str) -> Slots:
    """The slots of a turn, which must not be empty."""
    words, text = vocabulary(), normalise(turn)
    said, corrects = _dropped(text, "corrections")
    wish, unit, rest = _wish(said)
    refers, rest = _refers(rest)
    opened, opens = _dropped(rest, "openings")
    rest, closes = _dropped(opened, "closings")
    shift = -bool(words.years["before"].search(rest)) + bool(words.years["after"].search(rest))
    asked = _question(said, rest)
    if wish in COMPUTED:
        asked = replace(asked, roles=asked.roles - {"growth", "share"})
    plain = _plain_words(rest)
    slots = Slots(
        text=text, rest=rest, asked=asked, words=_own_words(plain), plain=_typed(plain), wish=wish, refers=refers,
        unit=unit, year_shift=shift, corrects=corrects, opens=opens or closes,
        new_topic=words.patterns["new_topic"].search(text) is not None,
    )  # fmt: skip
    return slots if wish is not None else _with_neighbours(slots)


def _with_neighbours(slots: Slots) -> Slots:
    """The turn with what it asks for of the quantity just told; where it says no more, it has no words of its own."""
    found, left = neighbours_in(slots.rest)
    beside = _typed(_plain_words(left)).replace(" ", "")
    if not found or len(beside) > _OWN_BESIDE:
        return slots
    told = slots
    slots = replace(slots, neighbours=found, beside=beside)
    if slots.for_companion:
        return told if told.year_shift else slots  # 头一年花了多少: the same of another year
    asked = replace(slots.asked, roles=frozenset(_ROLE_BY_NEIGHBOUR[each.name] for each in found))
    if "growth" in asked.roles:  # the year before is what the change is measured against
        years = _years_of(left)
        asked = replace(asked, years=years.years, relative_years=years.relative_years)
    slots = replace(slots, asked=asked, year_shift=0)
    return slots.without_words() if len(beside) <= 1 else slots


def _years_of(left: str) -> Question:
    return read_question(left if left.strip() else "呢")


def _dropped(text: str, kind: str) -> tuple[str, bool]:
    """The text without the patterns of one kind, and whether there were any."""
    without, count = vocabulary().patterns[kind].subn(" ", text)
    return without.strip(" ，,。"), count > 0


def _wish(text: str) -> tuple[Wish | None, Unit | None, str]:
    """What is wanted of what was said before, a unit to convert to, and the text without these words."""
    for name in get_args(Wish):
        found = vocabulary().wishes[name].search(text)
        if found is None or _meant_otherwise(name, text):
            continue
        if name == "convert":
            unit = _unit_after(text, found.end())
            if unit is None and "精确" not in found[0] and "单位" not in found[0]:
                continue
            return name, unit, (text[: found.start()] + " " + _ASKS_MANY.sub(" ", text[found.end() :])).strip()
        return name, None, _without_wish(text, name, found)
    return None, None, text


def _without_wish(text: str, name: Wish, found: re.Match[str]) -> str:
    """The text without the words of its wish; a comparand before the direction (比计划|多几家) stays."""
    if name not in COMPUTED:
        return vocabulary().wishes[name].sub(" ", text).strip()
    start, end = found.span()
    direction = _DIRECTION.search(text, start, end)
    unit = match_unit(text, end)
    end += len(unit.printed) if unit is not None else 0
    return f"{text[: direction.start() if direction else start]} {text[end:]}".strip()


def _meant_otherwise(name: Wish, text: str) -> bool:
    """A growth the report may state is no calculation; a share of two things needs both said."""
    if name == "difference":
        return _AGAINST_YEAR.search(text) is not None
    if name == "multiple":
        return _GROWN.search(text) is not None
    return name == "share" and not (vocabulary().patterns["both"].search(text) or _OF_WHOLE.search(text))


def _unit_after(text: str, at: int) -> Unit | None:
    asks = _ASKS_MANY.match(text, at)
    at = asks.end() if asks else at
    unit = match_unit(text, at)
    if unit is not None or text[at : at + 1] not in MAGNITUDES:
        return unit
    magnitude = text[at : at + 1]
    return Unit(printed=magnitude, base=None, dimension=None, factor=MAGNITUDES[magnitude])


def _refers(text: str) -> tuple[Refers | None, str]:
    """Whom the turn points back to, the most telling first, and the text without these words.

    留工培训那笔钱 points to nothing: a 那 with a noun before it only takes that up.
    """
    refers: Refers | None = None
    for name in get_args(Refers):
        found = vocabulary().patterns[name].search(text)
        if found is not None and (refers is None or name == "that"):
            if name != "that" or found.start() <= _AT_HEAD:
                refers = refers or name
            text, _ = _dropped(text, name)
    return refers, text


def _question(text: str, rest: str) -> Question:
    """The turn as a question: roles and kinds of number from all of it, places and years too."""
    words = vocabulary()
    whole = read_question(text)
    roles = read_question(_NEW.sub(" ", text)).roles | {
        role for role, pattern in words.roles.items() if pattern.search(text)
    }
    years = whole.years
    if "growth" in roles:
        roles -= {"share"}  # how a share changed
        years = tuple(year for year in years if f"{year}年" not in "".join(_BASE_YEAR.findall(text)))
    dimensions = {name for name, pattern in words.dimensions.items() if pattern.search(text)}
    if dimensions - {"percent"}:
        roles -= {"share"}  # 占了多少钱
    return replace(
        whole,
        content=read_question(rest).content,
        roles=frozenset(roles),
        years=years,
        dimensions=frozenset(dimensions or whole.dimensions),
    )


def _plain_words(rest: str) -> str:
    """What is left when the words of roles, kinds of number and years, and what fills up a follow-up, are dropped."""
    words = vocabulary()
    for pattern in (
        *words.dimensions.values(), *words.roles.values(), *words.years.values(), words.patterns["fillers"]
    ):  # fmt: skip
        rest = pattern.sub(" ", rest)
    return _without_asking(rest)


def _without_asking(rest: str) -> str:
    """Without 多少 and the unit behind it."""
    for found in reversed(list(_ASKS_MANY.finditer(rest))):
        unit = match_unit(rest, found.end())
        end = found.end() + (len(unit.printed) if unit is not None else 0)
        rest = f"{rest[: found.start()]} {rest[end:]}"
    return rest


def _own_words(plain: str) -> str:
    """The same in official terms, without the fillers and role words of every question."""
    content = read_question(plain).content
    for pattern in (*asking().roles.values(), *asking().dimensions.values()):
        content = pattern.sub(" ", content)
    return _telling(content)


def _typed(plain: str) -> str:
    return _telling(asking().fillers.sub(" ", _DATED.sub(" ", plain)))


def _telling(text: str) -> str:
    """Words of more than particles."""
    return " ".join(word for word in text.split() if any(each not in asking().particles for each in word))
