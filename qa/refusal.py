"""Whether what was found answers the question at all: signs, their weights, and the reason of a refusal."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence

from corpus.header import find_numbers
from corpus.labels import number_of
from corpus.sentences import line_span
from index.tokens import fold, segment
from prompts import wording
from qa.address import Address, divided_so
from qa.answer import REFUSAL, RefusalReason
from qa.as_read import with_announced
from qa.asked_form import names_nobody
from qa.evidence import HAN, MOST, Candidate, Probe, coverage, foreign_terms, log_odds
from qa.extractive import Decline, table_head
from qa.patterns import (
    ASKS_OUTCOME,
    ASKS_WHY,
    OUTCOME,
    PLACES,
    REASON,
    TIME,
    YEAR,
    asked_one,
    aspect_missing,
    lacks_figure,
    person_missing,
    place_missing,
)
from qa.question import Question
from qa.spelling import made_of_syllables
from qa.towns import FROM_HOME, towns_named

#: What a setting of strictness adds to the log odds from which on a question is answered.
_STRICTER: Mapping[str, float] = {"lenient": -1.0, "normal": 0.0, "strict": 1.0}

KINDS = ("count", "when", "list", "who", "whether", "how", "where", "duty")
#: Signs that the best sentence answers, in the order of the weights.
SIGNS = (
    "cosine",  # of the best sentence with the question, on the scale of ``_likeness``
    "best_cosine",  # the highest of all candidates, the same scale
    "score",  # of the best sentence, in tens
    "cover",  # share of the question's words that the best sentence holds
    "cover_around",  # ... that its passage and heading path hold
    "unknown",  # share of the question's words that stand nowhere in the corpus
    "unheld",  # weight of the rarest known word that the passage lacks, as a share of the rarest of all
    "head_unknown",  # the noun that is asked for stands nowhere in the corpus
    "kind",  # the thing asked for is there: figure, date, organ
    "lacks",  # nothing of the kind asked for in the best sentences
    "years",  # the years asked for are there
    "foreign",  # share of Latin names of the question that the passage lacks
    "most",  # asks for the most or first, and the passage names none
    "off_text",  # the best stands in a contents table or front matter
    "strange",  # words that stand nowhere, and no sentence near in meaning either
    "subject",  # the rarest known word of the question stands neither in the best sentence nor beside it nor above it
    "near",  # how near the question's words come to words of the best sentence, on the scale of ``_nearness``
    "nearest",  # the same for the sentence that they come nearest to
    "weakest",  # the two least near of them to words of its passage, half that scale
    "astray",  # the least near of those that do not stand around the best sentence or above it, half that scale
    "told",  # share of an earlier answer that the best sentence holds
    "leaning",  # the question leans on the conversation
    "unsettled",  # a yes/no question that no sentence settles
    "rest",  # share of the question's words beyond title and headings that the best sentence holds
    *KINDS,  # what the question asks for: of some things a text says less than people ask
)

#: The noun before the asking word, and the one after it.
_HEAD = re.compile(
    r"([\u4e00-\u9fff]{2,6}?)(?:一?共|总共|分别|具体|到底|究竟|大概|大约|最高|最多|最低|约)?"
    r"(?:是|为|有|叫|达|达到|占|花|要|定|设)?(?:了)?(?:谁|哪|多少|什么|几|怎么写)"
)
_AFTER = re.compile(
    r"(?:多少|哪些|哪个|哪位|哪几?[个位家名]|几[个位家名项])(?:万|亿)?(?:名|个|位|家|项|元|条)?的?([\u4e00-\u9fff]{2,6})"
)


def signs(
    probe: Probe, found: Sequence[Candidate], known: Callable[[str], bool], settled: bool = False
) -> tuple[float, ...]:
    """One value for each of SIGNS. ``known``: whether a folded word stands anywhere in the corpus. ``settled``: whether
    a sentence says yes or no to the question."""
    telling = [c for c in found if c.tells] or list(found)
    best = telling[0]
    passage = "".join(map(fold, (best.passage.text, best.referred, *best.passage.section, best.document.header.title)))
    cosines = [s for p in {id(c.passage): c.passage for c in found}.values() for s in (p.sentence_scores or (p.dense,))]
    own = dict(zip(best.passage.chunk.sentences, best.passage.sentence_scores, strict=False)).get(
        (best.start, best.end), best.passage.dense
    )
    total = probe.weight or 1.0
    lacking = {w: v for w, v in probe.words.items() if not _held(w, probe, passage)}
    unknown = sum(v for w, v in lacking.items() if not known(w) and not any(map(known, probe.expansions.get(w, ()))))
    rarest = max((v for w, v in lacking.items() if known(w)), default=0.0)
    foreign = foreign_terms(probe.question)
    heads = asked_nouns(probe)
    near = [c for c in telling[:3] if c.score > best.score - 1.5]
    return (
        _likeness(own),
        _likeness(max(cosines)),
        best.score / 10,
        coverage(probe, fold(best.text + best.referred)),
        coverage(probe, passage),
        unknown / total,
        rarest / max(probe.words.values(), default=1.0),
        float(bool(heads) and not any(known(h) or any(map(known, probe.expansions.get(h, ()))) for h in heads)),
        best.feature("kind"),
        float(max(c.feature("kind") for c in near) < -0.4),
        best.feature("years"),
        sum(term not in passage for term in foreign) / len(foreign) if foreign else 0.0,
        float(bool(MOST.search(fold(probe.question.core))) and not MOST.search(fold(best.text))),
        best.feature("off_text"),
        unknown / total * max(0.0, 0.9 - _likeness(max(cosines))),
        float(_subject_missing(probe, best, known)),
        _nearness(best.near),
        _nearness(max(c.near for c in found)),
        _nearness(sum(sorted(best.words.values())[:2]) / max(min(len(best.words), 2), 1)) / 2,
        _nearness(min(_astray(probe, best), default=_THE_WORD_ITSELF)) / 2,
        best.feature("told"),
        float(bool(probe.told)),
        float("whether" in probe.question.kinds and not settled),
        best.feature("rest"),
        *(float(kind in probe.question.kinds) for kind in KINDS),
    )


_THE_WORD_ITSELF = 0.85  #: the cosine of a word with itself in another sentence


def _likeness(cosine: float) -> float:
    """The cosine of a sentence with the question, 0 where nothing is alike and 1 where it may answer: on the scale of
    the default embedding model."""
    return (cosine - 0.25) * 5


def _nearness(cosine: float) -> float:
    """The cosine of the question's words with the nearest ones of a text, 0 where they may mean the same."""
    return (cosine - 0.55) * 6


