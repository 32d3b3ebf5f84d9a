"""The layout of the page, and what happens when it is opened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.accounts import Role
from web.chat import Chat, Talk
from web.desk import Desk, RoleOf, everybody_is_admin, html, user_of
from web.escape import sent, shown
from web.evaluation import Evaluation
from web.icons import icon
from web.library import Library
from web.preferences import Preferences
from web.quiet_gradio import gr
from web.tables_tab import tables_tab

if TYPE_CHECKING:
    from qa.bot import PolicyQA

TITLE = "政策问答"
_COMPOSER = """
<div class="in"><div class="line"><textarea id="question" rows="1" aria-label="问题"
placeholder="用一句话提问，可以接着追问"></textarea><button type="button" class="go" id="send" data-do="send">提问</button></div>
<div class="under"><label><input type="checkbox" id="only-search"> 仅检索（只列出段落，不组织答案）</label>
<span id="ask-scope"></span><span class="keys">回车提问，Shift+回车换行</span></div></div>
"""
_UPLOAD = """
<div id="drop"><div>把文件、文件夹或压缩包拖到这里</div><div class="row-of">
<button type="button" data-do="pick">选文件</button><button type="button" data-do="pick" data-folder="1">选文件夹</button></div>
<input type="file" id="pick-files" multiple hidden aria-label="选文件"><input type="file" id="pick-folder" webkitdirectory hidden aria-label="选文件夹">
<p id="sending" role="status"></p></div>
"""
_FIND_TALKS = '<input type="search" id="find-talks" placeholder="找对话" aria-label="找对话">'


def _head(name: str, button: str) -> str:
    return f'<div class="pane-head"><h2>{name}</h2>{button}</div>'


def _top(user: str, role: Role) -> str:
    """The bar; ``user`` is escaped. By the role page.css hides the tabs that are of no use to it."""
    who = (
        f'<span class="who">{user}</span><form method="post" action="logout"><button type="submit" class="quiet">退出登录</button></form>'
        if user
        else ""
    )
    left, right = (
        f'<button type="button" class="icon" data-do="fold" data-side="{side}" aria-expanded="true" '
        f'aria-label="{name}" title="{name}">{icon(side)}</button>'
        for side, name in (("left", "对话和文件栏"), ("right", "出处栏"))
    )
    theme = f'<button type="button" class="icon" data-do="theme" aria-label="浅色或深色" title="浅色或深色">{icon("theme")}</button>'
    skip = (
        '<button type="button" class="skip" data-do="to-question">跳到提问</button>'  # past all documents, by one key
    )
    return f'<header class="bar" data-role="{role}">{skip}<h1>{icon("logo")}{TITLE}</h1><span class="gap"></span>{who}{left}{right}{theme}</header>'


class Page:
    """The page over one bot: :attr:`blocks`, made when the page is."""

    def __init__(self, bot: PolicyQA, role_of: RoleOf | None = None, data_dir: Path | None = None) -> None:
        self.desk = Desk(bot, data_dir or bot.settings.data_dir, role_of or everybody_is_admin)
        self.chat, self.library = Chat(self.desk), Library(self.desk)
        self.evaluation, self.preferences = Evaluation(self.desk), Preferences(self.desk)
        self.blocks = self._build()

    def close(self) -> None:
        """Ends what goes on in the background."""
        self.desk.close()

    def opened(self, talk: Talk, identity: str, request: gr.Request) -> tuple[Any, ...]:
        """The page as it is when it is opened or loaded anew."""
        desk, library = self.desk, self.library
        desk.visited.set()
        talk = self.chat.open(talk, identity[:64], request)
        editor, admin = desk.may(request, "editor"), desk.may(request, "admin")
        return (
            *self.chat.whole(talk, request),
            self.chat.welcome_html(),
            sent(_top(shown(user_of(request)), desk.role(request))),
            library.list_html(request),
            library.uploads_html(request),
            gr.HTML(visible=editor),
            gr.Timer(active=desk.uploads.busy or desk.starters is None),
            self.preferences.form_html(talk, request) if admin else "",
            self.preferences.program_html() if admin else "",
            self.evaluation.list_html() if editor else "",
            desk.changes,
        )

    def tick(self, seen: int, request: gr.Request) -> tuple[Any, ...]:
        """What has changed behind the page's back."""
        welcome = self.chat.welcome_html() if self.desk.changes != seen else gr.skip()
        return welcome, *self.library.tick(seen, request)

    def _build(self) -> gr.Blocks:
        page: gr.Blocks = gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True)
        with page:
            talk, seen = gr.State(Talk()), gr.State(0)
            payload = gr.Textbox(visible="hidden", elem_id="payload")
            top = html(_top("", "reader"), elem_id="top")
            with gr.Tabs(elem_id="tabs"):
                with gr.Tab("问答"), gr.Row(elem_id="desk"):
                    with gr.Column(elem_id="left"):
                        html(_head("对话", '<button type="button" data-do="new-talk">新对话</button>') + _FIND_TALKS)
                        talks = html("", elem_id="talks")
                        html(_head("文件", ""), elem_id="files-head")
                        upload = html(_UPLOAD, elem_id="upload", js_on_load="window.policyqaUpload = upload;")
                        uploads = html("", elem_id="uploads")
                        documents = html("", elem_id="documents")
                    with gr.Column(elem_id="middle"):
                        with gr.Column(elem_id="scroll"):
                            welcome = html("", elem_id="welcome")
                            conversation = html("", elem_id="talk")
                            live = html("", elem_id="live")
                        html(_COMPOSER, elem_id="composer")
                    with gr.Column(elem_id="right"):
                        evidence = html("", elem_id="evidence")
                with gr.Tab("职责与数字") as tables, gr.Column(elem_classes="page-tab wide"):
                    tables_tab(self.desk.bot, tables)
                with gr.Tab("评测", id="evaluation"), gr.Column(elem_classes="page-tab"):
                    runs = self.evaluation.build(talk, payload)
                with gr.Tab("设置", id="settings"), gr.Column(elem_classes="page-tab"):
                    settings, program = self.preferences.build(talk)
            sheet = html("", elem_id="sheet")
            asked_for = gr.Textbox(visible="hidden", elem_id="asked-for")
            timer = gr.Timer(0.7, active=False)

            self.chat.wire(talk, [conversation, live, evidence, talks], payload)
            self.library.wire([documents, uploads, sheet], timer)
            quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
            timer.tick(self.tick, seen, [welcome, uploads, documents, seen, timer], **quiet)
            page.load(
                self.opened,
                [talk, asked_for],
                [talk, conversation, live, evidence, talks, welcome, top, documents, uploads, upload, timer,
                 settings, program, runs, seen],
                js="(talk) => [talk, new URLSearchParams(location.search).get('talk') || '']",
                **quiet,
            ).then(None, js="() => policyqa.start()")  # fmt: skip
            page.unload(self.desk.visits.close)
        page.queue(default_concurrency_limit=8)
        return page
