"""Slips of the keyboard mended against the words of the documents: pinyin, homophones, one wrong character."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import pairwise

from index.tokens import known_word, segment
from qa.question import ASKING_WORDS

_LATIN_RUN = re.compile(r"[a-zA-Zü]+")
_TYPED_WORDS = re.compile(r"[a-zA-Z]+(?:\s+[a-zA-Z]+)*")
_HAN = re.compile(r"[\u4e00-\u9fff]")
#: Words that questions are made of; needed to read a question typed in pinyin.
_QUESTION_WORDS = (
    "什么 哪些 哪个 哪几个 哪家 谁 多少 几个 怎么 如何 为什么 是否 有没有 是 的 了 和 在 有 吗 呢 这 那 这个 那个 由 对 到 年 月 日 个 项 条 "
    "牵头 负责 部门 单位 行动 文件 政策 目标 任务 措施 规定 要求 哪里 时候 什么时候 一共 分别 包括 主要 内容 意思 指 叫 提出 发布 国务院 平台 企业"
).split()


def mend(text: str, vocabulary: Mapping[str, int], occurs: Callable[[str], bool]) -> str:
    """``text`` with slips replaced by words of the documents; unchanged where nothing is surely meant.

    ``vocabulary``: words of the documents and in how many chunks each stands. ``occurs``: whether a string stands
    in the documents as it is; what does is never touched.
    """
    if typed_in_pinyin(text):
        return from_pinyin(text, vocabulary)
    text = _TYPED_WORDS.sub(
        lambda run: from_pinyin(run.group(), vocabulary) if _pinyin_inside(run.group(), occurs) else run.group(), text
    )
    return _one_character(_homophones(text, vocabulary, occurs), vocabulary, occurs)


def _pinyin_inside(run: str, occurs: Callable[[str], bool]) -> bool:
    """Whether Latin words among Han ones are pinyin: made of syllables, of some length, and not in the documents."""
    return len(run) >= 6 and all(_splits(w) and not occurs(w) for w in run.lower().split())


@lru_cache(maxsize=1)
def _syllables() -> frozenset[str]:
    from pypinyin.constants import PINYIN_DICT
    from pypinyin.contrib.tone_convert import to_normal

    found = {to_normal(reading) for readings in PINYIN_DICT.values() for reading in readings.split(",")}
    return frozenset(s.replace("ü", "v") for s in found if s.isascii() and s.isalpha() and (len(s) > 1 or s in "aoe"))


def typed_in_pinyin(text: str) -> bool:
    """Whether a question is typed in pinyin throughout: no Han character, every word made of syllables."""
    if _HAN.search(text):
        return False
    runs = [run.lower() for run in _LATIN_RUN.findall(text)]
    return len("".join(runs)) >= 6 and all(_splits(run) for run in runs)


def _splits(run: str) -> bool:
    reach = {0}
    for i in range(len(run)):
        if i in reach:
            reach |= {i + n for n in range(1, 7) if run[i : i + n] in _syllables()}
    return len(run) in reach


def _reading(word: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin

    return tuple(lazy_pinyin(word))


def from_pinyin(text: str, vocabulary: Mapping[str, int]) -> str:
    """The most likely Chinese for a question in toneless pinyin, words of the documents preferred.

    The path of words with the highest sum of log weights (Viterbi); what fits no word stays as it is.
    """
    weights: dict[str, float] = {w: 3.0 for w in _QUESTION_WORDS} | {"的": 4.0, "是": 4.0}
    for word, count in vocabulary.items():
        if _HAN.match(word):
            weights[word] = max(weights.get(word, 0.0), (1.0 + math.log1p(count)) * (1 if len(word) > 1 else 0.2))
    by_sound: dict[str, tuple[str, float]] = {}
    for word, weight in weights.items():
        sound = "".join(_reading(word))
        if sound not in by_sound or weight > by_sound[sound][1]:
            by_sound[sound] = (word, weight)
    return "".join(
        _decode(piece.lower(), by_sound) if piece.isalpha() else piece
        for piece in re.findall(r"[a-zA-Z]+|[^a-zA-Z]+", re.sub(r"(?<=[a-zA-Z])\s+(?=[a-zA-Z])", "", text))
    )


def _decode(letters: str, by_sound: Mapping[str, tuple[str, float]]) -> str:
    longest = max(map(len, by_sound), default=0)
    best: list[tuple[float, str]] = [(0.0, "")] + [(-math.inf, "")] * len(letters)
    for end in range(1, len(letters) + 1):
        skipped = (best[end - 1][0] - 20.0, best[end - 1][1] + letters[end - 1])
        options = [skipped]
        for size in range(1, min(longest, end) + 1):
            entry = by_sound.get(letters[end - size : end])
            if entry:
                # Fewer, longer words win: each word costs 6, its weight gives some of that back.
                options.append((best[end - size][0] - 6.0 + min(entry[1], 5.0), best[end - size][1] + entry[0]))
        best[end] = max(options)
    return best[-1][1]


def _homophones(text: str, vocabulary: Mapping[str, int], occurs: Callable[[str], bool]) -> str:
    """Replace runs of stray characters and syllables that sound like a word of the documents."""
    units = _units(text)
    if not any(a and b for (_, _, a), (_, _, b) in pairwise(units)):
        return text
    by_sound = _sounds(tuple(w for w in vocabulary if len(w) >= 2 and all(map(_HAN.match, w))))
    out: list[str] = []
    i = 0
    while i < len(units):
        for size in range(min(6, len(units) - i), 1, -1):
            span = units[i : i + size]
            original = "".join(unit for unit, _, _ in span)
            word = by_sound.get(tuple(sound for _, sound, _ in span))
            if (
                word
                and word != original
                and all(stray for _, _, stray in span)
                and not occurs(original)
                and not known_word(original)
            ):
                out.append(word)
                i += size
                break
        else:
            out.append(units[i][0])
            i += 1
    return "".join(out)


@lru_cache(maxsize=4)
def _sounds(words: tuple[str, ...]) -> dict[tuple[str, ...], str]:
    return {_reading(word): word for word in reversed(words)}


def _units(text: str) -> list[tuple[str, str, bool]]:
    """(text, syllable, stray) of each character or pinyin syllable; stray: a word of its own that means little."""
    units: list[tuple[str, str, bool]] = []
    for token in segment(text):
        if re.fullmatch(r"[a-z]{2,6}", token) and token in _syllables():
            units.append((token, token, True))
        elif _HAN.match(token):
            sounds = _reading(token)
            alone = len(token) == 1 and token not in ASKING_WORDS
            units += [(char, sound, alone) for char, sound in zip(token, sounds, strict=False)]
        else:
            units.append((token, token, False))
    return units


def _one_character(text: str, vocabulary: Mapping[str, int], occurs: Callable[[str], bool]) -> str:
    """Replace a stretch of four or more characters that differs from a long word of the documents in one."""
    long_words = [w for w in vocabulary if 4 <= len(w) <= 10 and all(map(_HAN.match, w))]
    for word in long_words:
        size = len(word)
        if word in text:
            continue
        for i in range(len(text) - size + 1):
            window = text[i : i + size]
            if sum(a != b for a, b in zip(window, word, strict=True)) == 1 and window[0] == word[0]:
                wrong = next(a for a, b in zip(window, word, strict=True) if a != b)
                if _HAN.match(wrong) and wrong not in ASKING_WORDS and not occurs(window):
                    text = text[:i] + word + text[i + size :]
                    break
    return text
