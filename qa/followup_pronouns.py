"""What the pronouns of a follow-up stand for: 它, 这个部门, 该条例, 其中."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.answer_reading import BODY, HEAD_NOISE, first_name
from qa.followup_said import Said
from qa.followup_turns import both_asked
from qa.question import kinds_of
from qa.slots import lead_for
from qa.topics import ASKS, DATED, UNIT, lone_quotes, own_words

THING = (
    r"(?:部门|单位|机构|企业|公司|项目|平台|文件|行动|政策|办法|计划|工作|地方|基金|会议|数字|数据|比例|目标|措施|"
    r"东西|制度|规定|条例|通知|方案|细则|意见|公告|"
    r"规划|小组|工程|系统|活动|省|市|区|县|中心|地区|城市|银行|医院|学校|协会|条款|要求|任务|补贴|资金|名单|标准|"
    r"奖项|人|钱|款|费用|待遇|手续|证|卡)"
)
#: What happens or is done, as a pronoun's noun: it stands for all that was spoken of, never for who does it.
MATTER = r"(?:事情?(?![业务项件实故])|情况|情形|行为|做法|活儿?(?!动))"
PRONOUN = re.compile(
    # 我们/你们, 其他/其它/其中/其余/其实, 应该/该不该 are no pronouns.
    r"(?<!其)它们?|(?<!其)他们?|她们?|佢哋?|(?<![尤极与及])其(?![中他它余实次间])"
    rf"|(?<!应)该{THING}|前者|后者|此(?:项|类|事|举|次){THING}?"
    # 这项/那家 stand for something only where no noun goes before: not in 教育那一块.
    rf"|(?:^|(?<=[，,。？?\s对把在由为和给于让说按据照]))(?:这|那)(?:一|几|两|三)?(?:个|项|家|条|份|种|次|类|款|届|"
    rf"本|篇|些|笔|件|批)?{THING}"
    r"|(?:^|(?<=[，,。？?\s对把在由为和给于让说按据照]))(?:这|那)(?:一)?(?:个|项|家|条|份|次|届|件事?|笔)(?=是|由|"
    r"有|要|怎|能|会|什么|多|归|在|和|的|呢|吗)"
    rf"|(?:^|(?<=[，,。？?\s对把在由为和给于让说按据照的]))[这那](?:一)?(?:种|类|样的?|个|项|件|些)?{MATTER}"
    r"|^这(?=是|由|有|要|怎|能|会|归|什么)"
)
_INSIDE = re.compile(
    r"(?:这|那)(?:里面|里边|当中|之中|里)|(?:他|它|她)们(?:里头|里面|里边|当中|之中|中间|中)|(?:在)?其中|(?:上述|以上|前述)(?:这|那)?(?:些|几(?:个|条|项|种|类)?)?|"
    r"(?:这|那)些"
)
_NAME_ASKED = re.compile(
    r"谁|哪|(?<![讲说写定求做干管抓])什么(?!时候|样|意思|是|用|关系|区别|影响|要求|安排|措施|目标|内容)|叫什么|何(?:人|机构|地)"
)
_PERSON_ASKED = re.compile(
    r"(?:组长|主任|部长|局长|省长|市长|书记|主席|总理|院士|教授|秘书长|负责人|召集人|董事长|校长|院长|会长|专家|"
    r"作者|谁(?:提|说|写|兼|担任|当|任))"
)
_ORGANLIKE = re.compile(
    r"部门|单位|机构|企业|公司|平台|基金|银行|医院|学校|协会|中心|小组|省|市|区|县|地区|城市|地方|制度|会议|人$"
)
DOCUMENT = re.compile(r"文件|办法|条例|通知|意见|方案|规划|规定|细则|报告|论文|决定|批复|函|公告|政策")
_DOCUMENT_NAME = re.compile(
    r"《[^》]{2,60}》|[\u4e00-\u9fff“”+]{2,24}(?:办法|条例|通知|意见|方案|规划|细则|报告|决定|批复|公告)"
)
_REGION = re.compile(r"[省市区县]$|地区$|城市$|地方$")
#: 为创业者提供场所: who is served, not what is done for them.
_SERVED = re.compile(
    r"(?:为|向|给|对)([^，,。；;、]{2,12}?)(?:提供|给予|开放|发放|支付|补贴|补助|奖励|减免|开展|进行|实施|收取|说明)"
)


#: 它还配合哪些任务？ asks about the department that the question before named as the one that acts.
_ASKS_DUTIES = re.compile(
    r"(?:牵头|配合|参与|参加|负责|承担|协助)(?:了|的)?.{0,3}(?:哪|什么|几|多少|别的|其他|其它|另外)"
)
#: ... or that the answer before named as the one that leads.
_LEADING = re.compile(r"由((?![^，,。；]{0,20}、)[^，,。；、]{2,20}?)(?:单独)?(?:牵头|负责|主管)")
_ACTING = re.compile(
    r"([^，,。里中的、？?]{2,14}?[部委局署办厅院会处科室队中心])(?=(?:都|主要|一共|总共)?(?:牵头|配合|参与|参加|负责|承担|管))"
)


_RANKS_FIRST = re.compile(r"(?:谁|哪(?:个|家|一家)?)[^，,。？?]{0,6}(?:第一|牵头|打头|领头|为主|排在前|排最前)")


def resolved(bare: str, said: Sequence[Said]) -> tuple[str, str]:
    """The question with its pronoun replaced, and what replaced it; ("", "") when there is none."""
    last = said[-1]
    inside = _INSIDE.search(bare)
    pronoun = PRONOUN.search(bare)
    if inside and (not pronoun or inside.start() <= pronoun.start()):
        listed = "、".join(last.items)
        # Which of the bodies that share a task comes first is told of the task.
        of_task = bool(_RANKS_FIRST.search(bare) and re.search("部门|单位|谁|哪[几个些]?家", last.question))
        topic = listed if last.items and len(listed) <= 40 and not of_task else last.about
        return bare[: inside.start()] + f"{topic}中，" + bare[inside.end() :].lstrip("，, "), ""
    if not pronoun:
        return "", ""
    acting = (
        _ACTING.search(said[-1].question) or _LEADING.search(said[-1].answer) if _ASKS_DUTIES.search(bare) else None
    )
    if re.match(r"[的]?(?:配合|参与|参加|协同|牵头|责任|负责|主管)(?:的)?(?:单位|部门|科室)", bare[pronoun.end() :]):
        entity = said[-1].entity or said[-1].about  # the task, not who leads it
    else:
        body = last.about if BODY.fullmatch(last.about) else ""
        again = body if _ASKS_DUTIES.search(bare) else ""
        entity = again or (acting.group(1) if acting else "") or antecedent(pronoun.group(), said)
        if entity == last.about and _LONE.fullmatch(pronoun.group()) and "count" in kinds_of(last.question):
            entity = _owner(last.about, bare[pronoun.end() :]) or entity
    if not entity:
        return "", ""
    owner = "的" if pronoun.group() == "其" and not entity.endswith("的") else ""
    return bare[: pronoun.start()] + entity + owner + bare[pronoun.end() :], entity


_LONE = re.compile("它|其")
_OF_ITS_OWN = 4  #: characters of words by which a question names another thing to measure


def _owner(measured: str, asked: str) -> str:
    """The place whose measure was asked for, where another thing of it is counted then: 甲市人均绿地面积多少, 它五年里要建几个
    湿地公园; "" for a question that goes on about the measure."""
    place = re.sub(r"(?:19|20)\d\d年?度?", "", lead_for(measured, ""))
    new = [word for word in own_words(DATED.sub("", asked)) if word not in measured]
    return place if sum(map(len, new)) >= _OF_ITS_OWN and ASKS.search(asked) else ""


_MONEY = re.compile(r"^(?:钱|款|费用?|补贴|补助|资金|待遇)$")
#: A sum by its name: 丧葬补助金, 培训补贴, 登记费.
_SUM = re.compile(
    r"(?:(?!什么|多少|哪|谁|这|那|给|领|拿|交|出|能|要|享受|申请|和|与)[^\W\d_的是由]){2,10}?"
    r"(?:金(?!额)|费用?|款(?!项)|补贴|补助|奖励|待遇)(?=[怎是多有要由给按和在能可几什谁发吗呢]|[，,、？?]|$)"
)


#: A law by which something is done, and what the text calls itself: 违反《…》, 依照…条例, 本办法.
_BY_LAW = re.compile(r"(?:违反|依照|依据|根据|按照?|参照|适用|遵守|执行)(?:了|本市?|国家|[省市]的?)?$")
_ITSELF = re.compile(r"^(?:(?:违反|依照|依据|根据|按照?|请问|在|对|自)*)(?P<name>.*)$")
_CALLS_ITSELF = re.compile(r"(?:[本该此这那个份项]|上述|前款|有关|相关)[\u4e00-\u9fff]{2}$")
_ASKS_DOCUMENT = re.compile(
    r"(?:哪|什么|啥)[一二三几些个份部项]*(?:文件|办法|条例|通知|意见|方案|规划|规定|细则|政策|法|依据)"
)


_ANY_DOCUMENT = frozenset("文件 政策".split())  #: words that any of them is called by


def documents_named(text: str, *, cited: bool = True) -> list[str]:
    """The documents that a text names, in order, no 本办法; without ``cited`` none that it only goes by: 违反《…》."""
    named = []
    for found in _DOCUMENT_NAME.finditer(text):
        plain = _ITSELF.sub(r"\g<name>", found.group())
        by_law = plain != found.group() or _BY_LAW.search(text[: found.start()])
        if not _CALLS_ITSELF.search(plain) and len(plain) > _SHORTEST_NAME and (cited or not by_law):
            named.append(plain)
    return named


_SHORTEST_NAME = 3  #: characters of a word for documents with nothing before it


def _document_of(noun: str, turn: Said) -> str:
    """The document that 这个办法 means where the talk is about a turn: one of its question, or one that its answer names
    and does not go by, else the one that its answer was taken from; sooner one of that noun."""
    asks = bool(_ASKS_DOCUMENT.search(turn.question))
    said = [
        *documents_named(turn.told),
        *documents_named(turn.question),
        *documents_named(turn.answer, cited=asks),
        *([turn.source] if turn.source else []),
    ]
    alike = next((name for name in said if noun in name), "")
    return alike or ("" if noun in _ANY_DOCUMENT else turn.source) or next(iter(said), "")


#: A case with what is done or left undone in it, before what is asked of it: 商户没登记 of 商户没登记怎么罚.
_CASE = re.compile(
    r"[^，,？?]*?(?:没有?|未|不(?!动产)|擅自|私自|违规|非法|被)[\u4e00-\u9fff]{1,14}?"
    r"(?=[，,？?]|的?(?:怎|如何|罚|处[罚理分]|会|要|能|该|算|多少|谁|由|归|哪|什么|几[个天年次]|是|可以|[吗呢])|$)"
)


def matter_of(turn: Said) -> str:
    """What a turn speaks of, with what is done or left undone there, and what it asks whether one may do."""
    case = _CASE.match(turn.question)
    matter = case.group() if case and turn.about in case.group() else turn.about
    whether = _WHETHER.fullmatch(turn.question.removeprefix(matter))
    return f"{matter}，{whether['act']}" if whether else matter


_WHETHER = re.compile(
    r"[，,](?:还|又|也|就)?(?:能不能|可不可以|是否可以|可以|能|可)(?P<act>[^，,？?]{2,12}?)[吗么]?[？?]?"
)


def antecedent(pronoun: str, said: Sequence[Said]) -> str:
    """What a pronoun most likely stands for."""
    last = said[-1]
    noun = re.sub(
        rf"^(?:[它其他她]们?|佢哋?|(?:这|那|该|此)(?:一|几|两|三)?(?:{UNIT}|份|次|本|篇|些|笔|批|事|举)?)", "", pronoun
    )
    if re.fullmatch(MATTER, noun):
        return matter_of(last)
    plural = pronoun.endswith("们") or re.match(r"(?:这|那)(?:几|两|三|些)", pronoun)
    person = pronoun in ("他", "她", "他们", "她们")
    served = _SERVED.match(last.answer.strip()) if person else None
    if served:
        return served[1]
    two = both_asked(said[-2].question, last.question) if len(said) > 1 and plural else None
    if two:
        return f"{two[0]}和{two[1]}"
    if plural and _TWO_BODIES.fullmatch(last.about):
        return last.about
    if plural and last.items:
        return "、".join(last.items[:4])
    # A pronoun carried on from one question to the next stands for the same thing.
    if last.entity and not person and not (noun and _ORGANLIKE.search(noun)):
        return last.entity
    if _MONEY.search(noun):
        sums = _SUM.findall(last.question)
        if sums:
            return str(sums[-1])
    if DOCUMENT.search(noun):
        named = next((name for turn in reversed(said) if (name := _document_of(noun, turn))), "")
        if named:
            return named
    if _REGION.search(noun):
        for text in (last.answer, last.question):
            region = re.search(rf"[\u4e00-\u9fff]{{2,6}}?{noun[-1]}", text)
            if region:
                return region.group()
    set_in = _SET_IN.search(last.answer) if not noun and _SET_IN_ASKED.search(last.question) else None
    if set_in:
        return set_in["body"]
    asks_person = bool(_PERSON_ASKED.search(last.question))
    # 这项工作 after "by whom" is the work, not who does it.
    asks_organ = bool(re.search("谁|哪(?:个|些|家)?(?:部门|单位)", last.question))
    names = not noun or bool(_ORGANLIKE.search(noun)) or not asks_organ
    if _NAME_ASKED.search(last.question) and (person or not asks_person) and names:
        given = first_name(last.question, last.answer)
        if given:
            return given
    set_up = _SET_UP.match(HEAD_NOISE.sub("", last.answer.strip())) if not noun else None
    if set_up and _BY_WHAT.search(last.question):
        return set_up[1]
    quoted = lone_quotes(last.question)
    if quoted:
        return quoted[0]
    return last.about


#: Where an office is set up: 办公室设在哪 - 办公室设在市水务局.
_SET_IN_ASKED = re.compile("(?:设|放|挂)在(?:哪|什么|谁)|挂靠(?:在)?(?:哪|什么|谁)")
_SET_IN = re.compile("(?:设|放|挂)在(?P<body>[\u4e00-\u9fff]{2,16}?[部委局厅署院会司处科])(?=[，,。；;、（(]|$)")
_TWO_BODIES = re.compile(r"[\u4e00-\u9fff]+[部局委厅办署院会](?:和|与|、)[\u4e00-\u9fff]+[部局委厅办署院会]")
#: How something is brought about, answered by what is set up for it: 怎么协调 - 建立联席会议制度.
_BY_WHAT = re.compile(r"怎么|怎样|如何|靠什么|什么办法|咋")
_SET_UP = re.compile(
    r"(?:建立|设立|成立|组建|搭建|设置)(?:了|起)?([^，,。；;]{2,24}?(?:会议|机制|平台|委员会|小组|机构|中心|基金|制度))(?:制度)?[，,。；;]"
)
