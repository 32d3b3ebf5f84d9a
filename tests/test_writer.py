"""A chat model within bounds: deadline, retries, cancellation, tokens."""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from fake_model import ScriptedChat
from qa.models import ModelUnavailable
from qa.writer import Cancelled, Pace, Writer, Written, tokens_at_most

ASK = [("system", "你回答问题。"), ("human", "问题：谁负责？")]


def writer(chat: ScriptedChat, timeout: float = 5.0, retries: int = 2) -> Writer:
    return Writer(chat, window=1000, timeout=timeout, retries=retries, wait=0.01)


class Refused(Exception):
    def __init__(self, status_code: int, message: str = "", retry_after: str = "") -> None:
        super().__init__(message)
        self.status_code = status_code
        self.response = SimpleNamespace(headers={"retry-after": retry_after})


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


def test_a_busy_service_is_given_the_time_that_it_asks_for() -> None:
    chat = ScriptedChat(script=lambda _: "好。", fails=1, error=Refused(429, retry_after="0.4"), asked=[])
    started = time.monotonic()
    assert "".join(writer(chat).stream(ASK, Written())) == "好。"
    assert 0.4 <= time.monotonic() - started < 3


def test_a_service_that_asks_for_more_time_than_there_is_is_not_waited_for() -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(minutes=10), usegmt=True)
    chat = ScriptedChat(script=lambda _: "好。", fails=1, error=Refused(429, retry_after=later), asked=[])
    started = time.monotonic()
    with pytest.raises(ModelUnavailable, match=r"要求 (\d+) 秒后"):
        list(writer(chat).stream(ASK, Written()))
    assert time.monotonic() - started < 1 and len(chat.asked) == 1


def test_a_wrong_key_is_not_tried_again_and_never_told() -> None:
    chat = ScriptedChat(script=lambda _: "好。", fails=9, error=Refused(401, "bad key sk-secret"))
    with pytest.raises(ModelUnavailable, match="密钥") as caught:
        list(writer(chat).stream(ASK, Written()))
    assert len(chat.asked) == 1
    assert "sk-secret" not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (Refused(404), "没有这个模型"),
        (Refused(500), "HTTP 500"),
        (ConnectionError(), "连不上"),
        (KeyError("x"), "KeyError"),
        (Refused(400, "This model's maximum context length is 100 tokens"), "太长"),
        (Refused(413), "太长"),
        (Refused(400), "模型名"),
        (Refused(402), "余额"),
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


def test_a_reader_that_pauses_loses_nothing_that_was_written_in_time() -> None:
    written = Written()
    stream = writer(ScriptedChat(script=lambda _: "市财政局负责[1]。"), timeout=0.3).stream(ASK, written)
    read = [next(stream)]
    time.sleep(0.6)
    assert "".join([*read, *stream]) == "市财政局负责[1]。"
    assert written.seconds < 0.3  # the pause was not the model's


def test_a_model_that_writes_on_after_its_time_is_stopped() -> None:
    chat, read = ScriptedChat(script=lambda _: "很长的回答" * 100, pause=0.02), []
    with pytest.raises(ModelUnavailable, match="0.2 秒"):
        for piece in writer(chat, timeout=0.2).stream(ASK, Written()):
            read.append(piece)
            time.sleep(0.05)  # there is always something in the queue
    assert len(read) < 30


def test_the_seconds_are_told_however_a_call_ends() -> None:
    def seconds_of(end: Callable[[Any, threading.Event], Any], **of_chat: Any) -> float:
        cancel, written = threading.Event(), Written()
        stream = writer(ScriptedChat(script=lambda _: "很长的回答" * 100, **of_chat), 0.3, 0).stream(
            ASK, written, cancel
        )
        with suppress(ModelUnavailable, Cancelled):
            next(stream)
            time.sleep(0.1)
            end(stream, cancel)
            list(stream)
        return written.seconds

    ends = [lambda stream, _: stream.close(), lambda _, cancel: cancel.set(), lambda *_: None]
    assert all(seconds_of(end, pause=0.02) >= 0.1 for end in ends)
    assert seconds_of(ends[2], pause=3) >= 0.3


def test_what_is_cancelled_is_not_begun() -> None:
    chat, cancel = ScriptedChat(script=lambda _: "好。", asked=[]), threading.Event()
    cancel.set()
    with pytest.raises(Cancelled):
        list(writer(chat).stream(ASK, Written(), cancel))
    assert not chat.asked


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
    stream.close()
    time.sleep(0.2)
    assert chat.stopped


def test_tokens_are_never_counted_too_low() -> None:
    # Qwen's tokenizer takes 0.6 tokens a character here; a byte-level one could take one for each.
    assert tokens_at_most("国务院关于推进行动的意见") == 12
    assert tokens_at_most("Internet Plus 2015") == 11  # a digit is a token
    # What a tokenizer has no token for it writes as bytes.
    for rare in ("𠮷𡈽𩸽龘靐齉", "😀👩‍👩‍👧‍👦🇨🇳", "①②㈠", "กขฃ", "囍彧昶"):
        assert tokens_at_most(rare) == len(rare.encode())
    assert tokens_at_most("（一）“乡”、《办法》；ＡＢ１") == 15


def test_a_prompt_is_counted_with_what_stands_around_its_messages() -> None:
    assert writer(ScriptedChat(script=str)).count(ASK) == sum(tokens_at_most(t) + 8 for _, t in ASK)


def test_a_model_in_this_process_is_asked_for_its_tokens() -> None:
    own = SimpleNamespace(
        engine=1, get_token_ids=lambda text: list(range(3)), get_num_tokens_from_messages=lambda messages: 42
    )
    local = Writer(own, window=1000, timeout=1, retries=0)  # type: ignore[arg-type]
    assert (local.local, local.size("任何文字"), local.count(ASK)) == (True, 3, 42)


