"""A finished evaluation run as files, for the pages that read runs."""

import json
from pathlib import Path

from browser_reports import EVIL


def write_run(folder: Path, *, finished: str, right: int) -> None:
    """A run of two cases, one of them failed with markup in its question and answer."""
    share = {"hits": right, "total": 2}
    failure = {
        "id": "a", "category": "figure", "split": "tuning", "question": EVIL, "why": ["缺“74公里”"],
        "expected": "answered", "status": "refused", "answer": EVIL, "gold": {"answer": "74公里"},
    }  # fmt: skip
    group = {"split": "all", "category": "all", "cases": 2, "shares": {"correct": share}}
    written = {
        "summary.json": json.dumps({"cases": 2, "refused_lines": 0, "groups": [group]}),
        "settings.json": json.dumps({"case_files": {"港航.jsonl": "0"}}),
        "timings.json": json.dumps({"finished_at": finished}),
        "failures.jsonl": json.dumps(failure) + "\n",
        "refused.jsonl": "",
    }
    folder.mkdir(parents=True)
    for name, text in written.items():
        (folder / name).write_text(text, encoding="utf-8")
