"""Figures of official documents as rows: what is measured, how much, of which year, level or change."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from corpus.document import Section, SourceDocument
from corpus.figure_times import TIME, times_of
from corpus.respective import respective
from corpus.sentences import sentence_spans

FigureKind = Literal["level", "change", "share", "goal", "limit"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. Offsets are into ``SourceDocument.text``."""

    doc_id: str
    section: int | None  #: index of the section that holds it
    subject: str  #: whose figure it is, as far as the text says it apart: 全市, 第一产业, the first cell of a row
    indicator: str  #: what is measured, in the text's words
    value: str  #: as written, without its unit: "3,456.7", "十五"
    unit: str  #: "亿元", "%", "个"; "" for a bare number in a table
    time: str  #: year or date as written in ISO order (2023, 2023-06), "" where the text tells none
    kind: FigureKind  #: goal: to be reached by ``time``; limit: 不超过, 以上
    start: int  #: span of value and unit
    end: int
    sentence: tuple[int, int]  #: span of the sentence or row that holds it


# --- numbers and what stands around them -----------------------------------------------------------------------------

_SCALE = r"(?:[多余]?(?:万亿|[十百千]?[万亿]|千|百)[多余]?)"
_MEASURES = (
    "个百分点|百分点|%|％|‰|°C|℃|平方公里|平方千米|平方米|立方米|公里|千米|厘米|毫米|公顷|公斤|千克|毫克|微克|千瓦时|千瓦|兆瓦|吨标准煤|吨|亩"
    "|人民币|美元|欧元|港元|元|人次|床位|张|户|家|项|件|辆|架|艘|台|套|座|所(?!示)|处|条|名|位|人|岁|次|倍|篇|部|门|册|学时|课时"
    "|个工作日|工作日|自然日|个月|个小时|小时|分钟|日|天|周|年|秒|届|批次|批|支|只|株|头|栋|间|车次|标准箱|兆|度|级|成(?![一-龥])|米|分(?![一-龥])|克|升"
    "|mm|km|MW|GW|kWh|kW|GB|TB|EB|PB|Mbps|Gbps|M(?![A-Za-z])|个|种|类"
)
_PER = (
    r"(?:[/／](?:公斤|千克|吨|平方公里|平方米|立方米|公顷|万元|升|亩|人次|人|户|床|生|辆|台|座|次|小时|天|日|月|年|套|件|公里|千瓦时|千瓦|[A-Za-z]{1,4})"
    r"(?:[·/／](?:月|年|天|日))?)"
)
_NUMBER = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_CHINESE = "[〇零一二两三四五六七八九十百千]+"
_RANGE = r"(?:\s*[-—–~～至到]+\s*(?:\d+(?:\.\d+)?))"
#: 12.4:30.9:56.7, and 比例为1:2 where no other number may begin behind the colon.
_RATIO = r"\d+(?:\.\d+)?(?:[:：∶]\d+(?:\.\d+)?){2,}|(?<=[比例为到])\d+(?:\.\d+)?[:：∶]\d+(?:\.\d+)?"
_UNIT = rf"{_SCALE}?(?:{_MEASURES}){_PER}?|{_SCALE}"
_FIGURE = re.compile(
    rf"(?<![\d.A-Za-z〔\[第图表])(?P<value>{_RATIO}|(?:(?<=[为率是|])-)?(?:{_NUMBER})(?:(?:%|％|{_SCALE})?{_RANGE})?"
    r"|百分之[〇零一二三四五六七八九十百点]+"
    rf"|(?<![第一二三四五六七八九十百]){_CHINESE}(?={_SCALE}?(?:个?工作日|个月|天|日内|年内|倍|元|[万亿]|个小时|小时|名|家|户|人次|个百分点)))"
    rf"\s*(?P<unit>{_UNIT})?"
)
_YEAR_ALONE = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?!\d)")
_LAST_YEAR = re.compile(r"(?<![比较])(?:上年|去年|上一年)(?:同期|末)?(?=[^比较，,；;。]{0,12}$)")
#: 比上年的4.02%: a level of the year before.
_COMPARED_LEVEL = re.compile(r"[比较由从](?:上年|去年|上一年)(?:同期|末)?的[^，,；;。]{0,4}$")
_NOT_FIGURE = re.compile(r"^(?:[、.．）)〕\]]|号|条|款|届|期|版|章|节|年(?!内|以|之|期|限|制|度总)|月(?!内))")
_VERBS = "增长|新增|下降|上升|上涨|下跌|提高|提升|增加|减少|回落|降低|收窄|扩大|缩减|压减|上调|下调|上浮|下浮|增|降|减"
_ABOUT = "约|近|超过?|不低于|不少于|不超过|为"
_CHANGE = re.compile(rf"(?:{_VERBS})(?:了|{_ABOUT})*$")
_REACHES = re.compile(
    r"(?:(?<![可以])(?:调整|压缩|缩小|缩短|延长|整合)[为到至]|达到?|为|至|到|实现|完成|超过?|突破|约|已|(?<![平年人户])均|大|逾|共|共有|共计|合计|累计|近|仅|只|预计|(?<!预)计|是|总计|高达|保持在?|稳定在?|控制在"
    r"|不低于|不少于|不高于|不超过|不得超过|不得少于|不得低于|最高|最多|最低|最少|至少|力争|在|按|由|从|的)+$"
)
_LIMIT_BEFORE = re.compile(
    r"(?:不低于|不少于|不高于|不超过|不得超过|不得少于|不得低于|不得高于|不得多于|最[高低多少](?![峰值点的])|至少|上限|下限|封顶|控制在)[^，,；;。]{0,6}$"
    r"|^(?:最[高低多少])?不得?(?:超过|低于|少于|高于|多于)"
)
_WITHIN = re.compile("(?:以|之)?内(?![容部地外资蒙])")
_LIMIT_AFTER = re.compile(r"^(?:的)?(?:及)?(?:以上|以下|以内|之内|内(?![容部地外资蒙]))")
_TWO_HAN = re.compile(r"[一-龥]{2}")
_MONTH = re.compile(r"\d月")
_GOAL = re.compile(
    r"力争|争取|(?<!的)目标|预期|(?<!的)计划|确保|“十[一-龥]五”末|(?:到|至)(?:19|20)\d\d年(?!\d{1,2}月|的[约近]?\d)"
)
#: What a sentence behind one of a goal says where it goes on with it: 覆盖率达到50%, but not 每座造价300万元.
_GOES_ON = re.compile(
    rf"达|实现|建成|建设|形成|超过?|突破|不低于|不少于|不超过|以上|以内|左右|完成|新增|培育|打造|创建|控制|保持|稳定|力争|延长|缩短|{_VERBS}"
)
_SHARE = re.compile(r"占(?P<of>[^，,；;。占]{1,24})$|(?:占比|比重|比例|份额)$")
_COMPARED = re.compile(
    r"其中|同比|环比|比(?:上|去|前)[年季月](?:同期|末)?|较(?:上|去)年(?:同期|末)?|(?:上|去)年(?:同期|末)?|年均|增速|增幅|涨幅|降幅|(?<!自然)增长率|扣除价格因素"
    r"|按(?:不变|可比)价格?计算|名义|实际|与(?:上|去)年相比|分别|累计|两年平均|平均|[比较]\d{4}年?(?:[底末初]|度)?|(?<![占之对配])[比较]度?(?=\W*$)|复合"
)
_LEADS = re.compile(
    r"^(?:度(?![假量日])|第[〇零一二三四五六七八九十百千\d]+条(?:之[一二三四五六七八九十])?|(?:最[高低多少])?不得?(?:超过|低于|少于|高于|多于)|其中|此外|另外|同时|以及|并且|并|而|且|和|及|与|全年|上半年|下半年|年末|年底|当年|期末|截至(?:目前|当前)?|目前|当前|预计|力争|争取"
    r"|确保|计划|到(?![期位账])|至|将|要(?![素求点])|有(?![效关色机限])|已|已经|共(?![享同])|累计|合计|共计|(?:上|去)年(?:同期|末)?|年均|[，,、：:；;。（(\s])+"
)
_DONE = re.compile(r"^(?:实现|完成|达到)(?=[一-龥]{2})")
_DAYS = re.compile(r"[自从在于]?\d{1,2}月\d{1,2}日(?:\s*[至到—–~-]+(?:\d{1,2}月)?\d{1,2}日)*(?:[以之]?[前后]|起)?")
_SCOPE = re.compile(
    r"^(?:全国|全省|全市|全县|全区|全州|全旗|全镇|全校|全院|我国|我省|我市|我县|我区|本省|本市|本县|本区"
    r"|[一-龥]{2,4}(?:省(?![级内外])|市(?![场民值政级])|县(?![级域])|自治区|自治州))(?=[一-龥]{2})"
)
#: Words that say by what a figure is counted, not what it is a figure of: 每人每月360元.
_RATE_ONLY = re.compile(
    r"(?!每[年月天日][^\W每给发按一最]{2}(?:补贴|补助|奖励|标准))(?:每[一-龥]{1,3})*(?:给予|补助|补贴|奖励|标准|最高|不超过|一次性|按|发放|收取|以内|的|为)*"
)
_COUNTERS = frozenset("个家项件户名位座所处条台套辆架艘支只批种类张人次")
_AFTER = re.compile(
    r"^(?:以上|以下|[以之]内|左右)?(?:的)?(?P<noun>(?![以之]内)[一-龥“”]{2,14}?)(?=[，,；;。、（(和及与\n]|\d|$)"
)


