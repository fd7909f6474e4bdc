"""What earlier exchanges of a conversation were about: the ledger rows that were meant.

The rows come from looking up what the user asked; the answer given then helps to tell which row was meant, and in
which order rows were told. Its digits are compared, never repeated: where no row states them they count for nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.conversations.conversation import Turn
from assistant.conversations.slots import Slots, read_slots
from assistant.figures.coverage import pairs_of
from assistant.figures.entries import Entry, dimension_of
from assistant.figures.lookup import look_up
from assistant.figures.matching import Match, dimension_fit, role_fit
from assistant.figures.same_quantity import same_quantity
from assistant.library import Library
from assistant.questions.lexicon import canonical
from assistant.questions.normalise import normalise
from corpus.model import Figure
from corpus.quantities import Quantity, quantities

# How far a conversation is looked back over: what lies further back is not paid for.
LOOK_BACK = 4
_QUESTIONS_READ = 40  # for the last one that stands by itself
_GROUPS_READ = 8
# Characters of an earlier question and of an answer that are read: nobody's, and none of ours, has more.
_QUESTION_READ = 500
_ANSWER_READ = 4000
_NUMBERS_READ = 200
# A row of whose name a question has so much is named plainly, and more plainly than another by so much.
_CLEAR = 0.6
_BY_FAR = 0.3
# Shares: of a row's name that has to be said, by the digits of its number; of a question that a row accounts for.
_NAMED_BY_DIGITS = {1: 0.45, 2: 0.45, 3: 0.15}  # the more digits a number has, the less is left to chance
_NAMED_AT_LEAST = 0.05
_ABOUT = 0.35
# An answer that says so much of a row's name speaks of that row, by the digits of the number it tells.
_NAMED_IN_ANSWER = {3: 0.85}
_NAMED_BY_MANY_DIGITS = 0.5
_TELLING_DIGITS = 3
_ANSWER_HELD = 0.75


@dataclass(frozen=True, kw_only=True, slots=True)
class Exchange:
    """A question and what was answered, as text."""

    question: str
    told: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """An earlier exchange understood: the row asked for, and the rows told in their order."""

    exchange: Exchange
    slots: Slots
    row: Figure | None
    rows: tuple[Figure, ...]


Resolve = Callable[[Slots, "Memory"], Figure | None]


def exchanges(history: Sequence[Turn]) -> tuple[Exchange, ...]:
    """Questions with the answers that followed them, oldest first."""
    found: list[Exchange] = []
    for turn in history:
        if turn.role == "user" and turn.content.strip():
            found.append(Exchange(question=_read(turn.content, _QUESTION_READ), told=""))
        elif turn.role == "assistant" and found:
            told = _read(f"{found[-1].told}\n{_read(turn.content, _ANSWER_READ)}".strip(), _ANSWER_READ)
            found[-1] = Exchange(question=found[-1].question, told=told)
    return tuple(found)


def _read(text: str, characters: int) -> str:
    """The beginning of a text without halves of characters, which JSON may hold and nothing else can read."""
    return text[:characters].encode("utf-8", "ignore").decode("utf-8")


class Memory:
    """The exchanges before a question, each understood when it is first needed.

    `resolve` finds the row that an elliptic question means in the memory before it; it is asked only where the
    answer told no row, and no farther back than `LOOK_BACK` exchanges.
    """

    def __init__(self, said: Sequence[Exchange], library: Library, resolve: Resolve, depth: int = LOOK_BACK) -> None:
        self.said = tuple(said)
        self._library = library
        self._resolve = resolve
        self._depth = depth
        self._understood: dict[int, Mention] = {}

    def last(self, back: int = 1) -> Mention | None:
        """The exchange so many back: 1 is the last one; None before the beginning."""
        return self.at(len(self.said) - back) if 0 < back <= len(self.said) else None

    def at(self, order: int) -> Mention:
        if order not in self._understood:
            self._understood[order] = self._mention(order)
        return self._understood[order]

    def _mention(self, order: int) -> Mention:
        exchange = self.said[order]
        slots = read_slots(exchange.question)
        rows = told_rows(exchange, slots, self._library)
        if slots.elliptic:
            row = _fitting(slots, rows)
            if row is None:
                row = self._resolve(slots, self._before(order))
        else:
            row = self._confirmed(slots, order) or asked_row(slots, self._library, rows, exchange.told)
        if row is not None and row.id not in {each.id for each in rows}:
            rows = (row, *rows)
        return Mention(exchange=exchange, slots=slots, row=row, rows=rows)

    def _confirmed(self, slots: Slots, order: int) -> Figure | None:
        """The row a short question means within the conversation, where the answer told its number."""
        told = self.said[order].told
        if not slots.short or not order or not told:
            return None
        row = self._resolve(slots, self._before(order))
        stated = row is not None and any(_states(row, number) for number in quantities(normalise(told)))
        return row if stated else None

    def _before(self, order: int) -> "Memory":
        """What was said before an exchange; where that is looked back over no farther, the last full question."""
        said = self.said[max(0, order - _QUESTIONS_READ) : order]
        if self._depth <= 1:
            full = [exchange for exchange in said if not read_slots(exchange.question).elliptic]
            said = tuple(full[-1:])
        return Memory(said, self._library, self._resolve, self._depth - 1)


def told_rows(exchange: Exchange, slots: Slots, library: Library) -> tuple[Figure, ...]:
    """The rows whose numbers an answer told and whose names question and answer account for, in its order."""
    plain = normalise(exchange.told)
    numbers = quantities(plain)[:_NUMBERS_READ] if plain else ()
    values = {value for number in numbers for value in (number.value, number.base_value)}
    held = [entry for row in library.figures.stating(values) if (entry := library.entries.of_figure(row)) is not None]
    said = pairs_of(canonical(f"{plain} {slots.text}"))
    rows: dict[str, Figure] = {}
    for number in numbers:
        alike = (entry for entry in held if _states(entry.figure, number))
        best = max(alike, key=lambda entry: _spoken_of(entry, said, library), default=None)
        named = _NAMED_BY_DIGITS.get(len(number.value.as_tuple().digits), _NAMED_AT_LEAST)
        if best is None:
            continue
        if _spoken_of(best, said, library)[0] >= named or _answer_held(best, plain) >= _ANSWER_HELD:
            rows.setdefault(best.figure.id, best.figure)
    return tuple(rows.values())


def _values(figure: Figure) -> set[Decimal]:
    return {Decimal(value) for value in (figure.value, figure.base_value) if value is not None}


def _states(figure: Figure, number: Quantity) -> bool:
    """Whether a row has this number, its unit printed or left to the noun."""
    if figure.base_value is None:
        return False
    if number.base_unit is None:
        return bool({number.value, number.base_value} & _values(figure))
    return Decimal(figure.base_value) == number.base_value


def _spoken_of(entry: Entry, said: frozenset[str], library: Library) -> tuple[float, int]:
    """The share of a row's name that was said, and how much of what surrounds it was."""
    return _share_said(entry, said, library), len(entry.stretch & said)


