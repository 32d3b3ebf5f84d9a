"""Questions with known answers, asked one after the other: a row for each, and the table of measures."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from statistics import median
from typing import TYPE_CHECKING, Any

from qa import measures
from qa.answer import Answer, Citation
from qa.measures import Polarity
from qa.question_sets import Case, CaseError, Evidence, load_cases

if TYPE_CHECKING:
    import numpy as np

    from qa.significance import Interval

__all__ = [
    "MAIN_MEASURES",
    "MEASURES",
    "WHY",
    "Case",
    "CaseError",
    "Evidence",
    "Row",
    "Tally",
    "judge",
    "load_cases",
    "shown",
]

#: Anything that answers like ``PolicyQA.ask``: question and history in, Answer out.
Ask = Callable[[str, Sequence[tuple[str, str]]], Answer]
#: The text before and after a citation in its document.
Surroundings = Callable[[Citation], tuple[str, str]]

_RANKS = (1, 3, 5, 10)


# --- one question ----------------------------------------------------------------------------------------------------

#: What became of a question that was not answered rightly: where it was lost.
WHY: Mapping[str, str] = {
    "not_retrieved": "没检索到原文",
    "not_used": "检索到了，没有用上",
    "used_wrong": "用上了，答得不对或不全",
    "refused": "误拒",
    "should_refuse": "该拒没拒",
    "forbidden": "说了不该说的",
    "polarity": "是非不对",
    "too_long": "太长",
    "missing": "缺要点（没有标出处）",
    "error": "出错",
}


@dataclass(frozen=True)
class Cited:
    """A citation of an answer, with the text that stands around it in its document."""

    marker: int
    doc_id: str
    title: str
    section: tuple[str, ...]
    page: int | None
    before: str
    quote: str
    after: str


@dataclass(frozen=True)
class Seen:
    """A passage that was retrieved."""

    doc_id: str
    title: str
    section: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Row:
    """What happened with one question. A measure that does not apply to the question is None."""

    id: str
    type: str
    question: str
    answerable: bool | None  #: None: nothing is known of a right answer, and nothing is scored that depends on it
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
    verified: tuple[bool, ...] = ()  #: of the sentences of an answer: whether the check found each in its quotes
    by_model: bool | None = None  #: of an answer for which a model was asked: whether what is shown is the model's
    gold_ranks: tuple[int | None, ...] = ()  #: of each gold quote: rank of the first passage that holds it
    golds_cited: tuple[bool, ...] = ()  #: of each gold quote: whether a citation covers it
    span_precision: float | None = None
    span_recall: float | None = None
    char_f1: float | None = None
    rouge_l: float | None = None
    complete: bool | None = None
    numbers_right: tuple[bool, ...] = ()  #: of the key points with numbers: whether the answer holds them
    tokens: int | None = None
    why: str = ""  #: a key of WHY; "" for what is right, and for what nothing can be said of
    error: str = ""  #: what was raised in place of an answer
    set: str = ""  #: name of the question set
    number: int = 0  #: in its set, from 1
    history: tuple[tuple[str, str], ...] = ()
    reference: str = ""
    key_points: tuple[tuple[str, ...], ...] = ()
    forbidden: tuple[str, ...] = ()
    golds: tuple[Evidence, ...] = ()
    citations: tuple[Cited, ...] = ()
    passages: tuple[Seen, ...] = ()
    notes: tuple[str, ...] = ()
    standalone: str = ""  #: the question as it was searched, a follow-up rewritten with what it follows
    polarity: Polarity | None = None  #: expected of a yes-or-no question

    @property
    def right(self) -> bool | None:
        """Whether the question was answered, or refused, rightly; None where that cannot be told by rules."""
        return self.rightly_refused if self.answerable is False else self.strict

    def to_json(self) -> dict[str, Any]:
        """Plain data for a line of JSON."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Row:
        """The row that :meth:`to_json` wrote, also by an older version. Raises KeyError, TypeError or ValueError."""
        known = {name: _frozen(value) for name, value in data.items() if name in _ROW_FIELDS}
        known["golds"] = tuple(Evidence(**item) for item in data.get("golds", ()))
        known["citations"] = tuple(Cited(**_frozen(item)) for item in data.get("citations", ()))
        known["passages"] = tuple(Seen(**_frozen(item)) for item in data.get("passages", ()))
        return cls(**known)


