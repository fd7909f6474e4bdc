"""Pictures of text turned into characters: where the lines stand, what they say, and how sure that is.

Models and library are an optional extra; the weights come with its wheel and nothing is downloaded.
    a strip that shows 培训12.3万人  ->  Reading(text="培训12.3万人", confidences=(1.0, …), centres=(0.06, …))
"""

import importlib.util
import os
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ReportError

if TYPE_CHECKING:
    from rapidocr import RapidOCR

Picture = NDArray[np.uint8]  # (height, width), 0 is black
Corners = NDArray[np.float64]  # (4, 2): x and y of upper left, upper right, lower right, lower left

_WIDE = dict(zip("(),:;!?", "（），：；！？", strict=True))
_NARROW_SIGN = re.compile(r"[()](?=[\u2e80-\uffef])|(?<=[\u2e80-\uffef])[(),:;!?]")
INSTALL = "make ocr（没有 make 时：.venv/bin/python -m pip install -r requirements-ocr.lock）"
_DETECTION_SIDE = 1440  # pixels of the longer side; smaller loses lone digits of small print
_WORKERS = min(4, os.cpu_count() or 1)
_OPTIONS = {
    "Global.log_level": "error",
    "Global.max_side_len": 20_000,  # strips are cut from the picture as it is
    "Global.use_cls": False,
    "Global.text_score": 0.0,  # what is uncertain is kept and marked
    "Global.return_word_box": True,
    # Strips are read side by side, each in one thread: threads that share a strip wait for one another.
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "Det.limit_type": "max",
    "Det.limit_side_len": _DETECTION_SIDE,
    # Not padded to the longest of a batch: a page of table cells in a third of the time.
    "Rec.rec_batch_num": 1,
    "Rec.rec_img_shape": [3, 48, 48],
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What a strip says: for each character how sure it is (0-1) and its middle, in widths of the strip (0-1)."""

    text: str
    confidences: tuple[float, ...]
    centres: tuple[float, ...]


def require_recogniser(name: str, pictures: str) -> None:
    """Refuses the file called `name`, of which `pictures` are images, where the extra is not installed.

    Raises:
        ReportError: it is not installed.
    """
    missing = [module for module in ("rapidocr", "onnxruntime", "PIL") if importlib.util.find_spec(module) is None]
    if missing:
        raise ReportError(
            f"“{name}”{pictures}，要先做文字识别（OCR），而识别组件没有安装（缺 {'、'.join(missing)}）。"
            f"请在程序的文件夹里运行 {INSTALL}，再试一次；或换用有文字的原始文件。"
        )


def find_lines(picture: Picture) -> list[Corners]:
    """Where text stands in the picture, a quadrilateral for each stretch of it, from the top down."""
    boxes = getattr(_engine()(_coloured(picture), use_rec=False, use_cls=False), "boxes", None)
    return [] if boxes is None else [np.asarray(box, dtype=np.float64) for box in boxes]


def read_strips(strips: Sequence[Picture]) -> list[Reading]:
    """What each strip, one line of upright text, says."""
    with ThreadPoolExecutor(max_workers=_WORKERS) as pool:
        return list(pool.map(_read, strips))


def _read(strip: Picture) -> Reading:
    found = _engine().recognize_txt([_coloured(strip)])
    return _reading((found.txts or ("",))[0], found.word_results[0])


@lru_cache(maxsize=1)
def _engine() -> "RapidOCR":
    # Costs half a second to import and as much to open; most reports hold no picture.
    from rapidocr import RapidOCR  # noqa: PLC0415

    return RapidOCR(params=_OPTIONS)


def _coloured(picture: Picture) -> NDArray[np.uint8]:
    return np.repeat(picture[:, :, None], 3, axis=2)


def _reading(text: str, words: object) -> Reading:
    """`words` holds a confidence for each character, and of all but spaces the column it was seen in."""
    columns = [column for word in getattr(words, "word_cols", None) or () for column in word]
    total = getattr(words, "line_txt_len", None) or 1
    confidences = tuple(getattr(words, "confs", None) or ())[: len(text)]
    centres: list[float] = []
    for char in text:
        if not char.isspace() and columns:
            centres.append(min(1.0, (columns.pop(0) + 0.5) / total))
        else:
            centres.append(centres[-1] if centres else 0.0)
    return Reading(text=_with_wide_signs(text), confidences=confidences, centres=tuple(centres))


def _with_wide_signs(text: str) -> str:
    """Brackets and stops beside Chinese characters are wide ones; a recogniser takes one for the other.

    Signs inside a number have digits on both sides and stay as they were read.
    """
    return _NARROW_SIGN.sub(lambda found: _WIDE[found.group()], text)