@dataclass(frozen=True, slots=True)
class _Going:
    """What a paragraph has said that its next figures go on with."""

    time: str
    goal: bool = False  #: it speaks of what is to be reached
    names: Mapping[str, tuple[str, str]] = field(default_factory=dict)  #: subject and indicator that its sentence has
    # just told, by the unit of the one figure of that unit: 到2023年底，占比达到52%；到2024年底，达到56%
    span: bool = False  #: the time is the end of a span of years that a heading names


def find_figures(document: SourceDocument) -> tuple[Figure, ...]:
    """All figures of a document, in order; dates, numbers of items and numbers of documents are none."""
    document = document.plain
    figures: list[Figure] = []
    head: list[str] = []
    going, line = _Going(""), (0, 0)
    for start, end in sentence_spans(document.text):
        section = document.section_at(start)
        if start >= line[1]:
            stop = document.text.find("\n", start)
            line = (start, len(document.text) if stop < 0 else stop)
            going = _home(document, section)
        if section is not None and section.kind in ("toc", "figure"):
            continue
        text = document.text[start:end]
        number = section.index if section is not None else None
        if "|" in text:
            cells = text.split("|")
            if not head or len(cells) != len(head):
                head = [cell.strip() for cell in cells]
                continue
            figures += _of_row(document, start, end, cells, head, number)
            continue
        head = []
        if section is not None and section.label and section.heading[0] <= start and end <= section.heading[1]:
            continue  # 三、2025年重点任务: what a heading counts stands below it
        found, going = _of_sentence(document, start, end, going, number)
        figures += found
    return tuple(figures)


