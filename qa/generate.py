"""An answer in a language model's words: numbered evidence in, sentences out that the evidence bears."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from index.tokens import fold
from prompts import prompt
from qa.answer import Support
from qa.citations import without_footnotes
from qa.claim import opening, read_claim
from qa.departments import named_in
from qa.evidence import Candidate
from qa.extractive import MAX_CHARACTERS, WHOLE, Draft, Line, Span, closed
from qa.marks import Marked, numbers_of, without_marks
from qa.orders import unordered
from qa.patterns import LATIN, NUMBER
from qa.verdict import verdict
from qa.verdict_shared import about_the_same
from qa.verdict_words import denials

#: How well spans of the documents bear a sentence, which may use the words of a frame beside theirs.
Check = Callable[[str, Sequence[Span], str], Support]

#: Evidence beyond the draft: so many sentences, none that ranks so far below the best.
_MOST, _FAR = 6, 4.0
#: A sentence of the draft that is longer is named to the model by its beginning; the whole stands in the answer anyway.
_LONG = 90
#: Share of a sentence's character pairs from which another is taken to say it.
_SAYS, _SAYS_WHOLE = 0.5, 0.75
_READ = 2  #: pieces of evidence that a sentence without marks is read beside
#: What follows from figures of several pieces is reckoned anew by the check.
_RECKONED = re.compile("(?:两[者项年]|二者)?(?:合计|共计|总计|总共|一共|共|相差|差)")
_WHOLE_CLAUSE = 4  #: fewest characters of a clause that says something by itself
_PART = 0.8  #: ... from which it says no more than a part of another


@dataclass(frozen=True)
class Item:
    """A numbered piece of evidence: as the model reads it, and the spans of the documents that it stands for."""

    text: str
    spans: tuple[Span, ...]
    place: str = ""  #: heading that it stands below, or title of its document


def evidence(draft: Draft, ranked: Sequence[Candidate], size: Callable[[str], int], budget: int) -> tuple[Item, ...]:
    """What the model is given: the sentences of the extractive draft, then the next best, within ``budget`` tokens.

    ``size``: tokens of a text. What gives orders to whoever reads it is left out.
    """
    items: list[Item] = []
    used = 0
    taken: list[Span] = []
    for line in draft.lines:
        told = unordered(line.text)
        if not told:
            continue
        items.append(Item(_brief(told), line.spans))
        used += size(items[-1].text)
        taken += line.spans
        if used > budget:
            break
    least = max((c.score for c in ranked), default=0.0) - _FAR
    for candidate in ranked:
        if len(items) >= max(_MOST, 1 + len(draft.lines)):
            break
        span = candidate.span
        if not candidate.tells or candidate.score < least or any(_overlap(span, other) for other in taken):
            continue
        told = unordered(candidate.text)
        cost = size(told)
        if used + cost > budget or not told:
            continue
        items.append(Item(_line(told), (span,), _place(candidate)))
        used += cost
        taken.append(span)
    return tuple(items)


def _brief(text: str) -> str:
    """A long list by what leads in to it; anything else as it is."""
    head, colon, rest = text.partition("：")
    return f"{head}（清单另附）。" if colon and len(text) > _LONG and len(head) < _LONG and rest else _line(text)


def _line(text: str) -> str:
    """Text of a document on one line, without what would read as a mark of ours."""
    return without_footnotes(" ".join(text.split()))


def _place(candidate: Candidate) -> str:
    section = candidate.section
    names = candidate.document.path(section) if section is not None else ()
    return unordered(_line(names[-1] if names else candidate.document.header.title))[:24]


def _overlap(one: Span, other: Span) -> bool:
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]


def listed(items: Sequence[Item]) -> str:
    """The evidence as the prompt shows it, a numbered line for each."""
    return "\n".join(
        f"[{n}] " + (f"（{item.place}）" if item.place else "") + item.text for n, item in enumerate(items, 1)
    )


def declines(text: str) -> bool:
    """Whether a model's answer says that the evidence does not hold what is asked."""
    opening = fold(text.strip())[:24]
    return any(opening.startswith(fold(words)) for words in prompt("answer").words["none"])


