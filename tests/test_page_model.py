"""The page and the language model: the draft while it writes, stopping it, its key, and who may choose it."""

from __future__ import annotations

import io
import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from docx import Document

from answers import ANSWER
from fake_model import ScriptedChat
from fakes import HashEmbedder, OverlapReader
from qa import PolicyQA
from qa.answer import Answer
from qa.export import plain_copy, to_docx, to_json, to_markdown
from qa.settings import Settings
from qa.trial import Trial, try_out
from test_page import EVIL, must_be_harmless
from web import model_choice
from web.chat import Chat, Talk
from web.desk import Desk, everybody_is_admin
from web.evidence_view import evidence_html
from web.model_choice import chosen_key, chosen_model, open_chosen, service_of
from web.preferences import Preferences, trial_html
from web.visits import StillAtWork, Visits

PLAN = """甲市修路方案
甲政发〔2024〕7号

一、重点任务
（一）修路。新建通村公路120公里。（交通运输局牵头，财政局参与）
（二）治水。完成河道清淤35公里。（水务局负责）

甲市人民政府
2024年3月5日
"""
ROADS = "修路由哪些部门负责？"
SAID = "修路由交通运输局牵头[1]。"
INVENTED = "共安排资金90亿元[1]。"
KEY = "sk-0123456789abcdef"
WINDOW = SimpleNamespace(username="王芳", session_hash="w1")

Choose = Callable[..., tuple[Desk, Talk]]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    folder = tmp_path_factory.mktemp("plan")
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    return PolicyQA.open([folder / "plan.txt"], folder / "index", embedder=HashEmbedder(), reader=OverlapReader())


