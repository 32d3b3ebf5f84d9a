"""The steps of an answer that a language model writes, from what has been found for a question to what is shown."""

from __future__ import annotations

import re
import threading
from collections.abc import Collection, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from index.tokens import fold
from qa.answer import Answer, Event, Support
from qa.assistant import UNVERIFIED, Turn, Usage
from qa.citations import headings_of, quoted
from qa.claim import opening
from qa.compose import compose
from qa.evidence import READ_TO_ANSWER
from qa.extractive import LISTS, WHOLE, Decline, Draft, Span
from qa.followup import depends
from qa.generate import (
    Grounded,
    Item,
    against,
    chosen,
    declines,
    evidence,
    fits,
    frame_of,
    ground,
    joined,
    listed,
    opened,
    parted,
    shared,
)
from qa.marks import Marked, split_marked
from qa.models import ModelUnavailable
from qa.orders import beside_the_answer, orders, unordered
from qa.refusal import explain
from qa.support import support
from qa.writer import Cancelled, beginning

if TYPE_CHECKING:
    from index.entailment import Entailment
    from qa.bot import PolicyQA
    from qa.finding import Found

_SURE = 2.0  #: log odds from which a sentence is taken to answer without a second look
_QUICK = 3.0  #: seconds within which an answer was written that may be mended in part
_ABOUT_AS_GOOD = 0.5  #: log odds by which another sentence may be read to answer less than the draft's
_SAID = 0.8  #: share of a sentence's character pairs from which others say it
_LOCAL_EVIDENCE, _EVIDENCE = 280, 1500  #: tokens of evidence that a model on this machine, or a service, is given
_FULL_WIDTH = dict(zip("?,:;!", "？，：；！", strict=True))
_MARK = re.compile(r"(?<!\d)[,:]|[,:](?!\d)|[?;!]")  #: not those within a figure or a time


@dataclass(frozen=True)
class Asked:
    """A question, what was found for it and what the extractive engine makes of that."""

    found: Found
    outcome: Draft | Decline
    history: Sequence[Turn]
    documents: Collection[str] | None
    filters: Mapping[str, Any] | None

    @property
    def best(self) -> float:
        """Log odds that the best sentence found answers, as the reader has read it."""
        return max((c.odds for c in self.found.candidates if c.tells), default=0.0)

    def again(self, bot: PolicyQA, question: str, history: Sequence[Turn], also: Sequence[str] = ()) -> Asked:
        """The same asked in other words, or searched with others beside them."""
        found = bot.find(question, history, self.documents, self.filters, bot.settings.passages, also=also)
        found = replace(found, question=replace(found.question, asked=self.found.question.asked))
        return replace(self, found=found, outcome=compose(found, bot))


def by_model(
    bot: PolicyQA, asked: Asked, extractive: Answer, timings: dict[str, float], cancel: threading.Event | None
) -> Generator[Event, None, Answer]:
    """Yields the steps, returns the answer: the extractive one, with a note, where the model is of no use. ``timings``
    gets the seconds of each call."""
    usage = Usage()
    try:
        asked = yield from _rewritten(bot, asked, usage, cancel)
        asked = yield from _reworded(bot, asked, usage, cancel)
        if isinstance(asked.outcome, Decline):
            answer = bot.finish(asked.found, asked.outcome)
        else:
            answer = yield from _written(bot, asked, asked.outcome, usage, cancel)
            answer = usage.told_in(answer) if usage.calls or usage.kept else answer
    except ModelUnavailable as error:
        answer = replace(extractive, notes=(*extractive.notes, f"语言模型没有用上，这是摘录的回答：{error}"))
    except Cancelled:
        answer = replace(extractive, notes=(*extractive.notes, "语言模型被停下了，这是摘录的回答。"))
    timings.update(usage.seconds)
    if usage.first is not None:
        timings["first_token"] = usage.first
    name = bot.assistant.name if usage.calls or usage.kept else ""
    return replace(answer, usage=usage.tokens(), model=name)


def _rewritten(
    bot: PolicyQA, asked: Asked, usage: Usage, cancel: threading.Event | None
) -> Generator[Event, None, Asked]:
    """A follow-up put by the model, where the rules' wording of it finds no answer by structure, and the model's a
    better one."""
    question = asked.found.question
    # A small model's wording is worth a try only where the rules' finds nothing.
    settled = isinstance(asked.outcome, Draft) and (asked.outcome.method in WHOLE or bot.assistant.writer.local)
    if not asked.history or not depends(question.asked) or settled:
        return asked
    yield Event("stage", "补全追问")
    own = bot.assistant.rewrite(question.asked, asked.history, usage, cancel)
    if own is None or fold(own) == fold(question.standalone):
        return asked
    other = asked.again(bot, own, ())
    if not isinstance(other.outcome, Draft):
        return asked
    # What the rules' wording had refused needs more than a nearest sentence: it must be read to answer.
    least = READ_TO_ANSWER if isinstance(asked.outcome, Decline) else asked.best
    return other if other.outcome.method in WHOLE or other.best > least else asked


