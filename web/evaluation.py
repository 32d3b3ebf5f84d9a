"""The tab where a question set is run."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from qa.evaluation import Case, Report, evaluate, load_cases
from web.desk import Desk, html, problem
from web.escape import sent
from web.evaluation_view import progress_html, report_html

_LOOK = 0.3  #: seconds between two looks at how far a run is


class Evaluation:
    """The handlers of the tab; :meth:`build` makes its components."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def run(self, chosen: str | None, request: gr.Request) -> Iterator[tuple[Any, Any]]:
        """Runs a question set with its progress: the tables, and the files to take along."""
        self.desk.need(request, "editor")
        path = Path(chosen) if chosen else self.desk.question_set
        if not path.is_file():
            raise problem("还没有问题集。请先选一个 .jsonl 文件，或在回答下面点“加入问题集”。")
        try:
            cases = load_cases(path)
        except ValueError as error:
            raise problem(error) from error
        yield from self._running(cases, path.stem)

    def _running(self, cases: Sequence[Case], name: str) -> Iterator[tuple[Any, Any]]:
        done, outcome = 0, list[Report | Exception]()
        stopped = threading.Event()

        def tell(number: int, _total: int) -> None:
            nonlocal done
            done = number
            if stopped.is_set():
                raise InterruptedError

        def work() -> None:
            try:
                outcome.append(evaluate(lambda q, history: self.desk.bot.ask(q, history), cases, tell, name))
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
        folder = Path(tempfile.mkdtemp(prefix="policyqa-"))
        files = [str(path) for path in report.write(folder)]
        yield sent(report_html(report)), gr.File(value=files, visible=True)

    def build(self) -> None:
        """The components of the tab, wired."""
        html(
            "<h2>评测</h2><p class='hint'>问题集是 .jsonl 文件，每行一题：question（问题）、answer（参考答案）、key_points（要点）、"
            "evidence（原文）、answerable（文件里有没有答案）。不选文件就用“加入问题集”攒下的题。</p>"
        )
        with gr.Row(elem_id="evaluation-choice"):
            choose = gr.UploadButton("选择问题集（.jsonl）", file_types=[".jsonl"], elem_id="choose-set")
            start = gr.Button("运行", variant="primary", elem_id="run-set")
            stop = gr.Button("停止", elem_id="stop-set")
        chosen = html("", elem_id="chosen-set")
        tables = html("", elem_id="report")
        files = gr.File(label="逐题结果和指标表", visible=False, interactive=False, elem_id="report-files")
        private: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
        choose.upload(self._named, choose, chosen, **private)
        running = start.click(self.run, choose, [tables, files], concurrency_limit=1, **private)
        stop.click(self._stopped, None, tables, cancels=[running], **private)

    @staticmethod
    def _named(path: str | None) -> str:
        from web.escape import shown

        return f"<p class='hint'>已选：{shown(Path(path).name)}</p>" if path else ""

    @staticmethod
    def _stopped() -> str:
        time.sleep(0)
        return "<p class='hint'>已停止。</p>"
