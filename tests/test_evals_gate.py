"""The gate of the evaluation: what passed once has to pass, and wrong figures only get fewer."""

from dataclasses import replace
from pathlib import Path

import pytest

from evals import shelf
from evals.cases import CATEGORIES, load_cases
from evals.evaluation import gate_verdicts
from evals.gate import ONE_IN, Floors, gate_cases, hold, raised, read_floors
from evals.judging import Outcome, Verdict, judge
from evals.product import open_product
from evals.shelf import Shelf
from index.place import Place
from index.store import Store
from tests.evals_answerers import REPORT, parrot_answer

CASES = sorted((Path(__file__).parent.parent / "evals" / "cases").glob("*.jsonl"))


@pytest.fixture(scope="module")
def parroted(bundled_store: Store) -> tuple[Verdict, ...]:
    """Verdicts on the gate's cases, answered by the gold itself."""
    texts = {REPORT: bundled_store.source_text(REPORT)}
    chosen = gate_cases(load_cases(CASES, texts).cases)
    return tuple(judge(one, Outcome(answer=parrot_answer(one, texts[REPORT])), texts) for one in chosen)


def test_the_product_is_not_worse_than_it_was(
    bundled_place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "STORES", tmp_path)
    library = Shelf(lambda *_: None, ready=(bundled_place.folder,))
    verdicts = gate_verdicts(CASES, open_product, library, lambda _, cases: cases)
    floors = read_floors()
    assert floors.passed, "the gate holds nothing"
    result = hold(verdicts, floors)
    assert (result.fell, result.wrong) == ((), ())


def test_the_gate_holds_a_share_of_the_tuning_cases_of_most_categories(bundled_store: Store) -> None:
    loaded = load_cases(CASES, {REPORT: bundled_store.source_text(REPORT)}).cases
    chosen = gate_cases(loaded)
    tuning = sum(one.split == "tuning" for one in loaded)
    assert tuning / ONE_IN * 0.6 < len(chosen) < tuning / ONE_IN * 1.5
    assert len({one.case.category for one in chosen}) >= len(CATEGORIES) - 2
    assert {one.split for one in chosen} == {"tuning"}


def test_a_case_that_falls_or_is_gone_closes_the_gate(parroted: tuple[Verdict, ...]) -> None:
    floors = raised(parroted, Floors())
    assert hold(parroted, floors).opens
    gone = hold(parroted[1:], floors)
    assert gone.fell == (parroted[0].id,)
    assert not gone.opens


def test_a_wrong_figure_where_there_was_none_closes_the_gate(parroted: tuple[Verdict, ...]) -> None:
    one = parroted[0]
    before = raised((replace(one, wrong=()),), Floors())
    assert hold((replace(one, wrong=("value",)),), before).wrong == (one.id,)
    forgiven = raised((replace(one, wrong=("value",)),), Floors())
    assert hold((replace(one, wrong=("value",)),), forgiven).opens


def test_a_wrong_figure_once_mended_is_not_forgiven_again(parroted: tuple[Verdict, ...]) -> None:
    wrong, mended = replace(parroted[0], wrong=("value",)), replace(parroted[0], wrong=())
    floors = raised((mended,), raised((wrong,), Floors()))
    assert not hold((wrong,), floors).opens
    assert raised((wrong,), floors).wrong == ()


def test_a_case_added_later_has_no_floor_until_they_are_raised(parroted: tuple[Verdict, ...]) -> None:
    first, later = parroted[0], replace(parroted[1], wrong=("value",))
    floors = raised((first,), Floors())
    result = hold((first, later), floors)
    assert result.opens
    assert result.new == (later.id,)
    assert raised((first, later), floors).wrong == (later.id,)


def test_floors_only_rise(parroted: tuple[Verdict, ...]) -> None:
    high = raised(parroted, Floors())
    assert len(high.passed) > 10
    assert raised(parroted[:3], high).passed == high.passed
    assert raised(parroted[:3], high).cases == high.cases
