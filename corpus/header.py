"""What a document says about itself: title, number, issuer, dates, kind, rank.

The format's own fields come first, then ``sources.toml`` beside the files, then the text. What none of them says
stays None: nothing is invented.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from bisect import bisect
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.dates import CN, DATES, EVENT, half_width, is_date, iso_date, iso_of, small_number, year_of
from corpus.document import AUTHORITY, Header
from corpus.glyphs import plain, visible
from corpus.labels import BULLET, label_of
from corpus.organs import HAN, ORGANS, is_organ, issuer_in_title, rank_of, short_organ
from corpus.signature import NAMELESS, closing_organs, delivery_of, signature_of

if TYPE_CHECKING:
    from corpus.raw import RawDocument

# --- document numbers ----------------------------------------------------------------------------------------------

_OPEN, _CLOSE = "〔［\\[【（(﹝〈《{〖", "〕］\\]】）)﹞〉》}〗"
_YEAR = rf"(?:19|20)\s?\d\s?\d|[一二][{CN}]{{3}}"
_SERIAL = rf"\d(?:\s?\d){{0,5}}|[{CN}十百]{{1,6}}"
_S = r"[ \t\xa0\u3000]*"
# 机关代字〔年份〕序号号
_BRACKETED = re.compile(
    rf"(?P<word>[{HAN}](?:{_S}[{HAN}]){{0,13}}){_S}(?P<open>[{_OPEN}]){_S}(?P<year>{_YEAR}){_S}年?{_S}[{_CLOSE}]{_S}"
    rf"第?{_S}(?P<serial>{_SERIAL}){_S}(?P<hao>[号號])?"
)
# Without brackets: 国发2015年40号, 国发2015-40号. Only after a word that ends like one of an organ.
_BARE = re.compile(
    rf"(?P<word>[{HAN}]{{1,11}}[发函字办电规通告复任]){_S}(?P<open>)(?P<year>(?:19|20)\d\d){_S}"
    rf"(?:年第?|第|[-—–/ ]){_S}(?P<serial>\d{{1,5}}){_S}(?P<hao>[号號])?(?![\d年月日])"
)
# 国务院令第705号, 财政部公告2018年第12号
_ORDER = re.compile(
    rf"(?P<word>[{HAN}]{{1,30}}(?:令|公告|通告)){_S}(?:[{_OPEN}]?{_S}(?P<year>{_YEAR}){_S}年?{_S}[{_CLOSE}]?{_S})?"
    rf"[{_OPEN}]?第{_S}(?P<serial>{_SERIAL}){_S}(?P<hao>[号號])"
)
_ANY_NUMBER = re.compile(rf"[号號]|[〔［\\[【{{﹝〖]{_S}(?:{_YEAR})")  # one of these stands in every number
# Words that lead up to a number in a sentence; the number's own word begins behind the last of them.
_LEADING = re.compile(
    "根据|按照|依据|依照|参照|遵照|落实|贯彻|执行|印发|发布|下发|转发|公布|关于|文件|通知|以及|对照|符合|违反|废止|修订|详见|参见"
    "|查询|查一?下|查查|帮忙|帮我|发过|看看|请问|什么是|解读|介绍|总结|以下简称|简称|号文|[号的了将把见按据是在问]"
)
_ORGAN_BEFORE = re.compile("国务院|人民政府|办公厅|委员会|[省市县区]政府")
# Words of one character are cut off only in front, since they stand inside names too (住房和城乡建设部令, 国经贸〔…〕);
# and not where the name of a place begins with them: 和政发, 即政办发.
_JOINING = re.compile("[与及和或由经以从为对同于到至如即依自](?![政府行委县贸济信合办])")


def normal_number(text: str) -> str | None:
    """A 发文字号 in any spelling, brackets and width, in its normal form 国发〔2015〕40号; None when it is none."""
    stripped = text.strip(" \t\xa0\u3000。，；：,;:\"“”'")
    stripped = re.sub(r"^(?:发\s*文\s*字\s*号|(?:发\s*)?文\s*号)\s*[:：]?\s*", "", stripped)
    while len(stripped) > 2 and stripped[0] in "（(【[［〔《" and stripped[-1] in "）)】]］〕》":
        stripped = stripped[1:-1].strip()
    folded = _fold(stripped)
    for pattern in (_ORDER, _BRACKETED, _BARE):
        match = pattern.fullmatch(re.sub(r"\s", "", folded)) or pattern.fullmatch(folded)
        if match is not None:
            return _normal(match["word"], match)
    return None


def find_numbers(text: str) -> list[tuple[int, int, str]]:
    """All document numbers in running text: (start, end, normal form), in order, none overlapping."""
    folded = _fold(text)
    found: list[tuple[int, int, str]] = []
    done = 0
    for sign in _ANY_NUMBER.finditer(folded):  # the patterns are slow, and few lines can hold a number
        if sign.start() < done:
            continue
        begin, done = folded.rfind("\n", 0, sign.start()) + 1, (folded + "\n").find("\n", sign.start())
        for pattern in (_ORDER, _BRACKETED, _BARE):
            for match in pattern.finditer(folded, begin, done):
                # Round brackets hold many things; without 号 only the brackets of a number prove one.
                if not match["hao"] and (pattern is _BARE or match["open"] in "（(《〈"):
                    continue
                start = match.start("word") + _own_word(match["word"], pattern)
                word = folded[start : match.end("word")]
                end = match.end() if match["hao"] else match.end("serial")
                place = bisect(found, (start,))
                overlaps = (place and found[place - 1][1] > start) or (place < len(found) and found[place][0] < end)
                if not word or re.fullmatch("令|公告|通告", word) or overlaps:
                    continue
                found.insert(place, (start, end, _normal(word, match)))
    return found


class _Folded(dict[int, str]):
    """By code of a character the character with its width folded, found when it is first asked for."""

    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFKC", chr(code))
        return self.setdefault(code, folded if len(folded) == 1 else chr(code))


_FOLDED = _Folded()


def _fold(text: str) -> str:
    """Width folded character by character, so that offsets stay."""
    return text.translate(_FOLDED)


def _own_word(word: str, pattern: re.Pattern[str]) -> int:
    """Where in ``word`` the number begins: what is before belongs to the sentence."""
    cut = 0
    for leading in (_LEADING,) if pattern is _ORDER else (_LEADING, _ORGAN_BEFORE):
        for match in leading.finditer(word):
            if match.end() + 1 < len(word):
                cut = max(cut, match.end())
    while len(word) - cut > 2 and (word[cut].isspace() or _JOINING.match(word, cut)):
        cut += 1
    return cut


def _normal(word: str, match: re.Match[str]) -> str:
    word = re.sub(r"\s", "", word)
    serial = re.sub(r"\s", "", match["serial"])
    serial = serial.lstrip("0") or "0" if serial.isascii() else small_number(serial)
    year = re.sub(r"\s", "", match["year"] or "")
    year = year if year.isascii() else year_of(year)
    if match.re is _ORDER:
        word = re.sub(r"^中华人民共和国(?=.{3,})", "", word)
        return f"{word}{year}年第{serial}号" if year else f"{word}第{serial}号"
    return f"{word}〔{year}〕{serial}号"


# --- kinds of documents --------------------------------------------------------------------------------------------

# Title ending -> kind. Longer endings first where one ends in the other.
KINDS = (
    *("政策解读", "解读", "答记者问", "政策问答", "问答", "白皮书", "蓝皮书", "工作要点", "决定", "命令", "公报"),
    *("公告", "通告", "意见", "通知", "通报", "报告", "请示", "批复", "议案", "复函", "函", "纪要", "办法", "规定"),
    *("条例", "细则", "规划", "计划", "方案", "纲要", "要点", "规则", "章程", "准则", "标准", "指南", "指引", "预案"),
    *("措施", "目录", "清单", "制度", "规程", "守则", "决议", "令", "倡议书", "建议", "总结", "安排", "说明", "协议"),
    *("宣言", "解释"),
)
_KIND_NAMES = {"政策解读": "解读", "政策问答": "问答", "工作要点": "要点", "命令": "令"}
_TAIL = r"(?:[（(〔\[][^（）()]{1,30}[）)〕\]])*"
_KIND = re.compile(rf"(?:{'|'.join(KINDS)}){_TAIL}$")
_LAW = re.compile(rf"^中华人民共和国.{{1,20}}法{_TAIL}$")
_FORWARDING = re.compile(
    "关于(?:印发|转发|批转|公布|发布|颁布|下达|实施|废止|修改|同意|批准)|^[^关]{0,30}(?:印发|转发|批转)"
)
_FORWARDED = re.compile(rf"(?:通知|公告|通告|复函|函|决定|令|批复|通报|报告|请示){_TAIL}$")
_SENTENCE_END = tuple("。；！？;!?，,")


def _kind_of(title: str) -> str | None:
    title = re.sub(r"\s", "", title).rstrip("”’」》>。")
    if _LAW.search(title):
        return "法律"
    match = _KIND.search(title)
    if match is None:
        return None
    name = re.sub(_TAIL + "$", "", match.group())
    return _KIND_NAMES.get(name, name)


# --- the text ------------------------------------------------------------------------------------------------------

_BARE_NUMBER = re.compile(
    r"[〔\[（(【]\s*\d{4}\s*[〕\]）)】]\s*第?\s*\d{1,4}\s*[号期]|[（(]?(?:总\s*)?第\s*\d{1,4}\s*[号期][）)]?"
)
_STRUCTURE = re.compile(
    rf"\s*(?:第[{CN}十百千\d]+[编章节条部分]|[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十]+[）)]|\d+[.．、)）]"
    r"|总\s*则|目\s*录|前\s*言|序\s*言|引\s*言|附\s*件|摘\s*要|关键词|Abstract|Keywords)",
    re.IGNORECASE,
)
_NOTE = re.compile(r"[（(].*[）)]$")
#: A first line that is the name of the file the text was taken from.
_FILE_NAME = re.compile(r"(?<=[\u4e00-\u9fff）》])\.(?:docx?|wps|pdf|txt|html?)$", re.IGNORECASE)
_MASTHEAD = re.compile(
    r"(?:.{2,40}文件|特急|加急|急件|平急|特提|[机绝秘]密.{0,8}|内部资料.*|签发人\s*[:：].*|\d{1,6}|页码.*|第?\s*\d+\s*页.*|首页.*)$"
)
# Running heads of journals and reports: 某某杂志 2018 年 第 20 卷 第 2 期
_RUNNING_HEAD = re.compile(r"第\s*\d+\s*[卷期]|Vol\.|\bNo\.\s*\d|ISSN|ISBN|DOI|www\.|https?:", re.IGNORECASE)


def header_of(raw: RawDocument, text: str, provenance: Mapping[str, object] | None) -> Header:
    """The header of a document: the format's own fields, then ``provenance``, then what the text says."""
    text, raw = plain(text), _readable(raw)
    given = {str(k): _plain(v) for k, v in (provenance or {}).items()}
    several = _several_organs(raw)
    lines = [_with_gaps(line.strip(), several) for line in text.split("\n") if line.strip()]
    lines[:1] = [_FILE_NAME.sub("", line) for line in lines[:1]]
    lines, labelled = _without_fields(lines, raw)
    meta = {k: v.strip() for k, v in (labelled | dict(raw.meta)).items() if not EMPTY_VALUE.fullmatch(v)}
    signature = signature_of(lines)
    span = _title_span(lines, signature.issuer or "")
    in_text = _without_number(_joined(lines[span[0] : span[1]])) if span else None
    if in_text and (decree := _decreed(lines, span)):
        in_text = decree
    behind = span[1] if span else 0
    note = _note_dates(lines, behind)
    speech = delivery_of(lines, behind)
    told_title, told_by = _reported(lines)
    said = meta.get("标题", "")
    if in_text and said and 2 * len(said) < len(in_text) and said in in_text and not _kind_of(said):
        del meta["标题"]  # a piece of the title that names no document: 1992年
    title = (
        meta.get("标题")
        or given.get("title")
        or in_text
        or _first_heading(raw, lines)
        or told_title
        or meta.get("网页标题")
        or Path(raw.file_name).stem
    )
    title = re.sub("^《([^《》]+)》$", r"\1", title.strip())
    form = _form(title, lines, raw.file_name)
    kind = given.get("kind") or _kind_of(title) or _FORM_KINDS.get(form or "")
    number = _number_of(meta.get("发文字号")) or _number_of(given.get("number")) or _own_number(lines, span)
    named = meta.get("发文机关")
    if named and NAMELESS.match(named):  # 县政府, on the site of the county
        named = issuer_in_title(title) or named
    joint = issuer_in_title(title) or ""
    if named and named != joint and named in re.split(r"[、\s]+", joint):
        named = joint  # the table of a page names the first of those who sent it out together
    issuer = (
        named
        or given.get("issuer")
        or given.get("publisher")
        or issuer_in_title(title)
        or (issuer_in_title(in_text) if in_text else None)
        or _masthead_issuer(lines)
        or speech.issuer
        or signature.issuer
        or (told_by if title == told_title else None)
        or _printing_organ(raw)
        or (_made_by(lines, behind, number) if speech.date is None else None)
        or "、".join("、".join(line.split()) for line in closing_organs(lines))
        or None
    )

    if issuer and issuer == "".join(closing := closing_organs(lines)):
        issuer = "、".join(closing)  # 甲部乙部 in the title, a line for each below the text

    def date(field: str, name: str) -> str | None:
        return _date_of(meta.get(field)) or _date_of(given.get(name)) or note.get(name)

    written = date("成文日期", "written") or speech.date or signature.date or _date_below(lines, span)
    posted = _date_of(meta.get("发布日期"))
    published = date("发布日期", "published") or _printed(lines) or _date_of(meta.get("文件日期"))
    late = posted is not None and posted == published and written is not None and _apart(written, posted)
    if late and any(map(_REPOSTED.search, text.split("\n")[:_TOP])):
        published = None
    return Header(
        title=" ".join(title.split()),
        number=number,
        issuer=" ".join(issuer.split()) if issuer else None,
        written=written,
        published=published,
        effective=date("施行日期", "effective")
        or _effective(lines, written if late else published or written, written or published),
        kind=kind,
        authority=_authority(given.get("authority"), form, issuer, number),
        subject=meta.get("主题分类") or given.get("subject"),
        index_number=meta.get("索引号") or given.get("index_number"),
        recipients=given.get("recipients") or _recipients(lines, behind),
    )


