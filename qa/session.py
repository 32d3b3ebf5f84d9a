"""A talk: questions that lean on earlier ones, kept within bounds, written down and taken up again."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa import os_errors
from qa.answer import Answer, Event
from qa.marks import without_marks
from qa.memory import remembered

if TYPE_CHECKING:
    from qa.bot import PolicyQA

_VERSION = 1


class SessionUnreadable(ValueError):
    """A file holds no talk of ours. The message is Chinese and names the next step."""


class Session:
    """One talk with a bot. Earlier turns are remembered as far as ``memory`` tokens go, the last one always.

    Not to be shared between threads.
    """

    def __init__(self, bot: PolicyQA, memory: int = 2000) -> None:
        self.bot = bot
        self.memory = memory
        self.answers: list[Answer] = []  #: of all turns, in order, with the citations as they were given

    @property
    def history(self) -> list[tuple[str, str]]:
        """The last (question, answer) turns, in order, that the memory holds; answers without their marks."""
        return remembered([(answer.question, without_marks(answer.text)) for answer in self.answers], self.memory)

    def ask(self, question: str, **scope: Any) -> Answer:
        """As ``PolicyQA.ask``, with this talk as history."""
        answer = self.bot.ask(question, self.history, **scope)
        self.answers.append(answer)
        return answer

    def stream(self, question: str, **scope: Any) -> Iterator[Event]:
        """As ``PolicyQA.stream``, with this talk as history. A question whose answer was not waited for is no turn."""
        for event in self.bot.stream(question, self.history, **scope):
            if event.kind == "answer":
                self.answers.append(event.data)
            yield event

    def clear(self) -> None:
        """Forget every turn."""
        self.answers.clear()

    def save(self, path: str | Path) -> None:
        """Write the talk as JSON; a file that is there is replaced at once, never left half."""
        path = Path(path)
        data = {"version": _VERSION, "answers": [answer.to_dict() for answer in self.answers]}
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        part.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
        part.replace(path)

    @classmethod
    def load(cls, path: str | Path, bot: PolicyQA, memory: int = 2000) -> Session:
        """The talk of a file, its answers and citations as they were given. Raises SessionUnreadable."""
        session = cls(bot, memory)
        try:
            data = json.loads(Path(path).read_text(encoding="utf-8-sig"))
            if data["version"] != _VERSION:
                raise SessionUnreadable(f"{path} 是别的版本写的对话；请升级 policyqa，或换一个文件。")
            session.answers = [Answer.from_dict(answer) for answer in data["answers"]]
        except OSError as error:
            raise SessionUnreadable(f"读不了对话 {path}：{os_errors.told(error)}。请检查路径。") from error
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            if isinstance(error, SessionUnreadable):
                raise
            raise SessionUnreadable(f"{path} 不是 policyqa 保存的对话。请换一个文件名，或把它移开。") from error
        return session
