"""`python -m index` as the page uses it: JSON lines, corrections, and building anew."""

import json
from pathlib import Path

import pytest

from index.__main__ import main
from index.generations import current_generation
from index.place import Place
from index.store import Store


@pytest.fixture
def store(tmp_path: Path, small_report: Path) -> Path:
    folder = tmp_path / "store"
    assert main(["build", "--store", str(folder), "--reports", str(small_report)]) == 0
    return folder


def _lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_correction_is_kept_and_an_empty_value_takes_it_back(
    store: Path, small_report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def metadata() -> tuple[str | None, int | None]:
        found = Store.at(Place(folder=store)).reports()[0]
        return found.issuer, found.data_year

    detected = metadata()
    capsys.readouterr()
    command = ["correct", small_report.name, "--store", str(store), "--json", "--set"]
    assert main([*command, "issuer=某区民政局", "data_year=2019"]) == 0
    assert _lines(capsys)[-1]["result"]
    assert metadata() == ("某区民政局", 2019)
    assert main([*command, "issuer=", "data_year="]) == 0
    assert metadata() == detected


def test_an_unknown_item_is_refused_in_chinese(
    store: Path, small_report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["correct", small_report.name, "--store", str(store), "--set", "weather=sun"]) == 2
    assert "没有“weather”" in capsys.readouterr().err


def test_building_anew_makes_a_new_generation_though_nothing_changed(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = current_generation(store)
    capsys.readouterr()
    assert main(["build", "--store", str(store), "--json"]) == 0
    assert (_lines(capsys)[-1]["result"], current_generation(store)) != (None, None)
    assert current_generation(store) == before
    assert main(["build", "--store", str(store), "--anew", "--json"]) == 0
    assert current_generation(store) != before