_ROW_FIELDS = frozenset(field.name for field in fields(Row))


def _frozen(value: Any) -> Any:
    """Lists as tuples, all the way down."""
    if isinstance(value, list):
        return tuple(map(_frozen, value))
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return value


def judge(case: Case, answer: Answer, seconds: float, around: Surroundings | None = None) -> Row:
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
        "tokens": measures.tokens(answer.usage),
        "history": case.history,
        "reference": case.answer,
        "key_points": case.key_points,
        "forbidden": case.forbidden,
        "golds": case.evidence,
        "citations": tuple(_cited(citation, around) for citation in answer.citations),
        "passages": tuple(Seen(p.doc_id, p.title, tuple(p.section), p.text) for p in answer.passages),
        "notes": answer.notes,
        "standalone": answer.standalone_question,
        "polarity": case.polarity,
    }
    if not answer.refused:
        row["marked"] = measures.marked(answer.text, [citation.marker for citation in answer.citations])
        row["verified"] = tuple(statement.support == "verified" for statement in answer.statements)
        row["by_model"] = answer.engine == "llm" if answer.model else None
    if golds:
        row["gold_ranks"] = measures.gold_ranks([passage.text for passage in answer.passages], golds)
        row["golds_cited"] = tuple(any(measures.covers(quote, gold) for quote in quotes) for gold in golds)
    if case.answerable is None:
        return Row(**row)
    if not case.answerable:
        contradicted = answer.premise == "contradicted"
        row["rightly_refused"] = measures.rightly_refused(
            answer.text, refused=answer.refused, contradicted=contradicted, forbidden=case.forbidden
        )
        return _with_reason(Row(**row))

    row["falsely_refused"] = answer.refused
    if case.key_points or case.polarity or case.forbidden:  # else there is nothing to go by
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
    row["numbers_right"] = measures.numbers_right(found, case.key_points)
    row["complete"] = measures.complete(found, case.type)
    if case.key_points:
        row["point_recall"] = sum(found) / len(found)
    if measures.length(case.answer):
        row["char_f1"] = 0.0 if answer.refused else measures.char_f1(answer.text, case.answer)
        row["rouge_l"] = 0.0 if answer.refused else measures.rouge_l(answer.text, case.answer)
    if golds:
        row["citation_recall"] = measures.citation_recall(quotes, golds)
        row["span_recall"] = measures.span_recall(quotes, golds)
    if not answer.refused:
        if case.polarity is not None:
            row["polarity_right"] = measures.polarity(answer.text) == case.polarity
        if golds or case.key_points:
            row["citation_precision"] = measures.citation_precision(quotes, golds, case.key_points)
        if golds:
            row["span_precision"] = measures.span_precision(quotes, golds)
        row["points_supported"] = measures.points_supported(answer.text, case.key_points, quotes)
        row["too_long"] = measures.length(answer.text) > measures.length_bound(case.answer, case.type)
        if measures.length(case.answer):
            row["length_ratio"] = measures.length(answer.text) / measures.length(case.answer)
    return _with_reason(Row(**row))


def failed(case: Case, error: Exception, seconds: float) -> Row:
    """The row of a question that raised an error in place of an answer: nothing of it is right."""
    row = judge(case, Answer(case.question, "", refused=True), seconds)
    told = {"error": f"{type(error).__name__}: {error}", "why": "error", "refused": False}
    if case.answerable is None:
        return _replaced(row, **told)
    return _replaced(row, **told, **{"falsely_refused" if case.answerable else "rightly_refused": False})


def _replaced(row: Row, **values: Any) -> Row:
    return Row(**{field.name: getattr(row, field.name) for field in fields(row)} | values)


def _with_reason(row: Row) -> Row:
    return _replaced(row, why=_why(row))


