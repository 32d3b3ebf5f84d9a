"""Which of several lists a question asks for: 报送下列材料： and not 符合下列条件： where it asks 哪些材料, what is not allowed and
not what is, the cases and not what follows from them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.tokens import fold
from qa.evidence import Candidate, Probe, coverage
from qa.extractive import ASKS_CASES
from qa.listing import excludes

_LOOKED_AT = 8  #: sentences among which the list is sought
#: How far below the best one it may be scored, and in a document that the question points at.
_BEHIND, _BEHIND_MEANT = 2.5, 4.0
_ANNOUNCED = re.compile(r"(?:下列|以下|如下)[^,;。:]{0,4}?(?P<noun>[\u4e00-\u9fff]{2})(?:之一)?的?(?:[,:]|$)")
_ASKED = re.compile(r"(?:哪些|哪几[个种项类条份样]|什么|啥)(?:样的)?(?P<noun>[\u4e00-\u9fff]{2})(?:[?,。]|$)")

_ASKS_FORBIDDEN = re.compile("不(?:许|准|让|得(?!不)|能|可以|予|给)|禁止|严禁")
_DENIED = re.compile("不(?:给|予|让)(?P<act>[\u4e00-\u9fff]{2})(?=[的?,。]|$)")
_CANNOT = re.compile("[做干碰花用说动进]不得|都不[能准许让可]")


#: What asks for things, acts or places.
_ASKS_THINGS = re.compile("哪些|哪几[个种项条类样]|哪[里儿]|(?:什么|啥)(?![时事人]?[候间]|意思|关系|情况|情形|条件)")
#: What rules out an act; a bound (不得少于三人) rules out none.
_FORBIDS = re.compile("不(?:得|能|准|许|可|允许|应)(?!不|超过|[少低高多大小]于|[以从按]下)|禁止|严禁|谢绝|杜绝")
_ANNOUNCES_CASES = re.compile("(?:下列|以下|如下)(?:特殊)?(?:情形|情况|行为|条件)|情形之一|条件之一")
#: What money is for, as it is asked and as it is told.
_ASKS_SPENT = re.compile("不(?:能|准|许|让|得|可以)[^,，。?？]{0,4}?[花用拿]|[花用]不得|花")
_SPENT = re.compile("用[于作来]|支出|列支|开支|拿[来去]|挪用")
_OF_OTHERS = {"whether", "compare", "count", "when", "who", "duty"}


def of_asked_list(probe: Probe, found: Sequence[Candidate]) -> Candidate | None:
    """The sentence that belongs before the best one, where that tells a list of something else than is asked for: see
    ``_of_other_announcement``, ``_of_what_is_forbidden``, ``_of_cases`` and ``_of_papers``; None where it does not, or nothing else comes near."""
    telling = [c for c in found if c.tells and "|" not in c.text][:_LOOKED_AT]
    other = _of_other_announcement(probe, telling) or _of_what_is_forbidden(probe, telling)
    return other or _of_cases(probe, telling) or _of_papers(probe, telling)


def announces_another(core: str, text: str) -> bool:
    """Whether a folded sentence announces a list of something else than a folded question asks for, of which it says nothing:
    应当具备下列条件： where it asks 哪些品种."""
    asked, announced = _ASKED.search(core), _ANNOUNCED.search(text)
    if asked is None or announced is None:
        return False
    alike = any(nouns.fullmatch(asked["noun"]) and nouns.fullmatch(announced["noun"]) for nouns in _ALIKE)
    return not alike and asked["noun"] not in text and announced["noun"] not in core


#: Words of questions and of documents for one sort of thing: cases, papers.
_ALIKE = (re.compile("情[形况]|条件|场合|时候|行为"), re.compile("东西|材料|资料|文件|证件|证明|手续"))


def _of_what_is_forbidden(probe: Probe, telling: Sequence[Candidate]) -> Candidate | None:
    """The sentence that forbids something, where a question asks what is not allowed and the best one allows it, tells what
    is not paid, or what there is of it."""
    core = fold(probe.question.core)
    clauses = re.split("[,，。?？]", core)  # in 他不让走,定什么罪 what is forbidden is not asked for
    asks = any(_ASKS_THINGS.search(c) and (_ASKS_FORBIDDEN.search(c) or _CANNOT.search(c)) for c in clauses)
    if not telling or not asks or probe.question.kinds & _OF_OTHERS:
        return None
    spent = bool(_ASKS_SPENT.search(core))
    first = telling[0]

    denied = _DENIED.search(
        core
    )  # 不给认定: the sentence that says 不认定 or 不予认定, and not one of what else is excluded
    forbidding = re.compile(f"不[予再能得]?{denied['act']}") if denied else _FORBIDS

    def forbids(c: Candidate) -> bool:
        return bool(forbidding.search(c.text)) and (not spent or bool(_SPENT.search(c.text)))

    if forbids(first) or (not spent and denied is None and excludes(first.text)):
        return None
    near = (c for c in telling[1:] if c.score >= first.score - _BEHIND and c.document is first.document)
    return next((c for c in near if forbids(c)), None)


def _of_cases(probe: Probe, telling: Sequence[Candidate]) -> Candidate | None:
    """The sentence that announces the cases of something, where a question asks in which cases it is done, the best one
    announces none, and the heading of the other or itself says as much of the question."""
    core = fold(probe.question.core)
    if not telling or not ASKS_CASES.search(core) or probe.question.kinds & _OF_OTHERS:
        return None
    first = telling[0]
    if _ANNOUNCES_CASES.search(first.text) or (
        first.text.rstrip()[-1:] in "：:" and not _ANNOUNCED.search(fold(first.text))  # 下列水域 are no cases
    ):
        return None
    said = coverage(probe, _under(first))
    near = (c for c in telling[1:] if c.score >= first.score - _BEHIND and _ANNOUNCES_CASES.search(c.text))
    return next((c for c in near if coverage(probe, _under(c)) >= said), None)


def _of_papers(probe: Probe, telling: Sequence[Candidate]) -> Candidate | None:
    """The sentence that announces what is to be handed in and is read to answer, where a question asks what to bring and the
    best one speaks of no such thing."""
    asks = _ASKS_TO_BRING.search(fold(probe.question.core)) and "list" in probe.question.kinds
    if not telling or not asks or probe.question.kinds & _OF_OTHERS or _HANDED_IN.search(telling[0].text):
        return None
    near = (c for c in telling[1:] if c.score >= telling[0].score - _BEHIND and c.odds > 0)
    return next((c for c in near if _HANDED_IN.search(c.text) and re.search("[：:]", c.text)), None)


_ASKS_TO_BRING = re.compile("(?:带|交|备|拿|提供|提交|出示)(?:上|好|齐|着)?(?:哪|什么|啥|几[样种个])")
_HANDED_IN = re.compile("提供|提交|携带|出示|报送|材料|凭|持|带|备齐|准备")


def _under(candidate: Candidate) -> str:
    """A folded sentence behind the heading that it stands under."""
    return fold((candidate.section.title if candidate.section is not None else "") + candidate.text)


def _of_other_announcement(probe: Probe, telling: Sequence[Candidate]) -> Candidate | None:
    """The sentence that belongs before the best one, where that announces a list of something else than is asked for, of what
    is allowed where that asks what is not, or one of a document that the question does not point at.

    What announces materials to be handed in is near to every question for materials, whatever they are for.
    """
    first = telling[0] if telling else None
    announced = _ANNOUNCED.search(fold(first.text)) if first is not None else None
    if first is None or announced is None or first.text.rstrip()[-1:] not in ("：", ":"):
        return None
    if probe.hinted and first.document.doc_id not in probe.hinted:
        meant = (c for c in telling[1:] if c.document.doc_id in probe.hinted)
        return next((c for c in meant if c.score >= first.score - _BEHIND_MEANT), None)
    near = [c for c in telling[1:] if c.score >= first.score - _BEHIND]
    core = fold(probe.question.core)
    if _ASKS_FORBIDDEN.search(core) and not excludes(first.text):
        return next((c for c in near if c.text.rstrip()[-1:] in "：:" and excludes(c.text)), None)
    asked = _ASKED.search(core)
    if asked is None or asked["noun"] in fold(first.text):
        return None
    named = re.compile(rf"(?:下列|以下|如下)[^,;。:]{{0,4}}?{asked['noun']}(?:之一)?的?[,:]")
    return next((c for c in near if c.document is first.document and named.search(fold(c.text))), None)
