"""Learning to search: weights that tell right windows from wrong ones, and the commands that learn and measure."""

import json
import tomllib
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from scipy.optimize import check_grad

from evals.__main__ import main
from evals.cases import Case, LoadedCase, StrictTurn
from evals.grounds import Ground
from evals.retrieval import RetrieverKind, Span, measure_retrieval
from evals.retrieval_learning import Example, _loss, learn
from evals.retrieval_questions import Sought
from evals.retrieval_signals import rank, result
from index.features import feature_names
from index.place import Place
from index.search import WindowPlace
from index.store import Store

TEXTS = {"a.txt": "一号桥建于1998年。二号桥长三百米。三号桥由省设计院设计。"}


def test_what_tells_right_windows_from_wrong_ones_gets_the_weight():
    random = np.random.default_rng(3)
    examples = []
    for group in range(60):
        features = random.normal(size=(8, 3)).astype(np.float32)
        right = np.zeros((1, 8), dtype=bool)
        right[0, int(features[:, 1].argmax())] = True
        examples.append(Example(group=str(group), features=features, right=right))
    weights = learn(examples)
    assert weights[1] > 1
    assert max(abs(weights[0]), abs(weights[2])) < weights[1] / 5
    assert learn(examples).tolist() == weights.tolist()


def test_the_slope_of_the_loss_is_its_slope():
    random = np.random.default_rng(5)
    rows, right = random.normal(size=(12, 4)), np.tile([0.0, 1.0, 0.0, 0.0], 3)
    weighing = (np.array([0, 4, 8]), np.repeat(np.arange(3), 4), np.array([0.5, 0.25, 0.25]))

    def loss(weights):
        return _loss(weights, rows, right, weighing, 0.1)

    at = random.normal(size=4)
    assert check_grad(lambda weights: loss(weights)[0], lambda weights: loss(weights)[1], at) < 1e-5


def test_a_question_counts_at_the_rank_of_its_last_piece():
    sought = Sought(question="", group="a", report="a.txt", within=None, wanted=("1998年", "三百米"))
    places = [WindowPlace(report="a.txt", start=11, end=20), WindowPlace(report="a.txt", start=0, end=11)]
    assert rank(sought, places, TEXTS) == 2
    assert rank(sought, places[:1], TEXTS) is None
    elsewhere = [WindowPlace(report="b.txt", start=place.start, end=place.end) for place in places]
    assert rank(sought, elsewhere, TEXTS | {"b.txt": TEXTS["a.txt"]}) is None


def test_one_accepted_answer_is_enough():
    sought = Sought(question="", group="a", report="a.txt", within=None, wanted=None, accepted=("1997年", "1998年"))
    assert rank(sought, [WindowPlace(report="a.txt", start=0, end=11)], TEXTS) == 1


def test_recall_and_reciprocal_rank():
    measured = result("q", "s", [1, 2, None, 6])
    assert (measured.recall_at_1, measured.recall_at_3, measured.recall_at_5) == (0.25, 0.5, 0.5)
    assert measured.reciprocal == pytest.approx((1 + 1 / 2 + 1 / 6) / 4)


class _Fixed:
    def search(self, query: str, k: int) -> list[Span]:
        return [Span(report="a.txt", start=0, end=11)]


def test_a_follow_up_is_no_question_to_measure_search_by():
    case = Case(id="c", question="一号桥呢", category="figure", answer="", evidence=("一号桥",))
    later = case.model_copy(update={"id": "d", "history": (StrictTurn(role="user", content="二号桥多长"),)})
    loaded = [LoadedCase(case=one, split="tuning", report="a.txt", reports=("a.txt",)) for one in (case, later)]
    kind = RetrieverKind(name="x", title="定", open=lambda _: _Fixed())
    ground = Ground(folder=Path(), store=cast("Store", None), texts=TEXTS)
    (measured,), _ = measure_retrieval(kind, loaded, {("a.txt",): ground})
    assert (measured.recall["1"].hits, measured.recall["1"].total) == (1, 1)


@pytest.fixture
def paragraphs(tmp_path: Path) -> Path:
    """Four paragraphs in the shape of SQuAD."""
    bridges = [
        ("金桥", "1987年", "省设计院"),
        ("银桥", "1992年", "市政公司"),
        ("铜桥", "2003年", "铁路局"),
        ("铁桥", "2011年", "交通厅"),
    ]
    data = [
        {
            "paragraphs": [
                {
                    "context": f"{name}横跨江面，全长三百米。{name}于{year}建成通车，由{maker}设计。两岸居民往来便利。",
                    "qas": [
                        {"question": f"{name}哪一年建成？", "answers": [{"text": year}]},
                        {"question": f"{name}是谁设计的？", "answers": [{"text": maker}, {"text": maker[:2]}]},
                    ],
                }
            ]
        }
        for name, year, maker in bridges
    ]
    path = tmp_path / "bridges.json"
    path.write_text(json.dumps({"data": data}, ensure_ascii=False), encoding="utf-8")
    return path


def test_the_commands_measure_every_signal_and_write_weights_that_are_read(
    paragraphs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    asked = ["--paragraphs", str(paragraphs), "--work", str(tmp_path / "work")]
    assert main(["retrieval", *asked]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 7
    assert all(line.startswith("bridges") and " 8 " in line for line in lines)
    assert "融合" in lines[-1]
    assert "R@5 1.000" in lines[-1]
    out = tmp_path / "fusion.toml"
    assert main(["train-retrieval", *asked, "--out", str(out)]) == 0
    first = out.read_text(encoding="utf-8")
    learned = tomllib.loads(first)
    assert set(learned["windows"]) == set(feature_names())
    assert learned["passages"]
    assert main(["train-retrieval", *asked, "--out", str(out)]) == 0
    assert out.read_text(encoding="utf-8") == first


def test_cases_are_searched_in_their_report_and_follow_ups_left_out(
    bundled_place: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    case = {"id": "a", "question": "稳定就业", "category": "narrative", "answer": "", "evidence": ["稳定就业"]}
    follow_up = case | {"id": "b", "history": [{"role": "user", "content": "就业"}]}
    path = tmp_path / "own.tuning.jsonl"
    path.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in (case, follow_up)), encoding="utf-8")
    assert main(["retrieval", "--cases", str(path), "--store", str(bundled_place.folder)]) == 0
    assert all(" 1 " in line for line in capsys.readouterr().out.splitlines())


def test_without_questions_the_command_says_what_to_give(capsys: pytest.CaptureFixture[str]):
    assert main(["retrieval"]) == 2
    assert "--paragraphs" in capsys.readouterr().err
