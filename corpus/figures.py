"""Figures of official documents as rows: what is measured, how much, of which year, level or change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from corpus.document import SourceDocument
from corpus.sentences import sentence_spans

FigureKind = Literal["level", "change", "share", "goal", "limit"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. Offsets are into ``SourceDocument.text``."""

    doc_id: str
    section: int | None  #: index of the section that holds it
    subject: str  #: whose figure it is, as far as the text says it apart: 全市, 第一产业, the first cell of a row
    indicator: str  #: what is measured, in the text's words
    value: str  #: as written, without its unit: "3,456.7", "十五"
    unit: str  #: "亿元", "%", "个"; "" for a bare number in a table
    time: str  #: year or date as written in ISO order (2023, 2023-06), "" where the text tells none
    kind: FigureKind  #: goal: to be reached by ``time``; limit: 不超过, 以上
    start: int  #: span of value and unit
    end: int
    sentence: tuple[int, int]  #: span of the sentence or row that holds it


# --- numbers and what stands around them -----------------------------------------------------------------------------

_SCALE = r"(?:[多余]?(?:万亿|[十百千]?[万亿]|千|百)[多余]?)"
_MEASURES = (
    "个百分点|百分点|%|％|‰|°C|℃|平方公里|平方千米|平方米|立方米|公里|千米|厘米|毫米|公顷|公斤|千克|千瓦时|千瓦|兆瓦|吨标准煤|吨|亩"
    "|人民币|美元|欧元|港元|元|人次|床位|张|户|家|项|件|辆|架|艘|台|套|座|所|处|条|名|位|人|岁|次|倍|篇|部|门|册|学时|课时"
    "|个工作日|工作日|自然日|个月|个小时|小时|分钟|日|天|周|年|秒|届|批|支|只|株|头|栋|间|批次|车次|标准箱|兆|度|级|成|米|分|克|升"
    "|mm|km|MW|GW|kW|kWh|GB|TB|EB|PB|Mbps|Gbps|M|G|个|种|类"
)
_NUMBER = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_CHINESE = "[〇零一二两三四五六七八九十百千]+"
_RANGE = r"(?:\s*(?:[-—–~～至到]|—)+\s*(?:\d+(?:\.\d+)?))"
_FIGURE = re.compile(
    rf"(?<![\d.A-Za-z〔\[第])(?P<value>(?:{_NUMBER})(?:(?:%|％|{_SCALE})?{_RANGE})?|百分之[〇零一二三四五六七八九十百点]+"
    rf"|(?<![第一二三四五六七八九十百]){_CHINESE}(?={_SCALE}?(?:个?工作日|个月|天|日内|年内|倍|元|[万亿]|个小时|小时|名|家|户|人次|个百分点)))"
    rf"\s*(?P<unit>{_SCALE}?(?:{_MEASURES})(?:/(?:[^\W\d_]{{1,4}}))?|{_SCALE})?"
)
_TIME = re.compile(
    r"(?P<by>到|至)?(?:“[十一二三四五]+”末[（(]?)?(?P<y>(?:19|20)\d\d)年(?:(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})日)?)?(?P<end>底|末|年底)?"
)
_NOT_FIGURE = re.compile(r"^(?:[、.．）)〕\]]|号|条|款|届|期|版|章|节|号文|年(?!内|以|之|期|限|制|度总)|月(?!内))")
_CHANGE = re.compile(
    r"(?:增长|下降|上升|提高|提升|增加|减少|回落|降低|收窄|扩大|缩减|压减|上调|下调|上浮|下浮|增|降|减)(?:了|约|近|超过?|不低于|为)?$"
)
_REACHES = re.compile(
    r"(?:达到?|为|至|到|实现|完成|超过?|突破|约|共|共有|共计|合计|累计|近|仅|只|计|是|总计|高达|保持在?|稳定在?|控制在|不低于|不少于|不高于|不超过|不得超过|不得少于|不得低于|最高|最多|最低|最少|至少|力争|在|按|每)+(?:的)?$"
)
_LIMIT_BEFORE = re.compile(
    r"(?:不低于|不少于|不高于|不超过|不得超过|不得少于|不得低于|不得高于|最高|最多|最低|最少|至少|上限|下限|封顶|控制在)[^，,；;。]{0,6}$"
)
_LIMIT_AFTER = re.compile(r"^(?:的)?(?:及)?(?:以上|以下|以内|之内|内(?!容|部|地|外|资|蒙))")
_GOAL = re.compile(r"力争|争取|目标|预期|计划|规划|将达|要达|确保|到(?:20\d\d)年|“十[一-龥]五”末|达到")
_SHARE = re.compile(
    r"占[^，,；;。]{1,24}?(?:的)?(?:比重|比例|份额)?(?:为|达到?|约|近|超过?)*$|(?:占比|比重|比例)(?:为|达到?|提高到|提升到|降至|约|近|超过?)*$"
)
_INHERITS = re.compile(
    r"^(?:其中|同比|比上年|比(?:去|前|上)[年季月]|较上年|较去年|年均|增速|增幅|扣除|按可比|名义|实际|与(?:上|去)年|环比)?[^，,；;。]{0,14}?(?:增长|下降|上升|提高|提升|增加|减少|回落|降低|增|降)"
)
_LEADS = re.compile(
    r"^(?:其中|此外|另外|同时|以及|并且|并|而|且|和|及|与|全年|上半年|下半年|年末|年底|当年|期末|截至(?:目前|当前)?|目前|预计|力争|争取|确保|计划|到|至|将|要|已|已经|共|累计|合计|共计|新增|[，,、：:；;。（(\s])+"
)
_DONE = re.compile(r"^(?:实现|完成|达到)(?=[一-龥]{2})")
_SCOPE = re.compile(
    r"^(?:全国|全省|全市|全县|全区|全州|全旗|全镇|全校|全院|我国|我省|我市|我县|我区|本省|本市|本县|本区|[一-龥]{2,4}(?:省|市|县|自治区|自治州))(?=[一-龥]{2})"
)
_COUNTERS = frozenset("个家项件户名位座所处条台套辆架艘支只批种类张人次")
_AFTER = re.compile(r"^(?:以上|以下|左右)?(?:的)?(?P<noun>[一-龥“”]{2,14}?)(?=[，,；;。、（(和及与\n]|\d|$)")
_SAID_AGO = re.compile(r"上年|去年|上一年|前一年")