def _home(document: SourceDocument, section: Section | None) -> _Going:
    """The year that a section speaks of, named by a heading above it or by the title: of 三年行动计划（2023—2025年） the
    last; "" where none is."""
    for heading in [*reversed(document.path(section)), document.header.title]:
        years = list(_HEADED_YEAR.finditer(heading))
        if len(years) == 1:
            return _Going(years[0]["y"], span=bool(years[0]["from"]))
    return _Going("")


_HEADED_YEAR = re.compile(r"(?<!\d)(?P<from>(?:19|20)\d\d\s*[-—–~～至到]+\s*)?(?P<y>(?:19|20)\d\d)年")
#: What holds all through a span of years and is not reached at its end: 每户补助, 不超过5000元.
_HOLDS = re.compile(r"每|不(?:得|能)?(?:超过|高于|多于|大于)|最[高多长大]|上限|封顶")


def _of_sentence(
    document: SourceDocument, start: int, end: int, going: _Going, section: int | None
) -> tuple[list[Figure], _Going]:
    """The figures of one sentence and what the next one goes on with."""
    text = document.text
    sentence = text[start:end]
    figures: list[Figure] = []
    indicator = subject = ""
    bare = ""  # what figures were called before one was called by the bound of another
    carried = going.names if _OPENS.match(text, start, end) else {}
    edge = start  # where the words before the next figure begin
    times = times_of(text, start, end)
    # What the words before a figure hold is looked up once for the sentence: a line may have thousands of figures.
    clauses = _Clauses.of(text, start, end)
    goal_from, month_from, on_from = (_first_end(pattern, sentence, start) for pattern in (_GOAL, _MONTH, _GOES_ON))
    for match in _FIGURE.finditer(text, start, end):
        told = times.before(match.start())
        inside = (told and match.start() < told.end) or (figures and match.start() < edge)
        if inside or not _is_figure(text, match, end):
            continue
        own = _own_words(text, max(edge, start), match.start())
        time, by = (told.iso, told.by) if told else (going.time, True)
        goes_on = going.goal and time == going.time and on_from <= match.end() + 3
        goal = goal_from <= match.end() or goes_on
        goal = goal and not (not by and month_from <= match.start())
        compared = _COMPARED_LEVEL.search(own)
        if (_LAST_YEAR.search(own) or compared) and re.fullmatch(r"\d{4}", time):
            time = str(int(time) - 1)
        time = times.bases.get(match.start(), time)
        goal = goal and not compared and match.start() not in times.bases
        change = bool(_CHANGE.search(own)) or bool(
            re.search(r"(?:增速|增幅|涨幅|降幅|(?<!自然)增长率)(?:[^，,；;。]{0,4})$", own)
        )
        kind = _kind(own, text[match.end() : match.end() + 4], change, goal)
        if kind == "share" and _is_ratio(match["value"]):
            kind = "level"
        if not told and going.span and (_HOLDS.search(own) or _WITHIN.match(text, match.end())):
            time = ""
        measured = _indicator(own)
        if _is_ratio(match["value"]) and f"{measured}比" in own:
            measured += "比"  # 师生比
        if figures:
            joined = _with_bound(measured, text[figures[-1].start : edge], text[edge : match.start()])
            bare = indicator if joined.endswith(measured) and joined != measured else bare
            if not measured and bare and re.search("[，,；;：:（(]", text[edge : match.start()]):
                indicator, bare = bare, ""
            measured = joined
        span = _from_to(text, match, end)
        punished = _PUNISHED.match(text, span or match.end(), end)
        if punished:
            measured = _PUNISHES.sub("", measured) + punished["noun"]
        value, unit = (
            (text[match.start() : span], "") if span else (match["value"].strip(), (match["unit"] or "").strip())
        )
        if not figures and unit in carried and (not _is_name(measured) or _is_short(measured, carried[unit][1])):
            (subject, indicator), measured = carried[unit], ""
        elif told and told.start >= edge and _is_short(measured, indicator):
            measured = ""  # 2023年建成食堂800家，2024年建成1500家
        share = _SHARE.search(measured)
        if punished:
            named, subject = measured, _condition(text, start, match.start()) if measured == punished["noun"] else ""
        elif _is_name(measured):
            if share and share["of"] and measured.startswith("占"):
                named = indicator + measured
            else:
                scope = _SCOPE.match(measured)
                subject = scope.group() if scope else subject if measured == indicator else ""
                indicator = named = measured[len(scope.group()) :] if scope else measured
                subject = subject or _in_full(text, start, indicator)
        else:
            named = indicator
        noun = _counted(text, match, end)
        if noun and not change and not share:
            named = f"{named}{noun}" if measured and named else noun
        if not named:
            subject, named = _topic(document, clauses, match.start(), section)
        # 达到5万张，增加1.8万张: by how much the goal is more, and no goal beside it
        if (
            kind == "goal"
            and change
            and any(f.kind == "goal" and (f.indicator, f.unit) == (named, unit) for f in figures[-_NEAR:])
        ):
            kind = "change"
        at = span or (match.end() if match["unit"] else match.start() + len(match["value"]))
        figures.append(
            Figure(
                document.doc_id, section, subject, named, value, unit, time,
                kind, match.start(), at, (start, end),
            )
        )  # fmt: skip
        edge = at
    figures = _paired(text, start, end, figures)
    last = times.last_standing(goal=going.goal)
    ahead = bool(re.search(r"预期目标|主要目标|目标(?:是|为)?[：:]", sentence))
    names = _names_of(figures)
    if last:
        return figures, _Going(last.iso, last.by or ahead, names)
    return figures, _Going(going.time, going.goal or ahead, names, going.span)


