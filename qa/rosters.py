"""Who is in a group that a notice sets up (领导小组, 专班, 指挥部): the lines below 组长, 副组长 and 成员."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.document import SourceDocument
from index.tokens import fold
from qa.departments import own_name
from qa.duty_names import LOCAL_NAME
from qa.evidence import Candidate, Probe
from qa.extractive import Decline, Draft, Line, Span, closed
from qa.refusal import decline

_POST = r"(?:第一|常务|执行)?副?(?:总?指挥长?|组长|主任(?:委员)?|召集人|会长|理事长)"
_LABEL = re.compile(rf"(?P<label>{_POST}|成员|组员|委员)[：:]\s*")
_NAME = r"[\u4e00-\u9fff]{2,4}"
_ENTRY = re.compile(rf"(?:{_NAME} [^\s。；;：:]{{2,60}}|[^\s。；;：:]{{2,60}} {_NAME})")
_FEWEST = 3  #: entries of a roster


@dataclass(frozen=True)
class _Group:
    """Those who hold one post of a group, or are its members, each with its place."""

    label: str
    entries: tuple[tuple[str, tuple[int, int]], ...]


@lru_cache(maxsize=64)
def rosters_of(document: SourceDocument) -> tuple[tuple[_Group, ...], ...]:
    """The rosters of a document, each by its posts in order."""
    found: list[list[tuple[str, list[tuple[str, tuple[int, int]]]]]] = []
    run: list[tuple[str, list[tuple[str, tuple[int, int]]]]] = []
    for line in [*re.finditer(r"[^\n]+", document.text), None]:
        text = "" if line is None else line.group()
        label = _LABEL.match(text)
        if label is not None:
            run.append((label["label"], []))
            text = text[label.end() :]
        pieces = [piece.strip() for piece in re.split("[；;]", text) if piece.strip()]
        if line is not None and run and pieces and all(map(_ENTRY.fullmatch, pieces)):
            run[-1][1].extend((piece, line.span()) for piece in pieces)
        elif label is None or pieces:
            found.append(run)
            run = []
    held = (tuple(_Group(label, tuple(entries)) for label, entries in one if entries) for one in found if len(one) > 1)
    return tuple(groups for groups in held if sum(len(g.entries) for g in groups) >= _FEWEST)


_ALL = r"(?:们|人员|单位|名单)?[,，]?(?:分别|一共|总共|共|都|又|现在|具体)*(?:有|是|由|为|包括)*"
_ASKS_POST = re.compile(
    rf"(?P<label>{_POST}|成员|组员){_ALL}(?:哪|几|多少|谁)|(?:几|哪几|多少)[个名位](?P<counted>{_POST}|成员|组员)"
)
_GROUP = r"(?:小组|专班|指挥部|委员会|联席会议|工作组)"
_ASKS_MEMBERS = re.compile(
    rf"{_GROUP}(?:里面?|中)?的?(?:成员|组成人员|人员)?(?:单位|部门)?(?:里面?|中)?(?:一共|总共|共|都|分别|具体)*(?:有|是|由|包括|包含|含)+"
    r"(?:哪些|哪几[个家]|几[个家]|多少[个家]?)(?:成员)?(?:单位|部门|人|领导|同志|局)"
)
_CLAIMS = re.compile(
    rf"(?P<label>{_POST})(?:是不是|是|由|为)(?!谁|哪|什么)(?P<who>[\u4e00-\u9fff]{{2,20}}?)(?:担任|兼任|来?当)?的?(?:吧|吗|么|对吗|对不对|对吧)?[?？。]*$"
)
_ASKS_SEAT = re.compile(r"(?:是|任|担任)(?:的)?(?:个)?(?:什么|啥|哪个)(?:职务|职位|角色|职)|在不在|是不是成员")


def answer_roster(probe: Probe, found: Sequence[Candidate]) -> Draft | Decline | None:
    """The entries of the roster of the document meant that a question asks for by a post, with how many they are, or all of
    them; whether somebody holds a post; declined for a body that the roster does not name. None for other questions, and
    where the document has no roster, or several."""
    core = re.sub(r"\s", "", fold(probe.question.core))
    asks = _ASKS_POST.search(core)
    claims = _CLAIMS.search(core) if "whether" in probe.question.kinds else None
    whole = _ASKS_MEMBERS.search(core)
    seat = _ASKS_SEAT.search(core)
    best = next((c for c in found if c.tells), None)
    if best is None or not (asks or claims or whole or seat):
        return None
    document = next((c.document for c in found if c.document.doc_id in probe.hinted), best.document)
    rosters = rosters_of(document)
    if len(rosters) != 1:
        return None
    (groups,) = rosters
    if claims is not None:
        return _whether(document, groups, claims["label"], claims["who"])
    if seat is not None:
        body = LOCAL_NAME.search(core)
        entries = [fold(entry) for group in groups for entry, _ in group.entries]
        absent = body is not None and not any(own_name(body.group()) in entry for entry in entries)
        return decline(found, f"“{body.group()}”") if body is not None and absent else None
    if asks is not None:
        label = asks["label"] or asks["counted"]
        own = [g for g in groups if g.label == label or (label.startswith("副") and g.label.endswith(label))]
        alone = len(own) == 1 and len(own[0].entries) == 1
        if not own or (alone and asks["label"] and "几" not in asks.group() and "多少" not in asks.group()):
            return None  # the clause that says who holds the post
        return Draft(tuple(_told(document, g) for g in own), method="roster")
    return Draft(tuple(_told(document, g) for g in groups), method="roster") if whole is not None else None


def _told(document: SourceDocument, group: _Group) -> Line:
    count = f"共{len(group.entries)}人" if len(group.entries) > 1 else ""
    spans: dict[Span, None] = {(document.doc_id, *span): None for _, span in group.entries}
    return Line(closed(f"{group.label}{count}：{'；'.join(entry for entry, _ in group.entries)}"), tuple(spans))


def _whether(document: SourceDocument, groups: Sequence[_Group], label: str, who: str) -> Draft | None:
    """Whether those who hold a post are the one whom a question names, by his name or by what he is."""
    group = next((g for g in groups if g.label == label), None)
    if group is None:
        return None
    words = [word for entry, _ in group.entries for word in map(fold, entry.split())]
    names = [word for word in words if re.fullmatch(_NAME, word)]
    others = [w for g in groups if g is not group for entry, _ in g.entries for w in map(fold, entry.split())]
    same = any(name in who for name in names) or (
        any(who in word for word in words) and not any(re.fullmatch(_NAME, w) and w in who for w in others)
    )
    line = _told(document, group)
    return Draft(
        (Line(f"{'是的' if same else '不是'}，{line.text}", line.spans),), contradicts=not same, method="roster"
    )
