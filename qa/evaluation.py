"""Questions with known answers, asked one after the other: a row for each, and the table of measures."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean, median
from time import perf_counter
from typing import Any, cast

from qa import measures
from qa.answer import Answer
from qa.measures import Polarity

#: Anything that answers like ``PolicyQA.ask``: question and history in, Answer out.
Ask = Callable[[str, Sequence[tuple[str, str]]], Answer]
#: Called after each question with (done, total).
Progress = Callable[[int, int], None]

_RANKS = (1, 3, 5, 10)


class CaseError(ValueError):
    """A question set cannot be read. The message is Chinese and names file, line and what is wrong."""


@dataclass(frozen=True)
class Evidence:
    """A verbatim quote that answers the question, and the number that begins its file's name."""

    doc: str
    quote: str


@dataclass(frozen=True)
class Case:
    """A question with what a right answer holds. ``type`` is a label for reports, never shown to the system."""

    id: str
    type: str
    question: str
    answer: str = ""
    history: tuple[tuple[str, str], ...] = ()
    key_points: tuple[tuple[str, ...], ...] = ()
    forbidden: tuple[str, ...] = ()
    polarity: Polarity | None = None
    evidence: tuple[Evidence, ...] = ()
    answerable: bool = True

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> Case:
        """A case from a line of a question set, unknown fields ignored. Raises ValueError with a Chinese message."""
        question = record.get("question")
        if not isinstance(question, str) or not question.strip():
            raise ValueError("缺少 question（问题，一个非空的字符串）")
        polarity = record.get("polarity")
        if polarity not in (None, "yes", "no"):
            raise ValueError(f"polarity 只能是 yes、no 或空，这里是 {polarity!r}")
        answerable = record.get("answerable", True)
        if not isinstance(answerable, bool):
            raise ValueError(f"answerable 只能是 true 或 false，这里是 {answerable!r}")
        turns = _list(record, "history", dict)
        if any(not isinstance(turn.get(key), str) for turn in turns for key in ("q", "a")):
            raise ValueError('history 的每一轮要写成 {"q": 问题, "a": 回答}')
        evidence = _list(record, "evidence", dict)
        if any(not isinstance(item.get(key), str) for item in evidence for key in ("doc", "quote")):
            raise ValueError('evidence 的每一条要写成 {"doc": 文件编号, "quote": 原文}')
        points = _list(record, "key_points", list)
        if any(not forms or not all(isinstance(form, str) and form for form in forms) for forms in points):
            raise ValueError("key_points 的每个要点是一组非空的写法，答案里出现一种即可")
        return cls(
            id=str(record.get("id", "")),
            type=str(record.get("type", "")),
            question=question,
            answer=str(record.get("answer", "")),
            history=tuple((turn["q"], turn["a"]) for turn in turns),
            key_points=tuple(tuple(forms) for forms in points),
            forbidden=tuple(_list(record, "forbidden", str)),
            polarity=cast("Polarity | None", polarity),
            evidence=tuple(Evidence(item["doc"], item["quote"]) for item in evidence),
            answerable=answerable,
        )


def _list(record: Mapping[str, Any], name: str, kind: type[object]) -> list[Any]:
    value = record.get(name) or []
    if not isinstance(value, list) or not all(isinstance(item, kind) for item in value):
        kinds: dict[type[object], str] = {dict: "对象", list: "列表", str: "字符串"}
        raise ValueError(f"{name} 要写成一列{kinds[kind]}")
    return value


def load_cases(path: str | Path) -> list[Case]:
    """The cases of a question set, one JSON object a line; blank lines are skipped. Raises :class:`CaseError`."""
    path = Path(path)
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise CaseError(f"读不了问题集 {path}：{error.strerror}。请检查路径。") from error
    except UnicodeDecodeError as error:
        raise CaseError(f"问题集 {path} 不是 UTF-8 编码。请另存为 UTF-8 后再运行。") from error
    cases = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            if not isinstance(record, dict):
                raise ValueError("每行要是一个 JSON 对象 {…}")
            cases.append(Case.from_json(record))
        except json.JSONDecodeError as error:
            raise CaseError(f"{path} 第 {number} 行第 {error.colno} 列不是有效的 JSON：{error.msg}。") from error
        except ValueError as error:
            raise CaseError(f"{path} 第 {number} 行：{error}。") from error
    if not cases:
        raise CaseError(f"问题集 {path} 里没有问题。每行写一个 JSON 对象，至少要有 question。")
    return cases


