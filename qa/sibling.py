"""Whether what is told is said of a sibling of what a question names: of 2号楼 or 东门小学, where 9号楼 or 西门小学 is asked
about, or of the whole (全市) where one of its places is. Pure functions on folded text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from corpus.labels import number_of
from index.tokens import known_word, word_spans
from qa.question import kinds_of


def sibling_asked(question: str, told: str, around: str, known: Callable[[str], bool]) -> str | None:
    """What a folded question names that is not what the folded answer ``told`` is about, but a sibling of that; None where
    they do not differ so. ``around``: headings above the answer and what stands before it in its paragraphs; ``known``:
    whether words stand anywhere in the documents that it quotes.

    >>> sibling_asked("9号楼几点锁门?", "1号至6号楼23点锁门。", "", bool), sibling_asked("5号楼几点锁门?", "1号至6号楼23点锁门。", "", bool)
    ('9号楼', None)
    """
    kinds = kinds_of(question)
    ranked = None if "compare" in kinds else _other_rank(question, told + around)
    if ranked or kinds & {"whether", "compare"}:
        return ranked
    other = _other_number(question, told, around)
    if other is None and kinds & {"count", "when", "who"}:
        other = _other_name(question, told, around, known, who="who" in kinds)
    return other or (_part_of_whole(question, told, around, known) if _counts(kinds) else None)


def _counts(kinds: frozenset[str]) -> bool:
    return "count" in kinds and not kinds & {"list", "who"}


# --- by number

_NUMBER = "(?:\\d{1,3}|[一二三四五六七八九十]{1,3}|[单双]|[甲乙丙丁戊己]|(?<![a-z])[a-f])"
#: What is told apart by a number: rooms, buildings, classes. Of classes two have to be told, to be told apart (分为三类).
_NUMBERED = re.compile(
    rf"(?<![第\d.月两哪这那每某同])(?P<number>{_NUMBER})"
    r"(?P<sort>号(?:泊位|车间|[楼馆厅线门井池桥库闸栋院船车]|(?=[核能可的坐载上下停开有在是]))|人间|居室|星级|年级|栋|单元|(?<=[甲乙丙丁戊己a-f])[座区楼馆厅](?![位域间])|(?<![头末另同])[级类档](?!别|似))"
)
_CLASS = "级类档"
_WORDS_FOR_NUMBERS = {
    "单": 1,
    "双": 2,
    **{stem: 1000 + at for at, stem in enumerate("甲乙丙丁戊己")},
    **{letter: 2000 + at for at, letter in enumerate("abcdef")},
}
_NAME_BEFORE = 2  #: characters of a name that a number is part of: 青渡3号


def _value(number: str) -> int:
    return _WORDS_FOR_NUMBERS.get(number) or number_of(number) or 0


def _other_number(question: str, told: str, around: str) -> str | None:
    for asked in _NUMBERED.finditer(question):
        number, sort = _value(asked["number"]), asked["sort"]
        name = question[max(0, asked.start() - _NAME_BEFORE) : asked.start()] if sort == "号" else ""
        if sort == "号" and not _HAN_NAME.fullmatch(name):
            continue
        others, above = _numbers(told, name, sort), _numbers(around, name, sort)
        if sort not in _CLASS:
            others |= above
        if len(others) > (sort in _CLASS) and number not in others | above:
            return name + asked.group()
    return None


_HAN_NAME = re.compile(f"[\u4e00-\u9fff]{{{_NAME_BEFORE}}}")
_TO = "[至到~-]"


def _numbers(text: str, name: str, sort: str) -> set[int]:
    """The numbers of a sort that a text names, by ones and by runs: 1号至3号楼, 一、二类."""
    held: set[int] = set()
    unit = f"(?:{sort}|号)" if "号" in sort else f"(?:{sort})"
    for run in re.finditer(rf"{name}\"?((?:{_NUMBER}{unit}?(?:[、和与或及,]|{_TO})+)*{_NUMBER}){sort}", text):
        ends = [
            (_value(one[1]), bool(one[2])) for one in re.finditer(rf"({_NUMBER})(?:{unit})?({_TO})?", run[1]) if one[1]
        ]
        for at, (value, goes_on) in enumerate(ends):
            last = ends[at + 1][0] if goes_on and at + 1 < len(ends) else value
            held |= set(range(value, last + 1))
    return held


def _other_rank(question: str, text: str) -> str | None:
    """The body that a question names by its rank among those of one name, where a text names others of them and not
    that one: 第一中学, not 第二中学. Words between the rank and the sort may be left out: 第一（人民）医院."""
    for asked in _RANKED.finditer(question):
        ranks = {number_of(one["rank"]) for one in _RANKED.finditer(text) if one["sort"] == asked["sort"]}
        if ranks and number_of(asked["rank"]) not in ranks:
            return asked.group()
    return None


# --- by name

#: What ends the name of a body, of a place where something is done, and of a part of one.
_BODY = (
    "法院|检察院|医院|卫生院|学校|大学|学院|中学|小学|幼儿园|公司|银行|渡口|码头|机场|车站|水库|公园|停车场|景区|社区|街道"
    "|校区|园区|分局|支行|大队|派出所|图书馆|博物馆|体育馆|广场|大桥|隧道"
)
#: What is measured, of one sort of thing or another: 捕捞产量, 养殖产量. The documents have to have that of the sort asked for.
_MEASURE = "产量|产值|面积|收入|支出|总额|数量|价格|补贴|补助|津贴|费用|标准|投资|里程|床位|人口|案件"
_RANKED = re.compile(
    rf"第(?P<rank>[一二三四五六七八九十]{{1,3}}|\d{{1,2}})(?![条款项章节编届批次期])[\u4e00-\u9fff]{{0,4}}?(?P<sort>{_BODY})"
)
_ENDS_NAME = re.compile(f"(?:{_BODY}|{_MEASURE}|[厅馆楼镇乡港站科])$")
#: Characters of grammar, of counting and of what people say before a name: none is in the name itself.
_NOT_IN_NAME = frozenset(
    "的了得是在和与及或有对为被把将由从到向于按每各该本此这那哪几多某其第个一二三四五六七八九十两不可能应须需要请问给谁什么我你他她们咱"
    "家间全说找去住老新年月日省市建换"
)


def _names(question: str) -> Iterator[tuple[str, str]]:
    """The names in a question that end like those of bodies and places: what tells each apart, and how it ends."""
    spans = word_spans(question)
    for (before, _), (start, end) in zip(((0, 0), *spans), spans, strict=False):
        word = question[start:end]
        ending = _ENDS_NAME.search(word)
        if ending is None:
            continue
        own = word[: ending.start()] or question[before:start]
        named = _ALL_HAN.fullmatch(own) and not _NOT_IN_NAME & set(own) and not _BESIDE.fullmatch(own)
        if (ending.start() or len(own) > 1) and named:
            yield own, ending.group()


#: Where something stands, and no name of what it stands by: 挨着医院.
_BESIDE = re.compile("[挨紧靠临邻毗贴]{1,2}[着近邻靠挨]?|附近|周[边围]|旁边?|对[面过]|隔壁|距离?|离")
_ALL_HAN = re.compile("[\u4e00-\u9fff]+")
#: 虾类, and none of words like 种类, 各类, 二类.
_KIND_OF_THING = re.compile(
    "(?:(?![分种各同哪几此这那每某本该人第归两多全上下其一二三四五六七八九十大小甲乙丙丁门物品])[\u4e00-\u9fff])类(?![别似型推比])"
)


def _other_name(question: str, told: str, around: str, known: Callable[[str], bool], *, who: bool) -> str | None:
    kind = _KIND_OF_THING.search(question)
    told_of = _KIND_OF_THING.findall(told)
    if kind is not None and told_of and kind.group() not in told + around:
        return kind.group()
    for own, ending in _names(question):
        name = own + ending
        measure = ending in _MEASURE.split("|")
        if (own if len(own) > 1 else name) in told + around:
            continue
        if ((measure or who) and not known(name)) or (measure and not _sorts(ending, told, question)):
            continue  # who does something is told in many words, too
        named = re.compile(f"[\u4e00-\u9fff]{{1,12}}{ending}(?![域长面学级村]|(?<=乡)镇)")
        others = [one for one in named.findall(told) if one[-len(ending) - 1] not in _NOT_IN_NAME]
        if not others and len(ending) > 1 and not who:  # whose all is that is told: the title says it
            others = named.findall(around)
        if others and not any(_shortened(name, one) for one in named.findall(told if measure else told + around)):
            return _as_written(name, question, known)
    return None


def _as_written(name: str, question: str, known: Callable[[str], bool]) -> str:
    """A name with what stands before it in the question, as far as the documents have that, too: words are cut wrongly."""
    own = next((part for at in range(min(_CUT_WRONG, len(name) - 3) + 1) if known(part := name[at:])), name)
    start, name = question.index(own), own
    longer = [question[at : start + len(name)] for at in range(max(0, start - _LONGER), start)]
    return next((one for one in longer if _ALL_HAN.fullmatch(one) and known(one)), name)


_CUT_WRONG = 1  #: characters of the word before that a name may have
_LONGER = 6  #: characters that a name may have more


def _sorts(measure: str, told: str, question: str) -> bool:
    """Whether a folded text tells a measure of sorts of things alone, each by a word that the question does not have."""
    before = [told[max(0, m.start() - 2) : m.start()] for m in re.finditer(measure, told)]
    return bool(before) and all(known_word(one) and _ALL_HAN.fullmatch(one) and one not in question for one in before)


def _shortened(short: str, name: str) -> bool:
    """Whether a name may be the short form of another: its characters stand in that in their order."""
    rest = iter(name)
    return all(character in rest for character in short)


# --- the whole for the part

_PLACE = re.compile(
    r"(?=(?P<place>(?P<name>[\u4e00-\u9fff]{2,3})(?:自治州|开发区|高新区|[县区市州镇乡])))(?!.{2,5}[县区市州](?:[\u4e00-\u9fff]{2,3})[县区镇乡])"
)
_OF_ALL = re.compile("全[省市县区州国]")
_SHARES_OUT = re.compile("分[到给得配]|下达给?|拨给")


def _part_of_whole(question: str, told: str, around: str, known: Callable[[str], bool]) -> str | None:
    """A place that the documents name elsewhere, where a figure is told of the whole or a share is asked for."""
    if _OF_ALL.search(question) or not (_OF_ALL.search(told) or _SHARES_OUT.search(question)):
        return None
    for one in _PLACE.finditer(question):
        place, name = one["place"], one["name"]
        if _NOT_IN_NAME & set(name) or not known(place):
            continue
        if name[-_NAME_BEFORE:] not in told + around:
            return _as_written(place, question, known)
    return None
