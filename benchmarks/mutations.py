"""Sentences of a document made wrong by rule, each in one way: what a checker of sentences must not pass.

Every function takes a sentence and the text of its document and gives sentences that say something else. None of them
stands in the document; ``mutated`` leaves out those whose changed clause does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import jieba
import jieba.posseg as posseg

from corpus.document import SourceDocument
from corpus.duties import find_duties
from corpus.sentences import sentence_spans
from index.tokens import fold
from qa.departments import canonical_names

jieba.setLogLevel("ERROR")  # it tells when it has read its dictionary

Mutation = Callable[[str, str], Iterator[str]]

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年)")
_NUMBER = re.compile(
    r"(?<![\d.〔\[(（第])(?!(?:19|20)\d\d年)\d+(?:\.\d+)?(?=(?:%|％|个|[万亿千百]|元|人|家|项|条|座|处|公里|平方|立方|吨|亩|倍|名|户|件|次|张|小时|工作日|日|天|年(?!\d)|米))(?!年\d)"
)
_UNITS = (
    ("万元", "亿元"), ("亿元", "万元"), ("万亩", "亩"), ("万人", "人"), ("亿人", "万人"), ("个百分点", "%"), ("个工作日", "日"),
    ("平方公里", "平方米"), ("公里", "米"), ("立方米", "吨"), ("小时", "分钟"), ("个月", "年"), ("每年", "每月"), ("每月", "每年"),
    ("每季度", "每年"), ("每半年", "每年"), ("每周", "每月"), ("万千瓦", "千瓦"),
)  # fmt: skip
_OBLIGATION = (
    ("鼓励", "应当"), ("鼓励", "必须"), ("支持", "要求"), ("可以", "不得"), ("可以", "应当"), ("应当", "可以"), ("不得", "可以"),
    ("必须", "可以"), ("严禁", "允许"), ("禁止", "允许"), ("探索", "必须"), ("应当", "不得"),
)  # fmt: skip
_DIRECTION = (
    ("以上", "以下"), ("以下", "以上"), ("增长", "下降"), ("下降", "增长"), ("提高", "降低"), ("降低", "提高"), ("扩大", "缩小"),
    ("增加", "减少"), ("减少", "增加"), ("不少于", "不超过"), ("不低于", "不高于"), ("不超过", "不少于"), ("不高于", "不低于"),
    ("以内", "以外"), ("提前", "推迟"), ("大于", "小于"), ("小于", "大于"), ("至少", "至多"), ("底前", "底后"), ("加快", "放缓"),
    ("上升", "下降"), ("加强", "削弱"), ("高于", "低于"), ("低于", "高于"),
)  # fmt: skip
_SCOPE = (
    ("全部", "部分"), ("所有", "部分"), ("任何", "个别"), ("部分", "全部"), ("一律", "一般"), ("各级", "个别"), ("基本", "全面"),
    ("初步", "全面"), ("有条件的", "所有"), ("符合条件的", "所有"), ("主要", "全部"), ("重点", "全部"), ("仅", "不仅"), ("同时", "或者"),
)  # fmt: skip
_STATUS = (
    ("力争", "确保"), ("争取", "已经"), ("研究制定", "已经制定"), ("逐步", "已经"), ("拟", "已"), ("计划", "已经"), ("探索", "已经"),
    ("推动", "已经完成"), ("加快", "已经完成"), ("试点", "全面推行"), ("要", "已经"),
)  # fmt: skip
_UNDENIED = (
    ("不得", ""), ("不予", "予以"), ("不享受", "享受"), ("不适用", "适用"), ("不收取", "收取"), ("未经", "经"), ("不再", ""),
    ("不需要", "需要"), ("不能", "能"), ("无需", "需要"), ("不计", "计"), ("不列入", "列入"), ("没有", "有"), ("尚未", "已经"), ("未", "已"),
)  # fmt: skip
_DENIABLE = (
    "建立", "完善", "推进", "实现", "完成", "制定", "开展", "给予", "纳入", "落实", "设立", "组织", "支持", "鼓励", "适用", "享受", "具有",
    "承担", "实行", "提供", "收取", "报", "接受",
)  # fmt: skip
_NUMBERED = re.compile(r"(?P<before>[〔\[(（](?:19|20)\d\d[〕\])）]第?)(?P<number>\d+)(?=号)")
_ROLES = (
    re.compile(
        r"(?P<a>(?<=[由，；（])[\u4e00-\u9fff、]{2,40}?)(?P<x>(?:共同)?牵头(?:负责)?[，,])(?P<b>[\u4e00-\u9fff、]{2,60}?)(?P<y>等?(?:配合|参与|参加|协助))"
    ),
    re.compile(
        r"(?P<a>(?<=牵头单位：)[\u4e00-\u9fff、]{2,40}?)(?P<x>[；;，,]\s*(?:配合|参与|责任)单位：)(?P<b>[\u4e00-\u9fff、]{2,60}?)(?P<y>[）)。])"
    ),
    re.compile(
        r"(?P<a>(?<=由)[\u4e00-\u9fff]{2,20}?)(?P<x>会同)(?P<b>[\u4e00-\u9fff]{2,20}?)(?P<y>负责|制定|编制|组织|认定|管理)"
    ),
)
_SUBJECT = re.compile(
    r"^(?:第[一二三四五六七八九十百]+条\s*|[（(][一二三四五六七八九十]+[）)])?(?P<subject>[\u4e00-\u9fff、（）]{0,20}(?:部门|机构|单位|企业|政府|委员会|局|厅|人|者|人员|组织|公司|学校|家庭|项目|设施|图书馆|电站|资金))"
    r"(?P<predicate>(?:应当|不得|可以|负责|必须|禁止|享有|承担|实行|统一)[^。；]{6,60})[。；]"
)
_GOAL = re.compile(r"(?P<lead>到(?:19|20)\d\d年(?:底)?，)(?P<clauses>[^。；]{8,})")


def year(sentence: str, text: str) -> Iterator[str]:
    """Another year of the document; the next one where it has no other."""
    others = list(dict.fromkeys(_YEAR.findall(text)))
    for match in _YEAR.finditer(sentence):
        wrong = [y for y in others if y != match.group()] or [str(int(match.group()) + 1)]
        for other in wrong[:3]:
            yield sentence[: match.start()] + other + sentence[match.end() :]


def figure(sentence: str, text: str) -> Iterator[str]:
    """Another number with the same unit from the document, and a number that is off."""
    for match in _NUMBER.finditer(sentence):
        unit = _unit_at(sentence, match.end())
        same = [m.group() for m in _NUMBER.finditer(text) if _unit_at(text, m.end()) == unit]
        own = float(match.group())
        wrong = [n for n in dict.fromkeys(same) if float(n) != own][:2]
        for other in (*wrong, f"{own * 2:g}" if own < 1000 else f"{own + 1:g}"):
            yield sentence[: match.start()] + other + sentence[match.end() :]


def _unit_at(text: str, at: int) -> str:
    """The first two characters of a unit; one where it has no more."""
    unit = re.match(r"[%％]|[\u4e00-\u9fff]{1,2}", text[at : at + 2])
    return unit.group() if unit else ""


def exchanged_figures(sentence: str, text: str) -> Iterator[str]:
    """Two numbers with the same unit in one sentence, each in the place of the other."""
    found = list(_NUMBER.finditer(sentence))
    for i, first in enumerate(found):
        for second in found[i + 1 : i + 2]:
            same = _unit_at(sentence, first.end()) == _unit_at(sentence, second.end())
            if same and first.group() != second.group():
                middle = sentence[first.end() : second.start()]
                if re.search(r"[\u4e00-\u9fff]{3}", middle):
                    yield (
                        sentence[: first.start()] + second.group() + middle + first.group() + sentence[second.end() :]
                    )


def unit(sentence: str, text: str) -> Iterator[str]:
    """The same number of another unit, or in another period."""
    for right, wrong in _UNITS:
        for match in re.finditer(rf"(?<=\d){right}" if right[0] != "每" else right, sentence):
            yield sentence[: match.start()] + wrong + sentence[match.end() :]


def department(sentence: str, text: str) -> Iterator[str]:
    """Another department that the document names."""
    names = departments_of(text)
    for name in names:
        at = sentence.find(name)
        longer = any(name != other and name in other and other in sentence for other in names)
        if at < 0 or longer or (at and sentence[at - 1] in "省市县区州"):
            continue
        for other in [n for n in names if n not in sentence and n not in name and name not in n][:2]:
            yield sentence[:at] + other + sentence[at + len(name) :]


@lru_cache(maxsize=64)
def departments_of(text: str) -> list[str]:
    """Names of departments in a text, in order: those everybody knows, and those that its responsibility notes name."""
    known = [name for name in canonical_names() if len(name) > 2 and name in text]
    local = re.findall(
        r"(?<=[、：（由，])[省市县州][\u4e00-\u9fff]{2,12}?(?:局|委|厅|办|部|中心|支队)(?=[、，；）。负牵配会])", text
    )
    names = {name for name in (*known, *local) if not re.search("牵头|配合|负责|会同", name)}
    return sorted(names, key=text.find)


def roles(sentence: str, text: str) -> Iterator[str]:
    """Who leads and who takes part exchanged."""
    for pattern in _ROLES:
        for m in pattern.finditer(sentence):
            yield sentence[: m.start()] + m["b"] + m["x"] + m["a"] + m["y"] + sentence[m.end() :]


def denial(sentence: str, text: str) -> Iterator[str]:
    """A denial taken out, or put before a verb that opens a clause."""
    yield from _replaced(sentence, _UNDENIED)
    for match in re.finditer(rf"(?<=[，；])(?={'|'.join(_DENIABLE)})|(?<=应当|必须)(?=[\u4e00-\u9fff])", sentence):
        yield sentence[: match.start()] + "不" + sentence[match.start() :]


def obligation(sentence: str, text: str) -> Iterator[str]:
    """A word of obligation for another."""
    yield from _replaced(sentence, _OBLIGATION)


def direction(sentence: str, text: str) -> Iterator[str]:
    """A word of direction or bound for its opposite."""
    yield from _replaced(sentence, _DIRECTION)


def scope(sentence: str, text: str) -> Iterator[str]:
    """All for some, some for all, wholly for nearly."""
    yield from _replaced(sentence, _SCOPE)


def status(sentence: str, text: str) -> Iterator[str]:
    """What is planned as done, what is striven for as promised."""
    yield from _replaced(sentence, _STATUS[:-1])
    for match in re.finditer(r"(?<=[\u4e00-\u9fff])要(?=加快|加强|建立|完善|制定|制订|研究|修订|组织)", sentence):
        yield sentence[: match.start()] + "已经" + sentence[match.end() :]


def number(sentence: str, text: str) -> Iterator[str]:
    """Another number of a document (国办发〔2021〕40号)."""
    others = {m["number"] for m in _NUMBERED.finditer(text) if len(m["number"]) < 5}
    for m in _NUMBERED.finditer(sentence):
        for other in [*sorted(others - {m["number"]})[:1], str(int(m["number"]) + 1)]:
            yield sentence[: m.start("number")] + other + sentence[m.end("number") :]


#: Mutations of one sentence, by the names under which they are counted.
def noun(sentence: str, text: str) -> Iterator[str]:
    """A noun in the place of another, both of the document: 功能举措 for 务实举措."""
    for found in _nouns(sentence):
        others = [w for w in _nouns(text) if w not in sentence]
        if others:
            other = others[(len(sentence) + sentence.find(found)) % len(others)]  # any, but always the same
            yield sentence.replace(found, other, 1)


@lru_cache(maxsize=256)
def _nouns(text: str) -> tuple[str, ...]:
    pairs = posseg.cut(text)
    return tuple(dict.fromkeys(p.word for p in pairs if p.flag == "n" and re.fullmatch("[\u4e00-\u9fff]{2}", p.word)))


MUTATIONS: Mapping[str, Mutation] = {
    "年份": year,
    "数字": figure,
    "数字互换": exchanged_figures,
    "单位": unit,
    "部门": department,
    "牵头与参与": roles,
    "否定": denial,
    "义务词": obligation,
    "方向": direction,
    "范围": scope,
    "状态": status,
    "文号": number,
    "名词": noun,
}


def goals_exchanged(one: str, other: str) -> Iterator[str]:
    """What two goal sentences promise, each clause under the year of the other sentence."""
    first, second = _GOAL.search(one), _GOAL.search(other)
    if first and second and first["lead"] != second["lead"]:
        for lead, clauses in ((second["lead"], first["clauses"]), (first["lead"], second["clauses"])):
            for clause in re.split("[，；]", clauses):
                if len(clause) >= 8:
                    yield f"{lead}{clause}。"


def subjects_exchanged(one: str, other: str) -> Iterator[str]:
    """The subject of one sentence with the predicate of another."""
    first, second = _SUBJECT.search(one), _SUBJECT.search(other)
    if first and second and first["subject"] != second["subject"]:
        yield f"{first['subject']}{second['predicate']}。"
        yield f"{second['subject']}{first['predicate']}。"


#: Mutations of two sentences of one document that stand near each other.
PAIRED: Mapping[str, Mutation] = {"目标年份互换": goals_exchanged, "主语互换": subjects_exchanged}


@dataclass(frozen=True)
class Mutated:
    """A sentence that is wrong, and the sentences of the document that it was made of."""

    kind: str
    sentence: str
    quotes: tuple[str, ...]


def sentences_of(document: SourceDocument) -> list[str]:
    """The sentences of a document that say something: no headings, rows, or fragments."""
    found = (document.text[start:end] for start, end in sentence_spans(document.text))
    return [s for s in found if 14 <= len(s) <= 160 and "|" not in s and re.search(r"[。；]$|[）)]$", s)]


def mutated(document: SourceDocument) -> Iterator[Mutated]:
    """All mutations of a document's sentences that the document does not bear out."""
    said = sentences_of(document)
    notes = [document.text[d.start : d.end] for d in find_duties(document) if d.form in ("note", "sentence")]
    whole = fold(document.text)
    for sentence in dict.fromkeys((*said, *notes)):
        for kind, mutation in MUTATIONS.items():
            for wrong in mutation(sentence, document.text):
                if not _borne_out(wrong, sentence, whole):
                    yield Mutated(kind, wrong, (sentence,))
    for i, one in enumerate(said):
        for other in said[i + 1 : i + 4]:
            for kind, mutation in PAIRED.items():
                for wrong in mutation(one, other):
                    if fold(wrong).rstrip("。") not in whole:
                        yield Mutated(kind, wrong, (one, other))


