"""Whether the quotes of a sentence bear it: what must stand in them, and in the same clause as its subject."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from os.path import commonprefix
from typing import TYPE_CHECKING

from corpus.duties import notes_in
from corpus.labels import HAN_NUMERALS, label_of, number_of
from corpus.respective import spelled_out
from index.tokens import fold
from qa import reckoning
from qa.alignment import borne, figures_stand
from qa.amendments import in_new_wording
from qa.answer import Support
from qa.departments import named_in, same_department
from qa.patterns import LATIN
from qa.verdict_words import ALLOWS, FORBIDS, ONLY, denying_words

if TYPE_CHECKING:
    from index.entailment import Entailment

_RANK: tuple[Support, ...] = ("unverified", "partial", "verified")


def support(
    sentence: str, quotes: Sequence[str], headings: Sequence[str] = (), entailment: Entailment | None = None
) -> Support:
    """How well quotes bear a sentence, whether taken over from them or written in other words.

    ``verified``: every word that claims something stands in the quotes, where it means the same: figures with their
    unit and subject, years, document numbers, departments in their role, denials, words of obligation, bounds and
    scope. ``partial``: nothing is wrong, but a word is not found, or one that limits (鼓励, 基本, 有条件的) is left out.
    ``unverified``: something is said differently, or hardly anything is found. Frame words of our own answers (是的，;
    《…》：; …共7项：; 由甲牵头，乙参与负责) count as far as the quotes bear them.

    ``headings``: title, number and section path of the quoted documents. A sentence may use their words and years (which
    a quote seldom repeats), but they bear no claim.

    ``entailment`` reads what is not simply taken over. A sentence far from the words of its quotes, where the rules find
    no more than that, may be verified by it, if it has its figures, names and roles from the quotes; one that says
    something else in the words of its quotes, which the rules do not see, is ``partial`` by it.

    >>> support("到2018年基本形成。", ["到2018年，格局基本形成。"])
    'verified'
    >>> support("到2019年基本形成。", ["到2018年，格局基本形成。"])
    'unverified'
    """
    quotes = in_new_wording(quotes)
    held = [_plain(quote) for quote in quotes if quote.strip()]
    context = "\n".join(map(_plain, headings))
    said = _plain(sentence).rstrip("。.;,!")
    if not held or not said:
        return "unverified"
    untold = _UNTOLD.fullmatch(said)
    if untold:
        return (
            "unverified" if any(name in quote for name in untold["names"].split('""') for quote in held) else "verified"
        )
    if not any(said in quote for quote in held) and not _titles_stand(_SOURCE.sub("", said), held, context):
        return "unverified"
    put_right = _PUT_RIGHT.fullmatch(said)
    if put_right and any(put_right["told"] in quote for quote in held):
        return support(put_right["clause"], quotes, headings)
    led = said
    said = _without_lead(said, held)
    if led != said and _lead_unborne(led, said, held):
        return "partial"
    said = said if any(said in quote for quote in held) else _within_its_area(said, held, context)
    if _stands_whole(said, held):
        return "verified"
    if _led_in(said, held) or _cell(said, held) or reckoning.holds(said, held):
        return "verified"
    rest = reckoning.computed(said, held)
    if rest is not None:
        if rest:
            return support(rest, quotes, headings)
        # Figures of two things may be set off against each other: what they are of has to be said.
        return "partial" if reckoning.without_names(said) else "verified"
    duty = _DUTY.fullmatch(said)
    if duty and (_notes(held) or not duty["plain"]):
        found = _duty(duty, held, context)
        running = any(duty["task"] in quote and duty["leads"] in quote for quote in held)
        return _prose(said, held, context) if running and duty["task"] and duty["plain"] else found
    order = _NEIGHBOUR.fullmatch(said)
    if order:
        return "verified" if _neighbours(order, held) else "unverified"
    member = _MEMBER.fullmatch(said)
    if member and _is_member(member, held):
        return "verified"
    denied = _NO_NTH.fullmatch(said)
    if denied and denied["title"] in context + "\n".join(held):
        return "verified" if len(held) == int(denied["count"]) < (number_of(denied["nth"]) or 0) else "unverified"
    year = _NO_YEAR.fullmatch(said)
    if year:
        joined = "。".join(held)
        borne = year["year"] not in joined and all(told in joined for told in year["told"].split("、"))
        return "verified" if borne else "unverified"
    collection = _COLLECTION.fullmatch(said)
    if collection:
        return _collection(collection, held, context)
    listing = _LISTING.fullmatch(said)
    if listing:
        return _listing(listing, held, context)
    told, there = spelled_out(said), [spelled_out(quote) for quote in held]
    found = _prose(told, there, context)
    if found == "verified" and (_bound_lost(said, held) or _contrast_lost(said, held)):
        found = "partial"
    if entailment is None or (found != "verified" and not _may_be_read(told, there, context)):
        return found
    odds = entailment.odds(quotes, headings, sentence)
    if found == "verified":
        return found if odds >= _DOUBTED else "partial"
    return "verified" if odds >= _ENTAILED[found] else found


#: Log odds from which a sentence in other words is borne, by what the rules made of it, and below which what they verify
#: is not; from the development group of benchmarks/checker.py.
_ENTAILED: Mapping[Support, float] = {"partial": 0.5, "unverified": 1.5}
_DOUBTED = -1.5
_ALTERED, _SAME = 8, 0.8  #: most characters that are changed in a copy; share of pairs of characters that it keeps
_ANCHORED = 0.3  #: share of its pairs of characters that a sentence in other words has from its quotes at least
_SAYS_NOT = re.compile("[不没无未别]")
_DENIED = re.compile(f"{_SAYS_NOT.pattern}|[非禁免除仅只]|停止|取消|暂停")


def _may_be_read(said: str, held: Sequence[str], context: str) -> bool:
    """Whether what the rules do not find may be read in the quotes: no copy with a change, nothing that says hardly
    anything of them or denies what they do not, and none of its figures, names and roles from elsewhere."""
    joined = "。".join(held)
    return (
        _shared(said, joined) >= _ANCHORED
        and not (_SAYS_NOT.search(said) and not _DENIED.search(joined))
        and not _nearly(said, held)
        and _facts_stand(said, held, context)
    )


def _nearly(said: str, held: Sequence[str]) -> bool:
    """Whether a sentence is a copy but for a change or two, which rules see and a reading may not: its beginning and its
    end stand in a quote, or nearly all of its pairs of characters do."""
    for quote in held:
        begins = max((n for n in range(len(said) + 1) if said[:n] in quote), default=0)
        ends = max((n for n in range(len(said) - begins + 1) if said[len(said) - n :] in quote), default=0)
        if begins + ends >= max(len(said) - _ALTERED, len(said) / 2):
            return True
    return _shared(said, "。".join(held)) > _SAME


#: What a question took for granted, put right: see qa.premises.
_PUT_RIGHT = re.compile(r"文件规定的是(?P<told>[^,]+),不是[^,:]+:(?P<clause>.+)")

#: About (约, 左右) is no bound: without it a figure says nearly the same.
_BOUND = r"超过|突破|超|逾|至少|最多|至多|最高|最低|不(?:低|少|高|多)于|不超过|高于|低于|多于|少于|不足"
_BOUND_BEHIND = "以上|以下|以内"
_FIGURE = re.compile(
    rf"(?P<before>{_BOUND})?(?P<value>\d[\d,]*(?:\.\d+)?(?:%|[万亿千百]+)?)(?P<behind>[\u4e00-\u9fff]{{0,3}}?(?:{_BOUND_BEHIND}))?"
)


#: A bound in other words, or a range, which has two.
_BOUNDED = re.compile(rf"{_BOUND}|{_BOUND_BEHIND}|满|最[长短晚早少]|[至到~—-]")


def _bound_lost(said: str, held: Sequence[str]) -> bool:
    """Whether a figure stands without a bound where all the quotes give it with one: 50万 for 超过50万."""
    there: dict[str, bool] = {}
    for quote in held:
        for figure in _FIGURE.finditer(quote):
            bound = bool(figure["before"] or figure["behind"])
            there[figure["value"]] = there.get(figure["value"], True) and bound
    return any(
        there.get(figure["value"], False) and not _BOUNDED.search(said[max(0, figure.start() - 6) : figure.end() + 4])
        for figure in _FIGURE.finditer(said)
    )


_ALIKE = 4  #: characters before two figures from which what is said of them is alike


def _contrast_lost(said: str, held: Sequence[str]) -> bool:
    """Whether a figure stands without the word that tells it from another of its unit: 泳池应配2名 for 泳池深水区应配2名,
    浅水区应配1名."""
    for quote in held:
        told = [(f["value"], quote[f.end() : f.end() + 1], _before(quote, f.start())) for f in _FIGURE.finditer(quote)]
        for value, unit, before in told:
            if not re.search(rf"(?<![\d.]){re.escape(value)}(?![\d.])", said):
                continue
            for other, its_unit, elsewhere in told:
                alike = len(commonprefix([before[::-1], elsewhere[::-1]]))
                if other == value or its_unit != unit or alike < _ALIKE or alike in (len(before), len(elsewhere)):
                    continue
                own, its = before[-alike - 1], elsewhere[-alike - 1]
                if re.fullmatch("[\u4e00-\u9fff]{2}", own + its) and own not in said:
                    return True
    return False


def _before(text: str, at: int) -> str:
    """What stands in a clause before a place."""
    return re.split("[,;。:]", text[:at])[-1]


_OTHER_YEAR = re.compile(r"[,;。:](?:到|至)?(?:19|20)\d\d年[^,]{0,6},")


def _led_in(said: str, held: Sequence[str]) -> bool:
    """Whether a sentence is what leads in to a quote and one of its clauses: 到2025年,产值600亿元; 补贴为:乙类200元."""
    for mark in re.finditer("[,:]", said):
        lead, clause = said[: mark.end()], said[mark.end() :].strip()
        if not clause or not (mark.group() == ":" or re.fullmatch(r"[^,]{0,8}(?:19|20)\d\d年[^,]{0,6},", lead)):
            continue
        for quote in held:
            at = quote.find(lead)
            while at >= 0 and len(clause) > 3:
                place = quote.find(clause, at + len(lead))
                if place < 0 or _OTHER_YEAR.search(quote[at + len(lead) : place]):
                    break
                if re.search(r"[,;:。](?:\s|[(]?[一二三四五六七八九十\d]+[)、.])*$", quote[:place]):
                    return True
                at = place
                break
    return False


_NEIGHBOUR = re.compile(r"(?P<one>.+)的(?P<side>[前后])一项是(?P<other>.+)")


def _number_before(text: str) -> int | None:
    label = label_of(text.strip())
    return label.number if label is not None else None


def _neighbours(claim: re.Match[str], held: Sequence[str]) -> bool:
    """Whether the headings of two items stand in the quotes, their numbers beside each other in the order that is told."""
    headings = [next((q for q in held if claim[name].strip('"') in q), "") for name in ("one", "other")]
    one, other = (_number_before(heading) for heading in headings)
    if one is not None and other is not None:
        return other - one == (1 if claim["side"] == "后" else -1)
    return all(headings)


_MEMBER = re.compile(
    r"[^;]+共(?P<count>\d+)(?:项|条|章|节|部分|方面),(?:(?P<back>倒数)?(?:第(?P<nth>[一二三四五六七八九十\d]+)|(?P<last>最后|最末|末尾)一|头一)"
    r"(?:项|条|章|节|部分|方面)是(?P<item>.+)|没有(?:倒数)?第(?P<beyond>[一二三四五六七八九十\d]+)(?:项|条|章|节|部分|方面))"
)


def _is_member(claim: re.Match[str], held: Sequence[str]) -> bool:
    """Whether the quotes are as many as a list is told to have, or one has that number, and the item told is the n-th of
    them or has its number."""
    count = int(claim["count"])
    numbers = [_number_before(quote) for quote in held]
    if count not in (len(held), *numbers):
        return False
    if claim["beyond"]:
        return (number_of(claim["beyond"]) or 0) > count
    nth = 1 if claim["last"] or not claim["nth"] else number_of(claim["nth"]) or 0
    place = count + 1 - nth if claim["back"] or claim["last"] else nth
    item = claim["item"].strip('"')
    all_shown = len(held) == count
    return any(
        item in quote and (i + 1 == place if all_shown else number == place)
        for i, (quote, number) in enumerate(zip(held, numbers, strict=True))
    )


def _cell(said: str, held: Sequence[str]) -> bool:
    """Whether a sentence is cells of a table's row with the names of row and columns: 加氢站2025年目标:90座."""
    tables = [quote.split("|") for quote in held if "|" in quote]
    above = [quote for quote in held if "|" not in quote]
    for row in tables:
        cells = [cell.strip(" 。") for cell in row]
        if any(said == f"{label}:{value}" for label, value in zip(cells, cells[1:], strict=False)):
            return True  # a field of a form
        for head in tables:
            if row is head or len(row) > len(head):  # empty cells at the end of a row may be missing
                continue
            whole = [cell.strip() for cell in row]
            for label in (*whole, *(re.sub(r"[(][^()]*[)]$|^其中:", "", cell) for cell in whole)):
                rest = said.removeprefix(label)
                if label and rest != said and all(_of_row(piece, head, row, above) for piece in rest.split(",")):
                    return True
    return False


