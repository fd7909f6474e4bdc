"""The bundled report's ledger held against one made by hand: docs/ledger/gz-hrss-2022.jsonl.

A row of the hand ledger, and what may differ by choice:
- medals ("1 金 1 铜 1 优胜"): the annotator leaves the unit empty, the product reads 金, 铜, 优胜 as units
- ranks: the annotator's place begins at 全省, the product's at 首位 or 第一, so places are held by overlap
- rows whose note allows another role ("亦可作", "皆可")
"""

import itertools
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from corpus.ledger import ledger
from corpus.model import Figure
from corpus.similar import pairs
from tests.reports import bundled

FOLDER = Path(__file__).parent.parent / "docs" / "ledger"
FIGURES, INDICATORS = ledger(bundled())
MEDALS = {"金", "铜", "优胜"}
ALSO_ALLOWED = ("亦可作", "亦可解为", "皆可")


@lru_cache(maxsize=1)
def gold() -> tuple[dict[str, Any], ...]:
    return tuple(map(json.loads, (FOLDER / "gz-hrss-2022.jsonl").read_text(encoding="utf-8").splitlines()))


@lru_cache(maxsize=1)
def non_figures() -> tuple[dict[str, Any], ...]:
    lines = (FOLDER / "gz-hrss-2022-nonfigures.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(map(json.loads, lines))


def _found(row: dict[str, Any]) -> list[Figure]:
    return [figure for figure in FIGURES if figure.start < row["end"] and row["start"] < figure.end]


def _by_choice(figure: Figure) -> bool:
    return figure.base_unit in MEDALS


def _paired() -> list[tuple[dict[str, Any], Figure]]:
    return [(row, _found(row)[0]) for row in gold() if _found(row)]


def _share(right: list[bool]) -> float:
    assert len(right) > 200, "the hand ledger has shrunk"
    return sum(right) / len(right)


def test_every_arabic_figure_is_found_exactly_once() -> None:
    arabic = [row for row in gold() if row["numeral"] == "arabic"]
    assert len(arabic) == 216
    for row in arabic:
        (figure,) = _found(row)
        assert figure.start == row["start"]
        assert figure.end == row["end"] or _by_choice(figure)


def test_facts_in_chinese_numerals_and_words_are_found_once() -> None:
    worded = [row for row in gold() if row["numeral"] != "arabic"]
    assert len(worded) == 18
    assert [row["printed"] for row in worded if len(_found(row)) != 1] == []


def test_no_arabic_numeral_that_is_a_date_or_a_name_becomes_a_figure() -> None:
    wrong = [
        (row["printed"], figure.printed)
        for row in non_figures()
        for figure in _found(row)
        if any(character.isdigit() for character in row["printed"])
    ]
    assert wrong == []


@pytest.mark.parametrize("field", ["value", "unit", "base_value", "base_unit", "kind", "text", "indicator", "bound"])
def test_values_units_and_bases_are_exact(field: str) -> None:
    wrong = {
        (row["printed"], row[field], getattr(figure, field))
        for row, figure in _paired()
        if getattr(figure, field) != row[field] and not _by_choice(figure)
    }
    assert wrong == set()


def test_three_medals_are_all_that_differs_by_choice() -> None:
    assert [(figure.value, figure.unit) for figure in FIGURES if _by_choice(figure)] == [
        ("1", "金"),
        ("1", "铜"),
        ("1", "优胜"),
    ]


def test_roles_agree() -> None:
    strict = _share([figure.role == row["role"] for row, figure in _paired()])
    allowed = _share(
        [
            figure.role == row["role"] or any(word in (row["note"] or "") for word in ALSO_ALLOWED)
            for row, figure in _paired()
        ]
    )
    assert strict >= 0.95
    assert allowed == 1.0


def _same_name(row: dict[str, Any], figure: Figure) -> bool:
    """Half of the shorter name's character pairs are in the other's, or the table's indicator is the name of both."""
    if row["indicator"] is not None and figure.name == figure.indicator == row["indicator"]:
        return True
    wanted, named = pairs(row["name"]), pairs(figure.name)
    return 2 * len(wanted & named) >= min(len(wanted), len(named))


def test_names_agree() -> None:
    assert _share([_same_name(row, figure) for row, figure in _paired()]) >= 0.95


def test_every_figure_re_cuts_from_the_source_and_none_overlap() -> None:
    text = bundled().text
    ordered = sorted(FIGURES, key=lambda figure: figure.start)
    assert all(text[figure.start : figure.end] == figure.printed for figure in ordered)
    assert all(one.end <= other.start for one, other in itertools.pairwise(ordered))
    assert len({figure.id for figure in ordered}) == len(ordered)


def test_all_26_indicators_have_their_target_and_actual() -> None:
    """By the hand ledger's rows, those of page-broken rows included; two indicators have no number as target."""
    assert len(INDICATORS) == 26
    by_id = {figure.id: figure for figure in FIGURES}
    for indicator in INDICATORS:
        for role, own in (("target", indicator.target_figures), ("actual", indicator.actual_figures)):
            rows = [row for row in gold() if row["indicator"] == indicator.name and row["role"] == role]
            assert {by_id[number].base_value for number in own} <= {row["base_value"] for row in rows}
            assert bool(own) == bool(rows)
    without = [indicator.name for indicator in INDICATORS if not indicator.target_figures]
    assert without == ["集聚一批优秀拔尖青年人才", "保持劳动关系总体和谐稳定，切实维护劳动者合法权益"]
