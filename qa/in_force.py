"""Whether a document is still in force: what the documents say of its end, and no guess where they say nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from corpus.document import SourceDocument
from corpus.header import find_numbers
from corpus.relations import Relation
from corpus.sentences import sentence_spans
from index.tokens import fold
from qa.editions import asks_before, bare_title
from qa.evidence import Candidate, Probe
from qa.extractive import Decline, Draft, Line, Span, after_label, closed, title_of
from qa.metadata_answers import Documents, document_meant, row_of
from qa.patterns import YEAR, tells_figure
from qa.question import Question
from qa.refusal import explain

_ENDS = r"(?:失效|作废|废止|过期|废掉|废了)"
_HOLDS = r"(?:有效|生效|管用|算数|作数|能用|在用|适用|(?:继续)?执行)"
_ASKS = re.compile(
    rf"(?:还|现在|目前|如今|现行|仍|是否|是不是|有没有|已经?)[^,，。?？]{{0,6}}(?:{_ENDS}|{_HOLDS})[了着的]?(?:吗|么|没有?|不|呢|$)"
    rf"|(?:{_ENDS}了?|有效|管用|算数)(?:吗|么|没有?|不)[?？]?$"
)
#: Questions for something else, and those about what was in force before.
_ASKS_ELSE = re.compile("哪|什么|何|谁|多久|多长|几|怎么|如何|为什么|[旧老]的?|原(?:来|先|有)|以前|之前")
#: The document, by nothing but its kind: 这个意见还有效吗.
_POINTS = re.compile(
    r"^(?:请问)?(?:这|那|本|该)[一]?(?:个|份|部|项|套)?(?:文件|政策|规定|意见|办法|通知|方案|细则|条例|规划|决定|公告|法)(?=[^\u4e00-\u9fff]|还|现|目|如|仍|是|有|已|失|废|到|管)"
)
_TELLS = re.compile(r"施行|实施|执行|生效|废止|失效|作废|有效期|试行期|继续有效|停止")


def says_nothing_of_force(core: str, text: str) -> bool:
    """Whether a folded question asks if the document that it points at is in force, and a sentence has no word of that.

    >>> says_nothing_of_force("这个办法还有效吗", "塔灯得到有效维护。"), says_nothing_of_force("这个办法还有效吗", "本办法试行期三年。")
    (True, False)
    """
    return bool(_POINTS.search(core) and _ASKS.search(core)) and _TELLS.search(text) is None


_LABELS = (
    "时效性",
    "有效性",
    "效力状态",
    "文件状态",
    "时效",
    "废止时间",
    "废止日期",
    "失效时间",
    "失效日期",
    "有效期至",
)
#: What a document says of how long it holds, and of the day from which it does.
_TERM = re.compile(
    r"(?:本[^。；;，,\n]{1,8}|(?:施行|实施|执行|印发|发布|公布)[^。；;\n]{0,20})(?:有效期|试行期)[^。；;\n]*"
    r"|(?:(?<=[。；;\n])|(?<=[。；;\n][ \u3000]))(?:有效期|试行期)[^。；;\n]*"
)
_FROM = re.compile(r"[^。；;，,\n]*自[^。；;，,\n]{2,24}起[^。；;，,\n]{0,4}(?:施行|实施|执行|生效)")
#: What is repealed, with the rules of it that are told: 此前…每台480元等规定同时废止.
_REPEALED = re.compile(
    r"(?:(?:此前|以前|原)[^。；;\n]*?|[^，,。；;\n]*?)(?:废止|停止(?:执行|使用)|不再执行)[^，,。；;\n]*"
)
_OF_FORCE = re.compile(r"废止|作废|失效|有效|停止|执行")
_NAME = 6  #: characters of a title that nothing else is called by chance
_MEANT = 0.6  #: share of what a question says that the title of the document has to hold


def of_what_holds(question: Question, found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The sentences but those whose figures are all of a rule that they say is repealed, where what is asked is neither
    what was before nor what was repealed."""
    core = fold(question.core)
    if asks_before(core) or _OF_FORCE.search(core):
        return tuple(found)
    return tuple(c for c in found if not _only_repealed(c.text, question.years))


#: 此前标准为每月50元, 原通知规定的收费标准为…, and nothing of what took its place.
_HELD_BEFORE = re.compile(
    r"(?:此前|以前|原(?:先|来|通知|办法|规定|标准|政策|文件)|(?:调整|修订|提高)前)(?![款年])[^，,。；;]{0,16}(?:标准|规定)[^。；;]*\d"
)
_NOW = re.compile("[调提改变降][整高为低][到至为]|现(?:为|行|在)|改为|本(?:通知|办法|细则)")


def held_before(text: str) -> bool:
    """Whether a sentence says of what it tells that it held before.

    >>> held_before("此前补贴标准为每月50元。"), held_before("此前标准为50元，现调整为60元。")
    (True, False)
    """
    return _HELD_BEFORE.match(text) is not None and _NOW.search(text) is None


