"""Follow-ups that point at an item of the list that the talk is about: 那第二条呢, 倒数第二个, 后面两代, 前者."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.labels import number_of
from qa.followup_said import Said
from qa.question import kinds_of
from qa.topics import ASKS, NUMERAL, QUOTED, UNIT, begins_predicate, cut_words, own_words

ORDINAL = re.compile(
    rf"(?P<back>倒数|最后)?第(?P<nth>{NUMERAL})(?P<unit>{UNIT})|(?:最后|末)(?P<last>一)(?P<unit2>{UNIT})|"
    rf"(?:再)?(?P<step>[下上]|[前后上下](?=面?的?那一))(?:面?的?那)?一(?P<unit3>{UNIT})"
    rf"|(?P<side>后|前|最后|头|剩下|另外)(?:面|边)?的?(?P<some>{NUMERAL})(?P<unit4>{UNIT})"
)


#: An item by its place alone, no 第三产业 and no 第一批城市 where a noun goes on with it.
_NTH = re.compile(rf"(?:那么?|它的?|其中的?)?(?:倒数)?第{NUMERAL}(?:个|条|项|点|种|类|款|步|档|级)")
#: Words by which something said is said once more: 再说一遍, 能解释一下吗.
TOLD_AGAIN = re.compile(
    r"的?(?:请|麻烦|能不能|可不可以|能|可以|你|给我|帮我)*(?:再|重新?)?(?:[说讲念]|解释|重复|介绍|展开|说明|讲解)(?:[说讲])?(?:一?[遍下次点])?"
    r"(?:[吗吧呗]|好吗|行吗|可以吗)?"
)


def points_at_item(question: str) -> bool:
    """Whether a question begins with an item by its place, and goes on to ask of it or to have it told again.

    >>> points_at_item("第五项是所有人都要交吗？"), points_at_item("第三项再说一遍"), points_at_item("第三产业占多少？")
    (True, True, False)
    """
    named = _NTH.match(question)
    rest = question[named.end() :] if named else ""
    first = (cut_words(rest) or [""])[0]
    begins = begins_predicate(first) or bool(ASKS.match(rest) or re.match("[的，,再]", rest))
    return named is not None and (begins or bool(TOLD_AGAIN.fullmatch(rest.strip("？?。 "))))


def by_place(bare: str, answer: str, said: Sequence[Said]) -> Said | None:
    """那第二条呢, 倒数第二个, 后面两代, 下一条, 前者: what stands there in the list that the talk is about."""
    its = _ITS.match(bare)
    if its and said[-1].place is not None:
        return Said(f"{said[-1].entity}的{bare[its.end() :]}", answer)
    bare = bare[its.end() :] if its else bare
    article = re.fullmatch(rf"(第{NUMERAL}[条章节款])(?:呢|的呢|讲了?什么|说了?什么|怎么[说写]的?)?[?？]?", bare)
    before = re.search(rf"第{NUMERAL}[条章节款]", said[-1].question)
    if article and before and article[1][-1] == before.group()[-1]:
        last = said[-1].question
        return Said(last[: before.start()] + article[1] + last[before.end() :], answer)
    moved = None if its else _place_moved(bare, said[-1])  # 它的第三点 is no other place beside it
    if moved:
        return Said(moved, answer)
    source = next((turn for turn in reversed(said) if turn.items), None)
    pair = re.search(rf"前者|后者|(?<!最)[前后]一{UNIT}", bare)
    found = ORDINAL.search(bare)
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
    topic = ORDINAL.search(source.list_topic) if source and found["nth"] else None
    nested = (
        topic is not None and bool(topic["unit"]) and topic["unit"] != unit
    )  # 第二点 of 第三项行动; 第七项 stands beside it
    if source and nested and not own_words(rest := bare[found.end() :]):
        return Said(f"{source.list_topic}的{found.group()}{rest if rest.strip('的呢？?。 ') else '是什么？'}", answer)
    if source and places:
        return _chosen(bare, found.span(), places, source, answer, said[-1])
    if source and found["nth"] and source.list_topic and not own_words(bare[found.end() :]):
        return Said(f"{source.list_topic}的{found.group()}是什么？", answer)  # there is none: that is told
    text = f"{said[-1].question}{said[-1].answer}"
    counts = [number_of(n) or 0 for n in re.findall(rf"(?<![第前后])({NUMERAL}){unit}", text)]
    places = _places(found, max(counts, default=0), None) if found["side"] or found["back"] or found["last"] else ()
    if places and re.search(rf"第{NUMERAL}{unit}", text):
        named = "、".join(f"第{_CN[p + 1]}{unit}" for p in places if p + 1 < len(_CN))
        if named:
            return Said(f"{said[-1].about}，{bare[: found.start()]}{named}{bare[found.end() :]}", answer)
    return None


#: 它的第一条, 这条下面的第二点: an item of what was asked about.
_ITS = re.compile(
    rf"(?:它们?|其|[这那该](?:一)?(?:个|条|项|章|节|部分))(?:下面|里面?|中|当中)?的?(?=(?:倒数)?第{NUMERAL}{UNIT})"
)


def _place_moved(bare: str, before: Said) -> str | None:
    """The last question about another place of the same list: 第一种情形是什么, 那第二条呢 -> 第二种情形是什么; with a
    predicate of its own where the noun is said again: 第一个统筹是什么, 第三个统筹抓什么. None where the place may be one
    of the list that the answer gave."""
    last = before.question
    new = ORDINAL.match(bare)
    olds = [m for m in ORDINAL.finditer(last) if m["nth"]]
    if new is None or not new["nth"] or not olds:
        return None
    old, rest = olds[-1], bare[new.end() :]
    place = f"{new['back'] or ''}第{new['nth']}{old['unit']}"
    if not rest.strip("的呢？?。 "):
        if before.items and old["unit"] != new["unit"]:
            return None
        return f"{last[: old.start()]}{place}{last[old.end() :]}"
    more = _ASKED_OF_PLACE.fullmatch(rest)
    # The title of the old place goes with it: 第三条管好危化品谁牵头.
    nothing = not own_words(_NAME_OF_PLACE.sub("", last[old.end() :]))
    alike = more is not None and kinds_of(more["asked"]) & kinds_of(last) & {"who", "duty", "when", "count"}
    if more is not None and old["unit"] == new["unit"] and (nothing or alike):
        return f"{last[: old.start()]}{place}{more['asked']}"
    noun = rest[:2]
    same = len(noun) == 2 and last.startswith(noun, old.end()) and not ASKS.search(noun)
    return last[: old.start()] + bare if same else None


#: 那第四条呢，提到了哪几个平台 and 第四条由谁牵头: what is asked of another place, which is not named again.
_ASKED_OF_PLACE = re.compile(
    r"(?:的?呢[，,？?。]|[，,])?(?P<asked>(?:又|还|是|具体|主要|下面|里面?)*(?:由谁|归谁|谁|讲|说|写|提|规定|要求|有|包括|分|列|哪|是什么|叫).+)"
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


def _chosen(bare: str, span: tuple[int, int], places: tuple[int, ...], source: Said, answer: str, last: Said) -> Said:
    named = "、".join(source.items[p] for p in places)
    topic = source.list_topic
    rest = bare[span[1] :]
    # 第三条原则 after a list of 基本原则: the noun is said by the topic already.
    noun = re.match(r"[\u4e00-\u9fff]{2}(?=[具怎什是有呢的里讲说由要规指])", rest)
    if noun and (topic.endswith(noun.group()) or re.search(rf"(?:什么|哪些){noun.group()}", source.question)):
        rest = rest[2:]
    subject = f"{topic}中的{named}" if topic and not any(item in topic for item in source.items) else named
    tail = rest.strip("的呢？?。 ，,")
    tail = "" if TOLD_AGAIN.fullmatch(tail) else tail
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
    return Said(text, answer, source.items, places[-1], topic, named)
