"""What a run comes to: the numbers of its report, the files that hold them beside it, and runs asked from a program."""

from __future__ import annotations

import csv
import json
import shutil
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from qa.evaluation import MEASURES, WHY, Ask, Case, Row, Surroundings, Tally, markdown
from qa.judge import VERDICT_NAMES, Judgement, judgements_of
from qa.labels import MARK_NAMES, Label, labels_of
from qa.report_html import write_html
from qa.run import HEAD, REPORTS, ROWS, Key, Progress, Run, ask_cases, must_be_free, start
from qa.significance import Agreement, Interval, agreement


@dataclass(frozen=True)
class Summary:
    """The numbers of a run."""

    run: Run
    tally: Tally
    judgements: Mapping[Key, Judgement]
    labels: Mapping[Key, Label]
    judge_agrees: Agreement | None  #: of the judge with the rules; None without judgements
    label_agrees: Agreement | None  #: of people with the rules
    judge_label_agrees: Agreement | None  #: of people with the judge

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        intervals = self.tally.intervals()
        return {
            "name": self.run.name,
            "run": dict(self.run.head),
            "questions_done": len(self.tally),
            "overall": self.tally.table(),
            "intervals": _plain_intervals(intervals),
            **{f"by_{kind}": self.tally.by(kind) for kind in ("type", "set")},
            **{
                f"intervals_by_{kind}": {
                    name: _plain_intervals(found) for name, found in self.tally.intervals_by(kind).items()
                }
                for kind in ("type", "set")
            },
            "refusals": {k: {"answered": v[0], "refused": v[1]} for k, v in self.tally.refusals().items()},
            "lost": self.tally.reasons,
            "agreement": {
                name: None if a is None else {**asdict(a), "raw": a.raw, "kappa": a.kappa}
                for name, a in self.agreements().items()
            },
        }

    def agreements(self) -> dict[str, Agreement | None]:
        """The agreements by name: judge_rules, people_rules, people_judge."""
        return {
            "judge_rules": self.judge_agrees,
            "people_rules": self.label_agrees,
            "people_judge": self.judge_label_agrees,
        }


def _plain_intervals(found: Mapping[str, Interval | None]) -> dict[str, dict[str, float] | None]:
    return {name: asdict(i) if i else None for name, i in found.items()}


def summary(run: Run) -> Summary:
    """Reads the rows of a run once and gives its numbers; the rows are not kept."""
    tally, judgements, labels = Tally(), judgements_of(run), labels_of(run)
    by_judge, by_people, both = list[tuple[bool, bool]](), list[tuple[bool, bool]](), list[tuple[bool, bool]]()
    for row in run.rows():
        tally.add(row)
        key = (row.set, row.number)
        said = judgements[key].right if key in judgements else None
        marked = labels[key].mark == "right" if key in labels else None
        if said is not None and row.right is not None:
            by_judge.append((said, row.right))
        if marked is not None and row.right is not None:
            by_people.append((marked, row.right))
        if marked is not None and said is not None:
            both.append((marked, said))
    found = [agreement(pairs) if pairs else None for pairs in (by_judge, by_people, both)]
    return Summary(run, tally, judgements, labels, *found)


def write_reports(found: Summary) -> list[Path]:
    """Writes report.html, report.json, report.md and rows.csv into the folder of a run, and gives their paths. Rows are
    read one at a time. Raises OSError."""
    run = found.run
    paths = [run.folder / name for name in REPORTS]
    with paths[0].open("w", encoding="utf-8", errors="replace") as file:
        write_html(found, file)
    paths[1].write_text(json.dumps(found.to_dict(), ensure_ascii=False, indent=1), encoding="utf-8")
    paths[2].write_text(markdown(run.name, found.tally), encoding="utf-8")
    with paths[3].open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(name for name, _ in _COLUMNS)
        writer.writerows(_cells(row, found) for row in run.rows())
    return paths


