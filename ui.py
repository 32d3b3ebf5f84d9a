"""The page: ask, read the answer, see each source in its place. It shows what the API gives and decides nothing.

``python ui.py`` or ``policyqa ui``.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Sequence
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from qa.cli import explain, titled, understood_as
from qa.cli import main as policyqa

if TYPE_CHECKING:
    import gradio

    from qa.answer import Answer, Citation
    from qa.bot import PolicyQA

_MARK = re.compile(r"\[(\d{1,3})\]")
#: Characters of a passage shown on each side of the quoted span.
_AROUND = 120

CSS = """
:root { --quiet: #4b5563; } .dark { --quiet: #b6bcc6; }
.gradio-container { max-width: 920px !important; margin: 0 auto !important; }
#head h1 { font-size: 1.5rem; margin: .6rem 0 .2rem; }
#head p { color: var(--quiet); margin: 0 0 .4rem; }
#talk .turn { border: 1px solid var(--border-color-primary); border-radius: 10px;
  padding: 14px 18px; margin: 0 0 14px; }
#talk .question { font-weight: 600; overflow-wrap: anywhere; }
#talk .understood, #talk .copies { color: var(--quiet); font-size: .88rem; }
#talk .text { white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.75; margin: 10px 0; }
#talk .refused .text { border-left: 4px solid #d97706; background: rgba(217, 119, 6, .1); padding: 8px 12px; }
#talk .corrected .text { border-left: 4px solid #2563eb; background: rgba(37, 99, 235, .08); padding: 8px 12px; }
#talk a.to-source { text-decoration: none; font-size: .85em; vertical-align: super; line-height: 0; }
#talk ol { list-style: none; padding: 0; margin: 6px 0 0; }
#talk li { margin: 0 0 12px; scroll-margin-top: 12px; }
#talk li:target { outline: 2px solid var(--color-accent); outline-offset: 4px; border-radius: 4px; }
#talk blockquote { white-space: pre-wrap; overflow-wrap: anywhere; margin: 4px 0 0 !important; padding: 4px 12px;
  line-height: 1.7; border-left: 3px solid var(--border-color-primary); color: var(--quiet); }
#talk mark { background: #fde68a; color: #111827; padding: 0 1px; }
#talk summary { cursor: pointer; overflow-wrap: anywhere; }
"""


class Turn(NamedTuple):
    """A question, its answer as text (for follow-ups) and as shown."""

    question: str
    text: str
    html: str


# --- what is shown; everything from documents and questions is escaped ------------------------------------------------


def answer_html(answer: Answer, text_of: Callable[[str], str], turn: int) -> str:
    """An answer with its sources as HTML. ``text_of`` gives a document's text; ``turn`` keeps the anchors apart."""
    kind = "refused" if answer.refused else "corrected" if answer.premise == "contradicted" else "answered"
    shown = answer.citations or answer.nearest
    known = {citation.marker for citation in answer.citations}
    parts = [f'<div class="question">{escape(answer.question)}</div>']
    if understood := understood_as(answer):
        parts.append(f'<div class="understood">理解为：{escape(understood)}</div>')
    parts.append(f'<div class="text">{_with_links(answer.text, known, turn)}</div>')
    parts += [f'<div class="understood">{escape(note)}</div>' for note in answer.notes]
    if shown:
        parts.append(f"<strong>{'出处' if answer.citations else '最接近的条款'}</strong>")
        items = "".join(_source_html(citation, answer, text_of, turn) for citation in shown)
        parts.append(f"<ol>{items}</ol>")
    return f'<div class="{kind}">{"".join(parts)}</div>'


def _with_links(text: str, known: set[int], turn: int) -> str:
    """The escaped text, each mark that has a source made a link to it."""

    def link(match: re.Match[str]) -> str:
        marker = int(match.group(1))
        if marker not in known:
            return match.group()
        return f'<a class="to-source" href="#turn-{turn}-source-{marker}">[{marker}]</a>'

    return _MARK.sub(link, escape(text))


def _source_html(citation: Citation, answer: Answer, text_of: Callable[[str], str], turn: int) -> str:
    number = f"（{citation.number}）" if citation.number else ""
    page = f"，第 {citation.page} 页" if citation.page is not None else ""
    head = escape(f"{titled(citation.title)}{number} {' › '.join(citation.section)}{page}")
    copies = "；".join(f"{titled(copy.title)}{' › '.join(copy.section)}" for copy in citation.also_in)
    also = f'<div class="copies">又见{escape(copies)}</div>' if copies else ""
    return (
        f'<li id="turn-{turn}-source-{citation.marker}"><div><strong>[{citation.marker}]</strong> {head}</div>'
        f"<blockquote>{_quote_in_place(citation, answer, text_of)}</blockquote>{also}</li>"
    )


