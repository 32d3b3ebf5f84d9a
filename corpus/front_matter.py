"""What is no running text: the lines before it, signatures, and the titles of regulations held in one file."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.clean import Paragraph
from corpus.dates import EVENT, is_date
from corpus.header import normal_number
from corpus.headings import DOCUMENT_NUMBER, GENRE, HAN, QUESTIONS, REGULATION, is_prose
from corpus.labels import REPLY, Label, label_of
from corpus.organs import is_organ
from corpus.signature import dates_unsigned, signed

_ORGAN = re.compile(
    r"(?:国务院|政府|部|委|委员会|局|厅|院|办公厅|办公室|署|总局|人大|常委会|法院|检察院|银行|党委|中央|会|所|中心|公司)$"
)


_OPENS_BODY = re.compile(r"^(?:目录|序|序言|前言|引言|导言|总论|绪论|摘要|总则|内容提要)$")
#: What the red head of a document ends in: 某某省人民政府文件.
_MASTHEAD = re.compile("^文件$|[府厅室部委局会署院]文件$")
_PUBLISHED = re.compile(
    r"ISBN|ISSN|CIP|印张|字数[:：]|责任编辑|装帧|定价[:：]|版权所有|出版发行|第\d+版|印刷|经销|邮购|服务电话|图书在版编目"
)
_OF_PAPER = (
    r"关键词|中图分类号|文献标[识志]码|文章编号|收稿日期|基金项目|作者简介|通[信讯]作者|DOI|Abstract|Key\s?words"
)
_PAPER = re.compile(rf"^(?:{_OF_PAPER})\s*[：:]", re.IGNORECASE)
_CATALOGUE = re.compile(
    rf"^(?:{_OF_PAPER}|主题词|来源|发布时间|发布日期|时间|日期|作者|文号|发文字号|索引号|发文机关|成文日期|签发人)\s*[：:]",
    re.IGNORECASE,
)


def front_matter(paragraphs: Sequence[Paragraph]) -> set[int]:
    """Paragraphs before the text proper: title, number, date, metadata rows, imprint, key words, foreign abstract."""
    front = {i for i, p in enumerate(paragraphs) if p.role == "meta" or p.kind == "front"}
    body = [i for i, p in enumerate(paragraphs) if p.kind == "body"]
    imprint = [i for i in body[:120] if _PUBLISHED.search(paragraphs[i].text) and len(paragraphs[i].text) <= 120]
    last_imprint = imprint[-1] if len(imprint) >= 3 else -1
    titled = False
    for place, i in enumerate(body):
        paragraph, text = paragraphs[i], paragraphs[i].text
        if i in front:
            continue
        row = "|" in text
        if _CATALOGUE.match(text) or not (row or HAN.search(text)):
            front.add(i)
            continue
        if row:
            break
        if i <= last_imprint and not is_prose(text, 60):
            front.add(i)
            continue
        if not _may_be_front(text, paragraph, titled, after_imprint=0 <= last_imprint < i):
            break
        following = paragraphs[body[place + 1]].text if place + 1 < len(body) else ""
        fits = _is_front_line(text) or _continues_title(front, paragraphs, text)
        if titled and not fits and (following == "" or is_prose(following, 25) or label_of(following)):
            break
        front.add(i)
        titled = True
    for i in body[:40]:
        # Behind a Chinese abstract: key words, class numbers, an abstract in a foreign language.
        text = paragraphs[i].text
        label = label_of(text)
        if label is not None and label.style != "word" and i not in front:
            break
        if _PAPER.match(text) or (len(text) >= 40 and len(HAN.findall(text)) < 0.05 * len(text) and "|" not in text):
            front.add(i)
    return front


def _may_be_front(text: str, paragraph: Paragraph, titled: bool, *, after_imprint: bool) -> bool:
    if _OPENS_BODY.match(text) or text.endswith(("：", ":")) or text.startswith("摘要"):
        return False
    if after_imprint and paragraph.role == "heading":
        return False
    if REPLY.match(text) or (titled and QUESTIONS.fullmatch(text)):
        return False
    label = label_of(text)
    if label is not None and (paragraph.role == "heading" or label.number == 1 or label.style == "word"):
        return False
    sentence = is_prose(text, 30) or (text[-1] in "。！？" and "，" in text)
    named = GENRE.search(text) or _MASTHEAD.search(text) or is_organ(text)
    return not sentence and (not titled or paragraph.role != "heading" or bool(named))


def _is_front_line(text: str) -> bool:
    """Whether a line looks like a number, a date, an issuer, a title or a note under the title."""
    patterns = (DOCUMENT_NUMBER, GENRE, _ORGAN, _CATALOGUE, _PUBLISHED)
    dated = is_date(text) or EVENT.match(text) is not None or signed(text) is not None
    return (
        dated
        or any(p.search(text) for p in patterns)
        or text[:1] in "（("
        or text.endswith(("出版社", "日报", "网", "版"))
    )


def _continues_title(front: set[int], paragraphs: Sequence[Paragraph], text: str) -> bool:
    if len(front) > 100:  # far below any title
        return False
    before = [paragraphs[i].text for i in sorted(front) if paragraphs[i].role != "meta"]
    return bool(before) and len(before) <= 3 and "关于" in "".join(before) and not GENRE.search(before[-1])


def parts(paragraphs: Sequence[Paragraph], labels: Sequence[Label | None]) -> list[int]:
    """The titles of regulations that one file holds one after the other, each numbered from one, or of the letters of a
    gazette, each with its number and whom it is sent to; none for a single."""
    body = [i for i, p in enumerate(paragraphs) if p.kind == "body"]
    letters = [
        i for place, i in enumerate(body) if _heads_letter([paragraphs[k].text for k in body[place : place + 4]])
    ]
    if len(letters) >= 2:
        return letters
    found: list[int] = []
    for place, i in enumerate(body):
        paragraph, text = paragraphs[i], paragraphs[i].text
        if labels[i] is not None or paragraph.role not in ("text", "heading") or not 5 <= len(text) <= 50:
            continue
        above = labels[body[place - 1]] if place else None
        if above is not None and above.text.startswith("附"):  # the title of an attachment, below its number
            continue
        if not REGULATION.search(text) or re.search(r"[，。！？；：,:;!?…|\t]", text):
            continue
        for j in body[place + 1 : place + 5]:
            label = labels[j]
            if label is not None:
                if label.number == 1 and label.style in ("编", "章", "条", "一、"):
                    found.append(i)
                break
            if j != body[place + 1] and REGULATION.search(paragraphs[j].text) and len(paragraphs[j].text) <= 50:
                break  # the title is the nearer one
    return found if len(found) >= 2 else []


def _heads_letter(lines: Sequence[str]) -> bool:
    """Whether lines begin with a title, a document number and those whom the document is sent to."""
    title, number, *below = [*lines, "", ""]
    titled = 5 <= len(title) <= 60 and "关于" in title and bool(GENRE.search(title))
    return titled and normal_number(number) is not None and any(line.endswith(("：", ":")) for line in below[:1])


def signatures(paragraphs: Sequence[Paragraph], front: set[int]) -> list[range]:
    """Issuer and date at the end of a document or of one of its parts, with the notes after them."""
    found: list[range] = []
    for i, paragraph in enumerate(paragraphs):
        alone = is_date(paragraph.text)
        if (
            not (alone or signed(paragraph.text))
            or i in front
            or paragraph.kind != "body"
            or paragraph.role == "heading"
        ):
            continue
        if found and i in found[-1]:
            continue
        begin = i
        while begin > 0 and begin > i - 8 and _is_signer(paragraphs[begin - 1]) and begin - 1 not in front:
            begin -= 1
        end = i + 1
        while end < len(paragraphs) and _is_tail(paragraphs[end]):
            end += 1
        at_end = all(_is_tail(p) for p in paragraphs[end:])
        above, below = (paragraphs[k].text if 0 <= k < len(paragraphs) else "" for k in (i - 1, i + 1))
        if begin < i or at_end or not alone or dates_unsigned(above, paragraph.text, below):
            found.append(range(begin, end))
    imprint = len(paragraphs)  # 抄送 and 印发 at the very end
    while imprint > 0 and _IMPRINT.match(paragraphs[imprint - 1].text) and imprint - 1 not in front:
        imprint -= 1
    if imprint < len(paragraphs) and not (found and imprint in found[-1]):
        found.append(range(imprint, len(paragraphs)))
    return found


def _is_signer(paragraph: Paragraph) -> bool:
    text = paragraph.text
    plain = paragraph.role == "text" and paragraph.kind == "body" and 2 <= len(text) <= 30
    plain = plain and (bool(_ORGAN.search(text)) or len(text) <= 10)
    return plain and not re.search(r"[。，；：！？]", text) and label_of(text) is None


def _is_tail(paragraph: Paragraph) -> bool:
    text = paragraph.text
    note = text[:1] in "（(" and text[-1:] in "）)" and len(text) <= 40
    return note or bool(_IMPRINT.match(text)) or bool(re.match(r"^[（(]?联系人", text))


_IMPRINT = re.compile(r"^(?:抄送|主题词|分送|印发|共印)|^.{0,40}\d日\s*印发$|^.{0,20}印发$")


FAREWELL = re.compile(r"^(?:特此|专此|此复|此致|现将|以上|妥否|当否|请予|请审|附件[：:]|附[：:])")
