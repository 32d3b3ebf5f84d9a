"""Documents that a question sets side by side without naming one: those of a level or a place (省里和市里), of a kind
(规划和年度计划), or two versions of one (新旧办法). Each is asked the question without what tells it from the others."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.document import Header
from corpus.labels import without_label
from corpus.sentences import line_span
from index.tokens import fold
from qa.abbreviations import in_order
from qa.disputes import IN_FORCE, alike, behind_name, figures_of
from qa.each_side import Answering, bare_side, of_side
from qa.editions import asks_beside, asks_both, bare_title, of_one_version
from qa.evidence import READ_PLAINLY, Candidate, Probe, coverage
from qa.extractive import Draft, Line, after_label, as_candidate, line_at, lines_of
from qa.in_force import held_before
from qa.narrow import narrowed
from qa.question import kinds_of
from qa.scope import of_series
from qa.towns import SORTS, owners

if TYPE_CHECKING:
    from qa.finding import Finder, Found

# --- what a question says of sources ---------------------------------------------------------------------------------

_LEVELS = {"国家": "国家", "中央": "国家", "国务院": "国家", "省": "省", "市": "市", "州": "市", "县": "县", "区": "县"}
_KIND = (
    r"(?:(?:实施|暂行|管理|行动|工作|年度|专项|统计|规划|政府|预算|决算|财政|中期)*"
    r"(?:规划|计划|办法|细则|条例|方案|意见|公报|解读|纲要|报告|评估))"
)
_DATED = r"(?:(?:19|20)\d\d年?(?:度|版)?的?|\"?十[一二三四五]五\"?(?:时期)?的?)"
_INSIDE = r"(?:里面?|中|上|层面)?"
#: What a level that is no word for the sort of a thing is followed by: 省级和市级示范园 tell two sorts of parks.
_BEHIND = rf"(?=的?(?:{_KIND}|规定|文件|要求|分别|各|有|怎|对)|[和与跟、市县,，?？]|$)"
_LEVEL = r"省|市|州|县|区"
#: 省里, 我市的细则, 省和市; 年度工作计划, “十四五”规划里.
_SOURCE = re.compile(
    rf"(?P<inside>省|(?<![{SORTS}])[市县]|国家|中央)里面?(?!程)的?(?P<its>{_KIND})?{_INSIDE}"
    rf"|(?P<level>国家|中央|国务院|省(?=[和与跟、]?市)|(?:(?<![\u4e00-\u9fff])|(?<=[我全本和与跟同比、省市]))[我全本]?(?:{_LEVEL}))(?:层面|级|一级|本级)?的?(?P<of>{_KIND})?{_INSIDE}{_BEHIND}"
    rf"|(?P<dated>{_DATED})?(?P<kind>{_KIND}){_INSIDE}"
)
_AND = r"(?:的)?(?:规定|要求|文件|标准|[定说提])?(?:的)?(?:和|与|跟|同|比|、|以及|,)?"
#: What compares sources, or asks one by one.
_COMPARING = re.compile(
    r"不同|区别|差别|差异|不一样|一样|一致|相同|异同|出入|分别|各自|各(?:是|要|有|多|规|怎)|相比|[比和][^,，]{0,12}(?:[更高低多少严宽])"
)
#: ... and what is left of that when each is asked by itself.
_COMPARED = re.compile(
    r"[,，]?(?:的)?(?:(?:规定|要求|标准|说法|[定说提]的)?(?:是不是|是否)?(?:都)?(?:一样|一致|相同)(?:吗|不|么)?|(?:之间)?(?:有)?(?:何|哪些)(?:不同|区别))[?？]?$"
    r"|(?:(?:规定|要求)(?:的)?)?(?:有|存在)?(?:什么|啥|哪些|何)?(?:不同|区别|差别|差异|不一样|变化|调整|改动)(?:吗|呢)?[?？]?$"
)
#: Questions for what has changed that set no versions beside each other.
_CHANGED_WHAT = re.compile(
    r"(?:都|又)?(?:做了|作了|有)?(?:哪些|什么)?(?:调整|变动|修改|改动?|变)了?(?:哪些|什么)(?:内容|地方)?[呢?？]*$"
)
#: 怎么规定的 asks for what the bare thing is told with.
_HOW_RULED = re.compile(r"(?:是)?(?:怎么|怎样|如何|什么)(?:规定|要求)的?$")
_RULE = r"(?:办法|规定|文件|标准|政策|细则|方案|条例|意见)"
_EDITION = r"(?:19|20)\d\d年?(?:版|的)?"
_VERSIONS = re.compile(
    rf"(?:新旧|新老|前后)(?:两[个版份部])?(?:版本?)?(?:的)?{_RULE}?(?:里|中|之间)?|修[订改]前后|{_EDITION}(?:和|与|跟|、){_EDITION}(?:这?两[个版份部])?{_RULE}?(?:里|中|之间)?"
    rf"|两[个版]版?本?{_RULE}?(?:里|中)?"
)
_SIDES = 3  #: sources that are asked


@dataclass(frozen=True)
class Source:
    """What a question says of a source, where, and the documents that may be meant."""

    start: int
    end: int
    doc_ids: frozenset[str]
    level: str = ""


def sources_in(core: str, headers: Mapping[str, Header]) -> list[Source]:
    """What a folded question says of sources, in order; ``headers``: of the documents that it may mean."""
    owned = {doc_id: owners(header) for doc_id, header in headers.items()}
    named = {place for own in owned.values() for place in own.values() if place}
    found: list[Source] = []
    taken: list[tuple[int, int]] = []
    short_of = {place: place[:-1] if len(place) > 2 else place for place in named}
    for place in sorted((p for p in named if short_of[p] in core), key=lambda p: (-len(p), p)):
        short = short_of[place]
        for said in re.finditer(
            rf"{re.escape(short)}(?:{re.escape(place[-1])})?{_INSIDE}的?(?P<of>{_KIND})?{_INSIDE}", core
        ):
            if any(a < said.end() and said.start() < b for a, b in taken):
                continue
            ids = {doc_id for doc_id, own in owned.items() if place in own.values()}
            taken.append(said.span())
            found.append(Source(*said.span(), _of_kind(ids, said["of"] or "", "", headers), "place"))
    for said in _SOURCE.finditer(core):
        if any(a < said.end() and said.start() < b for a, b in taken):
            continue
        ids = set(headers)
        word = said["inside"] or said["level"]
        level = _LEVELS[word.lstrip("我全本")] if word else ""
        if level:
            ids = {doc_id for doc_id in headers if level in owned[doc_id]}
        kind = said["its"] or said["of"] or said["kind"] or ""
        found.append(Source(*said.span(), _of_kind(ids, kind, said["dated"] or "", headers), level))
    return sorted(found, key=lambda source: source.start)


def _of_kind(ids: Collection[str], kind: str, dated: str, headers: Mapping[str, Header]) -> frozenset[str]:
    """Of some documents those of a kind, by how their titles end, and of a time; all where no kind is told."""
    if not kind:
        return frozenset(ids)
    yearly = kind.startswith("年度")
    last, wanted = kind[-2:], kind.removeprefix("年度")
    titles = {doc_id: bare_title(headers[doc_id].title) for doc_id in ids}
    of_kind = {d for d, title in titles.items() if title.endswith(last) or f"{last}(" in title}
    if last in _WITHIN_TITLES:
        of_kind = {d for d, title in titles.items() if last in title}
    # 政府报告 is 政府工作报告, too, where no title has it as it is.
    exact = {d for d in of_kind if wanted in titles[d]} or {d for d in of_kind if in_order(wanted, titles[d])}
    year = re.search(r"\d{4}|十.五", dated)
    if year or yearly:
        of_time = year.group() if year else r"(?:19|20)\d\d年"
        exact = {d for d in exact if re.search(of_time, fold(headers[d].title))} or (set() if year else exact)
    return frozenset(exact)


#: Kinds that stand in a title before what the document is by its form: 规划中期评估报告.
_WITHIN_TITLES = frozenset({"评估"})


def sides_in(core: str, headers: Mapping[str, Header]) -> tuple[list[frozenset[str]], str]:
    """The documents of each source that a folded question sets beside others, and what it asks of each; ([], "") for
    other questions.

    They stand side by side, 省里和市里, or each in a clause of its own that asks the same, 省里几天，市里几天."""
    found = sources_in(core, headers)
    best: list[Source] = []
    run: list[Source] = []
    for source in found:
        joined = run and re.fullmatch(_AND, core[run[-1].end : source.start])
        run = [*run, source] if joined else [source]
        best = max(best, run, key=len)
    comparing = _COMPARING.search(core)
    if len(best) > 1 and comparing:
        asked = core[: best[0].start] + core[best[-1].end :]
    else:
        best, asked = _clauses(core, found)
    best = best[:_SIDES]
    ids = [source.doc_ids for source in best]
    apart = all(not one & other for i, one in enumerate(ids) for other in ids[i + 1 :])
    if len(best) < 2 or not all(ids) or not apart:
        return [], ""
    return ids, _tidied(asked)


def _clauses(core: str, found: Sequence[Source]) -> tuple[list[Source], str]:
    """The sources that clauses of a question each ask by the same words, and what stands before them with these."""
    pieces = [(m.start(), m.end()) for m in re.finditer(r"[^,，;；?？]+", core)]
    own = [[s for s in found if a <= s.start and s.end <= b] for a, b in pieces]
    asking = [i for i, held in enumerate(own) if len(held) == 1]
    if len(asking) < 2 or asking[-1] - asking[0] != len(asking) - 1:
        return [], ""
    said = [core[pieces[i][0] : own[i][0].start] + core[own[i][0].end : pieces[i][1]].strip("?？呢 ") for i in asking]
    if any(one and other and one != other for one, other in pairwise(said)) or not any(said):
        return [], ""
    before = core[: pieces[asking[0]][0]].rstrip(",，")
    return [own[i][0] for i in asking], before + max(said, key=len)


def _tidied(asked: str) -> str:
    """What is asked of one source: without what compares it with others and what joined it to the rest."""
    asked = _HOW_RULED.sub("", bare_side(_CHANGED_WHAT.sub("", _COMPARED.sub("", asked))))
    asked = re.sub(r"^(?:那么?|在|对于?|关于|的|里|中)+|[,，]?(?:的)?(?:对|在|和|与)?$", "", asked.strip(" ,，?？"))
    asked = re.sub(r"[,，]+(?=[,，是为]|有多)", "", asked).strip(" ,，?？")
    return f"{asked}有哪些" if _LISTED.search(asked) else f"{asked}是多少" if _COUNTED.search(asked) else asked


#: What is told one by one: what is asked of it is which there are.
_LISTED = re.compile(r"(?:材料|条件|情形|对象|范围|程序|流程|原则|资料|手续)$")
_COUNTED = re.compile(r"(?:目标|总数|数量|占比|比重|比例|[^频]率|规模|总[量额]|产量|增速)$")


# --- what each says --------------------------------------------------------------------------------------------------

_LEAST = 4  #: characters that what is asked of each source has at least
_HELD = 0.34  #: share of what is asked that what a source says has to hold


def of_each_source(found: Found, bot: Finder, ids: Collection[str], answer: Answering) -> Draft | None:
    """What each of the sources that a question sets side by side says of what it asks, behind the name of its document;
    None where fewer than two do, and for other questions. ``ids``: the documents that it is kept to."""
    core = fold(found.question.core)
    headers = {doc_id: header for doc_id, header in bot.headers().items() if doc_id in ids}
    sides, asked = sides_in(core, headers)
    if len(asked) < _LEAST or not sides:
        return None
    sides = [_of_years(side, found.question.years, headers) for side in sides]
    told = _said_by_each(asked, sides, bot, answer)
    if not all(told) or len({lines[0].text for lines in told}) < 2:
        return None
    newer = bot.superseded()
    named = (behind_name(lines, bot.document(lines[0].spans[0][0]).simplified, newer) for lines in told)
    return Draft(tuple(line for lines in named for line in lines), method="compare")


def _of_years(doc_ids: frozenset[str], years: Collection[str], headers: Mapping[str, Header]) -> frozenset[str]:
    """Of the documents of a source those that are reports of a year asked for, where any are."""
    own = {doc_id for doc_id in doc_ids if of_series(fold(headers[doc_id].title))[1] in set(years)}
    return frozenset(own) or doc_ids


#: What makes a source the one that says what is asked for: 省里规定, 计划里.
_SAYS = re.compile(r"[里中上面]的?$|(?:规定|要求|提出|明确|说|定)的?$")


def source_asked(core: str, headers: Mapping[str, Header]) -> Source | None:
    """The one source whose word alone a folded question asks for, by level or kind; None where it names none or several,
    and where all documents or none of them are meant."""
    sources = [source for source in sources_in(core, headers) if source.level != "place"]
    if len(sources) != 1 or not 0 < len(sources[0].doc_ids) < len(headers):
        return None
    (source,) = sources
    says = (
        _SAYS.search(core[source.start : source.end])
        or _SAYS_BEHIND.match(core, source.end)
        or _BY.search(core[: source.start])
    )
    return source if says else None


def in_asked_source(found: Found, bot: Finder, ids: Collection[str], answer: Answering) -> Found:
    """The question put to the documents of the one level that it asks for (省里最多补多少), where the best sentence is not
    theirs and they answer; as it is elsewhere. ``ids``: the documents it is kept to."""
    core = fold(found.question.core)
    best = next((c for c in found.candidates if c.tells), None)
    headers = {doc_id: header for doc_id, header in bot.headers().items() if doc_id in ids}
    source = None if best is None or "compare" in found.question.kinds else source_asked(core, headers)
    if best is None or source is None or not source.level or best.document.doc_id in source.doc_ids:
        return found
    if not _OPENS_CLAUSE.search(core[: source.start]):
        return found  # 评上省里的 is of a sort of things
    asked = _tidied(core[: source.start] + core[source.end :])
    apart = bot.find(asked, documents=source.doc_ids) if len(asked) >= _LEAST else found
    own = next((c for c in apart.candidates if c.tells), None)
    if own is None or apart is found or own.score < best.score - _BELOW:
        return found
    return apart if isinstance(answer(apart, bot), Draft) else found


_BELOW = 3.0  #: how far below the best sentence that of the source asked for may be scored


_SAYS_BEHIND = re.compile(r"(?:的)?(?:规定|要求|提出|明确)")
_BY = re.compile("(?:按照?|根据|依照?|参照)[我本]?$")
_OPENS_CLAUSE = re.compile("(?:^|[,，;；。])(?:(?:按照?|根据|依照?|参照)[我本]?)?$")


def _said_by_each(asked: str, sides: Sequence[Collection[str]], bot: Finder, answer: Answering) -> list[list[Line]]:
    """What answers a question in the documents of each side: where nothing does, what says the same as another side."""
    told = [_said_by(asked, doc_ids, bot, answer) for doc_ids in sides]
    heard = next((lines for lines in told if lines), None)
    if heard is None:
        return told
    return [lines or _counterpart(asked, heard, doc_ids, bot) for lines, doc_ids in zip(told, sides, strict=True)]


def _said_by(asked: str, doc_ids: Collection[str], bot: Finder, answer: Answering) -> list[Line]:
    """What answers a question in one of some documents; empty where nothing on the matter does."""
    apart = bot.find(asked, documents=doc_ids, all_versions=True)
    lines = _opening_with(asked, apart) or of_side(asked, doc_ids, bot, answer)
    if not lines:
        return []
    lines = [line for line in lines if line.spans[0][0] == lines[0].spans[0][0]]
    spans = {span for line in lines for span in line.spans}
    plainly = any(c.span in spans and c.odds >= READ_PLAINLY for c in apart.candidates)
    return lines if plainly or coverage(apart.probe, fold(_text(lines) + _above(lines, bot))) >= _HELD else []


_SAID_OF = re.compile(r"(?:的)?(?:标准|规定|要求|政策|办法|内容)$")
_PARAGRAPH = 200  #: characters of a paragraph that is told whole


def _opening_with(asked: str, apart: Found) -> list[Line]:
    """The paragraph that begins with the thing that is asked about, where nothing more is asked of it: that is what it
    says of the thing, and others only name it."""
    thing = _SAID_OF.sub("", asked)
    if len(thing) < _LEAST or kinds_of(asked):
        return []
    for candidate in apart.candidates:
        document = candidate.document
        begin, end = line_span(document.text, candidate.start)
        begin = after_label(document, begin)
        opens = candidate.start <= begin < candidate.end and fold(document.text[begin:end]).startswith(thing)
        if opens and len(thing) < end - begin <= _PARAGRAPH and document.text[end - 1] not in "：:":
            return [line_at(document, (begin, end))]
    return []


def _counterpart(asked: str, said: Sequence[Line], doc_ids: Collection[str], bot: Finder) -> list[Line]:
    """The sentences of some documents that say the same as a statement of another in nearly its words, of whatever value:
    of a list that of each item with a figure."""
    items = [line for line in said[:_ITEMS] if any(unit for *_, unit in figures_of(fold(line.text)))]
    probe = bot.find(asked, documents=doc_ids, all_versions=True).probe
    found = [_same_said(asked, probe, line.text, doc_ids, bot) for line in (items if len(items) > 1 else said[:1])]
    return list(dict.fromkeys(line for line in found if line is not None))


def _same_said(asked: str, probe: Probe, said: str, doc_ids: Collection[str], bot: Finder) -> Line | None:
    near = [c for c in bot.find(said, documents=doc_ids, all_versions=True).candidates if c.tells]
    near = [c for c in near if alike(c.text, said) >= _NAMED and (not IN_FORCE.search(c.text) or IN_FORCE.search(said))]
    near = sorted(near, key=lambda c: -likeness(c.text, said))[:_NEAREST]
    worth = [
        likeness(c.text, said) + _HELD_COUNTS * coverage(probe, fold(c.text)) + _READ_COUNTS * (odds > 0)
        for c, odds in zip(near, bot.odds(asked, near), strict=True)
    ]
    best = max(worth, default=0.0)
    return lines_of([[near[worth.index(best)]]])[0] if best >= _COUNTERPART else None


def likeness(one: str, other: str) -> float:
    """How much two statements are of one place in two documents: pairs of characters that both have, figures of one unit,
    and figures that are the same (90至99周岁 of what each has for them).

    >>> likeness("满90岁的每月50元", "满90岁的每月60元") > likeness("满90岁的每月50元", "满80岁的每月60元")
    True
    """
    figures = [figures_of(fold(text)) for text in (one, other)]
    units = [{unit for *_, unit in held} for held in figures]
    shorter = min(map(len, (one, other))) / max(1, *map(len, (one, other)))
    worded = alike(one, other) * (1 + shorter) / 2  # what holds all of a short item need not be of one place with it
    return worded + _ONE_MEASURE * bool(units[0] & units[1]) + _ONE_CASE * bool(figures[0] & figures[1])


_ITEMS = 5  #: of a list that are looked at
_NEAREST = 4  #: statements that are read
_NAMED = 0.2  #: share of the pairs of characters of the shorter statement that both have at least
#: What beside the share of pairs of characters counts for a counterpart, and what all comes to at least.
_ONE_MEASURE, _ONE_CASE, _HELD_COUNTS, _READ_COUNTS = 0.3, 0.3, 0.5, 0.25
_COUNTERPART = 0.6


def of_each_version(found: Found, bot: Finder, ids: Collection[str], answer: Answering) -> Draft | None:
    """What two versions of a document say of what a question asks of both, or of the earlier one: the earlier one first,
    and never alone. None where one says nothing of it, or both the same. ``ids``: the documents the question is kept to."""
    core = fold(found.question.core)
    both = asks_both(core) or bool(_CHANGED_WHAT.search(core))
    if not both and not asks_beside(core):
        return None
    asked, within = asked_of_version(core), {*ids, *found.aside}
    if len(asked) < _LEAST:
        return None
    if not any({old, new} <= within for old, new in bot.superseded().items()):
        return _told_before(asked, found, bot, answer)
    telling = [c for c in found.candidates if c.tells]
    pair = _versions_of(telling if both else telling[:_MEANT], bot, within)
    if pair is None:  # without the words that speak of versions the place may be found
        pair = _versions_of(bot.find(asked, documents=within, all_versions=True).candidates[:1], bot, within)
    if pair is None:
        return _told_before(asked, found, bot, answer)
    heard = [_said_by(asked, [doc_id], bot, answer) for doc_id in pair]
    if "whether" in kinds_of(asked):  # yes or no to what one version says is not for the other
        heard = [
            [line_at(bot.document(span[0]).simplified, span[1:]) for line in said for span in line.spans]
            for said in heard
        ]
    return _both_told(asked, heard, pair, core, bot)


def _told_before(asked: str, found: Found, bot: Finder, answer: Answering) -> Draft | None:
    """What answers a question by the rule that holds, behind what the same document says that it was before; None where it
    says nothing of that."""
    apart = bot.find(asked, documents=found.probe.hinted or found.allowed)
    before = [c for c in apart.candidates if c.tells and held_before(c.text)]
    if not before:
        return None
    apart = replace(apart, candidates=tuple(c for c in apart.candidates if c not in before))
    now = answer(apart, bot) if apart.candidates else None
    if not isinstance(now, Draft):
        return None
    said = _text(now.lines)
    document = now.lines[0].spans[0][0]
    own = [c for c in before if c.document.doc_id == document and alike(c.text, said) >= _OF_ONE_MATTER]
    if not own:
        return None
    best = max(own, key=lambda c: likeness(c.text, said))
    lines = [(narrowed(apart.probe, best, bot.odds) or lines_of([[best]])[0]), *now.lines]
    named = [
        replace(line, text=f"{word}：{without_label(line.text)}")
        for word, line in zip(("原来", "现在"), lines, strict=False)
    ]
    return Draft((*named, *lines[2:]), method="wording")


def with_later_version(draft: Draft, found: Found, bot: Finder, ids: Collection[str]) -> Draft:
    """A short draft from a version that another one repeals, with what the later one says in its place; as it is where
    that says nothing of it, or the same, and where the question names the version that it means. ``ids``: the documents the
    question is kept to."""
    core = fold(found.question.core)
    if not asks_beside(core) or draft.method in _OF_THE_DOCUMENT or len(_text(draft.lines)) > _SHORT:
        return draft
    cited = {span[0] for line in draft.lines for span in line.spans}
    old = next(iter(cited), "")
    new = bot.superseded().get(old, "")
    if len(cited) != 1 or new not in {*ids, *found.aside} or old in bot.renewed():
        return draft
    both = _both_told(asked_of_version(core), [draft.lines, []], (old, new), core, bot)
    return draft if both is None else replace(draft, lines=both.lines)


_MEANT = 3  #: best sentences, of which one is of the versions that a question speaks of
_OF_ONE_MATTER = 0.25  #: share of the pairs of characters that what both versions say has in common
#: What counts for both versions telling a list, and for the share of what is asked that each holds.
_OF_LISTS, _ASKED_COUNTS = 0.5, 1.5
_SHORT = 220  #: characters of what a version says, to be set beside another
_OF_THE_DOCUMENT = frozenset({"metadata", "document"})  #: ways of answering that tell nothing of what a rule says


def _versions_of(telling: Sequence[Candidate], bot: Finder, within: Collection[str]) -> tuple[str, str] | None:
    """The two versions of one document of which one holds one of some sentences: the earlier and the later one."""
    return next(
        (
            (old, new)
            for c in telling
            for old, new in bot.superseded().items()
            if c.document.doc_id in (old, new) and {old, new} <= set(within)
        ),
        None,
    )


def asked_of_version(core: str) -> str:
    """What a folded question about versions asks of each of them.

    >>> asked_of_version("灯塔每天开放多久,修改前后有什么变化?")
    '灯塔每天开放多久'
    """
    bare = _OLD_AND_NEW.sub("", _VERSIONS.sub("", _BETWEEN_YEARS.sub("", core)))
    clauses = [clause for clause in re.split(r"[,，;；。?？]+", bare) if clause.strip()]
    telling = [clause for clause in clauses if not _OF_VERSION_ALONE.fullmatch(clause)]
    asked = of_one_version(",".join(telling or clauses))
    return _tidied(re.sub(r"(多少|多久|几[\u4e00-\u9fff])(?:[、,，]?\1)+", r"\1", asked))


#: 2016年和2022年的办法, 2024年修订后比2019年.
_BETWEEN_YEARS = re.compile(
    rf"(?:19|20)\d\d年?(?:版|修订|修改|[^,，。?？\d]{{0,4}}{_RULE})?(?:[以之]?后)?的?[和与跟、比同](?:(?:19|20)\d\d年?|现在|如今|现行)的?(?:版|{_RULE})?"
    rf"(?:相?比|之间|里|中)?的?"
)
#: A clause that says no more than that each of the versions is asked: 分别是几天, 以前多久, 各怎么规定的.
_OF_VERSION_ALONE = re.compile(
    rf"(?:以前|原来|从前|现在|如今|[新老旧]+的?{_RULE}?)?(?:分别|各(?:自)?)?(?:都|又)?(?:是|要)?(?:怎么|如何)?(?:规定|写|说|算)?的?"
    r"(?:(?:多少|多久|多长时间|几)[\u4e00-\u9fff%]{0,2})?|差在哪里?|差(?:多少|在哪)|[有是]?(?:什么|啥|哪些)(?:不同|不一样|区别|变化|差别)"
)
_OLD_AND_NEW = re.compile(
    rf"[老旧]的?{_RULE}(?:和|与|跟|、)(?:新|现行)的?{_RULE}|(?:新|现行)的?{_RULE}(?:和|与|跟|、)[老旧]的?{_RULE}"
)


def _both_told(
    asked: str, heard: Sequence[Sequence[Line]], pair: Sequence[str], core: str, bot: Finder
) -> Draft | None:
    """What two versions say in the same place, the earlier one first: what answers the question in each, or what answers
    it in one with its counterpart in the other, whichever are more alike. None where nothing is, and where they say the
    same."""
    ways = [heard]
    if heard[0]:
        ways.append([heard[0], _counterpart(asked, heard[0], pair[1:], bot)])
    if heard[1]:
        ways.append([_counterpart(asked, heard[1], pair[:1], bot), heard[1]])
    apart = bot.find(asked, documents=pair, all_versions=True)

    def worth(way: Sequence[Sequence[Line]]) -> float:
        held = sum(coverage(apart.probe, fold(_text(lines) + _above(lines, bot))) for lines in way)
        first = [as_candidate(line, apart.candidates[0], bot.document(line.spans[0][0]).simplified) for line, *_ in way]
        read = sum(odds > 0 for odds in bot.odds(asked, first))
        listed = _OF_LISTS * (min(map(len, way)) > 1)
        return likeness(*map(_text, way)) + _ASKED_COUNTS * held + _READ_COUNTS * read + listed

    told = [(worth(way), way) for way in ways if all(way)] if apart.candidates else []
    _, best = max(told, key=lambda way: way[0], default=(0.0, []))
    if not best or alike(*map(_text, best)) < _OF_ONE_MATTER or _text(best[0]) == _text(best[1]):
        return None
    if any(IN_FORCE.search(lines[0].text) for lines in best) and not IN_FORCE.search(core):
        return None  # every version says that of itself
    named = [
        replace(line, text=f"{word}：{line.text}") if i == 0 else line
        for word, lines in zip(("原来", "现在"), best, strict=True)
        for i, line in enumerate(lines)
    ]
    return Draft(tuple(named), method="wording")


def _above(lines: Sequence[Line], bot: Finder) -> str:
    doc_id, start, _ = lines[0].spans[0]
    document = bot.document(doc_id).simplified
    return "".join(document.path(document.section_at(start)))


def _text(lines: Sequence[Line]) -> str:
    return "".join(line.text for line in lines)
