"""What one body does, gathered from the sentences of a document that has no responsibility notes about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.document import SourceDocument
from corpus.labels import HAN_NUMERALS
from corpus.sentences import line_span, sentence_spans
from index.tokens import fold
from qa.evidence import Candidate, Probe, weight_held
from qa.extractive import MAX_CHARACTERS, Draft, Line, after_in_line, after_label, closed
from qa.question import ASKING_WORDS

#: Questions for all that a body does: 民政部门要做什么, 财政局有哪些职责.
_ASKS_ACTS = re.compile(
    r"(?:做|干|负责|承担|履行|管|担)(?:好|着|了|些)?(?:些)?(?:什么|啥|哪[些几])"
    r"|(?:哪些|什么|哪几[项条件个]|几[项条件])[^,，。?？]{0,6}?(?:任务|职责|责任|职能|分工|活儿?|工作(?!组|专班|小组|机制))"
    r"|(?:任务|职责|责任|职能|分工|工作)(?:都|各|分别)?(?:是|有|包括)?(?:什么|哪[些几])|管哪[些块几]|有(?:什么|啥)关系"
)
_ASKS_WHO = re.compile(r"谁|哪(?:[一几些]|几)?个?(?:部门|单位|机构)|由哪|归哪")
#: What the name of a body that acts ends in.
_ENDS = re.compile(
    r"部门|部(?![分位长队署])|委员会|委(?![托员派])|局(?!长|面|限)|署(?!名)|厅(?!长)|办公室|办事处|人民政府|政府(?!采购|投资|工作)|机关|法院|检察院|机构(?!编制)|单位|中心|协会|学会|联合会|残联|妇联|工会|共青团|学校|医院|公司|集团|银行|分行|企业|平台|委会|小组"
)
_MOST = 12  #: sentences that a body may act in; of one that acts in more no list is made
_TOPICAL = 0.5  #: share of what the best sentence holds of the topic that another has to hold


def answer_acts(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """All sentences of the document meant in which the body that a question names acts, counted where
    they are told whole; None where the question
    asks for anything else, and where one sentence is all and has been found."""
    core = probe.question.core
    best = next((c for c in found if c.tells), None)
    asks = _ASKS_ACTS.search(core)
    if best is None or asks is None or _ASKS_WHO.search(core) or len(probe.hinted) > 1:
        return None
    document = best.document
    office = _of_office(document, core[: asks.start()]) if probe.hinted <= {document.doc_id} else None
    if office is not None:
        return office
    bodies = _bodies(core[: asks.start()], document.text) if probe.hinted <= {document.doc_id} else []
    if not bodies:
        return None
    acts = _of_topic(probe, document, [*bodies, asks.group()], list(_acts(document, bodies)))
    if any(_AS_LIST.search(document.text[a:b]) for a, b in acts):
        return None  # 应当履行下列职责：… the list below it tells them
    if len(acts) == 1 and not (acts[0][0] < best.end and best.start < acts[0][1]):
        return Draft((Line(closed(document.text[slice(*acts[0])]), ((document.doc_id, *acts[0]),)),), method="duty")
    if not 2 <= len(acts) <= _MOST or sum(b - a for a, b in acts) > 3 * MAX_CHARACTERS:
        return None
    told = "；".join(document.text[a:b].strip().rstrip("。；;，,") for a, b in acts)
    spans = tuple((document.doc_id, a, b) for a, b in acts)
    names = _names(bodies)
    cut = any(_following(document.text, b, names, bodies) is not None for _, b in acts)
    counted = "" if cut else f"共{len(acts)}项"  # a count says that nothing is left out
    return Draft((Line(f"{'、'.join(bodies)}{counted}：{told}。", spans),), method="duty")


_OFFICE = re.compile("(?P<of>[\u4e00-\u9fff]{2,24}?)(?:的|下设的)?办公室(?:的|要|应当?|主要|具体|都|日常)*$")
#: 办公室设在甲局，负责…; 办公室负责….
_OFFICE_DOES = re.compile(r"办公室(?:设在[^，。；：]{2,40}[，,])?(?:主要|具体)*(?:负责|承担)[^。；\n]{2,}[。；]?")


_OFFICE_LIST = re.compile("办公室的?(?:主要|具体)*(?:职责|任务)")


def _of_office(document: SourceDocument, asked: str) -> Draft | None:
    """What the office of a board does, told in the paragraph that names the board: 评审委员会下设办公室，办公室设在甲中心，
    负责…. None where no such clause or more than one is found."""
    office, text = _OFFICE.search(asked), document.text
    if office is None or _OFFICE_LIST.search(text):
        return None  # a sentence or a list of its own tells it
    told = []
    for does in _OFFICE_DOES.finditer(text):
        begin, end = line_span(text, does.start())
        of = office["of"]
        board = next((of[i:] for i in range(len(of) - 2) if of[i:] in text[begin:end]), None)
        told += [(does.start(), does.end())] if board is not None else []
    if len(told) != 1:
        return None
    return Draft((Line(closed(text[slice(*told[0])]), ((document.doc_id, *told[0]),)),), method="duty")


_AS_LIST = re.compile(r"(?:下列|以下|如下)[^，。；：]{0,10}(?:职责|任务|义务|工作|事项)")


def _bodies(asked: str, text: str) -> list[str]:
    """The bodies that the last clause naming any does, as the text names them: 财政 and 审计部门 of 财政和审计部门."""
    for clause in reversed(re.split("[,，。;；]", asked)):
        found: list[str] = []
        for end in (m.end() for m in _ENDS.finditer(clause)):
            named = next(
                (clause[a:end] for a in range(max(0, end - 24), end - 1) if _occurs(clause[a:end], text)), None
            )
            if named is not None:
                beside = re.search(r"([\u4e00-\u9fff]{2,8})[、和与及跟]$", clause[: end - len(named)])
                found += [beside[1]] if beside and not found and f"{beside[1]}、" in text else []
                found.append(re.sub("^[由让请在各]", "", named))
        if found:
            return [b for b in found if not any(b != o and b in o for o in found)]
    return []


def _occurs(name: str, text: str) -> bool:
    """Whether a text names a body, of 市场监管部门 also as one of several: 民政、市场监管等部门."""
    return bool(_NAME.fullmatch(name)) and (
        name in text
        or bool(re.search(rf"{re.escape(_stem(name))}(?:、[^，。；：]{{2,40}})?等(?:有关|相关)?部门", text))
    )


def _stem(name: str) -> str:
    return name.removesuffix("部门") if len(name) > 3 else name


_NAME = re.compile(r"(?![在对将把给为从报按由])[\u4e00-\u9fff（）()“”·]{2,}")
_LEVEL = r"(?:各级|各地|各|当地|有关|相关|上级|基层|地方|国务院|全国|中央|(?:[省市县区乡设]+级)(?:以上|以下)?(?:地方)?(?:人民政府)?|[省市县区]人民政府)"
#: What a name holds: no 经海事局, which consents and does not act, but 经济 and 申请.
_OF_NAME = "(?:(?!会同|(?<!申)请|商(?![务业贸])|(?<!财)经(?![济贸信营开]))[^，。；：、的由在向对])"
#: What stands in its clause before a body that acts: nothing, 由, and others that act with it (甲局会同乙局).
#: Possessive: a name may hold 和 too, and there are too many ways to part a row of them.
_BEFORE = re.compile(
    rf"(?:^[\s\u3000]*(?:第[{HAN_NUMERALS}\d]+条|[（(]?[一二三四五六七八九十\d]{{1,3}}[)）.、．]|[一二三四五六七八九十]是)?[\s\u3000]*|由|并|其中)"
    rf"(?:(?![在向对将把给为从报按])(?:{_OF_NAME}{{2,20}}(?:、|和|与|及|以及)|{_OF_NAME}{{0,20}}?(?:{_ENDS.pattern}){_OF_NAME}{{0,4}}会同))*+{_LEVEL}*+$"
)
_BESIDE = re.compile(
    r"(?:[、和与及][^，。；：、的和与及]{2,12})*?(?:等(?:有关|相关)?)?(?:行政)?(?:主管)?(?:部门|单位|机构)"
    rf"(?:[、和与及][^，。；：、的和与及]{{2,14}}?(?:{_ENDS.pattern}))*|(?:[、和与及][^，。；：、的和与及]{{2,14}}?(?:{_ENDS.pattern}))*"
)
#: What makes what stands before it no body that acts: 民政部门的, 公安机关负责人.
_NO_ACT = re.compile(r"[的、，,。；;：:）)”》和与及长]|(?:主要)?负责人|(?:工作)?人员|领导|内部|所属|$")


_ARTICLE = re.compile(rf"(?:第[{HAN_NUMERALS}\d]+章[^第。]{{0,20}})?第[{HAN_NUMERALS}\d]+条[\s\u3000]*")


def _names(bodies: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(_stem(b)) for b in bodies))


def _acts(document: SourceDocument, bodies: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The spans of the sentences in which one of some bodies acts."""
    text = document.text
    names = _names(bodies)
    for start, end in sentence_spans(text):
        section = document.section_at(start)
        if section is None or section.kind != "body" or end <= section.heading[1] or "|" in text[start:end]:
            continue
        label = _ARTICLE.match(text, start, end)  # of a document without line breaks
        start = label.end() if label else max(start, after_label(document, start))
        named = [m for m in names.finditer(text, start, end) if _is_actor(text, start, m, bodies)]
        parts = list(_own_parts(text, start, end, named))
        yield from parts[:-1]
        for begin, stop in parts[-1:]:
            further = _following(text, stop, names, bodies)
            while further is not None and further - begin <= MAX_CHARACTERS:
                stop, further = further, _following(text, further, names, bodies)
            yield begin, stop