#: Names that stand beside 分别, none of which is told what happens to it first: 从甲、乙分别划转.
_BESIDE_NAMES = re.compile("[^从向由]*?[^，,](?:分别|依次)")
_AND = re.compile(r"\s*(?:、|以及|[和与及])\s*")
#: Behind figures of several names, what each of them changes by.
_EACH_CHANGES = re.compile(rf"[，,、]?(?:同比|[比较]上年(?:同期)?)?分别(?:同比|[比较]上年(?:同期)?)?(?:{_VERBS})$")
#: How a name ends that says of whom or where and not what is measured, behind which more is left out: 城镇 of 城镇、农村收入.
_OF_WHOM = re.compile(r"^.{1,3}$|[省市县区州旗镇乡村者员生民人业户类级]$")


def _paired(text: str, start: int, end: int, figures: Sequence[Figure]) -> list[Figure]:
    """Figures told in a row (分别增长8.1%、5.4%) with the name of each, where there are as many names; they are all of one
    kind."""
    sentence = text[start:end] if len(figures) > 1 else ""
    rows = [r for r in respective(sentence) if _BESIDE_NAMES.match(text, start + r.start, start + r.end)]
    paired: list[Figure] = []
    names: tuple[str, ...] = ()
    pooled = ""
    for run in _runs(text, figures):
        kinds = {figure.kind for figure in run[1:]}
        if run[0].kind in ("change", "share") and kinds <= {"level", "share", "change"}:
            run = [replace(figure, kind=run[0].kind) for figure in run]
        row = next((r for r in rows if r.start <= run[0].start - start < r.end and len(r.names) == len(run)), None)
        if row is not None:
            names, pooled = _ordinals(row.names), run[0].indicator
        if len(run) == len(names) > 1 and all(figure.indicator == pooled for figure in run):
            run = [_named(figure, name, names[-1]) for figure, name in zip(run, names, strict=True)]
        elif row is None and len(run) > 1 and {figure.kind for figure in run} == {"change"}:
            # 存款4687亿元，贷款4371亿元，分别增长8.7%和9.9%
            own = paired[-len(run) :]
            each = _EACH_CHANGES.match(text[own[-1].end : run[0].start]) if len(own) == len(run) else None
            if each and len({(f.subject, f.indicator) for f in own}) == len(run):
                run = [replace(f, subject=o.subject, indicator=o.indicator) for f, o in zip(run, own, strict=True)]
        paired += run
    return paired


