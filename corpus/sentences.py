"""Where sentences end in Chinese text."""

from __future__ import annotations

import re

# A sentence ends at 。！？；… (with the closing quotes and brackets that follow) or at a line end.
# An ASCII ! or ? ends one after a Han character; ASCII ";" too. A colon does not end a sentence. Marks of vertical and
# half width are told from their usual forms here, since a text keeps what its file holds.
_END = re.compile(r"(?:[。！？!?；;…︒｡︕﹗︖﹖︔﹔︙]+[”’」』）)】》〉﹂﹄︶︼︾﹀]*|\n)")
#: How a sentence ends that is a question.
ASKS = re.compile(r"[？?︖﹖][”’」』）)】﹂﹄︶*\s]*$")
_OPEN, _CLOSE = "（(【《〈「『︵︻︽︿﹁﹃", "）)】》〉」』︶︼︾﹀﹂﹄"
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_ANY_OPEN = re.compile(f"[{_OPEN}]")


def line_span(text: str, start: int, end: int | None = None) -> tuple[int, int]:
    """The span of the line that holds ``start``, up to the end of the line that holds ``end``, without its line end."""
    stop = text.find("\n", start if end is None else end)
    return text.rfind("\n", 0, start) + 1, len(text) if stop < 0 else stop


def line_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of the lines of ``text[start:end]`` that are not blank."""
    return [line.span() for line in _LINE.finditer(text, start, end)]


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Spans (start, end) of the sentences of ``text[start:end]``, surrounding white space cut off, none empty.

    Semicolons separate sentences, since each member of 一是…；二是… is cited on its own.
    An end mark inside brackets does not end the sentence around them. A row of a table (a|b|c) is one sentence. What
    follows from a breach (…，给予警告；拒不改正的，处三万元以下的罚款) stays with the breach.
    """
    stop = len(text) if end is None else end
    spans: list[tuple[int, int]] = []
    begin = start
    for match in _END.finditer(text, start, stop):
        if match.group() != "\n" and (_inside_brackets(text, begin, match.start()) or _in_row(text, match.start())):
            continue
        if match.group() in ("；", ";", "︔", "﹔") and _goes_on(text, begin, match.end(), stop):
            continue
        _append(spans, text, begin, match.end())
        begin = match.end()
    _append(spans, text, begin, stop)
    return spans


def piece_spans(
    text: str, start: int = 0, end: int | None = None, longest: int = 130, piece: int = 90
) -> list[tuple[int, int]]:
    """Like :func:`sentence_spans`, but a sentence of more than ``longest`` characters is cut at commas.

    Its pieces have about ``piece`` characters. Chinese official prose strings clauses that stand by themselves; a
    statement of thirty characters should not have to be quoted with two hundred.
    """
    spans: list[tuple[int, int]] = []
    for first, last in sentence_spans(text, start, end):
        if last - first <= longest or _in_row(text, first):
            spans.append((first, last))
            continue
        begin = first
        depth = 0
        for at in range(first, last):
            depth += (text[at] in _OPEN) - (text[at] in _CLOSE)
            # A rest of a few words stays with the piece before it.
            if text[at] in "，,；;：︐︔︓" and depth <= 0 and at + 1 - begin >= piece / 2 and last - at > 15:
                following = _next_comma(text, at + 1, last)
                if following - begin > piece:
                    _append(spans, text, begin, at + 1)
                    begin = at + 1
        _append(spans, text, begin, last)
    return spans


_LONGEST_ROW = 300  #: characters of a row that is not cut


def _in_row(text: str, at: int) -> bool:
    """Whether a place lies in a row of a table."""
    begin, end = line_span(text, at)
    return end - begin <= _LONGEST_ROW and "|" in text[begin:end]


_CONSEQUENCE = re.compile(
    r"[ \u3000]*(?:拒不|拒绝|逾期|仍不|仍未|经[^，,；;。]{0,8}(?:仍|拒|逾期))[^，,；;。]{0,12}的[，,]"
)
_BREACH = re.compile(r"责令|警告|批评|没收|罚|处(?:[以分\d一二两三四五六七八九十])")
_LONGEST_BREACH = 200  #: characters of a breach with what follows from it


def _goes_on(text: str, begin: int, at: int, stop: int) -> bool:
    """Whether what stands behind a semicolon says what follows where the order before it is not obeyed."""
    following = _CONSEQUENCE.match(text, at, stop)
    if following is None or not _BREACH.search(text, begin, at):
        return False
    end = next((i for i in range(following.end(), stop) if text[i] in "。；;\n"), stop)
    return end - begin <= _LONGEST_BREACH


def _next_comma(text: str, start: int, end: int) -> int:
    return next((i + 1 for i in range(start, end) if text[i] in "，,；;："), end)


def _inside_brackets(text: str, begin: int, at: int) -> bool:
    if not _ANY_OPEN.search(text, begin, at):  # as most are
        return False
    depth = 0
    for char in text[begin:at]:
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
    # An unclosed bracket within 120 characters still counts as open; beyond that it is taken for a slip.
    return depth > 0 and at - text.rfind("（", begin, at) < 120 and any(c in _CLOSE for c in text[at : at + 120])


def _append(spans: list[tuple[int, int]], text: str, begin: int, end: int) -> None:
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    if end > begin:
        spans.append((begin, end))