def find_figures(document: SourceDocument) -> tuple[Figure, ...]:
    """All figures of a document, in order; dates, numbers of items and numbers of documents are none."""
    home = _year_of(document)
    figures: list[Figure] = []
    head: list[str] = []
    time, line = home, (0, 0)
    for start, end in sentence_spans(document.text):
        if start >= line[1]:
            stop = document.text.find("\n", start)
            line, time = (start, len(document.text) if stop < 0 else stop), home
        text = document.text[start:end]
        section = document.section_at(start)
        if section is not None and section.kind in ("toc", "figure"):
            continue
        if text.count("|") >= 1:
            cells = text.split("|")
            if not head or len(cells) != len(head) or not re.search(r"\d", "".join(cells[1:])):
                head = [cell.strip() for cell in cells]
                continue
            figures += _of_row(document, start, end, cells, head, section.index if section else None)
            continue
        head = []
        body = section.heading if section is not None and section.heading[0] <= start < section.heading[1] else None
        if body is not None and start == body[0] and end <= body[1] and section is not None and section.label:
            continue  # 三、2025年重点任务: a heading's own number is no figure
        found, time = _of_sentence(document, start, end, time, section.index if section else None)
        figures += found
    return tuple(figures)


def _year_of(document: SourceDocument) -> str:
    """The year that a document reports on: 2023年国民经济和社会发展统计公报; "" where its title names none."""
    match = re.search(r"((?:19|20)\d\d)年", document.header.title)
    return match.group(1) if match else ""


def _of_sentence(
    document: SourceDocument, start: int, end: int, time: str, section: int | None
) -> tuple[list[Figure], str]:
    """The figures of one sentence and the year that what follows it goes on with."""
    text = document.text
    figures: list[Figure] = []
    indicator = subject = ""
    edge = start  # where the words before the next figure begin
    times = [(m.start(), m.end(), _iso(m)) for m in _TIME.finditer(text, start, end)]
    taken = [(a, b) for a, b, _ in times]
    for match in _FIGURE.finditer(text, start, end):
        if any(a <= match.start() < b for a, b in taken) or not _is_figure(text, match, end):
            continue
        clause = max(edge, _clause_start(text, edge, match.start()))
        before = text[clause : match.start()]
        said = [iso for a, _, iso in times if a < match.start()]
        time = said[-1] if said else time
        own = re.sub(_TIME, "", before).strip()
        change = bool(_CHANGE.search(own))
        kind = _kind(text, start, match, own, change)
        measured = _indicator(own, change)
        if measured and not (change and _INHERITS.match(own) and _is_comparison(own)):
            scope = _SCOPE.match(measured)
            subject = scope.group() if scope else subject
            indicator = measured[len(scope.group()) :] if scope else measured
        noun = _counted(text, match, end)
        named = indicator if change or not noun else (f"{indicator}{noun}" if measured else noun)
        at = match.end() if match.group("unit") else match.start() + len(match.group("value"))
        figures.append(
            Figure(
                document.doc_id, section, subject, named, match.group("value").strip(), (match.group("unit") or "").strip(),
                time, kind, match.start(), at, (start, end),
            )
        )  # fmt: skip
        edge = match.end()
    after = [iso for _, _, iso in times]
    return figures, (after[-1] if after and len(after[-1]) == 4 else time)


def _iso(match: re.Match[str]) -> str:
    return "-".join([match["y"], *(part.zfill(2) for part in (match["m"], match["d"]) if part)])


def _is_figure(text: str, match: re.Match[str], end: int) -> bool:
    rest = text[match.end("value") : end]
    if not match.group("unit") and (_NOT_FIGURE.match(rest) or not re.search(r"[.,]", match.group("value"))):
        return False
    unit = match.group("unit") or ""
    if unit in ("日", "年", "月") and re.search(r"[年月]\s*$", text[max(0, match.start() - 2) : match.start()]):
        return False
    return not (unit == "年" and re.fullmatch(r"(?:19|20)\d\d", match.group("value")))


