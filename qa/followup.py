"""Follow-up questions made to stand alone, by rule: pronouns, elided topics, slots filled anew, ordinals, years."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.labels import number_of
from index.tokens import known_word, simplify
from qa.about_answer import act_on_answer
from qa.amounts import amounts
from qa.answer import REFUSAL
from qa.answer_reading import BODY, HEAD_NOISE, first_name, listed
from qa.courtesy import is_courtesy, without_courtesy
from qa.departments import named_in
from qa.duty_followup import beside_told, of_bodies, of_task, spoken_of_last
from qa.followup_lists import more_of_the_list, next_in_order, of_whole_list
from qa.followup_topics import about, asks_of_a_term, has_subject, scope_of
from qa.followup_turns import back_to_place, both_asked, corrected, goes_back, of_both, taken_up
from qa.followup_versions import of_that_time, other_version
from qa.followup_years import than_year, years_named
from qa.other_document import of_other_document
from qa.procedure_talk import asks_steps, of_the_whole, step_of
from qa.question import asking_part, kinds_of
from qa.slots import (
    PERSONS,
    PLACE,
    SHAPE,
    STATE,
    STEP,
    TIME,
    WHO,
    by_asked_noun,
    by_case,
    by_place,
    by_shape,
    by_sort,
    by_suffix,
    fill,
    in_a_set,
    moved_to,
    of_like,
    place_before,
)
from qa.standing_words import Stands, settled
from qa.topics import (
    ASKS,
    DATED,
    NUMERAL,
    PREDICATE,
    QUOTED,
    UNIT,
    YEAR,
    clauses_in,
    cut_words,
    lone_quotes,
    own_words,
    topic_of,
)

Turn = tuple[str, str]

_THING = (
    r"(?:部门|单位|机构|企业|公司|项目|平台|文件|行动|政策|办法|计划|工作|地方|基金|会议|数字|数据|比例|目标|措施|"
    r"东西|制度|规定|条例|通知|方案|"
    r"规划|小组|工程|系统|活动|省|市|区|县|中心|地区|城市|银行|医院|学校|协会|条款|要求|任务|补贴|资金|名单|标准|"
    r"奖项|人|钱|款|费用|待遇|手续|证|卡)"
)
_PRONOUN = re.compile(
    # 我们/你们, 其他/其它/其中/其余/其实, 应该/该不该 are no pronouns.
    r"(?<!其)它们?|(?<!其)他们?|她们?|佢哋?|(?<![尤极与及])其(?![中他它余实次间])"
    rf"|(?<!应)该{_THING}|前者|后者|此(?:项|类|事|举|次){_THING}?"
    # 这项/那家 stand for something only where no noun goes before: not in 教育那一块.
    rf"|(?:^|(?<=[，,。？?\s对把在由为和给于让说按据照]))(?:这|那)(?:一|几|两|三)?(?:个|项|家|条|份|种|次|类|款|届|"
    rf"本|篇|些|笔|件|批)?{_THING}"
    r"|(?:^|(?<=[，,。？?\s对把在由为和给于让说按据照]))(?:这|那)(?:一)?(?:个|项|家|条|份|次|届|件事?|笔)(?=是|由|"
    r"有|要|怎|能|会|什么|多|归|在|和|的|呢|吗)"
    r"|^这(?=是|由|有|要|怎|能|会|归|什么)"
)
_INSIDE = re.compile(
    r"(?:这|那)(?:里面|里边|当中|之中|里)|(?:他|它|她)们(?:里头|里面|里边|当中|之中|中间|中)|(?:在)?其中|(?:上述|以上|前述)(?:这|那)?(?:些|几(?:个|条|项|种|类)?)?|"
    r"(?:这|那)些"
)
_OPENING = re.compile(
    r"^(?:那么?(?![个些种份项条家本篇一次块里几位类时边年天笔批件款届])|然后|还有(?=.{1,16}呢)|另外|此外|接着|接下来(?!的)|同样(?!是)|再问|"
    r"再看|换成|换作|换到|如果是|要是|假如是|轮到|至于|(?:再)?说说|再?来?看看?)[,，]?"
)
_SPEAKING = re.compile(
    rf"^(?:还|再|又|也|继续|具体|为什么|为何|除此|除了(?:这|那|它)|还有|别的|其他|其它|其余|剩下|同年|当年|当时|那个?时候?|那会儿|"
    rf"到?(?:第二年(?![级度])|次年|翌年|转年|后一年)|上面|刚才|前面|后面)"
    rf"|(?:倒数)?第{NUMERAL}{UNIT}(?!卷|期)|(?:再)?[下上]一{UNIT}|(?:后|前)(?:面|边)?的?{NUMERAL}{UNIT}|"
    rf"[前后]一{UNIT}|最后一{UNIT}"
    r"|刚才|之前说|上面说|前面说|你说的|提到的那"
)
_ORDINAL = re.compile(
    rf"(?P<back>倒数|最后)?第(?P<nth>{NUMERAL})(?P<unit>{UNIT})|(?:最后|末)(?P<last>一)(?P<unit2>{UNIT})|"
    rf"(?:再)?(?P<step>[下上]|[前后上下](?=面?的?那一))(?:面?的?那)?一(?P<unit3>{UNIT})"
    rf"|(?P<side>后|前|最后|头|剩下|另外)(?:面|边)?的?(?P<some>{NUMERAL})(?P<unit4>{UNIT})"
)
_ELLIPTIC = re.compile(r"^(?P<filler>[^，,。？?]{1,40}?)(?:的)?呢(?=$|[？?，,。])[？?，,。]?(?P<rest>.*)$")
_PART = re.compile(
    r"^(?P<filler>[^，,。？?的]{2,20}?)(?:那|这)(?:一|个)?(?:块|边|方面|部分|头|一?类|"
    r"一?项)(?:的)?(?:呢)?[，,？?]?(?P<rest>.*)$"
)
#: 远程的那种，…: one sort of what is spoken of.
_ONE_OF_THEM = re.compile(
    rf"[^，,。？?]{{2,10}}的(?:那|这)(?:一|几)?(?:种|类|个|些|项|档|部分)(?=[，,是有要由能怎可应]|{ASKS.pattern})"
)
_OTHER = re.compile(r"^(?P<filler>[^，,。？?]{2,30})[，,](?P<rest>.+)$")
_YEARS_ON = re.compile(
    rf"(?:再)?(?:往|向)?(?P<way>后|前)(?:推|延|数|退)?({NUMERAL})年|再过({NUMERAL})年|({NUMERAL})年(?P<way2>后|"
    rf"以后|之后|前|之前|以前)"
)
_MARK = re.compile(r"\[\d+\]")
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
_DOCUMENT = re.compile(r"文件|办法|条例|通知|意见|方案|规划|规定|细则|报告|论文|决定|批复|函|公告|政策")
_DOCUMENT_NAME = re.compile(
    r"《[^》]{2,60}》|[\u4e00-\u9fff“”+]{2,24}(?:办法|条例|通知|意见|方案|规划|细则|报告|决定|批复|公告)"
)
_REGION = re.compile(r"[省市区县]$|地区$|城市$|地方$")
#: 为创业者提供场所: who is served, not what is done for them.
_SERVED = re.compile(
    r"(?:为|向|给|对)([^，,。；;、]{2,12}?)(?:提供|给予|开放|发放|支付|补贴|补助|奖励|减免|开展|进行|实施|收取|说明)"
)


@dataclass(frozen=True)
class FollowUp:
    """A question rewritten with its history."""

    standalone: str  #: the question as it is searched and shown
    context: str  #: what the talk is about, searched beside it at a lower weight; "" when it stands alone
    own: str = ""  #: what it brings itself: its own words and what its pronoun stands for; "" when it stands alone
    #: the other wording, for where this one is refused: with what the talk is about for one that may stand alone, without
    #: it for one that was joined to it; else ""
    otherwise: str = ""


_NTH_OF = re.compile(rf"(?<=..)的?(?:倒数)?第{NUMERAL}{UNIT}$")


@dataclass(frozen=True)
class _Said:
    """A turn whose question has been made to stand alone."""

    question: str
    answer: str
    items: tuple[str, ...] = ()  #: the list that the talk is about
    place: int | None = None  #: which of ``items`` was asked for
    of_list: str = ""  #: what ``items`` are a list of, where the question is about one of them
    entity: str = ""  #: what a pronoun of the question stood for
    filled: str = ""  #: what was put in the place of its like
    carried: str = ""  #: what the talk is about, where the question begins with that and a comma
    leaned: bool = False  #: whether the question was not said in full
    compares: bool = False  #: whether it sets the two turns before it beside each other
    scope: str = ""  #: the place that the talk is of, where what it is about is a case there
    told: str = ""  #: what was told of the answer when something was asked of that

    @property
    def refused(self) -> bool:
        return self.answer.startswith(REFUSAL)

    @property
    def about(self) -> str:
        """What the talk is about with this turn."""
        filled = self.filled.removesuffix("的")
        asked = self.question.removeprefix(f"{filled}，") if in_a_set(filled) else self.question
        topic = self.carried or about(asked)
        return _NTH_OF.sub("", topic) if "没有第" in self.answer else topic

    @property
    def list_topic(self) -> str:
        return self.of_list or self.about

    @property
    def parted(self) -> tuple[str, str]:
        """What the question carries over, with its comma, and what it asks itself."""
        lead = f"{self.carried}，" if self.carried else ""
        return lead, self.question.removeprefix(lead)


def rewrite(question: str, history: Sequence[Turn], stands: Stands | None = None) -> FollowUp:
    """Make ``question`` stand alone. One that needs no history is returned as it is.

    ``stands``: whether a string stands in the documents, which tells what gives way to something new where that is
    doubtful.

    >>> rewrite("那2025年呢？", [("论文对2020年提了什么目标？", "初步形成体系架构。")]).standalone
    '论文对2025年提了什么目标？'
    """
    question = without_courtesy(question)
    said: list[_Said] = []
    for earlier, answer in [(without_courtesy(q), a) for q, a in history if not is_courtesy(q)][-8:]:
        if act_on_answer(earlier) is not None:
            said[-1:] = [replace(turn, told=answer) for turn in said[-1:]]
            continue
        turn = _stand_alone(earlier, _MARK.sub("", answer), said, stands)
        if not turn.compares:  # the talk goes on about the two
            said.append(replace(turn, leaned=turn.question != earlier.strip()))
    if not said or not depends(question):
        return FollowUp(question, "")
    last = said[-1]
    # Not the last answer: its words would lead back to the sentences that have been given already.
    told = _stand_alone(question, "", said, stands)
    topic = last.about
    own = _ELLIPTIC.match(_without_opening(question.strip()))
    perhaps = _leaning(question) == 1 and told.question == question or bool(own and own["rest"] and not told.filled)
    otherwise = f"{topic}，{told.question}" if perhaps and topic not in told.question else ""
    lead, asked = told.parted
    if lead and kinds_of(asked) and own_words(asked) and not _PRONOUN.search(asked):
        otherwise = asked
    return FollowUp(told.question, topic, question, otherwise)


def is_of_documents(question: str) -> bool:
    """Whether a turn asks something of the documents: it is no courtesy, and nothing that asks of an answer given."""
    return not is_courtesy(question) and act_on_answer(without_courtesy(question)) is None


def _grounds(bare: str, said: Sequence[_Said]) -> Sequence[_Said]:
    """The turns that a follow-up leans on: not those that leant on others themselves and were refused. What they brought,
    a year or something to ask, is not in the documents, and asked again it would be refused again. One that asked about
    another thing stays, and so does one in which the new turn exchanges something for its like: 乙市的电话呢, 丙市呢."""
    while len(said) > 1 and said[-1].refused and said[-1].leaned:
        last, new = said[-1], _ELLIPTIC.match(bare)
        filler = _filler(new["filler"]) if new else ""
        like = filler and not TIME.fullmatch(filler) and of_like(last.question, filler)
        if like or DATED.sub("", last.about) != DATED.sub("", said[-2].about):
            break
        said = said[:-1]
    return said


def depends(question: str) -> bool:
    """Whether the wording leans on what was said before, surely or perhaps."""
    return _leaning(without_courtesy(question)) > 0


_ALONE = re.compile(
    rf"(?:那么?|还有|[,，])*(?:(?:{_ORDINAL.pattern})(?:的?呢|(?:又|具体)?(?:是|讲|说|写|规定|叫)(?:的|了)?(?:是)?(?:什么|啥)(?:内容)?)?"
    r"|(?:它们?|他们?|这个|那个|前者|后者|其中)(?:的?呢)?)[?？。]?"
)


def points_at_nothing(question: str) -> bool:
    """Whether a question is nothing but words that point into a talk: 第二条呢, 前者呢."""
    return bool(_ALONE.fullmatch(simplify(question.strip())))


def _leaning(question: str) -> int:
    """2: the question cannot stand alone; 1: short, it may; 0: it stands alone."""
    text = simplify(question.strip())
    if is_courtesy(text):
        return 0
    if corrected(text) or (goes_back(text) and len(text) < 30):
        return 2
    first = re.split(r"[。？?！!]", text)[0]
    own = own_words(DATED.sub("", text))
    weight = sum(len(word) for word in own if len(word) > 1 or not "\u4e00" <= word <= "\u9fff")
    for found in _PRONOUN.finditer(text):
        if _DOCUMENT.search(found.group()) and weight >= 6:
            return 1  # 这份文件 of a question that says much itself: most likely the one that all talk is about
        # What a pronoun stands for may have been named in the question itself: 智慧城市这个说法，它是指什么.
        if sum(len(w) for w in own_words(text[: found.start()]) if len(w) > 1) < 4:
            return 2
    if _SAME_OF.fullmatch(text) or (_OPENING.match(text) and len(text) < 60):
        return 2
    pointing = _SPEAKING.search(text) or re.match(r"[这那]里", text)
    # 《数据条例》第三条 and 游览规定第三条 name what the clause belongs to.
    if pointing and "《" not in text:
        owned = len("".join(own_words(text[: pointing.start()]))) >= 4
        if not owned and weight < (6 if pointing.group().startswith("第") else 16 if pointing.start() == 0 else 10):
            return 2
    ellipsis = _ELLIPTIC.match(first)
    if ellipsis and not kinds_of(ellipsis["filler"]) and not clauses_in(ellipsis["filler"])[1:]:
        return 2
    if _PART.match(first) and weight < 6 and not QUOTED.search(text):
        return 2
    if _ONE_OF_THEM.match(first) and weight < 12 and not QUOTED.search(text):
        return 2
    if QUOTED.search(text):
        return 0
    if _how_much_when(first):
        return 2
    if re.search(r"[\u4e00-\u9fff]{2}[里中]的?[\u4e00-\u9fff]", first) and 0 < weight <= 7:
        return 1
    if asks_of_a_term(first):
        return 1
    if weight <= 3:
        return 2
    return 1 if weight <= 7 else 0


def _stand_alone(question: str, answer: str, said: Sequence[_Said], stands: Stands | None) -> _Said:
    """A turn made to stand alone with those before it."""
    items = tuple(listed(answer))
    plain = _Said(question.strip(), answer, items)
    compared = (
        of_both(question.strip(), said[-2].question, said[-1].question) if len(said) > 1 and depends(question) else ""
    )
    if said and depends(question):
        compared = compared or than_year(_without_opening(question.strip()), said[-1].question)
    if compared:
        return _Said(compared, answer, items, compares=True)
    if not said or _leaning(question) < 2:
        return plain
    meant = corrected(question.strip())
    if meant and not meant.endswith("呢？") and own_words(meant):
        return _Said(meant, answer, items)
    bare = meant or question.strip()
    place, rest = back_to_place(bare)
    if place and has_subject(rest):
        return _Said(f"{place}{rest}", answer, items)
    turn, bare = taken_up(bare, [(turn.question, turn.answer) for turn in said])
    said = said[: turn + 1]
    bare = _SAME_OF.sub(r"\g<thing>呢？", _ALSO.sub("呢？", _without_opening(bare) or bare))
    said = _grounds(bare, said)
    last = said[-1]
    if WHO.search(last.question):
        bare = _ROLE.sub(r"\1部门", bare)  # 参与的有哪些
    bare = beside_told(bare, last.question, last.about)
    whole = (
        of_bodies(bare, last.question, last.about)
        or (of_both(bare, said[-2].question, last.question) if len(said) > 1 else "")
        or of_task(bare, last.question)
        or (of_whole_list(bare, last.list_topic) if last.place is not None else "")
        or step_of(bare, last.about, procedure=asks_steps(last.question))
    )
    if whole:
        return _Said(whole, answer, items)
    chosen = _by_place(bare, answer, said)
    if chosen:
        return chosen
    beside = next_in_order(question.strip(), last.question, last.about)
    if beside:
        return _Said(beside, answer, items)
    entity = carried = filled = scope = ""
    bare = years_named(bare, last.question, last.answer)
    of_lists = [turn for turn in reversed(said) if turn.place is None] or [last]  # not one item that was asked for
    of_list = of_lists[0]
    text = (
        more_of_the_list(question.strip(), of_list.question, listed=bool(of_list.items))
        or _more_of_an_earlier_list(question.strip(), of_lists[1:], last)
        or _back_to(bare, said)
        or _not_done(bare, last.question)
        or other_version(bare, last.question)
        or of_that_time(bare, last.question, last.about)
        or of_other_document(bare, last.question)
        or _other_case(question.strip(), last.question)
        or _later_year(bare, said)
        or _at_other_time(bare, last.question)
        or _other_doing(bare, last.question)
    )
    if not text:
        # 为什么 asks nothing that could be asked of another thing.
        before = said[-2] if len(said) > 1 and _WHY.fullmatch(last.parted[1]) else last
        told_more = last.place is not None and _TOLD_MORE.search(last.question)
        text, filled = _refilled(bare, of_list if told_more else before, stands)
        if last.place is not None and not text.startswith(last.of_list):
            text = text.replace(f"中的{last.entity}", "")  # the item was one of another list
        carried = last.carried if filled and text.startswith(f"{last.carried}，") else ""
    if not text:
        text, entity = _resolved(bare, said)
    if not text:
        topic, bare = moved_to(of_the_whole(last.about, bare), bare)
        text = _beside(bare, last.question, topic) or (bare if topic in bare else "")
        scope = place_before(topic) if last.scope or scope_of(last.question) else ""
        if scope and has_subject(bare) and not place_before(bare):
            text = text or f"{scope}{bare}"  # another thing there
        joint = "" if _ROLE.match(bare) else "，"
        if (year := _IN_YEAR.match(bare)) and not YEAR.search(topic):
            text = text or f"{year.group()}，{topic}，{bare[year.end() :]}"
        carried = "" if text or not joint else topic
        text = text or f"{topic}{joint}{bare}"
    return _Said(text, answer, items, entity=entity, filled=filled, carried=carried, scope=scope)


#: 2021年有这项吗: all of it is asked of that year.
_IN_YEAR = re.compile(r"(?:19|20)\d\d年(?=[有没是])")


def _more_of_an_earlier_list(question: str, turns: Sequence[_Said], last: _Said) -> str | None:
    """An earlier question for a list, asked again behind one about a member of it: 谁负责养犬, 卫健部门呢, 还有吗."""
    of_it = (turn for turn in turns if not turn.leaned and len(turn.about) > 1 and last.question.startswith(turn.about))
    return next(
        (t for turn in of_it if (t := more_of_the_list(question, turn.question, listed=bool(turn.items)))), None
    )


#: Wording that only has an item told in full.
_TOLD_MORE = re.compile("(?:(?:详细|具体|展开|仔细)(?:地|来|给我)?[说讲介]|具体是怎么说的).{0,4}$")
_WHY = re.compile("(?:这是|又)?(?:为什么|为何|为啥|凭什么)(?:呢|啊|不行|不能)?[?？]?")


#: Words that begin like a measure word and go with 那 all the same: 那里面, 那时候, 那年底.
_OF_THAT = frozenset(
    "里面 里头 里边 时候 年底 年初 年末 年头 边儿 边上 家里 天里 一下 一个 一点 一次 一年 一天 几个 几年".split()
)


#: The same asked of another thing: 证券公司呢，也能这么做？
_ALSO = re.compile(
    r"呢[,，](?:是不是|是否)?(?:也|同样)(?:[能可要是行会]以?|适用|需要)*(?:这么|那么|这样|那样)?(?:做|办|搞|算|享受)?(?:的)?(?:吗|么)?[?？]?$"
)


#: 旧办法也是这样吗: the last question about it.
_SAME_OF = re.compile(
    r"(?P<thing>[^，,。？?]{2,16}?)(?:是不是|是否)?(?:也|同样)都?(?:是(?=吗)|(?:[是要得能会]|可以|适用)?(?:这样|那样|如此|一样|[这那]么(?:多|高|长|久|做|办|算)))的?[吗么]?[?？]?"
)


def _without_opening(question: str) -> str:
    """A question without the words that only tie it to the talk: 那, 然后, 还有, and 那 before 边缘户 or 年轻人."""
    bare = _OPENING.sub("", question)
    if bare != question or not question.startswith("那"):
        return bare
    first = (cut_words(question[1:]) or [""])[0]
    if re.match(rf"[份本篇]{_THING}", question[1:]):
        return question
    return question[1:] if len(first) > 1 and known_word(first) and first not in _OF_THAT else question


_SAME_ASKED = re.compile(r"牵头|负责|主管|参与|配合|[收补奖罚减扣给]|建设?|做|搞|弄")


def _beside(bare: str, last: str, topic: str) -> str:
    """A question that asks of a thing of its own what the last one asked of another, with what both lie in: 电梯的施工管理
    由谁牵头, 邻里调处由谁牵头 -> 电梯的邻里调处由谁牵头. Empty where it has no thing of its own."""
    of_sort = re.match(r"([\u4e00-\u9fff]{2,3}[类业级])的", bare)
    if of_sort and kinds_of(bare) & kinds_of(last) and (moved := by_suffix(last, of_sort[1])):
        return moved
    own = topic_of(bare)
    asked = {m.group() for m in _SAME_ASKED.finditer(bare)} & {m.group() for m in _SAME_ASKED.finditer(last)}
    alike = bool(kinds_of(bare) & kinds_of(last)) and (bool(asked) or bool(re.search("[里中上][，,]", topic)))
    if not alike or own not in bare or len("".join(own_words(own))) < 3 or own in topic:
        return ""
    place = PLACE.match(topic)
    inside = re.match(r".+[，,]|.+的(?=.{2,})", topic)
    scope = inside.group() if inside else place.group() if place else ""
    return "" if not scope or bare.startswith(scope) else f"{scope}{bare}"


#: 前面那个试点, 刚才说的那个平台: something that an earlier turn spoke of.
_BACK_TO = re.compile(
    r"(?:最?前面|刚才|刚刚|上面|之前|先前|最?开始|开头)(?:你|您)?(?:提到?|说到?|讲到?|问到?)?过?的?(?:那|这)(?:一)?"
    r"(?:个|项|条|种|份|家|类)?(?P<noun>[\u4e00-\u9fff]{2,6}?)(?=[，,。？?的是由要有怎能会归]|现在|什么|具体|$)"
)


def _back_to(bare: str, said: Sequence[_Said]) -> str | None:
    """A question that goes back to what an earlier turn spoke of, with its name: 前面那个试点 -> 信息进村试点."""
    found = _BACK_TO.search(bare)
    turn = next((t for t in reversed(said) if found and found["noun"] in t.question + t.answer), None)
    if found is None or turn is None:
        return None
    topic = turn.about
    name = topic if found["noun"] in topic else f"{topic}{'' if len(topic) < 10 else '的'}{found['noun']}"
    return bare[: found.start()] + name + bare[found.end() :]


#: In talk of who does what, a role without a noun is a department: 配合的有哪些, 牵头的呢.
_ROLE = re.compile(
    r"(?<!除了)(?<!除去)(?<!除开)(?<!除)((?:牵头|负责|参与|参加|配合|协同|协助|主管|承办)的)(?:部门)?(?=是|有|都|包括|呢|吗|还|$|[?？，,])"
    r"(?!(?:都|是|有|包括)*(?:哪些|哪几个|哪个|什么)(?:部门|单位|机构))"
)
#: What a question asks of a task whose role it asks for: 参与的部门有哪些, 由哪些部门配合.
_ROLE_ASKED = re.compile(
    r"[，,]?(?:(?:牵头|负责|参与|参加|配合|协同|协助|主管|承办)的?(?:部门|单位|机构)?(?:都|是|有|包括)+(?:哪些|哪几[个家])(?:部门|单位|机构)?"
    r"|由?(?:哪些|哪几[个家])(?:部门|单位|机构)(?:来|共同)?(?:牵头|负责|参与|参加|配合|协同|协助|主管|承办))[?？。]?$"
)
#: 那不收走呢, 拖着不办呢: what was asked for is not done.
_NOT_DONE = re.compile(
    r"那?(?P<undone>(?:一直|就是|拖着|老是|故意|硬是|还是)?(?:不|没有?)(?:按[时期]|及时|如期)?(?P<verb>[\u4e00-\u9fff]{1,6}?))(?:的话)?(?:呢|会怎么?样|怎么办)[?？]?"
)
_DEADLINE = re.compile(r"多久|期限|多长时间|(?:几|多少)个?(?:天|日|小时|月|工作日)|什么时候|何时|哪天")


def _not_done(bare: str, last: str) -> str | None:
    """What follows where what the last question asked a deadline of is not done: 坏车多久收走, 那不收走呢 -> 坏车不收走会怎么处理."""
    undone = _NOT_DONE.fullmatch(bare)
    deadline = _DEADLINE.search(last)
    if undone is None or undone["verb"][0] not in last or deadline is None:
        return None
    whose = re.sub(r"(?:应当?|应该|要|得|需要?|必须|在|最迟|最晚)+$", "", last[: deadline.start()])
    return f"{whose or topic_of(last)}{undone['undone']}会怎么处理？"


#: 要是已经构成犯罪呢, 材料不全的话呢: a case of its own, and nothing else.
_CASE = re.compile(
    r"(?:那么?|可)?(?P<if>要是|如果(?!是)|假如(?!是)|倘若|万一)?(?P<case>[^，,。；;：:？?]{4,40}?)(?P<so>的话)?的?呢?[？?]?"
)


#: 情节严重呢: how bad something is makes a case of it, also without 如果.
_HOW_GRAVE = re.compile(
    "(?:情节|后果|情况|问题|程度|数额|危害|影响|损失|损害)(?:特别|较为?|比较|更|很)?(?:严重|轻微?|[巨重较]?大|恶劣|不大)"
)


def _other_case(question: str, last: str) -> str | None:
    """What holds in another case than the last question has: 做虚假广告的，谁来处理, 要是构成犯罪呢 ->
    做虚假广告的，构成犯罪的，怎么办. Of several cases the last one gives way. What is asked for may be another thing then,
    no figure and nobody. None where something in the last question is of the same sort as what the new one names."""
    case = _CASE.fullmatch(question)
    if case is None or not (case["if"] or case["so"] or _HOW_GRAVE.fullmatch(case["case"])) or kinds_of(case["case"]):
        return None
    if amounts(case["case"]) or of_like(last, _filler(case["case"])):
        return None
    *before, asked = clauses_in(asking_part(last))
    about = (before[:-1] or before) if before else [topic_of(last)]
    return "，".join([*about, f"{case['case']}的", "怎么办"]) + "？"


# --- ordinals ---


def _by_place(bare: str, answer: str, said: Sequence[_Said]) -> _Said | None:
    """那第二条呢, 倒数第二个, 后面两代, 下一条, 前者: what stands there in the list that the talk is about."""
    its = _ITS.match(bare)
    if its and said[-1].place is not None:
        return _Said(f"{said[-1].entity}的{bare[its.end() :]}", answer)
    bare = bare[its.end() :] if its else bare
    article = re.fullmatch(rf"(第{NUMERAL}[条章节款])(?:呢|的呢|讲了?什么|说了?什么|怎么[说写]的?)?[?？]?", bare)
    before = re.search(rf"第{NUMERAL}[条章节款]", said[-1].question)
    if article and before and article[1][-1] == before.group()[-1]:
        last = said[-1].question
        return _Said(last[: before.start()] + article[1] + last[before.end() :], answer)
    moved = _place_moved(bare, said[-1])
    if moved:
        return _Said(moved, answer)
    source = next((turn for turn in reversed(said) if turn.items), None)
    pair = re.search(rf"前者|后者|(?<!最)[前后]一{UNIT}", bare)
    found = _ORDINAL.search(bare)
    if pair and source and len(source.items) >= 2:
        place = 0 if "前" in pair.group() else len(source.items) - 1
        return _chosen(bare, pair.span(), (place,), source, answer, said[-1])
    if not found:
        return None
    unit = found["unit"] or found["unit2"] or found["unit3"] or found["unit4"]
    # The name may be given beside the place: 再下一条“做实产业基础”.
    if QUOTED.match(bare[found.end() :].lstrip("的是叫：:，, ")):
        return None
    total = len(source.items) if source else 0
    places = _places(found, total, source.place if source else None)
    if source and places:
        return _chosen(bare, found.span(), places, source, answer, said[-1])
    if source and found["nth"] and source.list_topic and not own_words(bare[found.end() :]):
        return _Said(f"{source.list_topic}的{found.group()}是什么？", answer)  # there is none: that is told
    text = f"{said[-1].question}{said[-1].answer}"
    counts = [number_of(n) or 0 for n in re.findall(rf"(?<![第前后])({NUMERAL}){unit}", text)]
    places = _places(found, max(counts, default=0), None) if found["side"] or found["back"] or found["last"] else ()
    if places and re.search(rf"第{NUMERAL}{unit}", text):
        named = "、".join(f"第{_CN[p + 1]}{unit}" for p in places if p + 1 < len(_CN))
        if named:
            return _Said(f"{said[-1].about}，{bare[: found.start()]}{named}{bare[found.end() :]}", answer)
    return None


#: 它的第一条, 这条下面的第二点: an item of what was asked about.
_ITS = re.compile(
    rf"(?:它们?|其|[这那该](?:一)?(?:个|条|项|章|节|部分))(?:下面|里面?|中|当中)?的?(?=(?:倒数)?第{NUMERAL}{UNIT})"
)


def _place_moved(bare: str, before: _Said) -> str | None:
    """The last question about another place of the same list: 第一种情形是什么, 那第二条呢 -> 第二种情形是什么; with a
    predicate of its own where the noun is said again: 第一个统筹是什么, 第三个统筹抓什么. None where the place may be one
    of the list that the answer gave."""
    last = before.question
    new = _ORDINAL.match(bare)
    olds = [m for m in _ORDINAL.finditer(last) if m["nth"]]
    if new is None or not new["nth"] or not olds:
        return None
    old, rest = olds[-1], bare[new.end() :]
    place = f"{new['back'] or ''}第{new['nth']}{old['unit']}"
    if not rest.strip("的呢？?。 "):
        if before.items and old["unit"] != new["unit"]:
            return None
        return f"{last[: old.start()]}{place}{last[old.end() :]}"
    more = _ASKED_OF_PLACE.fullmatch(rest)
    if more is not None and old["unit"] == new["unit"] and not own_words(_NAME_OF_PLACE.sub("", last[old.end() :])):
        return f"{last[: old.start()]}{place}{more['asked']}"
    noun = rest[:2]
    same = len(noun) == 2 and last.startswith(noun, old.end()) and not ASKS.search(noun)
    return last[: old.start()] + bare if same else None


#: 那第四条呢，提到了哪几个平台 and 第四条由谁牵头: what is asked of another place, which is not named again.
_ASKED_OF_PLACE = re.compile(
    r"(?:的?呢[，,？?。]|[，,])?(?P<asked>(?:又|还|具体|主要|下面|里面?)*(?:由谁|归谁|谁|讲|说|写|提|规定|要求|有|包括|分|列|哪|是什么|叫).+)"
)
#: What a question asks of a place in full: 第三条讲什么.
_NAME_OF_PLACE = re.compile(r"讲|说|写|规定|内容|名字|标题|要求|提到")


_CN = "零一二三四五六七八九十"


def _places(found: re.Match[str], total: int, place: int | None) -> tuple[int, ...]:
    """Indexes that an ordinal expression points at in a list of ``total``; empty when it points nowhere."""
    if found["nth"]:
        nth = number_of(found["nth"]) or 0
        index = total - nth if found["back"] else nth - 1
        return (index,) if 0 <= index < total else ()
    if found["last"]:
        return (total - 1,) if total else ()
    if found["step"]:
        index = -1 if place is None else place + (1 if found["step"] in "下后" else -1)
        return (index,) if 0 <= index < total else ()
    some = number_of(found["some"]) or 0
    if not 0 < some < max(total, 1):
        return ()
    return tuple(range(some)) if found["side"] in ("前", "头") else tuple(range(total - some, total))


def _chosen(
    bare: str, span: tuple[int, int], places: tuple[int, ...], source: _Said, answer: str, last: _Said
) -> _Said:
    named = "、".join(source.items[p] for p in places)
    topic = source.list_topic
    rest = bare[span[1] :]
    # 第三条原则 after a list of 基本原则: the noun is said by the topic already.
    noun = re.match(r"[\u4e00-\u9fff]{2}(?=[具怎什是有呢的里讲说由要规指])", rest)
    if noun and (topic.endswith(noun.group()) or re.search(rf"(?:什么|哪些){noun.group()}", source.question)):
        rest = rest[2:]
    subject = f"{topic}中的{named}" if topic and not any(item in topic for item in source.items) else named
    tail = rest.strip("的呢？?。 ，,")
    if tail:
        text = bare[: span[0]] + subject + rest
    elif (
        last.place is not None
        and (item := last.items[last.place]) in last.question
        and not own_words(last.question.partition(item)[2])
    ):
        text = last.question.replace(last.items[last.place], named)
    elif not re.search(r"哪|什么|几", last.question) and last.question != source.question:
        text = f"{subject}，{last.question}"
    else:
        text = f"{subject}具体是怎么说的？"
    return _Said(text, answer, source.items, places[-1], topic, named)


# --- years and slots ---


def _later_year(bare: str, said: Sequence[_Said]) -> str | None:
    """ "再往后推五年" after a question about 2025: the same question about 2030."""
    match = _YEARS_ON.search(bare)
    if not match or len("".join(own_words(_YEARS_ON.sub("", bare)))) > 4:
        return None
    step = number_of(next(g for g in (match.group(2), match.group(3), match.group(4)) if g)) or 0
    back = (match["way"] or match["way2"] or "后").endswith("前")
    last = said[-1]
    asked = [year for turn in said for year in YEAR.findall(turn.question)]
    years = asked or [year for turn in said for year in YEAR.findall(turn.answer)]
    if not years:
        return None
    year = str(int(years[-1]) + (-step if back else step))
    if YEAR.search(last.question):
        return YEAR.sub(year, last.question)
    return f"{year}年，{last.question}"


#: 到2015年2月初涨到多少了: another time, and the same asked of it.
_AT_TIME = re.compile(
    rf"(?:到了?|在|截至)?(?P<time>{TIME.pattern})(?:的时候|时|左右)?(?P<asked>[^，,。？?]{{0,12}})(?P<rest>[？?。].*)?"
)
_COMES_TO = re.compile(
    r"(?:又|已经?|就|要|将|会|能|应|大概|大约|总共|一共)*(?:涨|升|增长|增加|达|降|跌|减|变|发展)?[到成为了]?(?:是|有|剩)?(?:了)?"
)


def _how_much_when(text: str) -> re.Match[str] | None:
    """The match of _AT_TIME for a text that asks how much there is at a time, and says nothing of what."""
    found = _AT_TIME.fullmatch(text)
    if found is None or not found["time"] or "count" not in kinds_of(found["asked"]):
        return None
    asks = ASKS.search(found["asked"])
    bare = asks and _COMES_TO.fullmatch(found["asked"][: asks.start()]) and not own_words(found["asked"][asks.end() :])
    return found if bare else None


def _at_other_time(bare: str, last: str) -> str | None:
    """The last question, which asks how much, at another time. None where more than the time is new."""
    found = _how_much_when(bare)
    if found is None or "count" not in kinds_of(last):
        return None
    filled = fill(last, found["time"], owner=False)
    rest = (found["rest"] or "").lstrip("？?。")
    return f"{filled}{rest}" if filled else None


_DOES = "(?:搞|做|弄|干|开|办|养|种|卖)"
_DOING = re.compile(rf"想?(?P<does>{_DOES}(?![什么啥哪])[^，,。？?]{{2,14}}?)的?呢[？?]?")
_DID = re.compile(rf"(?:^|(?<=[我们想要来家户厂店人]))(?P<does>{_DOES}[^，,。？?的]{{2,14}}?)(?=的?[，,])")


def _other_doing(bare: str, last: str) -> str | None:
    """The last question of somebody who does something else: 我们想做智能工厂，怎么支持, 那搞个性化定制的呢 -> 我们想搞个性化定制，怎么支持."""
    new, old = _DOING.fullmatch(bare), _DID.search(last)
    if new is None or old is None or ASKS.search(old["does"]) or ASKS.search(new["does"]):
        return None
    return last[: old.start("does")] + new["does"] + last[old.end("does") :]


def _refilled(bare: str, before: _Said, stands: Stands | None) -> tuple[str, str]:
    """The last question with one thing in it exchanged for what the new one names, and that: B类的呢, 到2030年呢; ("", "")
    where the new one names nothing."""
    last = before.question
    ellipsis = _ELLIPTIC.match(bare)
    part = _PART.match(bare)
    match = ellipsis or part
    if not match:
        match = _OTHER.match(bare)
        if not match or not _takes_place(_filler(match["filler"]), last):
            return "", ""
    if match is part and match["filler"][-1] in PREDICATE:  # 2021年有这项吗
        return "", ""
    filler, rest = _filler(match["filler"]), match["rest"]
    if filler not in _ASPECTS and kinds_of(filler) - {"compare", "duty", "metadata", "summary"}:
        return "", ""
    if not filler or filler in last or _PRONOUN.search(filler) or _ORDINAL.fullmatch(filler):
        return "", ""
    last, filler = moved_to(last, filler)
    if last != before.question:  # 乙市的第三步呢: all of it is asked of the other place
        before = replace(before, question=last, carried=by_place(before.carried, place_before(match["filler"])) or "")
    person = filler in (*_WHOM, *PERSONS.split()) and not WHO.search(last)
    timed = bool(STEP.fullmatch(filler)) and bool(_DURATION.search(last))
    named = bool(own_words(filler)) or person or timed or bool(TIME.fullmatch(filler) or SHAPE.search(filler))
    if (
        not rest
        and (not named or filler in _ASPECTS or "metadata" in kinds_of(filler))
        and not by_asked_noun(last, filler)
    ):
        return f"{of_the_whole(before.about, filler)}的{filler}是什么？", ""
    says_more = own_words(rest)
    # A rest that asks the same again adds nothing: 换成交通领域，又提了什么示范.
    besides = frozenset() if kinds_of(last) == {"whether"} else frozenset({"define", "how"})
    asks_like = kinds_of(rest) <= kinds_of(last) | besides or bool(WHO.search(rest) and WHO.search(last))
    again = (
        all(word in last for word in says_more)
        and (asks_like or bool(says_more))
        or len("".join(says_more)) <= 2
        and bool(kinds_of(rest))
        and asks_like
    )
    sentence_ended = bool(re.search(r"呢[？?。]", bare))
    if rest and not again and not sentence_ended:
        # With a predicate of its own only the field of the talk is kept: 益民服务里…
        scope = re.match(r"^(.{2,20}?)(?:里面|里|当中|中(?!国|央|小|心|介|型|医))(?=[\u4e00-\u9fff])", last)
        joined = scope or (len(filler) <= 10 and cut_words(rest)[0] in PREDICATE)
        return f"{scope.group() if scope else ''}{filler}{'' if joined else '，'}{rest}", ""
    if QUOTED.match(match["filler"]) and len(QUOTED.findall(last)) == 1:
        filled: str | None = QUOTED.sub(lambda old: old.group()[0] + filler + old.group()[-1], last)
    elif (role := _ROLE_ASKED.search(last)) and not named_in(filler):
        filled = f"{place_before(last)}{filler}{role.group().lstrip('，,')}"
    elif filler.startswith("其中") or (person and not of_like(last, filler) and not re.search("[，,]", last)):
        filled = f"{filler}，{last}"  # a part of what was asked about, and nothing in its place
    else:
        lead, asked = before.parted
        owner = bool(re.search(r"(?<![边块面分头类项])的呢", bare))
        case = by_case(asked, filler)
        alike = of_like(last, filler) or (f"{lead}{case}" if case else None)
        filled = alike or _in_place_of(before, filler, owner)
        if not filled and lead and own_words(asked) and (own := fill(asked, filler, owner)):
            filled = lead + own
        thing = last if owner or not before.filled.endswith("的") else last.replace(before.filled, "")
        filled = filled or fill(thing, filler, owner)
        if filled and stands:
            filled = settled(last, filler, filled, stands)
        filler = "" if alike else f"{filler}的" if owner else filler
        topic = before.about
        if (
            filled
            and not alike
            and STATE.search(filler.removesuffix("的"))
            and not STATE.search(topic)
            and topic not in filled
        ):
            filled = f"{topic}，{filled}"
    if not filled and in_a_set(filler.removesuffix("的")) and not WHO.search(last):
        filled = f"{filler.removesuffix('的')}，{last}"  # 农村: it narrows what was asked
    if not filled:
        return "", ""
    return (filled if again or not rest else f"{filled}{'' if filled.endswith(('？', '?')) else '？'}{rest}"), filler


def _in_place_of(before: _Said, filler: str, owner: bool) -> str | None:
    """The last question with ``filler`` in place of what the turn before had put there itself: 锂电池的以旧换新, 铅酸的呢.
    A thing does not take the place of what narrows one down."""
    old = before.filled.removesuffix("的")
    if old != before.filled and not owner:
        return None
    return before.question.replace(old, filler) if old and before.question.count(old) == 1 else None


#: Whom something may be asked of after it was asked of all: 不登记罚多少, 单位呢.
_WHOM = frozenset("单位 个人 企业 公司 机构".split())
#: What is asked of a thing and is no thing of its own.
_ASPECTS = frozenset("目标 标准 任务 措施 条件 材料 原则 程序 流程 要求 期限 情形".split())
_DURATION = re.compile("几天|多久|多长时间|什么时候|何时|几个?(?:工作日|月)|哪天|期限")


def _filler(text: str) -> str:
    """A thing named in few words, without what leads it in or trails behind it."""
    text = re.sub(
        rf"^(?:(?:再|又)?[下上]一{UNIT}(?:的|是|叫)?|到了?|在|对|换成|关于|这些|那些|如果|要是)(?=..)", "", text
    )
    return re.sub(r"(?:的话|(?:那|这)(?:一|个)?(?:块|边|方面|部分|头|类|项|条)|的)$", "", text).strip("“”《》 ")


def _takes_place(filler: str, last: str) -> bool:
    """Whether ``filler`` is of the same sort as something in the last question: 换成交通领域，又提了什么."""
    return bool(
        filler and not kinds_of(filler) and (TIME.fullmatch(filler) or by_shape(last, filler) or by_sort(last, filler))
    )


# --- pronouns ---


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


def _resolved(bare: str, said: Sequence[_Said]) -> tuple[str, str]:
    """The question with its pronoun replaced, and what replaced it; ("", "") when there is none."""
    last = said[-1]
    inside = _INSIDE.search(bare)
    pronoun = _PRONOUN.search(bare)
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
        again = (spoken_of_last(last.question, last.answer) or body) if _ASKS_DUTIES.search(bare) else ""
        entity = again or (acting.group(1) if acting else "") or antecedent(pronoun.group(), said)
    if not entity:
        return "", ""
    owner = "的" if pronoun.group() == "其" and not entity.endswith("的") else ""
    return bare[: pronoun.start()] + entity + owner + bare[pronoun.end() :], entity


_MONEY = re.compile(r"^(?:钱|款|费用?|补贴|补助|资金|待遇)$")
#: A sum by its name: 丧葬补助金, 培训补贴, 登记费.
_SUM = re.compile(
    r"(?:(?!什么|多少|哪|谁|这|那|给|领|拿|交|出|能|要|享受|申请|和|与)[^\W\d_的是由]){2,10}?"
    r"(?:金(?!额)|费用?|款(?!项)|补贴|补助|奖励|待遇)(?=[怎是多有要由给按和在能可几什谁发吗呢]|[，,、？?]|$)"
)


def antecedent(pronoun: str, said: Sequence[_Said]) -> str:
    """What a pronoun most likely stands for."""
    last = said[-1]
    noun = re.sub(
        rf"^(?:[它其他她]们?|佢哋?|(?:这|那|该|此)(?:一|几|两|三)?(?:{UNIT}|份|次|本|篇|些|笔|批|事|举)?)", "", pronoun
    )
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
    if _DOCUMENT.search(noun):
        for turn in reversed(said):
            for text in (turn.told, turn.question, turn.answer):
                title = _DOCUMENT_NAME.search(text)
                if title:
                    return re.sub(r"^(?:根据|按照?|依据|请问|在)", "", title.group())
    if _REGION.search(noun):
        for text in (last.answer, last.question):
            region = re.search(rf"[\u4e00-\u9fff]{{2,6}}?{noun[-1]}", text)
            if region:
                return region.group()
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


_TWO_BODIES = re.compile(r"[\u4e00-\u9fff]+[部局委厅办署院会](?:和|与|、)[\u4e00-\u9fff]+[部局委厅办署院会]")
#: How something is brought about, answered by what is set up for it: 怎么协调 - 建立联席会议制度.
_BY_WHAT = re.compile(r"怎么|怎样|如何|靠什么|什么办法|咋")
_SET_UP = re.compile(
    r"(?:建立|设立|成立|组建|搭建|设置)(?:了|起)?([^，,。；;]{2,24}?(?:会议|机制|平台|委员会|小组|机构|中心|基金|制度))(?:制度)?[，,。；;]"
)
