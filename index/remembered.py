"""Values that cost time to make, the last of them kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Remembered(Generic[K, V]):
    """The values made last, by their keys; those not known are made together. Threads may share one: at worst a value is
    made twice."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: dict[K, V] = {}

    def of(self, keys: Sequence[K], make: Callable[[list[K]], Iterable[V]]) -> list[V]:
        """The value of each key; ``make`` gives those of the keys that are not known, each once."""
        held = self._held
        known = {key: held[key] for key in keys if key in held}
        new = [key for key in dict.fromkeys(keys) if key not in known]
        if new:
            known.update(zip(new, make(new), strict=True))
            # Another dict, as another thread may be reading this one.
            self._held = dict([*self._held.items(), *known.items()][-self._most :])
        return [known[key] for key in keys]
