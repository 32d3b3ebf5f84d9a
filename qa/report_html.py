"""The report of a run as one HTML file that needs nothing else: no other file, no network."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import IO, TYPE_CHECKING, Any

from qa.escape import attribute, sent
from qa.escape import shown as escaped
from qa.evaluation import MAIN_MEASURES, MEASURES, SET_MEASURES, WHY, Row, Tally, shown, shown_interval
from qa.judge import VERDICT_NAMES, Judgement
from qa.labels import MARK_NAMES, Label
from qa.plots import Bar, bars, histogram, square
from qa.question_sets import TYPE_NAMES

if TYPE_CHECKING:
    from qa.run_report import Summary
    from qa.significance import Agreement, Interval

_TILES = ("strict", "refusal", "false_refusal", "point_recall", "citation_precision", "citation_recall", "any@5", "p50")
_MORE = 400  #: characters of a passage that are shown

#: Nothing is fetched, whatever a document or an answer says.
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
)


def write_html(found: Summary, file: IO[str]) -> None:
    """Writes the report, its rows one at a time."""
    title = f"评测报告：{found.run.name}"
    file.write(
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
        f'content="{attribute(_POLICY)}"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escaped(title)}</title><style>{style()}</style></head><body>"
        '<main class="evaluation">'
    )
    file.write(sent(overview_html(found)))
    file.write(sent(_filters(found)))
    file.write('<div class="rows">')
    for row in found.run.rows():
        key = (row.set, row.number)
        file.write(sent(row_html(row, found.labels.get(key), found.judgements.get(key))) + "\n")
    file.write(f"</div></main><script>{_data('report.js')}</script></body></html>\n")


def style() -> str:
    """The style sheet of the report; all of it holds below ``.evaluation`` alone."""
    return _data("report.css")


def _data(name: str) -> str:
    return (files("qa") / "data" / name).read_text(encoding="utf-8")


# --- the numbers -----------------------------------------------------------------------------------------------------


def overview_html(found: Summary) -> str:
    """The numbers, plots and tables of a run."""
    tally = found.tally
    table, intervals = tally.table(), tally.intervals()
    agreements = agreements_html(found)
    agreements = f"<h2>判分是否可信</h2>{agreements}" if agreements else ""
    return (
        f'<header><h1>{escaped(found.run.name)}</h1><p class="hint">{_about(found)}</p></header>'
        f'<ul class="tiles">{"".join(_tile(name, table, intervals) for name in _TILES if table[name] is not None)}</ul>'
        f'<div class="plots">{plots_html(tally)}</div>'
        f"{_tables(found, table, intervals)}{agreements}{_made_with(found.run.head)}"
    )


def _about(found: Summary) -> str:
    head, done = found.run.head, len(found.tally)
    parts = [f"{done} 题" if done == found.run.total else f"{done}/{found.run.total} 题（没有做完）"]
    unjudged = found.tally.table()["unjudged"]
    parts += [f"其中 {unjudged:.0f} 题判不了对错（没有写要点、是非或应拒）"] if unjudged else []
    parts += [str(head["started"])[:16].replace("T", " ") + "（UTC）"] if head.get("started") else []
    engine = head.get("settings", {}).get("engine")
    parts += [{"extractive": "摘录原文", "llm": "语言模型"}.get(engine, str(engine))] if engine else []
    return escaped(" · ".join(parts))


def _tile(name: str, table: Mapping[str, float | None], intervals: Mapping[str, Interval | None]) -> str:
    told = shown_interval(name, intervals.get(name))
    return (
        f'<li><span class="name">{escaped(MEASURES[name])}</span><span class="value">{shown(name, table[name])}</span>'
        f'<span class="interval">{f"95%：{told}" if told else "&nbsp;"}</span></li>'
    )


def type_name(kind: str) -> str:
    """How a type of question is called in a report."""
    return TYPE_NAMES.get(kind, kind)


def plots_html(tally: Tally) -> str:
    """The plots: right answers by type, the table of refusals, where questions were lost, time."""
    figures = [
        ("各题型答对的（严格正确；应拒题为拒对）", bars("各题型答对的", _by_type_bars(tally))),
        ("拒答", _refusal_square(tally)),
    ]
    if tally.reasons:
        most = max(tally.reasons.values())
        rows = [
            Bar(WHY[why], count, str(count)) for why, count in sorted(tally.reasons.items(), key=lambda item: -item[1])
        ]
        figures.append(("没答对的丢在哪里（题数）", bars("没答对的丢在哪里", rows, most)))
    figures.append(("每题耗时", histogram("每题耗时", tally.times(), "毫秒")))
    return "".join(
        f"<figure><figcaption>{escaped(caption)}</figcaption>{drawn}</figure>" for caption, drawn in figures if drawn
    )


def _by_type_bars(tally: Tally) -> list[Bar]:
    tables, intervals = tally.by("type"), tally.intervals_by("type")
    rows = []
    for kind, table in tables.items():
        name = "strict" if table["strict"] is not None else "refusal"
        value, interval = table[name], intervals[kind][name]
        if value is not None:
            low, high = (interval.low, interval.high) if interval else (None, None)
            rows.append(Bar(type_name(kind), value, f"{value:.2f}（{table['questions']:.0f}）", low, high))
    return rows


def _refusal_square(tally: Tally) -> str:
    counts = tally.refusals()
    rows = [
        (name, counts[key])
        for key, name in (("answerable", "文件里有答案"), ("unanswerable", "文件里没有"))
        if sum(counts[key])
    ]
    good = [0 if name == "文件里有答案" else 1 for name, _ in rows]
    return square("拒答", rows, ("作答", "拒答或纠正前提"), good) if rows else ""


def _tables(found: Summary, table: Mapping[str, float | None], intervals: Mapping[str, Interval | None]) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escaped(label)}</th><td>{shown(name, table[name])}</td>'
        f"<td>{shown_interval(name, intervals.get(name))}</td></tr>"
        for name, label in MEASURES.items()
        if table[name] is not None
    )
    by_set, of_sets = found.tally.by("set"), found.tally.intervals_by("set")
    told = [(name, measured, of_sets[name]) for name, measured in by_set.items()]
    sets = f"<h2>按问题集</h2>{by_html('问题集', told, SET_MEASURES)}" if len(by_set) > 1 else ""
    return (
        f"{sets}<h2>按题型</h2>{by_type_html(found.tally)}"
        '<details class="all"><summary>全部指标</summary><div class="table"><table><thead><tr><th scope="col">指标</th>'
        f'<th scope="col">值</th><th scope="col">95% 置信区间</th></tr></thead><tbody>{rows}</tbody></table></div></details>'
    )


_SHARES = frozenset(("strict", "point_recall", "refusal", "citation_precision", "any@5"))  #: 0 to 1, high is good


#: A line of a table of measures: its name, what was measured, and the intervals.
_Line = tuple[str, Mapping[str, float | None], Mapping[str, "Interval | None"]]


def by_type_html(tally: Tally) -> str:
    """The table of the main measures of each type of question, with their intervals."""
    intervals = tally.intervals_by("type")
    told = [(type_name(kind), table, intervals[kind]) for kind, table in tally.by("type").items()]
    return by_html("题型", told, MAIN_MEASURES)


def by_html(heading: str, lines: Sequence[_Line], columns: Sequence[str]) -> str:
    """A table of measures. Columns that no line has are left out, and cells that are shares of what is right have a bar
    as long as they are high."""
    columns = [c for c in columns if any(table[c] is not None for _, table, _ in lines)]
    head = "".join(f'<th scope="col">{escaped(MEASURES[name])}</th>' for name in columns)
    rows = "".join(
        f'<tr><th scope="row">{escaped(name)}</th>'
        f"{''.join(_measured(c, table[c], intervals.get(c)) for c in columns)}</tr>"
        for name, table, intervals in lines
    )
    return (
        f'<div class="table"><table class="by-type"><thead><tr><th scope="col">{heading}</th>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _measured(name: str, value: float | None, interval: Interval | None) -> str:
    bar = f' class="bar" style="--share:{value:.3f}"' if name in _SHARES and value is not None else ""
    told = f"<br><small>{shown_interval(name, interval)}</small>" if interval else ""
    return f"<td{bar}>{shown(name, value)}{told}</td>"


_AGREEMENT_NAMES = {
    "judge_rules": ("模型评分", "规则"),
    "people_rules": ("人工标注", "规则"),
    "people_judge": ("人工标注", "模型评分"),
}


def agreements_html(found: Summary) -> str:
    """How far rules, people and the judging model agree; "" where there are the rules alone."""
    rows = [(*_AGREEMENT_NAMES[name], agrees) for name, agrees in found.agreements().items() if agrees is not None]
    if not rows:
        return ""
    body = "".join(
        f'<tr><th scope="row">{first}与{second}</th><td>{a.count}</td><td>{a.raw:.2f}</td><td>{_kappa(a)}</td><td>{a.told}</td>'
        f"<td>{a.both_right}</td><td>{a.first_only}</td><td>{a.second_only}</td><td>{a.both_wrong}</td></tr>"
        for first, second, a in rows
    )
    heads = ("", "题数", "一致的", "Cohen κ", "一致程度", "都说对", "只有前者说对", "只有后者说对", "都说错")
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    return f'<div class="table"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _kappa(agrees: Agreement) -> str:
    return "–" if agrees.kappa is None else f"{agrees.kappa:.2f}"


#: How what a run was made with is called.
HEAD_NAMES: Mapping[str, str] = {
    "sets": "问题集", "limit": "每集只问前几题", "settings": "设置", "documents": "索引里的文件", "embedder": "向量模型",
    "reader": "阅读模型", "calibration": "校准", "program": "程序版本", "code": "程序", "prompts": "提示词",
    "started": "开始", "finished": "做完",
}  # fmt: skip


def _made_with(head: Mapping[str, Any]) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escaped(name)}</th><td>{escaped(told_head(head[key]))}</td></tr>'
        for key, name in HEAD_NAMES.items()
        if head.get(key) not in (None, "")
    )
    return (
        '<details class="all"><summary>设置和指纹</summary><div class="table"><table class="made"><tbody>'
        f"{rows}</tbody></table></div></details>"
    )


def told_head(value: Any) -> str:
    """What a run was made with as a line of text; fingerprints by their beginnings."""
    if isinstance(value, Mapping):
        return "；".join(f"{key}={told_head(item)}" for key, item in value.items() if item is not None)
    if isinstance(value, list):
        return "，".join(map(told_head, value))
    if value is None:
        return "（没有）"
    return re.sub(r"\b[0-9a-f]{64}\b", lambda found: found.group()[:12], str(value))


# --- the questions ---------------------------------------------------------------------------------------------------


def _filters(found: Summary) -> str:
    tally = found.tally
    kinds, sets = tally.by("type"), tally.by("set")
    verdicts = {str(verdict): name for verdict, name in VERDICT_NAMES.items()} | {"": "没有"}
    choices: list[tuple[str, str, Mapping[str, str]]] = [
        ("result", "结果", {"good": "对", "bad": "错", "none": "未判"}),
        ("type", "题型", {kind: type_name(kind) for kind in kinds}),
        ("why", "丢在哪里", {why: f"{WHY[why]}（{count}）" for why, count in tally.reasons.items()}),
        *([("set", "问题集", {name: name for name in sets})] if len(sets) > 1 else []),
        *([("label", "人工标注", {"right": "对", "wrong": "错", "none": "没有标"})] if found.labels else []),
        *([("judge", "模型评分", verdicts)] if found.judgements else []),
    ]
    selects = "".join(
        f'<label>{name}<select data-filter="{field}"><option value="*">全部</option>'
        + "".join(f'<option value="{attribute(value)}">{escaped(told)}</option>' for value, told in options.items())
        + "</select></label>"
        for field, name, options in choices
        if options
    )
    return (
        f'<h2>逐题<span class="count" role="status"></span></h2><div class="filters">{selects}<label class="search">文字'
        '<input type="search" data-filter="text" placeholder="问题、回答、编号"></label>'
        '<button type="button" data-open>全部展开</button></div>'
    )


def result_of(row: Row) -> tuple[str, str]:
    """(class, word) of what came of a question."""
    if row.error:
        return "bad", "出错"
    if row.answerable is False:
        return ("good", "拒对了") if row.rightly_refused else ("bad", "该拒没拒")
    if row.falsely_refused:
        return "bad", "误拒"
    return ("good", "对") if row.strict else ("bad", "错") if row.strict is False else ("none", "未判")


def row_html(row: Row, label: Label | None = None, judgement: Judgement | None = None) -> str:
    """A question that opens: what was asked, answered and cited, what was wanted, and where it was lost."""
    kind, word = result_of(row)
    said = judgement.verdict if judgement and judgement.verdict else ""
    tags = f'<span class="why">{escaped(WHY[row.why])}</span>' if row.why and WHY[row.why] != word else ""
    tags += f'<span class="tag">人：{MARK_NAMES[label.mark]}</span>' if label else ""
    tags += (
        f'<span class="tag">模型：{VERDICT_NAMES[judgement.verdict]}</span>' if judgement and judgement.verdict else ""
    )
    return (
        f'<details class="row {kind}" data-result="{kind}" data-type="{attribute(row.type)}" data-why="{attribute(row.why)}" '
        f'data-set="{attribute(row.set)}" data-label="{label.mark if label else "none"}" data-judge="{said}">'
        f'<summary><span class="result">{word}</span><span class="question">{escaped(row.question)}</span>'
        f'<span class="tags">{tags}<span class="kind">{escaped(type_name(row.type))}</span>'
        f'<span class="id">{escaped(row.id or f"{row.number}")}</span><span class="time">{row.seconds * 1000:.0f} 毫秒</span></span></summary>'
        f"{opened_html(row, label, judgement)}</details>"
    )


def opened_html(row: Row, label: Label | None = None, judgement: Judgement | None = None) -> str:
    """What a question shows when it is opened."""
    return f'<div class="opened">{"".join(_opened(row, label, judgement))}</div>'


def _opened(row: Row, label: Label | None, judgement: Judgement | None) -> Iterator[str]:
    if row.history:
        turns = "".join(f"<p>问：{escaped(q)}</p><p>答：{escaped(a)}</p>" for q, a in row.history)
        read = f"<p>追问理解为：{escaped(row.standalone)}</p>" if row.standalone else ""
        yield f'<section class="history"><h3>前面的对话</h3>{turns}{read}</section>'
    yield '<div class="sides"><section><h3>回答</h3>'
    yield f'<p class="text">{escaped(row.text) or "（没有回答）"}</p>'
    if row.error:
        yield f'<p class="bad">{escaped(row.error)}</p>'
    yield f"{_findings(row)}</section><section><h3>应该是</h3>"
    reference = row.reference or ("文件里没有答案，应当拒答。" if row.answerable is False else "（没有写参考答案）")
    yield f'<p class="text">{escaped(reference)}</p>{_points(row)}</section></div>'
    if row.citations:
        yield f"<section><h3>引的原文</h3>{''.join(map(_cited, _citations(row)))}</section>"
    if row.golds:
        yield f"<section><h3>应该引的原文</h3>{_golds(row)}</section>"
    if row.passages:
        yield f'<section class="passages"><h3>检索到的段落</h3><ol>{_passages(row)}</ol></section>'
    if judgement is not None:
        verdict = VERDICT_NAMES[judgement.verdict] if judgement.verdict else "没有给出"
        yield f"<section><h3>模型评分：{verdict}</h3><p>{escaped(judgement.reason)}</p></section>"
    if label is not None and label.note:
        yield f"<section><h3>人工标注：{MARK_NAMES[label.mark]}</h3><p>{escaped(label.note)}</p></section>"


def _findings(row: Row) -> str:
    """What was found wrong with an answer, in words."""
    said = []
    if row.why:
        said.append(f"丢在：{WHY[row.why]}")
    if row.missing:
        said.append(f"缺的要点：{'、'.join(row.missing)}")
    if row.forbidden_found:
        said.append(f"不该说的：{'、'.join(row.forbidden_found)}")
    if row.polarity_right is False:
        said.append("第一个分句的是与否不对")
    if row.too_long:
        said.append("太长了")
    if row.marked is False:
        said.append("有的句子没有出处")
    return f'<ul class="findings">{"".join(f"<li>{escaped(words)}</li>" for words in said)}</ul>' if said else ""


def _points(row: Row) -> str:
    items = ""
    if row.polarity is not None:
        state = {True: "good", False: "bad", None: "none"}[row.polarity_right]
        items = f'<li class="{state}">第一个分句说“{"是" if row.polarity == "yes" else "否"}”</li>'
    items += "".join(
        f'<li class="{"bad" if forms[0] in row.missing else "good"}">{"✗" if forms[0] in row.missing else "✓"} '
        f"{escaped(' / '.join(forms))}</li>"
        for forms in row.key_points
    )
    return f'<ul class="points" aria-label="要点">{items}</ul>' if items else ""


def _citations(row: Row) -> Iterator[tuple[int, str, str, str, str]]:
    """(marker, place, before, quote, after) of each citation."""
    for c in row.citations:
        place = " › ".join([c.title, *c.section]) + (f"，第 {c.page} 页" if c.page is not None else "")
        yield c.marker, place, c.before, c.quote, c.after


def _cited(citation: tuple[int, str, str, str, str]) -> str:
    marker, place, before, quote, after = citation
    return (
        f"<blockquote><cite>[{marker}] {escaped(place)}</cite><p>{'…' if before else ''}{escaped(before)}"
        f"<mark>{escaped(quote)}</mark>{escaped(after)}{'…' if after else ''}</p></blockquote>"
    )


def _golds(row: Row) -> str:
    items = []
    # Rows of an older version know no golds_cited.
    cited = row.golds_cited or (False,) * len(row.golds)
    ranks = row.gold_ranks or (None,) * len(row.golds)
    for gold, was_cited, rank in zip(row.golds, cited, ranks, strict=True):
        found = f"检索排第 {rank}" if rank else "没检索到"
        state = f"引到了，{found}" if was_cited else f"没有引，{found}"
        items.append(
            f'<li><span class="{"good" if was_cited else "bad"}">{state}</span> '
            f"{escaped(f'文件 {gold.doc}：' if gold.doc else '')}{escaped(gold.quote)}</li>"
        )
    return f"<ul>{''.join(items)}</ul>"


def _passages(row: Row) -> str:
    """The passages; of those that hold a gold quote the text, of the others how they begin."""
    holding = {rank for rank in row.gold_ranks if rank}
    items = []
    for rank, passage in enumerate(row.passages, 1):
        place = escaped(" › ".join([passage.title, *passage.section]))
        if rank in holding:
            body = _marked_golds(passage.text, [g.quote for g in row.golds])
            items.append(f'<li class="holds"><cite>{place}</cite><p>{body}</p></li>')
        else:
            begin = passage.text[:50].replace("\n", " ")
            items.append(f"<li><cite>{place}</cite><p>{escaped(begin)}…</p></li>")
    return "".join(items)


def _marked_golds(text: str, golds: Sequence[str]) -> str:
    """A passage with the gold quotes in it marked, where they stand in it but for white space."""
    spans = []
    for gold in golds:
        letters = [re.escape(c) for c in gold if not c.isspace()][:300]
        match = re.search(r"\s*".join(letters), text) if letters else None
        if match:
            spans.append(match.span())
    if not spans:
        return escaped(text[:_MORE]) + ("…" if len(text) > _MORE else "")
    pieces, at = [], 0
    for start, end in sorted(spans):
        if start >= at:
            pieces += [escaped(text[at:start]), f"<mark>{escaped(text[start:end])}</mark>"]
            at = end
    return "".join([*pieces, escaped(text[at:])])
