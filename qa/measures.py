"""The measures of answers, passages and time, one small pure function each.

Each docstring says what the number means and, where it is not this project's own, whose it is. Where the wording of a measure leaves a choice open, the
stricter reading is taken. A function works on plain strings, so that answers of other systems can be measured alike.
"""

from __future__ import annotations

import math
import re
import statistics
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any, Literal

Polarity = Literal["yes", "no"]
#: Surface forms of one point, of which one must occur.
Forms = Sequence[str]

_MARK = re.compile(r"[\[［]\s*(\d{1,3})\s*[\]］]")
#: Question types whose answers are lists: a tighter bound of length holds for them.
_LIST_TYPES = frozenset({"list", "responsibility", "reverse_responsibility"})


# --- strings ---------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _to_simplified() -> Any:
    from opencc import OpenCC  # its dictionary is loaded only when something is measured

    return OpenCC("t2s")


def normalise(text: str) -> str:
    """``text`` as it is compared: NFKC, Traditional to Simplified, without white space."""
    folded: str = _to_simplified().convert(unicodedata.normalize("NFKC", text))
    return "".join(folded.split())


def without_marks(text: str) -> str:
    """``text`` without citation marks such as [1]. Brackets of four digits stay: they are years of document numbers."""
    return _MARK.sub("", text)


def comparable(answer: str) -> str:
    """An answer as it is compared: citation marks cut first, then normalised."""
    return normalise(without_marks(answer))


# Inside a number: a point before a digit, a comma before just three digits (NFKC makes a comma of every ，).
_SEPARATOR = re.compile(r"\.(?=\d)|,(?=\d{3}(?!\d))")
_CHINESE_DIGITS = "〇零一二三四五六七八九十百千"


def find_whole(form: str, text: str, start: int = 0) -> int:
    """Where ``form`` first occurs in ``text`` with no number cut in two; -1 if nowhere. Both are normalised."""
    at = text.find(form, start) if form else -1
    while at >= 0 and _cuts_number(text, at, at + len(form)):
        at = text.find(form, at + 1)
    return at


def _cuts_number(text: str, start: int, end: int) -> bool:
    """Whether a number goes on beyond one of the ends of ``text[start:end]``."""
    return _number_goes_on(text, start) or _number_goes_on(text, end)


def _number_goes_on(text: str, at: int) -> bool:
    before, after = text[max(0, at - 1) : at], text[at : at + 1]
    if not before or not after:
        return False
    if before.isdigit() and after.isdigit():
        return True
    # 2.4 and 2,400: the point or the comma lies on either side of the cut.
    for separator in (at - 1, at):
        if _SEPARATOR.match(text, separator) and text[max(0, separator - 1) : separator].isdigit():
            return True
    return before in _CHINESE_DIGITS and after in _CHINESE_DIGITS


def holds(text: str, form: str) -> bool:
    """Whether ``text`` holds ``form``, both as they come; a number matches only whole."""
    return find_whole(normalise(form), normalise(text)) >= 0


def common_run(a: str, b: str) -> int:
    """Length of the longest run of characters that stands in both (normalised) strings."""
    if a in b or b in a:
        return min(len(a), len(b))
    return SequenceMatcher(None, a, b, autojunk=False).find_longest_match().size


# --- the answer ------------------------------------------------------------------------------------------------------


def points_found(answer: str, key_points: Sequence[Forms]) -> tuple[bool, ...]:
    """For each key point, whether one of its forms occurs in the answer."""
    text = comparable(answer)
    return tuple(any(find_whole(normalise(form), text) >= 0 for form in forms) for forms in key_points)


def point_recall(answer: str, key_points: Sequence[Forms]) -> float:
    """Share of the key points that the answer holds; 1 where there are none."""
    return _share(points_found(answer, key_points), nothing=1.0)


# Words that hold 不, 没, 无 … and deny nothing, and the question's own "whether".
_NO_DENIAL = re.compile(
    r"是不是|有没有|是否|能否|可否|应否|会不会|能不能|要不要|可不可以|应不应该|对不对|"
    r"不仅|不但|不只|不断|不同|不久|不少|不低于|不高于|不超过|不大于|不小于|不足|不得不|不能不|"
    r"无不|无论|无线|无人机|无人驾驶|无缝|无偿|无障碍|非常|非法|非公|非物质|非金融|未来|未成年|没收|差别不大|否则"
)
_DENIAL = re.compile(r"不|没|无|未|非|否|错误|有误|失实")
_DENIED_AFTER = re.compile(
    r"不对|不是|不准|不正确|不符|不属|不成立|不实|不存在|有误|错误|没有|并非|并未|未见|未提|查不到|无从|无法"
)
_CLAUSE_END = re.compile(r"[,，。;；:：!！?？、]|\n")


