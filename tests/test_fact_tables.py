"""Duties and figures as they are read from documents, against tables written by hand (benchmarks/facts)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from corpus.document import SourceDocument
from corpus.duties import Duty, find_duties
from corpus.figures import Figure, find_figures
from corpus.load import load_documents

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


def _documents(folder: str) -> dict[str, SourceDocument]:
    documents, failures = load_documents([BENCHMARKS / "documents" / folder])
    assert not failures
    return {d.doc_id[:3]: d for d in documents}


def _table(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (BENCHMARKS / "facts" / name).read_text(encoding="utf-8").splitlines()]


def _bare(text: str) -> str:
    return re.sub(r"[\s（）()。；;|]", "", text)


def _notes(table: Sequence[dict[str, object]], documents: Mapping[str, SourceDocument]) -> list[Duty | None]:
    """The note found for each row of the table, each note once."""
    free = {key: list(find_duties(document)) for key, document in documents.items()}
    found: list[Duty | None] = []
    for row in table:
        key, note = str(row["doc"]), _bare(str(row["note"]))
        wanted = set(row["departments"])  # type: ignore[call-overload]
        text = documents[key].text
        same = [d for d in free[key] if (own := _bare(text[d.start : d.end])) and (own in note or note in own)]
        best = max(same, key=lambda d: len(wanted & set(d.departments)), default=None)
        if best is not None:
            free[key].remove(best)
        found.append(best)
    return found


@pytest.mark.parametrize("folder", ["6", "7"])
def test_responsibility_notes_of_all_documents_of_a_folder(folder: str) -> None:
    """Against what a person has found in each document, also in those that have none.

    A note says who leads (牵头), is responsible or joins (责任单位, 负责, 配合, 承办), who acts together (会同), or is one of a
    list of what several bodies are responsible for. A single 甲局负责某事 in running text, other than at the beginning of an
    article, and who explains a document, is none.
    """
    documents = _documents(folder)
    _check_notes(documents, _table(f"duties_{folder}.jsonl"))


def test_responsibility_notes_of_laws_plans_and_tables() -> None:
    """The same of documents that are named one by one."""
    table = _table("duties_8.jsonl")
    paths = [BENCHMARKS / name for name in dict.fromkeys(str(row["doc"]) for row in table)]
    loaded = {path: load_documents([path]) for path in paths}
    assert not any(failures for _, failures in loaded.values())
    _check_notes({str(path.relative_to(BENCHMARKS)): documents[0] for path, (documents, _) in loaded.items()}, table)


def _check_notes(documents: Mapping[str, SourceDocument], table: Sequence[dict[str, object]]) -> None:
    assert {row["doc"] for row in table} == set(documents), "every document has been gone through"
    rows = [row for row in table if row["note"] is not None]
    assert {row["doc"] for row in table if row["note"] is None}.isdisjoint(row["doc"] for row in rows)
    found = _notes(rows, documents)
    right = [
        duty
        for row, duty in zip(rows, found, strict=True)
        if duty and list(duty.departments) == row["departments"] and list(duty.leads) == row["leads"]
    ]
    told = sum(len(find_duties(document)) for document in documents.values())
    assert len(right) >= 0.95 * len(rows), "recall, with departments in order and leads"
    assert len(right) >= 0.95 * told, "precision, with departments in order and leads"


def test_what_each_note_covers() -> None:
    documents = _documents("6")
    table = [row for row in _table("duties_6.jsonl") if row["note"] is not None]
    wrong = []
    for row, duty in zip(table, _notes(table, documents), strict=True):
        document = documents[str(row["doc"])]
        assert duty is not None, row["note"]
        named = document.text[slice(*duty.item)] if duty.form == "row" else document.sections[duty.section].title
        held = f"{named}{document.text[slice(*duty.covers)] if duty.form == 'sentence' else ''}"
        if _bare(str(row["covers"]))[:4] not in _bare(held):
            wrong.append((row["covers"], named))
    assert len(wrong) <= 3, wrong


def test_figures_of_seven_documents() -> None:
    documents = _documents("6")
    figures = {key: find_figures(document) for key, document in documents.items()}
    table = _table("figures_6.jsonl")
    found = [_figure(row, figures[str(row["doc"])], documents[str(row["doc"])].text) for row in table]
    pairs = [(row, figure) for row, figure in zip(table, found, strict=True) if figure is not None]
    assert len(pairs) >= 0.95 * len(table)
    assert sum(f.unit == row["unit"] for row, f in pairs) >= 0.95 * len(table)
    assert sum(f.time[:4] == str(row["time"])[:4] for row, f in pairs) >= 0.9 * len(table)
    assert sum(f.kind == row["kind"] for row, f in pairs) >= 0.85 * len(table)


def _figure(row: dict[str, object], figures: Sequence[Figure], text: str) -> Figure | None:
    """The figure of the row's value in its sentence, of the name that shares most characters with the row's."""
    sentence, value = re.sub(r"\s", "", str(row["sentence"])), str(row["value"]).replace(",", "")
    name = set(f"{row['subject']}{row['indicator']}")
    found = [
        f
        for f in figures
        if f.value.replace(",", "") == value
        and ((own := re.sub(r"\s", "", text[slice(*f.sentence)])) in sentence or sentence in own)
    ]
    return max(found, key=lambda f: len(name & set(f.subject + f.indicator)), default=None)


@pytest.mark.parametrize("folder", ["6", "7"])
def test_offsets_prove_every_figure(folder: str) -> None:
    for document in _documents(folder).values():
        for figure in find_figures(document):
            told = document.text[figure.start : figure.end]
            assert told.startswith(figure.value)
            assert figure.sentence[0] <= figure.start < figure.end <= figure.sentence[1]
