"""Facts of documents in the index: who is responsible for what, figures, other documents named. Rows of SQLite.

They are extracted when a document is indexed and stand and fall with it; each has the offsets that prove it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from corpus.document import SourceDocument
from corpus.duties import Duty, find_duties
from corpus.figures import Figure, find_figures
from corpus.relations import Relation, RelationKind, find_relations
from index.tokens import fold

if TYPE_CHECKING:
    from index.generation import Generation

VERSION = 16  #: raised whenever other facts are read from the same text

SCHEMA = """
CREATE TABLE duties (
    doc_id TEXT NOT NULL, position INTEGER NOT NULL, section INTEGER NOT NULL, departments TEXT NOT NULL,
    leads TEXT NOT NULL, basis TEXT NOT NULL, open_ended INTEGER NOT NULL, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, rule TEXT, form TEXT NOT NULL, covers TEXT NOT NULL, item TEXT NOT NULL,
    PRIMARY KEY (doc_id, position));
CREATE TABLE duty_names (name TEXT NOT NULL, doc_id TEXT NOT NULL, position INTEGER NOT NULL);
CREATE INDEX duty_names_by_name ON duty_names (name);
CREATE TABLE figures (
    doc_id TEXT NOT NULL, section INTEGER, subject TEXT NOT NULL, indicator TEXT NOT NULL, value TEXT NOT NULL,
    unit TEXT NOT NULL, time TEXT NOT NULL, kind TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    sentence_start INTEGER NOT NULL, sentence_end INTEGER NOT NULL);
CREATE INDEX figures_by_document ON figures (doc_id);
CREATE TABLE relations (
    doc_id TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL, number TEXT, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, sentence_start INTEGER NOT NULL, sentence_end INTEGER NOT NULL);
