"""Follow-up questions made to stand alone, by rule: pronouns, elided topics, ordinals, years counted on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.patterns import ORGAN
from qa.question import chinese_number, kinds_of

Turn = tuple[str, str]

_PRONOUN = re.compile(
    r"(?<!其)它们|(?<!其)它|他们|她们|该(?:部门|单位|机构|企业|公司|项目|平台|文件|行动|办法|地|省|市|区|基金|中心)?(?![不怎])|前者|后者"
    # 这项/那家 stand for something only where no noun goes before: not in 教育那一块.
    r"|(?:^|(?<=[，,。？?\s对把在由为和给于让说]))(?:这|那)(?:一)?(?:个|项|家|条|份|种|块|次|类|款|届|本|篇)(?:部门|单位|机构|企业|公司|项目|平台|文件|行动|政策|办法|计划|工作|地方|基金|会|数字|数据|比例|目标|措施|东西)?"
    r"|前一(?:个|块|条|项|种)|后一(?:个|块|条|项|种)"
)
_OPENING = re.compile(r"^(?:那么|那(?!些|个|种|份|项|条|家|本|篇|一|次|块)|然后|还有|另外|此外|接着|同样|再问|换成|如果是|要是)[,，]?")
_ELLIPSIS = re.compile(r"呢(?:[?？,，]|$)|^(?:还|再|又|也|继续|具体|为什么|怎么)|第[一二三四五六七八九十\d]+[条个项点款章节]|倒数|前面|后面|上面|刚才|上一|下一|之前说|其中|其他|其余|别的|剩下")
_YEARS_ON = re.compile(r"(?:再)?(?:往|向)?(?:后|前)(?:推|延|数)?([一二两三四五六七八九十\d]+)年|再过([一二两三四五六七八九十\d]+)年|([一二两三四五六七八九十\d]+)年(?:后|以后|之后|前|之前)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_QUOTED = re.compile(r"[“「『《]([^”」』》]{2,40})[”」』》]")
_ANSWER_HEAD = re.compile(r"^(?:答[:：])?(?:主要)?(?:由|是|为|叫|有|归|属于|包括|分别是|分别为|指的是|即)?\s*([^，,。；;：:（(]{2,30})")
_ACTS = re.compile(r"(?:共同)?(?:牵头|负责|承担|主管|组织|实施|审批|制定|发布|印发|提出|担任|出资|参与).*$")
_ASKING = re.compile(
    r"(?:是|由|有|为|叫|在|归|的是|属于)?(?:什么|哪些|哪个|哪几(?:个|条|项|家|块|方面)?|哪家|哪位|哪里|哪(?:一)?年|谁|几(?:个|条|项|家)|多少|怎么|怎样|如何|啥)[^，,。]{0,8}[?？]?$|吗[?？]?$|[?？]$"
)


@dataclass(frozen=True)
class FollowUp:
    """A question rewritten with its history."""

    standalone: str  #: the question as it is searched and shown
    context: str  #: words of the last turns, searched beside it at a lower weight; "" when it stands alone


def rewrite(question: str, history: Sequence[Turn]) -> FollowUp:
    """Make ``question`` stand alone. One that needs no history is returned as it is.

    >>> rewrite("那2025年呢？", [("论文对2020年提了什么目标？", "初步形成体系架构。")]).standalone
    '论文对2025年提了什么目标？'
    """
    if not history or not depends(question):
        return FollowUp(question, "")
    last_q, last_a = history[-1]
    context = f"{last_q} {last_a[:120]}"
    bare = _OPENING.sub("", question.strip())

    year = _counted_year(bare, history)
    if year:
        return FollowUp(_with_year(history, year), context)
    named = _YEAR.findall(bare)
    if named and len(bare) <= 12:
        return FollowUp(_with_year(history, named[-1]), context)

    entity = antecedent(bare, history)
    pronoun = _PRONOUN.search(bare)
    if pronoun and entity:
        resolved = bare[: pronoun.start()] + entity + bare[pronoun.end() :]
        return FollowUp(resolved, context)
    topic = topic_of(history)
    if topic and topic not in bare:
        return FollowUp(f"{topic}：{bare}", context)
    return FollowUp(bare, context)


def depends(question: str) -> bool:
    """Whether the wording leans on what was said before."""
    text = question.strip()
    telling = re.sub(r"[\W_]|什么|哪些|怎么|多少|如何|呢|吗|的|了|是", "", text)
    return bool(_PRONOUN.search(text) or _OPENING.search(text) or _ELLIPSIS.search(text) or len(telling) < 12)


def antecedent(question: str, history: Sequence[Turn]) -> str:
    """What a pronoun of ``question`` most likely stands for; "" when the history does not tell."""
    last_q, last_a = history[-1]
    listed = _listed(last_a)
    if re.search(r"前者|前一|第一个", question) and len(listed) >= 2:
        return listed[0]
    if re.search(r"后者|后一|最后一", question) and len(listed) >= 2:
        return listed[-1]
    if kinds_of(last_q) & {"who", "duty", "where", "define"} or re.search(r"哪|谁", last_q):
        head = _ANSWER_HEAD.match(last_a.strip())
        if head:
            name = _ACTS.sub("", head.group(1)).strip("“”\"' ")
            if 2 <= len(name) <= 20 and not re.match(r"的|没有|不", name):
                return name
    quoted = _QUOTED.findall(last_a) + _QUOTED.findall(last_q)
    if quoted:
        return quoted[0] if not _QUOTED.findall(last_q) else _QUOTED.findall(last_q)[0]
    organ = ORGAN.search(last_q)
    if organ:
        return re.sub(r"^.*(?:由|和|与|在|对|给|向)", "", organ.group())
    return topic_of(history)


def topic_of(history: Sequence[Turn]) -> str:
    """What the talk is about: the last question that names something itself, without its asking words."""
    for question, _ in reversed(history):
        if depends(question) and question is not history[0][0]:
            continue
        topic = _ASKING.sub("", question.strip()).strip("，,：: 的")
        if len(topic) >= 2:
            return topic
    return history[-1][0].strip("?？")


def _listed(answer: str) -> list[str]:
    quoted = _QUOTED.findall(answer)
    if len(quoted) >= 2:
        return quoted
    match = re.search(r"([^，。；：]+(?:、[^，。；：]+)+)", answer)
    return re.split(r"、|和", match.group(1)) if match else []


def _counted_year(question: str, history: Sequence[Turn]) -> str | None:
    """"再往后推五年" after a turn about 2025: 2030."""
    match = _YEARS_ON.search(question)
    years = [year for q, a in history for year in _YEAR.findall(q + a)]
    if not match or not years:
        return None
    step = chinese_number(next(group for group in match.groups() if group)) or 0
    asked = [year for q, _ in history for year in _YEAR.findall(q)]
    base = int((asked or years)[-1])
    return str(base - step if "前" in match.group() else base + step)


def _with_year(history: Sequence[Turn], year: str) -> str:
    """The last full question that named a year, with ``year`` in its place."""
    for question, _ in reversed(history):
        if _YEAR.search(question) and len(question) > 12:
            return _YEAR.sub(year, question)
    for question, _ in reversed(history):
        if _YEAR.search(question):
            return _YEAR.sub(year, question)
    return f"{year}年{topic_of(history)}"
