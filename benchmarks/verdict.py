"""How often yes or no is said, and rightly, to a question whose sentence is given: by rules, and with the reader.

    python benchmarks/verdict.py

"natural" and "pairs" (two on a sentence, one to be affirmed and one to be denied) are those of benchmarks/reader/held,
"written" every fifth of verdicts.jsonl, where a fifth are settled by nothing. In the pairs and the written ones neither
the words of the question alone nor those of the sentence alone tell anything. This module also loads what calibrate.py
fits on.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from corpus.document import SourceDocument  # noqa: E402
from corpus.load import load_documents  # noqa: E402
from corpus.sentences import sentence_spans  # noqa: E402
from index.reader import open_reader  # noqa: E402
from qa.calibration import Calibration  # noqa: E402
from qa.evaluation import Case, load_cases  # noqa: E402
from qa.evidence import lead_of  # noqa: E402
from qa.extractive import in_full  # noqa: E402
from qa.finding import answering_clause  # noqa: E402
from qa.measures import covers  # noqa: E402
from qa.question import kinds_of  # noqa: E402
from qa.verdict import verdict  # noqa: E402

READER = HERE / "reader"
Says = Literal["yes", "no", "none"]


@dataclass(frozen=True)
class Judged:
    """A question, the sentence that it is judged by with what stands before it, and what that says."""

    source: str
    question: str
    sentence: str
    lead: str
    says: Says


def written() -> Iterator[Judged]:
    """The questions of verdicts.jsonl: sentences without documents."""
    for row in map(json.loads, (HERE / "verdicts.jsonl").read_text(encoding="utf-8").splitlines()):
        yield Judged(
            "written", row["question"], row["sentence"], lead_of([row["title"]], row["before"]), row["polarity"]
        )


def of_reader(held: bool) -> Iterator[Judged]:
    """The yes/no questions of benchmarks/reader."""
    for folder in sorted(READER.iterdir()):
        if folder.name.startswith("held") == held:
            documents = load_documents([folder / "documents"])[0]
            for source, name in (("natural", "questions.jsonl"), ("pairs", "yesno.jsonl")):
                if (folder / name).exists():
                    yield from of_cases(source, load_cases(folder / name), documents)


def of_cases(source: str, cases: Sequence[Case], documents: Sequence[SourceDocument]) -> Iterator[Judged]:
    """Yes/no questions that stand by themselves, with their gold sentence; where nothing answers, with the sentence
    that shares most with them."""
    sentences = [(d, start, end) for d in documents for start, end in sentence_spans(d.text) if end - start > 8]
    for case in cases:
        if case.history or "whether" not in kinds_of(case.question):
            continue
        says: Says
        if case.answerable and case.polarity and case.evidence:
            quote = case.evidence[0].quote
            found = [s for s in sentences if covers(s[0].text[s[1] : s[2]], quote)][:1]
            says = case.polarity
        elif not case.answerable:
            pairs = {case.question[i : i + 2] for i in range(len(case.question) - 1)}
            found = [max(sentences, key=lambda s: sum(pair in s[0].text[s[1] : s[2]] for pair in pairs))]
            says = "none"
        else:
            continue
        for document, start, end in found:
            names = (document.header.title, *document.path(document.section_at(start)))
            said = in_full(document, start, end)
            yield Judged(source, case.question, said, lead_of(names, document.text[:start]), says)


def main() -> None:
    reader, reading = open_reader(), Calibration.load().reading
    judged = [*list(written())[::5], *of_reader(held=True)]
    for way in ("rules", "reader") if reader is not None and reading is not None else ("rules",):
        for source in dict.fromkeys(j.source for j in judged):
            own = [j for j in judged if j.source == source]
            said: list[Says] = []
            for j in own:
                found = verdict(j.question, j.sentence, around=j.lead)
                if way == "reader" and reader is not None and reading is not None:
                    # As a question is answered: where the reader finds the sentence not to answer, by the rules.
                    odds = float(reader.odds(j.question, [(j.lead, j.sentence)])[0])
                    clause = answering_clause(reader, j.question, j.lead, j.sentence) if odds > 0 else None
                    found = verdict(j.question, j.sentence, clause, reading.weighing, j.lead, odds)
                said.append("none" if found is None else "no" if found[1] else "yes")
            settled = [(s, j.says) for s, j in zip(said, own, strict=True) if j.says != "none"]
            spoken = [(s, says) for s, says in settled if s != "none"]
            print(
                f"{way:6} {source:8} {len(own)} questions: yes or no said to "
                f"{len(spoken) / len(settled):.2f} of those that are settled, "
                f"right {sum(s == says for s, says in spoken) / len(spoken):.2f} of them"
            )


if __name__ == "__main__":
    main()