def _subject_missing(probe: Probe, best: Candidate, known: Callable[[str], bool]) -> bool:
    named = {w: v for w, v in probe.words.items() if len(w) >= 2 and known(w)}
    if not named:
        return False
    text = best.document.text
    around = fold(text[max(0, best.start - 80) : best.end + 20]) + "".join(
        map(fold, (best.referred, *best.passage.section))
    )
    rarest = max(named, key=lambda w: named[w])
    return not _held(rarest, probe, around + fold(best.document.header.title))


def _astray(probe: Probe, best: Candidate) -> list[float]:
    """How near to the passage those of the question's words come that it does not hold around the best sentence."""
    text = best.document.text
    around = fold(text[max(0, best.start - 120) : best.end + 120]) + "".join(
        map(fold, (best.document.header.title, best.referred, *best.passage.section))
    )
    return [near for word, near in best.words.items() if len(word) >= 2 and not _held(word, probe, around)]


_SUPERLATIVE = re.compile(r"(?:哪|谁|什么).{0,24}最(?!后|终|近|新)|最[大多高少小低长早].{0,6}(?:是谁|是哪|的是)")
_RANKED = re.compile(
    r"最(?!后|终|近|新)|第一(?!章|节|条|款|步|阶段|种|是|项|批|产业)|首(?:位|个|家|次|先)|率先|排名|居.{0,4}位|领先|冠军"
)
_SHARE = re.compile(r"\d\s*[%％]|[一二两三四五六七八九]成")


#: 40号文: a document by the end of its number.
_SERIAL = re.compile(r"(?<![\d〕\]）)年第])\d{1,4}号(?=文)")


def _undated_and_of(candidate: Candidate, years: Sequence[str]) -> bool:
    """Whether a sentence stands in a document that has no date and speaks of one of the years somewhere: 一季度 may be
    one of that year."""
    document = candidate.document
    dated = document.header.written or document.header.published or YEAR.search(document.header.title)
    return not dated and any(year in document.text for year in years)