def plain_title(lines: Sequence[str]) -> str | None:
    """The title of an official document that names who issued it, where ``lines`` begin with one."""
    written = [line.strip() for line in lines if line.strip()]
    span = _title_span(written)
    title = _without_number(_joined(written[span[0] : span[1]])) if span else ""
    return title if issuer_in_title(title) else None


def header_of_collection(header: Header, titles: Sequence[str]) -> Header:
    """The header of a file that holds several regulations; ``titles``: theirs, in order (a title may be doubled).

    What stands at its beginning is the title of the whole, then that of the first; dates of one are not of all.
    """
    if len(set(titles)) < 2 or not header.title.endswith(titles[0]):
        return header
    title = header.title[: -len(titles[0])].strip() or f"{titles[0]}等{len(titles)}个文件"
    return replace(header, title=title, kind=_kind_of(title), written=None, published=None, effective=None)


def _readable(raw: RawDocument) -> RawDocument:
    """``raw`` with the usual codes of characters and nothing that cannot be seen."""
    read = [(line, plain(visible(line.text))) for line in raw.lines]
    lines = tuple(line if text == line.text else replace(line, text=text) for line, text in read)
    return replace(raw, lines=lines, meta={name: plain(visible(value)) for name, value in raw.meta.items()})


def _several_organs(raw: RawDocument) -> dict[str, str]:
    """Lines that name several organs with only a space between them, by their text without it.

    In the cleaned text spaces between Han characters are gone.
    """
    found: dict[str, str] = {}
    for line in raw.lines:
        *first, last = line.text.split() or [""]
        if first and len(line.text) <= 150 and all(map(is_organ, first)) and (is_organ(last) or issuer_in_title(last)):
            found["".join(first) + last] = " ".join((*first, last))
    return found