def chosen(text: str, items: Sequence[Item]) -> str:
    """A model's copy of the evidence; where it gives nothing but numbers, what stands behind them.

    >>> chosen("[2]", [Item("甲负责。", ()), Item("乙参与。", ())])
    '乙参与。[2]'
    """
    if re.search(r"[\u4e00-\u9fff]", without_marks(text)):
        return text
    numbers = [n for n in numbers_of(text) if 1 <= n <= len(items)]
    return "".join(f"{closed(items[n - 1].text)}[{n}]" for n in numbers[:2])


def runs_on(text: str) -> bool:
    """Whether a text has begun to repeat itself without end, as small models do.

    >>> runs_on("甲、乙、" * 8), runs_on("由甲、乙、丙、丁负责")
    (True, False)
    """
    return any(text.endswith(text[-size:] * 5) for size in range(2, 25) if len(text) >= 5 * size)


# --- which evidence bears a sentence ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Grounded:
    """A sentence of the model with the spans that bear it best, and how well."""

    text: str
    spans: tuple[Span, ...]
    support: Support
    frame: str = ""  #: words of the question that it needs for that
    read: bool = False  #: what the rules find nowhere was read to be borne


def ground(
    sentence: Marked,
    items: Sequence[Item],
    check: Check,
    frame: str = "",
    answering: Collection[Span] = (),
    read: Check | None = None,
    lifts: bool = True,
) -> Grounded:
    """The sentence with the evidence that bears it: what its marks name, else what else does.

    Marks of a model are a hint: it forgets them, and it may name the wrong number. A model likes to repeat the question
    in its answer; so a sentence may use the words of ``frame`` beside one of the spans ``answering``, which are known
    to answer that question: what they leave open is only what the frame asks. ``read`` sees more in other words than
    ``check`` and is mistaken otherwise: what either doubts is not verified, but for what ``check`` finds nowhere, which
    ``read`` may find in what is marked, or nearest, if it ``lifts``.
    """
    best = Grounded(sentence.text, (), "unverified")
    near = sorted(items, key=lambda item: -shared(sentence.text, item.text))
    marked = [items[n - 1] for n in sentence.marks]
    for pieces in _choices(marked, near):
        spans = _spans_of(pieces)
        level = check(sentence.text, spans, "")
        if level == "verified" and not _clause_by_clause(sentence.text, pieces, check):
            level = "unverified"
        if level == "verified" and read is not None:
            level = read(sentence.text, spans, "")
        if level == "verified":
            return Grounded(sentence.text, _needed(sentence.text, spans, check), level)
        if level == "partial" and best.support == "unverified" or not best.spans:
            best = Grounded(sentence.text, spans, level)
    # One piece of evidence alone: of two, a frame would let the sentence say of the one what the other says.
    for item in near if frame else ():
        if (
            set(item.spans) <= set(answering)
            and check(sentence.text, item.spans, frame) == "verified"
            and (read is None or read(sentence.text, item.spans, frame) == "verified")
        ):
            return Grounded(sentence.text, item.spans, "verified", frame)
    if read is not None and lifts:
        for pieces in [marked] if marked else [[item] for item in near[:_READ]]:
            spans = _spans_of(pieces)
            if read(sentence.text, spans, "") == "verified":
                return Grounded(sentence.text, _needed(sentence.text, spans, read), "verified", read=True)
    return best


def _spans_of(pieces: Sequence[Item]) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(span for item in pieces for span in item.spans))


def _choices(marked: Sequence[Item], near: Sequence[Item]) -> Iterable[Sequence[Item]]:
    """Evidence to try for a sentence: as marked, each alone, two together. ``near``: what shares most with it first."""
    if marked:
        yield marked
    for item in near:
        if [item] != marked:
            yield [item]
    yield from combinations(near[:3], 2)


