"""Questions to click on: some to begin with, made from the documents, and some after an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from qa.answer import Answer

if TYPE_CHECKING:
    from qa.bot import PolicyQA

StarterKind = Literal["duty", "reverse_duty", "list", "figure", "definition", "data"]
#: How a page may name the kinds.
KIND_NAMES: dict[StarterKind, str] = {
    "duty": "谁负责",
    "reverse_duty": "部门的任务",
    "list": "有哪些",
    "figure": "数字",
    "definition": "是什么",
    "data": "文件信息",
}


@dataclass(frozen=True)
class Starter:
    """A question that the documents answer."""

    kind: StarterKind
    question: str


def starters(bot: PolicyQA, n: int = 5) -> list[Starter]:
    """Up to ``n`` questions of different kinds and, where there are several, about different documents; each has been
    asked, is not refused and is answered from the place that it was made of. The same for the same documents. Takes
    a second or two: call it in the background and keep the result until the documents change."""
    raise NotImplementedError


def follow_ups(bot: PolicyQA, answer: Answer, history: Sequence[tuple[str, str]] = ()) -> list[str]:
    """Up to three questions that lead on from an answer and that the documents answer, made from their facts; each is
    understood without the conversation, and none was asked in ``history`` or is the answer's own. Milliseconds. After a
    refusal: about the nearest clauses."""
    raise NotImplementedError