@dataclass(frozen=True)
class Report:
    """All rows of a question set, and the measures over all of them and by type.

    The rows lie in a folder that is gone when ``run`` is: :meth:`write` keeps them.
    """

    run: Run

    @property
    def name(self) -> str:
        """Of the question set."""
        return self.run.name

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows in the order of the cases, all of them in memory; ``run.rows()`` reads them one at a time."""
        return tuple(self.run.rows())

    @cached_property
    def _found(self) -> Summary:
        return summary(self.run)

    @property
    def overall(self) -> dict[str, float | None]:
        """The measures over all rows, keyed as in MEASURES."""
        return self._found.tally.table()

    @property
    def by_type(self) -> dict[str, dict[str, float | None]]:
        """The measures over the rows of each type, in the order in which types first appear."""
        return self._found.tally.by("type")

    @property
    def intervals(self) -> dict[str, Interval | None]:
        """95 % confidence intervals of the measures that are no counts."""
        return self._found.tally.intervals()

    def to_dict(self) -> dict[str, Any]:
        """The tables as plain data for JSON: what report.json holds."""
        return self._found.to_dict()

    def to_markdown(self) -> str:
        """The measures over all rows as one table, then the main ones by type."""
        return markdown(self.name, self._found.tally)

    def write(self, folder: str | Path) -> list[Path]:
        """Writes what ``policyqa eval run --out`` writes: run.json, rows.jsonl, report.html, report.json, report.md and
        rows.csv; gives their paths. Raises RunError where the folder holds such files, OSError."""
        folder = Path(folder)
        must_be_free(folder)
        folder.mkdir(parents=True, exist_ok=True)
        paths = [Path(shutil.copyfile(self.run.folder / name, folder / name)) for name in (ROWS, HEAD)]
        return [*paths, *write_reports(replace(self._found, run=Run(folder, self.run.head)))]


def evaluate(
    ask: Ask,
    cases: Sequence[Case],
    progress: Progress | None = None,
    name: str = "evaluation",
    surroundings: Surroundings | None = None,
    made_with: Mapping[str, Any] | None = None,
) -> Report:
    """Asks every case in turn and judges the answers; a question that raises an error is a wrong row. ``ask`` is
    ``PolicyQA.ask`` or anything with its shape; ``made_with``: what a report says of how the answers were made."""
    folder = mkdtemp(prefix="policyqa-evaluation-")
    try:
        head = {**(made_with or {}), "sets": [{"name": name, "questions": len(cases)}]}
        numbered = (((name, number), case) for number, case in enumerate(cases, 1))
        run = ask_cases(*start(folder, head), numbered, lambda: (ask, surroundings), progress=progress)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    weakref.finalize(run, shutil.rmtree, folder, ignore_errors=True)
    return Report(run)


_COLUMNS: Sequence[tuple[str, str]] = (
    ("问题集", "set"), ("题", "number"), ("编号", "id"), ("题型", "type"), ("问题", "question"), ("实际检索的问题", ""), ("结果", ""), ("丢在哪里", ""),
    ("回答", "text"), ("参考答案", "reference"), ("缺的要点", ""), ("出处", ""), ("人工标注", ""), ("模型评分", ""), ("模型的理由", ""),
    ("要点召回", "point_recall"), ("字面 F1", "char_f1"), ("ROUGE-L", "rouge_l"), ("引文精度", "citation_precision"),
    ("引文召回", "citation_recall"), ("秒", "seconds"), ("词元", "tokens"),
)  # fmt: skip


def _cells(row: Row, found: Summary) -> list[str]:
    key = (row.set, row.number)
    label, judgement = found.labels.get(key), found.judgements.get(key)
    told = {
        "结果": {True: "对", False: "错", None: "未判"}[row.right],
        "实际检索的问题": row.standalone if row.history else "",
        "丢在哪里": WHY.get(row.why, ""),
        "缺的要点": "、".join(row.missing),
        "出处": "\n".join(row.quotes),
        "人工标注": MARK_NAMES[label.mark] if label else "",
        "模型评分": VERDICT_NAMES[judgement.verdict] if judgement and judgement.verdict else "",
        "模型的理由": judgement.reason if judgement else "",
    }
    cells = (getattr(row, field) if field else told[name] for name, field in _COLUMNS)
    return [_plain(cell) for cell in cells]


def _plain(cell: object) -> str:
    """A cell as text; one that a spreadsheet would run as a formula gets a leading '."""
    if isinstance(cell, float):
        return f"{cell:.4f}"
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


#: Measures that a floor may be set for.
FLOORS = tuple(name for name in MEASURES if name not in ("questions", "answerable"))
