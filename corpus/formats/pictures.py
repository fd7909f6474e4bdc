"""Picture files (.png, .jpg, .tif, .bmp) as grey pictures, a page each; their size is known before they are unpacked.

A photo is turned the way its camera was held; what is transparent is paper.
"""

import io
from collections.abc import Iterator

import numpy as np
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from corpus.errors import ReportError
from corpus.formats.printed import Limits
from corpus.formats.recogniser import Picture

_LONGEST_PIXELS = 3_400  # of the longer side, 290 to the inch of A4; more only costs time
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP")
_DAMAGED = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError)


def read_pictures(data: bytes, name: str, limits: Limits) -> Iterator[Picture]:
    """The pages of the picture file called `name`, one at a time.

    Raises:
        ReportError: damaged, too many pixels, or too many pages.
    """
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            for number, frame in enumerate(ImageSequence.Iterator(image)):
                if number >= limits.scanned_pages:
                    raise ReportError(too_many_pages(name, getattr(image, "n_frames", number + 1), limits))
                _refuse_large(frame, name, limits.image_pixels)
                yield _grey(frame)
    except Image.DecompressionBombError as error:
        raise ReportError(
            f"“{name}”的图片像素太多，超过上限 {limits.image_pixels}，可能是恶意文件。请缩小图片再试。"
        ) from error
    except _DAMAGED as error:
        raise ReportError(f"“{name}”不是完好的图片，可能没有下载完整。请重新下载或另存再试。") from error


def too_many_pages(name: str, pages: int, limits: Limits) -> str:
    return (
        f"“{name}”有 {pages} 页图片要做文字识别，超过上限 {limits.scanned_pages} 页。"
        "请拆分文件，或调大 JUSHI_MAX_SCANNED_PAGES。"
    )


def _refuse_large(image: Image.Image, name: str, most: int) -> None:
    if image.width * image.height > most:
        raise ReportError(
            f"“{name}”的图片有 {image.width}×{image.height} 像素，超过上限 {most}。"
            "请缩小图片，或调大 JUSHI_MAX_IMAGE_PIXELS。"
        )


def _grey(image: Image.Image) -> Picture:
    image = ImageOps.exif_transpose(image) or image
    if image.mode.startswith("I;16"):  # 16 bits a pixel: the upper eight are what is seen
        image = Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    elif image.has_transparency_data:
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image.convert("RGBA"))
    image = image.convert("L")
    image.thumbnail((_LONGEST_PIXELS, _LONGEST_PIXELS), Image.Resampling.LANCZOS)
    return np.array(image)