def _with_gaps(line: str, several: Mapping[str, str]) -> str:
    """A line with the space between the organs that it begins with; a title may go on in the next line of the file."""
    first = max((key for key in several if line.startswith(key)), key=len, default="")
    return several[first] + line[len(first) :] if first else line


#: What a field holds of which nothing is known.
EMPTY_VALUE = re.compile(r"[\s—/_-]*(?:[（(]?(?:无|暂无|不详|未标注|未注明|空)[)）]?)?[\s—/_-]*")


def _without_fields(lines: list[str], raw: RawDocument) -> tuple[list[str], dict[str, str]]:
    """Lines without the metadata at the top, and the fields of a table that was copied into a text file with it."""
    from corpus.read_html import labelled_fields  # here: asking reads no file, and the readers cost 0.1 s to import

    front = {"".join(line.text.split()) for line in raw.lines if line.role == "meta"}
    lines = [line for line in lines if "".join(line.split()) not in front]
    found: dict[str, str] = {}
    taken: list[int] = []
    for at, line in enumerate(lines[:20]):
        if len(line) > 60 and line.endswith("。"):
            break
        fields_here = labelled_fields(line)
        if fields_here:
            taken.append(at)
            found = fields_here | found
    if len(found) < 2:  # one label alone is more likely a word of the text
        return lines, {}
    return [line for at, line in enumerate(lines) if at not in taken], found


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, (datetime.date, datetime.datetime)) else str(value)


