"""Who holds a post (组长由谁担任, 主任是谁): the clause that gives that very post, and not the others of its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.document import SourceDocument
from corpus.labels import without_label
from corpus.sentences import sentence_spans
from index.tokens import fold
from qa.abbreviations import in_order
from qa.evidence import Candidate, Probe
from qa.extractive import Decline, Draft, Line, Span, closed
from qa.refusal import decline

_RANK = "(?:常务副|第一副|第一|执行副?|副总|副|总)?"
_OFFICE = (
    "(?:组长|主任委员|主任|主席|会长|理事长|秘书长|召集人|总指挥长?|指挥长|指挥|总督学|局长|厅长|院长|校长|馆长|所长|站长|队长"
    "|班长|专班长|河长|林长|田长|路长|链长|负责人|责任人|首席专家)"
)
_POST = rf"(?P<rank>{_RANK})(?P<office>{_OFFICE})"
_WHO = "(?:谁|哪些人|哪几[位个]人?|哪(?:一?位|个)(?:领导|同志|人|干部)?|什么人|何人)"
_ASKS = (
    re.compile(
        rf"(?P<body>[\u4e00-\u9fff“”·]{{0,24}}?)的?{_POST}(?:一职|人选)?(?:现在|都|又|应该?|应当|一般|具体)*(?:是|由|为|叫|让|请|有|包括)*{_WHO}(?:来|去)?(?:担任|兼任|任|当|做)?的?[?？呢啊。]*$"
    ),
    re.compile(
        rf"{_WHO}(?:来|去|现在)?(?:担任|兼任|任|当|是|做)(?:的)?(?P<body>[\u4e00-\u9fff“”·]{{0,24}}?)的?{_POST}[?？呢啊。]*$"
    ),
)
_CLAUSE = re.compile("[^，,；;。：:]+[，,；;。：:]?")
_AT = 40  #: characters of a name of a post with whose it is


@dataclass(frozen=True)
class _Held:
    """A clause that says who holds a post."""

    document: SourceDocument
    start: int
    end: int
    lead: (
        tuple[int, int] | None
    )  #: the clause before that names the body or the case (委托他人的，受托人为…), where this one does not
    rank: str
    body: str  #: whose post it is, as far as the clause says it


def answer_post(probe: Probe, found: Sequence[Candidate]) -> Draft | Decline | None:
    """The clause of the document meant that says who holds the post asked for; declined where the best sentence tells only
    who holds another of that name (主任 and not 副主任). None for other questions, and where nothing tells it."""
    core = fold(probe.question.core)
    asked = next((m for form in _ASKS if (m := form.search(core))), None)
    best = next((c for c in found if c.tells), None)
    if asked is None or best is None:
        return None
    document = next((c.document for c in found if c.document.doc_id in probe.hinted), best.document)
    beside = _ALSO.search(core[: asked.start()]) if not asked["body"] else None
    if beside is not None:  # 召集人、副召集人都有谁
        both = [_held_by(m["rank"], m["office"], beside["body"], document, found) for m in (beside, asked)]
        lines = list(dict.fromkeys(line for held in both for line in held))
        return Draft(tuple(lines), method="post") if all(both) else None
    posts = list(_posts(document, asked["office"]))
    own = _held_by(asked["rank"], asked["office"], asked["body"], document, found)
    if own:
        return Draft(tuple(own), method="post")
    other = [held for held in posts if best.document is document and best.start <= held.start < best.end]
    # What names the office nowhere tells nobody who holds it.
    unsaid = not posts and not any(asked["office"] in fold(c.document.text) for c in found[:_NEAR])
    return decline(found, "这一职务由谁担任") if other or unsaid else None


#: Another post asked for in the same breath.
_ALSO = re.compile(rf"(?P<body>[\u4e00-\u9fff“”·]{{0,24}}?)的?{_POST}[、和与及]$")


def _held_by(rank: str, office: str, body: str, document: SourceDocument, found: Sequence[Candidate]) -> list[Line]:
    """The clauses of a document that say who holds a post of a body, those found nearest to the question."""
    ranks = ("副", "第一副", "常务副") if rank == "副" else (rank,)
    own = [held for held in _posts(document, office) if held.rank in ranks]
    near = {(held.start, held.end): held for held in own if _is_of(held, body, document)}
    values = {key: _nearness(held, body, found) for key, held in near.items()}
    most = max(values.values(), default=None)
    return [_line(near[key]) for key, value in values.items() if value == most][:_MOST]


_NEAR = 5  #: of the best sentences, in whose documents an office would be named
_MOST = 3  #: clauses that are told where nothing tells them apart


def _line(held: _Held) -> Line:
    text, doc_id = held.document.text, held.document.doc_id
    start = held.start if held.lead is None else held.lead[0]
    span: Span = (doc_id, start, held.end)
    return Line(closed(text[start : held.end].strip()), (span,))


def _posts(document: SourceDocument, office: str) -> Iterator[_Held]:
    """The clauses of a document that say who holds a post of an office, whatever its rank."""
    text = document.text
    told = re.compile(
        rf"(?P<body>[\u4e00-\u9fff“”·（）()]{{0,24}}?)(?P<rank>{_RANK}){_spaced(office)}(?:一职)?(?:拟?由|为|是|[：:])(?P<who>.{{2,}})"
    )
    taken = re.compile(
        rf"(?P<who>.{{2,}}?)(?:同志)?(?:担任|兼任|任|当选为?|为|是)(?P<body>[\u4e00-\u9fff“”·]{{0,24}}?)的?(?P<rank>{_RANK}){office}(?:一职|职务)?$"
    )
    for start, end in sentence_spans(text):
        if "|" in text[start:end]:
            continue
        before: tuple[int, int] | None = None
        pieces = list(_clauses(text, start, end))
        for a, b in pieces:
            clause = fold(text[a:b]).rstrip("，,；;。：: ")
            held = told.match(without_label(clause.lstrip())) or taken.match(clause)
            if held is not None and len(held["body"]) <= _AT:
                of_case = before is not None and text[slice(*before)].rstrip("，,").endswith("的")
                bare = of_case or bool(_WITHOUT_BODY.match(clause))
                if a == start and text[b : b + 1] == "\n":
                    b = _through_names(text, b)
                yield _Held(document, a, b, before if bare else None, re.sub(r"\s", "", held["rank"]), held["body"])
            before = (a, b)


#: What begins a clause that says of no body of its own whose post it is: 由…任组长, 主要负责人是第一责任人.
_WITHOUT_BODY = re.compile("由|其|(?:主要|党政)*(?:负责人|负责同志|领导)")


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The clauses of a sentence, one that ends in a colon with what stands behind it."""
    begin = start
    for piece in _CLAUSE.finditer(text, start, end):
        if piece.group()[-1] in "：:" and piece.end() < end and len(piece.group()) <= _SHORT:
            continue
        yield begin, piece.end()
        begin = piece.end()