def forbidden_found(answer: str, forbidden: Sequence[str]) -> tuple[str, ...]:
    """The forbidden strings that the answer holds without denying them.

    An occurrence is denied when a word of denial stands before it in its clause (不是甲, 而非甲)
    or what follows it in its clause denies it (甲的说法有误).
    """
    text = comparable(answer)
    return tuple(form for form in forbidden if _asserts(text, normalise(form)))


def _asserts(text: str, form: str) -> bool:
    at = find_whole(form, text)
    while at >= 0:
        begin = max((m.end() for m in _CLAUSE_END.finditer(text, 0, at)), default=0)
        following = _CLAUSE_END.search(text, at + len(form))
        end = following.start() if following else len(text)
        before, after = _NO_DENIAL.sub("", text[begin:at]), text[at + len(form) : end]
        if not _DENIAL.search(before) and not _DENIED_AFTER.search(after):
            return True
        at = find_whole(form, text, at + 1)
    return False


# A clause that says yes opens so, or holds one of these words.
_YES_OPENING = re.compile(
    r"^(?:该|本|此|它|其|这|文件|意见|规定|的确|确实)?"
    r"(?:是(?!指)|对(?=的|$)|有(?!关|的|效|序|限|利|些|机)|能(?!源|力|量|耗|效)|会(?!同|议|计|员)|"
    r"应(?!用|急|对)|要(?!求|素|点)|需|还|也|仍|已|可以|正确|属于|允许|包括|确|(?:行|成|算|算数|够|合规|合法|支持|有效)$)"
)
_YES_WORD = re.compile(
    r"可以|能够|应当|应该|必须|需要|允许|属于|正确|确实|的确|均已|都已|已经|"
    r"(?<![但于凡若要就还总即])是(?!指)|(?<![所拥具享占原国私公共持含])有(?!关|效|序|限|利|力|条|机|些)"
)


# A sentence of its own that repeats the question's verb: 交过。开口子。
_SHORT_SENTENCE = re.compile(r"^[\u4e00-\u9fff]{1,4}[。!！]")


def polarity(answer: str) -> Polarity | None:
    """What the answer's first clause says: "yes", "no", or None where it says neither.

    Only the first clause counts, up to the first comma or full stop. A denial beats an affirmation (不可以, 没有).
    """
    text = comparable(answer).lstrip("“\"'")
    clause = _NO_DENIAL.sub("", _CLAUSE_END.split(text, maxsplit=1)[0])
    if _DENIAL.search(clause):
        return "no"
    affirms = _YES_OPENING.search(clause) or _YES_WORD.search(clause) or _SHORT_SENTENCE.search(text)
    return "yes" if affirms else None


def length_bound(reference: str, kind: str) -> int:
    """The most characters an answer may have: max(4 × reference, 300); lists and responsibility max(3 ×, 240)."""
    length = len(normalise(reference))
    return max(3 * length, 240) if kind in _LIST_TYPES else max(4 * length, 300)


def length(answer: str) -> int:
    """Characters of the answer, without marks and white space."""
    return len(comparable(answer))


def strictly_right(
    answer: str,
    *,
    refused: bool,
    key_points: Sequence[Forms],
    forbidden: Sequence[str],
    expected: Polarity | None,
    reference: str,
    kind: str,
) -> bool:
    """Every key point, nothing forbidden, the right polarity, no refusal, and no longer than its bound."""
    return (
        not refused
        and all(points_found(answer, key_points))
        and not forbidden_found(answer, forbidden)
        and (expected is None or polarity(answer) == expected)
        and length(answer) <= length_bound(reference, kind)
    )


def rightly_refused(answer: str, *, refused: bool, contradicted: bool, forbidden: Sequence[str]) -> bool:
    """Of an unanswerable question: refused, or its premise corrected, with nothing forbidden in the text."""
    return (refused or contradicted) and not forbidden_found(answer, forbidden)


def complete(found: Sequence[bool], kind: str) -> bool | None:
    """List completeness: whether an answer to a list question holds every item; None for other questions and for lists
    of fewer than two items. Beside point recall, which a list with one item missing hardly lowers."""
    return all(found) if kind in _LIST_TYPES and len(found) >= 2 else None


_DIGIT = re.compile(r"\d")


def numbers_right(found: Sequence[bool], key_points: Sequence[Forms]) -> tuple[bool, ...]:
    """Number accuracy: of the key points with a digit in one of their forms, whether the answer holds each (whole, not
    inside a longer number: :func:`find_whole`)."""
    numeric = (any(_DIGIT.search(normalise(form)) for form in forms) for forms in key_points)
    return tuple(there for there, is_number in zip(found, numeric, strict=True) if is_number)