def _quote_in_place(citation: Citation, answer: Answer, text_of: Callable[[str], str]) -> str:
    """The quoted span marked within the passage around it."""
    try:
        text = text_of(citation.doc_id)
    except KeyError:  # the document was removed while the conversation went on
        return f"<mark>{escape(citation.quote)}</mark>"
    start, end = citation.start, citation.end
    for passage in answer.passages:
        if passage.doc_id == citation.doc_id and passage.start <= start and end <= passage.end:
            begin, stop = max(passage.start, start - _AROUND), min(passage.end, end + _AROUND)
            cut_before, cut_after = begin > passage.start, stop < passage.end
            break
    else:
        begin, stop = max(0, start - _AROUND), min(len(text), end + _AROUND)
        cut_before, cut_after = begin > 0, stop < len(text)
    before, after = escape(text[begin:start]), escape(text[end:stop])
    dots = "…" if cut_before else "", "…" if cut_after else ""
    return f"{dots[0]}{before}<mark>{escape(text[start:end])}</mark>{after}{dots[1]}"


def conversation_html(turns: Sequence[Turn]) -> str:
    """All turns, the newest on top and open, the earlier ones folded."""
    if not turns:
        return ""
    *earlier, newest = turns
    folded = (
        f'<details class="turn"><summary>{escape(turn.question)}</summary>{turn.html}</details>'
        for turn in reversed(earlier)
    )
    return f'<div class="turn">{newest.html}</div>{"".join(folded)}'


def example_questions(bot: PolicyQA) -> list[str]:
    """Questions that the highest source can answer, made from its title and its headings."""
    entries = bot.documents()
    if not entries:
        return []
    best = min(entries, key=lambda entry: (entry.header.authority, -entry.length))
    headings = [s.title for s in bot.document(best.doc_id).sections if s.kind == "body" and s.level > 0]
    fitting = [heading for heading in headings if 4 <= len(heading) <= 20]
    middle = fitting[len(fitting) // 2 :][:1]
    return [
        f"{titled(best.header.title)}是什么时候由哪个机关发布的？",
        f"{titled(best.header.title)}分为哪几个部分？",
        *(f"“{heading}”包括哪些内容？" for heading in middle),
    ]


# --- the page --------------------------------------------------------------------------------------------------------


def build(bot: PolicyQA) -> gradio.Blocks:
    """The page over this bot, not yet served."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when gradio is imported: nothing calls home
    import gradio as gr

    def ask(question: str, turns: list[Turn]) -> tuple[str, list[Turn], str]:
        question = question.strip()
        if not question:
            return "", turns, conversation_html(turns)
        try:
            answer = bot.ask(question, history=[(turn.question, turn.text) for turn in turns])
        except Exception as error:
            raise gr.Error(escape(explain(error)[0]), title="没有答出来") from error
        html = answer_html(answer, lambda doc_id: bot.document(doc_id).text, len(turns) + 1)
        turns = [*turns, Turn(question, answer.text, html)]
        return "", turns, conversation_html(turns)

    def start_over() -> tuple[str, list[Turn], str]:
        return "", [], ""

    page: gradio.Blocks
    with gr.Blocks(title="政策问答", analytics_enabled=False) as page:
        gr.HTML(
            f"<h1>政策问答</h1><p>就 {len(bot.documents())} 份文件提问。"
            "每句话都注明原文出处；文件里没有的，会直说没有。</p>",
            elem_id="head",
        )
        turns = gr.State([])
        box = gr.Textbox(
            label="问题",
            placeholder="用一句话提问，可以接着追问",
            lines=2,
            max_lines=6,
            max_length=2000,
            autofocus=True,
            elem_id="question",
        )
        with gr.Row():
            send = gr.Button("提问", variant="primary", scale=4, elem_id="send")
            new = gr.Button("新对话", scale=1, elem_id="new")
        examples = example_questions(bot)
        if examples:
            gr.Examples([[question] for question in examples], inputs=box, label="可以这样问")
        talk = gr.HTML(elem_id="talk")
        outputs = [box, turns, talk]
        gr.on([send.click, box.submit], ask, [box, turns], outputs, api_name="ask", show_progress_on=talk)
        new.click(start_over, None, outputs, api_visibility="private")
    return page


class PageError(RuntimeError):
    """The page cannot be served. The message is Chinese and names the next step."""


def launch(bot: PolicyQA, host: str, port: int) -> tuple[gradio.Blocks, str]:
    """Serves the page and gives it with its address; returns at once. Raises :class:`PageError`."""
    page = build(bot)
    import gradio as gr

    # gradio asks its own server whether it is up: that must not go through a proxy.
    for name in ("NO_PROXY", "no_proxy"):
        os.environ[name] = ",".join(filter(None, [os.environ.get(name), "127.0.0.1", "localhost", host]))
    fonts = ("system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif")
    try:
        _app, address, _share = page.launch(
            server_name=host,
            server_port=port,
            share=False,
            ssr_mode=False,
            quiet=True,
            prevent_thread_lock=True,
            show_error=True,
            footer_links=[],
            theme=gr.themes.Default(font=fonts, font_mono=("ui-monospace", "monospace")),
            css=CSS,
        )
    except OSError as error:
        raise PageError(f"{host} 的端口 {port} 用不了（可能已被占用）。请换一个，例如 --port {port + 1}。") from error
    return page, address


def serve(bot: PolicyQA, host: str, port: int) -> None:
    """Serves the page until Ctrl-C."""
    page, address = launch(bot, host, port)
    print(f"网页已打开：{address}（按 Ctrl-C 结束）", flush=True)
    page.block_thread()


def main() -> None:
    """Serves the page over the index that is there, with host and port from the settings."""
    sys.exit(policyqa(["ui", *sys.argv[1:]]))


if __name__ == "__main__":
    main()
