"""Questions to click on: some to begin with, made from the documents, and some after an answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Literal, Protocol

from corpus.document import AUTHORITY, SIGNATURE, Header, Section, SourceDocument
from corpus.duties import Duty, covering
from corpus.figures import Figure
from corpus.relations import Relation
from index.tokens import fold
from qa.answer import Answer, Citation
from qa.duty_tasks import Task

StarterKind = Literal["duty", "reverse_duty", "list", "figure", "definition", "data"]
#: How a page may name the kinds.
KIND_NAMES: Mapping[StarterKind, str] = {
    "duty": "谁负责",
    "reverse_duty": "部门的任务",
    "list": "有哪些",
    "figure": "数字",
    "definition": "是什么",
    "data": "文件信息",
}
_MOST_DOCUMENTS = 24  #: looked at, however many there are
_MOST_ASKS = 4  #: of one kind, until one is answered well
_SECONDS = 4.0  #: after which no further question is tried


class Texts(Protocol):
    """Where strings stand."""

    def holders(self, folded: str, /) -> Collection[str]: ...


class Library(Protocol):
    """The documents and their facts, as PolicyQA has them."""

    @property
    def index(self) -> Texts: ...

    def headers(self) -> Mapping[str, Header]: ...
    def document(self, doc_id: str) -> SourceDocument: ...
    def duties_of(self, doc_id: str) -> tuple[Duty, ...]: ...
    def documents_with_duties(self, names: Collection[str] | None = None) -> Mapping[str, int]: ...
    def figures_of(self, doc_id: str) -> Sequence[Figure]: ...
    def relations_in(self, doc_id: str) -> Sequence[Relation]: ...
    def superseded(self) -> Mapping[str, str]: ...


class Bot(Library, Protocol):
    """A library that answers."""

    def ask(self, question: str, /) -> Answer: ...


@dataclass(frozen=True)
class Starter:
    """A question that the documents answer."""

    kind: StarterKind
    question: str


@dataclass(frozen=True)
class Try:
    """A question about something in a document, and what a right answer tells: all of ``must``, two of ``some``."""

    doc_id: str
    name: str  #: what it is about
    rest: str  #: the question without the document
    joint: str = "中，"  #: between the document and the rest
    must: tuple[str, ...] = ()
    some: tuple[str, ...] = ()

    def answered_by(self, answer: Answer, alike: Collection[str]) -> bool:
        """Whether an answer is one, from this document or from one of its other copies (``alike``)."""
        if answer.refused or answer.premise or not any(c.doc_id in alike for c in answer.citations):
            return False
        told = fold(answer.text)
        held = sum(fold(words) in told for words in self.some)
        return all(fold(words) in told for words in self.must) and held >= min(2, len(self.some))


_Make = Callable[[Library, SourceDocument], Iterator[Try]]


# --- to begin with ---------------------------------------------------------------------------------------------------


def starters(bot: Bot, n: int = 5) -> list[Starter]:
    """Up to ``n`` questions of different kinds and, where there are several, about different documents; each has been
    asked, is not refused and is answered from the place that it was made of. The same for the same documents. Takes
    a second or two: call it in the background and keep the result until the documents change."""
    headers, until = bot.headers(), perf_counter() + _SECONDS
    documents = _looked_at(bot, headers)
    # Each kind in turn; a definition is what few documents have, document data nearly all.
    turns: tuple[tuple[tuple[StarterKind, _Make], ...], ...] = (
        (("duty", _duties),),
        (("reverse_duty", _departments),),
        (("list", _lists),),
        (("figure", _figures),),
        (("definition", _definitions), ("data", _data)),
    )
    found: list[Starter] = []
    used: list[str] = []
    tried: set[str] = set()

    def first_answered(kind: StarterKind, make: _Make) -> bool:
        """Takes the first question of a kind that is answered well."""
        asks = 0
        for attempt in _in_turn(bot, documents, used, make):
            document = bot.document(attempt.doc_id).simplified
            question = named(document, attempt)
            if question in tried or (
                question == attempt.rest and len(headers) > 1 and not _distinct(bot, attempt, headers)
            ):
                continue
            if asks == _MOST_ASKS or perf_counter() > until:
                return False
            asks += 1
            tried.add(question)
            if attempt.answered_by(bot.ask(question), _alike(attempt.doc_id, headers)):
                found.append(Starter(kind, question))
                used.append(attempt.doc_id)
                return True
        return False

    more = True
    while more and len(found) < n:  # a second of a kind only after every kind has had its turn
        more = False
        for turn in turns:
            if len(found) < n:
                more |= any(first_answered(kind, make) for kind, make in turn)
    return found


def _looked_at(library: Library, headers: Mapping[str, Header]) -> list[str]:
    """A few documents of all: of those in force, half with duties, spread over the whole; official ones first."""
    old, with_duties = library.superseded(), library.documents_with_duties()
    ids = [doc_id for doc_id in headers if doc_id not in old] or list(headers)
    # Every k-th first, then the ones between: neighbours in a folder are often of one kind.
    step = max(1, len(ids) // _MOST_DOCUMENTS)
    spread = [doc_id for start in range(step) for doc_id in ids[start::step]]
    dutiful = [doc_id for doc_id in spread if doc_id in with_duties][: _MOST_DOCUMENTS // 2]
    others = [doc_id for doc_id in spread if doc_id not in dutiful][: _MOST_DOCUMENTS - len(dutiful)]
    return sorted([*dutiful, *others], key=lambda d: headers[d].authority in _SECOND_HAND)


#: Reports, papers and what others write of a document come after documents; what is unknown is mostly a document.
_SECOND_HAND = {AUTHORITY[kind] for kind in ("interpretation", "report", "paper", "encyclopedia")}


def _in_turn(library: Library, documents: Sequence[str], used: Sequence[str], make: _Make) -> Iterator[Try]:
    """The best question of each document, of the documents not yet used first; then the second best of each."""
    waiting = [make(library, library.document(d).simplified) for d in sorted(documents, key=used.count)]
    while waiting:
        left = []
        for tries in waiting:
            attempt = next(tries, None)
            if attempt is not None:
                yield attempt
                left.append(tries)
        waiting = left


def _alike(doc_id: str, headers: Mapping[str, Header]) -> set[str]:
    """The document and the others of its number: an excerpt and the whole."""
    number = headers[doc_id].number
    return {doc_id} | {d for d, header in headers.items() if number and header.number == number}


# --- how things are called -------------------------------------------------------------------------------------------

_HAN = re.compile(r"[\u4e00-\u9fff]")
_ISSUES = re.compile(r"关于(?:印发|公布|发布|转发|批转)(?P<name>.+?)的(?:通知|公告|函|决定)$")
_TITLE_LENGTHS = range(4, 33)
_DISTINCT = 6  #: characters of a name that is understood without its document, where no other holds it


def named(document: SourceDocument, attempt: Try) -> str:
    """The question with the document, where it has a short name."""
    name = short_title(document.header)
    return f"《{name}》{attempt.joint}{attempt.rest}" if name else attempt.rest


def _distinct(library: Library, attempt: Try, headers: Mapping[str, Header]) -> bool:
    """Whether what a question names stands in its document alone."""
    if len(attempt.name) < _DISTINCT:
        return False
    return set(library.index.holders(fold(attempt.name))) <= _alike(attempt.doc_id, headers)


def short_title(header: Header) -> str | None:
    """A piece of the title by which people call a document: without who issues it, that it is issued, and a bracket at
    the end; None where there is none of fair length."""
    title = header.title
    inner, issued = re.findall(r"《([^《》]{4,})》", title), _ISSUES.search(title)
    name = str(inner[-1] if inner and issued else issued["name"] if issued else title).strip()
    bare = re.sub(r"[（(][^（()）]*[）)]$", "", name).strip()
    name = bare if len(bare) >= 6 else name  # 互联网+ alone would name half of the others too
    if not issued and len(name) > len(_TITLE_LENGTHS) // 2 and name.find("关于") > 0:
        name = name[name.find("关于") :]
    return name if len(name) in _TITLE_LENGTHS and _HAN.search(name) and "《" not in name else None


_NUMBERED = re.compile(
    r"^(?:(?:任务|行动|工程|项目|措施|专栏)(?:[一二三四五六七八九十]{1,3}|\d{1,2})[.．、:：]?|(?:[一二三四五六七八九十]{1,3}|\d{1,2})[.．、:：])\s*"
)


def called(name: str) -> str | None:
    """A task or heading as a question may call it; None for what is no name: too long, a sentence, cut off."""
    name = _NUMBERED.sub("", " ".join(name.split())).strip("。；;，,：: ")
    if (
        not 4 <= len(name) <= 24
        or not _HAN.search(name)
        or re.search(r"[。；;！!？?：:|《》，,]|^[（(、]|[（(、]$", name)
    ):
        return None
    if any(name.count(a) != name.count(b) for a, b in ("“”", "（）", "()")):
        return None
    return name


def apart(name: str) -> str:
    """A name set apart in quotes, unless it holds quotes itself."""
    return name if "“" in name else f"“{name}”"


def _is_title(name: str, document: SourceDocument) -> bool:
    return fold(name) in fold(document.header.title)


# --- kinds of questions ----------------------------------------------------------------------------------------------


def told_tasks(library: Library, document: SourceDocument) -> list[tuple[str, Task]]:
    """The tasks of a document whose lead is told and that a question can name."""
    tasks = [Task(document, duty) for duty in library.duties_of(document.doc_id) if duty.leads]
    pairs = [(called(task.name), task) for task in tasks if task.duty.form != "member"]
    names = [name for name, _ in pairs]
    return [(name, task) for name, task in pairs if name and names.count(name) == 1 and not _is_title(name, document)]


def _duties(library: Library, document: SourceDocument) -> Iterator[Try]:
    """Who leads a task; first those with several participants."""
    for name, task in sorted(told_tasks(library, document), key=lambda t: -min(3, len(t[1].duty.departments))):
        yield Try(document.doc_id, name, f"{apart(name)}由谁牵头？", must=task.duty.leads[:1])


def _departments(library: Library, document: SourceDocument) -> Iterator[Try]:
    """What a department leads, of those that lead more than one task and not nearly all."""
    tasks = told_tasks(library, document)
    names = list(dict.fromkeys(lead for _, task in tasks for lead in task.duty.leads))
    led = {d: [name for name, task in tasks if task.led_by(d)] for d in names}
    for department in sorted(names, key=lambda d: abs(len(led[d]) - 3)):
        if 2 <= len(led[department]) <= 8 and 3 <= len(department) <= 14:
            yield _led(document, department, led[department])


def _led(document: SourceDocument, department: str, names: Sequence[str]) -> Try:
    # A department has tasks in other documents too: the question has to name this one.
    return Try(document.doc_id, "", f"{department}牵头哪些工作？", must=(department,), some=tuple(names))


#: Headings that say what stands below them; the others are asked for their points.
_SAYS_WHAT = re.compile(
    r"(?:任务|目标|原则|措施|条件|材料|要求|内容|范围|重点|举措|方式|流程|程序|标准|情形|职责|对象|行动|工程|项目|安排|路径|步骤|类型|类别|权利|义务"
    r"|行为|问题|做法|建议|领域|渠道|环节|方法|途径|趋势|特点|特征|优势|指标|因素)$"
)
#: A heading that says what to do is no name of things: 强化扶持政策.
_DOES = re.compile(
    r"^(?:强化|加强|完善|建立|健全|推进|推动|落实|优化|提升|提高|深化|加快|促进|规范|严格|实施|开展|做好|明确|创新|扩大|加大|培育|支持|保障|构建|打造|发展|统筹"
    r"|压实|夯实|抓好|突出|坚持|改进|细化|突破)"
)
_DULL = re.compile(r"总体要求|总则|附则|附件|附表|落款|前言|序言|目录|参考文献|组织实施|名单$|致谢|有关事项|其他事项")


def _lists(_library: Library, document: SourceDocument) -> Iterator[Try]:
    """What stands below a heading."""
    for name, _, items in listings(document):
        yield listing(document, name, items)


def listing(document: SourceDocument, name: str, items: Sequence[str]) -> Try:
    plain = _SAYS_WHAT.search(name) and not _DOES.match(name)
    rest = f"{name}有哪些？" if plain else f"{apart(name)}包括哪几项？"
    return Try(document.doc_id, name, rest, some=tuple(items))


def listings(document: SourceDocument) -> list[tuple[str, Section, list[str]]]:
    """(name, section, headings below it) of sections with a fair number of parts, all of them headed; those whose
    heading says what it lists first."""
    below: dict[int, list[Section]] = {}
    for section in document.sections:
        if section.parent is not None and (section.title or section.label):
            below.setdefault(section.parent, []).append(section)
    found = []
    for index, parts in below.items():
        section, items = document.sections[index], [part.title.strip("。；;，, ") for part in parts]
        name = called(section.title)
        if section.kind != "body" or name is None or _DULL.search(name) or _is_title(name, document):
            continue
        if 3 <= len(items) <= 12 and all(3 <= len(item) <= 30 for item in items):
            found.append((name, section, items))
    return sorted(found, key=lambda f: (not _SAYS_WHAT.search(f[0]), f[1].level > 1, abs(len(f[2]) - 5)))


#: What is measured, as the last words of an indicator.
_MEASURED = re.compile(
    r"(?:率|[^不无多少]数|量|额|总?值|规模|面积|比重|比例|占比|人口|收入|支出|投资|资金|水平|金额|补贴|补助|标准|里程|能力|人次|寿命|覆盖面|造价|费用|价格|产能|密度"
    r"|床位|经费|指数|余额|成本|房租|时长|期限|增速|年限)$"
)
_NO_INDICATOR = re.compile(
    r"[，,。；;、（）()“”《》|×]|^(?:其中|以及|并|和|与|的|超过|达到|约|或|每|起|按|由|将|对|为|向|在|到|使|内|后|前|以|之|制|修订|建成|新建|引进|完成|实现|安排|投入|培训|组织|共|总目标)"
    r"|了|^\d"
)
_TIME_UNITS = re.compile(r"^(?:年|岁|个?月|天|日|周|小时|分钟|时|届|期|条|款)$")


def _figures(library: Library, document: SourceDocument) -> Iterator[Try]:
    """How much something is in a year: goals first, then what was reached."""
    for figure in sorted(told_figures(library, document), key=lambda f: f.kind != "goal"):
        yield how_much(document, figure)


def told_figures(library: Library, document: SourceDocument) -> list[Figure]:
    """The figures of a document whose subject and indicator read as a name of something measured, of a year that text
    or title tells, one for each thing and year."""
    rows = [
        f
        for f in library.figures_of(document.doc_id)
        if f.kind in ("goal", "level", "share")
        and f.unit
        and not _TIME_UNITS.match(f.unit)
        and re.fullmatch(r"\d[\d.,]*", f.value)
        and re.fullmatch(r"(?:19|20)\d\d", f.time)
        and (f.time in document.text[slice(*f.sentence)] or f.time in document.header.title)
        and 4 <= len(f.subject + f.indicator) <= 22
        and _MEASURED.search(f.indicator)
        and f.indicator in document.text[slice(*f.sentence)]
        and not _NO_INDICATOR.search(f.indicator)
        and not _DOES.match(f.indicator)
        and _begins(document.text[slice(*f.sentence)], f)
        and not (f.subject and _NO_INDICATOR.search(f.subject))
    ]
    asked = [(f.subject, f.indicator, f.time) for f in rows]
    return [f for f in rows if asked.count((f.subject, f.indicator, f.time)) == 1]


def _begins(sentence: str, figure: Figure) -> bool:
    """Whether nothing that belongs to the name stands before it: 7日内 before 随访率."""
    before = sentence[: sentence.find(figure.indicator)].rstrip().removesuffix(figure.subject)
    return not re.search(r"[^\W_年末底度期月]$", before)


def how_much(document: SourceDocument, figure: Figure) -> Try:
    name = figure.subject + figure.indicator
    written = (document.header.written or document.header.published or "")[:4]
    reached = re.search("截至|截止", document.text[slice(*figure.sentence)])
    ahead = figure.kind == "goal" and not reached and figure.time >= written
    rest = f"到{figure.time}年{name}的目标是多少？" if ahead else f"{figure.time}年{name}是多少？"
    return Try(document.doc_id, figure.indicator, rest, must=(figure.value,))


DEFINES = re.compile(
    r"(?:(?<=[\n。])|^)(?:第[一二三四五六七八九十百千零]+条[ \u3000]*)?(?:本[\u4e00-\u9fff]{1,5}所称的?)?"
    r"[“\"]?(?P<name>[\u4e00-\u9fffA-Za-z·+]{2,14})[”\"]?[，,]?是指"
    r"|(?P<quoted>“[^“”]{2,12}”)是(?=[把将指])"
)
NO_TERM = re.compile(r"^(?:本|该|其|上述|前款|所称|以上|主要|一般|这|通常)")


def _definitions(_library: Library, document: SourceDocument) -> Iterator[Try]:
    """What a term is, where the document says what it means."""
    for match in DEFINES.finditer(document.text):
        name = (match["name"] or match["quoted"]).strip("“”")
        if not NO_TERM.match(name):
            yield Try(document.doc_id, name, f"“{name}”是指什么？", must=(name,))


_WHEN = "成文|落款|印发|发布|日期|日子|何时|什么时候|哪天"


def _data(library: Library, document: SourceDocument, asked: str = "") -> Iterator[Try]:
    """When a document takes effect, what it replaces, its date, number and issuer, as far as it tells, and a question
    ``asked`` does not."""
    header = document.header
    if short_title(header) is None:
        return
    in_force = header.effective and re.search("施行|实施|生效|执行", document.text)
    replaces = any(r.kind == "replaces" for r in library.relations_in(document.doc_id))
    of_a_day = len(header.published or "") == len("2024-03-05")  # of a book the year alone is told
    for told, about, rest in (
        (in_force, "施行|实施|生效", "从什么时候起施行？"),
        (replaces, "废止", "废止了哪些文件？"),
        (header.written, _WHEN, "的成文日期是哪天？"),
        (of_a_day and not header.written, _WHEN, "是什么时候发布的？"),
        (header.number, "文号|字号", "的文号是什么？"),
        (header.issuer and header.authority not in _SECOND_HAND, "机关|单位|部门|谁", "是哪个机关发的？"),
    ):
        if told and not re.search(about, asked):
            yield Try(document.doc_id, "", rest, joint="")


# --- after an answer -------------------------------------------------------------------------------------------------

_ABOUT_DUTY = re.compile("牵头|负责|部门|单位|谁|责任|参与|分工")
_ABOUT_LIST = re.compile("有哪些|哪几|包括|几[项条个]|列出")
MOST_FOLLOW_UPS = 3


def follow_ups(library: Library, answer: Answer, history: Sequence[tuple[str, str]] = ()) -> list[str]:
    """Up to three questions that lead on from an answer and that the documents answer, made from their facts; each is
    understood without the conversation, and none was asked in ``history`` or is the answer's own. Of different kinds as
    far as there are three. Milliseconds. After a refusal: about the nearest clauses."""
    return [question for question, _ in _following(library, answer, history)]


def _following(library: Library, answer: Answer, history: Sequence[tuple[str, str]]) -> list[tuple[str, Try]]:
    """The questions with what a right answer to them tells."""
    asked = {fold(q) for q in (*(q for q, _ in history), answer.question, answer.standalone_question)}
    chosen: dict[str, Try] = {}
    spare: dict[str, Try] = {}  # of a kind that is there already
    kinds: set[str] = set()
    for citation in _places(answer):
        try:
            document = library.document(citation.doc_id).simplified
        except KeyError:  # removed since the answer was given
            continue
        headers = library.headers()
        for kind, attempt in _leads_on(library, document, citation, answer):
            if len(chosen) == MOST_FOLLOW_UPS:
                return list(chosen.items())
            if kind in kinds and len(spare) == MOST_FOLLOW_UPS:
                continue  # more of a kind are never shown
            question = attempt.rest if _distinct(library, attempt, headers) else named(document, attempt)
            if fold(question) in asked:
                continue
            (spare if kind in kinds else chosen).setdefault(question, attempt)
            kinds.add(kind)
    return [*chosen.items(), *((q, attempt) for q, attempt in spare.items() if q not in chosen)][:MOST_FOLLOW_UPS]


def _places(answer: Answer) -> Iterable[Citation]:
    """One citation of each section that is cited, or stands nearest, in order."""
    places: dict[tuple[str, tuple[str, ...]], Citation] = {}
    for citation in answer.citations or answer.nearest:
        places.setdefault((citation.doc_id, citation.section), citation)
    return places.values()


def _leads_on(
    library: Library, document: SourceDocument, citation: Citation, answer: Answer
) -> Iterator[tuple[str, Try]]:
    """(kind, question) that lead on from a cited place, the most telling first."""
    question = answer.question + answer.standalone_question
    section = document.section_at(citation.start)
    duty = covering(document, library.duties_of(document.doc_id), citation.start)
    about_duty = bool(_ABOUT_DUTY.search(question))
    if duty is not None and duty.form != "member":
        task = Task(document, duty)
        name = called(task.name)
        if name is not None and not _is_title(name, document):
            if not about_duty:
                rest = f"{apart(name)}由谁{'牵头' if duty.leads else '负责'}？"
                yield "duty", Try(document.doc_id, name, rest, must=duty.leads[:1])
            elif duty.form == "note" and task.section.title:
                yield "content", _content(document, name)
        if about_duty:
            yield from _other_duties(library, document, task, question)
    yield from (("figure", attempt) for attempt in _other_figures(library, document, section, citation))
    if section is not None:
        yield from _around(document, section, question)
    for name, _, items in listings(document):
        if fold(name) not in fold(question):
            yield "list", listing(document, name, items)
    if not about_duty:
        yield from (("duty", attempt) for attempt in _duties(library, document))
    yield from (("data", attempt) for attempt in _data(library, document, question))
    if short_title(document.header):
        yield "document", Try(document.doc_id, "", "主要讲了什么？", joint="")
    yield from (("section", attempt) for attempt in _sections(document, citation, question))


def _content(document: SourceDocument, name: str) -> Try:
    plain = _SAYS_WHAT.search(name) and not _DOES.match(name)
    return Try(document.doc_id, name, f"{name}有哪些？" if plain else f"{apart(name)}的主要内容是什么？")


def _other_duties(library: Library, document: SourceDocument, task: Task, question: str) -> Iterator[tuple[str, Try]]:
    """What else the lead leads, and who leads the next task."""
    tasks = told_tasks(library, document)
    if not re.search("哪些|哪几|几项", question):
        for lead in task.duty.leads:
            led = [name for name, other in tasks if other.led_by(lead)]
            if len(led) > 1 and short_title(document.header):
                yield "department", _led(document, lead, led)
    for name, other in tasks:
        if other.duty.start > task.duty.start and fold(name) not in fold(question):
            yield "next duty", Try(document.doc_id, name, f"{apart(name)}由谁牵头？", must=other.duty.leads[:1])


def _other_figures(
    library: Library, document: SourceDocument, section: Section | None, citation: Citation
) -> Iterator[Try]:
    """Goals and figures of the section, then of the document, that the citation does not tell."""
    rows = [f for f in told_figures(library, document) if not citation.start <= f.start < citation.end]

    def far(figure: Figure) -> tuple[bool, bool, int]:
        outside = section is None or not section.start <= figure.start < section.end
        return outside, figure.kind != "goal", abs(figure.start - citation.start)

    for figure in sorted(rows, key=far):
        yield how_much(document, figure)


def _sections(document: SourceDocument, citation: Citation, question: str) -> Iterator[Try]:
    """What the sections of a document say, the nearest to a place first: those that one name alone calls."""
    body = [s for s in document.sections if s.kind == "body" and s.title != SIGNATURE]
    names = [called(section.title) for section in body]
    for section, name in sorted(zip(body, names, strict=True), key=lambda pair: abs(pair[0].start - citation.start)):
        text = document.text[section.heading[1] : section.end].strip() if section.heading else ""
        if name and text and names.count(name) == 1 and not _DULL.search(name) and fold(name) not in fold(question):
            yield _content(document, name)


def _around(document: SourceDocument, section: Section, question: str) -> Iterator[tuple[str, Try]]:
    """What stands beside and around a section."""
    held = fold(question)
    here = next((s for s in document.upwards(section) if called(s.title)), None)
    if here is None or here.title == SIGNATURE or here.kind != "body":
        return
    above = None if here.parent is None else document.sections[here.parent]
    for beside in document.children(above):
        name = called(beside.title)
        if beside.index > here.index and beside.kind == "body" and name and not _DULL.search(name):
            if fold(name) not in held:
                yield "next", _content(document, name)
            break
    if above is not None:
        for name, parent, items in listings(document):
            if parent.index == above.index and not (fold(name) in held and _ABOUT_LIST.search(question)):
                yield "list", listing(document, name, items)
