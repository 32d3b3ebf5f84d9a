"""Which sentences of the retrieved passages answer a question: features of each, and their weighted sum."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from itertools import groupby
from operator import mul
from typing import Any

import numpy as np

from corpus.document import SIGNATURE, Section, SourceDocument
from corpus.labels import REPLY, without_label
from corpus.sentences import ASKS, line_span
from corpus.table_rows import is_head
from index.passage import Passage
from index.tokens import fold, words
from qa.patterns import LATIN, NUMBER, YEAR, fits_kind, fits_years
from qa.question import ASKING_WORDS, Question
from qa.register import Register
from qa.resting import ALONE, Rests, rests_on

#: Features of a sentence, in the order of the weights.
FEATURES = (
    "dense",  # cosine of sentence and question, standardised over the candidates
    "official",  # the same with official words set beside the everyday ones
    "context",  # the same with the wording that carries the conversation
    "near",  # how near the question's telling words come to words of the sentence (index.late), standardised
    "chunk",  # cosine of the whole chunk, standardised
    "fused",  # score of the passage from all channels
    "cover",  # share of the question's words, by rarity, that the sentence holds
    "cover_near",  # that its heading path and neighbours hold beyond it
    "pairs",  # share of the question's character pairs, by rarity, that the sentence holds
    "kind",  # carries the kind of thing asked for (figure, date, organ ...)
    "years",  # speaks of the years asked for
    "source",  # stands in a document that the question points at
    "authority",  # rank of the document
    "quoted",  # share of the quoted terms it holds
    "numbers",  # share of the question's figures it holds
    "off_text",  # contents table, front matter, figure
    "short",  # fewer than 12 characters
    "long",  # characters beyond 120, in hundreds
    "length",  # logarithm of its characters over 40
    "echo",  # share of its character pairs that only repeat the document's title
    "focus",  # nearness to what the conversation is about
    "told",  # share of an earlier answer of the conversation that it holds: it has been said already
    "headline",  # share of its section's title, by rarity, that the question repeats; best of the path
    "titled",  # share of its document's title, by rarity, that the question repeats
    "rest",  # share of the question's words beyond title and headings that the sentence holds
    "rest_pairs",  # the same for character pairs
    "address",  # stands in the place that the question names (第六章, 第三条)
    "formula",  # says only that something follows or was received (现批复如下, 请示收悉)
    "most",  # the question asks for the most or first, and the sentence speaks of one
)

#: Sentences that carry no statement of their own: courtesies and announcements of what follows.
_FORMULA = re.compile(
    r"收悉|(?:通知|批复|函复|答复|回复|通报|公告|决定|规定|意见|安排|说明|报告|公布|印发)如下"
    r"|特此(?:通知|函复|批复|公告|通报|函告)|现(?:印发|公布|转发)给你们"
    r"|请(?:认真|遵照|结合实际|按照).{0,12}(?:贯彻|执行|落实)"
    r"|^(?![^。；]*(?:下列|[以如]下))[^。；]{2,120}(?:人民政府|部委|直属机构|单位|部门|企业|委员会|[部厅局])[^。；，,]{0,10}[:：]$"
)
#: From when and how long something is in force: told in the same sentence as that it is sent out.
_SETS_TERM = re.compile(r"自.{2,20}起(?:施行|实施|执行|生效)|有效期")
HAN = re.compile(r"[\u4e00-\u9fff]")
#: A number, a date or a field of the header on a line of its own.
_HEADER_ROW = re.compile(
    r"^[\u4e00-\u9fff]{1,8}〔\d{4}〕\d+号$"
    r"|^[\u4e00-\u9fff\s]{0,24}[\d〇○零一二三四五六七八九]{4}年"
    r"[\d一二三四五六七八九十]{1,3}月(?:[\d一二三四五六七八九十]{1,3}日)?$"
    r"|^(?:关键词|中图分类号|文献标识码|收稿日期|基金项目|作者简介|keywords|doi)[:：\s]"
    r"|^(?:索引号|主题分类|发文(?:机关|单位)|发布(?:机构|单位|机关)|成文日期|标题|(?:信息|文件)?名称|发文字号|文号|(?:发布|印发|公开|生成)日期"
    r"|发布时间|主题词|(?:信息)?来源|公开方式|[有时]效性)[:：]",
    re.IGNORECASE,
)
#: What a rule says and the name of a section does not.
_RULES = re.compile(r"(?:应当|必须|不得|可以).*(?<!的.)(?<!的..)(?<!的...)。$")
_BY_WHEN = re.compile(
    r"(?:\d{4}年(?:\d{1,2}月)?|每[年季月][^，。]{0,4}\d{1,2}[月日](?:\d{1,2}日)?)(?:底|末|年底)?(?:前|以前)?(?![^，。]*目标)[^，。]{8,}"
)
#: A reply of which the next sentence tells what it means: 答：不一定。
_BARE_REPLY = re.compile(rf"^(?:{REPLY.pattern}[^，。；]{{0,5}}|不?(?:可以|能|是|会|行|需要|应当|一定|用)的?)[。！]?$")
_NOTE = re.compile(r"^[（(][^（()）]*(?:负责|牵头|配合|分工)[^（()）]*[)）]。?$")
#: Words for the first, the most or a limit, in a question or in a sentence.
MOST = re.compile(
    r"最(?!后|终|近|新)|首(?!都|府|页|席|批)|第一(?!章|节|条|款|步|阶段|种|是|项|批|产业)|率先|排名|居.{0,4}位|领先|冠军"
    r"|不[超少低高][过于]|上限|下限|封顶|至少|以[上下内]"
)


@dataclass(frozen=True)
class Candidate:
    """A sentence (or heading) that may answer. ``document.text[start:end] == text``, but where another document words a
    piece of it anew: there the text is as it reads with that."""

    document: SourceDocument
    passage: Passage
    section: Section | None
    start: int
    end: int
    text: str
    features: tuple[float, ...] = ()
    score: float = 0.0
    odds: float = 0.0  #: log odds that it answers, as the reader (index.reader) has read it; 0 where none has
    near: float = 0.0  #: how near the question's telling words come to words of the sentence, mean cosine
    words: Mapping[str, float] = field(default_factory=dict, compare=False)  #: ... each of them to words of the passage
    #: the title and the headings of its place in the document that its own words anew; none for any other
    names: tuple[str, ...] = field(default=(), compare=False)
    rests: Rests = field(default=ALONE, compare=False)  #: what else it has to be understood with

    @cached_property
    def rested(self) -> str:
        """What it rests on; "" where it tells by itself what it is about."""
        return " ".join(self.document.text[a:b].strip() for a, b in self.rests.places)

    @property
    def referred(self) -> str:
        """What stands at the places that it refers to; "" where it refers to none."""
        return " ".join(self.document.text[a:b].strip() for a, b in self.rests.referred)

    def changed(self, **values: Any) -> Candidate:
        """What ``dataclasses.replace`` gives, in a quarter of the time, and with ``tells`` where it is known: for scores."""
        other = object.__new__(Candidate)
        other.__dict__.update(self.__dict__, **values)
        return other

    @property
    def span(self) -> tuple[str, int, int]:
        """Its place: the document's id, start and end."""
        return self.document.doc_id, self.start, self.end

    def feature(self, name: str) -> float:
        return self.features[FEATURES.index(name)]

    @property
    def is_heading(self) -> bool:
        """A heading or the document's title: it names what is said below it and says nothing itself.

        A short numbered item is none: with nothing below it (（三）年满18周岁。), stating a rule (证书应当年检。), what is
        to be by when (2030年底前全部通车。), or as the first sentence of an item in a row of which most have no name.
        """
        section = self.section
        if section is None:
            return False
        if section.heading[0] <= self.start and self.end <= section.heading[1]:
            item = section.kind == "body" and section.label
            alone = not self.document.text[self.end : section.end].strip()
            said = alone or _RULES.search(self.text) or _BY_WHEN.search(self.text) or self._is_first_sentence(section)
            return not (item and said)
        return section.kind == "front" and fold(self.text) in fold(self.document.header.title)

    def _is_first_sentence(self, section: Section) -> bool:
        """Whether what looks like a name before the text of an item is its first sentence: it ends as one, and most items
        beside it have none."""
        text = self.document.text
        if text[self.end - 1 : self.end] != "。" or text[self.end : self.end + 1] in ("", "\n"):
            return False
        parent = None if section.parent is None else self.document.sections[section.parent]
        row = [s for s in self.document.children(parent) if s.label and s.kind == "body"]
        return 2 * sum(bool(s.title) for s in row) < len(row)

    @cached_property
    def tells(self) -> bool:
        """Whether it can stand as an answer by itself: no heading, courtesy or question, no bare note, reply, name of an
        attachment or a table, or row of header data."""
        return not (
            self.is_heading
            or _NOTE.match(self.text)
            or _HEADER_ROW.match(self.text)
            or (ASKS.search(self.text) and "|" not in self.text)
            or _BARE_REPLY.match(self.text)
            or _names_attachment(self.document.text, self.start)
            or _names_table(self.document.text, self.end, self.text)
            or self.feature("formula") > 0
            or (self.section is not None and self.section.title == SIGNATURE)
        )


