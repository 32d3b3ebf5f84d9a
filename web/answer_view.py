"""A question with its answer as HTML: sentences with chips, badges, notes, what can be done with it; a refusal; waiting.

Buttons carry ``data-do`` (what page.js does) and their values in ``data-…``; ``turn`` is the number of the turn.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from corpus.document import Header
from qa.answer import REFUSAL, Answer, Citation, Statement, is_refusal, mark_runs
from qa.bot import EMPTY
from qa.export import written_by
from qa.feedback import REASONS
from qa.printing import titled, understood_as
from web.escape import attribute, shown
from web.icons import icon
from web.words import REFUSAL_ADVICE, REFUSAL_WORDS, SUPPORT_HELP, SUPPORT_WORDS, scope_words

_QUOTE_SHOWN = 160  #: characters of a quote in the card that appears when the mouse rests on a chip
#: Of Answer.timings, in the order in which they come.
_STAGES = {
    "understand": "理解", "retrieve": "检索", "compose": "组织", "check": "核对", "followup": "补全追问", "expand": "换个说法",
    "answer": "语言模型写", "repair": "改写",
}  # fmt: skip
_CUT_OFF = "可能正在另一个窗口里回答；如果窗口或程序在答完之前关了，请再问一次。"
_LISTED = 3  #: a sentence of so many parts is set as lines


def turn_html(
    number: int,
    answer: Answer,
    scope: Mapping[str, Any] | None,
    headers: Mapping[str, Header],
    *,
    copied: str = "",
    verdict: str = "",
    may_keep: bool = True,
) -> str:
    """One turn. ``copied``: what the copy button copies; ``verdict``: "good" or "bad" once the user has said so."""
    if is_search(answer):
        kind, body = "found", _found(answer)
    elif answer.refused:
        kind, body = "refused", _refusal(answer, number, scope, headers)
    else:
        kind = "corrected" if answer.premise == "contradicted" else "answered"
        body = (
            '<div class="premise">问题的前提与原文不符</div>' if kind == "corrected" else ""
        ) + f'<div class="text">{sentences_html(answer, number)}</div>'
    notes = "".join(f'<p class="note">{shown(note)}</p>' for note in answer.notes)
    cards = "".join(_hover(citation, number, headers) for citation in (*answer.citations, *answer.nearest))
    return (
        f'<article class="turn {kind}" id="turn-{number}" data-turn="{number}">'
        f'<h3 class="question">{shown(answer.question)}</h3>{_searched_as(answer, number)}{_by(answer)}{body}{notes}'
        f"{_dropped(answer)}{_footer(answer, number, scope)}{_actions(number, answer, copied, verdict, may_keep)}"
        f'<div hidden class="hovers">{cards}</div></article>'
    )


def is_search(answer: Answer) -> bool:
    """Whether passages were looked for and no answer was asked."""
    return not answer.text and not answer.refused


# --- the sentences ----------------------------------------------------------------------------------------------------


def sentences_html(answer: Answer, number: int) -> str:
    """The text, each run of marks made chips, and behind them how far the sentence is borne out."""
    known = {citation.marker for citation in answer.citations}
    waiting = list(answer.statements)
    parts, at = [], 0
    for marks in mark_runs(answer):
        said = answer.text[at : marks.start()]
        markers = [int(n) for n in re.findall(r"\d+", marks.group())]
        statement = _statement_of(said, waiting)
        parts.append(f'<span class="said">{_lines(said)}{_chips(markers, known, number)}{_badge(statement)}</span>')
        at = marks.end()
    rest = answer.text[at:]
    if rest.strip():
        parts.append(f'<span class="said">{_lines(rest)}{_badge(_statement_of(rest, waiting))}</span>')
    return "".join(parts)


def _statement_of(said: str, waiting: list[Statement]) -> Statement | None:
    """The statement of a sentence; of several that share their marks the one that is borne out least."""
    worst = None
    order = ("unverified", "partial", "verified")
    while waiting and waiting[0].sentence.strip() in said:
        statement = waiting.pop(0)
        if worst is None or order.index(statement.support) < order.index(worst.support):
            worst = statement
    return worst


def _lines(said: str) -> str:
    """A sentence that lists several things has each on a line of its own."""
    head, colon, tail = said.partition("：")
    items = re.split(r"(?<=；)(?!$)", tail)
    if len(items) < _LISTED:
        return shown(said)
    listed = "".join(f'<span class="item">{shown(item)}</span>' for item in items)
    return f"{shown(head + colon)}{listed}"


def _chips(markers: Sequence[int], known: set[int], turn: int) -> str:
    return "".join(
        f'<button type="button" class="chip" data-do="card" data-turn="{turn}" data-n="{n}" '
        f'aria-label="出处 {n}">【{n}】</button>'
        if n in known
        else f"[{n}]"
        for n in markers
    )


def _badge(statement: Statement | None) -> str:
    if statement is None:
        return ""
    support = statement.support
    return f'<span class="badge {support}" title="{SUPPORT_HELP[support]}">{SUPPORT_WORDS[support]}</span>'


def _hover(citation: Citation, turn: int, headers: Mapping[str, Header]) -> str:
    """What appears when the mouse rests on a chip."""
    quote = citation.quote if len(citation.quote) <= _QUOTE_SHOWN else citation.quote[:_QUOTE_SHOWN] + "……"
    number = f'<span class="number">{shown(citation.number)}</span>' if citation.number else ""
    return (
        f'<div data-hover="{turn}-{citation.marker}"><q>{shown(quote)}</q>'
        f'<div class="from"><strong>{shown(titled(citation.title))}</strong> {number}</div>'
        f'<div class="path">{shown(" › ".join(citation.section))}</div></div>'
    )


# --- around them ------------------------------------------------------------------------------------------------------


def _searched_as(answer: Answer, number: int) -> str:
    """The question as it was searched, to be changed and asked again."""
    understood = understood_as(answer)
    if not understood:
        return ""
    return (
        f'<form class="rewritten" data-do="again" data-turn="{number}"><label>理解为'
        f'<input name="question" value="{attribute(understood)}" aria-label="检索所用的问题，可以改">'
        '</label><button type="submit" class="quiet">改好再问</button></form>'
    )


def _by(answer: Answer) -> str:
    """That a language model wrote the text, where one did."""
    if answer.engine != "llm":
        return ""
    return f'<p class="by">{shown(written_by(answer))}</p>'


def _dropped(answer: Answer) -> str:
    """What a language model wrote and the check has taken out."""
    if not answer.dropped:
        return ""
    said = "".join(f"<li>{shown(sentence)}</li>" for sentence in answer.dropped)
    return (
        f'<details class="dropped"><summary>核对中去掉的话<span class="count">{len(answer.dropped)}</span></summary>'
        f'<p class="hint">语言模型写过、没有照样放进回答的：原文里核对不上，或改写过。</p><ul>{said}</ul></details>'
    )


def _footer(answer: Answer, number: int, scope: Mapping[str, Any] | None) -> str:
    total = answer.timings.get("total")
    spent = " → ".join(f"{word} {answer.timings[name]:.2f}" for name, word in _STAGES.items() if name in answer.timings)
    time = f"用时 {total:.1f} 秒{f'（{spent}）' if spent else ''}" if total else ""
    written = "" if is_search(answer) or answer.engine == "llm" else shown(written_by(answer))  # else see _by
    parts = [f"范围：{shown(scope_words(scope))}", written, time]
    return f'<p class="scope">{" · ".join(filter(None, parts))}</p>'


def _actions(number: int, answer: Answer, copied: str, verdict: str, may_keep: bool) -> str:
    if is_search(answer):
        return ""
    data = f'data-turn="{number}"'
    downloads = "".join(
        f'<button type="button" data-do="download" {data} data-format="{suffix}">{label}</button>'
        for suffix, label in (("md", "Markdown（.md）"), ("docx", "Word（.docx）"), ("json", "数据（.json）"))
    )
    pressed = {name: "true" if verdict == name else "false" for name in ("good", "bad")}
    reasons = "".join(
        f'<button type="button" data-do="bad" {data} data-reason="{reason}">{reason}</button>' for reason in REASONS
    )
    keep = f'<button type="button" data-do="keep" {data}>{icon("keep")} 加入问题集</button>' if may_keep else ""
    return (
        f'<div class="actions"><button type="button" data-do="copy" data-text="{attribute(copied)}">{icon("copy")} 复制（含出处）</button>'
        f'<details class="menu"><summary>{icon("save")} 下载</summary><div>{downloads}</div></details>'
        f'<button type="button" data-do="good" {data} aria-pressed="{pressed["good"]}" title="答得好">{icon("good")} 有用</button>'
        f'<details class="menu"><summary title="答得不好" class="{"pressed" if verdict == "bad" else ""}">{icon("bad")} 没用</summary>'
        f'<div><span class="hint">哪里不好？</span>{reasons}'
        f'<input class="remark" maxlength="500" placeholder="补充说明（可不写）" aria-label="补充说明"></div></details>{keep}</div>'
    )


def _refusal(answer: Answer, turn: int, scope: Mapping[str, Any] | None, headers: Mapping[str, Header]) -> str:
    """Why nothing is answered, what was searched, the clauses that come nearest, what to do."""
    if answer.text == EMPTY:  # names a command, which is of no use here
        return (
            '<div class="refusal" role="note"><div class="why"><span class="tag">没有文件可查</span>还没有文件。</div>'
            "<p>请在左边“文件”里上传，然后再问。</p></div>"
        )
    if not is_refusal(answer.text):  # thanks, or a word about the talk: nothing was looked for
        return f'<p class="text">{shown(answer.text)}</p>'
    reason = answer.refusal_reason or "weak_evidence"
    said = answer.text.removeprefix(REFUSAL).strip()
    searched = scope["searched"] if scope and "searched" in scope else len(headers)
    advice = "".join(f"<li>{line}</li>" for line in REFUSAL_ADVICE[reason] if searched)
    told = (
        f"查了{shown(scope_words(scope))}，共 {searched} 份，看了最接近的 {len(answer.passages)} 段。"
        if searched
        else f"范围是{shown(scope_words(scope))}。"
    )
    near = ""
    if answer.nearest:
        clauses = "".join(
            f'<li><button type="button" class="chip" data-do="card" data-turn="{turn}" data-n="{c.marker}" '
            f'aria-label="最接近的条款 {c.marker}">【{c.marker}】</button>'
            f'<span class="quote">{shown(c.quote)}</span>'
            f'<span class="path">{shown(titled(c.title))} {shown(" › ".join(c.section))}</span></li>'
            for c in answer.nearest
        )
        near = f"<h4>最接近的条款</h4><ul class='nearest'>{clauses}</ul>"
    return (
        f'<div class="refusal" role="note"><div class="why"><span class="tag">{REFUSAL_WORDS[reason] if searched else "没有文件可查"}</span>{REFUSAL}</div>'
        f"{f'<p>{shown(said)}</p>' if said else ''}"
        f'<p class="searched">{told}</p>'
        f"{near}{f'<h4>可以这样做</h4><ul class=advice>{advice}</ul>' if advice else ''}</div>"
    )


def _found(answer: Answer) -> str:
    if not answer.passages:
        return '<p class="text">没有找到相关的段落。</p>'
    return f'<p class="text">找到 {len(answer.passages)} 段，没有组织答案，见“出处”一栏。</p>'


# --- waiting, and the empty page --------------------------------------------------------------------------------------


def waiting_html(
    question: str,
    stages: Sequence[tuple[str, float | None]],
    number: int,
    understood: str | None = None,
    found: int | None = None,
) -> str:
    """The turn while it is worked on. ``stages``: name and seconds, None for the one at work; ``understood``: the
    question as it is searched, where that says more; ``found``: passages."""
    told = f'<p class="scope">已找到 {found} 段相关内容</p>' if found else ""
    return (
        f'<article class="turn waiting" aria-busy="true"><h3 class="question">{shown(question)}</h3>'
        f'{_reworded(understood, number)}{_progress(stages)}{told}<button type="button" class="quiet" data-do="stop">停止</button></article>'
    )


def writing_html(
    question: str,
    stages: Sequence[tuple[str, float | None]],
    number: int,
    understood: str | None,
    draft: Answer,
    said: str,
    headers: Mapping[str, Header],
) -> str:
    """The turn while a language model writes: the draft from the documents with its chips, and ``said``, what the model
    has written so far and nobody has checked."""
    written = (
        f'<section class="writing"><h4>语言模型写的，还没有核对</h4><div class="text">{shown(said)}</div></section>'
        if said
        else ""
    )
    cards = "".join(_hover(citation, number, headers) for citation in (*draft.citations, *draft.nearest))
    return (
        f'<article class="turn waiting" aria-busy="true"><h3 class="question">{shown(question)}</h3>'
        f"{_reworded(understood, number)}{_progress(stages)}"
        f'<section class="draft"><h4>摘录的回答，语言模型正在写……</h4><div class="text">{sentences_html(draft, number)}</div>'
        f'</section>{written}<button type="button" data-do="stop">停止，就用摘录的</button>'
        f'<div hidden class="hovers">{cards}</div></article>'
    )


def _reworded(understood: str | None, number: int) -> str:
    """The question as it is searched. It is changed where questions are written: this here is drawn anew all the time."""
    if not understood:
        return ""
    return (
        f'<p class="rewritten"><span>理解为</span><span class="as">{shown(understood)}</span>'
        f'<button type="button" class="quiet" data-do="reword" data-turn="{number}" data-question="{attribute(understood)}">'
        "改好再问</button></p>"
    )


def _progress(stages: Sequence[tuple[str, float | None]]) -> str:
    steps = "".join(
        f'<li class="{"now" if seconds is None else "done"}">{shown(name)}'
        f"{'<span class=spin></span>' if seconds is None else f'<span class=time>{seconds:.2f} 秒</span>'}</li>"
        for name, seconds in stages
    )
    return f'<ol class="stages" aria-label="进度">{steps}</ol>'


def unanswered_html(number: int, question: str, trouble: str = "") -> str:
    """The turn that has no answer, with its question to be asked again. ``trouble``: why, where that is known."""
    tag = "没有答出来" if trouble else "还没有回答"
    return (
        f'<article class="turn failed" id="turn-{number}" data-turn="{number}"{" role=alert" if trouble else ""}>'
        f'<h3 class="question">{shown(question)}</h3>'
        f'<div class="refusal"><div class="why"><span class="tag">{tag}</span>{shown(trouble or _CUT_OFF)}</div></div>'
        f'<button type="button" class="quiet" data-do="again" data-turn="{number}" data-question="{attribute(question)}">'
        "再问一次</button></article>"
    )


def suggestions_html(questions: Sequence[tuple[str, str]], title: str) -> str:
    """Questions to click on: (kind in words or "", question)."""
    if not questions:
        return ""
    items = "".join(
        f'<li><button type="button" data-do="ask" data-question="{attribute(question)}">'
        f"{f'<span class=kind>{shown(kind)}</span>' if kind else ''}{shown(question)}</button></li>"
        for kind, question in questions
    )
    return f'<nav class="suggestions" aria-label="{title}"><h4>{title}</h4><ul>{items}</ul></nav>'


def welcome_html(documents: int, starters: Sequence[tuple[str, str]] | None) -> str:
    """The empty conversation. ``starters`` is None while they are being made."""
    lead = (
        f"<p>就 {documents} 份文件提问。每句话都注明原文出处，点【1】看原文；文件里没有的，会直说没有。</p>"
        if documents
        else "<p>还没有文件。请在左边“文件”里上传，然后就可以提问。</p>"
    )
    listed = (
        '<p class="hint">正在从文件里找几个可以问的问题……</p>'
        if starters is None and documents
        else suggestions_html(starters or (), "可以这样问")
    )
    return f'<div class="welcome"><h2>问政策，句句有出处</h2>{lead}{listed}</div>'
