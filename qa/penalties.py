"""Penalties and the acts that they are for, however a rule tells these: by the place of their ban (违反第六条第二项规定的，处…),
as the items of a list (有下列行为之一的，处…：（一）…), in the paragraph before (违反的，处…), or in the sentence itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.document import Section, SourceDocument
from corpus.labels import number_of
from corpus.sentences import line_span, sentence_spans
from index.tokens import fold, words
from qa.amounts import amounts_of_case, conditions, fits_best
from qa.evidence import READ_TO_ANSWER, Candidate, Probe, match, weight_held
from qa.extractive import MAX_QUOTE, Draft, Line, Read, Span, closed, line_at, side_names
from qa.patterns import lacks_figure
from qa.question import ASKING_WORDS
from qa.told_lists import items_behind

_NUMERAL = r"[一二三四五六七八九十百零〇\d]+"
_BARE = re.compile(
    rf"违反(?:本|前述|上述)?[\u4e00-\u9fff]{{0,4}}?第(?:(?P<article>{_NUMERAL})条(?:第{_NUMERAL}款)?"
    rf"(?:第?[（(]?(?P<item>{_NUMERAL})[)）]?项)?|[（(](?P<clause>{_NUMERAL})[)）][项条])(?:的?规定)?[，,]?(?P<act>[^，,。；;]{{0,60}}?)的?[，,]"
)
_ASKS_PENALTY = re.compile(r"罚|处分|怎么处理|什么后果|吊销")
_SAYS_NO_ACT = re.compile(
    r"罚|处理|处分|后果|违反|违法|怎么|多少|现在|目前|如今|别人|他人|^人家?$|^[会被要受未不没给]+$"
)
#: The words by which a penalty is asked for, with what leads to them: 会被罚多少钱. Cut as a whole, since 用会被罚 is cut amiss.
_ASKING = re.compile(
    r"(?:[会要应该将]{0,2}(?:被|受到?)?(?:怎么|怎样|如何|咋|什么|哪种)?样?(?:行政)?(?:处罚|罚款?|处分|处理|吊销|后果))(?:多少|几)?钱?"
)
_FAKE = re.compile(r"假(?=[\u4e00-\u9fff]{0,5}?[证章照票牌])")  #: a forged paper, whatever it is
_GIVES = re.compile(r"(?<=^.)[给了掉走过着到]$")  #: 借给 says as much as 借, of 出借
#: Whom something is given to, at the end of what is said: 借给老乡用. It seldom tells the act, and a rule says 他人 or nothing.
_GIVEN_TO = re.compile(r"给(?P<whom>[\u4e00-\u9fff]{1,4})(?=\s|$)")
_WHOM = 0.25  #: what its words count for
_CONSEQUENCE = re.compile(r"^由|责令|处|罚|没收|警告")  #: what follows at once where a sentence tells no act
_ENOUGH = 0.4  #: share of what a question says of the act that the penalty has to hold with the place it points to
_SURE = 0.5  #: the same where the penalty tells the act itself, and may be left to the sentences
_DOCUMENTS = 2  #: of the best sentences, whose penalties are looked at

#: A sentence; of one with the penalties of several bans (违反甲的，处…；违反乙的，处…) each by itself.
_PENALTY = re.compile(r"[^\s。][^。\n]*?(?:。|；(?=违反)|(?=\n|$))")
_PUNISHES = re.compile(r"处[分罚以]|处[^，。；]{1,20}(?:罚款|拘留)|罚款|吊销|没收|警告|责令|拘留|追究")
_OF_LIST = re.compile(r"(?:下列|以下)[^，。；]{0,16}之一")
_BACK = re.compile(r"[^，。；]{0,8}违反(?:前款|上款|前述|上述|前列)?(?:规定)?的[，,]")
_TELLS_ACT = re.compile(r"的[，,].*(?:处|罚|吊销|没收|警告|责令|拘留|追究)")
#: Who a question says does something or leaves it, and whom a rule binds.
_WHO = re.compile(r"(?P<who>[\u4e00-\u9fff]{2,10}?)(?:[不没未拒,]|应当|必须)")
_PUNISHED = re.compile(r"(?:^|(?<=[\s。；;]))(?P<who>[\u4e00-\u9fff、]{2,16}?)违反")
_BOUND = re.compile(r"(?:^|(?<=[\s。；]))(?P<who>[\u4e00-\u9fff、]{2,16}?)(?:应当|必须|不得|须)", re.MULTILINE)


@dataclass(frozen=True)
class _Penalty:
    """A sentence with a penalty, and what it points to."""

    span: tuple[int, int]
    act: str  #: what it says of the act itself
    #: the sentence that forbids, an item of it behind its opening, or the item of the list that the penalty opens
    provision: tuple[tuple[int, int], ...] = ()

    @property
    def listed(self) -> bool:
        return bool(self.provision) and self.provision[0][0] >= self.span[1]


def answer_penalty(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """The penalty that is for the act that a question asks about, with the item or the ban that tells the act where that
    stands elsewhere; None where none is for it, or several are alike."""
    core = fold(probe.question.core)
    sides = side_names(core)
    if not _ASKS_PENALTY.search(core) or (probe.question.kinds & {"compare", "list"} and not sides):
        return None
    every = dict.fromkeys(c.document for c in found if not probe.hinted or c.document.doc_id in probe.hinted)
    documents = list(every)[:_DOCUMENTS]
    # What one of them is called by, and another never says, is the thing asked about: 骗护照, of rules for identity cards.
    named = [w for w in _said(probe) if any(w in fold(d.header.title) for d in documents)]
    meant = [d for d in documents if all(match(w, probe, fold(d.text)) for w in named)] or documents
    held = [one for document in meant for one in _held(probe, document)]
    most = max(((one.share, one.told) for one in held), default=(0.0, 0.0))
    best = [one for one in held if (one.share, one.told) == most]
    asks_whether = "whether" in probe.question.kinds
    if not best or len({one.penalty.span for one in best}) > 1 or (asks_whether and not best[0].penalty.listed):
        return None
    document, penalty, own = best[0].document, best[0].penalty, best[0].own
    if "count" in probe.question.kinds and lacks_figure(core, [fold(document.text[slice(*penalty.span)])]):
        return None  # 罚多少, of what is only warned of
    if not all(side in fold(_told(document, penalty)) for side in sides):
        return None  # 个人和单位分别…, of what is for one of them
    if penalty.listed:
        # Items that hold as much of it are all told: 买卖 of 购买…, 出售….
        items = dict.fromkeys(item for one in best for item in one.penalty.provision)
        lines = (penalty.span, *items)
        return Draft(tuple(line_at(document, span) for span in lines), method="penalty") if own >= _ENOUGH else None
    if not penalty.provision or penalty.act:
        # A sentence like others: what another document says of it first is set beside it there.
        first = next((c.document for c in found if c.tells), document)
        sure = own >= _SURE and document is first
        return Draft((line_at(document, penalty.span),), method="sentences") if sure else None
    acts = _acts(probe, document)
    if own < _ENOUGH or own * sum(acts.values()) <= weight_held(acts, probe, fold(document.text[slice(*penalty.span)])):
        return None
    forbids = "".join(document.text[a:b].strip() for a, b in penalty.provision)
    spans: tuple[Span, ...] = tuple((document.doc_id, a, b) for a, b in penalty.provision)
    return Draft((Line(closed(forbids), spans), line_at(document, penalty.span)), method="penalty")


def of_asked_act(probe: Probe, found: Sequence[Candidate], read: Read) -> Candidate | None:
    """The penalty that says more of the act that a question asks about than the best sentence does, with the article that it
    points to, and is read to answer as well; None where none is."""
    core, telling = fold(probe.question.core), [c for c in found if c.tells]
    if not telling or not _ASKS_PENALTY.search(core) or probe.question.kinds & {"whether", "compare", "list"}:
        return None
    first, acts = telling[0], {c.document: _own_acts(probe, c.document) for c in telling[:_PENALTIES]}
    spoken = {c.span: weight_held(acts[c.document], probe, fold(f"{c.text} {c.rested}")) for c in telling[:_PENALTIES]}
    more = [c for c in telling[1:_PENALTIES] if _PUNISHES.search(c.text) and spoken[c.span] > spoken[first.span]]
    if "count" in probe.question.kinds:
        more = [c for c in more if not lacks_figure(core, [fold(c.text)])]
    best = sorted(more, key=lambda c: -spoken[c.span])[:_READ]
    odds = read(probe.question.core, best) if best else []
    own, meant = max(zip(odds, best, strict=True), key=lambda pair: pair[0], default=(0.0, first))
    return meant.changed(odds=own) if own > READ_TO_ANSWER and own >= first.odds - _AS_WELL else None


_PENALTIES, _READ = 12, 4  #: sentences among which a penalty for the act is sought, and those of them that are read
_AS_WELL = 1.0  #: log odds


def of_another_act(core: str, found: Sequence[Candidate], read: Callable[[], float]) -> bool:
    """Whether a question asks how an act is punished, and neither the best sentences nor a draft, whose log odds ``read``
    gives, are read to answer: clauses on penalties are alike in all but the act."""
    best = [c.odds for c in found if c.tells][:_READ_AT_LEAST]
    if not _ASKS_HOW_MUCH.search(core) or _AMOUNT.search(core):
        return False  # an amount of the asker's own tells the band, and bands name no act
    return max(best, default=0.0) < 0 and read() < 0


_AMOUNT = re.compile(r"\d[\d,.]*[千万亿]*元")
_READ_AT_LEAST = 3  #: sentences that may be of the act
_ASKS_HOW_MUCH = re.compile("罚款?(?:多少|几|什么|啥)|多少罚款|怎么罚|(?:何种|什么)(?:处罚|责任)")


def for_amount(draft: Draft, probe: Probe, document_of: Callable[[str], SourceDocument]) -> Draft:
    """A draft of a penalty that is by amounts (违法所得5000元以上的，…；不足5000元的，…) with the clause alone that is for the
    one amount of which a question asks how much it costs."""
    asked = amounts_of_case(fold(probe.question.core)) if "count" in probe.question.kinds else ()
    units = {one.measure for one in asked}

    def of_amount(line: Line) -> Line:
        if not asked or len(line.spans) != 1:
            return line
        doc_id, start, end = line.spans[0]
        document = document_of(doc_id)
        clauses = [m.span() for m in _CLAUSE.finditer(document.text, start, end)]
        texts = [fold(document.text[a:b]) for a, b in clauses]
        by_amount = sum(bool(units & {r.unit for r in conditions(text)}) for text in texts)
        fitting = [clause for clause, fit in zip(clauses, fits_best(asked, texts), strict=True) if fit > 0]
        return line_at(document, fitting[0]) if by_amount > 1 and len(fitting) == 1 else line

    return replace(draft, lines=tuple(map(of_amount, draft.lines)))


_CLAUSE = re.compile("[^；。]+[；。]?")


@dataclass(frozen=True)
class _Held:
    """How much of what a question says a penalty holds with what it points to, as shares."""

    share: float  #: of all of it, what its document is about told with it
    own: float  #: of the act
    told: float  #: and how much of what tells the act are words of the question
    document: SourceDocument
    penalty: _Penalty


def _held(probe: Probe, document: SourceDocument) -> Iterator[_Held]:
    """What each penalty of a document holds; none where somebody else is asked about than they are for."""
    penalties = _penalties(document)
    texts = [fold(_told(document, penalty)) for penalty in penalties]
    acts = _own_acts(probe, document)
    own, whole = sum(acts.values()), sum(_said(probe).values())
    for penalty, told in zip(penalties, texts, strict=True):
        if own and not _binds_another(probe, document, told):
            held = weight_held(acts, probe, told)
            act = _act(document, penalty)
            said = sum(len(word) for word in acts if match(word, probe, act)) / len(act)
            yield _Held((held + whole - own) / whole, held / own, said, document, penalty)


def _own_acts(probe: Probe, document: SourceDocument) -> dict[str, float]:
    """The words of the act that a question asks about, without those that most penalties of a document hold."""
    apart = [fold(document.text[slice(*span)]) for span in dict.fromkeys(one.span for one in _penalties(document))]
    return {w: v for w, v in _acts(probe, document).items() if not _is_common(w, probe, apart)}


def _is_common(word: str, probe: Probe, texts: Sequence[str]) -> bool:
    """Whether most of several folded penalties hold a word, which tells none of them: 犬 of rules for dogs."""
    return len(texts) > _FEW and 2 * sum(bool(match(word, probe, text)) for text in texts) > len(texts)


_FEW = 3  #: penalties of which each may hold what is asked


def _binds_another(probe: Probe, document: SourceDocument, told: str) -> bool:
    """Whether a question is about the penalty of somebody whom the document binds by name, and a folded penalty does not
    name them: 平台, where 餐饮外卖平台应当… stands and the penalty is for 餐饮服务经营者."""
    asked, punished = _WHO.match(fold(probe.topic)), _PUNISHED.search(told)
    who = words(asked["who"])[-1:] if asked else []
    told = punished["who"] if punished else told
    if not who or len(who[0]) < 2 or who[0] in told or match(who[0], probe, told):
        return False
    return any(who[0] in bound["who"] for bound in _BOUND.finditer(document.text))


def _acts(probe: Probe, document: SourceDocument) -> dict[str, float]:
    """What a question says of the act: its words, without those of which the whole document is and their pieces."""
    title = fold(document.header.title)
    said = _said(probe)
    general = [w for w in said if match(w, probe, title)]
    return {w: v for w, v in said.items() if not any(w in other for other in general)}


def _said(probe: Probe) -> dict[str, float]:
    """The words of a question beside those that ask for a penalty, and what they weigh; everyday ones that the register
    knows whole: 买保险, and not its pieces."""
    asked = _ASKING.sub(" ", fold(probe.topic))
    bare = _FAKE.sub(" 伪造 ", asked)
    own = [_GIVES.sub("", w) for w in words(bare) if w not in ASKING_WORDS and not _SAYS_NO_ACT.search(w)]
    phrases = [p for p in probe.expansions if p in asked and not _SAYS_NO_ACT.search(p) and p not in own]
    usual = probe.weight / (len(probe.words) or 1)
    weights = {w: probe.words.get(w, usual) for w in own if not any(w in phrase for phrase in phrases)}
    weights |= dict.fromkeys(phrases, usual)
    given_to = "".join(_GIVEN_TO.findall(bare))
    return {w: v * (_WHOM if w in given_to else 1.0) for w, v in weights.items()}


def _act(document: SourceDocument, penalty: _Penalty) -> str:
    """What tells the act, folded."""
    told = "".join(document.text[slice(*span)] for span in penalty.provision) or penalty.act.split("的，")[0]
    return fold(told) or "\0"


def _told(document: SourceDocument, penalty: _Penalty) -> str:
    return "".join(document.text[slice(*span)] for span in (*penalty.provision, penalty.span))


@lru_cache(maxsize=32)
def _penalties(document: SourceDocument) -> tuple[_Penalty, ...]:
    return tuple(_all(document))


def _all(document: SourceDocument) -> Iterator[_Penalty]:
    text = document.text
    for found in _PENALTY.finditer(text):
        if (
            not (_PUNISHES.search(found.group()) or _BARE.match(found.group()))
            or "|" in found.group()
            or found.end() - found.start() > 2 * MAX_QUOTE
        ):
            continue
        span = (_behind_label(document, found.start()), found.end())
        said = text[slice(*span)]
        bare = [(m, _pointed_at(document, span[0], m)) for m in _BARE.finditer(said)]
        before = _before(document, span[0]) if _BACK.match(said) else []
        if said.endswith(("：", ":")):
            for item in items_behind(document, span[1]) if _OF_LIST.search(said) else ():
                yield _Penalty(span, "", (item,))
        elif any(article for _, article in bare):
            for place, article in bare:
                act = "" if _CONSEQUENCE.search(place["act"]) else place["act"].strip()
                for provision in _provisions(document, article, place["item"]) if article is not None else ():
                    yield _Penalty(span, act, provision)
        elif before:
            yield from (_Penalty(span, "", (one,)) for one in before)
        elif _TELLS_ACT.search(said):
            yield _Penalty(span, said)


def _behind_label(document: SourceDocument, start: int) -> int:
    """Where a sentence begins behind the label of its section: 第八条, （二）."""
    here = document.section_at(start)
    begin = max(start, here.start + len(here.label)) if here is not None else start
    return begin + len(document.text[begin:]) - len(document.text[begin:].lstrip())


def _before(document: SourceDocument, start: int) -> list[tuple[int, int]]:
    """The sentences before a place in its paragraph, else those of the paragraph before it in its article."""
    text, here = document.text, document.section_at(start)
    begin = line_span(text, start)[0]
    found = [m.span() for m in _SENTENCE.finditer(text, _behind_label(document, begin), start)]
    if not found and begin and here is not None and here.start < begin:
        begin = max(here.start + len(here.label), line_span(text, len(text[:begin].rstrip()) - 1)[0])
        found = [m.span() for m in _SENTENCE.finditer(text, begin, start)]
    return [(a, b) for a, b in found if text[b - 1] not in "：:"]


def _pointed_at(document: SourceDocument, at: int, place: re.Match[str]) -> Section | None:
    """The article that a penalty points to, or the clause where clauses alone are numbered, through the whole document:
    违反本措施第（七）项规定的."""
    if place["article"]:
        return _article(document, at, number_of(place["article"]))
    number = number_of(place["clause"])
    alike = [s for s in document.sections if s.number == number and s.label.startswith(("（", "("))]
    return alike[0] if len(alike) == 1 and alike[0].end <= at else None


def _article(document: SourceDocument, at: int, number: int | None) -> Section | None:
    """The article of a number in the same document of a collection; the nearest before the place."""
    same = [s for s in document.sections if s.number == number and s.label.endswith("条") and s.end <= at]
    return same[-1] if same else None


_SENTENCE = re.compile(r"[^\s。：:][^。：:\n]*[。：:]?")


def _provisions(document: SourceDocument, article: Section, item: str | None) -> Iterator[tuple[tuple[int, int], ...]]:
    """What a penalty points to: the item that it names behind its opening, else each sentence and item of the article."""
    items = [s for s in document.sections if s.parent == article.index]
    begin, end = article.start + len(article.label), items[0].start if items else article.end
    head = [m.span() for m in _SENTENCE.finditer(document.text, begin, end)]
    wanted = number_of(item) if item else None
    for child in items:
        if wanted is None or child.number == wanted:
            own = sentence_spans(document.text, child.start, child.end)[:1]
            yield (*head[-1:], *own)
    if wanted is None:
        yield from ((span,) for span in head if document.text[slice(*span)].rstrip()[-1:] not in "：:")
