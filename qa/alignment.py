"""Whether the words of a sentence stand in its quotes, in the places where they mean the same.

Every word of the sentence is laid on a word of the quotes, neighbours on neighbours where that can be. What is left
over on the way says what was changed: a word that stands nowhere, a word in the place of another, a denial or a bound
that is not there or was dropped, a subject put before the predicate of somebody else. The rules of Chinese official
prose behind this are few: adverbs and words of obligation stand before what they modify in its clause, bounds beside
their figure, and a subject opens its clause or one before it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from os.path import commonprefix
from typing import NamedTuple

from index.tokens import word_spans
from qa.abbreviations import in_order
from qa.answer import Support
from qa.wording import Token, tokens

#: Words by which a sentence speaks of the document, or joins what it takes from it; they claim nothing.
_JOINS = (
    r"[一二两三四五六七八九十0-9]+(?:项|个|类|种|点|方面)(?:部门|单位)?|计算|享受|获得|领取|"
    r"\"[^\"]{2,60}\"(?=[^\"]{0,4}(?:规定|要求|提出))|规定|提出|明确|指出|根据|按照|依据|包括|其中|"
    r"属于|作为|上述|这项|进行|以及|分别|依次|具体|相应|达到|超过|称为|即|如果|对于|"
    r"作出|予以|加以|负责|承担|因为|还要|另外|同样|首先|其次|共有|一共|来说|而言|列出|写明|归|管|来|使|做|能|会|用|按|"
    r"收到|此前|前者|后者|相当于|坚持|之后|以后|最后|本地|当地|我国|有|是|为|在|向|不论|无论|就|才|再|总|共|数|者|可|仍|也|应|要|将|"
    r"其他|其它|其余|自己|有关|相关|关于|由于|并且|而且|从而|为了|以便|因此|开始|预计|该|(?<![随按及])时|第二|第一"
)
#: ... and nouns by which it names what it takes; in the place of another noun they claim something: 工作经费 for 研究经费.
_NAMES = (
    "金额|规模|数量|文件(?:要求)?|条例|办法|方案|规划|意见|通知|方面|目标|情况|工作|内容|对象|标准|部门|单位|事项|问题|措施|范围|原则|年度"
    "|地点|费用"
)
#: ... and nouns that do so only where all around them is taken over.
_NOUNS = "国家|比例|计划|期间"
_FRAME, _JOINING = re.compile(f"{_JOINS}|{_NOUNS}|{_NAMES}"), re.compile(f"{_JOINS}|{_NOUNS}")
_FUNCTION = re.compile(_JOINS)
#: What an adverbial begins with, behind which the subject of the clause before goes on.
_ADVERBIAL = tuple("在于按由以经从对向因为")
_HAN_WORD = re.compile("[\u4e00-\u9fff]{2,6}")
_AROUND = 3  #: characters on each side of a word between which another says something else
_LAST, _FIRST = re.compile("[^,;。:\n(]{1,3}$"), re.compile("[^,;。:\n)]{1,3}")
_PREDICATE = 4  #: fewest characters that may have a subject of their own
_MOST_BARS = 8  #: tokens of a quote in whose place another word may stand


class _Node(NamedTuple):
    score: float
    at: int  #: token of the sentence
    place: int  #: token of the quotes
    before: _Node | None


_GAIN = {"figure": 3.4, "word": 2.4, "char": 1.4, "sign": 0.0}
_ON, _SKIP, _CLAUSE, _SENTENCE, _FAR = 1.0, 0.5, -0.3, -0.7, -1.2  #: what the next word costs or gains by its place


def _laid(said: Sequence[Token], held: Sequence[Token]) -> list[int | None]:
    """For each token of a sentence its token in the quotes, signs left out: the assignment with the fewest jumps."""
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, token in enumerate(held):
        if token.kind != "sign":
            places[token.value, token.sort].append(i)
    at_place: dict[int, _Node] = {}
    in_clause: dict[int, _Node] = {}
    in_sentence: dict[int, _Node] = {}
    anywhere: _Node | None = None
    for i, token in enumerate(said):
        if token.kind == "sign":
            continue
        found = []
        for place in places.get((token.value, token.sort), ()):
            there = held[place]
            score, before = 0.0, None
            for node, step in (
                (anywhere, _FAR),
                (in_sentence.get(there.sentence), _SENTENCE),
                (in_clause.get(there.clause), _CLAUSE),
                (at_place.get(place - 3), 0.0),
                (at_place.get(place - 2), _SKIP),
                (at_place.get(place - 1), _ON),
            ):
                if node is not None and node.score + step > score:
                    score, before = node.score + step, node
            cut = place and held[place - 1].value == "非" and not (i and said[i - 1].value == "非")
            found.append(_Node(score + _GAIN[token.kind] - 1.6 * cut, i, place, before))
        for node in found:
            there = held[node.place]
            if node.place not in at_place or at_place[node.place].score < node.score:
                at_place[node.place] = node
            if there.clause not in in_clause or in_clause[there.clause].score < node.score:
                in_clause[there.clause] = node
            if there.sentence not in in_sentence or in_sentence[there.sentence].score < node.score:
                in_sentence[there.sentence] = node
            if anywhere is None or anywhere.score < node.score:
                anywhere = node
    laid: list[int | None] = [None] * len(said)
    best = anywhere
    while best is not None:
        laid[best.at] = best.place
        best = best.before
    return laid


@dataclass(frozen=True)
class _Slot:
    """A figure, and the words that say of what."""

    kind: str
    value: str
    start: int
    about: frozenset[tuple[str, str]]
    year: str = ""  #: of a figure: the year that it is said of, in its clause or before
    lead: frozenset[tuple[str, str]] = frozenset()  #: the words of the clauses before it in its sentence


def _near(slot: _Slot, other: _Slot) -> float:
    if slot.year and other.year and slot.year != other.year:
        return -1.0
    return len(slot.about & other.about) / max(1, len(slot.about))


def _led(slot: _Slot, other: _Slot) -> float:
    return len(slot.lead & (other.lead | other.about)) / max(1, len(slot.lead))


def _is_slot(token: Token) -> bool:
    """Whether a token is a figure that is said of something; 第一 and 二级 are names."""
    return (
        token.kind == "figure"
        and not token.sort.startswith("第")
        and token.sort not in ("级", "等奖", "档", "章", "节")
    )


def _pairs(run: Sequence[Token | None]) -> frozenset[tuple[str, str]]:
    return frozenset((a.value, b.value) for a, b in zip(run, run[1:], strict=False) if a is not None and b is not None)


def _own(clause: Sequence[Token], sort: str) -> list[tuple[int, Token]]:
    """The figures of one sort of a clause, without a year that something is compared with."""
    figures = [(j, t) for j, t in enumerate(clause) if _is_slot(t) and t.sort == sort]
    return [(j, t) for j, t in figures if sort != "年份" or not j or clause[j - 1].value not in ("比", "较")]


def _slots(of: Sequence[Token]) -> list[_Slot]:
    """The figures of some tokens with the words around each: those of its clause; a figure that stands nearly alone
    speaks of what follows (到2018年,…) or, if it is no year, of what precedes."""
    slots: list[_Slot] = []
    clauses: list[list[Token]] = []
    for token in of:
        if not clauses or clauses[-1][0].clause != token.clause:
            clauses.append([])
        clauses[-1].append(token)
    words: list[list[Token | None]] = [[None if _is_slot(t) else t for t in clause] for clause in clauses]
    year, sentence = "", -1
    for i, clause in enumerate(clauses):
        if clause[0].sentence != sentence:
            year, sentence = "", clause[0].sentence
        figures = [(j, t) for j, t in enumerate(clause) if _is_slot(t)]
        # 比2020年下降18%: a year that something is compared with is not the year of what is said.
        years = [(j, t.value) for j, t in _own(clause, "年份")]
        carried, year = year, years[-1][1] if years else year
        for at, figure in figures:
            same = [j for j, t in figures if t.sort == figure.sort]
            about = list(words[i])
            if sum(len(t.value) for t in about if t is not None and t.kind != "sign") <= 3:
                for k in range(i + 1, len(clauses)) if figure.sort == "年份" else range(i - 1, -1, -1):
                    if clauses[k][0].sentence != sentence or _own(clauses[k], figure.sort):
                        break
                    about += [None, *words[k]]
            elif len(same) > 1:
                n = same.index(at)
                left = words[i][same[n - 1] + 1 if n else 0 : at]
                right = words[i][at + 1 : same[n + 1] if n + 1 < len(same) else len(clause)]
                about = left if sum(t is not None and t.kind != "sign" for t in left) >= 2 else right
            elif at < 3 and i and clauses[i - 1][0].sentence == sentence:
                about += [None, *words[i - 1]]
            before = [value for j, value in years if j < at]
            own_year = before[-1] if before else years[0][1] if years else carried
            own_year = "" if figure.sort == "年份" else own_year
            lead: list[Token | None] = []
            for k in range(i - 1, -1, -1):
                if clauses[k][0].sentence != sentence:
                    break
                lead = [*words[k], None, *lead]
            slots.append(_Slot(figure.sort, figure.value, figure.start, _pairs(about), own_year, _pairs(lead)))
    return slots


@dataclass(frozen=True)
class Alignment:
    """A folded sentence laid on its folded quotes."""

    text: str
    quotes: tuple[str, ...]
    context: str = ""  #: folded titles and headings: words that the sentence may use without claiming anything

    @cached_property
    def said(self) -> tuple[Token, ...]:
        return tokens(self.text)

    @cached_property
    def held(self) -> tuple[Token, ...]:
        # Quotes are sentences of their own.
        return tokens(self.joined)

    @cached_property
    def laid(self) -> list[int | None]:
        """Places of the sentence's tokens in ``held``; a single character that stands apart counts as not found."""
        raw = _laid(self.said, self.held)
        kept = list(raw)
        words = [i for i, token in enumerate(self.said) if token.kind != "sign"]
        for n, i in enumerate(words):
            place = raw[i]
            if place is None or self.said[i].kind != "char":
                continue
            beside = [raw[words[m]] for m in (n - 1, n + 1) if 0 <= m < len(words)]
            if not any(other is not None and 0 < abs(other - place) <= 2 for other in beside):
                kept[i] = None
        return kept

    # --- words that stand nowhere, or in the place of others ---

    @cached_property
    def strange(self) -> list[tuple[int, int]]:
        """Runs (first, last token) of words of the sentence that the quotes lack and that claim something."""
        runs: list[tuple[int, int]] = []
        for i, token in enumerate(self.said):
            if self.laid[i] is not None or token.kind == "sign":
                continue
            if runs and runs[-1][1] == i - 1 and self.said[i - 1].end == token.start:
                runs[-1] = (runs[-1][0], i)
            else:
                runs.append((i, i))
        return [(a, b) for a, b in runs if self._claims(a, b)]

    def _claims(self, first: int, last: int) -> bool:
        text = self.text[self.said[first].start : self.said[last].end]
        around = self.text[max(0, self.said[first].start - 1) : self.said[last].end + 1]
        rest = self._unframed(first, last) if len(_FRAME.sub("", around)) >= 1 else ""
        left = "".join(re.findall(r"[\u4e00-\u9fffa-z0-9]", rest))
        return len(left) >= 2 and left not in self.context and not self._shortens(text)

    @property
    def _words(self) -> tuple[tuple[int, int], ...]:
        """The words of the sentence, which its tokens, single characters for the most part, do not keep together."""
        return word_spans(self.text)

    def _unframed(self, first: int, last: int, frame: re.Pattern[str] = _FRAME) -> str:
        """What some tokens of the sentence say beside the words of a frame, which claim nothing; one character is such a word only
        where it stands alone: 能, but not the end of 功能. A word keeps its characters that are no tokens: 有 in 有效."""
        start, end = self.said[first].start, self.said[last].end
        before = self.said[first - 1].end if first else 0
        start = max(before, min((a for a, b in self._words if a < start < b), default=start))
        words = set(self._words)

        def left(found: re.Match[str]) -> str:
            return "" if len(found[0]) > 1 or (start + found.start(), start + found.end()) in words else found[0]

        return frame.sub(left, self.text[start:end])

    def _shortens(self, text: str) -> bool:
        """Whether a word is a longer one of the quotes cut short: 工信局 for 工业和信息化局."""
        if len(text) < 2:
            return False
        pattern = re.escape(text[0]) + "".join(f"[\u4e00-\u9fff]{{0,2}}{re.escape(c)}" for c in text[1:])
        return any(re.search(pattern, quote) for quote in self.quotes)

    @cached_property
    def share(self) -> float:
        """The share of the sentence's words that the quotes hold."""
        weights = [
            (2 if t.kind == "word" else 1, p) for t, p in zip(self.said, self.laid, strict=True) if t.kind != "sign"
        ]
        total = sum(w for w, _ in weights)
        return sum(w for w, p in weights if p is not None) / total if total else 1.0

    def _free(self, first: int, stop: int, clause: int) -> list[int]:
        """Tokens of the quotes between two places on which nothing of a clause of the sentence is laid, signs left out."""
        used = {p for t, p in zip(self.said, self.laid, strict=True) if p is not None and t.clause == clause}
        return [i for i in range(max(0, first), stop) if i not in used and self.held[i].kind != "sign"]

    @cached_property
    def replaced(self) -> bool:
        """Whether a word stands in the place of another: between the same neighbours, or at an end of a clause."""
        return any(self._replaced_within(clause) for clause in {t.clause for t in self.said}) or any(
            self._replaced_at_end(first, last)
            for first, last in self.strange
            if any(t.kind != "figure" for t in self.said[first : last + 1])
        )

    def _replaced_within(self, clause: int) -> bool:
        own = [i for i, t in enumerate(self.said) if t.clause == clause and t.kind != "sign"]
        for n, i in enumerate(own):
            left = self.laid[i]
            if left is None:
                continue
            for m in range(n + 2, min(n + 2 + _MOST_BARS, len(own))):
                right = self.laid[own[m]]
                if right is None or not left < right <= left + 1 + _MOST_BARS:
                    continue
                if self.held[left].clause != self.held[right].clause:
                    continue
                between = own[n + 1 : m]
                if any((p := self.laid[k]) is not None and left - 3 <= p <= right + 3 for k in between):
                    continue
                there = self._free(left + 1, right, clause)
                if len(there) != right - left - 1 - self._signs(left, right):
                    continue
                if self._stands_for(between, there):
                    return True
        return False

    def _stands_for(self, here: Sequence[int], there: Sequence[int]) -> bool:
        """Whether words of the sentence that stand in a gap of the quotes claim something else than what stood there."""
        names = {self.held[p].sort for p in there if self.held[p].kind == "figure" and not _is_slot(self.held[p])}
        if any(self.said[k].kind == "figure" and self.said[k].sort in names for k in here):
            return True
        if any(_is_slot(self.said[k]) for k in here) and any(_is_slot(self.held[p]) for p in there):
            return len(here) == len(there) == 1
        if len(here) <= 2 and {self.said[k].value for k in here} & {self.held[p].value for p in there}:
            return False
        size = sum(len(self.held[p].value) for p in there if self.held[p].kind != "figure")
        text = self._unframed(here[0], here[-1], _JOINING)
        return size >= 2 and len(re.findall(r"[\u4e00-\u9fffa-z]", text)) >= 2 and not self._shortened(text, there)

    def _shortened(self, text: str, there: Sequence[int]) -> bool:
        """Whether a word is what stands in some places of the quotes cut short, or the other way round."""
        held = self.joined[self.held[there[0]].start : self.held[there[-1]].end]
        return in_order(*sorted((text, held), key=len))

    def _replaced_at_end(self, first: int, last: int) -> bool:
        left, right = self._neighbour(first, -1), self._neighbour(last, 1)
        clause = self.said[first].clause
        if re.fullmatch("全[省市县州国区]", self.text[self.said[first].start : self.said[last].end]):
            return False
        if right is not None and left is None:
            return len(self._free(self._clause_start(right), right, clause)) >= 2
        if left is not None and right is None:
            held = self.held[left].clause
            stop = next((i for i in range(left + 1, len(self.held)) if self.held[i].clause != held), len(self.held))
            return stop - left - 1 <= _MOST_BARS and len(self._free(left + 1, stop, clause)) >= 2
        return False

    def _signs(self, left: int, right: int) -> int:
        return sum(self.held[i].kind == "sign" for i in range(left + 1, right))

    def _clause_start(self, place: int) -> int:
        while place > 0 and self.held[place - 1].clause == self.held[place].clause:
            place -= 1
        return place

    def _neighbour(self, at: int, step: int) -> int | None:
        """Where the next word to one side, in the same clause, is laid."""
        i = at + step
        while 0 <= i < len(self.said) and self.said[i].clause == self.said[at].clause:
            if self.said[i].kind != "sign":
                return self.laid[i]
            i += step
        return None

    @cached_property
    def exchanged(self) -> bool:
        """Whether one word stands in the place of another where all around it is taken over, whatever characters the two
        share: 有关规范 for 有关规定, 下列价值 for 下列罚款."""
        words = [(a, b) for a, b in self._words if _HAN_WORD.fullmatch(self.text[a:b])]
        return any(self._exchanged(start, stop) for start, stop in words)

    def _exchanged(self, start: int, stop: int) -> bool:
        word, clause = self.text[start:stop], self._clause_at(start)
        left, right = _LAST.search(self.text[:start]), _FIRST.match(self.text[stop:])
        before, behind = left[0] if left else "", right[0] if right else ""
        near = [
            len(before) == _AROUND and before + word in self.joined,
            len(behind) == _AROUND and word + behind in self.joined,
        ]
        if max(len(before), len(behind)) < _AROUND or any(near) or self._in_context(before, word, behind):
            return False
        opens = "" if len(before) == _AROUND else r"(?:^|(?<=[,;。:\n()]))"
        ends = "" if len(behind) == _AROUND else r"(?=[,;。:\n()]|$)"
        place = re.compile(f"{opens}{re.escape(before)}([\u4e00-\u9fff]{{2,6}}?){re.escape(behind)}{ends}")
        there = place.findall(self.joined)
        return bool(there) and all(_says_otherwise(word, other) and other not in clause for other in there)

    def _in_context(self, before: str, word: str, behind: str) -> bool:
        """Whether a title, or the question, has a word beside the same others."""
        around = (f"{before[-2:]}{word}" if before else "", f"{word}{behind[:2]}" if behind else "")
        return any(text and text in self.context for text in around)

    def _clause_at(self, place: int) -> str:
        """The clause of the sentence around a place."""
        return re.split("[,;。:]", self.text[:place])[-1] + re.split("[,;。:]", self.text[place:])[0]

    # --- figures ---

    @cached_property
    def figures(self) -> Support:
        """Whether each figure stands in the quotes, and nowhere beside one of its kind that fits its words better."""
        there = _slots(self.held)
        known = {(t.value, t.sort) for t in tokens(self.context) if t.kind == "figure"}
        for slot in _slots(self.said):
            same = [other for other in there if (other.value, other.kind) == (slot.value, slot.kind)]
            others = [other for other in there if other.kind == slot.kind and other.value != slot.value]
            own = [_near(slot, other) for other in same]
            rivals = [_near(slot, other) for other in others]
            if not own:
                if (slot.value, slot.kind) in known and not rivals or self._counts(slot):
                    continue
                return "unverified"
            if max(own) < max(0.0, *rivals, 0.0):
                return "unverified"
            led = max(_led(slot, other) for other, near in zip(same, own, strict=True) if near == max(own))
            better = (_led(slot, o) >= led + 0.5 for o, near in zip(others, rivals, strict=True) if near >= max(own))
            if slot.kind != "年份" and max(own) > 0 and any(better):
                return "unverified"
        return "verified"

    def _counts(self, slot: _Slot) -> bool:
        """Whether a figure counts what the sentence itself lists: 目标有三项:甲、乙、丙; 甲、乙和丙三个部门."""
        if slot.kind not in ("个", "级", ""):
            return False
        before, after = self.text[: slot.start], self.text[slot.start :]
        lists = (re.split(":|为|有", after, maxsplit=1)[-1], re.split("[,;:。由]", before)[-1])
        return any(
            str(len([piece for piece in re.split(marks, text) if piece])) == slot.value
            for text in lists
            for marks in ("、", "[,;]", "、|和(?!信)|以及", "[、;]")
        )

    # --- signs ---

    @cached_property
    def signs(self) -> Support:
        """Whether the signs of the sentence stand beside the same words in the quotes, and none was dropped."""
        worst: Support = "verified"
        for i, sign in enumerate(self.said):
            if sign.kind == "sign":
                found = self._sign(i, sign)
                if found == "unverified":
                    return found
                worst = found if found == "partial" else worst
        for place, sign in enumerate(self.held):
            if sign.kind == "sign":
                found = self._dropped(place, sign)
                if found == "unverified":
                    return found
                worst = found if found == "partial" else worst
        return worst

    def _heads(self, i: int) -> list[int]:
        """Places in the quotes of the words that a sign of the sentence goes with, the nearest first."""
        sign = self.said[i]
        found: list[int] = []
        for way in (1, -1):
            j = i + way
            while 0 <= j < len(self.said) and self.said[j].clause == sign.clause and len(found) < 3:
                place = self.laid[j]
                if place is not None:
                    found.append(place)
                j += way
            if found:
                break
        return found

    def _figure_of(self, i: int) -> int | None:
        """The figure of the sentence that a bound or 前, 后 stands beside; None where there is none."""
        sign = self.said[i]
        ways = (-1, 1) if _stands_behind(self.text, sign) else (1, -1)
        for way in ways:
            for j in (i + way, i + 2 * way, i + 3 * way):
                if not 0 <= j < len(self.said) or self.said[j].clause != sign.clause:
                    break
                if self.said[j].kind == "figure":
                    return j
        return None

    def _beside(self, sort: str, place: int) -> list[str]:
        """Values of bounds or 前, 后 that stand beside a figure of the quotes."""
        found = []
        for way in (1, -1):
            for j in range(place + way, place + 4 * way, way):
                if not 0 <= j < len(self.held) or self.held[j].clause != self.held[place].clause:
                    break
                token = self.held[j]
                if token.kind == "figure" and not token.sort.startswith("第") and token.sort not in ("月", "号"):
                    break
                if token.sort == sort and _stands_behind(self.joined, token) == (way == 1):
                    found.append(token.value)
        return found

    @cached_property
    def joined(self) -> str:
        return "\n".join(self.quotes)

    def _sign(self, i: int, sign: Token) -> Support:
        if sign.sort in ("bound", "when") and (at := self._figure_of(i)) is not None:
            place = self.laid[at]
            if place is None:
                return "partial"
            figure = self.said[at]
            twice = [p for p, t in enumerate(self.held) if (t.value, t.sort) == (figure.value, figure.sort)]
            beside = self._beside(sign.sort, place)
            if sign.value not in beside and len(twice) > 1:
                beside = [value for p in twice for value in self._beside(sign.sort, p)]
            if sign.value in beside or (sign.sort == "when" and sign.value == "after" and not beside):
                return "verified"
            return "unverified"
        if sign.sort == "trend" and (trends := self._trends_beside(i)):
            return "verified" if sign.value in trends else "unverified"
        heads = self._heads(i)
        if not heads:
            stands = any(t.sort == sign.sort and t.value == sign.value for t in self.held)
            return "verified" if stands or sign.sort in _SOFT else "partial"
        values = [v for head in heads for v in self._values(sign.sort, head)]
        near = self._values(sign.sort, heads[0])
        same = near or values
        if sign.value in same:
            return "verified"
        if sign.sort == "duty":
            return self._duty(sign, same, heads[0])
        if sign.sort == "denial":
            return "verified" if self._denied(heads[0]) or self._denied(heads[-1]) else "unverified"
        if sign.sort == "state":
            if sign.value == "done":
                if self._denied(heads[0]) and not any(map(_denies, self.said[max(0, i - 2) : i + 3])):
                    return "unverified"  # 已经验收 for 未经验收
                planned = self._planned(heads[0])
                if self.text[sign.start : sign.end] == "了":
                    return "partial" if planned else "verified"
                return "unverified" if planned else "partial"
            return "unverified" if same or sign.value in ("ensure", "now") else "partial"
        if sign.value == "all" and self.text[sign.start : sign.end] in ("都", "均"):
            before = re.split("[,;。:]", self.text[: sign.start])
            if re.search("、|和|及", before[-1]) or re.search("不论|无论|任何", "".join(before[-2:])):
                return "verified"
        if sign.sort in ("scope", "degree", "only", "every"):
            return "unverified"
        if sign.sort == "joined" and not same:
            return "verified"
        if sign.sort == "when" and not same:
            return "verified" if sign.value == "after" else "partial"
        return "unverified"

    def _trends_beside(self, i: int) -> set[str]:
        """Values of 增长, 下降 and the like right beside the quotes' words for the neighbours of one in the sentence."""
        found = set()
        for way in (-1, 1):
            j = i + way
            if 0 <= j < len(self.said) and self.said[j].clause == self.said[i].clause:
                place = self.laid[j]
                for k in () if place is None else (place - way, place - 2 * way):
                    if 0 <= k < len(self.held) and self.held[k].clause == self.held[place or 0].clause:
                        token = self.held[k]
                        if token.sort == "trend":
                            found.add(token.value)
                            break
        return found

    def _values(self, sort: str, head: int) -> list[str]:
        """Values of a class of signs that go with a word of the quotes: in its clause, bounds and the like beside it."""
        reach = {
            "bound": 3,
            "when": 3,
            "trend": 7,
            "every": 30,
            "joined": 3,
            "degree": 8,
            "scope": 6,
            "only": 8,
            "state": 10,
        }.get(sort, 40)
        clause = self.held[head].clause
        both = sort in ("bound", "when", "trend", "every", "scope")
        found: list[tuple[int, str]] = []
        for place in range(max(0, head - reach), min(len(self.held), head + (reach if both else 1) + 1)):
            token = self.held[place]
            if token.kind == "sign" and token.sort == sort and token.clause == clause:
                found.append((abs(place - head), token.value))
        if not found and sort in ("duty", "every", "state"):  # carried on from a clause before
            sentence = self.held[head].sentence
            before = [t for t in self.held[:head] if t.kind == "sign" and t.sort == sort and t.sentence == sentence]
            found = [(1, t.value) for t in before[-1:] if t.value != "done"]
        if sort == "bound":
            found = found and [min(found)]
        return [value for _, value in sorted(found)]

    def _duty(self, sign: Token, there: list[str], head: int) -> Support:
        if sign.value == "要":
            return "verified" if not set(there) & {"不得", "可以"} else "unverified"
        if sign.value == "应当":
            return "verified" if not there or "要" in there or "必须" in there else "unverified"
        if sign.value == "可以" and not there and re.match("享受|享有|获|领", self.text[sign.end :]):
            return "verified"
        if sign.value == "不得":
            return "verified" if self._denied(head) else "unverified"
        if sign.value == "必须" and "要" in there or sign.value == "可以" and set(there) & {"鼓励", "支持"}:
            return "partial"
        return "unverified" if there or sign.value in ("必须", "可以", "鼓励", "支持") else "partial"

    def _denied(self, head: int) -> bool:
        """Whether a denial stands before a word of the quotes in its clause, or right behind."""
        return bool(self._values("denial", head)) or "不得" in self._values("duty", head)

    def _planned(self, head: int) -> bool:
        """Whether the sentence of the quotes around a word looks ahead: a date to come, a duty, a word for striving."""
        at = self.held[head].start
        begin = max(self.joined.rfind(mark, 0, at) for mark in ";。!?\n") + 1
        stop = min((i for i in (self.joined.find(mark, at) for mark in ";。!?\n") if i >= 0), default=len(self.joined))
        return bool(_AHEAD.search(self.joined[begin:stop]))

    def _dropped(self, place: int, sign: Token) -> Support:
        """What it means that a sign of the quotes does not stand in the sentence beside the words that it goes with."""
        denies = _denies(sign)
        hedge = (sign.sort, sign.value) in _HEDGES
        if not denies and not hedge:
            return "verified"
        following = self._following(place, 3 if denies else 2)
        on = {p: i for i, p in enumerate(self.laid) if p is not None}
        heads = [on[p] for p in following if p in on]
        if not heads or (denies and len(heads) < min(2, len(following))):
            return "verified"
        clause = self.said[heads[0]].clause
        if hedge and self._main(clause) != sign.clause:
            return "verified"
        around = [t for t in self.said if t.kind == "sign" and t.clause == clause]
        if denies:
            needed = sum(
                _denies(t) and t.clause == sign.clause and all(p in on for p in self._following(q, 2))
                for q, t in enumerate(self.held[: place + 1])
            )
            have = sum(map(_denies, around)) + len(re.findall("禁(?!止)", self.text))
            return "verified" if have >= needed else "unverified"
        if any(t.sort == sign.sort for t in around):
            return "verified"
        return "verified" if sign.value in self.text else "partial"

    def _following(self, place: int, most: int) -> list[int]:
        """The words of the quotes right behind a sign, in its clause."""
        clause = self.held[place].clause
        near = range(place + 1, min(len(self.held), place + 5))
        return [p for p in near if self.held[p].clause == clause and self.held[p].kind != "sign"][:most]

    # --- who does what ---

    @cached_property
    def swapped(self) -> bool:
        """Whether a subject stands before what the quotes say of another."""
        return any(self._swapped(clause) for clause in {t.clause for t in self.said})

    def _main(self, clause: int) -> int:
        """The clause of the quotes on which most words of a clause of the sentence are laid."""
        places = (p for t, p in zip(self.said, self.laid, strict=True) if p is not None and t.clause == clause)
        return Counter(self.held[p].clause for p in places).most_common(1)[0][0]

    def _swapped(self, clause: int) -> bool:
        groups: list[list[int]] = []
        for token, place in zip(self.said, self.laid, strict=True):
            if place is None or token.clause != clause:
                continue
            if groups and self.held[groups[-1][-1]].clause == self.held[place].clause:
                groups[-1].append(place)
            else:
                groups.append([place])
        return any(self._foreign_lead(lead, rest, clause) for lead, rest in zip(groups, groups[1:], strict=False))

    def _foreign_lead(self, lead: Sequence[int], rest: Sequence[int], clause: int) -> bool:
        """Whether the words of ``rest`` have a subject of their own in the quotes, other than the words before them here."""
        first = self.held[min(rest)]
        apart = self.held[lead[0]].sentence != first.sentence
        size = sum(len(self.held[p].value) for p in lead if self.held[p].kind != "figure")
        if sum(len(self.held[p].value) for p in rest) < _PREDICATE or size < (2 if apart else 3):
            return False
        start = self._clause_start(min(rest))
        adverbial = self.joined[: self.held[start].start][-1:] in _ADVERBIAL
        if (
            apart
            and self._heading(lead[0])
            or not apart
            and adverbial
            and self.held[lead[-1]].clause == first.clause - 1
        ):
            return False
        mine = {self.held[p].value for p in lead}
        before = self._free(self._clause_start(min(rest)), min(rest), clause)
        before = [p for p in before if self.held[p].kind != "figure" and self.held[p].value not in mine]
        if before:
            own = _FRAME.sub("", self.joined[self.held[before[0]].start : self.held[before[-1]].end])
            if len(re.findall(r"[\u4e00-\u9fffa-z]", own)) >= 2:
                return True
        opening = next(i for i, t in enumerate(self.held) if t.sentence == first.sentence)
        free = [p for p in self._free(opening, opening + 5, clause) if self.held[p].kind != "figure"]
        return apart and self.held[opening].clause != first.clause and len(free) >= 3

    def _heading(self, place: int) -> bool:
        """Whether a word of the quotes stands in a short sentence that only names what follows."""
        own = [t for t in self.held if t.sentence == self.held[place].sentence]
        return len({t.clause for t in own}) == 1 and len(own) <= 12 and not any(t.kind == "sign" for t in own)

    @cached_property
    def mixed(self) -> bool:
        """Whether a case (…的, …后) goes before what another sentence of the quotes says of another case."""
        clauses = sorted({t.clause for t in self.said})
        for one, other in zip(clauses, clauses[1:], strict=False):
            first = [i for i, t in enumerate(self.said) if t.clause == one]
            second = [i for i, t in enumerate(self.said) if t.clause == other]
            between = self.text[self.said[first[-1]].end : self.said[second[0]].start]
            if not re.match(r"[的时后][,:]?", between) and not re.search(
                r"[时后]$", self.text[: self.said[first[-1]].end]
            ):
                continue
            places = [[p for i in part if (p := self.laid[i]) is not None] for part in (first, second)]
            if min(map(len, places)) < 3:
                continue
            at = [self.held[place[0]].sentence for place in places]
            mains = [self._main(one), self._main(other)]
            sentences = [next(t.sentence for t in self.held if t.clause == main) for main in mains]
            if any(self.held[place].sentence == sentences[1] for place in places[0]):
                continue
            if sentences[0] != sentences[1] and at[0] != at[1] and self._goes_on(mains[0]):
                return True
        return False

    def _goes_on(self, clause: int) -> bool:
        """Whether a clause of the quotes has another behind it in its sentence."""
        sentence = next(t.sentence for t in self.held if t.clause == clause)
        return any(t.clause > clause and t.sentence == sentence for t in self.held)

    @cached_property
    def turned(self) -> bool:
        """Whether the two sides of a word that relates them have changed places: 甲会同乙, 由甲提高到乙, 甲向乙."""
        for match in _RELATION.finditer(self.text):
            here = _sides(self.said, match.start(), match.end())
            for other in re.finditer(re.escape(match.group()), self.joined):
                there = _sides(self.held, other.start(), other.end())
                if _crossed(here, there):
                    return True
        return False

    @cached_property
    def doubled(self) -> bool:
        """Whether a clause has a figure twice that the quotes have once: 2014年至2014年."""
        figures = Counter((t.clause, t.value, t.sort) for t in self.said if _is_slot(t))
        there = Counter((t.value, t.sort) for t in self.held if _is_slot(t))
        return any(n > 1 and there[value, sort] < n for (_, value, sort), n in figures.items())

    @cached_property
    def widened(self) -> bool:
        """Whether a condition with a figure was left out of the middle of a clause: 连续两年低于60% as 低于60%."""
        words = [i for i, t in enumerate(self.said) if t.kind != "sign"]
        here = {t.value for t in self.said if t.kind == "figure"}
        for i, j in zip(words, words[1:], strict=False):
            left, right = self.laid[i], self.laid[j]
            if left is None or right is None or self.said[i].clause != self.said[j].clause:
                continue
            if not left < right - 1 <= left + 14 or self.held[left].clause != self.held[right].clause:
                continue
            gap = self.held[left + 1 : right]
            if any(_is_slot(t) and t.sort != "年份" and t.value not in here for t in gap) and (
                any(t.sort == "bound" for t in gap) or self.joined[gap[0].start - 2 : gap[0].start] == "连续"
            ):
                return True
        return False


