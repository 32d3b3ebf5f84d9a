"""The conversation: asking with progress, evidence, judging, taking along, and the list of conversations."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from qa.answer import Answer
from qa.command import explain
from qa.export import FORMATS, plain_copy, to_docx, to_json, to_markdown
from qa.feedback import REASONS, as_case, put_case, replace_case
from qa.models import ModelUnavailable
from qa.printing import understood_as
from qa.scope import within
from qa.starters import MOST_FOLLOW_UPS, follow_ups
from web.answer_view import (
    is_search,
    suggestions_html,
    turn_html,
    unanswered_html,
    waiting_html,
    welcome_html,
    writing_html,
)
from web.desk import Desk, bridge, fair, kept_of, listen, number, packed, problem, sent_with, tell, text, user_of
from web.escape import attribute, sent
from web.evidence_view import evidence_html
from web.library_view import conversations_html
from web.quiet_gradio import gr
from web.visits import StillAtWork

if TYPE_CHECKING:
    from qa.feedback import Feedback, Verdict

MOST_TURNS = 30  #: of a conversation, the last ones, that a question is understood with
_SEEN = 0.3  #: seconds within which an answer that is not written by a model is mostly there
_RETRY = 0.2  #: seconds between two pictures of a text that arrives
_LONGEST_SENT = 1_000_000  #: characters of a question that are looked at
_AT_ONCE = 16  #: questions at the same time, also those for which a model writes
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Turn:
    """A question, its answer once there is one, and what it was kept to."""

    question: str
    answer: Answer | None
    scope: Mapping[str, Any]
    number: int = 0  #: under which it is stored
    trouble: str = ""  #: why there is no answer, where that is known


@dataclass(frozen=True)
class Talk:
    """The conversation that a visitor has before him."""

    id: str = ""  #: "" as long as nothing was asked
    turns: tuple[Turn, ...] = ()
    choices: Mapping[str, Any] = field(default_factory=dict)  #: settings that are others in this session

    @property
    def history(self) -> list[tuple[str, str]]:
        """Questions and answers for understanding the next one."""
        answered = [turn.answer for turn in self.turns if turn.answer is not None and not is_search(turn.answer)]
        return [(answer.question, answer.text) for answer in answered[-MOST_TURNS:]]

    def before(self, n: int) -> Talk:
        """The conversation as it was before its ``n``-th turn."""
        return replace(self, turns=self.turns[: n - 1])


@dataclass(frozen=True)
class Picture:
    """The turn as it is worked on; with the draft when that is first there."""

    html: str
    draft: Answer | None = None


class Chat:
    """The handlers of the conversation. The components are given to :meth:`wire`."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._cases = threading.Lock()  #: while the question set is written

    # --- what is shown ---

    def talk_html(self, talk: Talk, request: gr.Request | None) -> str:
        """The conversation with what can be asked next."""
        desk = self.desk
        if not talk.turns:
            return '<div data-conversation=""></div>'
        headers, may_keep = desk.headers(), desk.may(request, "editor")
        verdicts = desk.feedback.verdicts(user_of(request), talk.id)
        turns = "".join(
            unanswered_html(n, turn.question, turn.trouble)
            if turn.answer is None
            else turn_html(
                n,
                turn.answer,
                turn.scope,
                headers,
                copied=plain_copy(turn.answer, headers),
                verdict=verdicts.get(turn.number, ""),
                may_keep=may_keep,
            )
            for n, turn in enumerate(talk.turns, 1)
        )
        return f'<div data-conversation="{attribute(talk.id)}">{turns}{self._next_questions(talk)}</div>'

    def welcome_html(self) -> str:
        """What stands there as long as nothing is asked; page.css hides it then."""
        return sent(welcome_html(len(self.desk.bot.doc_ids()), self.desk.starters))

    def _next_questions(self, talk: Talk) -> str:
        """What can be asked next: what leads on from the last answer, then what nobody has asked of the others."""
        last = talk.turns[-1].answer
        if last is None:
            return ""
        try:
            questions = follow_ups(self.desk.bot, last, talk.before(len(talk.turns)).history)
        except Exception:  # the answer is shown whatever becomes of them
            log.exception("no follow-ups")
            questions = []
        asked = {turn.question for turn in talk.turns}
        questions += [q for _, q in self.desk.starters or () if q not in asked and q not in questions]
        return suggestions_html([("", question) for question in questions[:MOST_FOLLOW_UPS]], "接着问")

    def evidence_html(self, talk: Talk, turn: int | None = None, light: int = 0) -> str:
        """The column of a turn, of the last one unless another is named."""
        turn = len(talk.turns) if turn is None else turn
        answer = talk.turns[turn - 1].answer if 1 <= turn <= len(talk.turns) else None
        return evidence_html(answer, turn, self.desk.headers(), self.desk.text_of, self.desk.order, light)

    def list_html(self, talk: Talk, request: gr.Request | None, words: str = "") -> str:
        """The conversations of who is asking."""
        found = [c for c in self.desk.conversations.list(user_of(request), words) if c.turns]
        return conversations_html(found, talk.id, words)

    def whole(self, talk: Talk, request: gr.Request | None, words: str = "") -> tuple[Any, ...]:
        """Everything that shows a conversation: state, conversation, nothing at work, evidence, list; that of the
        conversations that hold all ``words``."""
        return (
            talk,
            sent(self.talk_html(talk, request)),
            "",
            sent(self.evidence_html(talk)),
            sent(self.list_html(talk, request, words)),
        )

    # --- asking ---

    def ask(self, talk: Talk, event: gr.EventData, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """Answers a question in steps: state, conversation, turn at work, evidence, list."""
        data = sent_with(event)
        try:
            question = fair(text(data, "question", _LONGEST_SENT).strip())
        except ValueError as error:
            raise problem(error) from error
        words = searched_for(data)
        if data.get("new") is True:
            turns = tuple(Turn(q, Answer(q, a), {}) for q, a in asked_before(data))
            talk = Talk(turns=turns, choices=talk.choices)
        if not question:
            yield self.whole(talk, request, words)
            return
        still = gr.skip()
        talk, again = asked_again(talk, number(data, "turn"))
        talk = replace(talk, turns=(*talk.turns, Turn(question, None, {})))
        try:
            with self.desk.visits.working(request) as cancel:
                scope, note = self._scope_of(data, again)
                talk = self._stored(with_last(talk, scope=scope), request)
                self._withdraw(talk, again, request)
                answer: Answer | None = None
                for step in self._steps(talk, request, cancel):
                    if isinstance(step, Answer):
                        answer = step
                        continue
                    column = still
                    if step.draft is not None:
                        column = sent(self.evidence_html(with_last(talk, answer=step.draft)))
                    yield still, still, sent(step.html), column, still
                if answer is None:
                    if self.desk.visits.here(request):  # stopped by hand; else the question waits for its asker
                        self._withdraw(talk, talk.turns[-1], request)
                    yield self.whole(talk.before(len(talk.turns)), request, words)
                    return
                if note:
                    answer = replace(answer, notes=(*answer.notes, note))
                with self.desk.thinking:
                    talk = self._answered(talk, answer, request)
                    done = self.whole(talk, request, words)
            yield done
        except StillAtWork:
            raise problem("上一个问题还在回答。请等它答完，或先点“停止”。") from None
        except Exception as error:
            log.info("not answered", exc_info=True)
            yield self.whole(with_last(talk, trouble=explain(error)[0].split("\n")[0]), request, words)

    def _steps(self, talk: Talk, request: gr.Request | None, cancel: threading.Event) -> Iterator[Picture | Answer]:
        """Pictures of the last turn at work, at the end its answer; none where it is stopped before there is any."""
        desk, trouble = self.desk, ""
        last = talk.turns[-1]
        question, (documents, filters) = last.question, asked_scope(last.scope)
        try:
            bot = desk.bot_with(talk.choices, request)
        except ModelUnavailable as error:
            bot = desk.bot_with({**talk.choices, "engine": "extractive"})
            trouble = f"语言模型没有用上，这是摘录的回答：{error}"
        stages: list[tuple[str, float | None]] = []
        started = time.perf_counter()

        def begin(name: str) -> None:
            nonlocal started
            now = time.perf_counter()
            if stages:
                stages[-1] = (stages[-1][0], now - started)
            stages.append((name, None))
            started = now

        if last.scope.get("search"):
            begin("检索")
            yield Picture(waiting_html(question, stages, len(talk.turns)))
            with desk.thinking:
                passages = bot.retrieve(question, bot.settings.passages, documents, filters)
            spent = time.perf_counter() - started
            yield Answer(question, "", passages=tuple(passages), standalone_question=question, timings={"total": spent})
            return
        found, said, shown_at = None, "", 0.0
        understood: str | None = None
        draft: Answer | None = None
        number_of_turn, headers = len(talk.turns), desk.headers()
        quick, began = bot.settings.engine == "extractive", started

        def picture() -> Picture:
            if draft is None:
                return Picture(waiting_html(question, stages, number_of_turn, understood, found))
            return Picture(writing_html(question, stages, number_of_turn, understood, draft, said, headers))

        events = bot.stream(question, talk.history, documents, filters, cancel)
        while True:
            # What is asked is seen at once. A model that writes keeps no processor from the others, or has its own queue.
            with desk.thinking if stages and draft is None else nullcontext():
                event = next(events, None)
            if event is None or (cancel.is_set() and draft is None):
                return
            if event.kind == "answer":
                answer = event.data
                yield replace(answer, notes=(*answer.notes, trouble)) if trouble else answer
            elif event.kind == "token":
                said += event.data
                if time.perf_counter() - shown_at >= _RETRY:
                    shown_at = time.perf_counter()
                    yield picture()
            elif event.kind == "draft":
                draft = event.data
                yield replace(picture(), draft=draft)
            else:
                if event.kind == "question":
                    understood = understood_as(Answer(question, "", standalone_question=event.data))
                    continue
                if event.kind == "stage":
                    begin(str(event.data))
                else:
                    found = len(event.data)
                # Each picture costs the server as much as a tenth of an answer: none that nobody has time to see.
                news = event.kind == "stage" and (len(stages) == 1 or len(stages) == 2 and understood is not None)
                if news or not quick or time.perf_counter() - began >= _SEEN:
                    yield picture()

    def _scope_of(self, data: Mapping[str, Any], again: Turn | None) -> tuple[dict[str, Any], str]:
        """What a question is kept to, as it is stored and shown, and what to tell of documents that are gone. A turn that
        is asked again has its own, as long as one of its documents is there. Raises ValueError where none is."""
        headers = self.desk.headers()
        search = (data if again is None else again.scope).get("search") is True
        documents, filters = asked_scope(data if again is None else again.scope)
        there = None if documents is None else [d for d in documents if d in headers]
        if again is not None and documents and not there:
            return self._scope_of({**data, "search": search}, None)
        if documents and not there:
            raise ValueError("所选的文件都已从库里移除。请刷新页面，在左边另选文件再问。")
        kept = within(headers, there, filters)
        scope: dict[str, Any] = {
            "documents": there,
            "filters": filters,
            "titles": [headers[d].title for d in (there or ())[:3]],
            "searched": len(headers if kept is None else kept),
        }
        gone = len(documents or ()) - len(there or ())
        note = f"所选的文件里有 {gone} 份已从库里移除，这一问只查了其余的。刷新页面可以看到现有的文件。" if gone else ""
        return {**scope, "search": True} if search else scope, note

    # --- what is stored ---

    def _stored(self, talk: Talk, request: gr.Request | None) -> Talk:
        """The conversation with its last turn stored, answered or not."""
        kept, user, settings = self.desk.conversations, user_of(request), self.settings(talk)

        def stored(turn: Turn, identity: str) -> Turn:
            number = kept.add(identity, user, turn.question, turn.answer, turn.scope, settings)
            return replace(turn, number=number)

        try:
            if talk.id:
                return replace(talk, turns=(*talk.turns[:-1], stored(talk.turns[-1], talk.id)))
        except KeyError:  # deleted in another window
            pass
        identity = kept.create(user)
        return replace(talk, id=identity, turns=tuple(stored(turn, identity) for turn in talk.turns))

    def _answered(self, talk: Talk, answer: Answer, request: gr.Request | None) -> Talk:
        """The conversation with the answer to its last question stored."""
        answered = with_last(talk, answer=answer)
        try:
            self.desk.conversations.answer(talk.id, user_of(request), talk.turns[-1].number, answer)
        except KeyError:  # taken back or deleted in another window
            return self._stored(answered, request)
        return answered

    def _withdraw(self, talk: Talk, turn: Turn | None, request: gr.Request | None) -> None:
        """Takes a question back that has no answer."""
        if turn is not None and turn.answer is None:
            with suppress(KeyError):  # another window has, or has answered it
                self.desk.conversations.withdraw(talk.id, user_of(request), turn.number)

    def settings(self, talk: Talk) -> dict[str, Any]:
        """The settings that an answer was made with."""
        return kept_of(self.desk.settings_with(talk.choices))

    def stop(self, request: gr.Request) -> None:
        """Ends the answer that is being made: a model's leaves the draft, any other nothing."""
        self.desk.visits.stop(request)

    # --- the answers that are there ---

    def evidence(self, talk: Talk, event: gr.EventData) -> str:
        """The evidence of another turn, a card lit."""
        data = sent_with(event)
        return sent(self.evidence_html(talk, number(data, "turn"), number(data, "n")))

    def download(self, talk: Talk, event: gr.EventData) -> str:
        """An answer as a file, packed for page.js: {name, type, data}."""
        data = sent_with(event)
        (_, answer), suffix = self._turn(talk, data), text(data, "format")
        headers = self.desk.headers()
        if suffix == "docx":
            content = to_docx([answer], headers)
        elif suffix in ("md", "json"):
            content = sent((to_markdown if suffix == "md" else to_json)([answer], headers)).encode("utf-8")
        else:
            raise problem("没有这种格式；可以下载 .md、.docx、.json。")
        name = "".join(c for c in answer.question[:30] if c.isalnum() or c in "-_") or "回答"
        return packed(f"{name}.{suffix}", FORMATS[suffix], content)

    def judge(self, talk: Talk, event: gr.EventData, request: gr.Request) -> tuple[Talk, str]:
        """Keeps what a user says of an answer; a case that was made of it says the same."""
        data = sent_with(event)
        turn, answer = self._turn(talk, data)
        verdict: Verdict = "bad" if data.get("verdict") == "bad" else "good"
        reason = text(data, "reason") if text(data, "reason") in REASONS else ""
        earlier = self._feedback(talk, turn, request)
        self._judge(talk, turn, answer, verdict, reason, text(data, "note", 500), request)
        now = self._feedback(talk, turn, request)
        if earlier is not None and now is not None:
            with self._cases:
                replace_case(self.desk.question_set, as_case(earlier), as_case(now))
        tell("记下了，谢谢。" if verdict == "good" else f"记下了（{reason or '没用'}），谢谢。")
        return talk, sent(self.talk_html(talk, request))

    def _judge(
        self, talk: Talk, turn: Turn, answer: Answer, verdict: Verdict, reason: str, note: str, request: gr.Request
    ) -> None:
        history = talk.before(talk.turns.index(turn) + 1).history
        settings = {**self.settings(talk), "scope": {k: turn.scope.get(k) for k in ("documents", "filters")}}
        self.desk.feedback.add(
            user_of(request), answer, verdict, reason, note, history, settings, (talk.id, turn.number)
        )

    def _feedback(self, talk: Talk, turn: Turn, request: gr.Request) -> Feedback | None:
        return self.desk.feedback.of(user_of(request), talk.id, turn.number)

    def keep(self, talk: Talk, event: gr.EventData, request: gr.Request) -> tuple[Talk, str]:
        """Puts an answer into the question set; one that was not judged counts as good."""
        desk = self.desk
        desk.need(request, "editor")
        turn, answer = self._turn(talk, sent_with(event))
        found = self._feedback(talk, turn, request)
        if found is None:
            self._judge(talk, turn, answer, "good", "", "", request)
            found = self._feedback(talk, turn, request)
        assert found is not None
        with self._cases:
            added = put_case(desk.question_set, as_case(found))
        tell(
            f"已加入问题集 {desk.question_set.name}，在“评测”里可以运行。"
            if added
            else f"这一问已经在问题集 {desk.question_set.name} 里了。"
        )
        return talk, sent(self.talk_html(talk, request))

    @staticmethod
    def _turn(talk: Talk, data: Mapping[str, Any]) -> tuple[Turn, Answer]:
        n = number(data, "turn")
        if not 1 <= n <= len(talk.turns):
            raise problem("这一问不在当前的对话里了。请刷新页面再试。")
        turn = talk.turns[n - 1]
        if turn.answer is None:
            raise problem("这一问还没有回答。请先再问一次。")
        return turn, turn.answer

    # --- conversations ---

    def open(self, talk: Talk, identity: str, request: gr.Request | None) -> Talk:
        """A stored conversation, or a new one where it is not there."""
        fresh = Talk(choices=talk.choices)
        if not identity:
            return fresh
        try:
            stored = self.desk.conversations.turns(identity, user_of(request))
        except KeyError:
            return fresh
        turns = tuple(Turn(turn.question, turn.answer, turn.scope or {}, turn.number) for turn in stored)
        return replace(fresh, id=identity, turns=turns)

    def switch(self, talk: Talk, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        """Another conversation, or with an empty id a new one."""
        data = sent_with(event)
        return self.whole(self.open(talk, text(data, "id"), request), request, searched_for(data))

    def rename(self, talk: Talk, event: gr.EventData, request: gr.Request) -> str:
        """Gives a conversation another name."""
        data = sent_with(event)
        try:
            self.desk.conversations.rename(text(data, "id"), user_of(request), sent(text(data, "title", 80)))
        except (KeyError, ValueError) as error:
            raise problem(error) from error
        return sent(self.list_html(talk, request, searched_for(data)))

    def delete(self, talk: Talk, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        """Removes a conversation; the present one is followed by a new one."""
        data = sent_with(event)
        identity = text(data, "id")
        try:
            self.desk.conversations.delete(identity, user_of(request))
        except KeyError as error:
            raise problem(error) from error
        talk = Talk(choices=talk.choices) if talk.id == identity else talk
        return self.whole(talk, request, searched_for(data))

    def find(self, talk: Talk, event: gr.EventData, request: gr.Request) -> str:
        """The conversations that hold all words."""
        return sent(self.list_html(talk, request, searched_for(sent_with(event))))

    # --- wiring ---

    def wire(self, talk: gr.State, shows: Sequence[gr.HTML], payload: gr.Textbox) -> None:
        """Listens to page.js. ``shows``: conversation, turn at work, evidence, list of conversations."""
        conversation, live, evidence, listed = shows
        whole = [talk, conversation, live, evidence, listed]
        asking = bridge("ask")
        # What comes next is sent to page.js also after an error: a question may wait for it.
        listen(asking, self.ask, talk, whole, concurrency_limit=_AT_ONCE).then(None, js="() => policyqa.answered()")
        listen(bridge("stop"), self.stop)
        listen(bridge("evidence"), self.evidence, talk, evidence).then(None, js="() => policyqa.lit()")
        listen(bridge("download"), self.download, talk, payload).then(
            None, payload, js="(payload) => policyqa.save(payload)"
        )
        listen(bridge("judge"), self.judge, talk, [talk, conversation])
        listen(bridge("keep"), self.keep, talk, [talk, conversation])
        listen(bridge("talk"), self.switch, talk, whole).then(None, js="() => policyqa.answered()")
        listen(bridge("rename"), self.rename, talk, listed)
        listen(bridge("delete"), self.delete, talk, whole).then(None, js="() => policyqa.settled()")
        listen(bridge("find"), self.find, talk, listed)


def with_last(talk: Talk, **changes: Any) -> Talk:
    """The conversation with something else of its last turn."""
    return replace(talk, turns=(*talk.turns[:-1], replace(talk.turns[-1], **changes)))


def asked_again(talk: Talk, n: int) -> tuple[Talk, Turn | None]:
    """The conversation and its ``n``-th turn, which is asked again: without it where it has no answer. None for a turn
    that is not there."""
    if not 1 <= n <= len(talk.turns):
        return talk, None
    turn = talk.turns[n - 1]
    if turn.answer is not None:
        return talk, turn
    return replace(talk, turns=talk.turns[: n - 1] + talk.turns[n:]), turn


def searched_for(data: Mapping[str, Any]) -> str:
    """The words that the list of conversations is narrowed to."""
    return sent(text(data, "words", 100))


def asked_scope(data: Mapping[str, Any]) -> tuple[list[str] | None, dict[str, str]]:
    """Documents and filters of an action; what has another shape is left out."""
    documents = data.get("documents")
    ids = [d for d in documents if isinstance(d, str)] if isinstance(documents, list) else None
    filters = data.get("filters")
    named = filters.items() if isinstance(filters, dict) else ()
    return ids, {k: v for k, v in named if k in ("kind", "issuer", "year") and isinstance(v, str) and v}


def asked_before(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Questions and answers that an action wants to stand before its question; what has another shape is left out."""
    turns = data.get("before")
    return [
        (turn[0][:2000], turn[1][:20_000])
        for turn in (turns if isinstance(turns, list) else [])[-MOST_TURNS:]
        if isinstance(turn, list) and len(turn) == 2 and all(isinstance(part, str) for part in turn)
    ]
