"""A chat model that says what a test wants it to say. No network, no model."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.language_models.chat_models import generate_from_stream
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.messages.ai import UsageMetadata
from langchain_core.outputs import ChatGenerationChunk, ChatResult


class ScriptedChat(BaseChatModel):
    """Chat model that answers by a function of the prompt, a few characters at a time, and remembers what it was asked."""

    script: Callable[[str], str]  #: from the last message to the answer
    pause: float = 0.0  #: seconds before each piece
    fails: int = 0  #: so many calls fail first
    error: Any = ConnectionError("refused")
    ends: str = ""  #: why the text ends, as a service says
    asked: list[list[BaseMessage]] = []
    stopped: bool = False  #: the last stream was closed before its end

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _generate(self, messages: list[BaseMessage], stop: Any = None, run_manager: Any = None, **_: Any) -> ChatResult:
        return generate_from_stream(self._stream(messages, stop, run_manager))

    def _stream(
        self, messages: list[BaseMessage], stop: Any = None, run_manager: Any = None, **_: Any
    ) -> Iterator[ChatGenerationChunk]:
        self.asked.append(messages)
        if self.fails > 0:
            self.fails -= 1
            raise self.error
        text = self.script(str(messages[-1].content))
        pieces = [text[i : i + 4] for i in range(0, len(text), 4)]
        self.stopped = True
        for piece in pieces:
            time.sleep(self.pause)
            yield ChatGenerationChunk(message=AIMessageChunk(content=piece))
        self.stopped = False
        used = UsageMetadata(input_tokens=100, output_tokens=len(pieces), total_tokens=100 + len(pieces))
        end = AIMessageChunk(content="", usage_metadata=used, chunk_position="last")
        end.response_metadata = {"finish_reason": self.ends} if self.ends else {}
        yield ChatGenerationChunk(message=end)