def _following(text: str, end: int, names: re.Pattern[str], bodies: Sequence[str]) -> int | None:
    """The end of the piece behind a semicolon that goes on without a body of its own: ；情节严重的，吊销许可证."""
    spans = after_in_line(text, end) if text[end - 1] in "；;" else []
    if not spans or _ITEM.match(text, *spans[0]):
        return None
    start, stop = spans[0]
    own = any(_is_actor(text, start, m, bodies) for m in names.finditer(text, start, stop))
    return None if own or any(_of_other(text, a, b) for a, b in _clauses(text, start, stop)) else stop


_ITEM = re.compile(
    r"[（(]?[一二三四五六七八九十\d]{1,3}(?:[)）.、．]|是|方面)|第[一二三四五六七八九十\d]{1,3}[，、项]|[①-⑳]"
)


#: A clause that begins with a body that acts in it.
_OTHER = re.compile(
    rf"[\s\u3000]*(?:由|请)?(?:(?!协助|配合|指导|督促|支持|会同|[应要须可将到向对为在把给])[\u4e00-\u9fff、（）()]){{0,16}}?(?:{_ENDS.pattern})"
    r"(?:[要应须可将予在按依对负组统制]|会同|配合|协助|承担|牵头)"
    r"|[\s\u3000]*(?:由|请)?(?!并|同时|[还也应要须可需不在对向将为按依共]|具体|主要|统一|全面|组织|协助|配合|直接|切实|分别|会同|指导|督促|支持)"
    r"[\u4e00-\u9fff]{2,8}?(?:负责|承担|牵头)"
)
#: One in which somebody else acts or has to: …由法院裁定, 申请人可以….
_OF_OTHER = re.compile(
    rf"[^，；]*由[^，；。的]{{1,20}}?(?:{_ENDS.pattern})|[^，；]*追究刑事责任"
    r"|[\s\u3000]*(?!依法|同时|必要|情节|[并也还])[^，。；的时]{2,10}(?:应当|不得|可以|必须|有权)"
)
#: One that does not stand without the next: 开展检查时, 逾期不改的, 登记后.
_DEPENDENT = re.compile(r"(?:(?<![小及随按同准临定即])时|(?<!目)的|(?<![先前落])后|(?<!目)前)[，,；;\s]*$")


