"""A bot over one small document that answers by looking for its words: the interface of PolicyQA, nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.document import Header, LeftOut, Section, SourceDocument
from corpus.load import Failure
from corpus.sentences import sentence_spans
from index.interface import DocumentEntry, Summary
from index.passage import Chunk, Copy, Passage
from qa.answer import REFUSAL, Answer, Citation, Event, Statement
from qa.settings import Settings

TEXT = "一、总体要求\n到2025年，建成七个示范区。<b>地方</b>不得重复建设。\n二、保障措施\n由市财政局牵头，市科技局参与。"
TITLE = "关于示范区的意见"


def document(doc_id: str = "010_shifanqu", text: str = TEXT) -> SourceDocument:
    sections = []
    for index, title in enumerate(("总体要求", "保障措施")):
        start = text.index("一二"[index] + "、" + title)
        end = text.find("\n二、", start) + 1 if index == 0 else len(text)
        heading = (start, start + len(title) + 2)
        sections.append(Section(index, None, 0, "body", "一二"[index] + "、", index + 1, title, heading, start, end))
    return SourceDocument(
        doc_id=doc_id,
        file_name=f"{doc_id}.txt",
        fingerprint=hashlib.sha256(text.encode()).hexdigest(),
        header=Header(title=TITLE, number="甲政发〔2024〕7号", issuer="甲市人民政府", written="2024-03-05"),
        text=text,
        sections=tuple(sections),
        line_starts=((0, 1, None),),
        left_out=(LeftOut(9, "- 1 -", "页码"),),
        warnings=("第三章缺号",),
    )


class FakeModel:
    """An embedder or reader, as far as its fingerprint goes."""

    def __init__(self, fingerprint: str) -> None:
        self.fingerprint = fingerprint


class FakeBot:
    """Answers with the sentence that holds the longest word of the question, refuses without one."""

    def __init__(self) -> None:
        self.failures: tuple[Failure, ...] = ()
        self.settings = Settings()
        self.embedder, self.reader = FakeModel("embedder-1"), FakeModel("reader-1")
        self.calibration = "calibration-1"
        self._documents = {"010_shifanqu": document()}
        self.asked: list[tuple[str, tuple[tuple[str, str], ...]]] = []

    def ask(self, question: str, history: Sequence[tuple[str, str]] = (), **_scope: Any) -> Answer:
        self.asked.append((question, tuple(history)))
        full = f"{history[-1][0]}{question}" if history else question
        source = self._documents["010_shifanqu"]
        spans = sentence_spans(source.text)
        passages = tuple(self._passage(source, section) for section in source.sections)
        word = next((w for w in ("示范区", "重复建设", "牵头") if w in full), None)
        for start, end in spans:
            if word and word in source.text[start:end]:
                citation = self._citation(source, start, end)
                return Answer(
                    question,
                    f"{citation.quote}[1]",
                    citations=(citation,),
                    passages=passages,
                    statements=(Statement(citation.quote, (1,), "verified"),),
                    standalone_question=full,
                )
        nearest = (self._citation(source, *spans[1]),)
        return Answer(
            question,
            REFUSAL,
            refused=True,
            refusal_reason="not_in_corpus",
            nearest=nearest,
            passages=passages,
            standalone_question=full,
        )

    def stream(self, question: str, history: Sequence[tuple[str, str]] = (), **scope: Any) -> Iterator[Event]:
        yield Event("answer", self.ask(question, history, **scope))

    def retrieve(self, question: str, k: int = 10) -> list[Passage]:
        return list(self.ask(question).passages[:k])

    def doc_ids(self) -> list[str]:
        return [entry.doc_id for entry in self.documents()]

    def documents(self) -> list[DocumentEntry]:
        return [
            DocumentEntry(d.doc_id, d.file_name, d.fingerprint, d.header, len(d.text), len(d.sections))
            for d in self._documents.values()
        ]

    def document(self, doc_id: str) -> SourceDocument:
        return self._documents[doc_id]

    def add(
        self,
        paths: Sequence[Path],
        progress: Callable[[str, int, int], None] | None = None,
        *,
        names: Mapping[Path, str] | None = None,
        allow_empty: bool = False,
    ) -> Summary:
        called = {path: (names or {}).get(path, path.name) for path in paths if path.suffix == ".txt"}
        given = {name.removesuffix(".txt").replace("/", "-"): name for name in called.values()}
        old = given.keys() & self._documents.keys()
        self.failures = tuple(Failure(path, "不认识的格式") for path in paths if path not in called)
        self._documents |= {doc_id: replace(document(doc_id), file_name=name) for doc_id, name in given.items()}
        if progress is not None:
            progress("读取文件", len(paths), len(paths))
        return Summary(added=tuple(doc_id for doc_id in given if doc_id not in old), unchanged=tuple(old))

    def remove(self, doc_id: str) -> None:
        del self._documents[doc_id]

    @staticmethod
    def _passage(source: SourceDocument, section: Section) -> Passage:
        text = source.text[section.start : section.end]
        spans = tuple(sentence_spans(source.text, section.start, section.end))
        chunk = Chunk(
            str(section.index),
            source.doc_id,
            section.index,
            source.path(section),
            section.kind,
            section.start,
            section.end,
            None,
            text,
            spans,
        )
        return Passage(chunk, source.header.title, 0.5)

    @staticmethod
    def _citation(source: SourceDocument, start: int, end: int) -> Citation:
        return Citation(
            marker=1,
            doc_id=source.doc_id,
            title=source.header.title,
            number=source.header.number,
            section=source.path(source.section_at(start)),
            quote=source.text[start:end],
            start=start,
            end=end,
            page=3,
            also_in=(Copy("011_zhuanzai", "转载页", ("正文",), 0, 5),),
        )
