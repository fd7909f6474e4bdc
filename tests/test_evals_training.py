"""Training reads cases over an index and writes weights that the assistant can use."""

import json
from pathlib import Path

from assistant.figures.lookup import open_weights
from evals.__main__ import main
from index.place import Place

CASES = Path(__file__).parent.parent / "evals" / "cases" / "gz-hrss-2022.tuning.jsonl"


def test_weights_are_learned_for_every_feature_in_use(bundled_place: Place, tmp_path: Path):
    cases, out = tmp_path / "few.jsonl", tmp_path / "weights.json"
    cases.write_text("\n".join(CASES.read_text(encoding="utf-8").splitlines()[:12]), encoding="utf-8")
    assert main(["train", "--cases", str(cases), "--store", str(bundled_place.folder), "--out", str(out)]) == 0
    learned = json.loads(out.read_text(encoding="utf-8"))
    assert learned.keys() == open_weights().keys()
    assert learned["lexical"]["name"] > 0
    assert set(learned["dense"]) == set(open_weights()["dense"])
