"""Answers questions over the reports of an index. `Assistant.answer` is the list of steps.

Nothing heavy is opened before a question needs it: ledger rows come from SQLite, and the embedding model is
loaded only where words alone do not settle what is asked.
"""

import re
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial

from assistant import about
from assistant.answer import Answer, Citation
from assistant.choice import Choice, choose_reports, newest_answering, which_report, with_title
from assistant.conversations.conversation import Turn, said_before
from assistant.conversations.follow_up import fulfil, understand
from assistant.doubts import with_doubts
from assistant.draft import Draft
from assistant.figures.answer import figure_draft, representative
from assistant.figures.entries import Entry
from assistant.figures.kinds_apart import kinds_apart
from assistant.figures.lookup import Lookup, agreed, equally_fitting, look_up
from assistant.figures.quoted import quoted_draft
from assistant.figures.reverse import reverse_draft
from assistant.figures.scope_check import covers
from assistant.indicators.answer import stands_for_indicator
from assistant.language.events import Event
from assistant.language.model import LanguageModel, open_model
from assistant.language.reading import Read
from assistant.library import Library
from assistant.lists.each_value import each_draft
from assistant.lists.series import SEVERAL_FIT, not_stated, series_draft, several_draft
from assistant.lists.values import values_draft
from assistant.narrative.answer import narrative_draft
from assistant.narrative.question import asks_for_words
from assistant.places import Surroundings, surroundings
from assistant.questions.facets import asks_level_and_change, facets
from assistant.questions.intake import check_question
from assistant.questions.question import Question, names_something, read_question
from assistant.refusal import NOT_COMPUTED, asks_to_compute, refusal_draft
from assistant.several_rows import one_for_another, several_rows_draft
from assistant.tables.answer import counted_rows_draft
from corpus.model import Figure, Metadata
from corpus.settings import Settings
from index.store import Store

# Words alone settle a question from the first; below it embeddings have to agree, and both be this sure together.
_SURE_BY_WORDS = 0.82
_SURE_ENOUGH = 0.35
# Where a word that the report uses elsewhere is not accounted for, more is asked.
_WORD_LACKING = 0.7
_SURE_THOUGH_LACKING = 0.42
# Look-ups kept.
_KEPT = 64
# Words that ask nothing stand for a figure where they say so much of its name.
_MOSTLY_NAMED = 0.6
# The row has every word of the question in its name: 本年支出合计.
_NAMED_WHOLE = 0.95
_TOTAL = re.compile("合计|总计|总额|总共|一共|共计|加起来")
# Several things to be added: a row of one of them is no answer.
_SEVERAL = re.compile("[和与跟及加、，,；;]|各|所有|全部|分别|[两二三四五六七八九几]")
_HALVES = re.compile(r"[，,；;？?]")
# So little trust in words that embeddings could not lift both above it.
_HOPELESS = 0.05


