"""Follow-up questions made to stand alone, by rule: pronouns, elided topics, slots filled anew, ordinals, years."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from corpus.labels import number_of
from index.tokens import known_word, segment, simplify
from qa.amounts import amounts
from qa.followup_lists import more_of_the_list, next_in_order
from qa.patterns import PLACES
from qa.question import ASKING_WORDS, asking_part, kinds_of

Turn = tuple[str, str]

_NUMERAL = r"[一二两三四五六七八九十\d]+"
_UNIT = r"(?:个|条|项|点|种|类|款|块|步|代|批|方面|部分|阶段|家|位|章|节|届|件|层|级|样|者)"
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
    r"(?:这|那)(?:里面|里边|当中|之中|里)|(?:在)?其中|(?:上述|以上|前述)(?:这|那)?(?:些|几(?:个|条|项|种|类)?)?|"
    r"(?:这|那)些"
)
_OPENING = re.compile(
    r"^(?:(?:好的?|嗯|哦|谢谢|明白了?|知道了|了解了?)[,，。]?)*"
    r"(?:那么?(?![个些种份项条家本篇一次块里几位类时边年天笔批件款届])|然后|还有(?=.{1,16}呢)|另外|此外|接着|同样(?!是)|再问|"
    r"再看|换成|换作|换到|如果是|要是|假如是|轮到|至于|(?:再)?说说|再?来?看看?)[,，]?"
)
_SPEAKING = re.compile(
    rf"^(?:还|再|又|也|继续|具体|为什么|为何|除此|除了(?:这|那|它)|还有|别的|其他|其它|其余|剩下|同年|当年|当时|"
    rf"次年|上面|刚才|前面|后面)"
    rf"|(?:倒数)?第{_NUMERAL}{_UNIT}(?!卷|期)|(?:再)?[下上]一{_UNIT}|(?:后|前)(?:面|边)?的?{_NUMERAL}{_UNIT}|"
    rf"[前后]一{_UNIT}|最后一{_UNIT}"
    r"|刚才|之前说|上面说|前面说|你说的|提到的那"
)
_ORDINAL = re.compile(
    rf"(?P<back>倒数|最后)?第(?P<nth>{_NUMERAL})(?P<unit>{_UNIT})|(?:最后|末)(?P<last>一)(?P<unit2>{_UNIT})|"
    rf"(?:再)?(?P<step>[下上])一(?P<unit3>{_UNIT})"
    rf"|(?P<side>后|前|最后|头|剩下|另外)(?:面|边)?的?(?P<some>{_NUMERAL})(?P<unit4>{_UNIT})"
)
_ELLIPTIC = re.compile(r"^(?P<filler>[^，,。？?]{1,40}?)(?:的)?呢(?=$|[？?，,。])[？?，,。]?(?P<rest>.*)$")
_PART = re.compile(
    r"^(?P<filler>[^，,。？?的]{2,20}?)(?:那|这)(?:一|个)?(?:块|边|方面|部分|头|一?类|"
    r"一?项)(?:的)?(?:呢)?[，,？?]?(?P<rest>.*)$"
)
_OTHER = re.compile(r"^(?P<filler>[^，,。？?]{2,30})[，,](?P<rest>.+)$")
_YEARS_ON = re.compile(
    rf"(?:再)?(?:往|向)?(?P<way>后|前)(?:推|延|数|退)?({_NUMERAL})年|再过({_NUMERAL})年|({_NUMERAL})年(?P<way2>后|"
    rf"以后|之后|前|之前|以前)"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_TIME = re.compile(
    r"(?P<year>(?:19|20)\d\d\s*年|同年|当年)?(?:(?P<month>\d{1,2}\s*月)(?P<day>\d{1,2}\s*[日号])?|"
    r"(?P<part>第?[一二三四1-4]季度|[上下]半年|全年)?)(?P<edge>[底末初])?"
)
_SHAPE = re.compile(
    rf"[A-Za-z](?=类|级|型|档|座|栋|款|组|区|等)|[甲乙丙丁戊](?=类|级|等|方|档|型)|第?{_NUMERAL}(?=类|级|档|等|批|"
    rf"期|季度|阶段|号|岁)|第{_NUMERAL}(?={_UNIT}|条|次|届)"
)
_QUOTED = re.compile(r"“([^”]{2,40})”|「([^」]{2,40})」|《([^》]{2,40})》|\"([^\"]{2,40})\"")
_AIM = re.compile(
    r"(?:对于|针对|关于|对)(?!外|内|策|象|接|于|比|方)(?P<aim>[^，,。？?]{2,20}?)"
    r"(?=有|提|怎|如|做|给|规|是|采|要|作|的|，|实|由)"
)
_MARK = re.compile(r"\[\d+\]")
_NUMBERED = re.compile(
    r"(?:^|[：:；;。\n，,])\s*(?:[（(][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十\d]+[、.．)）](?!\d)|"
    r"[①-⑳]|[一二三四五六七八九十]是|第[一二三四五六七八九十][，,、是])\s*"
)
_HAN_RUN = re.compile(r"[\u4e00-\u9fff]+|[^\u4e00-\u9fff]+")
#: Where the topic of a question ends and its predicate begins.
_PREDICATE = frozenset(
    "由 是 归 归到 有 要 能 可以 可 应 应当 应该 需 需要 怎么 怎样 怎么样 如何 为什么 为何 叫 会 就 都 不 没 没有 "
    "是否 有没有 是不是 能不能 可不可以 吗 什么 哪些 哪个 哪 "
    "哪几 哪家 哪里 哪年 哪天 谁 多少 几 几个 多 多大 多高 多长 多久 什么时候 何时 何 主要 分别 各 一共 总共 共 "
    "到底 究竟 具体 搞 属于 准备 打算 给不给 要不要 该不该 为 得 将 "
    "给 咋 啥 啥时候 也 还 又 已 已经 才 最 指 放 定 从 包括 包含 涉及 分为 请问".split()
)
#: Nouns that need an owner and verbs that need an object: a question of nothing else leans on the talk before it.
_NEEDS_OWNER = frozenset(
    "组长 副组长 主任 副主任 成员 负责人 召集人 办公室 职责 职能 任务 措施 条件 材料 手续 流程 程序 标准 期限 时间 "
    "日期 地点 地址 电话 名单 对象 范围 金额 资金 经费 费用 比例 数量 "
    "依据 理由 原因 结果 效果 作用 意义 好处 坏处 特点 特征 优点 缺点 要点 细节 例子 重点 难点 前提 例外 部门 单位 "
    "机构 企业 公司 平台 牵头 负责 参与 配合 实施 施行 执行 开始 结束 生效 "
    "截止 申请 办理 审核 审批 批准 制定 发布 印发 公布 公示 成立 建立 设立 监督 管理 检查 处罚 罚款 罚 审 批 管 办 "
    "出 交 补 领 报 查 定 算 钱 人 人数 面积 规模 数字 总数 总量 "
    "上限 下限 额度 门槛 名额 周期 频次 频率 效力 解释权 联系人 联系电话 责任人 验收 考核 增长 下降 提高 增加 减少 "
    "完成 达到 实现 解决 支持 鼓励 要求 规定 安排 准备 打算 进行 开展 推进 组织 落实 主要 一般 通常 目前 现在 后来 "
    "最后 最终 首先 最 更 很 特别 大概 怎么样 "
    "单独 同时 另外 通过 同意 允许 禁止 违反 违规 出资 承担 担任 兼任 牵 头 打头 领头 挑头 来 去 得 着 过 将 已 "
    "已经 才 只 等 们 办法 细则".split()
)
_NAME_ASKED = re.compile(
    r"谁|哪|什么(?!时候|样|意思|是|用|关系|区别|影响|要求|安排|措施|目标|内容)|叫什么|何(?:人|机构|地)"
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
_HEAD_NOISE = re.compile(
    r"^(?:答[:：])?(?:主要|应当?|将|已|已经|分别)?(?:由|是|为|叫做?|有|归|属于|包括|分别是|分别为|指的是|即|在|"
    r"设在|任命|同意|依托|通过)?\s*"
)
#: 为创业者提供场所: who is served, not what is done for them.
_SERVED = re.compile(
    r"(?:为|向|给|对)([^，,。；;、]{2,12}?)(?:提供|给予|开放|发放|支付|补贴|补助|奖励|减免|开展|进行|实施|收取|说明)"
)
_ACTS = re.compile(
    r"(?:共同)?(?:牵头|负责|承担|主管|组织实施|实施|审批|制定|发布|印发|提出|担任|兼任|出资|参与|审核|会同|办理|"
    r"具体).*$"
)
_VERB = re.compile(
    r"^(?:组织|正式|专门)?(?:成立|建立|设立|组建|建成|建|设|举|推出|发布|出台|印发|提出|指定|确定|选定|选|依托|"
    r"采用|使用|通过|提到|提)了?"
)
#: Last characters that say what sort of thing a word names: words with the same one can take each other's place.
_SORT = "省市县区州镇乡村部局委厅署院所校站节奖费税券卡车船法班组队园岛港线岁学士生"
_ASKS = re.compile(r"[哪几谁啥咋]|什么|多少|怎么|多[大高长久]|何时|如何")
_HOW = frozenset("怎么 怎样 如何 什么时候 何时 为什么 为何 咋 啥时候".split())
_FUNCTION = frozenset(
    "的 了 和 与 及 或 在 是 有 为 对 把 被 让 给 从 到 向 按 按照 由 对于 关于 针对 就 "
    "里 中 里面 当中 上 下 搞 做 提 提出 建议 规定 要求 什么 哪些".split()
)


@dataclass(frozen=True)
class FollowUp:
    """A question rewritten with its history."""

    standalone: str  #: the question as it is searched and shown
    context: str  #: what the talk is about, searched beside it at a lower weight; "" when it stands alone
    own: str = ""  #: what it brings itself: its own words and what its pronoun stands for; "" when it stands alone


@dataclass(frozen=True)
class _Said:
    """A turn whose question has been made to stand alone."""

    question: str
    answer: str
    items: tuple[str, ...] = ()  #: the list that the talk is about
    place: int | None = None  #: which of ``items`` was asked for
    list_topic: str = ""  #: what ``items`` are a list of
    entity: str = ""  #: what a pronoun of the question stood for


def rewrite(question: str, history: Sequence[Turn]) -> FollowUp:
    """Make ``question`` stand alone. One that needs no history is returned as it is.

    >>> rewrite("那2025年呢？", [("论文对2020年提了什么目标？", "初步形成体系架构。")]).standalone
    '论文对2025年提了什么目标？'
    """
    said: list[_Said] = []
    for earlier, answer in history[-8:]:
        said.append(_stand_alone(earlier, _MARK.sub("", answer), said))
    if not said or not depends(question):
        return FollowUp(question, "")
    last = said[-1]
    # Not the last answer: its words would lead back to the sentences that have been given already.
    told = _stand_alone(question, "", said)
    return FollowUp(told.question, topic_of(last.question), question)


def depends(question: str) -> bool:
    """Whether the wording leans on what was said before, surely or perhaps."""
    return _leaning(question) > 0


def _leaning(question: str) -> int:
    """2: the question cannot stand alone; 1: short, it may; 0: it stands alone."""
    text = simplify(question.strip())
    first = re.split(r"[。？?！!]", text)[0]
    own = _own_words(text)
    weight = sum(len(word) for word in own if len(word) > 1 or not "\u4e00" <= word <= "\u9fff")
    for found in _PRONOUN.finditer(text):
        if _DOCUMENT.search(found.group()) and weight >= 6:
            return 1  # 这份文件 of a question that says much itself: most likely the one that all talk is about
        # What a pronoun stands for may have been named in the question itself: 智慧城市这个说法，它是指什么.
        if sum(len(w) for w in _own_words(text[: found.start()]) if len(w) > 1) < 4:
            return 2
    if _OPENING.match(text) and len(text) < 60:
        return 2
    # 《数据条例》第三条 names what the clause belongs to.
    pointing = _SPEAKING.search(text) or re.match(r"[这那]里", text)
    # 《数据条例》第三条 and 游览规定第三条 name what the clause belongs to.
    if pointing and "《" not in text:
        owned = len("".join(_own_words(text[: pointing.start()]))) >= 4
        if not owned and weight < (6 if pointing.group().startswith("第") else 16 if pointing.start() == 0 else 10):
            return 2
    ellipsis = _ELLIPTIC.match(first)
    if ellipsis and not kinds_of(ellipsis["filler"]) and not _clauses(ellipsis["filler"])[1:]:
        return 2
    if _PART.match(first) and weight < 6 and not _QUOTED.search(text):
        return 2
    if _QUOTED.search(text):
        return 0
    if re.search(r"[\u4e00-\u9fff]{2}[里中]的?[\u4e00-\u9fff]", first) and 0 < weight <= 7:
        return 1
    if weight <= 3:
        return 2
    return 1 if weight <= 7 else 0


_SUPPOSED = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:的时候)?(?:要是|如果|假如|万一)")


def topic_of(question: str) -> str:
    """What a question is about: its words before the predicate, or what is left without the asking words."""
    text = asking_part(question).strip().strip("？?。！! ")
    clauses = _clauses(text)
    if (
        len(clauses) > 1
        and not kinds_of(clauses[0])
        and not _ASKS.search(clauses[0])
        and len("".join(_own_words(clauses[0]))) >= 4
    ):
        # 方案里，技能培训由谁牵头: where it stands and what it is.
        inside = topic_of("，".join(clauses[1:])) if clauses[0][-1] in "里中内" else ""
        return f"{clauses[0]}，{inside}" if inside else clauses[0]
    quoted = _lone_quotes(text)
    clause = next((c for c in clauses if _own_words(c)), text)
    tokens = _cut(clause)
    first = _predicate_at(tokens)
    if first < len(tokens) and tokens[first] in _HOW and _own_words("".join(tokens[first + 1 :])):
        # 专家怎么划分教育的阶段: what is done is part of the topic, only the asking word is not.
        del tokens[first]
        first = _predicate_at(tokens, first)
    head = _trimmed(tokens[:first], tokens[first : first + 1])
    head = _SUPPOSED.split(head)[0] or head  # 公示要是有人反对: what a case is of, and not the case
    if len("".join(_own_words(head))) >= 2:
        return head
    if quoted:
        return quoted[0]
    # 刮几级风游览船就不能开, 谁来管游览船: the topic stands after what is asked.
    rest = tokens[first:]
    while rest and (_ends_topic(rest[0]) or rest[0] in ASKING_WORDS or rest[0] in _NEEDS_OWNER or len(rest[0]) == 1):
        rest = rest[1:]
    return _trimmed(rest[: _predicate_at(rest)]) or head or text


def _predicate_at(tokens: Sequence[str], start: int = 0) -> int:
    return next((i for i in range(start, len(tokens)) if _ends_topic(tokens[i])), len(tokens))


def _ends_topic(token: str) -> bool:
    return token in _PREDICATE or bool(_ASKS.search(token))


def _stand_alone(question: str, answer: str, said: Sequence[_Said]) -> _Said:
    """A turn made to stand alone with those before it."""
    items = tuple(_listed(answer))
    plain = _Said(question.strip(), answer, items, None, topic_of(question) if items else "")
    if not said or _leaning(question) < 2:
        return plain
    bare = _OPENING.sub("", question.strip())
    bare = bare or question.strip()
    last = said[-1]
    if _WHO.search(last.question):
        bare = _ROLE.sub(r"\1部门", bare)  # 参与的有哪些
    chosen = _by_place(bare, answer, said)
    if chosen:
        return chosen
    beside = next_in_order(question.strip(), last.question, topic_of(last.question))
    if beside:
        return _Said(beside, answer, items, None, topic_of(beside) if items else "")
    entity = ""
    text = (
        more_of_the_list(question.strip(), last.question, listed=bool(last.items))
        or _not_done(bare, last.question)
        or _other_version(bare, last.question)
        or _other_case(question.strip(), last.question)
        or _later_year(bare, said)
        or _refilled(bare, last.question)
    )
    if not text:
        text, entity = _resolved(bare, said)
    if not text:
        topic = topic_of(last.question)
        joint = "" if _ROLE.match(bare) else "，"
        text = _beside(bare, last.question, topic) or (bare if topic in bare else f"{topic}{joint}{bare}")
    return _Said(text, answer, items, None, topic_of(text) if items else "", entity)


_SAME_ASKED = re.compile(r"牵头|负责|主管|参与|配合|[收补奖罚减扣给]|建设?|做|搞|弄")
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,3}[省市县区州]")


def _beside(bare: str, last: str, topic: str) -> str:
    """A question that asks of a thing of its own what the last one asked of another, with what both lie in: 电梯的施工管理
    由谁牵头, 邻里调处由谁牵头 -> 电梯的邻里调处由谁牵头. Empty where it has no thing of its own."""
    of_sort = re.match(r"([\u4e00-\u9fff]{2,3}[类业级])的", bare)
    if of_sort and kinds_of(bare) & kinds_of(last) and (moved := _by_suffix(last, of_sort[1])):
        return moved
    own = topic_of(bare)
    asked = {m.group() for m in _SAME_ASKED.finditer(bare)} & {m.group() for m in _SAME_ASKED.finditer(last)}
    alike = bool(kinds_of(bare) & kinds_of(last)) and (bool(asked) or bool(re.search("[里中上][，,]", topic)))
    if not alike or own not in bare or len("".join(_own_words(own))) < 3 or own in topic:
        return ""
    place = _PLACE.match(topic)
    inside = re.match(r".+[，,]|.+的(?=.{2,})", topic)
    scope = inside.group() if inside else place.group() if place else ""
    return "" if not scope or bare.startswith(scope) else f"{scope}{bare}"


#: In talk of who does what, a role without a noun is a department: 配合的有哪些, 牵头的呢.
_ROLE = re.compile(
    r"((?:牵头|负责|参与|参加|配合|协同|协助|主管|承办)的)(?:部门)?(?=是|有|都|包括|呢|吗|还|$|[?？，,])"
)
_WHO = re.compile(
    r"谁|哪(?:个|些|家|几家?)?(?:部门|单位|机构)|什么(?:部门|单位)|(?:牵头|责任|负责|配合|参与)(?:部门|单位)"
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


_VERSION = re.compile(
    r"(?:旧|新|老|原来?|现行|最新|修订前|修订后|(?:19|20)\d\d年?)(?:版|的)?(?:的)?(?:办法|规定|文件|标准|版本|细则|政策|方案|条例|通知|版)"
)


def _other_version(bare: str, last: str) -> str | None:
    """The last question about another version of its document: 现行办法里四级奖多少, 那旧办法里呢 -> 旧办法里四级奖多少."""
    meant, before = _VERSION.search(bare), _VERSION.search(last)
    if meant is None:
        return None
    rest = bare[: meant.start()] + bare[meant.end() :]
    if any(word not in last for word in _own_words(rest) if len(word) > 1):
        return None  # it asks for something else, too
    if before is None:
        return f"{meant.group()}里，{last}"
    return last[: before.start()] + meant.group() + last[before.end() :]


#: 要是已经构成犯罪呢, 材料不全的话呢: a case of its own, and nothing else.
_CASE = re.compile(
    r"(?:那么?|可)?(?P<if>要是|如果(?!是)|假如(?!是)|倘若|万一)?(?P<case>[^，,。；;：:？?]{4,40}?)(?P<so>的话)?的?呢?[？?]?"
)


def _other_case(question: str, last: str) -> str | None:
    """What holds in another case than the last question has: 做虚假广告的，谁来处理, 要是构成犯罪呢 ->
    做虚假广告的，构成犯罪的，怎么办. Of several cases the last one gives way. What is asked for may be another thing then,
    no figure and nobody. None where something in the last question is of the same sort as what the new one names."""
    case = _CASE.fullmatch(question)
    if case is None or not (case["if"] or case["so"]) or kinds_of(case["case"]):
        return None
    if amounts(case["case"]) or any(way(last, _filler(case["case"])) for way in _OF_A_SORT):
        return None
    *before, asked = _clauses(asking_part(last))
    about = (before[:-1] or before) if before else [topic_of(last)]
    return "，".join([*about, f"{case['case']}的", "怎么办"]) + "？"


# --- ordinals ---


def _by_place(bare: str, answer: str, said: Sequence[_Said]) -> _Said | None:
    """那第二条呢, 倒数第二个, 后面两代, 下一条, 前者: what stands there in the list that the talk is about."""
    article = re.fullmatch(rf"(第{_NUMERAL}[条章节款])(?:呢|的呢|讲了?什么|说了?什么|怎么[说写]的?)?[?？]?", bare)
    before = re.search(rf"第{_NUMERAL}[条章节款]", said[-1].question)
    if article and before and article[1][-1] == before.group()[-1]:
        last = said[-1].question
        return _Said(last[: before.start()] + article[1] + last[before.end() :], answer)
    moved = _place_moved(bare, said[-1])
    if moved:
        return _Said(moved, answer)
    source = next((turn for turn in reversed(said) if turn.items), None)
    pair = re.search(rf"前者|后者|(?<!最)[前后]一{_UNIT}", bare)
    found = _ORDINAL.search(bare)
    if pair and source and len(source.items) >= 2:
        place = 0 if "前" in pair.group() else len(source.items) - 1
        return _chosen(bare, pair.span(), (place,), source, answer, said[-1])
    if not found:
        return None
    unit = found["unit"] or found["unit2"] or found["unit3"] or found["unit4"]
    # The name may be given beside the place: 再下一条“做实产业基础”.
    if _QUOTED.match(bare[found.end() :].lstrip("的是叫：:，, ")):
        return None
    total = len(source.items) if source else 0
    places = _places(found, total, source.place if source else None)
    if source and places:
        return _chosen(bare, found.span(), places, source, answer, said[-1])
    text = f"{said[-1].question}{said[-1].answer}"
    counts = [number_of(n) or 0 for n in re.findall(rf"(?<![第前后])({_NUMERAL}){unit}", text)]
    places = _places(found, max(counts, default=0), None) if found["side"] or found["back"] or found["last"] else ()
    if places and re.search(rf"第{_NUMERAL}{unit}", text):
        named = "、".join(f"第{_CN[p + 1]}{unit}" for p in places if p + 1 < len(_CN))
        if named:
            return _Said(f"{topic_of(said[-1].question)}，{bare[: found.start()]}{named}{bare[found.end() :]}", answer)
    return None


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
    if not rest.strip("的呢？?。 "):
        if before.items:
            return None
        return f"{last[: old.start()]}{new['back'] or ''}第{new['nth']}{old['unit']}{last[old.end() :]}"
    noun = rest[:2]
    same = len(noun) == 2 and last.startswith(noun, old.end()) and not _ASKS.search(noun)
    return last[: old.start()] + bare if same else None


_TOTAL = re.compile(
    rf"(?:等)?(?:这|共)?(?:{_NUMERAL}(?:大|个|条|项|方面|种|类|块|家|点|部分)?[\u4e00-\u9fff]{{0,2}}|等)$"
)
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
        index = -1 if place is None else place + (1 if found["step"] == "下" else -1)
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
    if noun and topic.endswith(noun.group()):
        rest = rest[2:]
    subject = f"{topic}中的{named}" if topic and not any(item in topic for item in source.items) else named
    tail = rest.strip("的呢？?。 ，,")
    if tail:
        text = bare[: span[0]] + subject + rest
    elif last.place is not None and last.items and last.items[last.place] in last.question:
        text = last.question.replace(last.items[last.place], named)
    elif not re.search(r"哪|什么|几", last.question) and last.question != source.question:
        text = f"{subject}，{last.question}"
    else:
        text = f"{subject}具体是怎么说的？"
    return _Said(text, answer, source.items, places[-1], topic, named)


def _listed(answer: str) -> list[str]:
    """The things that an answer lists: numbered, quoted, or set beside each other with 、."""
    starts = list(_NUMBERED.finditer(answer))
    if len(starts) >= 2:
        ends = [m.start() for m in starts[1:]] + [len(answer)]
        items = [re.split(r"[；;。\n，,：:]", answer[m.end() : end])[0] for m, end in zip(starts, ends, strict=True)]
        return [item.strip() for item in items if item.strip()]
    quoted = _lone_quotes(answer)
    if len(quoted) < 2:
        # “甲”服务企业，“乙”服务农户: names that open a clause each.
        quoted = re.findall(r"(?:^|[，；。、])“([^”]{2,30})”", answer)
    if len(quoted) >= 2:
        return list(dict.fromkeys(quoted))
    runs = re.findall(r"[^，。；：:,;\n、]+(?:、[^，。；：:,;\n、]+)+", answer)
    if runs:
        items = max(runs, key=lambda run: run.count("、")).split("、")
        items[-1:] = re.split(r"(?<=[^、]{2})(?:以及|和|及)(?=[^、]{2})", items[-1], maxsplit=1)
    else:
        pair = re.search(
            r"([\u4e00-\u9fff\w]{2,12}?)(?:和|与|以及)([\u4e00-\u9fff\w]{2,12}?)" + rf"(?:这|那)?(?:两|二){_UNIT}",
            answer,
        )
        if not pair:
            return []
        items = [pair.group(1), pair.group(2)]
    items[0] = re.sub(r"^.*(?:包括|分为|分成|有|是|为|涵盖|即|坚持|涉及|分别|提出了?)(?=..)", "", items[0])
    items[-1] = _TOTAL.sub("", items[-1])
    items[-1] = re.sub(r"等[\u4e00-\u9fff]{0,4}$", "", items[-1])
    return [item.strip("“”《》 ") for item in items if item.strip("“”《》 ")]


def _lone_quotes(text: str) -> list[str]:
    """Quoted names that are names by themselves, not the beginning of a longer one: “A”和“B”, not “A”行动."""
    found = []
    for match in _QUOTED.finditer(text):
        after = text[match.end() : match.end() + 2]
        if (
            match.group().startswith("《")
            or not re.match(r"[\u4e00-\u9fff]", after)
            or re.match(
                rf"和|与|及|以|由|是|有|的|两|在|这|里|中|要|怎|都|为|{_NUMERAL}|等|谁|什|包|属|归|给|对|到|能|吗|主|"
                rf"又|还|之|究|到|分|并|各|提|叫|牵|负",
                after,
            )
        ):
            found.append(next(group for group in match.groups() if group))
    return found


# --- years and slots ---


def _later_year(bare: str, said: Sequence[_Said]) -> str | None:
    """ "再往后推五年" after a question about 2025: the same question about 2030."""
    match = _YEARS_ON.search(bare)
    if not match or len("".join(_own_words(_YEARS_ON.sub("", bare)))) > 4:
        return None
    step = number_of(next(g for g in (match.group(2), match.group(3), match.group(4)) if g)) or 0
    back = (match["way"] or match["way2"] or "后").endswith("前")
    last = said[-1]
    asked = [year for turn in said for year in _YEAR.findall(turn.question)]
    years = asked or [year for turn in said for year in _YEAR.findall(turn.answer)]
    if not years:
        return None
    year = str(int(years[-1]) + (-step if back else step))
    if _YEAR.search(last.question):
        return _YEAR.sub(year, last.question)
    return f"{year}年，{last.question}"


def _refilled(bare: str, last: str) -> str | None:
    """The last question with one thing in it exchanged for what the new one names: B类的呢, 到2030年呢."""
    ellipsis = _ELLIPTIC.match(bare)
    part = _PART.match(bare)
    match = ellipsis or part
    if not match:
        match = _OTHER.match(bare)
        if not match or not _takes_place(_filler(match["filler"]), last):
            return None
    filler, rest = _filler(match["filler"]), match["rest"]
    if kinds_of(filler) & {"who", "count", "when", "where", "how", "list", "whether", "define"}:
        return None
    if not filler or filler in last or _PRONOUN.search(filler) or _ORDINAL.fullmatch(filler):
        return None
    if not rest and not _own_words(filler) and not _TIME.fullmatch(filler) and not _SHAPE.search(filler):
        return f"{topic_of(last)}的{filler}是什么？"
    says_more = _own_words(rest)
    # A rest that asks the same again adds nothing: 换成交通领域，又提了什么示范.
    alike = kinds_of(rest) <= kinds_of(last) | {"define", "how"} or bool(_WHO.search(rest) and _WHO.search(last))
    again = (
        all(word in last for word in says_more)
        and (alike or bool(says_more))
        or len("".join(says_more)) <= 2
        and bool(kinds_of(rest))
        and alike
    )
    sentence_ended = bool(re.search(r"呢[？?。]", bare))
    if rest and not again and not sentence_ended:
        # With a predicate of its own only the field of the talk is kept: 益民服务里…
        scope = re.match(r"^(.{2,20}?)(?:里面|里|当中|中(?!国|央|小|心|介|型|医))(?=[\u4e00-\u9fff])", last)
        joined = scope or (len(filler) <= 10 and _cut(rest)[0] in _PREDICATE)
        return f"{scope.group() if scope else ''}{filler}{'' if joined else '，'}{rest}"
    if _QUOTED.match(match["filler"]) and len(_QUOTED.findall(last)) == 1:
        filled: str | None = _QUOTED.sub(lambda old: old.group()[0] + filler + old.group()[-1], last)
    else:
        filled = _fill(last, filler, owner=bool(re.search(r"(?<![边块面分头类项])的呢", bare)))
    if not filled:
        return None
    return filled if again or not rest else f"{filled}{'' if filled.endswith(('？', '?')) else '？'}{rest}"


def _filler(text: str) -> str:
    """A thing named in few words, without what leads it in or trails behind it."""
    text = re.sub(
        rf"^(?:(?:再|又)?[下上]一{_UNIT}(?:的|是|叫)?|到了?|在|对|换成|关于|这些|那些|如果|要是)(?=..)", "", text
    )
    return re.sub(r"(?:的话|(?:那|这)(?:一|个)?(?:块|边|方面|部分|头|类|项|条)|的)$", "", text).strip("“”《》 ")


def _takes_place(filler: str, last: str) -> bool:
    """Whether ``filler`` is of the same sort as something in the last question: 换成交通领域，又提了什么."""
    return bool(
        filler
        and not kinds_of(filler)
        and (_TIME.fullmatch(filler) or _by_shape(last, filler) or _by_sort(last, filler))
    )


def _fill(last: str, filler: str, owner: bool) -> str | None:
    filled = next((text for way in _OF_A_SORT if (text := way(last, filler))), None)
    if not filled and owner and _WHO.search(last) and (task := _by_position(last, filler)):
        place = _PLACE.match(topic_of(last))  # 乙工程的呢 after 某省甲工程由谁牵头
        return f"{place.group() if place and not task.startswith(place.group()) else ''}{task}"
    # 农村的呢 narrows the same thing down; 农村呢 takes its place.
    return filled or (f"{filler}的{last}" if owner else _by_position(last, filler))


def _by_time(last: str, filler: str) -> str | None:
    new = _TIME.fullmatch(filler)
    if not new or not filler:
        return None
    old = next((m for m in _TIME.finditer(last) if m.group()), None)
    if not old:
        return f"{filler}，{last}"
    year = new["year"]
    if not year or year in ("同年", "当年"):
        year = old["year"] or ""
    rest = filler[len(new["year"] or "") :]
    return last[: old.start()] + year + rest + last[old.end() :]


def _by_amount(last: str, filler: str) -> str | None:
    """骗了8000块 → 骗3万, 80平米的 → 120平的: the one amount of that unit. What else the filler says has to stand in the
    last question."""
    new, old = amounts(filler), amounts(last)
    if len(new) != 1 or _own_words(filler[: new[0].start]) and filler[: new[0].start] not in last:
        return None
    same = [a for a in old if a.unit == new[0].unit or not (a.unit and new[0].unit)]
    if len(same) != 1 or _own_words(filler[new[0].end :].lstrip("的")) and filler[new[0].end :].strip("的") not in last:
        return None
    gone = same[0]
    end = gone.bare_end if not new[0].unit else gone.end
    return last[: gone.start] + filler[new[0].start : new[0].end] + last[end:]


def _by_shape(last: str, filler: str) -> str | None:
    """A类 → B类, 第一批 → 第二批: tokens of the same form."""
    new = _SHAPE.search(filler)
    if not new:
        return None
    unit = filler[new.end() : new.end() + 1]
    for old in _SHAPE.finditer(last):
        if last[old.end() : old.end() + 1] == unit and old.group() != new.group():
            after = filler[new.end() + 1 :]
            said = not after or last[old.end() + 1 :].startswith(after)
            kept = last[old.end() :] if said else filler[new.end() :] + last[old.end() + 1 :]
            return last[: old.start()] + filler[: new.end()] + kept
    return None


def _by_sort(last: str, filler: str) -> str | None:
    """海南省 → 广东省, 益民服务领域 → 交通领域: words with the same ending."""
    tokens, new = _cut(last), _cut(filler)
    if not new:
        return None
    ending = new[-1]
    for i, token in enumerate(tokens):
        same = len(token) > 1 and filler.endswith(token)
        if token in filler and not same:
            continue
        alike = (
            len(token) > 1
            and len(ending) > 1
            and token not in ASKING_WORDS
            and (token[-2:] == ending[-2:] or (token[-1] == ending[-1] and token[-1] in _SORT))
        )
        if not same and not alike:
            continue
        start = i
        if same or len(new) > 1:
            least = 0 if same else 1
            while start > 0 and i - start < len(new) + 1 - least and _is_content(tokens[start - 1]):
                start -= 1
        if same and start == i:
            continue
        return "".join(tokens[:start]) + filler + "".join(tokens[i + 1 :])
    return None


def _by_country(last: str, filler: str) -> str | None:
    """美国关注什么 → 日本关注什么: the one country or province that the last question names."""
    named = list(PLACES.finditer(last))
    if len(named) != 1 or not PLACES.fullmatch(filler):
        return None
    return last[: named[0].start()] + filler + last[named[0].end() :]


_SUFFIXED = re.compile(r"[\u4e00-\u9fff]{2,3}(?P<suffix>[省市县区州镇乡类业])")


def _by_suffix(last: str, filler: str) -> str | None:
    """河朔省有哪些县 → 东麓省有哪些县, 纸质类 → 影像类: names of as many characters with the same last one."""
    new = _SUFFIXED.fullmatch(filler)
    if new is None:
        return None
    size, suffix = len(filler), new["suffix"]
    if suffix in "省市县州":  # names that are cut anyhow; 城市 and 全省 are none
        ends = [m.end() for m in re.finditer(suffix, last) if not known_word(last[m.end() - 2 : m.end()])]
        old = [(end - size, end) for end in ends if re.fullmatch(r"[\u4e00-\u9fff]+", last[max(0, end - size) : end])]
    else:  # made of whole words, of which no other one ends it: 纸质类, no 工业园区 and no 哪些鱼类
        tokens = _cut(last)
        ends = list(accumulate(map(len, tokens)))
        old = [
            (end - size, end)
            for token, end in zip(tokens, ends, strict=True)
            if end - size in {0, *ends}
            and token.endswith(suffix)
            and len(token) in ((size,) if suffix == "业" else (1, size))
        ]
    old = [(start, end) for start, end in old if start >= 0 and end - start == size]
    if not old:
        return None
    start, end = old[-1]
    return last[:start] + filler + last[end:]


#: Nouns of which one may be asked for after another.
_ASPECT = r"权利|义务|职责|责任|条件|材料|程序|流程|情形|要求|待遇|处罚|原则|目标|任务|措施|标准|优惠|限制"
_ASKED_NOUN = re.compile(rf"(?:什么|哪些)(?P<noun>{_ASPECT})[？?]?$")


def _by_asked_noun(last: str, filler: str) -> str | None:
    """享有什么权利, 义务呢 → 享有什么义务."""
    asked = _ASKED_NOUN.search(last)
    if asked is None or not re.fullmatch(_ASPECT, filler):
        return None
    return last[: asked.start("noun")] + filler + last[asked.end("noun") :]


#: Ways to put something new in place of what is of the same sort in a question.
_OF_A_SORT = (_by_country, _by_time, _by_amount, _by_shape, _by_sort, _by_suffix, _by_asked_noun)


def _is_content(token: str) -> bool:
    return token not in _FUNCTION and token not in _PREDICATE and bool(re.match(r"\w", token))


def _by_position(last: str, filler: str) -> str | None:
    """In place of what the last question names in quotes, after 对, or before its predicate."""
    quoted = list(_QUOTED.finditer(last))
    if len(quoted) == 1 and (_lone_quotes(last) or quoted[0].group().startswith("《")):
        old = quoted[0]
        return f"{last[: old.start() + 1]}{filler}{last[old.end() - 1 :]}"
    aim = _AIM.search(last)
    if aim and not _YEAR.search(aim["aim"]):
        return last[: aim.start("aim")] + filler + last[aim.end("aim") :]
    clauses = re.split(r"(?<=[，,])", last)
    for n in range(len(clauses) - 1, -1, -1):
        tokens = _cut(clauses[n])
        end = next((i for i, token in enumerate(tokens) if token in _PREDICATE), len(tokens))
        if not _own_words("".join(tokens[:end])) and not any(t in _NEEDS_OWNER for t in tokens[:end]):
            continue
        tail = "".join(tokens[end:])
        if not tail.strip("？?，, "):
            continue
        # 便民服务里托育是…: the field stays, what lies in it is exchanged.
        field = re.match(r".+(?:里面?|当中|的|中(?![央心介型医]))(?=.{2})", "".join(tokens[:end]))
        return "".join(clauses[:n]) + (field.group() if field else "") + filler + tail + "".join(clauses[n + 1 :])
    return None


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


def _resolved(bare: str, said: Sequence[_Said]) -> tuple[str, str]:
    """The question with its pronoun replaced, and what replaced it; ("", "") when there is none."""
    last = said[-1]
    inside = _INSIDE.search(bare)
    pronoun = _PRONOUN.search(bare)
    if inside and (not pronoun or inside.start() <= pronoun.start()):
        listed = "、".join(last.items)
        topic = listed if last.items and len(listed) <= 40 else topic_of(last.question)
        return bare[: inside.start()] + f"{topic}中，" + bare[inside.end() :].lstrip("，, "), ""
    if not pronoun:
        return "", ""
    acting = (
        _ACTING.search(said[-1].question) or _LEADING.search(said[-1].answer) if _ASKS_DUTIES.search(bare) else None
    )
    if re.match(r"[的]?(?:配合|参与|参加|协同|牵头|责任|负责|主管)(?:的)?(?:单位|部门|科室)", bare[pronoun.end() :]):
        entity = said[-1].entity or topic_of(said[-1].question)  # the task, not who leads it
    else:
        entity = acting.group(1) if acting else antecedent(pronoun.group(), said)
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
        rf"^(?:[它其他她]们?|佢哋?|(?:这|那|该|此)(?:一|几|两|三)?(?:{_UNIT}|份|次|本|篇|些|笔|批|事|举)?)", "", pronoun
    )
    plural = pronoun.endswith("们") or re.match(r"(?:这|那)(?:几|两|三|些)", pronoun)
    person = pronoun in ("他", "她", "他们", "她们")
    served = _SERVED.match(last.answer.strip()) if person else None
    if served:
        return served[1]
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
            for text in (turn.question, turn.answer):
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
        given = _answer_name(last)
        if given:
            return given
    quoted = _lone_quotes(last.question)
    if quoted:
        return quoted[0]
    return topic_of(last.question)


def _answer_name(turn: _Said) -> str:
    """The name that an answer gives first."""
    head = _HEAD_NOISE.sub("", turn.answer.strip())
    quoted = _QUOTED.match(head)
    if quoted and _lone_quotes(head[: quoted.end() + 2]):
        return next(group for group in quoted.groups() if group)
    head = re.split(r"[，,。；;：:（(]", head)[0]
    head = _VERB.sub("", head)
    if re.search(r"谁|哪|什么(?:部门|单位|人)", turn.question):
        head = _ACTS.sub("", head)
    head = re.split(r"、|和|(?<=[\u4e00-\u9fff]{4})等$", head)[0].strip()
    if not 2 <= len(head) <= 30 or re.match(r"没有|不|未|无|的|可以|应当|\d", head):
        return ""
    # An answer in a full sentence repeats the subject: 首家民营银行是微众银行.
    if "是" in head[2:-2] and not head.startswith("“"):
        head = head.rsplit("是", 1)[1]
    return head


# --- words ---


def _cut(text: str) -> list[str]:
    """``text`` cut into words that join to exactly ``text`` again."""
    tokens: list[str] = []
    for run in _HAN_RUN.findall(text):
        words = segment(run) if "\u4e00" <= run[0] <= "\u9fff" else [run]
        tokens += words if "".join(words) == run else list(run)
    return tokens


def _own_words(text: str) -> list[str]:
    """Words that say what a question is about, without those that only ask or need an owner."""
    return [
        word
        for word in _cut(text)
        if word not in ASKING_WORDS
        and word not in _PREDICATE
        and word not in _NEEDS_OWNER
        and re.search(r"\w", word)
        and not _ASKS.search(word)
    ]


def _clauses(text: str) -> list[str]:
    return [clause for clause in re.split(r"[，,；;：:？?。]", text) if clause.strip()]


def _trimmed(tokens: Sequence[str], after: Sequence[str] = ()) -> str:
    """Words without the function words at their ends; ``after``: the word that follows."""
    kept = list(tokens)
    while kept and (
        kept[-1] in ASKING_WORDS
        or kept[-1] in _FUNCTION
        or kept[-1] in _PREDICATE
        or not re.search(r"[\w”》]", kept[-1])
    ):
        kept.pop()
    while kept and (kept[0] in ASKING_WORDS or not re.search(r"\w|[“《]", kept[0])):
        kept.pop(0)
    # A verb left at the end, with its 了 or of one character: 国务院为供水普查成立了(什么机构), 试点分(几批).
    if len(kept) > 1:
        asked = bool(after) and bool(_ASKS.search(after[0])) and len(kept) == len(tokens)
        if tokens[-1] == "了" or (asked and re.fullmatch(r"[\u4e00-\u9fff]", kept[-1])):
            kept.pop()
    return re.sub(r"(?<=..)[里中]$", "", "".join(kept).strip("，,：: "))