def _of_row(piece: str, head: Sequence[str], row: Sequence[str], above: Sequence[str]) -> bool:
    """Whether 业务收入:14.03亿元 is what a row has in a column, with the unit of its head, of the row or of the line
    ``above`` the table."""
    column, _, value = piece.partition(":")
    for name, cell in zip(head, row, strict=False):
        bare = re.sub(r"[(][^()]*[)]", "", name).strip()
        if column and column in (bare, name.strip()) and value.startswith(cell.strip()):
            unit = value[len(cell.strip()) :]
            told = any(re.search(rf"[(:]{re.escape(unit)}[)]?\W*$", line) for line in above)
            return told or unit in f"{name}{cell}" or any(f"({unit})" in other for other in row)
    return False


# --- frames ---------------------------------------------------------------------------------------------------------

_LEAD = re.compile(
    r"^(?:(?:是的|不是|是|否|对|不对|有|没有|可以|不可以|能|不能|会|不会|允许|不允许|需要|不需要|应该|不应该|"
    r"行|成|算|算数|够|合规|合法|支持|有效|无效|必须|要|一致|不一致|一样|不[\u4e00-\u9fff]{1,2})[,:](?=.))+"
)
#: 根据《…》,; 文件要求: how a sentence names what it takes its words from, where the quotes do not.
_CITING = re.compile(
    r"^(?:根据|按照?|依据|依照)?(?:《[^》]{2,80}》|(?:这?份|该|上述|本)?(?:文件|规划|办法|条例|方案|意见|通知|规定|公报|报告))(?:的)?"
    r"(?:[(][^()]{2,30}[)])?(?:中|里)?(?:的)?(?:还|也|同时)?(?:规定|要求|提出|明确|指出|显示)?,?"
)
_SOURCE = re.compile(
    r"^《[^》]{2,80}》[^:。;]{0,60}:(?=.)|^(?:发文机关|成文日期|落款日期|发布日期|发文字号|文号|索引号|主题分类|主送|标题|"
    r"施行日期):(?=.)|^(?:原来|现在|(?:按)?修改后(?:的规定)?):(?=.)"
)
#: 分产业看,: how a report leads in to what it tells one by one.
_SEEN = re.compile(r"^(?:分[\u4e00-\u9fff]{1,4}|总体|整体)(?:来)?看,(?=.)")
#: A comma before a word that joins: 未经验收,或者验收不合格的.
_JOINED = re.compile(r",(?=或者?|以及)")
#: ... and behind a condition that is a few words: 未经批准,不得.
_ON_CONDITION = re.compile(r"(未经[^,;。]{1,8}),(?=不[得能])")
#: A bound before the verb, which stands beside its figure: 最多奖励100万元 is 奖励最多100万元.
_BOUND_AHEAD = re.compile(
    r"(最[多高长少低短]|至[多少])(?:可以?)?((?:补贴|补助|奖励|给予|发放|领取|罚款|支付|报销|延长|[补奖给发领罚]))(?=\d)"
)
_WHOLE_AREA = re.compile(r"全([省市县])(?![\u4e00-\u9fff]?[内外级直属])")
_PART_OF_AREA = re.compile("[\u4e00-\u9fff][区县镇乡村]|城镇|农村")
_AREAS = re.compile(
    r"[\u4e00-\u9fff](省)(?![份略级])|[\u4e00-\u9fff](?<![城都])(市)(?![场政民级])|[\u4e00-\u9fff](县)(?![域级])"
)
_DATE = re.compile(r"((?:19|20)\d\d)[年./-]0?(\d{1,2})[月./-]0?(\d{1,2})(?![\d万亿元吨%户人亩个千])日?")
_NAMES = r"[^,;:。]+?"
_DUTY = re.compile(
    rf"(?P<task>[^,;:。]*?)由(?P<leads>{_NAMES})(?:共同)?(?:牵头(?:负责)?(?:,(?P<others>{_NAMES})(?:等)?(?:参与|"
    rf"配合)(?:负责)?)?|(?P<plain>负责(?:,其中(?P<first>{_NAMES})(?:共同)?牵头|,(?P<joining>{_NAMES})(?:等)?参与)?))"
    r"(?:,(?P<inside>[^,;:]+?)在名单之内|,列出的名单中没有(?P<outside>[^,;:()]+)(?:\(名单以\"等\"结尾\))?)?(?P<untold>,没有写明由谁牵头)?(?P<alone>,没有写明配合单位)?(?:,写明的共(?P<number>\d+)(?:家|个部门))?"
)
#: That documents tell nothing of some of the things asked about.
_UNTOLD = re.compile(r"文件里没有\"(?P<names>[^,，;；。]+)\"的")
#: There is no n-th, borne by quotes of all there are.
_NO_NTH = re.compile(r"\"(?P<title>.+)\"只有(?P<count>\d+)项,没有第(?P<nth>[\d一二三四五六七八九十百]+).*")
#: Nothing is set for a year, borne by quotes of the years that something is set for.
_NO_YEAR = re.compile(r"没有(?P<year>\d{4}年)的目标,写到的是(?P<told>\d{4}年(?:、\d{4}年)*)的")
#: Documents, counted and named, each with a quote of its own.
_COLLECTION = re.compile(
    r"(?:(?P<issuer>[^:\"]+)发的[^:]{2,4}|提到\"(?P<thing>[^\"]+)\"的|关于\"(?P<about>[^\"]+)\"的[^:]{2})?共(?P<count>\d+)份(?:,前(?P<first>\d+)份是)?:(?P<items>《.+)"
)
_LISTING = re.compile(r"(?P<head>[^:]*?)(?P<count>\d+)(?P<unit>项|个|条|章|节|部分|种|类|方面|人):(?P<items>.+)")
_RULE = re.compile(r"(?:列|排)(?:在)?(?:第一|首)位")
_HEAD = re.compile(r"(?:牵头|责任|主办|主管|负责|配合|承办|参与)(?:单位|部门)")