@dataclass(frozen=True)
class Row:
    """What happened with one question. A measure that does not apply to the question is None."""

    id: str
    type: str
    question: str
    answerable: bool
    text: str  #: the answer as given
    refused: bool
    refusal_reason: str | None
    premise: str | None
    quotes: tuple[str, ...]
    seconds: float
    strict: bool | None = None
    point_recall: float | None = None
    missing: tuple[str, ...] = ()  #: key points not found, each by its first form
    forbidden_found: tuple[str, ...] = ()
    polarity_right: bool | None = None
    too_long: bool | None = None
    length_ratio: float | None = None
    rightly_refused: bool | None = None
    falsely_refused: bool | None = None
    citation_precision: float | None = None
    citation_recall: float | None = None
    points_supported: tuple[bool, ...] = ()  #: of the points found: whether a quote holds them
    marked: bool | None = None
    gold_ranks: tuple[int | None, ...] = ()  #: of each gold quote: rank of the first passage that holds it


def judge(case: Case, answer: Answer, seconds: float) -> Row:
    """The row of one question: every measure that applies to it."""
    quotes = tuple(citation.quote for citation in answer.citations)
    golds = [evidence.quote for evidence in case.evidence]
    row: dict[str, Any] = {
        "id": case.id,
        "type": case.type,
        "question": case.question,
        "answerable": case.answerable,
        "text": answer.text,
        "refused": answer.refused,
        "refusal_reason": answer.refusal_reason,
        "premise": answer.premise,
        "quotes": quotes,
        "seconds": seconds,
        "forbidden_found": measures.forbidden_found(answer.text, case.forbidden),
    }
    if not answer.refused:
        row["marked"] = measures.marked(answer.text, [citation.marker for citation in answer.citations])
    if golds:
        row["gold_ranks"] = measures.gold_ranks([passage.text for passage in answer.passages], golds)
    if not case.answerable:
        contradicted = answer.premise == "contradicted"
        row["rightly_refused"] = measures.rightly_refused(
            answer.text, refused=answer.refused, contradicted=contradicted, forbidden=case.forbidden
        )
        return Row(**row)

    row["falsely_refused"] = answer.refused
    row["strict"] = measures.strictly_right(
        answer.text,
        refused=answer.refused,
        key_points=case.key_points,
        forbidden=case.forbidden,
        expected=case.polarity,
        reference=case.answer,
        kind=case.type,
    )
    # A refusal holds no point, whatever words its reason happens to use.
    found = (False,) * len(case.key_points) if answer.refused else measures.points_found(answer.text, case.key_points)
    row["missing"] = tuple(forms[0] for forms, there in zip(case.key_points, found, strict=True) if not there)
    if case.key_points:
        row["point_recall"] = sum(found) / len(found)
    if golds:
        row["citation_recall"] = measures.citation_recall(quotes, golds)
    if not answer.refused:
        if case.polarity is not None:
            row["polarity_right"] = measures.polarity(answer.text) == case.polarity
        if golds or case.key_points:
            row["citation_precision"] = measures.citation_precision(quotes, golds, case.key_points)
        row["points_supported"] = measures.points_supported(answer.text, case.key_points, quotes)
        row["too_long"] = measures.length(answer.text) > measures.length_bound(case.answer, case.type)
        if measures.length(case.answer):
            row["length_ratio"] = measures.length(answer.text) / measures.length(case.answer)
    return Row(**row)


#: The measures of a table in their order, with the names that people read.
MEASURES: dict[str, str] = {
    "questions": "问题数",
    "answerable": "可回答的",
    "strict": "严格正确",
    "point_recall": "要点召回",
    "refusal": "拒答（应拒的）",
    "false_refusal": "误拒（可答的）",
    "citation_precision": "引文精度",
    "citation_precision_right": "引文精度（答对的）",
    "citation_recall": "引文召回",
    "point_support": "要点有据",
    "marks": "标记齐全",
    **{f"any@{k}": f"检索：前 {k} 段有原文" for k in _RANKS},
    **{f"share@{k}": f"检索：前 {k} 段占原文" for k in _RANKS},
    "mrr@10": "检索：MRR@10",
    "length_ratio": "长度比（中位数）",
    "too_long": "超长的",
    "p50": "耗时 p50（毫秒）",
    "p95": "耗时 p95（毫秒）",
}
#: The measures shown for each type.
MAIN_MEASURES = ("questions", "strict", "point_recall", "refusal", "false_refusal", "citation_precision", "any@5")
_COUNTS = ("questions", "answerable")
_MILLISECONDS = ("p50", "p95")


