"""Who was appointed to a post and who was removed from it, read from notices of appointments as rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.document import SourceDocument
from corpus.sentences import sentence_spans
from index.tokens import fold
from qa.abbreviations import in_order
from qa.evidence import Candidate, Probe
from qa.extractive import Draft, Line, Span, closed

_NAME = r"(?P<who>[\u4e00-\u9fff·]{2,12}?)(?:\s*[（(][^）)]{1,12}[）)])?"
_GAINS = re.compile(rf"(?:(?:决定)?任命)?{_NAME}(?:同志)?为(?P<post>[^，,；;。]{{3,40}})(?P<note>.*)")
_LOSES = re.compile(rf"(?:(?:决定)?免去)?{_NAME}(?:同志)?的(?P<post>[^，,；;。]{{3,40}}?)(?:的)?职务(?P<note>.*)")
_LOSES_TOO = re.compile(r"[，,](?:同时)?免去(?:其|[他她])的?(?P<post>[^，,；;。]{3,40}?)(?:的)?职务(?P<note>.*)")
_VERB = re.compile(r"(?:决定|任命|免去|同时)*(?P<verb>任命|免去)")
#: A line that only says what is done with the people below it: 省政府决定，任命：
_HEAD = re.compile(r"(?P<verb>任命|免去)(?:以下(?:同志|人员))?[:：]?$")
_POST = re.compile(
    r"(?P<office>.+(?:局|委员会|[委厅部署馆院所处站台社]|中心|大学|学院|学校|中学|办公室|参事室|集团|公司|政府|银行))"
    r"(?P<title>[\u4e00-\u9fff]{2,10})"
)


@dataclass(frozen=True)
class Appointment:
    """One post that a person is given or loses."""

    who: str
    office: str
    title: str
    gains: bool
    text: str
    spans: tuple[Span, ...]


@lru_cache(maxsize=64)
def appointments(document: SourceDocument) -> tuple[Appointment, ...]:
    """The appointments and removals that a document tells one by one, in order."""
    return tuple(_appointments(document))


def _appointments(document: SourceDocument) -> Iterator[Appointment]:
    text, doc_id = document.text, document.doc_id
    if "任命" not in text and "免去" not in text:
        return
    head: tuple[str, Span] | None = None
    for start, end in sentence_spans(text, 0, len(text)):
        sentence = text[start:end].strip()
        announced = _HEAD.search(sentence)
        if announced is not None:
            head = announced["verb"], (doc_id, start, end)
            continue
        own = _VERB.match(sentence)
        verb = own["verb"] if own is not None else head[0] if head is not None else ""
        found = (_GAINS if verb == "任命" else _LOSES).fullmatch(sentence) if verb else None
        if found is None:
            head = head if sentence[-1:] in "；;" else None
            continue
        bare = own is None and head is not None
        spans: tuple[Span, ...] = (head[1], (doc_id, start, end)) if bare and head else ((doc_id, start, end),)
        said = closed(f"{verb}{sentence}" if bare else sentence)
        yield _one(found["who"], found["post"], verb == "任命", said, spans)
        too = _LOSES_TOO.search(sentence) if verb == "任命" else None
        if too is not None:
            yield _one(found["who"], too["post"], False, said, spans)


def _one(who: str, post: str, gains: bool, said: str, spans: tuple[Span, ...]) -> Appointment:
    bare = re.sub(r"[（(][^）)]*[）)]", "", post)
    parts = _POST.fullmatch(fold(bare))
    office, title = (parts["office"], parts["title"]) if parts is not None else ("", fold(bare))
    return Appointment(fold(who), office, title, gains, said, spans)


#: The name of a notice, which is that of the first in it: 林渡舟等同志职务任免的通知.
_TITLE = re.compile(r"[\u4e00-\u9fff]{2,6}等(?:同志|人|\d+人)?(?:的)?(?:职务)?(?:任免|任职|免职)")
_ASKS = re.compile("谁|哪|什么|啥|几[个位名人]|多少|叫")
_ASKS_WHO = re.compile("谁|哪[些几两位]")
#: What no row tells: why, where somebody studied, and the document itself.
_ASKS_WHEN = re.compile("什么时候|何时|哪一?[天年月日]")
_ASKS_ELSE = re.compile(
    "为什么|为啥|为何|干嘛|凭什么|怎么会|原因|哪[里儿]人|民族|党员|学历|学位|博士|硕士|毕业|年龄|岁|多大|电话|出生|籍贯|文号|来源|文件|发文|通知是"
)
_ASKS_WHY = re.compile("为什么|为啥|为何|干嘛|凭什么|怎么会|原因")
#: What asks for who held a post before, who holds it now, and who follows a person in it.
_BEFORE = re.compile("原|以前|之前|过去|前任|老(?!师)|曾|走|免|卸|下来|退")
_NOW = re.compile("现|新|任命|换成|去了?哪|调|接|担任|改任|之后|以后|如今|当上")
_WENT = re.compile("去了?哪|到了?哪|调到?哪|(?:以后|之后|现在|如今|另).{0,8}(?:哪|什么|啥)")
_FOLLOWS = re.compile("接替|接任|接班|接了|接手|继任|顶替|补上")
_MARKS = (
    (re.compile("退休"), re.compile("退休")),
    (re.compile("试用"), re.compile("试用期")),
    (re.compile("另有任用"), re.compile("另有任用")),
    (re.compile("女(?:的|性|同志|干部)"), re.compile("[（(]女")),
)


def answer_appointments(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """The rows that a question asks for by a person, a post or what is marked in them (退休); None where a notice of
    appointments is not what was found, or does not tell all of it."""
    core = _TITLE.sub("", fold(probe.question.core))
    if not _ASKS.search(core) or _ASKS_ELSE.search(core) or (_ASKS_WHEN.search(core) and not _ASKS_WHO.search(core)):
        return None
    for first, rows in _notices(probe, found):
        named = any(row.who in core for row in rows)
        told = _of_person(core, rows) if named else _of_post(core, rows) or (_marked(core, rows) if first else [])
        if told:
            lines = {row.text: Line(row.text, row.spans) for row in told}
            return Draft(tuple(lines.values()), method="appointments")
    return None


def appointment_untold(probe: Probe, found: Sequence[Candidate]) -> str:
    """What is asked of a person that notices of appointments name and do not tell: why, or where somebody went who was only
    removed. Empty where nothing of the kind is asked."""
    core = _TITLE.sub("", fold(probe.question.core))
    why, went = _ASKS_WHY.search(core), _WENT.search(core)
    if not (why or went):
        return ""
    own = [row for _, rows in _notices(probe, found) for row in rows if row.who in core]
    if not own:
        return ""
    if why:
        return "任免的原因"
    return "此后的去向" if not any(row.gains for row in own) else ""


def _notices(probe: Probe, found: Sequence[Candidate]) -> Iterator[tuple[bool, tuple[Appointment, ...]]]:
    """The rows of the notices of appointments among what was found, and whether the best sentence stands in them."""
    best = next((c.document for c in found if c.tells), None)
    for document in dict.fromkeys(c.document for c in found[:_LOOKED_AT]):
        rows = appointments(document)
        if len(rows) >= _ROWS:
            yield document is best, rows


_LOOKED_AT, _ROWS = 10, 2  #: sentences whose documents are read; rows from which one is a notice of appointments


def _of_person(core: str, rows: Sequence[Appointment]) -> list[Appointment]:
    own = [row for row in rows if row.who in core]
    if not own:
        return []
    lost, gained = [r for r in own if not r.gains], [r for r in own if r.gains]
    if _FOLLOWS.search(core):
        left = [(r.office, r.title) for r in lost]
        after = [r for r in rows if r.gains and (r.office, r.title) in left and r not in own]
        return [*lost, *after] if after else []
    before, now = _BEFORE.search(core), _NOW.search(core)
    if (before and not lost) or (now and not gained):
        return []
    return [*lost, *gained] if bool(before) == bool(now) else lost if before else gained


def _of_post(core: str, rows: Sequence[Appointment]) -> list[Appointment]:
    # What a name in full says is not an abbreviation of another: 海洋局 and 海洋和灯塔局.
    full = any(row.office and row.office[-_IN_FULL:] in core for row in rows)
    own = [row for row in rows if _names(core, row) and (not full or row.office[-_IN_FULL:] in core)]
    if len({(row.office, row.title) for row in own}) != 1:
        return []
    lost, gained = [r for r in own if not r.gains], [r for r in own if r.gains]
    changed = re.search("换|变动|更替|交接", core)
    before, now = changed or _BEFORE.search(core), changed or _NOW.search(core)
    if (before and not lost) or (now and not gained):
        return []
    # 校长是谁，原先的校长叫什么 asks for both.
    both = (before and now) or (before and core.count(own[0].title) > 1)
    return [*gained, *lost] if both else lost if before else gained


_IN_FULL = 3  #: characters at the end of an office's name that stand in a question which has it in full


def _names(core: str, row: Appointment) -> bool:
    """Whether a question names a post: its title, and before that its office in full or with characters left out."""
    if not row.office:
        return False
    for at in (m.start() for m in re.finditer(re.escape(row.title), core)):
        if core[at - 1 : at] == "副":
            continue
        before = re.sub(r"(?:的|现任|原任?|前任?|新任?|这位|那位)+$", "", core[:at])
        for size in range(min(len(row.office), len(before)), 2, -1):
            name = before[-size:]
            if name[-1] == row.office[-1] and in_order(name, row.office):
                return True
    return False


def _marked(core: str, rows: Sequence[Appointment]) -> list[Appointment]:
    """The rows with the mark that is asked for; none where it is asked for one post."""
    asked = [mark for words, mark in _MARKS if words.search(core)]
    if len(asked) != 1 or not re.search("谁|哪|几[个位名人]|多少", core):
        return []
    return [row for row in rows if asked[0].search(row.text)]
