"""The steps of an answer that a language model writes, from what has been found for a question to what is shown."""

from __future__ import annotations

import threading
from collections.abc import Collection, Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from index.tokens import fold
from qa.answer import Answer, Event
from qa.assistant import Turn, Usage
from qa.compose import compose
from qa.extractive import WHOLE, Decline, Draft, Span
from qa.followup import depends
from qa.generate import Grounded, Item, declines, evidence, ground, joined, listed
from qa.marks import split_marked
from qa.models import ModelUnavailable
from qa.refusal import explain
from qa.support import support
from qa.writer import Cancelled

if TYPE_CHECKING:
    from qa.bot import Found, PolicyQA

_SURE = 2.0  #: log odds from which a sentence is taken to answer without a second look
_LOCAL_EVIDENCE, _EVIDENCE = 280, 1500  #: tokens of evidence that a model on this machine, or a service, is given


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
            answer = usage.told_in(answer)
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
    """A follow-up put by the model, where that finds a better answer than the rules' wording of it."""
    question = asked.found.question
    if not asked.history or not depends(question.asked):
        return asked
    yield Event("stage", "补全追问")
    own = bot.assistant.rewrite(question.asked, asked.history, usage, cancel)
    if own is None or fold(own) == fold(question.standalone):
        return asked
    other = asked.again(bot, own, ())
    better = isinstance(other.outcome, Draft) and (isinstance(asked.outcome, Decline) or other.best > asked.best)
    return other if better else asked


def _reworded(
    bot: PolicyQA, asked: Asked, usage: Usage, cancel: threading.Event | None
) -> Generator[Event, None, Asked]:
    """The search done again with the question in official words beside it, where the first one is not sure."""
    if not bot.settings.llm_expand or not _unsure(asked):
        return asked
    yield Event("stage", "换个说法再找")
    question = asked.found.question
    wordings = bot.assistant.reword(question.core, usage, cancel)
    if not wordings:
        return asked
    # The standalone wording, whoever made it, needs no history.
    other = asked.again(bot, question.standalone, (), wordings)
    return other if isinstance(other.outcome, Draft) else asked


def _unsure(asked: Asked) -> bool:
    if isinstance(asked.outcome, Decline):
        return asked.outcome.reason == "weak_evidence"
    return asked.outcome.method not in WHOLE and asked.best < _SURE


def _written(
    bot: PolicyQA, asked: Asked, draft: Draft, usage: Usage, cancel: threading.Event | None
) -> Generator[Event, None, Answer]:
    """The model's answer to what was found: each sentence held to its evidence, nothing of a whole draft lost."""
    assistant, settings, found = bot.assistant, bot.settings, asked.found
    question = found.question.standalone
    room = assistant.room("answer", settings.llm_tokens, evidence="", question=question)
    wanted = settings.llm_evidence or (_LOCAL_EVIDENCE if assistant.writer.local else _EVIDENCE)
    items = evidence(draft, found.candidates, assistant.writer.size, min(room, wanted))
    shown = listed(items)
    yield Event("stage", "语言模型在写")
    text = ""
    for piece in assistant.stream("answer", usage, cancel, evidence=shown, question=question):
        text += piece
        yield Event("token", piece)
    yield Event("stage", "核对出处")
    if declines(text):
        # What structure answers the model cannot deny; a sentence it may, where the reader is not sure of it.
        if draft.method in WHOLE or asked.best > _SURE:
            return bot.finish(found, draft)
        nearest = tuple(span for line in draft.lines for span in line.spans)[:3]
        return bot.finish(found, Decline("weak_evidence", explain("weak_evidence"), nearest))
    own = _grounded(bot, text, items)
    if own and all(g.support == "unverified" for g in own):
        yield Event("stage", "请语言模型改写")
        told = "".join(g.text for g in own)
        again = assistant.text("repair", usage, cancel, evidence=shown, question=question, sentences=told)
        mended = [] if declines(again) else _grounded(bot, again, items)
        own = [g for g in mended if g.support == "verified"] or own
    kept = [g for g in own if g.support == "verified" or settings.unverified == "mark"]
    whole = joined(kept, draft)
    return bot.finish(found, draft) if whole is None else replace(bot.finish(found, whole), engine="llm")


def _grounded(bot: PolicyQA, text: str, items: Sequence[Item]) -> list[Grounded]:
    """The sentences of a model's text, each with the evidence that bears it and how well."""

    def quote(span: Span) -> str:
        doc_id, start, end = span
        return bot.document(doc_id).text[start:end]

    return [ground(sentence, items, quote, support) for sentence in split_marked(text, len(items))]
