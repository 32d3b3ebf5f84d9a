"""Notes below a table that change what its cells tell (注：履带式的加2000元), and what a cell comes to by them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.sentences import sentence_spans
from index.tokens import fold, words
from qa.evidence import Probe
from qa.extractive import Line
from qa.question import ASKING_WORDS
from qa.reckoning import as_ruled
from qa.seasons import days_in, seasons_in
from qa.table_names import official_words
from qa.tables import Table, cell_spans, key_columns, note_spans, unit_of_cell

_MOST_NOTES = 2
_LABEL = re.compile(r"\s*(?:(?:注|备注|附注|说明)\d*\s*[:：]\s*)?(?:\d{1,2}[.．、]|[（(]\d{1,2}[）)]|[①-⑳]|[*＊※])?\s*")
#: What a note does that changes the figure of a cell.
_CHANGES = re.compile(
    r"加[收发价补]?[\d一二三四五六七八九两]|减[收免半]|免|另|不[再另]|按|执行|提高|降低|上浮|下浮|增加|减少|[一二三四五六七八九]折|倍|缩短|延长|扣减"
)
_CASE_ENDS = re.compile(r"的[,，]|[,，]|的?(?=加收|加价|减收|减半|免收|免费|按|执行|上浮|下浮|提高|降低)")
_LED_IN = 5  #: characters before the name of the entry that a note is about
_MARK = re.compile(r"[*＊※]|[（(]注?\d[)）]")
_SAID = 0.3  #: share of the words of a note's case that a question has to say


def notes_told(core: str, probe: Probe, table: Table, i: int) -> list[Line]:
    """The notes below a table that are for the case of a folded question and not told by the row: by words that no cell has,
    or by a day."""
    cells = fold("".join((*table.head, *table.rows[i])))
    title = fold(table.document.header.title)
    days = [day for day in days_in(core) if day[1]]
    own = [w for w in probe.words if len(w) > 1 and w not in cells and w not in title and w not in ASKING_WORDS]
    own += official_words(core, probe)
    names = [_MARK.sub("", fold(table.rows[i][j])) for j in key_columns(table)[-1:]]
    found: list[Line] = []
    for note in _notes(table):
        said = fold(note.text)
        case = said[: m.end()] if (m := _CASE_ENDS.search(said)) else said
        changes = _CHANGES.search(said)
        of_row = any(
            len(name) > 1 and (said.startswith(name) or (said.find(name) in range(_LED_IN) and changes))
            for name in names
        )
        of_day = any(season.holds(day) for season in seasons_in(case) for day in days)
        if of_row or (changes and (of_day or _is_of_case(case, own, cells))):
            found.append(note)
    return found[:_MOST_NOTES]


def _notes(table: Table) -> Iterator[Line]:
    """The sentences of the notes below a table, each without the label before it."""
    text = table.document.text
    for begin, end in note_spans(table):
        for a, b in sentence_spans(text, begin, end):
            label = _LABEL.match(text, a, b)
            at = a if label is None else label.end()
            yield Line(text[at:b].strip(), ((table.document.doc_id, at, b),))


#: One sort of case for which a note says that the row of another holds: 养老院执行普通住宅价格.
_AS_ROW = re.compile(
    r"(?P<who>[^，。；;,]{2,24}?)(?:执行|适用|参照|按照?)(?P<row>[^，。；;,]{2,20}?)的?(?:价格|标准|收费|费率|票价)"
)


def row_by_note(core: str, table: Table) -> tuple[int, Line] | None:
    """The row that a note below a table says to hold for the case of a folded question, and that note; None where none
    does."""
    for note in _notes(table):
        rule = _AS_ROW.match(fold(note.text))
        if rule is None or not any(len(who) > 1 and who in core for who in re.split("[、和及与]", rule["who"])):
            continue
        named = [i for i, row in enumerate(table.rows) if any(fold(row[j]) == rule["row"] for j in key_columns(table))]
        if len(named) == 1:
            return named[0], note
    return None


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