def _date_of(value: str | None) -> str | None:
    if not value:
        return None
    return value.strip() if re.fullmatch(r"\d{4}", value.strip()) else iso_date(value)


def _number_of(value: str | None) -> str | None:
    """Normal form, or as written where the field holds a number of a form that we do not know."""
    if not value:
        return None
    return normal_number(value) or (value if re.search(r"\d|[一二三四五六七八九十]", value) else None)


def _joined(lines: Sequence[str]) -> str:
    """Title lines in one; a space stays only between names of organs and around Latin words."""
    title = ""
    for line in lines:
        latin = title[-1:].isascii() and title[-1:].isalnum() and line[:1].isascii() and line[:1].isalnum()
        organs = is_organ(title) and (is_organ(line) or issuer_in_title(line) is not None)
        title += (" " if latin or organs else "") + line
    return title.strip()


def _balanced(text: str) -> bool:
    return all(text.count(a) == text.count(b) for a, b in ("《》", "（）", "“”"))


def _complete(title: str) -> bool:
    """Whether a title can end here."""
    bare = re.sub(r"\s", "", title)
    if not _balanced(bare) or not (_KIND.search(bare) or _LAW.search(bare)):
        return False
    # “关于印发某某办法” goes on, even where a line ends there.
    return _FORWARDING.search(bare) is None or _FORWARDED.search(bare) is not None