def _plain(text: str) -> str:
    """Folded text with dates in one form, and none of the commas that a sentence may have or not."""
    text = _DATE.sub(lambda m: f"{m[1]}年{int(m[2])}月{int(m[3])}日", fold(text))
    return _BOUND_AHEAD.sub(r"\2\1", _ON_CONDITION.sub(r"\1", _JOINED.sub("", text)))


def _without_lead(said: str, held: Sequence[str]) -> str:
    """The sentence without the verdict and the name of the source before it."""
    if not any(said in quote for quote in held):
        said = _SOURCE.sub("", _LEAD.sub("", said))
    said = _SEEN.sub("", _LEAD.sub("", said))
    cited = _CITING.match(said)
    if cited and len(said) - cited.end() >= 4 and not any(cited.group().rstrip(",") in quote for quote in held):
        said = said[cited.end() :]
    return said


_NO, _YES = re.compile("不(?:可以|能|允许|需要|应该)[,:]"), re.compile("(?:可以|能|允许)[,:]")
#: What makes a rule that permits say no to something, beside a denial: 仅限, 方可; a figure; what is left free.
_SETS_BOUNDS = re.compile(rf"\d|[二三四五六七八九十]|{ONLY.pattern}|[方才][可能]|{ALLOWS.pattern}|取消|停止|除外|才")


