"""Question sets: what a case is, and the files that hold cases (JSON lines, CSV, XLSX, SQuAD and CMRC)."""

from __future__ import annotations

import csv
import json
import unicodedata
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, fields
from difflib import get_close_matches
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import IO, Any, cast

from qa import os_errors
from qa.measures import Polarity, find_whole, normalise

#: Suffixes of files that :func:`read_cases` reads.
SUFFIXES = (".jsonl", ".csv", ".tsv", ".xlsx", ".json")
_MOST_TOLD = 20  #: problems named in one error


#: How the types that this project's sets use are called in reports; another one is shown as it is.
TYPE_NAMES: Mapping[str, str] = {
    "factoid": "事实",
    "list": "列举",
    "responsibility": "谁负责",
    "reverse_responsibility": "部门的任务",
    "definition": "定义",
    "numeric": "数字",
    "date": "时间",
    "yesno": "是非",
    "comparison": "比较",
    "multihop": "多处合看",
    "summary": "概括",
    "followup": "追问",
    "unanswerable": "应拒",
    "robustness": "口语和错字",
    "metadata": "文件信息",
    "person": "人",
    "conflict": "说法不一",
    "why": "为什么",
    "how": "怎么做",
    "where": "在哪里",
    "feedback": "反馈",
    "": "（未分类）",
}


class CaseError(ValueError):
    """A question set cannot be read. The message is Chinese and names file, line and what is wrong."""


@dataclass(frozen=True)
class Evidence:
    """A verbatim quote that answers the question, and the number that begins its file's name."""

    doc: str
    quote: str


@dataclass(frozen=True)
class Case:
    """A question with what a right answer holds. ``type`` is a label for reports, never shown to the system.

    ``answerable``: whether the documents hold an answer. Where it is not given it is True if anything is said of a
    right answer, else it stays None: of such a question nothing can be scored that depends on it.
    """

    id: str
    type: str
    question: str
    answer: str = ""
    history: tuple[tuple[str, str], ...] = ()
    key_points: tuple[tuple[str, ...], ...] = ()
    forbidden: tuple[str, ...] = ()
    polarity: Polarity | None = None
    evidence: tuple[Evidence, ...] = ()
    answerable: bool | None = None

    def __post_init__(self) -> None:
        if self.answerable is None and self.says_what_is_right:
            object.__setattr__(self, "answerable", True)

    @property
    def says_what_is_right(self) -> bool:
        """Whether there is an answer, a point, a quote or anything else to hold an answer against."""
        return bool(self.answer.strip() or self.key_points or self.evidence or self.polarity or self.forbidden)

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> Case:
        """A case from a line of a question set, unknown fields ignored. Raises ValueError with a Chinese message."""
        question = record.get("question")
        if not isinstance(question, str) or not question.strip():
            raise ValueError("缺少 question（问题，一个非空的字符串）")
        polarity = record.get("polarity")
        if polarity not in (None, "yes", "no"):
            raise ValueError(f"polarity 只能是 yes、no 或空，这里是 {polarity!r}")
        answerable = record.get("answerable")
        if not isinstance(answerable, bool | None):
            raise ValueError(f"answerable 只能是 true、false 或空，这里是 {answerable!r}")
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

    def to_json(self) -> dict[str, Any]:
        """The line of a question set that :meth:`from_json` reads back as this case."""
        return {
            "id": self.id,
            "type": self.type,
            "question": self.question,
            "history": [{"q": q, "a": a} for q, a in self.history],
            "answer": self.answer,
            "key_points": [list(forms) for forms in self.key_points],
            "forbidden": list(self.forbidden),
            "polarity": self.polarity,
            "evidence": [{"doc": item.doc, "quote": item.quote} for item in self.evidence],
            "answerable": self.answerable,
        }


def _list(record: Mapping[str, Any], name: str, kind: type[object]) -> list[Any]:
    value = record.get(name) or []
    if not isinstance(value, list) or not all(isinstance(item, kind) for item in value):
        raise ValueError(f"{name} 要写成一列，如 {_SHAPES[name]}")
    return value