def _reworded(
    bot: PolicyQA, asked: Asked, usage: Usage, cancel: threading.Event | None
) -> Generator[Event, None, Asked]:
    """The search done again with the question in official words beside it, where the first one is not sure."""
    if not bot.settings.llm_expand or not unsure(asked):
        return asked
    yield Event("stage", "换个说法再找")
    question = asked.found.question
    wordings = bot.assistant.reword(question.core, usage, cancel)
    if not wordings:
        return asked
    # The standalone wording, whoever made it, needs no history.
    other = asked.again(bot, question.standalone, (), wordings)
    return other if isinstance(other.outcome, Draft) else asked


def unsure(asked: Asked) -> bool:
    """Whether the search may not have found what answers: nothing strong enough, or one sentence that is not surely read
    as an answer."""
    if isinstance(asked.outcome, Decline):
        return asked.outcome.reason == "weak_evidence"
    return asked.outcome.method not in WHOLE and asked.best < _SURE


def _written(
    bot: PolicyQA, asked: Asked, draft: Draft, usage: Usage, cancel: threading.Event | None
) -> Generator[Event, None, Answer]:
    """The model's answer to what was found: each sentence held to its evidence, nothing of a whole draft lost."""
    assistant, settings, found = bot.assistant, bot.settings, asked.found
    # What asks, without a story around it and without orders to whoever answers.
    question = _MARK.sub(lambda mark: _FULL_WIDTH[mark.group()], found.question.core)
    room = assistant.room("answer", settings.llm_tokens, evidence="", question=question)
    wanted = settings.llm_evidence or (_LOCAL_EVIDENCE if assistant.writer.local else _EVIDENCE)
    items = evidence(draft, found.candidates, assistant.writer.size, min(room, wanted))
    if not items:
        return bot.finish(found, draft)
    shown = listed(items)
    if assistant.writer.size(shown) > room:
        raise ModelUnavailable("问题和原文太长，语言模型的窗口放不下；请把问题写短些，或把设置 llm_window 调大。")
    yield Event("stage", "语言模型在写")
    with closing(assistant.stream("answer", usage, cancel, evidence=shown, question=question)) as pieces:
        for piece in pieces:
            yield Event("token", piece)
    text = usage.said
    yield Event("stage", "核对出处")
    if declines(text):
        # What structure answers the model cannot deny; a sentence it may, where the reader is not sure of it.
        if draft.method in WHOLE or asked.best > _SURE:
            return bot.finish(found, draft)
        nearest = tuple(span for line in draft.lines for span in line.spans)[:3]
        return bot.finish(found, Decline("weak_evidence", explain("weak_evidence"), nearest))
    word, text = parted(text) if "whether" in found.question.kinds else ("", text)
    said = split_marked(chosen(text, items), len(items))
    own = _grounded(bot, asked, draft, said, items)
    kept = _kept(bot, asked, draft, own)
    good = [g for g in kept if g.support == "verified"]
    bad = [g for g in own if g.support != "verified"]
    # Of several sentences one that nothing bears is worth a second call only where that is quickly made; and who has
    # begun to repeat himself would again.
    if not usage.looped and (not good or (bad and usage.took < _QUICK)):
        yield Event("stage", "请语言模型照抄")
        told = "".join(g.text for g in (bad if good else own))
        room = assistant.room("repair", settings.llm_tokens, evidence=shown, question=question, sentences="")
        told = beginning(told, room, assistant.writer.size)
        try:
            again = assistant.text("repair", usage, cancel, evidence=shown, question=question, sentences=told)
        except ModelUnavailable:
            if not good:
                raise
            again = ""
        copied = [] if declines(again) else split_marked(chosen(again, items), len(items))
        mended = [g for g in _grounded(bot, asked, draft, copied, items) if g.support == "verified"]
        kept = _kept(bot, asked, draft, _mended(own, mended) if good else mended) or kept
    answered = joined(kept, draft, question, one_thing=bool({"who", "count", "when", "where"} & found.question.kinds))
    if answered is None:
        return bot.finish(found, draft)
    usage.borne = tuple(g.text for g in kept)
    drafted = parted(draft.lines[0].text)[0]
    if drafted:
        # Weights that were fitted say yes or no better than a model; one that says the contrary has only its reason
        # to give.
        if against(word, drafted) and not any(g.text == line.text for g in kept for line in answered.lines):
            return bot.finish(found, draft)
        # The word goes before its own reason, which a model may have put behind something else.
        because = max(answered.lines, key=lambda line: shared(line.text, draft.lines[0].text))
        lines = (because, *(line for line in answered.lines if line is not because))
        answered = replace(answered, lines=lines, contradicts=draft.contradicts)
        return _by_llm(bot, asked, opened(drafted, answered), draft)
    # A small model says yes to anything: of its yes half was wrong, of its no one in eight (39 yes/no questions).
    # Nor is it said before a sentence that the model did not give as its reason.
    reason = (
        bool(word and kept and said) and kept[0].text == said[0].text and not (opening(word) and assistant.writer.local)
    )
    if reason and fits(word, found.question.core, kept[0].text, [quoted(s, 0, bot).quote for s in kept[0].spans]):
        answered = opened(word, answered)
    return _by_llm(bot, asked, answered, draft)