def _clause_by_clause(text: str, pieces: Sequence[Item], check: Check) -> bool:
    """Whether each clause of a sentence is borne, at least in part, by one of several pieces of evidence alone: with the
    subject of one and the predicate of another it would say what neither does."""
    clauses = [c for c in re.split("[，,；;：:]", text) if len(c) >= _WHOLE_CLAUSE and not _RECKONED.match(c)]
    return len(pieces) < 2 or all(
        any(check(clause, piece.spans, "") != "unverified" for piece in pieces) for clause in clauses
    )


def _needed(text: str, spans: tuple[Span, ...], check: Check) -> tuple[Span, ...]:
    """The spans without those that a sentence does without; the last ones go first."""
    kept = spans
    for span in reversed(spans):
        fewer = tuple(s for s in kept if s != span)
        if fewer and check(text, fewer, "") == "verified":
            kept = fewer
    return kept


_NUMERALS = re.compile(
    r"[\d%％]+|[一二两三四五六七八九十百千万亿]+(?=[个项条类种大家份成倍年月日次章节部点方级期批名位户元])"
)


def frame_of(question: str, kinds: Collection[str]) -> str:
    """The words of a question that its answer may repeat: no figures, and none where two things are told apart, since
    there they say which of the two is meant."""
    return "" if {"compare", "whether"} & set(kinds) else _NUMERALS.sub("", question)


def shared(text: str, other: str) -> float:
    """Share of the pairs of neighbouring characters of ``text`` that ``other`` holds; 0-1."""
    pairs, there = _pairs(text), fold(other)
    return sum(pair in there for pair in pairs) / len(pairs) if pairs else 0.0


def _pairs(text: str) -> set[str]:
    runs = re.findall(r"[\u4e00-\u9fffa-z\d]+", fold(text))
    return {run[i : i + 2] for run in runs for i in range(len(run) - 1)}


# --- model and draft together ----------------------------------------------------------------------------------------


_QUOTED = re.compile(r"[“《]([^“”《》]{2,40})[”》]")


def says(said: str, line: str, least: float, *, names: bool = False) -> bool:
    """Whether ``said`` says what ``line`` does: its figures and departments, and most of its words; with ``names`` also
    all that stands there in quotation marks."""
    there = fold(said)
    if names and any(fold(name) not in there for name in _QUOTED.findall(line)):
        return False
    figures = all(found in there for pattern in (NUMBER, LATIN) for found in pattern.findall(fold(line)))
    departments = set(named_in(line)) <= set(named_in(said))
    return figures and departments and shared(line, said) >= least


def joined(own: Sequence[Grounded], draft: Draft, asked: str = "", *, one_thing: bool = False) -> Draft | None:
    """The model's sentences, and what of the draft they leave out; None where none of the model's is of use.

    What structure gives (a list, who is responsible, a date) is complete, and stays so: what the model has dropped
    of it is put back in the draft's words. So is the sentence that the draft begins with: it was chosen by weights
    that were fitted to find answers, and a model that has passed it over has mostly gone astray. A sentence of the
    draft takes the place of those of the model that say only a part of it. ``asked``: the question, whose words no
    answer need repeat; ``one_thing``: whether it asks for a name, a figure or a date, which alone answers it.
    """
    draft = replace(draft, lines=tuple(replace(line, text=unordered(line.text)) for line in draft.lines))
    kept = [g for g in own if not any(against(g.text, line.text) for line in draft.lines[:1])]
    if all(g.support == "unverified" for g in kept):
        return None
    lines = [Line(g.text, g.spans, g.frame, g.read) for g in kept]
    size = sum(len(line.text) for line in lines)
    for line in draft.lines:
        if not line.text or _told(line, kept, draft, asked, one_thing=one_thing):
            continue
        parts = [n for n, own_line in enumerate(lines) if _part_of(own_line, line)]
        if parts:
            at = 0 if opening(line.text) is not None else parts[0]
            lines = [own_line for n, own_line in enumerate(lines) if n not in parts]
            lines.insert(at, line)
        elif draft.method in WHOLE or line is draft.lines[0] or size + len(line.text) <= MAX_CHARACTERS:
            lines.insert(0 if opening(line.text) is not None else len(lines), line)
            size += len(line.text)
    return replace(draft, lines=tuple(lines), method="llm")