def _borne_out(wrong: str, right: str, whole: str) -> bool:
    """Whether what was changed stands in the document all the same: each changed clause does, with its neighbour."""
    clauses = [c for c in re.split("[，；。]", wrong) if c]
    changed = [i for i, clause in enumerate(clauses) if clause not in right]
    return not changed or all(fold("，".join(clauses[max(0, i - 1) : i + 1])) in whole for i in changed)


def _replaced(sentence: str, pairs: Sequence[tuple[str, str]]) -> Iterator[str]:
    for right, wrong in pairs:
        for match in re.finditer(right, sentence):
            # 不少于 is one word, and so is 不得不.
            if sentence[max(0, match.start() - 1) : match.start()] in ("不", "未", "仅") or _inside_a_word(
                sentence, match
            ):
                continue
            yield sentence[: match.start()] + wrong + sentence[match.end() :]


def _inside_a_word(sentence: str, match: re.Match[str]) -> bool:
    """Whether a short word stands within a longer one: 拟 in 虚拟, 重点 in 重点任务, 基本 in 基本养老."""
    word, before, after = match.group(), sentence[: match.start()], sentence[match.end() :]
    if word in ("拟", "未", "仅", "不"):
        return not re.search(r"[，；。、]$|^$|[\u4e00-\u9fff]{2}$", before) or bool(re.search(r"[虚模比]$|并$|从$", before)) or bool(
            re.match(r"来|成年|必|定|知|订|稿", after)
        )  # fmt: skip
    if word == "重点":
        return bool(re.match(r"[任工项领管单区企建地实城]|高校", after))
    if word == "基本":
        return not re.match(r"形成|建成|完善|健全|建立|实现|完成|消除|满足", after)
    if word == "初步":
        return not re.match(r"形成|建成|完善|健全|建立|实现|完成|满足", after)
    if word == "计划":
        return (
            bool(re.search(r"行动$|年度$|[》三五]$|规划$|总体$|经济$|生育$|提升$|[的、]$", before))
            or not after
            or after[0] in "》”的、，（。"
        )
    if word == "探索":
        return bool(re.match("性|出", after))
    if word in ("推动", "加快"):
        return not re.search(r"[，；。]$", before)
    if word == "试点":
        return bool(re.search(r"[以为开展]$", before)) or bool(re.match(r"[、，。作的单城力]|工作|示范", after))
    if word == "支持":
        return bool(re.search(r"[政金税资技策撑、]$|大力$", before)) or bool(
            re.match("[。，、；”和力服体政）]|措施", after)
        )
    if word == "主要":
        return bool(re.match("负责|任务|指标|目标|领导|内容|职责|措施|污染|问题|产品|粮|道路|依据", after))
    if word == "部分":
        return bool(re.search(r"[一二三四五六七八九十本有专各分]$", before))
    if word in ("以上", "以下"):
        return bool(re.match("简称|统称|任务|规定|三|两|四|内容|地方|人民", after)) or not re.search(
            r"[\d%年元万亿级张个人岁倍月家名上]$|及$|[一二三四五六七八九十百]", before[-2:]
        )
    if word == "减少":
        return bool(re.match("因", after))
    if word == "可以":
        return after.startswith("看出")
    if word == "同时":
        return not re.match("具备|符合|满足", after)
    return False