@pytest.fixture
def desk_with(plain: PolicyQA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Choose:
    """A desk whose program has a scripted model, and a conversation that asks it."""
    monkeypatch.setattr(Desk, "documents_changed", lambda _desk: None)  # no questions to begin with

    def made(chat: ScriptedChat, **choices: Any) -> tuple[Desk, Talk]:
        settings = plain.settings.model_copy(update={"data_dir": tmp_path, "llm_cache": False})
        desk = Desk(plain.with_settings(settings, chat), tmp_path, everybody_is_admin)
        return desk, Talk(choices={"engine": "llm", **choices})

    return made


def scripted(*said: str, **more: Any) -> ScriptedChat:
    return ScriptedChat(script=lambda _asked: "".join(said), asked=[], **more)


def asked(desk: Desk, talk: Talk, question: str = ROADS) -> Iterator[tuple[Any, ...]]:
    event = SimpleNamespace(_data={"question": question})
    return Chat(desk).ask(talk, event, WINDOW)  # type: ignore[arg-type]


def answer_of(desk: Desk, talk: Talk, question: str = ROADS) -> Answer:
    *_, last = asked(desk, talk, question)
    answer: Answer = last[0].turns[-1].answer
    return answer


def form(**fields: Any) -> dict[str, Any]:
    return {"engine": "llm", "unverified": "mark", "passages": 10, "strictness": "normal", "service": "own", **fields}


def saved(desk: Desk, talk: Talk, request: Any = WINDOW, **fields: Any) -> tuple[Talk, str]:
    event = SimpleNamespace(_data=form(**fields))
    changed, html, _ = Preferences(desk).change(talk, event, request)  # type: ignore[arg-type]
    return changed, html


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.preferences.tell", lambda _text: None)  # messages need a request that is being served


# --- from the draft to the answer


def test_the_draft_is_there_first_then_the_models_text_then_the_checked_answer(
    desk_with: Choose, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.chat._RETRY", 0.0)
    desk, talk = desk_with(scripted(SAID, INVENTED), unverified="drop")
    *steps, last = asked(desk, talk)
    pictures = [step[2] for step in steps]
    draft = next(n for n, html in enumerate(pictures) if "语言模型正在写" in html)
    assert "交通运输局" in pictures[draft] and "还没有核对" not in pictures[draft]
    assert 'id="card-1-1"' in steps[draft][3], "the sources of the draft are in the column beside it"
    writing = [html for html in pictures if "还没有核对" in html]
    assert "修路由交" in writing[0] and "90亿元" not in writing[0] and "90亿元" in writing[-1]

    turn = last[1]
    assert "语言模型（scripted）写，逐句核对" in turn and "已核对" in turn
    assert "90亿元" not in turn.split("核对中去掉的话")[0]
    assert "共安排资金90亿元。" in turn.split("核对中去掉的话")[1]
    assert last[2] == ""


def test_what_nothing_bears_out_is_marked_unless_the_program_or_the_visitor_wants_it_dropped(
    desk_with: Choose,
) -> None:
    desk, talk = desk_with(scripted(SAID, INVENTED))
    assert [s.support for s in answer_of(desk, talk).statements][:2] == ["verified", "unverified"]
    desk.bot.settings = Settings.load(**{**desk.bot.settings.model_dump(), "unverified": "drop"})
    assert "90亿元" not in answer_of(desk, talk).text


def test_the_model_that_was_asked_is_kept_with_the_answer(desk_with: Choose) -> None:
    desk, talk = desk_with(scripted(SAID, INVENTED), unverified="drop")
    *_, last = asked(desk, talk)
    (turn,) = desk.conversations.turns(last[0].id, "王芳")
    assert (turn.answer.engine, turn.answer.model, turn.answer.dropped) == ("llm", "scripted", ("共安排资金90亿元。",))
    assert turn.settings["engine"] == "llm" and turn.settings["llm"] == desk.bot.settings.llm
    column = evidence_html(turn.answer, 1, {}, lambda _doc: PLAN, desk.order)
    assert "语言模型的用量" in column and "200 token" in column  # the answer and its repair
    assert "用量" not in evidence_html(ANSWER, 1, {}, lambda _doc: PLAN, desk.order)


def test_a_model_that_fails_leaves_the_draft_with_a_note(desk_with: Choose) -> None:
    desk, talk = desk_with(scripted(SAID, fails=9, error=RuntimeError("x")))
    answer = answer_of(desk, talk)
    assert answer.engine == "extractive" and "交通运输局" in answer.text
    assert any("语言模型没有用上" in note for note in answer.notes)


def test_a_model_that_cannot_be_opened_leaves_the_extractive_answer_with_a_note(
    desk_with: Choose, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DASHSCOPE_API_KEY", raising=False)
    desk, talk = desk_with(scripted(SAID), llm="dashscope:qwen-plus", llm_base_url=None)
    answer = answer_of(desk, talk)
    assert answer.engine == "extractive" and "交通运输局" in answer.text
    assert any("DASHSCOPE_API_KEY" in note and "设置" in note for note in answer.notes)


def test_what_is_taken_along_says_who_wrote_it() -> None:
    written = replace(ANSWER, engine="llm", model="qwen-plus")
    assert "（语言模型（qwen-plus）写，逐句核对）" in to_markdown([written], {})
    assert "语言模型（qwen-plus）写，逐句核对" in plain_copy(written, {})
    assert json.loads(to_json([written], {}))["answers"][0]["model"] == "qwen-plus"
    words = "\n".join(p.text for p in Document(io.BytesIO(to_docx([written, ANSWER], {}))).paragraphs)
    assert "语言模型（qwen-plus）写" in words and "（摘录原文）" in words
    assert "摘录原文" in to_markdown([ANSWER], {}) and "摘录原文" not in plain_copy(ANSWER, {})


def test_hostile_text_of_a_model_is_text(desk_with: Choose, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.chat._RETRY", 0.0)
    desk, talk = desk_with(scripted(EVIL, SAID), unverified="drop")
    steps = list(asked(desk, talk))
    assert any("&lt;script&gt;" in str(step[2]) for step in steps)
    for step in steps:
        for html in (step[1], step[2], step[3]):
            if isinstance(html, str):
                must_be_harmless(html)


# --- stopping


def test_stopping_ends_the_model_and_leaves_the_draft(desk_with: Choose) -> None:
    chat = scripted(SAID * 8, pause=0.05)  # 1.3 seconds
    desk, talk = desk_with(chat)
    steps = asked(desk, talk)
    for step in steps:
        if "还没有核对" in str(step[2]):
            Chat(desk).stop(WINDOW)  # type: ignore[arg-type]
            break
    *_, last = steps
    answer = last[0].turns[-1].answer
    assert answer.engine == "extractive" and any("停下" in note for note in answer.notes)
    time.sleep(1.6)
    assert chat.stopped, "it has not written to its end"


def test_stopping_before_there_is_a_draft_leaves_nothing(desk_with: Choose) -> None:
    desk, talk = desk_with(scripted(SAID))
    steps = asked(desk, talk)
    next(steps)
    Chat(desk).stop(WINDOW)  # type: ignore[arg-type]
    assert [step[2] for step in steps] == [""]
    assert desk.conversations.list("王芳") == []


def test_one_question_at_a_time_for_a_window(desk_with: Choose) -> None:
    desk, talk = desk_with(scripted(SAID))
    first = asked(desk, talk)
    next(first)
    with pytest.raises(Exception, match="上一个问题还在回答"):
        next(asked(desk, talk))
    list(first)
    assert answer_of(desk, talk).text


def test_a_window_that_is_closed_ends_its_answer_and_forgets_its_key(plain: PolicyQA) -> None:
    visits, settings = Visits(), plain.settings.model_copy(update={"llm": "openai:x"})
    visits.keep_key(WINDOW, settings, KEY)  # type: ignore[arg-type]
    other = SimpleNamespace(username="李四", session_hash=WINDOW.session_hash)
    assert visits.key(WINDOW, settings) == KEY  # type: ignore[arg-type]
    assert visits.key(other, settings) == "", "another user's window"  # type: ignore[arg-type]
    with visits.working(WINDOW) as cancel:  # type: ignore[arg-type]
        with pytest.raises(StillAtWork), visits.working(WINDOW):  # type: ignore[arg-type]
            pass
        visits.close(WINDOW)  # type: ignore[arg-type]
        assert cancel.is_set()
    assert visits.key(WINDOW, settings) == ""  # type: ignore[arg-type]


# --- the key


def test_a_key_is_nowhere_in_what_is_shown_stored_or_logged(
    desk_with: Choose, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    given: list[tuple[str, str | None]] = []

    def opened(name: str, _settings: Settings, key: str | None = None) -> ScriptedChat:
        given.append((name, key))
        return scripted(SAID)

    monkeypatch.setattr(model_choice, "open_chat_model", opened)
    caplog.set_level("DEBUG")
    desk, talk = desk_with(scripted("别的"))
    talk, shown = saved(desk, talk, service="dashscope", model="qwen-plus", key=KEY)
    assert "已填，留空就不变" in shown and KEY not in shown
    *steps, last = asked(desk, talk)
    answer = last[0].turns[-1].answer
    assert given == [("dashscope:qwen-plus", KEY)] and answer.engine == "llm"
    answer_of(desk, last[0])
    assert len(given) == 1, "a model is opened once for a window"
    n = {"turn": 1, "verdict": "good"}
    monkeypatch.setattr("web.chat.tell", lambda _text: None)
    Chat(desk).judge(last[0], SimpleNamespace(_data=n), WINDOW)  # type: ignore[arg-type]
    assert KEY not in repr([*steps, last, talk, desk.visits.__dict__]) and KEY not in caplog.text
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or KEY.encode() not in path.read_bytes(), path
    stored = sqlite3.connect(tmp_path / "feedback.sqlite").execute("SELECT settings FROM feedback").fetchone()[0]
    assert json.loads(stored)["llm"] == "dashscope:qwen-plus"

    again, _ = saved(desk, talk, service="dashscope", model="qwen-max", key="")
    answer_of(desk, again)
    assert given[-1] == ("dashscope:qwen-max", KEY), "an empty field leaves it as it is"
    elsewhere, _ = saved(desk, talk, service="compatible", model="m", address="http://127.0.0.1:1/v1", key="")
    answer_of(desk, elsewhere)
    assert given[-1] == ("openai:m", "none"), "and it goes to no other service"


def test_a_key_of_the_environment_is_sent_to_no_address_that_was_typed(
    monkeypatch: pytest.MonkeyPatch, plain: PolicyQA
) -> None:
    keys: list[str | None] = []
    monkeypatch.setattr(model_choice, "open_chat_model", lambda _name, _settings, key=None: keys.append(key))
    for service in ("compatible", "openai"):
        data = {"service": service, "model": "m", "address": "http://example.org/v1"}
        open_chosen(plain.settings.model_copy(update=chosen_model(data, plain.settings)), "")
    assert keys == ["none", None], "None: that of the environment, for the service's own address"


@pytest.mark.parametrize("key", ["sk 12", "钥匙", "sk-1\n2", "x" * 500])
def test_what_is_no_key_is_refused_and_not_repeated(key: str) -> None:
    with pytest.raises(ValueError, match="重新复制") as refused:
        chosen_key({"key": key})
    assert key not in str(refused.value)


# --- the choice


@pytest.mark.parametrize(
    ("fields", "llm", "address"),
    [
        ({"service": "deepseek", "model": "deepseek-chat", "address": "http://x/"}, "deepseek:deepseek-chat", None),
        ({"service": "openai", "model": "gpt-4o-mini"}, "openai:gpt-4o-mini", None),
        ({"service": "compatible", "model": "qwen", "address": "http://127.0.0.1:8000/v1"}, "openai:qwen", "http://127.0.0.1:8000/v1"),
        ({"service": "ollama", "model": "qwen2.5:7b"}, "ollama:qwen2.5:7b", None),
        ({"service": "local", "local": "mine"}, "local:mine", None),
    ],
)  # fmt: skip
def test_a_choice_becomes_settings_and_is_seen_again(
    fields: dict[str, str], llm: str, address: str | None, tmp_path: Path
) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "mine.gguf").write_bytes(b"GGUF")
    chosen = chosen_model(fields, Settings.load(cache_dir=tmp_path))
    assert chosen == {"llm": llm, "llm_base_url": address}
    assert service_of(chosen) == fields["service"]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"service": "x"}, "刷新页面"),
        ({"service": "local", "local": "/etc/passwd.gguf"}, "policyqa model fetch"),
        ({"service": "local", "local": ""}, "policyqa model fetch"),
        ({"service": "dashscope", "model": ""}, "例如 qwen-plus"),
        ({"service": "dashscope", "model": "a b"}, "例如 qwen-plus"),
        ({"service": "compatible", "model": "m", "address": ""}, "请填服务的地址"),
        ({"service": "compatible", "model": "m", "address": "file:///etc/passwd"}, "请填服务的地址"),
        ({"service": "compatible", "model": "m", "address": "http://127.0.0.1:99999/"}, "请填服务的地址"),
        ({"service": "compatible", "model": "m", "address": "http://me:secret@host/v1"}, "不要写名字、密码"),
        ({"service": "compatible", "model": "m", "address": "http://host/v1?key=1"}, "不要写名字、密码"),
    ],
)
def test_a_choice_that_cannot_be_is_refused_with_the_next_step(
    fields: dict[str, str], told: str, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match=told):
        chosen_model(fields, Settings.load(cache_dir=tmp_path))