def _clause_start(text: str, low: int, at: int) -> int:
    """Where the clause of a figure begins: after the last comma, outside brackets that open before it."""
    cut = max(text.rfind(mark, low, at) for mark in "，,；;：:、（(")
    return cut + 1 if cut >= low else low


def _kind(text: str, start: int, match: re.Match[str], own: str, change: bool) -> FigureKind:
    if change:
        return "change"
    before = text[start : match.start()]
    if _LIMIT_BEFORE.search(own) or _LIMIT_AFTER.match(text[match.end() : match.end() + 4]):
        return "limit" if not re.search(r"到20\d\d年|力争|争取|目标", before) else "goal"
    if re.search(r"到20\d\d年|力争|争取|目标|预期|计划|确保|“十[一-龥]五”末", before):
        return "goal"
    return "share" if _SHARE.search(own) else "level"


def _is_comparison(own: str) -> bool:
    """Whether the words before a change name nothing of their own: 同比, 比上年, 年均."""
    left = re.sub(
        r"其中|同比|环比|比上年(?:同期|末)?|比(?:去|前|上)[年季月](?:同期|末)?|较上年(?:同期|末)?|较去年(?:同期)?|年均|增速|增幅"
        r"|扣除价格因素|按可比价格?计算|名义|实际|与(?:上|去)年相比|分别|累计|两年平均|平均|比\d{4}年",
        "",
        own,
    )
    return not re.sub(
        r"(?:增长|下降|上升|提高|提升|增加|减少|回落|降低|收窄|扩大|增|降|减)(?:了|约|近|超过?|不低于|为)?$", "", left
    ).strip("，,、 ")


def _indicator(own: str, change: bool) -> str:
    """What is measured, from the words before a figure: 全年全市实现地区生产总值 -> 全市地区生产总值."""
    words = _CHANGE.sub("", own) if change else own
    while (cut := _REACHES.sub("", words)) != words:
        words = cut
    words = re.sub(r"(?:增长|下降|上升|提高|提升|增加|减少|降低|降|增)$", "", words)
    words = re.sub(r"(?:比上年(?:同期|末)?|同比|环比|较上年(?:同期)?|年均|分别)$", "", words)
    words = re.sub(r"占[一-龥]{1,16}(?:的)?(?:比重|比例|份额)$", lambda m: m.group(), words)
    while (cut := _DONE.sub("", _LEADS.sub("", words))) != words:
        words = cut
    return words.strip(" ，,、：:；;“”（()）的")


def _counted(text: str, match: re.Match[str], end: int) -> str:
    """The noun that a counter counts: 5个示范区 -> 示范区."""
    unit = match.group("unit") or ""
    if unit[-1:] not in _COUNTERS:
        return ""
    noun = _AFTER.match(text[match.end() : end])
    return noun.group("noun") if noun and not re.search(r"以上|以下|左右|增长|下降|比上年|其中", noun.group()) else ""


def _of_row(
    document: SourceDocument, start: int, end: int, cells: list[str], head: list[str], section: int | None
) -> Iterator[Figure]:
    """The figures of a table's row: what its first cells name, by the heads of the columns."""
    numbers = [i for i, cell in enumerate(cells) if re.match(r"\s*(?:[约近≥≤＞＜><]|累计|达到?)?\s*-?\d", cell)]
    names = [i for i in range(len(cells)) if i not in numbers and cells[i].strip()]
    if re.fullmatch(r"序号|编号|No\.?", head[0] if head else "") and 0 in numbers:
        numbers.remove(0)
    label = next((cells[i].strip() for i in names), "")
    at = start
    unit_column = next((i for i, name in enumerate(head) if re.fullmatch(r"(?:计量)?单位", name)), None)
    for i, cell in enumerate(cells):
        match = re.search(
            rf"(?P<value>-?(?:{_NUMBER}){_RANGE}?)\s*(?P<unit>{_SCALE}?(?:{_MEASURES})(?:/[^\W\d_]{{1,4}})?|{_SCALE})?",
            cell,
        )
        if i in numbers and match is not None:
            column = head[i] if i < len(head) else ""
            year = _TIME.search(column) or re.search(r"(?P<y>(?:19|20)\d\d)(?P<m>)(?P<d>)", column)
            unit = match.group("unit") or ""
            if not unit and (told := re.search(r"[（(]([^（()）]{1,8})[)）]", f"{label}{column}")):
                unit = told.group(1)
            if not unit and unit_column is not None and unit_column < len(cells):
                unit = cells[unit_column].strip()
            goal = re.search(r"目标|预期", column)
            named = re.sub(r"(?:19|20)\d\d年?|目标值?|[（(][^（()）]*[)）]", "", column).strip()
            yield Figure(
                document.doc_id, section, label if named else "", named or label, match.group("value"), unit,
                year.group("y") if year else "", "goal" if goal else "change" if "增长" in column else "level",
                at + match.start(), at + match.end(), (start, end),
            )  # fmt: skip
        at += len(cell) + 1
