"""What all parts of the page share: the bot, what is kept of users, who may do what, and how actions reach Python."""

from __future__ import annotations

import base64
import json
import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.document import Header
from qa import conversations as kept
from qa import feedback
from qa.accounts import ROLE_NAMES, ROLES, Role
from qa.command import explain
from qa.starters import KIND_NAMES, starters
from web.escape import sent, shown
from web.quiet_gradio import get_upload_folder, gr
from web.uploads import Uploads
from web.visits import Visits

if TYPE_CHECKING:
    from qa.bot import PolicyQA
    from qa.settings import Settings

RoleOf = Callable[[gr.Request | None], Role]
_FEW = 5  #: questions to begin with
MOST_SENT = 2_000  #: files in one action
LONGEST_QUESTION = 2_000  #: characters
_UNVISITED = 10.0  #: seconds that a page is waited for before what it needs is loaded anyway
_THINKING = 4  #: questions that are searched and answered from the documents at the same time; the others wait
log = logging.getLogger(__name__)


class Desk:
    """One bot behind a page, shared by all its visitors."""

    def __init__(self, bot: PolicyQA, data_dir: Path, role_of: RoleOf) -> None:
        self.bot, self.data_dir, self.role_of = bot, data_dir, role_of
        self.conversations = kept.Conversations(data_dir / kept.FILE_NAME)
        self.feedback = feedback.FeedbackStore(data_dir / feedback.FILE_NAME)
        self.uploads = Uploads(bot, data_dir / "uploads", self.documents_changed)
        self.visits = Visits()
        self.thinking = threading.Semaphore(_THINKING)  #: while the processor is at work for a question
        self.starters: list[tuple[str, str]] | None = None  #: (kind in words, question); None while they are made
        self.changes = 0  #: how often the documents or the questions to begin with have changed
        self.visited = threading.Event()  #: set once the page has been opened
        self._making = threading.Lock()
        self.uploads.resume()
        self.documents_changed()

    def close(self) -> None:
        """Ends what goes on in the background."""
        self.uploads.close()

    @property
    def question_set(self) -> Path:
        """The question set that answers are put into with one click."""
        return self.data_dir / "question_set.jsonl"

    @property
    def order(self) -> tuple[str, ...]:
        """Sources in the order of their authority."""
        return self.bot.settings.authority

    def text_of(self, doc_id: str) -> str:
        """The text of a document. Raises KeyError."""
        return self.bot.document(doc_id).text

    def headers(self) -> Mapping[str, Header]:
        """Header data of every document, by doc_id."""
        return self.bot.headers()

    @property
    def quoting(self) -> PolicyQA:
        """The bot that answers from the documents alone: for what nobody has asked, no model is asked either."""
        settings = self.bot.settings
        if settings.engine == "extractive":
            return self.bot
        return self.bot.with_settings(settings.model_copy(update={"engine": "extractive"}))

    def settings_with(self, choices: Mapping[str, Any]) -> Settings:
        """The settings of a session: those of the program with its ``choices``, names and values. What a model writes
        and nothing bears out is shown as such here, unless the program is set to leave it out."""
        own = self.bot.settings
        unverified = own.unverified if "unverified" in own.model_fields_set else "mark"
        return own.model_copy(update={"unverified": unverified, **choices})

    def bot_with(self, choices: Mapping[str, Any], request: gr.Request | None = None) -> PolicyQA:
        """The bot with the settings of a session. Without ``request`` a model has no key but the environment's.
        Raises ModelUnavailable."""
        if not choices and self.bot.settings.engine == "extractive":
            return self.bot
        settings = self.settings_with(choices)
        chosen = settings.engine == "llm" and "llm" in choices
        return self.bot.with_settings(settings, self.visits.model(request, settings) if chosen else None)

    def documents_changed(self) -> None:
        """Makes the questions to begin with anew, in the background."""
        self.starters = None
        self.changes += 1
        threading.Thread(
            target=self._make_starters, args=(self.changes,), name="policyqa-starters", daemon=True
        ).start()

    def _make_starters(self, change: int) -> None:
        with self._making:
            while self.uploads.busy:  # each file changes them
                time.sleep(0.2)
            if change != self.changes:
                return
            known: list[tuple[str, str]] = []
            try:
                known = self._kept_starters()
                made = known or self._new_starters()
            except Exception:  # the page works without them
                log.exception("no starters")
                made = []
            if change == self.changes:
                self.starters = made
                self.changes += 1
        if known:
            self._load(known)

    def _load(self, questions: Sequence[tuple[str, str]]) -> None:
        """Loads what the first question of a visitor would wait for, once his browser has drawn the page."""
        self.visited.wait(_UNVISITED)
        try:
            for _, question in questions:
                self.quoting.ask(question)
        except Exception:  # whoever asks is told then what is the matter
            log.exception("nothing loaded")

    def _kept_starters(self) -> list[tuple[str, str]]:
        """Those made for the same documents before; nothing where there are none."""
        try:
            held = json.loads(self._starters_file.read_text("utf-8"))
        except (OSError, ValueError):
            return []
        if not isinstance(held, dict) or held.get("documents") != self._documents_key():
            return []
        return [(str(kind), str(question)) for kind, question in held["questions"]]

    def _new_starters(self) -> list[tuple[str, str]]:
        key, found = self._documents_key(), starters(self.quoting)
        if len(found) < _FEW:  # time ran out while models were loaded: now they are
            found = starters(self.quoting)
        made = [(KIND_NAMES[starter.kind], starter.question) for starter in found]
        if made:
            text = json.dumps({"documents": key, "questions": made}, ensure_ascii=False)
            part = self._starters_file.with_suffix(".part")
            part.write_text(text, "utf-8")
            part.replace(self._starters_file)
        return made

    @property
    def _starters_file(self) -> Path:
        return self.data_dir / "starters.json"

    def _documents_key(self) -> str:
        """What the questions to begin with depend on: the documents and the program."""
        held = [(entry.doc_id, entry.fingerprint) for entry in self.bot.documents()]
        return sha256(json.dumps([held, feedback.program_version()]).encode()).hexdigest()

    # --- who may do what ---

    def role(self, request: gr.Request | None) -> Role:
        """The role of who is asking."""
        return self.role_of(request)

    def may(self, request: gr.Request | None, role: Role) -> bool:
        """Whether he may do what ``role`` may."""
        return ROLES.index(self.role(request)) >= ROLES.index(role)

    def need(self, request: gr.Request | None, role: Role) -> None:
        """Refuses what needs a higher role, whatever way it was asked for. Raises gradio.Error."""
        if not self.may(request, role):
            raise problem(
                f"您是{ROLE_NAMES[self.role(request)]}，不能这样做；需要{ROLE_NAMES[role]}的权限，请联系管理员。"
            )


