"""What follows from the figures of an answer: how much two differ, what a share of an amount is, the sum of two.

A question may give one figure itself (投资500万元能补多少) or ask for one that stands in no document and follows from
those that do (比上年高0.3万户: 上年是多少). What is reckoned is a line of its own behind the quotes it rests on;
``holds`` reckons it anew from them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from corpus.labels import number_of
from index.tokens import fold, words
from qa.amounts import Amount, amounts, fits
from qa.evidence import HAN, Candidate, Probe, coverage, weight_held
from qa.extractive import Draft, Line, lines_of
from qa.narrow import TOGETHER, clause_spans, said_of_all
from qa.unit_rates import CLAIMS, exact, plain, product_of, rates_in, stepped_of

_UNIT = (
    r"(?:万亿|[十百千]?[万亿])?(?:%|‰|个百分点|平方公里|平方米|立方米|公里|个月|个?工作日|[微毫千]克|[厘毫千]米|千瓦时?"
    r"|分贝|小时|分钟|[学课]时|人次|公[斤顷]|[kmgtpez]b|[\u4e00-\u9fff])(?:/(?:(?!以[上下内])[\u4e00-\u9fff]){1,3})?"
)
VALUE = re.compile(rf"(?<![\d.第〔(])(?P<value>\d[\d,]*(?:\.\d+)?)(?P<unit>{_UNIT})")
_SCALE = re.compile(r"万亿|[十百千]?[万亿]")
_SIZES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "": 1}
_POINTS = {"%": "个百分点", "‰": "个千分点", "个百分点": "个百分点"}


def with_reckoned(probe: Probe, draft: Draft) -> Draft:
    """A draft with what follows from its figures, where the question asks for that."""
    # Each part of a question may ask what follows from a line of its own.
    rows = [replace(draft, lines=(line,)) for line in draft.lines] if len(probe.question.parts) > 1 else [draft]
    told = {_difference(probe, draft): draft}
    for row in rows:
        told |= {side: row for side in _other_sides(probe, row) if side not in told}
    for reckon in (_sum, _total, _rest, _share, _product):
        told.setdefault(reckon(probe, draft), draft)
    lines = [
        Line(said, tuple(dict.fromkeys(span for line in of.lines for span in line.spans)))
        for said, of in told.items()
        if said
    ]
    return replace(draft, lines=(*draft.lines, *lines)) if lines else draft


def tells_reckoned(probe: Probe, candidate: Candidate) -> bool:
    """Whether what a question asks follows from the figures of a sentence that says enough of it: no figure is lacking
    then."""
    if "whether" in probe.question.kinds or coverage(probe, fold(candidate.text)) < _ENOUGH_SAID:
        return False
    draft = Draft((Line(candidate.text, (candidate.span,)),))
    return with_reckoned(probe, draft) is not draft


_ENOUGH_SAID = 0.4


def holds(said: str, held: Sequence[str]) -> bool:
    """Whether a folded sentence says what follows from the figures of folded quotes; reckoned anew.

    >>> holds("两者相差3件", ["甲有5件", "乙有2件"]), holds("两者相差4件", ["甲有5件", "乙有2件"])
    (True, False)
    """
    return any(
        claim is not None and follows(claim, held) for claim, follows in ((p.fullmatch(said), f) for p, f in _CLAIMS)
    )


# --- figures of a text ----------------------------------------------------------------------------------------------


def values_in(text: str) -> list[tuple[Decimal, str]]:
    """The figures of a folded text with their units; dates and numbers of articles are none."""
    return [(_number(told["value"]), told["unit"]) for told in _values(text)]


def _values(text: str) -> list[re.Match[str]]:
    return [
        told
        for told in VALUE.finditer(text)
        if (told["unit"][0] not in "月日号条款届期章节第" or _TERM_OF_DAYS.match(text, told.end("value")))
        and not (told["unit"][0] == "年" and len(told["value"]) == 4)
    ]


#: 30日内 is a term, 30日 of a month and 每月15日前 are none.
_TERM_OF_DAYS = re.compile("日(?:以|之)?内")


def _number(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))


def _size(unit: str) -> int:
    """What the scale of a unit multiplies by: 万 of 万户."""
    scale = _SCALE.match(unit)
    size = 1
    for sign in scale.group() if scale is not None else "":
        size *= _SIZES[sign]
    return size


def _bare(unit: str) -> str:
    return "%" if unit == "个百分点" else _SCALE.sub("", unit, count=1)


def _written(value: Decimal, unit: str) -> str:
    """A number with its unit, large ones with 万 or 亿: 800吨, 50万元."""
    for scale, size in (("亿", 10**8), ("万", 10**4)):
        if HAN.match(unit) and unit != "年" and value >= size:
            return f"{plain(value / size)}{scale}{unit}"
    return f"{plain(value)}{unit}"


# --- how much two figures differ ------------------------------------------------------------------------------------

_ASKS_DIFFERENCE = re.compile(
    r"(?:相)?差(?:了|别)?(?:是)?(?:多少|几)|(?:(?<![最新])[高低多少贵降升增减涨掉跌长短]|便宜|提高|下降|增加|减少|放宽|上调|下调|缩短|延长)(?:了|出)?(?:多少|几(?!个(?:部门|单位)))|差额"
    r"|比[^,，。?？]{1,20}[多少贵][\u4e00-\u9fff]{1,2}(?:多少|几)"
)
#: Questions for the way in which they differ: 比去年多还是少.
_ASKS_WAY = re.compile(r"比[^,，?？]*?(?:([多高大])还是[少低小]|([少低小])还是[多高大])")
#: One sentence that sets two figures side by side: 由60元提高到70元, 比上年的4.02%.
_COMPARED = re.compile(
    r"[由从][^，,。；]{1,24}?(?:提高|增加|增长|上升|下降|降低|降|增|减少|调整|缩短|延长)(?:到|至|为)|比[^，,。；]{1,12}的\d|\d{4}年[^，,。；]{1,20}[，,]\d{4}年"
    r"|；原(?!则)[^：；]{1,12}：[^；]*\d[^；]*；[^：；]{1,12}："
)
_ASKS_RATE = re.compile(r"率(?!先)|增速|[增涨降]幅|比重|占比|比例")
#: Questions for how far apart two rates of change are, and what such rates are told with.
_ASKS_GROWTH = re.compile(r"增速|[增涨降]幅|增长率")
_RISES, _FALLS = re.compile(r"(?:增长|上升|上涨|提高)[了\d]"), re.compile(r"(?:下降|降低|回落|减少|下跌)[了\d]")
_ASKS_ENDS = re.compile(r"最[高大多长快].{0,8}最[低小少短慢]|最[低小少短慢].{0,8}最[高大多长快]")
#: What sets two things beside each other.
_SETS_BESIDE = re.compile("差|比|和|与|跟|较|[多少高低大小长短贵]多少")
#: How much more than the year before is asked for, and told: 同比提高3.2个百分点.
_ASKS_CHANGE = re.compile(r"[比较](?:上|去|前)一?年|同比")
_CHANGED = re.compile(r"(?:同比|[比较](?:上|去|前)一?年(?:同期|末)?)[^,，。；;\d]{0,6}\d")
#: The same of a year that is named: 比2016年全年日均高0.14万户.
_SINCE_YEAR = re.compile(r"比(?:19|20)\d\d年")
_CHANGED_SINCE = re.compile(rf"{_SINCE_YEAR.pattern}[^,，。；;\d]{{0,16}}[高低多少增减升降长](?:了|出)?\d")
_OPPOSITE = {"多": "少", "高": "低", "大": "小", "少": "多", "低": "高", "小": "大"}


def asks_difference(text: str) -> bool:
    """Whether a text asks how much two figures differ."""
    return bool(_ASKS_DIFFERENCE.search(fold(text)))


def _difference(probe: Probe, draft: Draft) -> str:
    core = fold(probe.question.core)
    way = _ASKS_WAY.search(core) if draft.method == "years" else None
    if not (way or asks_difference(core)):
        return ""
    texts = [fold(line.text) for line in draft.lines]
    if len(texts) == 2 and draft.method != "compare":
        texts = [text for text in texts if values_in(text)] or texts  # 家庭困难的免收, behind two prices
    if _SINCE_YEAR.search(core) and any(_CHANGED_SINCE.search(text) for text in texts):
        return ""
    two = _asked_years(probe)
    if len(two) == 2 and way is None and not any(_CHANGED.search(text) for text in texts):
        of_years, unit = _of_years(core, texts, two)
        if of_years and of_years[0] != of_years[1]:
            return f"两者相差{plain(abs(of_years[0] - of_years[1]))}{_POINTS.get(unit, unit.upper())}。"
    if len(draft.lines) > 2:
        return ""
    sources = {span[0] for line in draft.lines for span in line.spans}
    if len(texts) == 2 and len(sources) == 1 and way is None and not _SETS_BESIDE.search(core):
        years = [set(re.findall(r"\d{4}(?=年)", text)) for text in texts]
        if not all(years) or years[0] == years[1]:
            return ""  # 涨了多少, of two statements that are of no two times
    if _ASKS_CHANGE.search(core) and any(_CHANGED.search(text) for text in texts):
        return ""  # it is told
    growth = bool(_ASKS_GROWTH.search(core))
    if growth and any(_RISES.search(text) for text in texts) and any(_FALLS.search(text) for text in texts):
        return ""  # how far apart what has grown and what has shrunk are is no difference of two figures
    if draft.method == "cell" and len(texts) == 2:  # what names a row (3行, 满2年) is no figure of it
        texts = [text.rpartition(":")[2] or text for text in texts]
    told = [values_in(text if growth else _unchanged(text)) for text in texts]
    if _ASKS_ENDS.search(core) and len(told[0]) > 2:
        texts, told = texts[:1], told[:1]  # all are told in one sentence
    named = _two_named(core, texts[0]) if len(told) == 1 else []
    ends = len(told) == 1 and bool(_ASKS_ENDS.search(core))
    if named:
        told = named
    elif len(told) == 1 and draft.method != "cell" and not ends and not _COMPARED.search(draft.lines[0].text):
        return ""
    units = dict.fromkeys(unit for own in told for _, unit in own)
    if _ASKS_RATE.search(core):  # of 死亡3.1万人，死亡率7.7‰ the rates differ by 1.8
        units = {unit: None for unit in units if unit in _POINTS}
    scaled = {unit for unit in units if _SCALE.match(unit)}
    converted = len(told) == 2 and any(_SCALE.sub("", unit, count=1) in units for unit in scaled)
    if converted:  # 8000元 and 1.2万元
        told = [[(value * _size(unit), _SCALE.sub("", unit, count=1)) for value, unit in line] for line in told]
        units = dict.fromkeys(unit for own in told for _, unit in own)
    for unit in units:
        own = [[value for value, other in line if other == unit] for line in told]
        if len(own) == 2:
            if not named:
                own = [
                    mine if len(mine) == 1 else _named(probe, text, unit) for mine, text in zip(own, texts, strict=True)
                ]
            pair = [line[0] for line in own] if all(len(line) == 1 for line in own) else []
        else:
            pair = [max(own[0]), min(own[0])] if ends and len(own[0]) > 2 else own[0]
        if len(pair) == 2 and pair[0] != pair[1] and (len(own) == 2 or _spoken_of(probe, texts[0], unit)):
            by = abs(pair[0] - pair[1])
            # Of figures in 台 and 万台 the difference is told as people write it.
            apart = _written(by, unit) if converted else f"{plain(by)}{_POINTS.get(unit, unit.upper())}"
            if way is None:
                return f"两者相差{apart}。"
            asked = way[1] or way[2]
            more = asked if asked in "多高大" else _OPPOSITE[asked]
            return f"前者比后者{more if pair[0] > pair[1] else _OPPOSITE[more]}{apart}。"
    return ""


#: A figure that is itself a difference: 比上年减少3起.
_CHANGE = re.compile(r"(?:增[加长]|减少|下降|提高|降低|上升|回落|扩大|缩小|[比较][^，,。；;]*[高低多少])(?:了|出)?\d")


def _spoken_of(probe: Probe, text: str, unit: str) -> bool:
    """Whether clauses of a folded text with figures of a unit speak of what is asked, where the text does at all."""
    own = "".join(
        text[a:b] for a, b in clause_spans(text) if any(u == unit for _, u in values_in(_unchanged(text[a:b])))
    )
    telling = {w: v for w, v in probe.words.items() if not _GENERAL.search(w) and not _MOVES.search(w)}
    return not weight_held(telling, probe, text) or bool(weight_held(telling, probe, own))


_MOVES = re.compile("增加|减少|下降|提高|降低|上升|调整|缩短|延长|[涨升降]")


def _unchanged(text: str) -> str:
    """A text without the figures that are themselves differences: 高6.8个百分点."""
    return re.sub(rf"{_CHANGE.pattern}[\d,.]*", "", text)


_NAMES_WHOLE = re.compile("总|全部|整个|合计|一共")
_WITHIN_WHOLE = re.compile("[\u4e00-\u9fff]{2}(?:里|中|当中)(?=[\u4e00-\u9fff]{2,12}[比和与跟])")


def _two_named(core: str, text: str) -> list[list[tuple[Decimal, str]]]:
    """The figures of the two clauses of a folded text that a question names, by words that no other clause with a figure
    of the unit has: 养殖产量27.2万吨，捕捞产量11.4万吨."""
    growth = _ASKS_GROWTH.search(core)
    own_clauses = (text[a:b] for a, b in clause_spans(text))
    clauses = [clause for clause in own_clauses if growth or not _CHANGE.search(clause)]
    for unit in dict.fromkeys(unit for _, unit in values_in(text)):
        own = [clause for clause in clauses if any(other == unit for _, other in values_in(clause))]
        named = []
        if len(own) > 1:  # 孤儿 of 孤儿集中养育的每月2100元, 分散养育的每月1600元 names neither
            own[0] = own[0][said_of_all([clause.rstrip("。,;、") for clause in own]) :]
        for clause in own:
            # By whole words: 年卡 is none of 半年卡.
            others = {word for other in own if other is not clause for word in words(other)}
            bare = re.split("[:：]", clause)[-1]  # what leads in to all of them names none
            telling = [w for w in words(bare) if len(w) > 1 and w not in others and not re.search(r"\d", w)]
            name = re.split(r"\d", bare)[0].strip(",;、 ")
            if any(w in core for w in telling) or (len(name) > 1 and name in core):
                named.append([value for value in values_in(clause) if value[1] == unit])
        if len(named) == 2 and "其中" in text and own[0] in text[: text.index("其中")]:
            parts_alone = _WITHIN_WHOLE.search(core) or not _NAMES_WHOLE.search(core)
            whole = [value for value in values_in(own[0]) if value[1] == unit]
            if parts_alone and unit not in _POINTS and named[0] == whole:
                continue  # 总费用里个人支出比政府支出少多少
        if len(named) == 3 and named[0] and "其中" in text and own[0] in text[: text.index("其中")]:
            named = named[1:]  # the whole, whose name is that of what is asked about its parts
        if len(named) == 2 and all(len(values) == 1 for values in named):
            return named
    return []


def _named(probe: Probe, text: str, unit: str) -> list[Decimal]:
    """The figure of a unit in the one clause of a folded text that says more of what is asked than every other."""
    found = []
    for a, b in clause_spans(text):
        own = [value for value, other in values_in(text[a:b]) if other == unit]
        if own:
            # What leads in to all of them names none: 大灯塔：东部9万元，中部10万元.
            found.append((weight_held(probe.words, probe, re.split("[:：]", text[a:b])[-1]), own))
    best = max((share for share, _ in found), default=0.0)
    named = [own for share, own in found if share == best]
    return named[0] if best and len(named) == 1 and len(named[0]) == 1 else []


# --- the other side of a comparison ---------------------------------------------------------------------------------

#: 1.65万户，比去年同期高0.14万户; 增长13.4%，增速高于全部工业6.8个百分点.
_BESIDE = re.compile(
    r"(?:[比较](?P<other>[^,，。；;]{2,24}?)(?:分别)?(?P<way>高|多|新增|净增|增加|增长|提高|上升|低|少|减少|下降|降低|回落)(?:了|出)?"
    r"|(?P<way_>高|低|多|少)于(?P<other_>[^,，。；;\d]{2,20}?))$"
)
_LESS = frozenset({"低", "少", "减少", "下降", "降低", "回落"})
_BEFORE = re.compile(r"(?:去|上|前)一?年(?:度|同期|末|底)?|上(?:一)?(?:月|季度|期)|同期")


def _other_sides(probe: Probe, draft: Draft, year: str = "") -> list[str]:
    """What the figures beside those of a sentence are, where the sentence only tells by how much they differ. ``year``: that of
    its document, where the sentence names none."""
    core = fold(probe.question.core)
    if not re.search("多少|几", core) or "whether" in probe.question.kinds:
        return []
    # 涨了多少 asks for a rate, too, where nothing is compared.
    differs = asks_difference(core)
    compares = bool(re.search("[比较差]", core))
    for line in draft.lines:
        text, found = fold(line.text), []
        told = _values(text)
        beside = None
        for last, apart in zip(told, told[1:], strict=False):
            between = text[last.end() : apart.start()]
            of_each = (
                beside is not None and found and "分别" in beside.string[: beside.end()] and between in ("和", "、")
            )
            beside = beside if of_each else _BESIDE.search(text, last.end(), apart.start())
            # 增长8% is a share of another quantity, and no figure of one unit with 高3元.
            unit = "%" if apart["unit"] == "个百分点" else apart["unit"] if apart["unit"] != "%" else ""
            like = [v for v in told[: told.index(apart)] if unit and v["unit"] != "个百分点"]
            one = next((v for v in reversed(like) if _bare(v["unit"]) == _bare(unit)), None)
            if beside is None or one is None or (differs and (compares or unit != "%")):
                continue
            other = beside["other"] or beside["other_"]
            before = text[: one.start()]
            if "。" in text[one.end() : apart.start()] or not _asked_of(other, core, before, year):
                continue
            levels = any(v["unit"] not in _POINTS for v in told[: told.index(one)])
            if levels and unit == "%" and _ASKS_GROWTH.search(between) and not _ASKS_RATE.search(core):
                continue  # how fast it grew then is no answer to what it was
            unit = min(one["unit"], apart["unit"], key=_size) if unit != "%" else "%"
            first, second = (_number(v["value"]) * _size(v["unit"]) for v in (one, apart))
            less = (beside["way"] or beside["way_"]) in _LESS
            value = (first + second if less else first - second) / _size(unit)
            about = "约" if any(_is_about(text, v) for v in (one, apart)) else ""
            found += [f"据此推算，{other}{about}为{plain(value)}{unit}。"] if value > 0 else []
        if found:
            return found
    return []


def _is_about(text: str, figure: re.Match[str]) -> bool:
    """Whether a figure of a folded text is told roughly."""
    return bool(_ROUGH_BEFORE.search(text[: figure.start()]) or _ROUGH_BEHIND.match(text, figure.end()))


_ROUGH_BEFORE = re.compile("(?:约|近|超过?|逾|大概|大约|接近|不足|突破)$")
_ROUGH_BEHIND = re.compile("左右|上下|以上|多|余")


#: 比上年的1420.18亿元: the figure of the year before beside that of the year.
_OF_YEAR_BEFORE = re.compile(r"[比较](?:上|去|前)一?年(?:同期)?的\d")
#: 比上年增加1000万人: by how much the figure of the year has changed.
_CHANGED_BY = re.compile(
    r"[比较](?:上|去|前)一?年(?:同期|末|底)?(?:新增|净增|增加|减少|多|少|提高|下降|降低|上升)了?\d"
)
_BESIDE_AMONG, _BESIDE_BEHIND = 6, 2.5  #: the best sentences, and how far below the first one may be scored
_HARDLY = -4.0  #: log odds below which a sentence does not answer
_SILENT = -7.0  #: and one of another year, which is read to tell nothing of the year asked for


def told_beside(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """The sentence that tells the figure of the year asked for beside that of the year after, of which its document is (比上年
    的1420.18亿元), or of the two of them; None where a sentence of the best speaks of the year asked for itself."""
    years = sorted(map(int, probe.question.years))
    alone, two = len(years) == 1, len(years) == 2 and years[1] == years[0] + 1
    telling = [c for c in found if c.tells][:_BESIDE_AMONG]
    if not telling or "count" not in probe.question.kinds or "whether" in probe.question.kinds or not (alone or two):
        return None
    if two and not asks_difference(probe.question.core):
        return None
    first, of_document = telling[0], str(years[0] + 1)
    near = [c for c in telling if c.score >= first.score - _BESIDE_BEHIND and c.odds > (_HARDLY if two else 0.0)]
    behind = _goes_on_to(str(years[0]), first, found) if alone else None
    if behind is not None:
        return Draft(tuple(lines_of([[first], [behind]])), method="figure")
    if alone and any(c.feature("years") > -1.0 for c in near):
        return None
    for candidate in near:
        above = "".join((candidate.document.header.title, *candidate.document.path(candidate.section), candidate.text))
        if of_document in above and _OF_YEAR_BEFORE.search(fold(candidate.text)):
            return Draft(tuple(lines_of([[candidate]])), method="figure")
    for candidate in telling if alone else ():
        text, far = fold(candidate.text), candidate.score < first.score - _BESIDE_BEHIND
        if candidate.odds <= _SILENT or far or coverage(probe, f"{years[0]}年{text}") < _OF_IT:
            continue
        above = "".join((candidate.document.header.title, *candidate.document.path(candidate.section), text))
        draft = Draft(tuple(lines_of([[candidate]])), method="figure")
        sides = _other_sides(probe, draft, of_document) if _CHANGED_BY.search(text) else []
        if f"{of_document}年" in above and sides:
            lines = (*draft.lines, *(Line(side, draft.lines[0].spans) for side in sides))
            return replace(draft, lines=lines)
    return None


def _goes_on_to(year: str, first: Candidate, found: Sequence[Candidate]) -> Candidate | None:
    """The sentence right behind one that tells what the same was in a year, and not what that is: 2023年总量为204亿元."""
    units = {_bare(unit) for _, unit in values_in(fold(first.text)) if unit not in _POINTS}
    for candidate in found:
        at = candidate.start - first.end
        told = (
            _OF_THE_SAME.match(fold(candidate.text)) if candidate.document is first.document and 0 <= at <= 1 else None
        )
        if told is not None and told["year"] == year and _bare(told["unit"]) in units:
            return candidate
    return None


_OF_THE_SAME = re.compile(
    rf"(?P<year>(?:19|20)\d\d)年(?:度|末|底)?(?:总[量数额])?[为是](?P<value>\d[\d,.]*)(?P<unit>{_UNIT})"
)


def of_two_years(probe: Probe, draft: Draft, found: Sequence[Candidate]) -> Draft:
    """A draft in which two years that a question sets beside each other have a figure of one unit each: where its lines tell
    that of one of them only, with a sentence beside it that tells the other; else as it is."""
    core, years = fold(probe.question.core), sorted(probe.question.years)
    sums = _ASKS_TOTAL.search(core) and re.search("多少|几", core)
    if len(years) != 2 or not (sums or asks_difference(core)) or "whether" in probe.question.kinds:
        return draft
    texts = [fold(line.text) for line in draft.lines]
    if _of_years(core, texts, years)[0] or any(_CHANGE.search(text) for text in texts):
        return draft  # they tell both, or by how much these differ
    near = [c for c in found if c.tells and "|" not in c.text][:_BESIDE_AMONG]
    said = max(coverage(probe, text) for text in texts)
    near = [c for c in near if coverage(probe, fold(c.text)) >= _OF_IT * said]
    for candidate in near:
        for line, text in zip(draft.lines, texts, strict=True):
            if _of_years(core, [text, fold(candidate.text)], years)[0]:
                pair = (line, *lines_of([[candidate]]))
                return replace(draft, lines=pair if years[0] in text else pair[::-1], method="compare")
    for one, other in combinations(near, 2):
        if one.document is other.document and _of_years(core, [fold(one.text), fold(other.text)], years)[0]:
            first, second = (one, other) if years[0] in one.text else (other, one)
            return replace(draft, lines=tuple(lines_of([[first], [second]])), method="compare")
    return draft


_OF_IT = 0.6  #: share of what a question says that a sentence holds which its figure is reckoned from


def _asked_of(other: str, core: str, before: str, year_of: str) -> bool:
    """Whether a question asks for what a comparison sets a figure beside: by its year, as the year before, or by words
    of its name that what stands before the figure does not have."""
    clauses = [c for c in re.split(r"[,，;；?？]", core) if re.search("多少|几", c)]
    asking = core if _INFERS.search(core) else ",".join(clauses) or core
    year = re.match(r"(?:19|20)\d\d", other)
    if year is not None:
        return year.group() in asking and year.group() not in before
    if _BEFORE.match(other):
        told = re.findall(r"(?:19|20)\d\d(?=年)", before) or [year_of] * bool(year_of)
        return bool(_BEFORE.search(asking)) or (bool(told) and f"{int(told[-1]) - 1}年" in asking)
    return any(word in asking and word not in before for word in words(other) if not _GENERAL.search(word))


_INFERS = re.compile("[反倒]?推[算出]|[反倒]推|推是|[算倒]出来")
#: Words for a measure: they do not tell one side from the other.
_GENERAL = re.compile(r"^.$|增[速长幅加]|平均|均数|全年|同期|水平|比[重例]|总[额量数]|规模$|以上")


# --- sums, shares, products -----------------------------------------------------------------------------------------


_ASKS_SUM = re.compile(
    r"一共|总共|合计|共计|总计|加起来|加一起|累计|连.{1,10}在内|算上|(?:加上?|包括|含)延长|延长(?:后|以后|之后|在内)|最[长多]"
)
_BY_STEPS = re.compile("每再?(?:超|增|高出|多)")  #: 每超过1公里加发120元 is added more than once
#: A figure that is added to another: 再增加2000元, 延长时间不超过10天. Not 延长至, 增加到.
_ADDED = re.compile(
    r"(?:延长|再(?:增加|补|给|发|奖|加)|另(?:外|行|再)?(?:增加|给予|补助|加|奖励)|增发|加发|加补)(?![^,，;；。]{0,6}[至到])[^,，;；。]{0,10}$"
)


def _sum(probe: Probe, draft: Draft) -> str:
    """A figure and what is added to it, where all of it is asked for."""
    core = fold(probe.question.core)
    if not _ASKS_SUM.search(core) or not re.search("多少|几|多[久长大高]", core) or len(draft.lines) > 3:
        return ""
    found: dict[str, tuple[list[Decimal], list[Decimal]]] = {}
    for line in draft.lines:
        text = fold(line.text)
        if _BY_STEPS.search(text):
            return ""
        for told in _values(text):
            plain, added = found.setdefault(told["unit"], ([], []))
            (added if _ADDED.search(text[: told.start()]) else plain).append(_number(told["value"]))
    pairs = [(unit, plain[0], added[0]) for unit, (plain, added) in found.items() if len(plain) == len(added) == 1]
    if len(pairs) != 1:
        return ""
    unit, one, more = pairs[0]
    return f"{one}{unit}加{more}{unit}，合计{one + more}{unit}。"


_ASKS_TOTAL = re.compile("一共|总共|合计|共计|总计|加起来|加在?一起|累计|[合加]起来|相加|之和")
_PARTS = re.compile("其中[^;；。]*")
_IS_TOTAL = re.compile("共|合计|总计|累计")  #: a text that tells a whole itself
_OF_ITS_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")


def _total(probe: Probe, draft: Draft) -> str:
    """The sum of the figures of things that are named, or of the years that are asked for, where all of them together are
    asked for."""
    core = fold(probe.question.core)
    texts = [fold(line.text) for line in draft.lines]
    if not _ASKS_TOTAL.search(core) or not re.search("多少|几", core):
        return ""
    if draft.method == "compare" and len(texts) > 1 and len(probe.question.years) < 2:
        return _of_two(probe, texts)
    years = _asked_years(probe)
    figures, unit = _of_years(core, texts, years) if len(years) > 1 else ([], "")
    if not figures:
        texts = [text for text in texts if len(_OF_ITS_YEAR.findall(text)) > 1] if len(texts) > 1 else texts
        if len(texts) != 1:
            return ""
        # A whole and one of its parts are no two things: 共8亿元，其中中央3亿元.
        apart = (_PARTS.sub("", texts[0]), "".join(_PARTS.findall(texts[0])))
        told = next((named for text in apart if (named := _two_named(core, text))), [])
        if not told and not _IS_TOTAL.search(texts[0]) and TOGETHER.search(core):
            of_years = [
                values_in(texts[0][a:b]) for a, b in clause_spans(texts[0]) if _OF_ITS_YEAR.search(texts[0][a:b])
            ]
            told = [own for own in of_years if own]
        units = dict.fromkeys(unit for own in told for _, unit in own if unit not in _POINTS)
        once = [u for u in units if all(sum(unit == u for _, unit in own) == 1 for own in told)]
        money = [unit for unit in once if unit.partition("/")[0].endswith("元")]
        if len(told) < 2 or not once or len(once) > 1 and len(money) != 1:
            return ""
        unit = (money or once)[0]
        figures = [next(v for v, u in own if u == unit) for own in told]
    total = sum(figures, Decimal(0))
    if any((total, unit) in values_in(text) for text in texts):
        return ""  # it is told
    unit = unit.partition("/")[0]
    return f"{'加'.join(f'{value}{unit}' for value in figures)}，合计{plain(total)}{unit}。"


def _of_two(probe: Probe, texts: Sequence[str]) -> str:
    """The sum of the figures of a unit that folded texts tell of two things: those of what is named, else of two texts the
    one that each tells of what is asked."""
    named = _two_named(fold(probe.question.core), ";".join(text.rstrip("。") for text in texts))
    if not named and len(texts) != 2:
        return ""
    own = named or [values_in(_unchanged(text)) for text in texts]
    for unit in dict.fromkeys(unit for _, unit in own[0] if unit not in _POINTS):
        figures = [[v for v, other in mine if other == unit] for mine in own]
        if not named:
            figures = [f if len(f) == 1 else _named(probe, t, unit) for f, t in zip(figures, texts, strict=True)]
        if all(len(f) == 1 for f in figures):
            (one,), (other,) = figures
            bare = unit.partition("/")[0]
            return f"{one}{bare}加{other}{bare}，合计{plain(one + other)}{bare}。"
    return ""


def _asked_years(probe: Probe) -> list[str]:
    """The years that a question asks for, in order; with 比上年 the year before, too."""
    years = sorted(probe.question.years)
    if len(years) == 1 and _ASKS_CHANGE.search(fold(probe.question.core)):
        years.insert(0, str(int(years[0]) - 1))
    return years


#: 2025年安排1800万元; and 2022年、2023年分别完成2.18亿元和2.93亿元.
_YEAR = re.compile(r"(?<![\d比较])((?:19|20)\d\d)年(?!、)")
_YEARS_EACH = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d年?[、和与及]){1,5}(?:19|20)\d\d年(?:度|末|底)?[^\d,，;；。]{0,24}?分别[^\d,，;；。]{0,16}"
)


def _of_years(core: str, texts: Sequence[str], years: Sequence[str]) -> tuple[list[Decimal], str]:
    """The figure of each year in folded texts, and their one unit; nothing where a year has none or several, or where there
    are figures of several things, of which the question names none by its unit."""
    found: dict[str, dict[str, set[Decimal]]] = {}
    for text in texts:
        values = _values(text)
        listed = ""
        for each in _YEARS_EACH.finditer(text):
            listed += each.group()
            named = re.findall(r"(?:19|20)\d\d(?=年|[、和与及])", each.group())
            own = [v for v in values if v.start() >= each.end()][: len(named)]
            if len(own) == len(named) and len({v["unit"] for v in own}) == 1:
                for year, value in zip(named, own, strict=True):
                    found.setdefault(value["unit"], {}).setdefault(year, set()).add(_number(value["value"]))
        for each in _YEAR.finditer(text):
            told = None if each[1] in listed else _of_one_year(core, text, each.end(), values)
            if told is not None:
                found.setdefault(told["unit"], {}).setdefault(each[1], set()).add(_number(told["value"]))
    rows = {unit: own for unit, own in found.items() if all(len(own.get(year, ())) == 1 for year in years)}
    if len(rows) > 1:
        rows = {unit: own for unit, own in rows.items() if unit in core}
    if len(rows) != 1:
        return [], ""
    unit, of_year = next(iter(rows.items()))
    return [next(iter(of_year[year])) for year in years], unit


def _of_one_year(core: str, text: str, at: int, values: Sequence[re.Match[str]]) -> re.Match[str] | None:
    """The figure behind a year in a folded sentence whose name a question says last: 资金480万元 of 新建灯塔36座，投入资金480万元;
    where it says none, the first."""
    ends = re.compile(r"[。;；]|(?<!\d)(?:19|20)\d\d年").search(text, at)
    best, most = None, -2
    for value in values:
        if not at <= value.start() < (ends.start() if ends is not None else len(text)):
            continue
        label = re.split("[,，、]", text[at : value.start()])[-1]
        label = label if label or best is None else text[at : value.start()]
        if _NOT_ITS_FIGURE.search(label) or re.search(r"\d", label):
            continue
        said = max((core.rfind(word) for word in words(label) if len(word) > 1), default=-1)
        if said > most:
            best, most = value, said
    return best


#: Between a year and a figure that is none of it: 2024年的18%提高到24%, 2024年比上年增长5%.
_NOT_ITS_FIGURE = re.compile(r"^的|[由从比]|同比|增长|下降|提高|减少|增加|[高低多少]$")


def _of_named_clause(core: str, texts: Sequence[str]) -> list[str]:
    """Of the clauses of folded texts with a rate the one that a folded question names, by words that no other has: 分散养育的
    每人每月1600元, beside 集中养育的每人每月2100元."""
    own = [text[a:b].rstrip("。,;、") for text in texts for a, b in clause_spans(text) if rates_in(text[a:b])]
    bare = [own[0][said_of_all(own) :], *own[1:]] if len(own) > 1 else []
    named = []
    for clause in bare:
        others = {word for other in bare if other is not clause for word in words(other)}
        telling = [w for w in words(clause) if len(w) > 1 and w not in others and not re.search(r"\d", w)]
        named += [clause] if any(word in core for word in telling) else []
    return named if len(named) == 1 else []


_ASKS_REST = re.compile(
    r"(?:刨[去掉开除]|除[去掉开]|扣[除掉去]|减[去掉]|去掉|除了|不[算含计]|抛[去开])(?P<off>[^,，。?？]{2,20}?)(?:[,，以之]|外|后|还|剩|余|其余|的|$)"
    r"[^。?？]{0,12}?(?:剩|其余|余下|还[要有差需]|[是有])[^。?？]{0,8}?(?:多少|几)"
)


def _rest(probe: Probe, draft: Draft) -> str:
    """What is left of a whole without the part of it that a question takes off: 总投资9亿元，其中省级资金5亿元."""
    core = fold(probe.question.core)
    asked = _ASKS_REST.search(core)
    if asked is None:
        return ""
    rests = set()
    for text in (fold(line.text) for line in draft.lines):
        whole, among, parts = text.partition("其中")
        clauses = [parts[a:b] for a, b in clause_spans(parts)] if among else []
        off = [w for w in words(asked["off"]) if len(w) > 1]
        named = [c for c in clauses if off and all(w in c for w in off)]
        own = values_in(named[0]) if len(named) == 1 else []
        wholes = [value for value, unit in values_in(whole) if own and unit == own[0][1]]
        if len(own) == 1 and len(wholes) == 1 and wholes[0] > own[0][0]:
            rests.add((wholes[0], own[0][0], own[0][1]))
    if len(rests) != 1:
        return ""
    whole_of, part, unit = rests.pop()
    return f"{plain(whole_of)}{unit}减{plain(part)}{unit}，余{plain(whole_of - part)}{unit}。"


def _product(probe: Probe, draft: Draft) -> str:
    """What a rate by the unit comes to for the numbers that a question gives: 每辆800元, of 20辆."""
    core = fold(probe.question.core)
    if not re.search("多少|几|多[久长大]", core) or len(draft.lines) > 3 or "whether" in probe.question.kinds:
        return ""
    texts = [fold(line.text) for line in draft.lines]
    stepped = stepped_of(core, texts)
    if stepped:
        return stepped
    found = product_of(core, texts) or product_of(core, _of_named_clause(core, texts))
    return "" if found is None or _out_of_bounds(draft, float(found[1]), found[2]) else found[0]


_SHARE_OF = re.compile(r"(?P<whole>[\u4e00-\u9fff]{2,12}?)的?(?P<share>\d+(?:\.\d+)?)%")
_CAP = re.compile(r"最[高多大长][^,，。；;]{0,8}?|不(?:得|能)?超过|[上封]限|封顶")
_FLOOR = re.compile(r"最[低少小短][^,，。；;]{0,8}?|不(?:得|能)?(?:少于|低于)|下限|保底|至少")
_MOST_WHOLE, _LEAST_WHOLE = 6, 2  #: characters by which a question names what a share is of
_NEAR = 12  #: characters between an amount and what it is of
_BOUND = re.compile("(?:及|之)?以[上下内]")
#: What is of a sort with an amount: 设备投资额, of 1000万; 核定人数, of 10个人.
_OF_SORT = {
    "元": re.compile("[额费价款金资酬薪入值本息]$"),
    "人": re.compile("数$|人员$"),
    "平方米": re.compile("面积$"),
    "吨": re.compile("[量重]$"),
    "克": re.compile("[量重]$"),
}


def _share(probe: Probe, draft: Draft) -> str:
    """The share of an amount that a question gives: 1000吨的80%为800吨. None where a limit may be lower."""
    core = fold(probe.question.core)
    given = [a for a in amounts(core) if a.measure not in ("", "%", "月", "日", "岁", "度", "百分点")]
    if len(given) != 1 or _BOUND.match(core, given[0].end) or not re.search("多少|几|[掏出]钱", core):
        return ""
    amount = given[0]
    for line in draft.lines:
        text = fold(line.text)
        share = _share_of(core, text, amount) or (_borne_by(core, text) if amount.measure == "元" else None)
        if share is None:
            continue
        value = exact(amount.value) * share / 100
        if _out_of_bounds(draft, float(value), amount.measure):
            return ""
        of = "" if amount.measure == "人" else amount.measure  # 110% of 10人 are 11 of what each of them has
        return f"以{_written(exact(amount.value), amount.measure)}计，其{plain(share)}%为{_written(value, of) if of else plain(value)}。"
    return ""


def _share_of(core: str, text: str, amount: Amount) -> Decimal | None:
    """The one share that a folded text tells of what a folded question gives the amount of: by the end of its name, or by a
    part of it where the amount is of its sort (设备投资额的12%, of 1000万的设备)."""
    near, sort = core[max(0, amount.start - _NEAR) : amount.end + _NEAR], _OF_SORT.get(amount.measure)
    shares = set()
    for told in _SHARE_OF.finditer(text):
        end = told["whole"][-_MOST_WHOLE:]
        named = any(end[k:] in near for k in range(len(end) - _LEAST_WHOLE))
        if named or (sort and sort.search(end) and any(end[k : k + 2] in near for k in range(len(end) - 1))):
            shares.add(Decimal(told["share"]))
    return shares.pop() if len(shares) == 1 and fits([amount], text) >= 0 else None


#: Who bears what share: 由企业承担40%, 中央分担比例为60%; and who bears the rest: 其余由市财政承担; and a ratio: 园区和企业按6:4分担.
_BEARS = "(?:承担|分担|负担|出资|支付|报销|补助|补贴|配套)"
_BORNE = re.compile(rf"(?P<who>[\u4e00-\u9fff]{{2,8}}?)(?:按|各)?{_BEARS}(?:比例)?(?:为|按)?(?P<share>\d+(?:\.\d+)?)%")
_BEARS_REST = re.compile(
    rf"(?:其余|剩余|余下|剩下)(?:部分|资金|费用)?的?由?(?P<who>[\u4e00-\u9fff]{{2,8}}?)(?:自行)?{_BEARS}"
)
_BY_RATIO = re.compile(
    rf"(?:由)?(?P<one>[\u4e00-\u9fff]{{1,8}}?)[和与、](?P<other>[\u4e00-\u9fff]{{1,8}}?)(?:双方)?(?:分别)?按(?:照)?(?P<a>\d+)[:∶](?P<b>\d+)(?:的?比例)?{_BEARS}"
)


def _parties(text: str) -> list[tuple[str, Decimal]]:
    """Who bears what share of something by a folded text."""
    told = [(m["who"].rpartition("由")[2] or m["who"], Decimal(m["share"])) for m in _BORNE.finditer(text)]
    rest = _BEARS_REST.search(text)
    if told and rest is not None and (left := 100 - sum((share for _, share in told), Decimal(0))) > 0:
        told.append((rest["who"], left))
    for ratio in _BY_RATIO.finditer(text):
        a, b = Decimal(ratio["a"]), Decimal(ratio["b"])
        told += [(ratio["one"], a * 100 / (a + b)), (ratio["other"], b * 100 / (a + b))] if a + b else []
    return told


def _borne_by(core: str, text: str) -> Decimal | None:
    """The share of the one party that a folded question asks about."""
    told = _parties(text)
    asks = re.search("多少|几|[掏出]钱", core)
    asking = re.split("[,，。;；]", core[: asks.start()])[-1] if asks is not None else ""
    for is_asked in (_in_full, _by_word):
        shares = {share for who, share in told if is_asked(who, asking)}
        if shares:
            return shares.pop() if len(shares) == 1 else None
    return None


def _in_full(who: str, asking: str) -> bool:
    level = re.fullmatch("([省市县区乡镇])级(?:财政)?", who)  # 县级, 县里
    return who in asking or (level is not None and level[1] in asking)


def _by_word(who: str, asking: str) -> bool:
    return any(len(word) > 1 and word in asking and not re.search(_BEARS, word) for word in words(who))


def bears_share(probe: Probe, text: str) -> bool:
    """Whether a sentence tells what share the party bears that a question with an amount of money asks about."""
    core, text = fold(probe.question.core), fold(text)
    given = [one for one in amounts(core) if one.measure == "元"]
    if len(given) != 1 or "whether" in probe.question.kinds or _borne_by(core, text) is None:
        return False
    parties = "".join(who for who, _ in _parties(text))
    return any(len(w) > 1 and w in text and w not in parties and not re.search(_BEARS, w) for w in probe.words)


def _out_of_bounds(draft: Draft, value: float, unit: str) -> bool:
    """Whether a draft limits amounts of a unit to less than a value, or to more."""
    for line in draft.lines:
        text = fold(line.text)
        by_unit = {float(rate.value) for rate in rates_in(text) if rate.most}  # 每座不超过2万元 limits no sum
        for amount in amounts(text):
            before = text[max(0, amount.start - 10) : amount.start]
            over = _CAP.search(before) and amount.value < value and amount.value not in by_unit
            if amount.measure == unit and (over or (_FLOOR.search(before) and amount.value > value)):
                return True
    return False


# --- reckoned anew --------------------------------------------------------------------------------------------------

_FIGURE = r"\d[\d,]*(?:\.\d+)?"


def _numbers(held: Sequence[str], unit: str = "") -> list[Decimal]:
    """The figures of quotes in full; with a unit those of it alone, whatever their scale."""
    if not unit:
        return [_number(n) for n in re.findall(_FIGURE, "\n".join(held))]
    return [value * _size(own) for quote in held for value, own in values_in(quote) if _bare(own) == _bare(unit)]


def _differ(claim: re.Match[str], held: Sequence[str]) -> bool:
    unit = {"个百分点": "%", "个千分点": "‰"}.get(claim["unit"], claim["unit"])
    numbers, wanted = _numbers(held), Decimal(claim["value"])
    stands = any(_bare(unit) in quote for quote in held)
    whole = _numbers(held, unit) if _bare(unit) else []  # 18万台 and 7200台

    def differ(own: Sequence[Decimal], by: Decimal) -> bool:
        return any(abs(a - b) == by for i, a in enumerate(own) for b in own[:i])

    return stands and (differ(numbers, wanted) or differ(whole, wanted * _size(unit)))


def _inferred(claim: re.Match[str], held: Sequence[str]) -> bool:
    if not any(claim["of"] in quote for quote in held):
        return False
    numbers = _numbers(held, claim["unit"])
    wanted = Decimal(claim["value"]) * _size(claim["unit"])
    return any(wanted in (abs(a - b), a + b) for i, a in enumerate(numbers) for b in numbers[:i])


def _adds_up(claim: re.Match[str], held: Sequence[str]) -> bool:
    parts = [_number(digits) for digits in re.findall(_FIGURE, claim["parts"])]
    numbers = _numbers(held)
    return sum(parts) == _number(claim["all"]) and all(part in numbers for part in parts)


def _lessened(claim: re.Match[str], held: Sequence[str]) -> bool:
    size = _size(claim["unit"])
    there, figures = _numbers(held, claim["unit"]), [_number(claim[name]) * size for name in ("whole", "off", "rest")]
    return figures[0] - figures[1] == figures[2] and all(figure in there for figure in figures[:2])


def _then_at_rate(claim: re.Match[str], held: Sequence[str]) -> bool:
    """A total that follows from quotes, at the rate that a quote tells."""
    rate, total = rate_of(claim["rate"]), re.search(rf"({_FIGURE})\D*$", claim["before"])
    told = rate is not None and total is not None and any(claim["rate"] in quote for quote in held)
    return bool(told and _number(total[1]) * rate == _number(claim["part"]) and holds(claim["before"], held))  # type: ignore[index, operator]


def _at_rate(claim: re.Match[str], held: Sequence[str]) -> bool:
    """A figure at the rate that a quote tells (减半, 八折, 2倍, 按80%, 上浮10%)."""
    rate = rate_of(claim["rate"])
    whole, part = _number(claim["whole"]), _number(claim["part"])
    told = any(claim["rate"] in quote for quote in held)
    return rate is not None and told and whole in _numbers(held) and whole * rate == part


_RATE = re.compile(
    r"(?P<half>减半|折半)|(?P<off>[一二三四五六七八九](?:[一二三四五六七八九])?)折|(?P<times>[\d.]+|[两二三四五六])倍"
    r"|(?P<way>上浮|提高|增加|加收|加价|下浮|降低|减收|减免)(?P<by>\d+(?:\.\d+)?)%|按?(?P<share>\d+(?:\.\d+)?)%"
)


def rate_of(text: str) -> Decimal | None:
    """By what a rule that a folded text tells multiplies a figure; None where it tells none, or several.

    >>> rate_of("按标准减半收取"), rate_of("打八折"), rate_of("上浮10%"), rate_of("每件5元")
    (Decimal('0.5'), Decimal('0.8'), Decimal('1.1'), None)
    """
    told = list(_RATE.finditer(text))
    if len(told) != 1:
        return None
    rule = told[0]
    if rule["half"]:
        return Decimal("0.5")
    if rule["off"]:
        return Decimal("0." + "".join(str(number_of(digit)) for digit in rule["off"]))
    if rule["times"]:
        return Decimal(
            rule["times"] if rule["times"][0].isdigit() else str(number_of(rule["times"].replace("两", "二")))
        )
    if rule["way"]:
        sign = 1 if rule["way"] in ("上浮", "提高", "增加", "加收", "加价") else -1
        return 1 + sign * Decimal(rule["by"]) / 100
    return Decimal(rule["share"]) / 100


def as_changed(probe: Probe, lines: Sequence[str]) -> str:
    """What the figure of the lines before the last one comes to by that, which changes it: the total that they end with, else
    the one figure of the clause that says most of what is asked; "" where none is plain."""
    rule, last = fold(lines[-1]), lines[-2]
    rate, written_as = rate_of(rule), _RATE.search(rule)
    if written_as is not None and written_as["share"] and not _OF_STANDARD.search(rule[: written_as.start("share")]):
        return ""  # it is a share of something of its own
    total = re.search(rf"合计(?P<value>{_FIGURE})(?P<unit>{_UNIT})。$", last)
    if rate is not None and written_as is not None and total is not None:
        part = _number(total["value"]) * rate
        return f"{last.rstrip('。')}，{written_as.group()}为{plain(part)}{total['unit']}。"
    text = fold(last)
    for unit in dict.fromkeys(unit for _, unit in values_in(text) if _bare(unit.partition("/")[0]) == "元"):
        own = [value for value, other in values_in(text) if other == unit]
        own = own if len(own) == 1 else _named(probe, text, unit)
        if len(own) == 1:
            return as_ruled(plain(own[0]), unit, lines[-1])
    return ""


_OF_STANDARD = re.compile("(?:标准|基础上?)的?$")


def joined_sum(core: str, lines: Sequence[str], rule: str) -> str:
    """What two figures come to by a folded rule that takes the higher one and adds a sum for the other; the sum of the class
    that a folded question names (500元（居民）), where it tells one for each."""
    figures = [own[0] for line in lines if len(own := values_in(line.rpartition(":")[2] or line)) == 1]
    each = _EACH_MORE.search(rule)
    if each is None or len(figures) != 2 or len({unit for _, unit in figures}) != 1:
        return ""
    steps = values_in(each["steps"])
    of_class = re.findall(rf"({_FIGURE}){_UNIT}[(]([^()]+)[)]", each["steps"])
    named = [_number(value) for value, who in of_class if who in core] if of_class else [v for v, _ in steps[:1]]
    (high, unit), bare = max(figures), figures[0][1].partition("/")[0]
    if len(named) != 1 or any(_bare(own) != bare for _, own in steps) or _scaled(unit):
        return ""
    return f"{plain(high)}{bare}加{plain(named[0])}{bare}，合计{plain(high + named[0])}{bare}。"


def _scaled(unit: str) -> bool:
    return _SCALE.match(unit) is not None


_EACH_MORE = re.compile("每(?:增加|多)一[种项个类样][,，]?(?:另|再)?(?:增加|加收|加发|加|增)(?P<steps>[^。;；]+)")


#: What a rule adds to a figure or takes from it: 加收20元, 减收0.5元.
_ADDS_TO = re.compile(
    rf"(?P<way>加收|加价|加发|加补|另加|另补|再补|再加|增加|加|减收|减免|减|少收|扣减)(?P<value>\d[\d,]*(?:\.\d+)?)(?P<unit>{_UNIT})"
)


def as_ruled(figure: str, unit: str, rule: str) -> str:
    """What a figure comes to by a rule that changes it, told as :func:`holds` checks it anew; "" where the rule tells no one
    way in which it changes.

    >>> as_ruled("120", "元/人", "成人票加收20元"), as_ruled("82", "元", "票价减半")
    ('120元加20元，合计140元。', '82元减半为41元。')
    """
    rate, steps = rate_of(fold(rule)), list(_ADDS_TO.finditer(fold(rule)))
    whole, bare = _number(figure), unit.partition("/")[0]
    if len(steps) == 1 and rate is None and _bare(steps[0]["unit"].partition("/")[0]) == _bare(bare):
        size = Decimal(_size(steps[0]["unit"])) / _size(bare)
        step = _number(steps[0]["value"]) * size
        less = steps[0]["way"] in ("减收", "减免", "减", "少收", "扣减")
        if size != 1:
            return ""
        if less:
            return f"{figure}{bare}减{plain(step)}{bare}，余{plain(whole - step)}{bare}。" if step < whole else ""
        return f"{figure}{bare}加{plain(step)}{bare}，合计{plain(whole + step)}{bare}。"
    if rate is None or steps:
        return ""
    return f"{figure}{bare}{_RATE.search(fold(rule)).group()}为{plain(whole * rate)}{bare}。"  # type: ignore[union-attr]


def _is_share(claim: re.Match[str], held: Sequence[str]) -> bool:
    whole, part = (Decimal(claim[name]) * _size(claim[f"{name}_unit"]) for name in ("whole", "part"))
    share = Decimal(claim["share"])
    told = any(
        re.search(rf"[\u4e00-\u9fff]{claim['share']}%", quote) or any(s == share for _, s in _parties(quote))
        for quote in held
    )
    return part == whole * share / 100 and told


_CLAIMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Sequence[str]], bool]], ...] = (
    *CLAIMS,
    (
        re.compile(r"(?P<whole>[\d.]+)(?P<unit>[^\d]+?)减(?P<off>[\d.]+)(?P=unit),余(?P<rest>[\d.]+)(?P=unit)"),
        _lessened,
    ),
    (
        re.compile(
            rf"(?P<before>.+合计[\d.]+(?P<unit>[^\d,]+)),(?P<rate>{re.sub(r'[?]P<[a-z]+>', '?:', _RATE.pattern)})为(?P<part>[\d.]+)(?P=unit)"
        ),
        _then_at_rate,
    ),
    (
        re.compile(
            rf"(?P<whole>[\d.]+)(?P<unit>[^\d]+?)(?P<rate>{re.sub(r'[?]P<[a-z]+>', '?:', _RATE.pattern)})为(?P<part>[\d.]+)(?P=unit)"
        ),
        _at_rate,
    ),
    (re.compile(r"(?:两者相差|前者比后者[多少高低大小])(?P<value>\d+(?:\.\d+)?)(?P<unit>.+)"), _differ),
    (re.compile(r"据此推算,(?P<of>.+?)约?为(?P<value>\d+(?:\.\d+)?)(?P<unit>[^\d]+)"), _inferred),
    (
        re.compile(r"(?P<parts>[\d.]+(?P<unit>[^\d]+?)(?:加[\d.]+(?P=unit))+),合计(?P<all>[\d.]+)(?P=unit)"),
        _adds_up,
    ),
    (
        re.compile(
            r"以(?P<whole>[\d.]+)(?P<whole_unit>[^\d,]+)计,其(?P<share>[\d.]+)%为(?P<part>[\d.]+)(?P<part_unit>[^\d]*)"
        ),
        _is_share,
    ),
)


# --- reckoned by whoever wrote the sentence --------------------------------------------------------------------------

_TERM = rf"{_FIGURE}(?:{_UNIT})?"
_RESULT = rf"(?P<value>{_FIGURE})(?P<unit>{_UNIT})(?P<thing>[\u4e00-\u9fff]{{0,8}})"
_TOTAL = r"(?:合计|共计|总计|一共|总共|加起来|相加)(?:为|是|有|达|达到)?"
_EQUATION = re.compile(rf"(?:(?P<rest>.*)[,;:])?(?P<terms>{_TERM}(?:[+-]{_TERM})+)=(?:{_RESULT})")
_DONE = r"(?P<done>[^\W\d多少高低大小长短为是有达]{1,6}?)"  #: 修路 of 多修路85公里 and 合计修路155公里
_SUMMED = re.compile(rf"(?:(?P<rest>.*)[,;:])?(?P<of>[^,;:]*?){_TOTAL}{_DONE}?{_RESULT}")
_JOINTLY = re.compile(rf"(?:(?P<rest>.*)[,;:])?(?P<of>[^,;:]+[、和与及][^,;:]+?)(?<!公)共(?:有|达)?{_DONE}?{_RESULT}")
_COUNTED_UP = re.compile(rf"(?P<rest>.*)[,;:](?P<of>)共{_RESULT}")
_COMPARES = re.compile(
    rf"(?:(?P<rest>.*)[,;:])?(?P<one>[^,;:]+?)比(?P<other>[^,;:]+?)"
    rf"(?:(?P<way>高|低|大|小|长|短|增长|上升|提高|下降|降低|多|少|增加|减少)(?:了|出)?(?:(?<=[多少加了出]){_DONE})?){_RESULT}"
)
_ABOUT, _OR_SO = "(?P<about>大?约|将近|接近|近)?", "(?P<or_so>左右|上下)?"
_SHARED = rf"(?P<other>[^,;:]+?)的{_ABOUT}(?P<value>{_FIGURE})"
_TIMES = re.compile(rf"(?:(?P<rest>.*)[,;:])?(?P<one>[^,;:]+?)是{_SHARED}倍{_OR_SO}")
_PART_OF = re.compile(rf"(?:(?P<rest>.*)[,;:])?(?P<one>[^,;:]+?)占{_SHARED}%{_OR_SO}")
_YEARS_APART = re.compile(
    r"(?:(?P<rest>.*)[,;:])?(?:从|自)?(?P<first>(?:19|20)\d\d)年?(?:到|至|[-~—])(?P<last>(?:19|20)\d\d)年,?"
    r"(?:一共|共|相隔|间隔|相距|历时|跨度为?)(?P<value>\d+)年"
)
_SHOWN = re.compile(r"\((?P<terms>[^()=]*[+-][^()=]*)(?:=[^()]*)?\)$")
#: What names all that is added up, and how many that are: 两项, 三者.
_ALL_OF_THEM = re.compile(
    r"(?:以上|上述|这|前)?(?P<count>[两二三四五六]|\d)?(?:项|者|类|个|部分|方面|(?P<own>[年省市州县区旗乡镇村]))?(?:工程|任务|目标|指标)?"
)
#: 两县 of 甲县和乙县（两县）合计.
_SUMMED_NAMES = re.compile(r"\(?[两二三四五六](?:项|者|类|个|[年省市州县区旗乡镇村])\)?$")
#: What says nothing of what a figure is of: 2020年产值为100万元.
_PLACES_AND_YEARS = frozenset("年省市州县区旗乡镇村")
_FILLS = re.compile(rf"{_FIGURE}(?:{_UNIT})?|其中|分别|达到|完成|实现|[为是有达共约的在到]")
_MOST_ADDED = 6
_NAMED_BY = 0.5  #: share of a name's character pairs from which a clause is about it


def computed(said: str, held: Sequence[str]) -> str | None:
    """What is left of a folded sentence besides a sum, a difference, a ratio or a number of years that follows from
    figures of folded quotes, each of them there with its unit; None where nothing in it follows from them.

    >>> computed("甲5件,乙2件,合计7件", ["甲有5件", "乙有2件"]), computed("甲比乙多4件", ["甲有5件", "乙有2件"])
    ('甲5件,乙2件', None)
    """
    shown = _SHOWN.search(said)
    if shown is not None:  # 合计155公里(120公里+35公里)
        said = said[: shown.start()]
        if not re.search(rf"(?:{_FIGURE})[^\d]*$", said):
            return None
    for pattern, follows in _REASONED:
        claim = pattern.fullmatch(said)
        thing = claim.groupdict().get("thing") if claim is not None else None
        if claim is not None and follows(claim, held) and (not thing or any(thing in quote for quote in held)):
            if shown is not None and not _terms_give(shown["terms"], claim, held):
                return None
            # Figures told in a row are each checked for itself.
            return re.sub(r"(\d[^\d,、]{1,6})、(?=[^\d,、]+\d)", r"\1,", claim["rest"] or "")
    return None


def without_names(said: str) -> bool:
    """Whether a folded sentence is an equation alone, that does not say what its figures are of."""
    claim = _EQUATION.fullmatch(said)
    return claim is not None and not claim["rest"]


def _result(claim: re.Match[str]) -> Decimal:
    return _number(claim["value"]) * _size(claim["unit"])


def _equation(claim: re.Match[str], held: Sequence[str]) -> bool:
    return _terms_give(claim["terms"], claim, held)


def _terms_give(terms: str, claim: re.Match[str], held: Sequence[str]) -> bool:
    """Whether terms stand in the quotes and come to the result of a claim; those without a unit have that of it."""
    there, total = _numbers(held, claim["unit"]), Decimal(0)
    for sign, digits, own in re.findall(rf"([+-]?)({_FIGURE})({_UNIT}(?=[+-]|$))?", terms):
        if own and _bare(own) != _bare(claim["unit"]):
            return False
        value = _number(digits) * _size(own or claim["unit"])
        if value not in there:
            return False
        total += -value if sign == "-" else value
    return total == _result(claim)


def _added_up(claim: re.Match[str], held: Sequence[str]) -> bool:
    """A sum of the figures of what is named, else of those that are told before it, else of all of its unit that the
    quotes have."""
    done = claim.groupdict().get("done") or ""
    every = _ALL_OF_THEM.fullmatch(claim["of"])
    if every is None:
        names = [name for name in re.split("[、和与及加]", _SUMMED_NAMES.sub("", claim["of"])) if name]
        figures = _alike(names, held, claim["unit"], done)
        return 2 <= len(figures) == len(set(names)) and sum(figures) == _result(claim)
    there = _numbers(held, claim["unit"])
    told = _numbers([claim["rest"] or ""], claim["unit"])
    own = told if len(told) > 1 else there
    if not 2 <= len(own) <= _MOST_ADDED or sum(own) != _result(claim) or any(value not in there for value in own):
        return False
    if every["count"] is not None and number_of(every["count"]) != len(own):
        return False
    if not done and every["own"] is None:
        return True
    # 两年合计 adds up what two years have of one thing.
    heads = [re.match(rf"[^\W_]+?{every['own'] or '(?=' + done + ')'}", c) for c, _, _ in _told(held, claim["unit"])]
    of = [head.group() for head in heads if head is not None]
    return len(set(of)) == len(own) and sorted(_alike(of, held, claim["unit"], done)) == sorted(own)


def _more_than(claim: re.Match[str], held: Sequence[str]) -> bool:
    if claim["unit"] in ("%", "‰"):  # 20% is no 5% more than 15%
        return False
    pair = _alike([claim["one"], claim["other"]], held, claim["unit"], claim["done"] or "")
    by = pair[0] - pair[1] if len(pair) == 2 else Decimal(0)
    return _result(claim) == (-by if claim["way"] in _LESS | {"小", "短"} else by) != 0


def _ratio(claim: re.Match[str], held: Sequence[str], scale: int) -> bool:
    """Whether one figure is as many times another as is claimed: exactly, or to the decimals that are written, or so
    where it says that it is about as many."""
    places = len(claim["value"].partition(".")[2])
    off = Decimal(10) ** -places / 2 if places or claim["about"] or claim["or_so"] else Decimal(0)
    for unit in dict.fromkeys(own for quote in held for _, own in values_in(quote)):
        pair = _alike([claim["one"], claim["other"]], held, unit)
        if len(pair) == 2 and pair[1] and pair[0] != pair[1]:
            wanted = _number(claim["value"])
            if abs(pair[0] * scale - wanted * pair[1]) <= off * pair[1]:
                return True
    return False


def _years_apart(claim: re.Match[str], held: Sequence[str]) -> bool:
    ends = [claim["first"], claim["last"]]
    stand = all(any(re.search(rf"(?<!\d){year}(?:年|[-./])", quote) for quote in held) for year in ends)
    return stand and int(ends[1]) - int(ends[0]) == int(claim["value"])


def _alike(names: Sequence[str], held: Sequence[str], unit: str, done: str = "") -> list[Decimal]:
    """The figures of a unit of things that are named beside each other; none where one has no figure, or where they are
    of two things: 甲县修路 and 乙县清淤. What one name says behind 甲县 or 2021年 goes for the others, too."""
    full = max(names, key=len, default="")
    sign = next((n[-1] for n in names if n != full and n[-1] in _PLACES_AND_YEARS and n[-1] in full), "")
    tail = full.partition(sign)[2] if sign else ""
    found = [_figure_of(n + tail if n.endswith(sign) else n, held, unit, [tail, done]) for n in names]
    told = [figure for figure in found if figure is not None]
    rests = [rest for _, rest in told if len(rest) > 1]
    one_kind = len({name[-1] for name in names}) == 1 or bool(sign)
    apart = one_kind and any(not set(rest) & set(rests[0]) for rest in rests)
    return [] if apart or len(told) < len(names) else [value for value, _ in told]


def _told(held: Sequence[str], unit: str) -> list[tuple[str, str, Decimal]]:
    """Clauses of quotes with one figure of a unit, what stands before each in its quote, and the figure."""
    found = []
    for quote in held:
        before = ""
        for clause in re.split("[,;。:、]", quote):
            own = _numbers([clause], unit)
            if len(own) == 1:
                found.append((clause, before, own[0]))
            before += clause
    return found


def _figure_of(name: str, held: Sequence[str], unit: str, of: Sequence[str] = ()) -> tuple[Decimal, str] | None:
    """The figure of a unit that quotes tell of what is named, in the clause that has most of the name, and what else that
    clause says; None where two clauses have as much of it, or none has enough. Words in ``of`` stand in the clause, or
    before one that says nothing but a name and its figure."""
    pairs = {name[i : i + 2] for i in range(len(name) - 1)} or {name}
    digits = re.findall(r"\d+", name)
    found: list[tuple[float, Decimal, str]] = []
    for clause, before, value in _told(held, unit):
        rest = "".join(c for c in _FILLS.sub("", clause) if c not in name and not c.isdigit())
        there = all(word in clause or (not rest and word in before) for word in of)
        if there and all(number in before + clause for number in digits):
            found.append((sum(pair in clause for pair in pairs) / len(pairs), value, rest))
    best = max((share for share, _, _ in found), default=0.0)
    named = {value: rest for share, value, rest in found if share == best}
    return next(iter(named.items())) if best >= _NAMED_BY and len(named) == 1 else None


_REASONED: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Sequence[str]], bool]], ...] = (
    (_EQUATION, _equation),
    (_SUMMED, _added_up),
    (_JOINTLY, _added_up),
    (_COUNTED_UP, _added_up),
    (_COMPARES, _more_than),
    (_TIMES, lambda claim, held: _ratio(claim, held, 1)),
    (_PART_OF, lambda claim, held: _ratio(claim, held, 100)),
    (_YEARS_APART, _years_apart),
)