def _lead_unborne(led: str, said: str, held: Sequence[str]) -> bool:
    """Whether a sentence begins with a word that nothing in its quotes can bear: 不需要 where nothing is denied, left free or
    bounded; 能 where it only forbids."""
    joined = "。".join(held)
    if _NO.match(led):
        return not denying_words(joined) and not FORBIDS.search(joined) and not _SETS_BOUNDS.search(joined)
    begins = FORBIDS.match(said) is not None
    return (
        begins and _YES.match(led) is not None and not ALLOWS.search(FORBIDS.sub("", joined)) and "除外" not in joined
    )


def _within_its_area(said: str, held: Sequence[str], context: str) -> str:
    """The sentence without 全省, 全市 or 全县 where the headings name such an area and none within it, and the quotes none
    at all, nor a part of it: what a document tells without more is of the area that it is made for."""
    found = {letter for areas in _AREAS.findall(context) for letter in areas if letter}
    if not found or any(_WHOLE_AREA.search(quote) or _PART_OF_AREA.search(quote) for quote in held):
        return said
    own = max(found, key="省市县".index)
    return _WHOLE_AREA.sub(lambda m: "" if m[1] == own else m.group(), said)


def _stands_whole(said: str, held: Sequence[str]) -> bool:
    """Whether a quote holds the sentence from one clause end to another, so that no denial before it is cut off."""
    for quote in held:
        at = quote.find(said)
        while at >= 0:
            before, after = quote[:at], quote[at + len(said) :]
            if (not before or re.search(r"[,;。:!?)\"]$|(?:^|[。;])[(]?[一二三四五六七八九十\d]+[)、.]$", before)) and (
                not after or re.match(r"[,;。:!?()\"]", after)
            ):
                return True
            at = quote.find(said, at + 1)
    return False


