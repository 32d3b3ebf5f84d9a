"""The commands ``policyqa eval …``: question sets, runs, reports, comparisons, labels."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from math import isfinite, nan
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from qa import opening
from qa.command import (
    ANSWERED,
    BAD_INPUT,
    FAILED,
    Group,
    InputError,
    data_dir_option,
    documents_option,
    questions_argument,
)
from qa.printing import stdout_console
from qa.progress import reporting

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from rich.console import Console

    from qa.bot import PolicyQA
    from qa.draft import Drafted
    from qa.evaluation import Row, Tally
    from qa.labels import Mark
    from qa.question_sets import Checked, Holds
    from qa.run import QuestionSet, Run
    from qa.run_diff import RunDiff

_run_argument = click.argument("run", type=click.Path(path_type=Path, file_okay=False), metavar="结果文件夹")


@click.group("eval", cls=Group)
def eval() -> None:
    """用带答案的问题集检验回答：出题、运行、报告、对比、标注。"""


# --- question sets ---------------------------------------------------------------------------------------------------


@eval.command("init")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False), metavar="问题集")
def eval_init(path: Path) -> int:
    """写一个问题集的样子，几种题各一行，带说明；按后缀写成 .jsonl、.csv 或 .xlsx。"""
    from qa.question_sets import write_template

    count = write_template(path)
    click.echo(f"已写入 {path}：{count} 个例子。照着改成自己的题，再运行 policyqa eval check {path}。")
    return ANSWERED


@eval.command("check")
@questions_argument
@documents_option
@data_dir_option
def eval_check(questions: tuple[Path, ...], documents: tuple[Path, ...], data_dir: Path | None) -> int:
    """检查问题集：哪一行不对、缺什么；写了 --documents 或 --data-dir 时，还看出处在不在文件里。有不对的行，退出码 2。"""
    from qa.question_sets import TYPE_NAMES, check

    holds = _quotes_of(opening.open_bot(documents, data_dir)) if documents or data_dir else None
    wrong = False
    for path in questions:
        found = check(path, holds)
        wrong |= bool(found.problems)
        kinds = "、".join(f"{TYPE_NAMES.get(kind, kind)} {count}" for kind, count in found.types.items())
        click.echo(
            f"{path}：{found.count} 题，应答 {found.answerable}，应拒 {found.unanswerable}{_unknown(found)}。题型：{kinds}。"
        )
        for problem in found.problems:
            click.echo(f"  不对  {problem}")
        for doubt in found.doubts:
            click.echo(f"  请看  {doubt}")
        if not found.problems and not found.doubts:
            click.echo("  没有问题。")
    return BAD_INPUT if wrong else ANSWERED


def _unknown(found: Checked) -> str:
    count = found.count - found.answerable - found.unanswerable
    return f"，没有写该答还是该拒 {count}" if count else ""


def _quotes_of(bot: PolicyQA) -> Holds:
    """Whether a document of the bot holds a quote, white space and width aside."""
    from qa.measures import normalise

    texts = {doc_id: normalise(bot.document(doc_id).text) for doc_id in (e.doc_id for e in bot.documents())}

    def holds(doc: str, quote: str) -> bool:
        wanted = normalise(quote)
        return any(wanted in text for doc_id, text in texts.items() if doc_id.startswith(doc))

    return holds


@eval.command("draft")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, metavar="问题集", help="写到这里。"
)
@click.option(
    "-n", "count", type=click.IntRange(1, 100_000), default=40, show_default=True, metavar="题数", help="最多几题。"
)
@click.option("--model", metavar="名字", help="再用这个语言模型出一半的题。")
@documents_option
@data_dir_option
def eval_draft(out: Path, count: int, model: str | None, documents: tuple[Path, ...], data_dir: Path | None) -> int:
    """从文件里出题，带出处和要点，约五分之一是文件答不了的；写出来请逐题改过再用。"""
    from qa.draft import draft
    from qa.question_sets import write_cases

    if out.exists():
        raise InputError(f"{out} 已经有了，没有动它。请换一个名字。")
    bot = opening.open_bot(documents, data_dir)
    write = None if model is None else partial(_written_by, _chat_model(model, bot))
    by_model = 0

    def drafted() -> Iterator[Drafted]:
        nonlocal by_model
        with reporting() as progress:
            for number, (case, note) in enumerate(draft(bot, count, write), 1):
                by_model += case.type == "model"
                progress("出题", number, count)
                yield case, note

    try:
        written = write_cases(out, drafted())
    except BaseException:
        out.unlink(missing_ok=True)
        raise
    if not written:
        out.unlink()
        raise InputError(
            "这些文件里没有认出职责、列举、数字、定义或文件信息，出不了题。请用 policyqa eval init 自己写。"
        )
    told = f"，其中语言模型出的 {by_model} 题（原文撑得住的才要）" if model is not None else ""
    click.echo(f"已写入 {out}：{written} 题{told}。请逐题改过，再运行 policyqa eval check {out}。")
    return ANSWERED


def _chat_model(name: str, bot: PolicyQA) -> BaseChatModel:
    from qa.models import open_chat_model

    return open_chat_model(name, bot.settings)


def _written_by(model: BaseChatModel, prompt: str) -> str:
    content = model.invoke(prompt).content
    return (
        content
        if isinstance(content, str)
        else "".join(str(p) if isinstance(p, str) else p.get("text", "") for p in content)
    )


# --- runs ------------------------------------------------------------------------------------------------------------


@eval.command("run")
@questions_argument
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), metavar="文件夹", help="把逐题结果和报告写到这里。"
)
@click.option("--engine", metavar="名字", help="回答方式；不写则按设置。")
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    metavar="个数",
    help="同时用几个进程问，每个约占 0.6 GB 内存；不写则题多时每个处理器核一个，最多 4 个。",
)
@click.option("--resume", is_flag=True, help="接着做 --out 里中断了的一次。")
@click.option("--limit", type=click.IntRange(1), metavar="题数", help="每个问题集只问前几题。")
@click.option(
    "--fail-under", metavar="指标=值,…", help="有一项不够就以退出码 1 结束，如 strict=.7,refusal=.8,false_refusal=.1。"
)
@click.option("--judge", metavar="名字", help="再用这个语言模型给每题评分，写进报告。")
@click.option(
    "--ragas", type=click.Path(path_type=Path, dir_okay=False), metavar="文件.jsonl", help="另存为 RAGAS 的格式。"
)
@documents_option
@data_dir_option
def eval_run(
    questions: tuple[Path, ...],
    out: Path | None,
    engine: str | None,
    workers: int | None,
    resume: bool,
    limit: int | None,
    fail_under: str | None,
    judge: str | None,
    ragas: Path | None,
    documents: tuple[Path, ...],
    data_dir: Path | None,
) -> int:
    """逐题提问，打印各项指标；写了 --out 时，每题一做完就存下，最后写出 report.html、report.json、rows.csv。"""
    import tempfile

    from qa.run import question_sets

    if resume and out is None:
        raise InputError("--resume 要和 --out 一起写：接着做的是那个文件夹里的一次。")
    floors = _floors(fail_under)
    _must_be_writable(ragas)
    sets = question_sets(questions, limit)  # a mistake in the last set shows before the first question
    bot = opening.open_bot(documents, data_dir, **({"engine": engine} if engine else {}))
    model = _chat_model(judge, bot) if judge is not None else None  # a wrong name shows before the first question too
    with tempfile.TemporaryDirectory() as nowhere:
        try:
            run = _ask(bot, sets, out or Path(nowhere) / "run", workers or _workers(bot, sets), resume, limit)
        except KeyboardInterrupt:
            if out is not None:
                click.echo(f"\n停下了。做完的题都在 {out} 里，同样的命令加 --resume 接着做。", err=True)
            raise
        if model is not None and judge is not None:
            _judge(run, model, judge)
        tally = _report(run, out is not None)
        _export(run, ragas)
    return _held_to(floors, tally.table())


def _must_be_writable(path: Path | None) -> None:
    """Told before the first question, not when all of them are asked. Raises InputError."""
    if path is not None and not (path.parent.is_dir() and os.access(path if path.exists() else path.parent, os.W_OK)):
        raise InputError(f"写不了 {path}：没有这个文件夹，或没有权限。请换一个路径，或先建好文件夹。")


def _export(run: Run, ragas: Path | None) -> None:
    from qa.run import export_ragas

    if ragas is not None:
        click.echo(f"已写入 {ragas}：{export_ragas(run, ragas)} 题", err=True)


#: Questions that are worth a second process: opening one takes as long as twenty answers.
_MANY = 60


def _workers(bot: PolicyQA, sets: Sequence[QuestionSet]) -> int:
    """How many processes ask where nothing is said: one for each core, which with a thread each take less time in all
    than one process with a thread for each core. A language model has the processors to itself."""
    from qa.run import cores

    many = sum(s.count for s in sets) >= _MANY and bot.settings.engine == "extractive"
    return min(cores(), 4) if many else 1


def _ask(
    bot: PolicyQA, sets: Sequence[QuestionSet], folder: Path, workers: int, resume: bool, limit: int | None
) -> Run:
    from qa.run import ask_all, asker, head_of, reopened, start, warmed

    run, done = start(folder, head_of(bot, sets, limit), resume=resume)
    if done:
        click.echo(f"接着做：已有 {len(done)} 题，还有 {run.total - len(done)} 题。", err=True)
    opened = reopened(bot, workers) if workers > 1 else lambda: asker(warmed(bot))
    with reporting() as progress:
        return ask_all(run, done, sets, opened, workers=workers, progress=partial(progress, run.name))


def _judge(run: Run, model: BaseChatModel, name: str) -> None:
    from qa.judge import judge_run

    with reporting() as progress:
        silent = judge_run(run, model, name, partial(progress, "评分"))
    if silent:
        click.echo(f"有 {silent} 题模型没有给出能用的评分；加 --resume 再运行会重新评这些题。", err=True)


def _report(run: Run, keep: bool) -> Tally:
    """Prints the measures and, where the run is kept, writes the files of its report."""
    from qa.run_report import summary, write_reports

    found = summary(run)
    written = write_reports(found) if keep else ()  # first, as who reads the tables may leave
    _print_tally(found.tally, run.name, stdout_console())
    if unjudged := found.tally.table()["unjudged"]:
        click.echo(f"有 {unjudged:.0f} 题没有写要点、是非或应拒，判不了对错，不算在严格正确和拒答里。")
    for name, agrees in found.agreements().items():
        if agrees is not None:
            kappa = "–" if agrees.kappa is None else f"{agrees.kappa:.2f}"
            words = {
                "judge_rules": "模型评分与规则",
                "people_rules": "人工标注与规则",
                "people_judge": "人工标注与模型评分",
            }[name]
            click.echo(f"{words}：{agrees.count} 题，一致 {agrees.raw:.2f}，Cohen κ {kappa}（{agrees.told}）")
    for path in written:
        click.echo(f"已写入 {path}", err=True)
    return found.tally


def _print_tally(tally: Tally, name: str, console: Console) -> None:
    """Each set, then all measures over all of them with their intervals, then the main ones by type."""
    from rich.table import Table
    from rich.text import Text

    from qa.evaluation import MAIN_MEASURES, MEASURES, SET_MEASURES, shown, shown_interval
    from qa.question_sets import TYPE_NAMES

    def by(heading: str, tables: Mapping[str, Mapping[str, float | None]], columns: Sequence[str]) -> Table:
        table = Table(box=None, pad_edge=False)
        table.add_column(heading)
        for key in columns:
            table.add_column(MEASURES[key], justify="right")
        for row, values in tables.items():
            table.add_row(Text(row), *(shown(key, values[key]) for key in columns))
        return table

    sets = tally.by("set")
    console.print(Text(f"\n{name}", style="bold"))
    if len(sets) > 1:
        console.print(by("问题集", sets, SET_MEASURES))
        console.print()
    overall, intervals = tally.table(), tally.intervals()
    table = Table(box=None, pad_edge=False, show_header=False)
    for key, label in MEASURES.items():
        told = shown_interval(key, intervals.get(key))
        table.add_row(label, shown(key, overall[key]), f"95% 置信区间 {told}" if told else "")
    console.print(table)
    console.print()
    kinds = {TYPE_NAMES.get(kind, kind): values for kind, values in tally.by("type").items()}
    console.print(by("题型", kinds, MAIN_MEASURES))


def _floors(given: str | None) -> dict[str, float]:
    """What --fail-under asks for. Raises InputError for a measure that there is not, and for what is no bound."""
    from qa.run_report import FLOORS

    floors = dict[str, float]()
    for piece in filter(None, (p.strip() for p in (given or "").replace("，", ",").split(","))):
        name, _, value = piece.partition("=")
        if name.strip() not in FLOORS:
            raise InputError(f"--fail-under 里没有指标 {name.strip()}。可用的：{'、'.join(FLOORS)}。")
        try:
            bound = float(value)
        except ValueError:
            bound = nan
        if not isfinite(bound):
            raise InputError(f"--fail-under 要写成 指标=值，如 strict=.7；这里是 {piece}。")
        floors[name.strip()] = bound
    if given is not None and not floors:
        raise InputError("--fail-under 是空的，什么都不检查。请写成 指标=值，如 strict=.7，或去掉这个选项。")
    return floors


def _held_to(floors: Mapping[str, float], table: Mapping[str, float | None]) -> int:
    """FAILED where a measure does not reach its floor, or passes its ceiling where less is better."""
    from qa.evaluation import LOW_IS_GOOD, MEASURES

    failed = False
    for name, bound in floors.items():
        value = table[name]
        low = name in LOW_IS_GOOD
        if value is None:
            click.echo(f"不合格：{MEASURES[name]} 没有数（这些题里没有一题用得上它）。", err=True)
            failed = True
        elif value > bound if low else value < bound:
            click.echo(f"不合格：{MEASURES[name]} {value:.3f}，要{'不高于' if low else '不低于'} {bound:g}。", err=True)
            failed = True
    return FAILED if failed else ANSWERED


@eval.command("report")
@_run_argument
@click.option(
    "--ragas", type=click.Path(path_type=Path, dir_okay=False), metavar="文件.jsonl", help="另存为 RAGAS 的格式。"
)
def eval_report(run: Path, ragas: Path | None) -> int:
    """从逐题结果重新写出报告（标注之后用）；没有做完的一次也可以。"""
    from qa.run import open_run

    _must_be_writable(ragas)
    opened = open_run(run)
    _must_have_rows(opened)
    _report(opened, keep=True)
    _export(opened, ragas)
    return ANSWERED


def _must_have_rows(run: Run) -> None:
    if next(run.rows(), None) is None:
        raise InputError(
            f"{run.folder} 里还没有一题的结果。请用 policyqa eval run --out {run.folder} --resume 接着做。"
        )


# --- two runs --------------------------------------------------------------------------------------------------------


@eval.command("diff")
@click.argument("before", type=click.Path(path_type=Path, file_okay=False), metavar="前一次")
@click.argument("after", type=click.Path(path_type=Path, file_okay=False), metavar="后一次")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), metavar="文件.html", help="写成网页。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def eval_diff(before: Path, after: Path, html: Path | None, as_json: bool) -> int:
    """对比同一个问题集的两次结果：哪些题变好、变坏，是不是偶然。"""
    from qa.run import open_run
    from qa.run_diff import compare, write_diff_html

    _must_be_writable(html)
    found = compare(open_run(before), open_run(after))
    if html is not None:
        with html.open("w", encoding="utf-8", errors="replace") as file:
            write_diff_html(found, file)
        click.echo(f"已写入 {html}", err=True)
    if as_json:
        click.echo(json.dumps(found.to_dict(), ensure_ascii=False, indent=1))
    else:
        _print_diff(found, stdout_console())
    return ANSWERED


def _print_diff(found: RunDiff, console: Console) -> None:
    from rich.table import Table
    from rich.text import Text

    from qa.evaluation import MEASURES, shown
    from qa.report_html import HEAD_NAMES, result_of, told_head
    from qa.run_diff import CHANGE_NAMES, told_change

    alone = found.only_before or found.only_after
    click.echo(
        f"两次都有的 {found.shared} 题"
        + (f"，只在前一次的 {found.only_before}，只在后一次的 {found.only_after}" if alone else "")
    )
    table = Table(box=None, pad_edge=False)
    for heading in ("指标", "前一次", "后一次", "变化", "有多大把握"):
        table.add_column(heading)
    for name, label in MEASURES.items():
        old, new = (side[name] for side in found.tables)
        if name in ("questions", "answerable") or (old is None and new is None):
            continue
        told, sure, kind = told_change(found, name)
        style = {"better": "green", "worse": "red", "": ""}[kind]
        table.add_row(label, shown(name, old), shown(name, new), Text(told, style=style), Text(sure, style=style))
    console.print(table)
    if found.settings:
        click.echo("\n两次不同的设置")
    for key, (first, second) in found.settings.items():
        click.echo(f"  {HEAD_NAMES.get(key, key)}：{told_head(first)} → {told_head(second)}")
    for change, words in CHANGE_NAMES.items():
        these = [c for c in found.changed if c.change == change]
        if these:
            click.echo(f"\n{words}（{len(these)}）")
        for c in these:
            was, now = c.before, c.after
            click.echo(f"  {now.id}  {result_of(was)[1]} → {result_of(now)[1]}  {now.question}")
    if not found.changed:
        click.echo("\n没有一题的结果变了。")


# --- labels ----------------------------------------------------------------------------------------------------------


@eval.command("label")
@_run_argument
@click.option("--type", "kind", metavar="题型", help="只标这一种题。")
def eval_label(run: Path, kind: str | None) -> int:
    """逐题看回答，标对错；随时可以停，下次接着标。标的时候不显示自动判的结果。"""
    from qa.labels import Label, add_label, labels_of
    from qa.report_html import type_name
    from qa.run import open_run

    opened = open_run(run)
    _must_have_rows(opened)
    done, waiting, kinds = labels_of(opened), list[tuple[str, int]](), dict[str, None]()
    for row in opened.rows():
        kinds[row.type] = None
        # As reports call it, or as the question set does.
        if (row.set, row.number) not in done and kind in (None, row.type, type_name(row.type)):
            waiting.append((row.set, row.number))
    if kind is not None and kind not in {*kinds, *map(type_name, kinds)}:
        raise InputError(f"这次评测里没有题型 {kind}。有的是：{'、'.join(map(type_name, kinds))}。")
    console, count = stdout_console(), 0
    for number, row in enumerate(_rows_of(opened, set(waiting)), 1):
        _show_for_label(row, f"{number}/{len(waiting)}", console)
        said = _asked_mark()
        if said == "quit":
            break
        if said != "skip":
            note = click.prompt("为什么（可以不写）", default="", show_default=False) if said == "wrong" else ""
            add_label(opened, (row.set, row.number), Label(cast("Mark", said), note.strip()))
            count += 1
    click.echo(f"标了 {count} 题，一共标过 {len(labels_of(opened))} 题。看一致程度：policyqa eval report {run}")
    return ANSWERED


def _rows_of(run: Run, keys: set[tuple[str, int]]) -> Iterator[Row]:
    return (row for row in run.rows() if (row.set, row.number) in keys)


def _show_for_label(row: Row, place: str, console: Console) -> None:
    from rich.text import Text

    console.print(Text(f"\n[{place}] {row.question}", style="bold"))
    for question, said in row.history:
        console.print(Text(f"  前面  问：{question}  答：{said}", style="dim"))
    console.print(Text(f"  回答  {row.text}"))
    for citation in row.citations:
        console.print(Text(f"  出处  [{citation.marker}] {citation.title}：{citation.quote}", style="dim"))
    console.print(
        Text(f"  参考  {row.reference or ('文件里没有答案，应当拒答' if row.answerable is False else '（没有写）')}")
    )


def _asked_mark() -> str:
    """right, wrong, skip or quit."""
    answers = {"y": "right", "n": "wrong", "s": "skip", "q": "quit", "对": "right", "错": "wrong"}
    while True:
        try:
            said = click.prompt("对不对？y 对，n 错，s 跳过，q 停", prompt_suffix="：").strip().lower()
        except click.Abort:
            return "quit"
        if said in answers:
            return answers[said]
        click.echo("请输入 y、n、s 或 q。")
