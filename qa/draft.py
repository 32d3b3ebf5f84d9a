"""Questions proposed from the documents, with gold quotes and key points, for a person to go over."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice, zip_longest
from typing import Any, Protocol

from corpus.document import Section, SourceDocument
from corpus.duties import Duty
from corpus.figures import Figure
from corpus.header import find_numbers
from corpus.sentences import sentence_spans
from index.tokens import fold
from prompts import prompt
from qa.departments import canonical_names
from qa.question_sets import Case, Evidence
from qa.starters import (
    DEFINES,
    NO_TERM,
    Library,
    Try,
    apart,
    how_much,
    listings,
    named,
    short_title,
    told_figures,
    told_tasks,
)

#: A case, and what the person who goes over it should know.
Drafted = tuple[Case, str]
#: Asks a language model: a prompt in, its words out.
Write = Callable[[str], str]
_SHARE = 5  #: one question in so many has no answer
_MOST = 12  #: of one kind from one document
_PATIENCE = 4  #: passages that a model is given for each question that it should propose
_FAILURES = 3  #: of a model in a row, after which it is not asked any more


class Source(Library, Protocol):
    """The documents with their facts, as PolicyQA has them."""

    def occurs(self, text: str, /) -> bool: ...


def draft(source: Source, n: int = 40, write: Write | None = None) -> Iterator[Drafted]:
    """Up to ``n`` questions on different things, kinds and documents in turn, about a fifth of what there are without an
    answer; the same for the same documents. ``write``: a language model that proposes half of them from passages, as many as
    the passages bear out. Whether the system answers a question plays no part in whether it is proposed. Raises what
    ``write`` raises where it does so from the first."""
    documents = [source.document(doc_id).simplified for doc_id in source.headers()]
    unanswerable = n // _SHARE
    answerable = _in_turn(_turned(_kinds(source, d), i) for i, d in enumerate(documents))
    if write is not None:
        by_rules = (n - unanswerable) // 2
        by_model = n - unanswerable - by_rules
        # What the model does not come up with the rules make up for.
        answerable = chain(
            islice(answerable, by_rules),
            islice(_by_model(documents, write, _PATIENCE * by_model), by_model),
            answerable,
        )
    asked = set[str]()

    def taken(cases: Iterable[Drafted], most: int) -> Iterator[Drafted]:
        first = len(asked)
        for case, note in cases:
            if len(asked) - first >= most:
                return
            if fold(case.question) not in asked:
                asked.add(fold(case.question))
                yield replace(case, id=f"D{len(asked):03d}"), note

    yield from taken(answerable, n - unanswerable)
    beside = round(len(asked) / (_SHARE - 1))  # small documents may not bear as many as were asked for
    yield from taken(_unanswerable(source, documents), min(unanswerable, beside))


def _turned(kinds: Sequence[Iterator[Drafted]], by: int) -> Sequence[Iterator[Drafted]]:
    """Kinds in another order for each document: of many documents not all the first questions are of one kind."""
    return [*kinds[by % len(kinds) :], *kinds[: by % len(kinds)]]


def _in_turn(kinds_of: Iterable[Sequence[Iterator[Drafted]]]) -> Iterator[Drafted]:
    """One of each kind of each document, then a second of each, and so on."""
    waiting = [kind for kinds in zip_longest(*kinds_of) for kind in kinds if kind is not None]
    for _ in range(_MOST):
        for kind in waiting:
            found = next(kind, None)
            if found is not None:
                yield found


def _kinds(source: Source, document: SourceDocument) -> Sequence[Iterator[Drafted]]:
    return (
        _duties(source, document),
        _lists(document),
        _figures(source, document),
        _data(source, document),
        _departments(source, document),
        _definitions(document),
    )


# --- from facts and outline ------------------------------------------------------------------------------------------


def _duties(source: Source, document: SourceDocument) -> Iterator[Drafted]:
    for name, task in told_tasks(source, document):
        question = named(document, Try(document.doc_id, name, f"{apart(name)}由谁牵头？"))
        leads = "、".join(task.duty.leads)
        yield (
            _case(
                "responsibility",
                question,
                f"{leads}牵头。",
                task.duty.leads,
                document,
                _duty_spans(document, task.duty),
            ),
            _PLEASE_CHECK,
        )
        departments = task.duty.departments
        if 2 <= len(departments) <= 8 and not task.duty.open_ended:
            question = named(document, Try(document.doc_id, name, f"{apart(name)}由哪些部门负责？"))
            answer = f"{'、'.join(departments)}负责。"
            spans = _duty_spans(document, task.duty)
            yield _case("responsibility", question, answer, departments, document, spans), _PLEASE_CHECK


def _duty_spans(document: SourceDocument, duty: Duty) -> list[tuple[int, int]]:
    heading = document.sections[duty.section].heading
    return [*([heading] if duty.form == "note" and heading[1] > heading[0] else []), (duty.start, duty.end)]


def _departments(source: Source, document: SourceDocument) -> Iterator[Drafted]:
    tasks = told_tasks(source, document)
    for department in dict.fromkeys(lead for _, task in tasks for lead in task.duty.leads):
        led = [(name, task) for name, task in tasks if task.led_by(department)]
        if 2 <= len(led) <= 8 and len(department) <= 14:
            names = [name for name, _ in led]
            question = named(document, Try(document.doc_id, "", f"{department}牵头哪些工作？"))
            spans = [span for _, task in led for span in _duty_spans(document, task.duty)]
            yield (
                _case("reverse_responsibility", question, f"{'、'.join(names)}。", names, document, spans),
                _PLEASE_CHECK,
            )


def _lists(document: SourceDocument) -> Iterator[Drafted]:
    for name, section, items in listings(document):
        question = named(document, Try(document.doc_id, name, f"{apart(name)}包括哪几项？"))
        spans = [child.heading for child in document.children(section) if child.title or child.label]
        yield _case("list", question, f"{'、'.join(items)}。", items, document, spans), _PLEASE_CHECK


def _figures(source: Source, document: SourceDocument) -> Iterator[Drafted]:
    for figure in told_figures(source, document):
        question = named(document, how_much(document, figure))
        written = "".join(document.text[figure.start : figure.end].split())
        forms = tuple(dict.fromkeys([written, f"{figure.value}{figure.unit}"]))
        case = _case("numeric", question, f"{written}。", (), document, [figure.sentence])
        yield replace(case, key_points=(forms,)), _PLEASE_CHECK


def _definitions(document: SourceDocument) -> Iterator[Drafted]:
    for match in DEFINES.finditer(document.text):
        name = (match["name"] or match["quoted"]).strip("“”")
        span = next(
            (
                s
                for s in sentence_spans(document.text)
                if s[0] <= match.start("name" if match["name"] else "quoted") < s[1]
            ),
            None,
        )
        if NO_TERM.match(name) or span is None:
            continue
        said = document.text[match.end() : span[1]].strip("，,：: \n")
        first = re.split("[，,。；;\n]", said)[0]
        if 4 <= len(first) <= 40:
            question = named(document, Try(document.doc_id, name, f"“{name}”是指什么？"))
            yield (
                _case("definition", question, said, (first,), document, [span]),
                "要点只取了第一个分句，请改成必须说到的几点。",
            )


def _data(source: Source, document: SourceDocument) -> Iterator[Drafted]:
    """Number, dates and what is replaced, where the text itself says so."""
    header, name = document.header, short_title(document.header)
    if name is None:
        return
    about = Try(document.doc_id, "", "", joint="")
    for start, end, number in find_numbers(document.text):
        if number == header.number:
            question = named(document, replace(about, rest="的发文字号是什么？"))
            case = _case("metadata", question, f"{number}。", (), document, [(start, end)])
            forms = (number, number.replace("〔", "[").replace("〕", "]"), number.replace("〔", "(").replace("〕", ")"))
            yield replace(case, key_points=(forms,)), _PLEASE_CHECK
            break
    for date, words, rest in (
        (header.effective, "施行|实施|生效|执行", "从什么时候起施行？"),
        (header.written or header.published, "", "是什么时候印发的？"),
    ):
        said = _date_words(date)
        span = _date_span(document, said, words) if said else None
        if said and span:
            question = named(document, replace(about, rest=rest))
            yield _case("date", question, f"{said}。", (said,), document, [span]), _PLEASE_CHECK
    replaced = [r for r in source.relations_in(document.doc_id) if r.kind == "replaces" and r.title]
    if replaced:
        question = named(document, replace(about, rest="废止了哪些文件？"))
        titles = [r.title for r in replaced]
        spans = list(dict.fromkeys(r.sentence for r in replaced))
        yield _case("metadata", question, "".join(f"《{t}》" for t in titles), titles, document, spans), _PLEASE_CHECK


def _date_words(date: str | None) -> str | None:
    """2024-03-05 as a document writes it: 2024年3月5日."""
    match = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", date or "")
    return f"{match[1]}年{int(match[2])}月{int(match[3])}日" if match else None


def _date_span(document: SourceDocument, said: str, words: str) -> tuple[int, int] | None:
    for start, end in sentence_spans(document.text):
        sentence = document.text[start:end]
        if said in "".join(sentence.split()) and (not words or re.search(words, sentence)):
            return start, end
    return None


_PLEASE_CHECK = "由程序从文件里提取，请核对问法、答案和要点。"


def _case(
    kind: str,
    question: str,
    answer: str,
    points: Collection[str],
    document: SourceDocument,
    spans: Sequence[tuple[int, int]],
) -> Case:
    doc = re.match(r"\d+(?=_|$)", document.doc_id)
    quotes = dict.fromkeys(document.text[start:end].strip() for start, end in spans)
    evidence = tuple(Evidence(doc.group() if doc else document.doc_id, quote) for quote in quotes if quote)
    return Case("", kind, question, answer, (), tuple((point,) for point in points), (), None, evidence)


# --- without an answer -----------------------------------------------------------------------------------------------

_NO_ANSWER = "把{what}换成了文件里没有的，请核对：文件里确实没有答案。"


def _unanswerable(source: Source, documents: Sequence[SourceDocument]) -> Iterator[Drafted]:
    """Questions that the documents would answer had they another year, department or document."""
    kinds = (
        _other_years(source, documents),
        _other_documents(source, documents),
        _other_departments(source, documents),
    )
    for several in zip_longest(*kinds):
        yield from (case for case in several if case is not None)


def _other_years(source: Source, documents: Sequence[SourceDocument]) -> Iterator[Drafted]:
    for document in documents:
        for figure in told_figures(source, document):
            for later in (1, 2, 3, 5, 7):
                year = str(int(figure.time) + later)
                if not _held_for(source, documents, figure, year):
                    question = named(document, how_much(document, replace(figure, time=year)))
                    yield _none(question, "年份")
                    break


def _held_for(source: Source, documents: Sequence[SourceDocument], figure: Figure, year: str) -> bool:
    """Whether some document names the year beside what was measured, or a figure of it."""
    for document in documents:
        if any(f.time[:4] == year and f.indicator == figure.indicator for f in source.figures_of(document.doc_id)):
            return True
        if any(
            year in document.text[s:e] and figure.indicator in document.text[s:e]
            for s, e in sentence_spans(document.text)
        ):
            return True
    return False


def _other_documents(source: Source, documents: Sequence[SourceDocument]) -> Iterator[Drafted]:
    """A task of one document asked of another that does not know it."""
    for number, document in enumerate(documents):
        for name, _ in told_tasks(source, document)[:_MOST]:
            for other in (*documents[number + 1 :], *documents[:number]):
                if short_title(other.header) and fold(name) not in fold(other.text):
                    yield _none(named(other, Try(other.doc_id, name, f"{apart(name)}由谁牵头？")), "文件")
                    break


def _other_departments(source: Source, documents: Sequence[SourceDocument]) -> Iterator[Drafted]:
    """A department that no document names."""
    dutiful = source.documents_with_duties()
    unknown = (name for name in dict.fromkeys(canonical_names().values()) if not source.occurs(name))
    for document, department in zip([d for d in documents if d.doc_id in dutiful] * _MOST, unknown, strict=False):
        yield _none(named(document, Try(document.doc_id, "", f"{department}牵头哪些工作？")), "部门")


def _none(question: str, what: str) -> Drafted:
    return Case("", "unanswerable", question, "文件里没有。", answerable=False), _NO_ANSWER.format(what=what)


# --- by a language model ---------------------------------------------------------------------------------------------


def _by_model(documents: Sequence[SourceDocument], write: Write, most: int) -> Iterator[Drafted]:
    """Questions that a model asks of ``most`` sections; of what it says only that is kept which the section bears out."""
    sections = [[(d, s) for s in d.sections if s.kind == "body" and 40 <= s.end - s.start <= 900] for d in documents]
    in_turn = (pair for several in zip_longest(*sections) for pair in several if pair is not None)
    failures, spoke = 0, False
    for document, section in islice(in_turn, most):
        try:
            said = write(_asked(document, section))
        except Exception:  # whatever a service raises: one passage must not end the draft
            failures += 1
            if not spoke or failures == _FAILURES:
                if not spoke:
                    raise
                return
            continue
        failures, spoke = 0, True
        yield from _borne_out(document, section, said)


def _asked(document: SourceDocument, section: Section) -> str:
    text = document.text[section.start : section.end]
    path = " › ".join(document.path(section)) or "正文"
    asked = prompt("draft").messages(title=document.header.title, section=path, text=text)
    return "\n\n".join(words for _, words in asked)


#: Words of a question that only who has the passage before him understands.
_POINTS_BACK = re.compile("[本该此这](?:文件|文|段|节|条|款|句)|[上前]述|[上下]文|原文|文中|段落|以上|以下|作者")
_NO_QUESTION = re.compile("问题|题目|回答|答案|key_points|quote")


def _borne_out(document: SourceDocument, section: Section, said: str) -> Iterator[Drafted]:
    """The questions of an output of which the section holds the quote, the quote the points, and the answer too."""
    text = document.text[section.start : section.end]
    for item in _items(said):
        question, answer, quote = (_words(item.get(key)) for key in ("question", "answer", "quote"))
        span = _span_of(text, quote)
        if span is None or not answer or not _stands_alone(question, quote):
            continue
        given = item.get("key_points")
        points = [_words(point) for point in given] if isinstance(given, list) else []
        held, replied, asked = fold(text[span[0] : span[1]]), fold(answer), fold(question)
        for proposed in (points, [answer.rstrip("。；，")]):  # a weak model's points are often of something else
            kept = [
                p for p in dict.fromkeys(proposed)
                if 2 <= len(p) <= 40 and fold(p) in held and fold(p) in replied and fold(p) not in asked
            ]  # fmt: skip
            if kept:
                break
        if kept:
            spans = [(section.start + span[0], section.start + span[1])]
            yield _case("model", question, answer, kept, document, spans), "由语言模型出题，请核对问题、答案和要点。"


def _stands_alone(question: str, quote: str) -> bool:
    """Whether it is a question, and one that can be put without the passage at hand."""
    if not 6 <= len(question) <= 80 or _POINTS_BACK.search(question) or _NO_QUESTION.search(question):
        return False
    return question.endswith(("？", "?")) and fold(question.rstrip("？?")) not in fold(quote)


def _span_of(text: str, quote: str) -> tuple[int, int] | None:
    """Where a passage holds a quote of at least a few words, whatever white space stands in it; None where it does not."""
    letters = [re.escape(c) for c in quote if not c.isspace()]
    if not 6 <= len(letters) <= 400:
        return None
    match = re.search(r"\s*".join(letters), text)
    return match.span() if match else None


def _words(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _items(said: str) -> list[Mapping[str, Any]]:
    """The objects of a model's output, whatever stands around them: an array, fences, one that was cut off."""
    found, at, decoder = list[Mapping[str, Any]](), 0, json.JSONDecoder(strict=False)
    while (at := said.find("{", at)) >= 0:
        try:
            item, at = decoder.raw_decode(said, at)
            found.append(item)
        except (ValueError, RecursionError):
            at += 1
    return found