def _says_otherwise(word: str, other: str) -> bool:
    """Whether two words, none of which turns what is said, are no two words for one thing, nor one cut short."""
    own, its = tokens(word), tokens(other)
    if any(t.kind in ("sign", "figure") for t in (*own, *its)):
        return False
    if [t.value for t in own] == [t.value for t in its] or in_order(*sorted((word, other), key=len)):
        return False
    alike = len(commonprefix([word, other]))
    claims = all(_FUNCTION.sub("", text) for text in (word, other))
    return claims and any(tokens(_FUNCTION.sub("", text[alike:])) for text in (word, other))


def _sides(of: Sequence[Token], start: int, end: int) -> tuple[set[str], set[str]]:
    """The words before a place in its sentence, and those behind it in its clause; forty and three at most."""
    left = [t for t in of if t.end <= start and t.kind != "sign"][-40:]
    right = [t for t in of if t.start >= end and t.kind != "sign"][:3]
    right = [t for t in right if t.clause == right[0].clause]
    if not left or not right:
        return set(), set()
    return {t.value for t in left if t.sentence == right[0].sentence}, {t.value for t in right}


def _crossed(here: tuple[set[str], set[str]], there: tuple[set[str], set[str]]) -> bool:
    """Whether what stands behind a word here stands before it there, and the other way round."""

    def share(part: set[str], whole: set[str]) -> float:
        return len(part & whole) / len(part) if part else 0.0

    mine, theirs = here[1] - there[1], there[1] - here[1]
    return len(mine) >= 1 and share(mine, there[0]) >= 0.8 and share(theirs, here[0]) >= 0.8 and len(theirs) >= 1