def test_a_model_that_cannot_count_or_be_known_is_told() -> None:
    def broken(*_: Any) -> Any:
        raise OverflowError("sk-secret")

    own = SimpleNamespace(
        engine=1, get_token_ids=broken, get_num_tokens_from_messages=broken, _identifying_params=None, _llm_type="x"
    )
    local = Writer(own, window=1000, timeout=1, retries=0)  # type: ignore[arg-type]
    for call in (lambda: local.size("任何文字"), lambda: local.count(ASK), lambda: local.fingerprint):
        with pytest.raises(ModelUnavailable, match="policyqa model test"):
            call()


# --- what is no answer ------------------------------------------------------------------------------------------------


def said_of(text: str, ends: str = "") -> tuple[list[str], Written]:
    written = Written()
    return list(writer(ScriptedChat(script=lambda _: text, ends=ends)).stream(ASK, written)), written


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<think>原文说的是甲。\n应该答甲。</think>\n\n甲负责[1]。", "甲负责[1]。"),
        ("<think>想了很久，没有想完", ""),
        ("先想一想：是甲。</think>甲负责[1]。", "甲负责[1]。"),  # the template has begun the thought
        ("3<5，甲<think>嗯</think>负责<", "3<5，甲负责<"),
    ],
)
def test_what_a_model_thinks_is_no_answer(text: str, said: str) -> None:
    assert said_of(text)[1].text == said


def test_what_a_model_thinks_is_not_streamed() -> None:
    pieces, _ = said_of("<think>原文说的是甲。</think>甲负责[1]。")
    assert "".join(pieces) == "甲负责[1]。"


def test_what_a_terminal_obeys_and_no_encoding_holds_is_left_out() -> None:
    assert said_of("\x1b]0;x\x07甲\u202e负责\ud800。\r\n好。")[1].text == "]0;x甲负责。\n好。"


@pytest.mark.parametrize(
    ("text", "ends", "broken"),
    [
        ("甲负责。乙不得参", "length", True),
        ("甲负责。", "content_filter", True),
        ("甲负责。乙不得参", "", True),  # the connection was lost
        ("甲负责。", "", False),
        ("甲负责[1]", "", False),
        ("甲负责", "stop", False),
    ],
)
def test_a_text_that_was_cut_off_is_told_from_a_finished_one(text: str, ends: str, broken: bool) -> None:
    assert said_of(text, ends)[1].broken == broken


# --- how often --------------------------------------------------------------------------------------------------------


def paced(chat: ScriptedChat, pace: Pace, timeout: float) -> Writer:
    return Writer(chat, window=1000, timeout=timeout, retries=0, pace=pace)


def test_the_first_requests_of_a_minute_do_not_wait_and_the_others_are_not_sent() -> None:
    chat, pace = ScriptedChat(script=lambda _: "好。", asked=[]), Pace(2)
    started = time.monotonic()
    for _ in range(2):
        list(paced(chat, pace, 5).stream(ASK, Written()))
    with pytest.raises(ModelUnavailable, match="每分钟 2 次.*llm_requests_per_minute"):
        list(paced(chat, pace, 5).stream(ASK, Written()))
    assert time.monotonic() - started < 1 and len(chat.asked) == 2


def test_a_request_waits_for_its_turn_within_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.writer._MINUTE", 0.3)
    chat, pace = ScriptedChat(script=lambda _: "好。", asked=[]), Pace(1)
    started = time.monotonic()
    for _ in range(2):
        assert list(paced(chat, pace, 5).stream(ASK, Written())) == ["好。"]
    assert 0.3 <= time.monotonic() - started < 2


def test_waiting_for_a_turn_can_be_cancelled() -> None:
    chat, pace, cancel = ScriptedChat(script=lambda _: "好。", asked=[]), Pace(1), threading.Event()
    list(paced(chat, pace, 5).stream(ASK, Written()))
    threading.Timer(0.1, cancel.set).start()
    started = time.monotonic()
    with pytest.raises(Cancelled):
        list(paced(chat, pace, 300).stream(ASK, Written(), cancel))
    assert time.monotonic() - started < 2 and len(chat.asked) == 1


def test_a_bound_of_tokens_is_passed_as_the_model_knows_it() -> None:
    class AsOllama(ScriptedChat):
        """Takes no ``max_tokens``: its client raises TypeError."""

        num_predict: int = 400
        bounds: list[int] = []

        def _stream(self, messages: Any, stop: Any = None, run_manager: Any = None) -> Any:  # type: ignore[override]
            self.bounds.append(self.num_predict)
            return super()._stream(messages)

    chat = AsOllama(script=lambda _: "好。", bounds=[])
    for tokens in (60, None):
        assert list(writer(chat, retries=0).stream(ASK, Written(), tokens=tokens)) == ["好。"]
    assert chat.bounds == [60, 400]


def test_a_model_is_known_by_its_class_its_place_and_its_file(tmp_path: Path) -> None:
    class Elsewhere(ScriptedChat):
        base_url: str = ""

    class Filed(ScriptedChat):
        model_path: Path

    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "model.gguf").write_bytes(b"x")
    models = [
        ScriptedChat(script=str),
        Elsewhere(script=str, base_url="http://a/v1"),
        Elsewhere(script=str, base_url="http://b/v1"),
        *(Filed(script=str, model_path=tmp_path / name / "model.gguf") for name in ("one", "two")),
    ]
    known = {writer(model).fingerprint for model in models}
    (tmp_path / "one" / "model.gguf").write_bytes(b"another")
    assert len(known | {writer(models[3]).fingerprint}) == 6