def _only_repealed(text: str, years: Sequence[str]) -> bool:
    if held_before(text) and not any(year in text for year in years):
        return True
    repealed = "".join(_REPEALED.findall(text)) if "废止" in text or "执行" in text else ""
    figures = tells_figure(fold(repealed)) and not any(year in repealed for year in years)
    return figures and not tells_figure(fold(_REPEALED.sub("", text)))


def answer_in_force(
    probe: Probe,
    found: Sequence[Candidate],
    library: Documents,
    doc_ids: Sequence[str],
    editions: Collection[str],
    superseded: Mapping[str, str],
    repeals: Callable[[], Sequence[Relation]],
) -> Draft | Decline | None:
    """What the documents say of the end of a document of which a question asks whether it is in force: its own table,
    the sentence of another one that repeals it, its term; else a refusal, with the day from which it holds as what
    comes nearest. None for other questions. ``editions``: documents that may be told beside
    those, other versions of them; ``superseded``: doc_id of an old document to the one in force;
    ``repeals``: gives what documents say that they repeal."""
    core = fold(probe.question.core)
    if not found or not _ASKS.search(core) or _ASKS_ELSE.search(core):
        return None
    told = _told_repealed(probe.question.standalone, repeals(), library)
    if told is not None:
        return Draft((told,), method="in_force")
    document = document_meant(probe, found, library, doc_ids, sure=bool(probe.named), everywhere=False, enough=_MEANT)
    if document is None and _POINTS.search(core):  # at one of several documents: nothing of their text says it
        return Decline("not_in_corpus", explain("not_in_corpus", "时效性"), ())
    if document is None:
        return None
    row = row_of(document, _LABELS)
    if row is not None:
        return Draft((Line(closed(row[0]), (row[1],)),), method="in_force")
    lines = list(_repealing(document, library, superseded, {*doc_ids, *editions}))
    if lines:
        return Draft(tuple(lines), method="in_force")
    term, begin = list(_said(document, _TERM)), list(_said(document, _FROM))
    spans = [(document.doc_id, a, b) for a, b in dict.fromkeys((*begin, *term))]
    if not term:  # from when it holds says nothing of how long
        return Decline("not_in_corpus", explain("not_in_corpus", f"{title_of(document)}的时效性"), tuple(spans))
    lines = [Line(closed(document.text[a:b]), ((doc_id, a, b),)) for doc_id, a, b in spans]
    note = f"所给文件里没有写明{title_of(document)}已经废止或失效；是否仍然有效，请再查发文机关的公布。"
    return Draft(tuple(lines), method="in_force", notes=(note,))


def _told_repealed(question: str, repeals: Sequence[Relation], library: Documents) -> Line | None:
    """The sentence that repeals what a question names by its number, by a title that no document at hand bears, or by its
    title and year."""
    folded, titles = fold(question), {bare_title(h.title): h for h in library.headers().values()}
    numbers = {number for _, _, number in find_numbers(question)}
    years = set(YEAR.findall(folded))
    for relation in repeals:
        name = bare_title(relation.title)
        named = len(name) >= _NAME and fold(name) in folded
        if not named and relation.number not in numbers:
            continue
        said = library.document(relation.doc_id).simplified.text[slice(*relation.sentence)]
        held = titles.get(name)
        dated = years & set(YEAR.findall(said[: max(0, relation.end - relation.sentence[0])] + (relation.number or "")))
        own_year = held is not None and any(y in f"{held.number} {held.written} {held.published}" for y in years)
        if relation.number in numbers or held is None or (dated and not own_year):
            return Line(closed(said.strip()), ((relation.doc_id, *relation.sentence),))
    return None


def _repealing(
    document: SourceDocument, library: Documents, superseded: Mapping[str, str], doc_ids: Collection[str]
) -> Iterator[Line]:
    """The sentence by which a later document repeals this one, else that there is a later one of its name."""
    newer = superseded.get(document.doc_id)
    if newer is None or newer not in doc_ids:
        return
    header = document.header
    own: list[Relation] = [
        r
        for r in library.relations_in(newer)
        if r.kind == "replaces" and ((r.number and r.number == header.number) or (r.title and r.title in header.title))
    ]
    later = library.document(newer).simplified
    for relation in own[:1]:
        a, b = relation.sentence
        yield Line(f"{title_of(later)}：{closed(later.text[a:b].strip())}", ((newer, a, b),))
    if not own:
        at = later.text.find(later.header.title)
        span: Span = (newer, max(at, 0), max(at, 0) + len(later.header.title))
        if at >= 0:
            yield Line(f"另有较新的{title_of(later)}。", (span,))


def _said(document: SourceDocument, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The last sentence that holds the pattern, as what a document says of itself stands at its end; where it repeals
    others, too, the clause alone."""
    text = document.text
    found = list(pattern.finditer(text))
    if not found:
        return
    begin, end = found[-1].span()
    for a, b in sentence_spans(text):
        if a <= begin < b and not re.search(_ENDS, text[a:b]):
            begin, end = a, b
    begin = after_label(document, begin)
    yield begin + len(text[begin:end]) - len(text[begin:end].lstrip()), begin + len(text[begin:end].rstrip())
