"""Runs of question sets as HTML: the list of them, one with its tables and rows, two side by side."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import islice

from qa.evaluation import LOW_IS_GOOD, MEASURES, WHY, Row
from qa.evaluation import shown as measure_shown
from qa.labels import MARK_NAMES, Label
from qa.report_html import agreements_html, by_type_html, opened_html, plots_html, result_of, type_name
from qa.run import RunError
from qa.run_diff import RunDiff, compare, told_change
from qa.run_report import Summary
from web.escape import attribute, shown
from web.runs import Kept

_ROWS = 500  #: rows shown; all of them are in the file that can be downloaded
_LISTED = ("questions", "strict", "refusal", "false_refusal", "citation_precision")
_TILES = ("questions", "strict", "refusal", "false_refusal", "citation_precision", "any@5", "p50")


def progress_html(done: int, total: int) -> str:
    """How far the run is."""
    return (
        f'<div class="running" role="status"><p>正在提问：{done}/{total}</p>'
        f'<progress max="{total}" value="{done}" aria-label="评测的进度"></progress></div>'
    )


def queued_html(before: Sequence[tuple[str, int, int]]) -> str:
    """That the run waits. ``before``: name, questions done and all questions of the runs that come first."""
    listed = "".join(f"<li>{shown(name)}：{done}/{total} 题</li>" for name, done, total in before)
    return f'<div class="running" role="status"><p>排队中：前面还有 {len(before)} 次评测，做完就开始。</p><ul>{listed}</ul></div>'


def runs_html(runs: Sequence[Kept]) -> str:
    """The runs, two of which can be chosen to be compared."""
    if not runs:
        return (
            '<h3>评测记录</h3><p class="hint">还没有。运行一个问题集后，结果会留在这里，可以打开、下载、两次对比。</p>'
        )
    head = "".join(f'<th scope="col">{MEASURES[name]}</th>' for name in _LISTED)
    rows = "".join(
        f'<tr><td><input type="checkbox" data-run="{run.id}" aria-label="选来对比"></td>'
        f'<th scope="row">{shown(run.run.name)}{_unfinished(run)}</th><td>{run.when.astimezone():%Y-%m-%d %H:%M}</td>'
        + "".join(f"<td>{measure_shown(name, run.overall.get(name))}</td>" for name in _LISTED)
        + f'<td class="do">{_resume(run)}<button type="button" data-do="run-open" data-id="{run.id}">打开</button>'
        '<button type="button" class="quiet" data-do="ask-remove">删除</button>'
        f'<span class="confirm" hidden>连同人工标注一起删除，不能恢复。<button type="button" class="danger" data-do="run-remove" data-id="{run.id}">'
        '确定删除</button><button type="button" class="quiet" data-do="keep-it">取消</button></span></td></tr>'
        for run in runs
    )
    return (
        f'<h3>评测记录</h3><div class="table"><table class="runs"><thead><tr><th scope="col"><span class="unseen">选来对比</span></th>'
        f'<th scope="col">问题集</th><th scope="col">时间</th>{head}<th scope="col"><span class="unseen">操作</span></th></tr></thead>'
        f'<tbody>{rows}</tbody></table></div><p class="below"><button type="button" data-do="run-compare">对比选中的两次</button></p>'
    )


def _unfinished(kept: Kept) -> str:
    if kept.run.whole:
        return ""
    return f'<span class="unfinished">未完成，{kept.done}/{kept.run.total} 题</span>'


def _resume(kept: Kept) -> str:
    if kept.run.whole:
        return ""
    return f'<button type="button" data-do="run-resume" data-id="{kept.id}">接着做</button>'


def report_html(kept: Kept, found: Summary) -> str:
    """The measures over all questions and by type, and every question with what came of it and a place to mark it."""
    overall = kept.overall
    tiles = "".join(
        f'<li><span class="value">{measure_shown(name, overall[name])}</span><span class="name">{MEASURES[name]}</span></li>'
        for name in _TILES
    )
    measures = "".join(
        f'<tr><th scope="row">{label}</th><td>{measure_shown(name, overall[name])}</td></tr>'
        for name, label in MEASURES.items()
    )
    rows = "".join(
        _row(kept.id, row, found.labels.get((row.set, row.number))) for row in islice(kept.run.rows(), _ROWS)
    )
    more = f'<p class="hint">只显示前 {_ROWS} 题，其余在下载的文件里。</p>' if kept.done > _ROWS else ""
    saves = "".join(
        f'<button type="button" data-do="run-save" data-id="{kept.id}" data-format="{suffix}">{label}</button>'
        for suffix, label in (("jsonl", "下载逐题结果（.jsonl）"), ("md", "下载指标表（.md）"))
    )
    return (
        f'<div class="report" data-run-id="{kept.id}"><h3>{shown(kept.run.name)}{_unfinished(kept)}'
        f'<span class="count">{_about(kept)}</span></h3><ul class="tiles">{tiles}</ul>'
        f'<p class="below">{_resume(kept)}{saves}</p><div class="evaluation"><div class="plots">{plots_html(found.tally)}</div></div>'
        f"<h3>按题型</h3>{by_type_html(found.tally)}"
        f'<details><summary>全部指标</summary><div class="table"><table class="measures"><tbody>{measures}</tbody></table></div></details>'
        f'<h3>判分是否可信</h3><div class="agreement" role="status">{labelled_html(found)}</div>'
        f'<h3>逐题</h3><p class="below"><label><input type="checkbox" class="only-bad"> 只看不对的</label></p>{more}'
        '<div class="table"><table class="rows"><thead><tr><th scope="col">结果</th><th scope="col">题型</th>'
        '<th scope="col">问题</th><th scope="col">回答（点开看全部）</th><th scope="col">丢在哪里</th><th scope="col">缺的要点</th><th scope="col">毫秒</th>'
        '<th scope="col">人工标注</th><th scope="col"><span class="unseen">打开</span></th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div></div>"
    )


def labelled_html(found: Summary) -> str:
    """How far what people say of the answers agrees with the rules."""
    return agreements_html(found) or (
        '<p class="hint">在下面逐题标“对”或“错”，这里就有人工标注与自动判分的一致程度。'
        "没有要点的题自动判不了，标了也不算在内。</p>"
    )


def _about(kept: Kept) -> str:
    settings = kept.run.head["settings"]
    strictness = {"lenient": "宽", "normal": "适中", "strict": "严"}.get(str(settings.get("strictness")), "")
    parts = [f"{kept.when.astimezone():%Y-%m-%d %H:%M}", f"取回 {settings.get('passages', '')} 段"]
    parts += [f"拒答{strictness}"] if strictness else []
    parts += [f"语言模型 {settings.get('llm')}"] if settings.get("engine") == "llm" else []
    return shown(" · ".join(parts))


def _row(identity: str, row: Row, label: Label | None) -> str:
    kind, word = result_of(row)
    earlier = "".join(f'<span class="earlier">{shown(question)}</span>' for question, _ in row.history)
    return (
        f'<tr class="{kind}"><td>{word}</td><td>{shown(type_name(row.type))}</td><td>{earlier}{shown(row.question)}</td>'
        f'<td><details><summary>{shown(row.text[:300])}</summary><div class="evaluation">{opened_html(row, label)}</div></details></td>'
        f"<td>{shown(WHY.get(row.why, ''))}</td><td>{shown('、'.join(row.missing))}</td><td>{row.seconds * 1000:.0f}</td>"
        f'<td class="marks">{_marks(identity, row, label)}</td><td>{_open(row)}</td></tr>'
    )


def _marks(identity: str, row: Row, label: Label | None) -> str:
    return "".join(
        f'<button type="button" data-do="run-label" data-id="{identity}" data-set="{attribute(row.set)}" data-number="{row.number}" '
        f'data-mark="{mark}" aria-pressed="{"true" if label is not None and label.mark == mark else "false"}">{name}</button>'
        for mark, name in MARK_NAMES.items()
    )


def _open(row: Row) -> str:
    history = attribute(json.dumps(row.history, ensure_ascii=False))
    return (
        f'<button type="button" data-do="ask-new" data-question="{attribute(row.question)}" data-before="{history}">'
        "在问答里打开</button>"
    )


# --- two runs ---------------------------------------------------------------------------------------------------------


def comparison_html(before: Kept, after: Kept) -> str:
    """Every measure of two runs, and the questions of which something else has come."""
    found = _compared(before, after)
    old, new = before.overall, after.overall
    measures = "".join(
        f'<tr><th scope="row">{label}</th><td>{measure_shown(name, old[name])}</td><td>{measure_shown(name, new[name])}</td>'
        f"{_change(name, old[name], new[name])}<td>{shown(told_change(found, name)[1] if found else '')}</td></tr>"
        for name, label in MEASURES.items()
    )
    names = "".join(
        f'<th scope="col">{shown(kept.run.name)}{_unfinished(kept)}<br>{_about(kept)}</th>' for kept in (before, after)
    )
    changed = _changed(found) if found else []
    told = f"{found.shared} 题两次都有；结果变了的 {len(changed)} 题" if found else "两次没有相同的题，只能比指标"
    rows = "".join(changed[:_ROWS])
    table = (
        '<div class="table"><table class="rows"><thead><tr><th scope="col">前一次</th><th scope="col">后一次</th>'
        '<th scope="col">问题</th><th scope="col">前一次的回答</th><th scope="col">后一次的回答</th>'
        f'<th scope="col"><span class="unseen">打开</span></th></tr></thead><tbody>{rows}</tbody></table></div>'
        if rows
        else ""
    )
    return (
        f'<div class="report"><h3>两次对比</h3><div class="table"><table class="measures"><thead><tr><th scope="col">指标</th>{names}'
        f'<th scope="col">变化</th><th scope="col">有多大把握</th></tr></thead><tbody>{measures}</tbody></table></div>'
        f'<h3>逐题<span class="count">{told}</span></h3>'
        f"{table}</div>"
    )


def _compared(before: Kept, after: Kept) -> RunDiff | None:
    """What differs over the questions that both runs have; None where they have none in common."""
    try:
        return compare(before.run, after.run)
    except RunError:
        return None


def _change(name: str, old: float | None, new: float | None) -> str:
    if old is None or new is None or measure_shown(name, old) == measure_shown(name, new):
        return "<td></td>"
    better = (new > old) != (name in LOW_IS_GOOD)
    kind = "" if name in ("questions", "answerable") else " good" if better else " bad"
    sign = "+" if new > old else "−"
    return f'<td class="change{kind}">{sign}{measure_shown(name, abs(new - old))}</td>'


def _changed(found: RunDiff) -> list[str]:
    """Rows of the questions that are told by another word than before."""
    rows = []
    for changed in found.changed:
        (was, was_word), (now, now_word) = result_of(changed.before), result_of(changed.after)
        if was_word != now_word:
            rows.append(
                f'<tr class="{now}"><td class="{was}">{was_word}</td><td>{now_word}</td><td>{shown(changed.after.question)}</td>'
                f"<td>{shown(changed.before.text[:300])}</td><td>{shown(changed.after.text[:300])}</td><td>{_open(changed.after)}</td></tr>"
            )
    return rows