def absent_town(question: Question, telling: Sequence[Candidate], known: Callable[[str], bool]) -> str | None:
    """A town that the question names, stands nowhere, and is none of the documents' own misspelt."""
    own = "".join({fold(c.document.header.title + (c.document.header.issuer or "")) for c in telling})
    for town in towns_named(fold(question.core)):
        first, second, sort = tuple(town)
        misspelt = re.search(f"{first}[\u4e00-\u9fff]{sort}|[\u4e00-\u9fff]{second}{sort}", own)
        if not known(town[:2]) and not misspelt:
            return town
    return None


#: The year in the number of a document: 2025年14号文.
_YEAR_OF_NUMBER = re.compile(r"(?:19|20)\d\d年?的?第?\d{1,4}号")
#: A document or book by its title.
_TITLE = re.compile(r"《([^《》]{4,60})》")


def plain_absence(
    probe: Probe, found: Sequence[Candidate], address: Address | None, known: Callable[[str], bool]
) -> str | None:
    """What the question takes for granted and the documents plainly do not hold; None when nothing is absent.

    A town, a document called by its title or number, a Latin name or class letter that stands nowhere; a place (第十二条,
    附表1, 图3) that the document meant does not have; a year that neither the best sentences nor what stands around them name.
    """
    question = probe.question
    telling = [c for c in found if c.tells]
    if not telling:
        return None
    for start, end, number in find_numbers(question.standalone):
        if not any(number in (c.document.header.number or "") for c in telling) and not known(fold(number)):
            return f"“{question.standalone[start:end]}”"
    for serial in _SERIAL.findall(question.standalone):
        theirs = [c.document.header.number for c in telling]
        # One whose number is not known may be the one that is meant.
        if all(own and not fold(own).endswith(fold(serial)) for own in theirs) and not known(fold(serial)):
            return f"“{serial}文”"
    town = absent_town(question, telling, known)
    if town:
        return f"“{town}”"
    missing = _missing_place(probe, telling, address) if address is not None else None
    if missing:
        return missing
    for title in () if probe.hinted else _TITLE.findall(question.core):
        if not known(fold(title)) and not any(fold(title) in fold(c.document.header.title) for c in telling):
            return f"《{title}》"
    strange = [
        term
        for term in foreign_terms(question)
        if not known(term)
        and not any(map(known, probe.expansions.get(term, ())))
        # What is typed in small letters and reads as pinyin (yixia) names nothing.
        and not _typed_pinyin(term, question.standalone)
    ]
    if strange:
        return f"“{'”“'.join(_as_written(term, question.standalone) for term in strange)}”"
    if question.kinds & {"whether", "compare"}:
        return None
    for plan in _PLAN.finditer(question.core):
        if not any(_speaks_of_plan(c.document.text, plan["number"]) for c in telling[:_ROWS]):
            return f"“{plan['number']}”"
    near = [c for c in telling[:6] if c.score > telling[0].score - 0.8]
    of_year = (
        _tells_of_year_before(question, near)
        or any(_undated_and_of(c, question.years) for c in near)
        or any(_has_column_of(c, question.years) for c in telling[:_ROWS])
        or any(_is_of(c, question) for c in telling)
        or any(_holds_for_case(c, question) for c in near)
        or any(_year_set_before(c) in question.years for c in near)
        or any(year in YEAR.findall(fold(c.document.header.title)) for c in near for year in question.years)
    )
    of_number = _YEAR_OF_NUMBER.search(question.core) is not None
    # 2003年就退休了: what a case has behind it; rules of later years speak of it without that year.
    asked = [
        year for year in question.years if not re.search(rf"{year}年(?:\d{{1,2}}月)?(?:就|已经?|才|刚)", question.core)
    ]
    if asked and all(c.feature("years") <= -1.0 for c in near) and not (of_year or of_number):
        # Where a sentence names years, those that its paragraph goes on with are told, too.
        dated = [c for c in near if _TERM.search(fold(c.text))]
        around = (c.document.text[slice(*line_span(c.document.text, c.start, c.end))] for c in dated)
        held = sorted({y for text in around for y in _TERM.findall(fold(text))})
        held = held or sorted({y for c in near for y in YEAR.findall(fold(c.document.header.title))})
        only = f"（有关的内容只说到{'、'.join(held)}年）" if held else ""
        return f"{'、'.join(question.years)}年的情况{only}"
    return None


