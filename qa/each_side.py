"""The same question asked of each side of a comparison: what it asks of one, and what answers that."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.labels import without_label
from index.tokens import fold, words
from qa.evidence import Candidate
from qa.extractive import Decline, Draft, Line, lines_of, past_preamble
from qa.first_sentence import HARDLY
from qa.question import kinds_of

if TYPE_CHECKING:
    from qa.finding import Finder, Found

Answering = Callable[["Found", "Finder"], Draft | Decline]  #: what answers a question once sentences are found

#: Words that compare: without them a question asks of one side what it asks of both.
_COMPARES = re.compile(
    r"(?:之间|各自|分别)?(?:有|存在)?(?:什么|啥|哪些|何)?的?(?:不同|区别|差别|差异|不一样|两样|异同|出入)(?:之处)?(?:在哪里?|是什么)?(?:吗|呢)?"
    r"|(?:是不是|是否|都)*(?:一样|相同|一致)(?:吗|么|不|嘛|的)*(?=[?？]?$)|(?:相)?比(?:较|起来|一下)|(?:哪(?:个|边|家|头|一个|种|年)|谁)(?:的)?(?P<what>[^,，?？]{0,6}?)(?:更|比较)?(?:[多少高低大小快慢贵早晚长短]|便宜|划算)(?:一?[点些])?(?=[,，?？]|$)|(?:哪(?:个|边|家|头|一个|种|年)|谁)(?:的)?(?:更)?(?:[多少高低大小快慢贵早晚长短]|便宜|划算)(?:一?[点些])?|(?<![时价利温落])差(?:在哪里?|了?多少)|各自|分别|各(?=[是为有占达要按]?(?:多少|几(?!级|类)|多[久长大高]))|[,，]?(?:说的)?是(?:不是)?一回事吗?"
)


_OF_SIDE = 3  #: characters that a question about one side has at least


_OF_A_SIDE = 150  #: characters that one side of a comparison is told in, lines beyond the first left out


def bare_side(text: str) -> str:
    """A question without the words that compare: what it asks of one side alone."""
    return _COMPARES.sub(lambda said: said["what"] or "", text).strip("，,、？? ")


def told_apart(asked: Sequence[tuple[str, Collection[str] | None]], bot: Finder, answer: Answering) -> list[list[Line]]:
    """The lines that answer each question, asked of its documents, or the one that answers all of them; none where one finds
    nothing or the same as some other."""
    if bot.reading is None:
        return []
    sides = [_asking(bare_side(text), text) for text, _ in asked]
    heard: list[list[Line]] = []
    own: list[list[str]] = []
    for side, (_, documents) in zip(sides, asked, strict=True):
        others = {word for other in sides if other != side for word in words(other)}
        own.append([word for word in dict.fromkeys(words(side)) if len(word) > 1 and word not in others])
        lines = of_side(side, documents, bot, answer, others) if len(side) >= _OF_SIDE else []
        if not lines:
            return []
        heard.append(lines)
    together = list(dict.fromkeys(line for lines in heard for line in lines))
    told = [
        _of_it(mine, lines, together) if kinds_of(side) & {"count", "when"} else lines
        for side, mine, lines in zip(sides, own, heard, strict=True)
    ]
    if all(lines[0].spans == told[0][0].spans for lines in told):
        one = max((lines[0] for lines in told), key=lambda line: len(line.text))
        of_all = all(not mine or any(word in fold(one.text) for word in mine) for mine in own)
        return [[one]] if of_all else []  # one sentence tells them all
    said = [line.text for lines in told for line in lines]
    return told if len(set(said)) == len(said) else []


def _asking(side: str, text: str) -> str:
    """What is asked of one side, as a question for a figure where that is what the comparison asks for."""
    bare = len(side) >= _OF_SIDE and not kinds_of(side)
    return f"{side}是多少" if bare and ASKS_MEASURE.search(text) else side


ASKS_MEASURE = re.compile(
    r"多少|几[个天年岁元名]|差距|(?:哪(?:个|边|家|一个|种|年)?|谁)[^,，?？]{0,4}?(?:[多高低大快慢贵早晚长短]|便宜|划算)|[多高低大快慢贵]还是"
)


def _of_it(own: Sequence[str], lines: Sequence[Line], together: Sequence[Line]) -> list[Line]:
    """Of the lines that were told of one side those that name it best; where none does, that of another side which does."""

    def named(line: Line) -> int:
        return sum(word in fold(line.text) for word in own)

    among = lines if any(map(named, lines)) else [line for line in together if named(line)] or lines
    most = max(map(named, among))
    return [line for line in among if named(line) == most]


def of_own(found: Sequence[Candidate], own: set[str], others: set[str]) -> list[Candidate]:
    """The sentences for one side: none that tells what another side does or has to. Where there are such, the rule is
    told side by side, and those with the side itself for a subject come first."""
    kept = [c for c in found if not is_about(c.text, others - own) or _is_subject(c.text, own - others)]
    if len(kept) == len(found):
        return kept
    return sorted(kept, key=lambda c: not (is_about(c.text, own - others) and c.score > found[0].score - _NEAR))


def _is_subject(text: str, own: Collection[str]) -> bool:
    """Whether what a sentence begins with, before what is to be done, names a side: 稳定就业外来务工人员，, of 外来务工人员."""
    subject = re.split("[,，;；。：:]|应当|可以|必须|不得|[为对由向给]", without_label(fold(text)))[0]
    mine = [word for word in own if len(word) > 1]
    return bool(mine) and any(word in subject for word in mine)


_NEAR = 3.0  #: how far below the best sentence one may be scored that has the side for its subject


def is_about(text: str, names: Collection[str]) -> bool:
    """Whether a sentence begins with one of some words, or with a noun that ends in one.

    >>> is_about("（二）用船单位不服的，应当起诉。", {"单位"}), is_about("船员和单位均可起诉。", {"单位"})
    (True, False)
    """
    begun = without_label(fold(text))
    return any(len(word) > 1 and re.match(f"[^,，。;；和与、的]{{0,2}}{re.escape(word)}", begun) for word in names)


def of_side(
    side: str, documents: Collection[str] | None, bot: Finder, answer: Answering, others: Collection[str] = ()
) -> list[Line]:
    """What answers a question about one side of a comparison; empty where nothing does. ``others``: the words of the
    questions about the other sides."""
    apart = bot.find(side, documents=documents, all_versions=documents is not None)
    apart = replace(
        apart,
        question=replace(apart.question, kinds=apart.question.kinds - {"compare"}),
        candidates=tuple(of_own(past_preamble(side, apart.candidates), {*words(side)}, {*others})),
    )
    if not apart.candidates:
        return []
    draft = answer(apart, bot)
    if not isinstance(draft, Draft):
        best = next((c for c in apart.candidates if c.tells), None)
        return [] if best is None or best.odds < HARDLY else list(lines_of([[best]]))
    used = 0
    lines: list[Line] = []
    for line in draft.lines:
        used += len(line.text)
        if lines and used > _OF_A_SIDE:
            break
        lines.append(line)
    return lines