#: How the fields that hold several things are written.
_SHAPES: Mapping[str, str] = {
    "history": '[{"q": "上一问", "a": "上一答"}]',
    "key_points": '[["七个", "7个"], ["2025年"]]：每个要点一组写法，答案里出现一种即可',
    "forbidden": '["出现就算错的说法"]',
    "evidence": '[{"doc": "010", "quote": "原文"}]',
}


# --- reading ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Problem:
    """A row that is no case: where it stands (第 3 行) and what is wrong, both Chinese."""

    place: str
    message: str

    def __str__(self) -> str:
        end = "" if self.message.endswith("？") else "。"
        return f"{self.place}{'' if self.place.endswith('列') else '：'}{self.message}{end}"


def read_cases(path: str | Path) -> Iterator[Case | Problem]:
    """The rows of a question set in order, one at a time: a case, or what is wrong with the row. A bad row hides no
    other. Raises :class:`CaseError` where the file as a whole cannot be read."""
    return (row for _, row in _placed_cases(Path(path), {}))


def _placed_cases(path: Path, unknown: dict[str, str]) -> Iterator[tuple[str, Case | Problem]]:
    """The same, each with the place where it stands (第 3 行). ``unknown`` is filled with the names of columns and fields
    that mean nothing, each with the place where it was first seen."""
    suffix = path.suffix.lower()
    read = {".csv": _csv_rows, ".tsv": _csv_rows, ".xlsx": _xlsx_rows, ".json": _json_rows}.get(suffix, _jsonl_rows)
    try:
        for place, row in read(path):
            if isinstance(row, Problem):
                yield place, row
                continue
            for name in row:
                if name not in _JSON_FIELDS:
                    unknown.setdefault(name, place)
            try:
                yield place, Case.from_json(row)
            except ValueError as error:
                yield place, Problem(place, str(error))
    except OSError as error:
        raise CaseError(f"读不了问题集 {path}：{os_errors.told(error)}。请检查路径。") from error
    except UnicodeDecodeError as error:
        raise CaseError(f"问题集 {path} 不是 UTF-8 编码。请另存为 UTF-8 后再运行。") from error


_Rows = Iterator[tuple[str, Mapping[str, Any] | Problem]]


def _jsonl_rows(path: Path) -> _Rows:
    with path.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            place = f"第 {number} 行"
            try:
                record = json.loads(line.rstrip("\r\n"))
            except json.JSONDecodeError as error:
                yield place, Problem(f"{place}第 {error.colno} 列", f"不是有效的 JSON：{error.msg}")
                continue
            except RecursionError:
                record = None
            if not isinstance(record, dict):
                yield place, Problem(place, "每行要是一个 JSON 对象 {…}")
                continue
            yield place, _of_one_line(record, place)


#: The columns of a table: the field, and the names by which it is known, the first one in templates.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("编号", "序号", "题号", "id"),
    "type": ("题型", "类型", "分类", "type"),
    "question": ("问题", "题目", "提问", "question", "query"),
    "answer": ("答案", "参考答案", "标准答案", "回答", "answer", "reference", "ground_truth"),
    "key_points": ("要点", "得分点", "关键点", "key_points", "keypoints", "points"),
    "quote": ("出处", "原文", "依据", "引文", "quote", "evidence"),
    "doc": ("文件", "文件编号", "doc", "document"),
    "unanswerable": ("应拒", "应拒答", "无答案", "unanswerable", "refuse"),
    "answerable": ("可答", "可回答", "能否回答", "answerable"),
    "polarity": ("是非", "是否", "polarity"),
    "forbidden": ("禁用", "不得出现", "错误说法", "forbidden"),
    "history": ("对话", "上文", "history"),
    "note": ("说明", "备注", "note"),
}
#: The fields of a line of JSON: of a case, and what feedback and drafts say beside it.
_JSON_FIELDS = frozenset(field.name for field in fields(Case)) | {"note", "todo", "source"}
_FIELD_OF = {name: field for field, names in COLUMNS.items() for name in names}
_TABLES = (".csv", ".tsv", ".xlsx")
#: What a line of JSON calls the things that only tables know by these names.
_IN_JSON = {"quote": "evidence", "doc": "evidence", "unanswerable": "answerable"}
_JSON_NAMES = {name: _IN_JSON.get(field, field) for name, field in _FIELD_OF.items()} | {f: f for f in _JSON_FIELDS}
_YES = frozenset("是 对 有 真 1 y yes true √ ✓".split())
_NO = frozenset("否 不 错 无 假 0 n no false × ✗".split())