#: A year that something is told of: one of a day (2019年8月31日以前出生) is no such.
_TERM = re.compile(rf"{YEAR.pattern}(?!年\d{{1,2}}月\d)")

#: A five-year plan by its number: 十四五.
_PLAN = re.compile("(?P<number>十[一二三四五六七八九]五)(?![年月日条章号元个岁天名项])")


def _speaks_of_plan(text: str, number: str) -> bool:
    """Whether a text names a five-year plan, by its number or in full, or the last of its years."""
    ordinal = number[:-1]
    last = 1955 + 5 * (number_of(ordinal) or 0)  # the fourteenth ended in 2025
    return number in text or f"第{ordinal}个五年" in text or f"{last}年" in text


#: A year that tells which document is meant: 2011年那份通知, 2015年印发的办法.
_ISSUED_IN = re.compile(r"((?:19|20)\d\d)年(?:\d{1,2}月)?的?(?:那[份个部项条]|印发|下发|制发|发布|公布|颁布|出台)")


def _is_of(candidate: Candidate, question: Question) -> bool:
    """Whether a sentence stands in the document of the year by which a question points at it."""
    header = candidate.document.header
    dates = (header.number or "", header.written or "", header.published or "")
    return any(year in date for year in _ISSUED_IN.findall(question.core) for date in dates)


#: The time of a case, which rules that name no year hold for, too: 2025年3月被查到, but not what is new from then on.
_CASE_IN = re.compile(
    r"((?:19|20)\d\d)年(?:\d{1,2}月(?:份|\d{1,2}[日号]|[初中末底]旬?)?)?(?!\d|起|以?后|之后|开始|[份底]?[以之]?前|印发|发布|施行|出台)"
)
_RULES = re.compile(r"办法|规定|细则|规则|条例|须知|守则|制度|通告|准则|规程|公约")


def _holds_for_case(candidate: Candidate, question: Question) -> bool:
    """Whether a sentence without a year stands in rules that were there in the year of which a question tells its case."""
    header = candidate.document.header
    if YEAR.search(candidate.text) or not _RULES.search(header.title):
        return False
    dates = YEAR.findall(" ".join(filter(None, (header.effective, header.written, header.published, header.number))))
    dates = dates or YEAR.findall(candidate.document.text)[:1]
    return any(dates and min(dates) <= year for year in _CASE_IN.findall(question.core))


def without_time_of_case(question: Question, found: Sequence[Candidate]) -> str:
    """A question without the time of its case, where the best sentences stand in rules that hold for it; "" where not."""
    near = [c for c in found if c.tells][:3]
    return _CASE_IN.sub("", question.core) if any(_holds_for_case(c, question) for c in near) else ""


#: A year that a sentence begins with: those behind it that name none go on with it.
_SETS_YEAR = re.compile(r"(?:^|[。；;\n])\s*(?:截至)?((?:19|20)\d\d)年(?!\d)")


def _year_set_before(candidate: Candidate) -> str:
    """The year that the text before a sentence without one has set last; "" where there is none."""
    if YEAR.search(candidate.text):
        return ""
    years: list[str] = _SETS_YEAR.findall(candidate.document.text[: candidate.start])
    return years[-1] if years else ""


_ROWS = 10  #: of the best sentences, in which a row of a table may have a column of the year asked for


def _has_column_of(candidate: Candidate, years: Sequence[str]) -> bool:
    """Whether a row of a table stands below a head that names one of the years."""
    head = table_head(candidate) if "|" in candidate.text else None
    return head is not None and any(year in candidate.document.text[slice(*head)] for year in years)


def _typed_pinyin(term: str, question: str) -> bool:
    """Whether a word in small letters is read as pinyin rather than a name: a long one, or one inside Chinese words."""
    inside = re.search(rf"[\u4e00-\u9fff]{re.escape(term)}[\u4e00-\u9fff]", question)
    return term in question and made_of_syllables(term) and (len(term) >= 5 or (len(term) == 3 and inside is not None))