_LONGEST_CAPTION = 40  #: characters


def _names_table(text: str, end: int, said: str) -> bool:
    """Whether a line that ends at a place is the name of the table below it, or the head of its columns: words, with
    figures in the two rows below."""
    if text[end : end + 1] != "\n" or said.rstrip()[-1:] in "。；;：:！？":
        return False
    first = text[end + 1 : line_span(text, end + 1)[1]]
    if "|" not in said:
        return len(said) <= _LONGEST_CAPTION and "|" in first
    at = end + len(first) + 2
    second = text[at : line_span(text, at)[1]] if at < len(text) else ""
    above = text.rfind("\n", 0, max(0, end - len(said) - 1)) + 1
    begins = "|" not in text[above : max(0, end - len(said))]
    head, *rows = ([cell.strip() for cell in row.split("|")] for row in (said, first, second))
    return begins and all("|" in row and _DIGIT.search(row) for row in (first, second)) and is_head(head, rows)


_DIGIT = re.compile(r"\d")


_ATTACHED = re.compile(r"\s*附件[\d一二三四五六七八九十]{0,2}\s*[:：]")
_LISTED = re.compile(r"\s*\d{1,2}\s*[.．、]")
_ATTACHMENTS = 20  #: lines that a list of attachments may have


def _names_attachment(text: str, at: int) -> bool:
    """Whether a place stands in a line of a list of attachments: 附件：1.甲申请表 and below it 2.乙承诺书."""
    begin, end = line_span(text, at)
    if text[begin:end].rstrip()[-1:] in "。；;":
        return False  # a provision of an attachment
    for _ in range(_ATTACHMENTS):
        if _ATTACHED.match(text, begin):
            return True
        if begin == 0 or not _LISTED.match(text, begin):
            return False
        begin = text.rfind("\n", 0, begin - 1) + 1
    return False


