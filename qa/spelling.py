"""Slips of the keyboard mended against the words of the documents: pinyin, homophones, one wrong character."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from itertools import groupby, product
from pathlib import Path

from corpus.traditional import simplify
from index.tokens import known_word, segment
from qa.question import ASKING_WORDS

Occurs = Callable[[str], bool]
Sound = tuple[str, ...]  #: toneless syllables

_LATIN_RUN = re.compile(r"[a-zA-Zü]+")
_TYPED_WORDS = re.compile(r"[a-zA-Zü]+(?:[ \t]+[a-zA-Zü]+)*")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_MIXED_RUN = re.compile(r"[\u4e00-\u9fffa-zü]+")
_NUMERALS = frozenset("零〇一二两三四五六七八九十百千万亿")
#: Characters that stand alone in any sentence: next to another one they are no sign of a slip.
_FREE = frozenset(
    "才就都还又再也很太最更将已正只先多少好真挺别没不被把给让用来去得地着过到于以而则若因且或及与其各每某本该此有无是在的了吗呢吧啊和跟同比从向对为由按会能可要想须应"
    "请问说讲看听做办搞弄管拿算叫指放写读学买卖交领补报查审罚定改建设开关上下内外前后里中间左右大小高低长短远近新老旧快慢早晚今明昨几哪谁啥咋何这那它他她我你您年月日号天次"
    "个项条家份件种类位名块款届批级层章节元吨米人钱事话地方法者们化性式往朝沿经据依凭替连除随自距离趁受做作成入出起回次见等"
)
#: Words that questions are made of; needed to read a question typed in pinyin.
_QUESTION_WORDS = (
    "什么 哪些 有哪些 有多少 由谁 由哪个 谁 多少 怎么 怎样 如何 为什么 是否 有没有 能不能 可以 是 的 了 和 在 有 "
    "吗 呢 这 那 由 对 到 从 年 月 日 号 天 个 项 条 里 不 也 还 都 要 会 能 给 让 "
    "牵头 负责 部门 单位 行动 文件 政策 目标 任务 措施 规定 要求 哪里 时候 什么时候 一共 分别 包括 主要 内容 意思 "
    "指 叫 提出 发布 国务院 平台 企业 还有 以及 具体 关于 "
    "申请 条件 标准 补贴 时间 地点 怎么办 多久 多长 多大 多高 这个 这些 它 我们 应该 需要 办理 材料 电话 开始 结束 "
    "实施 施行 支持 鼓励 建设 发展 "
    "一条 二条 三条 一类 二类 三类 第一 第二 第三 排第一 哪个 哪一个 几个 到底 啥 是啥 是个 是个啥 怎么说 说的 那段 那个 啊 呀 吧 家 排 说 讲 上 下 给 用 网 段"
).split() + [a + b for a in "几哪" for b in "个项条家天年月类种次位所座级章节"]
_REGIONS = frozenset("省市县区州镇乡村路")
_OFFICES = frozenset("部厅局委署院办处科室站所司组")
_WORD_COST = 6.0
_LETTER_COST = 20.0


def mend(text: str, vocabulary: Mapping[str, int], occurs: Occurs) -> str:
    """``text`` with slips replaced by words of the documents; unchanged where nothing is surely meant.

    ``vocabulary``: words of the documents and in how many chunks each stands. ``occurs``: whether a string stands
    in the documents as it is; what does is never touched.
    """
    if typed_in_pinyin(text):
        return from_pinyin(text, vocabulary, occurs)
    text = _TYPED_WORDS.sub(lambda run: _mend_typed(run.group(), vocabulary, occurs), text)
    text = _GRADE.sub(lambda said: _as_numbered(said.group(), occurs), text)
    # Characters are compared in their simplified form; what is not mended stays as it was typed.
    plain = simplify(text)
    if len(plain) != len(text):
        plain = text
    pieces: list[str] = []
    end = 0
    for run in _MIXED_RUN.finditer(plain.lower()):
        if not _HAN.search(run.group()):
            continue
        for start, stop, word in _slips(run.group(), vocabulary, occurs):
            pieces += [text[end : run.start() + start], word]
            end = run.start() + stop
    return "".join(pieces) + text[end:]


#: A grade by its number, with what is of that grade: 二级响应, Ⅱ级响应.
_GRADE = re.compile(
    r"(?<![哪这那每上下同本某各高低一二三四五十第ⅠⅡⅢⅣⅤIV])(?:[一二三四五ⅠⅡⅢⅣⅤ]|I{1,3}|IV|V)级[\u4e00-\u9fff]{2}"
)
_NUMBERED = (("一", "Ⅰ", "I"), ("二", "Ⅱ", "II"), ("三", "Ⅲ", "III"), ("四", "Ⅳ", "IV"), ("五", "Ⅴ", "V"))


def _as_numbered(said: str, occurs: Occurs) -> str:
    """A grade in the numerals of the documents (Ⅱ级响应, asked for as 二级响应); as it is where they have it so, or not at
    all."""
    number, of = said[: said.index("级")], said[said.index("级") :]
    chinese, roman, _ = next(forms for forms in _NUMBERED if number in forms)
    other = roman if number == chinese else chinese
    return other + of if not occurs(said) and occurs(other + of) else said


def _mend_typed(run: str, vocabulary: Mapping[str, int], occurs: Occurs) -> str:
    """Typed words with those that are pinyin read: a name in Latin letters (CPS) may stand among them."""
    parts = [
        " ".join(words)
        if not sounds or not _pinyin_inside(" ".join(words), occurs)
        else from_pinyin(" ".join(words), vocabulary, occurs)
        for sounds, words in ((key, list(group)) for key, group in groupby(run.split(), key=made_of_syllables))
    ]
    return " ".join(parts)


def typed_in_pinyin(text: str) -> bool:
    """Whether a question is typed in pinyin throughout: no Han character, every word made of syllables."""
    if _HAN.search(text):
        return False
    runs = [run.lower() for run in _LATIN_RUN.findall(text)]
    return len("".join(runs)) >= 6 and all(made_of_syllables(run) for run in runs)


def from_pinyin(text: str, vocabulary: Mapping[str, int], occurs: Occurs | None = None) -> str:
    """The most likely Chinese for what is typed in toneless pinyin, words of the documents preferred.

    The path of words with the highest sum of weights (Viterbi); of words that sound the same, those that stand
    beside their neighbours in the documents. A stretch that mostly fits no word stays as it is.
    """
    lexicon = _lexicon(vocabulary)

    def read(run: re.Match[str]) -> str:
        path = _decode(run.group(), lexicon)
        return "".join(_in_company(path, lexicon, occurs) if occurs else (word for word, _ in path)) or run.group()

    return _TYPED_WORDS.sub(read, text)


# --- sounds ---


@lru_cache(maxsize=1)
def _readings() -> Mapping[str, str]:
    """Readings of single characters, by code point. Read as data: importing pypinyin loads its phrases too (0.3 s)."""
    spec = find_spec("pypinyin")
    data = Path(spec.origin).with_name("pinyin_dict.json") if spec and spec.origin else None
    if data and data.exists():
        return dict(json.loads(data.read_text(encoding="utf-8")))
    from pypinyin.constants import PINYIN_DICT

    return {str(point): reading for point, reading in PINYIN_DICT.items()}


def _toneless(syllable: str) -> str:
    bare = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v")
    return "".join(c for c in bare if not unicodedata.combining(c))


@lru_cache(maxsize=1)
def _syllables() -> frozenset[str]:
    distinct = {reading for readings in _readings().values() for reading in readings.split(",")}
    found = {_toneless(reading) for reading in distinct}
    return frozenset(
        s for s in found if s.isascii() and s.isalpha() and re.search(r"[aeiouv]", s) and (len(s) > 1 or s in "aoe")
    )


@lru_cache(maxsize=8192)
def _sounds_of(char: str) -> tuple[str, ...]:
    """How a character may be read, most common first, without tones."""
    return tuple(dict.fromkeys(_toneless(r) for r in _readings().get(str(ord(char)), "").split(",") if r))[:2]


def _word_sounds(word: str) -> Iterable[Sound]:
    """The sounds of a word: every reading of a short one, the common reading of a long one."""
    readings = [_sounds_of(char) for char in word]
    if not all(readings):
        return ()
    return product(*readings) if len(word) <= 3 else [tuple(r[0] for r in readings)]


@lru_cache(maxsize=4096)
def made_of_syllables(run: str) -> bool:
    """Whether letters can be read as pinyin without tones: yixia."""
    reach = {0}
    run = run.lower().replace("ü", "v")
    for i in range(len(run)):
        if i in reach:
            reach |= {i + n for n in range(1, 7) if run[i : i + n] in _syllables()}
    return len(run) in reach


def _pinyin_inside(run: str, occurs: Occurs) -> bool:
    """Whether Latin words among Han ones are pinyin: made of syllables, of some length, and not in the documents."""
    words = run.lower().split()
    return (
        len("".join(words)) >= 6
        and all(map(made_of_syllables, words))
        and not any(len(w) >= 4 and occurs(w) for w in words)
    )


# --- the words of the documents, by sound and by shape ---


@dataclass(frozen=True, eq=False)
class _Lexicon:
    by_sound: Mapping[Sound, tuple[tuple[int, str], ...]]  #: (count, word) of two or more characters, commonest first
    by_letters: Mapping[
        str, tuple[tuple[str, float, frozenset[int]], ...]
    ]  #: word, weight, where syllables end; best first
    by_gap: Mapping[tuple[int, str], str]  #: words of four or more characters, by what is left without one of them
    longest: int  #: letters of the longest word


class _Same:
    """A mapping that is compared by identity, so that what is made from it can be remembered."""

    def __init__(self, words: Mapping[str, int]) -> None:
        self.words = words

    def __hash__(self) -> int:
        return id(self.words)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.words is other.words


def _lexicon(vocabulary: Mapping[str, int]) -> _Lexicon:
    return _make_lexicon(_Same(vocabulary))


@lru_cache(maxsize=4)
def _make_lexicon(vocabulary: _Same) -> _Lexicon:
    weights: dict[str, float] = dict.fromkeys(_QUESTION_WORDS, 3.0) | {"的": 4.0, "是": 4.0}
    by_sound: dict[Sound, list[tuple[int, str]]] = {}
    by_gap: dict[tuple[int, str], str] = {}
    for word, count in vocabulary.words.items():
        if not all(map(_HAN.match, word)):
            continue
        weights[word] = max(weights.get(word, 0.0), (1.0 + math.log1p(count)) * (1 if len(word) > 1 else 0.2))
        if len(word) >= 2:
            for sound in _word_sounds(word):
                by_sound.setdefault(sound, []).append((count, word))
        if 4 <= len(word) <= 10 and not _NUMERALS & set(word):
            for i in range(len(word)):
                by_gap[i, word[:i] + word[i + 1 :]] = word
    by_letters: dict[str, list[tuple[str, float, frozenset[int]]]] = {}
    for word, weight in weights.items():
        for n, sound in enumerate(_word_sounds(word)):
            ends = frozenset(len("".join(sound[: k + 1])) for k in range(len(sound)))
            # A rarer reading counts less.
            by_letters.setdefault("".join(sound), []).append((word, weight - (1.0 if n else 0.0), ends))
    letters = {key: tuple(sorted(found, key=lambda f: (-f[1], f[0]))) for key, found in by_letters.items()}
    sounding = {sound: tuple(sorted(words, reverse=True)) for sound, words in by_sound.items()}
    return _Lexicon(sounding, letters, by_gap, max(map(len, letters), default=0))


def _decode(run: str, lexicon: _Lexicon) -> list[tuple[str, str]]:
    """The best path through typed letters as (word, its letters); empty when most fit no word of some length."""
    chunks = run.lower().replace("ü", "v").split()
    letters = "".join(chunks)
    # No syllable goes over a space that was typed.
    spaces = {sum(map(len, chunks[: k + 1])) for k in range(len(chunks) - 1)}
    best: list[tuple[float, int, str]] = [(0.0, 0, "")]  # weight, where the last word begins, the last word
    for end in range(1, len(letters) + 1):
        options = [(best[end - 1][0] - _LETTER_COST, end - 1, "")]
        for start in range(max(0, end - lexicon.longest), end):
            for word, weight, ends in lexicon.by_letters.get(letters[start:end], ()):
                if all(space - start in ends for space in spaces if start < space < end):
                    options.append((best[start][0] + min(weight, 5.0) - _WORD_COST, start, word))
                    break
        best.append(max(options))
    path: list[tuple[str, str]] = []
    end = len(letters)
    while end:
        _, start, word = best[end]
        path.insert(0, (word, letters[start:end]))
        end = start
    covered = sum(len(typed) for word, typed in path if len(word) > 1)
    return path if covered * 2 >= len(letters) and all(word for word, _ in path) else []


def _in_company(path: list[tuple[str, str]], lexicon: _Lexicon, occurs: Occurs) -> list[str]:
    """The words of a path, each exchanged for one of the same sound where only that stands beside its neighbours."""
    chosen = [word for word, _ in path]
    for i, (word, typed) in enumerate(path):
        alike = [w for w, _, _ in lexicon.by_letters[typed] if len(w) == len(word)][:4]
        if len(word) < 2 or len(alike) < 2:
            continue
        before, after = "".join(chosen[i - 1 : i]), "".join(chosen[i + 1 : i + 2])
        fitting = {w: sum(bool(x) and occurs(x) for x in (before and before + w, after and w + after)) for w in alike}
        chosen[i] = max(alike, key=lambda w: (fitting[w], w == word))
    return chosen


# --- slips in Han text ---


def _slips(run: str, vocabulary: Mapping[str, int], occurs: Occurs) -> list[tuple[int, int, str]]:
    """(start, end, word) of each stretch of a run without punctuation that a word of the documents should replace."""
    stray = _stray(run)
    spans = _stretches(stray)
    if not spans or occurs(run):
        return []
    lexicon = _lexicon(vocabulary)
    found: list[tuple[int, int, str]] = []
    end = 0
    for i in (i for first, last in spans for i in range(first, last)):
        slip = _slip_at(run, i, end, stray, lexicon, occurs) if i >= end else None
        if slip:
            found.append(slip)
            end = slip[1]
    return found


def _slip_at(
    run: str, place: int, free: int, stray: list[bool], lexicon: _Lexicon, occurs: Occurs
) -> tuple[int, int, str] | None:
    """What stands for the stray character at ``place``: long words first, sound before shape."""
    for size in range(6, 2, -1):
        for start in range(place, max(free, place - size + 1) - 1, -1):
            slip = _sounds_like(run, start, size, stray, lexicon, occurs)
            if slip and slip[1] > place:
                return slip
    for size in range(10, 3, -1):
        slip = _differs_in_one(run, place, size, lexicon, occurs)
        if slip and slip[0] >= free:
            return slip
    for start in (place, place - 1):
        slip = _sounds_like(run, start, 2, stray, lexicon, occurs) if start >= free else None
        if slip:
            return slip
    return None


def _stray(run: str) -> list[bool]:
    """For each character whether it stands alone or in a word that no dictionary knows."""
    flags: list[bool] = []
    for token in segment(run):
        alone = len(token) == 1 or not known_word(token)
        flags += [alone and token not in ASKING_WORDS] * len(token)
    return flags if len(flags) == len(run) else [False] * len(run)


def _stretches(stray: list[bool]) -> list[tuple[int, int]]:
    """Ranges of stray characters; a slip leaves at least one."""
    spans, start = [], None
    for i, flag in enumerate([*stray, False]):
        if flag and start is None:
            start = i
        elif not flag and start is not None:
            spans.append((start, i))
            start = None
    return spans


def _syllable_units(run: str, start: int, count: int) -> tuple[list[tuple[str, ...]], int]:
    """Possible syllables of the next ``count`` characters or typed syllables, and where they end."""
    units: list[tuple[str, ...]] = []
    at = start
    while at < len(run) and len(units) < count:
        if _HAN.match(run[at]):
            units.append(_sounds_of(run[at]))
            at += 1
            continue
        typed = next((run[at : at + n] for n in range(6, 0, -1) if run[at : at + n] in _syllables()), "")
        if not typed:
            return [], start
        units.append((typed,))
        at += len(typed)
    return (units, at) if len(units) == count else ([], start)


def _sounds_like(
    run: str, start: int, size: int, stray: list[bool], lexicon: _Lexicon, occurs: Occurs
) -> tuple[int, int, str] | None:
    """A stretch of stray characters and syllables that sounds like a word of the documents."""
    units, end = _syllable_units(run, start, size)
    if not units:
        return None
    original = run[start:end]
    strays = sum(stray[start:end])
    if not strays:
        return None
    words = [entry for sound in product(*units) for entry in lexicon.by_sound.get(sound, ())]
    if not words or occurs(original) or known_word(original):
        return None
    if re.search(r"[a-z]", original):
        # A syllable typed among characters is a slip for sure; the characters beside it choose the word.
        shared = [(sum(c in original for c in word), count, word) for count, word in words]
        best = max(shared)
        return (start, end, best[2]) if best[0] else None
    if _NUMERALS & set(original) or not _cuts_no_word(run, start, end, stray):
        return None
    # What is exchanged must be stray: 符合 of 符合本条例 is a word.
    shared = [
        (sum(a == b for a, b in zip(original, word, strict=True)), count, word)
        for count, word in words
        if all(a == b or odd for a, b, odd in zip(original, word, stray[start:end], strict=True))
    ]
    if not shared:
        return None
    if size > 2:
        _, _, word = max(shared)
        # 信息往|外 is no 信息网: what is exchanged must not be a word that stands anywhere.
        certain = not all(a in _FREE for a, b in zip(original, word, strict=True) if a != b)
        return (start, end, word) if certain or _stands_beside(run, start, end, word, occurs, sure=False) else None
    # Two characters prove little: one must be right, and the documents must have the word in this company,
    likely = [entry for entry in sorted(shared, reverse=True) if entry[0]]
    for _, _, word in likely:
        if _stands_beside(run, start, end, word, occurs, sure=strays == size):
            return start, end, word
    # or often, and what is typed must look like a word that nobody knows.
    common = strays == size and original in segment(run) and not _FREE & set(original)
    return (start, end, likely[0][2]) if common and likely and likely[0][1] >= 3 else None


def _differs_in_one(run: str, start: int, size: int, lexicon: _Lexicon, occurs: Occurs) -> tuple[int, int, str] | None:
    """A stretch that differs from a word of four or more characters in one stray character at ``start``."""
    if not _HAN.match(run[start]) or run[start] in _NUMERALS | _FREE | _OFFICES | _REGIONS:
        return None
    for place in range(size):
        begin = start - place
        window = run[begin : begin + size] if begin >= 0 else ""
        if len(window) != size:
            continue
        word = lexicon.by_gap.get((place, window[:place] + window[place + 1 :]))
        # The name of another place or office differs in one character, too.
        if not word or word[place + 1 : place + 2] in _REGIONS:
            continue
        # 互联网|课 is no slip for 互联网络: what is left is a word by itself, the character another word's.
        if place in (0, size - 1) and known_word(window[1:] if place == 0 else window[:-1]):
            continue
        if word != window and not occurs(window) and not known_word(window):
            return begin, begin + size, word
    return None


def _cuts_no_word(run: str, start: int, end: int, stray: list[bool]) -> bool:
    """Whether a stretch begins and ends where words do."""
    bounds = {0}
    at = 0
    for token in segment(run):
        bounds |= set(range(at, at + len(token) + 1)) if stray[at] else {at, at + len(token)}
        at += len(token)
    return start in bounds and end in bounds


def _stands_beside(run: str, start: int, end: int, word: str, occurs: Occurs, sure: bool) -> bool:
    """Whether the documents have ``word`` beside the two characters next to the stretch, or one if ``sure``."""
    sizes = (1, 2) if sure else (2,)
    before = {run[start - n : start] for n in sizes if start >= n} - ASKING_WORDS
    after = {run[end : end + n] for n in sizes if end + n <= len(run)} - ASKING_WORDS
    return any(occurs(b + word) for b in before) or any(occurs(word + a) for a in after)