def _tells_of_year_before(question: Question, near: Sequence[Candidate]) -> bool:
    """Whether sentences of a report on one year compare with the year before, which the question names."""
    following = {str(int(year) + 1) for year in question.years}
    return any(
        re.search("上年|去年|上一年", c.text)
        and any(year in "".join((c.document.header.title, *c.document.path(c.section), c.text)) for year in following)
        for c in near
    )


def _as_written(term: str, question: str) -> str:
    """A folded term in the question's own letters."""
    match = re.search(re.escape(term), question, re.IGNORECASE)
    return match.group() if match else term


def _missing_place(probe: Probe, telling: Sequence[Candidate], address: Address) -> str | None:
    """The place that the question names where the document meant does not have it."""
    law = re.search(rf"《([^》]{{2,60}})》\s*(?:的)?{re.escape(address.words)}", probe.question.core)
    titles = {fold(c.document.header.title) for c in telling}
    if law and not any(fold(law.group(1)) in title for title in titles):
        return f"《{law.group(1)}》的条文"
    meant = probe.hinted or {document_meant(telling)}
    known_documents = {c.document.doc_id: c.document for c in telling}
    divided = any(d not in known_documents or divided_so(address.words, known_documents[d]) for d in meant)
    if not probe.hinted and not address.sections and not address.mentioned:
        # No document is named, and none has the place: enough that one is divided so.
        divided = any(divided_so(address.words, d) for d in known_documents.values())
    if divided and not meant & (set(address.sections) | address.mentioned):
        listed = "（只在目录里列出了标题）" if meant & address.listed else ""
        return f"“{address.words}”的正文{listed}"
    return None


def document_meant(found: Sequence[Candidate]) -> str:
    """The document that a question is about when it points at none: that of the best sentence, its title considered."""
    best: Candidate = max(found[:20], key=lambda c: c.score + 2.0 * c.feature("titled"))
    return best.document.doc_id


_READ = 3  #: of the best sentences, whose log odds tell whether one answers


def plain_lack(probe: Probe, found: Sequence[Candidate]) -> str | None:
    """What the question asks for and the best sentences plainly lack, in words; None when nothing is plainly lacking.

    Anything of the document that the question names; a figure of the measure asked for; a date; one of the nouns asked
    for; a person's name; the first or most of something where no order is given.
    """
    question = probe.question
    core = fold(question.core)
    telling = [c for c in found if c.tells]
    if not telling or "compare" in question.kinds:
        return None
    best = telling[0]
    if best.odds <= 0 and names_nobody(question, best.text):
        return "这项工作由谁负责"
    if "duty" in question.kinds:
        return None
    elsewhere = None if "whether" in question.kinds else _elsewhere(core, best)
    if elsewhere:
        return f"{elsewhere}的情况"
    if probe.named and best.feature("source") < 0 and "whether" not in question.kinds:
        return "所指文件中的这项内容"
    near = [c for c in telling[:6] if c.score > best.score - 1.5 and c.document is best.document]
    texts = [fold(c.text) for c in near]
    # A piece of a long sentence is judged with the whole of it, an announcement with what it announces.
    whole = [fold(said) for c in near[:2] for said in (_whole_sentence(c), with_announced(c))]
    read = max(c.odds for c in telling[:_READ]) > 0
    if "count" in question.kinds and not read and _speaks_of_another(probe, best):
        return "与所问对象有关的数字"
    missing = thing_missing(question, texts + whole) or _unsaid(core, best)
    if missing or "whether" in question.kinds:
        return missing
    if _SUPERLATIVE.search(core) and not any(_RANKED.search(t) or len(_SHARE.findall(t)) >= 2 for t in texts[:3]):
        return "所问的排名"
    return None


def thing_missing(question: Question, texts: Sequence[str]) -> str | None:
    """The sort of thing that a question asks for and none of the folded texts has: a figure, a date, one of the nouns
    asked for, a person's name; None when one has it or nothing of a visible sort is asked for."""
    core = fold(question.core)
    if (
        "count" in question.kinds
        and not question.kinds & {"list", "summary"}
        and not ("whether" in question.kinds and not _ASKS_FIGURE.search(core.rpartition("吗")[2]))
        and not _ASKS_BY_WHAT.search(core)
        and lacks_figure(core, texts)
    ):
        return "所问的数字"
    if aspect_missing(core, texts):
        return "所问的这项内容"
    if "whether" in question.kinds:
        return None
    if place_missing(core, texts):
        return "是哪个地方"
    if _ASKS_TIME.search(core) and "when" in question.kinds and not any(TIME.search(t) for t in texts):
        return "所问的时间"
    one = asked_one(core)
    if one and not any(one in t for t in texts):
        return f"是哪个{one}"
    if person_missing(core, texts):
        return "所问的人"
    return None


