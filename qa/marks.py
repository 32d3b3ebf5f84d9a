"""Citation marks that a language model writes, in every spelling, and the sentences that they end."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from index.tokens import fold

#: [1], [1,3], [1-3], 【1】, ［1］, 〔2〕, [^1], [来源1]; what else stands in such brackets is text.
_ONE = r"(?:来源|原文|资料|文献|引用|第)?\^?\d{1,3}(?:条)?"
_BRACKETED = rf"[\[【［〔]\s*{_ONE}(?:\s*(?:[,，、;；\-–~～至和]|\s)\s*{_ONE})*\s*[\]】］〕]"
#: (1) and （1） are marks at the end of a sentence only: elsewhere they number items of a list.
_ROUND = r"[(（]\s*\d{1,2}(?:\s*[,，、]\s*\d{1,2})*\s*[)）](?=\s*(?:[。！？!?；;]|$|\n))"
_MARK = re.compile(rf"{_BRACKETED}|(?<=[^\s。！？!?；;:：\n]){_ROUND}")
_END = re.compile(r"[。！？!?\n]+[”’」』）)]*")
#: Marks behind a full stop belong to the sentence before it; a full stop behind them is one too many.
_BEHIND = re.compile(rf"(?:\s*(?:{_BRACKETED}))+。?")
_MARKED_END = re.compile(rf"(?:{_BRACKETED})\s*$")
_RANGE = re.compile(r"(\d+)\s*[\-–~～至]\s*\D*(\d+)")


@dataclass(frozen=True)
class Marked:
    """A sentence without its marks, and the numbers that they named, in order, each once."""

    text: str
    marks: tuple[int, ...]


def numbers_of(mark: str) -> list[int]:
    """The numbers of a mark: [1,3] and 【1、3】 give 1 and 3, [2-4] gives 2, 3 and 4."""
    plain = unicodedata.normalize("NFKC", mark)
    found: list[int] = []
    for first, last in _RANGE.findall(plain):
        if int(first) <= int(last) < int(first) + 20:
            found += range(int(first), int(last) + 1)
    return list(dict.fromkeys([*found, *map(int, re.findall(r"\d+", plain))]))


def without_marks(text: str) -> str:
    """The text with every mark cut out."""
    return _MARK.sub("", text)


def split_marked(text: str, most: int) -> list[Marked]:
    """The sentences of a model's answer with the marks that stand in them or right behind them.

    Numbers outside 1 … ``most`` are dropped: they name nothing. Bullets and headings of Markdown go.

    >>> split_marked("甲负责[1]。乙参与。【2、3】", 3)
    [Marked(text='甲负责。', marks=(1,)), Marked(text='乙参与。', marks=(2, 3))]
    """
    sentences: list[Marked] = []
    at = 0
    while at < len(text):
        end = _END.search(text, at)
        stop = end.end() if end else len(text)
        piece = text[at:stop] + "\n"
        behind = _BEHIND.match(text, stop)
        if behind:
            stop = behind.end()
        marks = _MARK.findall(piece) + (re.findall(_BRACKETED, behind.group()) if behind else [])
        said = _bare(_MARK.sub("", piece))
        kept = tuple(dict.fromkeys(n for mark in marks for n in numbers_of(mark) if 1 <= n <= most))
        if re.search(r"\w", said):
            sentences.append(Marked(said, kept))
        elif sentences and kept:
            last = sentences[-1]
            sentences[-1] = Marked(last.text, tuple(dict.fromkeys((*last.marks, *kept))))
        at = stop
    return sentences


def finished(text: str) -> str:
    """The text up to the end of its last whole sentence, with the marks behind it.

    >>> finished("甲负责。[1]乙不得参"), finished("甲负责[1]，乙")
    ('甲负责。[1]', '')
    """
    ends = [end.end() for end in _END.finditer(text)]
    if not ends:
        return ""
    behind = _BEHIND.match(text, ends[-1])
    return text[: behind.end() if behind else ends[-1]]


def is_finished(text: str) -> bool:
    """Whether a text ends where a sentence does, or with a mark."""
    return finished(text).strip() == text.strip() or _MARKED_END.search(text) is not None


def left_out(written: str, said: Iterable[str]) -> tuple[str, ...]:
    """The sentences of a model's text, without marks, that are not among the sentences of the answer.

    >>> left_out("甲负责[1]。共九座[2]。", ["甲负责。", "乙参与。"])
    ('共九座。',)
    """
    kept = {fold(sentence) for sentence in said}
    return tuple(sentence.text for sentence in split_marked(written, 0) if fold(sentence.text) not in kept)


def _bare(piece: str) -> str:
    """A sentence without the signs of Markdown around it, closed by a full stop."""
    said = re.sub(r"^\s*(?:#{1,6}\s+|[-*+•]\s+|>\s*|\d{1,2}[.)]\s+)", "", piece.strip())
    said = re.sub(r"\*\*|__|`", "", said).strip()
    return said if not said or re.search(r"[。！？!?…：:][”’」』）)]*$", said) else said.rstrip("；;，,、") + "。"