def _runs(text: str, figures: Sequence[Figure]) -> Iterator[list[Figure]]:
    """The figures in groups of those of one unit that stand beside each other: 8.1%、5.4%和7.7%."""
    run: list[Figure] = []
    for figure in figures:
        if run and not (figure.unit == run[-1].unit and _AND.fullmatch(text, run[-1].end, figure.start)):
            yield run
            run = []
        run.append(figure)
    if run:
        yield run


def _ordinals(names: tuple[str, ...]) -> tuple[str, ...]:
    """第一、二、三产业增加值: each in full."""
    tail = re.fullmatch("[一二三四五六七八九十]([^一二三四五六七八九十].*)", names[-1])
    if tail is None or not re.fullmatch("第[一二三四五六七八九十]", names[0]):
        return names
    return tuple(f"第{name.removeprefix('第').removesuffix(tail[1])}{tail[1]}" for name in names)


def _named(figure: Figure, name: str, last: str) -> Figure:
    """A figure called by its own of several names; where that only says of whom it is, under the name of them all."""
    name, done = _indicator(name), figure.indicator.partition("分别")[2]
    tail = last[last.rfind("的") :] if "的" in last else ""
    if tail and not name.endswith(tail[1:]):
        name += tail  # 食品、烟酒、居住的价格
    elif not done and name[-1:] != last[-1:] and _OF_WHOM.search(name):
        return replace(figure, subject=name)
    scope = _SCOPE.match(name)
    name = name[scope.end() :] if scope else name
    return replace(figure, subject=scope.group() if scope else figure.subject, indicator=name + done)


#: 5000元以上3万元以下, 二十万元以上不满五十万元: one figure with two ends.
_AND_BELOW = re.compile(r"以上(?P<below>不[满足到])?")
_BELOW = re.compile("以[下内]")
#: 处5000元以下的罚款: what the figure is of stands behind it.
_PUNISHED = re.compile(r"(?:以[上下内])?的?(?P<noun>罚[款金])")
_PUNISHES = re.compile(
    r"^(?:可以?|并|再|另|应当)*处(?:以(?!上))?(?:(?:或者?|单|并)+处(?:以(?!上))?)?|(?<=[一-龥])(?<!每)(?:可以?|并|再|应当|判)*处以?$"
)
_BREACH = re.compile(r"(?:^|[，,；;：:])([^，,；;：:]{2,60}的)(?=[，,；;])")
_BOUNDED = re.compile(r"(?:及?以[上下内]|左右)(?P<apart>[）)、，且或的不]*)")


