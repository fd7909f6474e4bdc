"""Follow-ups that ask for the report's words around what was spoken of: reasons, names, and what comes next.

A piece is what stands between full stops and semicolons; pieces are quoted as printed and cited.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.choice import Choice
from assistant.conversations.answers import rows_draft
from assistant.conversations.slots import Slots
from assistant.conversations.vocabulary import vocabulary
from assistant.draft import Draft
from assistant.figures.coverage import pairs_of, weigh
from assistant.library import Library
from assistant.places import Citations, stretch_of
from assistant.questions.lexicon import canonical
from assistant.questions.normalise import normalise
from corpus.model import Figure, Mapped
from corpus.repair import repair

_PIECE = re.compile(r"[^。；！？\n]+[。；！？]?[”’」』]*")
_LIST = re.compile(r"、|“[^”]+”“|等(?:\d|[一二三四五六七八九十]|[\u4e00-\u9fff])")
_TOLD = 0.6
_FOUND = 0.4
_SHORTEST = 8
_MOST = 6
# How far behind a number its reason is looked for, in characters of the report.
_REASON_WITHIN = 900


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    report: str
    section: tuple[str, ...]
    start: int  # source offsets
    end: int
    text: str
    pairs: frozenset[str]


def reason_draft(row: Figure, slots: Slots, library: Library) -> Draft | None:
    """The pieces that give a reason or a use, in the row's sentence or behind it in its section; None without any."""
    words = vocabulary().told_by["uses" if slots.wish == "use" else "reasons"]
    weighed = weigh(f"{canonical(normalise(row.name))} {slots.words}", library.entries.weights)
    found = [
        piece
        for piece in _section(row.report, row.section, library)
        if words.search(piece.text) and row.sentence_start <= piece.start <= row.end + _REASON_WITHIN
    ]
    own = [piece for piece in found if piece.start < row.sentence_end]
    near = own or sorted(found, key=lambda piece: (-weighed.covered(piece.pairs), piece.start))[:1]
    return _quoted(near, library) if near else None


def names_draft(row: Figure, slots: Slots, library: Library) -> Draft | None:
    """The sentence of a row, where it lists what is asked for or holds the words of the question."""
    start, end = stretch_of(library.source_text(row.report), row)
    piece = _piece(row.report, row.section, repair(library.source_text(row.report), start, end), 0, None)
    plain = slots.plain.replace(" ", "")
    held = sum(character in piece.text for character in plain) / (len(plain) or 1)
    listed = _LIST.search(piece.text) is not None
    return _quoted([piece], library) if (held >= _FOUND if plain else listed) else None


def more_draft(told: str, rows: Sequence[Figure], draft: Callable[[], Draft], library: Library) -> Draft | None:
    """What the report goes on to say behind what was told: figures of the sentence, or pieces of the section."""
    if rows:
        further = _untold(rows, library)
        return rows_draft(further, library) if further else None
    place = _place_of(told, library) or _cited(draft(), library)
    if place is None:
        return None
    said = pairs_of(canonical(normalise(told)))
    behind = [piece for piece in _section(place.report, place.section, library) if piece.start >= place.start]
    rest = [piece for piece in behind if not _was_told(piece, said) and len(piece.text) >= _SHORTEST]
    return _quoted(rest[:_MOST], library) if rest else None


def source_of_words_draft(told: str, draft: Callable[[], Draft], library: Library) -> Draft | None:
    """Where an answer without figures stands: report, section, and its sentence."""
    piece = _place_of(told, library) or _cited(draft(), library)
    if piece is None:
        return None
    quoted = _quoted([piece], library)
    where = f"《{library.reports[piece.report].title}》“{' > '.join(piece.section)}”"
    return replace(quoted, text=f"原文见{where}：{quoted.text}")


def _untold(rows: Sequence[Figure], library: Library) -> tuple[Figure, ...]:
    """The other figures of the first row's sentence."""
    first, values = rows[0], {row.base_value for row in rows}
    return tuple(
        figure
        for figure in library.figures_of(first.report)
        if (figure.sentence_start, figure.sentence_end) == (first.sentence_start, first.sentence_end)
        and figure.base_value not in values
        and figure.role not in {"constant", "other"}
    )[:_MOST]


def _section(report: str, section: tuple[str, ...], library: Library) -> Iterable[Piece]:
    """The pieces of a section in the order of the report."""
    text = library.source_text(report)
    for passage in library.passages(report):
        if passage.section_path == section:
            content = repair(text, passage.start, passage.end)
            for match in _PIECE.finditer(content.text):
                if match[0].strip():
                    yield _piece(report, section, content, match.start(), match.end())


def _piece(report: str, section: tuple[str, ...], content: Mapped, low: int, high: int | None) -> Piece:
    part = content.slice(low, high if high is not None else len(content.text))
    lead = len(part.text) - len(part.text.lstrip())
    part = part.slice(lead, len(part.text.rstrip()))
    start, end = part.span(0, len(part.text))
    return Piece(
        report=report, section=section, start=start, end=end, text=part.text,
        pairs=pairs_of(canonical(normalise(part.text))),
    )  # fmt: skip


def _place_of(told: str, library: Library) -> Piece | None:
    """The piece of a report that an answer repeats most of."""
    said = pairs_of(canonical(normalise(told)))
    best, most = None, 0
    asked = library.put_forward(canonical(normalise(told)), Choice(reports=tuple(library.reports), named=False))
    for report in asked.reports:
        for section in dict.fromkeys(passage.section_path for passage in library.passages(report)):
            for piece in _section(report, section, library):
                shared = len(piece.pairs & said)
                if shared > most and shared >= _TOLD * min(len(piece.pairs), len(said)):
                    best, most = piece, shared
    return best


def _cited(draft: Draft, library: Library) -> Piece | None:
    if not draft.citations:
        return None
    last = draft.citations[-1]
    content = repair(library.source_text(last.report), last.start, last.end)
    return _piece(last.report, last.section, content, 0, None)


def _was_told(piece: Piece, said: frozenset[str]) -> bool:
    return bool(piece.pairs) and len(piece.pairs & said) >= _TOLD * len(piece.pairs)


def _quoted(pieces: Sequence[Piece], library: Library) -> Draft:
    citations = Citations(library)
    told = [
        f"{piece.text}[{citations.of_span(piece.report, piece.start, piece.end, piece.section)}]" for piece in pieces
    ]
    return Draft(status="answered", route="passage", text="\n".join(told), citations=citations.all())
