"""What a question asks for and an answer, however near to it, does not tell. Pure functions on folded text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from corpus.document import SourceDocument
from corpus.labels import number_of
from corpus.sentences import line_span
from index.tokens import fold, known_word, word_spans
from qa.asked_form import lacks_doer
from qa.extractive import WHOLE, Draft
from qa.patterns import (
    ASKS_NAME,
    ASKS_OUTCOME,
    ASKS_WHY,
    DATE,
    NAMED_PERSON,
    SURNAME,
    TIME,
    TITLE,
    WHICH_PERSON,
    YEAR,
    asks_number,
    lacks_count,
    says_no_number,
)
from qa.question import Question, kinds_of
from qa.sibling import sibling_asked
from qa.towns import districts_named, towns_named


def left_untold(question: Question, draft: Draft, document: Callable[[str], SourceDocument]) -> str | None:
    """What a question, the first part of one with several, asks for and a draft lacks: see ``untold``. ``document``: one
    by its id."""
    names, before = [], []
    for doc_id, start, _ in (span for line in draft.lines for span in line.spans):
        own = document(doc_id)
        names += [own.header.title, *own.path(own.section_at(start))]
        before.append(own.text[line_span(own.text, start)[0] : start])
    # Behind a word of yes or no it is the part that asks for that word that is told.
    of_first = len(question.parts) > 1 and draft.method != "whether"
    asked = question.parts[0] if of_first else question.core
    core, around = fold(question.core), fold("".join((*names, *before)))
    missing = untold(fold(asked), [fold(line.text) for line in draft.lines], around)
    if missing == "所问的数字" and len(question.parts) > 1:
        missing = None  # the other part may be what is told
    if missing is None and _of_whole(core, draft, document, around):
        return "所问的那一处的数字"
    if missing is None and _of_other_things(core, draft, document, around):
        return "所问的这一项"
    if missing is None and _without_its_class(core, draft, document, fold("".join(names)), around):
        return "所问的这一类"
    if missing is None:
        missing = _of_other(core, fold("".join(line.text for line in draft.lines)), around, draft, document)
    if missing is None and draft.method in _QUOTED and lacks_doer(question, "".join(line.text for line in draft.lines)):
        return "这项工作由谁负责"
    # A list that is given whole may have one name.
    return None if missing == NAMES and draft.method in WHOLE else missing


def _of_other(core: str, told: str, around: str, draft: Draft, document: Callable[[str], SourceDocument]) -> str | None:
    """What a question names by its name or number, where a draft is about a sibling of that."""
    owns = [document(doc_id) for doc_id in dict.fromkeys(span[0] for line in draft.lines for span in line.spans)]
    sentences = (document(doc_id).text[start:end] for line in draft.lines for doc_id, start, end in line.spans)
    whose = around + fold("".join((*(own.header.issuer or "" for own in owns), *sentences)))
    sibling = sibling_asked(core, told, whose, lambda name: any(name in fold(own.text) for own in owns))
    return f"{sibling}的情况" if sibling else None


def untold(question: str, lines: Sequence[str], around: str = "") -> str | None:
    """What a folded question asks for in so many words and the folded lines of an answer lack, in words for a refusal;
    None where they lack nothing of that sort. ``around``: what stands above the quoted sentences and before them in
    their paragraphs.

    >>> untold("联席会议的召集人叫什么名字", ["由分管副市长任召集人。"])
    '所问的姓名'
    """
    told = "".join(lines)
    for missing, what in _ASKED:
        if missing(question, told, around):
            return what
    return NAMES if len(lines) == 1 and _no_names(question, told) else None


#: What a refusal calls things that a text shows or not: a figure, a time.
MEASURED = frozenset({"所问的时间", "所问的年份", "所问的年龄", "所问的这项比率", "所问的数量", "所问的金额"})
_QUOTED = {"sentences", "clause"}  #: ways of answering that quote what was found and know of no responsibility notes
NAMES = "具体的名单"  #: what a question lacks that asks for names


# --- a person's name

_ASKS_PERSONS_NAME = re.compile(
    ASKS_NAME.pattern.replace(f"|{WHICH_PERSON}", "")
    + r"|(?<![百贵])姓(?:什么|啥)|(?:派|是|又是|叫)(?:了)?(?:的是)?哪一?位(?:[?？啊呀呢]|$)"
    r"|(?:主编|总编辑?|召集人|[组局馆院校会处厅]长|秘书长|联系人)(?:又|到底|究竟)?是?叫(?:谁|什么)(?!家|部门|单位)"
)
#: What comes before a name, and characters that are surnames and begin other words here: 分管|副省长, 有关|负责同志.
_BEFORE_NAME = re.compile(rf"^(?:{TITLE}|联系人|姓名|名叫|名字叫|[岁名位]的?)")
_NO_NAME = re.compile(r"[管关任应全常有](?:副|负|职|由|命|指|工|务)|和")
_APPOINTED = re.compile(rf"(?:任命|免去){SURNAME}[\u4e00-\u9fff]{{1,3}}(?:为|的|[(（])")


def names_person(text: str) -> bool:
    """Whether a folded text names a person by name.

    >>> names_person("由分管副省长担任组长"), names_person("联系人:梁书宁"), names_person("副部长魏长河兼任")
    (False, True, True)
    """
    if _APPOINTED.search(text):
        return True
    for match in NAMED_PERSON.finditer(text):
        bare = _BEFORE_NAME.sub("", match.group())
        if bare[:1] == ":":
            return True  # a label tells who
        within = match.start() and known_word(text[match.start() - 1 : match.start() + 1])
        joined = within and text[match.start() - 1] not in "和与由为任免"
        if not (_NO_NAME.match(bare) or known_word(bare[:2]) or joined):
            return True
    return False


#: Words for persons: what else is asked to be named (平台叫什么名字) is no person.
_PERSON = re.compile(
    r"人(?![工口民才均次大社])|[组部局处科院校馆站厅会队省市县区乡镇村]长|指挥长?|主任|书记|教授|院士|专家|学者|作者|主编|编辑|领导"
    r"|[干委]部|委员(?!会)|代表(?!团|大会)|老师|医生|[英烈][雄士]|谁|位"
)


def _no_name(question: str, told: str, around: str) -> bool:
    asked = _ASKS_PERSONS_NAME.search(question) and _PERSON.search(question)
    return bool(asked) and "《" not in told and not (_OF_PERSON.search(told) or names_person(told))


#: A label that says that a person follows, behind the body where he is: 联系人：某某处某某.
_OF_PERSON = re.compile(r"(?:联系|经办|咨询|签发|审核|记录|主持|填报|受访)人:[\u4e00-\u9fff]")


# --- a time, a year, a number to call or pay to

_ASKS_TIME = re.compile(r"什么时候|啥时候|何时|几时|哪一?天|几月几[日号]")
#: A date, or what tells a time without one: 验收合格后, 随时.
_ANY_TIME = re.compile(rf"{TIME.pattern}|[后前时起期季初末底]|每|尽快|\d[日月年天]")


def _no_time(question: str, told: str, around: str) -> bool:
    asked = _ASKS_TIME.search(question) and "whether" not in kinds_of(question)
    return bool(asked) and not _ANY_TIME.search(told) and not DATE.search(around)


# --- what came of a plan

_ASKS_YEAR = re.compile(r"哪一?年(?!级)|(?:什么|哪个)年份|何年")


_ANY_YEAR = re.compile(
    rf"{YEAR.pattern}|[一二][〇○零九][〇○零一二三四五六七八九]{{2}}年|“?十[一二三四五]五”?|当年|次年|[去今明上]年"
)


def _no_year(question: str, told: str, around: str) -> bool:
    return bool(_ASKS_YEAR.search(question)) and not _ANY_YEAR.search(told + around)


_ASKS_ADDRESS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (re.compile(r"(?:哪个|什么|啥|多少)(?:电子)?邮箱|邮箱(?:地址)?(?:是|叫|写)"), re.compile(r"@")),
    (
        re.compile(r"(?:电话|热线|传真)(?:号码?)?(?:是|为)?(?:多少|几号|什么号|啥)|(?:什么|哪个)(?:电话|热线)号?"),
        re.compile(r"(?<!\d)1[12]\d(?![\d个人元家件吨公万])|\d{5,}|\d{3,4}-\d"),
    ),
    (
        re.compile(
            r"(?:账号|帐号|账户|帐户|卡号)(?:到底|究竟)?(?:是|为)?(?:多少|什么|哪个|啥)|(?:什么|哪个)(?:银行)?(?:账号|帐号|账户|帐户)"
        ),
        re.compile(r"\d{8,}|[至到入进][^,，。;；]{0,14}(?:账户|帐户|专户)"),  # to what sort of account
    ),
    (re.compile(r"网址(?:是|为)?(?:多少|什么|哪|啥)"), re.compile(r"www\.|http|\.(?:com|cn|org|gov|net)")),
)


def _no_address(question: str, told: str, around: str) -> bool:
    asked = [held for asks, held in _ASKS_ADDRESS if asks.search(question)]
    return bool(asked) and not any(held.search(told) for held in asked)


_ASKS_TERM = re.compile("有效期|有效到|效力到")
_ANY_TERM = re.compile("有效|期限|[期届][满内]|失效|废止|长期|永久|[年月日]内|止(?!境|损)")


_PAPER = re.compile("([证书卡照])件?的?有效期")


def _no_term(question: str, told: str, around: str) -> bool:
    """Whether a question asks how long something is in force, and a dated sentence says nothing of that, or says it of no
    paper such as the one that is asked about (读者证): of the rules themselves."""
    if not _ASKS_TERM.search(question) or "whether" in kinds_of(question):
        return False
    paper = _PAPER.search(question)
    return not _ANY_TERM.search(told) or (paper is not None and paper[1] not in told + around)


_ASKS_AGE = re.compile("多少(?:周?岁)|几(?:周)?岁|多大(?:年[纪龄]|岁数)|年[龄纪][^,，。]{0,8}(?:多少|几|多大)")
_ANY_AGE = re.compile("岁|出生|年龄|退休|成年")


def _no_age(question: str, told: str, around: str) -> bool:
    asked = _ASKS_AGE.search(question) and "whether" not in kinds_of(question)
    return bool(asked) and not _ANY_AGE.search(told)


_ASKS_MONEY = re.compile("多少钱|多少[百千万亿]*元|几块钱")
_ANY_MONEY = re.compile(
    r"元|[角块]钱|[\d一两二三四五六七八九]角(?![度落形])|[%％‰倍价]|\d\s*[万亿]|分之|免费|不收|[零免]缴|全额|[一二三四五六七八九]成|标准|额度?|资金|[补奖]"
)


def _no_money(question: str, told: str, around: str) -> bool:
    """Whether a question asks what something costs, and what is told speaks of no money, whatever else it counts."""
    kinds = kinds_of(question)
    asked = "count" in kinds and not kinds & {"whether", "compare"} and _ASKS_MONEY.search(question)
    return bool(asked) and not _ANY_MONEY.search(told)


#: A rate by its name and what it comes to: 再生率要达到多少. Of 效率 and the like no share is told.
_ASKS_RATE = re.compile(
    r"(?<![效频概功税利汇费长速先心])率[各要应得须可能]*(?:分别)?(?:最[高低])?(?:控制在|保持在|达到?|[是为有到])*[了到]?(?:多少|几|百分)"
)
_ANY_RATE = re.compile(
    r"[%％‰率]|百分|分之|[\d一二三四五六七八九十]成|[\d一二两三四五六七八九十]倍|[∶:：]\d|全部|全覆盖"
)


def _no_rate(question: str, told: str, around: str) -> bool:
    kinds = kinds_of(question)
    asked = "count" in kinds and not kinds & {"whether", "compare", "list"} and _ASKS_RATE.search(question)
    return bool(asked) and not _ANY_RATE.search(told)


def _no_count(question: str, told: str, around: str) -> bool:
    kinds = kinds_of(question)
    # 几个 may name things to be listed, too, unless nothing but their number is asked for.
    listed = "list" in kinds and not asks_number(question)
    asked = "count" in kinds and not kinds & {"whether", "compare", "who", "when", "duty"} and not listed
    return asked and lacks_count(question, told + around)


def _no_number(question: str, told: str, around: str) -> bool:
    """Whether a question asks for nothing but a number, of whatever, and what is told has none."""
    asked = asks_number(question) and not kinds_of(question) & {"whether", "compare", "who", "duty"}
    return asked and says_no_number(told)


_ASKS_RESULT = re.compile(
    ASKS_OUTCOME.pattern
    + r"|实际(?:上)?(?:做到?|完成|达到|到位|花|用|发|建|招|考|增|投|有)(?:成|了)?(?:多少|几)|最后实际|实际(?:做到|完成|达到)了"
    r"|实际(?:上)?[^,，。?？]{0,10}(?:增长|下降|提高|减少|[涨降])(?:了|到)(?:多少|几|百分之几)"
    r"|(?:后来|最后|最终|到底|真的?)[^,，。?？]{0,16}(?:出了没出|达没达到?|成没成|办没办|批没批|凑够|做到了|完成了)"
    r"|(?:过关|达标|达到|完成|凑够|做到)[^,，。?？]{0,8}了(?:没有?|吗|么)[?？]?$|后来有没有"
)
_PLANS = re.compile(
    r"力争|计划|目标|研究(?!院|所|生|员|机构)|拟|将|应当|应于|要求|确保|推动|加快|鼓励|预计|预测|未来"
    r"|(?:^|[,，。;；])到(?:20\d\d|“?十[一二三四五]五)|20\d\d年(?:\d+月)?(?:底|末)?前|满[一二三四五六七八九十\d]年时"
)
_HAPPENED = re.compile(
    r"已(?!有关)|[^除为解]了(?!解|更)|未能|尚未|截至|截止|同比|比上年|较上年|获(?:得|批)|被评|实际|超额|结果(?:为|是|显示)|累计|(?<![保争动将要求])(?:胜利|圆满|顺利|较好)(?:地|完成)|完成(?:年度|全年|年初|预期|既定)*(?:计划|目标)(?:任务)?[^,，。;；]{0,12}的\d"
)
_ASKS_AFTER = re.compile(
    r"(?:期满|到期|满了|结束)(?:之?后|以后)?[^。?？]{0,14}(?:还(?:接着|继续|是|办|搞)|续期|收回|继续)"
)
_TERM = re.compile(r"(?:试点|试行|有效|期)[^,，。]{0,4}(?:限|期|年)")
_AFTER_TERM = re.compile(r"[期届年]满|到期|续|延长|之后|以后|不超过")


def _no_result(question: str, told: str, around: str) -> bool:
    planned = _PLANS.search(told) and not _HAPPENED.search(told)
    if _ASKS_RESULT.search(question) and planned:
        return True
    return bool(_ASKS_AFTER.search(question) and _TERM.search(told) and not _AFTER_TERM.search(told))


# --- a reason

_ASKS_REASON = re.compile(ASKS_WHY.pattern.replace("|凭什么", "") + r"|归因于|干(?:嘛|吗)(?:非得?|要|不|放着)")
_REASON = re.compile(
    r"为了|因为|因(?!此|素|地制宜|子)|由于|[,，]主要是|以便|旨在|从而|原因|鉴于|考虑|为(?!\d)[^，,。；;\d]{2,40}[，,]|有利于|所以|使得|制约"
    r"|存在|解决|避免|防止|促进|提高|提升|增强|保障|导致|不足|难以|缺乏|未|不|方便|便利|降低|需要|实现|影响|过于|无法"
)


def _no_reason(question: str, told: str, around: str) -> bool:
    return bool(_ASKS_REASON.search(question)) and not _REASON.search(told)


# --- a figure of another thing of the same sort

_NO_SORT = re.compile(
    "[居人公国市]民|[全各本该我此每某两几上下前后其同一二三四五六七八九十]|.[年月日天次个项级类期有成为到出外内]"
)


def _of_another_sort(question: str, told: str, around: str) -> bool:
    """Whether what is told is said of a thing of the same sort as the one asked about: 公路通车里程 of 铁路通车里程."""
    if "count" not in kinds_of(question) or kinds_of(question) & {"whether", "compare", "list"}:
        return False
    whole = set(word_spans(told))
    for at, end in word_spans(question):
        thing, measure = question[at:end], question[end : end + 3]
        if not _SORT_AND_MEASURE.fullmatch(thing + measure) or thing in told + around:
            continue
        places = [m.start() for m in re.finditer(measure, told)]
        others = {told[b - 2 : b] for b in places if (b - 2, b) in whole}
        every = {told[max(0, b - 2) : b] for b in places}
        if others == every and others and all(_same_sort(thing, other) and other not in question for other in others):
            return True
    return False


_SORT_AND_MEASURE = re.compile("[\u4e00-\u9fff]{5}")


def _same_sort(one: str, other: str) -> bool:
    """Whether two words of two characters name things of one sort: they end alike."""
    both = one != other and one[1] == other[1] and known_word(other)
    return both and not any(map(_NO_SORT.match, (one, other)))


# --- a figure of one class of several that exclude one another

#: Whose something is: what is told of all of it, however it is worded, is nothing of those of the one sort.
_OWNED = ("公办|公立", "民办|民营|社会办")
_OF_YEAR = ("一季度", "二季度", "上半年", "三季度", "四季度", "全年")  #: also days by which something of a year is done
_CLASSES: tuple[tuple[re.Pattern[str], ...], ...] = tuple(
    tuple(map(re.compile, kinds))
    for kinds in (
        ("城[里镇市区]|市区", "村|农民(?!工)"),
        ("省会", "全[省国]"),
        ("东部", "中部", "西部", "东北"),
        (
            "全球|世界|各国",
            "我国|中国|全国|国内",
            "美国",
            "欧盟",
            "日本",
            "英国",
            "德国",
            "法国",
            "韩国",
            "印度",
        ),
        ("小学", "初中", "高中", "幼儿园|学前", "中职|中等职业", "高校|大学|本科"),
        ("国家级", "省级", "市级", "县级|区级"),
        _OF_YEAR,
        _OWNED,
        ("英文|英语", "法文|法语", "日文|日语", "德文|德语", "俄文|俄语"),
        ("手机", "电脑|计算机"),
        ("新[改扩迁、()]{0,6}建", "改[扩迁、()]{0,4}建", "扩[迁、()]{0,3}建", "老旧|既有"),
        ("男", "(?<![子儿])女"),
        ("门诊", "住院"),
    )
)
_ASKS_VALUE = {"count", "when"}


def _of_other_class(question: str, told: str, around: str) -> bool:
    kinds = kinds_of(question)
    if not kinds & _ASKS_VALUE or kinds & {"whether", "compare", "who"}:
        return False
    for classes in _CLASSES:
        asked = [c for c in classes if c.search(question)]
        other = len(asked) == 1 and not asked[0].search(told + around)
        other = other and (asked[0].pattern in _OWNED or any(c.search(told) for c in classes))
        if other and not ("when" in kinds and asked[0].pattern in _OF_YEAR):
            return True
    return False


# --- the figure of a part

#: A place by its name, from the longest to the shortest that may end here: 省湖阳县, 湖阳县.
_PLACE_ENDS = re.compile(r"(?:自治州|开发区|高新区|[新县区市州旗镇乡])(?![场民值长级域面内间号委])")
_PLACE_NAME = (2, 5)  #: characters of a name before its sort
_NO_NAME_OF_PLACE = re.compile(r"^[全各本该我此每某两几跨在是的和与及省市县区州]|[各全本该].?$")


def _places_named(question: str, text: str) -> list[str]:
    """The places that a folded question names and of which, among others, a folded text tells a value each: 湖阳县24.3."""
    told = set(_PLACE_TOLD.findall(text))
    named = []
    for sort in _PLACE_ENDS.finditer(question) if len(told) > 1 else ():
        shortest, longest = _PLACE_NAME
        for size in range(min(longest, sort.start()), shortest - 1, -1):
            name = question[sort.start() - size : sort.end()]
            listed = any(one.endswith(name) for one in told)
            if listed and not _NO_NAME_OF_PLACE.match(name) and not known_word(name):
                named.append(name)
                break
    return named


#: A place with a value behind it: 湖阳县24.3, and of a table 湖阳县|24.3.
_PLACE_TOLD = re.compile(rf"([\u4e00-\u9fff]{{2,8}}?(?:{_PLACE_ENDS.pattern}))\|?\d")


def _of_whole(question: str, draft: Draft, document: Callable[[str], SourceDocument], above: str) -> bool:
    """Whether the figures of a draft are those of a whole (全市), where a place is asked for that its document names
    elsewhere as one of several parts (湖阳县24.3、岚山区25.8)."""
    kinds = kinds_of(question)
    if "count" not in kinds or kinds & {"whether", "compare", "list", "who"} or _ASKS_ALL.search(question):
        return False
    told = above + "".join(fold(line.text) for line in draft.lines)
    for own in {span[0]: document(span[0]) for line in draft.lines for span in line.spans}.values():
        named = _places_named(question, fold(own.text))
        if _REPORT.search(own.header.title):  # a report of a city tells nothing of one of its parts without its name
            named += [*towns_named(question), *districts_named(question)]
        for name in named:
            if name[:2] not in told + fold(own.header.issuer or ""):
                return True
    return False


_COUNTED = re.compile(
    r"(?:多少|几)(?:部|台|辆|名|位|所|家|座|间|套|户|张|只|条|个(?!百分点))(?P<noun>[\u4e00-\u9fff]{2,4}?)(?=[?？,，。呢啊呀]|$)"
)


def _of_other_things(question: str, draft: Draft, document: Callable[[str], SourceDocument], above: str) -> bool:
    """Whether a question asks how many of something there are that the documents of a draft name elsewhere, and the draft
    counts other things only."""
    asked = _COUNTED.search(question)
    if asked is None or kinds_of(question) & {"whether", "compare", "list", "who"}:
        return False
    noun, told = asked["noun"], above + "".join(fold(line.text) for line in draft.lines)
    if not known_word(noun) or noun in told:
        return False
    owns = {span[0] for line in draft.lines for span in line.spans}
    return any(noun in fold(document(own).text) for own in owns)


#: Words before a thing that tell no class of it: 全省医院, 年末人口.
_NO_CLASS = re.compile(rf"{_NO_SORT.pattern}|.[底末初]$|最|具体|目前|现在|\d")
_OF_PLACE = "省市县区"
_THING_AND_MEASURE = 4  #: characters behind a class: 床位费用 of 临时床位的费用


def _without_its_class(
    question: str, draft: Draft, document: Callable[[str], SourceDocument], names: str, above: str
) -> bool:
    """Whether a question asks a figure of one class of a thing by a word that its document has for it, or that is one of a
    few that exclude one another, and the draft tells the same figure of the thing without a class: 病房费用, not that of
    临时病房."""
    kinds = kinds_of(question)
    if not kinds & _ASKS_VALUE or kinds & {"whether", "compare", "list", "who"}:
        return False
    owns = {span[0]: document(span[0]) for line in draft.lines for span in line.spans}
    told = fold("".join(line.text for line in draft.lines)).replace("的", "")
    texts = [fold(own.text) for own in owns.values()]
    for start, end in word_spans(question):
        if end - start == _THING_AND_MEASURE and known_word(question[start : start + 2]):
            end = start + 2  # 城镇居民 is one word
        sort = question[start:end]
        behind = question[end : end + _THING_AND_MEASURE + 2].replace("的", "")[:_THING_AND_MEASURE]
        if (
            len(sort) < 2
            or len(behind) < _THING_AND_MEASURE
            or sort in told + names
            or sort + behind[:2] in above
            or behind[0] == "非"  # the class is 非…
            or _NO_CLASS.search(sort)
            or not _ALL_HAN.fullmatch(sort + behind)
        ):
            continue
        plain = any(
            m.start() == 0 or told[m.start() - 1] in _OF_PLACE or not _ALL_HAN.fullmatch(told[m.start() - 1])
            for m in re.finditer(behind, told)
        )
        own_word = any(sort + behind[:2] in text for text in texts)
        if plain and (own_word or any(c.search(sort) for classes in _CLASSES for c in classes)):
            return True
    return False


_ALL_HAN = re.compile("[\u4e00-\u9fff]+")


_REPORT = re.compile("公报|[预决]算|执行情况|统计|年报|工作报告")
_ASKS_ALL = re.compile("全[省市县区州国]|分别|各[省市县区地州]")


# --- the names of several things

_UNIT = "(?:个|家|项|省|种|所|位|座|款|件|条)"
_ASKS_NAMES = re.compile(
    rf"哪(?P<of>[二两三四五六七八九十]{{1,3}}|\d{{1,3}}|几){_UNIT}(?!方面|部分|[章节步])"
    rf"|(?:另外?|其余|其他|剩下的?)(?P<others>[二两三四五六七八九十]{{1,3}}|\d{{1,3}}|几){_UNIT}?是?(?:哪|什么|谁)"
    r"|(?<!试)点(?:一下|个)?名(?!单)|(?:给|列|报)(?:出|一下|个|一个)[^,，。?？]{0,8}(?:名单|名称|名字)"
    r"|成员(?:单位)?(?:都|具体)*(?:有|是|包括)(?:哪些|谁)|具体(?:都)?(?:列了?|包括|是|指)(?:的)?哪些|(?:名[单录]|目录|清单)(?:[上中]|里面?)?(?:都|具体)*(?:[有是写列]了?|包括)(?:的是)?(?:哪些|谁)"
)
_SERIES = re.compile(
    r"[、;；|]|《.*《|\d[.．]|一[是要]|第一|首先|牵头|负责|^[^，,。:：]{2,8}[:：]|[:：](?:[^,，。;；]{4,}[,，]){2}"
)
_PAIR = re.compile("[和与及]|会同|联合")


def _no_names(question: str, told: str) -> bool:
    asked = _ASKS_NAMES.search(question)
    if asked is None or _SERIES.search(told):
        return False
    number = number_of(asked["of"] or asked["others"] or "")
    return number is not None and number > 2 or not _PAIR.search(told)


#: A name of letters and a number: PM10, CR8.
_NUMBERED = re.compile(r"(?<![a-z0-9])([a-z]{1,5})-?(\d+(?:\.\d+)?)(?![\d.]*[a-z%])")


def _of_other_number(question: str, told: str, around: str) -> bool:
    kinds = kinds_of(question)
    if not kinds & _ASKS_VALUE or kinds & {"whether", "compare"}:
        return False
    held = set(_NUMBERED.findall(told))
    asked = set(_NUMBERED.findall(question))
    return any(one not in held and any(letters == one[0] for letters, _ in held) for one in asked)


#: A rate by its name: 流通率, and none of 效率, 税率.
_RATE = re.compile("[\u4e00-\u9fff]([\u4e00-\u9fff])率(?![先领])(?<![效频概功税利汇费长速]率)")


def _of_other_rate(question: str, told: str, around: str) -> bool:
    """Whether an answer tells rates, and none that may be the one a question asks for by its name: 腐损率, not 流通率."""
    kinds = kinds_of(question)
    asked, held = set(_RATE.findall(question)), set(_RATE.findall(told))
    figures = "count" in kinds and not kinds & {"whether", "compare", "list"}
    return figures and bool(asked and held) and not asked & set(_RATE.findall(told + around))


# --- another document

_TITLE = re.compile(r"《([^《》….]{6,60})》(?!.*名[字称])")
_SAME_TITLE = 0.8  #: share of the pairs of its characters that the titles and the answer hold


def _of_other_document(question: str, told: str, around: str) -> bool:
    if kinds_of(question) & {"whether", "compare", "metadata"}:
        return False
    for title in _TITLE.findall(question):
        pairs = ["".join(pair) for pair in pairwise(title)]
        if sum(pair in told + around for pair in pairs) < _SAME_TITLE * len(pairs):
            return True
    return False


_PHASE = re.compile(r"(?<![第每两多分短中长学本上下前后周时日星])([一二三四五六])期(?![限间货刊末满望待权])")


def _of_other_phase(question: str, told: str, around: str) -> bool:
    """Whether a question names a phase of a work (一期) and what is told is of others."""
    asked, held = set(_PHASE.findall(question)), set(_PHASE.findall(told + around))
    return bool(asked and held) and not asked & held


_REACHED = re.compile(
    rf"(?:[长任记员]|同志|^)({SURNAME}[\u4e00-\u9fff]{{1,2}}?)的?(?:联系)?(?:电话|手机|邮箱|联系方式)"
)


def _of_other_person(question: str, told: str, around: str) -> bool:
    """Whether a question asks how a person is reached whom nothing that is told names."""
    asked = _REACHED.search(question)
    return asked is not None and bool(re.search(r"\d{5}|@", told)) and asked[1] not in told + around


_BODY = "[\u4e00-\u9fff]{2}[局委厅署办院]"
_REACHED_BODY = re.compile(
    rf"(?P<body>{_BODY})(?:[\u4e00-\u9fff]{{0,8}}[科处室股])?的?(?:业务|咨询|办公|值班|联系)*(?:联系人|电话|联系方式|邮箱|传真|热线)"
)
_ANY_BODY = re.compile(rf"{_BODY}(?![员长])")


def _of_other_body(question: str, told: str, around: str) -> bool:
    """Whether a question asks whom to reach at a body, and what is told names others and not that one."""
    asked = _REACHED_BODY.search(question)
    return asked is not None and asked["body"] not in told and bool(_ANY_BODY.search(told))


_ASKED: tuple[tuple[Callable[[str, str, str], bool], str], ...] = (
    (_no_name, "所问的姓名"),
    (_no_time, "所问的时间"),
    (_no_year, "所问的年份"),
    (_no_term, "有效期"),
    (_no_age, "所问的年龄"),
    (_no_rate, "所问的这项比率"),
    (_no_count, "所问的数量"),
    (_no_money, "所问的金额"),
    (_no_address, "所问的这项内容"),
    (_no_result, "后来的情况"),
    (_no_reason, "所问的原因"),
    (_of_other_class, "所问的这一类"),
    (_of_other_number, "所问的这一项"),
    (_of_other_phase, "所问的这一期"),
    (_of_other_person, "所问的人的联系方式"),
    (_of_other_body, "所问单位的联系方式"),
    (_of_other_rate, "所问的这项比率"),
    (_of_other_document, "所问的这份文件中的内容"),
    (_of_another_sort, "与所问对象有关的数字"),
    (_no_number, "所问的数字"),
)