@dataclass(frozen=True)
class _Note:
    """Departments of a responsibility note, and those that it says lead; folded."""

    names: tuple[str, ...]
    leads: tuple[str, ...]


def _notes(held: Sequence[str]) -> list[_Note]:
    """What the notes in quotes say; who leads by a rule or alone counts as leading."""
    rule = any(_RULE.search(quote) for quote in held)
    # Rows of a table are read below their head, which may have been quoted for an earlier row.
    rows = sorted((quote for quote in held if "|" in quote), key=lambda quote: not _HEAD.search(quote))
    texts = ["\n".join(rows), *(quote for quote in held if "|" not in quote)]
    found = []
    for text in texts:
        for names, leads, open_ended in notes_in(text):
            folded = tuple(map(fold, names))
            if not leads and rule:
                leads = names[:1]
            elif (
                not leads
                and len(names) == 1
                and names[0][0] != "各"
                and not open_ended
                and not re.search("配合|参与|参加|协助", text)
            ):
                leads = names
            found.append(_Note(folded, tuple(map(fold, leads))))
    return found


def _consists_of(text: str, names: Sequence[str]) -> bool:
    """Whether a list of departments holds nothing but some of these names, in any of their spellings."""
    left = re.sub("[一二两三四五六七八九十0-9]+个?(?:部门|单位)$", "", text)
    for name in sorted(names, key=len, reverse=True):
        left = left.replace(name, "")
    rest = [piece for piece in re.split("[、等和与及]|以及", left) if piece]
    return all(any(same_department(piece, name) for name in names) for piece in rest)


