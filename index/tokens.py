"""Text as it is matched: folded, cut into words, turned into search terms. The only place that knows jieba."""

from __future__ import annotations

import os
import re
import tempfile
import threading
import unicodedata
from functools import lru_cache
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import Any

from corpus.glyphs import plain, visible

_HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿\U00020000-\U0003134f]+")
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
    return _fold_short(text) if len(text) <= _SHORT else _fold(text)


_SHORT = 400  #: characters; sentences and headings come back with every question, whole documents do not


def _fold(text: str) -> str:
    return _SPACE.sub("", simplified(text).lower().translate(_MARKS))


_fold_short = lru_cache(maxsize=16_384)(_fold)


def simplified(text: str) -> str:
    """``text`` with the usual codes of characters, width folded (NFKC), Traditional turned Simplified.

    Case, quotes and spaces are kept; what cannot be seen is not.
    """
    return simplify(unicodedata.normalize("NFKC", plain(visible(text))))


def simplify(text: str) -> str:
    """``text`` with Traditional characters as Simplified ones."""
    return str(_simplifier().convert(text)) if _may_be_traditional(text) else text


def words(text: str) -> list[str]:
    """The words of the folded ``text`` in order, long words also in their parts, without punctuation."""
    return [word for word in _segmenter().lcut_for_search(fold(text)) if _LETTER.search(word)]


def terms(text: str) -> list[str]:
    """What sparse search indexes: words, and the pairs of neighbouring Han characters.

    Pairs find what jieba cuts differently in question and text; words give the rarer, longer units their weight.
    """
    return terms_of(words(text), fold(text))


def terms_of(cut: list[str], folded: str) -> list[str]:
    """``terms`` of a text whose words and folded form are known already."""
    known = set(cut)
    pairs = [a + b for run in _HAN.findall(folded) for a, b in pairwise(run)]
    return cut + [pair for pair in pairs if pair not in known]


def segment(text: str) -> list[str]:
    """``text`` (width folded, Simplified) cut into jieba words; punctuation kept, nothing cut twice."""
    return list(_segmenter().lcut(simplified(text)))


def known_word(word: str) -> bool:
    """Whether jieba's dictionary holds ``word``."""
    return bool(_segmenter().FREQ.get(word))


def query_terms(question: str) -> list[str]:
    """``terms`` of a question without the words that only ask (什么, 哪些, 请问 ...).

    A question of nothing else keeps them all. Asking words are rare in official text, so that their
    inverse document frequency would let them outweigh what the question is about.
    """
    folded = fold(question)
    cut = _segmenter().lcut_for_search(folded)
    telling = [word for word in cut if word not in _ASKING and _LETTER.search(word)]
    kept: list[str] = []
    known = set(telling)
    for run in _HAN.findall("".join(word if word not in _ASKING else " " for word in _segmenter().lcut(folded))):
        kept += [a + b for a, b in pairwise(run) if a + b not in known]
    return telling + kept or terms(question)


def _may_be_traditional(text: str) -> bool:
    try:  # GB 2312 holds the common simplified characters and next to no traditional one.
        "".join(_HAN.findall(text)).encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


@lru_cache(maxsize=1)
def _simplifier() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


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