@dataclass(frozen=True)
class Nearness:
    """How near the telling words of a question come to a passage, word by word (index.late)."""

    sentences: tuple[float, ...]  #: mean over the words, by weight, for each sentence
    words: Mapping[str, float]  #: each word to the whole passage
    shares: np.ndarray | None = None  #: what each token adds to the mean, for each sentence


def nearness_of(
    weights: np.ndarray, places: Mapping[str, Sequence[int]], passages: Sequence[np.ndarray]
) -> list[Nearness]:
    """For each passage an array (sentences, tokens): the cosine of each token of the question with its nearest in each
    sentence.

    ``weights``: what each token counts for; ``places``: the tokens of each telling word.
    """
    best = np.array([sims.max(axis=0, initial=-1.0) for sims in passages]).reshape(len(passages), len(weights))
    words = {word: best[:, own].mean(axis=1).tolist() for word, own in places.items()}
    return [
        Nearness(
            tuple(((sims * weights).sum(axis=1) / weights.sum()).tolist()),
            {word: means[i] for word, means in words.items()} if len(sims) else {},
            sims * (weights / weights.sum()),
        )
        for i, sims in enumerate(passages)
    ]


def token_places(tokens: Sequence[str], words: Collection[str]) -> dict[str, list[int]]:
    """The tokens that each folded word is made of, by their places; words of which no token is there are left out."""
    folded = [fold(token) for token in tokens]
    places = {word: [i for i, token in enumerate(folded) if _is_of(token, word)] for word in words}
    return {word: own for word, own in places.items() if own}


def _is_of(token: str, word: str) -> bool:
    """Whether a folded token is a piece of a word, or holds it."""
    return bool(token) and (token in word or word in token)


@dataclass(frozen=True)
class Focus:
    """Where in the documents the conversation is."""

    doc_id: str
    section: int
    start: int
    end: int


@dataclass(frozen=True)
class Probe:
    """A question made ready to be compared with sentences."""

    question: Question
    words: Mapping[str, float]  #: content words and their weight: their rarity, less for what a follow-up carries over
    pairs: Mapping[str, float]  #: pairs of neighbouring characters and their weight
    expansions: Mapping[str, tuple[str, ...]]  #: word -> official words for it
    numbers: tuple[str, ...]
    hinted: frozenset[str] = field(default=frozenset())  #: doc_ids that the question points at
    named: frozenset[str] = field(default=frozenset())  #: those of them that it names beyond doubt
    focus: Focus | None = None
    places: Mapping[str, frozenset[int]] = field(default_factory=dict)  #: doc_id -> sections that the question names
    told: tuple[Mapping[str, float], ...] = ()  #: character pairs of each earlier answer, weighted by rarity
    told_figures: tuple[tuple[str, ...], ...] = ()  #: the figures of each earlier answer
    topic: str = ""  #: the asking part without the names of the documents meant: what is compared with sentences
    rarity: Mapping[str, float] = field(default_factory=dict)  #: the rarity of each word

    @cached_property
    def weight(self) -> float:
        """Of all its words together."""
        return sum(self.words.values())


#: What a word counts for that a follow-up takes over from the talk: it says what is spoken of, and not which clause of it.
_CARRIED = 0.5


#: 哪年, 几年, 何处: what asks, and white space.
_ASKS = re.compile(r"[哪几何](?![何乎怕])|\s")


def probe(
    question: Question,
    idf: Callable[[str], float],
    register: Register,
    hinted: frozenset[str] = frozenset(),
    named: frozenset[str] = frozenset(),
    focus: Focus | None = None,
    places: Mapping[str, frozenset[int]] | None = None,
    answers: Sequence[str] = (),
    topic: str = "",
    own: str = "",
) -> Probe:
    """Content words, character pairs and figures of the question, weighted by how rare they are in the corpus.

    ``topic``: the asking part of the question without the names of the documents meant, where it names any. ``own``: what
    a follow-up brings itself; what else the question says is carried over.
    """
    topic = topic or question.core
    core = fold(topic)
    content = [w for w in words(topic.replace("哪一", "哪")) if w not in ASKING_WORDS and not _ASKS.match(w)]
    expansions = register.expand(topic)
    if not HAN.search(core):
        # A question in another language is compared by meaning, and by what the register has Chinese words for; only
        # names and figures are compared by letters.
        content = [*(w for w in content if idf(w) < idf("\0")), *expansions]
    pairs = {core[i : i + 2] for i in range(len(core) - 1) if re.fullmatch(r"[\u4e00-\u9fff]{2}", core[i : i + 2])}
    own = fold(own) or core
    rarity = {w: _weight(w, idf) for w in dict.fromkeys(content)}
    return Probe(
        question=question,
        words={w: v * (1.0 if w in own else _CARRIED) for w, v in rarity.items()},
        rarity=rarity,
        pairs={p: idf(p) * (1.0 if p in own else _CARRIED) for p in pairs if p not in ASKING_WORDS},
        expansions=expansions,
        numbers=tuple(n for n in NUMBER.findall(topic) if n not in question.years and len(n) > 1),
        hinted=hinted,
        named=named,
        focus=focus,
        places=places or {},
        told=tuple(_weighted_pairs(fold(answer), idf) for answer in answers),
        told_figures=tuple(tuple(n for n in NUMBER.findall(fold(answer)) if len(n) > 1) for answer in answers),
        topic=topic,
    )