def kept_of(settings: Settings) -> dict[str, Any]:
    """What of the settings is kept with an answer or a run; no address and no key."""
    by_model = ("llm", "unverified") if settings.engine == "llm" else ()
    return {name: getattr(settings, name) for name in ("engine", "passages", "strictness", *by_model)}


def everybody_is_admin(_request: gr.Request | None) -> Role:
    """The role without login: who can open the page owns the program."""
    return "admin"


def user_of(request: gr.Request | None) -> str:
    """The name at login, "" without login."""
    return str(getattr(request, "username", None) or "")


def problem(error: str | Exception) -> gr.Error:
    """What to raise so that the page shows it, in Chinese and escaped."""
    return gr.Error(
        shown(error if isinstance(error, str) else explain(error)[0]),
        title="没有做成",
        duration=8,
        print_exception=False,
    )


def tell(text: str) -> None:
    """A short message on the page."""
    gr.Info(shown(text), title="好了", duration=4)


def warn(text: str) -> None:
    """A message on the page of what was not done, beside what was."""
    gr.Warning(shown(text), title="没有全部做成", duration=10)


def html(value: str = "", **more: Any) -> gr.HTML:
    """A place for HTML of our own, without Gradio's style for running text."""
    return gr.HTML(value, apply_default_css=False, elem_classes="pq", **more)


def bridge(name: str) -> gr.HTML:
    """Takes an action of page.js: ``policyqa.send(name, data)`` there calls the listener here, see :func:`sent_with`."""
    return gr.HTML(
        "",
        visible="hidden",
        elem_id=f"do-{name}",
        js_on_load=f"(window.policyqaBridges ??= {{}})[{name!r}] = (data) => trigger('click', data);",
    )


def sent_with(event: gr.EventData) -> dict[str, Any]:
    """The data of an action. It comes from outside: take every value by :func:`text`, :func:`number`."""
    data = event._data
    return data if isinstance(data, dict) else {}


def text(data: Mapping[str, Any], name: str, most: int = 2000) -> str:
    """A text of an action, cut to ``most`` characters."""
    value = data.get(name)
    return value[:most] if isinstance(value, str) else ""


def fair(question: str) -> str:
    """The question. Raises ValueError for one that is longer than anybody asks."""
    if len(question) > LONGEST_QUESTION:
        raise ValueError(f"问题有 {len(question):,} 个字，最多 {LONGEST_QUESTION:,} 个。请写短一些。")
    return question


def number(data: Mapping[str, Any], name: str) -> int:
    """A whole number of an action; -1 for anything else."""
    value = data.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else -1


def sent_files(given: Any) -> list[tuple[Path, str]]:
    """Paths and names of files that the browser has sent; only what lies in the folder of uploads, whatever it says.
    Raises gradio.Error for too many."""
    folder, files = Path(get_upload_folder()).resolve(), []
    given = given if isinstance(given, list) else []
    if len(given) > MOST_SENT:
        raise problem(f"一次最多上传 {MOST_SENT:,} 个文件，这次有 {len(given):,} 个，一个也没有加入。请分几次上传。")
    for item in given:
        path = Path(text(item, "path", 4096)).resolve() if isinstance(item, dict) else folder
        if path.is_relative_to(folder) and path.is_file():
            files.append((path, sent(text(item, "name", 4096)) or path.name))
    return files


def packed(name: str, kind: str, content: bytes) -> str:
    """A file for ``policyqa.save`` of page.js; ``kind``: its MIME type."""
    return json.dumps({"name": name, "type": kind, "data": base64.b64encode(content).decode("ascii")})


def listen(action: gr.HTML, function: Callable[..., Any], inputs: Any = None, outputs: Any = None, **more: Any) -> Any:
    """Wires an action. The page shows its own progress."""
    return action.click(
        function, inputs, outputs, show_progress="hidden", api_visibility="private", trigger_mode="multiple", **more
    )
