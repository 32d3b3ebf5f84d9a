"""Lists that a sentence announces, found by what it says of them: who is refused, what is forbidden, who may apply."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.document import SourceDocument
from corpus.sentences import ASKS, sentence_spans
from index.tokens import fold
from qa.evidence import Candidate, Probe, coverage, weight_held
from qa.extractive import MAX_CHARACTERS, MAX_QUOTE, Draft, Line, after_label, cells_of, closed, line_at
from qa.told_lists import Place, ToldList, lists_near


@dataclass(frozen=True)
class _Consequence:
    """What follows for those of whom a list speaks: how a question asks for it and how a sentence announces it."""

    asked: re.Pattern[str]
    announced: re.Pattern[str]
    covered: float = 0.2  #: share of the question that the announcement and the names above it have to hold


#: Who has not to pay, or not to do what others have to: 不用交钱, 免打卡.
_FREE = _Consequence(
    re.compile(
        r"免(?:费|交|收|缴|除|征|掉|单|钱|予)|减免|不要钱|不花钱|不用(?!的|了|说)|不必|无需|不(?:需要?)?(?:交|收|缴|付|出|掏)[^,，。不]{0,5}(?:钱|费|款)"
    ),
    re.compile(r"免(?![疫职责冠费])|免费|不(?:收取?|缴纳?|交纳?|需|必|用)|无需"),
)
_DENIED = _Consequence(
    re.compile(
        r"拒|驳回|不予|不受理|不[给批让收借接理享](?!改)|(?:不|没法)(?:能|给|可以?)?(?:报|补|赔|退|免|发)|不在[^,，。]{0,6}(?:范围|之[内列])|不(?:包括|纳入|列入)"
        r"|[办领拿批报记]不(?:了|到|下|上)|不(?:能|可以|准|许)(?:再)?(?:申请|领|享受|办|报|参加|拿|当|从事)|没(?:有)?资格|(?:人|的)不行"
    ),
    re.compile(
        r"不予|不(?:得|能)(?:申请|享受|办理|参加|领取|报名|登记|注册|给予|报|当)|不(?:受理|批准|核准|给予|享受|再享受)"
        r"|不(?:在[^，。]{0,8}(?:范围|之列)|纳入|列入|包括|适用|接收|退|免|补|赔|报|借|收(?!取?[^，。：:]{0,6}[费钱])|发)"
    ),
)
_FORBIDDEN = _Consequence(
    re.compile(r"不(?:能|准|许|让|可以|得)(?:干|做|碰|有|搞|卖|销|用|带)|禁止|严禁|禁忌|碰不得"),
    re.compile(r"不得有|不得(?:从事|实施)|禁止|严禁"),
)
_CONSEQUENCES = (
    _FREE,
    _DENIED,
    _Consequence(
        re.compile(r"不(?:算|作为|认定|属于|当作?|构成)(?!人)"),
        re.compile(r"不(?:作为|认定|属于|视为|构成|以[^，。]{1,8}论)"),
    ),
    _Consequence(re.compile(r"从重"), re.compile(r"从重")),
    _Consequence(re.compile(r"从轻|从宽|减轻|免予|免除|免罚"), re.compile(r"从轻|从宽|减轻|免予|免除|不予处罚")),
    _Consequence(re.compile(r"名单"), re.compile(r"列入[^，。]{0,16}名单")),
    _Consequence(re.compile(r"注销|撤销|收回|吊销|终止|取消"), re.compile(r"注销|撤销|收回|吊销|终止|取消")),
    _Consequence(
        re.compile(r"罚|处分|追究|(?:被|受|挨|来)处理|吃官司|追责"),
        re.compile(r"罚|处分|予以处理|责令|追究|吊销"),
        covered=0.35,
    ),
    _FORBIDDEN,
    _Consequence(re.compile(r"途径|渠道|方式|法子"), re.compile(r"方式|途径|渠道")),
    _Consequence(
        re.compile(r"(?<!不)算(?:是|作)?|(?<!不)认定|(?<!不)属于|视为"), re.compile(r"认定为|视为|属于"), covered=0.35
    ),
    _Consequence(
        re.compile(
            r"条件|符合|满足|够格|资格|什么样的?人|啥样?的?人|哪些人|凭[啥什]|才(?:能|可以|行)|可以申请|能(?:领|申请|享受|拿)"
        ),
        re.compile(r"条件|[，,](?:可以|均可|有权)|享受|应当(?:具备|符合)"),
        covered=0.35,
    ),
)
_LEFT_OUT = (_FREE, _DENIED, _FORBIDDEN)
#: Questions for cases, persons, acts or conditions.
_ASKS_CASES = re.compile(
    r"(?:什么|哪些|哪几?[种样个条类]|啥)(?:样)?的?[\u4e00-\u9fff]{0,4}?(?:人|情况|情形|行为|条件|事儿?|途径|渠道|方式|法子|名堂|时候)"
    r"|干(?:了)?(?:啥|什么)|(?:啥|什么)[^,，。]{0,6}不能(?:干|做|碰)|不能(?:干|做|碰)(?:啥|什么|哪)|凭(?:啥|什么)|(?:啥|什么)样的[\u4e00-\u9fff]{1,6}|的(?:条件|情形)[?？]?$"
)
#: Of what somebody has not to pay, or gets nothing: 哪些费用不退, 什么活动不借场地.
_ASKS_WHICH = re.compile(r"哪些|哪几|(?:什么|啥)(?:样的)?[\u4e00-\u9fff]{1,6}")
_ANNOUNCES = re.compile(r"(?:下列|以下|如下)[^。]*[：:]$")
_LOOKED_AT = 40  #: sentences among which the announcement is sought
_BEHIND = 4.0  #: how far below the best sentence it may be scored
#: Where no other list of that consequence is near: what it has to hold and how far below it may be scored; the same for
#: one that holds more.
_HELD_ALONE, _BEHIND_ALONE = 0.15, 3.0
_HELD_FAR, _BEHIND_FAR = 0.35, 6.0


def asks_left_out(core: str) -> bool:
    """Whether a question asks which are left out of something, or have not to do or pay it: 哪些情况不受理, 什么人不用交钱.

    >>> asks_left_out("哪些情况不受理？"), asks_left_out("什么情况可以受理？")
    (True, False)
    """
    asked = next((c for c in _CONSEQUENCES if c.asked.search(fold(core))), None)
    return asked in _LEFT_OUT and bool(_ASKS_CASES.search(fold(core)) or _ASKS_WHICH.search(fold(core)))


def answer_cases(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """The announced list whose consequence a question asks for, whole; None where it asks for none or none is near."""
    core = fold(probe.question.core)
    if not (_ASKS_CASES.search(core) or asks_left_out(core)) or probe.question.kinds & _OF_OTHERS:
        return None
    asked = [c for c in _CONSEQUENCES if c.asked.search(core)]
    # 不让卖 may be told as what is not accepted and as what is forbidden.
    asked = [c for c in asked if c in _LEFT_OUT] if asked[:1] and asked[0] in _LEFT_OUT else asked[:1]
    drafts = (_of_consequence(one, core, probe, found) for one in asked)
    return next((draft for draft in drafts if draft is not None), None)


_OF_OTHERS = {"whether", "count", "when", "compare"}  #: kinds of questions that ask for something else than cases


def _of_consequence(asked: _Consequence, core: str, probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """The announced list near the best sentence that has a consequence."""
    best = next((c for c in found if c.tells), None)
    words = asked.asked.search(core)
    if words is None or best is None:
        return None
    # The words for the consequence itself are told by every sentence that announces it, in its own words.
    told = sum(v for w, v in probe.words.items() if w in words[0]) / (probe.weight or 1.0)
    near: dict[tuple[str, int], tuple[ToldList | None, Candidate, Place, float]] = {}
    for candidate in found[:_LOOKED_AT]:
        if probe.hinted and candidate.document.doc_id not in probe.hinted:
            continue
        document, opening = candidate.document, _opening_of(candidate)
        places: list[tuple[ToldList | None, Place]] = [(None, opening)] if opening is not None else []
        places += [(one, one.lead) for one in _other_lists(candidate, asked)]
        for listed, place in places:
            says = document.text[slice(*place)]
            if not asked.announced.search(fold(says)):
                continue
            above = "".join((document.header.title, *document.path(candidate.section)))
            if not _has(listed, best) and of_something_else(probe, above + says):
                continue
            held = min(1.0, told + coverage(probe, fold(above + says)))
            known = near.setdefault((document.doc_id, place[0]), (listed, candidate, place, held))
            near[document.doc_id, place[0]] = (known[0] or listed, *known[1:])
    for listed, candidate, place, held in near.values():
        behind = best.score - candidate.score
        alone = len(near) == 1 and (
            (held >= _HELD_ALONE and behind <= _BEHIND_ALONE) or (held >= _HELD_FAR and behind <= _BEHIND_FAR)
        )
        if alone or _has(listed, best) or (held >= asked.covered and behind <= _BEHIND):
            numbered = _whole_list(candidate.document, place) if listed is None or listed.section is None else None
            draft = numbered or (listed.draft(core) if listed is not None else None)
            return with_free_elsewhere(draft, candidate.document, place) if draft and asked is _FREE else draft
    return None


#: What need not be paid or done: 免收登记费的情形, 免打卡人员.
_NOT_PAID = "(?:(?<!不)免(?![疫职责])(?:收|交|缴|除|征)?|不(?:用|需|必)?(?:收取?|缴纳?|交纳?))"
_FREE_OF = re.compile(rf"{_NOT_PAID}(?P<what>[\u4e00-\u9fff]{{2,4}}?)(?=的|人员|情形|对象|[：:，,。；;|]|$)")
_MOST_ELSEWHERE = 3


def with_free_elsewhere(draft: Draft, document: SourceDocument, lead: Place) -> Draft:
    """A draft that lists who has not to pay or do something, with the other sentences of its document that free somebody of
    the same: 下列车辆免收停车费：… and, below the rates, 停放不足30分钟的免收停车费."""
    what = _FREE_OF.search(document.text[slice(*lead)])
    if what is None:
        return draft
    thing = what["what"]
    same = re.compile(
        rf"{_NOT_PAID}[^，。；\n|]{{0,4}}{thing}|{thing}[^。；\n]{{0,60}}\|[^。；\n]{{0,20}}免(?:收|交|缴|除|征)"
    )
    told = [span for line in draft.lines for span in line.spans]
    size = sum(len(line.text) for line in draft.lines)
    more: list[Line] = []
    for begin, end in sentence_spans(document.text):
        line = line_at(document, (begin, end))
        cells = cells_of(line.text)
        if len(cells) > 1:  # 登记费（非住宅）|550元|小微企业免收: what it is of, and who
            line = replace(line, text=closed(f"{cells[0]}：{'；'.join(c for c in cells[1:] if '免' in c)}"))
        again = any(a < end and begin < b for _, a, b in told) or begin == lead[0]
        if again or not same.search(document.text, begin, end) or ASKS.search(line.text) or line.text.startswith("答"):
            continue
        size += len(line.text)
        if size <= 2 * MAX_CHARACTERS and len(more) < _MOST_ELSEWHERE:
            more.append(line)
    return replace(draft, lines=(*draft.lines, *more))


def _has(listed: ToldList | None, best: Candidate) -> bool:
    """Whether a list has the best sentence, and is near then, whatever its name holds of the question: 报不了名, 不能报名的情形."""
    if listed is None or listed.document is not best.document:
        return False
    return listed.lead[0] <= best.start < listed.items[-1][1]


def _other_lists(candidate: Candidate, asked: _Consequence) -> list[ToldList]:
    """The lists near a sentence that stand otherwise than in numbered lines behind 下列…：, where what makes the consequence
    is said by few words: who has not to pay, and who gets nothing."""
    return [*lists_near(candidate)] if asked in _LEFT_OUT else []


#: Words with which any conditions are asked for; what they are conditions of is told by others.
_GENERAL = re.compile(r"^.$|条件|符合|满足|具备|申请|申领|办理|领取|享受|可以|资格|情况|情形|行为|企业|单位|个人|人员")


def of_something_else(probe: Probe, text: str) -> bool:
    """Whether a text holds nothing of what a question for conditions or cases says beyond asking for them: its conditions
    are those of something else."""
    own = {w: v for w, v in probe.words.items() if not _GENERAL.search(w)}
    return bool(own) and not weight_held(own, probe, fold(text))


ASKS_CONDITIONS = re.compile("(?:什么|哪些|哪几个|啥)(?:条件|情形|情况)")


def _opening_of(candidate: Candidate) -> tuple[int, int] | None:
    """The span of the sentence that announces a list, where the candidate is that sentence or its last clause."""
    text = candidate.document.text
    end = text.find("\n", candidate.start)
    begin = max(text.rfind(mark, 0, max(end, 0)) for mark in "。\n") + 1
    line = text[begin:end].rstrip()
    if candidate.end <= begin or not _ANNOUNCES.search(line) or candidate.end < begin + len(line) - MAX_QUOTE:
        return None
    return after_label(candidate.document, begin), begin + len(line)


_ITEM = re.compile(
    r"[（(](?:(?P<a>[一二三四五六七八九十]{1,3})|(?P<b>\d{1,2}))[)）]"
    r"|(?:(?P<c>[一二三四五六七八九十]{1,3})|(?P<d>\d{1,3}))[、.．]"
)
#: What announces the list that an item has of its own: …，包括以下情形：
_OWN_LIST = re.compile(r"[，,](?:具体)?(?:包括|指|是指|有)?(?:以下|下列|如下)?[\u4e00-\u9fff]{0,4}[：:]$")


def _whole_list(document: SourceDocument, opening: tuple[int, int]) -> Draft | None:
    """An announcing sentence with the numbered lines that follow it, and the lists that items have of their own where all of
    it is short; None where they are no list, or too much of one."""
    text = document.text
    spans: list[tuple[int, int]] = []
    own: dict[int, list[tuple[int, int]]] = {}  # the list that an item has of its own
    at = opening[1]
    numbers: set[str] = set()
    sort: str | None = None  # another sort of number is that of the next section, or of a list within an item
    opened = False  # whether the item before has such a list
    while True:
        begin = at
        while begin < len(text) and text[begin].isspace():
            begin += 1
        item = _ITEM.match(text, begin)
        within = item is not None and sort is not None and item.lastgroup != sort
        if item is None or (within and not opened) or (not within and item.group() in numbers):
            break
        at = text.find("\n", begin)
        at = at if at >= 0 else len(text)
        if within:
            own.setdefault(len(spans) - 1, []).append((begin, at))
            continue
        sort = item.lastgroup
        numbers.add(item.group())
        opened = text[begin:at].rstrip()[-1:] in "：:"
        spans.append((begin, at))
    size = opening[1] - opening[0] + sum(b - a for a, b in spans)
    if len(spans) < 2 or size > 2 * MAX_CHARACTERS:
        return None
    if size + sum(b - a for members in own.values() for a, b in members) > 2 * MAX_CHARACTERS:
        own = {}
    told = "；".join(_with_own(text, span, own.get(i, ())) for i, span in enumerate(spans))
    spans = [(a, own[i][-1][1]) if i in own else (a, b) for i, (a, b) in enumerate(spans)]
    said = text[slice(*opening)].rstrip("：:")
    whole = (document.doc_id, opening[0], spans[-1][1])
    pieces = [p for a, b in (opening, *spans) for p in sentence_spans(text, a, b)]
    cited = (whole,) if whole[2] - whole[1] <= MAX_QUOTE else tuple((document.doc_id, a, b) for a, b in pieces)
    return Draft((Line(f"{said}，共{len(spans)}项：{told}。", cited),), method="list")


def _with_own(text: str, item: tuple[int, int], own: Sequence[tuple[int, int]]) -> str:
    """An item with the list that it has of its own; without what announces that where there is none."""
    if not own:
        return _OWN_LIST.sub("", text[slice(*item)].strip()).strip("。；;，,：:")
    return text[slice(*item)].strip() + "；".join(text[a:b].strip().strip("。；;，,") for a, b in own)
