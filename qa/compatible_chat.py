"""A service that speaks OpenAI's protocol and is not OpenAI's. Imported only where its client is installed."""

from __future__ import annotations

from typing import Any

from langchain_openai import ChatOpenAI


class CompatibleChat(ChatOpenAI):
    """Bounds the answer by ``max_tokens``: the newer name that OpenAI asks for is unknown to many other servers, and
    some pass over it without a word."""

    def _get_request_payload(self, input_: Any, *, stop: list[str] | None = None, **kwargs: Any) -> dict[str, Any]:
        payload: dict[str, Any] = super()._get_request_payload(input_, stop=stop, **kwargs)
        if "max_completion_tokens" in payload:
            payload["max_tokens"] = payload.pop("max_completion_tokens")
        return payload
