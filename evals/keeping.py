"""The numbers of a released version, kept in git: `evals/results/VERSION.json`, and `VERSION.md` for people.

What ran, the measures by split, category and report, retrieval, times. No question and no answer is in them.
"""

import json
import re
from pathlib import Path

from corpus.errors import InputFileError
from evals.report import kept_markdown
from evals.run_folder import NUMBERS, Numbers, read_numbers, write_json

RESULTS = Path(__file__).parent / "results"
_VERSION = re.compile(r"\w[\w.-]*")


def keep(folder: Path, version: str) -> tuple[Path, Numbers]:
    """Writes both files from a run's folder; returns the first and the numbers.

    Raises:
        InputFileError: the folder holds no run, the version is no name of a file, or its numbers are kept already.
    """
    if not _VERSION.fullmatch(version):
        raise InputFileError(f"版本“{version}”不能作文件名。请用数字、字母、点和短横，例如 0.2.0。")
    kept = RESULTS / f"{version}.json"
    if kept.exists():
        raise InputFileError(f"版本 {version} 的汇总已经留过（{kept}）。请换一个版本号，或先删去那个文件。")
    try:
        content = {name: json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in NUMBERS}
        numbers = read_numbers(content)
    except (OSError, ValueError, TypeError) as error:
        raise InputFileError(f"{folder} 不是评测结果文件夹（{error}）。请给出 run 写出的文件夹。") from error
    RESULTS.mkdir(exist_ok=True)
    write_json(kept, content)
    kept.with_name(f"{version}.md").write_text(kept_markdown(version, numbers), encoding="utf-8")
    return kept, numbers