def _table_rows(table: Iterable[tuple[int, Sequence[str]]], path: Path, sheet: str = "") -> _Rows:
    """The rows of a table as lines of a question set. The first row that is not empty names the columns. ``sheet``: what
    stands before the number of a row, where there are several tables."""
    fields: list[str | None] = []
    others: dict[str, None] = {}  # columns that mean nothing
    for number, cells in table:
        if not any(cell.strip() for cell in cells):
            continue
        if not fields:
            fields = _fields(cells)
            others = {
                cell.strip(): None for cell, field in zip(cells, fields, strict=True) if cell.strip() and not field
            }
            if "question" not in fields:
                seen = "、".join(cell.strip() for cell in cells if cell.strip())[:80]
                raise CaseError(
                    f"问题集 {path} 第 {number} 行没有“问题”一列（question），只有：{seen}。"
                    "请把列名写在第一行；policyqa eval init 可以写一个样子。"
                )
            repeated = [field for field, n in Counter(filter(None, fields)).items() if n > 1]
            if repeated:
                raise CaseError(f"问题集 {path} 第 {number} 行有两列都是“{COLUMNS[repeated[0]][0]}”。请只留一列。")
            continue
        row = {field: cell.strip() for field, cell in zip(fields, cells, strict=False) if field}
        place = f"{sheet}第 {number} 行"
        if any(cell.strip() for cell in cells[len(fields) :]):
            # What stands behind a comma that belongs to the words is in the next column: an answer among the points.
            told = f"有 {len(cells)} 格，列名只有 {len(fields)} 个；格子里有逗号的，要用英文双引号括起来"
            yield place, Problem(place, told)
            continue
        try:
            yield place, {**others, **_from_cells(row)}
        except ValueError as error:
            yield place, Problem(place, str(error))


def _fields(cells: Sequence[str]) -> list[str | None]:
    """What each column of a table holds, by its heading."""
    return [_FIELD_OF.get(_heading(cell)) for cell in cells]


def _first_row(rows: Iterable[Sequence[str]]) -> Sequence[str]:
    """The first row of a table that is not empty."""
    return next((cells for cells in rows if any(cell.strip() for cell in cells)), ())


def _heading(cell: str) -> str:
    return "_".join(unicodedata.normalize("NFKC", cell).lower().split()).strip("*:")


def _from_cells(row: Mapping[str, str]) -> dict[str, Any]:
    """A row of a table as a line of a question set."""
    refuses = _flag(row, "unanswerable")
    answers = _flag(row, "answerable")
    if refuses is not None and answers is not None and refuses == answers:
        raise ValueError("“应拒”和“可答”两列说得相反，请只填一列")
    polarity = _flag(row, "polarity")
    doc = row.get("doc", "")
    try:
        history = json.loads(row.get("history") or "[]")
    except json.JSONDecodeError as error:
        raise ValueError('“对话”要写成 [{"q": "问题", "a": "回答"}]') from error
    return {
        "id": row.get("id", ""),
        "type": row.get("type", ""),
        "question": row.get("question", ""),
        "answer": row.get("answer", ""),
        "history": history,
        # 要点之间用 |，一个要点的几种写法之间用 =
        "key_points": [_pieces(point, "=") for point in _pieces(row.get("key_points", ""), "|")],
        "forbidden": _pieces(row.get("forbidden", ""), "|"),
        "polarity": None if polarity is None else "yes" if polarity else "no",
        # A row of a table has | inside, so that quotes stand on lines of their own.
        "evidence": [{"doc": doc, "quote": line.strip()} for line in row.get("quote", "").splitlines() if line.strip()],
        "answerable": answers if refuses is None else not refuses,
    }


