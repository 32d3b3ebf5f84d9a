"""The parts of a question that an answer leaves open, each looked for by itself."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.sentences import line_span, sentence_spans
from index.tokens import fold, words
from qa.address import longest_shared
from qa.asked_form import lacks_actor
from qa.better_read import is_told
from qa.each_side import Answering
from qa.evidence import Candidate, coverage
from qa.extractive import MAX_CHARACTERS, WHOLE, Decline, Draft, Line, as_candidate, line_at, lines_of, whole_parts
from qa.followup import OF_ITS_PARTS
from qa.patterns import YEAR, fits_kind, tells_figure
from qa.procedures import asks_steps
from qa.question import kinds_of
from qa.reckoning import asks_difference
from qa.tables import names_column, tables_of
from qa.topics import own_words
from qa.untold import untold as missing_of

if TYPE_CHECKING:
    from qa.finding import Finder, Found


#: Log odds from which the lines of a draft are taken to answer a part of the question; those that a sentence found for the
#: part alone has to have, and by how much it has to be ahead of lines that do not answer, and of those that do.
_TOLD, _ANSWERS, _AHEAD, _FAR_AHEAD = 1.0, 0.5, 2.0, 5.0


#: Log odds of lines that say nothing of a part, and those that what answers it alone has to have then.
_SAYS_NOTHING, _MAY_ANSWER = -5.0, -3.0


_PLAINLY = 6.0  #: log odds of lines that answer a part so plainly that nothing else is looked for


#: Ways of answering that know an answer by the name that it goes by, however it is read.
_BY_NAME = WHOLE | {"guide", "faq"}


_PARTS = 4  #: of a question that are looked at


#: What asks for nothing but the members of what was asked about: 分别是什么.
_NAMES_THEM = re.compile(
    r"(?:它们|各自?|都|又|具体|分别|依次)*(?:是|有|叫|为|包括|指)*(?:什么|啥|哪些|哪[几两二三四五六七八九十](?:大?[个项条点种类]|方面)?)(?:内容|部门|单位)?[?？呢]*"
)

#: Share of a part that what answers it alone has to say, and by how much more than what is told of another.
_NEARLY_ALL, _MORE = 0.7, 0.2
_HARDLY = -2.0  #: log odds below which a line says nothing of a part
_NOTHING = -8.0  #: log odds of lines that say nothing
_OF_A_PART = -100.0  #: and of those that tell a part where the whole is asked for


def with_open_parts(draft: Draft, found: Found, bot: Finder, answer: Answering) -> Draft:
    """A draft with the answers to those parts of a question that it leaves open, each looked for by itself and in the
    sentences beside what is told; a note says which of them the documents do not tell."""
    question = found.question
    both = draft.method == "counted" and len(question.parts) == 2  # how many there are, and which is the n-th
    if len(question.parts) < 2 or bot.reading is None or both:
        return draft
    documents = found.probe.hinted or {span[0] for line in draft.lines for span in line.spans}
    parts = list(zip(whole_parts(question.parts), beside_parts(question.parts), question.parts, strict=True))
    if draft.method == "appointments":  # a row tells who and what; from when, it does not
        parts = [row for row in parts if "when" in kinds_of(row[0])]
    if draft.method == "steps":
        parts = [row for row in parts if not asks_steps(row[2])]
    of_part = any(asked.startswith("其中") for asked in question.parts)
    untold = []
    silent = False  # whether what is told says nothing of a part, nor anything found for it
    before = draft.lines
    alone: set[str] = set()  # what answers the parts by themselves
    aside: dict[str, Found] = {}  # what was found for them
    for part, near, asked in parts[:_PARTS]:
        of_its_parts = draft.method == "duty" and OF_ITS_PARTS.fullmatch(asked)
        nothing_own = draft.method in WHOLE and not own_words(fold(asked)) and not of_its_parts
        if _NAMES_THEM.fullmatch(asked) or nothing_own:
            continue  # 各是哪些, 全报一遍: what tells how many, or the whole, has named them
        said = "".join(line.text for line in draft.lines)
        told = _odds_of(part, draft.lines, found, bot)
        if lacks_actor(part, fold(said)) or missing_of(part, [fold(line.text) for line in draft.lines]):
            told = min(told, 0.0)
        of_head = draft.method == "metadata" and "where" in kinds_of(part)  # no field of a head tells that
        told = min(told, 0.0) if of_head else told
        if draft.method == "cell" and of_part and not asked.startswith("其中"):
            told = _OF_A_PART  # the cell is of a part of what this one asks for
        # Who does another task is hardly read to be no answer.
        named = own_words(fold(asked)) if kinds_of(part) & {"who", "duty"} else []
        doubted = bool(named) and 2 * sum(word in fold(said) for word in named) <= len(named)
        if (told >= _PLAINLY and not doubted) or asks_difference(part):
            continue
        apart, own = _alone(part, documents, bot, answer)
        if own is not None and not _stands_near(asked, own, draft):
            own = None
        lines = own.lines if own is not None else ()
        aside[part] = apart
        of_another = _told_of_another(part, said, lines, apart, bot)
        alone.update(line.text for line in lines)
        new = tuple(line for line in lines if not says_again(line.text, said))
        if own is None or not new or not (of_another or _fits(part, new, own, told, draft, apart, bot)):
            new = ()
        if told < _TOLD and draft.method not in WHOLE and not (new and own is not None and own.method in _BY_NAME):
            line, odds = _beside((part, near, formally(part)), draft, found, bot)
            least = _odds_of(part, new, apart, bot) + _FAR_BEHIND if new else _NOTHING
            again = line is not None and says_again(line.text, said)
            if line is not None and not again and odds >= max(least, max(_TOLD, told) + _AHEAD):
                new = (line,)
        silent = silent or (told < 0 and not new)
        if new and len(said) + sum(len(line.text) for line in new) <= MAX_CHARACTERS:
            draft = replace(draft, lines=(*draft.lines, *new))
        elif own is None and told < _UNTOLD and own_words(fold(asked)) and not _speaks_of(part, fold(said), apart):
            untold.append(asked.rstrip("?？。 "))
    added = draft.lines[len(before) :]
    # Sentences that answer no part are dropped for those that do, but what holds most of the question. A follow-up was
    # understood as a whole, and its parts may lack what it is about.
    if added and draft.method == "sentences" and not found.probe.told:
        asked_for = [part for part, *_ in parts[:_PARTS]]
        most = max(coverage(found.probe, fold(line.text)) for line in added)
        answering = (
            line
            for line in before
            if line.text in alone
            or coverage(found.probe, fold(line.text)) > most
            or any(_odds_of(part, [line], found, bot) >= _HARDLY for part in asked_for)
            or any(_speaks_of(part, fold(line.text), apart) for part, apart in aside.items())
        )
        draft = replace(draft, lines=(*answering, *added))
    if silent and len(question.parts) > 2 and draft.method in ("sentences", "clause"):
        draft = _in_its_paragraph(draft, bot)
    # Where nothing seems told of any, it is the reading that fails.
    if not untold or found.probe.told or len(untold) == len(parts) or draft.method in WHOLE:
        return draft
    return replace(draft, notes=(*draft.notes, f"没有找到回答“{'”“'.join(untold)}”的内容。"))


def with_named_row(outcome: Draft | Decline, found: Found) -> Draft | Decline:
    """What answers, with the row of a table whose name a question for three things says, where one of the best sentences is
    that row and it is not told yet: its cells may tell each of them. The row alone where nothing answers."""
    if len(found.question.parts) < _OF_A_ROW or (isinstance(outcome, Draft) and outcome.method != "sentences"):
        return outcome
    core = fold(found.question.core)
    row = next((c for c in [c for c in found.candidates if c.tells][:_OF_A_ROW] if _is_named(c, core)), None)
    if row is None or (isinstance(outcome, Draft) and is_told(row, outcome)):
        return outcome
    lines = tuple(lines_of([[row]]))
    return replace(outcome, lines=(*outcome.lines, *lines)) if isinstance(outcome, Draft) else Draft(lines)


def _is_named(candidate: Candidate, core: str) -> bool:
    """Whether a candidate is a row of a table whose name a folded question says, and that of no other row of it."""
    for table in tables_of(candidate.document) if "|" in candidate.text else ():
        names = names_column(table)
        if names is not None and any(a <= candidate.start < b for a, b in table.spans):
            said = [i for i, row in enumerate(table.rows) if longest_shared(fold(row[names]), core, _NAME)]
            return [table.spans[i][0] <= candidate.start < table.spans[i][1] for i in said] == [True]
    return False


_OF_A_ROW, _NAME = 3, 3  #: things asked at once and rows looked at, and characters of a name


def _in_its_paragraph(draft: Draft, bot: Finder) -> Draft:
    """The whole of a short paragraph that all lines of a draft are from: of three things asked at once each sentence of it
    may tell one, however it is read."""
    document = bot.document(draft.lines[0].spans[0][0]).simplified
    first = draft.lines[0].spans[0][1]
    begin, end = line_span(document.text, first)
    section = document.section_at(first)
    begin = max(begin, section.heading[1]) if section is not None and section.heading[1] <= first else begin
    spans = [span for line in draft.lines for span in line.spans]
    within = all(doc_id == document.doc_id and begin <= a and b <= end for doc_id, a, b in spans)
    if not within or end - begin > MAX_CHARACTERS:
        return draft
    return replace(draft, lines=tuple(line_at(document, span) for span in sentence_spans(document.text, begin, end)))


def _stands_near(asked: str, own: Draft, draft: Draft) -> bool:
    """Whether what answers a part of a question by itself may go beside what is told: of a part that names nothing (带什么,
    最晚哪天) only what stands near that is of the same thing."""
    told = [span for line in draft.lines for span in line.spans]
    return any(len(word) > 1 for word in own_words(fold(asked))) or any(
        doc_id == other and start - _SPAN < b and a < end + _SPAN
        for doc_id, start, end in (span for line in own.lines for span in line.spans)
        for other, a, b in told
    )


def says_again(text: str, told: str) -> bool:
    """Whether nearly all that a text says stands in what is told.

    >>> says_again("修路由交通局牵头。", "修路由交通局、财政局负责，其中交通局牵头。"), says_again("修路到2026年完成。", "修路由交通局负责。")
    (True, False)
    >>> says_again("完好率达到91%以上。", "2024年完好率：89.7%。")
    False
    """
    if not set(_FIGURES.findall(fold(text))) <= set(_FIGURES.findall(fold(told))):
        return False
    said, there = [word for word in words(text) if len(word) > 1], fold(told)
    return sum(len(word) for word in said if word in there) >= _AGAIN * sum(map(len, said))


_AGAIN = 0.9
_FIGURES = re.compile(r"\d+(?:\.\d+)?")


def _told_of_another(part: str, said: str, lines: Sequence[Line], apart: Found, bot: Finder) -> bool:
    """Whether what is told says who does something else than a part asks of, and some lines nearly all that it says, with a
    body that does it; however they are read: sentences of the same form are hardly told apart by that."""
    if not lines or not kinds_of(part) & {"who", "duty"} or lacks_actor(part, fold("".join(x.text for x in lines))):
        return False
    title = bot.document(lines[0].spans[0][0]).simplified.header.title
    told, more = (coverage(apart.probe, fold(title + text)) for text in (said, "".join(x.text for x in lines)))
    return more >= _NEARLY_ALL and more > told + _MORE


def _alone(part: str, documents: Collection[str] | None, bot: Finder, answer: Answering) -> tuple[Found, Draft | None]:
    """What is found for a part of a question by itself, and what answers it."""
    apart = bot.find(part, documents=documents)
    own = answer(apart, bot) if apart.candidates else None
    return apart, own if isinstance(own, Draft) else None


#: Log odds from which what answers a part is told where the whole is refused, and among how many of the sentences found for
#: the whole one of its document has to be.
_SURELY, _NEAREST = 2.0, 3


def of_told_parts(found: Found, bot: Finder, answer: Answering) -> Draft | None:
    """What answers a part of a question that is refused as a whole, with a note for the parts that nothing answers; None
    where no part that asks who, when, where or how much is surely answered. One for yes or no leads in to the others."""
    if len(found.question.parts) < 2 or bot.reading is None or found.probe.told:
        return None  # a follow-up was understood as a whole
    best: tuple[float, Draft] | None = None
    near = {c.document.doc_id for c in [c for c in found.candidates if c.tells][:_NEAREST]}
    for part in whole_parts(found.question.parts)[:_PARTS]:
        kinds = kinds_of(part)
        if "whether" in kinds or not kinds & {"who", "duty", "count", "when", "where"}:
            continue
        apart, own = _alone(part, found.probe.hinted or found.allowed, bot, answer)
        if own is None or own.lines[0].spans[0][0] not in near:
            continue
        lines = [fold(line.text) for line in own.lines]
        said = "".join(lines)
        # A figure of another year, or of what only goes with what is asked, is none.
        of_year = all(year in said for year in found.question.years)
        if not of_year or coverage(apart.probe, said) < _SPOKEN_OF or missing_of(part, lines):
            continue
        odds = _odds_of(part, own.lines, apart, bot)
        if odds >= _SURELY and bot.about(apart) and (best is None or odds > best[0]):
            best = odds, own
    return with_open_parts(best[1], found, bot, answer) if best is not None else None


def _fits(part: str, new: Sequence[Line], own: Draft, told: float, draft: Draft, apart: Found, bot: Finder) -> bool:
    """Whether the new lines of what answers a part alone answer it better than a draft, with log odds ``told``, does."""
    said, more = ("".join(fold(line.text) for line in lines) for lines in (draft.lines, new))
    # What is given whole is hardly read to answer; who does it is told apart from what is done.
    another = own.method in WHOLE and "duty" in (draft.method, own.method) and own.method != draft.method
    if another and told < _TOLD:
        return True
    # A figure of one year leaves that of another open.
    years = set(YEAR.findall(part))
    if own.method in _OF_FIGURES and years and years.isdisjoint(YEAR.findall(said)) and tells_figure(more):
        return True
    whole = draft.method in WHOLE and not (draft.method == "metadata" and "where" in kinds_of(part))
    if whole and told > _OF_A_PART and coverage(apart.probe, said) >= coverage(apart.probe, more):
        return False
    if own.method in _BY_NAME and (told < 0 or draft.method == own.method == "guide"):
        return True
    odds = _odds_of(part, new, apart, bot)
    if told < _TOLD:
        # Where nothing of a part is told, what would be told of it alone needs no more than to be of its kind.
        of_kind = fits_kind(kinds_of(part), fold(part), more) > 0 or _tells_formula(part, said, more)
        least = _MAY_ANSWER if told < _SAYS_NOTHING and of_kind else _ANSWERS
        return odds >= max(least, told + _AHEAD)
    # Of lines that may answer, another has to hold more of what the part says, too.
    return odds >= told + _FAR_AHEAD and coverage(apart.probe, more) > coverage(apart.probe, said)


#: What asks how a figure is reckoned, and what tells it.
_ASKS_FORMULA = re.compile("(?:怎么|怎样|如何|咋)(?:个)?(?:计?算|得出)|计算(?:公式|方法|办法)")
_FORMULA = re.compile(r"[=÷×]|[乘除]以|之比|公式|按[^，,。;；]{2,24}计算")


def _tells_formula(part: str, told: str, more: str) -> bool:
    """Whether a part of a question asks how a figure is reckoned, a folded text tells that, and what is told does not."""
    return bool(_ASKS_FORMULA.search(part) and _FORMULA.search(more)) and not _FORMULA.search(told)


_OF_FIGURES = {"figure", "cell", "years"}  #: ways of answering that tell a figure of the year asked for

#: Log odds below which what is told says nothing of a part, unless it holds as much of what the part says, and the kind of
#: thing it asks for.
_UNTOLD, _SPOKEN_OF = -5.0, 0.5


def _speaks_of(part: str, said: str, apart: Found) -> bool:
    """Whether a folded text speaks of what a part of a question asks, with a figure, a date or a body where that is asked."""
    return coverage(apart.probe, said) >= _SPOKEN_OF and fits_kind(kinds_of(part), fold(part), said) >= 0


def beside_parts(parts: Sequence[str]) -> list[str]:
    """The parts of a question, each behind what the one before it says without what it asks for.

    >>> beside_parts(["对成绩有异议多久内申请复核", "由谁办?"])
    ['对成绩有异议多久内申请复核', '对成绩有异议申请复核，由谁办?']
    """
    behind = [f"{_ASKED.sub('', before)}，{part}" for before, part in pairwise(parts)]
    return [*parts[:1], *behind]


_ASKED = re.compile(
    r"(?:要|在|到|由|给|找)?(?:(?:多[久长大高]|多少|几)(?:个|工作日|天|日|年|月|元|块|钱|次|人|家|名|亩)*(?:之?[内前])?"
    r"|什么时[候间]|怎[么样]|如何|谁|哪[里儿些个家天年]|什么|啥)|[吗呢?？]"
)
#: What is done in one word, as documents call the way to do it.
_FORMAL = dict(zip("发付交报领退算", "发放 支付 缴纳 申报 领取 退还 计算".split(), strict=True))
_THE_WAY = re.compile(rf"[，,](?:怎么|如何|咋)(?:个)?(?P<does>[{''.join(_FORMAL)}])(?:法|放)?[?？]?$")


def formally(part: str) -> str:
    """A part of a question that asks how something is done in the words of documents, with the last word of what it is
    about; others as they are.

    >>> formally("种粮补助，怎么发?"), formally("种粮补助，谁出?")
    ('补助发放方式', '种粮补助，谁出?')
    """
    way = _THE_WAY.search(part)
    return part if way is None else f"{part[: way.start()][-2:]}{_FORMAL[way['does']]}方式"


_FAR_BEHIND = 4.0  #: log odds by which a sentence beside what is told goes before what answers the part alone
_SPAN, _READ = 300, 12  #: characters around what is told, and sentences in them that are read for another part


def _beside(wordings: Sequence[str], draft: Draft, found: Found, bot: Finder) -> tuple[Line | None, float]:
    """The sentence near what a draft tells that is read to answer another part of the question best, in one of its
    wordings, with its log odds; none where none is of the kind asked for."""
    doc_id, start, end = draft.lines[0].spans[0]
    document, kinds, asked = bot.document(doc_id).simplified, kinds_of(wordings[0]), fold(wordings[0])
    told = [span for line in draft.lines for span in line.spans]
    near = []
    around = (
        line_span(document.text, max(0, start - _SPAN))[0],
        line_span(document.text, min(end + _SPAN, len(document.text) - 1))[1],
    )
    for begin, stop in sentence_spans(document.text, *around):
        line = line_at(document, (begin, stop))
        candidate = as_candidate(line, found.candidates[0], document)
        again = any(own == doc_id and a < stop and begin < b for own, a, b in told)
        if not again and candidate.tells and "|" not in line.text and fits_kind(kinds, asked, fold(line.text)) >= 0:
            near.append((line, candidate))
    near = sorted(near, key=lambda pair: abs(pair[1].start - start))[:_READ]
    if not near:
        return None, _NOTHING
    read = [bot.odds(wording, [c for _, c in near]) for wording in dict.fromkeys(wordings)]
    odds = [max(of_each) for of_each in zip(*read, strict=True)]
    best = max(range(len(near)), key=odds.__getitem__)
    return near[best][0], odds[best]


def _odds_of(part: str, lines: Sequence[Line], found: Found, bot: Finder) -> float:
    """What the reader says of some lines: the best log odds that one answers a part of the question. One that only
    announces what follows it answers nothing."""
    told = []
    for line in lines:
        doc_id, start, end = line.spans[0]
        document = bot.document(doc_id).simplified
        announces = len(line.spans) == 1 and document.text[start:end].rstrip()[-1:] in "：:"
        if not announces:
            told.append(as_candidate(line, found.candidates[0], document))
    return max(bot.odds(part, told), default=_NOTHING) if told else _NOTHING
