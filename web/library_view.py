"""The left column: the documents with their filters, the files on their way, the conversations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from qa.conversations import Conversation
from qa.printing import titled
from web.escape import attribute, shown
from web.uploads import STATE_WORDS, Item
from web.words import authority_word, date_of

if TYPE_CHECKING:
    from index.interface import DocumentEntry


_QUEUED = 50  #: files that wait are listed up to so many: the list is sent anew all the time


def documents_html(entries: Sequence[DocumentEntry], order: Sequence[str], *, may_remove: bool) -> str:
    """The documents, each with a box that says whether questions are kept to it, and the filters over them."""
    if not entries:
        return '<p class="hint">还没有文件。</p>'
    filters = (
        _filter("kind", "文种", (entry.header.kind for entry in entries)),
        _filter("issuer", "机关", (entry.header.issuer for entry in entries)),
        _filter("year", "年份", (date_of(entry.header)[:4] for entry in entries)),
    )
    rows = "".join(_row(entry, order, may_remove) for entry in entries)
    return (
        f'<div class="filters" role="group" aria-label="筛选文件"><input type="search" class="find" placeholder="按标题、文号找文件" '
        f'aria-label="按标题、文号找文件">{"".join(filters)}</div>'
        f'<div class="scope-line"><label><input type="checkbox" class="all" checked> 全选</label>'
        f'<span class="chosen" aria-live="polite"></span></div><ul class="files">{rows}</ul>'
    )


def _filter(name: str, label: str, values: Iterable[str | None]) -> str:
    found = sorted({value for value in values if value}, reverse=name == "year")
    options = "".join(f'<option value="{attribute(value)}">{shown(value)}</option>' for value in found)
    return f'<label>{label}<select data-filter="{name}"><option value="">全部</option>{options}</select></label>'


def _row(entry: DocumentEntry, order: Sequence[str], may_remove: bool) -> str:
    header, doc = entry.header, attribute(entry.doc_id)
    title = titled(header.title)
    facts = [header.number, header.issuer, date_of(header), authority_word(header, order)]
    words = " ".join(filter(None, (header.title, header.number, entry.file_name))).lower()
    removal = (
        f'<button type="button" class="quiet" data-do="ask-remove" aria-label="移除{attribute(title)}">移除</button>'
        if may_remove
        else ""
    )
    confirm = (
        f'<span class="confirm" hidden>移除后就不能再问它。<button type="button" class="danger" data-do="remove" data-doc="{doc}">'
        '确定移除</button><button type="button" class="quiet" data-do="keep-it">取消</button></span>'
        if may_remove
        else ""
    )
    return (
        f'<li data-doc="{doc}" data-kind="{attribute(header.kind or "")}" data-issuer="{attribute(header.issuer or "")}" '
        f'data-year="{attribute(date_of(header)[:4])}" data-words="{attribute(words)}" '
        f'data-title="{attribute(header.title)}"><label><input type="checkbox" checked aria-label="就{attribute(title)}提问"></label>'
        f'<div><button type="button" class="name" data-do="open" data-doc="{doc}" data-start="-1" data-end="-1">{shown(title)}</button>'
        f'<div class="foot"><p class="facts">{"".join(f"<span>{shown(fact)}</span>" for fact in facts if fact)}</p>{removal}</div>'
        f"{confirm}</div></li>"
    )


def uploads_html(items: Sequence[Item]) -> str:
    """What has become of each file sent."""
    if not items:
        return ""
    waiting = [item for item in items if item.state == "waiting"]
    later = {item.number for item in waiting[_QUEUED:]}
    done = sum(item.state not in ("waiting", "working") for item in items)
    failed = sum(item.state == "failed" for item in items)
    rows = "".join(
        f'<li class="{item.state}"><span class="file">{shown(item.name)}</span>'
        f'<span class="state">{STATE_WORDS[item.state]}{"<span class=spin></span>" if item.state == "working" else ""}</span>'
        f"{f'<span class=why>{shown(item.message)}</span>' if item.message and item.state in ('failed', 'working') else ''}</li>"
        for item in reversed(items)
        if item.number not in later
    )
    if later:
        rows = f'<li class="waiting"><span class="file">还有 {len(later)} 个文件</span><span class="state">排队中</span></li>{rows}'
    clear = (
        '<button type="button" class="quiet" data-do="clear-uploads">清除记录</button>' if done == len(items) else ""
    )
    told = f"{done}/{len(items)} 个文件已处理" + (f"，{failed} 个没有加入" if failed else "")
    return (
        f'<div class="uploads" aria-live="polite"><p class="told">{told}{clear}</p>'
        f'<progress max="{len(items)}" value="{done}" aria-label="上传的进度"></progress><ul>{rows}</ul></div>'
    )


def conversations_html(conversations: Sequence[Conversation], current: str, search: str = "") -> str:
    """The conversations of a user, the present one marked."""
    if not conversations:
        return f'<p class="hint">{"没有找到。" if search else "还没有对话。"}</p>'
    rows = "".join(
        f'<li data-id="{attribute(c.id)}" class="{"current" if c.id == current else ""}">'
        f'<button type="button" class="name" data-do="talk" data-id="{attribute(c.id)}" '
        f"{'aria-current=true' if c.id == current else ''}>{shown(c.title or '新对话')}</button>"
        f'<span class="when">{_when(c.updated)} · {c.turns} 问</span>'
        f'<button type="button" class="quiet" data-do="edit-title" aria-label="改名：{attribute(c.title)}">改名</button>'
        f'<button type="button" class="quiet" data-do="ask-remove" aria-label="删除：{attribute(c.title)}">删除</button>'
        f'<span class="confirm" hidden>删除后不能恢复。<button type="button" class="danger" data-do="delete-talk" data-id="{attribute(c.id)}">'
        '确定删除</button><button type="button" class="quiet" data-do="keep-it">取消</button></span>'
        f'<form class="rename" hidden data-do="rename-talk" data-id="{attribute(c.id)}"><input name="title" value="{attribute(c.title)}" '
        'aria-label="对话的新名字" maxlength="80"><button type="submit" class="quiet">保存</button></form></li>'
        for c in conversations
    )
    return f'<ul class="talks">{rows}</ul>'


def _when(moment: datetime) -> str:
    local, now = moment.astimezone(), datetime.now().astimezone()
    return f"{local:%H:%M}" if local.date() == now.date() else f"{local:%Y-%m-%d}"