def _flag(row: Mapping[str, str], field: str) -> bool | None:
    """A cell of yes or no; None where it is empty. Raises ValueError."""
    said = unicodedata.normalize("NFKC", row.get(field, "")).strip().lower()
    if said and said not in _YES | _NO:
        raise ValueError(f"“{COLUMNS[field][0]}”一列只能填 是 或 否，这里是 {row[field]!r}")
    return said in _YES if said else None


def _pieces(cell: str, separator: str) -> list[str]:
    wide = {"|": "｜", "=": "＝"}[separator]
    return [piece.strip() for piece in cell.replace(wide, separator).split(separator) if piece.strip()]


def _csv_rows(path: Path) -> _Rows:
    with path.open(encoding=_encoding(path), newline="") as file:
        beginning = list(islice(file, _HEAD_LINES))
        file.seek(0)
        # Strict: else a quotation mark that nothing closes takes all that follows for one cell, without a word.
        delimiter = _delimiter(beginning, "\t" if path.suffix.lower() == ".tsv" else ",")
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        yield from _table_rows(_csv_lines(reader, path), path)


_HEAD_LINES = 20  #: lines among which the names of the columns are looked for


def _delimiter(beginning: Sequence[str], usual: str) -> str:
    """What stands between the cells: that by which most columns are known by their names. Spreadsheet programs of some
    countries write a semicolon."""

    def known(delimiter: str) -> int:
        try:
            return sum(field is not None for field in _fields(_first_row(csv.reader(beginning, delimiter=delimiter))))
        except csv.Error:
            return 0

    return max((usual, ",", "\t", ";"), key=known)


def _csv_lines(reader: Any, path: Path) -> Iterator[tuple[int, list[str]]]:
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1  # a cell may hold line ends: a row is named by the line on which it begins
    except csv.Error as error:
        raise CaseError(
            f"问题集 {path} 第 {line} 行不是有效的 CSV（{error}）。多半是英文双引号没有配对：请补上或去掉，格子里面的要写两遍；"
            "也可以用表格软件另存一次。"
        ) from error


def _encoding(path: Path) -> str:
    """UTF-8, GB18030 as spreadsheets in China save it, or UTF-16 by its byte order mark: their "Unicode text"."""
    with path.open("rb") as raw:
        if raw.read(2) in (BOM_UTF16_LE, BOM_UTF16_BE):
            return "utf-16"
    try:
        with path.open(encoding="utf-8-sig") as file:
            while file.read(1 << 13):
                pass
        return "utf-8-sig"
    except UnicodeDecodeError:
        return "gb18030"


def _xlsx_rows(path: Path) -> _Rows:
    from zipfile import BadZipFile

    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise CaseError(f"问题集 {path} 不是完好的 .xlsx 文件。请用表格软件打开，另存为 .xlsx。") from error
    with closing(book):
        sheets = [sheet for sheet in book.worksheets if "question" in _fields(_first_row(_sheet_rows(sheet)))]
        for sheet in sheets or book.worksheets[:1]:
            told = f"工作表“{sheet.title}”" if len(book.worksheets) > 1 else ""
            yield from _table_rows(enumerate(_sheet_rows(sheet), 1), path, told)