def _stands_behind(text: str, sign: Token) -> bool:
    """Whether a bound or the like stands behind its figure: 以上, 内, 前, but not 提前."""
    return text[sign.end - 1] in "上下内外前后" and text[sign.start : sign.end] != "提前"


def _denies(sign: Token) -> bool:
    return sign.sort == "denial" or sign.value == "不得"


_AHEAD = re.compile(
    r"到(?:19|20)\d\d年|力争|争取|(?<![主重需])要(?!求)|应当|将(?=[在于建达实开设])|加快|推动|推进|探索|鼓励|支持|目标|底?前|计划|拟|尽快|逐步|研究|起每"
)
_RELATION = re.compile(
    r"会同|配合|向|移交|委托|报告|征求|提高(?:到|至)|降低(?:到|至)|增加到|下降到|上升到|减少到|降至|从而|因此|导致|促进"
)
#: Signs that ask for nothing when no word beside them is found.
_SOFT = frozenset({"joined", "trend", "when"})
#: Signs whose loss makes a sentence say more than its quote.
_HEDGES = frozenset(
    {
        ("duty", "鼓励"), ("duty", "支持"), ("duty", "探索"), ("duty", "可以"), ("degree", "nearly"), ("degree", "first"),
        ("state", "strive"), ("state", "slowly"), ("state", "study"), ("state", "principle"), ("scope", "part"), ("only", "only"),
    }
)  # fmt: skip