def _why(row: Row) -> str:
    """Where a question was lost; "" for one that was not."""
    if not row.answerable:
        if row.rightly_refused:
            return ""
        return "forbidden" if row.refused or row.premise == "contradicted" else "should_refuse"
    if row.refused:
        return "refused"
    if row.strict is not False:
        return ""
    if row.missing:
        lost = [rank for rank, cited in zip(row.gold_ranks, row.golds_cited, strict=True) if not cited]
        if not row.golds_cited:
            return "missing"
        return "used_wrong" if not lost else "not_retrieved" if not any(lost) else "not_used"
    if row.forbidden_found:
        return "forbidden"
    return "polarity" if row.polarity_right is False else "too_long"


def _cited(citation: Citation, around: Surroundings | None) -> Cited:
    before, after = around(citation) if around is not None else ("", "")
    c = citation
    return Cited(c.marker, c.doc_id, c.title, tuple(c.section), c.page, before, c.quote, after)


# --- the measures of many --------------------------------------------------------------------------------------------

#: The measures of a table in their order, with the names that people read.
MEASURES: dict[str, str] = {
    "questions": "问题数",
    "answerable": "可回答的",
    "strict": "严格正确",
    "point_recall": "要点召回",
    "complete": "列举完整",
    "numbers": "数字正确",
    "char_f1": "字面 F1",
    "rouge_l": "ROUGE-L",
    "refusal": "拒答（应拒的）",
    "false_refusal": "误拒（可答的）",
    "citation_precision": "引文精度",
    "citation_precision_right": "引文精度（答对的）",
    "citation_recall": "引文召回",
    "span_precision": "引文精度（按字）",
    "span_recall": "引文召回（按字）",
    "point_support": "要点有据",
    "marks": "标记齐全",
    "verified": "句子已核对",
    "by_model": "语言模型写的",
    **{f"any@{k}": f"检索：前 {k} 段有原文" for k in _RANKS},
    **{f"share@{k}": f"检索：前 {k} 段占原文" for k in _RANKS},
    "mrr@10": "检索：MRR@10",
    "ndcg@10": "检索：nDCG@10",
    "length_ratio": "长度比（中位数）",
    "too_long": "超长的",
    "tokens": "每题词元数",
    "p50": "耗时 p50（毫秒）",
    "p95": "耗时 p95（毫秒）",
    "unjudged": "没判对错的题",
    "errors": "出错的题",
}
#: The measures shown for each type.
MAIN_MEASURES = ("questions", "strict", "point_recall", "refusal", "false_refusal", "citation_precision", "any@5")
#: The measures shown for each set.
SET_MEASURES = (
    "questions", "strict", "refusal", "false_refusal", "citation_precision", "citation_precision_right", "any@5", "marks",
    "length_ratio", "p50", "p95",
)  # fmt: skip
#: Measures of which less is better.
LOW_IS_GOOD = frozenset(("false_refusal", "too_long", "p50", "p95", "length_ratio", "tokens", "errors", "unjudged"))
_COUNTS = frozenset(("questions", "answerable", "unjudged", "errors"))
_WHOLE = frozenset((*_COUNTS, "p50", "p95", "tokens"))

#: What one question adds to a measure: (numerator, denominator), or None where the measure does not apply to it.
Part = tuple[float, float] | None


def _one(value: float | None) -> Part:
    return None if value is None else (float(value), 1.0)


def _pooled(flags: Sequence[bool]) -> Part:
    return (float(sum(flags)), float(len(flags))) if flags else None


def _ranked(measure: Callable[[Sequence[int | None]], float]) -> Callable[[Row], Part]:
    return lambda row: _one(measure(row.gold_ranks)) if row.gold_ranks else None


