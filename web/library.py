"""The left column and the document: what is there, sending files, removing, opening."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from web.desk import Desk, bridge, listen, number, problem, sent_files, sent_with, tell, text, user_of, warn
from web.document_view import document_html
from web.escape import sent
from web.library_view import documents_html, uploads_html
from web.quiet_gradio import gr


class Library:
    """The handlers of the documents. The components are given to :meth:`wire`."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def list_html(self, request: gr.Request | None) -> str:
        """The documents with their filters."""
        may = self.desk.may(request, "editor")
        return sent(documents_html(self.desk.bot.documents(), self.desk.order, may_remove=may))

    def uploads_html(self, request: gr.Request | None) -> str:
        """What has become of the files sent; nothing for who may send none."""
        return sent(uploads_html(self.desk.uploads.items())) if self.desk.may(request, "editor") else ""

    def open(self, event: gr.EventData) -> str:
        """A document at a span."""
        data = sent_with(event)
        start, end = number(data, "start"), number(data, "end")
        try:
            document = self.desk.bot.document(text(data, "doc"))
        except KeyError as error:
            raise problem("这份文件已经不在库里了。请刷新页面看现有的文件。") from error
        focus = (start, end) if 0 <= start <= end <= len(document.text) else None
        return sent(document_html(document, focus, self.desk.order))

    def upload(self, event: gr.EventData, request: gr.Request) -> tuple[str, Any]:
        """Puts files that the browser has sent in the queue, and looks after them from now on."""
        self.desk.need(request, "editor")
        given = sent_with(event).get("files") or []
        files = sent_files(given)
        if not files:
            raise problem("没有收到文件。请再选一次。")
        try:
            self.desk.uploads.take(files, user_of(request))
        except OSError as error:
            raise problem(error) from error
        if lost := len(given) - len(files):
            warn(f"有 {lost} 个文件没有收到，别的 {len(files)} 个已排队。请看下面的名单，把缺的再传一次。")
        return self.uploads_html(request), gr.Timer(active=True)

    def tick(self, seen: int, request: gr.Request) -> tuple[str, Any, int, Any]:
        """Files on their way, the documents where they have changed, the number of changes seen, the timer: it goes on
        until all is done."""
        desk, changes = self.desk, self.desk.changes
        busy = desk.uploads.busy or desk.starters is None
        documents = gr.skip() if changes == seen else self.list_html(request)
        return self.uploads_html(request), documents, changes, gr.Timer(active=busy or changes != seen)

    def remove(self, event: gr.EventData, request: gr.Request) -> tuple[str, Any]:
        """Takes a document out, and looks after what changes with it."""
        self.desk.need(request, "editor")
        try:
            self.desk.bot.remove(text(sent_with(event), "doc"))
        except Exception as error:
            raise problem(error) from error
        self.desk.documents_changed()
        tell("已移除；原件不受影响。")
        return self.list_html(request), gr.Timer(active=True)

    def clear(self, request: gr.Request) -> str:
        """Forgets the files that are done with."""
        self.desk.need(request, "editor")
        self.desk.uploads.clear()
        return self.uploads_html(request)

    def wire(self, shows: Sequence[gr.HTML], timer: gr.Timer) -> None:
        """Listens to page.js. ``shows``: documents, files on their way, the opened document."""
        documents, uploads, sheet = shows
        listen(bridge("open"), self.open, None, sheet).then(None, js="() => policyqa.opened()")
        listen(bridge("upload"), self.upload, None, [uploads, timer])
        listen(bridge("remove"), self.remove, None, [documents, timer])
        listen(bridge("clear"), self.clear, None, uploads)
