"""Rates by the unit (每辆每月800元, 1.2元/公里, 每满10人1套, 每人不少于2平方米) and what they come to for the numbers of a question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from corpus.labels import number_of
from qa.amounts import Amount, amounts, amounts_of_case, fits
from qa.patterns import lacks_figure

_PER = (
    r"(?:总吨|课时|学时|学期|航次|标箱|平方米|平方公里|立方米|平米|千瓦时|千瓦|公里|千米|公斤|千克|公顷|人次|小时|分钟|工作日|个月|个点|度电"
    r"|[人户家名位辆台架艘座处所间栋幢亩张套项条只头株件份车生趟站队组吨米天日周月年度班床村社校盏眼口罐]|个(?![月点工人户]))"
)
_TIMES = frozenset("年 年度 月 天 日 周 小时".split())
#: What a rate is paid to, of which there is one where a question tells no number: 每人每小时50元.
_PAID_TO = frozenset("人户家名位生车")
#: A thing and its counter are one: 每座 and 3座 alike; 每人, 30名.
_PEOPLE = frozenset("人名位生")
_EACH = re.compile(rf"(?:每满?(?:\d+(?:\.\d+)?)?{_PER}(?:[\u4e00-\u9fff]{{1,4}}(?=每))?)+")
_ONE_EACH = re.compile(rf"每满?(?P<size>\d+(?:\.\d+)?)?(?P<per>{_PER})")
_GAP = re.compile(r"[^\d,，;；。:：、每]{0,14}")
_BY_SLASH = re.compile(rf"/{_PER}(?:[/·・]{_PER})*")
_AT_LEAST = re.compile(r"不[少低小]于|不得[少低小]于|至少|最少")
#: What is no plain rate: what is added to one, and what has no figure of its own.
_AT_MOST_EACH = re.compile(r"不(?:得|能)?(?:超过|高于)|最[高多]")
_NO_RATE = re.compile(r"[超加增减扣降高另再]|不足|以上|以下|上限|封顶|限额")

#: What was so before (由每张1.2万元提高到1.5万元), and the first of two ends (每人3-5万元).
_FROM = re.compile(r"(?:[由从][^,，。;；]{0,4}|原(?!则)[^,，。;；]{0,12})$")
_GOES_ON = re.compile(r"(?:提高|增加|调整|降低|下调|上调|改)[到至为]|\s*[-—–~～至到]+\s*\d")
_PLAIN_PER = {"个月": "月", "平米": "平方米"}


@dataclass(frozen=True)
class Rate:
    """An amount by the unit, or by several."""

    value: Decimal
    unit: str
    per: tuple[tuple[Decimal, str], ...]
    least: bool = False  #: at least so much is had by each
    most: bool = False  #: at most so much


def rates_in(text: str) -> list[Rate]:
    """The rates that a folded text tells.

    >>> [(str(r.value), r.unit, [p for _, p in r.per]) for r in rates_in("按每辆每月800元给予补贴,过路费按1.2元/公里包干")]
    [('1.2', '元', ['公里']), ('800', '元', ['辆', '月'])]
    """
    told = [one for one in amounts(text) if one.unit]
    found: list[Rate] = []
    for one in told:
        slashed = _BY_SLASH.match(text, one.end)
        if slashed is not None and not _FROM.search(text[: one.start]):
            pers = tuple((Decimal(1), _PLAIN_PER.get(per, per)) for per in re.split("[/·・]", slashed.group()[1:]))
            found.append(Rate(exact(one.value), one.unit, pers))
    for each in _EACH.finditer(text):
        pers = tuple(
            (Decimal(m["size"] or 1), _PLAIN_PER.get(m["per"], m["per"])) for m in _ONE_EACH.finditer(each.group())
        )
        one_after = next((a for a in told if a.start >= each.end()), None)
        if one_after is None:
            continue
        gap = text[each.end() : one_after.start]
        least = bool(_AT_LEAST.search(gap))
        most = bool(_AT_MOST_EACH.search(gap))
        if not _GAP.fullmatch(gap) or (_NO_RATE.search(gap) and not least and not most):
            continue
        if _FROM.search(text[: each.start()]) or _GOES_ON.match(text, one_after.end):
            continue
        found.append(Rate(exact(one_after.value), one_after.unit, pers, least, most))
    return list(dict.fromkeys(found))


def product_of(core: str, texts: Sequence[str]) -> tuple[str, Decimal, str] | None:
    """What the one rate of folded texts comes to for the numbers that a folded question gives, as a sentence, the amount and
    its unit; None where no rate is of what the question counts, or two are.

    >>> product_of("租20辆车每月能领多少钱?", ["按每辆每月800元给予补贴"])[0]
    '每辆每月800元，20辆每月合计1.6万元。'
    """
    told = {found for rate in _rates(texts) if (found := _applied(rate, core, texts)) is not None}
    if len(told) > 1:  # 80至89周岁每月100元，90周岁以上每月300元: the clause that holds for the one of whom is asked
        case = [one for one in amounts_of_case(core) if one.unit == "岁"]
        own = [part for text in texts for part in re.split("[,，;；]", text) if fits(case, part) > 0] if case else []
        told = {found for rate in _rates(own) if (found := _applied(rate, core, texts)) is not None}
    return next(iter(told)) if len(told) == 1 else None


def _rates(texts: Sequence[str]) -> Iterator[Rate]:
    for text in texts:
        yield from rates_in(text)


def _applied(rate: Rate, core: str, texts: Sequence[str]) -> tuple[str, Decimal, str] | None:
    if rate.least:
        return _held_by(rate, core)
    total, counted, left = rate.value, "", ""
    for size, per in rate.per:
        number = None if f"每{per}" in core or f"每个{per}" in core else _number_of(per, core, texts)
        if number is None and size == 1 and per in _TIMES:
            left += f"每{per}"
        elif number is None and size == 1 and per in _PAID_TO:
            continue
        elif number is None:
            return None
        elif number == 1 and size == 1 and per in _TIMES:
            left += f"每{per}"
        else:
            times = number / size
            total *= times.to_integral_value(ROUND_FLOOR) if rate.unit not in _DIVISIBLE or size != 1 else times
            counted += f"{plain(number)}{_counted(per)}"
    said = f"{_said(rate)}，{counted}{left}合计{'最多' if rate.most else ''}{written(total, rate.unit)}。"
    if not counted or total == rate.value or lacks_figure(core, [said]):
        return None
    return said, total, rate.unit


#: Amounts of which there are fractions.
_DIVISIBLE = frozenset(("元", "平方米", "立方米", "吨", "克", "米", "小时", "千瓦", "千瓦时"))


def _said(rate: Rate) -> str:
    pers = "".join(f"每{'满' if size != 1 else ''}{plain(size) if size != 1 else ''}{per}" for size, per in rate.per)
    return f"{pers}{'不超过' if rate.most else ''}{written(rate.value, rate.unit)}"


def _counted(per: str) -> str:
    return "个月" if per == "月" else per


def _number_of(per: str, core: str, texts: Sequence[str]) -> Decimal | None:
    """How many of a unit a folded question gives; None where it gives none or several, or where the number is that of a
    condition that the texts tell."""
    one = _unit_of(per)
    if one is None:
        own = {Decimal(told) for told in re.findall(rf"(?<![\d.])(\d+(?:\.\d+)?){per}", core)}
        return own.pop() if len(own) == 1 else None
    given = {a.value for a in amounts(core) if a.unit == one.unit and not _BOUND.match(core, a.end)}
    if not given and per in _PEOPLE:
        given = {float(n) for told in _HEADS.finditer(core) if (n := _counted_heads(told)) is not None}
    if len(given) != 1:
        return None
    number = next(iter(given))
    if number != one.value and any(
        a.value == number and a.unit == one.unit and _IS_CONDITION.match(text, a.end)
        for text in texts
        for a in amounts(text)
    ):
        return None  # 工作满3年的，每年补1000元
    return exact(round(number / one.value, 6))


_IS_CONDITION = re.compile("及?以[上下内]|[^,，;；。]{0,6}的(?=[,，;；。每]|$)")


#: How many people a question speaks of: 一家三口, 两个孤儿.
_HEADS = re.compile(
    r"(?P<count>\d+|[两二三四五六七八九])(?:口(?!子|井)|个(?![半多]?月|半|小时|钟头|星期|工作日|百分点|点|项目|部门|单位|[省市县区乡镇村]|地方|以[上下]))"
)


def _counted_heads(told: re.Match[str]) -> int | None:
    return number_of(told["count"].replace("两", "二"))


def rate_applies(core: str, text: str, bare: bool = True) -> bool:
    """Whether a folded text tells a rate for what a folded question counts by a measure (500立方米), or, not ``bare``, for
    any number that it gives; a number of months or years is none."""
    for rate in rates_in(text):
        own = [per for _, per in rate.per if per not in _TIMES and (not bare or per not in _PAID_TO)]
        counted = rate.least or any(_number_of(per, core, [text]) is not None for per in own)
        if counted and _applied(rate, core, [text]) is not None:
            return True
    return False


#: What makes a number a bound and no count: 5人以上, 2小时后.
_BOUND = re.compile("(?:及|之)?(?:以[上下内后外]|后|内|之[后内外])")


def _unit_of(per: str) -> Amount | None:
    found = amounts(f"1{'个' if per == '月' else ''}{'人' if per in _PEOPLE else per}")
    return found[0] if len(found) == 1 and found[0].unit else None


def _held_by(rate: Rate, core: str) -> tuple[str, Decimal, str] | None:
    """Of how many there may be at most where each has at least so much of what the question gives."""
    if len(rate.per) != 1 or rate.per[0][0] != 1 or not re.search(r"几[个名位人]?|多少[个名位]?人?", core):
        return None
    own = {a.value for a in amounts(core) if a.unit == rate.unit}
    if len(own) != 1 or rate.value <= 0:
        return None
    whole, per = exact(next(iter(own))), rate.per[0][1]
    if whole < rate.value or per not in _PEOPLE:
        return None
    number = (whole / rate.value).to_integral_value(ROUND_FLOOR)
    said = f"每{per}不少于{plain(rate.value)}{rate.unit}，{plain(whole)}{rate.unit}最多{plain(number)}{per}。"
    return said, number, per


# --- what is added above a threshold ----------------------------------------------------------------------------------

_STEPS = re.compile(
    r"(?:超过|超出|达到|满)(?P<from>\d[^,，。;；的每]{1,8}?)(?:的|以上|(?=[,，;；]))[^。每]{0,20}?"
    rf"每(?:再|满)?(?:超过|超出|超|增加|增|高出|多出|多)?(?P<step>\d[\d.]*[万亿]?(?:{_PER}|元)|{_PER})"
    r"[^\d。;；]{0,10}[加增][发收补付加]?[^\d。;；]{0,6}(?P<more>\d[\d.]*[万亿]?元)"
)


def stepped_of(core: str, texts: Sequence[str]) -> str:
    """What an amount comes to by what is added for each unit above a threshold, for the number that a folded question gives
    (管护超过5公里的，每超过1公里加发120元).

    >>> stepped_of("管8公里补多少钱?", ["补助3600元,超过5公里的,每超过1公里加发120元"])
    '超过5公里的3公里加360元，3600元加360元，合计3960元。'
    """
    found = set()
    for text in texts:
        for steps in _STEPS.finditer(text):
            base, limit = _other_money(text, steps), _one_amount(steps["from"])
            step, more = _one_amount(steps["step"]), _one_amount(steps["more"])
            if base is None or limit is None or step is None or more is None or limit.unit != step.unit:
                continue
            own = {a.value for a in amounts(core) if a.unit == limit.unit and not _BOUND.match(core, a.end)}
            if len(own) != 1 or (value := next(iter(own))) <= limit.value:
                continue
            over = exact(value) - exact(limit.value)
            added = (over / exact(step.value)).to_integral_value(ROUND_FLOOR) * exact(more.value)
            size = exact(step.value) / (_leading(steps["step"]) or 1)
            unit = re.sub(r"^[\d.]+", "", steps["step"])
            told = f"超过{steps['from']}的{plain(over / size)}{unit}加{plain(added)}元"
            whole = exact(base)
            found.add(f"{told}，{plain(whole)}元加{plain(added)}元，合计{plain(whole + added)}元。")
    return found.pop() if len(found) == 1 else ""


def _leading(text: str) -> Decimal | None:
    digits = re.match(r"[\d.]+", text)
    return Decimal(digits.group()) if digits else None


def _one_amount(text: str) -> Amount | None:
    found = [
        one for one in amounts(text if re.match(r"\d|[一二两三四五六七八九十百千万]", text) else f"1{text}") if one.unit
    ]
    return found[0] if len(found) == 1 else None


def _other_money(text: str, steps: re.Match[str]) -> float | None:
    """The one amount of money up to the end of a rule for steps that is none of its own."""
    own = [steps.span(name) for name in ("from", "step", "more")]
    before = amounts(text[: steps.end()])
    told = {one.value for one in before if one.unit == "元" and not any(a <= one.start < b for a, b in own)}
    return told.pop() if len(told) == 1 else None


_STEPPED = re.compile(r"超过(?P<from>[^,，]+?)的(?P<over>[\d.]+[^\d,]+?)加[\d.]+元,[\d.]+元加[\d.]+元,合计[\d.]+元")


def _stepped(claim: re.Match[str], held: Sequence[str]) -> bool:
    """Whether a claim is what follows from a quote for the number by which it is over the threshold."""
    limit, over = _one_amount(claim["from"]), _one_amount(claim["over"])
    written_as = re.fullmatch(r"([\d.]+)(\D+)", claim["over"])
    if limit is None or over is None or written_as is None or limit.unit != over.unit or not over.value:
        return False
    given = (exact(limit.value) + exact(over.value)) * Decimal(written_as[1]) / exact(over.value)
    told = stepped_of(f"{plain(given)}{written_as[2]}", held)
    return told.replace("，", ",").rstrip("。") == claim.group()


_NUMBERS = rf"(?:[\d.]+{_PER})+"
_TIMES_UNIT = re.compile(
    rf"(?P<rate>(?:每满?[\d.]*{_PER})+(?:不超过)?[\d.]+[^\d,]+),(?P<counted>{_NUMBERS})(?P<left>(?:每{_PER})*)合计(?P<most>最多)?(?P<all>[\d.]+)(?P<scale>[万亿]?)(?P<unit>[^\d]+)"
)
_AT_MOST = re.compile(
    rf"每(?P<per>{_PER})不少于(?P<least>[\d.]+)(?P<unit>[^\d,]+),(?P<whole>[\d.]+)(?P=unit)最多(?P<all>\d+)(?P=per)"
)


def _multiplied(claim: re.Match[str], held: Sequence[str]) -> bool:
    """Whether a claim multiplies a rate that the quotes tell by numbers of its units, one for each but those that are left."""
    told = rates_in(claim["rate"])
    if len(told) != 1 or told[0] not in list(_rates(held)) or told[0].unit != claim["unit"]:
        return False
    if told[0].most != bool(claim["most"]):
        return False
    rate, total = told[0], told[0].value
    numbers = {_PLAIN_PER.get(p, p): Decimal(n) for n, p in re.findall(rf"([\d.]+)({_PER})", claim["counted"])}
    left = re.findall(rf"每({_PER})", claim["left"])
    for size, per in rate.per:
        number = numbers.pop(per, None)
        if number is not None:
            times = number / size
            total *= times.to_integral_value(ROUND_FLOOR) if rate.unit not in _DIVISIBLE or size != 1 else times
        elif per not in left and per not in _PAID_TO:
            return False
    return not numbers and total == Decimal(claim["all"]) * {"": 1, "万": 10**4, "亿": 10**8}[claim["scale"]]


def _divided(claim: re.Match[str], held: Sequence[str]) -> bool:
    least, whole = Decimal(claim["least"]), Decimal(claim["whole"])
    told = any(
        r.least and r.value == least and r.unit == claim["unit"] and [p for _, p in r.per] == [claim["per"]]
        for r in _rates(held)
    )
    return told and (whole / least).to_integral_value(ROUND_FLOOR) == Decimal(claim["all"])


CLAIMS = ((_TIMES_UNIT, _multiplied), (_AT_MOST, _divided), (_STEPPED, _stepped))


# --- numbers as people write them -------------------------------------------------------------------------------------


def exact(value: float) -> Decimal:
    """A value as it is written, without what a float adds to it."""
    return Decimal(str(value)) if value % 1 else Decimal(int(value))


def plain(value: Decimal) -> str:
    """A number without zeros that say nothing."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def written(value: Decimal, unit: str) -> str:
    """A number with its unit, with 万 or 亿 where that makes it shorter: 1.6万元, 62920元."""
    for scale, size in (("亿", 10**8), ("万", 10**4)):
        if value >= size and value % (size // 100) == 0:
            return f"{plain(value / size)}{scale}{unit}"
    return f"{plain(value)}{unit}"
