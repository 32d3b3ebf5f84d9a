"""Answers from tables of marks: what is wanted in which case, rows and columns crossed by √ and —."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from index.tokens import fold
from qa.evidence import Candidate, Probe
from qa.extractive import MAX_CHARACTERS, Draft, Line
from qa.listing import quoted
from qa.table_names import tables_near
from qa.table_query import told_apart
from qa.tables import NUMBERING, Table, row_spans
from qa.whose_item import things_of

_YES = re.compile(r"[√✓✔☑●○◎▲■★]|需要?|必[交备需]|是")
_NO = re.compile(r"[-—–─／/×✗✘xX]*|无|否|不?需|不需要|免交?|不交")
#: What the rows of such a table are called, where papers are asked for.
_PAPERS = re.compile("材料|凭证|证件|资料|手续|证明|要件")
_ASKS_PAPERS = re.compile(
    r"(?:什么|啥|哪些|哪几[样种份项])(?:材料|凭证|证件|资料|手续|证明|东西)?|[带交备提][^,，。]{0,4}(?:什么|啥|哪)|哪一?[种类个项]"
)
#: What asks for papers and does not call them so: 要带什么, 都要交啥东西.
_NEEDS = re.compile(
    r"(?:带|交|备|提|拿|要|需)[^,，。]{0,4}(?:什么|啥|哪些)(?:材料|东西|手续|证件?|资料)?(?:[?？呢呀啊,，]|$)"
)
_MOST_CASES = 6
_SAID_OF_CASE = 0.7  #: how much of a case has to be said that is not named


def answer_marks(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """The rows that a table of marks has for the case that a question names, in which cases a row is wanted that it names;
    of papers asked for in no case that the table has, those of each. None where no table of marks near tells it."""
    core = fold(probe.question.core)
    if "whether" in probe.question.kinds or not _ASKS_PAPERS.search(core):
        return None
    for table in tables_near(found, probe.hinted):
        marked = _marked(table)
        names = next((j for j, name in enumerate(table.head) if j not in marked and not NUMBERING.match(name)), None)
        if len(marked) < 2 or names is None:
            continue
        rows = [i for i, row in enumerate(table.rows) if len(row[names]) > 1 and fold(row[names]) in core]
        if len(rows) == 1:
            cases = [table.head[j] for j in marked if not _NO.fullmatch(table.rows[rows[0]][j])]
            text = f"{table.rows[rows[0]][names]}：{'、'.join(cases)}。"
            return Draft((Line(text, row_spans(table, rows)),), method="list") if cases else None
        asks = _PAPERS.search(core) and _PAPERS.search(table.head[names])
        asked = _case_named(core, probe, table, marked)
        if asked is not None and (asks or (_NEEDS.search(core) and _PAPERS.search(table.head[names]))):
            return Draft((_of_case(table, names, asked, marked),), method="list")
        lines = tuple(_of_case(table, names, j, marked) for j in marked)
        # Of a thing that the document never names they are not told.
        known = all(word in fold(table.document.text) for word in things_of(core, probe))
        if (
            asks
            and known
            and len(marked) <= _MOST_CASES
            and sum(len(line.text) for line in lines) <= 2 * MAX_CHARACTERS
        ):
            return Draft(lines, method="list")
    return None


def _marked(table: Table) -> list[int]:
    """The columns that hold marks, and words in a cell or two that tell more than a mark (父母双方的)."""
    columns = [[row[j] for row in table.rows] for j in range(len(table.head))]
    return [
        j
        for j, cells in enumerate(columns)
        if table.head[j]
        and any(_YES.fullmatch(cell) for cell in cells)
        and _MOSTLY * len(cells) <= sum(bool(_YES.fullmatch(cell) or _NO.fullmatch(cell)) for cell in cells)
    ]


_MOSTLY = 0.75


def _case_named(core: str, probe: Probe, table: Table, marked: Sequence[int]) -> int | None:
    """The one column of marks that a question names, in full, without what is in brackets or in short: 大病 of 重大疾病."""
    named = {j: _share(fold(table.head[j]), core, probe) for j in marked}
    best = max(named.values())
    if best == 0:
        values, _ = told_apart(core, probe, [table.head[j] for j in marked])
        named = dict(zip(marked, values, strict=True))
        best = max(values) if max(values) >= _SAID_OF_CASE else 0
    held = [j for j, share in named.items() if share == best]
    return held[0] if best > 0 and len(held) == 1 else None


def _share(name: str, core: str, probe: Probe) -> float:
    whole = re.sub(r"[（(].*", "", name)
    if whole in core:
        return 1.0 + len(whole)
    parts = [part for part in re.split("[、/和及]", whole) if len(part) > 1]
    if any(part in core for part in parts):
        return 1.0
    return 0.5 * any(1 < len(word) < len(whole) and _short_for(word, whole) for word in probe.words)


def _short_for(word: str, name: str) -> bool:
    """Whether the characters of a word stand in a name in that order."""
    places = [name.find(char) for char in word]
    return all(place >= 0 for place in places) and all(a < b for a, b in pairwise(places))


def _of_case(table: Table, names: int, case: int, marked: Sequence[int]) -> Line:
    """What is wanted in a case, each with what the columns behind the marks say of it."""
    rows = [i for i, row in enumerate(table.rows) if not _NO.fullmatch(row[case])]
    notes = range(max(marked) + 1, len(table.head))
    told = []
    for row in (table.rows[i] for i in rows):
        own = () if _YES.fullmatch(row[case]) else (row[case],)
        said = "，".join((*own, *(row[j] for j in notes if row[j] and not _NO.fullmatch(row[j]))))
        told.append(f"{row[names]}（{said}）" if said else row[names])
    return Line(f"{quoted(table.head[case])}共{len(rows)}项：{'；'.join(told)}。", row_spans(table, rows))