#: A heading that says only that the text of a document follows.
_TEXT_FOLLOWS = re.compile("(?:政策|文件|公文|通知)?(?:原文|正文|全文)(?:内容)?")


def _no_title(line: str) -> bool:
    """Whether a line at the beginning is certainly no part of a title."""
    return bool(
        line.endswith((*_SENTENCE_END, "：", ":"))
        or "|" in line  # a row of a table
        or normal_number(line)
        or is_date(line)
        or _STRUCTURE.match(line)
        or _NOTE.fullmatch(line)
        or _BARE_NUMBER.fullmatch(line)
        or _MASTHEAD.fullmatch(line)
        or (line.endswith("文件") and is_organ(line[:-2]))
        or _RUNNING_HEAD.search(line)
        or BULLET.match(line)
        or not re.search(f"[{HAN}]", line)
    )


# After one of these a title can only end; after “…意见” or “…办法” a next line “…的通知” may follow.
_FINAL = re.compile(rf"的(?:{'|'.join(KINDS)}){_TAIL}$")
_EDITION = re.compile(
    r"[（(](?:试行|暂行|修订|修正|征求意见稿|.{0,8}草案.{0,8}|\d{4}年.{0,8}|[一二三四五六七八九十]+)[）)]"
)
_OPENING = re.compile("关于|印发|转发|批转|公告|通告|令|对")


def _title_span(lines: Sequence[str], signers: str = "") -> tuple[int, int] | None:
    """Lines (from, to) that make up the title of an official document at the beginning of the text.

    ``signers``: who has signed it below, by which an organ on the line above is told from the name of a site.
    """
    span = _title_below(lines)
    if span is None:
        return None
    begin, end = span
    while begin and _issues_with(lines[begin - 1], lines[begin], signers):
        begin -= 1
    return begin, end


def _issues_with(above: str, line: str, signers: str) -> bool:
    """Whether the organ on the line above a title issues the document together with the one that the title begins with."""
    organ = line if is_organ(line) else issuer_in_title(line)
    if organ is None or not is_organ(above) or above in organ or organ in above:
        return False
    if signers:
        return above in signers
    return above[-2:] == organ[-2:]  # only organs of one kind issue together


def _title_below(lines: Sequence[str]) -> tuple[int, int] | None:
    """The title without the organs that stand on lines of their own above the last of them."""
    for begin, first in enumerate(lines[:20]):
        if len(first) > 120 or first.endswith("。"):
            return None  # the text has begun
        following = lines[begin + 1] if begin + 1 < len(lines) else ""
        if _no_title(first) or _TEXT_FOLLOWS.fullmatch(first) or (is_organ(first) and not _OPENING.match(following)):
            continue
        best = None
        for end in range(begin + 1, min(begin + 8, len(lines)) + 1):
            line = lines[end - 1]
            if len(line) > 100 or (end > begin + 1 and _no_title(line)) or (best and end > best + 3):
                break
            if best and _complete(line) and issuer_in_title(line):
                return end - 1, end  # a title of its own below the name of the page
            if best and is_organ(line) and _OPENING.match("".join(lines[end : end + 1])):
                return _below(_title_below(lines[end - 1 :]), end - 1)
            title = _joined(lines[begin:end])
            if _complete(title) and (best is None or _FINAL.search(title)):
                best = end
                if _FINAL.search(title) and not re.match("的", lines[end] if end < len(lines) else ""):
                    break
        if best is not None:
            return begin, best + (best < len(lines) and _is_edition(lines[best]))
    return None


def _below(span: tuple[int, int] | None, lines: int) -> tuple[int, int] | None:
    return None if span is None else (span[0] + lines, span[1] + lines)


def _is_edition(line: str) -> bool:
    """Whether a line below a title belongs to it: （试行）, not （2020年2月25日）."""
    return _EDITION.fullmatch(line) is not None and _DAY.fullmatch("".join(line.split())) is None


def _without_number(title: str) -> str:
    """A title without the document number that a web page puts behind it in brackets."""
    match = re.search(r"[（(]((?:[^（）()]|[（(]\d{4}[）)])+)[）)]$", title)
    return title[: match.start()].rstrip() if match and normal_number(match[1]) else title


def _decreed(lines: Sequence[str], span: tuple[int, int] | None) -> str | None:
    """The regulation that a decree (…令) announces: its own title, where the text names it."""
    if span is None or not re.search("令$|(?:会|政府|[部委局厅院署])(?:公告|通告)$", _joined(lines[span[0] : span[1]])):
        return None
    for line in lines[span[1] : span[1] + 8]:
        match = re.search("《([^《》]{2,60})》.{0,80}?(?:通过|公布|发布|施行)", line)
        if match:
            return match[1]
    return None