def _answer_held(entry: Entry, plain: str) -> float:
    """How much of an answer's words, its numbers aside, a row has in name and stretch."""
    pairs = {pair for pair in pairs_of(canonical(plain)) if not any(character.isdigit() for character in pair)}
    return len(pairs & (entry.name | entry.stretch)) / len(pairs) if pairs else 0.0


def _share_said(entry: Entry, said: frozenset[str], library: Library) -> float:
    weights = library.entries.weights
    name = sum(weights.of(pair) for pair in entry.name)
    return round(sum(weights.of(pair) for pair in entry.name & said) / name, 2) if name else 0.0


def _fitting(slots: Slots, rows: Sequence[Figure]) -> Figure | None:
    """Of the rows told, the first of the kind of number that an elliptic question asks for."""
    for row in rows:
        if slots.asked.dimensions and (dimension_of(row) or "").split("/")[0] not in slots.asked.dimensions:
            continue
        return row
    return rows[0] if rows else None


def asked_row(slots: Slots, library: Library, told: Sequence[Figure], answer: str) -> Figure | None:
    """The row a question that stands by itself means: the best of those told, else the best of all.

    `answer` is the text in which the rows were told.
    """
    if not told and not slots.asked.wants_quantity:
        return None
    found = look_up(slots.asked, library.entries)
    matches = [match for group in found.groups[:_GROUPS_READ] for match in group.matches]
    best = matches[0] if matches else None
    ids = {figure.id for figure in told}
    spoken = next((match for match in matches if match.entry.figure.id in ids), None)
    if spoken is not None and not _clearer(best, spoken):
        return spoken.entry.figure
    if (named := _told_by_name(slots, told, answer, library)) is not None:
        return named
    if told and (best is None or best.features["name"] < _CLEAR):
        return told[0]
    if best is None or best.features["all"] < _ABOUT:
        return None
    alike = found.groups[0].matches
    return max(alike, key=lambda match: (match.entry.figure.indicator is not None, match.fit)).entry.figure


def _told_by_name(slots: Slots, told: Sequence[Figure], answer: str, library: Library) -> Figure | None:
    """The first row told, where the answer gives its name whole and a number that is no chance, of the kind asked for.

    A colloquial question (一年能挣多少) may be nearer to the words of another row.
    """
    entry = library.entries.of_figure(told[0]) if told else None
    digits = sum(character.isdigit() for character in entry.figure.printed) if entry is not None else 0
    if entry is None or digits < _TELLING_DIGITS:
        return None
    if role_fit(slots.asked, entry) <= -1 or dimension_fit(slots.asked, entry) <= -1:
        return None
    said = pairs_of(canonical(normalise(answer)))
    named = _NAMED_IN_ANSWER.get(digits, _NAMED_BY_MANY_DIGITS)
    return entry.figure if _share_said(entry, said, library) >= named else None


def _clearer(best: Match | None, spoken: Match) -> bool:
    """Whether the question names another row plainly: then it is not led astray by what was answered."""
    if best is None or spoken.features["all"] < _ABOUT:
        return True
    named = best.features["name"] >= _CLEAR and spoken.features["name"] < best.features["name"] - _BY_FAR
    one, other = spoken.entry.figure, best.entry.figure
    same = (one.base_value, one.base_unit) == (other.base_value, other.base_unit)
    return named and not same and not same_quantity(one, other)