def brought(probe: Probe) -> dict[str, float]:
    """The words of a follow-up that it brings itself; none for a question that stands alone."""
    return {w: v for w, v in probe.words.items() if probe.told and v == probe.rarity[w]}


def token_weights(tokens: Sequence[str], weights: Mapping[str, float]) -> np.ndarray:
    """What each token of a question counts for: as much as the heaviest of its telling words that holds it.

    All count the same where no telling word holds one.
    """
    bare = [fold(token) for token in tokens]
    found = [max((v for word, v in weights.items() if _is_of(token, word)), default=0.0) for token in bare]
    return np.array(found if any(found) else [1.0] * len(bare), dtype=np.float32)


def _weighted_pairs(folded: str, idf: Callable[[str], float]) -> dict[str, float]:
    return {p: idf(p) for i in range(len(folded) - 1) if HAN.match(p := folded[i : i + 2]) and HAN.match(p[1])}


def _weight(word: str, idf: Callable[[str], float]) -> float:
    return idf(word) * (0.4 if len(word) == 1 and not word.isascii() else 1.0)


def candidates(
    probe: Probe,
    passages: Sequence[Passage],
    documents: Mapping[str, SourceDocument],
    weights: Sequence[float],
    wordings: Mapping[str, Mapping[str, Sequence[float]]],
    near: Mapping[str, Nearness],
    idf: Callable[[str], float],
    text_of: Callable[[SourceDocument, int, int], str] = lambda document, start, end: document.text[start:end],
) -> list[Candidate]:
    """The sentences of the passages, best first by their features alone.

    ``wordings``: for "official" and "context", by chunk id, cosines of the sentences with that wording. ``near``: by
    chunk id, how near the question comes to it word by word. ``text_of``: how a span of a document reads now.
    """
    found: list[Candidate] = []
    shares: list[np.ndarray] = []
    # Yes or no is said by the rule, and not by what goes on from it for a case of its own. What says nothing of the question
    # but what the whole document is about gives nothing to what goes on from it.
    goes_on = "whether" not in probe.question.kinds
    for passage in passages:
        document = documents[passage.doc_id]
        title = fold(document.header.title)
        own = [w for w in probe.words if len(w) > 1 and w not in title]
        by_word = near[passage.chunk.chunk_id]
        of_tokens = by_word.shares if by_word.shares is not None else [np.array([mean]) for mean in by_word.sentences]
        for (start, end), mean, share in zip(passage.chunk.sentences, by_word.sentences, of_tokens, strict=True):
            text = text_of(document, start, end)
            # Answers are Chinese, in whatever language the question is: an abstract in English is passed over.
            if HAN.search(text) or re.search(r"\d", text):
                section = document.section_at(start)
                rests = rests_on(document, start, end)
                if rests.before and not (
                    goes_on and any(match(w, probe, _said_at(document, rests.before)) for w in own)
                ):
                    rests = Rests(referred=rests.referred)
                found.append(
                    Candidate(document, passage, section, start, end, text, near=mean, words=by_word.words, rests=rests)
                )
                shares.append(share)
    if not found:
        return []
    for i, others in _rested_on(found).items():
        on = np.maximum.reduce([shares[j] for j in others])
        both = float(np.maximum(shares[i], _OF_RESTED * on).sum())
        # What goes on from another is no nearer than that, but by itself; a penalty says with its article more than that.
        most = both if found[i].rests.referred else min(both, float(on.sum()))
        found[i] = found[i].changed(near=max(found[i].near, most))
    rows = feature_rows(probe, found, wordings, idf)
    scored = [c.changed(features=row, score=_dot(row, weights)) for c, row in zip(found, rows, strict=True)]
    if not _ASKS_CONTENTS.search(probe.question.core):
        # 第二节 头批灯塔 16: the page is no answer to how many there are.
        scored = [c.changed(tells=False) if c.passage.chunk.kind == "toc" else c for c in scored]
    return sorted(scored, key=lambda c: -c.score)


#: Questions for the parts of a document, or where something stands in it.
_ASKS_CONTENTS = re.compile("[页章节篇]|目录|附[表件录图]|部分|标题|contents?|chapter|page", re.IGNORECASE)
#: Log odds from which a sentence is read to answer: so read were .75 of the questions about the documents and .045 of
#: those meant for others (1,170 questions that nothing was fitted on), most of which no other sign betrays.
READ_TO_ANSWER = 1.0
#: ... from which it is taken to answer plainly.
READ_PLAINLY = 3.0
#: How many of the best sentences are read: four rank a hundredth better, and take twice the time.
READ = 2
#: Characters of a title, and of the text before a sentence, that are read with it.
_TITLE, READ_BEFORE = 24, 30
#: ... and of what a sentence rests on, in place of that text.
_READ_RESTED = 200


