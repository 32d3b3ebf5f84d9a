"""Text as it is matched: folded, cut into words, turned into search terms. The only place that knows jieba."""

from __future__ import annotations

import math
import os
import re
import tempfile
import threading
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import version
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from corpus.glyphs import plain, visible
from corpus.traditional import simplify

HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿\U00020000-\U0003134f]+")
_LETTER = re.compile(r"\w")
_SPACE = re.compile(r"\s+")
# After NFKC the full-width forms are ASCII already; these are the ones that NFKC keeps apart.
_MARKS = str.maketrans(
    dict.fromkeys("“”‘’「」『』'`", '"')
    | dict.fromkeys("〔【〖[{", "(")
    | dict.fromkeys("〕】〗]}", ")")
    | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys("•‧∙⋅・", "·")
)
# Words that make a question a question. They say what is asked for, not what the passage holds.
_ASKING = frozenset(
    re.findall(
        r"\S+",
        """
        什么 什么样 哪些 哪个 哪 哪里 哪儿 哪种 哪类 哪几 几个 怎么 怎样 怎么样 如何 为什么 为何 何 何时 多少 谁
        是否 有没有 能不能 可不可以 是不是 吗 呢 吧 啊 到底 究竟 请问 请 问 一下 告诉 想 想要 知道 说 说明 介绍 解释
        我 我们 你 您 它 他们 它们 这 那 这个 那个 这份 一个 的 了 是 在 和 与 及 有 都 里 中 上 里面 叫 算
        根据 关于 提到 文中 文件
        """,
    )
)


def fold(text: str) -> str:
    """``text`` in the one form in which texts are compared: for matching only, never shown or stored as text.

    Width and compatibility forms (NFKC), Traditional to Simplified, lower case, one kind of quotes, brackets
    and dashes, no white space.
    """
    if len(text) <= _SHORT:
        return _fold_short(text)
    return _fold_long(text) if len(text) <= _LONG else _fold(text)


#: Characters: sentences and headings come back with every question, sections of some length with some, and only a few
#: are kept; whole books are folded anew.
_SHORT, _LONG = 400, 40_000


def _fold(text: str) -> str:
    return _SPACE.sub("", simplified(text).lower().translate(_MARKS))


_fold_short = lru_cache(maxsize=16_384)(_fold)
_fold_long = lru_cache(maxsize=64)(_fold)


def simplified(text: str) -> str:
    """``text`` with the usual codes of characters, width folded (NFKC), Traditional turned Simplified.

    Case, quotes and spaces are kept; what cannot be seen is not.
    """
    shown = _ITEM_NUMBER.sub(lambda m: f"({unicodedata.normalize('NFKC', m.group()).strip('.')})", plain(visible(text)))
    return simplify(unicodedata.normalize("NFKC", shown))


#: The number of an item before a figure, which NFKC would make one with it: ②75周岁 is not 275.
_ITEM_NUMBER = re.compile(r"[①-⑳⒈-⒛](?=\s*\d)")


def words(text: str) -> list[str]:
    """The words of the folded ``text`` in order, long words also in their parts, without punctuation."""
    known = _segmenter().FREQ
    found: list[str] = []
    for word in _cut(fold(text)):
        for size in range(2, min(len(word), 4)):
            found += [part for at in range(len(word) - size + 1) if known.get(part := word[at : at + size])]
        found.append(word)
    return [word for word in found if _LETTER.search(word)]


def terms(text: str) -> list[str]:
    """What sparse search indexes: words, and the pairs of neighbouring Han characters.

    Pairs find what jieba cuts differently in question and text; words give the rarer, longer units their weight.
    """
    return terms_of(words(text), fold(text))


def terms_of(cut: list[str], folded: str) -> list[str]:
    """``terms`` of a text whose words and folded form are known already."""
    known = set(cut)
    pairs = [a + b for run in HAN.findall(folded) for a, b in pairwise(run)]
    return cut + [pair for pair in pairs if pair not in known]


def segment(text: str) -> list[str]:
    """``text`` (width folded, Simplified) cut into jieba words; punctuation kept, nothing cut twice."""
    return _cut(simplified(text))


