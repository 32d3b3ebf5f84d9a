"""Two things that a question sets side by side, each told from the one document that speaks of both."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.document import SourceDocument
from index.tokens import fold, words
from qa.disputes import is_weak, whole_first
from qa.evidence import Candidate
from qa.extractive import MAX_CHARACTERS, Draft, Line, after_in_line, closed, lines_of, past_preamble

if TYPE_CHECKING:
    from qa.finding import Finder, Found

_NAME = r"\"?[^,，、\"。?？:：和与跟]{2,14}?\"?"
_AND = r"(?:和|与|跟|、)"
_EACH = (
    r"各自|各(?:是|为|靠|讲|说|要|有|指|冲|用)|分别|(?:讲|说|指|写)的(?:是不是|是|都是)?(?:一回事|同一|一个意思)"
    r"|有(?:什么|何|啥)(?:不同|区别|不一样)|一个.{1,20}一个"
)
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        # 车联网在甲和乙里都出现了，各自…
        rf"(?P<topic>[^,，在]{{2,12}})在(?P<one>{_NAME}){_AND}(?P<other>{_NAME})(?:两[条项处个章节部分]+)?(?:里面?|中|上|下面?|当中)(?P<rest>.*)",
        # 甲的追溯和乙的追溯，说的是一回事吗
        rf"(?:^|[,，:：])(?P<one>{_NAME})的?(?P<topic>[^,，的]{{2,8}}){_AND}(?P<other>{_NAME})的?(?P=topic)(?P<rest>[,，].*)",
        # 甲和乙这两条，分别…
        rf"(?:^|[,，:：])(?P<one>{_NAME}){_AND}(?P<other>{_NAME})(?:这?两[条项点处个件块者种][^,，]{{0,4}}|[,，])(?P<rest>.*)",
    )
)
_FIGURES = re.compile(r"多少|几[个项条家]|更[多少高低大]|谁|哪(?:个|家|些)?部门|牵头|负责")
#: What compares: without it a question asks of one side what it asks of both.
_COMPARING = re.compile(
    rf"(?:里面?|中)?都(?:出现|提到|写|有)了?|{_EACH}|[,，]?(?:这|那)?两[条项点处个件块者种]|[吗呢?？]"
)
_DOCUMENTS = 2  #: that are looked at
_NAMED = 0.6  #: share of what a name says that a sentence, or a heading above it, has to hold
_OWN, _TOPIC = 3.0, 3.0  #: what holding all of the name, and of what is said of both, counts for in the score


@dataclass(frozen=True)
class Pair:
    """What a question sets side by side."""

    names: tuple[str, str]
    topic: str  #: what it asks about in both
    asked: str  #: what it asks of each


def pair_in(core: str) -> Pair | None:
    """The two things of a folded question that asks the same of each.

    >>> pair_in("灯塔在航道和码头里都出现了,各自为的是什么?")
    Pair(names=('航道', '码头'), topic='灯塔', asked='为的是什么')
    """
    if _FIGURES.search(core) or not re.search(_EACH, core):
        return None
    for shape in _SHAPES:
        found = shape.search(core)
        if found is not None:
            names = (found["one"].strip('"'), found["other"].strip('"'))
            asked = _COMPARING.sub("", found["rest"]).strip(",，、 ")
            return Pair(names, found.groupdict().get("topic") or "", asked)
    return None


def answer_sides(found: Found, bot: Finder) -> Draft | None:
    """A sentence for each of two things, of one document that speaks of both, the official one first; None where the
    question sets no two things side by side, and where no document speaks of both."""
    pair = pair_in(fold(found.question.core))
    if pair is None or len(found.mentions) > 1 or "duty" in found.question.kinds:
        return None
    own = [_own_words(name, other) for name, other in (pair.names, pair.names[::-1])]
    near = dict.fromkeys(c.document for c in found.candidates)
    documents = [
        d for d in whole_first(near) if all(own) and all(any(word in fold(d.text) for word in mine) for mine in own)
    ]
    documents.sort(key=lambda d: (bool(found.probe.hinted) and d.doc_id not in found.probe.hinted, is_weak(d.header)))
    for document in documents[:_DOCUMENTS]:
        chosen: list[Candidate] = []
        for name, mine in zip(pair.names, own, strict=True):
            apart = bot.find(f"{name}，{pair.topic}{pair.asked}", documents=[document.doc_id])
            best = _best(past_preamble(pair.asked, apart.candidates), mine, set(words(pair.topic)), chosen)
            if best is not None:
                chosen.append(best)
        if len(chosen) == 2 and sum(len(c.text) for c in chosen) <= MAX_CHARACTERS:
            return Draft(tuple(lines_of([[c] for c in chosen])), method="compare")
    return None


def _own_words(name: str, other: str) -> set[str]:
    """The words of one thing that are not the other's, too."""
    return {word for word in words(name) if len(word) > 1 and word not in other}


