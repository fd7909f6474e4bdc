"""Pages of a pdf drawn as pictures, as a printer would: for those whose text is no text."""

from collections.abc import Iterator, Sequence

import numpy as np

from corpus.formats.pdf_pages import LOCK, opened
from corpus.formats.recogniser import Picture

_PER_INCH = 200
_POINTS_PER_INCH = 72
_LONGEST_PIXELS = 3_400


def draw_pages(data: bytes, name: str, numbers: Sequence[int]) -> Iterator[Picture]:
    """The pages `numbers` (from 0) in grey, 200 pixels to the inch or what keeps them within bounds.

    Raises:
        ReportError: the file called `name` is damaged or locked.
    """
    for number in numbers:
        # Opened for each page: the lock is not held, nor memory kept, while a page is being recognised.
        with LOCK, opened(data, name) as document:
            page = document[number]
            longest = max(page.get_size()) or 1.0
            scale = min(_PER_INCH / _POINTS_PER_INCH, _LONGEST_PIXELS / longest)
            bitmap = page.render(scale=scale, grayscale=True)
            picture = np.array(bitmap.to_numpy(), dtype=np.uint8).reshape(bitmap.height, -1)[:, : bitmap.width]
            bitmap.close()
            page.close()
        yield np.ascontiguousarray(picture)