def char_f1(answer: str, reference: str) -> float:
    """F1 of the characters that answer and reference share, counted with their repetitions, punctuation aside.

    The F1 of SQuAD (Rajpurkar et al. 2016) over characters in place of words, as CMRC 2018 (Cui et al. 2019) does for
    Chinese; there the longest common run is counted, here the bag of characters as in SQuAD, so that word order is free.
    """
    return _f1_of_bags(_letters(comparable(answer)), _letters(comparable(reference)))


def rouge_l(answer: str, reference: str) -> float:
    """ROUGE-L (Lin 2004) over jieba words: F1 of the longest common subsequence, precision and recall weighing alike."""
    from rapidfuzz.distance import LCSseq

    from index.tokens import segment

    given, wanted = ([w for w in segment(without_marks(text)) if _letters(w)] for text in (answer, reference))
    return _f1(LCSseq.similarity(given, wanted), len(given), len(wanted))


def _letters(text: str) -> list[str]:
    return [c for c in text if c.isalnum() or c in "%‰℃"]


def _f1_of_bags(given: Sequence[str], wanted: Sequence[str]) -> float:
    return _f1(sum((Counter(given) & Counter(wanted)).values()), len(given), len(wanted))


def _f1(shared: int, given: int, wanted: int) -> float:
    """2 P R / (P + R) with P = shared / given and R = shared / wanted."""
    return 2 * shared / (given + wanted) if given and wanted else 0.0


def tokens(usage: Mapping[str, int]) -> int | None:
    """Tokens that a language model has read and written for an answer; None where none was asked."""
    if "total_tokens" in usage:
        return usage["total_tokens"]
    spent = [usage[name] for name in ("input_tokens", "output_tokens") if name in usage]
    return sum(spent) if spent else None


# --- citations -------------------------------------------------------------------------------------------------------


def covers(quote: str, gold: str) -> bool:
    """Whether a citation's quote covers a gold quote.

    It shares at least half of the gold quote's characters in one run (four fifths where gold has under 20) and is no
    longer than max(200, 2 × gold); or it is a piece of the gold quote of 10 characters or more.
    """
    quote, gold = normalise(quote), normalise(gold)
    if len(quote) >= 10 and quote in gold:
        return True
    needed = 0.5 if len(gold) >= 20 else 0.8
    return bool(gold) and len(quote) <= max(200, 2 * len(gold)) and common_run(quote, gold) >= needed * len(gold)


def good_citation(quote: str, golds: Sequence[str], key_points: Sequence[Forms]) -> bool:
    """A quote that covers a gold quote, or is at most 200 characters and holds a key point of 4 characters or more."""
    if any(covers(quote, gold) for gold in golds):
        return True
    text = normalise(quote)
    forms = [normalise(form) for forms in key_points for form in forms]
    return len(text) <= 200 and any(len(form) >= 4 and find_whole(form, text) >= 0 for form in forms)


def citation_precision(quotes: Sequence[str], golds: Sequence[str], key_points: Sequence[Forms]) -> float:
    """Share of an answer's citations that are good; 0 for an answer without any."""
    return _share([good_citation(quote, golds, key_points) for quote in quotes], nothing=0.0)


def citation_recall(quotes: Sequence[str], golds: Sequence[str]) -> float:
    """Share of the gold quotes that some citation covers."""
    return _share([any(covers(quote, gold) for quote in quotes) for gold in golds], nothing=0.0)


def points_supported(answer: str, key_points: Sequence[Forms], quotes: Sequence[str]) -> tuple[bool, ...]:
    """For each key point that the answer holds, whether some citation's quote holds it too."""
    texts = [normalise(quote) for quote in quotes]
    found = [forms for forms, there in zip(key_points, points_found(answer, key_points), strict=True) if there]
    return tuple(any(find_whole(normalise(form), text) >= 0 for form in forms for text in texts) for forms in found)


_RUN = 6  #: characters in one run that are no accident; a shorter text has to stand whole


def span_precision(quotes: Sequence[str], golds: Sequence[str]) -> float:
    """Share of the cited characters that stand in a gold quote; 0 without a citation.

    Precision of evidence by span, as ERASER (DeYoung et al. 2020) counts it by token: how little is cited beside the
    point, where :func:`citation_precision` counts whole citations.
    """
    return _covered(quotes, golds)


def span_recall(quotes: Sequence[str], golds: Sequence[str]) -> float:
    """Share of the gold quotes' characters that are cited; the counterpart of :func:`span_precision`."""
    return _covered(golds, quotes)


