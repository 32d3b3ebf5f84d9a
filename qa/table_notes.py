"""Notes below a table that change what its cells tell (注：履带式的加2000元), and what a cell comes to by them."""

from __future__ import annotations

import re

from corpus.sentences import sentence_spans
from index.tokens import fold, words
from qa.evidence import Probe
from qa.extractive import Line
from qa.question import ASKING_WORDS
from qa.reckoning import as_ruled
from qa.seasons import days_in, seasons_in
from qa.tables import Table, cell_spans, key_columns, note_spans, unit_of_cell

_MOST_NOTES = 2
_LABEL = re.compile(r"\s*(?:(?:注|备注|附注|说明)\d*\s*[:：]\s*)?(?:\d{1,2}[.．、]|[（(]\d{1,2}[）)]|[①-⑳]|[*＊※])?\s*")
#: What a note does that changes the figure of a cell.
_CHANGES = re.compile(
    r"加[收发价补]?[\d一二三四五六七八九两]|减[收免半]|免|另|不[再另]|按|执行|提高|降低|上浮|下浮|增加|减少|[一二三四五六七八九]折|倍|缩短|延长|扣减"
)
_CASE_ENDS = re.compile(r"的[,，]|[,，]|的?(?=加收|加价|减收|减半|免收|免费|按|执行|上浮|下浮|提高|降低)")
_MARK = re.compile(r"[*＊※]|[（(]注?\d[)）]")
_SAID = 0.3  #: share of the words of a note's case that a question has to say


def notes_told(core: str, probe: Probe, table: Table, i: int) -> list[Line]:
    """The notes below a table that are for the case of a folded question and not told by the row: by words that no cell has,
    or by a day."""
    cells = fold("".join((*table.head, *table.rows[i])))
    title = fold(table.document.header.title)
    days = [day for day in days_in(core) if day[1]]
    own = [w for w in probe.words if len(w) > 1 and w not in cells and w not in title and w not in ASKING_WORDS]
    own += [other for word in own for other in probe.expansions.get(word, ())]
    text = table.document.text
    names = [_MARK.sub("", fold(table.rows[i][j])) for j in key_columns(table)[-1:]]
    found: list[Line] = []
    for begin, end in note_spans(table):
        for a, b in sentence_spans(text[begin:end]):
            at = begin + a + _LABEL.match(text[begin + a : begin + b]).end()  # type: ignore[union-attr]
            said = fold(text[at : begin + b].strip())
            case = said[: m.end()] if (m := _CASE_ENDS.search(said)) else said
            of_row = any(len(name) > 1 and name in said for name in names)
            of_day = any(season.holds(day) for season in seasons_in(case) for day in days)
            if of_row or (_CHANGES.search(said) and (of_day or _is_of_case(case, own, cells))):
                found.append(Line(text[at : begin + b].strip(), ((table.document.doc_id, at, begin + b),)))
    return found[:_MOST_NOTES]


def _is_of_case(case: str, own: list[str], cells: str) -> bool:
    """Whether some words of a question that no cell has say enough of the case of a note."""
    telling = [w for w in words(case) if len(w) > 1 and w not in cells and w not in ASKING_WORDS]
    said = [w for w in telling if any(w in mine or mine in w for mine in own)]
    return bool(said) and len(said) >= _SAID * len(telling)


def ruled_line(table: Table, i: int, j: int, notes: list[Line]) -> Line | None:
    """What the figure of a cell comes to by the one note that is for the question's case; None where it changes in no one
    way."""
    cell = table.rows[i][j].strip()
    if len(notes) != 1 or not re.fullmatch(r"\d[\d,]*(?:\.\d+)?", cell):
        return None
    told = as_ruled(cell, unit_of_cell(table, i, j), notes[0].text)
    return Line(told, (*cell_spans(table, i), *notes[0].spans)) if told else None