#: 护照到期了向谁申请 asks for no time.
_ASKS_TIME = re.compile("时[候间]|[何啥几]时|哪[一几]?[年天月日]|哪一?个月|几[月号日]|日期|截止|有效期|日子|期限|when")
#: What asks for a figure beside the name of a measure and behind 吗, before which 几张 may be any: 占比会上升吗 asks for none.
_ASKS_FIGURE = re.compile(r"\d|多少|几|多[大高长快久]")
#: 规模要与什么相匹配: a thing, whatever measure is named; 值多少钱怎么定: a way.
_ASKS_BY_WHAT = re.compile(
    "(?:怎[么样]|如何|咋)(?:[认确计核]?[定算])|(?:跟|与|和|由|按照?|根据|写进|写入|取决于)(?:什么|啥)(?!比例|标准|价)"
)

#: Questions for the names of so many bodies or places: 15个城市是哪些, 7家银行的全部名单.
_NAMED_NOUN = "(?:城市|省份?|[市县区]|国家|地区|银行|公司|企业|单位|部门|机构|学校|高校|医院|平台|园区|村|专家|人)"
_ASKS_NAMES = re.compile(
    rf"(?P<number>[三四五六七八九十]{{1,3}}|[二三四五六七八九]十|\d+)(?:(?:个|家|所|座|名|位)[^,，。?？哪]{{0,12}}?{_NAMED_NOUN}|人)"
    r"[,，]?(?:都|具体|分别|全部|完整)*的?(?:是|有|为|叫)?"
    # 有哪些职责 asks for something else.
    rf"(?:(?:哪些|哪几[个家所座名位]?)(?:{_NAMED_NOUN}|(?=[,，。?？呢啊呀吧]|$))|谁|(?:都|全部|具体|完整)?的?名单|什么(?:名字|城市|单位))"
)
_SERIES = re.compile(r"[^，。；：、,;:]{2,}(?:、[^，。；：、,;:]{2,})+")
_NAMED = 3  #: names from which a sentence tells so many things


def names_missing(question: Question, told: str) -> bool:
    """Whether a question asks for the names of three things or more, and what is told counts them and names fewer than three
    or than half of them."""
    asked = _ASKS_NAMES.search(fold(question.core))
    number = number_of(asked["number"]) if asked is not None else None
    if number is None or number < _NAMED:
        return False
    named = [len(re.split("、|和|及|与", series)) for series in _SERIES.findall(told)]
    few = max(named, default=1) < _NAMED or 2 * sum(named) < number  # they may be told by groups
    return few and not _ITEMS.search(told)


_ITEMS = re.compile(r"一是.*二是|①.*②|[(（]一[)）].*[(（]二[)）]")


def _speaks_of_another(probe: Probe, best: Candidate) -> bool:
    """Whether what the question begins with comes up in the passage only after the best sentence: its figures belong to
    something else then."""
    first = next((w for w in probe.words if len(w) >= 2), None)
    if first is None or not HAN.match(first) or probe.expansions.get(first):
        return False
    if probe.words[first] < 0.8 * max(probe.words.values()):
        return False  # a common word names no object
    names = fold("".join((best.document.header.title, *best.document.path(best.section))))
    text = best.document.text
    start = best.section.start if best.section is not None else 0
    if first in names or first in fold(text[start : best.end]):
        return False
    return first in fold(text[best.end : best.end + 200])


def _own_word(text: str, start: int, end: int) -> bool:
    """Whether a stretch of a text is a word or begins one: 上海 is none in 选上海绵城市."""
    at = 0
    for token in segment(text):
        if at == start:
            return len(token) >= end - start
        at += len(token)
    return False


