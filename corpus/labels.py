"""The numbers before headings and list items: 第一章, 一、, （一）, 1., ①, 一是, 总论, 附件1."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_DIGITS = {"〇": 0, "零": 0, "○": 0, "两": 2, **{digit: n for n, digit in enumerate("一二三四五六七八九", 1)}}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
#: The characters of the Chinese numbers that count articles and items, for a class of a pattern.
HAN_NUMERALS = "一二三四五六七八九十百千零〇○两"
_HAN = f"[{HAN_NUMERALS}]"
_NUM = rf"(?:{_HAN}{{1,7}}|[0-9０-９]{{1,4}})"
_ORDINALS = {"首先": 1, "其次": 2, "再次": 3, "最后": 0}

#: From the outside in. A document may nest in another order; the outline then follows its numbering.
DEPTH = {
    "编": 0,
    "部分": 0,
    "分编": 1,
    "word": 2,
    "章": 2,
    "节": 3,
    "一、": 4,
    "条": 5,
    "款": 6,
    "（一）": 7,
    "1.": 8,
    "1.1": 9,
    "1.1.1": 10,
    "（1）": 11,
    "1)": 12,
    "①": 13,
    "一是": 14,
    "首先": 14,
}

#: Headings of chapter rank that carry no number.
CHAPTER_WORDS = (
    "总论", "绪论", "序论", "导论", "导言", "导读", "引言", "前言", "序言",
    "自序", "代序", "序", "摘要", "内容摘要", "结论", "结语", "结束语", "余论",
    "后记", "跋", "致谢", "鸣谢", "参考文献", "附录", "附件", "附表", "附则",
    "凡例",
)  # fmt: skip
_WORDS = "|".join(r"\s*".join(word) for word in sorted(CHAPTER_WORDS, key=len, reverse=True))

# A number that a sentence refers to rather than begins with: 第三条规定, （一）所列, 一、二、三产业.
_REFERS = re.compile(
    r"^(?:规定|所列|所称|所述|所指|和第|及第|或第|至第|、第|中的|之[一二三四五六七八九十]|的|项(?!目)|款(?!项)|条(?![件例])|、[（(])"
)

# A heading directly behind 1.1, where a unit of measure would make it a decimal: 1.1编制目的, not 1.1亿元.
_UNIT = (
    "[多余个万亿千百元倍米吨亩件辆兆年月天号折%]|人(?![员力才])|分(?![级类工析])|名(?!词)|户(?!外)|家(?!庭)|台(?!账)|小时|平方|公[里斤顷]|立方"
    "|级(?!别)|成(?![立员果])"
)
_SHORT_WORDS = rf"(?!{_UNIT})[\u4e00-\u9fff][^，；：,;\d]{{1,24}}(?:$|。)"

_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("word", re.compile(rf"({_WORDS})(?:\s*([0-9０-９]{{1,2}}|[一二三四五六七八九十]{{1,2}}))?\s*(?=$|[\s：:“《])")),
    ("编", re.compile(rf"第\s*({_NUM})\s*[编篇]\s*")),
    ("分编", re.compile(rf"第\s*({_NUM})\s*分\s*[编篇]\s*")),
    ("部分", re.compile(rf"第\s*({_NUM})\s*部\s*分\s*[：:、]?\s*")),
    ("章", re.compile(rf"第\s*({_NUM})\s*章\s*[：:、]?\s*")),
    ("节", re.compile(rf"第\s*({_NUM})\s*节\s*[：:、]?\s*")),
    ("条", re.compile(rf"第\s*({_NUM})\s*条(?P<inserted>之{_HAN}{{1,2}})?\s*[：:、]?\s*")),
    ("款", re.compile(rf"第\s*({_NUM})\s*款\s*[：:、]?\s*")),
    ("一、", re.compile(rf"({_HAN}{{1,3}})\s*[、．.]\s*(?!{_HAN}{{1,2}}\s*[、是])")),
    ("（一）", re.compile(rf"[（(]\s*({_HAN}{{1,3}})\s*[）)]\s*、?\s*")),
    ("（一）", re.compile(r"([㈠-㈩])\s*")),
    ("1.1.1", re.compile(r"\d{1,2}[.．]\d{1,2}[.．](\d{1,2})(?![\d.．])[、.．]?\s*(?=[^\d\s%％])")),
    ("1.1", re.compile(r"\d{1,2}[.．](\d{1,2})(?![\d.．])\s+(?=[^\d\s%％])")),
    ("1.1", re.compile(rf"\d{{1,2}}[.．](\d{{1,2}})(?={_SHORT_WORDS})")),
    ("1.", re.compile(r"([0-9０-９]{1,2})\s*[.．、]\s*(?:(?=(?:19|20)\d\d年)|(?![0-9０-９%％])(?=\S))")),
    ("1.", re.compile(r"([0-9]{1,2})\s+(?=[\u4e00-\u9fff“《][^。，；,;]{1,28}$)")),
    ("1.", re.compile(r"([⒈-⒛])\s*")),
    ("（1）", re.compile(r"([⑴-⒇])\s*")),
    ("（1）", re.compile(r"[（(]\s*([0-9０-９]{1,2})\s*[）)]\s*")),
    ("1)", re.compile(r"([0-9０-９]{1,2})\s*[）)]\s*")),
    ("①", re.compile(r"([①-⑳㉑-㉟㊱-㊿])\s*")),
    ("一是", re.compile(rf"({_HAN}{{1,2}})是\s*(?![否非])")),
    ("首先", re.compile(r"(首先|其次|再次|最后)\s*[，,]\s*")),
)


# What any label begins with; most lines begin with nothing of the kind.
_BEGINS = re.compile(
    f"[0-9０-９第（({HAN_NUMERALS}①-⒛㈠-㈩㉑-㉟㊱-㊿{''.join(sorted({*''.join(_ORDINALS), *(w[0] for w in CHAPTER_WORDS)}))}]"
)


# The traditional characters of labels and of what shows that one is referred to: 第三條, 第二節, 附則, 第三條規定.
_PAIRS = "條条節节編编則则總总錄录參参獻献後后記记導导論论緒绪規规稱称項项兩两"
_SIMPLIFIED = str.maketrans(_PAIRS[::2], _PAIRS[1::2])
_TRADITIONAL = re.compile(f"[{_PAIRS[::2]}]")
_LONGEST = 20  #: characters of a label with the reference behind it


#: Before an item of a list that has no number.
BULLET = re.compile(r"[•●■□◆◇▪▫▶►➢➤✓✔◦‣]\s*(?=\S)")

#: Before the answer on a page of questions and answers: 答：, A3：.
REPLY = re.compile(r"(?:答复?|[AＡ])\s*\d{0,3}\s*[：:]\s*")


@dataclass(frozen=True, slots=True)
class Label:
    """The number at the beginning of a line. ``end`` is where the words after it begin."""

    style: str  #: a key of DEPTH
    number: int | None
    text: str  #: as written, without surrounding space
    end: int
    spaced: bool = False  #: whether a space parts it from the words
    inserted: bool = False  #: 第…条之一, an article that was inserted behind the one of the number

    @property
    def listing(self) -> bool:
        """Whether items of this style stand inside sections rather than make them."""
        return self.style in ("（1）", "1)", "①", "一是", "首先")


@lru_cache(maxsize=4096)
def number_of(digits: str) -> int | None:
    """The value of a whole number in digits or Chinese characters, and of a sign of an item; None for what is none.

    >>> number_of("三十六"), number_of("12"), number_of("⑫"), number_of("二〇一五"), number_of("一百二十万"), number_of("若干")
    (36, 12, 12, 2015, 1200000, None)
    """
    if digits in _ORDINALS:
        return _ORDINALS[digits]
    if re.fullmatch("[①-⒛㈠-㈩㉑-㉟㊱-㊿]", digits):
        return int(unicodedata.numeric(digits))
    if digits.isdigit() and digits.isdecimal():
        return int(digits)
    if not digits or any(char not in _DIGITS and char not in _UNITS and char not in _MYRIADS for char in digits):
        return None
    if all(char in _DIGITS for char in digits):
        return int("".join(str(_DIGITS[char]) for char in digits))
    total = below = current = 0  # up to the last 万 or 亿; behind it; the last digit
    for char in digits:
        if char in _MYRIADS:
            if char == "亿":  # 一万亿
                below, total = below + total, 0
            total += (below + current or 1) * _MYRIADS[char]
            below = current = 0
        elif char in _UNITS:
            below += (current or 1) * _UNITS[char]
            current = 0
        else:
            current = _DIGITS[char]
    return total + below + current


def without_reply(text: str) -> str:
    """A text without the sign that it is an answer.

    >>> without_reply("答：需要。"), without_reply("答复应当及时。")
    ('需要。', '答复应当及时。')
    """
    found = REPLY.match(text)
    return text[found.end() :] if found else text


def without_label(text: str) -> str:
    """A text without the number that it begins with.

    >>> without_label("（二）用船单位不服的，应当起诉。"), without_label("第三条规定的情形")
    ('用船单位不服的，应当起诉。', '第三条规定的情形')
    """
    label = label_of(text)
    return text[label.end :] if label else text


def label_of(line: str) -> Label | None:
    """The label that ``line`` begins with, or None. References such as 第三条规定的… carry none.

    Only the form is judged here; whether the number continues a list is for the outline to say.
    """
    if not _BEGINS.match(line):
        return None
    read = line.translate(_SIMPLIFIED) if _TRADITIONAL.search(line, 0, _LONGEST) else line
    for style, pattern in _STYLES:
        match = pattern.match(read)
        if match is None:
            continue
        rest, text = read[match.end() :], line[: match.end()].strip()
        if style == "word":
            number = number_of(match.group(2)) if match.group(2) else None
            return Label(style, number, text, match.end())
        number = number_of(match.group(1))
        spaced = match.group() != match.group().rstrip()
        if number is None or (not spaced and _REFERS.match(rest)):
            return None
        if style == "首先" and number == 0:
            number = None
        inserted = bool(match.groupdict().get("inserted"))
        return Label(style, number, text, match.end(), spaced, inserted)
    return None


#: A line that tells who does a task or until when: 责任单位：市水利局. It begins a paragraph, whatever stands before it.
OF_TASK = re.compile(
    r"\s*[【\[]?(?:(?:[省市区县]级|主要|其他)?(?:牵头|责任|配合|主办|协办|承办|参与|参加|实施|督办)(?:责任)?(?:单位|部门|处室|科室|领导)"
    r"|(?:完成|办结|整改|落实)(?:时限|期限|时间))\s*[：:】\]]\s*\S"
)
