"""Something new put in the place of what is of the same sort in a question: B类 for A类, 2030年 for 2025年."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import accumulate

from index.tokens import known_word
from qa.amounts import amounts
from qa.patterns import PLACES
from qa.question import ASKING_WORDS
from qa.topics import (
    ASKS,
    FUNCTION,
    NEEDS_OWNER,
    NUMERAL,
    PREDICATE,
    QUOTED,
    UNIT,
    VERBS,
    YEAR,
    begins_predicate,
    cut_words,
    ends_topic_at,
    lone_quotes,
    own_words,
    topic_of,
)

#: Whether a string stands in the documents.
Stands = Callable[[str], bool]

TIME = re.compile(
    r"(?P<year>(?:19|20)\d\d\s*年|同年|当年|[今去]年(?![份龄])|(?<![以之提年])[前后]年(?![度级份])|(?<![说证声表])明年(?!限))?(?:(?P<month>\d{1,2}\s*月)(?P<day>\d{1,2}\s*[日号])?|"
    r"(?P<part>第?[一二三四1-4]季度|[上下]半年|全年)?)(?P<edge>[底末初])?"
)
SHAPE = re.compile(
    rf"[A-Za-z](?=类|级|型|档|座|栋|款|组|区|等)|[甲乙丙丁戊](?=类|级|等|方|档|型)|第?{NUMERAL}(?=类|级|档|等|批|"
    rf"期|季度|阶段|号|岁)|百(?=岁)|第{NUMERAL}(?={UNIT}|条|次|届|名)"
)
_AIM = re.compile(
    r"(?:对于|针对|关于|对)(?!外|内|策|象|接|于|比|方)(?P<aim>[^，,。？?]{2,20}?)"
    r"(?=有|提|怎|如|做|给|规|是|采|要|作|的|，|实|由)"
)
#: Last characters that say what sort of thing a word names: words with the same one can take each other's place.
_SORT = "省市县区州镇乡村部局委厅署院所校站节奖费金税券卡车船法班组队园岛港线岁学士生"
#: ... and those that are cut off from short names,
_SUMS = "费金税款证卡票"
#: ... and those of houses in which something is run: one canteen, one shop.
_PREMISES = "店堂馆校厂铺吧"
PLACE = re.compile(r"[\u4e00-\u9fff]{2,3}[省市县区州]")
WHO = re.compile(
    r"谁|哪(?:个|些|家|几家?)?(?:部门|单位|机构)|什么(?:部门|单位)|(?:牵头|责任|负责|配合|参与)(?:部门|单位)"
)


def fill(last: str, filler: str, owner: bool) -> str | None:
    """The last question with ``filler`` in place of what is of its sort; before it as ``owner`` (农村的) where nothing is."""
    filled = of_like(last, filler)
    if not filled and owner and WHO.search(last) and not _WHERE.search(filler) and (task := _by_position(last, filler)):
        place = PLACE.match(topic_of(last))  # 乙工程的呢 after 某省甲工程由谁牵头
        return f"{place.group() if place and not task.startswith(place.group()) else ''}{task}"
    # 农村的呢 narrows the same thing down, and takes the place of what narrows it down; 农村呢 takes its own place.
    filled = filled or (_narrowed(last, filler) if owner else _by_position(last, filler))
    phrase = _PHRASE.fullmatch(last) if not filled else None
    return f"{filler}{phrase['asked']}" if phrase else filled


#: A case that something is in, and no thing: 发票丢了, 没有住所.
STATE = re.compile("了$|^(?:没|不(?!动产)|未(?!来|成年))|[\u4e00-\u9fff](?:没|不(?!动)|未(?!来|成))")


#: 渡船的年检: a question that names a thing, and what of it, and has no predicate.
_PHRASE = re.compile(r"[^，,。？?的]{2,20}(?P<asked>的[^，,。？?的]{2,8})[?？。]?")


_WHERE = re.compile("[里上下内家]$")


#: Adjectives that narrow anything down, and end like a noun by chance alone.
_OF_ANYTHING = frozenset("普通 一般 特殊 正常 其他 其它 其余".split())


def _narrowed(last: str, filler: str) -> str:
    """直流充电桩补多少, 交流的呢 → 交流充电桩补多少: in place of the word of as many characters with the same last one, that
    narrows the thing down; else before the thing, behind its place and year."""
    new, tokens = cut_words(filler), cut_words(last)
    ending = new[-1] if new else ""
    for i, token in enumerate(tokens[:-1] if len(ending) > 1 and ending not in _OF_ANYTHING else ()):
        narrows = (
            len(token) == len(ending) and token[-1] == ending[-1] and token != ending and is_content(tokens[i + 1])
        )
        if not narrows or ASKS.search(token) or token in ASKING_WORDS:
            continue
        start, least = i, len(lead_for(last, filler))
        while i - start < len(new) - 1 and start and _of_thing(tokens[start - 1], filler):
            if len("".join(tokens[: start - 1])) < least:
                break
            start -= 1
        return "".join(tokens[:start]) + filler + "".join(tokens[i + 1 :])
    lead = lead_for(last, filler)
    return f"{lead}{filler}的{last[len(lead) :].lstrip('的')}"


#: 2021年的上限: another year, and the same thing or another one in its place.
_OF_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d年)(?:版|度)?的(?P<thing>.{2,})")


def of_like(last: str, filler: str) -> str | None:
    """The last question with ``filler`` in place of what is of its sort; None where nothing is."""
    dated = _OF_YEAR.fullmatch(filler)
    if dated and (same := last if dated["thing"] in last else of_like(last, dated["thing"])):
        return _by_time(same, dated["year"])
    found = next((text for way in OF_A_SORT if (text := way(last, filler))), None)
    if found:
        return found
    *thing, again = cut_words(filler) or [
        ""
    ]  # 租赁补贴骗取的呢 after 骗取创业补贴怎么处理: the last word says it again
    found = of_like(last, "".join(thing)) if thing and own_words(again) and again in last else None
    return found.replace("".join(thing), f"{again}{''.join(thing)}", 1) if found and again not in found else found


#: Some years taken together: 三年一共, 合计.
_TOGETHER = re.compile(
    rf"(?:这|前|后)?(?:{NUMERAL}年)?(?:一共|总共|合计|总计|累计)|(?:这|前|后)?[两三四五六七八九十]年(?:来|间|内)?"
)


def _by_time(last: str, filler: str) -> str | None:
    new = TIME.fullmatch(filler)
    old = next((m for m in TIME.finditer(last) if m.group()), None)
    if old and _TOGETHER.fullmatch(filler):
        return last[: old.start()] + filler + last[old.end() :]
    if not new or not filler:
        return None
    if not old:
        return f"{filler}，{last}"
    year = new["year"]
    if not year or year in ("同年", "当年"):
        year = old["year"] or ""
    rest = filler[len(new["year"] or "") :]
    return last[: old.start()] + year + rest + last[old.end() :]


def by_amount(last: str, filler: str) -> str | None:
    """骗了8000块 → 骗3万, 80平米的 → 120平的: the one amount of that unit. What else the filler says has to stand in the
    last question."""
    new, old = amounts(filler), amounts(last)
    if len(new) != 1 or own_words(filler[: new[0].start]) and filler[: new[0].start] not in last:
        return None
    same = [a for a in old if a.unit == new[0].unit or not (a.unit and new[0].unit)]
    bound = _BOUND.match(filler, new[0].end)  # 七层以上 → 七层以下
    until = bound.end() if bound else new[0].end
    if len(same) != 1 or own_words(filler[until:].lstrip("的")) and filler[until:].strip("的") not in last:
        return None
    gone = same[0]
    end = gone.bare_end if not new[0].unit else gone.end
    if bound and (bounded := _BOUND.match(last, end)):
        end = bounded.end()
    return last[: gone.start] + filler[new[0].start : until] + last[end:]


_BOUND = re.compile("[以之]?(?:上|下|内|外)")


def by_shape(last: str, filler: str) -> str | None:
    """A类 → B类, 第一批 → 第二批: tokens of the same form."""
    new = SHAPE.search(filler)
    if not new:
        return None
    unit = filler[new.end() : new.end() + 1]
    for old in SHAPE.finditer(last):
        if last[old.end() : old.end() + 1] == unit and old.group() != new.group():
            after = filler[new.end() + 1 :]
            behind = last[old.end() + 1 :]
            said = not after or behind.startswith(after)
            thing = behind.lstrip("的")  # 百岁老人 for 95岁的老人
            if not said and thing.startswith(after):
                behind = thing[len(after) :]
            kept = last[old.end() :] if said else filler[new.end() :] + behind
            return last[: old.start()] + filler[: new.end()] + kept
    return None


def by_sort(last: str, filler: str) -> str | None:
    """海南省 → 广东省, 益民服务领域 → 交通领域: words with the same ending."""
    lead = lead_for(last, filler)
    tokens, new = [*cut_words(lead), *cut_words(last[len(lead) :])], cut_words(filler)
    if not new:
        return None
    ending = new[-1]
    for i, token in enumerate(tokens):
        same = len(token) > 1 and filler.endswith(token)
        parted = i > 0 and token == ending[-1] and token in _SUMS and is_content(tokens[i - 1])  # 泊位|费
        if token in filler and not same and not parted:
            continue
        alike = (
            len(token) > 1
            and len(ending) > 1
            and token not in ASKING_WORDS
            and (
                token[-2:] == ending[-2:]
                or (token[-1] == ending[-1] and token[-1] in _SORT)
                or (token[-1] in _PREMISES and ending[-1] in _PREMISES)
            )
        )
        if not same and not alike and not parted:
            continue
        start = i - parted
        if same or len(new) > 1:
            least = 0 if same else 1
            while start > 0 and i - start < len(new) + 1 - least and _of_thing(tokens[start - 1], filler):
                if len("".join(tokens[: start - 1])) < len(lead):
                    break
                start -= 1
        if same and start == i:
            continue
        return "".join(tokens[:start]) + filler + "".join(tokens[i + 1 :])
    return None


#: A place after what may stand before one: the start, a sign, a larger place, a year, 的.
_A_PLACE = re.compile(
    r"(?:^|(?<=[^\u4e00-\u9fff])|(?<=[省市州县区年月的在和与、比跟]))(?P<name>(?![年月日在到从去对])[\u4e00-\u9fff]{2,3}?)(?P<kind>[省市州县区旗镇乡村])"
)


def _by_kind_of_place(last: str, filler: str) -> str | None:
    """江州市望江区 → 江州市城北区: the one place of the kind of another that a question names."""
    new = _A_PLACE.fullmatch(filler)
    named = [m for m in _A_PLACE.finditer(last) if new is not None and m["kind"] == new["kind"]]
    return _in_its_place(last, named, filler) if named and named[0].group() != filler else None


def _in_its_place(last: str, named: Sequence[re.Match[str]], filler: str) -> str | None:
    """A question with another thing in place of the one that was found in it; None where several were."""
    return last[: named[0].start()] + filler + last[named[0].end() :] if len(named) == 1 else None


def _by_country(last: str, filler: str) -> str | None:
    """美国关注什么 → 日本关注什么: the one country or province that the last question names."""
    named = list(PLACES.finditer(last))
    if len(named) != 1 or not PLACES.fullmatch(filler):
        return None
    return last[: named[0].start()] + filler + last[named[0].end() :]


#: A place by its name: what ends in 市 is often cut within it (白|沙市), so that names are told by what stands before them.
_PLACE_NAME = re.compile(
    r"(?:^|(?<=[年，,、在对给和与及从到去比把由于让]))(?P<name>(?![在对给和与及从到去比把由于让])[\u4e00-\u9fff]{1,6}?(?P<level>[省市县区盟旗]|州(?![市县区])))(?![场民政长区级域情容值价办直])"
)
_NO_NAME = re.compile(
    r"[全本各我外该此某两几每这那]个?[省市县区州]|(?:城|都|超|股|夜|集|门|上|楼|房|直辖|地级|县级)市|自治[区州县]|[县区市省][区县市]"
    r"|(?:地|园|社|小|城|郊|山|辖|景|灾|林|片|新|校|库|特|专|牧|湖|类|级|开发|高新|示范|试验|保护|功能|保税|商务|工业)区"
)


def by_place(last: str, filler: str) -> str | None:
    """白沙市怎么补 → 青临市怎么补: the one place of that level, or else the one place, that the last question names."""
    within = _by_kind_of_place(last, filler)  # a district beside the city that it is of
    if within is not None:
        return within
    new = _PLACE_NAME.fullmatch(filler)
    if new is None or _NO_NAME.search(filler):
        return None
    named = [m for m in _PLACE_NAME.finditer(last) if not _NO_NAME.search(m["name"])]
    old = [m for m in named if m["level"] == new["level"]] or named
    return _in_its_place(last, old, filler)


_LEADING_YEAR = re.compile(r"(?:19|20)\d\d年度?")


def place_before(text: str) -> str:
    """The name of the place that a text begins with: 白沙市 of 白沙市的补贴; "" where it begins with none."""
    known = PLACES.match(text)
    if known:
        return text[: known.end() + bool(re.match("[省市]", text[known.end() :]))]
    found = _PLACE_NAME.match(text)
    return found["name"] if found and not _NO_NAME.search(found["name"]) else ""


def lead_for(last: str, filler: str) -> str:
    """The year and the place that a question begins with, which stay as they are where something else in it is exchanged
    for ``filler``; "" where that brings one of its own."""
    end = 0
    while found := (_LEADING_YEAR.match(last[end:]) or [""])[0] or place_before(last[end:]):
        end += len(found)
    own = YEAR.search(filler) or place_before(filler) or last[:end] in filler
    return "" if own else last[:end]


def place_known(text: str, stands: Stands | None) -> str:
    """:func:`place_before`, also of a place that is called by its name alone, as the documents that name it in full tell:
    宁江 of 宁江呢 where they speak of 宁江市."""
    if (place := place_before(text)) or stands is None:
        return place
    for name in (text[:size] for size in range(2, min(4, len(text)) + 1)):
        for full in (f"{name}{level}" for level in "市县省州" if re.fullmatch(r"[\u4e00-\u9fff]+", name)):
            word = known_word(name) and not known_word(full)  # 试点市, 示范县
            if not word and not _NO_NAME.search(full) and not PLACES.match(full) and stands(full):
                return name
    return ""


def by_known_place(last: str, filler: str, stands: Stands | None) -> str | None:
    """在上海，个人罚多少 → 在宁江，个人罚多少: the one place that the last question names, told by the documents."""
    if not filler or place_known(filler, stands) != filler:
        return None
    if moved := by_place(last, filler):
        return moved
    starts = accumulate(map(len, cut_words(last)), initial=0)
    named = [(at, name) for at in starts if (name := place_known(last[at:], stands))]
    old = {at + len(name): (at, name) for at, name in named}  # of 试点白沙市 and 白沙市 the latter
    if len(old) != 1:
        return None
    ((at, name),) = old.values()
    return last[:at] + filler + last[at + len(name) :]


def moved_to(text: str, new: str, stands: Stands | None = None) -> tuple[str, str]:
    """A text with its place exchanged for the one that ``new`` begins with, and ``new`` without that; both as they are where
    there is no such place, or nothing behind it."""
    place = place_known(new, stands)
    rest = re.sub("^[的，,]", "", new[len(place) :])
    moved = by_known_place(text, place, stands) if place and rest else None
    return (moved, rest) if moved else (text, new)


_SUFFIXED = re.compile(r"[\u4e00-\u9fff]{2,3}(?P<suffix>[省市县区州镇乡类业])")


def by_suffix(last: str, filler: str) -> str | None:
    """河朔省有哪些县 → 东麓省有哪些县, 纸质类 → 影像类: names of as many characters with the same last one."""
    new = _SUFFIXED.fullmatch(filler)
    if new is None:
        return None
    size, suffix = len(filler), new["suffix"]
    if suffix in "省市县州":  # names that are cut anyhow; 城市 and 全省 are none
        ends = [m.end() for m in re.finditer(suffix, last) if not known_word(last[m.end() - 2 : m.end()])]
        old = [(end - size, end) for end in ends if re.fullmatch(r"[\u4e00-\u9fff]+", last[max(0, end - size) : end])]
    else:  # made of whole words, of which no other one ends it: 纸质类, no 工业园区 and no 哪些鱼类
        tokens = cut_words(last)
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


#: Of whom something may be asked after it was asked of others, or of all.
PERSONS = "老人 老年人 学生 儿童 孩子 小孩 未成年人 残疾人 退役军人 军人 孕妇 职工 农民工 农民 外地人 外国人 游客"
#: Words of which one may be asked for after another.
_SETS = tuple(
    words.split()
    for words in (
        "全球 全世界 世界 我国 全国 中国 国内 国外 海外 全省 全市 全县 全区",
        "权利 义务",
        "国家级 省部级 省级 市级 县级 区级 镇级 乡级 村级",
        "特大型 大型 中型 小型 微型",
        "城镇 农村 城市 乡村",
        "个人 单位",
        "新建 改建 扩建",
        "特重度 重度 中度 轻度",
        "东部 中部 西部 东北",
        "男性 女性",
        "男职工 女职工",
        "男的 女的",
        "本地 外地",
        "本市 外市",
        "本省 外省",
        "公办 民办",
        "公立 私立",
        "线上 线下",
        "首次 再次 二次",
        "专科 本科 硕士 博士",
        "初级 中级 高级",
        "红色 橙色 黄色 蓝色",
        "进口 出口",
        "已婚 未婚",
        "职工 居民",
        "上游 中游 下游",
        "小学 初中 高中",
        PERSONS,
    )
)


def by_set(last: str, filler: str) -> str | None:
    """国家级重点实验室 → 省级重点实验室, 民办园 → 公办园: words of a set that everybody knows, where the last question has one
    other, with what is told of both behind them. Of a longer word that one ends all is exchanged: 大学生 → 退役军人."""
    if degree := re.fullmatch("[读念考](?P<sort>[博硕专本])", filler):
        filler = {"博": "博士", "硕": "硕士", "专": "专科", "本": "本科"}[degree["sort"]]
    word = next((word for words in _SETS for word in words if filler.startswith(word)), "")
    if filler in (own for words in _SETS for own in words):
        word = filler
    words, rest = next((words for words in _SETS if word in words), []), filler[len(word) :]
    found = [f"{word}{rest}" for word in words if f"{word}{rest}" in last]
    found = [word for word in found if not any(word in other and word != other for other in found)]
    if len(found) != 1 or found[0] == filler or last.count(found[0]) != 1:
        return None
    longer = [token for token in cut_words(last) if token.endswith(found[0])]
    return last.replace(longer[0] if longer else found[0], filler)


#: What is done to something, in one character before it.
_ACT = re.compile("[去到住坐骑乘用买装养种](?=[\u4e00-\u9fff]{2})")


def _by_act(last: str, filler: str) -> str | None:
    """去上海出差补多少 → 去海岛出差补多少: what the same is done to, where the question tells that once."""
    act = _ACT.match(filler)
    found = []
    for at in (m.end() for m in re.finditer(act.group(), last)) if act else ():
        thing = (cut_words(last[at:]) or [""])[0]
        if len(thing) > 1 and is_content(thing) and not ASKS.search(thing) and thing not in ASKING_WORDS:
            found.append((at, at + len(thing)))
    return last[: found[0][0] - 1] + filler + last[found[0][1] :] if len(found) == 1 else None


#: Ways to put something new in place of what is of the same sort in a question.
OF_A_SORT = (
    _by_country,
    _by_time,
    by_shape,
    by_place,
    by_amount,
    by_set,
    _by_act,
    by_sort,
    by_suffix,
)


def _of_thing(token: str, filler: str) -> bool:
    """Whether a word before the one that is exchanged belongs to the same thing: no year, and no place where ``filler``
    names none."""
    place = len(token) > 2 and token[-1] in "省市县" and not re.search("[省市县区]", filler)
    year = re.fullmatch(r"\d+|年度?", token) and not re.search(r"\d", filler)
    return is_content(token) and not place and not year


def is_content(token: str) -> bool:
    """Whether a word is neither one of grammar nor a predicate nor a mark."""
    return token not in FUNCTION and token not in PREDICATE and bool(re.match(r"\w", token))


def _by_position(last: str, filler: str) -> str | None:
    """In place of what the last question names in quotes, after 对, or before its predicate."""
    quoted = list(QUOTED.finditer(last))
    if len(quoted) == 1 and (lone_quotes(last) or quoted[0].group().startswith("《")):
        old = quoted[0]
        return f"{last[: old.start() + 1]}{filler}{last[old.end() - 1 :]}"
    aim = _AIM.search(last)
    if aim and not YEAR.search(aim["aim"]):
        return last[: aim.start("aim")] + filler + last[aim.end("aim") :]
    clauses = re.split(r"(?<=[，,])", last)
    for n in range(len(clauses) - 1, -1, -1):
        timed = _WHEN_DONE.fullmatch(clauses[n])
        if timed and (filler[-1:] == timed["done"][-1] or STEP.fullmatch(filler) and STEP.fullmatch(timed["done"])):
            return "".join(clauses[:n]) + timed["when"] + filler + timed["end"]
        tokens = cut_words(clauses[n])
        end = _predicate_at(tokens)
        tail = "".join(tokens[end:])
        if not own_words("".join(tokens[:end])) and not any(t in NEEDS_OWNER for t in tokens[:end]):
            if n and n == len(clauses) - 1 and tail.strip("？?，, "):
                # 养狗登记，要交多少钱: what is asked, behind what it is asked of.
                return "".join(clauses[:n]) + filler + tail
            continue
        if not tail.strip("？?，, "):
            continue
        if _NO_VERB.fullmatch(tail) and end > 1:
            # 论文发表在哪里: what is done stands before the word that asks.
            end = next((i for i in range(end - 1, 0, -1) if tokens[i] not in FUNCTION), end)
            tail = "".join(tokens[end:])
        elif _ONLY_ASKS.fullmatch(tail):
            # 老人坐公交免费吗: what is done stands before the word that asks.
            end = next((i for i, token in enumerate(tokens) if i and _BEGINS_ACT.match(token)), end)
            end += end < len(tokens) and tokens[end] == "了"  # 怀孕了还要上班吗: 了 goes with what it was said of
            tail = "".join(tokens[end:])
            if _ONLY_ASKS.fullmatch(tail):
                return None
        named = _exchanged(tokens[:end], filler)
        return "".join(clauses[:n]) + named + tail + "".join(clauses[n + 1 :])
    return None


#: Steps of a procedure, of which each takes its time.
STEP = re.compile("申请|申报|受理|审核|审批|批准|公示|公布|评审|验收|拨付|办理|检查|考核|[开竣动完施]工")
#: 几月前要开工: when something is to be done, asked before it.
_WHEN_DONE = re.compile(
    r"(?P<when>(?:最晚|最迟|大概)?(?:什么时候|啥时候?|何时|哪天|哪年|几月份?|几号|多久|多长时间|几天)(?:之?前|以前|之?内|以内|之?后)?"
    r"(?:才?能|可以|开始|应该|必须|要|得)?)(?P<done>(?![之以])[\u4e00-\u9fff]{2,6}?)(?P<end>[呢啊]?[？?]?)"
)
_AMOUNT_VERBS = frozenset(
    "补贴 补助 奖励 奖补 资助 处罚 罚款 收费 缴费 收取 缴纳 发放 报销 支付 退还 提高 增加 下降 减少".split()
)


def _predicate_at(tokens: Sequence[str]) -> int:
    """Where what is asked begins in a clause: at its predicate, or at the verb before 多少, 谁 or 怎么: 补 of 危房补多少钱."""
    end = next((i for i in range(len(tokens)) if begins_predicate(tokens[i]) and ends_topic_at(tokens, i)), len(tokens))
    before = tokens[end - 1] if 0 < end < len(tokens) and ASKS.match(tokens[end]) else ""
    return end - 1 if before in VERBS or before in _AMOUNT_VERBS else end


_NO_VERB = re.compile(r"(?:哪[里儿些个]?|什么(?:地方)?|谁)[?？]?")
_ONLY_ASKS = re.compile(r"[吗么嘛不]?[?？]?")
#: A word with which what is done may begin: one of a single character that joins no names, or a modal with its verb.
_BEGINS_ACT = re.compile(r"[^\W\d的和与及或、人者户家员工方]$|[能可要会应须需得必]")
#: What is asked of something, and goes on being asked of another: 低保标准, 职工的申请条件.
_ASKED_OF = frozenset(
    "标准 条件 材料 流程 程序 期限 时间 金额 费用 比例 数量 对象 范围 额度 上限 下限 门槛 名额 人数 面积 规模 总量 待遇 手续 目标 "
    "指标 产量 产值 价格 电话 地址".split()
)
_FIELD = re.compile(r".+(?:里面?|当中|的|中(?![央心介型医]))(?=.{2})")


def _exchanged(tokens: Sequence[str], filler: str) -> str:
    """The words of a topic with ``filler`` for the thing that they name: 便民服务里托育 -> 便民服务里养老, its place and year
    and what is asked of it kept: 某市2025年低保标准 -> 某市2025年特困标准."""
    head = "".join(tokens)
    fee = len(tokens) > 1 and tokens[-1][-1] == "费" and filler[-1] not in "费金款税票钱"  # asked of another payer
    if tokens and (tokens[-1] in _ASKED_OF or fee) and own_words(filler):
        owned = re.fullmatch(r"(?P<thing>.+)(?P<asked>的[^的]{2,6})", head)
        at = len(tokens) - 1 - (fee and len(tokens[-1]) == 1)
        while at > 1 and tokens[at - 1] in NEEDS_OWNER:
            at -= 1
        thing, asked = (owned["thing"], owned["asked"]) if owned else ("".join(tokens[:at]), "".join(tokens[at:]))
        if filler in _ASKED_OF:
            return f"{thing}的{filler}"
        if cut_words(filler)[-1] in _ASKED_OF:  # 发放时间 after 甲省的津贴标准: asked of the same thing
            return "".join(tokens[:at]) + filler
        field = _FIELD.match(thing)
        return f"{field.group() if field else lead_for(thing, filler)}{filler}{asked}" if thing else filler
    field = _FIELD.match(head)
    kept = field is not None and not any(word in field.group() for word in own_words(filler))  # 饭店里, 饭店自己呢
    return (field.group() if field and kept else lead_for(head, filler)) + filler
