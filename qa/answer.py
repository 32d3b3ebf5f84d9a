"""The nouns of an answer: citation, statement, answer, event."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from index.passage import Chunk, Copy, Passage
from qa.escape import markdown

RefusalReason = Literal["not_in_corpus", "weak_evidence", "false_premise", "out_of_scope"]
Support = Literal["verified", "partial", "unverified"]

#: The one sentence of a refusal; the reason follows it.
REFUSAL = "所给文件中没有能够回答这个问题的内容。"


def is_refusal(text: str) -> bool:
    """Whether the text of an answer is a refusal."""
    return text.startswith(REFUSAL)


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage that a sentence rests on: ``document.text[start:end] == quote``."""

    marker: int
    doc_id: str
    title: str
    number: str | None  #: 发文字号
    section: tuple[str, ...]
    quote: str
    start: int
    end: int
    page: int | None = None
    also_in: tuple[Copy, ...] = ()
    confidence: float | None = None  #: 0-1, where recognition of a picture is not sure of what it read here

    @property
    def doubt(self) -> str:
        """How sure the words are where they were recognised in a picture; "" elsewhere."""
        return "" if self.confidence is None else f"图片识别，把握 {self.confidence:.0%}，请对照原件"

    @property
    def place(self) -> str:
        """Where the passage stands, in words: the path of its section, the page, and how sure its words are."""
        parts = [" › ".join(self.section)] if self.section else []
        parts += [f"第 {self.page} 页"] if self.page is not None else []
        parts += [self.doubt] if self.doubt else []
        return "，".join(parts)


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of the answer, without marks, and what it rests on."""

    sentence: str
    markers: tuple[int, ...]
    support: Support


@dataclass(frozen=True)
class Answer:
    """What ``PolicyQA.ask`` gives. Every sentence of ``text`` ends in marks such as [1] unless ``refused``."""

    question: str
    text: str
    refused: bool = False
    refusal_reason: RefusalReason | None = None
    premise: Literal["contradicted"] | None = None
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Citation, ...] = ()  #: of a refusal: the clauses that come nearest
    passages: tuple[Passage, ...] = ()  #: best first
    statements: tuple[Statement, ...] = ()
    engine: Literal["extractive", "llm"] = "extractive"
    standalone_question: str = ""  #: the question as it was searched, follow-ups resolved
    timings: Mapping[str, float] = field(default_factory=dict)  #: seconds per stage
    usage: Mapping[str, int] = field(default_factory=dict)  #: tokens, for engine "llm"
    notes: tuple[
        str, ...
    ] = ()  #: what a reader should know of the sources, in Chinese: none is official, one is replaced
    model: str = ""  #: name of the language model that was asked, also where nothing of it is in the text
    dropped: tuple[str, ...] = ()  #: sentences that the model wrote and the check has struck out or had put otherwise

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON; what ``policyqa ask --json`` prints."""
        return {
            "question": self.question,
            "standalone_question": self.standalone_question,
            "text": self.text,
            "refused": self.refused,
            "refusal_reason": self.refusal_reason,
            "premise": self.premise,
            "citations": [_plain(c) for c in self.citations],
            "nearest": [_plain(c) for c in self.nearest],
            "statements": [_plain(s) for s in self.statements],
            "passages": [passage_dict(p) for p in self.passages],
            "engine": self.engine,
            "timings": {stage: round(seconds, 4) for stage, seconds in self.timings.items()},
            "usage": dict(self.usage),
            "notes": list(self.notes),
            "model": self.model,
            "dropped": list(self.dropped),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Answer:
        """The answer that :meth:`to_dict` wrote down. Its passages have what was written of them; what was not (the id
        of the chunk, its sentences, the single scores) is empty. Raises KeyError or TypeError for other data."""
        return cls(
            question=data["question"],
            text=data["text"],
            refused=data["refused"],
            refusal_reason=data["refusal_reason"],
            premise=data["premise"],
            citations=tuple(_citation(c) for c in data["citations"]),
            nearest=tuple(_citation(c) for c in data["nearest"]),
            passages=tuple(_passage(p) for p in data["passages"]),
            statements=tuple(Statement(s["sentence"], tuple(s["markers"]), s["support"]) for s in data["statements"]),
            engine=data["engine"],
            standalone_question=data["standalone_question"],
            timings=dict(data["timings"]),
            usage=dict(data["usage"]),
            notes=tuple(data["notes"]),
            model=data.get("model", ""),  # written down before there were any
            dropped=tuple(data.get("dropped", ())),
        )

    def to_markdown(self) -> str:
        """Answer, then numbered sources with title, number, section path and quote. Nothing that stands in a document or
        comes from a model is interpreted as markup."""
        lines = [_with_marks(self), "", *(f"（{markdown(note)}）\n" for note in self.notes)]
        shown = self.citations or self.nearest
        if shown:
            lines += ["**出处**" if self.citations else "**最接近的条款**", ""]
        for citation in shown:
            number = f"（{markdown(citation.number)}）" if citation.number else ""
            source = f"《{markdown(citation.title)}》{number} {markdown(citation.place)}"
            lines.append(f"{citation.marker}. {source}  \n   > {markdown(citation.quote)}")
        return "\n".join(lines).rstrip() + "\n"


_MARKS = re.compile(r"(?:\[\d{1,4}\])+")


def mark_runs(answer: Answer) -> Iterator[re.Match[str]]:
    """The runs of marks that end sentences. What stands within a sentence is the document's own: 按[1]号渡口."""
    text, at = answer.text, 0
    spans: list[tuple[int, int]] = []
    for statement in answer.statements:
        start = text.find(statement.sentence, at)
        if start >= 0:
            at = start + len(statement.sentence)
            spans.append((start, at))
    at = 0
    while marks := _MARKS.search(text, at):
        within = next((end for start, end in spans if start <= marks.start() < end), None)
        at = within or marks.end()
        if within is None:
            yield marks


def pieces(answer: Answer) -> Iterator[tuple[str, bool]]:
    """The text in pieces: (words, False), and (number of a citation, True) for each mark."""
    known, at = {str(citation.marker) for citation in answer.citations}, 0
    for run in mark_runs(answer):
        for mark in re.finditer(r"\d+", run.group()):
            if mark.group() in known:
                yield answer.text[at : run.start() + mark.start() - 1], False
                yield mark.group(), True
                at = run.start() + mark.end() + 1
    yield answer.text[at:], False


def _with_marks(answer: Answer) -> str:
    """The text as Markdown, in which nothing but its marks is more than words."""
    return "".join(f"[{piece}]" if is_mark else markdown(piece) for piece, is_mark in pieces(answer))


def passage_dict(passage: Passage) -> dict[str, Any]:
    """A passage as plain data for JSON, its score rounded."""
    return {
        "doc_id": passage.doc_id,
        "title": passage.title,
        "section": list(passage.section),
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "page": passage.page,
        "score": round(passage.score, 4),
    }


@dataclass(frozen=True)
class Event:
    """A step of ``PolicyQA.stream``. ``data``: stage name, the question as it is searched, passages, draft or final
    Answer, or a piece of text."""

    kind: Literal["stage", "question", "passages", "draft", "token", "answer"]
    data: Any


def _plain(value: Any) -> Any:
    """Dataclasses and tuples as dicts and lists."""
    return _listed(asdict(value))


def _listed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _listed(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_listed(item) for item in value]
    return value


def _citation(data: Mapping[str, Any]) -> Citation:
    copies = tuple(Copy(**{**copy, "section": tuple(copy["section"])}) for copy in data["also_in"])
    return Citation(**{**data, "section": tuple(data["section"]), "also_in": copies})


def _passage(data: Mapping[str, Any]) -> Passage:
    chunk = Chunk(
        chunk_id="",
        doc_id=data["doc_id"],
        section=-1,
        path=tuple(data["section"]),
        kind="body",
        start=data["start"],
        end=data["end"],
        page=data["page"],
        text=data["text"],
        sentences=(),
    )
    return Passage(chunk, data["title"], data["score"])
