"""Answers from lines that name what they tell: 联系人：…, 关键词：…, 定价：…"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.document import SourceDocument
from corpus.sentences import sentence_spans
from corpus.table_rows import is_field, is_form
from index.tokens import fold
from qa.evidence import Candidate, Probe, weight_held
from qa.extractive import Draft, Line, cells_of, closed
from qa.whose_item import is_of_another, names_of

_LONGEST = 120  #: characters of a line that holds labelled data
_MOST = 4  #: lines of an answer
_PAIR = re.compile(
    r"(?:^|(?<=[ \t　；;，,。（()）、.．]))(?P<label>[\u4e00-\u9fff]{2,10})[ \t　]?[:：][ \t　]*(?P<value>[^\n；;]*?)"
    r"(?=(?:[ \t　]+|[，,。][ \t　]*)[\u4e00-\u9fff]{2,10}[:：]|[；;]|$)"
    r"|(?P<isbn>ISBN)[ \t]?(?P<number>[\d\-—– \t]{12,25}\d)",
    re.MULTILINE,
)
#: Labels of a book's own data, and how a question asks for them.
_OF_BOOKS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (re.compile(r"ISBN", re.IGNORECASE), re.compile(r"isbn|书号|刊号")),
    (re.compile(r"定价|价格"), re.compile(r"定价|多少钱一本|[书本册].{0,6}(?:价|多少钱)")),
    (re.compile(r"责任编辑|责编"), re.compile(r"责任编辑|责编|编辑是谁|哪位编辑")),
    (re.compile("出版社"), re.compile("出版社|谁出版|哪[里儿]出版")),
    (re.compile(r"字数"), re.compile(r"字数|(?:多少|几)(?:万|千)?字")),
    (re.compile(r"开本|印张"), re.compile(r"开本|印张")),
    (re.compile(r"装帧|封面设计"), re.compile(r"装帧|封面.{0,4}设计")),
)
#: Labels of contacts: a document may hold those of several bodies.
_CONTACTS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (re.compile(r"联系人|经办人"), re.compile(r"联系人|经办人|(?:联系|找|咨询|问|打给)(?:谁|哪[个位]人?)|(?:找|问)谁")),
    (
        re.compile(r"电话|热线|联系方式"),
        re.compile(r"电话|热线|号码(?!牌)|联系方式|打(?:哪个|什么|多少)|怎么联系|如何联系"),
    ),
    (re.compile(r"邮箱|电子邮件|邮件"), re.compile(r"邮箱|电子邮件|e-?mail")),
    (re.compile(r"传真"), re.compile(r"传真")),
    (re.compile(r"地址|地点"), re.compile(r"地址|寄(?:到|往|给)?哪|地点")),
    (re.compile(r"邮编|邮政编码"), re.compile(r"邮编|邮政编码")),
    (re.compile(r"网址|网站"), re.compile(r"网址|哪个网站")),
)
_ASKS_WHOM = re.compile("(?:找|问|打给|联系)谁|谁联系")
_PURPOSES = ("投诉", "举报", "监督", "咨询", "报名", "预约", "救援", "报警", "值班")
_SENT_TO = ("抄送", "分送", "主送", "报送")  #: short labels that are no other word
#: Labels of responsibility notes: they say nothing without what they are notes of.
_DUTY = re.compile(r"(?:总?牵头|主办|主责|责任|负责|承办|实施|配合|参与|参加|协办|协同)(?:单位|部门|机构|主体|科室)")
_ITEM = re.compile(r"\s*[（(][一1][)）]")  #: the first of a list that a sentence announces is no value of a label
_ASKS_VALUE = re.compile(
    r"什么|哪|多少|几|谁|怎么|如何|给一下|给我|告诉|查一下|列|[?？]$|(?:电话|热线|邮箱|地址|时间|联系人|联系方式)$"
)


@dataclass(frozen=True)
class _Labelled:
    """A piece of a line that says what it is, and what it says."""

    document: SourceDocument
    label: str
    start: int
    end: int
    owner: str = ""  #: whose it is, where a line holds the numbers of several


def answer_label(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """The labelled lines that a question asks for by their labels; None where it names none.

    Looked for in the documents that the question points at, else in that of the best sentence.
    """
    core = fold(probe.question.core)
    if not found or not _ASKS_VALUE.search(core) or "whether" in probe.question.kinds:
        return None
    documents = dict.fromkeys(c.document for c in found if not probe.hinted or c.document.doc_id in probe.hinted)
    for document in list(documents)[:2]:
        told = {document.text[i.start : i.end]: i for i in reversed(labelled(document))}
        chosen = _chosen(core, probe, sorted(told.values(), key=lambda item: item.start))
        if chosen:
            near = min((c.start for c in found if c.document is document), default=0)
            chosen.sort(key=lambda item: abs(item.start - near))
            kept = sorted(chosen[:_MOST], key=lambda item: item.start)
            text = document.text
            spans = [
                span
                for i in kept
                for span in (
                    [(i.start, i.end)] if _KEY_WORDS.fullmatch(i.label) else sentence_spans(text, i.start, i.end)
                )
            ]
            lines = [Line(closed(text[a:b].replace("|", "：")), ((document.doc_id, a, b),)) for a, b in spans]
            return Draft(tuple(lines), method="label")
    return None


_BEFORE = 150  #: characters before a line in which it says whose data it holds
_THEIRS = 0.6  #: share of what a question says besides, that has to stand there or above


def _of_contacts(core: str) -> str:
    """A question without the words that ask for a contact and tell what it is for: what it says of the body or thing."""
    for _, words in _CONTACTS:
        core = words.sub(" ", core)
    return re.sub("|".join(_PURPOSES), " ", core)


def _is_theirs(core: str, probe: Probe, item: _Labelled) -> bool:
    """Whether a line stands with the body or thing that the question speaks of: not the telephone of another one."""
    rest = _of_contacts(core)
    own = {w: v for w, v in probe.words.items() if w in rest}
    around = fold(_above(item) + item.document.text[item.start : item.end + (0 if item.owner else 30)])
    return weight_held(own, probe, around) >= _THEIRS * sum(own.values())


def _above(item: _Labelled) -> str:
    """What tells whose the data of a line are: the names above it and, where it does not say it itself, what stands before."""
    before = "" if item.owner else item.document.text[max(0, item.start - _BEFORE) : item.start]
    return names_of(item.document, item.document.section_at(item.start)) + before


def _is_of_another(asked: str, probe: Probe, item: _Labelled) -> bool:
    said = item.document.text[item.start : item.end]
    return is_of_another(asked, probe, item.document, fold(_above(item)), item.label, said)


def _by_owner(core: str, probe: Probe, items: Sequence[_Labelled]) -> list[_Labelled]:
    """Of the numbers in lines that tell whose each is those of the body spoken of; all where the names tell of none."""
    rest = _of_contacts(core)
    held = []
    for item in items:
        above = names_of(item.document, item.document.section_at(item.start))
        own = {w: v for w, v in probe.words.items() if w in rest and w not in above}
        held.append(weight_held(own, probe, fold(item.owner)))
    return [item for item, weight in zip(items, held, strict=True) if weight == max(held)]


def _fields(document: SourceDocument) -> Iterator[_Labelled]:
    """The fields of forms that are tables: 联系人|张三|电话|12345."""
    for table in re.finditer(r"(?:^[^\n|]*\|[^\n]*(?:\n|\Z))+", document.text, re.MULTILINE):
        if not is_form([cells_of(row) for row in table.group().rstrip("\n").split("\n")]):
            continue
        for pair in re.finditer(r"(?:^|(?<=\|))([^\n|]+)\|([^\n|]+)(?:\||$)", table.group(), re.MULTILINE):
            name, start = pair[1].strip(), table.start() + pair.start()
            if is_field(name) and pair[2].strip():
                end = table.start() + pair.start(2) + len(pair[2].rstrip())
                yield _Labelled(document, re.sub(r"[（(].*", "", name), start, end)


@lru_cache(maxsize=16)
def labelled(document: SourceDocument) -> tuple[_Labelled, ...]:
    """All pieces of lines of a document that say what they are."""
    return (*_fields(document), *_pairs(document))


def _pairs(document: SourceDocument) -> Iterator[_Labelled]:
    publishers = list(_PUBLISHER.finditer(document.text))
    if publishers:
        named = max(publishers, key=lambda line: len(line.group()))
        yield _Labelled(document, "出版社", *named.span("said"))
    for line in re.finditer(r"[^\n]+", document.text):
        owned = list(_owned(document, *line.span()))
        yield from owned
        if len(line.group()) > _LONGEST or owned:
            continue
        for pair in _PAIR.finditer(document.text, *line.span()):
            value = pair["value"] if pair["label"] else pair["number"]
            duty = _DUTY.fullmatch(pair["label"] or "")
            if value and value.strip() and value.strip()[-1] not in "：:" and not duty and not _ITEM.match(value):
                # Key words are parted by what parts labels elsewhere.
                end = line.end() if _KEY_WORDS.fullmatch(pair["label"] or "") else pair.end()
                yield _Labelled(document, pair["label"] or pair["isbn"], pair.start(), end)


#: A line that names the publisher of a book, and nothing else.
_PUBLISHER = re.compile(r"^\s*(?P<said>[\u4e00-\u9fff]{2,12}出版社(?:有限公司)?(?:出版)?(?:发行)?)\s*$", re.MULTILINE)
_KEY_WORDS = re.compile("关键[词字]|主题词")
#: A telephone number, and whose it is in brackets behind it.
_NUMBER = re.compile(
    r"(?<!\d)(?:[(（]?0\d{2,3}[)）]?[ \t]?[-—－–]?[ \t]?)?[2-9]\d{6,7}(?:[-—－–转]\d{1,5})?(?!\d)|(?<!\d)1\d{10}(?!\d)"
)
_OWNER_BEHIND = re.compile(r"[ \t]*[（(][\u4e00-\u9fff][^（()）\d]{1,15}[)）]")
_NAME = re.compile(r"[\u4e00-\u9fff]{2,10}[ \t　]?[:：]")
_LISTED = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）.．、])")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LONGEST_OWNED = 400  #: characters of a line with the numbers of several


def _owned(document: SourceDocument, begin: int, end: int) -> Iterator[_Labelled]:
    """The numbers of a line that tells whose each is, with that: 联系方式：财务科 7001；人事科 7002. None for another."""
    line = document.text[begin:end]
    numbers = list(_NUMBER.finditer(line)) if len(line) <= _LONGEST_OWNED else []
    labels = _NAME.findall(line)
    if len(numbers) < 2 or not any(label.search(name) for label, _ in _CONTACTS for name in labels):
        return
    pieces: list[tuple[int, int, str]] = []
    at = 0
    for number in numbers:
        owner = _OWNER_BEHIND.match(line, number.end())
        stop = owner.end() if owner else number.end()
        start = at + len(line[at:]) - len(line[at:].lstrip("；;，,、。 \t　"))
        said = _LISTED.sub("", line[start : number.start()]) + (owner.group() if owner else "")
        if not _HAN.search(said) and pieces:  # a second number of the same
            pieces[-1] = (pieces[-1][0], stop, pieces[-1][2])
        else:
            pieces.append((start, stop, said))
        at = stop
    owners = [_NAME.sub("", said) for _, _, said in pieces]
    if len(pieces) > 1 and all(map(_HAN.search, owners)):
        for (start, stop, said), owner_name in zip(pieces, owners, strict=True):
            label = "".join(dict.fromkeys((labels[0], *_NAME.findall(said)))).replace("：", "")
            yield _Labelled(document, label, begin + start, begin + stop, owner_name)


#: What a label adds to what it is a label of: 审核人, 填报单位.
_OF_LABEL = re.compile("(?:单位|部门|机构|机关|人员?)$")
_VALUE = "谁|哪|什么|啥|多少|几"
_HEAD, _TAIL = 700, 500  #: characters of a document in which it says what there is to know of it


def asked_of_document(core: str, document: SourceDocument) -> list[tuple[str, re.Pattern[str]]]:
    """The labels in the head and closing lines of a document for which a folded question asks, each with the words that
    do: 联系人, 审核人 by 谁审核的."""
    asked: dict[str, re.Pattern[str]] = {}
    purposes = [word for word in _PURPOSES if word in core]
    items = labelled(document)
    times = Counter(item.label for item in items)
    for item in items:
        label, stem = fold(item.label), _OF_LABEL.sub("", fold(item.label))
        if document.text[item.start - 1 : item.start] in ("（", "("):
            continue  # it says whose number stands before it
        # What stands there several times is who speaks.
        if _HEAD < item.start < len(document.text) - _TAIL or item.owner or times[item.label] > 2:
            continue
        if "。" in document.text[item.start : item.end].rstrip("。"):
            continue  # what is told of a thing
        contact = next((words for name, words in _CONTACTS if name.search(label) and _asks_for(words, core)), None)
        if contact is not None:
            own = [word for word in _PURPOSES if word in label]
            if not purposes and set(own) <= {"咨询"} or set(purposes) & set(own):
                asked[item.label] = contact
        elif len(stem) >= 2 and re.search(
            rf"(?:谁|哪[^,，。?？]{{0,4}}){stem}|{stem}(?:人|的|了|是|都|有)*(?:谁|哪)", core
        ):
            asked[item.label] = re.compile(stem)
        elif (len(label) >= 3 or label == "编号") and _asks_for(re.compile(label), core):
            asked[item.label] = re.compile(label)
    return list(asked.items())


def _asks_for(words: re.Pattern[str], core: str) -> bool:
    """Whether a question asks for the value of what it names: 热线是多少, and not 热线接了多少件."""
    behind = re.compile(
        rf"(?:号码?|电话|邮箱|传真|地址|邮编|分别|各|都|是|叫|为|有|在|呢|和|跟|、)*(?:{_VALUE}|[,，、和?？]|$)"
    )
    return any(
        _ASKS_ITSELF.search(m.group()) or behind.match(core, m.end()) or _JUST_BEFORE.search(core[: m.start()])
        for m in words.finditer(core)
    )


_ASKS_ITSELF = re.compile(_VALUE + "|怎么|如何")
_JUST_BEFORE = re.compile(rf"(?:{_VALUE})[个家]?$")


def _chosen(core: str, probe: Probe, items: Sequence[_Labelled]) -> list[_Labelled]:
    """The items whose labels a question names, by themselves or in its own words for them."""
    own = [label for label, words in _OF_BOOKS if words.search(core)]
    contacts = [label for label, words in _CONTACTS if words.search(core)]
    if own or contacts:
        purposes = [word for word in _PURPOSES if word in core and any(word in item.label for item in items)]
        if contacts and purposes and _ASKS_WHOM.search(core):
            contacts = [label for label, _ in _CONTACTS[:2]]  # 投诉找谁: whom 投诉电话 reaches
        groups = [[item for item in items if label.search(item.label)] for label in contacts]
        # 联系电话 asked for by its name is not 监督电话.
        reached = [item for group in groups for item in [i for i in group if fold(i.label) in core] or group]
        # 投诉电话 where one is so called; else a line that stands with the body spoken of.
        called = [item for item in reached if any(word in core and word in item.label for word in _PURPOSES)]
        of_books = [item for item in items if any(label.search(item.label) for label in own)]
        asked = _of_contacts(core)
        theirs = [item for item in called if not _is_of_another(asked, probe, item)]
        theirs = theirs or [item for item in reached if item not in called and _is_theirs(core, probe, item)]
        return of_books + _by_owner(core, probe, list(dict.fromkeys(theirs)))
    posts = [
        item for item in items if re.search(rf"(?<!副){item.label}(?:是|由|叫|为)?(?:谁|哪位|什么人|哪个人)", core)
    ]
    if posts:
        return posts[:_MOST]
    named = [i for i in items if (len(i.label) >= 3 or i.label in _SENT_TO) and fold(i.label) in core]
    labels = {item.label for item in named}
    asked = re.sub("|".join(map(re.escape, sorted(map(fold, labels), key=len, reverse=True))) or "$", " ", core)
    whole = [
        item
        for item in named
        if not any(item.label != other and item.label in other for other in labels)
        and not _is_of_another(asked, probe, item)
    ]
    # The labels are most of what the question is about.
    total = probe.weight or 1.0
    said = sum(v for w, v in probe.words.items() if any(w in fold(label) for label in labels))
    return whole if (said >= 0.5 * total or probe.named) and len(whole) <= _MOST else []
