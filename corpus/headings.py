"""How headings look: the titles of documents, numbered and run-in headings, and lists inside a paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.labels import number_of

SENTENCE_END = re.compile(r"[。！？!?]")
HAN = re.compile(r"[\u4e00-\u9fff]")
GENRE = re.compile(
    r"(?:通知|意见|决定|办法|规定|条例|方案|规划|纲要|批复|复函|通报|公报|公告|通告|决议|命令|令|请示|报告|细则|函|法|章程|守则|规则|要点|解读|讲话)$"
)
#: What a title of a regulation or plan ends in; notes in brackets may follow.
REGULATION = re.compile(
    r"(?:办法|规定|条例|细则|制度|规则|章程|方案|意见|规划|预案|标准|指南|准则|守则|规程|通知|决定|公约|要求)(?:[（(][^（()）]{1,12}[）)])?$"
)
_LISTED = re.compile(r"(?:[图表书册单]|目录|样式|模板|说明|须知|一览|要点|报告|总结)$")
DOCUMENT_NUMBER = re.compile(r"[〔\[【(（]\s*\d{4}\s*[〕\]】)）]\s*第?\s*\d{1,5}\s*号$|^(?:第\s*)?\d{1,5}\s*号$")


def is_prose(text: str, length: int) -> bool:
    """Whether a text of at least ``length`` characters is running text: it has a sentence or several clauses."""
    return len(text) >= length and (bool(SENTENCE_END.search(text)) or text.count("，") + text.count("；") >= 2)


#: A paragraph that asks and says nothing; of a page of questions and answers it heads the answer below it.
QUESTIONS = re.compile(r"(?:[^。！？；?;|]{2,}[？?]\s*)+")
LONGEST_QUESTION = 120  #: characters


def heading_length(text: str, begin: int, style: str) -> int:
    """Where the heading of a labelled paragraph ends; ``begin`` when the label stands before running text."""
    rest = text[begin:]
    if not rest:
        return begin
    if style == "条":
        named = re.match(r"[（(【][^（()）】]{1,20}[）)】]", rest)
        return begin + named.end() if named else begin
    if len(rest) <= LONGEST_QUESTION and QUESTIONS.fullmatch(rest):
        return len(text)
    match = re.search(r"[。！？；;]|[：:](?=.)(?!(?<=\d.)\d)", rest)  # 7:30 and 1:3 are one figure
    if match is None:
        ends_colon = rest.endswith(("：", ":"))
        limit = 60 if style in ("编", "分编", "部分", "章", "节", "word", "一、", "（一）") else 40
        return len(text) if len(rest) <= limit and not (ends_colon and len(rest) > 20) else begin
    first = rest[: match.start()]
    whole = match.end() == len(rest)
    if match.group() in "；;" or (whole and match.group() in "。" and (len(first) > 25 or "，" in first)):
        return begin
    if match.group() in "：:":
        if first.count("（") > first.count("）"):  # 修塔（责任单位：甲局）
            return begin
        return begin + match.end() if len(first) <= 15 and "，" not in first and first else begin
    if match.group() in "？！" and whole:
        return begin + match.end()
    clauses = first.count("，") + first.count(",")
    short = len(first) <= 25 or (len(first) <= 40 and clauses == 0)
    return begin + match.end() if short and clauses <= 2 else begin


def opening(text: str) -> int:
    """Where the short sentence ends that heads a paragraph as a heading would (坚持开放共享。…); 0 if none does."""
    match = re.match(r"^(?:[—―–-]{2}\s*)?([^。，；：！？,;]{2,25})([。：])(?=.)", text)
    if match is None or (match.group(2) == "：" and not text.startswith(("—", "―", "–", "-"))):
        return 0
    return match.end() if len(match.group(1)) <= 20 else 0


DASH = re.compile(r"^[—―–-]{2}\s*")


def parallel_openings(texts: Sequence[str], bold: Sequence[int]) -> list[int]:
    """Which of the neighbouring paragraphs ``texts`` are small sections with a run-in heading.

    They are when such openings stand side by side and are dashed, in bold, or alike in their first or last words.
    """
    ends = [opening(text) for text in texts]
    marked: set[int] = set()
    by_bold = [i for i, end in enumerate(ends) if end and bold[i] >= end - 1]
    if by_bold and sum(map(bool, ends)) >= 2:
        marked.update(i for i, end in enumerate(ends) if end and not DASH.match(texts[i]))
    dashed = [i for i, end in enumerate(ends) if end and DASH.match(texts[i])]
    if len(dashed) >= 2:
        marked.update(dashed)
    for i in range(len(texts) - 1):
        a, b = texts[i][: max(0, ends[i] - 1)], texts[i + 1][: max(0, ends[i + 1] - 1)]
        if ends[i] and ends[i + 1] and (_alike(a, b) or _alike(a[::-1], b[::-1])):
            marked.update((i, i + 1))
    return sorted(marked)


def _alike(a: str, b: str) -> bool:
    return len(a) > 2 and len(b) > 2 and a[:2] == b[:2] and bool(HAN.search(a[:2]))


_MARKER = {
    "一是": re.compile(r"(?:^|(?<=[。；：，、！？;:,]))([一二三四五六七八九十]{1,2})是(?![否非])"),
    "一要": re.compile(r"(?:^|(?<=[。；：，！？;:,]))([一二三四五六七八九十]{1,2})要(?![素求点])"),
    "①": re.compile(r"([①-⑳])"),
    "首先": re.compile(r"(?:^|(?<=[。；：！？;:]))(首先|其次|再次|最后)(?=[，,])"),
    "第一": re.compile(r"(?:^|(?<=[。；：！？;:]))第([一二三四五六七八九十]{1,2})(?=[，,])"),
}


_ANY_MARKER = re.compile("二[是要]|②|其次|第二[，,]|最后[，,]")  #: one item alone is no list


def enumerations(text: str) -> list[list[tuple[int, int, str, int]]]:
    """Lists inside a paragraph (一是…；二是…  ①…②…): for each its items as (start, end, label, number)."""
    if not _ANY_MARKER.search(text):
        return []
    lists: list[list[tuple[int, int, str, int]]] = []
    for pattern in _MARKER.values():
        current: list[tuple[int, int, str, int]] = []
        groups = [current]
        for match in pattern.finditer(text):
            number = number_of(match.group(1))
            if number == 0 and current:
                number = current[-1][3] + 1
            if number == 1:
                current = [(match.start(), len(text), match.group(), 1)]
                groups.append(current)
            elif current and number == current[-1][3] + 1:
                before = current[-1]
                current[-1] = (before[0], match.start(), before[2], before[3])
                current.append((match.start(), len(text), match.group(), number))
        lists.extend(_last_item_cut(text, group) for group in groups if len(group) >= 2)
    return sorted(lists)


def _last_item_cut(text: str, items: list[tuple[int, int, str, int]]) -> list[tuple[int, int, str, int]]:
    """The last item ends with its sentence when each of the others is (a part of) one sentence."""
    single = all(not SENTENCE_END.search(text[start : end - 1]) for start, end, _, _ in items[:-1])
    start, end, label, number = items[-1]
    stop = SENTENCE_END.search(text, start)
    if single and stop:
        end = min(end, stop.end())
    return [*items[:-1], (start, end, label, number)]


def ends_title(text: str) -> bool:
    """Whether a title can end as ``text`` does."""
    return any(pattern.search(text) for pattern in (REGULATION, GENRE, _LISTED))