def test_who_may_not_change_settings_can_neither_choose_nor_try_a_model(desk_with: Choose) -> None:
    desk, talk = desk_with(scripted(SAID))
    desk.role_of = lambda _request: "editor"
    for role in ("reader", "editor"):
        desk.role_of = lambda _request, role=role: role  # type: ignore[misc]
        with pytest.raises(Exception, match="不能这样做；需要管理员的权限"):
            saved(desk, talk, service="dashscope", model="qwen-plus", key=KEY)
        with pytest.raises(Exception, match="不能这样做；需要管理员的权限"):
            list(Preferences(desk).try_model(SimpleNamespace(_data=form()), WINDOW))  # type: ignore[arg-type]


def test_the_form_shows_what_is_chosen(desk_with: Choose) -> None:
    desk, talk = desk_with(scripted(SAID))
    talk, html = saved(desk, talk, service="compatible", model="qwen", address="http://127.0.0.1:8000/v1")
    assert 'data-engine="llm" data-service="compatible"' in html
    assert 'value="qwen"' in html and 'value="http://127.0.0.1:8000/v1"' in html
    assert '<option value="mark" selected>' in html
    talk, html = saved(desk, talk, engine="extractive")
    assert 'data-engine="extractive" data-service="own"' in html and "llm" not in talk.choices
    must_be_harmless(html)