_ISSUED = r"(?:印发|发布|公布|出台)了?《([^《》]{4,80})》"
_REPORTED = re.compile(rf"(?:({ORGANS.pattern}))?(?:联合|近日|日前)?{_ISSUED}")
_ORGANS_BEFORE = 300  #: characters; organs are sought where something is issued: from every place it takes too long


def _reported(lines: Sequence[str]) -> tuple[str | None, str | None]:
    """The document of which the first lines tell that it was issued, and by whom: 近日，国务院印发《…》。全文如下。"""
    for line in lines[:3]:
        issued = re.search(_ISSUED, line)
        match = issued and _REPORTED.search(line, max(0, issued.start() - _ORGANS_BEFORE), issued.end())
        # Running text that only mentions a document goes on about it.
        if match and (match.end() == len(line) or any("全文" in other for other in lines[:4])):
            return match[2], match[1]
    return None, None


def _first_heading(raw: RawDocument, lines: Sequence[str]) -> str | None:
    """The heading of the format that the text begins with, or a first line that stands like one."""
    written = [line for line in raw.lines if line.role != "meta" and re.search(rf"[{HAN}A-Za-z]", line.text)]
    headings = [
        line
        for line in written
        if line.role == "heading" and not _TEXT_FOLLOWS.fullmatch(line.text.strip()) and label_of(line.text) is None
    ]
    levels = Counter(line.level for line in headings if not _STRUCTURE.match(line.text))
    parts = {line.text.strip() for line in headings if levels[line.level] > 1}
    for line in headings:
        # One of several of the same level is the heading of a part.
        if levels[line.level] == 1 and (line.level == 1 or line is written[0]):
            return line.text
    for first in lines[:4]:
        if first in parts:
            return None
        if not _no_title(first) and not _TEXT_FOLLOWS.fullmatch(first):
            return first if len(first) <= 40 and not re.search("[，。；：]", first) else None
        if re.search("[，。；]", first):
            return None
    return None


_DONE = re.compile(r"通过|修订|修正|修改|批准|公布|发布|印发|起施行|起实施|(?<=[日\s])施行|(?<=[日\s])实施|废止")


def _date_below(lines: Sequence[str], title: tuple[int, int] | None) -> str | None:
    """The date that stands alone below a title, in brackets or without: 1993年2月18日."""
    below, *after = lines[title[1] : title[1] + 2] if title and title[1] < len(lines) else ("",)
    if any(re.match(r"(?:信息|稿件|文章)?来源|作者|浏览|发布", line) for line in after):
        return None  # the bar of a web page
    return iso_date(below) if _DAY.fullmatch("".join(below.split())) else None


_DAY = re.compile(r"[（(]?\d{4}年\d{1,2}月\d{1,2}日[)）]?")


def _note_dates(lines: Sequence[str], begin: int) -> dict[str, str]:
    """Dates of the bracketed note below a title: （2018年12月21日…通过　2018年12月29日公布　自2019年1月1日起施行）; or of
    lines that each tell one: 2022年4月9日 施行."""
    for at in range(begin, min(begin + 4, len(lines))):
        if label_of(lines[at]) is not None or (lines[at][:1] not in "（(" and not EVENT.match(lines[at])):
            continue
        note = lines[at]
        for line in lines[at + 1 : at + 12]:
            if lines[at][:1] not in "（(":
                if not EVENT.match(line):
                    break
            elif note.rstrip().endswith(("）", ")")) or len(note) > 800:
                break
            note += " " + line
        dates: dict[str, str] = {}
        half = half_width(note)
        for match in DATES.finditer(half):
            found = iso_of(match)
            said = _DONE.search(half, match.end())
            if found is None or said is None or DATES.search(half[match.end() : said.start()]):
                continue
            verb = said.group()
            if verb in ("起施行", "起实施", "施行", "实施"):
                dates["effective"] = found
            elif verb in ("公布", "发布", "印发"):
                dates["published"] = found
            elif verb != "废止":
                dates["written"] = found  # the last one: the text is that of the last revision
        if dates:
            dates.setdefault("written", dates.get("published", ""))
            return {name: date for name, date in dates.items() if date}
    return {}


#: 2003年8月5日 国务院令第386号公布: the decree by which the text was made known is its number.
_BY_DECREE = re.compile(rf"[日号][ \u3000]*(?:以)?([{HAN}]{{2,30}}令第[{CN}十百千\d]+号)(?:公布|发布)")
_ASSEMBLY = re.compile(
    rf"[日 （(](?P<place>[{HAN}]{{2,12}}?)第[{CN}十百千\d]+届(?P<body>人民代表大会(?:常务委员会)?)第[{CN}十百千\d]+次会议"
)


_OPENING_ARTICLE = re.compile(r"第一[条章]|一、")


