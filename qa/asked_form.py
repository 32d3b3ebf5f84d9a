"""Sentences of the form that a question asks for: one that enumerates what 哪些 names, one that says by whom."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.labels import number_of
from index.tokens import fold, words
from qa.evidence import Candidate, Probe
from qa.extractive import Read
from qa.question import ASKING_WORDS, Question

_LOOKED_AT = 20  #: sentences among which one of the form is sought
_READ = 8  #: of them that are read
_AHEAD = 2.5  #: log odds by which one has to answer better than the best sentence


def of_asked_form(probe: Probe, found: Sequence[Candidate], read: Read) -> Candidate | None:
    """The sentence of the form asked for that is read to answer clearly better than the best one, where that is not of
    the form; None where there is none.

    Only the best two sentences have been read before; what stands behind them may say the same in other words.
    """
    telling = [c for c in found if c.tells]
    does = act_asked(probe.question)
    for form in forms_asked(probe.question):
        if not telling or form.search(fold(telling[0].text)):
            return None
        if form is _ACTOR and does and tells_doer(does, telling[0].text):
            return None
        first = telling[0]
        near = [
            c
            for c in telling[1:_LOOKED_AT]
            if form.search(fold(c.text)) and "|" not in c.text and speaks_of_as_much(c, first)
        ][:_READ]
        if near:  # those of a less sure form do not go before them
            said, *odds = read(probe.question.core, [first, *near])
            return next((c for c, own in zip(near, odds, strict=True) if own >= said + _AHEAD), None)
    return None


#: Who does all there is to do somewhere: 负责管理区域内的…工作, 做好本辖区…工作.
_ALL_OF_PLACE = re.compile(
    r"(?:负责|做好|承担|开展|协助)[^，,。；;]{0,8}(?:区域|辖区|范围|园区|区)内?的?[^，,。；;]{0,24}(?:工作|管理|事务|职责)"
)


def of_the_matter(probe: Probe, found: Sequence[Candidate], read: Read) -> Candidate | None:
    """The sentence that says who has to do with what is asked about, where the best one says who does all there is to do in
    a place that the question does not name; None where there is none, or something else is asked."""
    first = next((c for c in found if c.tells), None)
    asks = "duty" in probe.question.kinds or _ASKS_ACTOR.search(fold(probe.question.core))
    if first is None or not asks or probe.question.kinds & {"whether", "list", "count"}:
        return None
    all_of_it = _ALL_OF_PLACE.search(fold(first.text))
    if all_of_it is None or _names_one_of(probe, fold(first.text)[: all_of_it.start()], first):
        return None
    near = [
        c
        for c in found
        if c.tells
        and c.document is first.document
        and c is not first
        and _ACTOR.search(fold(c.text))
        and "|" not in c.text
    ]
    near = [c for c in near if not _ALL_OF_PLACE.search(fold(c.text))][:_READ]
    odds = read(probe.question.core, near) if near else []
    told = [(c.score + _READ_ANEW * own, c.changed(odds=own)) for c, own in zip(near, odds, strict=True) if own > 0]
    return max(told, key=lambda pair: pair[0])[1] if told else None


_READ_ANEW = 0.25  #: what log odds count for among sentences of a form


def _names_one_of(probe: Probe, bodies: str, first: Candidate) -> bool:
    """Whether a question names one of some folded bodies by more than what its document is called."""
    title = fold(first.document.header.title)
    return any(len(w) > 1 and w in bodies and w not in title for w in probe.words)


def speaks_of_as_much(candidate: Candidate, first: Candidate) -> bool:
    """Whether a sentence stands in a document that the question points at, and speaks of the years asked for, where the
    first does."""
    return all(candidate.feature(name) >= first.feature(name) for name in ("years", "source"))


def forms_asked(question: Question) -> list[re.Pattern[str]]:
    """What a folded text looks like that has the form that a question asks for, the surest first."""
    counted = counting(question)
    if counted is not None and "list" not in question.kinds:
        return [counted]
    if "list" in question.kinds:
        named = enumeration(question.core)
        return [named, _ANY_SERIES] if named is not None else [_ANY_SERIES]
    return [_ACTOR] if _ASKS_ACTOR.search(question.core) else []


# --- what is listed -------------------------------------------------------------------------------------------------

_ASKED = re.compile(
    r"(?:哪些|哪(?:[几两二三四五六七八九十]|\d{1,2})(?:大?[个项条种类样份部点]|方面)?|什么样的|(?<!为)什么|啥)(?P<behind>[\u4e00-\u9fff]*)"
)
_ASKED_BEHIND = re.compile(
    r"(?P<before>[\u4e00-\u9fff]+?)(?:[都要应须可主]|应当|可以|分别|具体)*(?:有|是|包括|包含|涵盖|涉及|为)(?:了|着)?$"
)
#: Words behind 哪些 that name nothing, so that any series is one of them.
_NAMELESS = re.compile("东西|内容|方面|事项?|情况|情形|做法|不?[能会可要应得须].*")
#: Words for how something is done, which stand for one another.
_MEANS = re.compile("办法|方式|方法|途径|渠道|形式|手段|法子")
_REASONS = re.compile("借口|理由|由头|名义")
_FOR_REASONS = re.compile(r"以[^。；;]{4,}?为由|以[^。；;]{4,}?(?:理由|名义)")
_MEMBER = r"[^、，。；：,;:]{1,40}"
#: Three things or more in a row.
_ANY_SERIES = re.compile(rf"{_MEMBER}、{_MEMBER}(?:、|和|与|及|以及|或){_MEMBER}|一是.*二是|\(一\).*\(二\)")


def enumeration(core: str) -> re.Pattern[str] | None:
    """What a folded text looks like that enumerates what a question asks the list of: 甲、乙、丙等材料 of 哪些材料, 甲权、
    乙权 of 哪几项权利; None where it names nothing.

    >>> bool(enumeration("要保障哪几项权利?").search("保障妇女的财产权、人身权"))
    True
    """
    asked = _ASKED.search(core)
    if asked is None:
        return None
    nouns = [w for w in words(asked["behind"])[:3] if w != "的"][:2]
    before = _ASKED_BEHIND.search(re.split("[,，。?？]", core[: asked.start()])[-1])
    if before is not None and (not nouns or nouns[0] in ASKING_WORDS):
        nouns = words(before["before"])[-1:]
    if _REASONS.search("".join(nouns)):
        return _FOR_REASONS
    named = [n for n in nouns if len(n) > 1 and n not in ASKING_WORDS and not _NAMELESS.fullmatch(n)]
    if not named or named[0] != nouns[0]:
        return None
    noun, *others = (_MEANS.pattern if _MEANS.fullmatch(n) else re.escape(n) for n in named)
    either = "|".join((noun, *others))  # 哪些部门信息; but 申请 of 哪些入口申请 is what is done
    ends = "|".join(dict.fromkeys(re.escape(c) for n in named[:1] for c in (n[0], n[-1])))
    return re.compile(
        rf"{_MEMBER}、{_MEMBER}等[^、，。；：,;:]{{0,6}}?(?:{either})"  # 甲、乙等材料
        rf"|{_MEMBER}(?:、|和|与|及|以及|或)[^、，。；：,;:]{{1,20}}(?:{noun})(?![\u4e00-\u9fff]*、)"
        rf"|(?:{noun})[^，。；,;]{{0,8}}(?:包括|分别是|[有为是:：])[^。；;]*?、"  # 材料包括甲、乙
        rf"|(?:[^、，。；：,;:]{{0,14}}(?P<end>{ends})[、和与及或]+)[^、，。；：,;:]{{0,14}}(?P=end)(?![\u4e00-\u9fff])"
    )


_COUNTED = re.compile(
    r"(?<!第)(?P<number>[二两三四五六七八九十]|\d{1,2})(?:大|个|项|条|种|类|层|点|步)+(?P<noun>[\u4e00-\u9fff]{2})[^,，。?？]*(?:依次|分别|[都各]?(?:是|叫|有|为)(?:什么|啥|哪))"
)


def counting(question: Question) -> re.Pattern[str] | None:
    """What a folded text looks like that announces as many things as a question supposes: 五个阶段： of 五个阶段依次是什么."""
    asked = _COUNTED.search(question.core)
    number = number_of(asked["number"]) if asked is not None else None
    if asked is None or number is None:
        return None
    told = f"{number}|{_DIGITS[number]}" if number < len(_DIGITS) else f"{number}"
    return re.compile(rf"(?:{told})(?:大|个|项|条|种|类|层|点|步)+{asked['noun']}[^，。；,;]{{0,6}}[:：]")


_DIGITS = "零一二三四五六七八九十"


# --- who acts -------------------------------------------------------------------------------------------------------

_ASKS_ACTOR = re.compile(
    r"由(?:谁|哪|什么)|归(?:谁|哪|什么)|谁(?:来|去)?(?:负责|管|办|出|定|批|审|查|做|干|牵头|承担|处理|决定)|(?:哪|什么)[个些家几一]*(?:部门|单位|机构|机关)|找(?:谁|哪)"
)
_ACTOR = re.compile(
    r"(?<![理自事])由(?!其|于|此)[^，。；,;]{2,}|[\u4e00-\u9fff）)]{2,}(?:部|委|局|署|厅|办|政府|机关|部门|单位|机构|组织|中心|会|院|行|人)[)）]?(?:依法|依照职责|按照职责|分别|共同|具体|统一)*(?:负责|牵头|承担)"
    r"|[是为][^，。；,;]{0,16}(?:责任(?:人|主体|单位)|主管(?:部门|机关|单位))"
)
#: What is done by whom a question asks for, right behind that: 由谁审批, 哪个部门验收.
_ASKS_DOER = re.compile(
    r"(?:谁|哪(?:一?个|些|几个|一级)?(?:部门|单位|机构|机关|政府|层级))(?:来|去|负责|进行|组织|实施|最后|最终)*"
    r"(?P<does>审批|审核|审查|审定|初审|复审|复核|批准|核准|核定|验收|评估|评审|监督|受理|处罚|查处|制定|编制|公布|发布|认定|拨付|发放|检查|抽查|考核|追回)"
)
_DOERS = re.compile("[局厅委部署办会院](?![长员议])|政府|部门|机构|机关|单位|中心|[残妇工]联|街道|社区|公司|小组")


def act_asked(question: Question) -> str:
    """What is done by whom a question asks for; "" for other questions.

    >>> from qa.question import understand
    >>> act_asked(understand("无障碍改造由谁审批？"))
    '审批'
    """
    asked = _ASKS_DOER.search(fold(question.core))
    return "" if asked is None else asked["does"]


def tells_doer(does: str, text: str) -> bool:
    """Whether a text speaks of an act and names a body that may do it."""
    return does in fold(text) and bool(_DOERS.search(text))


def lacks_actor(core: str, told: str) -> bool:
    """Whether a folded question asks by whom something is done, and a folded text does not say who does anything.

    >>> lacks_actor("复核由谁办?", "可以书面申请复核。"), lacks_actor("复核由谁办?", "复核由考试中心办理。")
    (True, False)
    """
    return bool(_ASKS_ACTOR.search(core)) and not tells_actor(told)


def tells_actor(told: str) -> bool:
    """Whether a folded text has the form of what says who does something: 由…, …局负责, 为责任人."""
    return bool(_ACTOR.search(told))


_BY_WHOM = re.compile("(?:[由归靠让]谁[来去]?|谁[来去])(?P<does>[\u4e00-\u9fff]{2})?")
#: What a sentence has that tells who does something.
_DOER = re.compile(
    "由[^，,。；;]{2,}|负责|牵头|主管|会同|主办|承办|组织|部门|政府|机构|单位|办公室|中心|公司|企业|协会|小组|指挥|[部局委厅署]"
    "|领导|书记|主任|[\u4e00-\u9fff]长|[人户](?:应|依法|自行|赔偿|须|必须)|[者员](?!工)"
)


def names_nobody(question: Question, text: str) -> bool:
    """Whether a question asks by whom something is done, and a text has neither anybody who may do it nor, where the
    question says the act behind 由谁, the act. Unlike :func:`lacks_actor` it does not want a form: 港务局看守灯塔 will do.

    >>> from qa.question import understand
    >>> names_nobody(understand("谁来看守灯塔？"), "灯塔高三十丈。"), names_nobody(understand("谁来看守灯塔？"), "港务局看守灯塔。")
    (True, False)
    """
    by_whom = _BY_WHOM.search(fold(question.core))
    if not ("duty" in question.kinds or by_whom) or "whether" in question.kinds:
        return False
    acts = by_whom["does"] if by_whom else None
    return not (_DOER.search(text) or (acts and acts in fold(text)))


_IS_PUT_UNDER = re.compile("[划归隶属交移]{2}")


def lacks_doer(question: Question, text: str) -> bool:
    """Whether a question asks who does something, and a text names nobody who may: see ``names_nobody``. 划归甲县 tells who
    has it.

    >>> from qa.question import understand
    >>> lacks_doer(understand("灯塔归谁牵头修？"), "灯塔2027年开建。"), lacks_doer(understand("灯塔归谁管？"), "灯塔划归甲岛。")
    (True, False)
    """
    asks = _ASKS_ACTOR.search(fold(question.core)) and not question.kinds & {"count", "when", "list"}
    return bool(asks) and names_nobody(question, text) and not _IS_PUT_UNDER.search(text)
