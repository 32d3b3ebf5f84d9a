"""The tab where question sets are run, and runs are kept, opened and compared."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from qa.evaluation import Case, Report, evaluate, load_cases
from web.chat import Talk
from web.desk import Desk, bridge, html, listen, packed, problem, sent_files, sent_with, text
from web.escape import sent
from web.evaluation_view import comparison_html, progress_html, report_html, runs_html
from web.runs import Runs

if TYPE_CHECKING:
    from qa.bot import PolicyQA

_LOOK = 0.3  #: seconds between two looks at how far a run is
_CHOICE = """
<h2>评测</h2><p class="hint">问题集是一张表（.xlsx、.csv），至少有“问题”一列，最好还有 答案、要点（用 | 隔开）、出处（原文）、应拒（文件里没有答案的填“是”）；
也可以是 .jsonl，或 SQuAD、CMRC 的 .json。不选文件就用“加入问题集”攒下的题。</p>
<div class="choice"><button type="button" data-do="pick-set">选择问题集</button>
<input type="file" id="pick-set" accept=".xlsx,.csv,.tsv,.jsonl,.json" hidden aria-label="问题集">
<button type="button" class="go" data-do="run-set">运行</button><button type="button" data-do="stop-set">停止</button>
<span id="chosen-set" class="hint" role="status"></span></div>
"""


class Evaluation:
    """The handlers of the tab; :meth:`build` makes its components."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.runs = Runs(desk.data_dir / "evaluations")

    def list_html(self) -> str:
        """The runs that are kept."""
        return sent(runs_html(self.runs.list()))

    def run(self, talk: Talk, event: gr.EventData, request: gr.Request) -> Iterator[tuple[Any, Any]]:
        """Runs a question set as the session is set, with its progress: what it gave, and the list of runs."""
        self.desk.need(request, "editor")
        given = sent_files([sent_with(event)])
        path, name = given[0] if given else (self.desk.question_set, "加入问题集的题")
        if not path.is_file():
            raise problem("还没有问题集。请先选一个文件，或在回答下面点“加入问题集”。")
        try:
            cases = load_cases(path)
        except ValueError as error:
            raise problem(str(error).replace(str(path), name)) from error
        yield from self._running(self.desk.bot_with(talk.choices, request), cases, Path(name).stem)

    def _running(self, bot: PolicyQA, cases: Sequence[Case], name: str) -> Iterator[tuple[Any, Any]]:
        done, outcome = 0, list[Report | Exception]()
        stopped = threading.Event()

        def tell(number: int, _total: int) -> None:
            nonlocal done
            done = number
            if stopped.is_set():
                raise InterruptedError

        def work() -> None:
            try:
                outcome.append(evaluate(lambda q, history: bot.ask(q, history), cases, tell, name))
            except Exception as error:
                outcome.append(error)

        thread = threading.Thread(target=work, name="policyqa-evaluation", daemon=True)
        thread.start()
        try:
            while thread.is_alive():
                yield progress_html(done, len(cases)), gr.skip()
                thread.join(_LOOK)
        finally:  # the visitor has gone or stopped it
            stopped.set()
        thread.join()
        report = outcome[0]
        if isinstance(report, Exception):
            raise problem(report) from report
        identity = self.runs.keep(report, cases, self.desk.settings_of(bot))
        yield self._report_html(identity), self.list_html()

    def _report_html(self, identity: str) -> str:
        try:
            return sent(report_html(*self.runs.open(identity)))
        except KeyError as error:
            raise problem(error) from error

    def open(self, event: gr.EventData, request: gr.Request) -> str:
        """A run that is kept."""
        self.desk.need(request, "editor")
        return self._report_html(text(sent_with(event), "id"))

    def compare(self, event: gr.EventData, request: gr.Request) -> str:
        """Two runs side by side, the older one first."""
        self.desk.need(request, "editor")
        data = sent_with(event)
        try:
            before, after = (self.runs.open(identity) for identity in sorted((text(data, "a"), text(data, "b"))))
        except KeyError as error:
            raise problem(error) from error
        return sent(comparison_html(before, after))

    def remove(self, event: gr.EventData, request: gr.Request) -> str:
        """Takes a run away."""
        self.desk.need(request, "editor")
        self.runs.remove(text(sent_with(event), "id"))
        return self.list_html()

    def save(self, event: gr.EventData, request: gr.Request) -> str:
        """A run as a file: its rows, or its tables."""
        self.desk.need(request, "editor")
        data = sent_with(event)
        try:
            _, report, _ = self.runs.open(text(data, "id"))
        except KeyError as error:
            raise problem(error) from error
        with tempfile.TemporaryDirectory() as folder:
            rows, tables = report.write(folder)
            path = tables if text(data, "format") == "md" else rows
            return packed(path.name, "text/plain;charset=utf-8", path.read_bytes())

    def build(self, talk: gr.State, payload: gr.Textbox) -> gr.HTML:
        """The components of the tab, wired; gives the one that :meth:`list_html` fills."""
        html(_CHOICE)
        listed = html("", elem_id="runs")
        report = html("", elem_id="report")
        started = listen(bridge("run"), self.run, talk, [report, listed], concurrency_limit=1)
        listen(bridge("stop-run"), lambda: "<p class='hint'>已停止。</p>", None, report, cancels=[started])
        listen(bridge("run-open"), self.open, None, report).then(None, js="() => policyqa.reported()")
        listen(bridge("run-compare"), self.compare, None, report).then(None, js="() => policyqa.reported()")
        listen(bridge("run-remove"), self.remove, None, listed)
        listen(bridge("run-save"), self.save, None, payload).then(
            None, payload, js="(payload) => policyqa.save(payload)"
        )
        return listed
