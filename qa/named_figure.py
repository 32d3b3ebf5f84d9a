"""The figure that a question calls by its whole name, and nothing beside it: 民营医院有多少家 of 公立医院562个，民营医院924个."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.document import SourceDocument
from corpus.figures import Figure
from corpus.sentences import line_span, sentence_spans
from index.tokens import fold
from qa.editions import disputes
from qa.evidence import HAN, Candidate, Probe
from qa.extractive import Draft, Line, Span, closed
from qa.narrow import asks_more
from qa.patterns import lacks_figure

_LOOKED_AT = 8  #: best sentences in whose documents the figures are looked at
_DOCUMENTS = 3  #: most documents
_MANY = 4000  #: figures from which on a document is a table of data
_NAMED = 0.6  #: of the characters of a name that the clause with its figure has to have

_ASKS_CHANGE = re.compile(
    r"增[长加幅速]|下降|上升|提高|减少|[涨增降跌升](?:了|幅|多少|几)|同比|环比|百分点|变化|比(?:上|去|前)一?年"
)
#: …和增速, 增长百分之几: by how much the figure has changed.
_CHANGE_TOO = re.compile(
    r"[,，]?(?:以及|[和及与、])?(?:其|它的)?(?:同比|[比较](?:上|去)一?年(?:同期)?)?"
    r"(?:增速|增幅|增长率|涨幅|降幅|变化|[增下][长降](?:了)?(?:多少|百分之几))"
)
_ASKS_SHARE = re.compile(r"占|比[例重]|百分")
_RATE_NAME = re.compile("[率比]|水平|系数|程度")
_RATE = re.compile("[%‰]|分之")
_MEASURE = re.compile(
    r"(?:[率额量值]|总数|人数|面积|比[例重]|收入|支出|费用|投资|金额|里程|增速|增幅)(?:分别)?(?:是|为)?[?？]?$"
)
_YEARS = re.compile(r"(?:19|20)\d\d\s*年?(?:度|底|末|初)?")
#: What asks, and what says nothing of which figure is meant.
_ASKING = re.compile(
    r"请问|麻烦|想(?:知道|问|了解|查)(?:一?下)?|帮(?:我|忙)?(?:查|看)?(?:一?下)?"
    r"|(?:一共|总共|合计|共计|总计|共)?(?:大概|大约|约|差不多)?(?:是|有|为|达到?了?|占|完成|实现|多|收|设|建成?)?了?"
    r"(?:多少|几|多[大高长])(?:万亿|[十百千万亿])*"
    r"(?:个百分点|百分点|平方公里|平方米|立方米|公里|公顷|美元|人次|工作日|[一-鿿]?(?=[?？,，呢啊]|$)"
    r"|[个家所座处名位人户件项张套台辆亩吨元米天年日种条只头棵株艘架间批例起])?的?"
    r"|百分之[几多少]+|分别|各是?|[是为]?(?:什么|啥)(?:水平|情况)?|[写说讲提载列](?:明|到|了)?的?是?"
    r"|[?？,，、。;；:“”\"'（）()《》]"
    r"|[吗呢啊呀吧啦了的要应需将在里中内上有是按照当年度底末初时候那这份个全本该和与及到至从自截我你们请来目前现在如今已经总共计一]"
)
#: What a name may have beside what is asked for: of what all it is, that it is a sum, or that it was done.
_GENERIC = re.compile(
    r"全[省市县区国校院州旗镇]|[我本][省市县区国校院]|总[数量额计]|[数总规]量|人数|规模|面积|金额|[数量额约共达为了的（）()“”\"、和]"
    r"|设有|拥有|实现|完成|建成|安排|计划|规划|预计|统计|公布|达到|实际|发放|投入|情况|水平|相关|有关|方面"
)


@dataclass(frozen=True)
class _Named:
    row: Figure
    document: SourceDocument
    beside: str  #: what the question says of it that neither its name nor what stands above it says


def answer_named_figure(
    probe: Probe, candidates: Sequence[Candidate], figures_of: Callable[[str], Sequence[Figure]]
) -> Draft | None:
    """The one figure whose name says all that a question for a figure says, and no more than it; its change with it, where
    that is asked for. None where no figure or several are called so."""
    question = probe.question
    core = fold(probe.topic or question.core)
    changes = _CHANGE_TOO.search(core) is not None
    if changes:
        core = _CHANGE_TOO.sub("", core).replace("分别", "")
    if not _asks_figure(probe, core) or disputes(fold(question.text)) or not HAN.search(question.text):
        return None
    by_id = {c.document.doc_id: c.document for c in reversed(candidates[:_LOOKED_AT]) if c.tells}
    for document in list(reversed(by_id.values()))[:_DOCUMENTS]:
        rows = figures_of(document.doc_id)
        if len(rows) > _MANY:
            continue
        found = list(_called(document, rows, core, probe))
        if not found and changes:
            found = list(_called(document, rows, core, probe, changes=True))
        found = [n for n in found if not n.beside] or found
        longest = max((len(_name(n.row)) for n in found), default=0)
        found = [n for n in found if len(_name(n.row)) == longest]
        if found:
            one = len({(n.row.value, n.row.unit) for n in found}) == 1
            line = _line(found[0], rows, changes) if one else None
            return None if line is None else Draft((line,), method="figure")
    return None


def _asks_figure(probe: Probe, core: str) -> bool:
    """Whether a question asks for one figure; ``core``: without its change."""
    question = probe.question
    kinds = question.kinds
    beside = len(re.findall(r"[一-鿿]+(?=\s|$)", question.text)) > 1  # 发文量 访问量
    if kinds & {"compare", "how", "summary", "who", "duty", "where", "metadata"} or beside or len(question.parts) > 1:
        return False
    counts = "count" in kinds and not kinds & {"whether", "when"}
    counts = counts or bool(_MEASURE.search(core)) and kinds <= {"whether", "count", "list"}
    alone = replace(question, core=core, kinds=kinds - {"list", "whether"})
    return counts and len(question.years) < 2 and not asks_more(alone)


def _name(row: Figure) -> str:
    return fold(row.subject + row.indicator)


def _called(
    document: SourceDocument, rows: Sequence[Figure], core: str, probe: Probe, changes: bool = False
) -> Iterator[_Named]:
    """The figures that a folded question calls by their names, of the year that it names; ``changes``: changes alone."""
    years, bare = probe.question.years, _YEARS.sub("", core)
    if _ASKS_CHANGE.search(bare):
        return
    share = bool(_ASKS_SHARE.search(bare))
    said = " ".join((bare, *(w for others in probe.expansions.values() for w in others)))
    about = fold(f"{document.header.title} {document.header.issuer or ''} {document.header.number or ''}")
    for row in rows:
        name = _name(row)
        if (row.kind == "change") != changes or (years and row.time[:4] != years[0]) or not _is_said(name, said):
            continue
        start = row.sentence[0]
        value = fold(document.text[row.start : row.end])
        rate = _RATE.search(value) is not None
        if "|" in document.text[slice(*row.sentence)] or (name.endswith("率") and row.unit and not rate):
            continue
        if not changes and (
            lacks_figure(core, [value])
            or (share and not rate)
            or (rate and not share and not _RATE_NAME.search(bare + name))
        ):
            continue
        above = about + fold("".join(document.path(document.section_at(row.start))))
        left = _unsaid(_unsaid(filter(None, _ASKING.split(bare)), name, probe), above, probe)
        # 病床使用率71.2%，其中公立医院76.3%: the sentence has said what it is of; of another measure it has said nothing.
        unsaid = _unsaid(left, fold(document.text[start : row.start]), probe)
        if not unsaid and not (_MEASURE.search("".join(left)) and _MEASURE.search(name)):
            yield _Named(row, document, "".join(left))


def _is_said(name: str, said: str) -> bool:
    """Whether a question says all of a name but what any name may have."""
    left = "".join(_not_in(name, said).split())
    return bool(name) and len(left) < len(name) and not set(_GENERIC.sub("", left)) - set(said)


def _not_in(words: str, text: str) -> str:
    """Words without each piece of two characters or more that stands in a text, the longest first; a blank for each."""
    left, i = "", 0
    while i < len(words):
        held = next((n for n in range(len(words) - i, 1, -1) if words[i : i + n] in text), 0)
        left += " " if held else words[i]
        i += held or 1
    return left


def _unsaid(pieces: Iterator[str] | Sequence[str], text: str, probe: Probe) -> list[str]:
    """What is left of the pieces of a question without what a folded text says of it, in its or in official words."""
    left: list[str] = []
    for piece in pieces:
        for word, others in probe.expansions.items():
            if any(other in text for other in others):
                piece = piece.replace(word, "")
        parts = (_GENERIC.sub("", part) for part in _not_in(piece, text).split())
        left += [part for part in parts if part and not (len(part) == 1 and part in text)]
    return left


_BOUND = re.compile(r"以[上下内]|左右")
_CHANGES = re.compile(
    r"(?:同比|[比较](?:上|去)年(?:同期)?|分别|实际|名义|[，,])*(?P<verb>[增下上提减回降收扩][一-鿿]{0,2})"
)


def _line(named: _Named, rows: Sequence[Figure], changes: bool) -> Line | None:
    """A figure with its name and its time, resting on its sentence and that which tells the time; None where the words do
    not stand so beside each other that they can be told without more."""
    row, document = named.row, named.document
    text, (start, end) = document.text, row.sentence
    clause = max((text.rfind(mark, start, row.start) for mark in "，,；;：:、。"), default=-1) + 1
    clause = max(clause, start)
    at = text.rfind(row.subject + row.indicator, start, row.start)
    begin = clause if at < 0 or start < clause < at else at
    bound = _BOUND.match(text, row.end, end)
    stop = bound.end() if bound else row.end
    change = _change_of(row, rows, text, stop) if changes and row.kind != "change" else ""
    own = text[begin:stop].lstrip("，,；;、：: ").removeprefix("其中")
    name = fold(row.indicator)
    if change is None or re.search("[从由]", text[begin : row.start]):
        return None
    if sum(c in fold(own) for c in name) < _NAMED * len(name):
        return None
    spans: tuple[tuple[int, int], ...] = ((start, end),)
    lead = ""
    if row.time and row.time[:4] not in own:
        line, _ = line_span(text, start)
        told = [line + m.start() for m in re.finditer(f"{row.time[:4]}年", text[line : row.start])]
        if told and told[-1] >= start:
            own_time = re.compile(r"(?:截至|[到至])?\d{4}年(?:末|底|初|度)?")
            lead = next((m.group() for m in own_time.finditer(text, start, row.start) if m.end() > told[-1]), "") + "，"
        elif told:
            lead = f"{row.time[:4]}年，"
            dated = next(s for s in sentence_spans(text, line, start) if s[0] <= told[-1] < s[1])
            spans = (dated, *spans)
    whole = [
        r for r in rows if r.sentence == row.sentence and r.start < row.start and named.beside in fold(r.indicator)
    ]
    of = f"{whole[-1].subject}{whole[-1].indicator}：" if named.beside and whole else ""
    rests: tuple[Span, ...] = tuple((document.doc_id, *span) for span in spans)
    return Line(closed(lead + of + own + change), rests)


def _change_of(row: Figure, rows: Sequence[Figure], text: str, stop: int) -> str | None:
    """By how much a figure has changed, as told behind it: 比上年增长5%, of 分别增长3%和5% its own; None where it is not told."""
    own = [r for r in rows if r.sentence == row.sentence and r.start >= stop and r.kind == "change"]
    own = [r for r in own if (r.subject, r.indicator) == (row.subject, row.indicator)]
    verb = _CHANGES.search(text, stop, own[0].start) if own else None
    if not own or verb is None:
        return None
    return f"，{verb['verb']}{text[own[0].start : own[0].end]}"