def _duty(claim: re.Match[str], held: Sequence[str], context: str) -> Support:
    """“任务”由甲牵头，乙、丙参与负责: the note lists them in these roles, and a quote names the task."""
    notes = _notes(held)
    outside = claim["outside"]
    if claim["untold"] and any(note.leads for note in notes):
        return "unverified"
    if outside and any(outside in quote for quote in held):
        return "unverified"
    for note in notes:
        others = [name for name in note.names if name not in note.leads]
        if claim["alone"] and others or claim["number"] and int(claim["number"]) != len(note.names):
            continue
        if claim["inside"] and not _consists_of(claim["inside"], note.names):
            continue
        if not _consists_of(claim["leads"], note.names if claim["plain"] and not claim["joining"] else note.leads):
            continue
        if claim["first"] and not _consists_of(claim["first"], note.leads):
            continue
        if (joining := claim["others"] or claim["joining"]) and not _consists_of(joining, others):
            continue
        task = claim["task"].strip('"')
        return (
            "verified"
            if task in ("", "这项工作", "该项工作", "此项工作", "上述工作")
            or any(task in text for text in (*held, context))
            or _shared(task, "".join((*held, context))) >= 0.8
            else "partial"
        )
    return "unverified"


def _held(department: str, names: Sequence[str]) -> bool:
    return any(same_department(department, name) for name in names)


#: The number of an item of a list that is told with its text, which may have semicolons: 第十四条 …；逾期不改正的….
_ITEM_NUMBER = re.compile(
    rf"(?:^|;)\s*(?:第[{HAN_NUMERALS}\d]+[条章节款]|\([一二三四五六七八九十\d]+\)|\d{{1,3}}[.、])"
)


def _sizes(items: str, plain: str) -> set[int]:
    """How many things a list may be: as many as it has numbers, of the sort that it begins with or of any, else as it has
    pieces; ``plain``: the list without what it has in brackets."""
    labels = [re.sub(rf"[{HAN_NUMERALS}\d]+|[;\s]", "", label) for label in _ITEM_NUMBER.findall(items)]
    if len(labels) > 1:
        return {len(labels), labels.count(labels[0])}
    return {len([piece for piece in plain.split(";") if piece]), len(re.split("[;、]", plain))}