def _by_llm(bot: PolicyQA, asked: Asked, answered: Draft, draft: Draft) -> Answer:
    """The answer that a draft with sentences of the model gives; those that nothing bears say so, where they are shown.

    The whole quotes may bear less than what the model was given of them, without its orders.
    """
    answer = bot.finish(asked.found, answered)
    if bot.settings.unverified != "mark":
        drafted = {line.text for line in draft.lines}
        stays = [
            line.text in drafted or statement.support != "unverified"
            for line, statement in zip(answered.lines, answer.statements, strict=True)
        ]
        left = tuple(line for line, stands in zip(answered.lines, stays, strict=True) if stands)
        if len(left) < len(answered.lines):
            if all(line.text in drafted for line in left):
                return bot.finish(asked.found, draft)
            return _by_llm(bot, asked, replace(answered, lines=left), draft)
    text = ""
    for statement in answer.statements:
        doubt = UNVERIFIED if statement.support == "unverified" else ""
        text += f"{statement.sentence}{doubt}{''.join(f'[{n}]' for n in statement.markers)}"
    return replace(answer, text=text, engine="llm")


def _mended(own: Sequence[Grounded], mended: Sequence[Grounded]) -> list[Grounded]:
    """The model's sentences with what it has copied in the place of the first that nothing bears, but for what the
    others say; as they are where it has copied nothing."""
    good = [g for g in own if g.support == "verified"]
    said = "".join(g.text for g in good)
    fresh = [g for g in mended if shared(g.text, said) < _SAID]
    if not fresh:
        return list(own)
    first = next(n for n, g in enumerate(own) if g.support != "verified")
    return [*own[:first], *fresh, *(g for g in own[first:] if g.support == "verified")]


def _kept(bot: PolicyQA, asked: Asked, draft: Draft, own: Sequence[Grounded]) -> list[Grounded]:
    """The sentences that may be shown and that answer: those that rest on what the draft rests on, and others that the
    reader takes for an answer, or for one as good as the draft's, but none beside a complete list. A true sentence beside
    the point is no answer."""
    drafted = {span for line in draft.lines for span in line.spans}
    read = {c.span: c.odds for c in asked.found.candidates if c.tells}
    least = min(0.0, max((read[span] for span in drafted if span in read), default=0.0) - _ABOUT_AS_GOOD)
    kept = []
    for sentence in own:
        if sentence.support != "verified" and bot.settings.unverified != "mark":
            continue
        if not drafted.intersection(sentence.spans):
            if draft.method in LISTS:
                continue
            if bot.reader is not None:
                # As the model puts it, or where it stands in its document.
                alone = float(bot.reader.odds(asked.found.question.core, [("", sentence.text)])[0])
                if max([alone, *(read[span] for span in sentence.spans if span in read)]) < least:
                    continue
        kept.append(sentence)
    return kept


def _grounded(
    bot: PolicyQA, asked: Asked, draft: Draft, said: Sequence[Marked], items: Sequence[Item]
) -> list[Grounded]:
    """The sentences of a model, but for questions, each with the evidence that bears it and how well."""
    question = asked.found.question
    answering = {span for line in draft.lines for span in line.spans}
    answering |= {c.span for c in asked.found.candidates if c.tells and c.odds > 0}

    @cache
    def cited(span: Span) -> tuple[str, tuple[str, ...]]:
        """A quote as the model was given it, and the names above it; each is checked against many times."""
        citation = quoted(span, 0, bot)
        return unordered(citation.quote), headings_of(citation)

    def check(sentence: str, spans: Sequence[Span], frame: str, entailment: Entailment | None = None) -> Support:
        headings = [*(words for span in spans for words in cited(span)[1]), frame]
        return support(sentence, [cited(span)[0] for span in spans], headings, entailment)

    frame = frame_of(question.core, question.kinds)
    # No question answers, a row of a table is no sentence, and no order of a document is passed on.
    told = [m for m in said if not (m.text.endswith(("？", "?")) or "|" in m.text or orders(m.text))]
    read = partial(check, entailment=bot.entailment) if bot.entailment else None
    # A small model says that two things are the same, and yes, as easily as the contrary: there nothing is lifted.
    borne = [ground(marked, items, check, frame, answering, read, lifts=bool(frame)) for marked in told]
    return [g for g in borne if not beside_the_answer(g.text, [cited(span)[0] for span in g.spans])]