#: The measures that are means over questions (or over points, pooled).
PARTS: Mapping[str, Callable[[Row], Part]] = {
    "strict": lambda row: _one(row.strict),
    "point_recall": lambda row: _one(row.point_recall),
    "complete": lambda row: _one(row.complete),
    "numbers": lambda row: _pooled(row.numbers_right),
    "char_f1": lambda row: _one(row.char_f1),
    "rouge_l": lambda row: _one(row.rouge_l),
    "refusal": lambda row: _one(row.rightly_refused),
    "false_refusal": lambda row: _one(row.falsely_refused),
    "citation_precision": lambda row: _one(row.citation_precision),
    "citation_precision_right": lambda row: _one(row.citation_precision) if row.strict else None,
    "citation_recall": lambda row: _one(row.citation_recall),
    "span_precision": lambda row: _one(row.span_precision),
    "span_recall": lambda row: _one(row.span_recall),
    "point_support": lambda row: _pooled(row.points_supported),
    "marks": lambda row: _one(row.marked),
    "verified": lambda row: _pooled(row.verified),
    "by_model": lambda row: _one(row.by_model),
    **{f"any@{k}": _ranked(lambda ranks, k=k: measures.any_at(ranks, k)) for k in _RANKS},  # type: ignore[misc]
    **{f"share@{k}": _ranked(lambda ranks, k=k: measures.share_at(ranks, k)) for k in _RANKS},  # type: ignore[misc]
    "mrr@10": _ranked(measures.reciprocal_rank),
    "ndcg@10": _ranked(measures.ndcg),
    "too_long": lambda row: _one(row.too_long),
    "tokens": lambda row: _one(row.tokens),
}


class Tally:
    """The numbers of many rows, which need not be kept: some hundred bytes a row."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self._parts, self._times, self._ratios = array("d"), array("d"), array("d")
        self._kinds: dict[str, dict[str, int]] = {"type": {}, "set": {}}
        self._kind_of = {"type": array("i"), "set": array("i")}
        self._answerable, self._errors, self._unjudged = array("b"), array("b"), array("b")
        self._told: dict[str, dict[str, dict[str, Interval | None]]] = {}  #: intervals by kind, until a row is added
        self.reasons: dict[str, int] = {}  #: how many questions were lost where, by the keys of WHY
        for row in rows:
            self.add(row)

    def add(self, row: Row) -> None:
        """Counts a row in."""
        self._told.clear()
        for part in PARTS.values():
            self._parts.extend(part(row) or (0.0, 0.0))
        self._times.append(row.seconds * 1000)
        self._ratios.append(float("nan") if row.length_ratio is None else row.length_ratio)
        self._answerable.append(bool(row.answerable))
        self._unjudged.append(row.right is None)
        self._errors.append(bool(row.error))
        for kind, name in (("type", row.type), ("set", row.set)):
            names = self._kinds[kind]
            self._kind_of[kind].append(names.setdefault(name, len(names)))
        if row.why:
            self.reasons[row.why] = self.reasons.get(row.why, 0) + 1

    def __len__(self) -> int:
        return len(self._times)

    def table(self) -> dict[str, float | None]:
        """Every measure of MEASURES; None where no row has it."""
        return self._table(None)

    def by(self, kind: str) -> dict[str, dict[str, float | None]]:
        """The tables of the rows of each "type" or "set", in the order in which they first appear."""
        import numpy as np

        which = np.frombuffer(self._kind_of[kind], dtype=np.int32)
        return {name: self._table(which == number) for name, number in self._kinds[kind].items()}

    def intervals(self) -> dict[str, Interval | None]:
        """The 95 % confidence interval of each measure that is no count."""
        if "" not in self._told:
            self._told[""] = {"": self._intervals(None)}
        return self._told[""][""]

    def intervals_by(self, kind: str) -> dict[str, dict[str, Interval | None]]:
        """The same for the rows of each "type" or "set"."""
        import numpy as np

        if kind not in self._told:
            which = np.frombuffer(self._kind_of[kind], dtype=np.int32)
            self._told[kind] = {name: self._intervals(which == n) for name, n in self._kinds[kind].items()}
        return self._told[kind]

    def refusals(self) -> dict[str, tuple[int, int]]:
        """The 2 × 2 table: of "answerable" and "unanswerable" questions, how many were (answered, refused); a premise
        that was corrected counts as refused, as it should be."""
        numerators, denominators = self.parts()
        names = list(PARTS)
        table = {}
        for kind, name in (("answerable", "false_refusal"), ("unanswerable", "refusal")):
            column = names.index(name)
            asked, refused = int(denominators[:, column].sum()), int(numerators[:, column].sum())
            table[kind] = (asked - refused, refused)
        return table

    def times(self) -> Sequence[float]:
        """Milliseconds that each question took, in the order of the rows."""
        return self._times

    def parts(self) -> tuple[np.ndarray, np.ndarray]:
        """What each row adds to each measure of PARTS: (numerators, denominators), a row for each question."""
        import numpy as np

        cells = np.frombuffer(self._parts, dtype=np.float64).reshape(len(self), len(PARTS), 2)
        return cells[:, :, 0], cells[:, :, 1]

    def _chosen(self, chosen: np.ndarray | None) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Of those rows, or of all: numerators, denominators, milliseconds, and the length ratios that there are."""
        import numpy as np

        numerators, denominators = self.parts()
        times, ratios = np.frombuffer(self._times), np.frombuffer(self._ratios)
        if chosen is not None:
            numerators, denominators, times, ratios = (a[chosen] for a in (numerators, denominators, times, ratios))
        return numerators, denominators, times, ratios[~np.isnan(ratios)]

    def _intervals(self, chosen: np.ndarray | None) -> dict[str, Interval | None]:
        from qa.significance import intervals, quantile_interval

        numerators, denominators, times, ratios = self._chosen(chosen)
        return {
            **dict(zip(PARTS, intervals(numerators, denominators), strict=True)),
            "length_ratio": quantile_interval(ratios, 0.5),
            "p50": quantile_interval(times, 0.5),
            "p95": quantile_interval(times, 0.95),
        }

    def _table(self, chosen: np.ndarray | None) -> dict[str, float | None]:
        import numpy as np

        numerators, denominators, times, ratios = self._chosen(chosen)
        answerable, errors = np.frombuffer(self._answerable, np.int8), np.frombuffer(self._errors, np.int8)
        unjudged = np.frombuffer(self._unjudged, np.int8)
        if chosen is not None:
            answerable, errors, unjudged = answerable[chosen], errors[chosen], unjudged[chosen]
        above, below = numerators.sum(axis=0), denominators.sum(axis=0)
        means = {name: float(a / b) if b else None for name, a, b in zip(PARTS, above, below, strict=True)}
        told = ratios.tolist()
        found: dict[str, float | None] = {
            **means,
            "questions": len(times),
            "answerable": int(answerable.sum()),
            "unjudged": int(unjudged.sum()),
            "length_ratio": median(told) if told else None,
            "p50": measures.percentile(times.tolist(), 50) if len(times) else None,
            "p95": measures.percentile(times.tolist(), 95) if len(times) else None,
            "errors": int(errors.sum()),
        }
        return {name: found[name] for name in MEASURES}