def _sheet_rows(sheet: Any) -> Iterator[list[str]]:
    return ([_cell(value) for value in row] for row in sheet.values)


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _json_rows(path: Path) -> _Rows:
    """A JSON file: a list of cases, or SQuAD and CMRC (paragraphs with their questions)."""
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except json.JSONDecodeError as error:
        raise CaseError(f"{path} 第 {error.lineno} 行第 {error.colno} 列不是有效的 JSON：{error.msg}。") from error
    except RecursionError:
        data = None
    articles = data.get("data") if isinstance(data, dict) else data
    if not isinstance(articles, list) or not all(isinstance(article, dict) for article in articles):
        raise CaseError(
            f"{path} 里没有题。JSON 文件要么是一列题目，要么是 SQuAD、CMRC 的格式（data、paragraphs、qas）。"
        )
    number = 0
    for article in articles:
        if "question" in article:
            number += 1
            yield f"第 {number} 题", _of_one_line(article, f"第 {number} 题")
            continue
        for paragraph in article.get("paragraphs") or [article]:
            number += 1
            yield from _squad_rows(f"第 {number} 段", paragraph)


def _of_one_line(record: Mapping[str, Any], place: str) -> Mapping[str, Any] | Problem:
    """A line of a question set; one of SQuAD as data sets are passed on, with its context in it, is made into one."""
    if not (isinstance(record.get("context"), str) and "answers" in record):
        return record
    try:
        return _from_squad(record, record["context"])
    except ValueError as error:
        return Problem(place, str(error))


def _squad_rows(place: str, paragraph: Any) -> _Rows:
    context = paragraph.get("context", paragraph.get("context_text")) if isinstance(paragraph, dict) else None
    questions = paragraph.get("qas") if isinstance(paragraph, dict) else None
    if not isinstance(context, str) or not isinstance(questions, list):
        yield place, Problem(place, "要有 context（正文）和 qas（一列题目）")
        return
    for number, asked in enumerate(questions, 1):
        here = f"{place}第 {number} 题"
        try:
            yield here, _from_squad(asked, context)
        except ValueError as error:
            yield here, Problem(here, str(error))


def _from_squad(asked: Any, context: str) -> dict[str, Any]:
    """A question of SQuAD or CMRC as a line of a question set: its answers are forms of one point, and the sentences
    that hold the first one that stands in the text are the gold quote, of whatever document: titles there are no names
    of files."""
    if not isinstance(asked, dict):
        raise ValueError("每题要是一个 JSON 对象 {…}")
    question = asked.get("question", asked.get("query_text"))
    given: Any = asked.get("answers") or []
    columns = isinstance(given, dict) and isinstance(given.get("text"), list)
    if columns:  # texts and places in two columns, both empty where there is no answer
        starts = given.get("answer_start") or [-1] * len(given["text"])
        given = [{"text": text, "answer_start": start} for text, start in zip(given["text"], starts, strict=False)]
    answers = [given] if isinstance(given, dict) else given
    said: list[Any] = (
        [a.get("text") if isinstance(a, dict) else a for a in answers] if isinstance(answers, list) else [None]
    )
    if not all(isinstance(text, str) for text in said):
        raise ValueError("answers 的每一个要有 text（答案的文字）")
    forms: list[str] = list(dict.fromkeys(text for text in said if text.strip()))
    answerable = not asked.get("is_impossible", columns and not forms)
    if answerable and not forms:
        raise ValueError("缺少 answers（答案）；没有答案的题请写 is_impossible: true")
    answer, quotes = "", list[str]()
    if answerable:
        begin, answer = next(filter(None, (_place_of(context, given) for given in answers)), (-1, ""))
        if begin < 0:
            told = "、".join(f"“{form[:20]}”" for form in forms[:3])
            raise ValueError(f"答案{told}不在正文里")
        quotes.append(_sentences_around(context, begin, begin + len(answer)))
    return {
        "id": str(asked.get("id", asked.get("query_id", ""))),
        "type": str(asked.get("type", "")),
        "question": question,
        "answer": answer,
        "key_points": [forms] if answerable else [],
        "evidence": [{"doc": "", "quote": quote} for quote in quotes],
        "answerable": answerable,
    }