def before(candidate: Candidate) -> str:
    """What stands above and before a sentence, as the reader reads it: the names of its place, the last words."""
    document = candidate.document
    said = document.text[max(0, candidate.start - READ_BEFORE) : candidate.start]
    if candidate.names:
        return lead_of(candidate.names, said.rpartition("“")[2])
    names = (document.header.title, *document.path(candidate.section))
    rests = candidate.rests
    if not rests.places:
        return lead_of(names, said)
    gone_on = document.text[rests.before[0][0] : candidate.start] if rests.before else ""
    return lead_of(names, f"{candidate.referred[:_READ_RESTED]} {gone_on}".strip(), 2 * _READ_RESTED)


def around(candidate: Candidate) -> str:
    """All that names what a sentence is about: its document, the headings above it, what stands before it in its line."""
    document = candidate.document
    begin = document.text.rfind("\n", 0, candidate.start) + 1
    names = (
        document.header.title or "",
        document.header.issuer or "",
        *document.path(candidate.section),
        *candidate.names,
    )
    return " ".join((*names, document.text[begin : candidate.start]))


def lead_of(names: Sequence[str], text: str, longest: int = READ_BEFORE) -> str:
    """The last two of the names that stand above a sentence, and the last words of the text before it."""
    return f"{' '.join(name[:_TITLE] for name in names[-2:])} | {text[-longest:]}"


def reread(ranked: Sequence[Candidate], odds: Mapping[tuple[str, int], float], weight: float) -> list[Candidate]:
    """The sentences ranked anew by score and what the reader says of the best; ``odds`` by (doc_id, start).

    One that was not read counts as the least likely of those that were.
    """
    least = min(odds.values(), default=0.0)
    said = ((c, odds.get((c.document.doc_id, c.start), least)) for c in ranked)
    return sorted((c.changed(odds=o, score=c.score + weight * o) for c, o in said), key=lambda c: -c.score)


def of_the_new(ranked: Sequence[Candidate], gone: str, come: str) -> list[Candidate]:
    """The ranked sentences of a follow-up that names ``come`` in place of ``gone``, where one of them is read to answer and
    names that: those that name what was asked about before and not what is asked about now last, as the least likely."""
    old, new = fold(gone), fold(come)
    first = next((c for c in ranked if c.tells and c.odds > 0 and new in fold(c.text)), None) if new else None
    if first is None:
        return list(ranked)
    stale = [c for c in ranked if old in fold(c.text) and new not in fold(_said(c))]
    odds, score = min(c.odds for c in ranked), min(c.score for c in ranked)
    return [*(c for c in ranked if c not in stale), *(c.changed(odds=odds, score=score) for c in stale)]


def _said(candidate: Candidate) -> str:
    """A sentence with the headings above it."""
    return "\n".join((*candidate.document.path(candidate.section), candidate.text))


#: How near an official sentence must come to a better one of a report, paper or encyclopedia to go before it.
_NEARLY = 0.6


#: ... of the very document that the other speaks of.
_NEARLY_ITS_OWN = 1.0


def official_first(ranked: Sequence[Candidate], hinted: Collection[str]) -> list[Candidate]:
    """The ranked sentences with an official one in first place where it says nearly as much as the first.

    ``hinted``: documents that the question points at; one that it does not point at does not go before them.
    """
    if not ranked or ranked[0].document.header.authority <= 3:
        return list(ranked)
    first = ranked[0].document
    for i, candidate in enumerate(ranked):
        if candidate.score < ranked[0].score - _NEARLY_ITS_OWN:
            break
        if not candidate.tells or (hinted and candidate.document.doc_id not in hinted):
            continue
        header = candidate.document.header
        its_own = header.authority <= 3 and _names(first.header.title, header.title)
        if its_own or (header.authority <= 2 and candidate.score >= ranked[0].score - _NEARLY):
            return [candidate, *ranked[:i], *ranked[i + 1 :]]
    return list(ranked)


def _names(title: str, other: str) -> bool:
    """Whether the title of a source names a document: 《…规划》解读 names the plan."""
    bare = re.sub(r"^.*?关于(?:印发)?|[《》〈〉\s]|的?通知$", "", fold(other))
    return len(bare) >= 6 and bare in re.sub(r"[《》〈〉\s]", "", fold(title))


#: What a sentence says of a question by what it rests on counts for, beside what it says itself.
_RESTED = 0.7
_SAID = ("cover", "pairs", "rest", "rest_pairs")


def feature_rows(
    probe: Probe,
    found: Sequence[Candidate],
    wordings: Mapping[str, Mapping[str, Sequence[float]]],
    idf: Callable[[str], float],
) -> list[tuple[float, ...]]:
    """One row of FEATURES for each candidate."""
    folded = [fold(c.text) for c in found]
    columns = {
        **_of_meaning(found, wordings),
        **_of_words(probe, found, folded),
        **_of_form(found),
        **_of_place(probe, found),
        **_of_names(probe, found, folded, idf),
    }
    resting = [i for i, c in enumerate(found) if c.rests.places]
    if resting:
        some = [found[i] for i in resting]
        whole = [f"{folded[i]} {fold(found[i].rested)}" for i in resting]
        together = {**_of_words(probe, some, whole), **_of_names(probe, some, whole, idf)}
        for name in _SAID:
            said = list(columns[name])
            for i, more in zip(resting, together[name], strict=True):
                said[i] += _RESTED * max(0.0, more - said[i])
            columns[name] = said
    return [tuple(map(float, row)) for row in zip(*(columns[name] for name in FEATURES), strict=True)]


