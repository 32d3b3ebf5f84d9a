"""Arrays in files: mapped, so that only what is looked at is read, and never pickled."""

from __future__ import annotations

import mmap
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

_LOADED = 64 << 20  #: bytes of a mapped array that may stay in memory while it is copied


def mapped(path: Path) -> np.ndarray:
    """The array in ``path``, mapped. As a plain array: every slice of a ``memmap`` costs a new object of that class."""
    try:
        return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
    except ValueError:  # an empty array cannot be mapped
        vectors: np.ndarray = np.load(path, allow_pickle=False)
        return vectors


def hold(path: Path) -> mmap.mmap:
    """A file that can still be read when a writer has cleared it away."""
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def unload(array: np.ndarray) -> None:
    """Takes what was read of a mapped file out of this process's memory again; it is read anew when it is needed."""
    base: Any = array
    while base is not None and not isinstance(base, mmap.mmap):
        base = getattr(base, "base", None)
    if base is not None and hasattr(mmap, "MADV_DONTNEED"):
        base.madvise(mmap.MADV_DONTNEED)


def save_rows(path: Path, pieces: Iterable[np.ndarray], like: np.ndarray) -> None:
    """The rows of all ``pieces`` as one .npy file, written piece by piece: together they may not fit into memory.

    ``like``: an array, empty or not, of their kind and width.
    """
    with path.open("wb") as file:

        def header(rows: int) -> None:
            shape = {"descr": like.dtype.str, "fortran_order": False, "shape": (rows, *like.shape[1:])}
            np.lib.format.write_array_header_1_0(file, shape)

        header(0)
        begin, rows, loaded = file.tell(), 0, 0
        for piece in pieces:
            loaded += file.write(np.ascontiguousarray(piece, dtype=like.dtype).data)
            rows += len(piece)
            if loaded > _LOADED:
                unload(piece)
                loaded = 0
        file.seek(0)
        header(rows)
        assert file.tell() == begin, "numpy leaves room for the number of rows to grow"