def borne(said: str, held: Sequence[str], context: str = "") -> Support:
    """How well folded quotes bear a folded sentence, by the places of its words; figures are looked at elsewhere.

    >>> borne("用户不得加收电损", ["任何单位不得向用户加收电损。"]), borne("可以加收电损", ["任何单位不得向用户加收电损。"])
    ('verified', 'unverified')
    """
    alignment = Alignment(said, tuple(held), context)
    if alignment.figures == "unverified":
        return "unverified"
    wrong = (
        alignment.replaced
        or alignment.exchanged
        or alignment.swapped
        or alignment.turned
        or alignment.mixed
        or alignment.doubled
    )
    if wrong or alignment.share < 0.5:
        return "unverified"
    if alignment.signs == "unverified":
        return "unverified"
    if alignment.strange or alignment.widened or alignment.signs == "partial":
        return "partial"
    return "verified"


_MONTHS = {"年": "12", "半年": "6", "季度": "3"}  #: of what comes every so often


def figures_stand(said: str, quotes: str, context: str = "") -> bool:
    """Whether each figure of a folded sentence is one of its folded quotes, wherever it stands there: with the same unit,
    or where either has none. A year may be the headings' own, and a sentence may count what it lists.

    >>> figures_stand("补贴三成", "按30%给予补贴"), figures_stand("补贴四成", "按30%给予补贴")
    (True, False)
    """
    alignment = Alignment(said, (quotes,), context)
    there = {(t.value, t.sort) for t in alignment.held if t.kind == "figure"}
    there |= {(_MONTHS[t.value], "个月") for t in alignment.held if t.sort == "every" and t.value in _MONTHS}
    values, bare = {value for value, _ in there}, {value for value, sort in there if not sort}
    years = {t.value for t in tokens(context) if t.sort == "年份"}

    def stands(slot: _Slot) -> bool:
        digits = re.split(r"[^\d.]", said[slot.start :], maxsplit=1)[0]
        return (
            (slot.value, slot.kind) in there
            or slot.value in (values if not slot.kind else bare)
            or digits in bare  # a cell whose unit stands in the head of its table
            or (slot.kind == "年份" and slot.value in years)
            or (slot.value == "1" and all(sort != slot.kind for _, sort in there))  # 一座码头 for 每座码头
            or alignment._counts(slot)
        )

    return all(map(stands, _slots(alignment.said)))
