"""What a term means: the sentences by which documents define the terms that a question asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.document import SourceDocument
from corpus.sentences import line_span, sentence_spans
from index.tokens import fold
from qa.evidence import Candidate, Probe
from qa.extractive import Draft, Line, after_label, closed

_MARKS = '“”"「」『』'
#: Questions for what a term means.
_ASKS_MEANING = re.compile(
    r"(?:什么|啥)(?:叫|是)(?!.{0,6}(?:时候|人|部门|单位))|何谓|何为|(?:是|到底|究竟)?(?:指|说)的?(?:是)?(?:个)?(?:什么|啥|谁|哪)"
    r"|是(?:一?个|一种)?(?:什么|啥)(?:东西|概念|玩意儿?)?(?=[?？,，]|$)|(?:什么|啥|哪个|几个)意思|(?:什么|啥)的(?:缩写|简称)|缩写(?:是|指|代表)|代表(?:什么|啥)意?思?$|含义|定义|怎么(?:理解|定义|界定|解释)|如何(?:理解|定义|界定|解释)|怎么个?算法|咋算的?$"
)
#: ... or for what each of some quoted terms takes in.
_ASKS_SCOPE = re.compile(r"(?:包括|包含|涵盖|算|指)(?:了|的是|的|些|上)*(?:什么|哪|啥|谁)")
#: ... or in what two terms differ: each is told by its definition.
_ASKS_DIFFERENCE = re.compile(
    r"(?:有|是)?(?:什么|啥|何|哪些?)(?:区别|不同|不一样|差别|差异)(?:在哪里?)?[?？]?$|(?:区别|差别|不同)(?:是什么|在哪里?)[?？]?$|怎么(?:区分|区别)[?？]?$"
)
#: The beginning of a clause that defines a term: 本办法所称尾数，是指…; （二）尾数：指…; “尾数”包括….
_DEFINES = re.compile(
    rf"(?:^|[。；;：:\n]|所称的?|所说的?|其中[，,]|以及|规定的?|的(?=[{_MARKS}]))\s*(?:[（(]?[一二三四五六七八九十\d]{{1,3}}[)）.．、]\s*)?"
    rf"(?P<term>[{_MARKS}]?[^，。；;：:\n{_MARKS}]{{1,24}}[{_MARKS}]?)"
    rf"(?P<verb>[，,：:]?(?:是指|系指|指的是)|[，,：:]指(?![导示定标挥派数])|[，,]即|(?<=[{_MARKS}])包括|[，,]包括)"
)
#: What a term may be taken to begin with: 本办法所称尾数.
_LEAD = re.compile(r"^.*(?:所称的?|所说的?|规定的|其中)")
#: Another name that a definition gives: …，也称尾数。 and a short one: 尾数核对（以下简称核对）.
_ALSO = re.compile(
    rf"[，,（(](?:也|又|亦)(?:被)?称(?:为|作)?[{_MARKS}]?([^，。；;：:（）()\n{_MARKS}]{{2,16}})[{_MARKS}]?(?=[，。；;）)])"
)
_SHORT = re.compile(
    rf"[（(](?:以下|下)?(?:统|合|并|简)+称为?[{_MARKS}《]?([^（）()\n{_MARKS}《》]{{2,16}})[{_MARKS}》]?[）)]"
)
#: A rule that says which of several is what: 列第一位者为牵头部门.
_BY_RULE = re.compile(
    rf"(?<=[，,（(；;。\n])(?P<rule>[^，,。；;：:（）()\n]{{2,24}}(?:者|的))[，,]?(?:即?为|就是)[{_MARKS}]?(?P<term>[^，,。；;：:（）()\n{_MARKS}]{{2,16}})[{_MARKS}]?"
    r"(?=[，,。；;）)])"
)
_ASKS_SHORT = re.compile(r"指|意思|全称|全名|简称|缩写|代表")
#: A name for short in Latin letters behind the full one, or before it: 渔业管理系统(Fishery Management System，FMS), FMS（渔业管理系统）.
_LATIN_SHORT = re.compile(
    r"(?<=[\u4e00-\u9fff”])[（(](?:[A-Za-z][A-Za-z&' -]+[,，;；:：]\s*)?(?P<behind>[A-Za-z][A-Za-z0-9+.-]{1,11})[)）]"
    r"|(?<![A-Za-z0-9])(?P<before>[A-Z][A-Za-z0-9+.-]{1,11})[（(](?=[\u4e00-\u9fff]{3,}[）)])"
)
#: What stands before the term in a question, and behind it.
_BEFORE = re.compile(
    rf"(?:^|[{_MARKS}《，,。？?：:；;]|[的里中说称叫是谓为和与及跟、]|什么|啥|理解|解释|定义|界定|所谓|请问|问下|一下|那)$"
)
_BEHIND = re.compile(
    rf"^(?:[{_MARKS}》，,？?。]|$|和|与|及|跟|、|的?(?:到底|究竟|具体|都|各|分别|含义|定义|意思)|这个?(?:词|概念|说法|东西)?|[是指算叫说]|包括|包含|怎么|如何|咋|什么|啥|有)"
)


@dataclass(frozen=True)
class _Defined:
    """A term and the sentence of a document that says what it means."""

    term: str  #: folded, without quotation marks
    start: int
    end: int


def answer_definition(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """The definition of the very term that is asked for, alone; of each where several are. None where it is no question
    for a meaning, and where no document found defines one of the terms."""
    core = fold(probe.question.core)
    terms = tuple(fold(quoted) for quoted in probe.question.quoted)
    named = bool(terms or "《" in core) and bool(re.search("全名|全称", core))
    differ = _ASKS_DIFFERENCE.search(core)
    asks = named or differ or _ASKS_MEANING.search(core) or (len(terms) > 1 and _ASKS_SCOPE.search(core))
    if not asks or ("whether" in probe.question.kinds and not differ):
        return None
    documents = dict.fromkeys(c.document for c in found if not probe.hinted or c.document.doc_id in probe.hinted)
    best: list[tuple[SourceDocument, _Defined]] = []
    for document in documents:
        told = _asked_for(core, list(_defined(document)))
        if len(told) > len(best):
            best = [(document, definition) for definition in told]
    if not best and _ASKS_SHORT.search(core):
        short = ((document, _asked_for(core, list(_shortened(document)))[:1]) for document in documents)
        best = next(([(document, d) for d in told] for document, told in short if told), [])
    if not best and terms:
        ruled = ((document, _asked_for(core, list(_by_rule(document)))[:1]) for document in documents)
        best = next(([(document, d) for d in told] for document, told in ruled if told), [])
    told_terms = {definition.term for _, definition in best}
    if differ and not _ASKS_MEANING.search(core) and len(told_terms) < 2:
        return None
    if not best or any(term not in told_terms for term in terms if len(terms) > 1):
        return None
    spans = dict.fromkeys((document, d.start, d.end) for document, d in best)
    lines = tuple(Line(closed(document.text[a:b]), ((document.doc_id, a, b),)) for document, a, b in spans)
    return Draft(lines, method="definition")


def _asked_for(core: str, defined: Sequence[_Defined]) -> list[_Defined]:
    """The definitions of the terms that a question asks for, in its order. The longer term goes before one inside it:
    whoever asks for 甲库 does not ask for 甲."""
    left, chosen = core, list[tuple[int, _Defined]]()
    for definition in sorted(defined, key=lambda d: -len(d.term)):
        # 运行、管理单位 is asked for as 运行管理单位 too.
        term = next((t for t in (definition.term, definition.term.replace("、", "")) if t in left), "")
        at = left.find(term)
        end = at + len(term)
        if term and _BEFORE.search(left[:at]) and _BEHIND.match(left[end:]):
            chosen.append((at, definition))
            left = left[:at] + "，" * len(term) + left[end:]
    return [definition for _, definition in sorted(chosen, key=lambda pair: pair[0])]


def _defined(document: SourceDocument) -> Iterator[_Defined]:
    """The terms that a document defines, each with its sentence, or its own clause where a sentence defines several."""
    for match in _DEFINES.finditer(document.text):
        term = _LEAD.sub("", match["term"].strip()).strip(_MARKS)
        span = _sentence_at(document, match.start("verb"))
        yield from (_Defined(fold(name), *span) for name in (term, *_ALSO.findall(document.text[slice(*span)])) if name)


def _shortened(document: SourceDocument) -> Iterator[_Defined]:
    """The short names that a document gives, each with the sentence that has it behind the full one."""
    for match in _SHORT.finditer(document.text):
        yield _Defined(fold(match[1]), *_sentence_at(document, match.start()))
    for match in _LATIN_SHORT.finditer(document.text):
        yield _Defined(fold(match["behind"] or match["before"]), *_sentence_at(document, match.start()))


def _by_rule(document: SourceDocument) -> Iterator[_Defined]:
    """The terms that a rule says the meaning of, each with its clause."""
    for match in _BY_RULE.finditer(document.text):
        yield _Defined(fold(match["term"]), *match.span())


def _sentence_at(document: SourceDocument, at: int) -> tuple[int, int]:
    """The sentence that holds a place, without the number of its article or item."""
    text = document.text
    spans = sentence_spans(text, *line_span(text, at))
    start, end = next(span for span in spans if span[0] <= at < span[1])
    start = after_label(document, start)
    item = re.match(r"[（(]?[一二三四五六七八九十\d]{1,3}[)）.．、]\s*", text[start:end])
    return (start + item.end() if item else start), end
