"""Pages of questions and answers: what stands below the question of a document that comes near the one asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.labels import without_reply
from corpus.sentences import ASKS, sentence_spans
from index.tokens import fold, words
from qa.claim import opening, read_claim
from qa.evidence import Candidate, Probe, match, weight_held
from qa.extractive import MAX_QUOTE, Draft, Judge, Line, closed
from qa.followup import rewrite
from qa.listing import FIELD
from qa.question import ASKING_WORDS, Kind, kinds_of
from qa.topics import own_words
from qa.verdict import verdict
from qa.verdict_shared import extent

_LOOKED_AT = 12  #: sentences found
#: Share of the question asked that the question of the document has to hold, and the other way round.
_HELD, _HELD_BACK = 0.55, 0.5
_NEARLY_THE_SAME = 1.5  #: both together, from which it does not matter that another sentence is ranked before
_PARTLY = re.compile(r"不(?:一定|完全|都|全|尽)|视|看情况|部分|原则上|一般")


@dataclass(frozen=True)
class _Asked:
    """A question of a document with a sentence of its section, and how near it comes to the question asked."""

    text: str
    first: bool  #: of several questions in one heading
    candidate: Candidate
    near: float  #: both shares together


def answer_faq(probe: Probe, found: Sequence[Candidate], judge: Judge | None = None) -> Draft | None:
    """The first sentences below the question of a document that is close to the one asked, after the word that says yes
    or no where that is asked; None where none is close, or where it stands elsewhere than the best sentence."""
    asked = _question_meant(probe, found)
    told = _told_below(asked.candidate) if asked is not None else []
    if asked is None or not told:
        return None
    told = _of_own_words(probe, asked, told)
    bare = [without_reply(c.text) for c in told]
    lead, denies, bare[0] = _verdict(probe, asked, told[0], bare, judge)
    best = next((c for c in found if c.tells and c.odds > 0), None)
    at = next((n for n, c in enumerate(told) if best is not None and c.span == best.span), 0)
    if best is not None and at and not lead and "whether" in probe.question.kinds and not _PARTLY.match(bare[0]):
        # What settles it may stand behind what explains it.
        lead, denies, _ = _verdict(probe, asked, best, bare[at:], judge)
        told, bare = (told[at:], bare[at:]) if lead else (told, bare)
    if not lead and _asks_otherwise(probe, asked, found):
        return None
    spans = [c.span for c in told]
    together = (spans[0][0], spans[0][1], spans[-1][2])
    quoted = [together] * len(spans) if together[2] - together[1] <= MAX_QUOTE else spans
    lines = [Line(closed(text), (span,)) for text, span in zip(bare, quoted, strict=True) if text]
    if lead:
        rest = lines[0].text if lines else ""
        lines = [Line(f"{lead}，{rest}" if rest else f"{lead}。", (quoted[0],)), *lines[1:]]
    return Draft(tuple(lines), contradicts=denies, method="faq")


def _of_own_words(probe: Probe, asked: _Asked, told: list[Candidate]) -> list[Candidate]:
    """The sentences below a question from the one on that says most of what the question asked has beyond that one, where
    the first says nothing of it: of 签注要本人到场吗, below 办证要本人到场吗, the sentence of 签注."""
    known = fold(asked.text)
    own = {word: value for word, value in probe.words.items() if len(word) > 1 and not match(word, probe, known)}
    held = [weight_held(own, probe, fold(c.text)) for c in told]
    if "whether" not in probe.question.kinds or not own or held[0] or not any(held):
        return told
    return told[held.index(max(held)) :]


def _asks_otherwise(probe: Probe, asked: _Asked, found: Sequence[Candidate]) -> bool:
    """Whether a question for yes or no has come to one that asks for something else (怎么处罚), behind a sentence from
    elsewhere."""
    best = next((c for c in found if c.tells), None)
    elsewhere = best is not None and best.section is not asked.candidate.section
    return elsewhere and probe.question.kinds == {"whether"} and "whether" not in kinds_of(asked.text)


def _question_meant(probe: Probe, found: Sequence[Candidate]) -> _Asked | None:
    best = next((c for c in found if c.tells), None)
    near: list[_Asked] = []
    for candidate in (one for c in found[:_LOOKED_AT] for one in _with_leaning(c)):
        section = candidate.section
        if section is None or not ASKS.search(section.title):
            continue
        questions = [q for q in re.findall(r"[^？?]+[？?]", section.title) if q.strip()]
        for place, text in enumerate(questions):
            if all(_asks_something_else(kinds_of(fold(text)), kinds_of(part)) for part in probe.question.parts):
                continue
            whole = _in_full(text, candidate)
            held, back = _held(probe, candidate, fold(whole)), _held_back(whole.removesuffix(text) or text, probe)
            if held >= _HELD and back >= _HELD_BACK:
                near.append(_Asked(text, place == 0, candidate, held + back))
    if not near or best is None:
        return None
    chosen = max(near, key=lambda one: one.near)
    here = best.document is chosen.candidate.document and best.section is chosen.candidate.section
    return chosen if here or chosen.candidate is found[0] or chosen.near >= _NEARLY_THE_SAME else None


#: Kinds of answers of which one is no other: where something is done is not how long it takes.
_ONE_OF: frozenset[Kind] = frozenset({"who", "where", "count", "when"})


def _asks_something_else(theirs: frozenset[Kind], asked: frozenset[Kind]) -> bool:
    """Whether a question of a document asks for another kind of thing than the one asked, or for none by its name (交什么材料);
    what is counted in days is told by a date, too."""
    times: frozenset[Kind] = frozenset({"count", "when"})
    theirs = theirs | times if theirs & times else theirs
    return bool(asked) and asked <= _ONE_OF and theirs <= _ONE_OF and not theirs & asked


def _with_leaning(candidate: Candidate) -> list[Candidate]:
    """A sentence below a question of a document, and one below each of those behind it that find there what they are
    about."""
    section, document = candidate.section, candidate.document
    if section is None or not ASKS.search(section.title):
        return [candidate]
    behind = document.sections[section.index + 1 : section.index + 1 + _LEANS_BACK]
    leaning = (
        s for s in behind if s.parent == section.parent and ASKS.search(s.title) and not own_words(fold(s.title))
    )
    return [candidate, *(candidate.changed(section=s, start=s.start, end=s.end, text=s.title) for s in leaning)]


_LEANS_BACK = 3  #: questions before one that says nothing of its own, among which it finds what it is about


def _in_full(text: str, candidate: Candidate) -> str:
    """A question of a document with what it is about, where only one before it says that: 手工报销，需要多长时间 of 需要多长时间
    behind 手工报销在哪里办."""
    if own_words(fold(text)) or candidate.section is None:
        return text
    sections = candidate.document.sections
    for above in reversed(sections[max(0, candidate.section.index - _LEANS_BACK) : candidate.section.index]):
        if not ASKS.search(above.title) or above.parent != candidate.section.parent:
            break
        if own_words(fold(above.title)):
            return rewrite(text, [(above.title, "")]).standalone
    return text


def _held(probe: Probe, candidate: Candidate, question: str) -> float:
    """The share of what is asked, beyond the title of the document, that a question of the document holds."""
    title = fold(candidate.document.header.title)
    own = {w: v for w, v in probe.words.items() if w not in title} or probe.words
    total = sum(own.values())
    return weight_held(own, probe, question) / total if total else 0.0


def _held_back(text: str, probe: Probe) -> float:
    """The share of the telling words of a document's question that the question asked holds, by their characters."""
    core = fold(probe.question.core)
    own = {w for w in words(text) if w not in ASKING_WORDS and not w.isspace()}
    known = core + "".join(other for others in probe.expansions.values() for other in others)
    total = sum(map(len, own))
    return sum(len(w) for w in own if w in known) / total if total else 0.0


