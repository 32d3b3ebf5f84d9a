"""Which documents a question is kept to, and which it points at: by number, title, kind or issuer."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate
from typing import Any, Protocol

from corpus.document import AUTHORITY, Header
from corpus.header import find_numbers
from corpus.labels import number_of
from index.tokens import fold, known_word, segment, word_spans
from qa.patterns import YEAR
from qa.towns import may_tell_of, owners, towns_named


class Entry(Protocol):
    """A document as far as its header."""

    @property
    def doc_id(self) -> str: ...
    @property
    def header(self) -> Header: ...


@dataclass(frozen=True)
class Mention:
    """A place in the question that points at documents."""

    words: str
    doc_ids: frozenset[str]
    sure: bool = False  #: by number, title or a kind of source that is no everyday word: nothing else can be meant


def within(
    headers: Mapping[str, Header], documents: Collection[str] | None, filters: Mapping[str, Any] | None
) -> frozenset[str] | None:
    """The documents, of those that ``headers`` has, that a question is kept to; None for all. ``filters``: kind, issuer,
    year, each a value or several. Raises ValueError for another."""
    if documents is None and not filters:
        return None
    chosen = {doc_id for doc_id in headers if documents is None or doc_id in documents}
    for name, wanted in (filters or {}).items():
        if name not in ("kind", "issuer", "year"):
            raise ValueError(f"没有“{name}”这个筛选条件；可用的是 kind、issuer、year。")
        values = {str(v) for v in (wanted if isinstance(wanted, (list, tuple, set, frozenset)) else [wanted])}
        chosen = {doc_id for doc_id in chosen if str(_held(headers[doc_id], name)) in values}
    return frozenset(chosen)


def _held(header: Header, name: str) -> str | None:
    if name == "year":
        return (header.written or header.published or "")[:4]
    return header.kind if name == "kind" else header.issuer


#: Words for a kind of source; the pattern is matched in the folded question, the set in the header's kind.
_KINDS: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    # 写论文要用, 论文要写: the asker's own.
    (re.compile(r"(?<![写做发交改])论文(?!(?:要|想|得|需|准备|打算)+[写用引])|学术文章|期刊"), frozenset({"论文"})),
    (re.compile(r"(?<!篇)文章里|[这那]篇文章"), frozenset({"论文", "文章"})),
    (
        re.compile(r"(?<!工作)(?<!政府)(?<![打交写])报告(?!单|期)|这本书|书里|书中|白皮书|蓝皮书"),
        frozenset({"报告", "白皮书"}),
    ),
    (re.compile(r"百科|词条"), frozenset({"百科"})),
)
_OFFICIAL_KIND = "意见|通知|办法|条例|规定|方案|规划|决定|细则|公告|通告|批复|纲要|计划|守则|指南|规程|规则"
_SOURCE_KIND = "论文|报告|百科|词条|解读"
#: An official document by its kind: 这份意见, 论文和意见, and 办法里 where a question begins so.
_BY_KIND = re.compile(
    rf"(?<!的)(?:这|该|此)一?[份个部项篇](?:指导|实施|行动|工作|管理|暂行)?(?P<this>{_OFFICIAL_KIND})(?![书稿])"
    rf"|^(?P<first>{_OFFICIAL_KIND})(?=里|中|对|是|有没有|要求|规定|提出|什么时候|何时|哪|第|共|分|由)"
    rf"|(?:{_SOURCE_KIND})(?:和|与|跟|同)(?P<behind>{_OFFICIAL_KIND})(?![书稿])"
    rf"|(?P<before>{_OFFICIAL_KIND})(?:和|与|跟|同)(?={_SOURCE_KIND})"
)
_NOT_THIS = re.compile(r"(?:别|不要|不用|甭|不是|除了?|不看|不管)(?:[拿用听看管信])?[^,，。;；]{0,2}$")
#: 为落实40号文: what is asked stands elsewhere.
_CARRIES_OUT = re.compile(r"(?:配合|落实|贯彻|响应|执行)(?:国务院)?$")
#: 40号文之后: what came of it stands elsewhere.
_CAME_OF_IT = re.compile(r"(?:出台|印发|发布|下发|实施|出来)?(?:之后|以后|后|以来)")
_OFFICIAL = re.compile(
    r"国务院(?:的|这份|那份|印发的|发的|办公厅的|办公厅|正式)*(?:\"[^\"]{1,16}\")?(?:行动)?(?:文件|原文|意见|决定|通知|[^,。?]{0,6}号文)?"
    r"|官方|中央文件|红头文件|state council"
)
#: What makes the source before it the one that says what is asked for: 国务院文件有没有提到, 报告里怎么说.
_SAYS = re.compile(
    r"(?:里面?|中|上|内)?(?:开头|第一句|首句|末尾)*(?:有没有|有无|是否|是不是|具体|到底|究竟|本身|自己|都|还|又|是|一?共)*"
    r"(?:怎么|怎样|如何|咋)?(?:[对给把][^,，。?？]{2,14}?)?(?:怎么|怎样|如何|咋|设)?(?:的)?"
    r"(?:提|写|说|讲|规定|要求|明确|下(?:的|了)?定义|定义|界定|主张|点名|部署|承认|列|给(?:出|的|了)|谈)"
)
_SHORT_NUMBER = re.compile(
    r"(?<![\d第月])(\d{1,4})号(文件|文|函|令)?|(?<![第月一二三四五六七八九十百])([一二三四五六七八九十百]{1,5})号(文件|文)"
)


def mentions(
    question: str, entries: Sequence[Entry], holders: Callable[[str], Collection[str]] | None = None
) -> tuple[Mention, ...]:
    """The documents that the words of a question point at, in the order of the words; none when it names all or none.

    ``holders`` gives the doc_ids of the documents whose text holds a folded string.
    """
    folded = fold(question)
    found: list[tuple[int, Mention]] = []

    def point(at: int, words: str, ids: Iterable[str], sure: bool = False) -> None:
        chosen = frozenset(ids)
        same = next((i for i, (_, m) in enumerate(found) if m.doc_ids == chosen), None)
        if same is not None:
            if words in found[same][1].words:  # 甲市 of 甲市图书馆 is beyond doubt
                found[same] = (found[same][0], replace(found[same][1], sure=found[same][1].sure or sure))
        elif chosen:
            found.append((at, Mention(words, chosen, sure)))

    def says(at: int) -> bool:
        return bool(_SAYS.match(folded, at))

    for start, end, number in find_numbers(question):
        point(start, question[start:end], (e.doc_id for e in entries if e.header.number == number), sure=True)
    for match in _SHORT_NUMBER.finditer(folded):
        year = re.search(r"(?<!\d)((?:19|20)\d\d)年?(?:的|第)?$", folded[: match.start()])
        counted = match.group(1) or number_of(match.group(3))
        ending = re.compile(rf"{f'〔{year.group(1)}〕' if year else '(?<![0-9])'}{counted}号$")
        ids = (e.doc_id for e in entries if ending.search(e.header.number or ""))
        around = _CARRIES_OUT.search(folded[: match.start()]) or _CAME_OF_IT.match(folded, match.end())
        sure = bool(match.group(2) or match.group(4)) and not around
        point(match.start(), match.group(), ids, sure)
    for match in re.finditer(r"《([^》]{4,80})》", question):
        wanted = fold(match.group(1))
        ids = (e.doc_id for e in entries if _same_title(wanted, fold(e.header.title)))
        point(match.start(), match.group(), ids, sure=True)
    for pattern, kinds in _KINDS:
        for match in pattern.finditer(folded):
            if _NOT_THIS.search(folded[: match.start()]):
                continue
            ids = (e.doc_id for e in entries if (e.header.kind or "") in kinds)
            # 报告, 书 and 文章 are everyday words; 论文 and 百科 are said of a source.
            point(match.start(), match.group(), ids, sure=kinds in ({"论文"}, {"百科"}) or says(match.end()))
    for match in _BY_KIND.finditer(folded):
        ((name, kind),) = [(name, word) for name, word in match.groupdict().items() if word]
        of_kind = [e for e in entries if e.header.authority <= AUTHORITY["local"] and _is_of_kind(e.header, kind)]
        # An excerpt and the whole have one number.
        if len({e.header.number or e.doc_id for e in of_kind}) == 1 and not _NOT_THIS.search(folded[: match.start()]):
            sure = not match["first"] or says(match.end())
            start = match.start() if name == "this" else match.start(name)
            point(start, folded[start : match.end(name)], (e.doc_id for e in of_kind), sure)
    official = _OFFICIAL.search(folded)
    if official and official.group() != "国务院":
        ids = (e.doc_id for e in entries if e.header.authority <= AUTHORITY["state_council"])
        point(official.start(), official.group(), ids, sure=says(official.end()))
    for at, words, titled, proper in _by_names(folded, entries, holders) if holders else ():
        point(at, words, titled, sure=proper)
    if not found:
        point(0, "", _by_title_words(folded, entries))
    chosen = [_of_named_years(m, folded, entries) for _, m in sorted(found, key=lambda pair: pair[0])]
    return tuple(m for m in _meant(chosen, folded) if len(m.doc_ids) < len(entries))


def _is_of_kind(header: Header, kind: str) -> bool:
    title = re.sub(r"[（(].*?[)）]", "", header.title)
    return header.kind == kind or title.rstrip("》").endswith(kind)


def _of_named_years(mention: Mention, folded: str, entries: Sequence[Entry]) -> Mention:
    """A mention of reports of a series, one for each year, as those of the years that a question names: 某县2023年 of
    某县2023年比2022年 means two, and 2023年某县 not that of 2022. As it is where a report of no such year is meant."""
    named = set(YEAR.findall(folded))
    series = {e.doc_id: of_series(fold(e.header.title)) for e in entries}
    meant = {series[d][0] for d in mention.doc_ids if series[d][0]}
    kept = {d for d in mention.doc_ids if series[d][0] not in meant}
    for title in meant:
        of_title = {d for d, (own, _) in series.items() if own == title}
        of_years = {d for d in of_title if series[d][1] in named}
        if of_years and _REVISED.search(folded):  # a later report tells what became of the figure
            of_years = {d for d in of_title if series[d][1] >= min(named)}
        kept |= of_years if of_years & mention.doc_ids else of_title & mention.doc_ids
    return replace(mention, doc_ids=frozenset(kept))


_REVISED = re.compile("核实数?|修订|最终|到底|究竟|说法|口径")


@lru_cache(maxsize=4096)  # each question looks at all titles
def of_series(title: str) -> tuple[str, str]:
    """(a folded title without its year, the year); ("", "") for one of no year or of several.

    >>> of_series("甲县2022年公报"), of_series("2021—2025年规划")
    (('甲县年公报', '2022'), ('', ''))
    """
    years = YEAR.findall(title)
    return (YEAR.sub("", title), years[0]) if len(years) == 1 else ("", "")


def _meant(found: Sequence[Mention], folded: str) -> list[Mention]:
    """Without what may point at documents beside those that are named beyond doubt: the words that their titles share
    with others, and, where nothing is compared, an everyday word that another title happens to hold."""
    towns = frozenset(towns_named(folded))
    closer = [m.doc_ids for m in found if m.words not in towns and len(m.words) > _EVERYDAY]
    # One of the documents of a town that is named itself: the town says no more.
    found = [m for m in found if m.words not in towns or not any(ids < m.doc_ids for ids in closer)]
    if not _AMONG.search(folded):
        found = [_of_town(m, [t.doc_ids for t in found if t.sure and t.words in towns]) for m in found]
    named = [m.doc_ids for m in found if m.sure]
    sure = frozenset[str]().union(*named)
    among = bool(_AMONG.search(folded))

    def adds(mention: Mention) -> bool:
        if mention.doc_ids & sure:
            return mention.doc_ids <= sure and not any(mention.doc_ids > own for own in named)
        return among or len(mention.words) > _EVERYDAY

    return [m for m in found if m.sure or not sure or adds(m)]


def _of_town(mention: Mention, of_towns: Sequence[frozenset[str]]) -> Mention:
    """A mention by a word of titles as that of the documents among them that are of a town named beside it: of 甲市冷链
    not those of the province."""
    both = next((own & mention.doc_ids for own in of_towns if own & mention.doc_ids), frozenset[str]())
    short = mention.sure and len(mention.words) <= 2 * _EVERYDAY
    return replace(mention, doc_ids=both) if both and short else mention


_EVERYDAY = 2  #: characters of a word of a title that may be said of anything
#: What sets documents side by side.
_AMONG = re.compile(r"[和与跟同及比]|区别|不同|差别|分别|各自?|还是|两")


def _same_title(wanted: str, title: str) -> bool:
    return wanted in title or (len(title) >= 6 and title in wanted)


#: Characters that titles share by their form: 关于印发…实施细则的通知.
_FORM = re.compile(
    r"^[关于的和与及等通知意见决定批复函实施细则办法管理规定方案国务院办公厅人民政府省市印发工作"
    r"有关问题同意设立成立加强推进进一步若干条例规划计划行动报告部分]+$"
)


def _by_names(
    folded: str, entries: Sequence[Entry], holders: Callable[[str], Collection[str]]
) -> Iterable[tuple[int, str, frozenset[str], bool]]:
    """Pieces of a title or issuer that the question repeats and that stand in no other document: the place, project or
    body that those documents are about. (Place in the question, words, documents, whether it is a proper name.)"""
    names = {e.doc_id: _names(e.header.title, e.header.issuer or "") for e in entries}
    everywhere = "\n".join(names.values())
    headers = {e.doc_id: e.header for e in entries}
    inside, towns = _inside_words(folded), towns_named(folded)
    # In the order of the documents, so that of two places of one name the same one is meant each time.
    places = dict.fromkeys(place for e in entries for place in owners(e.header).values() if place)

    def held(words: str, place: str) -> Iterator[str]:
        """The documents that say some words, without those of other places where these name a place."""
        others = (doc_id for doc_id in holders(words) if doc_id in headers or not place)
        return (doc_id for doc_id in others if not place or may_tell_of(place, headers[doc_id]))

    at = 0
    while at < len(folded) - 1:
        end = at
        while end < len(folded) and folded[at : end + 1] in everywhere:
            end += 1
        own = next((i for i in range(at, end) if i not in inside), end)  # of 暂住证办理 no more than 办理
        whole = _whole_words(folded, own, end, everywhere)
        town = next((t for t in towns if whole.startswith(t) and whole != t), "")
        if town and not any(_beyond_issuer(e.header, whole, town) for e in entries if whole in names[e.doc_id]):
            whole = town
        piece = whole.strip(_FUNCTION)
        start, at = folded.find(piece, own), max(own + len(whole) if whole else end, at + 1)
        if not _IS_NAME.search(piece) or _FORM.match(piece) or _ASKS.search(piece):
            continue
        titled = frozenset(doc_id for doc_id, name in names.items() if piece in name)
        if _NOT_THIS.search(folded[:start]):
            continue
        place = next((p for p in places if piece in (p, p[:-1])), "")
        if titled and all(doc_id in titled for doc_id in held(piece, place)):
            # A year before everyday words makes no proper name of them: 2024年财政.
            proper = re.search(rf"{re.escape(piece)}[省市县区州盟旗乡镇]", everywhere) or not all(
                len(word) > 1 and known_word(word) for word in segment(_OF_YEAR.sub("", piece))
            )
            yield start, piece, titled, bool(proper)
    for town in towns:
        # Of a town that a document is of, whatever others say of it.
        titled = frozenset(doc_id for doc_id, name in names.items() if town in name)
        if titled and not _NOT_THIS.search(folded[: folded.find(town)]):
            yield folded.find(town), town, titled.union(held(town, town)), True


_OF_YEAR = re.compile(r"(?:19|20)\d\d年度?")


@lru_cache(maxsize=16_384)  # each question looks at all documents
def _names(title: str, issuer: str) -> str:
    """Title and issuer of a document, folded. A mark of a title is no letter of a name: a title within it may be the one
    that the question puts in marks."""
    bare = _ASIDE.sub("", title)
    return fold(re.sub("[《》]", "\n", bare) + "\n" + issuer)


def _whole_words(folded: str, start: int, end: int, names: str) -> str:
    """What a question repeats of some names (each a line), up to the end of a word in the question and in one of the names:
    of 某市发生 no more than 某市 where a name is 某市发展局."""
    piece = folded[start : _end_of_word(folded, start, end)]
    longest, at = 0, names.find(piece)
    while at >= 0 and longest < len(piece):
        longest = max(longest, _end_of_word(names, at, at + len(piece)) - at)
        at = names.find(piece, at + 1)
    return piece[:longest]


def _end_of_word(text: str, start: int, end: int) -> int:
    """The last place up to ``end`` that is not inside a word of a text, but behind a shorter word: 住房|补贴."""
    line, stop = text.rfind("\n", 0, start) + 1, text.find("\n", start)
    ends = _ends_of_words(text[line:] if stop < 0 else text[line:stop])
    after = bisect_left(ends, end - line)
    if after == len(ends) or ends[after] == end - line:
        return end
    at, word_end = line + (ends[after - 1] if after else 0), line + ends[after]
    word = text[at:word_end]
    if not (_IS_NAME.match(word) and known_word(word)):
        return end
    shorter = text[max(at, start) : end]
    return end if len(shorter) > 1 and known_word(shorter) else max(at, start)


@lru_cache(maxsize=1024)
def _ends_of_words(line: str) -> tuple[int, ...]:
    """Where the words of a line end."""
    return tuple(end for _, end in word_spans(line))


def _beyond_issuer(header: Header, piece: str, town: str) -> bool:
    """Whether what follows a town in a piece of a title or issuer is of what the document is about, or ends the name of a
    body: no mere beginning of that name."""
    issuers = [fold(organ) for organ in re.split(r"[、\s]+", header.issuer or "") if organ]
    title = fold(header.title)
    for issuer in issuers:
        title = title.replace(issuer, "")
    rest = piece.removeprefix(town)
    return rest in title or any(issuer.endswith(rest) for issuer in issuers)


_LONG_WORD = 3  #: characters of a word that cannot be two others side by side


def _inside_words(folded: str) -> frozenset[int]:
    """The places of a folded question that stand inside a long word, not at its beginning."""
    found, at = set[int](), 0
    for word in segment(folded):
        if len(word) >= _LONG_WORD and _IS_NAME.match(word) and known_word(word):
            found.update(range(at + 1, at + len(word)))
        at += len(word)
    return frozenset(found)


#: A title may be a question itself: 去年发了多少快递？ What it asks with names nothing.
_ASKS = re.compile(r"多少|什么|怎么|如何|哪[个些里儿]?|几[个项条]|为何|是否|吗$")
#: What a title says of itself in brackets (网页节选).
_ASIDE = re.compile(r"[（(][^（()）]*[)）]")
_IS_NAME = re.compile(r"[\u4e00-\u9fff]{2}")
_FUNCTION = "的和与及在对从等为是有中"


#: A body that acts, of which a question asks, and not what it has sent out: 市生态环境局牵头, 县教育局要做什么.
_ACTING_BODY = re.compile(
    r"[省市县区州][\u4e00-\u9fff]{2,10}?[局委厅办](?=牵头|负责|参[与加]|配合|承担|主管|管|都?要|应|在|是不是|有)"
)


def _by_title_words(folded: str, entries: Sequence[Entry]) -> set[str]:
    """Documents of which the question repeats a piece of the title, four characters or more, that no other title holds."""
    titles = [fold(e.header.title) for e in entries]
    starts = list(accumulate((len(title) + 1 for title in titles), initial=0))
    everywhere, inside = "\n".join(titles), _inside_words(folded)
    bodies = [match.span() for match in _ACTING_BODY.finditer(folded)]
    chosen: set[str] = set()
    for start in range(len(folded) - 3):
        piece = folded[start : start + 4]
        if any(a <= start and start + 4 <= b for a, b in bodies):
            continue
        if folded.find(piece) in inside or not _IS_NAME.search(piece) or _FORM.match(piece):
            continue
        at = everywhere.find(piece)
        number = bisect_right(starts, at) - 1
        if at >= 0 and everywhere.find(piece, starts[number + 1]) < 0:
            chosen.add(entries[number].doc_id)
    return chosen
