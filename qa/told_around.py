"""What is told around the sentences of a draft: the heading they stand under, whom they point back at, their date, what
limits them, where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.document import Section
from corpus.labels import without_label
from corpus.sentences import sentence_spans
from index.tokens import fold
from qa.amounts import amounts_asked, fits, threshold
from qa.disputes import source_name
from qa.evidence import Candidate, Probe
from qa.extractive import MAX_CHARACTERS, MAX_QUOTE, Draft, Line, after_in_line, before_in_line, closed
from qa.limits import limits

if TYPE_CHECKING:
    from qa.finding import Finder


def behind_its_title(line: Line, bot: Finder) -> Line:
    """A line behind the name of its document, which may stand there already."""
    name = f"{source_name(bot.document(line.spans[0][0]).simplified, bot.superseded())}："
    return line if line.text.startswith(name) else replace(line, text=name + line.text)


def in_own_range(draft: Draft, probe: Probe) -> Draft:
    """A draft without the lines that hold for other amounts than the one asked about, where one holds for it, and without
    those that hold from a lower value on than the first."""
    asked = amounts_asked(fold(probe.question.core), fold(probe.question.asked))
    fitting = [fits(asked, fold(line.text)) for line in draft.lines] if asked else []
    if draft.method not in ("sentences", "clause") or not any(f > 0 for f in fitting):
        return draft
    first = threshold(fold(draft.lines[0].text), asked)
    lower = [
        first is not None and told is not None and told[0] == first[0] and told[1] < first[1]
        for told in (threshold(fold(line.text), asked) for line in draft.lines)
    ]
    kept = (line for line, f, below in zip(draft.lines, fitting, lower, strict=True) if f >= 0 and not below)
    return replace(draft, lines=tuple(kept))


_WHICH_CLASS = re.compile(r"哪(?:一)?(?:个)?(级|类|档|种|型|等)")


def with_heading(draft: Draft, probe: Probe, candidates: Sequence[Candidate]) -> Draft:
    """A draft whose first line begins with the heading above it, where that tells the class that is asked for and the
    line does not: 达到27米时启动 below Ⅲ级响应."""
    asked = _WHICH_CLASS.search(probe.question.core)
    best = _first_quoted(draft, candidates)
    if asked is None or best is None or best.section is None or draft.lines[0].text.count(asked.group(1)):
        return draft
    section = best.section
    if not re.search(rf"[\dA-Za-zⅠⅡⅢⅣ一二三四五六七八九十甲乙丙丁]{asked.group(1)}", section.title):
        return draft
    return _headed(draft, section)


def _first_quoted(draft: Draft, candidates: Sequence[Candidate]) -> Candidate | None:
    """The sentence that the first line of a draft rests on."""
    doc_id, start, _ = draft.lines[0].spans[0]
    return next((c for c in candidates if c.document.doc_id == doc_id and c.start == start), None)


def _headed(draft: Draft, section: Section) -> Draft:
    """A draft whose first line begins with the heading of a section."""
    first, *others = draft.lines
    heading = (first.spans[0][0], *section.heading)
    return replace(draft, lines=(Line(f"{section.title}：{first.text}", (heading, *first.spans)), *others))


#: A sentence whose subject stands before it: 其主要职责是…, and a heading that names who is meant.
_POINTS_BACK = re.compile(r"其(?!他|它|余|中|次|实|间|后)|该(?!项|类|条)")


_NAMES_BODY = re.compile(r"[\u4e00-\u9fff]{2,}(?:部|局|委员会|委|署|厅|院|办公室|中心|公司|集团|协会|领导小组|指挥部)$")


_ASKS_BODY = re.compile(r"谁|哪(?:个|一个|家|些|几个)?(?:部门?|单位|机构|机关|局|委|公司|人)|什么(?:部门|单位|机构)")


def with_antecedent(draft: Draft, probe: Probe, candidates: Sequence[Candidate]) -> Draft:
    """A draft that tells who is meant, where that is asked for and its first line only points back to it: after the
    heading that names them, else after the sentence before."""
    first = draft.lines[0]
    best = _first_quoted(draft, candidates)
    name = _name_above(best, first) if best is not None and _ASKS_BODY.search(probe.question.core) else None
    if best is not None and name is not None:
        said = best.document.text[slice(*name)].strip().rstrip("：:")
        line = Line(
            f"{said}{'' if said[-1] in '；;' else '：'}{first.text}", ((best.document.doc_id, *name), *first.spans)
        )
        return replace(draft, lines=(line, *draft.lines[1:]))
    if best is None or not _POINTS_BACK.match(first.text) or not _ASKS_BODY.search(probe.question.core):
        return draft
    section, text = best.section, best.document.text
    if section is not None and _NAMES_BODY.search(section.title):
        return _headed(draft, section)
    doc_id, start, _ = first.spans[0]
    before = sentence_spans(text, text.rfind("\n", 0, start) + 1, start)[-1:]
    if not before or len(first.text) + before[0][1] - before[0][0] > MAX_CHARACTERS:
        return draft
    return replace(draft, lines=(Line(closed(text[slice(*before[0])]), ((doc_id, *before[0]),)), *draft.lines))


_ACTS_ALONE = re.compile(
    r"(?:主要|具体|统一|牵头|全面)*(?:负责|承担|组织|指导|监督|协调|会同|查处|配合|参与|做好|开展)"
)
_NAME_LINE = re.compile(
    r"[\u4e00-\u9fff（）()]{2,20}(?:部|局|委员会|委|署|厅|院|办公室|中心|公司|集团|协会|领导小组|指挥部|部门|政府)[：:]?"
)


def _bare(line: str) -> str:
    return without_label(line.strip())


def _name_above(best: Candidate, first: Line) -> tuple[int, int] | None:
    """The line that names the body whose task a line tells without a name: 县市场监管局, above 负责农资的质量监管."""
    if not _ACTS_ALONE.match(_bare(first.text)):
        return None
    text, at = best.document.text, best.start
    before = before_in_line(best.document, at)
    if before and text[before[-1][1] - 1] in "；;":  # 甲协助乙抓安全；组织事故调查，行使停工权
        ends = [i for i, (_, b) in enumerate(before) if text[b - 1] not in "；;"]
        opening = before[ends[-1] + 1 if ends else 0]
        return opening if opening[1] - opening[0] <= MAX_QUOTE else None
    for _ in range(_LINES_ABOVE):
        begin = text.rfind("\n", 0, at)
        if begin < 0:
            return None
        a, b = text.rfind("\n", 0, begin) + 1, begin
        if _NAME_LINE.fullmatch(_bare(text[a:b])):
            return a, b
        if not _ACTS_ALONE.match(_bare(text[a:b])) and text[a:b].rstrip()[-1:] not in "；;":
            return None
        at = a
    return None


_LINES_ABOVE = 10  #: lines above one in which the name is looked for


_LIMITS = 2  #: sentences that limit one, at most


def with_limits(draft: Draft, bot: Finder, asks_limit: bool) -> Draft:
    """A draft with the sentences that limit, extend or except the measure that a line of it ends with: 30日内支付 and
    then 合同另有约定的，最长不得超过60日; and before a line that only limits what stands before it that, too, unless the
    limit is asked for."""
    lines: list[Line] = []
    for line in draft.lines:
        doc_id, start, end = line.spans[-1]
        text, told = bot.document(doc_id).simplified.text, line.text
        said = "".join(other.text for other in (*draft.lines, *lines))
        before = before_in_line(bot.document(doc_id).simplified, start)[-1:]
        base = text[slice(*before[0])] if before and not (asks_limit or draft.method in ("figure", "whether")) else ""
        new = base.rstrip("；;。") not in said and len(said + base) <= MAX_CHARACTERS
        if base and new and limits(fold(text[start:end]), fold(base)):
            lines.append(Line(closed(base), ((doc_id, *before[0]),)))
        lines.append(line)
        # What is left out of the sentence stands between the line and what follows.
        if (
            "|" in told
            or len(line.spans) > 1
            or fold(text[:end].rstrip("；;。，, "))[-4:] != fold(told.rstrip("。"))[-4:]
        ):
            continue
        for a, b in after_in_line(text, end)[:_LIMITS]:
            clause = closed(text[a:b])
            if (
                not limits(fold(clause), fold(told))
                or len(said + clause) > MAX_CHARACTERS
                or clause.rstrip("。") in said
            ):
                break
            lines.append(Line(clause, ((doc_id, a, b),)))
            told = said = told + clause
    return replace(draft, lines=tuple(lines))


def with_year_behind(draft: Draft, years: Sequence[str], bot: Finder) -> Draft:
    """A draft with the sentence right behind its only line that begins with the other of two years asked for: 自2026年起为
    60元 and then 自2027年起提高到70元."""
    told = "".join(line.text for line in draft.lines)
    untold = [year for year in years if f"{year}年" not in told]
    if len(draft.lines) != 1 or len(untold) != 1 or len(years) < 2 or len(draft.lines[0].spans) != 1:
        return draft
    doc_id, _, end = draft.lines[0].spans[0]
    text = bot.document(doc_id).simplified.text
    for a, b in after_in_line(text, end)[:1]:
        if re.match(rf"[自从到]?{untold[0]}年", text[a:b]) and re.search(r"\d", text[a:b].partition("年")[2]):
            return replace(draft, lines=(*draft.lines, Line(closed(text[a:b]), ((doc_id, a, b),))))
    return draft


def with_source(draft: Draft, bot: Finder) -> Draft:
    """A draft whose first line begins with the document that says it."""
    first = draft.lines[0]
    return (
        draft if first.text.startswith("《") else replace(draft, lines=(behind_its_title(first, bot), *draft.lines[1:]))
    )


_UNIT = r"(?:哪|什么)(?:一)?(?:个|项|条|章|节|款|点|块|部分|方面|类|层(?![级楼]))(?:重点|主要)?(?:行动|任务|措施|工程|政策|内容|条款|条目|部分|章节|小节|标题)?"


#: Questions for the place in a document that says something: 写在哪一条, 是哪项任务里讲的, 归哪个部分管.
ASKS_PLACE = re.compile(
    rf"(?:[写放列归记安排摆讲说提]|出现|规定|提到|见|落)(?:在|于|进|入|到)了?[^,，。?？]{{0,8}}?{_UNIT}"
    rf"|(?:属于|出自|归入?|归在|归到|对应|对照|对着){_UNIT}(?!管|负责|牵头|部门|单位|机构|机关|[局委厅人省市县])"
    rf"|在[^,，。?？]{{2,20}}?的?{_UNIT}(?:[、,，]{_UNIT})*(?:的)?(?:里面?|中|下面?|底下)[?？]?$"
    rf"|(?:在|是){_UNIT}(?:的)?(?:里|中|下|底下|讲|写|说|提|规定|管|内容)"
    rf"|{_UNIT}(?:的)?(?:里面?|中|下面?|底下)(?:面)?(?:有)?(?:讲|写|说|提|规定)"
    rf"|的(?:内容|规定|要求|说法)?(?:是|在|属于){_UNIT}[?？]?$"
    rf"|(?:哪|什么)一?[条章节款](?:是)?(?:管|讲|写|说|规定)(?:的|了|过|到)?|第几[条章节款]"
)


ASKS_CHAPTER = re.compile(r"(?:哪|什么|第几)一?([章节])")


_PLACE_NAMES = 2  #: headings that tell a place, the nearest ones


def with_place(draft: Draft, unit: re.Match[str] | None, bot: Finder) -> Draft:
    """A draft whose first line begins with the headings under which it stands; the chapter or section alone where that is
    the ``unit`` asked for."""
    first = draft.lines[0]
    doc_id, start, _ = first.spans[0]
    document = bot.document(doc_id).simplified
    named = [s for s in document.upwards(document.section_at(start)) if s.title or s.label]
    above = list(reversed(named[:_PLACE_NAMES]))
    # 哪一章 is answered by the chapter alone.
    of_unit = [s for s in above if unit is not None and unit[1] in s.label]
    above = of_unit[-1:] or above
    new = [s for s in above if not first.text.startswith(s.label + s.title)]
    if not new:
        return draft
    heads = [(s.start, s.heading[1] if s.title else s.start + len(s.label)) for s in new]
    lead = "”下的“".join(document.text[a:b].strip().rstrip("。；;：:") for a, b in heads)
    spans = tuple((doc_id, a, b) for a, b in heads)
    return replace(draft, lines=(Line(f"“{lead}”：{first.text}", (*spans, *first.spans)), *draft.lines[1:]))