def _listing(claim: re.Match[str], held: Sequence[str], context: str) -> Support:
    """“标题”共 n 项：甲；乙: n items, each in a quote; who leads or takes part in n: so many notes say so."""
    count, head = int(claim["count"]), claim["head"]
    text = re.sub(r"\"[^\"]{2,60}\"下的", "", claim["items"])
    joined = "\n".join(held)
    # Who leads is told in brackets behind each item, and stands in the quotes like everything else.
    plain = re.sub(r"\((?:[^()]|\([^()]*\))*\)", "", text)
    notes = _notes(held)
    told = re.split("[,;]", head)[-1]
    departments = {name for note in notes for name in note.names if name in head}
    departments |= {d for d in named_in(head) if not any(same_department(d, name) for name in departments)}
    if departments and re.search(r"牵头|参与|列入|同列|写明", head):
        if re.search(r"没有写明|没写", told) and not re.search(r"参与|;", told):
            fitting = [n for n in notes if not any(_held(d, n.names) for d in departments)]
        elif re.search("不由.+牵头", told):
            fitting = [n for n in notes if n.leads and not any(_held(d, n.leads) for d in departments if d in told)]
        elif re.search("[最更]多", head):
            role = [n.leads if "牵头" in head else n.names for n in notes]
            fitting = [
                n
                for n, names in zip(notes, role, strict=True)
                if any(_held(d, names) and not ("参与" in head and _held(d, n.leads)) for d in departments)
            ]
        elif "牵头" in told and "参与" not in told:
            fitting = [n for n in notes if any(_held(d, n.leads) for d in departments)]
        elif "参与" in told:
            fitting = [n for n in notes if any(_held(d, n.names) and not _held(d, n.leads) for d in departments)]
        else:
            fitting = [n for n in notes if all(_held(d, n.names) for d in departments)]
        if len(fitting) != count:
            return "unverified"
    elif count not in _sizes(text, plain):
        return "unverified"
    leads = [name for inside in re.findall(r"\(((?:[^()]|\([^()]*\))*)\)", text) for name in inside.split("、")]
    if any(name not in joined for name in leads if re.search("[\u4e00-\u9fff]{2}", name)):
        return "unverified"
    bare = [item for item in plain.split(";") if item]
    if all(item in joined or all(part in joined for part in item.split("、")) for item in bare):
        # A number in the head besides the count (共列入9项，其中牵头2项) is not borne by these quotes.
        return "partial" if re.search(r"\d+项,", head) else "verified"
    worst = min((_prose(item, held, context) for item in bare), key=_RANK.index)
    return worst


def _collection(claim: re.Match[str], held: Sequence[str], context: str) -> Support:
    """n documents, all named by what stands above the quotes, as many as there are quotes, each of the issuer or
    speaking of the thing that is said, or with it in its title. How many there are besides the first that are named,
    no quote can say."""
    names = [re.sub("[《》〈〉]", "", name) for name in claim["items"].split(";")]
    there = re.sub("[《》〈〉]", "", context)
    named = all(part in there for name in names for part in re.findall("[^()]+", name))
    of = claim["issuer"] is None or claim["issuer"] in there
    speaks = claim["thing"] is None or all(claim["thing"] in quote for quote in held)
    about = claim["about"] is None or all(claim["about"] in name for name in names)
    if not (named and of and speaks and about and len(names) == len(held) == int(claim["first"] or claim["count"])):
        return "unverified"
    return "partial" if claim["first"] else "verified"


# --- prose ----------------------------------------------------------------------------------------------------------

_NUMBER_OF_DOCUMENT = re.compile(r"[\u4e00-\u9fff]{1,8}[(](?:19|20)\d\d[)]\d+号|第?\d+号")


def _shared(part: str, whole: str) -> float:
    """The share of the pairs of neighbouring characters of a text that another holds."""
    runs = re.findall(r"[\u4e00-\u9fffa-z]+", part)
    pairs = {run[i : i + 2] for run in runs for i in range(len(run) - 1)}
    return sum(pair in whole for pair in pairs) / len(pairs) if pairs else 1.0


def _prose(said: str, held: Sequence[str], context: str) -> Support:
    joined = "。".join(held)
    if not _names_stand(said, joined) or not _roles_stand(said, held) or not _charges_stand(said, held):
        return "unverified"
    return borne(said, held, context)


def _names_stand(said: str, joined: str) -> bool:
    """Whether the numbers of documents, the Latin words and the departments of a sentence are in its quotes."""
    squeezed = joined.replace(" ", "")
    if any(number not in squeezed for number in _NUMBER_OF_DOCUMENT.findall(said) if "(" in number):
        return False
    if any(word.lower().strip(".") not in squeezed.lower() for word in LATIN.findall(said)):
        return False
    known = set(named_in(joined))
    return all(name in known or fold(name) in joined for name in named_in(said))


