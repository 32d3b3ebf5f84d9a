"""A language model as judge of answers, by the rubric of prompts/judge.toml; its word stands beside the rules', never in
their place."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, cast

from prompts import prompt
from qa.measures import without_marks
from qa.run import JUDGEMENTS, Key, Run, append, lines

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from qa.evaluation import Row

Verdict = Literal["right", "partly", "wrong"]
VERDICT_NAMES: Mapping[Verdict, str] = {"right": "对", "partly": "部分对", "wrong": "错"}
_TRIES = 2  #: for an output that is no verdict


@dataclass(frozen=True)
class Judgement:
    """What the judge said of one answer; ``verdict`` is None where it said nothing that can be used."""

    verdict: Verdict | None
    reason: str

    @property
    def right(self) -> bool | None:
        """Whether it found the answer right; partly right is not right."""
        return None if self.verdict is None else self.verdict == "right"


def judged(model: BaseChatModel, row: Row) -> Judgement:
    """What a model says of an answer. An output that is no verdict is asked for once more; what is still none, and an
    error of the model, is a judgement without a verdict that tells why."""
    messages = _asked(row)
    said = ""
    for _ in range(_TRIES):
        try:
            said = _text(model.invoke(messages).content)
        except Exception as error:  # whatever a service raises, the other rows are still to be judged
            return Judgement(None, f"裁判模型出错：{type(error).__name__}: {error}")
        found = verdict_in(said)
        if found is not None:
            return found
        messages += [("ai", said), ("human", prompt("judge").words["again"])]
    return Judgement(None, f"裁判模型的输出不是所要的格式：{said[:100]}")


def _asked(row: Row) -> list[tuple[str, str]]:
    turns = "".join(f"\n问：{q}\n答：{a}" for q, a in row.history)
    points = "；".join(" 或 ".join(forms) for forms in row.key_points)
    words = prompt("judge").words
    return prompt("judge").messages(
        history=turns or "无",
        question=row.question,
        answerable=words["unanswerable" if row.answerable is False else "answerable"],
        reference=row.reference or "无",
        points=points or "无",
        answer=without_marks(row.text),
    )


def _text(content: Any) -> str:
    """The words of a message, whose content may be a list of parts."""
    if isinstance(content, str):
        return content
    return "".join(part if isinstance(part, str) else str(part.get("text", "")) for part in content)


_OBJECT = re.compile(r"\{[^{}]*\}", re.DOTALL)
_VERDICT = re.compile(r"\b(right|partly|wrong)\b", re.IGNORECASE)


def verdict_in(output: str) -> Judgement | None:
    """The verdict that a model's output holds: the last JSON object with one, thoughts before it and fences around it
    passed over; else the one word of the three that stands in it. None where there is none, or more than one."""
    said = re.sub(r"<think>.*?(?:</think>|$)", "", output, flags=re.DOTALL)
    for match in reversed(list(_OBJECT.finditer(said))):
        try:
            data = json.loads(match.group(), strict=False)
        except ValueError:
            continue
        verdict = str(data.get("verdict", "")).strip().lower()
        if verdict in VERDICT_NAMES:
            return Judgement(cast("Verdict", verdict), str(data.get("reason", "")).strip())
    words = {word.lower() for word in _VERDICT.findall(said)}
    return Judgement(cast("Verdict", words.pop()), said.strip()[:200]) if len(words) == 1 else None


def judgements_of(run: Run) -> dict[Key, Judgement]:
    """What the judge said of each answer, the last word only."""
    return {
        (line["set"], line["number"]): Judgement(line["verdict"], line["reason"])
        for line in lines(run.folder / JUDGEMENTS)
        if {"set", "number", "verdict", "reason"} <= line.keys()
    }


def judge_run(run: Run, model: BaseChatModel, name: str, progress: Callable[[int, int], None] | None = None) -> int:
    """Has a model judge every answer of a run that it has not judged yet, each judgement on disk when it is made; gives
    how many there are without a verdict. Refusals are not judged: whether one is right the question set says, and no
    meaning is to be compared (small models call every refusal wrong). ``name``: of the model, kept with its words; those of another are not its own."""
    done = {
        (line["set"], line["number"])
        for line in lines(run.folder / JUDGEMENTS)
        if line.get("model") == name and line.get("verdict")
    }
    for number, row in enumerate(run.rows(), 1):
        if (row.set, row.number) not in done and not row.refused:
            said = judged(model, row)
            line = {"set": row.set, "number": row.number, "model": name, "verdict": said.verdict, "reason": said.reason}
            append(run.folder / JUDGEMENTS, line)
        if progress is not None:
            progress(number, run.total)
    return sum(said.verdict is None for said in judgements_of(run).values())