def _of_meaning(
    found: Sequence[Candidate], wordings: Mapping[str, Mapping[str, Sequence[float]]]
) -> dict[str, Sequence[float]]:
    """Features of vectors: how near the sentences come to the question and its other wordings, standardised."""
    on = _rested_on(found)
    dense = _standardised(_with_rested([_cosine(c, c.passage.sentence_scores) for c in found], on))
    context = wordings.get("context")
    return {
        "dense": dense,
        "near": _standardised([c.near for c in found]),
        "official": _similar(found, wordings["official"], on) if wordings.get("official") else dense,
        "context": _similar(found, context, {}) if context else [0.0] * len(found),
        "chunk": _standardised([c.passage.dense for c in found]),
    }


def _similar(
    found: Sequence[Candidate], scores: Mapping[str, Sequence[float]], on: Mapping[int, Sequence[int]]
) -> list[float]:
    """The cosine of each sentence with another wording of the question, standardised."""
    cosines = [_cosine(c, scores.get(c.passage.chunk.chunk_id, ())) for c in found]
    return _standardised(_with_rested(cosines, on))


def _rested_on(found: Sequence[Candidate]) -> dict[int, list[int]]:
    """The places among some sentences of those that each rests on, where any of them is there."""
    starts: dict[str, list[tuple[int, int]]] = {}
    if any(c.rests.places for c in found):
        for i, c in enumerate(found):
            starts.setdefault(c.document.doc_id, []).append((c.start, i))
    on = {
        i: [j for at, j in starts[c.document.doc_id] if any(a <= at < b for a, b in c.rests.places)]
        for i, c in enumerate(found)
        if c.rests.places
    }
    return {i: others for i, others in on.items() if others}


def _said_at(document: SourceDocument, places: Sequence[tuple[int, int]]) -> str:
    return fold("".join(document.text[a:b] for a, b in places))


#: What the nearness of a question's words to what a sentence rests on counts for beside that to the sentence itself.
_OF_RESTED = 0.9
#: The cosine of a question with two sentences together, over the sum of those with each: these are about alike.
_TOGETHER = 0.56


def _with_rested(cosines: list[float], on: Mapping[int, Sequence[int]]) -> list[float]:
    """The cosines of sentences with a question, of each that rests on others as they are together."""
    lifted = list(cosines)
    for i, others in on.items():
        rested = max(cosines[j] for j in others)
        lifted[i] = max(cosines[i], _TOGETHER * (cosines[i] + rested))
    return lifted


def _of_words(probe: Probe, found: Sequence[Candidate], folded: Sequence[str]) -> dict[str, Sequence[float]]:
    """Features of what the question says and the sentences, and the words near them, say too."""
    question = probe.question
    quoted = [fold(quote) for quote in question.quoted]
    cover = [coverage(probe, text) for text in folded]
    around = [coverage(probe, text + near) for text, near in zip(folded, _near(found, folded), strict=True)]
    told = [_told_share(*answer, folded) for answer in zip(probe.told, probe.told_figures, strict=True)]
    none = [0.0] * len(found)
    return {
        "fused": [c.passage.score for c in found],
        "cover": cover,
        "cover_near": [more - own for more, own in zip(around, cover, strict=True)],
        "pairs": _shares(probe.pairs, folded),
        "kind": [fits_kind(question.kinds, question.core, text) for text in folded],
        "years": [_fits_years(question, *pair) for pair in zip(found, folded, strict=True)] if question.years else none,
        "quoted": [_share_of(quoted, text) for text in folded] if quoted else none,
        "numbers": [_share_of(probe.numbers, text) for text in folded] if probe.numbers else none,
        "told": [max(shares) for shares in zip(*told, strict=True)] if told else none,
        "most": [bool(MOST.search(text)) for text in folded] if MOST.search(fold(question.core)) else none,
    }


def _fits_years(question: Question, candidate: Candidate, folded: str) -> float:
    led = "" if YEAR.search(folded) else _led_by_year(candidate)
    if led:
        return _OF_PARAGRAPH if led in question.years else -_OF_PARAGRAPH
    header = candidate.document.header
    dates = " ".join(filter(None, (header.title, header.number, header.written, header.published, header.effective)))
    return fits_years(question.years, folded, _above(candidate) + candidate.passage.text, dates)


_OF_PARAGRAPH = 0.6  #: how surely a sentence is of the year that its paragraph has set
#: A sentence that sets the year of those behind it: 到2030年，….
_SETS_YEAR = re.compile(r"(?:^|[。；;])\s*(?:到|至|截至)((?:19|20)\d\d)年[末底]?[,，]")


def _led_by_year(candidate: Candidate) -> str:
    """The year that the paragraph of a sentence has set before it; "" where it has set none."""
    text, start = candidate.document.text, candidate.start
    years: list[str] = _SETS_YEAR.findall(text[line_span(text, start)[0] : start])
    return years[-1] if years else ""


