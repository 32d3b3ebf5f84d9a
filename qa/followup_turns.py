"""What a follow-up does to the turns before it: it corrects itself, takes up an earlier turn, or compares the last two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.labels import number_of
from qa.question import kinds_of
from qa.slots import place_before
from qa.topics import ASKS, cut_words, own_words, topic_of

#: 不是这个, 我不是问甲类: what was understood wrongly.
_WRONG = (
    r"(?:(?:不对|不是(?:这个|那个|的)?|错了|[搞弄说问]错了|哦不|不不+|(?:我|咱们?)?(?:并)?不是(?:要|想|在)?[问说指](?:的)?(?!的?是)[^，,。？?]{1,12})"
    r"(?:啊|呀|吧)?[，,。！! ]+)"
)
_MEANT = r"(?:我|咱们?)(?:是|就是|刚才)?(?:想|要)?(?:[问说指](?:的)?(?:就?是)|是(?:想|要)?[问说指])"
_CORRECTION = re.compile(
    rf"(?:(?P<wrong>{_WRONG})(?:{_MEANT}|[问说指]的是|应该是|而?是)?|{_MEANT})(?:不是[^，,]{{1,12}}[，,]\s*(?:而?是)?)?(?P<meant>[^。！!]+)[。！!]*"
    r"|(?:我)?(?:[问说指]的)?不是[^，,？?是]{1,12}[，,]\s*(?:而?是)(?P<other>[^，,？?。]{1,20})[。]?"
)
_LONGEST_MEANT = 20  #: characters of what is meant behind a plain 不对


def corrected(question: str) -> str:
    """What a turn that corrects the last question asks about, as a question of its own; "" for any other turn.

    >>> corrected("不对，我问的是乙类"), corrected("我是说虐待"), corrected("不是甲类，是乙类")
    ('乙类呢？', '虐待呢？', '乙类呢？')
    """
    found = _CORRECTION.fullmatch(question.strip())
    if found is None:
        return ""
    meant = (found["meant"] or found["other"]).strip("，, ")
    asks = bool(ASKS.search(meant) or re.search("[吗呢?？]$", meant))
    if found["meant"] and re.match(r"[吗么吧？?]", meant) or (len(meant) > _LONGEST_MEANT and not asks):
        return ""
    return meant if asks else f"{meant}呢？"


_EARLIER = r"(?:刚才|刚刚|前面|之前|先前|上面|最开始|一开始|开头)"
_US = r"(?:你|您|我|我们|咱们)?"
_SAID = r"(?:[说问提讲谈](?:到|过)?的?)"
_TAKEN_UP = re.compile(
    rf"(?:(?:再)?(?:回到|说回|回头说){_US}{_EARLIER}{_US}{_SAID}?的?(?:(?:问题|话题)(?=[，,：:]))?"
    rf"|{_US}{_EARLIER}{_US}{_SAID})[，,：: ]*(?=[^，,？?。]{{2}})(?![那这][个项条种]?)"
)


def taken_up(question: str, asked: Sequence[tuple[str, str]]) -> tuple[int, str]:
    """Which of the turns (question, answer) a follow-up is about, and what it asks of it: the one that it goes back to, as
    in 刚才说的补贴怎么发, where one speaks of what it names; else the last one."""
    back = _TAKEN_UP.match(question)
    if back is None and (to := _BACK_TO_NAMED.match(question)):
        turns = [i for i, (q, _) in enumerate(asked) if to["to"] in q]
        if turns:
            return turns[-1], question[to.end() :]
    rest = question[back.end() :] if back is not None else question
    named = [word for word in own_words(rest) if len(word) > 1 or word.isascii()] if back is not None else []
    spoken = [sum(word in q for word in named) * 2 + sum(word in a for word in named) for q, a in asked]
    best = max(spoken, default=0)
    return (len(spoken) - 1 - spoken[::-1].index(best), rest) if spoken else (0, rest)


_BACK_TO_NAMED = re.compile(
    rf"(?:那|我们?|咱们?)?(?:再?(?:回到|说回|回头[说看])|再(?:说回|说|看|问)(?![说看问一下]))(?!{_US}{_EARLIER})(?P<to>[^，,。？?]{{2,12}}?)(?:的?问题|[这那][边里个])?[，,：:]\s*(?=..)"
)


def back_to_place(question: str) -> tuple[str, str]:
    """The place that a follow-up goes back to, and what it asks of it; two "" where it goes back to none.

    >>> back_to_place("回到白沙市，补贴多少？")
    ('白沙市', '补贴多少？')
    """
    back = _BACK_TO_NAMED.match(question)
    if back is None or place_before(back["to"]) != back["to"]:
        return "", ""
    return back["to"], question[back.end() :]


def back_to_thing(question: str, asked: Sequence[str]) -> str:
    """A follow-up that goes back to something that no earlier question names, with that before what it asks; "" for any
    other.

    >>> back_to_thing("回到航道，举报找谁？", ["禁航区怎么划？", "灯塔由谁修？"])
    '航道，举报找谁？'
    """
    back = _BACK_TO_NAMED.match(question)
    if back is None or any(back["to"] in earlier for earlier in asked):
        return ""
    return f"{back['to']}，{question[back.end() :]}"


def goes_back(question: str) -> bool:
    """Whether a follow-up says that it goes back to an earlier turn."""
    return bool(_TAKEN_UP.match(question) or _BACK_TO_NAMED.match(question))


_OF = r"(?:哪|谁|相?差|一样|是不是|是否|有)"
_THESE_TWO = (
    r"(?:那么?)?(?:[这那他它]们?)?(?:[两俩二]|之间)?(?:个|者|家|项|条|种|类|边|年|份|地)?"
    rf"(?:部门|单位|数字?|(?<=[两俩二个家份种类])[\u4e00-\u9fff]{{1,3}}(?={_OF}))?(?:相比|比起来|之间)?[，,]?"
)
_HOW = r"(?:多|少|高|低|大|小|快|慢|长|短|贵|便宜|严|重|轻|早|晚)"
_GREW = r"(?:(?:提高|增加|增长|上升|上涨|减少|降低|下降|[涨降多少])了?多少)"
_COMPARES = re.compile(
    rf"{_THESE_TWO}(?P<asks>(?:哪(?:一)?(?:个|边|家|种|类|项|条|年)|谁)的?[\u4e00-\u9fff]{{0,3}}?[更要最]?{_HOW}(?:一?[些点])?"
    rf"|相?差(?:了)?多少|(?P<grew>{_GREW})|(?:是不是|是否)?一样{_HOW}?[吗么不]?|有(?:没有)?(?:什么|啥)?(?:区别|不同|差别)[吗么]?)(?:呢|啊|呀|了)?[?？]?"
)


#: 这两项, 那两个部门, 两个城市.
_TWO = re.compile(
    r"(?:那么?)?(?:[这那]|它们|他们)?(?:[两俩](?:个|项|条|种|家|类|者|件|笔|级|档|份)|二者)"  # 二级 is one of several
    r"(?:部门|单位|任务|项目|工作|事|城市|地方|地区|文件|办法|方案|[省市县区])?(?:之间)?(?:的|[，,])?"
)


def of_both(question: str, first: str, second: str) -> str:
    """A follow-up that compares what the last two questions asked about, with both of them named; "" for any other, and
    where the two did not ask the same.

    >>> of_both("哪个更多？", "甲县拨了多少钱？", "乙县拨了多少钱？")
    '甲县和乙县拨了多少钱，哪个更多？'
    >>> of_both("提高了多少？", "渔船每艘补多少？", "2018年的办法里，渔船每艘补多少？")
    '现行办法和2018年的办法里，渔船每艘补多少，差多少？'
    """
    compares, two = _COMPARES.fullmatch(question.strip()), _TWO.match(question)
    if compares is None and two is None:
        return ""
    both, apart = both_asked(first, second), _apart(first, second)
    if compares:
        if compares["grew"] and not (apart and re.search(r"(?:19|20)\d\d|年|版|[新旧现]", apart[1] + apart[2])):
            return ""  # what grows is one thing at two times
        asks = "差多少" if compares["grew"] else compares["asks"]
        if both:
            return f"{both[0]}和{both[1]}{both[2]}，{asks}？"
        return f"{apart[0]}{apart[1]}和{apart[2]}{apart[3]}，{asks}？" if apart else ""
    assert two is not None
    rest = question[two.end() :]
    # What is asked anew is asked of the two things alone: 两个市的标准 of 甲市乙类补多少, 丙市乙类补多少.
    one, other = apart[1:3] if apart and own_words(rest) else both[:2] if both else ("", "")
    return (
        f"{one}和{other}{'的' if two.group().endswith('的') and apart and own_words(rest) else ''}{rest}" if one else ""
    )


_DOES = r"(?:能|可以|会|要|得|应该|需要?)*(?:[拿领补交付花发罚招收给退建用]|补贴|补助|安排|投入)?(?:是|有|到|了)*"
#: 那三个人一共多少, 两个加起来呢, 保教费差多少, 比旧的多多少: what the figures of the last turns come to.
_RECKONED = re.compile(
    r"(?:那么?)?(?:[这那他她它]们?)?(?:(?P<number>[两俩二三四五])(?:个|者|家|项|条|种|类|边|份|地)?(?:人|地方|[省市县区])?)?的?(?P<aspect>(?:(?![年月天周半一两二三四五六七八九十])[\u4e00-\u9fff]{1,6}?)?)[，,]?"
    rf"(?P<how>{_DOES}(?:加起来|加一起|加在一起|一共|总共|合计|共计|总计)(?P<sum>{_DOES}(?:多少|几[\u4e00-\u9fff])[\u4e00-\u9fff]{{0,3}}?)?"
    r"|相?差(?:了)?(?:是)?(?:多少|几[\u4e00-\u9fff]{1,3})|比(?:前(?:一个|者|面的?)|上一个|[旧老]的?|原来的?|以前的?)(?:要)?[多少高低大贵长短](?:了|出)?(?:多少|几[\u4e00-\u9fff]{1,3}))"
    r"(?:钱|元|块钱?)?(?:呢|啊|呀)?[?？]?"
)


def reckoned(question: str, asked: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """A follow-up that asks what the figures of the last turns come to, with all of them named, and what is asked of each;
    "" and none for any other, and where the last turns did not ask the same of several things.

    ``asked``: the questions of the talk, each made to stand alone.

    >>> reckoned("两个加起来呢？", ["甲园招多少人？", "乙园招多少人？"])
    ('甲园和乙园招多少人，一共多少？', ('甲园招多少人？', '乙园招多少人？'))
    >>> reckoned("收费差多少？", ["甲园招多少人？", "乙园招多少人？"])
    ('甲园和乙园的收费差多少？', ('甲园的收费是多少？', '乙园的收费是多少？'))
    """
    found = _RECKONED.fullmatch(question.strip())
    if found is None or not (
        found["sum"] or re.search("差|比|加|呢", found["how"]) or question.strip("？? ").endswith("呢")
    ):
        return "", ()
    wanted = number_of((found["number"] or "").replace("俩", "两")) or 0
    told = list(asked[-(wanted or 2) :])
    while not wanted and len(told) < len(asked) and _alike(asked[-len(told) - 1], told[0]) and "差" not in found["how"]:
        told.insert(0, asked[-len(told) - 1])
    if len(told) < 2 or len(told) < wanted or not all(_alike(a, b) for a, b in pairwise(told)):
        return "", ()
    aspect = "" if found["aspect"] in told[0] else found["aspect"]  # 那三个园, of gardens
    if not aspect and "count" not in kinds_of(told[0]):
        return "", ()  # of 甲市有哪些公园 nothing comes to anything
    sums = re.search("加|共|计", found["how"])
    if sums is None and len(told) > 2:
        return "", ()
    ask = "一共多少" if sums else "差多少"
    both, apart = both_asked(told[0], told[-1]), _apart(told[0], told[-1])
    if own_words(aspect):
        if ASKS.search(aspect) or not both:
            return "", ()
        things = [topic_of(text) for text in told]
        return f"{_joined(things)}的{aspect}{ask}？", tuple(f"{t}的{aspect}是多少？" for t in things)
    if apart and not both:
        parts = [_apart(told[0], text) for text in told[1:]]
        names = [apart[1], *(part[2] for part in parts if part)]
        return f"{apart[0]}{_joined(names)}{apart[3]}，{ask}？", tuple(told)
    assert both is not None
    return f"{_joined([topic_of(text) for text in told])}{both[2]}，{ask}？", tuple(told)


def _alike(first: str, second: str) -> bool:
    """Whether two questions ask the same of two things."""
    return bool(both_asked(first, second) or _apart(first, second))


def _joined(names: Sequence[str]) -> str:
    return f"{'、'.join(names[:-1])}和{names[-1]}"


_LONGEST_PART = 12  #: characters in which two questions differ that ask the same


def _apart(first: str, second: str) -> tuple[str, str, str, str] | None:
    """What two questions have before the one piece in which they differ, that piece of each, and what they have behind it;
    None where they differ in more."""
    one, other = (cut_words(text.strip("？?。 ")) for text in (first, second))
    before = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    left = min(len(one), len(other)) - before
    behind = next((i for i in range(left) if one[-1 - i] != other[-1 - i]), left)
    lead, tail = "".join(one[:before]), "".join(one[len(one) - behind :])
    a, b = ("".join(words[before : len(words) - behind]) for words in (one, other))
    if a + b and not (a and b) and (a or b).endswith("里，"):
        a, b = a or "现行办法里，", b or "现行办法里，"  # another edition
    if a.endswith("里，") and b.endswith("里，"):
        a = a[:-2]
    short = 0 < len(a) <= _LONGEST_PART and 0 < len(b) <= _LONGEST_PART
    return (lead, a, b, tail) if short and behind and ASKS.search(tail) else None


def both_asked(first: str, second: str) -> tuple[str, str, str] | None:
    """What two questions ask about, and what they ask of it, where that is the same of two things."""
    one, other = topic_of(first), topic_of(second)
    if not one or not other or one in other or other in one:
        return None
    asked, same = (text.partition(name)[2].strip("？?。 ") for text, name in ((first, one), (second, other)))
    return (one, other, asked) if asked and asked == same else None
