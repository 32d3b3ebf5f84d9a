"""How many items a list has and which is the n-th, asked in one: of a section, or of a whole document, whose items may
be numbered through its sections."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import Section, SourceDocument
from corpus.labels import number_of
from index.tokens import fold
from qa.address import CALLED_UNIT, called
from qa.evidence import Candidate, Probe
from qa.extractive import Draft, Line, told_row
from qa.listing import heading_of, listed_children, quoted
from qa.outline_questions import ASKS_CONTENT, NAME_ONLY, documents_meant, says_only
from qa.running_lists import parts_of, runs_within
from qa.section_answers import content_of
from qa.tables import groups_of, numbered_row, numbers_of, row_spans, rows_of_group, tables_of, task_column

_COUNTER = r"(?:个|条|项|点|件|方面|块|步|章|节|部分)"
_HOW_MANY = re.compile(
    rf"{CALLED_UNIT}?的?(?:还|一共|总共|共计|共|合计|总计|都|又|下面|里面?|底下|具体|细|再|下|正文){{0,6}}"
    r"(?:分|列|有|包括|包含|含|部署|安排|提出?|设|讲|写|规定|明确|(?<![规计])划分|拆|推出)?(?:成|为|了|出|有){0,4}"
    rf"(?:几|多少|哪几(?=个?大?(?:部分|章|块)))(?:大|小)?(?P<counter>{_COUNTER})(?P<noun>(?:[\u4e00-\u9fff](?!第|最后)){{0,6}}[\u4e00-\u9fff]?)(?=[?？,，。;；]|第|最后|$)"
)
_NUMBER = r"[一二三四五六七八九十]{1,3}|\d{1,2}"
_WHICH = re.compile(
    rf"(?P<nth>(?P<back>倒数)?第(?P<number>{_NUMBER})|最后一?|最末一?|末尾?一|头一)(?P<of>{_COUNTER})(?P<rest>[^?？]*)"
)
#: What a document is called by, and no list in it.
_OF_DOCUMENT = re.compile(
    r"(?:方案|意见|办法|计划|通知|规定|条例|细则|规划|清单|分工表?|责任制|文件|正文|全文|通篇|全篇|决定|纲要)(?:里面?|中)?的?(?:正文)?$"
)
_PARTS = re.compile("部分|章|块")
#: Names that any items of a document go by.
_ANY_ITEM = re.compile(rf"{_COUNTER}?(?:具体|细化)?(?:任务|措施|举措|条款|条目|条文|内容|事项|工作|部分|政策|改革)*")
#: Names of items that the parts of a document, the first of which tells its aims, do not bear.
_TO_DO = re.compile("任务|措施|举措|工作|行动|事项|项目|场景|政策|工程|要求|职责")


def answer_counted_member(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """How many items a list has that a question names, and the n-th of them that it asks for, too. Of a whole document,
    whose items are numbered through its sections, either of the two alone."""
    core = fold(probe.question.core)
    many = _HOW_MANY.search(core)
    which = _WHICH.search(core, many.end() if many is not None else 0)
    if which is not None and not (NAME_ONLY.fullmatch(_own(which["rest"])) or ASKS_CONTENT.search(which["rest"])):
        return None
    documents = [d for d in documents_meant(probe, found) if not _of_other_year(probe, d)]
    groups = _groups(probe, core, documents[:1]) or _of_group(core, documents[:1]) if which is None else None
    if groups is not None:
        return groups
    rows = (
        _rows_counted(probe, documents[:1], core[: many.start()], many) if many is not None and which is None else None
    )
    if rows is not None:
        return rows
    if which is not None and many is None and (row := _row_named(probe, documents[:1], core[: which.start()], which)):
        return row
    if many is None:
        return None if which is None else _of_document(probe, documents, core[: which.start()], _own_noun(which), which)
    call = called(core, documents, _HOW_MANY) if which is not None else None
    if call is not None and which is not None:
        children = listed_children(*call.place)
        names = "".join(child.title for child in children)
        if len(children) > 1 and says_only(probe, core[: call.follows.start()], *call.place, beside=names):
            return _told(call.document, call.section.title, children, which, many["counter"])
    return _of_document(probe, documents, core[: many.start()], many["counter"] + many["noun"], which)


def _of_other_year(probe: Probe, document: SourceDocument) -> bool:
    """Whether a question asks of a year what a document of another year tells, by its title: 2025年度任务分解表."""
    own = re.findall(r"(?:19|20)\d\d(?=年)", document.header.title)
    asked = probe.question.years
    return len(own) == 1 and bool(asked) and own[0] not in asked and not any(y in document.text for y in asked)


_GROUPS = re.compile(
    r"(?:分|划|包括|包含|涉及|涵盖|有)[为成了]{0,2}(?:哪?几|哪些|多少)(?:个|大)?(?P<noun>方面|领域|类别?|板块|部分|环节)[?？呢啊。]*$"
)


def _groups(probe: Probe, core: str, documents: Sequence[SourceDocument]) -> Draft | None:
    """The groups in which the table of a document has its rows, where a question asks for them and names no more than the
    document."""
    asked = _GROUPS.search(core)
    for document in documents if asked is not None else ():
        own = [(table, groups) for table in tables_of(document) if (groups := groups_of(table))]
        beside = f"{document.doc_id}任务事项工作项目清单分工表"
        if (
            len(own) == 1
            and asked is not None
            and says_only(probe, core[: asked.start()], document, None, beside=beside)
        ):
            (table, groups), noun = own[0], asked["noun"]
            text = f"共{len(groups)}{noun if noun in ('方面', '部分') else f'个{noun}'}：{'；'.join(n for n, _ in groups)}。"
            return Draft((Line(text, row_spans(table, [i for _, i in groups])),), method="counted")
    return None


_ASKS_ROWS = re.compile(
    r"(?:方面|领域|类别?|板块)?的?(?:下面?|里面?|中)?的?(?:重点|主要)?(?:任务|工作|事项|项目)?(?:都|一共|总共|共)?(?:有|包括|包含|涉及)"
    r"(?:哪|几|多少)[些几]?[项条个件]?(?:重点|主要)?(?:任务|工作|事项|项目|内容)?[?？呢啊。]*$"
)


def _of_group(core: str, documents: Sequence[SourceDocument]) -> Draft | None:
    """The rows of a group of the one table of a document that has such, where a question names the group: 公共服务领域有哪几项."""
    own = [(table, groups) for d in documents for table in tables_of(d) if (groups := groups_of(table))]
    asked = _ASKS_ROWS.search(core)
    if len(own) != 1 or asked is None:
        return None
    (table, groups), tasks = own[0], task_column(own[0][0])
    head, title = core[: asked.start()], fold(table.document.header.title)
    name = next((n for n, _ in groups if len(n) > 1 and head.endswith(fold(n))), None)
    if name is None or tasks is None:
        return None
    if len(head) > len(name) and head[-len(name) - 1 :] in title:
        return None  # 灯塔看守任务, of a plan that is called so: no group 看守
    rows = [i for i in rows_of_group(table, name, groups) if table.rows[i][tasks]]
    told = "；".join(table.rows[i][tasks] for i in rows)
    return (
        Draft((Line(f"{quoted(name)}共{len(rows)}项：{told}。", row_spans(table, rows)),), method="counted")
        if rows
        else None
    )


_NAMES_TABLE = "任务事项工作项目清单分工表分解表"  #: words by which a question calls the table of a document


def _rows_counted(probe: Probe, documents: Sequence[SourceDocument], head: str, many: re.Match[str]) -> Draft | None:
    """How many numbered rows the one such table of a document has, where a question names no more than the document."""
    for document in documents:
        last = numbered_row(document, 0)
        beside = document.doc_id + _NAMES_TABLE
        if last is None or not _ANY_ITEM.fullmatch(many["counter"] + many["noun"]) or _PARTS.search(many["noun"]):
            continue
        if _OF_ROWS.search(head + many.group()[:_UNIT_SAID]) and says_only(probe, head, document, None, beside=beside):
            (table, i), count = last, numbers_of(last[0])
            text = document.text
            row = told_row(text[slice(*table.head_span)], text[slice(*table.spans[i])])
            return Draft((Line(f"共{len(count)}项，最后一项是：{row}", row_spans(table, [i])),), method="counted")
    return None


def _row_named(probe: Probe, documents: Sequence[SourceDocument], head: str, which: re.Match[str]) -> Draft | None:
    """The row that bears the number asked for, or the last, of the one numbered table of a document that a question points
    at, whose rows it calls by what they are (慢行任务最后一项)."""
    number = number_of(which["number"]) if which["number"] else 0
    for document in documents:
        row = numbered_row(document, number or 0) if number is not None and not which["back"] else None
        beside = document.doc_id + _NAMES_TABLE
        meant = document.doc_id in probe.hinted and _TASKS.search(head)
        if row is not None and meant and says_only(probe, head, document, None, beside=beside):
            (table, i), text = row, document.text
            line = told_row(text[slice(*table.head_span)], text[slice(*table.spans[i])])
            return Draft((Line(line, row_spans(table, [i])),), method="nth")
    return None


_TASKS = re.compile("(?:任务|工作|事项|项目)(?:里面?|中)?的?$")
#: What a question calls the rows of a table or the table itself by.
_OF_ROWS = re.compile("(?:任务|事项|工作|项目|清单|表)(?:里面?|中)?的?(?:一共|总共|共计|共|有)")
_UNIT_SAID = 6  #: characters of a frame that may hold what is counted (任务共有)


def _own(rest: str) -> str:
    """What is asked of an item, behind the name of what it is: 第三项任务叫什么."""
    return re.sub(rf"^的?(?:重点|主要|具体)?(?:{_TO_DO.pattern}|内容|原则)", "", rest)


def _own_noun(which: re.Match[str]) -> str:
    noun = _TO_DO.match(which["rest"])
    return which["of"] + (noun.group() if noun is not None else "")


def _of_document(
    probe: Probe, documents: Sequence[SourceDocument], head: str, noun: str, which: re.Match[str] | None
) -> Draft | None:
    """The answer for the one document that the words before the number name, and nothing in it; None for none."""
    if not _OF_DOCUMENT.search(head):
        return None
    if which is not None and "条" in which["of"]:
        documents = [
            d for d in documents if not any(s.label.endswith("条") for s in d.sections)
        ]  # 第四条 is an article
    # A document may be called by what its file is called: by the city whose it is.
    meant = [d for d in documents if says_only(probe, head, d, None, beside=d.doc_id)]
    if len(meant) != 1:
        return None
    (document,) = meant
    if not _ANY_ITEM.fullmatch(noun):
        return None
    parts = parts_of(document)
    runs = [row for row in runs_within(document, parts) if _long_enough(row, which)]
    unit = next((u for u in ("章", "节") if u in noun), "")
    if _PARTS.search(noun):
        row = parts if all(unit in s.label for s in parts) else []
        if which is None and row:
            spans = tuple((document.doc_id, *heading_of(document, s)) for s in row)
            names = "；".join(document.text[a:b].strip().rstrip("。；;：: ") for _, a, b in spans)
            told = f"{quoted(_title(document, row[0]))}共{len(row)}{unit or '部分'}：{names}。"
            return Draft((Line(told, spans),), method="counted")
    elif "条" in noun and which is None and (articles := _articles(document)):
        row = articles
    elif len(runs) == 1:
        row = runs[0]
    else:
        row = [] if runs or _TO_DO.search(noun) or which is None else parts
    # An excerpt may end before the n-th: only of a list that is called by its name is it said that it has none.
    return _told(document, _title(document, parts[0]), row, which, noun) if _place(which, len(row)) else None


def _articles(document: SourceDocument) -> list[Section]:
    """The articles of a document, 第一条 to the last; none where their numbers do not count up."""
    row = [s for s in document.sections if s.kind == "body" and s.label.endswith("条")]
    return row if [s.number for s in row] == list(range(1, len(row) + 1)) else []


def _long_enough(row: Sequence[Section], which: re.Match[str] | None) -> bool:
    return which is None or which["number"] is None or (number_of(which["number"]) or 0) <= len(row)


def _told(
    document: SourceDocument, title: str, row: Sequence[Section], which: re.Match[str] | None, unit: str
) -> Draft:
    """“标题”共 n 项，第 k 项是“…”, with what the item says where that is asked for; that there is no k-th."""
    counter = next((c for c in ("部分", "方面", "章", "节", "条") if c in unit), "项")
    nth = "最后" if which is None else which["nth"]
    place = _place(which, len(row))
    lead = f"{quoted(title)}共{len(row)}{counter}"
    numbered = [s.number for s in row] == list(range(1, len(row) + 1))
    if place == 0:
        spans = tuple((document.doc_id, *heading_of(document, s)) for s in row)
        return Draft((Line(f"{lead}，没有{nth}{counter}。", spans),), contradicts=True, method="counted")
    item = row[place - 1]
    # The number of the last item tells how many there are; where it does not, each is shown.
    shown = [item] if numbered and item is row[-1] else [item, row[-1]] if numbered else row
    spans = tuple((document.doc_id, *heading_of(document, s)) for s in sorted(shown, key=lambda s: s.start))
    name = document.text[slice(*heading_of(document, item))].strip().rstrip("。；;：: ")
    ordinal = f"{nth}一" if nth[-1:] in "后末" else nth
    told = Line(f"{lead}，{ordinal}{counter}是{quoted(name)}。", spans)
    content = content_of(document, item) if which is not None and ASKS_CONTENT.search(which["rest"]) else None
    more = (line for line in (content.lines if content is not None else ()) if line.text.rstrip("。") not in told.text)
    return Draft((told, *more), method="counted")


def _title(document: SourceDocument, part: Section) -> str:
    """The name of the document that has a part, without the notice that it was issued with."""
    title = document.header.title
    above = None if part.parent is None else document.sections[part.parent].title
    issued = re.search("印发《(?P<name>.+)》", title)
    return above if above and fold(above) in fold(title) else issued["name"] if issued is not None else title


def _place(which: re.Match[str] | None, size: int) -> int:
    """The place in a list of ``size`` that 第三, 倒数第二, 头一 or 最后 names; 0 where it has none there, the last for none."""
    if which is None or (which["number"] is None and not which["nth"].startswith("头")):
        return size
    number = number_of(which["number"] or "一") or 0
    place = size + 1 - number if which["back"] else number
    return place if 1 <= place <= size else 0