def _condition(text: str, start: int, at: int) -> str:
    """The last clause of a sentence before a place that says of what case it is (拒不改正的); "" where none does."""
    cases = _BREACH.findall(text[max(start, at - _OWN) : at])
    return _NUMBERED.sub("", cases[-1]).strip().removesuffix("的") if cases else ""


def _from_to(text: str, match: re.Match[str], end: int) -> int:
    """Where a figure ends that goes from one value to another (5000元以上3万元以下); 0 for one that does not."""
    joint = _AND_BELOW.match(text, match.end(), end)
    other = _FIGURE.match(text, joint.end(), end) if joint and match["unit"] else None
    if joint is None or other is None or (other["unit"] or "")[-1:] != match["unit"][-1:]:
        return 0
    below = _BELOW.match(text, other.end(), end)
    return below.end() if below else other.end() if joint["below"] else 0


def _with_bound(measured: str, before: str, between: str) -> str:
    """A name that begins with the bound of the figure before it, with that figure (5岁以下儿童死亡率); without the bound
    where it names nothing more."""
    if before.endswith(("以下", "以内")) and re.match("[每给奖补]", between):
        return before + measured  # 12米以上24米以下每艘
    bound = _BOUNDED.match(measured)
    if bound is None:
        return measured
    rest = measured[bound.end() :]
    joins = bound["apart"] in ("", "的") and len(rest) > 1 and "处" not in rest[:2]
    return before + measured if joins else rest


#: A clause that goes on with what the one before it tells, for another time.
_OPENS = re.compile(rf"(?:其中|[，,、])*{TIME.pattern}")
_SPAN = re.compile(r"^(?:[一二两三四五六七八九十\d]+年|每年|全年)(?:来|间|内|共)?")


def _names_of(figures: Sequence[Figure]) -> dict[str, tuple[str, str]]:
    """What the figures of a sentence are called, by their units, where all of a unit are called the same."""
    named: dict[str, set[tuple[str, str]]] = {}
    for figure in figures:
        named.setdefault(figure.unit, set()).add((figure.subject, figure.indicator))
    return {unit: next(iter(names)) for unit, names in named.items() if len(names) == 1}


def _is_short(measured: str, full: str) -> bool:
    """Whether a name is what is left of a longer one said before: its verb or its last word."""
    return 2 <= len(measured) <= 3 and measured != full and (full.startswith(measured) or full.endswith(measured))


def _in_full(text: str, start: int, measured: str) -> str:
    """The clause before a sentence, in its paragraph, that tells in full what a verb alone names in it:
    实施适老化改造，每户补助5000元。三年改造4.5万户; "" where none does."""
    bare = _SPAN.sub("", measured)
    if not 2 <= len(bare) <= 3:
        return ""
    said = text[max(text.rfind("\n", 0, start) + 1, start - _OWN) : start]
    clauses = re.findall(
        rf"(?:^|[，,；;。：:（(])([^，,；;。：:（()）]{{2,40}}{re.escape(bare)})(?=[，,；;。：:])", said
    )
    return _NUMBERED.sub("", clauses[-1]).strip() if clauses else ""


def names_something(clause: str) -> bool:
    """Whether the words before a figure name what it is a figure of: 同比增长 and 每人每月 do not, 税收收入 does."""
    measured = _indicator(_own_words(clause, 0, len(clause)))
    return _is_name(measured) and not measured.startswith("占")


def _is_name(measured: str) -> bool:
    return (
        bool(measured)
        and not _RATE_ONLY.fullmatch(measured)
        and not re.fullmatch(f"(?:{_COMPARED.pattern})*", measured)
    )


def _is_ratio(value: str) -> bool:
    return re.search("[:：∶]", value) is not None


