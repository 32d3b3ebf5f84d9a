"""What an answer rests on, as cards: the cited first and open, what else was found folded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from corpus.document import Header
from index.passage import Passage
from qa.answer import Answer, Citation
from qa.export import gb7714, reference
from qa.printing import titled
from web.answer_view import is_search
from web.escape import attribute, shown
from web.words import authority_word, date_of

_AROUND = 120  #: characters of the passage shown on each side of the quoted span
_SHORT = 280  #: characters of a passage that was not cited
TextOf = Callable[[str], str]  #: the text of a document; KeyError when it is gone


def evidence_html(
    answer: Answer | None,
    turn: int,
    headers: Mapping[str, Header],
    text_of: TextOf,
    order: Sequence[str],
    light: int = 0,
) -> str:
    """The column of a turn. ``order``: the setting ``authority``; ``light``: the card to be lit."""
    if answer is None:
        return '<div class="evidence empty"><p>回答的出处会列在这里：原文、文号、所在章节，点开能看整份文件。</p></div>'
    shown_citations = answer.citations or answer.nearest
    cards = "".join(_card(c, answer, turn, headers, text_of, order, lit=c.marker == light) for c in shown_citations)
    cited_title = "出处" if answer.citations else "最接近的条款"
    head = f"<h3>{cited_title}<span class='count'>{len(shown_citations)}</span></h3>" if shown_citations else ""
    others = [p for p in answer.passages if not any(_within(c, p) for c in shown_citations)]
    best = max((p.sparse for p in answer.passages), default=0.0)
    rest = "".join(_passage(p, headers, order, best) for p in others)
    if rest and is_search(answer):
        rest = f"<h3>检索到的段落<span class='count'>{len(others)}</span></h3>{rest}"
    elif rest:
        rest = f'<details class="others"><summary>检索到但未引用<span class="count">{len(others)}</span></summary>{rest}</details>'
    none = "" if head or rest else '<p class="hint">这个问题没有找到相关的段落。</p>'
    return (
        f'<div class="evidence" data-turn="{turn}" data-light="{light}"><p class="about">第 {turn} 问：'
        f"{shown(answer.question[:60])}</p>{head}{cards}{rest}{none}{_usage(answer)}</div>"
    )


def _usage(answer: Answer) -> str:
    """What the language model has taken for an answer."""
    if not answer.model:
        return ""
    used, times = answer.usage, answer.timings
    first, wrote = times.get("first_token"), times.get("answer", 0.0)
    rows = {
        "语言模型": answer.model,
        "请求": f"{used.get('calls', 0)} 次"
        + (f"，另有 {used['kept']} 次用的是以前写过的" if used.get("kept") else ""),
        "读": f"{used.get('input_tokens', 0):,} token"
        + (f"，其中 {used['cached_tokens']:,} 读过" if used.get("cached_tokens") else ""),
        "写": f"{used.get('output_tokens', 0):,} token",
        "第一个字": f"{first:.1f} 秒" if first is not None else "",
        "写完": f"{wrote:.1f} 秒" if wrote else "",
    }
    lines = "".join(
        f'<tr><th scope="row">{name}</th><td>{shown(told)}</td></tr>' for name, told in rows.items() if told
    )
    return f'<details class="scores usage"><summary>语言模型的用量</summary><table>{lines}</table></details>'


def _within(citation: Citation, passage: Passage) -> bool:
    return citation.doc_id == passage.doc_id and passage.start <= citation.start and citation.end <= passage.end


def _card(
    citation: Citation,
    answer: Answer,
    turn: int,
    headers: Mapping[str, Header],
    text_of: TextOf,
    order: Sequence[str],
    lit: bool,
) -> str:
    header = headers.get(citation.doc_id)
    passage = next((p for p in answer.passages if _within(citation, p)), None)
    best = max((p.sparse for p in answer.passages), default=0.0)
    source = reference(citation, header)
    standard = gb7714(citation, header)
    gone = "" if header else '<p class="note">这份文件已从库里移除，下面是当时的原文。</p>'
    opening = _open_button(citation.doc_id, citation.start, citation.end) if header else ""
    return (
        f'<details open class="card{" lit" if lit else ""}" id="card-{turn}-{citation.marker}">'
        f'<summary><span class="n">【{citation.marker}】</span><span class="title">{shown(titled(citation.title))}</span>'
        f"</summary>{_facts(header, citation.number, order)}{_path(citation.section, citation.page)}{_doubt(citation)}{gone}"
        f"<blockquote>{_in_place(citation, passage, text_of)}</blockquote>{_copies(citation)}"
        f'<div class="tools">{opening}'
        f'<button type="button" data-do="copy" data-text="{attribute(source)}" title="{attribute(source)}">复制引用</button>'
        f'<button type="button" data-do="copy" data-text="{attribute(standard)}" title="{attribute(standard)}">GB/T 7714</button>'
        f"</div>{_scores(passage, best) if passage else ''}</details>"
    )


def _passage(passage: Passage, headers: Mapping[str, Header], order: Sequence[str], best: float) -> str:
    header = headers.get(passage.doc_id)
    text = passage.text if len(passage.text) <= _SHORT else passage.text[:_SHORT] + "……"
    opening = _open_button(passage.doc_id, passage.start, passage.end) if header else ""
    return (
        f'<details class="card plain"><summary><span class="title">{shown(titled(passage.title))}</span>'
        f'<span class="path">{shown(" › ".join(passage.section[-1:]))}</span></summary>'
        f"{_facts(header, header.number if header else None, order)}{_path(passage.section, passage.page)}"
        f'<blockquote>{shown(text)}</blockquote><div class="tools">{opening}</div>{_scores(passage, best)}</details>'
    )


def _facts(header: Header | None, number: str | None, order: Sequence[str]) -> str:
    """Number, issuer, day, authority, and kind as far as they are known."""
    facts = [number]
    if header is not None:
        facts += [header.issuer, date_of(header), authority_word(header, order)]
    return f'<p class="facts">{"".join(f"<span>{shown(fact)}</span>" for fact in facts if fact)}</p>'


def _path(section: Sequence[str], page: int | None) -> str:
    where = [*section, *([f"第 {page} 页"] if page is not None else [])]
    return f'<p class="path">{shown(" › ".join(where))}</p>' if where else ""


def _doubt(citation: Citation) -> str:
    """That the quote was recognised in a picture and how sure that is, where it is not."""
    if citation.confidence is None:
        return ""
    return f'<p class="note">这几个字是从图片里识别的，最没把握的一个字约 {citation.confidence:.0%}；请对照原件。</p>'


def _in_place(citation: Citation, passage: Passage | None, text_of: TextOf) -> str:
    """The quoted span marked within the passage around it."""
    try:
        text = text_of(citation.doc_id)
    except KeyError:  # the document was removed while the conversation went on
        text = ""
    start, end = citation.start, citation.end
    if text[start:end] != citation.quote:  # or changed
        return f"<mark>{shown(citation.quote)}</mark>"
    low, high = (passage.start, passage.end) if passage else (0, len(text))
    begin, stop = max(low, start - _AROUND), min(high, end + _AROUND)
    dots = "…" if begin > low else "", "…" if stop < high else ""
    return f"{dots[0]}{shown(text[begin:start])}<mark>{shown(text[start:end])}</mark>{shown(text[end:stop])}{dots[1]}"


def _copies(citation: Citation) -> str:
    if not citation.also_in:
        return ""
    places = "".join(
        f"<li>{shown(titled(copy.title))} {shown(' › '.join(copy.section))} "
        f"{_open_button(copy.doc_id, copy.start, copy.end)}</li>"
        for copy in citation.also_in
    )
    return f'<details class="copies"><summary>另见 {len(citation.also_in)} 处</summary><ul>{places}</ul></details>'


def _open_button(doc_id: str, start: int, end: int) -> str:
    return (
        f'<button type="button" data-do="open" data-doc="{attribute(doc_id)}" data-start="{start}" data-end="{end}">'
        "打开原文</button>"
    )


def _scores(passage: Passage, best: float) -> str:
    """The scores of a passage, each 0 to 1, by name; ``best``: the highest score by words among the passages."""
    rows = [("综合", passage.score)]
    if passage.dense:
        rows.append(("语义相近", passage.dense))
        rows.append(("用词相同", passage.sparse / best if best else 0.0))
    bars = "".join(
        f'<tr><th scope="row">{name}</th><td><meter min="0" max="1" value="{value:.3f}">{value:.2f}</meter></td>'
        f"<td>{value:.2f}</td></tr>"
        for name, value in ((name, min(1.0, max(0.0, value))) for name, value in rows)
    )
    return f'<details class="scores"><summary>得分（0 到 1）</summary><table>{bars}</table></details>'