def _above(candidate: Candidate) -> str:
    """What opens the section above the sentence's own: 到2018年… before the items of a goal."""
    sections, section = candidate.document.sections, candidate.section
    if section is None:
        return ""
    start = section.start if section.parent is None else sections[section.parent].start
    return candidate.document.text[start : min(candidate.start, start + 600)]


def _of_form(found: Sequence[Candidate]) -> dict[str, Sequence[float]]:
    """Features of the sentences by themselves, whatever is asked."""
    sizes = [len(c.text) for c in found]
    return {
        "authority": [(8 - c.document.header.authority) / 7 for c in found],
        "off_text": [c.passage.chunk.kind != "body" for c in found],
        "short": [size < 12 for size in sizes],
        "long": [max(0, size - 120) / 100 for size in sizes],
        "length": [math.log(size / 40) for size in sizes],
        "echo": [_echo(c.text, c.document.header.title) for c in found],
        "formula": [is_formula(c.text) for c in found],
    }


@lru_cache(maxsize=16_384)
def is_formula(text: str) -> bool:
    """Whether a sentence carries no statement of its own: a courtesy, an address, or that something follows."""
    return bool(_FORMULA.search(text)) and not _SETS_TERM.search(text)


@lru_cache(maxsize=16_384)
def _echo(text: str, title: str) -> float:
    folded, name = fold(text), fold(title)
    pairs = [folded[i : i + 2] for i in range(len(folded) - 1)]
    return sum(pair in name for pair in pairs) / len(pairs) if pairs else 0.0


def _of_place(probe: Probe, found: Sequence[Candidate]) -> dict[str, Sequence[float]]:
    """Features of where the sentences stand."""
    nowhere = frozenset[int]()
    return {
        "source": [_points_at(probe, c) for c in found],
        "focus": [nearness(probe.focus, c) for c in found],
        "address": [_inside(c, probe.places.get(c.document.doc_id, nowhere)) for c in found],
    }


def _of_names(
    probe: Probe, found: Sequence[Candidate], folded: Sequence[str], idf: Callable[[str], float]
) -> dict[str, Sequence[float]]:
    """Features of names: how much of those above the sentences the question says, and what of the rest they hold."""
    core = fold(probe.question.core)
    share = cache(lambda name: title_share(name, core, idf))  # many sentences stand under the same names

    @cache
    def above(document: SourceDocument, section: Section | None) -> _Names:
        title, path = document.header.title, document.path(section)
        names = "".join(map(fold, (title, *path[:-1])))
        words = {w: v for w, v in probe.words.items() if w not in names}
        pairs = {p: v for p, v in probe.pairs.items() if p not in names}
        return _Names(max(map(share, path), default=0.0), share(title), words, sum(words.values()), pairs)

    own = [above(c.document, c.section) for c in found]
    return {
        "headline": [names.headline for names in own],
        "titled": [names.titled for names in own],
        "rest": [
            weight_held(n.words, probe, text) / n.total if n.total else 0.0 for n, text in zip(own, folded, strict=True)
        ],
        "rest_pairs": [_share(names.pairs, text) for names, text in zip(own, folded, strict=True)],
    }


@dataclass(frozen=True)
class _Names:
    """What a question shares with the names above a sentence, and the words and pairs of it that they do not hold."""

    headline: float
    titled: float
    words: Mapping[str, float]
    total: float  #: of the weights of the words
    pairs: Mapping[str, float]


def match(word: str, probe: Probe, folded: str) -> float:
    """1 when a folded text holds the word, .7 when it holds an official word for it."""
    if word in folded:
        return 1.0
    others = probe.expansions.get(word)
    return 0.7 if others and any(other in folded for other in others) else 0.0


def weight_held(words: Mapping[str, float], probe: Probe, folded: str) -> float:
    """The weight of the words that a folded text holds."""
    held = 0.0
    for word, weight in words.items():  # asked for every sentence found: a loop takes half the time of a sum
        if word in folded:
            held += weight
        elif word in probe.expansions:
            held += weight * match(word, probe, folded)
    return held


#: Words that a title begins with and a question leaves out.
_MODIFIERS = re.compile(r"主要|重点|具体|有关|若干|基本|进一步|总体(?!思路|要求|目标)")


def title_share(title: str, folded_question: str, idf: Callable[[str], float]) -> float:
    """Share of a title, weighted by rarity, that the question repeats: 1 when it says it all.

    Counted in words and in pairs of characters, the better of the two: a question may break words otherwise.
    """
    pairs, parts = _title_parts(title)
    return max(_repeated(pairs, folded_question, idf), _repeated(parts, folded_question, idf))