def table_of(rows: Sequence[Row]) -> dict[str, float | None]:
    """Every measure of MEASURES over these rows; None where no row has it."""
    supported = [flag for row in rows for flag in row.points_supported]
    ranked = [row.gold_ranks for row in rows if row.gold_ranks]
    times = [row.seconds * 1000 for row in rows]
    ratios = [row.length_ratio for row in rows if row.length_ratio is not None]
    return {
        "questions": len(rows),
        "answerable": sum(row.answerable for row in rows),
        "strict": _mean(row.strict for row in rows),
        "point_recall": _mean(row.point_recall for row in rows),
        "refusal": _mean(row.rightly_refused for row in rows),
        "false_refusal": _mean(row.falsely_refused for row in rows),
        "citation_precision": _mean(row.citation_precision for row in rows),
        "citation_precision_right": _mean(row.citation_precision for row in rows if row.strict),
        "citation_recall": _mean(row.citation_recall for row in rows),
        "point_support": _mean(supported),
        "marks": _mean(row.marked for row in rows),
        **{f"any@{k}": _mean(measures.any_at(ranks, k) for ranks in ranked) for k in _RANKS},
        **{f"share@{k}": _mean(measures.share_at(ranks, k) for ranks in ranked) for k in _RANKS},
        "mrr@10": _mean(measures.reciprocal_rank(ranks) for ranks in ranked),
        "length_ratio": median(ratios) if ratios else None,
        "too_long": _mean(row.too_long for row in rows),
        "p50": measures.percentile(times, 50) if times else None,
        "p95": measures.percentile(times, 95) if times else None,
    }


def _mean(values: Iterable[float | None]) -> float | None:
    present = [float(value) for value in values if value is not None]
    return fmean(present) if present else None


def shown(measure: str, value: float | None) -> str:
    """A value as a table shows it."""
    if value is None:
        return "–"
    if measure in _COUNTS:
        return f"{value:.0f}"
    return f"{value:.0f}" if measure in _MILLISECONDS else f"{value:.2f}"


@dataclass(frozen=True)
class Report:
    """All rows of a question set, and the measures over all of them and by type."""

    name: str
    rows: tuple[Row, ...]

    @property
    def overall(self) -> dict[str, float | None]:
        """The measures over all rows, keyed as in MEASURES."""
        return table_of(self.rows)

    @property
    def by_type(self) -> dict[str, dict[str, float | None]]:
        """The measures over the rows of each type, in the order in which types first appear."""
        kinds = dict.fromkeys(row.type for row in self.rows)
        return {kind: table_of([row for row in self.rows if row.type == kind]) for kind in kinds}

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON: the tables and the rows."""
        return {
            "name": self.name,
            "overall": self.overall,
            "by_type": self.by_type,
            "rows": [asdict(row) for row in self.rows],
        }

    def to_markdown(self) -> str:
        """The measures over all rows as one table, then the main ones by type."""
        overall = self.overall
        lines = [f"## {self.name}", "", "| 指标 | 值 |", "| --- | --- |"]
        lines += [f"| {label} | {shown(key, overall[key])} |" for key, label in MEASURES.items()]
        head = " | ".join(MEASURES[key] for key in MAIN_MEASURES)
        lines += ["", f"| 类型 | {head} |", "| --- |" + " --- |" * len(MAIN_MEASURES)]
        for kind, table in self.by_type.items():
            lines.append(f"| {kind} | " + " | ".join(shown(key, table[key]) for key in MAIN_MEASURES) + " |")
        return "\n".join(lines) + "\n"

    def write(self, folder: str | Path) -> tuple[Path, Path]:
        """Writes ``<name>.rows.jsonl`` (one row a line) and ``<name>.report.md``; gives both paths."""
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        rows, report = folder / f"{self.name}.rows.jsonl", folder / f"{self.name}.report.md"
        rows.write_text(
            "".join(json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in self.rows), encoding="utf-8"
        )
        report.write_text(self.to_markdown(), encoding="utf-8")
        return rows, report


def evaluate(ask: Ask, cases: Sequence[Case], progress: Progress | None = None, name: str = "evaluation") -> Report:
    """Asks every case in turn and judges the answers. ``ask`` is ``PolicyQA.ask`` or anything with its shape."""
    rows = []
    for done, case in enumerate(cases, 1):
        started = perf_counter()
        answer = ask(case.question, case.history)
        rows.append(judge(case, answer, perf_counter() - started))
        if progress is not None:
            progress(done, len(cases))
    return Report(name, tuple(rows))