_ITEMS = re.compile(r"[：:]\s*(?=[（(][一1][)）]|1[.．、]|$)")


def _clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    return [m.span() for m in _CLAUSE.finditer(text, start, end)]


_CLAUSE = re.compile("[^，,；;]+[，,；;]?")


def _of_other(text: str, start: int, end: int) -> bool:
    """Whether somebody else acts in a clause in which none of the bodies asked about does."""
    return bool(_OTHER.match(text, start, end) or _OF_OTHER.match(text, start, end))


def _own_parts(text: str, start: int, end: int, named: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """The clauses of a sentence in which a body acts, with those before and behind that have no other body: once for
    each time that it acts again after another."""
    clauses = _clauses(text, start, end)
    acting = [any(a <= m.start() < b for m in named) for a, b in clauses]
    told = 0
    for at in range(len(clauses)):
        if not acting[at] or at < told:
            continue
        first = last = at
        while first > told and text[clauses[first][0] - 1] in "，," and not _OTHER.match(text, *clauses[first - 1]):
            first -= 1
        while last + 1 < len(clauses) and (acting[last + 1] or not _of_other(text, *clauses[last + 1])):
            last += 1
        while not acting[last] and _DEPENDENT.search(text, *clauses[last]):
            last -= 1
        while last + 1 < len(clauses) and _DEPENDENT.search(text, *clauses[last]):
            last += 1  # the clause that it stands for, whoever acts in it
        told = last + 1
        announced = _ITEMS.search(text, *clauses[last])  # 由民政部门取消补贴：（一）…
        yield clauses[first][0], announced.start() if announced else clauses[last][1]


def _is_actor(text: str, start: int, named: re.Match[str], bodies: Sequence[str]) -> bool:
    """Whether a body named in a sentence is the one that acts in its clause."""
    clause = re.split("[，,。；;：:]", text[start : named.start()])[-1]
    if not _BEFORE.search(clause):
        return False
    beside = _BESIDE.match(text, named.end())
    # 市场监管 is a body only where 部门 follows, at the end of others.
    whole = named.group() in bodies and _ENDS.search(named.group())
    return bool(whole or (beside and beside.group())) and not _NO_ACT.match(
        text, beside.end() if beside else named.end()
    )


def _of_topic(
    probe: Probe, document: SourceDocument, asked: Sequence[str], acts: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Those that speak of what the question speaks of beyond the body and the title of the document; all where it names
    nothing more."""
    known = fold(document.header.title + "".join(asked))
    topic = {w: v for w, v in probe.words.items() if len(w) > 1 and w not in known and w not in ASKING_WORDS}

    def held(act: tuple[int, int]) -> float:
        section = document.section_at(act[0])
        return weight_held(topic, probe, fold((section.title if section else "") + document.text[slice(*act)]))

    values = [held(act) for act in acts]
    least = _TOPICAL * max(values, default=0.0)
    return [act for act, value in zip(acts, values, strict=True) if value >= least]
