"""Citation marks that a language model writes, in every spelling, and the sentences that they end."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from index.tokens import fold

#: What a model calls the evidence in a mark: [来源2], （原文1）; bare 见 and 第3条 in round brackets are text.
_NAMED = r"(?:来源|原文|资料|文献|引用|出处|依据|证据|注释?)"
_AND = r"[,，、;；/|&\-–~～至和及与\s]"
_ONE = rf"(?:(?:{_NAMED}|编号|参?见|第)[\s:：]*)*\^?\d{{1,3}}(?:条)?(?:†[^\]】]*)?"
#: [1], [1,3], [1-3], 【1】, ［1］, 〔2〕, [^1], [来源1], 【1†来源】; what else stands in such brackets is text, and so is
#: the year of 甲发〔12〕3号.
_BRACKETED = rf"[\[【［〔{{]\s*{_ONE}(?:{_AND}+{_ONE})*\s*[\]】］〕}}](?!\s*第?\d+\s*号)"
_IN_WORDS = rf"[(（]\s*(?:参?见)?{_NAMED}[\s:：]*\d{{1,2}}(?:{_AND}+(?:{_NAMED})?\d{{1,2}})*\s*[)）]"
#: m², 米<sup>2</sup> are measures.
_RAISED = r"(?<![A-Za-z\d米里])(?:<(sup|ref|cite)\b[^>]*>[\s\[(（]*\d{1,3}[\s\])）]*</\1>|[¹²³⁰⁴-⁹]+)"
_ANY_PLACE = re.compile(rf"{_RAISED}|{_BRACKETED}|{_IN_WORDS}")
#: (1), （1） and ① are marks at the end of a sentence only: elsewhere they number the items of a list.
_ROUND = rf"(?:[(（]\s*\d{{1,2}}(?:{_AND}+\d{{1,2}})*\s*[)）]|[①-⑳])"
_ROUNDS = rf"{_ROUND}(?:\s*[、,，和]?\s*{_ROUND})*"
_AT_END = re.compile(rf"(?<![\s。！？!?；;:：]){_ROUNDS}(?=\s*[。！？!?；;])|(?<![:：]){_ROUNDS}(?=\s*(?:$|\n))")
_BEHIND_STOP = re.compile(rf"(?<=[。！？!?”’」』])[ \t]*({_ROUNDS})(?=\s*\S)")

#: A mark once it is read: numbers between square brackets.
_MARK = re.compile(r"\[\d+(?:,\d+)*\](?!\s*第?\d+\s*号)")
_MARKS = rf"{_MARK.pattern}(?:\s*(?:[、,，;；和及与]|以及)?\s*{_MARK.pattern})*"
#: What stands around marks and between them: [[1]], （见[1]、[2]）, [1](#1), 根据[1]，.
_SHELL = re.compile(
    rf"[\[【［〔（({{「]\s*(?:(?:{_NAMED}|参?见)[\s:：]*)*(?P<in>{_MARKS})\s*[\]】］〕）)}}」]"
    rf"|(?P<link>{_MARK.pattern})\((?:https?:|#)[^()\s]*\)"
    rf"|(?:依据|根据|按照)(?P<lead>{_MARKS})(?:的?(?:规定|要求|内容))?[,，]"
    rf"|(?P<row>{_MARKS})"
)
_END = re.compile(r"[。！？!?\n]+[”’」』）)]*")
#: Marks behind a full stop belong to the sentence before it; a full stop behind them is one too many.
_BEHIND = re.compile(rf"(?:\s*(?:{_MARK.pattern}))+。?")
_MARKED_END = re.compile(rf"(?:{_MARK.pattern})\s*$")
#: What is left of a mark that names nothing; 500 alone may be an answer.
_ONLY_NUMBERS = re.compile(r"[\W\d]*[()（）\[\]【】①-⑳][\W\d]*")
_RANGE = re.compile(r"(\d+)\s*[\-–~～至]\s*\D*(\d+)")


@dataclass(frozen=True)
class Marked:
    """A sentence without its marks, and the numbers that they named, in order, each once."""

    text: str
    marks: tuple[int, ...]


def numbers_of(mark: str) -> list[int]:
    """The numbers of a mark: [1,3] and 【1、3】 give 1 and 3, [2-4] gives 2, 3 and 4."""
    plain = unicodedata.normalize("NFKC", re.sub(r"†[^\]】]*|[<>/]+(?:sup|ref|cite)[^>]*>", "", mark))
    found: list[int] = []
    for first, last in _RANGE.findall(plain):
        if int(first) <= int(last) < int(first) + 20:
            found += range(int(first), int(last) + 1)
    return list(dict.fromkeys([*found, *map(int, re.findall(r"\d+", plain))]))


def read_marks(text: str) -> str:
    """The text with its marks in one spelling, numbers between square brackets, and nothing around them.

    >>> read_marks("甲负责【1】、[来源2]。（3）"), read_marks("分两步：（1）修路；（2）治水。")
    ('甲负责[1][2]。[3]', '分两步：（1）修路；（2）治水。')
    """
    text = _ANY_PLACE.sub(_read, re.sub(r"\\([\[\]])", r"\1", text))
    last = re.search(rf"{_ROUNDS}\s*$", text)
    text = _AT_END.sub(_read, text)
    if not _numbers_items(text, marked=last is not None):
        text = _BEHIND_STOP.sub(_read, text)
    return _SHELL.sub(lambda m: "".join(_MARK.findall(m[m.lastgroup or 0])), text)


def _read(mark: re.Match[str]) -> str:
    return f"[{','.join(map(str, numbers_of(mark.group())))}]"


def _numbers_items(text: str, marked: bool) -> bool:
    """Whether numbers in round brackets with words behind them lead in to the items of a list: one stands elsewhere than
    behind a full stop, or they count up from 1 and the text is not ``marked`` like that at its end, where the last mark
    of a text stands."""
    ahead = list(re.finditer(rf"{_ROUNDS}(?=\s*\S)", text))
    behind = [m.start(1) for m in _BEHIND_STOP.finditer(text)]
    numbers = [numbers_of(m.group()) for m in ahead]
    counted = len(ahead) > 1 and numbers == [[n] for n in range(1, len(ahead) + 1)]
    return any(m.start() not in behind for m in ahead) or (counted and not marked)


def without_marks(text: str) -> str:
    """The text with every mark cut out."""
    return _MARK.sub("", read_marks(text))


def split_marked(text: str, most: int) -> list[Marked]:
    """The sentences of a model's answer with the marks that stand in them or right behind them.

    Numbers outside 1 … ``most`` are dropped: they name nothing. Bullets and headings of Markdown go.

    >>> split_marked("甲负责[1]。乙参与。【2、3】", 3)
    [Marked(text='甲负责。', marks=(1,)), Marked(text='乙参与。', marks=(2, 3))]
    """
    text = read_marks(text)
    sentences: list[Marked] = []
    at = 0
    while at < len(text):
        end = _END.search(text, at)
        stop = end.end() if end else len(text)
        piece = text[at:stop] + "\n"
        behind = _BEHIND.match(text, stop)
        if behind:
            stop = behind.end()
        marks = _MARK.findall(piece) + (_MARK.findall(behind.group()) if behind else [])
        said = _bare(_MARK.sub("", piece))
        kept = tuple(dict.fromkeys(n for mark in marks for n in numbers_of(mark) if 1 <= n <= most))
        if re.search(r"\w", said) and not _ONLY_NUMBERS.fullmatch(said):
            sentences.append(Marked(said, kept))
        elif sentences and kept:
            last = sentences[-1]
            sentences[-1] = Marked(last.text, tuple(dict.fromkeys((*last.marks, *kept))))
        at = stop
    return sentences


def finished(text: str) -> str:
    """The text up to the end of its last whole sentence, with the marks behind it in one spelling.

    >>> finished("甲负责。[1]乙不得参"), finished("甲负责[1]，乙")
    ('甲负责。[1]', '')
    """
    text = read_marks(text)
    ends = [end.end() for end in _END.finditer(text)]
    if not ends:
        return ""
    behind = _BEHIND.match(text, ends[-1])
    return text[: behind.end() if behind else ends[-1]]


def is_finished(text: str) -> bool:
    """Whether a text ends where a sentence does, or with a mark."""
    text = read_marks(text)
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
    said = re.sub(r"^\s*(?:#{1,6}\s+|[-*+•]\s+|>\s*|\d{1,2}[.)、．）]\s*(?![\d\s]))", "", piece.strip())
    said = re.sub(r"\*\*|__|`|[，,、；;\s]+(?=[。！？!?])", "", said).strip()
    return said if not said or re.search(r"[。！？!?…：:][”’」』）)]*$", said) else said.rstrip("；;，,、.") + "。"