def _is_figure(text: str, match: re.Match[str], end: int) -> bool:
    rest = text[match.end("value") : min(match.end("value") + 8, end)]
    unit = match["unit"] or ""
    if _is_ratio(match["value"]):
        of = re.search("结构|比", text[max(0, match.start() - 24) : match.start()])
        return bool(of) or ("." in match["value"] and not unit)
    if not unit:
        # A bare number is a figure where something is measured by it: 指数为102.3, but not 工业4.0.
        named = re.search(
            r"(?:指数|系数|比值|容积率|得分|为|达到?)[^，,；;。\d]{0,4}$",
            text[max(0, match.start() - 12) : match.start()],
        )
        return bool(named) and "." in match["value"] and not _NOT_FIGURE.match(rest)
    before = text[max(0, match.start() - 32) : match.start()]
    if unit in ("日", "年") and re.search(r"[年月]\s*$", before):
        return False
    if unit == "日" and (_DAY_OF_MONTH.search(before) or _CLOCK.match(rest.removeprefix("日"))):
        return False
    if _SCALES_ALONE.fullmatch(match["value"] + unit) and not _ABOUT_SO_MUCH.search(before):
        return False
    if _HUNDRED.fullmatch(match["value"]) and (before.endswith("每") or text.startswith("万户", match.end())):
        return False
    if (
        _DECIMAL_LABEL.fullmatch(match["value"])
        and not before.rpartition("\n")[2].strip(" \t#*")
        and _HAN_UNIT.match(unit)
    ):
        return False
    if match["value"] == "1" and re.match(r"\s*[=＝]", text[match.end() : match.end() + 3]):
        return False
    if _CONVERTS.search(before) or _FOR_EACH_MORE.search(before):
        return False
    return not (unit == "年" and re.search(r"(?:19|20)\d\d$", match["value"]))


#: 5月1日（周四）至5日, 每季度末25日: the day of a date.
_DAY_OF_MONTH = re.compile(
    r"(?:\d月\d+日[^，,；;。\d]{0,12}(?:\d+日[^，,；;。\d]{0,8}){0,2}[至到、—–-]|月的|[季年月]度?末)\s*$"
)
_CLOCK = re.compile(r"凌晨|清晨|[上中下]午|傍晚|[早晚夜]|\d{1,2}[时点]")
#: 千万, 百亿级: no number of anything, but 超百亿.
_SCALES_ALONE = re.compile("[十百千]+[万亿]*级?")
_ABOUT_SO_MUCH = re.compile(r"[超近逾约达过数几上]\s*$")
_HUNDRED = re.compile("[十百千]+")
#: 3.1日常监测: the label of a heading.
_DECIMAL_LABEL = re.compile(r"\d{1,2}\.\d{1,2}")
_HAN_UNIT = re.compile("(?![万亿])[一-龥]")
#: 1EB=10亿GB, 每上升1微克扣缴300万元: what is set beside one of something.
_CONVERTS = re.compile(r"(?<![\d.])1\s?[A-Za-z一-龥]{1,4}\s*[=＝]\s*$")
_FOR_EACH_MORE = re.compile(rf"每(?:{_VERBS})\s*$")


_NEAR = 20  #: so many figures before one can be what it is more than
#: So many characters before a figure can name it; the patterns that end in $ try every place of what they are given.
_OWN = 400


def _own_words(text: str, low: int, at: int) -> str:
    """The words of a figure's own clause before it, dates and closed brackets left out."""
    before = re.sub(r"[（(][^（()）]*[）)]|\[\d+\]", "", text[low:at])
    cut = max(before.rfind(mark) for mark in "，,；;：:（(")
    clause = _DAYS.sub("", TIME.sub("", before[cut + 1 :]))
    return re.sub(r"\s", "", clause)[-_OWN:]


def _kind(own: str, after: str, change: bool, goal: bool) -> FigureKind:
    if goal:
        return "goal"
    if change:
        return "change"
    if _LIMIT_BEFORE.search(own) or _LIMIT_AFTER.match(after):
        return "limit"
    return "share" if _SHARE.search(_indicator(own)) else "level"


def _indicator(own: str) -> str:
    """What is measured, from the words before a figure: 全年全市实现地区生产总值 -> 全市实现地区生产总值."""
    words = _CHANGE.sub("", own)
    while (cut := re.sub(rf"(?:{_COMPARED.pattern}|{_VERBS})$", "", _REACHES.sub("", words))) != words:
        words = cut
    while (cut := _DONE.sub("", _LEADS.sub("", words))) != words:
        words = cut
    scope = _SCOPE.match(words)
    if scope:
        words = scope.group() + _DONE.sub("", words[scope.end() :])
    return words.strip(" ，,、：:；;（()）的")