def _place_of(context: str, answer: Any) -> tuple[int, str] | None:
    """Where an answer stands in a text, and its words: where it says itself, else where it is first found; None where
    the text does not hold it."""
    said, begin = (answer["text"], answer.get("answer_start", -1)) if isinstance(answer, dict) else (answer, -1)
    if not said.strip():
        return None
    if not isinstance(begin, int) or not context.startswith(said, max(begin, 0)):
        begin = context.find(said)
    return (begin, said) if begin >= 0 else None


def _sentences_around(context: str, start: int, end: int) -> str:
    from corpus.sentences import sentence_spans

    touched = [span for span in sentence_spans(context) if span[0] < end and start < span[1]]
    return context[touched[0][0] : touched[-1][1]] if touched else context[start:end]


def load_cases(path: str | Path) -> list[Case]:
    """All cases of a question set. Raises :class:`CaseError`, which names every row that is wrong."""
    cases, problems = list[Case](), list[Problem]()
    for row in read_cases(path):
        (problems if isinstance(row, Problem) else cases).append(row)  # type: ignore[arg-type]
    _must_be_whole(path, len(cases), problems)
    return cases


def count_cases(path: str | Path) -> int:
    """How many cases a question set has, none of them kept. Raises :class:`CaseError` like :func:`load_cases`."""
    count, problems = 0, list[Problem]()
    for row in read_cases(path):
        if isinstance(row, Problem):
            problems.append(row)
        else:
            count += 1
    _must_be_whole(path, count, problems)
    return count


def _must_be_whole(path: str | Path, count: int, problems: Sequence[Problem]) -> None:
    if len(problems) == 1:
        raise CaseError(f"{path} {problems[0]}")
    if problems:
        told = "\n".join(f"  {problem}" for problem in problems[:_MOST_TOLD])
        more = (
            f"\n  ……另有 {len(problems) - _MOST_TOLD} 处，用 policyqa eval check 看全部"
            if len(problems) > _MOST_TOLD
            else ""
        )
        raise CaseError(f"{path} 有 {len(problems)} 行不对，改好后再运行：\n{told}{more}")
    if not count:
        raise CaseError(
            f"问题集 {path} 里没有问题。.jsonl 每行写一个 JSON 对象，至少要有 question；表格每行一题，至少要有“问题”一列；"
            "policyqa eval init 可以写一个样子。"
        )


def digest(path: str | Path) -> str:
    """SHA-256 (hex) of a question set's bytes."""
    found = sha256()
    with Path(path).open("rb") as file:
        while block := file.read(1 << 20):
            found.update(block)
    return found.hexdigest()


# --- checking --------------------------------------------------------------------------------------------------------

#: Whether a document (the number that begins its name, or "" for any) holds a quote.
Holds = Callable[[str, str], bool]


@dataclass(frozen=True)
class Checked:
    """What :func:`check` has found: the cases by type, rows that are wrong, and what is worth a second look."""

    types: Mapping[str, int]
    answerable: int
    unanswerable: int
    problems: Sequence[Problem]
    doubts: Sequence[Problem]

    @property
    def count(self) -> int:
        """How many cases the set has."""
        return sum(self.types.values())


def check(path: str | Path, holds: Holds | None = None) -> Checked:
    """Reads a question set whole and says what is wrong and what looks so; with ``holds`` also which quotes stand in
    no document. Raises :class:`CaseError`."""
    types, ids, asked = Counter[str](), dict[str, str](), dict[tuple[Any, ...], str]()
    problems, doubts, said = list[Problem](), list[Problem](), Counter[bool | None]()
    unknown: dict[str, str] = {}
    for at, row in _placed_cases(Path(path), unknown):
        if isinstance(row, Problem):
            problems.append(row)
            continue
        place = f"{at}（{row.id}）" if row.id else at
        types[row.type] += 1
        said[row.answerable] += 1
        doubts += [Problem(place, words) for words in _doubts(row, holds)]
        if row.id and ids.setdefault(row.id, at) != at:
            doubts.append(Problem(place, f"编号与{ids[row.id]}相同"))
        key = (normalise(row.question), row.history)
        if asked.setdefault(key, at) != at:
            doubts.append(Problem(place, f"问题与{asked[key]}相同"))
    if not problems and not types:
        _must_be_whole(path, 0, ())
    names = _FIELD_OF if Path(path).suffix.lower() in _TABLES else _JSON_NAMES
    doubts[:0] = [Problem(place, _unknown_name(name, names)) for name, place in unknown.items()]
    return Checked(types, said[True], said[False], problems, doubts)