def _before_articles(lines: Sequence[str]) -> Sequence[str]:
    """The lines before the first article, which may speak of other documents."""
    return lines[: next((at for at, line in enumerate(lines) if _OPENING_ARTICLE.match(line)), len(lines))]


def _made_by(lines: Sequence[str], begin: int, number: str | None) -> str | None:
    """Who made a law or a regulation, of the note below its title: the organ of the decree, or the assembly that passed it."""
    decree = re.match(rf"([{HAN}]{{2,20}})令第", number or "")
    if decree is not None and is_organ(decree[1]):
        return decree[1]
    passed = next(filter(None, map(_ASSEMBLY.search, _before_articles(lines[begin : begin + 4]))), None)
    return passed["place"] + passed["body"] if passed else None


_NOTICE = re.compile(rf"^[{HAN} 、]{{2,120}}关于[^。；]{{2,120}}的(?:通知|意见|决定|通告|公告|函|批复)$")


def _own_number(lines: Sequence[str], span: tuple[int, int] | None) -> str | None:
    """A number that stands alone on a line near the title or behind the signature: never one that is cited."""
    begin = span[0] if span else 0
    behind = span[1] if span else begin
    near = [
        *lines[:behind],
        *_before_articles(lines[behind : behind + 12]),
    ]  # dates and the title once more may stand here
    for at, line in enumerate(near[:24]):
        if len(line) > 80 or line.endswith("。"):
            if span is None or at >= span[1]:
                break
            continue
        own = normal_number(line)
        if own:
            return own
        # 某某部令 / 第 40 号, on two lines
        if line.endswith(("令", "公告", "通告")) and re.match(
            r"[（(〔\[]?\s*(?:\d{4}|第)", "".join(lines[at + 1 : at + 2])
        ):
            own = normal_number(line + lines[at + 1].strip("（）() "))
            if own:
                return own
    for line in near:
        # The number, who issued it and the title of the notice in one line: 甲发〔2023〕1号甲市乙局关于印发……的通知
        first = next(iter(find_numbers(line[:60])), None)
        if first is not None and first[0] == 0 and _NOTICE.search(line[first[1] :]):
            return first[2]
    for line in near:
        decree = _BY_DECREE.search(line)
        if decree is not None:
            return normal_number(decree[1])
    if span:
        whole = _joined(lines[span[0] : span[1]])
        if len(bare := _without_number(whole)) < len(whole):
            return normal_number(whole[len(bare) :])
    for line in lines[-6:]:
        own = normal_number(line)
        if own:
            return own
    return None


def _masthead_issuer(lines: Sequence[str]) -> str | None:
    """某省人民政府文件, 某部公告 at the top."""
    for line in lines[:6]:
        match = re.fullmatch(r"(.{2,60}?)(?:文件|公告|通告|令|通知)", re.sub(r"\s+", " ", line))
        if match and is_organ(match[1]):
            return short_organ(match[1])
    return None


#: What the site of a document says to its visitors.
_GREETING = re.compile("您好|你好|欢迎(?:访问|光临|来到)|今天是|(?:当前|所在)位置")


def _recipients(lines: Sequence[str], begin: int) -> str | None:
    """主送机关: the first line below the title that ends with a colon and announces nothing."""
    for line in lines[begin : begin + 6]:
        if line.endswith(("：", ":")) and not _GREETING.search(line):
            told = line[:-1].strip()
            announces = re.search("如下|通知|决定|规定|以下|下列|。|^附件|摘要|关键词", told)
            return None if announces or label_of(told) or not 2 <= len(told) <= 300 else told
        if len(line) > 60 or _STRUCTURE.match(line):
            return None
    return None


def _printed(lines: Sequence[str]) -> str | None:
    """…办公厅 2015年7月4日印发, the last line of a printed document."""
    for line in [*lines[:6], *lines[-6:]]:
        match = re.fullmatch(
            r".{0,40}?(\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)\s*(?:印发|发布|公布)", half_width(line)
        )
        if match:
            return iso_date(match[1])
    return None


_SENT_OUT = re.compile(r"[(]?(?P<note>[^()]{2,90}?)(?:联合)?(?:印发|发布|公布)[)]?")


def _printing_organ(raw: RawDocument) -> str | None:
    """甲省人民政府办公厅 2021年11月18日印发, at the top, in brackets or without, with the number or not: who has sent a
    document out. As the file has the line: in the cleaned text no gap is between two organs."""
    written = [line.text.strip() for line in raw.lines if line.role != "meta" and line.text.strip()]
    for line in written[:6]:
        told = _SENT_OUT.fullmatch(half_width(line))
        note = told["note"] if told else ""
        day = next((m for m in DATES.finditer(note) if (iso_of(m) or "")[4:]), None)
        if day is None:
            continue
        for start, end, _ in reversed(find_numbers(note)):
            note = note[:start] + note[end:]
        names = re.split(r"[、,\s]+", note.replace(day.group(), " ").strip("、, "))
        if all(map(is_organ, names)):
            return "、".join(names)
    return None