def _counted(text: str, match: re.Match[str], end: int) -> str:
    """The noun that a counter counts: 5个示范区 -> 示范区."""
    if (match["unit"] or "")[-1:] not in _COUNTERS:
        return ""
    noun = _AFTER.match(text[match.end() : min(match.end() + 24, end)])
    return noun["noun"] if noun and not re.search(rf"以上|以下|左右|其中|{_VERBS}|比上年", noun.group()) else ""


@dataclass(frozen=True, slots=True)
class _Clauses:
    """The clauses of a sentence that hold words, in order."""

    spans: tuple[tuple[int, int], ...]
    worded: tuple[int, ...]  #: where the first two characters of each end

    @classmethod
    def of(cls, text: str, start: int, end: int) -> _Clauses:
        """Of the sentence at (start, end)."""
        found = [
            (match.span(), word.end())
            for match in re.compile(r"[^，,；;：:]+").finditer(text, start, end)
            if (word := _TWO_HAN.search(text, *match.span()))
        ]
        return cls(tuple(span for span, _ in found), tuple(place for _, place in found))

    def before_last(self, at: int) -> tuple[int, int] | None:
        """The last but one of those that begin with words before ``at``; None where there is none."""
        count = bisect_right(self.worded, at)
        return self.spans[count - 2] if count > 1 else None


def _first_end(pattern: re.Pattern[str], sentence: str, start: int) -> float:
    """Where the first match ends in the document that the sentence begins in at ``start``; infinity for none."""
    match = pattern.search(sentence)
    return start + match.end() if match else math.inf


_NUMBERED = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]+[)）、.．]|第[^，。]{1,6}[条章])")


def _topic(document: SourceDocument, clauses: _Clauses, at: int, section: int | None) -> tuple[str, str]:
    """(the clause before a figure that names nothing itself, the heading above it): 重度失能的，每人每月360元."""
    span = clauses.before_last(at)
    subject = document.text[slice(*span)] if span else ""
    title = document.sections[section].title if section is not None else ""
    bare = _NUMBERED.sub("", subject).strip()
    return "" if TIME.fullmatch(bare) else bare.removesuffix("的"), title


_DATE_IN_CELL = re.compile(r"\s*(?:(?:19|20)\d\d\s*年|\d{1,2}\s*月)")


def _of_row(
    document: SourceDocument, start: int, end: int, cells: list[str], head: list[str], section: int | None
) -> Iterator[Figure]:
    """The figures of a table's row: what its first cells name, by the heads of the columns."""
    numeric = re.compile(r"\s*(?:[约近≥≤＞＜><]|累计|达到?|不低于|不超过)?\s*-?\d")
    numbers = [i for i, cell in enumerate(cells) if numeric.match(cell)]
    if numbers and re.fullmatch(r"序号|编号|No\.?", head[numbers[0]]):
        numbers = numbers[1:]
    unit_column = next((i for i, name in enumerate(head) if re.fullmatch(r"(?:计量)?单位", name)), None)
    names = [
        i
        for i in range(numbers[0] if numbers else 0)
        if cells[i].strip() and i != unit_column and not numeric.match(cells[i])
    ]
    label = re.sub(r"^其中[：:]?", "", cells[names[-1]].strip()) if names else ""
    at, holding = start, frozenset(numbers)
    for i, cell in enumerate(cells):
        match = re.search(rf"(?P<value>-?(?:{_NUMBER}){_RANGE}?)\s*(?P<unit>{_UNIT})?", cell)
        if i in holding and match is not None and not _DATE_IN_CELL.match(cell):
            column = head[i]
            year = _YEAR_ALONE.search(column)
            told = re.search(r"[（(]([^（()）]{1,8})[)）]\s*$", label) or re.search(
                r"[（(]([^（()）]{1,8})[)）]", column
            )
            unit = match["unit"] or (told.group(1) if told else "")
            if not unit and unit_column is not None:
                unit = cells[unit_column].strip()
            bare = re.sub(r"[（(][^（()）]*[)）]\s*$", "", label)
            named = re.sub(r"(?:19|20)\d\d年?|目标值?|基期值?|现状值?|实际值?|[（(][^（()）]*[)）]", "", column).strip()
            kind: FigureKind = (
                "goal" if re.search(r"目标|预期", column) else "change" if re.search("增长|增速", column) else "level"
            )
            yield Figure(
                document.doc_id, section, bare if named else "", named or bare, match["value"].strip(), unit,
                year["y"] if year else "", kind, at + match.start(), at + match.end(), (start, end),
            )  # fmt: skip
        at += len(cell) + 1
