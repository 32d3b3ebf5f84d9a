"""A question set that was run, as tables."""

from __future__ import annotations

from qa.evaluation import MAIN_MEASURES, MEASURES, Report, Row
from qa.evaluation import shown as measure_shown
from web.escape import attribute, shown

_ROWS = 500  #: rows shown; all of them are in the file that can be downloaded


def progress_html(done: int, total: int) -> str:
    """How far the run is."""
    return (
        f'<div class="running" role="status"><p>正在提问：{done}/{total}</p>'
        f'<progress max="{total}" value="{done}" aria-label="评测的进度"></progress></div>'
    )


def report_html(report: Report) -> str:
    """The measures over all questions and by type, and every question with what came of it."""
    overall, kinds = report.overall, report.by_type
    measures = "".join(
        f"<tr><th scope='row'>{label}</th><td>{measure_shown(name, overall[name])}</td></tr>"
        for name, label in MEASURES.items()
    )
    head = "".join(f'<th scope="col">{MEASURES[name]}</th>' for name in MAIN_MEASURES)
    by_type = "".join(
        f"<tr><th scope='row'>{shown(kind or '（未分类）')}</th>"
        + "".join(f"<td>{measure_shown(name, table[name])}</td>" for name in MAIN_MEASURES)
        + "</tr>"
        for kind, table in kinds.items()
    )
    rows = "".join(map(_row, report.rows[:_ROWS]))
    more = f'<p class="hint">只显示前 {_ROWS} 题，其余在下载的文件里。</p>' if len(report.rows) > _ROWS else ""
    return (
        f'<div class="report"><h3>{shown(report.name)}</h3><div class="table"><table class="by-type"><thead><tr>'
        f'<th scope="col">类型</th>{head}</tr></thead><tbody>{by_type}</tbody></table></div>'
        f'<details><summary>全部指标</summary><div class="table"><table class="measures"><tbody>{measures}</tbody></table></div></details>'
        f'<h3>逐题</h3>{more}<div class="table"><table class="rows"><thead><tr><th scope="col">结果</th><th scope="col">类型</th>'
        f'<th scope="col">问题</th><th scope="col">回答</th><th scope="col">缺的要点</th><th scope="col">毫秒</th>'
        f'<th scope="col"><span class="unseen">打开</span></th></tr></thead><tbody>{rows}</tbody></table></div></div>'
    )


def verdict(row: Row) -> tuple[str, str]:
    """(class, word) of what came of a question."""
    if not row.answerable:
        return ("good", "拒对了") if row.rightly_refused else ("bad", "该拒没拒")
    if row.falsely_refused:
        return "bad", "误拒"
    return ("good", "对") if row.strict else ("bad", "不对") if row.strict is False else ("", "未判")


def _row(row: Row) -> str:
    kind, word = verdict(row)
    return (
        f'<tr class="{kind}"><td>{word}</td><td>{shown(row.type)}</td><td>{shown(row.question)}</td>'
        f"<td>{shown(row.text[:300])}</td><td>{shown('、'.join(row.missing))}</td><td>{row.seconds * 1000:.0f}</td>"
        f'<td><button type="button" data-do="ask" data-question="{attribute(row.question)}">在问答里打开</button></td></tr>'
    )
