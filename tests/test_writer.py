"""A chat model within bounds: deadline, retries, cancellation, tokens."""

from __future__ import annotations

import threading
import time
from types import SimpleNamespace

import pytest

from fake_model import ScriptedChat
from qa.models import ModelUnavailable
from qa.writer import Cancelled, Writer, Written, tokens_at_most

ASK = [("system", "你回答问题。"), ("human", "问题：谁负责？")]


def writer(chat: ScriptedChat, timeout: float = 5.0, retries: int = 2) -> Writer:
    return Writer(chat, window=1000, timeout=timeout, retries=retries, wait=0.01)


class Refused(Exception):
    def __init__(self, status_code: int, message: str = "") -> None:
        super().__init__(message)
        self.status_code = status_code


def test_the_text_comes_piece_by_piece_and_is_counted() -> None:
    written = Written()
    pieces = list(writer(ScriptedChat(script=lambda _: "市财政局负责[1]。")).stream(ASK, written))
    assert pieces == ["市财政局", "负责[1", "]。"]
    assert (written.text, written.input_tokens, written.output_tokens) == ("市财政局负责[1]。", 100, 3)
    assert written.first is not None and written.first <= written.seconds


def test_a_service_that_is_busy_is_asked_again() -> None:
    chat = ScriptedChat(script=lambda _: "好。", fails=2, error=Refused(429))
    written = Written()
    assert "".join(writer(chat).stream(ASK, written)) == "好。"
    assert len(chat.asked) == 3


def test_a_wrong_key_is_not_tried_again_and_never_told() -> None:
    chat = ScriptedChat(script=lambda _: "好。", fails=9, error=Refused(401, "bad key sk-secret"))
    with pytest.raises(ModelUnavailable, match="密钥") as caught:
        list(writer(chat).stream(ASK, Written()))
    assert len(chat.asked) == 1
    assert "sk-secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (Refused(404), "没有这个模型"),
        (Refused(500), "HTTP 500"),
        (ConnectionError(), "连不上"),
        (KeyError("x"), "KeyError"),
    ],
)
def test_what_is_wrong_is_told_with_the_next_step(error: Exception, told: str) -> None:
    with pytest.raises(ModelUnavailable, match=told):
        list(writer(ScriptedChat(script=lambda _: "", fails=9, error=error), retries=1).stream(ASK, Written()))


def test_a_model_that_says_nothing_in_time_is_given_up() -> None:
    started = time.monotonic()
    with pytest.raises(ModelUnavailable, match="0.2 秒"):
        list(writer(ScriptedChat(script=lambda _: "慢。", pause=3), timeout=0.2).stream(ASK, Written()))
    assert time.monotonic() - started < 2


def test_cancelling_ends_the_work() -> None:
    chat = ScriptedChat(script=lambda _: "很长的回答" * 100, pause=0.02)
    cancel, written = threading.Event(), Written()
    with pytest.raises(Cancelled):
        for _ in writer(chat).stream(ASK, written, cancel):
            cancel.set()
    time.sleep(0.3)
    assert chat.stopped and len(written.text) < 100


def test_closing_the_iterator_ends_the_work() -> None:
    chat = ScriptedChat(script=lambda _: "很长的回答" * 100, pause=0.02)
    stream = writer(chat).stream(ASK, Written())
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    time.sleep(0.2)
    assert chat.stopped


def test_tokens_are_never_counted_too_low() -> None:
    # Qwen's tokenizer takes 0.6 tokens a character here; a byte-level one could take one for each.
    assert tokens_at_most("国务院关于推进行动的意见") == 12
    assert tokens_at_most("Internet Plus 2015") == 9


def test_a_prompt_is_counted_with_what_stands_around_its_messages() -> None:
    assert writer(ScriptedChat(script=str)).count(ASK) == sum(tokens_at_most(t) + 8 for _, t in ASK)


def test_a_model_in_this_process_is_asked_for_its_tokens() -> None:
    own = SimpleNamespace(
        engine=1, get_token_ids=lambda text: list(range(3)), get_num_tokens_from_messages=lambda messages: 42
    )
    local = Writer(own, window=1000, timeout=1, retries=0)  # type: ignore[arg-type]
    assert (local.local, local.size("任何文字"), local.count(ASK)) == (True, 3, 42)
