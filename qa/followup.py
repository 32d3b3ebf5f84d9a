"""Follow-up questions made to stand alone, by rule: pronouns, elided topics, slots filled anew, ordinals, years."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from corpus.labels import number_of
from corpus.traditional import simplify
from index.tokens import known_word
from qa.about_answer import act_on_answer
from qa.amounts import amounts
from qa.answer_reading import listed
from qa.courtesy import is_courtesy, without_courtesy
from qa.departments import named_in
from qa.duty_followup import of_bodies
from qa.followup_items import ORDINAL, points_at_item
from qa.followup_items import by_place as item_by_place
from qa.followup_lists import more_of_the_list, next_in_order, of_whole_list
from qa.followup_pronouns import DOCUMENT, MATTER, PRONOUN, THING, matter_of, resolved
from qa.followup_said import Said
from qa.followup_topics import has_subject, of_the_whole, scope_of
from qa.followup_turns import corrected, goes_back, taken_up
from qa.followup_versions import of_that_time, other_version, version_named
from qa.followup_years import than_year, years_named
from qa.question import asking_part, kinds_of
from qa.slots import (
    PERSONS,
    PLACE,
    SHAPE,
    STATE,
    STEP,
    TIME,
    WHO,
    Stands,
    by_known_place,
    by_shape,
    by_sort,
    by_suffix,
    fill,
    lead_for,
    moved_to,
    of_like,
    place_before,
    place_known,
)
from qa.slots_beside import Documents, Told, in_its_frame
from qa.topics import (
    ASKS,
    DATED,
    NUMERAL,
    PREDICATE,
    QUOTED,
    UNIT,
    YEAR,
    clauses_in,
    cut_words,
    own_words,
    topic_of,
)

Turn = tuple[str, str]

_OPENING = re.compile(
    r"^(?:那么?(?![个些种份项条家本篇一次块里几位类时边年天笔批件款届])|然后|还有(?=.{1,16}呢)|另外|此外|接着|接下来(?!的)|同样(?!是)|再问|"
    r"再看|换成|换作|换到|如果是|要是|假如是|轮到|至于|(?:再)?说说|再?来?看看?)[,，]?"
)
_SPEAKING = re.compile(
    rf"^(?:还|再|又|也|继续|具体|为什么|为何|除此|除了(?:这|那|它)|还有|别的|其他|其它|其余|剩下|同年|当年|当时|那个?时候?|那会儿|"
    rf"到?(?:第二年(?![级度])|次年|翌年|转年|后一年)|上面|刚才|前面|后面)"
    rf"|(?:倒数)?第{NUMERAL}{UNIT}(?!卷|期)|(?:再)?[下上]一{UNIT}|(?:后|前)(?:面|边)?的?{NUMERAL}{UNIT}|"
    rf"[前后]一{UNIT}|最后一{UNIT}"
    r"|刚才|之前说|上面说|前面说|你说的|提到的那"
)
_ELLIPTIC = re.compile(r"^(?P<filler>[^，,。？?]{1,40}?)(?:的)?呢(?=$|[？?，,。])[？?，,。]?(?P<rest>.*)$")
_PART = re.compile(
    r"^(?P<filler>[^，,。？?的]{2,20}?)(?:那|这)(?:一|个)?(?:块|边|方面|部分|头|一?类|"
    r"一?项)(?:的)?(?:呢)?[，,？?]?(?P<rest>.*)$"
)
#: 远程的那种，…: one sort of what is spoken of.
_ONE_OF_THEM = re.compile(
    rf"[^，,。？?]{{2,10}}的(?:那|这)(?:一|几)?(?:种|类|个|些|项|档|部分)(?=[，,是有要由能怎可应]|{ASKS.pattern})"
)
_OTHER = re.compile(r"^(?P<filler>[^，,。？?]{2,30})[，,](?P<rest>.+)$")
_YEARS_ON = re.compile(
    rf"(?:再)?(?:往|向)?(?P<way>后|前)(?:推|延|数|退)?({NUMERAL})年|再过({NUMERAL})年|({NUMERAL})年(?P<way2>后|"
    rf"以后|之后|前|之前|以前)"
)
_MARK = re.compile(r"\[\d+\]")


REMEMBERED = 8  #: turns that a question may lean on


@dataclass(frozen=True)
class FollowUp:
    """A question rewritten with its history."""

    standalone: str  #: the question as it is searched and shown
    context: str  #: what the talk is about, searched beside it at a lower weight; "" when it stands alone
    own: str = ""  #: what it brings itself: its own words and what its pronoun stands for; "" when it stands alone
    #: the other wording, for where this one is refused: with what the talk is about for one that may stand alone, without
    #: it for one that was joined to it; else ""
    otherwise: str = ""
    #: wordings that it may be meant in as well, asked of the documents last cited
    readings: tuple[str, ...] = ()
    joined: bool = False  #: whether it was joined to what the talk is about
    kept: frozenset[str] = frozenset()  #: the documents that it is asked of, where that is settled
    #: what the last question named, and what stands in its place; "" where nothing was exchanged
    instead: tuple[str, str] = ("", "")


#: 西岬呢, of a place without what sort it is.
_SHORT_PLACE = re.compile(r"(?P<lead>那么?)?(?P<name>[\u4e00-\u9fff]{2,3})(?P<rest>的?呢[?？]?)")
_SORTS_OF_PLACE = "市县区州省镇乡"


def _place_in_full(question: str, history: Sequence[Turn], stands: Stands | None) -> str:
    """A follow-up that asks for nothing but another place, called by half its name, with that in full (西岬县呢) where the
    documents have one such name and the last question named a place."""
    short = _SHORT_PLACE.fullmatch(question.strip())
    if short is None or stands is None or not history or not PLACE.search(history[-1][0]):
        return question
    name = short["name"]
    full = [f"{name}{sort}" for sort in _SORTS_OF_PLACE if stands(f"{name}{sort}")]
    if name[-1] in _SORTS_OF_PLACE or known_word(name) or len(full) != 1:
        return question
    return f"{short['lead'] or ''}{full[0]}{short['rest']}"


def rewrite(
    question: str,
    history: Sequence[Turn],
    sources: Sequence[str] = (),
    stands: Stands | None = None,
    meant: Sequence[str] = (),
    told_from: Told = tuple,
) -> FollowUp:
    """Make ``question`` stand alone. One that needs no history is returned as it is.

    ``sources``: for each turn of the history what the document is called that its answer was taken from, where known.
    ``stands``: whether a string stands in the documents, which tells what gives way to something new where that is
    doubtful. ``meant``: for each turn the reading of its question that was chosen, where known. ``told_from``: the texts that
    tell which of the things in a question stands as a new one does.

    >>> rewrite("那2025年呢？", [("论文对2020年提了什么目标？", "初步形成体系架构。")]).standalone
    '论文对2025年提了什么目标？'
    """
    question = _place_in_full(without_courtesy(question), history, stands)
    documents = Documents(stands, told_from) if stands is not None else None
    said: list[Said] = []
    known, chosen = ([*told, *[""] * (len(history) - len(told))] for told in (sources, meant))
    spoken = [
        (without_courtesy(q), a, source, reading)
        for (q, a), source, reading in zip(history, known, chosen, strict=True)
        if not is_courtesy(q)
    ]
    for earlier, answer, source, reading in spoken[-REMEMBERED:]:
        if act_on_answer(earlier) is not None:
            said[-1:] = [replace(turn, told=answer) for turn in said[-1:]]
            continue
        turn = _as_meant(reading, earlier, _MARK.sub("", answer), said, documents)
        over = said[-1].about if said else ""
        said.append(replace(turn, leaned=turn.question != earlier.strip(), source=source, over=over))
    if not said or not depends(question):
        return FollowUp(question, "")
    last = said[-1]
    # Not the last answer: its words would lead back to the sentences that have been given already.
    told = _stand_alone(question, "", said, documents)
    topic = last.about
    own = _ELLIPTIC.match(_without_opening(question.strip()))
    perhaps = _leaning(question) == 1 and told.question == question or bool(own and own["rest"] and not told.filled)
    otherwise = f"{topic}，{told.question}" if perhaps and topic not in told.question else ""
    lead, asked = told.parted
    readings = [told.question] if told.question == question.strip() else []
    joined = bool(lead and _asks(asked) and not PRONOUN.search(asked))
    if joined:
        otherwise = asked if own_words(asked) else otherwise
        # 什么时候发 alone is told by any sentence with a date.
        named = "when" not in kinds_of(asked) or len("".join(own_words(asked))) > 1
        if named and all(
            word in asked for word in own_words(question)
        ):  # 台湾 of 那台湾来多少人 may stand in the topic
            readings.append(asked)
    elif otherwise and readings:
        readings.append(otherwise)
    elif told.question.endswith(bare := question.strip()) and _asks(bare) and not PRONOUN.search(bare):
        readings.append(bare)  # 甲市不停航罚多少, alone
    if own and own["rest"] and told.filled and (bare := own["rest"].strip("，, ")) and _asks(bare):
        readings.append(
            f"{lead_for(said[-1].question, own['filler'])}{_filler(own['filler'])}，{bare}"
        )  # another thing
    readings += [turn.question for turn in _of_earlier_turns(question, said, documents)]
    readings = [text for text in dict.fromkeys(readings) if text != told.question or text == question.strip()]
    instead = _given_up(said[-1].question, told.question)
    return FollowUp(told.question, topic, question, otherwise, tuple(readings), joined=joined, instead=instead)


def _given_up(last: str, question: str) -> tuple[str, str]:
    """The one thing of the last question that another has taken the place of, and that; ("", "") where more or nothing
    else is new.

    >>> _given_up("甲省的红色预警由谁发？", "甲省的蓝色预警由谁发？")
    ('红色', '蓝色')
    """
    old, new = cut_words(last), cut_words(question)
    codes = [c for c in SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if c[0] != "equal"]
    if len(codes) != 1 or codes[0][0] != "replace":
        return "", ""
    _, a, b, c, d = codes[0]
    gone, come = "".join(old[a:b]), "".join(new[c:d])
    thing = all(len(word) > 1 and own_words(word) and not re.search(r"\d", word) for word in (gone, come))
    return (gone, come) if thing else ("", "")


def _asks(text: str) -> bool:
    """Whether a text asks for something, be it for a reason."""
    return bool(kinds_of(text) or ASKS.search(text))


def _as_meant(reading: str, question: str, answer: str, said: Sequence[Said], stands: Documents | None) -> Said:
    """An earlier turn in the ``reading`` of its question that was chosen; "" where that is not known."""
    turn = _stand_alone(question, answer, said, stands)
    if not reading or turn.question.endswith(reading):  # asked alone, the talk goes on about the same
        return turn
    turns = _of_earlier_turns(question, said, stands, answer)
    return next((t for t in turns if t.question == reading), Said(reading, answer, turn.items))


_LOOKED_BACK = 2  #: readings with turns before the last one that a follow-up may lean on


def _of_earlier_turns(question: str, said: Sequence[Said], stands: Documents | None, answer: str = "") -> list[Said]:
    """A question that cannot stand alone as one that leans on a turn before the last one, latest first: 不捡狗屎呢 behind
    养烈性犬罚多少, 狗会被没收吗."""
    if not said or _leaning(question) < 2 or points_at_item(simplify(question.strip())) or YEAR.search(question):
        return []  # of a year that it names itself nothing else is meant
    turns: dict[str, Said] = {}
    for n in range(len(said) - 1, 0, -1):
        if said[n - 1].place is None and len(turns) < _LOOKED_BACK:  # no item of a list
            turn = _stand_alone(question, answer, said[:n], stands)
            turns.setdefault(turn.question, turn)
    place, bare = place_before(said[-1].about), _without_opening(question.strip())
    elliptic = _ELLIPTIC.match(bare) or PRONOUN.search(bare) or version_named(bare)
    case = STATE.search(said[-1].about.removeprefix(place))  # one that need not be that of the question
    if place and case and _asks(bare) and own_words(topic_of(bare)) and not elliptic and not place_before(bare):
        turns.setdefault(f"{place}{bare}", Said(f"{place}{bare}", answer))
    return [_within_version(turn, said[-1].question) for turn in turns.values()]


def _within_version(turn: Said, last: str) -> Said:
    """A turn about the version of a document that the last question is about, where it names none itself."""
    version = version_named(last)
    kept = not version or version_named(turn.question)
    return turn if kept else replace(turn, question=f"{version}里，{turn.question}", carried="")


def speaks_of_document(question: str) -> bool:
    """Whether a question says 这个办法, 该条例 or the like, which the document may be that the talk has been told from."""
    return any(DOCUMENT.search(found.group()) for found in PRONOUN.finditer(question))


def is_of_documents(question: str) -> bool:
    """Whether a turn asks something of the documents: it is no courtesy, and nothing that asks of an answer given."""
    return not is_courtesy(question) and act_on_answer(without_courtesy(question)) is None


def _grounds(bare: str, said: Sequence[Said]) -> Sequence[Said]:
    """The turns that a follow-up leans on: not those that leant on others themselves and were refused. What they brought,
    a year or something to ask, is not in the documents, and asked again it would be refused again. One that asked about
    another thing stays, and so does one in which the new turn exchanges something for its like: 乙市的电话呢, 丙市呢."""
    while len(said) > 1 and said[-1].refused and said[-1].leaned:
        last, new = said[-1], _ELLIPTIC.match(bare)
        filler = _filler(new["filler"]) if new else ""
        like = filler and not TIME.fullmatch(filler) and of_like(last.question, filler)
        if like or DATED.sub("", last.about) != DATED.sub("", said[-2].about):
            break
        said = said[:-1]
    return said


def depends(question: str) -> bool:
    """Whether the wording leans on what was said before, surely or perhaps."""
    return _leaning(without_courtesy(question)) > 0


_ALONE = re.compile(
    rf"(?:那么?|还有|[,，])*(?:(?:{ORDINAL.pattern})(?:的?呢|(?:又|具体)?(?:是|讲|说|写|规定|叫)(?:的|了)?(?:是)?(?:什么|啥)(?:内容)?)?"
    r"|(?:它们?|他们?|这个|那个|前者|后者|其中)(?:的?呢)?)[?？。]?"
)


def points_at_nothing(question: str) -> bool:
    """Whether a question is nothing but words that point into a talk: 第二条呢, 前者呢."""
    return bool(_ALONE.fullmatch(simplify(question.strip())))


_LONG = 30  #: characters from which a question is thought to say what it is about


#: How many parts of something there are, or which, without a word of what: 有几条具体任务, 分哪些方面.
OF_ITS_PARTS = re.compile(
    r"(?:那么?|它|其|一共|总共|共|都|又|还|下面|里面|其中|具体)*(?:有|分为?|分成|包括|列|提|部署|安排|含)(?:了|出)?(?:哪些?|哪[几两二三四五六七八九十]|几|多少)"
    r"(?:大|小)?[个条项种类点]?(?:具体|主要|重点|相关|配套)?的?"
    r"(?:任务|措施|举措|内容|要求|方面|部分|条款|步骤|环节|原则|目标|做法|规定|工作|小项|分项|事项|条|项|点)(?:呢|吗)?[?？。]?"
)


def _leaning(question: str) -> int:
    """2: the question cannot stand alone; 1: short, it may; 0: it stands alone."""
    text = simplify(question.strip())
    if is_courtesy(text):
        return 0
    if corrected(text) or (goes_back(text) and len(text) < _LONG) or OF_ITS_PARTS.fullmatch(text):
        return 2
    if points_at_item(text) and len(text) < _LONG:
        return 2
    if re.match("(?:那么?)?其中(?![一之])", text):
        return 2  # which of what was spoken of
    first = re.split(r"[。？?！!]", text)[0]
    own = own_words(DATED.sub("", text))
    weight = sum(len(word) for word in own if len(word) > 1 or not "\u4e00" <= word <= "\u9fff")
    for found in PRONOUN.finditer(text):
        if DOCUMENT.search(found.group()) and weight >= 6:
            return 1  # 这份文件 of a question that says much itself: most likely the one that all talk is about
        # What a pronoun stands for may have been named in the question itself: 智慧城市这个说法，它是指什么.
        if sum(len(w) for w in own_words(text[: found.start()]) if len(w) > 1) < 4:
            return 2
    if _SAME_OF.fullmatch(text) or (_OPENING.match(text) and len(text) < 60):
        return 2
    pointing = _SPEAKING.search(text) or re.match(r"[这那]里", text)
    # 《数据条例》第三条 and 游览规定第三条 name what the clause belongs to.
    if pointing and "《" not in text:
        owned = len("".join(own_words(text[: pointing.start()]))) >= 4
        if not owned and weight < (6 if pointing.group().startswith("第") else 16 if pointing.start() == 0 else 10):
            return 2
    ellipsis = _ELLIPTIC.match(first)
    if ellipsis and not kinds_of(ellipsis["filler"]) and not clauses_in(ellipsis["filler"])[1:]:
        return 2
    if _PART.match(first) and weight < 6 and not QUOTED.search(text):
        return 2
    if _ONE_OF_THEM.match(first) and weight < 12 and not QUOTED.search(text):
        return 2
    if QUOTED.search(text):
        return 0
    if _how_much_when(first):
        return 2
    if re.search(r"[\u4e00-\u9fff]{2}[里中]的?[\u4e00-\u9fff]", first) and 0 < weight <= 7:
        return 1
    if weight <= 3:
        return 2
    return 1 if weight <= 7 else 0


def _stand_alone(question: str, answer: str, said: Sequence[Said], stands: Documents | None) -> Said:
    """A turn made to stand alone with those before it."""
    items = tuple(listed(answer))
    plain = Said(question.strip(), answer, items)
    if not said or _leaning(question) < 2:
        return plain
    meant = corrected(question.strip())
    if meant and not meant.endswith("呢？") and own_words(meant):
        return Said(meant, answer, items)
    bare = meant or question.strip()
    turn, bare = taken_up(bare, [(turn.question, turn.answer) for turn in said])
    said = said[: turn + 1]
    bare = _SAME_OF.sub(r"\g<thing>呢？", _ALSO.sub("呢？", _without_opening(bare) or bare))
    said = _grounds(bare, said)
    last = said[-1]
    if WHO.search(last.question):
        bare = _ROLE.sub(r"\1部门", bare)  # 参与的有哪些
    whole = of_bodies(bare, last.question, last.about) or (
        of_whole_list(bare, last.list_topic) if last.place is not None else ""
    )
    if whole:
        return Said(whole, answer, items)
    chosen = item_by_place(bare, answer, said)
    if chosen:
        return chosen
    beside = next_in_order(question.strip(), last.question, last.about)
    if beside:
        return Said(beside, answer, items)
    entity = carried = filled = scope = ""
    bare = years_named(bare, last.question, last.answer)
    of_list = next((turn for turn in reversed(said) if turn.place is None), last)  # not one item that was asked for
    text = (
        more_of_the_list(question.strip(), of_list.question, listed=bool(of_list.items))
        or other_version(bare, last.question)
        or of_that_time(bare, last.question, last.about)
        or _in_exchange(question.strip(), last, stands)
        or _in_such_case(question.strip(), last, stands)
        or _other_case(question.strip(), last.question, last.about)
        or than_year(bare, last.question)
        or _later_year(bare, said)
        or _at_other_time(bare, last.question)
        or _same_at_other_time(bare, last.question)
    )
    if not text:
        # 为什么 asks nothing that could be asked of another thing.
        before = said[-2] if len(said) > 1 and _WHY.fullmatch(last.parted[1]) else last
        told_more = last.place is not None and _TOLD_MORE.search(last.question)
        text, filled = _refilled(bare, of_list if told_more else before, stands)
        if last.place is not None and not text.startswith(last.of_list):
            text = text.replace(f"中的{last.entity}", "")  # the item was one of another list
        carried = last.carried if filled and text.startswith(f"{last.carried}，") else ""
    if not text:
        text, entity = resolved(bare, said)
    if not text:
        topic, bare = moved_to(of_the_whole(last.about, bare), bare)
        text = _beside(bare, last.question, topic) or (bare if topic in bare else "")
        scope = place_before(topic) if last.scope or scope_of(last.question) else ""
        if scope and has_subject(bare) and not place_before(bare):
            text = text or f"{scope}{bare}"  # another thing there
        if STATE.search(topic.removeprefix(place_before(topic))) and STATE.search(topic_of(bare)):
            text = text or f"{place_before(topic)}{bare}"  # another case in place of the one spoken of
        joint = "" if _ROLE.match(bare) or OF_ITS_PARTS.fullmatch(bare) else "，"
        if (year := _IN_YEAR.match(bare)) and not YEAR.search(topic):
            text = text or f"{year.group()}，{topic}，{bare[year.end() :]}"
        carried = "" if text or not joint else topic
        text = text or f"{topic}{joint}{bare}"
    return Said(text, answer, items, entity=entity, filled=filled, carried=carried, scope=scope)


#: 2021年有这项吗: all of it is asked of that year.
_IN_YEAR = re.compile(r"(?:19|20)\d\d年(?=[有没是])")


#: Wording that only has an item told in full.
_TOLD_MORE = re.compile("(?:(?:详细|具体|展开|仔细)(?:地|来|给我)?[说讲介]|具体是怎么说的).{0,4}$")
_WHY = re.compile("(?:这是|又)?(?:为什么|为何|为啥|凭什么)(?:呢|啊|不行|不能)?[?？]?")


#: Words that begin like a measure word and go with 那 all the same: 那里面, 那时候, 那年底.
_OF_THAT = frozenset(
    "里面 里头 里边 时候 年底 年初 年末 年头 边儿 边上 家里 天里 一下 一个 一点 一次 一年 一天 几个 几年".split()
)


#: The same asked of another thing: 证券公司呢，也能这么做？
_ALSO = re.compile(
    r"呢[,，](?:是不是|是否)?(?:也|同样)(?:[能可要是行会]以?|适用|需要)*(?:这么|那么|这样|那样)?(?:做|办|搞|算|享受)?(?:的)?(?:吗|么)?[?？]?$"
)


#: 旧办法也是这样吗: the last question about it.
_SAME_OF = re.compile(
    r"(?P<thing>[^，,。？?]{2,16}?)(?:是不是|是否)?(?:也|同样)都?(?:是(?=吗)|(?:[是要得能会]|可以|适用)?(?:这样|那样|如此|一样|[这那]么(?:多|高|长|久|做|办|算)))的?[吗么]?[?？]?"
)


def _without_opening(question: str) -> str:
    """A question without the words that only tie it to the talk: 那, 然后, 还有, and 那 before 边缘户 or 年轻人."""
    bare = _OPENING.sub("", question)
    if bare != question or not question.startswith("那"):
        return bare
    first = (cut_words(question[1:]) or [""])[0]
    if re.match(rf"[份本篇]{THING}", question[1:]):
        return question
    return question[1:] if len(first) > 1 and known_word(first) and first not in _OF_THAT else question


_SAME_ASKED = re.compile(r"牵头|负责|主管|参与|配合|[收补奖罚减扣给]|建设?|做|搞|弄")


_ROLE_OF = re.compile(r"牵头|负责|主管|主抓|承担")  #: what may be asked of one task after another


def _beside(bare: str, last: str, topic: str) -> str:
    """A question that asks of a thing of its own what the last one asked of another, with what both lie in: 电梯的施工管理
    由谁牵头, 邻里调处由谁牵头 -> 电梯的邻里调处由谁牵头. Empty where it has no thing of its own."""
    of_sort = re.match(r"([\u4e00-\u9fff]{2,3}[类业级])的", bare)
    if of_sort and kinds_of(bare) & kinds_of(last) and (moved := by_suffix(last, of_sort[1])):
        return moved
    own = topic_of(bare)
    roles = bool(_ROLE_OF.search(bare) and _ROLE_OF.search(last) and WHO.search(bare) and WHO.search(last))
    asked = roles or {m.group() for m in _SAME_ASKED.finditer(bare)} & {m.group() for m in _SAME_ASKED.finditer(last)}
    alike = bool(kinds_of(bare) & kinds_of(last)) and (bool(asked) or bool(re.search("[里中上][，,]", topic)))
    if not alike or own not in bare or len("".join(own_words(own))) < 3 or own in topic:
        return ""
    place = PLACE.match(topic)
    inside = re.match(r".+[，,]|.+的(?=.{2,})|.{2,20}?里面?(?=.{2,})", topic)
    scope = inside.group() if inside else place.group() if place else ""
    return "" if not scope or bare.startswith(scope) else f"{scope}{bare}"


#: In talk of who does what, a role without a noun is a department: 配合的有哪些, 牵头的呢.
_ROLE = re.compile(
    r"(?<!除了)(?<!除去)(?<!除开)(?<!除)((?:牵头|负责|参与|参加|配合|协同|协助|主管|承办)的)(?:部门)?(?=是|有|都|包括|呢|吗|还|$|[?？，,])"
    r"(?!(?:都|是|有|包括)*(?:哪些|哪几个|哪个|什么)(?:部门|单位|机构))"
)
#: What a question asks of a task whose role it asks for: 参与的部门有哪些, 由哪些部门配合.
_ROLE_ASKED = re.compile(
    r"[，,]?(?:(?:牵头|负责|参与|参加|配合|协同|协助|主管|承办)的?(?:部门|单位|机构)?(?:都|是|有|包括)+(?:哪些|哪几[个家])(?:部门|单位|机构)?"
    r"|由?(?:哪些|哪几[个家])(?:部门|单位|机构)(?:来|共同)?(?:牵头|负责|参与|参加|配合|协同|协助|主管|承办))[?？。]?$"
)


#: 要是已经构成犯罪呢, 材料不全的话呢: a case of its own, and nothing else.
_CASE = re.compile(
    r"(?:那么?|可)?(?P<if>要是|如果(?!是)|假如(?!是)|倘若|万一)?(?P<case>[^，,。；;：:？?]{3,40}?)(?P<so>的话)?的?呢?[？?]?"
)


#: 情节严重呢: how bad something is makes a case of it, also without 如果.
_HOW_GRAVE = re.compile(
    "(?:情节|后果|情况|问题|程度|数额|危害|影响|损失|损害)(?:特别|较为?|比较|更|很)?(?:严重|轻微?|[巨重较]?大|恶劣|不大)"
)


def _other_case(question: str, last: str, topic: str) -> str | None:
    """What holds in another case than the last question has: 做虚假广告的，谁来处理, 要是构成犯罪呢 ->
    做虚假广告的，构成犯罪的，怎么办. Of several cases the last one gives way. What is asked for may be another thing then,
    no figure and nobody. None where something in the last question is of the same sort as what the new one names."""
    case = _CASE.fullmatch(question)
    if case is None or not (case["if"] or case["so"] or _HOW_GRAVE.fullmatch(case["case"])) or kinds_of(case["case"]):
        return None
    if amounts(case["case"]) or of_like(last, _filler(case["case"])):
        return None
    *before, asked = clauses_in(asking_part(last))
    about = (before[:-1] or before) if before else [topic]
    return "，".join([*about, f"{case['case']}的", "怎么办"]) + "？"


#: 换成充电柜的话，一个小区最多拿多少: what takes the place of something spoken of, and what is asked of it.
_EXCHANGE = re.compile(
    r"(?:那么?|如果|要是|假如)*(?:换成|换作|换到|换|改成|改为|轮到)(?P<new>[^，,。？?]{1,20}?)(?:的话|的时候|来说|[，,])+(?P<rest>.+)"
)


def _in_exchange(question: str, last: Said, stands: Documents | None) -> str | None:
    """What a follow-up asks that names what takes the place of something spoken of: it is asked of all that the talk is
    about but that. None where it asks nothing of its own, or nothing gives way."""
    found = _EXCHANGE.fullmatch(question)
    new, rest = (_filler(found["new"]), found["rest"]) if found else ("", "")
    if not new or not _asks(rest):
        return None
    whole = _exchanged(last.question, new, stands)
    if whole and kinds_of(rest) == kinds_of(last.question) and all(word in whole for word in own_words(rest)):
        return whole
    topic = _exchanged(last.about, new, stands) or (topic_of(whole) if whole else "")
    return f"{topic}，{rest}" if topic and new in topic else None


#: 读博的这种情况给多久: the same case of somebody or something else.
_SUCH = re.compile(
    rf"(?:那么?)?(?P<new>[^，,。？?这那]{{1,12}}?)的?[这那](?:种|类|样的?){MATTER}(?:下|的话)?[，,]?(?P<rest>.+)"
)


def _in_such_case(question: str, last: Said, stands: Documents | None) -> str | None:
    """What a follow-up asks of the case spoken of, where that is one of somebody or something else that it names; None
    where nothing gives way to that."""
    such = _SUCH.fullmatch(question)
    new = _filler(such["new"]) if such else ""
    if such is None or not new:
        return None
    if not _asks(such["rest"]):
        return _exchanged(last.question, new, stands)
    matter = _exchanged(matter_of(last), new, stands)
    return f"{matter}，{such['rest']}" if matter else None


# --- years and slots ---


def _later_year(bare: str, said: Sequence[Said]) -> str | None:
    """ "再往后推五年" after a question about 2025: the same question about 2030."""
    match = _YEARS_ON.search(bare)
    if not match or len("".join(own_words(_YEARS_ON.sub("", bare)))) > 4:
        return None
    step = number_of(next(g for g in (match.group(2), match.group(3), match.group(4)) if g)) or 0
    back = (match["way"] or match["way2"] or "后").endswith("前")
    last = said[-1]
    asked = [year for turn in said for year in YEAR.findall(turn.question)]
    years = asked or [year for turn in said for year in YEAR.findall(turn.answer)]
    if not years:
        return None
    year = str(int(years[-1]) + (-step if back else step))
    if YEAR.search(last.question):
        return YEAR.sub(year, last.question)
    return f"{year}年，{last.question}"


#: 到2015年2月初涨到多少了: another time, and the same asked of it.
_AT_TIME = re.compile(
    rf"(?:到了?|在|截至)?(?P<time>{TIME.pattern})(?:的时候|时|左右)?(?P<asked>[^，,。？?]{{0,12}})(?P<rest>[？?。].*)?"
)
_COMES_TO = re.compile(
    r"(?:又|已经?|就|要|将|会|能|应|想|得|打算|计划|准备|争取|力争|预计|目标|大概|大约|总共|一共)*(?:涨|升|增长|增加|达|降|跌|减|变|发展|(?:做|建|完成|控制|提高|扩大)(?=到))?[到成为了]?(?:是|有|剩)?(?:了)?"
)


def _how_much_when(text: str) -> re.Match[str] | None:
    """The match of _AT_TIME for a text that asks how much there is at a time, and says nothing of what."""
    found = _AT_TIME.fullmatch(text)
    if found is None or not found["time"] or "count" not in kinds_of(found["asked"]):
        return None
    asks = ASKS.search(found["asked"])
    bare = asks and _COMES_TO.fullmatch(found["asked"][: asks.start()]) and not own_words(found["asked"][asks.end() :])
    return found if bare else None


def _at_other_time(bare: str, last: str) -> str | None:
    """The last question, which asks how much, at another time. None where more than the time is new."""
    found = _how_much_when(bare)
    if found is None or "count" not in kinds_of(last):
        return None
    filled = fill(last, found["time"], owner=False)
    rest = (found["rest"] or "").lstrip("？?。")
    return f"{filled}{rest}" if filled else None


def _same_at_other_time(bare: str, last: str) -> str | None:
    """The last question in another year, where a follow-up names that and says again what was asked: 2021年认定的是哪些
    behind 2020年认定过哪些作坊. None where it says anything new."""
    year = _IN_OTHER_YEAR.match(bare)
    if year is None or not YEAR.search(last):
        return None
    own = own_words(year["asked"])
    same = own and all(word in last for word in own) and kinds_of(year["asked"]) & kinds_of(last)
    return fill(last, year["time"], owner=False) if same else None


_IN_OTHER_YEAR = re.compile(r"(?:到了?|在)?(?P<time>(?:19|20)\d\d年[底末初]?)(?P<asked>[^，,。？?]{2,12})[？?]?$")


#: 谁负责甲: what somebody does stands behind the words that ask who.
_WHO_DOES = re.compile(
    r"(?:谁|哪个?(?:部门|单位|机构)|哪些(?:部门|单位|机构))(?:来|去)?(?:负责|牵头|主管|主抓|承担|组织|管理|审批|制定)"
    r"(?P<thing>[\u4e00-\u9fff][^,，?？]{1,20}?)(?=呢?[?？]?$)"
)


def _is_thing(filler: str) -> bool:
    """Whether what a follow-up names is something that is done: no body, place, time or case."""
    other = named_in(filler) or place_before(filler) or TIME.fullmatch(filler) or STATE.search(filler)
    return bool(own_words(filler)) and not other


def _refilled(bare: str, before: Said, stands: Documents | None) -> tuple[str, str]:
    """The last question with one thing in it exchanged for what the new one names, and that: B类的呢, 到2030年呢; ("", "")
    where the new one names nothing."""
    last = before.question
    ellipsis = _ELLIPTIC.match(bare)
    part = _PART.match(bare)
    match = ellipsis or part
    if not match:
        match = _OTHER.match(bare)
        if not match or not _takes_place(_filler(match["filler"]), last):
            return "", ""
    if match is part and match["filler"][-1] in PREDICATE:  # 2021年有这项吗
        return "", ""
    filler, rest = _filler(match["filler"]), match["rest"]
    if ASKS.search(filler):  # 要什么材料呢 is asked in full
        return "", ""
    if filler not in _ASPECTS and kinds_of(filler) - {"compare", "duty", "metadata", "summary"}:
        return "", ""
    if not filler or filler in last or PRONOUN.search(filler) or ORDINAL.fullmatch(filler):
        return "", ""
    last, filler = moved_to(last, filler, stands)
    if last != before.question:  # 乙市的第三步呢: all of it is asked of the other place
        place = place_known(_filler(match["filler"]), stands)
        before = replace(before, question=last, carried=by_known_place(before.carried, place, stands) or "")
    person = filler in (*_WHOM, *PERSONS.split()) and not WHO.search(last)
    timed = bool(STEP.fullmatch(filler)) and bool(_DURATION.search(last))
    named = bool(own_words(filler)) or person or timed or bool(TIME.fullmatch(filler) or SHAPE.search(filler))
    if not rest and (not named or filler in _ASPECTS or "metadata" in kinds_of(filler)):
        return f"{of_the_whole(before.about, filler)}的{filler}是什么？", ""
    says_more = own_words(rest)
    # A rest that asks the same again adds nothing: 换成交通领域，又提了什么示范.
    besides = frozenset() if kinds_of(last) == {"whether"} else frozenset({"define", "how"})
    asks_like = kinds_of(rest) <= kinds_of(last) | besides or bool(WHO.search(rest) and WHO.search(last))
    again = (
        all(word in last for word in says_more)
        and (asks_like or bool(says_more))
        or len("".join(says_more)) <= 2
        and bool(kinds_of(rest))
        and asks_like
    )
    sentence_ended = bool(re.search(r"呢[？?。]", bare))
    if rest and not again and not sentence_ended:
        # With a predicate of its own only the field of the talk is kept: 益民服务里…
        scope = re.match(r"^(.{2,20}?)(?:里面|里|当中|中(?!国|央|小|心|介|型|医))(?=[\u4e00-\u9fff])", last)
        joined = scope or (len(filler) <= 10 and cut_words(rest)[0] in PREDICATE)
        return f"{scope.group() if scope else ''}{filler}{'' if joined else '，'}{rest}", ""
    lead, asked = before.parted
    if QUOTED.match(match["filler"]) and len(QUOTED.findall(last)) == 1:
        filled: str | None = QUOTED.sub(lambda old: old.group()[0] + filler + old.group()[-1], last)
    elif (role := _ROLE_ASKED.search(last)) and not named_in(filler):
        filled = f"{place_before(last)}{filler}{role.group().lstrip('，,')}"
    elif (does := _WHO_DOES.search(last)) and own_words(does["thing"]) and _is_thing(filler):
        filled = f"{last[: does.start('thing')]}{filler}{last[does.end('thing') :]}"
    elif person and (acts := _BODY_ACTS.match(last)):
        filled = f"{acts['lead']}{filler}{last[acts.end() :]}"  # 个人 for 某快递公司
    elif lead and WHO.search(asked) and not own_words(asked) and own_words(filler) and not STATE.search(filler):
        filled = f"{place_before(lead)}{filler}{asked}"  # of another thing than that which is carried over
    elif filler.startswith("其中") or (person and not of_like(last, filler) and not re.search("[，,]", last)):
        filled = f"{filler}，{last}"  # a part of what was asked about, and nothing in its place
    else:
        owner = bool(re.search(r"(?<![边块面分头类项])的呢", bare))
        alike = filled = _exchanged(last, filler, stands)
        if not filled and lead and own_words(asked) and (own := fill(asked, filler, owner)):
            filled = lead + own
        thing = last if owner or not before.filled.endswith("的") else last.replace(before.filled, "")
        filled = filled or fill(thing, filler, owner)
        filler = "" if alike else f"{filler}的" if owner else filler
        topic = before.about
        if (
            filled
            and not alike
            and STATE.search(filler.removesuffix("的"))
            and not STATE.search(topic)
            and topic not in filled
            and not (place_before(topic) and filled.startswith(f"{place_before(topic)}{filler}"))
        ):
            filled = f"{topic}，{filled}"
    if not filled:
        return "", ""
    new = _filler(match["filler"])
    if new[0] in "省市县区":  # 甲市, and 市财政局
        filled = filled.replace(f"{new[0]}{new}", new)
    if again or not rest:
        return filled, filler
    # 2024年的呢？2025年打算到多少, 乙市的呢？丙市呢: the same asked of yet another time or thing.
    third = _ELLIPTIC.fullmatch(rest)
    of_third = filled.replace(new, _filler(third["filler"])) if third and not third["rest"] and new in filled else ""
    rest = _at_other_time(rest, filled) or of_third or rest
    return f"{filled}{'' if filled.endswith(('？', '?')) else '？'}{rest}", filler


def _exchanged(text: str, filler: str, stands: Documents | None) -> str | None:
    """A question or its topic with ``filler`` in place of what is of its sort, or stands in the documents as it does; None
    where nothing is."""
    alike = of_like(text, filler) or by_known_place(text, filler, stands)
    return alike or (in_its_frame(text, filler, stands.told()) if stands is not None else None)


#: A body at the beginning of a question for what it does: 快递公司用….
_BODY_ACTS = re.compile(
    r"(?P<lead>(?:[\u4e00-\u9fff]{1,4}[省市县区])?)[\u4e00-\u9fff]{0,5}?(?:公司|企业|单位|机构|商家|商户)(?=[\u4e00-\u9fff])(?![的和与、怎谁哪什要应有在里])"
)


#: Whom something may be asked of after it was asked of all: 不登记罚多少, 单位呢.
_WHOM = frozenset("单位 个人 企业 公司 机构".split())
#: What is asked of a thing and is no thing of its own.
_ASPECTS = frozenset("目标 标准 任务 措施 条件 材料 原则 程序 流程 要求 期限 情形".split())
_DURATION = re.compile("几天|多久|多长时间|什么时候|何时|几个?(?:工作日|月)|哪天|期限")


def _filler(text: str) -> str:
    """A thing named in few words, without what leads it in or trails behind it."""
    text = re.sub(
        rf"^(?:(?:再|又)?[下上]一{UNIT}(?:的|是|叫)?|到了?|在(?![校编职建册读岗籍])|对|换成|关于|这些|那些|如果|要是)(?=..)",
        "",
        text,
    )
    return re.sub(r"(?:的话|(?:那|这)(?:一|个)?(?:块|边|方面|部分|头|类|项|条)|的)$", "", text).strip("“”《》 ")


def _takes_place(filler: str, last: str) -> bool:
    """Whether ``filler`` is of the same sort as something in the last question: 换成交通领域，又提了什么."""
    return bool(
        filler and not kinds_of(filler) and (TIME.fullmatch(filler) or by_shape(last, filler) or by_sort(last, filler))
    )