def _told(line: Line, own: Sequence[Grounded], draft: Draft, asked: str, *, one_thing: bool) -> bool:
    """Whether the model's sentences tell what a line of the draft does."""
    said, word = "".join(g.text for g in own), parted(line.text)[0]
    told = line.text.removeprefix(word)
    if draft.method in WHOLE or word:
        if says(said, told, _SAYS_WHOLE, names=draft.method in WHOLE):
            return True
        # A part of the reason for a yes or no is one only where it answers in the same way.
        reason = word and any(set(g.spans) & set(line.spans) and fits(word, asked, g.text, []) for g in own)
        return bool(reason) and not _adds(told, said + asked, one_thing=True)
    same = any(set(g.spans) & set(line.spans) for g in own)
    return says(said, told, _SAYS) or (same and not _adds(told, said + asked, one_thing=one_thing))


#: A clause that limits what is said beside it.
_LIMITS = re.compile(
    r"除[^，。；]+外|^但|^如果?(?!何|下)|的$|仅限|只限|须经|^经|(?:以上|以下|以内)$|不(?:超过|低于|少于|高于)|至少|最[多高低长]"
)


def _adds(line: str, said: str, *, one_thing: bool) -> bool:
    """Whether a line has a figure, a name, a condition or an item of a list that is not said; where more than one thing
    is asked for, or anything else."""
    there = fold(said)
    if not says(said, line, 0.0, names=True) or any(fold(n) not in there for n in _NUMERALS.findall(line)):
        return True
    items = [item for item in re.split("[、；]", line) if item]
    clauses = [c for c in re.split("[，。；：]", line) if c]
    limiting = [c for c in clauses if not one_thing or _LIMITS.search(c)]
    return any(shared(text, said) < _SAYS for text in (*limiting, *(items if len(items) > 2 else ())))


def _part_of(own: Line, line: Line) -> bool:
    """Whether a sentence of the model says a part of what a line of the draft does, in its words."""
    return bool(set(own.spans) & set(line.spans)) and shared(own.text, line.text) >= _PART


def parted(text: str) -> tuple[str, str]:
    """A model's answer as the yes or no that it opens with, comma included, and the rest: which of the two it is,
    support does not show, since either fits every quote.

    >>> parted("不能，学校不得收费。[1]"), parted("是的。[1]"), parted("学校不得收费。")
    (('不能，', '学校不得收费。[1]'), ('是的，', '[1]'), ('', '学校不得收费。'))
    """
    word = re.match(r"\s*([^，,。\[【]{1,8})[，,。]", text)
    if word is None or opening(f"{word.group(1)}，") is None:
        return "", text
    return f"{word.group(1).strip()}，", text[word.end() :]


def fits(word: str, question: str, sentence: str, quotes: Sequence[str]) -> bool:
    """Whether a yes or no may stand before a sentence as its answer to a question: what the rules make of the sentence
    or of its quotes is the same; where they make nothing of them, the sentence denies where the word does, and under a
    yes has words of what is asked.

    >>> fits("能，", "学校能不能收费？", "学校不得收费。", []), fits("不能，", "学校能不能收费？", "学校不得收费。", [])
    (False, True)
    """
    yes = opening(word)
    for text in (sentence, *quotes):
        settled = verdict(question, text)
        if settled is not None:
            return yes is not settled[1]
    claim, said = read_claim(question), fold(sentence)
    denies = denials(said) > 0
    return (denies is claim.denies and about_the_same(claim, said)) if yes else denies or claim.denies


def opened(word: str, draft: Draft) -> Draft:
    """A draft whose first line begins with a yes or no, unless it begins with one already. A no denies what is asked."""
    first = draft.lines[0]
    if not word or opening(first.text) is not None:
        return draft
    lines = (replace(first, text=word + first.text), *draft.lines[1:])
    return replace(draft, lines=lines, contradicts=draft.contradicts or not opening(word))


def against(word: str, other: str) -> bool:
    """Whether one text opens with a yes and the other with a no."""
    return None not in (opening(word), opening(other)) and opening(word) != opening(other)