_OWN = re.compile(
    "本(?:办法|条例|规定|细则|决定|通知|意见|法|规则|方案|公告|通告|规划|标准|措施|章程|政策|指南|目录|令|预案|规程|制度)[^《》]{0,60}$"
)
_ANNOUNCED = re.compile("现(?:予|将.{0,40})?(?:公布|发布|印发)")
_FROM = re.compile(r"[自从于](?P<when>[^，。；、]{2,24}?)(?:之日)?起(?:正式)?(?:施行|实施|执行|生效|试行)")


#: A day that is still to be filled in: 自2025年 月 日起施行 of a draft.
_BLANK = re.compile(r"年[ \u3000]*月|月[ \u3000]*日")


_TOP = 15  #: lines at the top among which the bar of a page is
#: A site that is of no organ, as the source of a page.
_REPOSTED = re.compile(
    r"(?:来源|作者)\s*[:：]\s*(?!\S*(?:政府|政务|门户|人大|[部委局署厅办院]网))\S{2,12}网(?:站)?(?!\S)"
)
_WEEKS = 60  #: days after which a site has not published a document but posted it once more


def _apart(written: str, posted: str) -> bool:
    """Whether a site has posted a document so long after it was written that the day is not that of its publication."""
    days = [datetime.date.fromisoformat(d + "-01-01"[len(d) - 4 :]) for d in (written, posted)]
    return abs((days[1] - days[0]).days) > _WEEKS


def _effective(lines: Sequence[str], published: str | None, written: str | None) -> str | None:
    """施行日期: “本办法自2019年1月1日起施行”; “自发布之日起施行” is the day of publication, “自印发之日起施行” the one on which
    it was written. Not that of a cited document."""
    best: tuple[int, str] | None = None
    for line in lines:
        for match in _FROM.finditer(line):
            clause = re.split("[。；]", line[: match.start()])[-1]
            bare = re.sub(rf"^\s*第[{CN}十百千\d]+条", "", clause).strip()
            rank = 2 if _OWN.search(clause) else 1 if not bare or _ANNOUNCED.search(clause) else 0
            if rank == 0 or (best and best[0] > rank):
                continue
            said = match["when"]
            if _BLANK.search(said):
                continue
            sent = written if re.search("印发|签发|下发|发文", said) else iso_date(said)
            date = published if re.search("发布|公布|颁布", said) else sent
            if date:
                best = (rank, date)
    return best[1] if best else None


def _is_paper(lines: Sequence[str]) -> bool:
    top = [re.sub(r"\s", "", line) for line in lines[:60]]
    abstract = any(re.match(r"[【\[〔]?(?:摘要|内容提要)", line) for line in top)
    return abstract and any(re.match(r"[【\[〔]?关键[词字]", line) for line in top)


_REPORT = re.compile("(?:白皮书|蓝皮书|绿皮书|发展报告|研究报告|年度报告|调查报告)" + _TAIL + "$")
_FORM_KINDS = {"paper": "论文", "encyclopedia": "百科"}


def _form(title: str, lines: Sequence[str], file_name: str) -> str | None:
    """The name in AUTHORITY of what is no official document, whoever wrote it; None when it may be one."""
    top = "\n".join(lines[:60])
    bare = re.sub(r"\s", "", title).rstrip("”》。")
    if re.search("解读|答记者问|政策问答|问答[）)]?$|一图读懂|图解", bare):
        return "interpretation"
    if _is_paper(lines):
        return "paper"
    if re.search("百科|baike|wiki|encyclopedia", f"{title} {file_name}", re.IGNORECASE) or "百科名片" in top:
        return "encyclopedia"
    if re.search(r"ISBN|图书在版编目|CIP\s*数据", top) or _REPORT.search(bare):
        return "report"
    return None


def _authority(given: str | None, form: str | None, issuer: str | None, number: str | None) -> int:
    if given and given.isdecimal() and 1 <= int(given) <= AUTHORITY["unknown"]:
        return int(given)
    name = given if given in AUTHORITY else form
    if name is not None:
        return AUTHORITY[name]
    return rank_of(issuer) if issuer else _rank_of_number(number)


def _rank_of_number(number: str | None) -> int:
    """Authority as far as the word of a number tells it: 国发 and 国办发 are the State Council's, 甲政办发 is local."""
    if number and re.match(r"国(?:办)?[发函]|中办?发|国务院令|国令", number):
        return AUTHORITY["state_council"]
    return (
        AUTHORITY["local"]
        if number and re.match(rf"[{HAN}]{{1,4}}[政府](?:办)?[发函规字]", number)
        else AUTHORITY["unknown"]
    )
