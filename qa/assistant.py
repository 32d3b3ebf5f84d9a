"""A language model at the bot's service: it writes answers, rewrites follow-ups and rewords questions for the search."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from index.tokens import fold, words
from prompts import Prompt, prompt
from qa.answer import Answer
from qa.completions import Completions
from qa.database import DatabaseUnusable
from qa.departments import named_in
from qa.generate import runs_on
from qa.marks import finished, left_out, without_marks
from qa.models import ModelSilent, ModelUnavailable, name_of, open_chat_model, window_of
from qa.orders import unordered
from qa.patterns import LATIN, NUMBER
from qa.question import ASKING_WORDS
from qa.writer import Pace, Writer, Written, heed

if TYPE_CHECKING:
    from pathlib import Path

    from langchain_core.language_models import BaseChatModel

    from qa.settings import Settings

Turn = tuple[str, str]

_log = logging.getLogger(__name__)

_OF_SENTENCES = ("answer", "repair")  #: prompts whose text is sentences, of which none is used that was cut off
_OF_A_TURN = 160  #: characters of an earlier question and of its answer that the model reads
_REWRITTEN, _EXPANDED = 120, 60  #: tokens that rewriting and rewording may take
#: That the search waits for a follow-up put whole, and for other words.
REWRITING_SECONDS, EXPANSION_SECONDS = 10.0, 10.0
UNVERIFIED = "（未核实）"  #: behind a sentence in the text of an answer
_UNPROVED = re.compile(rf"[^。！？!?\n\]]*[。！？!?]?{UNVERIFIED}(?:\[\d+\])*")  #: such a sentence, with its marks
_LINE, _PHRASES = 40, 3  #: characters of the official wording, and how many phrases beside it


@dataclass
class Usage:
    """What the calls for one answer have used."""

    calls: int = 0
    kept: int = 0  #: calls that were answered from what was kept
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    written: str = ""  #: the model's answer as it came
    said: str = ""  #: what the last call wrote, as far as its sentences are whole
    borne: tuple[str, ...] = ()  #: sentences of it that the answer tells, in its words or more fully
    first: float | None = None  #: seconds from the call for the answer to its first text
    seconds: dict[str, float] = field(default_factory=dict)  #: by the name of the prompt
    took: float = 0.0  #: seconds that the last text took when it was written, be that long ago
    heard: bool = False  #: the last call's service has begun to answer
    looped: bool = False  #: the last text was stopped, as it repeated itself

    def tokens(self) -> dict[str, int]:
        """As an Answer tells it."""
        return {
            "calls": self.calls,
            "kept": self.kept,
            "input_tokens": self.input_tokens,
            "output_tokens": self.output_tokens,
            "cached_tokens": self.cached_tokens,
        }

    def told_in(self, answer: Answer) -> Answer:
        """An answer with what has become of the sentences that the model wrote for it."""
        if answer.refused:
            return answer
        if answer.engine == "llm":
            told = (*(s.sentence for s in answer.statements), *self.borne)
            return replace(answer, dropped=left_out(self.written, told))
        note = "语言模型写的没有用上，这是摘录的回答。"
        return replace(answer, notes=(*answer.notes, note), dropped=left_out(self.written, ()))


class Assistant:
    """Makes the calls. May be shared between threads."""

    def __init__(self, writer: Writer, kept: Completions | None = None) -> None:
        self.writer = writer
        self._kept = kept

    @property
    def name(self) -> str:
        """What the model is called, for people."""
        return name_of(self.writer.model)

    def room(self, name: str, tokens: int, **values: str) -> int:
        """Tokens that a prompt leaves free when the answer takes ``tokens``."""
        return self.writer.window - tokens - self.writer.count(prompt(name).messages(**values))

    def stream(
        self,
        name: str,
        usage: Usage,
        cancel: threading.Event | None = None,
        tokens: int | None = None,
        within: float | None = None,
        **values: str,
    ) -> Generator[str, None, None]:
        """The text for a prompt piece by piece, one written before as a whole; ``usage.said`` is what of it can be used.
        ``tokens`` and ``within`` (seconds) bound this call. Raises ModelUnavailable, Cancelled."""
        asked: Prompt = prompt(name)
        messages = asked.messages(**values)
        key = Completions.key(self.writer.fingerprint, asked.fingerprint, messages, tokens)
        found = self._kept.get(key) if self._kept is not None else None
        usage.looped = False
        if found is not None:
            known, usage.took = found
            usage.kept += 1
            usage.seconds[name] = 0.0
            usage.written = known if name == "answer" else usage.written
            usage.said = known
            yield known
            return
        heed(cancel)
        written = Written()
        usage.calls += 1
        try:
            with closing(self.writer.stream(messages, written, cancel, tokens, within)) as pieces:
                for piece in pieces:
                    yield piece
                    usage.looped = runs_on(written.text)
                    if usage.looped:
                        break
        finally:
            usage.input_tokens += written.input_tokens
            usage.output_tokens += written.output_tokens
            usage.cached_tokens += written.cached_tokens
            usage.heard = written.heard
            usage.seconds[name] = usage.took = written.seconds
            broken = usage.looped or (written.broken if name in _OF_SENTENCES else written.cut)
            usage.said = finished(written.text) if broken and name in _OF_SENTENCES else written.text
            if name == "answer":
                usage.first, usage.written = written.first, written.text
        if not written.text.strip():
            raise ModelUnavailable("语言模型什么也没有写；请换个模型，或稍后再试。")
        if usage.looped and not usage.said:
            raise ModelUnavailable("语言模型只是重复自己，一句话也没有写完；请换个模型，或换个问法。")
        if not usage.said:
            raise ModelUnavailable("语言模型一句话也没有写完；请再试一次，或把设置 llm_tokens 调大。")
        if self._kept is not None and not broken:
            self._kept.put(key, written.text, written.seconds)

    def text(
        self,
        name: str,
        usage: Usage,
        cancel: threading.Event | None = None,
        tokens: int | None = None,
        within: float | None = None,
        **values: str,
    ) -> str:
        """The text for a prompt, without a last sentence that was cut off."""
        for _ in self.stream(name, usage, cancel, tokens, within, **values):
            pass
        return usage.said

    def rewrite(
        self, question: str, history: Sequence[Turn], usage: Usage, cancel: threading.Event | None = None
    ) -> str | None:
        """A follow-up as a question that stands alone; None where the model brings in what nobody has said, or fails.

        Raises ModelSilent where its service does not begin to answer: no other call need wait for it."""
        history = [(unordered(asked), unordered(_UNPROVED.sub("", answer))) for asked, answer in history]
        turns = [
            f"问：{' '.join(asked.split())[:_OF_A_TURN]}\n答：{' '.join(without_marks(answer).split())[:_OF_A_TURN]}"
            for asked, answer in history[-3:]
        ]
        room = self.room("followup", _REWRITTEN, history="", question=question)
        while turns and self.writer.size("\n".join(turns)) > room:
            turns = turns[1:]
        if not turns:
            return None
        told = "\n".join(turns)
        try:
            said = self.text("followup", usage, cancel, _REWRITTEN, REWRITING_SECONDS, history=told, question=question)
        except ModelSilent:
            if self.writer.local or usage.heard:  # at work, but slow: the answer has more time
                return None
            raise
        except ModelUnavailable:
            return None
        first = without_marks(said).strip().split("\n", 1)[0]
        rewritten = re.sub(r"^(?:改写(?:后)?(?:的问题)?|问题|追问)[:：]\s*", "", first).strip("“”\"' ")
        return rewritten if stays_with(rewritten, question, history) else None

    def reword(self, question: str, usage: Usage, cancel: threading.Event | None = None) -> tuple[str, ...]:
        """The question in the register of official documents: a line, and key phrases. Empty where the model fails."""
        if self.room("expand", _EXPANDED, question=question) < 0:
            return ()
        try:
            said = self.text("expand", usage, cancel, _EXPANDED, EXPANSION_SECONDS, question=question)
        except ModelUnavailable:
            return ()
        lines = [line.strip(" -*•#：:") for line in without_marks(said).strip().split("\n") if line.strip()]
        phrases = [p.strip() for p in re.split(r"[、，,；;]", lines[1]) if p.strip()] if len(lines) > 1 else []
        official = lines[0][:_LINE] if lines else ""
        return tuple(filter(None, [official, " ".join(phrases[:_PHRASES])]))


def open_assistant(settings: Settings, model: BaseChatModel | None = None) -> Assistant:
    """The language model that the settings name, or the one given, with its bounds. Raises ModelUnavailable."""
    chat = model or open_chat_model(settings.llm, settings)
    pace = Pace(settings.llm_requests_per_minute) if settings.llm_requests_per_minute else None
    writer = Writer(chat, window_of(chat, settings), settings.llm_timeout, settings.llm_retries, pace=pace)
    return Assistant(writer, _completions(settings.data_dir) if settings.llm_cache else None)


def _completions(folder: Path) -> Completions | None:
    """What was written before; None, with a line in the log, where that cannot be opened: it only saves time."""
    try:
        return Completions(folder)
    except DatabaseUnusable as error:
        _log.warning("语言模型写过的不会记下：%s", error)
        return None


def stays_with(rewritten: str, question: str, history: Sequence[Turn]) -> bool:
    """Whether a rewritten question keeps what the follow-up asks and adds only names, figures and words of the talk.

    >>> stays_with("泵站由谁安排资金？", "那泵站呢？", [("河道由谁安排资金？", "市财政局。")])
    True
    >>> stays_with("2030年泵站由谁安排资金？", "那泵站呢？", [("河道由谁安排资金？", "市财政局。")])
    False
    """
    if not 4 <= len(rewritten) <= max(120, 2 * len(question)) or re.search(r"[。\n]", rewritten.rstrip("。")):
        return False
    said = fold(question + "".join(asked + answer for asked, answer in history))
    new, own = fold(rewritten), fold(question)
    if any(found not in said for pattern in (NUMBER, LATIN) for found in pattern.findall(new)):
        return False
    if any(fold(name) not in said for name in named_in(rewritten)):
        return False
    telling = [w for w in words(question) if w not in ASKING_WORDS and len(w) > 1]
    if any(word not in new for word in telling) or any(n not in new for n in NUMBER.findall(own)):
        return False
    added = [w for w in words(rewritten) if w not in ASKING_WORDS and len(w) > 1]
    return not added or sum(word in said for word in added) / len(added) >= 0.8