@lru_cache(maxsize=1024)
def word_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where each word of ``segment`` begins and ends, in order and without gaps.

    >>> word_spans("养老金由谁出")
    ((0, 3), (3, 4), (4, 5), (5, 6))
    """
    return tuple(pairwise(accumulate(map(len, segment(text)), initial=0)))


_BLOCK = re.compile(r"([\u4e00-\u9fd5a-zA-Z0-9+#&._%-]+)")  #: what jieba looks for words in
_LONG_SPACE = re.compile(r"(\r\n|\s)")


def _cut(text: str) -> list[str]:
    """The words of ``text`` as ``jieba.Tokenizer.cut`` gives them, which takes three times as long for them."""
    found: list[str] = []
    for number, block in enumerate(_BLOCK.split(text)):
        if number % 2:
            found += _cut_block(block)
        elif block:
            for piece in _LONG_SPACE.split(block):
                found += [piece] if piece.isspace() else piece
    return found


@lru_cache(maxsize=16_384)  # 第一条 and 有关部门 come back in every document
def _cut_block(block: str) -> tuple[str, ...]:
    """The words of a block without marks and spaces: the likeliest way through the dictionary."""
    known, weights = _segmenter().FREQ, _weights()
    size = len(block)
    best, ends = [0.0] * (size + 1), [0] * size  # of each place: likelihood of the rest, where its first word ends
    for begin in range(size - 1, -1, -1):
        end, top, chosen = begin + 1, -math.inf, 0
        while end <= size and (count := known.get(block[begin:end])) is not None:
            if count and (weight := weights[count] + best[end]) >= top:
                top, chosen = weight, end
            end += 1
        if not chosen:
            top, chosen = weights[1] + best[begin + 1], begin + 1
        best[begin], ends[begin] = top, chosen
    found: list[str] = []
    alone, begin = "", 0
    while begin < size:
        end = ends[begin]
        if end == begin + 1:
            alone += block[begin]
        else:
            found += _unknown(alone)
            found.append(block[begin:end])
            alone = ""
        begin = end
    return (*found, *_unknown(alone))


def _unknown(characters: str) -> Iterable[str]:
    """The words that characters may make which are none of the dictionary with their neighbours: names, mostly."""
    if len(characters) < 2 or known_word(characters):
        return characters
    from jieba import finalseg

    cut: Iterable[str] = finalseg.cut(characters)
    return cut


@lru_cache(maxsize=1)
def _weights() -> dict[int, float]:
    """The logarithm of the share of each frequency."""
    segmenter = _segmenter()
    total = math.log(segmenter.total)
    return {count: math.log(count) - total for count in {1, *segmenter.FREQ.values()} if count}


def known_word(word: str) -> bool:
    """Whether jieba's dictionary holds ``word``."""
    return bool(_segmenter().FREQ.get(word))


def query_terms(question: str) -> list[str]:
    """``terms`` of a question without the words that only ask (什么, 哪些, 请问 ...).

    A question of nothing else keeps them all. Asking words are rare in official text, so that their
    inverse document frequency would let them outweigh what the question is about.
    """
    telling = [word for word in words(question) if word not in _ASKING]
    kept: list[str] = []
    known = set(telling)
    for run in HAN.findall("".join(word if word not in _ASKING else " " for word in _cut(fold(question)))):
        kept += [a + b for a, b in pairwise(run) if a + b not in known]
    return telling + kept or terms(question)


_loading = threading.Lock()


def _segmenter() -> Any:
    with _loading:
        return _load_segmenter()


@lru_cache(maxsize=1)
def _load_segmenter() -> Any:
    """A jieba tokenizer of our own, loaded without its log lines and without its cache in the shared temp folder.

    jieba spends 0.6 to 0.8 s on its dictionary, with or without its own cache; a plain text cache takes 0.2 s.
    """
    import jieba

    from index.embedder import default_cache_dir

    tokenizer = jieba.Tokenizer()
    cache = default_cache_dir() / f"jieba-{version('jieba')}-lines.txt"
    frequencies = _read_frequencies(cache)
    if frequencies is None:
        frequencies, _ = tokenizer.gen_pfdict(tokenizer.get_dict_file())
        _write_frequencies(cache, frequencies)
    tokenizer.FREQ, tokenizer.total = frequencies, sum(frequencies.values())
    tokenizer.initialized = True
    return tokenizer


def _read_frequencies(cache: Path) -> dict[str, int] | None:
    """The cached dictionary; None when there is none or it is not whole."""
    try:
        count, words, counts, *_ = cache.read_text(encoding="utf-8").split("\n")
        cells = counts.split(" ")
        numbers = {cell: int(cell) for cell in set(cells)}  # a few thousand stand for half a million
        frequencies = dict(zip(words.split(" "), map(numbers.__getitem__, cells), strict=True))
        return frequencies if len(frequencies) == int(count) else None
    except (OSError, ValueError):
        return None


def _write_frequencies(cache: Path, frequencies: dict[str, int]) -> None:
    """Keep the dictionary for the next start. A cache that cannot be written costs time, nothing else."""
    try:
        cache.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=cache.parent, delete=False) as file:
            file.write(f"{len(frequencies)}\n{' '.join(frequencies)}\n{' '.join(map(str, frequencies.values()))}\n")
        os.replace(file.name, cache)
    except OSError:
        return