def _unknown_name(name: str, names: Mapping[str, str]) -> str:
    nearest = get_close_matches(_heading(name), names, n=1)
    meant = names[nearest[0]] if nearest else ""
    hint = f"；是不是想写“{COLUMNS[meant][0] if names is _FIELD_OF else meant}”？" if meant else ""
    return f"不认识“{name}”这一列（字段），没有用它{hint}"


def _doubts(case: Case, holds: Holds | None) -> Iterator[str]:
    """What looks wrong about a case that can be read."""
    if case.answerable is None:
        yield "没有答案、要点、出处，也没有写应不应拒，判不了对错，也不算误拒"
    if case.answerable is False and (case.key_points or case.evidence):
        yield "标着应拒，却写了要点或出处，它们不起作用"
    if not case.answerable:
        return
    if not (case.key_points or case.polarity):
        yield (
            "没有要点，判不了对错，只能比字面（答案）和看拒没拒" if case.answer else "没有要点也没有答案，只能看拒没拒"
        )
    text = normalise(case.answer)
    if case.answer:
        for forms in case.key_points:
            if not any(find_whole(normalise(form), text) >= 0 for form in forms):
                yield f"参考答案里没有要点“{forms[0]}”"
    if not case.evidence:
        yield "没有出处，量不了引文和检索"
    elif holds is not None:
        for item in case.evidence:
            if not holds(item.doc, item.quote):
                where = f"文件 {item.doc} 里" if item.doc else "这些文件里"
                yield f"{where}没有这句原文：{item.quote[:30].rstrip('。')}{'…' if len(item.quote) > 30 else ''}"


# --- writing ---------------------------------------------------------------------------------------------------------

#: What a template shows: a case, and what is to be said of it.
_EXAMPLES: tuple[tuple[Case, str], ...] = (
    (
        Case(
            "例1", "numeric", "全县计划建成几个示范村？", "到2027年建成十二个示范村。", (), (("十二个", "12个"), ("2027年",)), (), None,
            (Evidence("010", "到2027年，全县建成十二个示范村。"),),
        ),
        "要点：答案必须说到的几点；一点有几种写法的都列上，出现一种就算。出处：原文逐字照抄。文件：文件名开头的编号，可以不写",
    ),
    (
        Case(
            "例2", "list", "申请补助要交哪些材料？", "申请表、身份证明、验收报告。", (), (("申请表",), ("身份证明",), ("验收报告",)), (), None,
            (Evidence("010", "申请人应当提交申请表、身份证明和验收报告。"),),
        ),
        "题型写 list（列举）、responsibility（谁负责）、reverse_responsibility（某部门管什么）的，答案长度的上限更紧；其余写什么都行，只用来分组",
    ),
    (
        Case(
            "例3", "yesno", "补助可以发现金吗？", "不可以，应当转账支付。", (), (("转账",),), ("可以发放现金",), "no",
            (Evidence("010", "补助资金应当转账支付，不得发放现金。"),),
        ),
        "是非题：第一个分句要说“是”还是“否”。禁用：出现就算错的说法（被否认的不算）",
    ),
    (
        Case(
            "例4", "followup", "那由谁验收？", "由县农业农村局验收。", (("示范村怎么验收？", "建成后三个月内验收。"),), (("农业农村局",),), (), None,
            (Evidence("010", "示范村由县农业农村局组织验收。"),),
        ),
        "追问：对话里写前面的问和答",
    ),
    (
        Case("例5", "unanswerable", "示范村的村支书叫什么？", "文件没有写。", answerable=False),
        "应拒：文件里没有答案，正确的做法是拒答",
    ),
)  # fmt: skip