def _covered(texts: Sequence[str], by: Sequence[str]) -> float:
    """Share of the characters of ``texts`` that lie in the longest run that each shares with some of ``by``."""
    wholes, others = [normalise(text) for text in texts], [normalise(other) for other in by]
    inside = 0
    for text in wholes:
        held = set[int]()
        for other in filter(None, others):
            start, size = _shared_run(text, other)
            if size >= min(_RUN, len(text), len(other)):
                held.update(range(start, start + size))
        inside += len(held)
    total = sum(map(len, wholes))
    return inside / total if total else 0.0


def _shared_run(text: str, other: str) -> tuple[int, int]:
    """(where in ``text``, length) of the longest run of characters that both hold."""
    if (at := text.find(other)) >= 0:
        return at, len(other)
    if text in other:
        return 0, len(text)
    match = SequenceMatcher(None, text, other, autojunk=False).find_longest_match()
    return match.a, match.size


# A sentence with what belongs to it: closing quotes and brackets, and the marks before or behind its full stop.
_SENTENCE = re.compile(r".+?(?:[。！？!?…]+[”’」』）)】》]*(?:\s*[\[［]\d{1,3}[\]］])*(?=.|$)|$)", re.MULTILINE)
_MARKED = re.compile(r"(?:[\[［]\d{1,3}[\]］]\s*)+[。！？!?；;…”’」』）)】》\s]*$")


def sentences_of(answer: str) -> list[str]:
    """The sentences of an answer with their marks. A line that ends in a colon belongs to the line after it."""
    joined = re.sub(r"([：:])\s*\n\s*", r"\1", answer)
    return [s.strip() for s in _SENTENCE.findall(joined) if normalise(without_marks(s)).strip("。.-*")]


def marked(answer: str, markers: Collection[int]) -> bool:
    """Whether every sentence of the answer ends in marks, and every mark in it has a citation."""
    sentences = sentences_of(answer)
    return (
        bool(sentences)
        and all(_MARKED.search(sentence) for sentence in sentences)
        and {int(number) for number in _MARK.findall(answer)} <= set(markers)
    )


# --- retrieval -------------------------------------------------------------------------------------------------------

#: A passage longer than this counts for nothing: a whole document would hold everything.
LONGEST_PASSAGE = 800


def holds_quote(passage: str, gold: str) -> bool:
    """Whether 60 % of the gold quote's first 200 characters stand in the passage in one run."""
    if len(passage) > LONGEST_PASSAGE:
        return False
    beginning = normalise(gold)[:200]
    return bool(beginning) and common_run(beginning, normalise(passage)) >= 0.6 * len(beginning)


def gold_ranks(passages: Sequence[str], golds: Sequence[str]) -> tuple[int | None, ...]:
    """For each gold quote, the rank (from 1) of the first passage that holds it, None where no passage does."""
    return tuple(
        next((rank for rank, passage in enumerate(passages, 1) if holds_quote(passage, gold)), None) for gold in golds
    )


def any_at(ranks: Sequence[int | None], k: int) -> bool:
    """Whether any gold quote is among the first k passages."""
    return any(rank is not None and rank <= k for rank in ranks)


def share_at(ranks: Sequence[int | None], k: int) -> float:
    """Share of the gold quotes that are among the first k passages: recall@k (Manning et al. 2008, ch. 8)."""
    return _share([rank is not None and rank <= k for rank in ranks], nothing=0.0)


def reciprocal_rank(ranks: Sequence[int | None], k: int = 10) -> float:
    """1 / rank of the first passage that holds any gold quote, 0 beyond the first k; its mean is MRR@k (Voorhees 1999)."""
    found = [rank for rank in ranks if rank is not None and rank <= k]
    return 1 / min(found) if found else 0.0


def ndcg(ranks: Sequence[int | None], k: int = 10) -> float:
    """nDCG@k (Järvelin and Kekäläinen 2002) with binary relevance: each gold quote gains 1 / log2(1 + its rank), against
    gold quotes at ranks 1, 2, 3 …; at most 1 where one passage holds several."""
    gained = sum(1 / math.log2(1 + rank) for rank in ranks if rank is not None and rank <= k)
    ideal = sum(1 / math.log2(1 + rank) for rank in range(1, min(len(ranks), k) + 1))
    return min(1.0, gained / ideal) if ideal else 0.0


# --- numbers ---------------------------------------------------------------------------------------------------------


def percentile(values: Sequence[float], percent: int) -> float:
    """The value below which ``percent`` % lie, interpolated between neighbours."""
    if len(values) == 1:
        return values[0]
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def _share(flags: Sequence[bool], nothing: float) -> float:
    return sum(flags) / len(flags) if flags else nothing
