"""What a question is about: its own words, and where its topic ends."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.tokens import known_word, segment
from qa.question import ASKING_WORDS, asking_part, kinds_of

NUMERAL = r"[一二两三四五六七八九十\d]+"
UNIT = r"(?:个|条|项|点|种|类|款|块|步|代|批|方面|部分|阶段|家|位|章|节|届|件|层|级|样|者)"
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
QUOTED = re.compile(r"“([^”]{2,40})”|「([^」]{2,40})」|《([^》]{2,40})》|\"([^\"]{2,40})\"")
_HAN_RUN = re.compile(r"[\u4e00-\u9fff]+|[^\u4e00-\u9fff]+")
#: Where the topic of a question ends and its predicate begins.
PREDICATE = frozenset(
    "由 是 归 归到 有 要 能 可以 可 应 应当 应该 需 需要 怎么 怎样 怎么样 如何 为什么 为何 叫 会 就 都 不 没 没有 "
    "是否 有没有 是不是 能不能 可不可以 吗 什么 哪些 哪个 哪 "
    "哪几 哪家 哪里 哪年 哪天 谁 多少 几 几个 多 多大 多高 多长 多久 多远 什么时候 何时 何 主要 分别 各 一共 总共 共 "
    "到底 究竟 具体 搞 属于 准备 打算 给不给 要不要 该不该 为 得 将 "
    "行不行 行 算不算 会不会 用不用 给 咋 啥 啥时候 也 还 又 已 已经 才 最 指 放 定 从 包括 包含 涉及 分为 请问".split()
)
#: Nouns that need an owner and verbs that need an object: a question of nothing else leans on the talk before it.
NEEDS_OWNER = frozenset(
    "组长 副组长 主任 副主任 成员 负责人 召集人 办公室 职责 职能 任务 措施 条件 材料 手续 流程 程序 标准 期限 时间 "
    "日期 地点 地址 电话 名单 对象 范围 金额 资金 经费 费用 比例 数量 "
    "依据 理由 原因 结果 效果 作用 意义 好处 坏处 特点 特征 优点 缺点 要点 细节 例子 重点 难点 前提 例外 部门 单位 "
    "机构 企业 公司 平台 牵头 负责 参与 配合 实施 施行 执行 开始 结束 生效 "
    "截止 申请 办理 审核 审批 批准 制定 发布 印发 公布 公示 成立 建立 设立 监督 管理 检查 处罚 罚款 罚 审 批 管 办 "
    "出 交 补 领 报 查 定 算 钱 人 人数 面积 规模 数字 总数 总量 "
    "上限 下限 额度 门槛 名额 周期 频次 频率 效力 解释权 联系人 联系电话 责任人 验收 考核 增长 下降 提高 增加 减少 "
    "完成 达到 实现 解决 支持 鼓励 要求 规定 安排 准备 打算 进行 开展 推进 组织 落实 主要 一般 通常 目前 现在 后来 "
    "最后 最终 首先 最 更 很 特别 大概 怎么样 咨询 联系 投诉 举报 "
    "单独 同时 另外 通过 同意 允许 禁止 违反 违规 出资 承担 担任 兼任 牵 头 打头 领头 挑头 来 去 得 着 过 将 已 "
    "已经 才 只 等 们 办法 细则".split()
)
ASKS = re.compile(r"[哪几谁啥咋]|什么|多少|怎么|多[大高长久远]|何时|如何")
_HOW = frozenset("怎么 怎样 怎么样 如何 什么时候 何时 为什么 为何 咋 啥时候".split())
FUNCTION = frozenset(
    "的 了 和 与 及 或 在 是 有 为 对 把 被 让 给 从 到 向 按 按照 由 对于 关于 针对 就 "
    "里 中 里面 当中 上 下 搞 做 提 提出 建议 规定 要求 什么 哪些".split()
)
#: A date, which says nothing of what a question is about.
DATED = re.compile(r"(?:19|20)\d\d年[底末初]?|\d{1,2}月(?:\d{1,2}[日号]|份|底)?")
#: What only asks for a definition before what is defined: 什么叫, 何谓.
_DEFINED = re.compile(r"^(?:请问)?(?:(?:什么|啥)(?:叫做?|(?:才|就)?(?:算是?|是))|何谓|何为)(?=[^，,。？?]{2,}$)")
#: A clause that doubts the last answer, and says nothing: 真的吗.
_DOUBTED = re.compile(
    r"(?:这|那)?(?:是|有)?(?:真的?|确定|肯定|是|对|没错|不会|不是)(?:假的)?(?:这样)?的?(?:吗|么|吧)|真的假的|是不是真的"
)
#: A clause in which the asker tells of himself.
_OF_ONESELF = re.compile(r"(?:我|俺|咱|本人|自己)(?!国|省|市|县|区|[们]?(?:国|省|市|县|区))")
_SAYS_WHERE = 4  #: characters of a first clause that says where something stands or what all is about
_SUPPOSED = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:的时候)?(?:要是|如果|假如|万一)")


def topic_of(question: str) -> str:
    """What a question is about: its words before the predicate, or what is left without the asking words."""
    text = _DEFINED.sub("", asking_part(question).strip().strip("？?。！! "))
    clauses = clauses_in(text)
    while len(clauses) > 1 and _DOUBTED.fullmatch(clauses[0]):
        clauses = clauses[1:]
        text = text[text.index(clauses[0], 1) :]
    if len(clauses) > 1 and _OF_ONESELF.match(clauses[0]):
        asked = next((i for i, c in enumerate(clauses) if i and (kinds_of(c) or ASKS.search(c))), len(clauses))
        inside = topic_of("，".join(clauses[asked:])) if clauses[asked:] else ""
        if len("".join(own_words(inside))) >= _SAYS_WHERE:
            return inside  # 我开了家店，能领创业补贴吗: what is asked for, and not who asks
    if (
        len(clauses) > 1
        and not kinds_of(clauses[0])
        and not ASKS.search(clauses[0])
        and len("".join(own_words(DATED.sub("", clauses[0])))) >= _SAYS_WHERE
    ):
        # 方案里，技能培训由谁牵头: where it stands and what it is.
        inside = topic_of("，".join(clauses[1:])) if clauses[0][-1] in "里中内" else ""
        return f"{clauses[0]}，{inside}" if inside else clauses[0]
    quoted = lone_quotes(text)
    clause = next((c for c in clauses if own_words(DATED.sub("", c))), None) or next(
        (c for c in clauses if own_words(c)), text
    )
    tokens = cut_words(clause)
    first = _predicate_at(tokens)
    if first < len(tokens) and tokens[first] in _HOW and len("".join(own_words("".join(tokens[first + 1 :])))) > 1:
        # 专家怎么划分教育的阶段: what is done is part of the topic, only the asking word is not.
        del tokens[first]
        first = _predicate_at(tokens, first)
    whole = _judged(tokens, first, text)
    if whole:
        return whole
    head = _trimmed(tokens[:first], tokens[first : first + 1])
    head = _SUPPOSED.split(head)[0] or head  # 公示要是有人反对: what a case is of, and not the case
    head = _OF_ROLE.sub("", head)  # 甲工程配合的部门: what they do, and not who they are
    counted = _what_is_counted(tokens, first)
    if counted and len(head) >= 2 and "".join(tokens[:first]).rstrip("了").endswith(head):
        return head + counted
    if len("".join(own_words(head))) >= 2:
        return head
    if quoted:
        return quoted[0]
    # 刮几级风游览船就不能开, 谁来管游览船: the topic stands after what is asked.
    rest = tokens[first:]
    while rest and (_ends_topic(rest[0]) or rest[0] in ASKING_WORDS or rest[0] in NEEDS_OWNER or len(rest[0]) == 1):
        rest = rest[1:]
    return _trimmed(rest[: _predicate_at(rest)]) or head or text


_OF_ROLE = re.compile(r"(?<=..)的?(?:牵头|负责|参与|参加|配合|协同|协助|主管|承办|责任)的?(?:部门|单位|机构)$")
_COUNTS = re.compile(r"(?:多少|几(?![月年天日号]))[\u4e00-\u9fff]?$")
_MEASURE = re.compile(r"[个家条项名位座所户辆台只件起套张份处类种]$")


def _what_is_counted(tokens: Sequence[str], first: int) -> str:
    """What a question asks the number of that its predicate begins with, with the verb before it: 能养几只狗 -> 养狗,
    多少个古树公园 -> 古树公园; "" where no thing is named behind the number."""
    at = next((i for i in range(first, min(first + 3, len(tokens))) if _COUNTS.match(tokens[i])), None)
    if at is None or (at + 1 < len(tokens) and _UNIT_OF.match(tokens[at + 1])):
        return ""
    rest = list(tokens[at + 1 :])
    if rest and _MEASURE.fullmatch(rest[0]):
        rest = rest[1:]
    thing = "".join(rest[: _predicate_at(rest)]).strip("？?，, ")
    verb = "".join(t for t in tokens[first:at] if t not in PREDICATE)
    verb = verb.lstrip("要需能可应") if begins_predicate(verb) else verb
    named = own_words(thing) and "的" not in thing and thing == _trimmed(rest[: _predicate_at(rest)])
    return verb + thing if named and len(verb) <= 2 and (len(thing) > 1 or verb and not _UNIT_OF.match(thing)) else ""


_UNIT_OF = re.compile(
    "[周天年月日元钱人岁]|小时|分钟|工作日|个?百分点|公[里斤顷]|千[瓦米克]|兆瓦|平方|立方|[米亩吨斤克度]$"
)


_MODALS = frozenset("可以 能 可 会 要 需要 应当 应该 是否 能不能 可不可以 是否可以 能否".split())
_COUNTED_THERE = re.compile(
    r"(?:(?:19|20)\d\d年|\d{1,2}月|[底初末]|的?时候|截至|截止|到|在|目前|现在|全[国省市县]|我[国省市县]|国内|[\u4e00-\u9fff]{2,3}[省市县区州])+"
)


def _judged(tokens: Sequence[str], first: int, text: str) -> str:
    """The topic of a question whether something may be done, or how many of something there are at a time or place: what
    is done, 外地户口申请公租房, what is counted, 全国充电桩; "" for another question."""
    if first >= len(tokens):
        return ""
    before, rest = "".join(tokens[:first]), "".join(tokens[first + 1 :])
    modal = tokens[first] if tokens[first] in PREDICATE else tokens[first][0]
    if modal in _MODALS and re.search(r"吗$|[能可]否|是否|([能可])不\1", text):
        done = tokens[first][len(modal) :] + rest.removesuffix("吗")
        return (
            before + done if len("".join(own_words(before))) >= 2 and own_words(done) and not ASKS.search(done) else ""
        )
    counted = re.fullmatch(r"(?:多少|几)(?:个|家|条|项|名|位|座|所|户|辆|台)?([\u4e00-\u9fff]{2,12})", rest)
    if tokens[first] == "有" and counted and own_words(counted[1]) and _COUNTED_THERE.fullmatch(before):
        return before + counted[1]
    return ""


def _predicate_at(tokens: Sequence[str], start: int = 0) -> int:
    return next((i for i in range(start, len(tokens)) if ends_topic_at(tokens, i)), len(tokens))


def ends_topic_at(tokens: Sequence[str], at: int) -> bool:
    """Whether the predicate begins at a word, be it the word that asks; not at the 不 of what is left undone where the
    question goes on to ask: 遛狗不牵绳 of 遛狗不牵绳罚多少."""
    if tokens[at] == "多" and at + 1 < len(tokens) and len(tokens[at + 1]) > 1 and not ASKS.search(tokens[at + 1]):
        return False  # 多子女家庭, and no 多大, 多几家
    if tokens[at] in _DENIES and at + 1 < len(tokens) and not _ends_topic(tokens[at + 1]):
        return not any(ASKS.search(token) for token in tokens[at + 2 :])
    return _ends_topic(tokens[at])


_DENIES = frozenset("不 没 没有 未".split())


def _ends_topic(token: str) -> bool:
    return begins_predicate(token) or bool(ASKS.search(token))


def begins_predicate(token: str) -> bool:
    """Whether a word is one of PREDICATE, or one with a verb that it was not cut from: 要交, 需办."""
    joined = len(token) == 2 and token[0] in "要需能可应" and not known_word(token)
    return token in PREDICATE or joined or bool(_OR_NOT.fullmatch(token))


#: 退不退, 交没交: whether something is done, asked by the verb and its denial, which words cut by guessing tear apart.
_OR_NOT = re.compile(r"可不可以|应不应该|需不需要|愿不愿意|([\u4e00-\u9fff]{1,2})不\1|([\u4e00-\u9fff])没\2")


def _cut_run(run: str) -> list[str]:
    """The words of a run of characters, with 退不退 as one: 退|不|退保|教费 is 退不退|保|教费 then."""
    found: list[str] = []
    end = 0
    for asked in _OR_NOT.finditer(run):
        found += [*_cut_run(run[end : asked.start()]), asked.group()]
        end = asked.end()
    words = segment(run[end:])
    return found + (words if "".join(words) == run[end:] else list(run[end:]))


def cut_words(text: str) -> list[str]:
    """``text`` cut into words that join to exactly ``text`` again."""
    tokens: list[str] = []
    for run in _HAN_RUN.findall(text):
        words = _cut_run(run) if "\u4e00" <= run[0] <= "\u9fff" else [run]
        counted = bool(tokens) and tokens[-1][-1].isdigit()
        for i, word in enumerate(words):
            asked = i + 1 < len(words) and bool(ASKS.match(words[i + 1]))
            tokens += _parted(word, counted and i == 0, asked)
    return tokens


#: Verbs of one character by which something is given, taken or done, before the word that asks how much of it.
VERBS = frozenset("罚补奖收交缴付给发减免扣赔判拿领养建办管审批查盖租卖买修种放退返报招占涨跌降升")


_LEFT_OPEN = VERBS | set("有在从到至由归提")


def _parted(word: str, counted: bool, asked: bool) -> list[str]:
    """A word that only guessing made of its neighbours, in two: 养狗要, 年建 behind a number, 绳罚 before 多少."""
    if word[0] in "谁几" and len(word) > 2:  # known as titles: 谁来管
        at = 1 if word[0] == "谁" else 2
        return [word[:at], word[at:]]
    if asked and len(word) == 2 and word[0] == word[1] in VERBS:  # 城管管什么
        return [word[0], word[1]]
    if len(word) < 2 or known_word(word):
        return [word]
    if counted and word[0] in "年月日号元万亿":
        return [word[0], word[1:]]
    return [word[:-1], word[-1]] if word[-1] == "要" or (asked and word[-1] in _LEFT_OPEN) else [word]


def own_words(text: str) -> list[str]:
    """Words that say what a question is about, without those that only ask or need an owner."""
    return [
        word
        for word in cut_words(text)
        if word not in ASKING_WORDS
        and word not in PREDICATE
        and not _OR_NOT.fullmatch(word)
        and not needs_owner(word)
        and re.search(r"\w", word)
        and not ASKS.search(word)
    ]


def needs_owner(word: str) -> bool:
    """Whether a word is one of NEEDS_OWNER, or two of them in one: 前提条件, 办理流程."""
    return word in NEEDS_OWNER or any(
        word[:i] in NEEDS_OWNER and word[i:] in NEEDS_OWNER for i in range(2, len(word) - 1)
    )


def clauses_in(text: str) -> list[str]:
    return [clause for clause in re.split(r"[，,；;：:？?。]", text) if clause.strip()]


def _trimmed(tokens: Sequence[str], after: Sequence[str] = ()) -> str:
    """Words without the function words at their ends; ``after``: the word that follows."""
    kept = list(tokens)
    while kept and (
        kept[-1] in ASKING_WORDS or kept[-1] in FUNCTION or kept[-1] in PREDICATE or not re.search(r"[\w”》]", kept[-1])
    ):
        if _NUMBERED.search("".join(kept[-3:])):
            break
        kept.pop()
    while kept and (kept[0] in ASKING_WORDS - _DENIES or not re.search(r"\w|[“《]", kept[0])):
        kept.pop(0)
    # A verb left before its object that is asked for, with its 了 or of one character: 国务院为供水普查成立了(什么机构),
    # 试点分(几批), 公报里存在(哪些问题).
    asked = len(kept) > 1 and bool(after) and bool(_ASKS_THING.search(after[0]))
    if asked and (
        (tokens[-1] == "了" and kept[-1] == tokens[-2])
        or (len(kept) == len(tokens) and (re.fullmatch(r"[\u4e00-\u9fff]", kept[-1]) or kept[-1] in _TAKES_OBJECT))
    ):
        kept.pop()
        while len(kept) > 1 and kept[-1] in ASKING_WORDS:
            kept.pop()
    asks = bool(after) and bool(ASKS.search(after[0]) or after[0] in _HOW)
    while asks and len(kept) > 1 and (kept[-1] in _STUMPS or kept[-1] in _LEFT_OPEN) and own_words("".join(kept[:-1])):
        kept.pop()
    if asks and kept and len(kept[-1]) == 2 and kept[-1][-1] in "会能" and not known_word(kept[-1]):
        kept[-1] = kept[-1][0]  # 店主跑|路会|怎样, 证能|用: guessing alone made one word of the two
    if after:  # 失业金最多, 公积金每月最多能: how much belongs to what is asked
        kept = [_MOST.sub("", "".join(kept))]
    return re.sub(r"(?<=..)[里中]$", "", "".join(kept).strip("，,：: "))


_NUMBERED = re.compile(rf"第{NUMERAL}{UNIT}$")
#: What asks for a thing and not for a way, a time or a reason.
_ASKS_THING = re.compile(r"[哪几谁啥]|什么(?!时候|样)|多少")
#: Verbs that say nothing without the thing that is asked for.
_TAKES_OBJECT = frozenset(
    "存在 面临 享有 享受 具备 具有 符合 满足 牵头 负责 参与 配合 承担 提交 提供 递交 携带 出具".split()
)


#: Words that belong to what is asked behind them: 设在(哪里), 最长(多久), 截至(什么时候).
_STUMPS = frozenset(
    "设在 放在 建在 开在 住在 位于 坐落 出自 来自 源自 截至 截止 截止到 大约 大概 能 可以 可 应 应当 须".split()
)
_PER = r"(?:个?[月年]|[人户次天日周套亩吨台辆张床]|平方米|平米?|公里|小时|季度|学期)"
_MOST = re.compile(
    rf"(?<=..)(?:(?:最[多高长少低早晚迟]|至[多少])能?|每(?:[\u4e00-\u9fff]{{0,2}}一)?(?:个|名|位)?{_PER}|(?<!第)一(?:个|名|位)?{_PER}"
    r"|每个?|(?:19|20)\d\d|(?<![满超过近第])[两三四五六七八九十]年)$"
)


def lone_quotes(text: str) -> list[str]:
    """Quoted names that are names by themselves, not the beginning of a longer one: “A”和“B”, not “A”行动."""
    found = []
    for match in QUOTED.finditer(text):
        after = text[match.end() : match.end() + 2]
        if (
            match.group().startswith("《")
            or not re.match(r"[\u4e00-\u9fff]", after)
            or re.match(
                rf"和|与|及|以|由|是|有|的|两|在|这|里|中|要|怎|都|为|{NUMERAL}|等|谁|什|包|属|归|给|对|到|能|吗|主|"
                rf"又|还|之|究|到|分|并|各|提|叫|牵|负",
                after,
            )
        ):
            found.append(next(group for group in match.groups() if group))
    return found
