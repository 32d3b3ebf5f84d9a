"""The tab where question sets are run, and runs are kept, opened and compared."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from qa.evaluation import Tally, markdown
from qa.labels import Label, add_label
from qa.run import ROWS, BusyRunError, OtherRunError, ask_all, asker
from qa.run_report import summary
from web.chat import Talk
from web.desk import Desk, bridge, html, listen, number, packed, problem, sent_files, sent_with, text
from web.escape import sent
from web.evaluation_view import comparison_html, labelled_html, progress_html, queued_html, report_html, runs_html
from web.quiet_gradio import gr
from web.runs import Runs, Work

if TYPE_CHECKING:
    from qa.bot import PolicyQA
    from qa.labels import Mark

_LOOK = 0.3  #: seconds between two looks at how far a run is
_WAITING = 12  #: runs that are asked or wait in sight
_PUT_BY = "加入问题集的题"  #: name of the set of questions that were put by on the page
_PLAIN = "text/plain;charset=utf-8"
_BUSY = "这次评测正在运行或排队。请等它做完，或先停止。"
#: Settings that are put back when a run goes on. A model is not: whoever goes on chooses it, with its key.
_RESTORED = ("engine", "passages", "strictness", "unverified")
_CHOICE = """
<h2>评测</h2><p class="hint">问题集是一张表（.xlsx、.csv），至少有“问题”一列，最好还有 答案、要点（用 | 隔开）、出处（原文）、应拒（文件里没有答案的填“是”）；
也可以是 .jsonl，或 SQuAD、CMRC 的 .json。不选文件就用“加入问题集”攒下的题。</p>
<div class="choice"><button type="button" data-do="pick-set">选择问题集</button>
<input type="file" id="pick-set" accept=".xlsx,.csv,.tsv,.jsonl,.json" hidden aria-label="问题集">
<button type="button" class="go" data-do="run-set">运行</button><button type="button" data-do="stop-set">停止</button>
<span id="chosen-set" class="hint" role="status"></span></div>
"""


@dataclass(eq=False)
class _Asking:
    """A run that is being asked, or waits for those before it."""

    work: Work
    done: int  #: of its questions
    stopped: threading.Event = field(default_factory=threading.Event)
    failed: Exception | None = None


class Evaluation:
    """The handlers of the tab; :meth:`build` makes its components."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._line: list[_Asking] = []  #: the first one is asked, the others wait; each leaves it when its thread ends
        self.runs = Runs(desk.data_dir / "evaluations")

    def list_html(self) -> str:
        """The runs that are kept."""
        return sent(runs_html(self.runs.list()))

    def run(self, talk: Talk, event: gr.EventData, request: gr.Request) -> Iterator[tuple[Any, Any]]:
        """Runs a question set as the session is set, with its progress: what it gave, and the list of runs."""
        self.desk.need(request, "editor")
        given = sent_files([sent_with(event)])
        path, name = given[0] if given else (self.desk.question_set, f"{_PUT_BY}.jsonl")
        if not path.is_file():
            raise problem("还没有问题集。请先选一个文件，或在回答下面点“加入问题集”。")
        bot = self.desk.bot_with(talk.choices, request)
        try:
            work = self.runs.begin(bot, path, name)
        except ValueError as error:
            raise problem(error) from error
        yield from self._asking(bot, work)

    def resume(self, talk: Talk, event: gr.EventData, request: gr.Request) -> Iterator[tuple[Any, Any]]:
        """Goes on with a run that broke off, set as it was: as :meth:`run`."""
        self.desk.need(request, "editor")
        identity = text(sent_with(event), "id")
        self._must_rest(identity)
        try:
            settings = self.runs.open(identity).head["settings"]
            choices = {**talk.choices, **{name: settings[name] for name in _RESTORED if name in settings}}
            bot = self.desk.bot_with(choices, request)
            work = self.runs.resume(bot, identity)
        except OtherRunError as error:
            raise problem(f"这次评测用的是另外的{error.others}，不能接着做。请重新运行。") from error
        except BusyRunError as error:
            raise problem(_BUSY) from error
        except (KeyError, ValueError) as error:
            raise problem(error) from error
        yield from self._asking(bot, work)

    def _asking(self, bot: PolicyQA, work: Work) -> Iterator[tuple[Any, Any]]:
        own = _Asking(work, len(work.done))
        self._line.append(own)
        thread = threading.Thread(target=self._ask, args=(bot, own), name="policyqa-evaluation", daemon=True)
        thread.start()
        try:
            while thread.is_alive():
                before = [(each.work.run.name, each.done, each.work.run.total) for each in self._before(own)]
                yield queued_html(before) if before else progress_html(own.done, work.run.total), gr.skip()
                thread.join(_LOOK)
        finally:  # the visitor has gone or stopped it; what is done is kept
            own.stopped.set()
        thread.join()
        if own.failed is not None:
            yield "", self.list_html()
            raise problem(_BUSY if isinstance(own.failed, BusyRunError) else own.failed) from own.failed
        yield self._report_html(work.id), self.list_html()

    def _ask(self, bot: PolicyQA, own: _Asking) -> None:
        """Asks a run once it is the first in the line. A thread of its own: it comes to its end whatever becomes of the
        page that shows it."""

        def tell(number: int, _total: int) -> None:
            own.done = number
            if own.stopped.is_set():
                raise InterruptedError

        try:
            while self._before(own):
                if own.stopped.wait(_LOOK):
                    return
            ask_all(own.work.run, own.work.done, own.work.sets, lambda: asker(bot), progress=tell)
        except InterruptedError:
            pass
        except Exception as error:
            own.failed = error
        finally:
            self._line.remove(own)

    def _before(self, own: _Asking) -> list[_Asking]:
        """The runs that come before one in the line."""
        line = list(self._line)
        return line[: line.index(own)] if own in line else []

    def _must_rest(self, identity: str) -> None:
        if any(each.work.id == identity for each in list(self._line)):
            raise problem(_BUSY)

    def stopped(self, request: gr.Request) -> tuple[str, Any]:
        """What is shown when a run was stopped: it is in the list, as far as it came."""
        listed = self.list_html() if self.desk.may(request, "editor") else gr.skip()
        return "<p class='hint'>已停止，做完的题都在。在“评测记录”里可以打开，也可以接着做。</p>", listed

    def _report_html(self, identity: str) -> str:
        try:
            kept = self.runs.kept(identity)
            return sent(report_html(kept, summary(kept.run)))
        except KeyError as error:
            raise problem(error) from error

    def open(self, event: gr.EventData, request: gr.Request) -> str:
        """A run that is kept."""
        self.desk.need(request, "editor")
        return self._report_html(text(sent_with(event), "id"))

    def label(self, event: gr.EventData, request: gr.Request) -> str:
        """Keeps what a person says of one answer of a run, as ``policyqa eval label`` does: all that was said of it,
        and how far that agrees with the rules, for ``policyqa.labelled`` of page.js."""
        self.desk.need(request, "editor")
        data = sent_with(event)
        key, mark = (text(data, "set"), number(data, "number")), text(data, "mark")
        try:
            run = self.runs.open(text(data, "id"))
            if all((row.set, row.number) != key for row in run.rows()):
                raise KeyError("这次评测里没有这一题。请刷新页面再标。")
            add_label(run, key, Label(cast("Mark", mark)))
        except (KeyError, ValueError) as error:
            raise problem(error) from error
        found = summary(run)
        labels = [[*key, label.mark] for key, label in found.labels.items()]
        told = {"id": text(data, "id"), "labels": labels, "agreement": labelled_html(found)}
        return json.dumps(told, ensure_ascii=False)

    def compare(self, event: gr.EventData, request: gr.Request) -> str:
        """Two runs side by side, the older one first."""
        self.desk.need(request, "editor")
        data = sent_with(event)
        try:
            before, after = (self.runs.kept(identity) for identity in sorted((text(data, "a"), text(data, "b"))))
        except KeyError as error:
            raise problem(error) from error
        return sent(comparison_html(before, after))

    def remove(self, event: gr.EventData, request: gr.Request) -> str:
        """Takes a run away."""
        self.desk.need(request, "editor")
        identity = text(sent_with(event), "id")
        self._must_rest(identity)
        try:
            self.runs.remove(identity)
        except BusyRunError as error:
            raise problem(_BUSY) from error
        return self.list_html()

    def save(self, event: gr.EventData, request: gr.Request) -> str:
        """A run as a file: its rows, or its tables."""
        self.desk.need(request, "editor")
        data = sent_with(event)
        try:
            run = self.runs.open(text(data, "id"))
        except KeyError as error:
            raise problem(error) from error
        if text(data, "format") == "md":
            content = markdown(run.name, Tally(run.rows())).encode("utf-8", "replace")
            return packed(f"{run.name}.report.md", _PLAIN, content)
        return packed(f"{run.name}.rows.jsonl", _PLAIN, (run.folder / ROWS).read_bytes())

    def build(self, talk: gr.State, payload: gr.Textbox) -> gr.HTML:
        """The components of the tab, wired; gives the one that :meth:`list_html` fills."""
        html(_CHOICE)
        listed = html("", elem_id="runs")
        report = html("", elem_id="report")
        # One is asked at a time, see _line; what waits in Gradio's queue would show nothing.
        together: dict[str, Any] = {"concurrency_limit": _WAITING, "concurrency_id": "evaluation"}
        started = listen(bridge("run"), self.run, talk, [report, listed], **together)
        resumed = listen(bridge("run-resume"), self.resume, talk, [report, listed], **together)
        listen(bridge("stop-run"), self.stopped, None, [report, listed], cancels=[started, resumed])
        listen(bridge("run-open"), self.open, None, report).then(None, js="() => policyqa.reported()")
        listen(bridge("run-compare"), self.compare, None, report).then(None, js="() => policyqa.reported()")
        listen(bridge("run-label"), self.label, None, payload).success(
            None, payload, js="(payload) => policyqa.labelled(payload)"
        )
        listen(bridge("run-remove"), self.remove, None, listed)
        listen(bridge("run-save"), self.save, None, payload).success(
            None, payload, js="(payload) => policyqa.save(payload)"
        )
        return listed
