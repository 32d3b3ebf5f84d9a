"""Pieces of sentences that a copy out of a web page has left on lines of their own: 不低于 / 3000 / 千瓦时。"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.labels import label_of
from corpus.raw import RawLine

_ENDS = re.compile(r"[。！？!?；;：:][”’」』）)】》〉]*$")
#: A figure, a bracket or a word of a date that has come to stand on a line of its own.
_PIECE = re.compile(r"\s*(?:\d[\d.,:：~～%％/\-－—–]*|[（(〔［\[【《“]|[)）〕］\]】》”]+|[年月日号])\s*$")
_OPENS, _JOINS = "（(〔［[【《“，、", "，。；：、．.）)〕］]】》”%％年月日号"
_FEWEST_PIECES, _SHARE_OF_PIECES, _SHARE_IN_PROSE, _LONG_LINE = 8, 0.08, 0.7, 16


def inline_pieces(lines: Sequence[RawLine]) -> frozenset[int]:
    """Lines that go on with the one before in a text copied from a page whose figures and brackets were set apart: 不低于,
    3000, 千瓦时 on three lines. Empty where such lines are page numbers (few, counting up) or cells of a table."""
    texts = [line.text.strip() for line in lines]
    plain = [line.role == "text" and line.row is None and line.page is None and line.begins is None for line in lines]
    pieces = [i for i, text in enumerate(texts) if plain[i] and _PIECE.match(text)]
    if len(pieces) < max(_FEWEST_PIECES, _SHARE_OF_PIECES * len(lines)):
        return frozenset()
    figures = [int(texts[i]) for i in pieces if texts[i].isdigit()]
    if sum(b == a + 1 for a, b in pairwise(figures)) * 2 > len(figures):
        return frozenset()  # the numbers of pages

    def opens(i: int) -> bool:
        """Whether the line before a piece is the beginning of its sentence."""
        if i == 0 or not plain[i - 1]:
            return False
        before = texts[i - 1]
        heading = label_of(before) is not None and not re.search("[，。；（(]", before)
        figures = before[-1].isdigit() and texts[i][:1].isdigit()  # of two cells of a table
        return before[-1] in _OPENS or not (_ENDS.search(before) or heading or figures)

    def goes_on(i: int) -> bool:
        """Whether the line behind a piece is the end of its sentence."""
        behind = texts[i + 1] if i + 1 < len(lines) and plain[i + 1] else ""
        if not behind or label_of(behind) is not None or (behind[0].isdigit() and texts[i][:1].isdigit()):
            return False
        dated = texts[i] in "年月日号"  # goes on with a figure, or ends
        return behind[0] in _JOINS or (behind[0].isdigit() if dated else opens(i) or texts[i] in _OPENS)

    def in_prose(i: int) -> bool:
        before, behind = texts[i - 1] if opens(i) else "", texts[i + 1] if goes_on(i) else ""
        joined = before[-1:] in _OPENS or behind[:1] in _JOINS
        return bool(before + behind) and (joined or max(len(before), len(behind)) >= _LONG_LINE)

    told = [in_prose(i) for i in pieces if texts[i][:1].isdigit()]
    if sum(told) < _SHARE_IN_PROSE * len(told):
        return frozenset()  # cells of a table
    return frozenset([i for i in pieces if opens(i)] + [i + 1 for i in pieces if goes_on(i)])