def write_template(path: str | Path) -> int:
    """Writes a question set of examples, each with a note that explains it, in the format of the suffix (.jsonl, .csv,
    .xlsx); gives how many. Raises CaseError for another suffix or where the file is there already."""
    path = Path(path)
    if path.exists():
        raise CaseError(f"{path} 已经有了，没有动它。请换一个名字。")
    return write_cases(path, _EXAMPLES)


def write_cases(path: str | Path, cases: Iterable[tuple[Case, str]]) -> int:
    """Writes cases, each with a note, in the format of the suffix (.jsonl, .csv, .xlsx); gives how many. Raises
    CaseError for another suffix, OSError."""
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in (".jsonl", ".csv", ".xlsx"):
        raise CaseError(f"不知道把问题集写成什么格式：{path.name}。请用 .jsonl、.csv 或 .xlsx 结尾的名字。")
    path.parent.mkdir(parents=True, exist_ok=True)
    if suffix == ".xlsx":
        return _write_xlsx(path, cases)
    # Spreadsheet programs take a CSV for UTF-8 only with a byte order mark.
    with path.open("w", encoding="utf-8-sig" if suffix == ".csv" else "utf-8", newline="") as file:
        return _write_csv(file, cases) if suffix == ".csv" else _write_jsonl(file, cases)


def _write_jsonl(file: IO[str], cases: Iterable[tuple[Case, str]]) -> int:
    count = 0
    for case, note in cases:
        file.write(json.dumps({**case.to_json(), "note": note}, ensure_ascii=False) + "\n")
        count += 1
    return count


_WRITTEN = tuple(field for field in COLUMNS if field != "answerable")  #: columns of a table that we write


def _write_csv(file: IO[str], cases: Iterable[tuple[Case, str]]) -> int:
    writer, count = csv.writer(file), 0
    writer.writerow([COLUMNS[field][0] for field in _WRITTEN])
    for case, note in cases:
        writer.writerow(_cells(case, note))
        count += 1
    return count


def _write_xlsx(path: Path, cases: Iterable[tuple[Case, str]]) -> int:
    import openpyxl
    from openpyxl.styles import Alignment, Font

    book, count = openpyxl.Workbook(), 0
    sheet = book.active
    sheet.append([COLUMNS[field][0] for field in _WRITTEN])
    for case, note in cases:
        sheet.append(_cells(case, note))
        count += 1
    for row in sheet.iter_rows():
        for cell in row:
            cell.data_type = "s"  # words that begin with = are words
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for column, field in enumerate(_WRITTEN):
        wide = {"question": 36, "answer": 36, "key_points": 30, "quote": 48, "note": 40, "history": 24}.get(field, 12)
        sheet.column_dimensions[openpyxl.utils.get_column_letter(column + 1)].width = wide
    sheet.freeze_panes = "A2"
    book.save(path)
    return count


def _cells(case: Case, note: str) -> list[str]:
    docs = list(dict.fromkeys(item.doc for item in case.evidence))
    history = json.dumps([{"q": q, "a": a} for q, a in case.history], ensure_ascii=False) if case.history else ""
    told = {
        "id": case.id,
        "type": case.type,
        "question": case.question,
        "answer": case.answer,
        "key_points": "|".join("=".join(forms) for forms in case.key_points),
        "quote": "\n".join(item.quote for item in case.evidence),
        "doc": docs[0] if docs else "",
        "unanswerable": "是"
        if case.answerable is False
        else "否"
        if case.answerable and not case.says_what_is_right
        else "",
        "polarity": {"yes": "是", "no": "否", None: ""}[case.polarity],
        "forbidden": "|".join(case.forbidden),
        "history": history,
        "note": note,
    }
    return [told[field] for field in _WRITTEN]