@lru_cache(maxsize=16_384)
def _title_parts(title: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The pairs of neighbouring characters and the words of a title without its number, each once."""
    bare = without_label(fold(title))
    unmodified = _MODIFIERS.sub("", bare)
    bare = unmodified if len(unmodified) >= 2 else bare
    pairs = (bare[i : i + 2] for i in range(len(bare) - 1) if HAN.match(bare[i]) and HAN.match(bare[i + 1]))
    return tuple(dict.fromkeys(pairs)), tuple(dict.fromkeys(w for w in words(bare) if len(w) > 1))


def _repeated(parts: Sequence[str], folded_question: str, idf: Callable[[str], float]) -> float:
    total = sum(idf(p) for p in parts)
    return sum(idf(p) for p in parts if p in folded_question) / total if total else 0.0


def _inside(candidate: Candidate, places: frozenset[int]) -> bool:
    return bool(places) and any(s.index in places for s in candidate.document.upwards(candidate.section))


def coverage(probe: Probe, folded: str) -> float:
    """Share of the question's content words, weighted by rarity, that a folded text holds itself or in official words."""
    if not probe.weight:
        return 0.0
    held = weight_held(probe.words, probe, folded)
    for phrase, others in probe.expansions.items():
        # Phrases that jieba cuts into pieces count by what their pieces weigh.
        if phrase not in probe.words and phrase not in folded and any(other in folded for other in others):
            held += 0.7 * sum(w for word, w in probe.words.items() if word in phrase and word not in folded)
    return min(1.0, held / probe.weight)


def nearness(focus: Focus | None, candidate: Candidate) -> float:
    """1 in the section of the focus, .6 in a sister section, .3 elsewhere in its document, 0 outside."""
    if focus is None or candidate.document.doc_id != focus.doc_id:
        return 0.0
    here = candidate.section
    if here is None:
        return 0.3
    if here.index == focus.section or (focus.start - 400 <= candidate.start <= focus.end + 400):
        return 1.0
    there = candidate.document.sections[focus.section] if focus.section >= 0 else None
    if there is not None and (here.parent == there.parent or here.parent == there.index or here.index == there.parent):
        return 0.6
    return 0.3


def _near(found: Sequence[Candidate], folded: Sequence[str]) -> list[str]:
    """Folded words around each sentence: its heading path and the sentences before and after in its chunk."""
    near: list[str] = []
    for passage, group in groupby(zip(found, folded, strict=True), key=lambda pair: pair[0].passage):
        texts = ["", *(text for _, text in group), ""]
        path = "".join(map(fold, passage.section))
        near += [path + before + after for before, after in zip(texts, texts[2:], strict=False)]
    return near


def _points_at(probe: Probe, candidate: Candidate) -> float:
    if not probe.hinted:
        return 0.0
    if candidate.document.doc_id in probe.hinted:
        return 1.0
    return 1.0 if any(copy.doc_id in probe.hinted for copy in candidate.passage.chunk.also_in) else -1.0


def _cosine(candidate: Candidate, scores: Sequence[float]) -> float:
    chunk = candidate.passage.chunk
    return scores[chunk.sentences.index((candidate.start, candidate.end))] if scores else candidate.passage.dense


def _standardised(values: Sequence[float]) -> list[float]:
    mean = sum(values) / len(values)
    spread = math.sqrt(sum((v - mean) ** 2 for v in values) / len(values)) or 1.0
    return [(v - mean) / spread for v in values]


def _share(weighted: Mapping[str, float], folded: str) -> float:
    return _shares(weighted, [folded])[0]


def _shares(weighted: Mapping[str, float], folded: Sequence[str]) -> list[float]:
    """For each folded text the share of some parts, by weight, that it holds."""
    total = sum(weighted.values()) or 1.0
    parts = weighted.items()
    return [sum([weight for part, weight in parts if part in text]) / total for text in folded]


def _told_share(pairs: Mapping[str, float], figures: Sequence[str], folded: Sequence[str]) -> list[float]:
    """For each folded text the share of an earlier answer that it holds; its figures, where it has any, are half of it."""
    shares = _shares(pairs, folded)
    if not figures:
        return shares
    return [(share + _share_of(figures, text)) / 2 for share, text in zip(shares, folded, strict=True)]


def _share_of(parts: Sequence[str], folded: str) -> float:
    return sum(part in folded for part in parts) / len(parts) if parts else 0.0


def _dot(row: Sequence[float], weights: Sequence[float]) -> float:
    assert len(row) == len(weights)
    products: Iterable[float] = map(mul, row, weights)
    return sum(products)


def log_odds(values: Sequence[float], weights: Sequence[float]) -> float:
    """The weighted sum of signs; the last weight is the constant."""
    return weights[-1] + _dot(values, weights[:-1])


def probability(values: Sequence[float], weights: Sequence[float]) -> float:
    """Logistic function, 0..1, of the weighted signs; the last weight is the constant."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds(values, weights)))))


#: Latin words of everyday Chinese: no names, and an official text has its own words for them.
_EVERYDAY = frozenset("app wifi wi-fi pc it vip ok diy pdf word excel ppt logo ktv id".split())


def foreign_terms(question: Question) -> list[str]:
    """Latin words of a Chinese question (MTPS, PUE): names that an answer must hold."""
    core = question.core.lower()
    if len(HAN.findall(core)) < len(re.findall("[a-z]", core)) / 2:
        return []  # a question in English that has a Chinese name in it
    # VOC（挥发性有机物） is told by its other name too.
    core = re.sub(
        r"[a-z][a-z0-9.+-]*(?=[(（][\u4e00-\u9fff]{2,})|(?<=[\u4e00-\u9fff])[(（][a-z0-9.+ -]+[)）]", " ", core
    )
    return [w for w in LATIN.findall(core) if w not in ASKING_WORDS and w not in _EVERYDAY]