#: A line with a name and what he is, or the other way round, below the label of the first: 石坚　市公安局局长.
_NAME_LINE = re.compile(
    r"\n[ \t\u3000]*[\u4e00-\u9fff、（）() \u3000]{3,40}(?:[长记任员]|负责人)"
    r"(?:[ \t\u3000]*[\u4e00-\u9fff][ \t\u3000]*[\u4e00-\u9fff]{1,3})?[ \t\u3000]*(?=\n|$)"
)


def _through_names(text: str, at: int) -> int:
    """The end of the lines with further names behind one."""
    while (line := _NAME_LINE.match(text, at)) is not None:
        at = line.end()
    return at


_SHORT = 12  #: characters of a label before a colon: 组长：


def _spaced(office: str) -> str:
    return r"\s*".join(map(re.escape, office))


def _is_of(held: _Held, asked: str, document: SourceDocument) -> bool:
    """Whether a post may be that of the body that a question names, by what the clause says of whose it is."""
    said = re.sub(r"^(?:的|由|其|并|和|及)+|的$", "", held.body)
    body = re.sub(r"^(?:这个|那个|本|该|请问)+|的$", "", asked)
    if not said or not body or said in body or body in said:
        return True
    return in_order(said, body) and body[-4:] not in fold(document.text)


def _nearness(held: _Held, asked: str, found: Sequence[Candidate]) -> tuple[bool, float]:
    """Whether the clause names the body asked about itself, and how well its sentence was found."""
    said = bool(held.body) and (held.body in asked or asked.endswith(held.body[-4:]))
    score = max(
        (c.score for c in found if c.document is held.document and c.start <= held.start < c.end), default=-99.0
    )
    return said, score
