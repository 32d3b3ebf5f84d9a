"""Places in a document that a question names: 第六章第二节, 第三条, 附表1, 后记, 第三部分."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.document import Section, SourceDocument
from corpus.labels import HAN_NUMERALS, number_of
from index.tokens import fold, segment
from qa.running_lists import parts_of

_NUMBER = rf"(\d{{1,4}}|[{HAN_NUMERALS}]{{1,7}})"
_PLACE = re.compile(
    rf"第\(?{_NUMBER}\)?(部分|分编|编|章|节|款|项(?!重点|行动|任务|措施|工作)"
    # 第三条 is a place, 第三条原则 a member of a list.
    rf"|条(?:之[{HAN_NUMERALS}]{{1,2}})?(?!原则|建议|措施|特征|特点|任务|要求|意见|理由|目标|经验|行动|保障|路径|问题|就|那|这|呢))"
    r"|(附件|附表|附录|附图|(?<![\u4e00-\u9fff])[图表]|(?<=[的中里见和与])[图表])"
    rf"{_NUMBER}(?!\d|年|月|个|项|名|人|位|次)"
    r"|(后记|附录|参考文献(?=[\[(第\d])|致谢|前言|序言|总论|附则|总则)"
    r"|(最后)一?(部分|章|节|条)"
)

_PART_LABEL = re.compile(r"[一二三四五六七八九十]+、|第.+(?:部分|编|章)")


@dataclass(frozen=True)
class Address:
    """A place that the question names, and the sections of each document that are it."""

    words: str
    sections: dict[str, frozenset[int]]  #: doc_id -> sections in the running text
    listed: frozenset[str]  #: doc_ids that name the place in a contents table only
    mentioned: frozenset[str]  #: doc_ids whose running text names it without being divided so


def resolve(question: str, documents: Iterable[SourceDocument]) -> Address | None:
    """The place that a question names, narrowed step by step (第六章 then 第二节); None when it names none."""
    folded = fold(question)
    steps = list(_PLACE.finditer(folded))
    if not steps:
        return None
    sections: dict[str, frozenset[int]] = {}
    listed: set[str] = set()
    mentioned: set[str] = set()
    for document in documents:
        body = [s for s in document.sections if s.kind == "body"]
        part = part_named(folded, document)
        if part is not None:
            body = [s for s in body if part.start <= s.start and s.end <= part.end]
        held: frozenset[int] | None = None
        for step in steps:
            matching = [s for s in body if _is(step, s, document)]
            if not matching and held and step.group(2) in ("条", "项", "款"):
                # 第三部分第四条 of a document whose items bear no such word.
                matching = [s for s in body if s.parent in held and s.number == number_of(step.group(1))]
            if not matching and step.group(5) in ("前言", "序言"):
                # What stands before the first heading is a foreword, if only in name.
                matching = [s for s in body if not s.title and not s.label and s.level == 0][:1]
            if held is not None:
                matching = [s for s in matching if _below(s, held, document)] or (
                    [] if step.group(2) in ("节", "款", "条") else matching
                )
            held = frozenset(s.index for s in matching)
            if not held:
                break
        if held:
            sections[document.doc_id] = _below_named(held, folded, document) or held
        elif steps[0].group() in "".join(fold(document.text[s.start : s.end]) for s in body if s.parent is None):
            mentioned.add(document.doc_id)
        elif steps[0].group() in "".join(
            fold(document.text[s.start : s.end]) for s in document.sections if s.kind == "toc"
        ):
            listed.add(document.doc_id)
    return Address("".join(m.group() for m in steps), sections, frozenset(listed), frozenset(mentioned))


def _below_named(held: frozenset[int], folded: str, document: SourceDocument) -> frozenset[int]:
    """Those of some places that stand below a heading which a folded question says: of 重点行动第三项 the one of 重点行动."""
    sections = document.sections
    return frozenset(
        i
        for i in held
        if any(
            len(title := fold(s.title)) > 2 and title in folded for s in document.upwards(sections[i]) if s.index != i
        )
    )


_SHORTEST_NAME = 4  #: characters at the end of a title that name what bears it: 管理办法


def part_named(folded: str, document: SourceDocument) -> Section | None:
    """The attachment, or the regulation of a collection, whose title a folded question names, its place left out or
    not: 会议管理办法 for 某市会议管理办法. None for the document as a whole and where two are meant as well."""
    named: list[tuple[int, Section]] = []
    for part in document.parts:
        title = re.sub(r"\([^()]*\)$", "", fold(part.title))
        length = next((n for n in range(len(title), _SHORTEST_NAME - 1, -1) if title[-n:] in folded), 0)
        if length:
            named.append((length, part))
    longest = max((length for length, _ in named), default=0)
    best = [part for length, part in named if length == longest]
    return best[0] if len(best) == 1 else None


_WHOLE = 6  #: characters from which a heading that is in the title of a document stands for all of it
_LONG_NAME = 5  #: characters of a name that may be less of a title
_SHORTEST_WORDS, _SHARE_OF_TITLE = 2, 0.5  #: characters of a title that name its section, and their share of it
#: What the words are followed by with which a question calls a section: 物流行动, 信用体系那一条, 引导支持里面, 智力建设这几条.
CALLED_UNIT = (
    r"[\"”」』》)]?的?(?P<unit>(?:(?:这|那)(?:一|几)?[项条个块章节段部方](?:分|面)?(?:行动|任务|工程|措施)?"
    r"|行动|任务|工程|部分|方面|章|节|里面?|当中|下面|底下))"
)
_CALLED = re.compile(CALLED_UNIT)


@dataclass(frozen=True)
class Call:
    """A section that a question calls by words of its title."""

    document: SourceDocument
    section: Section
    name: int  #: where the words begin in the folded question
    follows: re.Match[str]  #: what follows them there

    @property
    def place(self) -> tuple[SourceDocument, Section]:
        return self.document, self.section


def called(question: str, documents: Sequence[SourceDocument], follows: re.Pattern[str] = _CALLED) -> Call | None:
    """The section that a question calls by words of its title and what it is: 物流行动 for “互联网+”高效物流, 信用体系那一条
    for 完善信用支撑体系. Of several documents the one whose title has most of the words, the first of those that have as
    many. None where no title of a document, or more than one, has these words.

    ``follows``: what has to stand behind the words, the name of what the section is as the group ``unit``.
    """
    folded = fold(question)
    best: tuple[int, bool, float] = (0, False, 0.0)
    found: Call | None = None
    for document in documents:
        whole = fold(document.header.title)  # what is called by the name of the document is no part of it
        titles = [(s, fold(s.title)) for s in document.sections if s.kind == "body" and s.title]
        titles = [(s, title) for s, title in titles if len(title) < _WHOLE or title not in whole]
        for match in follows.finditer(folded):
            unit = match["unit"] or ""
            run = _run_before(folded[: match.start()], [title for _, title in titles])
            shares = {s.index: share_of_title(title, run) for s, title in titles if run and holds(title, run)}
            least = _SHARE_OF_TITLE if len(run) < _LONG_NAME else _NAMED_BY
            named = [s for s, _ in titles if shares.get(s.index, 0.0) >= least]
            # 物流行动 stands below 重点行动.
            noun = unit[-2:]
            below = [
                s for s in named if noun and s.parent is not None and document.sections[s.parent].title.endswith(noun)
            ]
            exact = [s for s in named if unit and fold(s.title).endswith(run + unit)]  # 重点人群行动 itself
            most = max((shares[s.index] for s in exact or below or named), default=0.0)
            kept = [s for s in exact or below or named if shares[s.index] == most]
            said = len(run) + len(unit) * bool(exact)
            if len(run) >= _SHORTEST_WORDS and len(kept) == 1 and (said, bool(below), most) > best:
                best = (said, bool(below), most)
                found = Call(document, kept[0], max(folded.rfind(run, 0, match.start()), 0), match)
    return found


def share_of_title(title: str, run: str) -> float:
    """The share of a folded title, or of the clause of it that has them, which some words make that it has in their order:
    安置渠道 of 拓展安置渠道，妥善安置孤儿."""
    clauses = [clause for clause in re.split("[,，]", own_words(title)) if holds(clause, run)]
    if clauses:
        return len(run) / min(map(len, clauses))
    # What a title quotes before its own words belongs to a name as it stands there, not by single characters.
    bare = re.sub('["“”「」『』]', "", title)
    return len(run) / len(bare) if run in bare else 0.0


def _run_before(text: str, titles: Sequence[str]) -> str:
    """The longest run of words at the end of a folded text that a title holds."""
    run = ""
    for word in reversed(segment(re.split(r"[^\u4e00-\u9fffa-z0-9+]", text)[-1][-_LONGEST_NAME:])):
        if not any(holds(title, word + run) for title in titles):
            break
        run = word + run
    return run


_NAMED_BY = 0.4  #: share of a title
_LONGEST_NAME = 16  #: characters by which a section is called


def own_words(title: str, least: int = 1) -> str:
    """A folded title without what stands in quotation marks before its own words: “数字乡村”便民服务 -> 便民服务; the whole
    where fewer than ``least`` characters would be left."""
    bare = re.sub(r"^[\"“「『][^\"”」』]*[\"”」』]", "", title)
    return bare if len(bare) >= least else title


def longest_shared(title: str, text: str, least: int) -> int:
    """Length of the longest piece of a title, from ``least`` characters on, that a text repeats; 0 for none."""
    lengths = range(len(title), least - 1, -1)
    return next((n for n in lengths if any(title[i : i + n] in text for i in range(len(title) - n + 1))), 0)


def holds(title: str, run: str) -> bool:
    """Whether a title has all characters of a run of words in their order."""
    at = 0
    for char in run:
        at = title.find(char, at) + 1
        if not at:
            return False
    return True


def divided_so(words: str, document: SourceDocument) -> bool:
    """Whether a document is divided into units such as a question names: one without articles has no missing article."""
    if "(" in words:
        return any(fold(s.label).startswith("(") for s in document.sections)
    unit = re.search(r"[章节条编]", words)
    return unit is None or any(unit.group() in s.label or s.kind == "toc" for s in document.sections)


def _is(step: re.Match[str], section: Section, document: SourceDocument) -> bool:
    number, unit, annex, annex_number, name, last, last_unit = step.groups()
    label = fold(section.label)
    if last_unit == "部分" and _titled_parts(document):
        return section is _titled_parts(document)[-1]
    if last:
        level = {"部分": "、", "章": "章", "节": "节", "条": "条"}[last_unit]
        same = [s for s in document.sections if level in s.label and s.kind == "body"]
        return bool(same) and section is same[-1]
    if name:
        return name in fold(section.label + section.title)[:12]
    if annex:
        return bool(re.match(rf"{annex}[::]?{_either(annex_number)}(?!\d)", fold(section.label + section.title)))
    value = number_of(number)
    if unit == "部分":
        # A document may repeat its title above its parts.
        top = (section.level == 0 and _PART_LABEL.match(label)) or (section in _titled_parts(document))
        return section.number == value and bool(top)
    if unit == "项":
        return section.number == value
    if "(" in step.group():
        return section.number == value and label.startswith("(")
    return section.number == value and re.match(rf"第?[{HAN_NUMERALS}\d\s]+{unit}(?!之)", label) is not None


def _titled_parts(document: SourceDocument) -> list[Section]:
    """The parts of a document that have names; none where it is divided into articles at once."""
    parts = parts_of(document)
    return parts if all(s.title and "条" not in s.label for s in parts) else []


def _either(number: str) -> str:
    value = number_of(number)
    return rf"(?:{number}|{value})"


def _below(section: Section, above: frozenset[int], document: SourceDocument) -> bool:
    return any(s.index in above for s in document.upwards(section))