def _told_below(candidate: Candidate) -> list[Candidate]:
    """The first sentences below the heading of a section, as many as make a short answer."""
    section, text = candidate.section, candidate.document.text
    if section is None:
        return []
    told: list[Candidate] = []
    for start, end in sentence_spans(text, section.heading[1], section.end):
        if told and (end - told[0].start > MAX_QUOTE or FIELD.match(text, start)):
            break  # the last answer of a page is followed by whom to ask
        told.append(replace(candidate, start=start, end=end, text=text[start:end]))
    return told


def _verdict(
    probe: Probe, asked: _Asked, told: Candidate, answer: Sequence[str], judge: Judge | None
) -> tuple[str, bool, str]:
    """(the word that says yes or no, empty where there is none; whether it denies; what is left of the first sentence)."""
    core, first, after = probe.question.core, answer[0], "".join(answer[1:2])
    says = opening(first)
    if says is None and _opens_alone(first):
        says = False
    if "whether" not in probe.question.kinds:
        # 不可以。 answers the question of the document and not 几岁可以.
        return "", False, "" if says is not None and not _after_opening(first) else first
    if _PARTLY.match(first):
        return "", False, first
    claim, theirs = read_claim(core), read_claim(asked.text)
    if says is not None and asked.first and "whether" in kinds_of(asked.text):
        # 可以交 answers nothing of 必须交.
        same = (claim.mode == theirs.mode or "must" not in (claim.mode, theirs.mode)) and (
            extent(claim.text) == extent(theirs.text)
        )
        if not same:
            # 可以。 to 可以交吗 is no part of an answer to 必须交吗; what follows it may be.
            rest = _after_opening(first)
            verdict_of = verdict(core, rest or after) if rest or after else None
            return (*(verdict_of or ("", False)), rest if rest or after else first)
        turned = claim.denies != theirs.denies
        yes = says != turned
        own = re.match(r"[^,，。；;！!]{1,4}(?=[,，。；;！!])", first)
        # The document says it in the words of its own question, which are those of the one asked.
        word = own.group() if own and not turned and claim.mode == theirs.mode and claim.denies else ""
        return word or (claim.yes if yes else claim.no), not yes, _after_opening(first)
    said = judge(core, told, first) if judge is not None else verdict(core, first)
    return ("", False, first) if said is None else (*said, first)


def _after_opening(text: str) -> str:
    return re.sub(r"^[^,，。；;！!]{1,8}[,，。；;！!]", "", text, count=1).strip()


def _opens_alone(text: str) -> bool:
    """Whether a text opens with a denial that is a whole clause: 不得转借。"""
    return bool(re.match(r"(?:不[得予]|严禁|禁止)[^,，。]{0,6}[,，。]", text))
