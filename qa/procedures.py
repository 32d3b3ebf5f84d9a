"""Answers with a whole procedure: its steps in order, each with who takes it and how long that may last."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import Section, SourceDocument
from corpus.labels import without_label
from corpus.sentences import sentence_spans
from index.tokens import fold
from qa.evidence import READ_PLAINLY, Candidate, Probe, coverage, weight_held
from qa.extractive import MAX_CHARACTERS, Draft, Line, after_label, closed, line_at
from qa.listing import listed_children, quoted
from qa.told_lists import items_behind

_ASKS = re.compile(
    r"(?:哪|(?<!第)几|多少)(?:几|些|一些)?(?:个)?(?:步(?!道)|环节|道(?:手续|程序|流程|关)|关(?![于系心键])|级(?=[^别]*[各每]))"
    r"|(?:哪些|什么|啥|怎[么样]的?|具体|整个|全部?)(?:办理|办事|申请|申报|审[核批]|报销|审查)?的?(?:流程|程序|步骤)"
    r"|(?:流程|程序|步骤)(?:都|主要|具体|分别)*(?:是|有|包括|分)?(?:些)?(?:什么|啥|哪|怎|几|多少)"
    r"|一步步|一步一步|走完|从头到尾|先后(?:要|经)"
)
_TITLED = re.compile(
    "流程|程序|步骤|怎么(?:办|申请|加入|报名|走)|如何(?:办|申请|加入|报名)|办理进程|审核和?(?:发放|拨付)"
)
#: What is done with an application, and within which time.
_STAGE = re.compile(
    "申请|申报|提交|受理|初审|初核|审[核查批定]|复[核审]|核[实查准定]|评[审估]|公示|公告|批准|[拨支]付|发放|打款|领取|登记|签[字订]|答复|办结|备案|上报|验收|调查|推荐"
)
_WITHIN = re.compile(r"\d+个?(?:工作日|日|天|小时|个?月)(?!起施)|\d{1,2}月(?:\d{1,2}日|底)?[前至—-]|当[日天]|次[日月]")
_LEAST = 3  #: sentences with stages that are a procedure without a title that says so
_NEAREST = 12  #: sentences among whose sections it is sought
_BY_TITLE, _BY_WORDS = (
    1.5,
    4.0,
)  #: what a title that names a procedure and the words of the question count for, in scores of sentences
_BEHIND = 4.0  #: by how much the best sentence of a procedure may be behind the best one of all

#: Words with which steps are asked for, and the share of the others that the place of a row of steps has to hold.
_OF_STEPS = re.compile("^[交经过走关级步道几哪每各天].?$|环节|流程|程序|步骤|手续|经过|上去|以后|之后|提交|申请")
_SAID = 0.5

Place = tuple[int, int]


def answer_procedure(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """All steps of the procedure that a question asks for; None where it asks for none, or none is near."""
    core = fold(probe.question.core)
    if not found or not _ASKS.search(core) or probe.question.kinds & {"compare", "whether", "define"}:
        return None
    best: tuple[float, SourceDocument, list[Place], Section] | None = None
    called = False  # whether what has the best steps is called a procedure
    for candidate in found[:_NEAREST]:
        document = candidate.document
        if probe.hinted and document.doc_id not in probe.hinted or candidate.score < found[0].score - _BEHIND:
            continue
        for section in list(document.upwards(candidate.section))[:2]:
            titled = bool(_TITLED.search(_name(document, section)))
            steps = _steps(document, section)
            staged = [s for s in steps if _STAGE.search(document.text, *s)]
            dated = [s for s in staged if _WITHIN.search(document.text, *s)]
            if len(steps) < 2 or not titled and (len(dated) < _LEAST or 2 * len(staged) < len(steps)):
                continue
            above = fold("".join((*document.path(section), document.text[section.start : section.end])))
            value = candidate.score + _BY_TITLE * titled + _BY_WORDS * coverage(probe, above)
            if best is None or value > best[0]:
                best, called = (value, document, steps, section), titled
    row = _row_of_steps(probe, found, timed=best is None or called or bool(_TIME_OF_EACH.search(core)))
    if row is not None and (best is None or not any(a <= row.start < b for a, b in best[2])):
        return Draft((line_at(row.document, (row.start, row.end)),), method="steps")
    return None if best is None else _told(*best[1:])


def asks_steps(part: str) -> bool:
    """Whether a part of a question asks for the steps of something or the time that each takes.

    >>> asks_steps("要过哪几关"), asks_steps("每关几天？"), asks_steps("找谁咨询？")
    (True, True, False)
    """
    return bool(_ASKS.search(fold(part)) or _TIME_OF_EACH.search(fold(part)))


_TIME_OF_EACH = re.compile("(?:各|每|分别)[^,，。]{0,5}(?:几|多[久长少])")


def _row_of_steps(probe: Probe, found: Sequence[Candidate], *, timed: bool) -> Candidate | None:
    """The best sentence, where it alone tells several steps, each with its time where that is wanted; None where it does not,
    or says too little of what the question says and is not read to answer."""
    first = next((c for c in found if c.tells), None)
    if first is None or (probe.hinted and first.document.doc_id not in probe.hinted):
        return None
    staged = [c for c in re.split("[，；,;]", first.text) if _STAGE.search(c)]
    steps = [c for c in staged if _WITHIN.search(c)] if timed else staged
    own = {w: v for w, v in probe.words.items() if not _OF_STEPS.search(w)}
    above = fold("".join((first.document.header.title, *first.document.path(first.section), first.text)))
    enough = first.odds >= READ_PLAINLY or bool(own) and weight_held(own, probe, above) >= _SAID * sum(own.values())
    return first if len(steps) > 1 and enough else None


def _name(document: SourceDocument, section: Section) -> str:
    """What a section is called: its title, or how its text announces what follows."""
    opening = document.text[after_label(document, section.start) : section.end].partition("\n")[0]
    return section.title or opening.partition("：")[0][:20]


def _steps(document: SourceDocument, section: Section) -> list[Place]:
    """The parts of a section, else the sentences behind its heading."""
    children = listed_children(document, section)
    if _of_articles(children):
        # A chapter of articles tells the procedure among other things: 第七条 says when, 第八条 which papers.
        every = [s for c in children for s in sentence_spans(document.text, after_label(document, c.start), c.end)]
        return [s for s in every if _STAGE.search(document.text, *s) and _WITHIN.search(document.text, *s)]
    if len(children) > 1:
        return [(c.start, c.end) for c in children]
    begin = section.heading[1] if section.title else after_label(document, section.start)
    if not document.text[begin : section.end].strip(" \n：:。"):
        return items_behind(document, section.end)  # 3. 预约流程 and then 1. 2. of the same sort of number
    return [s for s in sentence_spans(document.text, begin, section.end) if "|" not in document.text[slice(*s)]]


def _of_articles(children: Sequence[Section]) -> bool:
    return len(children) > 1 and all(c.label.endswith("条") for c in children)


def _told(document: SourceDocument, steps: Sequence[Place], section: Section) -> Draft | None:
    """The steps in order; of long ones what says a stage and a time."""
    children = listed_children(document, section)
    numbered = len(children) > 1 and not _of_articles(children)
    pieces = [sentence_spans(document.text, *step) for step in steps]
    for shortened in (_whole, _in_short):
        told = [shortened(document, spans) for spans in pieces]
        if sum(b - a for spans in told for a, b in spans) <= 2 * MAX_CHARACTERS:
            break
    else:
        return None
    lines = [
        Line(closed("".join(document.text[a:b].strip() for a, b in spans)), tuple((document.doc_id, *s) for s in spans))
        for spans in told
        if spans
    ]
    head, name = section.heading, section.title
    if numbered and name and head[1] > head[0]:
        items = "；".join(line.text.rstrip("。；") for line in lines)
        spans = ((document.doc_id, *head), *(span for line in lines for span in line.spans))
        return Draft((Line(f"{quoted(without_label(name))}共{len(lines)}项：{items}。", spans),), method="list")
    return Draft(tuple(lines), method="list")


def _whole(document: SourceDocument, spans: Sequence[Place]) -> list[Place]:
    return list(spans)


def _in_short(document: SourceDocument, spans: Sequence[Place]) -> list[Place]:
    """The name of a step, and its sentences with a time; the first one where none has."""
    dated = [s for s in spans[1:] if _WITHIN.search(document.text, *s)]
    return [spans[0], *dated] if spans else []