CREATE INDEX relations_by_document ON relations (doc_id);
CREATE INDEX relations_by_number ON relations (number);
"""
_TABLES = ("duties", "duty_names", "figures", "relations")


def fact_rows(document: SourceDocument) -> dict[str, list[tuple[Any, ...]]]:
    """The facts of a document as rows, by table."""
    duties = find_duties(document)
    return {
        "duties": [_duty_row(i, duty) for i, duty in enumerate(duties)],
        "duty_names": [(fold(name), document.doc_id, i) for i, duty in enumerate(duties) for name in duty.departments],
        "figures": [
            (f.doc_id, f.section, f.subject, f.indicator, f.value, f.unit, f.time, f.kind, f.start, f.end, *f.sentence)
            for f in find_figures(document)
        ],
        "relations": [
            (r.doc_id, r.kind, r.title, r.number, r.start, r.end, *r.sentence) for r in find_relations(document)
        ],
    }


def write_facts(database: sqlite3.Connection, rows: Mapping[str, Sequence[tuple[Any, ...]]]) -> None:
    """Store what ``fact_rows`` has found."""
    for table in _TABLES:
        _insert(database, table, rows[table])


def copy_facts(database: sqlite3.Connection, old: Generation, doc_id: str) -> None:
    """Take the facts of an unchanged document over from the generation before."""
    for table in _TABLES:
        _insert(database, table, old.of(doc_id, f"SELECT * FROM {table} WHERE doc_id = ?", [doc_id]))


def _insert(database: sqlite3.Connection, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        database.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)


def _duty_row(position: int, duty: Duty) -> tuple[Any, ...]:
    return (
        duty.doc_id,
        position,
        duty.section,
        json.dumps(duty.departments, ensure_ascii=False),
        json.dumps(duty.leads, ensure_ascii=False),
        duty.basis,
        int(duty.open_ended),
        duty.start,
        duty.end,
        json.dumps(duty.rule),
        duty.form,
        json.dumps(duty.covers),
        json.dumps(duty.item),
    )


def _duty_from(row: Sequence[Any]) -> Duty:
    doc_id, _, section, departments, leads, basis, open_ended, start, end, rule, form, covers, item = row
    span = json.loads(rule)
    return Duty(
        doc_id=doc_id,
        section=section,
        departments=tuple(json.loads(departments)),
        leads=tuple(json.loads(leads)),
        basis=basis,
        open_ended=bool(open_ended),
        start=start,
        end=end,
        rule=None if span is None else (span[0], span[1]),
        form=form,
        covers=_pair(covers),
        item=_pair(item),
    )


def _pair(text: str) -> tuple[int, int]:
    first, last = json.loads(text)
    return first, last


# --- reading --------------------------------------------------------------------------------------------------------


def duties_of(generation: Generation, doc_id: str) -> tuple[Duty, ...]:
    """The responsibility notes of one document, in order."""
    rows = generation.of(doc_id, "SELECT * FROM duties WHERE doc_id = ? ORDER BY position", [doc_id])
    return tuple(_duty_from(row) for row in rows)


def documents_with_duties(generation: Generation, names: Collection[str] | None = None) -> dict[str, int]:
    """How many responsibility notes each document has; with ``names`` those that name one of these departments."""
    if names is None:
        return dict(sorted(generation.everywhere("SELECT doc_id, COUNT(*) FROM duties GROUP BY doc_id")))
    folded = sorted({fold(name) for name in names})
    marks = ", ".join("?" * len(folded))
    sql = f"SELECT doc_id, COUNT(DISTINCT position) FROM duty_names WHERE name IN ({marks}) GROUP BY doc_id"
    return dict(sorted(generation.everywhere(sql, folded)))


def department_names(generation: Generation) -> frozenset[str]:
    """All departments as responsibility notes name them, in folded form."""
    return frozenset(name for _, name in generation.everywhere("SELECT DISTINCT doc_id, name FROM duty_names"))


_FIGURE = 'doc_id, section, subject, indicator, value, unit, time, kind, start, "end", sentence_start, sentence_end'


def figures(
    generation: Generation, indicator: str = "", doc_id: str | None = None, year: str | None = None
) -> list[Figure]:
    """Figures in order of the documents; of an indicator or subject that holds a text, of a document, of a year."""
    where, values = ["1"], list[str]()
    if doc_id is not None:
        where, values = [*where, "doc_id = ?"], [*values, doc_id]
    if year is not None:
        where, values = [*where, "substr(time, 1, 4) = ?"], [*values, year]
    if indicator:
        where, values = [*where, "instr(subject || indicator, ?) > 0"], [*values, indicator]
    return [
        Figure(doc, section, subject, name, value, unit, time, kind, start, end, (first, last))
        for doc, section, subject, name, value, unit, time, kind, start, end, first, last in _in_order(
            generation, f"SELECT {_FIGURE} FROM figures WHERE {' AND '.join(where)}", values, doc_id
        )
    ]


def relations(
    generation: Generation, doc_id: str | None = None, kind: RelationKind | None = None, number: str | None = None
) -> list[Relation]:
    """Mentions of other documents: in one document or in all, of a kind or of all, of a number or of any."""
    where, values = ["1"], list[str]()
    for column, value in (("doc_id", doc_id), ("kind", kind), ("number", number)):
        if value is not None:
            where, values = [*where, f"{column} = ?"], [*values, value]
    columns = 'doc_id, kind, title, number, start, "end", sentence_start, sentence_end'
    return [
        Relation(doc, sort, title, told, start, end, (first, last))
        for doc, sort, title, told, start, end, first, last in _in_order(
            generation, f"SELECT {columns} FROM relations WHERE {' AND '.join(where)}", values, doc_id
        )
    ]


def _in_order(generation: Generation, sql: str, values: Sequence[str], doc_id: str | None) -> list[Any]:
    """Rows in order of the documents, within one by their place; of one document or of all."""
    sql += " ORDER BY start, rowid"
    if doc_id is not None:
        return generation.of(doc_id, sql, values)
    return sorted(generation.everywhere(sql, values), key=lambda row: generation.positions[row[0]])
