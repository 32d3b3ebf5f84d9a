"""What a body does in a piece of work that a document is about (防汛工作中市商务局负责什么): by that document alone, which may
not list the body; what another document gives the body is no answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.document import Header, SourceDocument
from corpus.duties import Duty
from index.tokens import fold, known_word, segment
from prompts import wording
from qa.answer import REFUSAL
from qa.departments import named_in, own_name, predecessors, same_department, spellings, successors
from qa.duty_wording import ASKS_WHO
from qa.evidence import Candidate
from qa.extractive import Decline, title_of


@dataclass(frozen=True)
class Asked:
    """A body and the work in which a question asks what it does, as the question says them."""

    work: str
    body: str


_HAN = '[\u4e00-\u9fff“”"·+]'
_KINDS = "(?:预案|方案|意见|办法|条例|要点|通知|规定|细则|规划|计划|决定|措施|文件|分工表|清单)"
_IN = "(?:(?:方面|过程)?(?:中(?![小央心国东西医])|里面?|当中|之中|上)|方面)"
_BODY = (
    "(?P<body>(?:(?![和与及跟或各哪谁])[\u4e00-\u9fff]){1,14}?"
    "(?:[局厅委办院处社站]|部(?![门署分])|中心|部门|机构|机关|集团|公司|[总支]队))"
)
_DOES = (
    "(?:的|要|应该?|应当|需要?|都|主要|具体|承担|担负|有|是|[一总]共|有没有)*(?:什么|哪些|哪[几一]?[项条个]|几[项条个]|啥)*"
    "(?:职责|职能|任务|分工|责任|负责|管(?!理)|[做干]|牵头|参与|配合|工作|活)"
)
_WORK = rf"(?P<work>{_HAN}{{2,24}}?)"
_FORMS = tuple(
    map(
        re.compile,
        (
            rf"^在?{_WORK}(?:(?:{_KINDS}|工作|管理){_IN}?|{_IN}|[,，])[,，]?{_BODY}{_DOES}",
            rf"(?:^|[,，]){_BODY}在{_WORK}(?:(?:{_KINDS}|工作|管理){_IN}?|{_IN})[,，]?{_DOES}",
        ),
    )
)
#: Words of a question and a title that any work has.
_ANY_WORK = frozenset(
    "工作 管理 建设 发展 任务 方面 事项 有关 相关 推进 加强 关于 实施 文件 印发 服务 这个 这份 那份 本次".split()
)
_HALF = 0.5


def work_of_body(core: str) -> Asked | None:
    """The body and the work, where a question asks what the one does in the other.

    >>> work_of_body("防汛工作中市商务局负责什么？"), work_of_body("谁负责防汛？")
    (Asked(work='防汛', body='市商务局'), None)
    """
    folded = fold(core)
    if ASKS_WHO.search(folded):
        return None
    matches = (form.search(folded) for form in _FORMS)
    return next((Asked(m["work"], m["body"]) for m in matches if m is not None), None)


def answer_unlisted(
    core: str,
    found: Sequence[Candidate],
    headers_of_all: Callable[[], Mapping[str, Header]],
    document_of: Callable[[str], SourceDocument],
    duties_of: Callable[[str], Sequence[Duty]],
) -> Decline | None:
    """What is said where the documents about a work do not list the body that a question asks about; None where one does,
    or a sentence that was found speaks of both."""
    asked = work_of_body(core)
    if asked is None:
        return None
    headers = headers_of_all()
    meant = _documents_of(asked, headers, found, document_of)
    if not meant or any(lists_body(d, duties_of(d.doc_id), asked.body) for d in meant):
        return None
    _, telling = _places_and_work(asked, "\n".join(_own_title(header) for header in headers.values()))
    if any(_speaks_of_both(candidate, asked.body, telling) for candidate in found):
        return None
    titles = "".join(dict.fromkeys(map(title_of, meant[:_TITLES])))
    listed = [(duty.doc_id, duty.start, duty.end) for document in meant for duty in duties_of(document.doc_id)]
    nearest = listed or [c.span for c in found]
    return Decline(
        "not_in_corpus", REFUSAL + wording("refusal.unlisted", titles=titles, body=asked.body), tuple(nearest[:3])
    )


_TITLES = 3  #: documents that are named where none lists a body


def about(asked: Asked, headers: Mapping[str, Header]) -> frozenset[str]:
    """The documents whose title says most of the words for a work, at least half of them, and any place of it or the body."""
    titles = {doc_id: _own_title(header) for doc_id, header in headers.items()}
    places, telling = _places_and_work(asked, "\n".join(titles.values()))
    shares = {
        doc_id: sum(len(word) for word in telling if word in title) / sum(map(len, telling))
        for doc_id, title in titles.items()
        if telling and all(place in title for place in places)
    }
    most = max(shares.values(), default=0.0)
    return frozenset(doc_id for doc_id, share in shares.items() if share == most >= _HALF)


def _places_and_work(asked: Asked, titles: str) -> tuple[list[str], list[str]]:
    """The words for places and for the work, by the titles of the documents."""
    told, whose = map(_telling, (asked.work, asked.body))
    places = [word for word in (*told, *whose) if re.search(rf"{re.escape(word)}[省市县区州盟旗]", titles)]
    return places, [word for word in told if word not in places]


def _telling(text: str) -> list[str]:
    words = dict.fromkeys(segment(text))
    return [word for word in words if len(word) > 1 and known_word(word) and word not in _ANY_WORK]


def _own_title(header: Header) -> str:
    """A title without the names of the bodies that sent the document out, which may be words for a work too; the place
    where they are stays."""
    title = fold(header.title)
    for organ in re.split(r"[、\s]+", fold(header.issuer or "")):
        place = re.match("[\u4e00-\u9fff]{2,4}?[省市县区州盟旗]", organ)
        title = title.replace(organ, place.group() if place else "") if organ else title
    return title


def _documents_of(
    asked: Asked,
    headers: Mapping[str, Header],
    found: Sequence[Candidate],
    document_of: Callable[[str], SourceDocument],
) -> list[SourceDocument]:
    """The documents that are about the work: by their title, or by a heading where they were found for the question."""
    titled = about(asked, headers)
    headed = dict.fromkeys(
        c.document.doc_id for c in found if any(asked.work in fold(s.title) for s in c.document.sections)
    )
    return [document_of(doc_id) for doc_id in dict.fromkeys((*titled, *headed))] if titled else []


def lists_body(document: SourceDocument, duties: Iterable[Duty], body: str) -> bool:
    """Whether a document names a body, by any name and as any text writes it: 民政局, 民政部门, 民政、财政等部门."""
    known = {name for duty in duties for name in duty.departments}
    meant = named_in(body, known) or named_in(own_name(body)) or (body,)
    if any(same_department(name, one) for name in known for one in (body, *meant)):
        return True
    names = {
        body,
        own_name(body),
        *(s for one in meant for k in (one, *predecessors(one), *successors(one)) for s in spellings(k)),
    }
    return _are_named(names, _PASSED_ON.sub("", document.text))


#: Who else a document is sent to.
_PASSED_ON = re.compile(r"^[ \t\u3000]*(?:抄[送报]|主送)[^\n]*", re.MULTILINE)
_SORT = re.compile("(?:总局|委员会|办公室|部门|机构|机关|公司|企业|[局厅委部办署院社])$")


def _are_named(names: Collection[str], text: str) -> bool:
    """Whether a text names a body by one of its names, or by what stands before 局, 部门 or the next of a list, in short,
    too: 城管部门 of 城市管理部门."""
    stems = {stem for name in names if len(stem := _SORT.sub("", fold(name)).removeprefix("国家")) > 1}
    either = "|".join("[\u4e00-\u9fff]{0,2}?".join(map(re.escape, stem)) for stem in stems)
    ends = "(?:[\u4e00-\u9fff]{0,6}?(?:[局厅委办署院社队]|部(?!分|署)|机关|机构|公司|企业)|、)"
    return bool(stems and re.search(f"(?:{either}){ends}", fold(text).replace("人民政府", "")))


def _speaks_of_both(candidate: Candidate, body: str, work: Collection[str]) -> bool:
    """Whether a sentence found names the body, and says something of the work in its text or the headings above it."""
    around = fold(candidate.text + "\n" + "\n".join(candidate.document.path(candidate.section)))
    return _are_named({body, own_name(body)}, candidate.text) and any(word in around for word in work)