# --- trying a model


def trial(desk: Desk, **fields: Any) -> list[str]:
    return list(Preferences(desk).try_model(SimpleNamespace(_data=form(**fields)), WINDOW))  # type: ignore[arg-type]


def test_a_model_is_tried_with_a_small_question_of_its_own(desk_with: Choose) -> None:
    desk, _ = desk_with(scripted("遇有大雾或者六级以上大风，应当停止渡运[2]。", pause=0.05))
    first, told = trial(desk)
    assert "正在问" in first
    assert "能用：答对了，也写明了出处的编号" in told and "第一个字" in told and "每秒约" in told


def test_a_model_that_is_of_no_use_is_told_with_the_next_step(desk_with: Choose) -> None:
    desk, _ = desk_with(scripted("<b>不知道</b>", ends="stop"))
    assert "建议换一个模型" in trial(desk)[-1] and "&lt;b&gt;" in trial(desk)[-1]
    desk, _ = desk_with(scripted("", fails=9, error=ConnectionError("x")), llm_retries=0)
    desk.bot.settings = desk.bot.settings.model_copy(update={"llm_retries": 0})
    assert "连不上语言模型的服务；请检查网络" in trial(desk)[-1]


def test_the_speed_of_a_trial_is_told_only_where_it_can_be_measured() -> None:
    slow = Trial("答", True, False, 0.0, 1.0, 3.0, 20)
    assert "每秒约 10 个 token" in trial_html("m", slow)
    assert "每秒" not in trial_html("m", Trial("答", True, True, 0.0, 1.0, 1.0, 20))


def test_a_trial_can_be_stopped(desk_with: Choose) -> None:
    from qa.writer import Cancelled

    desk, _ = desk_with(scripted("".join(map(chr, range(0x4E00, 0x4F90))), pause=0.05))
    stop = threading.Event()
    threading.Timer(0.2, stop.set).start()
    with pytest.raises(Cancelled):
        try_out(desk.bot.assistant, stop)