def _facts_stand(said: str, held: Sequence[str], context: str) -> bool:
    """Whether every figure, number, name and role of a sentence is one of its quotes, wherever it stands there."""
    joined = "。".join(held)
    return _names_stand(said, joined) and _roles_stand(said, held) and figures_stand(said, joined, context)


_HELPERS = re.compile(r"(?:配合|参与|协助)(?:单位|部门):([^;。)]+)|负责,([^,;。]+?)(?:配合|参与|协助)")


def _roles_stand(said: str, held: Sequence[str]) -> bool:
    """Whether who leads and who takes part is as a note of the quotes has it, for a sentence in its own words."""
    helped = re.search(r"(?:由)?([^,;:。]{2,40}?)负责,([^,;:。]{2,60}?)(?:等)?(?:配合|参与|协助)", said)
    if helped:
        helpers = [name for pair in _HELPERS.findall("\n".join(held)) for name in "".join(pair).split("、")]
        if any(len(name) > 2 and name in helped[1] for name in helpers):
            return False
    stated = _notes(held)
    noted = [name for note in stated for name in note.names]
    named = [fold(name) for names, _, _ in notes_in(said) for name in names]
    if noted and any(not _held(name, noted) and not any(name in quote for quote in held) for name in named):
        return False
    if "牵头" not in said and "会同" not in said:
        return True
    text = re.sub("牵头(部门|单位)(?:是|为)", r"牵头\1:", re.sub("(配合|参与)(部门|单位)(?:是|为|有)", r"\1\2:", said))
    for names, leads, _ in notes_in(text):
        if not leads:
            continue
        claimed, others = [fold(n) for n in leads], [fold(n) for n in names if n not in leads]
        if not any(
            all(_held(n, note.leads) for n in claimed)
            and not any(_held(n, note.leads) for n in others)
            and all(_held(n, note.names) for n in others)
            for note in stated
        ):
            return False
    led = re.search(r"由?([^,;:。]{2,40}?)(?:共同)?牵头|牵头(?:部门|单位):([^,;。]{2,40})", text)
    known = named_in(led[1] or led[2]) if led else ()
    every = [name for note in stated for name in note.leads]
    return all(_held(name, every) for name in known)


_CHARGE = re.compile(
    r"(?:(?<=^)|(?<=[,;。:)]))(?P<who>[^,;。:、()]{2,20}?)(?:主要|具体|统一|依法)?负责(?P<what>[^,;。]{2,60})"
    r"|(?P<task>[^,;。:]{2,60}?)由(?P<by>[^,;。:]{2,30}?)(?:统一|具体|依法)?(?:负责|承担|管理|认定|制定)"
)


def _charges(text: str) -> list[tuple[str, str]]:
    """(who, what) of 甲负责乙 and 乙由甲负责."""
    found = [(m["who"] or m["by"], m["what"] or m["task"]) for m in _CHARGE.finditer(text)]
    return [(re.sub("^第.{1,4}条|^并?由|^[(].{1,3}[)]|(?:主管)?部门|人民政府", "", who), what) for who, what in found]


def _overlap(one: str, other: str) -> float:
    """How much of the shorter of two names the longer one holds, by pairs of characters."""
    short, long = sorted((one, other), key=len)
    return _shared(short, long) if len(short) > 1 else float(short in long)


def _charges_stand(said: str, held: Sequence[str]) -> bool:
    """Whether each charge of a sentence is, in the quotes, that of the same body."""
    there = [charge for quote in held for charge in _charges(quote)]
    for who, what in _charges(said):
        best = max((_shared(what, other) for _, other in there), default=0.0)
        if best < 0.6:
            continue
        owners = [owner for owner, other in there if _shared(what, other) == best]
        if not any(who == o or _overlap(who, o) >= 0.5 or same_department(who, o) for o in owners):
            return False
    return True


_TITLE = re.compile(r"《([^》]{4,80})》")


def _titles_stand(said: str, held: Sequence[str], context: str) -> bool:
    """Whether the names of documents in a sentence are names in its quotes or headings, in full or shortened."""
    there = context + "".join(held)
    if not context and "《" not in there:
        return True
    return all(_shared(title, there) >= 0.95 for title in _TITLE.findall(said) if title not in there) and all(
        set(re.findall(r"\d+", title)) <= set(re.findall(r"\d+", there)) for title in _TITLE.findall(said)
    )
