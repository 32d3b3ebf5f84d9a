"""A language model tried out: one question over clauses made up for it, and how fast it answers."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.marks import split_marked

if TYPE_CHECKING:
    from qa.assistant import Assistant

CLAUSES = (
    "第六条 渡船应当按照核定载客人数的百分之一百一十配备救生衣。",
    "第七条 遇有大雾或者六级以上大风，渡口经营者应当停止渡运；恢复渡运，须经乡镇人民政府同意。",
    "第八条 市交通运输局对配备卫星定位终端的渡船给予每艘三千元补助。",
)
QUESTION = "什么天气要停止渡运？"
_ANSWERS, _SAYS = 2, ("大雾", "大风")  #: the clause that answers, and what of it an answer has to say


@dataclass(frozen=True)
class Trial:
    """What a model has answered, and how fast."""

    text: str
    right: bool  #: it says what the clause says
    marked: bool  #: it names the number of the clause
    loading: float  #: seconds until a model on this machine was in memory
    first: float  #: seconds from then to the first text
    seconds: float  #: and to the end
    tokens: int  #: of the answer
    asked: int = 0  #: tokens of the prompt; 0 where the model does not say

    @property
    def speed(self) -> float | None:
        """Tokens a second once the first one is there; None where the text came all at once."""
        return self.tokens / (self.seconds - self.first) if self.seconds - self.first > 0.05 else None


def try_out(assistant: Assistant, cancel: threading.Event | None = None) -> Trial:
    """Asks the model, whatever it has written before. Raises ModelUnavailable, qa.writer.Cancelled."""
    from qa.assistant import Assistant, Usage

    writer, usage = assistant.writer, Usage()
    began = time.monotonic()
    if writer.local:
        writer.size(QUESTION)  # loads it
    loaded = time.monotonic()
    evidence = "\n".join(f"[{n}] {clause}" for n, clause in enumerate(CLAUSES, 1))
    text = Assistant(writer).text("answer", usage, cancel, evidence=evidence, question=QUESTION)
    return Trial(
        text=text,
        right=all(word in text for word in _SAYS),
        marked=any(_ANSWERS in sentence.marks for sentence in split_marked(text, len(CLAUSES))),
        loading=loaded - began,
        first=usage.first or 0.0,
        seconds=usage.seconds["answer"],
        tokens=usage.output_tokens or writer.size(text),
        asked=usage.input_tokens,
    )
