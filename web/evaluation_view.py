"""Runs of question sets as HTML: the list of them, one with its tables and rows, two side by side."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qa.evaluation import LOW_IS_GOOD, MAIN_MEASURES, MEASURES, WHY, Report, Row, Tally
from qa.evaluation import shown as measure_shown
from qa.report_html import opened_html, plots_html, result_of, type_name
from qa.run_diff import RunDiff, compare, told_change
from web.escape import attribute, shown
from web.runs import History, Run

_ROWS = 500  #: rows shown; all of them are in the file that can be downloaded
_LISTED = ("questions", "strict", "refusal", "false_refusal", "citation_precision")
_TILES = ("questions", "strict", "refusal", "false_refusal", "citation_precision", "any@5", "p50")
_SHARES = frozenset(("strict", "point_recall", "refusal", "citation_precision", "any@5"))  #: 0 to 1, high is good
Opened = tuple[Run, Report, Sequence[History]]


def progress_html(done: int, total: int) -> str:
    """How far the run is."""
    return (
        f'<div class="running" role="status"><p>正在提问：{done}/{total}</p>'
        f'<progress max="{total}" value="{done}" aria-label="评测的进度"></progress></div>'
    )


def runs_html(runs: Sequence[Run]) -> str:
    """The runs, two of which can be chosen to be compared."""
    if not runs:
        return (
            '<h3>评测记录</h3><p class="hint">还没有。运行一个问题集后，结果会留在这里，可以打开、下载、两次对比。</p>'
        )
    head = "".join(f'<th scope="col">{MEASURES[name]}</th>' for name in _LISTED)
    rows = "".join(
        f'<tr><td><input type="checkbox" data-run="{run.id}" aria-label="选来对比"></td>'
        f'<th scope="row">{shown(run.name)}</th><td>{run.when.astimezone():%Y-%m-%d %H:%M}</td>'
        + "".join(f"<td>{measure_shown(name, run.overall.get(name))}</td>" for name in _LISTED)
        + f'<td class="do"><button type="button" data-do="run-open" data-id="{run.id}">打开</button>'
        f'<button type="button" class="quiet" data-do="run-remove" data-id="{run.id}">删除</button></td></tr>'
        for run in runs
    )
    return (
        f'<h3>评测记录</h3><div class="table"><table class="runs"><thead><tr><th scope="col"><span class="unseen">选来对比</span></th>'
        f'<th scope="col">问题集</th><th scope="col">时间</th>{head}<th scope="col"><span class="unseen">操作</span></th></tr></thead>'
        f'<tbody>{rows}</tbody></table></div><p class="below"><button type="button" data-do="run-compare">对比选中的两次</button></p>'
    )


def report_html(run: Run, report: Report, before: Sequence[History]) -> str:
    """The measures over all questions and by type, and every question with what came of it."""
    overall = report.overall
    tiles = "".join(
        f'<li><span class="value">{measure_shown(name, overall[name])}</span><span class="name">{MEASURES[name]}</span></li>'
        for name in _TILES
    )
    measures = "".join(
        f'<tr><th scope="row">{label}</th><td>{measure_shown(name, overall[name])}</td></tr>'
        for name, label in MEASURES.items()
    )
    rows = "".join(_row(row, turns) for row, turns in zip(report.rows[:_ROWS], before, strict=False))
    more = f'<p class="hint">只显示前 {_ROWS} 题，其余在下载的文件里。</p>' if len(report.rows) > _ROWS else ""
    saves = "".join(
        f'<button type="button" data-do="run-save" data-id="{run.id}" data-format="{suffix}">{label}</button>'
        for suffix, label in (("jsonl", "下载逐题结果（.jsonl）"), ("md", "下载指标表（.md）"))
    )
    return (
        f'<div class="report"><h3>{shown(report.name)}<span class="count">{_about(run)}</span></h3><ul class="tiles">{tiles}</ul>'
        f'<p class="below">{saves}</p><div class="evaluation"><div class="plots">{plots_html(Tally(report.rows))}</div></div>'
        f"<h3>按类型</h3>{_by_type(report.by_type)}"
        f'<details><summary>全部指标</summary><div class="table"><table class="measures"><tbody>{measures}</tbody></table></div></details>'
        f'<h3>逐题</h3><p class="below"><label><input type="checkbox" class="only-bad"> 只看不对的</label></p>{more}'
        '<div class="table"><table class="rows"><thead><tr><th scope="col">结果</th><th scope="col">类型</th>'
        '<th scope="col">问题</th><th scope="col">回答（点开看全部）</th><th scope="col">丢在哪里</th><th scope="col">缺的要点</th><th scope="col">毫秒</th>'
        f'<th scope="col"><span class="unseen">打开</span></th></tr></thead><tbody>{rows}</tbody></table></div></div>'
    )


def _about(run: Run) -> str:
    strictness = {"lenient": "宽", "normal": "适中", "strict": "严"}.get(str(run.settings.get("strictness")), "")
    parts = [f"{run.when.astimezone():%Y-%m-%d %H:%M}", f"取回 {run.settings.get('passages', '')} 段"]
    return shown(" · ".join([*parts, *([f"拒答{strictness}"] if strictness else [])]))


def _by_type(kinds: Mapping[str, Mapping[str, float | None]]) -> str:
    """The main measures of each type, shares with a bar as long as they are high."""
    head = "".join(f'<th scope="col">{MEASURES[name]}</th>' for name in MAIN_MEASURES)
    rows = "".join(
        f'<tr><th scope="row">{shown(type_name(kind))}</th>{"".join(_cell(n, table[n]) for n in MAIN_MEASURES)}</tr>'
        for kind, table in kinds.items()
    )
    return (
        f'<div class="table"><table class="by-type"><thead><tr><th scope="col">类型</th>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _cell(name: str, value: float | None) -> str:
    bar = f' class="bar" style="--share:{value:.3f}"' if name in _SHARES and value is not None else ""
    return f"<td{bar}>{measure_shown(name, value)}</td>"


def _row(row: Row, turns: History) -> str:
    kind, word = result_of(row)
    earlier = "".join(f'<span class="earlier">{shown(question)}</span>' for question, _ in turns)
    return (
        f'<tr class="{kind}"><td>{word}</td><td>{shown(type_name(row.type))}</td><td>{earlier}{shown(row.question)}</td>'
        f'<td><details><summary>{shown(row.text[:300])}</summary><div class="evaluation">{opened_html(row)}</div></details></td>'
        f"<td>{shown(WHY.get(row.why, ''))}</td><td>{shown('、'.join(row.missing))}</td><td>{row.seconds * 1000:.0f}</td>"
        f"<td>{_open(row.question, turns)}</td></tr>"
    )


def _open(question: str, turns: History) -> str:
    history = attribute(json.dumps(turns, ensure_ascii=False))
    return (
        f'<button type="button" data-do="ask-new" data-question="{attribute(question)}" data-before="{history}">'
        "在问答里打开</button>"
    )


# --- two runs ---------------------------------------------------------------------------------------------------------


def comparison_html(before: Opened, after: Opened) -> str:
    """Every measure of two runs, and the questions of which something else has come."""
    old, new = before[1].overall, after[1].overall
    sure = _sure(before, after)
    measures = "".join(
        f'<tr><th scope="row">{label}</th><td>{measure_shown(name, old[name])}</td><td>{measure_shown(name, new[name])}</td>'
        f"{_change(name, old[name], new[name])}<td>{shown(sure.get(name, ''))}</td></tr>"
        for name, label in MEASURES.items()
    )
    names = "".join(f'<th scope="col">{shown(run.name)}<br>{_about(run)}</th>' for run, _, _ in (before, after))
    changed, same = _changed(before, after)
    told = f"{same} 题两次都有；结果变了的 {len(changed)} 题" if same else "两次没有相同的题，只能比指标"
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


@dataclass(frozen=True)
class _Kept:
    """A run that was opened, as qa.run_diff compares it."""

    name: str
    report: Report
    head: Mapping[str, Any]

    def rows(self) -> Sequence[Row]:
        return self.report.rows


def _sure(before: Opened, after: Opened) -> Mapping[str, str]:
    """How sure each change is, by the questions that both runs have; empty where they have none in common."""
    try:
        found: RunDiff = compare(*(_Kept(run.name, report, {}) for run, report, _ in (before, after)))
    except ValueError:
        return {}
    return {name: told_change(found, name)[1] for name in MEASURES}


def _change(name: str, old: float | None, new: float | None) -> str:
    if old is None or new is None or measure_shown(name, old) == measure_shown(name, new):
        return "<td></td>"
    better = (new > old) != (name in LOW_IS_GOOD)
    kind = "" if name in ("questions", "answerable") else " good" if better else " bad"
    sign = "+" if new > old else "−"
    return f'<td class="change{kind}">{sign}{measure_shown(name, abs(new - old))}</td>'


def _changed(before: Opened, after: Opened) -> tuple[list[str], int]:
    """Rows of the questions whose verdict differs, and how many questions both runs hold."""

    def key(row: Row, turns: History) -> tuple[str, str, History]:
        return row.id, row.question, turns

    old = {key(row, turns): row for row, turns in zip(before[1].rows, before[2], strict=True)}
    rows, both = [], 0
    for row, turns in zip(after[1].rows, after[2], strict=True):
        earlier = old.get(key(row, turns))
        if earlier is None:
            continue
        both += 1
        (was, was_word), (now, now_word) = result_of(earlier), result_of(row)
        if was_word != now_word:
            rows.append(
                f'<tr class="{now}"><td class="{was}">{was_word}</td><td>{now_word}</td><td>{shown(row.question)}</td>'
                f"<td>{shown(earlier.text[:300])}</td><td>{shown(row.text[:300])}</td><td>{_open(row.question, turns)}</td></tr>"
            )
    return rows, both