def _best(
    candidates: Sequence[Candidate], own: Collection[str], topic: Collection[str], chosen: Sequence[Candidate]
) -> Candidate | None:
    """The best sentence that speaks of what is asked about in both; without that the best one that names its own thing or
    stands below a heading that does."""

    def share(parts: Collection[str], text: str) -> float:
        return sum(part in text for part in parts) / len(parts) if parts else 0.0

    best: tuple[float, Candidate] | None = None
    for candidate in candidates:
        if not candidate.tells or candidate in chosen:
            continue
        said = fold(candidate.text)
        above = "".join(fold(s.title) for s in candidate.document.upwards(candidate.section))
        # A thing that a sentence only mentions is not what it speaks of.
        named, spoken = max(share(own, above), share(own, said) * (candidate.odds > 0)), share(topic, said)
        if spoken if topic else named >= _NAMED:
            worth = candidate.score + _OWN * named + _TOPIC * spoken
            best = max(best, (worth, candidate), key=lambda b: b[0]) if best else (worth, candidate)
    return best[1] if best is not None else None


#: A sentence that says that things differ and not yet how: …，但从第三步起有所不同。
_ONLY_DIFFERS = re.compile(
    r"(?:(?:出现|发生|有|产生)了?(?:[较很大一定明显根本些所]{0,4}的?)?(?:变化|改变|不同|差异|差别|区别|分歧)|(?:有所|明显|大为|并不|完全|各不?相?)(?:不同|不一样|区别))。$"
)
_ASKS_HOW_DIFFERENT = re.compile(
    r"不同|不一样|区别|差别|差异|差在|变(?:成|为|了)|换(?:成|上|了)|改(?:成|为)|后面|后[几两三四]|异同|对比|相比|[跟与和同][^,，]{1,14}比"
)
_ONE_MORE = 230  #: characters of the sentence that says how


def with_what_differs(draft: Draft, core: str, document_of: Callable[[str], SourceDocument]) -> Draft:
    """A draft with the sentence behind one that says only that things differ, whole, in the place of its pieces."""
    if draft.method not in ("sentences", "compare") or not _ASKS_HOW_DIFFERENT.search(core):
        return draft
    at = next((i for i, line in enumerate(draft.lines) if _ONLY_DIFFERS.search(line.text)), None)
    if at is None:
        return draft
    doc_id, _, end = draft.lines[at].spans[-1]
    text = document_of(doc_id).text
    after = after_in_line(text, end)[:1]
    if not after or after[0][1] - after[0][0] > _ONE_MORE or not _GOES_ON_ABOUT.search(text[slice(*after[0])]):
        return draft
    start, stop = after[0]
    kept = [
        line
        for line in draft.lines[at + 1 :]
        if line.text != draft.lines[at].text
        and not any(d == doc_id and a < stop and start < b for d, a, b in line.spans)
    ]
    how = Line(closed(text[start:stop]), ((doc_id, start, stop),))
    return replace(draft, lines=(*draft.lines[: at + 1], how, *kept))


#: ... which has to name a step, a side or a way of its own.
_GOES_ON_ABOUT = re.compile(
    r"第[一二三四五六七八九十\d]|前者|后者|原来|过去|由.{1,20}(?:变|改|转)|变为|变成|改为|转为|而是|而.{1,12}则|其中|一方面|表现[为在]|在于|主要是"
)