def _elsewhere(core: str, best: Candidate) -> str | None:
    """The place that a question is about and that neither the passage nor anything above it names."""
    text = best.document.text
    near = text[max(0, best.start - 600) : best.end + 300]
    header = best.document.header
    names = (header.title, header.issuer or "", best.document.file_name, *best.document.path(best.section))
    held = fold("".join((*names, best.passage.text, near)))
    asking = [clause for clause in re.split(r"[,，;；。]", core) if PLACES.search(clause)][-1:]
    clause = "".join(asking)
    named = [
        m.group()
        for m in PLACES.finditer(clause)
        if not _HERE_OR_THERE.search(clause[: m.start()]) and _own_word(clause, m.start(), m.end())
    ]
    absent = named and not any(place in held or _TOGETHER.get(place, place) in held for place in named)
    return "、".join(dict.fromkeys(named)) if absent else None


#: Where somebody lives or goes to, and not whose rules are asked about: 我在北京, 去北京开会.
_HERE_OR_THERE = re.compile(rf"{FROM_HOME.pattern}|(?:[去到赴往飞]|前往)$")
#: Names that stand for several places at once.
_TOGETHER = {"台湾": "港澳台", "香港": "港澳", "澳门": "港澳"}


_BATCH = re.compile(
    r"第[一二三四五六七八九十\d]+(?:[批期届代]|次(?=会|全体|普查|修|常务|大会|公示|征集|抽查|招))|[头首][一]?[批期届次]"
)
#: 没覆盖到的是哪个: what is left over from what the text tells.
_LEFT_OVER = re.compile(r"(?:没有?|未|还没|尚未)[\u4e00-\u9fff]{1,10}的(?:是|有)?(?:哪|几|谁|多少)")
_DENIES = re.compile(r"没|未|不|无|尚|除外|以外")
_PERCENT = re.compile(r"\d+(?:\.\d+)?%")
_BOUND_OF_SHARE = re.compile(
    r"(?:[超低高大小少多]于|[超不]过|不足|达到|未达|至少)\d+(?:\.\d+)?%|\d%(?:\(含\)|[及(含]{0,2})?(?:以[上下]|至|到)"
)


def _unsaid(core: str, best: Candidate) -> str | None:
    """What a question asks for or takes for granted and nothing around the best sentence says: a reason, one of several
    batches, those left out, a percentage."""
    text = best.document.text
    around = fold(text[max(0, best.start - 120) : best.end + 120])
    if ASKS_WHY.search(core) and not REASON.search(around):
        return "所问的原因"
    held = fold("".join((best.document.header.title, *best.document.path(best.section), best.passage.text))) + around
    for batch in _BATCH.findall(core):
        first = batch[0] in "头首" or batch.startswith("第一")
        if batch not in held and not (first and re.search("首|第一|最早|初次", held)):
            return f"“{batch}”的情况"
    if ASKS_OUTCOME.search(core) and not ASKS_WHY.search(core) and not OUTCOME.search(fold(best.text)):
        return "后来的情况"
    if _LEFT_OVER.search(core) and not _DENIES.search(around):
        return "所问的其余部分"
    # A share of the asker's own (查出来34%) lies in a range that is told.
    own = _BOUND_OF_SHARE.search(held)
    missing = [] if own else [p for p in _PERCENT.findall(core) if p not in held and p not in fold(text)]
    return f"{missing[0]}这个数字" if missing else None


def _whole_sentence(candidate: Candidate) -> str:
    text = candidate.document.text
    begin = max(text.rfind("。", 0, candidate.start), text.rfind("\n", 0, candidate.start)) + 1
    ends = [at for mark in "。\n" if (at := text.find(mark, candidate.end - 1)) >= 0]
    return text[begin : min(ends, default=len(text))]


def _held(word: str, probe: Probe, passage: str) -> bool:
    return word in passage or any(other in passage for other in probe.expansions.get(word, ()))


def asked_nouns(probe: Probe) -> list[str]:
    """The nouns that the question asks about: 召集人 of 召集人是谁, 委员 of 多少名委员."""
    core = fold(probe.question.core)
    # The last word before the asking word, the first one after it.
    found = [_in_order(m.group(1), probe)[-1:] for m in _HEAD.finditer(core)]
    found += [_in_order(m.group(1), probe)[:1] for m in _AFTER.finditer(core)]
    return list(dict.fromkeys(word for words in found for word in words))