class Assistant:
    def __init__(self, library: Library, *, max_question_characters: int, model: LanguageModel | None = None) -> None:
        self._library = library
        self._model = model
        self._max_question_characters = max_question_characters
        # The routes of one answer look the same words up again; what they find depends on words and index alone.
        self._look_up = lru_cache(maxsize=_KEPT)(self._found)
        self._by_words = lru_cache(maxsize=_KEPT)(self._ranked)

    @classmethod
    def open(cls, settings: Settings) -> "Assistant":
        """The assistant over the store of the settings.

        Raises:
            StoreError: there is no index, or it is out of date.
        """
        store = Store.open(
            settings.store, embedding_model=settings.embedding_model, database_url=settings.database_url,
            chroma_url=settings.chroma_url,
        )  # fmt: skip
        return cls(Library(store), max_question_characters=settings.max_question_characters, model=open_model(settings))

    def answer(self, question: str, history: Sequence[Turn] = (), *, use_model: bool = True) -> Answer:
        """An answer, a refusal or a choice; without a language model the same for the same question, history and index.

        Raises:
            QuestionError: the question is empty, too long or holds no words.
        """
        *_, answer = self.stream(question, history, use_model=use_model)
        assert isinstance(answer, Answer)
        return answer

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        use_model: bool = True,
        stopped: Callable[[], bool] = lambda: False,
    ) -> Iterator[Event]:
        """The answer as it comes: verified sentences and signs of waiting of a language model, at last the `Answer`.

        `Sentence` events joined are the answer's text, and none is taken back; without a model, or where code's own
        words are shown in the end, there are none, and the `Answer` alone has the text. Once `stopped()` is true the
        model is no longer waited for and code ends the answer at once; closing the iterator gives up altogether.

        Raises:
            QuestionError: the question is empty, too long or holds no words.
        """
        started = time.perf_counter()
        check_question(question, self._max_question_characters)
        understood = understand(question, history, self._library, self._draft_of)
        draft = with_doubts(fulfil(understood, self._draft_of, self._library), self._library)
        read = Read(question=understood.text, draft=draft)
        if self._model is not None and use_model:
            before = said_before(history)[-1:]
            read = yield from self._model.answered(read, "".join(before), self._library, stopped)
        elapsed = round((time.perf_counter() - started) * 1000, 2)
        yield read.draft.answer(question, read.question, {"total": elapsed})

    def _draft_of(self, question: str) -> Draft:
        """The answer to a question that stands by itself."""
        return self._draft(read_question(question))

    def _draft(self, asked: Question) -> Draft:
        library = self._library
        if (draft := about.about_draft(asked, library) or reverse_draft(asked, library)) is not None:
            return draft
        choice = library.put_forward(asked.content or asked.text, choose_reports(asked, library.reports))
        draft = quoted_draft(asked, choice, library)
        draft = draft or (self._parts_draft(asked, choice) if asks_level_and_change(asked) else None)
        draft = draft or self._total_draft(asked, choice) or self._table_draft(asked, choice)
        if draft is None and asks_to_compute(asked) and not asks_for_words(asked):
            refused = refusal_draft(asked, self._nearest(asked, choice), library, reason=NOT_COMPUTED)
            return self._stated_of(asked, refused, choice) or refused
        if draft is None and asks_for_words(asked):
            draft = narrative_draft(asked, choice, library)
        elif draft is None:
            draft = values_draft(asked, choice, library) or each_draft(asked, choice, library)
        if draft is None and asked.wants_quantity:
            draft = self._parts_draft(asked, choice) or self._figure_draft(asked, choice)
            draft = None if draft is not None and one_for_another(asked, draft, library) else draft
        elif draft is None and not asks_for_words(asked):
            draft = self._named_draft(asked, choice) or narrative_draft(asked, choice, library)
        draft = draft or counted_rows_draft(asked, choice, library)
        return draft or refusal_draft(asked, self._nearest(asked, choice), library)

    def _nearest(self, asked: Question, choice: Choice) -> Lookup:
        """The rows of the reports asked, whatever their place and year."""
        return look_up(asked, self._library.entries, reports=choice.reports)

    def _parts_draft(self, asked: Question, choice: Choice) -> Draft | None:
        """For a question of several parts of which at least two, or one and a year it lacks, are answered."""
        report = choice.reports[0]
        known = self._library.source_text(report).__contains__
        found: dict[str, Figure] = {}
        missing: list[str] = []
        for facet in facets(asked, known):
            trusted = self._trusted(facet.own, report) if facet.names_its_own else None
            trusted = trusted or self._trusted(facet.with_subject, report)
            figure = representative(trusted.groups[0]) if trusted is not None else None
            if figure is None or figure.id in found:
                missing.append(facet.own.text)
            else:
                found[figure.id] = figure
        if len(found) > 1:
            return several_draft(tuple(found.values()), missing, self._library)
        draft = self._figure_draft(asked, choice) if found and missing else None
        if draft is None or [figure.id for figure in draft.figures] != list(found):
            return None
        return replace(draft, warnings=(*draft.warnings, *map(not_stated, missing)))

    def _figure_draft(self, asked: Question, choice: Choice) -> Draft | None:
        """From the newest report that answers; a question back where reports of several issuers do."""
        library = self._library
        answering = newest_answering(choice, library.reports, partial(self._trusted, asked))
        if not answering:
            return self._tied_draft(asked, choice.reports[0]) if choice.named else None
        if len(answering) > 1:
            return which_report(asked, tuple(answering), library.reports)
        report, found = next(iter(answering.items()))
        tied = self._tied_draft(asked, report, with_figure=representative(found.groups[0]))
        if tied is not None:
            return tied
        draft = series_draft(asked, found, library) or figure_draft(asked, found, library)
        return with_title(draft, library.reports[report], choice, len(library.reports))

    def _named_draft(self, asked: Question, choice: Choice) -> Draft | None:
        """For a few words that are the name of a figure, as a clerk types them: 甲省2023年GDP."""
        found = self._trusted(asked, choice.reports[0]) if names_something(asked) else None
        named = found is not None and found.groups[0].best.features["precision"] >= _MOSTLY_NAMED
        return self._figure_draft(asked, choice) if named else None

    def _tied_draft(self, asked: Question, report: str, *, with_figure: Figure | None = None) -> Draft | None:
        """For a question whose words fit several quantities equally, `with_figure` among them: each by its name."""
        found = self._by_words(asked, report, False)
        figures = [match.entry.figure for match in equally_fitting(found)]
        figures.sort(key=lambda figure: figure != with_figure)
        figures = figures or [match.entry.figure for match in kinds_apart(found)]
        if not figures or (with_figure is not None and with_figure not in figures):
            return None
        draft = several_draft(figures, (), self._library)
        return replace(draft, warnings=(*draft.warnings, SEVERAL_FIT))

    def _table_draft(self, asked: Question, choice: Choice) -> Draft | None:
        """For questions over the rows of an indicator table, for a computation, or about an indicator as a whole."""
        of_indicators = partial(self._trusted, of_indicators=True)
        draft = several_rows_draft(asked, choice, self._library, self._trusted, of_indicators)
        if draft is not None and draft.status == "refused":
            return self._stated_of(asked, draft, choice) or draft
        return draft

    def _total_draft(self, asked: Question, choice: Choice) -> Draft | None:
        """The total that the report itself states: 本年支出合计 is a row, and no sum of rows is to be made."""
        if not _TOTAL.search(asked.text):
            return None
        for stated in (asked, read_question(_TOTAL.sub("", asked.text) or asked.text)):
            found = self._trusted(stated, choice.reports[0])
            best = found.groups[0].best if found is not None else None
            if best is None or best.features["name"] < _NAMED_WHOLE:
                continue
            # 社会保障和就业支出 is one thing, 甲和乙的支出 are two to be added.
            parts = (asked.text[max(0, part.start() - 2) : part.end() + 2] for part in _SEVERAL.finditer(asked.text))
            if all(part in best.entry.figure.name for part in parts):
                return self._figure_draft(stated, choice)
        return None

    def _stated_of(self, asked: Question, refused: Draft, choice: Choice) -> Draft | None:
        """What the report states of a question whose computation failed: the number per head itself, or one half."""
        found = self._trusted(asked, choice.reports[0]) if asked.per else None
        if found is not None and found.groups[0].best.entry.per:
            return self._figure_draft(asked, choice)
        first, *rest = _HALVES.split(asked.text.rstrip("？?。 "))
        half = read_question(first)
        if not rest or not half.wants_quantity or asks_to_compute(half) or not names_something(half):
            return None
        draft = self._figure_draft(half, choice)
        if draft is None or draft.status != "answered":
            return None
        return replace(
            draft, warnings=(*draft.warnings, f"“{'，'.join(rest)}”：{refused.text.split('，不能作答')[0]}。")
        )

    def _trusted(self, asked: Question, report: str, *, of_indicators: bool = False) -> Lookup | None:
        found = self._look_up(asked, report, of_indicators)
        if not found.groups:
            return None
        lacking = found.groups[0].best.features["gap"] >= _WORD_LACKING
        return found if found.confidence >= (_SURE_THOUGH_LACKING if lacking else _SURE_ENOUGH) else None

    def _found(self, asked: Question, report: str, of_indicators: bool) -> Lookup:
        """By words alone where they are enough, else with the similarity of embeddings beside them."""
        by_words = self._by_words(asked, report, of_indicators)
        if by_words.confidence >= _SURE_BY_WORDS or not by_words.groups or by_words.confidence < _HOPELESS:
            return by_words
        near = self._library.store.searcher().figure_similarities(asked.text, report)
        return agreed(by_words, self._ranked(asked, report, of_indicators, near))

    def _ranked(
        self, asked: Question, report: str, of_indicators: bool, near: Mapping[str, float] | None = None
    ) -> Lookup:
        """The rows of a report that cover what is asked, or those of them that stand for an indicator."""
        library, entries = self._library, self._library.entries

        def allowed(entry: Entry) -> bool:
            if of_indicators and not stands_for_indicator(entry.figure, library):
                return False
            return covers(asked, entry, entries)

        return look_up(asked, entries, similarities=near, reports=[report], allowed=allowed, only_fitting=True)

    @property
    def library(self) -> Library:
        """What it answers from."""
        return self._library

    @property
    def model_name(self) -> str | None:
        """The language model of the settings: "ollama:qwen3"; None where none is set."""
        return self._model.name if self._model is not None else None

    def reports(self) -> tuple[Metadata, ...]:
        return tuple(self._library.reports.values())

    def examples(self) -> tuple[str, ...]:
        return tuple(about.examples(self._library))

    def surroundings(self, citation: Citation, figures: Collection[str | None] = ()) -> Surroundings:
        """What stands around a citation; only these figures are highlighted, where ids are given."""
        return surroundings(self._library, citation, figures)

    def warm(self) -> None:
        """Loads the embedding model and the search engines."""
        _ = self._library.entries
        self._library.store.searcher().warm()
