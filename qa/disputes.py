"""Statements of different sources, or of different times, laid side by side with where they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.document import AUTHORITY, Header, SourceDocument
from corpus.labels import number_of
from corpus.sentences import sentence_spans
from index.tokens import fold
from qa.amounts import Amount, amounts
from qa.editions import asks_both, disputes
from qa.evidence import READ_TO_ANSWER, Candidate, Probe, coverage
from qa.extractive import Draft, Line, after_label, as_candidate, closed, lines_of, title_of
from qa.narrow import case_meant, narrowed
from qa.patterns import YEAR

if TYPE_CHECKING:
    from qa.answer import Citation
    from qa.facts import Difference

_FIGURE = re.compile(
    r"(?<![\d.])(\d[\d,]*(?:\.\d+)?)\s*(?:多|余)?\s*(万亿|[百千]?[万亿])?\s*(%|个百分点|[\u4e00-\u9fffa-zA-Z]?)|(\d+[:：]\d+)"
)
_UNITS = frozenset("元座家件人项天月户个台辆张所处条名位倍吨亩度次岁%")
_LOOKED_AT = 60  #: sentences that may make one of the statements
_BELOW = 5.0  #: how far below the best sentence one may be scored


def answer_dispute(
    probe: Probe,
    found: Sequence[Candidate],
    newer: Mapping[str, str],
    headers: Mapping[str, Header],
    search: Callable[[str, Collection[str]], Sequence[Candidate]],
    differences_of: Callable[[str, str], Sequence[Difference]],
) -> Draft | None:
    """What sources say where a question speaks of statements that differ: the official and present one first.

    ``newer``: documents that another one has replaced. ``headers``: of the documents that may be used. ``search`` gives
    the sentences of some documents for another wording, ``differences_of`` what differs between two documents. None where
    fewer than two statements are found.
    """
    core = fold(probe.question.text)
    differ, sets_beside = disputes(core), bool(_SETS_BESIDE.search(core))
    if not (differ or sets_beside or asks_both(core) or _COPIES.search(core)):
        return None
    telling = [c for c in found if c.tells and c.document.doc_id in headers][:_LOOKED_AT]
    if not telling:
        return None
    worded = _worded_otherwise(core, telling, headers, differences_of) or _changed_between(
        core, probe, telling, newer, headers, differences_of
    )
    if worded is not None:
        return worded
    chosen = _with_figures(core, telling) if differ else []
    beside = [] if chosen else _in_documents(core, telling, probe)
    chosen = chosen or (beside if len(beside) > 1 else _of_versions(fold(probe.topic), telling, newer, search))
    chosen = chosen or (_of_sources(telling) if differ else []) or (beside if sets_beside else [])
    if not chosen:
        return None
    chosen.sort(
        key=lambda c: (c.document.doc_id in newer, is_weak(c.document.header), c.document.header.authority, -c.score)
    )
    if chosen is beside and len({c.document.doc_id for c in chosen}) == 1:
        chosen.sort(key=lambda c: c.start)
    several = len({c.document.doc_id for c in chosen}) > 1
    lines: list[Line] = []
    for candidate in chosen:
        lead = f"{source_name(candidate.document, newer)}：" if several else ""
        clause = case_meant(probe, candidate) or narrowed(probe, candidate)
        lines += [replace(clause, text=lead + clause.text)] if clause else lines_of([[candidate]], lead)
    if _ASKS_SAME.search(core) and len({told.low for told in _told_figures(core)}) == 1 and len(lines) > 1:
        lines[0] = replace(lines[0], text=f"一致，{lines[0].text}")  # 近7.2万亿 and 约7.2万亿
    return Draft(tuple(lines), method="dispute")


#: Copies of one text whose wording a question compares.
_COPIES = re.compile(
    r"(?:网页|网络|摘录|节选|转载|全文|印刷|纸质|电子|官网)[^,，。?？]{0,4}版?|两个版本|两处原文|[差多少]了?(?:一|几)个字|用词|措辞|字眼|写法"
)
_SAID_OF_COPIES = re.compile(r"差|不一样|不同|各(?:是|怎|写)|出入|不一致|改")


def _worded_otherwise(
    core: str,
    telling: Sequence[Candidate],
    headers: Mapping[str, Header],
    differences_of: Callable[[str, str], Sequence[Difference]],
) -> Draft | None:
    """The sentence that two copies of one document word differently, as each has it."""
    if not (_COPIES.search(core) and _SAID_OF_COPIES.search(core)):
        return None
    by_number: dict[str, list[str]] = {}
    for doc_id, header in headers.items():
        if header.number:
            by_number.setdefault(header.number, []).append(doc_id)
    rank = {doc_id: i for i, doc_id in reversed(list(enumerate(c.document.doc_id for c in telling)))}
    groups = [held[:2] for held in by_number.values() if len(held) > 1]
    pair = min(groups, key=lambda held: min(rank.get(d, len(rank)) for d in held), default=None)
    if pair is None:
        return None
    changed = [d for d in differences_of(*pair) if d.change == "changed"]
    pairs = set(map("".join, pairwise(core)))

    def said(difference: Difference) -> int:
        quote = fold(difference.a.quote) if difference.a else ""
        return sum(pair in pairs for pair in map("".join, pairwise(quote)))

    best = max(changed, key=said, default=None)
    if best is None or best.a is None or best.b is None or said(best) < 4:
        return None
    lines = [
        Line(f"《{side.title}》：{closed(side.quote)}", ((side.doc_id, side.start, side.end),))
        for side in (best.a, best.b)
    ]
    return Draft(tuple(lines), method="wording")


#: What is said of versions and of nothing that stands in them.
_OF_VERSIONS_ALONE = re.compile(
    r"新旧|新老|前后|现行|最新|新的?|旧的?|老的?|原来?的?|试行的?|修订|修改|调整|[这那该]|[两二]|个|份|部|版本?|之间|相比|对比|比较|分别"
    r"|意见|办法|规定|文件|通知|方案|细则|条例|规划|标准|政策|有(?:什么|哪些|何)|哪些|什么|地方|内容|具体|主要|都|的|和|与|跟|同|比|了|在|里|中"
    r"|不同|不一样|区别|差别|差异|变化|改动|改了?|变了?|是|各|吗|呢|[?？,，。]"
)
_MOST_CHANGES = 6  #: that are told
_ASKS_CHANGE = re.compile(r"变化|改动|改了|变了|不同|不一样|区别|差别|差异|修改|调整")
_OF_THE_CHANGE = 0.25  #: share of what a question asks beside the versions that a change has to hold


def _changed_between(
    core: str,
    probe: Probe,
    telling: Sequence[Candidate],
    newer: Mapping[str, str],
    headers: Mapping[str, Header],
    differences_of: Callable[[str, str], Sequence[Difference]],
) -> Draft | None:
    """The change between two versions that a question asks about. None where it asks for no change, where the versions
    are not found, and where nothing that has changed is what it asks about."""
    if not asks_change(core):
        return None
    pairs = [(old, new) for old, new in newer.items() if old in headers and new in headers]
    met = {c.document.doc_id for c in telling}
    pair = next((pair for pair in pairs if met & set(pair)), None)
    if pair is None:
        return None
    changes = _changes(differences_of(*pair))
    titles = "".join(fold(headers[doc_id].title) for doc_id in pair)
    topic = {
        w: v
        for w, v in probe.words.items()
        if not (_OF_VERSIONS_ALONE.fullmatch(w) or w in titles or re.fullmatch(r"(?:19|20)\d\d年?", w))
    } or probe.words
    asked = replace(probe, words=topic)
    read = sorted((c for c in telling if c.odds > READ_TO_ANSWER), key=lambda c: -c.odds)
    meant = [change for c in read for change in changes if any(_is_in(c, side) for side in _sides(change))]
    if meant and not disputes(core):
        return _told_changes(meant[:1])
    shares = [coverage(asked, fold("".join(side.quote for side in _sides(change)))) for change in changes]
    best = max(shares, default=0.0)
    return _told_changes([changes[shares.index(best)]]) if best >= _OF_THE_CHANGE else None


def _is_in(candidate: Candidate, side: Citation) -> bool:
    """Whether a sentence stands in what is cited, or holds it."""
    return candidate.document.doc_id == side.doc_id and candidate.start < side.end and side.start < candidate.end


def asks_change(core: str) -> bool:
    """Whether a question asks what has changed."""
    return bool(_ASKS_CHANGE.search(core))


def answer_versions(
    core: str,
    pointed: Collection[str],
    newer: Mapping[str, str],
    doc_ids: Collection[str],
    differences_of: Callable[[str, str], Sequence[Difference]],
) -> Draft | None:
    """What has changed between two versions, where a question asks for nothing else: the sentences that differ, in order.

    ``core``: without the names of documents. ``pointed``: the documents that it names; without two of them the only ones
    among ``doc_ids`` of which one replaces the other are meant. None for other questions, and where no pair is meant."""
    core = fold(core)
    if not asks_change(core) or re.search("[\u4e00-\u9fffa-z0-9]", _OF_VERSIONS_ALONE.sub("", core)):
        return None
    pairs = [(old, new) for old, new in newer.items() if old in doc_ids and new in doc_ids]
    named = [pair for pair in pairs if set(pair) <= set(pointed)]
    pairs = named or [pair for pair in pairs if not pointed or set(pair) & set(pointed)]
    if len(pairs) != 1:
        return None
    changes = _changes(differences_of(*pairs[0]))
    draft, more = _told_changes(changes[:_MOST_CHANGES]), len(changes) - _MOST_CHANGES
    if draft is None or more <= 0:
        return draft
    return replace(draft, notes=(f"另有{more}处改动没有列出；问到哪一项，就说那一项的。",))


_SENT_OUT = re.compile("印发给|现印发|(?:遵照|贯彻)执行")


def _changes(differences: Sequence[Difference]) -> list[Difference]:
    """The sentences that are worded otherwise, without those in which any two documents differ: number, date, title, how
    they are sent out, what they repeal."""

    def of_any(quote: str) -> bool:
        ended = re.search(r"[。；;！]\s*$", quote.strip())
        return not ended or bool(IN_FORCE.search(quote) or _SENT_OUT.search(quote))

    changed = [difference for difference in differences if difference.change == "changed"]
    return [change for change in changed if not any(of_any(side.quote) for side in _sides(change))]


def _sides(change: Difference) -> list[Citation]:
    return [side for side in (change.a, change.b) if side is not None]


def _told_changes(changes: Sequence[Difference]) -> Draft | None:
    lines = [
        Line(f"{lead}：{closed(side.quote.strip())}", ((side.doc_id, side.start, side.end),))
        for change in changes
        for lead, side in zip(("原来", "现在"), _sides(change), strict=True)
    ]
    return Draft(tuple(lines), method="wording") if lines else None


def source_name(document: SourceDocument, newer: Mapping[str, str]) -> str:
    """《title》 with its number and what tells it from other versions and sources."""
    header = document.header
    notes = [header.number] if header.number else []
    if document.doc_id in newer:
        notes.append("已被新文件取代")
    elif document.doc_id in newer.values():
        notes.append("现行")
    elif is_weak(header):
        notes.append("非正式文件")
    return title_of(document) + (f"（{'，'.join(notes)}）" if notes else "")


def behind_name(lines: Sequence[Line], document: SourceDocument, newer: Mapping[str, str]) -> tuple[Line, ...]:
    """Lines, the first of them behind the name of the document that they are from."""
    first, *rest = lines
    return replace(first, text=f"{source_name(document, newer)}：{first.text}"), *rest


_ASIDE = re.compile(r"[（(][^（）()]*[)）]$")


def whole_first(documents: Iterable[SourceDocument]) -> list[SourceDocument]:
    """Documents in their order, those behind that say behind their title that they are part of one: …（网页节选）."""
    return sorted(documents, key=lambda document: bool(_ASIDE.search(document.header.title)))


def is_weak(header: Header) -> bool:
    """Whether a document is known to be no official one: an interpretation, report, paper or encyclopedia.

    A report or interpretation with a number of its own is official.
    """
    return AUTHORITY["interpretation"] <= header.authority < AUTHORITY["unknown"] and header.number is None


def figures_of(text: str) -> set[tuple[str, str, str]]:
    """(number, scale, unit) of the figures of a folded text; the unit is "" where it tells nothing."""
    found: set[tuple[str, str, str]] = set()
    for match in _FIGURE.finditer(re.sub(r"(?<=\d)块(?:钱)?", "元", text)):
        number, scale, unit, ratio = match.groups()
        if ratio:
            found.add((ratio.replace("：", ":"), "", ""))
        elif not (unit in "年号" and unit and len(number) == 4):
            found.add((number.replace(",", ""), scale or "", unit if unit in _UNITS else ""))
    return found


def holds_figure(figure: tuple[str, str, str], figures: Collection[tuple[str, str, str]]) -> bool:
    """Whether a figure is among others, as far as both tell a unit."""
    number, scale, unit = figure
    return any(n == number and s == scale and (u == unit or not unit or not u) for n, s, u in figures)


def _with_figures(core: str, telling: Sequence[Candidate]) -> list[Candidate]:
    """For each of several figures that the question names: the best sentence that holds it and none of the others."""
    named = figures_of(core)
    if len(named) < 2:
        return []
    chosen: list[Candidate] = []
    for figure in sorted(named):
        others = named - {figure}
        near = [(c, figures_of(fold(c.text))) for c in telling if c.score > telling[0].score - _BELOW]
        held = [(c, own) for c, own in near if holds_figure(figure, own)]
        alone = [c for c, own in held if not any(holds_figure(o, own) for o in others)] or [c for c, _ in held]
        # 90座 is said by a sentence rather than by a cell that holds 90.
        alone.sort(key=lambda c: "|" in c.text)
        if alone and alone[0] not in chosen:
            chosen.append(alone[0])
    return chosen if len(chosen) > 1 else []


#: Words that set two figures beside each other, and those of a question whether they are the same.
_SETS_BESIDE = re.compile(
    r"一致|一回事|对得上|对不上|写错|矛盾|出入|信哪|一处.+一处|一[份家篇本].+(?:另?一[份家篇本])|有说.+有说|有的.+有的"
)
_ASKS_SAME = re.compile(r"(?:一致|一样|对得上|相符|吻合)(?:吗|不|么)?[?？]?$|是不是一[致样]")
_HEDGE = re.compile(r"(?:近|约|超过?|逾|突破|不足|达到?|为)$")
_SPOKEN_OF = 0.3  #: share of a question that the only sentence with one of its figures has to hold
_SAYS_HALF = 0.4  #: share of what the best sentence holds of a question that each of them has to hold


@dataclass(frozen=True)
class _Told:
    """A figure of a question: 20多家 is any from 20 up to 30."""

    said: str  #: with the word before it that makes it less exact
    low: float  #: 0 for a year
    high: float
    unit: str

    def told_in(self, folded: str, figures: Sequence[Amount]) -> bool:
        """Whether a folded text, which has these figures, tells it."""
        return self.within(figures) if self.low else self.said in folded

    def within(self, figures: Sequence[Amount]) -> bool:
        return any(
            (f.value == self.low or self.low <= f.value < self.high)
            and (f.unit == self.unit or not (f.unit and self.unit))
            for f in figures
        )


def _told_figures(core: str) -> list[_Told]:
    """The figures that a folded question names, each wording once."""
    told: dict[str, _Told] = {}
    for figure in amounts(core):
        if figure.value == 1 and core[figure.start] == "一":
            continue  # 一处, 一份
        hedge = _HEDGE.search(core[: figure.start])
        said = (hedge.group() if hedge else "") + core[figure.start : figure.bare_end]
        more = core[figure.start : figure.bare_end].rstrip("万亿")[-1:] in "多余"
        whole = int(figure.value)
        step = 10 ** (len(str(whole)) - len(str(whole).rstrip("0"))) if more and whole == figure.value else 0
        told.setdefault(said, _Told(said, figure.value, figure.value + step, figure.unit))
    return list(told.values())


def _in_documents(core: str, telling: Sequence[Candidate], probe: Probe) -> list[Candidate]:
    """For each of several figures that a question sets beside each other the sentence that tells it, wherever it stands in
    the documents found; one sentence where it tells all of them."""
    named = _told_figures(core)
    years = list(dict.fromkeys(YEAR.findall(core)))
    if len(named) < 2 and len(years) > 1:
        named = [_Told(f"{year}年", 0.0, 0.0, "") for year in years]
    if len(named) < 2:
        return []
    topic = [word for word in probe.words if len(word) > 1 and not amounts(word) and not number_of(word)]
    held = [
        (
            share,
            folded,
            amounts(folded),
            as_candidate(Line(said, ((document.doc_id, start, end),)), telling[0], document).changed(score=share),
        )
        for document in dict.fromkeys(c.document for c in telling)
        for begin, end in sentence_spans(document.text)
        if re.search(r"\d", said := document.text[(start := after_label(document, begin)) : end])
        and any(word in (folded := fold(said)) for word in topic)
        and (share := coverage(probe, folded))
    ]
    chosen: list[Candidate] = []
    for figure in named:
        own = [(figure.said in said, share, c) for share, said, told, c in held if figure.told_in(said, told)]
        free = [o for o in own if o[2] not in chosen]
        best = max(free, key=lambda o: o[:2], default=None)
        if best is not None:
            chosen.append(best[2])
    least = _SAYS_HALF * coverage(probe, fold(telling[0].text))
    chosen = [c for c in chosen if c.score >= least]
    # What tells one of them alone has to speak of what is asked.
    return chosen if len(chosen) > 1 else [c for c in chosen if c.score >= _SPOKEN_OF]


#: What a question says of versions; no sentence is found by it.
_VERSIONS = re.compile(
    r"(?:(?:19|20)\d\d年?版?[和与、跟]?)+|[新旧老两个份种版本这那]*(?:办法|规定|文件|版本|标准)(?:里|中|的)?|新旧|两版|有什么|哪些|变化|改动|不同|区别|差多少|差异|相比|对比"
)


#: What a rule says of itself: every version says it, and of something else.
IN_FORCE = re.compile(r"同时废止|起施行|有效期|负责解释")


def _of_versions(
    topic: str,
    telling: Sequence[Candidate],
    newer: Mapping[str, str],
    search: Callable[[str, Collection[str]], Sequence[Candidate]],
) -> list[Candidate]:
    """The counterparts of the statement that a question means in two versions of one document."""
    first = telling[0].document.doc_id
    pair = next(((old, new) for old, new in newer.items() if first in (old, new)), None)
    if pair is None:
        return []
    bare = _VERSIONS.sub("", topic)
    ranked = search(bare if len(bare) > 3 else topic, pair)
    found = [c for c in ranked if c.tells and not IN_FORCE.search(c.text)]
    if not found:
        return []
    best = found[0]
    others = [c for c in found if c.document is not best.document][:12]
    # The name of the matter alone, which stands in the title, is in whatever the other says.
    said = _pairs(best.text) - _pairs(best.document.header.title)
    return counterparts([best], [c for c in others if said & _pairs(c.text)])


def _of_sources(telling: Sequence[Candidate]) -> list[Candidate]:
    """The best sentence and the one of another document that says the same of other figures."""
    best = telling[0]
    others = [
        c
        for c in telling
        if c.document.doc_id != best.document.doc_id
        and c.score > best.score - _BELOW
        and figures_of(fold(c.text)) - figures_of(fold(best.text))
        and alike(c.text, best.text) >= (0.2 if _units(c) & _units(best) else 0.4)
    ]
    return counterparts([best], others) if figures_of(fold(best.text)) else []


def _units(candidate: Candidate) -> set[str]:
    return {scale + unit for _, scale, unit in figures_of(fold(candidate.text)) if unit or scale}


def counterparts(one: Sequence[Candidate], other: Sequence[Candidate]) -> list[Candidate]:
    """The pair of sentences, one of each side, that answers best and says the same thing in the nearest words."""
    pairs = [(a.score + b.score + 6.0 * alike(a.text, b.text), a, b) for a in one for b in other]
    if not pairs:
        return []
    _, a, b = max(pairs, key=lambda p: p[0])
    return [a, b]


def alike(one: str, other: str) -> float:
    """Share of pairs of characters of the shorter text that both have, figures left out (overlap coefficient)."""
    a, b = _pairs(one), _pairs(other)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _pairs(text: str) -> set[str]:
    return set(map("".join, pairwise(re.sub(r"[\d\s\W]", "", fold(text)))))


#: Questions that speak of several values of one thing.
_SEVERAL_VALUES = re.compile(r"(?:好几|几|两|三|不止一|多)个?不?同?的?(?:数(?!字化|据库)|数字|数据|数值|口径)")
_VALUES = 4  #: that are told
_SAYS_AS_MUCH = 0.6  #: share of what the best sentence holds of a question that another value of the same holds, too


def answer_values(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """The values that one document gives of one thing, each with its date, in order; None where a question does not speak
    of several, and where fewer than two are found."""
    core = fold(probe.question.text)
    if not _SEVERAL_VALUES.search(core) or "count" not in probe.question.kinds or len(_told_figures(core)) > 1:
        return None
    dated = [c for c in found if c.tells and re.search(r"(?:19|20)\d\d年", c.text) and figures_of(fold(c.text))]
    if not dated:
        return None
    best = max(dated, key=lambda c: c.score)
    least = _SAYS_AS_MUCH * coverage(probe, fold(best.text))
    same = [c for c in dated if c.document is best.document and c.section is best.section]
    same = [c for c in same if coverage(probe, fold(c.text)) >= least][:_VALUES]
    same.sort(key=lambda c: c.start)
    return Draft(tuple(lines_of([[c] for c in same])), method="dispute") if len(same) > 1 else None