def _in_order(text: str, probe: Probe) -> list[str]:
    """The question's words that stand in a text, in its order."""
    return [word for _, word in sorted((text.find(w), w) for w in probe.words if len(w) >= 2 and w in text)]


#: Least score, on the scale of the sign, of the best sentence for a question in another language that is about these
#: documents. Across languages cosines alone do not tell.
FOREIGN_SCORE = 0.65


#: A question put to the program, not to the documents: 你叫什么名字, 你会唱歌吗.
_TO_THE_PROGRAM = re.compile(
    r"^(?:[你您]好[，,！!。 ]*)?(?:请问)?[你您](?:到底|究竟|自己)?(?:叫什么|是谁|是(?:不是)?(?:什么|哪个|哪家|一?个?机器人|真?人|AI|人工智能)|几岁|多大"
    r"|会(?:不会)?(?:说|唱|写|画|讲|聊)|能(?:不能)?(?:唱|画|写诗|讲笑话|聊天)|喜欢|爱|住|来自|的(?:名字|主人|开发者|作者))",
    re.IGNORECASE,
)


def out_of_scope(probe: Probe, values: Sequence[float], odds: float = 0.0) -> bool:
    """Whether a question is about something else altogether, by its signs: words that stand nowhere, no sentence near
    in meaning, none that its words come near to. One that leans on the conversation is about what that is about, one
    that names a document about it, and one that a sentence rather answers, by the highest log ``odds`` that were read,
    about that."""
    if _TO_THE_PROGRAM.match(probe.question.core):
        return True
    named = dict(zip(SIGNS, values, strict=True))
    if named["leaning"] or odds > 0 or probe.named:
        return False
    if not HAN.search(probe.question.core):
        return named["score"] < FOREIGN_SCORE
    return named["best_cosine"] < 0.4 and named["nearest"] < -0.4 and named["unknown"] > 0.35


#: What tells whether a question is answered once the best sentences have been read.
READ_SIGNS = (
    "signs",  # log odds by the weighted signs
    "most",  # the highest log odds of the sentences that were read
    "lack",  # what is asked for is plainly not in the best sentences
)


def read_signs(
    values: Sequence[float], weights: Sequence[float], found: Sequence[Candidate], lack: bool
) -> list[float]:
    """One value for each of READ_SIGNS; ``values`` and ``weights`` of SIGNS."""
    return [log_odds(values, weights), max(c.odds for c in found), float(lack)]


#: What tells whether a question is about these documents at all, or was meant for others.
ABOUT_SIGNS = (*SIGNS, "read")


def about_signs(values: Sequence[float], found: Sequence[Candidate]) -> list[float]:
    """One value for each of ABOUT_SIGNS; ``values`` of SIGNS."""
    return [*values, max(c.odds for c in found) / 5]


#: What was looked for everywhere as it is written: a name, a title, a place of a document.
_BY_NAME = re.compile(r"(?:“[^”]*”)+(?:的正文.*)?|《[^》]*》(?:的条文)?")


def explain(reason: RefusalReason, what: str = "所问的内容") -> str:
    """The refusal sentence with its reason; ``what`` is not in the documents, for the reason "not_in_corpus". That they do
    not speak of it is said of a name alone: of anything else (所问的数字), that it was not found."""
    searched = reason != "not_in_corpus" or _BY_NAME.fullmatch(what)
    return REFUSAL + wording(f"refusal.{reason if searched else 'not_found'}", what=what)


def decline(found: Sequence[Candidate], what: str = "") -> Decline:
    """A refusal that shows the nearest of what was found: ``what`` is not in the documents, or the evidence is weak."""
    nearest = tuple(c.span for c in found[:_SHOWN])
    if what:
        return Decline("not_in_corpus", explain("not_in_corpus", what), nearest)
    return Decline("weak_evidence", explain("weak_evidence"), nearest)


_SHOWN = 3  #: sentences that are shown as the nearest


def bar(threshold: float, strictness: str) -> float:
    """The probability from which on a question is answered: the fitted ``threshold`` (0 to 1), lower or higher by the
    setting ``strictness``."""
    if not 0 < threshold < 1:
        return threshold
    return 1 / (1 + math.exp(-(math.log(threshold / (1 - threshold)) + _STRICTER[strictness])))