def shown(measure: str, value: float | None) -> str:
    """A value as a table shows it."""
    if value is None:
        return "–"
    return f"{value:.0f}" if measure in _WHOLE else f"{value:.2f}"


def shown_interval(measure: str, interval: Interval | None) -> str:
    """A confidence interval as a table shows it."""
    return f"{shown(measure, interval.low)}–{shown(measure, interval.high)}" if interval else ""


def markdown(name: str, tally: Tally) -> str:
    """The measures of many rows as one table, then the main ones by type, with their intervals, in Markdown."""
    overall, intervals = tally.table(), tally.intervals()
    lines = [f"## {name}", "", "| 指标 | 值 | 95% 置信区间 |", "| --- | --- | --- |"]
    lines += [
        f"| {label} | {shown(key, overall[key])} | {shown_interval(key, intervals.get(key))} |"
        for key, label in MEASURES.items()
    ]
    head = " | ".join(MEASURES[key] for key in MAIN_MEASURES)
    lines += ["", f"| 类型 | {head} |", "| --- |" + " --- |" * len(MAIN_MEASURES)]
    by_type = tally.intervals_by("type")
    for kind, table in tally.by("type").items():
        told = [(shown(key, table[key]), shown_interval(key, by_type[kind].get(key))) for key in MAIN_MEASURES]
        cells = [f"{value}（{interval}）" if interval else value for value, interval in told]
        lines.append(f"| {kind} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"
